/** What happens to one encoded frame on its way out of, or into, the page. */
import { FrameRefused } from "../sframe/keyring.js";

const UNHEARD = () => {};

/**
 * @param {import("../sframe/keyring.js").Keyring} keys
 * @param {import("../seams.js").WorkerSeams} seams
 * @param {{side: "send"|"receive", kind: "audio"|"video", sender?: string}} options of the transform
 * @param {(protected_: boolean) => void} [passed] hears of each frame that goes on whether it was sealed or opened
 * @returns {(frame: {data: ArrayBuffer}, controller: {enqueue: (frame: object) => void}) => Promise<boolean>}
 *   replaces the frame's data and passes the frame on, or drops it: a frame that was refused goes nowhere. Says which.
 */
export function frameHandler(keys, seams, options, passed = UNHEARD) {
  const { side } = options;
  const change = side === "send" ? seams.seal : seams.open;
  return async (frame, controller) => {
    const untouched =
      seams.leavesAlone(options, frame) || (side === "send" && seams.forwardsWithoutKey());
    if (!untouched) {
      const data = new Uint8Array(frame.data);
      let changed;
      try {
        changed = await change(keys, data, options, frame);
      } catch (error) {
        if (!(error instanceof FrameRefused)) throw error;
        changed = side === "receive" ? await seams.refused(error, data, keys) : null;
      }
      if (!changed) return false;
      frame.data = changed.buffer;
    }
    passed(!untouched);
    controller.enqueue(frame);
    return true;
  };
}
