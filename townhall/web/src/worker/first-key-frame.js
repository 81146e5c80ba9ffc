/** Asks the sender for a key frame as long as a picture cannot begin, or go on, for want of one. */

const AGAIN_MS = 500; // a request and its key frame need a round trip; more requests would only make more key frames

/**
 * A receiver that gets its key in the middle of a stream opens frames that build on a picture it never saw; so does one
 * that had to discard frames because the sender used the keys of a new epoch a moment earlier.
 *
 * @param {() => Promise<void>} ask sends the request
 * @param {() => number} [now] milliseconds, monotonic
 * @returns {(frame: {type: "key"|"delta"|"empty"}, opened: boolean) => void} to be called with each frame that came
 */
export function firstKeyFrame(ask, now = () => performance.now()) {
  let begun = false;
  let askedAt = -Infinity;
  return ({ type }, opened) => {
    begun = opened && (begun || type === "key");
    if (!opened) return; // what the sender would send now could not be opened either
    if (begun || now() - askedAt < AGAIN_MS) return;
    askedAt = now();
    // A stream that is just being closed refuses the request; it needs no key frame any more.
    ask().catch(() => {});
  };
}
