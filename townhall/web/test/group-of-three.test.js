import assert from "node:assert/strict";
import { test } from "node:test";
import { hex } from "../src/bytes.js";
import { APPOINTMENT, Room } from "./relay.js";

async function three(relay) {
  const room = new Room(relay);
  const [clerk, citizen] = [room.join("clerk"), room.join("citizen")];
  await room.settled();
  const before = hex(clerk.keys.baseKey);
  const code = clerk.code;
  const guest = room.join("guest");
  await room.settled();
  return { room, clerk, citizen, guest, before, code };
}

function assertAgreed(...people) {
  for (const one of people) assert.equal(one.error, null, `${one.role}: ${one.error?.message}`);
  const keys = new Set(people.map((one) => hex(one.keys.baseKey)));
  assert.equal(keys.size, 1, "the base keys differ");
  assert.equal(new Set(people.map(({ code }) => code)).size, 1, "the safety codes differ");
  assert.match(people[0].code, /^\d{4} \d{4}$/);
  const kids = new Set(people.map(({ keys: { ownKid } }) => ownKid));
  assert.equal(kids.size, people.length, "two senders share a key id");
  for (const one of people) {
    const wanted = people.filter((other) => other !== one).map(({ pid, keys }) => [pid, keys.ownKid]);
    assert.deepEqual(new Map(one.keys.peers.map(({ pid, kid }) => [pid, kid])), new Map(wanted));
  }
}

test("who joins gets new keys with everybody, and a new code", async () => {
  const { clerk, citizen, guest, before, code } = await three();
  assertAgreed(clerk, citizen, guest);
  assert.notEqual(hex(clerk.keys.baseKey), before);
  assert.notEqual(clerk.code, code);
  assert.equal(guest.epochs.length, 1, "the newcomer has no key of the time before");
  assert.deepEqual([clerk, citizen, guest].map(({ keys }) => keys.ownKid), [0x02n, 0x12n, 0x22n]);
});

test("while somebody joins, the keys in use stay until the new ones are there, and no code is shown", async () => {
  const { clerk, code } = await three((from, to, body) => (from.role === "guest" ? [] : [body]));
  assert.equal(clerk.epochs.length, 1);
  assert.equal(clerk.code, null);
  assert.deepEqual(clerk.codes.slice(-2), [code, null]);
});

test("when somebody leaves, everybody else has new keys at once, which the leaver cannot follow", async () => {
  const { room, clerk, citizen, guest } = await three();
  const last = hex(clerk.keys.baseKey);
  const messages = [];
  room.relay = (from, to, body) => {
    messages.push(body);
    return body.t === "group" ? [body] : []; // keys must not wait for the round
  };
  room.leave(guest);
  const began = performance.now();
  await room.settled();
  assert.ok(performance.now() - began < 1000);
  assert.equal(hex(clerk.keys.baseKey), hex(citizen.keys.baseKey));
  assert.notEqual(hex(clerk.keys.baseKey), last);
  for (const body of messages) guest.agreement.receive(clerk.pid, body);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(hex(guest.keys.baseKey), last);
});

test("after somebody has left, the code is new and the same for those who stayed", async () => {
  const { room, clerk, citizen, guest } = await three();
  const code = clerk.code;
  room.leave(guest);
  await room.settled();
  assertAgreed(clerk, citizen);
  assert.notEqual(clerk.code, code);
});

test("when the clerk leaves, those who stay move the group on; the clerk comes back into it", async () => {
  const { room, clerk, citizen, guest } = await three();
  const last = hex(clerk.keys.baseKey);
  room.leave(clerk);
  await room.settled();
  assertAgreed(citizen, guest);
  assert.notEqual(hex(citizen.keys.baseKey), last);
  const again = room.join("clerk");
  await room.settled();
  assertAgreed(again, citizen, guest);
});

test("a guest who comes back is somebody new", async () => {
  const { room, clerk, citizen, guest } = await three();
  for (let turn = 0; turn < 3; turn += 1) {
    room.leave(room.people.at(-1));
    await room.settled();
    assertAgreed(clerk, citizen);
    await room.join("guest");
    await room.settled();
    assertAgreed(...room.people);
  }
  assert.notEqual(room.people.at(-1), guest);
});

test("everybody may come in the same moment", async () => {
  for (const order of [["clerk", "citizen", "guest"], ["guest", "citizen", "clerk"], ["citizen", "clerk", "guest"]]) {
    const room = new Room();
    const people = order.map((role) => room.join(role));
    await room.settled();
    assertAgreed(...people);
  }
});

test("somebody may leave while somebody else joins, at any moment of the agreement", async () => {
  for (let moment = 0; moment < 14; moment += 1) {
    let count = 0;
    let room;
    const { clerk, citizen } = await (async () => {
      room = new Room();
      const two = { clerk: room.join("clerk"), citizen: room.join("citizen") };
      await room.settled();
      return two;
    })();
    room.relay = (from, to, body) => {
      count += 1;
      if (count === moment) queueMicrotask(() => room.leave(room.people.find(({ role }) => role === "guest")));
      return [body];
    };
    const guest = room.join("guest");
    await room.settled();
    if (room.people.includes(guest)) room.leave(guest);
    await room.settled();
    assertAgreed(clerk, citizen);
  }
});

test("a connection that was lost while somebody came is brought up to date", async () => {
  const room = new Room();
  const [clerk, citizen] = [room.join("clerk"), room.join("citizen")];
  await room.settled();
  let online = false;
  room.relay = (from, to, body) => (!online && [from, to].includes(citizen) ? [] : [body]);
  const tellOne = room.tellOne.bind(room);
  room.tellOne = (one) => (one === citizen && !online ? undefined : tellOne(one));
  const guest = room.join("guest");
  await room.settled();
  online = true;
  tellOne(citizen);
  for (const one of room.people) one.agreement.resend();
  await room.settled();
  assertAgreed(clerk, citizen, guest);
});

test("messages that come twice or in another order than they were sent do no harm", async () => {
  let held = [];
  const relay = (from, to, body) => {
    if (body.t !== "group" || to.role === "guest") return [body, body];
    held.push([to, from, body]);
    return [];
  };
  const { room, clerk, citizen, guest } = await three((from, to, body) => [body, body]);
  room.relay = relay;
  room.leave(guest);
  await room.settled();
  const second = room.join("guest");
  await room.settled();
  for (const [to, from, body] of held.reverse()) to.agreement.receive(from.pid, body);
  await room.settled();
  assertAgreed(clerk, citizen, second);
});

test("a server that withholds the group's messages gets no call, and no key is used that not everybody has", async () => {
  const { guest, citizen } = await three((from, to, body) => (body.t === "group" && to.role === "guest" ? [] : [body]));
  assert.equal(guest.keys, undefined);
  assert.equal(citizen.epochs.length, 2);
});

test("a server that tells each side of another third person gets no call", async () => {
  // The guest's messages reach the clerk only; for the citizen there is an intruder under the same pid.
  const other = new Room();
  other.join("clerk");
  other.join("citizen");
  const intruder = other.join("guest");
  const seen = [];
  other.relay = (from, to, body) => {
    if (from === intruder) seen.push(body);
    return [body];
  };
  await other.settled();
  const { citizen, clerk } = await three((from, to, body) => {
    if (from.role !== "guest" || to.role !== "citizen" || body.t === "group") return [body];
    const swapped = seen.find(({ t }) => t === body.t);
    return [{ ...swapped, round: body.round }];
  });
  assert.match(citizen.error?.message ?? "", /the group's members are not those who revealed themselves/);
  assert.equal(citizen.epochs.length, 1);
  assert.equal(clerk.error, null);
});

test("a server that says somebody who left is there again ends the call", async () => {
  const { room, clerk, guest } = await three();
  room.leave(guest);
  await room.settled();
  room.people.push(guest);
  room.tell();
  await room.settled();
  assert.equal(clerk.error.message, "somebody who left came back");
});

test("a server that winds the list of who is present back ends the call", async () => {
  const { room, clerk, guest } = await three();
  room.people = room.people.filter((one) => one !== guest);
  room.tellOne(clerk, 1);
  await room.settled();
  assert.equal(clerk.error.message, "the list of who is present went back");
});

test("a server gets no more than sixteen rounds", async () => {
  const room = new Room();
  const clerk = room.join("clerk");
  for (let turn = 0; turn < 17 && !clerk.error; turn += 1) {
    const citizen = room.join("citizen");
    await room.settled();
    room.leave(citizen);
  }
  assert.equal(clerk.error.message, "people came and went too often");
});

test("the appointments' groups do not mix", async () => {
  const room = new Room();
  const clerk = room.join("clerk");
  room.join("guest", `${APPOINTMENT}-other`);
  await room.settled();
  assert.equal(clerk.error.message, "the reveal is not what was committed to");
});
