import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes, utf8 } from "../src/bytes.js";
import { Channel } from "../src/papers/channel.js";
import { Assembly, MAX_MESSAGE, cut } from "../src/papers/fragments.js";

/** Channels of several pages over a relay that keeps what it relays. */
function pages(...pids) {
  const wire = [];
  const present = pids.map((pid) => ({ pid, role: pid, name: pid }));
  const all = pids.map((pid) => {
    const page = { pid, secret: null, heard: [] };
    page.transport = {
      pid,
      send(frame) {
        wire.push(frame);
        all.filter((other) => other !== page).forEach((other) => other.onMessage(pid, frame));
      },
      onMessage: (callback) => (page.onMessage = callback),
      onPeers: (callback) => (page.onPeers = callback),
      exporter: async () => Uint8Array.from(page.secret),
    };
    page.channel = new Channel(page.transport, () => 0);
    page.channel.read(1, (from, message) => page.heard.push([from, message]));
    page.enter = (secret) => {
      page.secret = secret;
      page.onPeers(present);
      return page.channel.settled();
    };
    return page;
  });
  return { all, wire };
}

const quiet = async ({ all }) => {
  for (let i = 0; i < 3; i += 1) for (const { channel } of all) await channel.settled();
};

test("nothing leaves before there are keys", async () => {
  const town = pages("c", "z");
  town.all[0].channel.send(1, utf8("too early"));
  await quiet(town);
  assert.equal(town.wire.length, 0);
});

test("what comes in an epoch that this page enters a moment later is not lost", async () => {
  const town = pages("c", "z");
  const [clerk, citizen] = town.all;
  const secret = randomBytes(32);
  await clerk.enter(secret);
  clerk.channel.send(1, utf8("early"));
  await quiet(town);
  assert.deepEqual(citizen.heard, []);
  await citizen.enter(secret);
  assert.deepEqual(citizen.heard, [["c", utf8("early")]]);
});

test("a message longer than a frame arrives whole", async () => {
  const town = pages("c", "z");
  const secret = randomBytes(32);
  for (const page of town.all) await page.enter(secret);
  const long = randomBytes(60_000);
  town.all[0].channel.send(1, long);
  await quiet(town);
  assert.equal(town.wire.length, 2);
  assert.deepEqual(town.all[1].heard, [["c", long]]);
});

test("one message that its reader cannot read does not stop the next", async (t) => {
  t.mock.method(console, "error", () => {});
  const town = pages("c", "z");
  const [clerk, citizen] = town.all;
  const secret = randomBytes(32);
  for (const page of town.all) await page.enter(secret);
  citizen.channel.read(2, () => {
    throw new Error("damaged");
  });
  clerk.channel.send(2, utf8("x"));
  clerk.channel.send(1, utf8("fine"));
  await quiet(town);
  assert.deepEqual(citizen.heard, [["c", utf8("fine")]]);
});

test("whoever is left alone sends nothing and takes nothing from those who left", async (t) => {
  t.mock.method(console, "warn", () => {});
  const town = pages("c", "z");
  const [clerk, citizen] = town.all;
  const secret = randomBytes(32);
  for (const page of town.all) await page.enter(secret);
  clerk.onPeers([{ pid: "c", role: "clerk", name: "c" }]);
  citizen.channel.send(1, utf8("gone"));
  clerk.channel.send(1, utf8("to nobody"));
  await quiet(town);
  assert.deepEqual([clerk.heard, citizen.heard, clerk.channel.peers], [[], [], []]);
});

test("after its end a page neither sends nor reads", async () => {
  const town = pages("c", "z");
  const [clerk, citizen] = town.all;
  const secret = randomBytes(32);
  for (const page of town.all) await page.enter(secret);
  citizen.channel.close();
  clerk.channel.send(1, utf8("late"));
  citizen.channel.send(1, utf8("late"));
  await quiet(town);
  assert.deepEqual([clerk.heard, citizen.heard], [[], []]);
  assert.equal(town.wire.length, 1);
});

test("a message whose middle is missing is dropped, and the next one comes", () => {
  const assembly = new Assembly();
  const [a, b, c] = cut(1, new Uint8Array(100_000).fill(7));
  assert.equal(assembly.add(a), null);
  assert.equal(assembly.add(c), null);
  const [whole] = cut(2, utf8("next"));
  assert.deepEqual(assembly.add(whole), utf8("next"));
  assert.equal(assembly.add(b), null);
});

test("fragments of two messages are not mixed", () => {
  const assembly = new Assembly();
  const [a] = cut(1, new Uint8Array(50_000).fill(1));
  const [, b] = cut(2, new Uint8Array(50_000).fill(2));
  assert.equal(assembly.add(a), null);
  assert.equal(assembly.add(b), null);
});

test("nobody can make a page keep more than a mebibyte of an unfinished message", () => {
  assert.throws(() => cut(1, new Uint8Array(MAX_MESSAGE + 1)), /is too long$/);
  const endless = cut(1, new Uint8Array(MAX_MESSAGE))[0];
  endless[6] = 0xff;
  assert.equal(new Assembly().add(endless), null);
});
