import assert from "node:assert/strict";
import { test } from "node:test";
import { firstKeyFrame } from "../src/worker/first-key-frame.js";

/** Frames arrive at given times; gives back the times of the requests. */
function requests(frames, ask = async () => {}) {
  let now = 0;
  const asked = [];
  const seen = firstKeyFrame(
    () => {
      asked.push(now);
      return ask();
    },
    () => now,
  );
  for (const [at, type, opened = true] of frames) {
    now = at;
    seen({ type }, opened);
  }
  return asked;
}

test("a stream that begins with its key frame needs no request", () => {
  assert.deepEqual(requests([[0, "key"], [33, "delta"], [9000, "delta"]]), []);
});

test("a stream that begins in the middle is asked at once, and not again within half a second", () => {
  const deltas = [10, 43, 500, 520].map((at) => [at, "delta"]);
  assert.deepEqual(requests([...deltas, [530, "key"], [2000, "delta"]]), [10, 520]);
});

test("after frames that could not be opened, the next one that can is asked for a key frame", () => {
  const lost = [[100, "delta", false], [133, "delta", false]];
  assert.deepEqual(requests([[0, "key"], [33, "delta"], ...lost, [166, "delta"], [199, "key"], [900, "delta"]]), [166]);
});

test("a refused request does no harm", async () => {
  assert.deepEqual(requests([[0, "delta"]], () => Promise.reject(new Error("closed"))), [0]);
  await new Promise((resolve) => setImmediate(resolve));
});
