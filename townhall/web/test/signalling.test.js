import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Signalling } from "../src/signalling.js";

/** Stands for the browser's WebSocket; the test plays the server and the network. */
class FakeSocket {
  static OPEN = 1;
  static all = [];
  readyState = 0;
  sent = [];

  constructor() {
    FakeSocket.all.push(this);
  }

  opens() {
    this.readyState = FakeSocket.OPEN;
    this.onopen();
  }

  receives(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  breaks() {
    this.readyState = 3;
    this.onclose();
  }

  close() {
    this.readyState = 2; // the farewell may take long: `onclose` is not called here
  }
}

const WELCOME = { type: "welcome", you: "p-1", resume_token: "t-1" };
let heard;
let signalling;
let now;

beforeEach((context) => {
  now = 0;
  heard = [];
  FakeSocket.all = [];
  globalThis.WebSocket = FakeSocket;
  context.mock.timers.enable({ apis: ["setInterval", "setTimeout"] });
  context.mock.method(performance, "now", () => now);
  signalling = new Signalling("ws://town.example/ws", {
    message: ({ type }) => heard.push(type),
    lost: () => heard.push("(lost)"),
    gone: () => heard.push("(gone)"),
  });
  signalling.open();
});

afterEach(() => {
  delete globalThis.WebSocket;
});

function welcomed() {
  const [socket] = FakeSocket.all.slice(-1);
  socket.opens();
  socket.receives(WELCOME);
  return socket;
}

test("the first message joins as somebody new", () => {
  FakeSocket.all[0].opens();
  assert.deepEqual(FakeSocket.all[0].sent, [{ type: "join", resume: null, takeover: false }]);
});

test("a broken connection is made again, and resumes the place", (context) => {
  welcomed().breaks();
  assert.deepEqual(heard, ["welcome", "(lost)"]);
  context.mock.timers.tick(0);
  FakeSocket.all[1].opens();
  assert.deepEqual(FakeSocket.all[1].sent, [{ type: "join", resume: { pid: "p-1", token: "t-1" }, takeover: false }]);
});

test("who waits at the door when the connection breaks goes back to the door", (context) => {
  const [socket] = FakeSocket.all;
  socket.opens();
  socket.receives({ ...WELCOME, type: "lobby" });
  socket.breaks();
  context.mock.timers.tick(0);
  FakeSocket.all[1].opens();
  assert.deepEqual(FakeSocket.all[1].sent[0].resume, { pid: "p-1", token: "t-1" });
});

test("the call is taken over once, not again after each lost connection", (context) => {
  signalling = new Signalling("ws://town.example/ws", { message() {}, lost() {}, gone() {} }, { takeover: true });
  signalling.open();
  const socket = welcomed();
  assert.equal(socket.sent[0].takeover, true);
  socket.breaks();
  context.mock.timers.tick(0);
  FakeSocket.all.at(-1).opens();
  assert.equal(FakeSocket.all.at(-1).sent[0].takeover, false);
});

test("a connection that breaks before the welcome has no place to resume", (context) => {
  FakeSocket.all[0].opens();
  FakeSocket.all[0].breaks();
  context.mock.timers.tick(10_000);
  assert.deepEqual(heard, ["(gone)"]);
  assert.equal(FakeSocket.all.length, 1);
});

test("after 30 seconds without a connection the place is gone, and that is told once", (context) => {
  welcomed().breaks();
  for (let i = 0; i < 40; i += 1) {
    context.mock.timers.tick(2000);
    now += 2000;
    const socket = FakeSocket.all.at(-1);
    if (socket.onclose) socket.breaks();
  }
  assert.deepEqual(heard, ["welcome", "(lost)", "(gone)"]);
});

test("a connection from which nothing comes back is given up, without waiting for its farewell", (context) => {
  const socket = welcomed();
  context.mock.timers.tick(10_000);
  socket.receives({ type: "pong" });
  context.mock.timers.tick(10_000);
  assert.deepEqual(heard, ["welcome"]);
  context.mock.timers.tick(5000);
  assert.deepEqual(heard, ["welcome", "(lost)"]);
  context.mock.timers.tick(0);
  assert.equal(FakeSocket.all.length, 2);
});

test("a connection that never opens is given up", (context) => {
  context.mock.timers.tick(15_000);
  assert.deepEqual(heard, ["(gone)"]);
});

test("giving up a connection that is already broken starts no second way back", (context) => {
  welcomed().breaks();
  signalling.restart();
  context.mock.timers.tick(0);
  assert.equal(FakeSocket.all.length, 2);
});

test("messages while there is no connection are lost, not kept for later", (context) => {
  const socket = welcomed();
  socket.breaks();
  signalling.send({ type: "publish", sdp: "old" });
  context.mock.timers.tick(0);
  FakeSocket.all[1].opens();
  assert.deepEqual(FakeSocket.all[1].sent.map(({ type }) => type), ["join"]);
});

test("after hanging up nothing is connected again", (context) => {
  const socket = welcomed();
  signalling.close();
  socket.breaks();
  context.mock.timers.tick(60_000);
  assert.deepEqual(heard, ["welcome"]);
  assert.equal(FakeSocket.all.length, 1);
});
