import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { FrameGuard, WorkerUnavailable } from "../src/media/frame-guard.js";

/** Stands for the browser's Worker; a test says what it answers. */
class FakeWorker {
  static answers = {};
  static last = null;
  ended = false;

  constructor(url) {
    this.url = url;
    FakeWorker.last = this;
  }

  postMessage({ type }) {
    const answer = FakeWorker.answers[type];
    if (answer) queueMicrotask(() => answer(this));
  }

  terminate() {
    this.ended = true;
  }
}

const say = (data) => (worker) => worker.onmessage({ data });
const settled = () => new Promise((resolve) => setImmediate(resolve));

let lost;
let complaints;

beforeEach((context) => {
  lost = 0;
  complaints = [];
  globalThis.Worker = FakeWorker;
  FakeWorker.answers = { start: say({ type: "ready" }), ping: say({ type: "pong" }) };
  context.mock.method(console, "error", (text) => complaints.push(text));
  context.mock.timers.enable({ apis: ["setInterval", "setTimeout"] });
});

afterEach(() => {
  delete globalThis.Worker;
});

const start = () => FrameGuard.start("/static/sframe-worker.js", "", () => (lost += 1));

/** Lets heartbeats go by, each with the time for its answer. */
async function beats(context, count) {
  for (let i = 0; i < count; i += 1) {
    context.mock.timers.tick(500);
    await settled();
  }
}

test("a script that cannot be loaded is no guard", async () => {
  FakeWorker.answers.start = (worker) => worker.onerror({});
  await assert.rejects(start(), new WorkerUnavailable("the worker's script cannot be loaded"));
  assert.ok(FakeWorker.last.ended);
});

test("a worker that does not answer is no guard", async (context) => {
  FakeWorker.answers.start = undefined;
  const refused = assert.rejects(start(), new WorkerUnavailable("the worker does not answer"));
  context.mock.timers.tick(5000);
  await refused;
  assert.ok(FakeWorker.last.ended);
});

test("a worker that answers its pings is left alone", async (context) => {
  const guard = await start();
  await beats(context, 100);
  assert.equal(lost, 0);
  assert.ok(guard.alive);
});

test("a worker that falls silent for eight beats is ended, and that is told once", async (context) => {
  const guard = await start();
  await beats(context, 3);
  FakeWorker.answers.ping = undefined;
  await beats(context, 8);
  assert.equal(lost, 0);
  await beats(context, 10);
  assert.equal(lost, 1);
  assert.deepEqual(complaints, ["the worker is silent"]);
  assert.ok(!guard.alive);
  assert.ok(FakeWorker.last.ended);
});

test("one answer after a short silence is enough", async (context) => {
  await start();
  for (let i = 0; i < 5; i += 1) {
    FakeWorker.answers.ping = undefined;
    await beats(context, 7);
    FakeWorker.answers.ping = say({ type: "pong" });
    await beats(context, 1);
  }
  assert.equal(lost, 0);
});

test("an error that the worker reports, or throws, ends it at once", async () => {
  for (const fail of [say({ type: "error", message: "no memory" }), (worker) => worker.onerror({ message: "no memory" })]) {
    lost = 0;
    await start();
    fail(FakeWorker.last);
    assert.equal(lost, 1);
    assert.equal(complaints.at(-1), "no memory");
    assert.ok(FakeWorker.last.ended);
  }
});

test("a guard that was closed on purpose tells nobody", async (context) => {
  const guard = await start();
  guard.close();
  FakeWorker.answers.ping = undefined;
  await beats(context, 20);
  assert.equal(lost, 0);
});

test("what the worker has proven counts for 700 ms, and each change is told", async (context) => {
  let changes = 0;
  const guard = await FrameGuard.start("/static/sframe-worker.js", "", () => (lost += 1), () => (changes += 1));
  const prove = (proven) => FakeWorker.last.onmessage({ data: { type: "proof", proven } });
  assert.equal(guard.proven, false);
  for (const proven of [true, true]) prove(proven);
  assert.deepEqual([guard.proven, changes], [true, 1]);
  context.mock.timers.tick(699);
  prove(true);
  context.mock.timers.tick(699);
  assert.equal(guard.proven, true);
  context.mock.timers.tick(1);
  assert.deepEqual([guard.proven, changes], [false, 2]);
  prove(true);
  prove(false);
  assert.deepEqual([guard.proven, changes, lost], [false, 4, 0]);
});

test("a worker that is lost has proven nothing", async () => {
  const guard = await start();
  FakeWorker.last.onmessage({ data: { type: "proof", proven: true } });
  FakeWorker.last.onerror({ message: "no memory" });
  assert.equal(guard.proven, false);
});
