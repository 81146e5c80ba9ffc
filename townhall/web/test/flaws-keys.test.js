import assert from "node:assert/strict";
import { test } from "node:test";
import { base64url, equal, randomBytes, utf8 } from "../src/bytes.js";
import { pageSeams } from "../src/flaws/index.js";
import { Keyring } from "../src/sframe/keyring.js";
import { CALL_SUITE } from "../src/sframe/suite.js";
import { Room } from "./relay.js";

test("server-made-key uses what the server says for a roster, and not what was agreed", async () => {
  const { heard, baseKey } = pageSeams("server-made-key");
  const key = randomBytes(32);
  assert.equal(heard({ type: "welcome", roster: 2, key: base64url(key) }), false);
  assert.equal(heard({ type: "left", roster: 3, key: base64url(randomBytes(32)) }), false);
  const used = await baseKey(randomBytes(32), 2);
  assert.ok(equal(used, key));
  used.fill(0); // as the page does with every base key
  assert.ok(equal(await baseKey(randomBytes(32), 2), key));
});

test("weak-key takes the room's name for the key, and counters that do not meet", async () => {
  const { heard, baseKey, firstCounter } = pageSeams("weak-key");
  const room = "videotermin-00000000000000000002";
  heard({ type: "joined", roster: 2, room });
  assert.ok(equal(await baseKey(randomBytes(32), 2), utf8(room)));
  assert.notEqual(firstCounter(), firstCounter());
});

test("no-rotation-on-leave locks nobody out; slow-rotation does it a minute later", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const out = [];
  for (const flaw of ["", "no-rotation-on-leave", "slow-rotation"]) pageSeams(flaw).left(() => out.push(flaw));
  assert.deepEqual(out, [""]);
  context.mock.timers.tick(59_999);
  assert.deepEqual(out, [""]);
  context.mock.timers.tick(1);
  assert.deepEqual(out, ["", "slow-rotation"]);
});

test("unchecked-code reveals before the others have committed, and has 256 codes", async () => {
  const room = new Room(undefined, pageSeams("unchecked-code").agreement());
  const [clerk, citizen] = [room.join("clerk"), room.join("citizen")];
  await room.settled();
  assert.equal(clerk.error, null);
  assert.match(clerk.code, /^\d{3}$/);
  assert.ok(Number(clerk.code) < 256);
  assert.equal(clerk.code, citizen.code);
  const first = room.sent.filter(({ from }) => from === room.sent[0].from).map(({ t }) => t);
  assert.deepEqual(first.slice(0, 2), ["commit", "reveal"]);
  assert.equal(room.sent[1].t, "reveal", "it waits for the other's commitment");
});

test("plain-media and false-lock show the lock, whatever the worker has proven", () => {
  const shown = (flaw) => [false, true].map((proven) => pageSeams(flaw).lock(proven));
  assert.deepEqual(shown(""), [false, true]);
  assert.deepEqual(shown("false-lock"), [true, true]);
  assert.deepEqual(shown("plain-media"), [true, true]);
});

/** What a page's guard is told. */
class FakeGuard {
  installed = [];
  posted = [];
  install(keys) {
    this.installed.push(keys);
  }
  post(message) {
    this.posted.push(message);
  }
}

test("no-rotation-on-join keeps the key for those who are there, and seals it for who comes", async () => {
  const pad = randomBytes(32);
  const told = [];
  const call = { exporter: async () => pad, tell: (body) => told.push(body) };
  const suite = 5;
  const { install, heard } = pageSeams("no-rotation-on-join");
  const guard = new FakeGuard();
  const key = randomBytes(32);
  await install(guard, { suite, baseKey: key.slice(), ownKid: 0x01n, peers: [{ pid: "p-2", kid: 0x11n }] }, call);
  assert.equal(guard.installed.length, 1);
  const peers = [{ pid: "p-2", kid: 0x12n }, { pid: "p-3", kid: 0x22n }];
  await install(guard, { suite, baseKey: randomBytes(32), ownKid: 0x02n, peers }, call);
  assert.equal(guard.installed.length, 1, "the sender's key was set again, and its counter with it");
  assert.deepEqual(guard.posted.map(({ type, kid, sender }) => [type, kid, sender]), [["install-receiver", 0x21n, "p-3"]]);
  assert.ok(equal(guard.posted[0].baseKey, key));
  assert.equal(told.length, 1);
  assert.notEqual(told[0].key, base64url(key));
  assert.equal(heard({ type: "e2ee", from: "p-1", body: told[0] }), true);
  assert.equal(heard({ type: "e2ee", from: "p-1", body: { t: "commit" } }), false);
});

/** A page's guard that works on a real keyring at once. */
class KeyringGuard {
  ring = new Keyring();
  done = [];
  install({ baseKey, ownKid, peers, firstCounter }) {
    for (const { pid, kid } of peers) this.post({ kid, baseKey, sender: pid });
    this.done.push(this.ring.installSender({ suite: CALL_SUITE, kid: ownKid, baseKey: baseKey.slice(), firstCounter }));
  }
  post({ kid, baseKey, sender }) {
    this.done.push(this.ring.installReceiver({ suite: CALL_SUITE, kid, baseKey: baseKey.slice(), sender }));
  }
}

/** A call of clerk and citizen into which a guest comes, through the seams of a flaw in pages of their own. */
async function guestComes(flaw, name) {
  const seams = {};
  for (const role of ["clerk", "citizen", "guest"]) {
    seams[role] = { ...pageSeams(""), ...(flaw ? (await import(`../src/flaws/${flaw}.js?${role}`))[name].page : {}) };
  }
  const guards = { clerk: new KeyringGuard(), citizen: new KeyringGuard(), guest: new KeyringGuard() };
  const relay = (from, to, body) => (seams[to.role].heard({ type: "e2ee", from: from.pid, body }) ? [] : [body]);
  const room = new Room(relay, (person) => ({
    onKeys: (keys) =>
      seams[person.role].install(guards[person.role], { ...keys, suite: CALL_SUITE.id, firstCounter: 0n }, {
        exporter: (label, length) => person.agreement.exporter(label, length),
        tell: (body) => room.send(person, body),
      }),
  }));
  const clerk = room.join("clerk");
  room.join("citizen");
  await room.settled();
  await Promise.all(guards.clerk.done);
  const before = await guards.clerk.ring.seal(utf8("before the guest came"));
  const guest = room.join("guest");
  await room.settled();
  await Promise.all([...guards.clerk.done, ...guards.guest.done]);
  const after = await guards.clerk.ring.seal(utf8("while the guest is there"));
  const opens = (frame) => guards.guest.ring.open(frame, clerk.pid).then(() => true, () => false);
  const answered = await guards.clerk.ring.open(await guards.guest.ring.seal(utf8("hello")), guest.pid).then(() => true, () => false);
  return { before: await opens(before), after: await opens(after), answered, kids: [before[0] >> 4, after[0] >> 4] };
}

test("an honest guest opens what is sent while they are there, and nothing from before", async () => {
  const { before, after, answered } = await guestComes("", "");
  assert.deepEqual({ before, after, answered }, { before: false, after: true, answered: true });
});

test("no-rotation-on-join lets a guest open what was sent before, under the key id that was in use", async () => {
  const { before, after, answered, kids } = await guestComes("no-rotation-on-join", "noRotationOnJoin");
  assert.deepEqual({ before, after, answered }, { before: true, after: true, answered: true });
  assert.equal(kids[0], kids[1]);
});
