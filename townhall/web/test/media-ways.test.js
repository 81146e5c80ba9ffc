import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { MediaWays } from "../src/media/media-ways.js";
import { FakePeer, FakeStream, fakeBrowser } from "./fake-peer.js";

const WELCOME = { ice_servers: [{ urls: ["turn:relay"] }], ice_policy: "all", direct: true };
const A = { pid: "p-a", publishing: false };
const B = { pid: "p-b", publishing: false };
const C = { pid: "p-c", publishing: false };
const settled = () => new Promise((resolve) => setImmediate(resolve));

let pages;

/** A page in a call, with what it said to the town hall, protected and showed. */
function page(pid, welcome = WELCOME) {
  const self = { pid, said: [], protected: [], shown: [], broken: 0, failed: 0 };
  self.ways = new MediaWays({
    send: (message) => self.said.push(message),
    protect: (end, kind, pc, about) => self.protected.push({ kind, ...about, described: pc.localDescription?.type }),
    onFailed: () => (self.failed += 1),
    onBroken: () => (self.broken += 1),
    onStream: (from, source, stream) => self.shown.push([from, source, stream]),
  });
  self.types = () => self.said.map(({ type }) => type);
  self.camera = new FakeStream();
  for (const kind of ["audio", "video"]) self.camera.addTrack({ kind });
  self.ways.configure(welcome);
  self.ways.publish("camera", self.camera);
  pages.set(pid, self);
  return self;
}

/** Brings what two pages say to each other to the other one, until nobody says anything more. */
async function talk() {
  for (let quiet = 0; quiet < 3; quiet += 1) {
    await settled();
    for (const [pid, { said }] of pages) {
      for (const message of said.filter((one) => one.type === "direct" && !one.brought)) {
        message.brought = true;
        quiet = 0;
        await pages.get(message.to)?.ways.receive({ type: "direct", from: pid, body: message.body });
      }
    }
  }
}

async function two() {
  const [a, b] = [page("p-a"), page("p-b")];
  a.ways.present("p-a", [B]);
  b.ways.present("p-b", [A]);
  await talk();
  return [a, b];
}

async function standing() {
  const both = await two();
  FakePeer.all.forEach((pc) => pc.becomes("connected"));
  await settled();
  return both;
}

beforeEach((context) => {
  fakeBrowser();
  pages = new Map();
  context.mock.timers.enable({ apis: ["setTimeout"] });
  context.mock.method(console, "error", () => {});
});

test("where no direct path is allowed everything goes by the media server, at once", async () => {
  const a = page("p-a", { ...WELCOME, direct: false });
  await settled();
  a.ways.present("p-a", [B]);
  await settled();
  assert.deepEqual(a.types(), ["publish"]);
  assert.equal(FakePeer.all.length, 1);
});

test("who is alone sends nothing anywhere", async () => {
  const a = page("p-a");
  a.ways.present("p-a", []);
  await settled();
  assert.deepEqual(a.types(), []);
  assert.deepEqual(FakePeer.all, []);
});

test("two make one connection a page, and publish nothing", async () => {
  const [a, b] = await standing();
  assert.equal(FakePeer.all.length, 2);
  for (const each of [a, b]) assert.deepEqual(new Set(each.types()), new Set(["direct", "direct-up"]));
  assert.deepEqual(FakePeer.all[0].config.iceServers, WELCOME.ice_servers);
  assert.deepEqual(a.shown.map(([pid, source]) => [pid, source]), [["p-b", "camera"]]);
  assert.equal(a.shown[0][2].getTracks().length, 2);
  assert.ok(a.ways.shows("p-b", a.shown[0][2]));
});

test("every track of a direct path is protected both ways, and each page's senders before it offers them", async () => {
  for (const each of await two()) {
    const ends = each.protected.map(({ side, kind, source, path, pid }) => [side, kind, source, path, pid].join(" "));
    const other = each === pages.get("p-a") ? "p-b" : "p-a";
    assert.deepEqual(ends.sort(), ["receive audio", "receive video", "send audio", "send video"].map((end) => `${end} camera direct ${other}`));
    const sent = each.protected.filter(({ side }) => side === "send");
    assert.ok(sent.every(({ described }) => described !== "offer"));
  }
});

test("nobody sends on a sender that the other's offer made", async () => {
  await two();
  for (const pc of FakePeer.all) {
    assert.deepEqual(pc.transceivers.map(({ direction }) => direction), ["sendonly", "sendonly"]);
    assert.deepEqual(pc.transceivers[1].sender.sendEncodings, [{ maxBitrate: 700_000 }]);
  }
});

test("a path that does not stand in time is given up for the media server", async (context) => {
  const [a] = await two();
  context.mock.timers.tick(5999);
  assert.ok(!a.types().includes("publish"));
  context.mock.timers.tick(1);
  await settled();
  assert.ok(a.types().includes("publish"));
  assert.equal(FakePeer.all[0].connectionState, "closed");
});

test("a path that fails, or is away for long, is given up for the media server", async (context) => {
  let [a] = await standing();
  FakePeer.all[0].becomes("failed");
  await settled();
  assert.ok(a.types().includes("publish"));
  fakeBrowser();
  pages.clear();
  [a] = await standing();
  FakePeer.all[0].becomes("disconnected");
  context.mock.timers.tick(2000);
  FakePeer.all[0].becomes("connected");
  context.mock.timers.tick(9000);
  assert.ok(!a.types().includes("publish"));
  FakePeer.all[0].becomes("disconnected");
  context.mock.timers.tick(3000);
  await settled();
  assert.ok(a.types().includes("publish"));
});

test("what is no description is no path either", async () => {
  const a = page("p-a");
  a.ways.present("p-a", [B]);
  await settled();
  await a.ways.receive({ type: "direct", from: "p-b", body: '{"description":{"type":"answer","sdp":"nonsense"}}' });
  await settled();
  assert.ok(a.types().includes("publish"));
  for (const body of ["{", "[]", "null"]) await a.ways.receive({ type: "direct", from: "p-b", body });
  assert.equal(a.broken, 0);
});

test("what anybody else says of a direct path is not heard", async () => {
  const [a] = await two();
  const count = a.said.length;
  await a.ways.receive({ type: "direct", from: "p-c", body: '{"description":{"type":"offer","sdp":"audio"}}' });
  await settled();
  assert.equal(a.said.length, count);
  assert.equal(FakePeer.all.length, 2);
});

test("with a third person both publish, and keep the direct picture until each has the other's by the media server", async () => {
  const [a, b] = await standing();
  const direct = FakePeer.all.slice(0, 2);
  a.ways.present("p-a", [B, C]);
  b.ways.present("p-b", [A, C]);
  await settled();
  for (const each of [a, b]) assert.equal(each.types().filter((type) => type === "publish").length, 1);
  const moves = async (each, from) => {
    each.ways.subscribe(from, "camera");
    const subscriber = FakePeer.all.at(-1);
    await each.ways.receive({ type: "offer", feed: from, source: "camera", sdp: "audio,video" });
    await settled();
    assert.equal(each.shown.length, 1); // still the direct one
    subscriber.becomes("connected");
    await settled();
    assert.equal(each.shown.length, 2);
    assert.notEqual(each.shown[1][2], each.shown[0][2]);
    await talk();
  };
  await moves(a, "p-b");
  assert.deepEqual(direct.map(({ connectionState }) => connectionState), ["connected", "connected"]);
  await moves(b, "p-a");
  assert.deepEqual(direct.map(({ connectionState }) => connectionState), ["closed", "closed"]);
});

test("a page that never says that it has moved does not keep the direct path for ever", async (context) => {
  const [a] = await standing();
  a.ways.present("p-a", [B, C]);
  context.mock.timers.tick(10_000);
  assert.equal(FakePeer.all[0].connectionState, "closed");
});

test("whoever is at the media server is followed there, and stays there", async () => {
  const [a] = await standing();
  a.ways.subscribe("p-b", "camera");
  await settled();
  assert.ok(a.types().includes("publish"));
  a.ways.forget("p-b");
  a.ways.present("p-a", [C]);
  assert.ok(!a.said.some(({ to }) => to === "p-c"));
  const late = page("p-d");
  late.ways.present("p-d", [{ pid: "p-a", publishing: true }]);
  await settled();
  assert.deepEqual(late.types(), ["publish"]);
});

test("a shared screen goes by the media server and leaves the direct path alone", async () => {
  const [a, b] = await standing();
  a.ways.publish("screen", a.camera);
  await settled();
  b.ways.subscribe("p-a", "screen");
  assert.deepEqual(a.said.filter(({ type }) => type === "publish").map(({ source }) => source), ["screen"]);
  assert.ok(!b.types().includes("publish"));
});

test("signalling that comes back shows the direct picture again, on both sides", async () => {
  const [a, b] = await standing();
  a.ways.configure(WELCOME);
  a.ways.publish("camera", a.camera);
  a.ways.present("p-a", [B]);
  b.ways.rejoined("p-a");
  assert.deepEqual([a.shown.length, b.shown.length], [2, 2]);
  assert.equal(a.shown[0][2], a.shown[1][2]);
  assert.equal(FakePeer.all.length, 2);
});

test("who leaves takes the direct path along, and the next one gets a new one", async () => {
  const [a] = await standing();
  a.ways.forget("p-b");
  assert.equal(FakePeer.all[0].connectionState, "closed");
  assert.deepEqual(a.shown.at(-1), ["p-b", "camera", null]);
  a.ways.present("p-a", [C]);
  await settled();
  assert.ok(a.said.some(({ type, to }) => type === "direct" && to === "p-c"));
});

test("a camera that is off has its protected place, and comes back there", async () => {
  const [a] = await two();
  await a.ways.replace("camera", "video", null);
  assert.equal(FakePeer.all[0].transceivers[1].sender.track, null);
  const track = { kind: "video" };
  await a.ways.replace("camera", "video", track);
  assert.equal(FakePeer.all[0].transceivers[1].sender.track, track);
});

test("a guard that is replaced leaves the direct path, whose transforms are gone", async () => {
  const [a] = await standing();
  a.ways.subscribeAgain();
  await settled();
  assert.equal(FakePeer.all[0].connectionState, "closed");
  assert.ok(a.types().includes("publish"));
});
