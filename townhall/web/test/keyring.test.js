import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes, utf8 } from "../src/bytes.js";
import { decodeHeader } from "../src/sframe/header.js";
import { FrameRefused, Keyring, OLD_EPOCH_MS } from "../src/sframe/keyring.js";
import { ReplayWindow } from "../src/sframe/replay-window.js";
import { CALL_SUITE } from "../src/sframe/suite.js";

const FRAME = utf8("an encoded frame");
const refused = (why) => new FrameRefused(why);

/** A sender and a receiver with the same key, and the receiver's clock. */
async function pair({ kid = 1n, baseKey = randomBytes(32) } = {}) {
  const clock = { now: 0 };
  const sender = new Keyring();
  const receiver = new Keyring(() => clock.now);
  await sender.installSender({ suite: CALL_SUITE, kid, baseKey, firstCounter: 0n });
  await receiver.installReceiver({ suite: CALL_SUITE, kid, baseKey, sender: "p-1" });
  return { sender, receiver, clock, baseKey };
}

test("without a key nothing is sealed", async () => {
  await assert.rejects(new Keyring().seal(FRAME), refused("no key to send with"));
});

test("frames sealed at the same time get different counters", async () => {
  const { sender } = await pair();
  const frames = await Promise.all(Array.from({ length: 50 }, () => sender.seal(FRAME)));
  const counters = new Set(frames.map((frame) => decodeHeader(frame).ctr));
  assert.equal(counters.size, 50);
});

test("a frame opens once: its replay is refused", async () => {
  const { sender, receiver } = await pair();
  const frame = await sender.seal(FRAME);
  assert.deepEqual(await receiver.open(frame, "p-1"), FRAME);
  await assert.rejects(receiver.open(frame, "p-1"), refused("a replay"));
});

test("two copies of a frame that are opened at the same time give one frame", async () => {
  const { sender, receiver } = await pair();
  const frame = await sender.seal(FRAME);
  const results = await Promise.allSettled([receiver.open(frame, "p-1"), receiver.open(frame, "p-1")]);
  assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
});

test("a plain frame, an unknown key id, another sender's track and a forged frame are refused", async () => {
  const { sender, receiver } = await pair();
  const frame = await sender.seal(FRAME);
  const forged = frame.slice();
  forged[forged.length - 1] ^= 1;
  await assert.rejects(receiver.open(FRAME, "p-1"), refused("unknown key id"));
  await assert.rejects(receiver.open(new Uint8Array(0), "p-1"), refused("an empty frame has no header"));
  await assert.rejects((await pair({ kid: 2n })).receiver.open(frame, "p-1"), refused("unknown key id"));
  await assert.rejects(receiver.open(frame, "p-2"), refused("unknown key id"));
  await assert.rejects(receiver.open(forged, "p-1"), refused("the frame does not authenticate"));
});

test("a forged frame does not use up the counter it claims", async () => {
  const { sender, receiver } = await pair();
  const frame = await sender.seal(FRAME);
  const forged = frame.slice();
  forged[forged.length - 1] ^= 1;
  await assert.rejects(receiver.open(forged, "p-1"));
  assert.deepEqual(await receiver.open(frame, "p-1"), FRAME);
});

test("a page does not open its own frames", async () => {
  const { sender } = await pair();
  await assert.rejects(sender.open(await sender.seal(FRAME), "p-1"), refused("unknown key id"));
});

test("after a new epoch the old key opens for a short while, then no more", async () => {
  const { sender, receiver, clock } = await pair({ kid: 1n });
  const [early, late] = [await sender.seal(FRAME), await sender.seal(FRAME)];
  const baseKey = randomBytes(32);
  await sender.installSender({ suite: CALL_SUITE, kid: 2n, baseKey, firstCounter: 0n });
  await receiver.installReceiver({ suite: CALL_SUITE, kid: 2n, baseKey, sender: "p-1" });
  assert.equal(decodeHeader(await sender.seal(FRAME)).kid, 2n);
  clock.now = OLD_EPOCH_MS - 1;
  assert.deepEqual(await receiver.open(early, "p-1"), FRAME);
  clock.now = OLD_EPOCH_MS;
  await assert.rejects(receiver.open(late, "p-1"), refused("unknown key id"));
});

test("when the other participant has left, nothing is sealed or opened", async () => {
  const { sender, receiver } = await pair();
  const frame = await sender.seal(FRAME);
  receiver.forget("p-1");
  await assert.rejects(receiver.open(frame, "p-1"), refused("unknown key id"));
  sender.forget("p-1");
  await assert.rejects(sender.seal(FRAME), refused("no key to send with"));
});

test("the replay window takes late frames once, and none older than itself", () => {
  const window = new ReplayWindow();
  window.note(5000n);
  assert.ok(window.accepts(3977n));
  assert.ok(!window.accepts(3976n));
  window.note(3977n);
  assert.ok(!window.accepts(3977n));
  window.note(5001n);
  assert.ok(!window.accepts(3977n));
  window.note(9000n);
  assert.ok(!window.accepts(5000n));
  assert.ok(window.accepts(8999n));
});

test("the replay window agrees with a plain list of counters", () => {
  let seed = 1;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  const window = new ReplayWindow();
  const seen = new Set();
  let highest = -1;
  for (let i = 0; i < 20000; i += 1) {
    const ctr = Math.max(0, highest + random(1600) - 1200 + (random(500) === 0 ? 3000 : 0));
    const expected = ctr > highest - 1024 && !seen.has(ctr);
    assert.equal(window.accepts(BigInt(ctr)), expected, `counter ${ctr} after ${highest}`);
    if (!expected) continue;
    window.note(BigInt(ctr));
    seen.add(ctr);
    highest = Math.max(highest, ctr);
  }
});
