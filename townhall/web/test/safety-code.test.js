import assert from "node:assert/strict";
import { test } from "node:test";
import { commitTo, keeps } from "../src/e2ee/commitment.js";
import { safetyCode } from "../src/e2ee/safety-code.js";
import { randomBytes } from "../src/bytes.js";

const reveal = () => ({ signatureKey: randomBytes(32), nonce: randomBytes(32) });

test("both sides see the same code, whatever order they know each other in", async () => {
  const [a, b] = [reveal(), reveal()];
  assert.equal(await safetyCode([a, b], "a-1"), await safetyCode([b, a], "a-1"));
});

test("another key, another nonce or another group gives another code", async () => {
  const [a, b] = [reveal(), reveal()];
  const codes = await Promise.all([
    safetyCode([a, b], "a-1"),
    safetyCode([a, { ...b, signatureKey: randomBytes(32) }], "a-1"),
    safetyCode([a, { ...b, nonce: randomBytes(32) }], "a-1"),
    safetyCode([a, b], "a-2"),
  ]);
  assert.equal(new Set(codes).size, 4);
});

test("a code has eight digits, leading zeros included", async () => {
  for (let i = 0; i < 200; i += 1) assert.match(await safetyCode([reveal(), reveal()], "a-1"), /^\d{4} \d{4}$/);
});

test("a commitment is kept by its own reveal alone", async () => {
  const own = { keyPackage: randomBytes(300), nonce: randomBytes(32) };
  const commitment = await commitTo("a-1", "1:p", "clerk", own);
  assert.ok(await keeps(commitment, "a-1", "1:p", "clerk", own));
  assert.ok(!(await keeps(commitment, "a-2", "1:p", "clerk", own)));
  assert.ok(!(await keeps(commitment, "a-1", "2:p", "clerk", own)));
  assert.ok(!(await keeps(commitment, "a-1", "1:p", "citizen", own)));
  assert.ok(!(await keeps(commitment, "a-1", "1:p", "clerk", { ...own, nonce: randomBytes(32) })));
  assert.ok(!(await keeps(commitment, "a-1", "1:p", "clerk", { ...own, keyPackage: randomBytes(300) })));
});

test("a short nonce is no reveal, even where the commitment was made to it", async () => {
  const short = { keyPackage: randomBytes(300), nonce: randomBytes(8) };
  assert.ok(!(await keeps(await commitTo("a-1", "1:p", "clerk", short), "a-1", "1:p", "clerk", short)));
});
