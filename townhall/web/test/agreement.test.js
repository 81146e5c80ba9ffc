import assert from "node:assert/strict";
import { test } from "node:test";
import { base64url, equal, fromBase64url, hex } from "../src/bytes.js";
import { APPOINTMENT, Room } from "./relay.js";

/** A clerk and a citizen, and what the relay did with their messages. */
async function pair(relay, citizens = APPOINTMENT) {
  const room = new Room(relay);
  const clerk = room.join("clerk");
  const citizen = room.join("citizen", citizens);
  await room.settled();
  return { room, clerk, citizen };
}

const reason = (person) => person.error?.message ?? "(no error)";

test("two honest sides agree on the base key, on each other's key ids and on the safety code", async () => {
  const { clerk, citizen } = await pair();
  const [a, b] = [clerk.keys, citizen.keys];
  assert.equal(a.baseKey.length, 32);
  assert.ok(equal(a.baseKey, b.baseKey));
  assert.match(clerk.code, /^\d{4} \d{4}$/);
  assert.equal(clerk.code, citizen.code);
  assert.deepEqual([a.ownKid, a.peers], [0x01n, [{ pid: citizen.pid, kid: 0x11n }]]); // epoch 1, leaves 0 and 1
  assert.deepEqual([b.ownKid, b.peers], [0x11n, [{ pid: clerk.pid, kid: 0x01n }]]);
  assert.deepEqual([clerk.epochs.length, citizen.epochs.length], [1, 1]);
});

test("it is the clerk who creates the group, whoever came first", async () => {
  const room = new Room();
  const citizen = room.join("citizen");
  const clerk = room.join("clerk");
  await room.settled();
  assert.deepEqual([clerk.keys.ownKid, citizen.keys.ownKid], [0x01n, 0x11n]);
});

test("two agreements of one appointment share neither key nor safety code", async () => {
  const [first, second] = [await pair(), await pair()];
  assert.ok(!equal(first.clerk.keys.baseKey, second.clerk.keys.baseKey));
  assert.notEqual(first.clerk.code, second.clerk.code);
});

test("both sides take the same secrets for other uses from the epoch, one for each label", async () => {
  const { clerk, citizen } = await pair();
  const secrets = await Promise.all(
    [clerk, citizen].map(({ agreement }) => agreement.exporter("townhall data", 32)),
  );
  assert.ok(equal(...secrets));
  assert.ok(!equal(secrets[0], await clerk.agreement.exporter("another label", 32)));
  assert.ok(!equal(secrets[0], clerk.keys.baseKey));
});

test("nothing is revealed before the other side's commitment is here", async () => {
  const { room, citizen } = await pair((from, to, body) => (from.role === "clerk" ? [] : [body]));
  assert.deepEqual(
    room.sent.filter(({ from }) => from === "citizen").map(({ t }) => t),
    ["commit"],
  );
  assert.equal(citizen.keys, undefined);
});

test("a reveal that does not keep its commitment ends the call", async () => {
  const { citizen } = await pair((from, to, body) =>
    from.role === "clerk" && body.t === "reveal" ? [{ ...body, nonce: base64url(new Uint8Array(32)) }] : [body],
  );
  assert.equal(reason(citizen), "the reveal is not what was committed to");
  assert.equal(citizen.keys, undefined);
});

test("a server that puts another's key package in the place of a committed one ends the call", async () => {
  let foreign;
  await pair((from, to, body) => {
    if (from.role === "citizen" && body.t === "reveal") foreign = body;
    return [body];
  });
  const { clerk } = await pair((from, to, body) =>
    from.role === "citizen" && body.t === "reveal" ? [{ ...foreign, round: body.round }] : [body],
  );
  assert.equal(reason(clerk), "the reveal is not what was committed to");
});

test("a reveal before its commitment ends the call", async () => {
  const { clerk, citizen, room } = await pair((from, to, body) => (from.role === "citizen" ? [] : [body]));
  clerk.agreement.receive(citizen.pid, { t: "reveal", round: `2:${clerk.pid},${citizen.pid}`, keyPackage: "AA", nonce: "AA" });
  await room.settled();
  assert.equal(reason(clerk), "a reveal came before its commitment");
});

test("a second commitment that differs from the first ends the call", async () => {
  const { clerk } = await pair((from, to, body) =>
    from.role === "citizen" && body.t === "commit" ? [body, { ...body, commitment: "AAAA" }] : [body],
  );
  assert.equal(reason(clerk), "a second commit differs from the first");
});

test("a welcome changed on the way ends the call", async () => {
  const { citizen } = await pair((from, to, body) => {
    if (body.t !== "group") return [body];
    const bytes = fromBase64url(body.welcome);
    bytes[bytes.length - 1] ^= 1;
    return [{ ...body, welcome: base64url(bytes) }];
  });
  assert.match(reason(citizen), /^joining the group: /);
});

test("commitments for another appointment do not fit", async () => {
  const { clerk } = await pair(undefined, "a-other");
  assert.equal(reason(clerk), "the reveal is not what was committed to");
});

test("two participants of one role agree on nothing", async () => {
  const room = new Room();
  const clerk = room.join("clerk");
  room.join("clerk");
  await room.settled();
  assert.equal(reason(clerk), "two participants are in one role");
});

test("messages that are no agreement's messages end the call", async () => {
  const bodies = [null, 7, { t: "rekey" }, { t: "commit" }, { t: "group", adds: [], commit: "AAAA" }];
  for (const body of bodies) {
    const { room, clerk, citizen } = await pair();
    clerk.agreement.receive(citizen.pid, body);
    await room.settled();
    assert.match(reason(clerk), /^(an unknown kind of message|a message of no round|.* cannot be read: .*|this is no mls_.*)/);
  }
});

test("messages lost with a connection are sent again, and duplicates do no harm", async () => {
  let lossy = true;
  const { room, clerk, citizen } = await pair((from, to, body) => (lossy && body.t === "group" ? [] : [body]));
  assert.equal(citizen.keys, undefined);
  lossy = false;
  citizen.agreement.resend();
  clerk.agreement.resend();
  await room.settled();
  assert.ok(equal(clerk.keys.baseKey, citizen.keys.baseKey));
  assert.equal(clerk.code, citizen.code);
  assert.deepEqual([clerk.error, citizen.error], [null, null]);
});

test("a page that comes back anew agrees anew, and shares nothing with its former self", async () => {
  const { room, clerk, citizen } = await pair();
  const before = hex(clerk.keys.baseKey);
  room.leave(citizen);
  const again = room.join("citizen");
  await room.settled();
  assert.ok(equal(clerk.keys.baseKey, again.keys.baseKey));
  assert.notEqual(hex(clerk.keys.baseKey), before);
  assert.deepEqual([clerk.keys.ownKid, again.keys.ownKid], [0x01n, 0x11n]);
  assert.equal(clerk.code, again.code);
});
