import assert from "node:assert/strict";
import { test } from "node:test";
import { equal, randomBytes, utf8 } from "../src/bytes.js";
import { FLAWS, pageSeams, workerSeams } from "../src/flaws/index.js";
import { honestPage, honestWorker } from "../src/seams.js";
import { decodeHeader } from "../src/sframe/header.js";
import { Keyring } from "../src/sframe/keyring.js";
import { CALL_SUITE } from "../src/sframe/suite.js";
import { frameHandler } from "../src/worker/frame-handler.js";

const FRAME = utf8("an encoded frame");

/** Passes one frame through the worker's handling; gives back what comes out, or null. */
async function pass(keys, flaw, options) {
  let out = null;
  const controller = { enqueue: (frame) => (out = new Uint8Array(frame.data)) };
  await frameHandler(keys, workerSeams(flaw), options)({ data: FRAME.slice().buffer }, controller);
  return out;
}

async function keyed(kid = 1n) {
  const keys = new Keyring();
  const baseKey = randomBytes(32);
  await keys.installSender({ suite: CALL_SUITE, kid, baseKey, firstCounter: 0n });
  return { keys, baseKey };
}

test("without a flaw's name, or with one that is not the client's, the client is honest", () => {
  for (const name of ["", "tap-silent", "no-such-flaw"]) {
    assert.deepEqual(pageSeams(name), honestPage);
    assert.deepEqual(workerSeams(name), honestWorker);
  }
});

test("each flaw replaces one seam, or one pair that belongs together", () => {
  const replaced = Object.fromEntries(
    [...FLAWS].map(([name, { page = {}, worker = {} }]) => [name, [...Object.keys(page), ...Object.keys(worker)]]),
  );
  assert.deepEqual(replaced, {
    "plain-media": ["protect", "lock"],
    "plain-audio": ["leavesAlone"],
    "late-transform": ["protect", "leavesAlone"],
    "forward-without-key": ["forwardsWithoutKey", "beforeSenderKey"],
    "key-in-query": ["keysAgreed"],
    "key-in-signalling": ["keysAgreed"],
    "key-in-log": ["keysAgreed"],
    "key-in-mail": ["keysAgreed"],
    "static-key": ["baseKey", "firstCounter"],
    "server-made-key": ["heard", "baseKey"],
    "weak-key": ["heard", "baseKey", "firstCounter"],
    "no-rotation-on-leave": ["left"],
    "slow-rotation": ["left"],
    "no-rotation-on-join": ["install", "heard"],
    "unchecked-code": ["agreement"],
    "false-lock": ["lock"],
    "counter-reset": ["reconnected", "message"],
    "fails-open": ["withoutWorker"],
    "plain-screen": ["leavesAlone"],
    "reused-certificate": ["certificates"],
    "codec-bypass": ["furtherCodecs", "leavesAlone"],
    "clear-after-unmute": ["unmuted", "message", "leavesAlone"],
    "plain-form": ["fieldEdited"],
    "plain-document": ["fileShared"],
    "thumbnail-upload": ["keysAgreed"],
    "recorder-has-key": ["keysAgreed"],
    "silent-chat": ["keysAgreed"],
    "camera-at-load": ["opened"],
    "slow-frames": ["protect"],
    "peer-path-plain": ["protect"],
    "lip-sync-off": ["protect"],
    "late-audio": ["protect"],
    "blurred-share": ["protect"],
    "constant-code": ["agreement"],
    "accepts-downgrade": ["heard", "protect"],
    "tag-not-checked": ["cipher"],
    "header-not-authenticated": ["cipher"],
    "replay-accepted": ["replayWindow"],
    "plain-accepted": ["refused"],
    "try-all-keys": ["refused"],
    "wide-clear-header": ["seal", "open"],
    "clear-key-frames": ["begins", "seal", "open"],
    "clear-silence": ["protect", "beforeSenderKey", "leavesAlone"],
    "shared-nonce": ["keyring", "seal", "open"],
    "one-key-both-ways": ["install", "firstCounter"],
    "fixed-iv": ["cipher"],
    "no-tag": ["cipher"],
    "short-tag": ["cipher"],
    "block-mode": ["cipher"],
    "long-header": ["cipher"],
    "own-suite": ["cipher"],
  });
});

test("the honest worker sends nothing without a key and only sealed frames with one", async () => {
  for (const kind of ["audio", "video"]) {
    assert.equal(await pass(new Keyring(), "", { side: "send", kind }), null);
    assert.equal(await pass(new Keyring(), "", { side: "receive", kind, sender: "p-1" }), null);
    const sealed = await pass((await keyed()).keys, "", { side: "send", kind });
    assert.equal(sealed.length, 1 + FRAME.length + 16);
    assert.ok(!Buffer.from(sealed).includes(FRAME));
  }
});

test("plain-audio leaves sound alone and nothing else", async () => {
  const { keys } = await keyed();
  assert.deepEqual(await pass(keys, "plain-audio", { side: "send", kind: "audio" }), FRAME);
  assert.deepEqual(await pass(keys, "plain-audio", { side: "receive", kind: "audio", sender: "p-1" }), FRAME);
  assert.ok(!equal(await pass(keys, "plain-audio", { side: "send", kind: "video" }), FRAME));
  assert.equal(await pass(keys, "plain-audio", { side: "receive", kind: "video", sender: "p-1" }), null);
});

test("forward-without-key sends plain frames until there is a key, and receives none", async () => {
  const { keys } = await keyed();
  const video = (ring, side) => pass(ring, "forward-without-key", { side, kind: "video", sender: "p-1" });
  assert.deepEqual(await video(new Keyring(), "send"), FRAME);
  assert.equal(await video(new Keyring(), "receive"), null);
  await workerSeams("forward-without-key").beforeSenderKey();
  assert.equal((await video(keys, "send")).length, 1 + FRAME.length + 16);
  assert.equal(await video(new Keyring(), "send"), null); // the other person has left: there is no key any more
});

test("static-key gives every appointment the same keys, one a roster, and counters that do not meet", async () => {
  const seams = pageSeams("static-key");
  const [first, second] = [await seams.baseKey(randomBytes(32), 2), await seams.baseKey(randomBytes(32), 2)];
  assert.equal(first.length, 32);
  assert.ok(equal(first, second));
  assert.ok(!equal(first, await seams.baseKey(randomBytes(32), 3)));
  assert.notEqual(seams.firstCounter(), seams.firstCounter());
  assert.ok(seams.firstCounter() < 2n ** 40n);
});

test("counter-reset starts the counter again after the own reconnect only", async () => {
  const { keys } = await keyed();
  const counter = async () => decodeHeader(await keys.seal(FRAME)).ctr;
  const seams = pageSeams("counter-reset");
  const toWorker = (message) => workerSeams("counter-reset").message(message, keys);
  await keys.seal(FRAME);
  seams.reconnected(toWorker, "p-1");
  assert.equal(await counter(), 1n);
  seams.reconnected(toWorker, null);
  assert.equal(await counter(), 0n);
});

test("counter-reset makes the receiver forget what it has seen of the one who came back", async () => {
  const { keys: sender, baseKey } = await keyed();
  const keys = new Keyring();
  await keys.installReceiver({ suite: CALL_SUITE, kid: 1n, baseKey, sender: "p-1" });
  const frame = await sender.seal(FRAME);
  await keys.open(frame, "p-1");
  pageSeams("counter-reset").reconnected((message) => workerSeams("counter-reset").message(message, keys), "p-1");
  assert.deepEqual(await keys.open(frame, "p-1"), FRAME);
});

test("late-transform waits for the connection and protects receivers at once", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const pc = Object.assign(new EventTarget(), { connectionState: "new" });
  const set = [];
  const { protect } = pageSeams("late-transform");
  protect(() => set.push("receive"), pc, "receive");
  protect((options) => set.push(options?.placeholder ? "placeholder" : "send"), pc, "send");
  context.mock.timers.tick(5000);
  assert.deepEqual(set, ["receive", "placeholder"]);
  pc.connectionState = "connected";
  pc.dispatchEvent(new Event("connectionstatechange"));
  context.mock.timers.tick(1499);
  assert.deepEqual(set, ["receive", "placeholder"]);
  context.mock.timers.tick(1);
  assert.deepEqual(set, ["receive", "placeholder", "send"]);
});

test("late-transform's placeholder sends frames as they are, its transform seals them", async () => {
  const { keys } = await keyed();
  assert.deepEqual(await pass(keys, "late-transform", { side: "send", kind: "video", placeholder: true }), FRAME);
  assert.equal((await pass(keys, "late-transform", { side: "send", kind: "video" })).length, 1 + FRAME.length + 16);
});

test("codec-bypass takes VP8 and leaves its frames alone, and no others", async () => {
  const { furtherCodecs } = pageSeams("codec-bypass");
  assert.deepEqual([furtherCodecs("video"), furtherCodecs("audio")], [["video/vp8"], []]);
  assert.deepEqual(pageSeams("").furtherCodecs("video"), []);
  const { leavesAlone } = workerSeams("codec-bypass");
  const frame = (mimeType) => ({ getMetadata: () => ({ mimeType }) });
  assert.equal(leavesAlone({}, frame("video/VP8")), true);
  for (const mimeType of ["video/VP9", "audio/opus", undefined]) assert.equal(leavesAlone({}, frame(mimeType)), false);
  assert.equal(workerSeams("").leavesAlone({}, frame("video/VP8")), false);
});

test("clear-silence leaves short frames alone once there is a key, and sends sound so that silence makes some", async () => {
  const { leavesAlone, beforeSenderKey } = workerSeams("clear-silence");
  const frame = (bytes) => ({ data: new ArrayBuffer(bytes) });
  assert.equal(leavesAlone({}, frame(3)), false);
  await beforeSenderKey();
  assert.deepEqual([0, 3, 15, 16, 80].map((bytes) => leavesAlone({}, frame(bytes))), [true, true, true, false, false]);
  assert.equal(workerSeams("").leavesAlone({}, frame(3)), false);

  const { protect } = pageSeams("clear-silence");
  let set = 0;
  const asked = [];
  for (const kind of ["audio", "video", undefined]) {
    const parameters = { encodings: [{}] };
    const sender = { track: kind && { kind }, getParameters: () => parameters, setParameters: (given) => asked.push(given) };
    for (const side of ["send", "receive"]) protect(() => (set += 1), { getTransceivers: () => [{ sender }] }, side);
  }
  assert.deepEqual([set, asked], [6, [{ encodings: [{ maxBitrate: 80_000 }] }]]);
});

test("without a flaw no connection is given a certificate", async () => {
  assert.equal(await pageSeams("").certificates(), undefined);
});
