import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, randomBytes, utf8 } from "../src/bytes.js";
import { DataCipher, OLD_EPOCH_MS, UnknownEpoch } from "../src/e2ee/data-cipher.js";
import { DataRefused, HEADER_BYTES, MAX_CONTENT, SIZES, decodeHeader, pad } from "../src/e2ee/data-frame.js";
import { DataSecrets } from "../src/e2ee/data-keys.js";

const TAG = 16;
const TEXT = utf8("Mein Kind heißt Zoë");
const refused = (why) => new DataRefused(why);

/** Ciphers of several people in one epoch, and their clock. */
async function epochOf(pids, secret = randomBytes(32), clock = { now: 0 }) {
  const ciphers = pids.map(() => new DataCipher(() => clock.now));
  await Promise.all(ciphers.map((cipher, i) => cipher.install(Uint8Array.from(secret), pids[i], pids)));
  return { ciphers, secret, clock };
}

const changed = (bytes, at) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

test("what one side seals the other opens, with its kind", async () => {
  const { ciphers: [clerk, citizen] } = await epochOf(["c", "z"]);
  assert.deepEqual(await citizen.open("c", await clerk.seal(3, TEXT)), { kind: 3, content: TEXT, missed: false });
});

test("without a key nothing is sealed", async () => {
  await assert.rejects(new DataCipher(() => 0).seal(1, TEXT), refused("no key to send with"));
});

test("a frame opens once: its replay is refused", async () => {
  const { ciphers: [clerk, citizen] } = await epochOf(["c", "z"]);
  const frame = await clerk.seal(1, TEXT);
  await citizen.open("c", frame);
  await assert.rejects(citizen.open("c", frame), refused("a replay"));
});

test("a frame that comes after a later one is refused, and the gap is told", async () => {
  const { ciphers: [clerk, citizen] } = await epochOf(["c", "z"]);
  const [first, second, third] = [await clerk.seal(1, TEXT), await clerk.seal(1, TEXT), await clerk.seal(1, TEXT)];
  assert.equal((await citizen.open("c", second)).missed, true);
  await assert.rejects(citizen.open("c", first), refused("a replay"));
  assert.equal((await citizen.open("c", third)).missed, false);
});

test("every byte of a frame is authenticated", async () => {
  const { ciphers: [clerk, citizen] } = await epochOf(["c", "z"]);
  const frame = await clerk.seal(1, TEXT);
  for (let at = 0; at < frame.length; at += 1) await assert.rejects(citizen.open("c", changed(frame, at)), DataRefused);
  await citizen.open("c", frame);
});

test("a frame said to be somebody else's does not authenticate", async () => {
  const { ciphers: [clerk, citizen] } = await epochOf(["c", "z", "g"]);
  const frame = await clerk.seal(1, TEXT);
  await assert.rejects(citizen.open("g", frame), refused("the frame does not authenticate"));
});

test("one's own frame sent back does not open as another's", async () => {
  const { ciphers: [clerk] } = await epochOf(["c", "z"]);
  const frame = await clerk.seal(1, TEXT);
  await assert.rejects(clerk.open("z", frame), refused("the frame does not authenticate"));
  await assert.rejects(clerk.open("c", frame), refused("an unknown sender"));
});

test("a sender who is not in the call is unknown", async () => {
  const { ciphers: [clerk, citizen], secret } = await epochOf(["c", "z"]);
  await citizen.install(Uint8Array.from(secret), "z", ["z"]);
  await assert.rejects(citizen.open("c", await clerk.seal(1, TEXT)), refused("an unknown sender"));
});

test("the server without the secret opens nothing", async () => {
  const { ciphers: [clerk] } = await epochOf(["c", "z"]);
  const { ciphers: [, server] } = await epochOf(["c", "z"]);
  await assert.rejects(server.open("c", await clerk.seal(1, TEXT)), UnknownEpoch);
});

test("a page that starts anew in the same epoch uses another key, never the same counter with the same one", async () => {
  const { ciphers: [clerk], secret } = await epochOf(["c", "z"]);
  const again = new DataCipher(() => 0);
  await again.install(Uint8Array.from(secret), "c", ["c", "z"]);
  const [before, after] = [await clerk.seal(1, TEXT), await again.seal(1, TEXT)];
  assert.equal(decodeHeader(before).counter, decodeHeader(after).counter);
  assert.notDeepEqual(decodeHeader(before).salt, decodeHeader(after).salt);
  assert.notDeepEqual(before.subarray(HEADER_BYTES), after.subarray(HEADER_BYTES));
});

test("a second connection of one sender in one epoch is refused: old frames cannot come back through it", async () => {
  const { ciphers: [clerk, citizen], secret } = await epochOf(["c", "z"]);
  await citizen.open("c", await clerk.seal(1, TEXT));
  const again = new DataCipher(() => 0);
  await again.install(Uint8Array.from(secret), "c", ["c", "z"]);
  await assert.rejects(citizen.open("c", await again.seal(1, TEXT)), refused("a second connection in one epoch"));
});

test("the same epoch again goes on counting", async () => {
  const { ciphers: [clerk], secret } = await epochOf(["c", "z"]);
  await clerk.seal(1, TEXT);
  await clerk.install(Uint8Array.from(secret), "c", ["c", "z", "g"]);
  assert.equal(decodeHeader(await clerk.seal(1, TEXT)).counter, 1n);
});

test("frames sealed at the same time get different counters", async () => {
  const { ciphers: [clerk] } = await epochOf(["c", "z"]);
  const frames = await Promise.all(Array.from({ length: 50 }, () => clerk.seal(1, TEXT)));
  assert.equal(new Set(frames.map((frame) => decodeHeader(frame).counter)).size, 50);
});

test("the epoch before is opened for a moment and then no more", async () => {
  const { ciphers: [clerk, citizen], clock } = await epochOf(["c", "z"]);
  const [early, late] = [await clerk.seal(1, TEXT), await clerk.seal(1, TEXT)];
  await citizen.install(randomBytes(32), "z", ["c", "z"]);
  clock.now = OLD_EPOCH_MS - 1;
  assert.deepEqual((await citizen.open("c", early)).content, TEXT);
  clock.now = OLD_EPOCH_MS;
  await assert.rejects(citizen.open("c", late), UnknownEpoch);
});

test("the secret is wiped once it is a key", async () => {
  const secret = randomBytes(32);
  await DataSecrets.of(secret);
  assert.deepEqual(secret, new Uint8Array(32));
});

test("lengths tell a size and nothing more", async () => {
  const { ciphers: [clerk] } = await epochOf(["c", "z"]);
  for (const size of SIZES) {
    for (const length of [size - 4, size - 100]) {
      assert.equal((await clerk.seal(1, new Uint8Array(length))).length, HEADER_BYTES + size + TAG);
    }
  }
  assert.throws(() => pad(new Uint8Array(MAX_CONTENT + 1)), new RangeError(`no frame holds ${MAX_CONTENT + 1} bytes`));
});

test("the longest frame in base64 stays below the relay's 64 KiB", () => {
  assert.ok(Math.ceil((HEADER_BYTES + SIZES.at(-1) + TAG) / 3) * 4 < 64 * 1024 - 100);
});

test("a truncated frame or one of another version is refused", async () => {
  const { ciphers: [clerk, citizen] } = await epochOf(["c", "z"]);
  const frame = await clerk.seal(1, TEXT);
  await assert.rejects(citizen.open("c", frame.subarray(0, HEADER_BYTES - 1)), refused("the frame is too short"));
  await assert.rejects(citizen.open("c", frame.subarray(0, HEADER_BYTES)), refused("the frame does not authenticate"));
  await assert.rejects(citizen.open("c", concat(Uint8Array.of(2), frame.subarray(1))), refused("the frame is of another version"));
});
