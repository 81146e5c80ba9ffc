/**
 * Several sides of one call in one node process, made of the page's own modules, and a relay between them that the test
 * works by hand. One JSON command a line comes in, one JSON answer a line goes out:
 *
 *   join side · leave side · drop side (its connection breaks) · resume side
 *   write side field text cursor · choose side field value · say side text
 *   deliver side count (of what waits for it) · swap side (the first two come in the wrong order) · lose side (what waits
 *   for it) · repeat side (the last frame comes again) · wire text (whether the relay ever saw it)
 *   settle (everything that is on its way arrives) · state
 */
import { createInterface } from "node:readline";
import { Channel, KIND } from "../../townhall/web/src/papers/channel.js";
import { Lines } from "../../townhall/web/src/papers/lines.js";
import { SharedForm } from "../../townhall/web/src/papers/shared-form.js";

const TEXTS = ["notes", "street"];
const sides = new Map();
const wire = []; // every frame that the relay ever saw, as latin-1 text
let epoch = 0;
let secret;
let pids = 0;

const tick = async () => {
  for (const { channel } of sides.values()) await channel.settled();
};

class Side {
  constructor(name) {
    this.name = name;
    this.pid = `p-${(pids += 1)}`;
    this.online = true;
    this.inbox = []; // frames on their way to this side
    this.last = null;
    this.heard = [];
    this.said = [];
    this.transport = {
      pid: this.pid,
      send: (frame) => relay(this, frame),
      onMessage: (callback) => (this.onMessage = callback),
      onPeers: (callback) => (this.onPeers = callback),
      exporter: async () => Uint8Array.from(secret),
    };
    this.channel = new Channel(this.transport, () => 0);
    this.form = new SharedForm({ texts: TEXTS, send: (message) => this.channel.send(KIND.document, message), onText() {}, onChoice() {} });
    this.lines = new Lines({
      self: () => this.pid,
      send: (message) => this.channel.send(KIND.lines, message),
      onLine: (from, n, { text }) => this.heard.push(text),
    });
    this.channel.read(KIND.document, (_, message) => this.form.receive(message));
    this.channel.read(KIND.lines, (from, message) => this.lines.receive(from, message));
    const compare = () => {
      this.form.hello();
      this.lines.hello();
    };
    this.channel.onMissed(compare);
    this.channel.onPeers(compare);
  }

  state() {
    return { name: this.name, texts: Object.fromEntries(TEXTS.map((field) => [field, this.form.text(field)])), care: this.form.choice("care") ?? null, heard: [...this.heard].sort() };
  }
}

function relay(from, frame) {
  wire.push(Buffer.from(frame).toString("latin1"));
  if (!from.online) return; // as a page whose socket is closed: it is lost
  for (const side of sides.values()) if (side !== from && side.online) side.inbox.push([from.pid, frame]);
}

function newEpoch() {
  epoch += 1;
  secret = crypto.getRandomValues(new Uint8Array(32));
  announce();
}

function announce(some = [...sides.values()]) {
  const peers = [...sides.values()].map(({ pid, name }) => ({ pid, role: name, name }));
  for (const side of some) if (side.online) side.onPeers(peers);
}

function deliver(side, count) {
  for (const [from, frame] of side.inbox.splice(0, count)) {
    side.last = [from, frame];
    side.onMessage(from, frame);
  }
}

const commands = {
  join({ side }) {
    sides.set(side, new Side(side));
    newEpoch();
  },
  leave({ side }) {
    sides.get(side).channel.close();
    sides.delete(side);
    newEpoch();
  },
  drop({ side }) {
    const one = sides.get(side);
    one.online = false;
    one.inbox = [];
  },
  resume({ side }) {
    sides.get(side).online = true;
    announce([sides.get(side)]); // the others may not even have noticed
  },
  write: ({ side, field, text, cursor }) => sides.get(side).form.write(field, text, cursor),
  choose: ({ side, value }) => sides.get(side).form.choose("care", value),
  say({ side, text }) {
    const { channel, lines } = sides.get(side);
    if (channel.peers.length > 0) lines.say(channel.peers.map(({ pid }) => pid), { kind: "chat", text });
  },
  deliver: ({ side, count }) => deliver(sides.get(side), count),
  swap({ side }) {
    const { inbox } = sides.get(side);
    inbox.unshift(...inbox.splice(0, 2).reverse());
  },
  lose: ({ side }) => (sides.get(side).inbox = []),
  repeat({ side }) {
    const one = sides.get(side);
    if (one.last) one.onMessage(...one.last);
  },
  async settle() {
    for (let busy = true; busy; ) {
      busy = false;
      for (const side of sides.values()) {
        busy ||= side.inbox.length > 0;
        deliver(side, side.inbox.length);
      }
      await tick();
      busy ||= [...sides.values()].some(({ inbox }) => inbox.length > 0);
    }
  },
  announce: ({ side }) => announce([sides.get(side)]),
  state: () => ({ sides: [...sides.values()].map((side) => side.state()) }),
  wire: ({ text }) => ({ frames: wire.length, seen: wire.some((frame) => frame.includes(Buffer.from(text).toString("latin1"))), sizes: [...new Set(wire.map(({ length }) => length))] }),
  reset() {
    sides.clear();
    wire.length = 0;
  },
};

console.warn = () => {}; // frames that are refused on purpose
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  let answer;
  try {
    answer = await commands[command.do](command);
    await tick();
  } catch (error) {
    answer = { error: error.stack };
  }
  process.stdout.write(`${JSON.stringify(answer?.frames || answer?.sides || answer?.error ? answer : {})}\n`);
}
