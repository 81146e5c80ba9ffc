import assert from "node:assert/strict";
import { test } from "node:test";
import { hex, utf8 } from "../src/bytes.js";
import { FrameCipher, OpenError } from "../src/sframe/cipher.js";
import { HeaderError, decodeHeader, encodeHeader } from "../src/sframe/header.js";
import { deriveSecrets } from "../src/sframe/key-schedule.js";
import { mlsKid } from "../src/sframe/kid.js";
import { SUITES } from "../src/sframe/suite.js";

const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** RFC 9605, appendix C.1: kid, ctr, header. */
const HEADERS = [
  [0n, 0n, "00"],
  [0n, 1n, "01"],
  [0n, 255n, "08ff"],
  [1n, 0n, "10"],
  [7n, 7n, "77"],
  [255n, 255n, "88ffff"],
  [256n, 0n, "900100"],
  [256n, 255n, "980100ff"],
  [256n, 65536n, "9a0100010000"],
  [0xffffffffffffffffn, 0xffffffffffffffffn, "ffffffffffffffffffffffffffffffffff"],
];

/** RFC 9605, appendix C.3: one base key, KID 0x123, CTR 0x4567, the two AES-GCM suites. */
const KID = 0x123n;
const CTR = 0x4567n;
const BASE_KEY = bytes("000102030405060708090a0b0c0d0e0f");
const METADATA = utf8("IETF SFrame WG");
const PLAINTEXT = utf8("draft-ietf-sframe-enc");
const FRAMES = [
  {
    suite: SUITES[0x0004],
    key: "d34f547f4ca4f9a7447006fe7fcbf768",
    salt: "75234edefe07819026751816",
    frame: "9901234567b7412c2513a1b66dbb48841bbaf17f598751176ad847681a69c6d0b091c07018ce4adb34eb",
  },
  {
    suite: SUITES[0x0005],
    key: "d3e27b0d4a5ae9e55df01a70e6d4d28d969b246e2936f4b7a5d9b494da6b9633",
    salt: "84991c167b8cd23c93708ec7",
    frame: "990123456794f509d36e9beacb0e261d99c7d1e972f1fed787d4049f17ca21353c1cc24d56ceabced279",
  },
];

test("headers are those of the RFC, both ways", () => {
  for (const [kid, ctr, encoded] of HEADERS) {
    assert.equal(hex(encodeHeader(kid, ctr)), encoded);
    assert.deepEqual(decodeHeader(bytes(`${encoded}abcd`)), { kid, ctr, length: encoded.length / 2 });
  }
});

test("a frame that ends within its header has none", () => {
  assert.throws(() => decodeHeader(new Uint8Array(0)), new HeaderError("an empty frame has no header"));
  for (const cut of ["88", "88ff", "ff", "9a01000100"]) {
    assert.throws(() => decodeHeader(bytes(cut)), new HeaderError("the frame ends within its header"));
  }
});

test("a counter beyond 64 bits is refused", () => {
  assert.throws(() => encodeHeader(0n, 2n ** 64n), new HeaderError("18446744073709551616 does not fit into 64 bits"));
});

test("key and salt are those of the RFC", async () => {
  for (const { suite, key, salt } of FRAMES) {
    const secrets = await deriveSecrets(suite, KID, BASE_KEY);
    assert.deepEqual([hex(secrets.key), hex(secrets.salt)], [key, salt]);
  }
});

test("sealed frames are those of the RFC, and open again", async () => {
  for (const { suite, frame } of FRAMES) {
    const cipher = await FrameCipher.derive(suite, KID, BASE_KEY);
    assert.equal(hex(await cipher.seal(CTR, PLAINTEXT, METADATA)), frame);
    const sealed = bytes(frame);
    assert.deepEqual(await cipher.open(decodeHeader(sealed), sealed, METADATA), PLAINTEXT);
  }
});

test("a frame with any byte changed does not open", async () => {
  const cipher = await FrameCipher.derive(SUITES[0x0005], 1n, BASE_KEY);
  const sealed = await cipher.seal(300n, PLAINTEXT);
  for (let at = 1; at < sealed.length; at += 1) {
    const forged = sealed.slice();
    forged[at] ^= 0x01;
    await assert.rejects(cipher.open(decodeHeader(forged), forged), new OpenError("the frame does not authenticate"));
  }
});

test("key ids of an MLS group are those of the RFC", () => {
  assert.equal(mlsKid({ epoch: 14n, index: 3 }), 0x3en);
  assert.equal(mlsKid({ epoch: 17n, index: 33 }), 0x211n);
  assert.throws(() => mlsKid({ epoch: 0n, index: 64 }), new RangeError("no member has the index 64"));
});
