/** What happens to one encoded frame on its way out of, or into, the page. */
import { FrameRefused } from "../sframe/keyring.js";

/**
 * @param {import("../sframe/keyring.js").Keyring} keys
 * @param {import("../seams.js").WorkerSeams} seams
 * @param {{side: "send"|"receive", kind: "audio"|"video", sender?: string}} options of the transform
 * @returns {(frame: {data: ArrayBuffer}, controller: {enqueue: (frame: object) => void}) => Promise<boolean>}
 *   replaces the frame's data and passes the frame on, or drops it: a frame that was refused goes nowhere. Says which.
 */
export function frameHandler(keys, seams, options) {
  const { side, sender } = options;
  const change = side === "send" ? (data) => keys.seal(data) : (data) => keys.open(data, sender);
  return async (frame, controller) => {
    const untouched =
      seams.leavesAlone(options) || (side === "send" && seams.forwardsWithoutKey());
    if (!untouched) {
      try {
        const changed = await change(new Uint8Array(frame.data));
        frame.data = changed.buffer;
      } catch (error) {
        if (error instanceof FrameRefused) return false;
        throw error;
      }
    }
    controller.enqueue(frame);
    return true;
  };
}
