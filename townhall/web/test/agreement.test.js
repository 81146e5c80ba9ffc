import assert from "node:assert/strict";
import { test } from "node:test";
import { KeyAgreement } from "../src/e2ee/agreement.js";
import { base64url, equal, fromBase64url } from "../src/bytes.js";

const APPOINTMENT = "a-7f31";

/**
 * Two sides whose messages pass through `relay(from, body)`, which gives back the bodies that the other side receives.
 */
function pair(relay = (from, body) => [body], changes = {}) {
  const sides = {};
  const sent = [];
  const side = (role, peerRole) =>
    new KeyAgreement({
      appointment: APPOINTMENT,
      role,
      peerRole,
      keyBytes: 32,
      send: (body) => {
        sent.push({ role, t: body.t });
        relay(role, body).forEach((relayed) => sides[peerRole].receive(structuredClone(relayed)));
      },
      ...changes[role],
    });
  sides.clerk = side("clerk", "citizen");
  sides.citizen = side("citizen", "clerk");
  return { ...sides, sent };
}

const reason = async (side) => {
  const error = await side.agreed.then(
    () => assert.fail("keys were agreed"),
    (e) => e,
  );
  return error.message;
};

test("two honest sides agree on the base key, on each other's key ids and on the safety code", async () => {
  const { clerk, citizen } = pair();
  const [a, b] = await Promise.all([clerk.agreed, citizen.agreed]);
  assert.equal(a.baseKey.length, 32);
  assert.ok(equal(a.baseKey, b.baseKey));
  assert.equal(a.safetyCode, b.safetyCode);
  assert.match(a.safetyCode, /^\d{4} \d{4}$/);
  assert.deepEqual([a.ownKid, a.peerKid], [b.peerKid, b.ownKid]);
  assert.deepEqual([a.ownKid, a.peerKid], [0x01n, 0x11n]); // epoch 1, leaves 0 and 1
});

test("two agreements of one appointment share neither key nor safety code", async () => {
  const [first, second] = await Promise.all([pair().clerk.agreed, pair().clerk.agreed]);
  assert.ok(!equal(first.baseKey, second.baseKey));
  assert.notEqual(first.safetyCode, second.safetyCode);
});

test("nothing is revealed before the other side's commitment is here", async () => {
  const { citizen, sent } = pair((from, body) => (from === "clerk" ? [] : [body]));
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(
    sent.filter(({ role }) => role === "citizen").map(({ t }) => t),
    ["commit"],
  );
  assert.equal(await Promise.race([citizen.agreed, "no keys"]), "no keys");
});

test("a reveal that does not keep its commitment ends the call", async () => {
  const { citizen } = pair((from, body) =>
    from === "clerk" && body.t === "reveal" ? [{ ...body, nonce: base64url(new Uint8Array(32)) }] : [body],
  );
  assert.equal(await reason(citizen), "the reveal is not what was committed to");
});

test("a server that puts its own key package in the place of a committed one ends the call", async () => {
  const intruder = pair();
  let swapped;
  intruder.citizen.send = (body) => {
    if (body.t === "reveal") swapped = body;
  };
  intruder.citizen.receive({ t: "commit", commitment: base64url(new Uint8Array(32)) });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const { clerk } = pair((from, body) => (from === "citizen" && body.t === "reveal" ? [swapped] : [body]));
  assert.ok(swapped);
  assert.equal(await reason(clerk), "the reveal is not what was committed to");
});

test("a reveal before its commitment ends the call", async () => {
  const { clerk } = pair((from, body) => (from === "citizen" && body.t === "commit" ? [] : [body]));
  clerk.receive({ t: "reveal", keyPackage: "AA", nonce: "AA" });
  assert.equal(await reason(clerk), "a reveal came before its commitment");
});

test("a second commitment that differs from the first ends the call", async () => {
  const { clerk } = pair((from, body) =>
    from === "citizen" && body.t === "commit" ? [body, { ...body, commitment: "AAAA" }] : [body],
  );
  assert.equal(await reason(clerk), "a second commit differs from the first");
});

test("a welcome changed on the way ends the call", async () => {
  const { citizen } = pair((from, body) => {
    if (body.t !== "welcome") return [body];
    const bytes = fromBase64url(body.welcome);
    bytes[bytes.length - 1] ^= 1;
    return [{ ...body, welcome: base64url(bytes) }];
  });
  assert.match(await reason(citizen), /^joining the group: /);
});

test("a welcome out of turn ends the call", async () => {
  const { clerk } = pair(() => []);
  clerk.receive({ t: "welcome", welcome: "AAAA" });
  assert.equal(await reason(clerk), "a welcome out of turn");
});

test("commitments for another appointment do not fit", async () => {
  const { clerk } = pair(undefined, { citizen: { appointment: "a-other" } });
  assert.equal(await reason(clerk), "the reveal is not what was committed to");
});

test("two participants of one role agree on nothing", async () => {
  const { clerk } = pair(undefined, { clerk: { peerRole: "clerk" } });
  assert.equal(await reason(clerk), "there are two participants in the role clerk");
});

test("messages that are no agreement's messages end the call", async () => {
  for (const body of [null, 7, { t: "rekey" }, { t: "commit" }, { t: "commit", commitment: "%" }]) {
    const { clerk } = pair(() => []);
    clerk.receive(body);
    assert.match(await reason(clerk), /^(an unknown kind of message|the message cannot be read: )/);
  }
});

test("messages lost with a connection are sent again, and duplicates do no harm", async () => {
  let lossy = true;
  const { clerk, citizen } = pair((from, body) => (lossy && body.t === "welcome" ? [] : [body]));
  await clerk.agreed;
  lossy = false;
  citizen.resend();
  clerk.resend();
  const [a, b] = await Promise.all([clerk.agreed, citizen.agreed]);
  assert.ok(equal(a.baseKey, b.baseKey));
});
