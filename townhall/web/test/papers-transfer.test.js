import assert from "node:assert/strict";
import { test } from "node:test";
import { base64url, randomBytes, sha256 } from "../src/bytes.js";
import { fileName, sizeInWords } from "../src/papers/files.js";
import { TransferFailed, Transfers } from "../src/papers/transfer.js";

/** Two pages; `onWire(bytes, deliver)` may hold messages of the giver back or change them. */
function pages(onWire = (bytes, deliver) => deliver(bytes)) {
  const wire = [];
  const giver = new Transfers({
    self: () => "g",
    send(bytes) {
      wire.push(bytes);
      onWire(bytes, (delivered) => setImmediate(() => taker.receive("g", delivered)));
    },
  });
  const taker = new Transfers({ self: () => "t", send: (bytes) => setImmediate(() => giver.receive("t", bytes)) });
  return { giver, taker, wire };
}

const offerOf = async (bytes) => ({ size: bytes.length, hash: base64url(await sha256(bytes)) });
const failed = (reason) => new TransferFailed(reason);

test("a file of 300 kB comes in pieces, whole", async () => {
  const { giver, taker, wire } = pages();
  const bytes = randomBytes(30_000);
  const file = new Uint8Array(300_001).map((_, i) => bytes[i % 30_000]);
  giver.offer(1, new Blob([file]));
  const progress = [];
  assert.deepEqual(await taker.fetch("g", 1, await offerOf(file), (received) => progress.push(received)), file);
  assert.equal(wire.length, 10);
  assert.equal(progress.at(-1), file.length);
});

test("a file that nobody wants is not sent", () => {
  const { giver, wire } = pages();
  giver.offer(1, new Blob([randomBytes(10)]));
  assert.equal(wire.length, 0);
});

test("a piece that is lost is asked for again", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let lost = 0;
  const { giver, taker } = pages((bytes, deliver) => {
    lost += 1;
    if (lost === 1) setImmediate(() => t.mock.timers.tick(3000));
    else deliver(bytes);
  });
  const file = randomBytes(50_000);
  giver.offer(1, new Blob([file]));
  assert.deepEqual(await taker.fetch("g", 1, await offerOf(file), () => {}), file);
});

test("a file that is not what was offered is discarded", async () => {
  const { giver, taker } = pages();
  giver.offer(1, new Blob([randomBytes(100)]));
  await assert.rejects(taker.fetch("g", 1, await offerOf(randomBytes(100)), () => {}), failed("damaged"));
});

test("a file that was never offered is gone", async () => {
  const { taker } = pages();
  await assert.rejects(taker.fetch("g", 7, await offerOf(randomBytes(100)), () => {}), failed("gone"));
});

test("when the giver leaves, waiting ends", async () => {
  const { giver, taker } = pages(() => {});
  giver.offer(1, new Blob([randomBytes(100)]));
  const fetching = taker.fetch("g", 1, await offerOf(randomBytes(100)), () => {});
  taker.keep(["somebody else"]);
  await assert.rejects(fetching, failed("gone"));
});

test("pieces of another length, or that nobody asked for, change nothing", async () => {
  const { giver, taker } = pages((bytes, deliver) => {
    deliver(bytes.subarray(0, bytes.length - 1));
    deliver(bytes);
  });
  const file = randomBytes(100);
  giver.offer(1, new Blob([file]));
  assert.deepEqual(await taker.fetch("g", 1, await offerOf(file), () => {}), file);
});

test("a file's name cannot lead into a folder or hide what it is", () => {
  assert.equal(fileName("../../etc/passwd"), "_.._etc_passwd");
  assert.equal(fileName("rechnung\u202Efdp.exe"), "rechnung fdp.exe");
  assert.equal(fileName("..."), "datei");
});

test("sizes are said as people say them", () => {
  assert.equal(sizeInWords(10, "de"), "1 KB");
  assert.equal(sizeInWords(5 * 1024 * 1024, "de"), "5 MB");
  assert.equal(sizeInWords(1.5 * 1024 * 1024, "de"), "1,5 MB");
  assert.equal(sizeInWords(1.5 * 1024 * 1024, "en"), "1.5 MB");
});
