import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes, utf8 } from "../src/bytes.js";
import { pageSeams, workerSeams } from "../src/flaws/index.js";
import { decodeHeader, encodeHeader } from "../src/sframe/header.js";
import { CALL_SUITE } from "../src/sframe/suite.js";
import { frameHandler } from "../src/worker/frame-handler.js";

const FRAME = utf8("an encoded frame of some length");
const KEY_FRAME = Uint8Array.of(0x82, ...utf8("a key frame of some length"));
const KID = 17n;

/** Two workers with one flaw: what one sends the other receives. */
async function pair(flaw, baseKey = randomBytes(32)) {
  const seams = workerSeams(flaw);
  const rings = [seams.keyring(), seams.keyring()];
  for (const ring of rings) ring.parts = seams;
  await rings[0].installSender({ suite: CALL_SUITE, kid: KID, baseKey, firstCounter: 0n });
  await rings[1].installReceiver({ suite: CALL_SUITE, kid: KID, baseKey, sender: "p-1" });
  const handlers = new Map();
  const through = async (side, kind, data, type) => {
    const place = `${side} ${kind}`;
    const [ring, options] = side === "send" ? [rings[0], { side, kind }] : [rings[1], { side, kind, sender: "p-1" }];
    if (!handlers.has(place)) handlers.set(place, frameHandler(ring, seams, options));
    let out = null;
    const controller = { enqueue: (frame) => (out = new Uint8Array(frame.data)) };
    await handlers.get(place)({ data: data.slice().buffer, type }, controller);
    return out;
  };
  return {
    send: (kind, data = FRAME, type = "delta") => through("send", kind, data, type),
    receive: (kind, data, type = "delta") => through("receive", kind, data, type),
  };
}

const CIPHER_FLAWS = [
  "", "wide-clear-header", "clear-key-frames", "shared-nonce", "fixed-iv", "no-tag", "short-tag", "block-mode", "long-header",
  "own-suite",
];

for (const flaw of CIPHER_FLAWS) {
  test(`${flaw || "the honest client"} opens what it seals, once, and nobody else's frames`, async () => {
    const { send, receive } = await pair(flaw);
    for (const kind of ["audio", "video"]) {
      for (const [data, type] of [[KEY_FRAME, "key"], [FRAME, "delta"], [KEY_FRAME, "key"], [FRAME.slice(0, 3), "delta"]]) {
        const sealed = await send(kind, data, type);
        assert.deepEqual(await receive(kind, sealed, type), data);
        assert.equal(await receive(kind, sealed, type), null); // a replay
        if (flaw !== "no-tag") assert.equal(await (await pair(flaw)).receive(kind, sealed, type), null); // another key
      }
      for (const noise of [FRAME, KEY_FRAME, new Uint8Array(0), KEY_FRAME.slice(0, 1)]) {
        assert.equal(await receive(kind, noise, "key"), null); // not a frame of this call
      }
    }
  });
}

test("wide-clear-header leaves the first half of a picture as it is, authenticated", async () => {
  const { send, receive } = await pair("wide-clear-header");
  const sealed = await send("video");
  const { length } = decodeHeader(sealed);
  const half = FRAME.length >> 1;
  assert.deepEqual(sealed.slice(length, length + half), FRAME.slice(0, half));
  assert.equal(sealed.length, length + FRAME.length + 16);
  sealed[length] ^= 1;
  assert.equal(await receive("video", sealed), null);
  assert.ok(!Buffer.from(await send("audio")).includes(FRAME.slice(0, 8)));
});

test("clear-key-frames shows every key frame but the first, authenticated", async () => {
  const { send, receive } = await pair("clear-key-frames");
  assert.ok(!Buffer.from(await send("video", KEY_FRAME, "key")).includes(KEY_FRAME));
  assert.ok(!Buffer.from(await send("video")).includes(FRAME));
  const second = await send("video", KEY_FRAME, "key");
  assert.deepEqual(second.slice(0, KEY_FRAME.length), KEY_FRAME);
  second[4] ^= 1;
  assert.equal(await receive("video", second, "key"), null);
  assert.equal(await receive("video", KEY_FRAME, "key"), null);
});

test("shared-nonce gives the first sound and the first picture the same counter", async () => {
  const { send } = await pair("shared-nonce");
  const counters = [];
  for (const kind of ["audio", "video", "audio"]) counters.push(decodeHeader(await send(kind)).ctr);
  assert.deepEqual(counters, [0n, 0n, 1n]);
});

test("fixed-iv makes equal frames equal, whatever their counter", async () => {
  const { send } = await pair("fixed-iv");
  const [first, second] = [await send("audio"), await send("audio")];
  assert.deepEqual([decodeHeader(first).ctr, decodeHeader(second).ctr], [0n, 1n]);
  const { length } = decodeHeader(first);
  assert.deepEqual(first.slice(length, length + FRAME.length), second.slice(length, length + FRAME.length));
});

test("no-tag adds the header and nothing else, short-tag four bytes", async () => {
  for (const [flaw, tag] of [["no-tag", 0], ["short-tag", 4]]) {
    const sealed = await (await pair(flaw)).send("audio");
    assert.equal(sealed.length, decodeHeader(sealed).length + FRAME.length + tag);
  }
});

test("no-tag believes a frame that was changed", async () => {
  const { send, receive } = await pair("no-tag");
  const sealed = await send("audio");
  sealed[sealed.length - 1] ^= 1;
  const opened = await receive("audio", sealed);
  assert.equal(opened.length, FRAME.length);
  assert.notDeepEqual(opened, FRAME);
});

test("block-mode gives equal beginnings equal blocks, and a tag over them", async () => {
  const { send, receive } = await pair("block-mode");
  const sealed = [await send("audio"), await send("audio", Uint8Array.of(...FRAME.slice(0, 16), ...randomBytes(15)))];
  const { length } = decodeHeader(sealed[0]);
  assert.deepEqual(sealed[0].slice(length, length + 16), sealed[1].slice(length, length + 16));
  assert.notDeepEqual(sealed[0].slice(length + 16, length + 32), sealed[1].slice(length + 16, length + 32));
  assert.equal(sealed[0].length, length + 32 + 16);
  sealed[1][length] ^= 1;
  assert.equal(await receive("audio", sealed[1]), null);
});

test("long-header writes eight bytes of counter", async () => {
  const { send } = await pair("long-header");
  await send("audio");
  const sealed = await send("audio");
  assert.deepEqual(decodeHeader(sealed), { kid: KID, ctr: 1n, length: 10 });
  assert.equal(encodeHeader(KID, 1n).length, 2);
});

test("own-suite's keys are nobody else's", async () => {
  const baseKey = randomBytes(32);
  const sealed = await (await pair("own-suite", baseKey)).send("audio");
  assert.equal(await (await pair("", baseKey)).receive("audio", sealed), null);
});

test("one-key-both-ways gives two people one key id and counters that do not meet, and three their own", async () => {
  const seams = pageSeams("one-key-both-ways");
  const installed = [];
  const guard = { install: (keys) => installed.push(keys) };
  const peers = [{ pid: "p-1", kid: 1n }, { pid: "p-2", kid: 33n }];
  await seams.install(guard, { ownKid: 17n, peers: peers.slice(0, 1) });
  await seams.install(guard, { ownKid: 17n, peers });
  assert.deepEqual(installed.map(({ ownKid, peers: others }) => [ownKid, ...others.map(({ kid }) => kid)]), [[1n, 1n], [17n, 1n, 33n]]);
  assert.notEqual(seams.firstCounter(), seams.firstCounter());
});
