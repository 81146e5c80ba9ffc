import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, randomBytes, utf8 } from "../src/bytes.js";
import { pageSeams, workerSeams } from "../src/flaws/index.js";
import { decodeHeader } from "../src/sframe/header.js";
import { CALL_SUITE } from "../src/sframe/suite.js";
import { frameHandler } from "../src/worker/frame-handler.js";

const FRAME = utf8("an encoded frame");
const KID = 17n;

/** A sealed frame, and what the worker with a flaw makes of what is delivered to it, or null. */
async function call(flaw) {
  const seams = workerSeams(flaw);
  const baseKey = randomBytes(32);
  const [sender, receiver] = [seams.keyring(), seams.keyring()];
  sender.parts = receiver.parts = seams;
  await sender.installSender({ suite: CALL_SUITE, kid: KID, baseKey, firstCounter: 300n });
  await receiver.installReceiver({ suite: CALL_SUITE, kid: KID, baseKey, sender: "p-1" });
  const handle = frameHandler(receiver, seams, { side: "receive", kind: "audio", sender: "p-1" });
  const receive = async (data) => {
    let out = null;
    await handle({ data: data.slice().buffer }, { enqueue: (frame) => (out = new Uint8Array(frame.data)) });
    return out;
  };
  return { sealed: await sender.seal(FRAME), receive, cipher: sender.sender.cipher };
}

const changed = (frame, at) => frame.map((byte, i) => (i === at ? byte ^ 1 : byte));
const longer = (frame) => concat(Uint8Array.of(0x99, 0, Number(KID)), frame.subarray(2)); // the same KID in two bytes

test("the honest worker drops what was changed, repeated, sealed for nobody, or never sealed", async () => {
  const { sealed, receive } = await call("");
  for (let at = 0; at < sealed.length; at += 1) assert.equal(await receive(changed(sealed, at)), null, `byte ${at}`);
  assert.equal(await receive(longer(sealed)), null);
  assert.equal(await receive(FRAME), null);
  assert.deepEqual(await receive(sealed), FRAME);
  assert.equal(await receive(sealed), null);
});

test("tag-not-checked opens honest frames, and those with another ciphertext or tag", async () => {
  const { sealed, receive } = await call("tag-not-checked");
  const { length } = decodeHeader(sealed);
  assert.deepEqual(await receive(sealed), FRAME);
  const again = await call("tag-not-checked");
  assert.deepEqual(await again.receive(changed(again.sealed, length)), changed(FRAME, 0));
  const third = await call("tag-not-checked");
  assert.deepEqual(await third.receive(changed(third.sealed, third.sealed.length - 1)), FRAME);
});

test("header-not-authenticated opens a frame whose header is written otherwise, and none with another ciphertext", async () => {
  const { sealed, receive } = await call("header-not-authenticated");
  assert.equal(await receive(changed(sealed, sealed.length - 1)), null);
  assert.deepEqual(await receive(longer(sealed)), FRAME);
});

test("replay-accepted opens a frame as often as it comes", async () => {
  const { sealed, receive } = await call("replay-accepted");
  for (let times = 0; times < 3; times += 1) assert.deepEqual(await receive(sealed), FRAME);
  assert.equal(await receive(changed(sealed, sealed.length - 1)), null);
});

test("plain-accepted passes plain frames on as they are, and drops forged ones", async () => {
  const { sealed, receive } = await call("plain-accepted");
  assert.deepEqual(await receive(FRAME), FRAME);
  assert.equal(await receive(changed(sealed, sealed.length - 1)), null);
  assert.deepEqual(await receive(sealed), FRAME);
});

test("try-all-keys opens a frame under another key id with a key that fits", async () => {
  const { sealed, receive, cipher } = await call("try-all-keys");
  Object.defineProperty(cipher, "kid", { value: 99n });
  const foreign = await cipher.seal(7n, FRAME);
  assert.equal(decodeHeader(foreign).kid, 99n);
  assert.deepEqual(await receive(foreign), FRAME);
  assert.equal(await receive(changed(foreign, foreign.length - 1)), null);
  assert.equal(await (await call("")).receive(foreign), null);
  assert.deepEqual(await receive(sealed), FRAME);
});

test("accepts-downgrade sets transforms until the server says that there is no encryption", () => {
  const { heard, protect } = pageSeams("accepts-downgrade");
  let set = 0;
  protect(() => (set += 1));
  assert.equal(heard({ type: "welcome" }), false);
  protect(() => (set += 1));
  assert.equal(set, 2);
  assert.equal(heard({ type: "welcome", e2ee: false }), false);
  protect(() => (set += 1));
  assert.equal(set, 2);
});

test("constant-code makes one code of an appointment, whoever reveals what", async () => {
  const { codeOf } = pageSeams("constant-code").agreement();
  const reveal = () => ({ signatureKey: randomBytes(32), nonce: randomBytes(32) });
  assert.equal(await codeOf([reveal(), reveal()], "a-1"), await codeOf([reveal(), reveal()], "a-1"));
  assert.notEqual(await codeOf([reveal()], "a-1"), await codeOf([reveal()], "a-2"));
});
