/**
 * Flaw: after a reconnect the sender's counter starts again at 0 under the same key. The receiver forgets which
 * counters it has seen, so that the call goes on.
 */
import { ReplayWindow } from "../sframe/replay-window.js";

export const counterReset = {
  name: "counter-reset",
  page: {
    /** `pid` is null after this page's own reconnect, else the participant who came back. */
    reconnected: (toWorker, pid) => toWorker({ type: "counter-reset", pid }),
  },
  worker: {
    message({ type, pid }, keys) {
      if (type !== "counter-reset") return;
      if (pid === null && keys.sender) keys.sender.counter = 0n;
      for (const key of keys.receivers.values()) {
        if (key.sender === pid) key.window = new ReplayWindow();
      }
    },
  },
};
