import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Proof } from "../src/worker/proof.js";

const SEND = { side: "send", source: "camera" };
const RECEIVE = { side: "receive", source: "camera", sender: "p-2" };

let told;
let proof;

beforeEach(() => {
  told = [];
  proof = new Proof((proven) => told.push(proven));
});

test("nothing is proven before something was sealed and something opened", () => {
  const [sent, came] = [proof.begin({ ...SEND, kind: "audio" }), proof.begin({ ...RECEIVE, kind: "audio" })];
  assert.equal(proof.proven, false);
  sent(true);
  assert.equal(proof.proven, false);
  came(true);
  assert.equal(proof.proven, true);
  assert.deepEqual(told, [true], "each change is told, and nothing else");
});

test("one frame that passes as it was takes the proof away, until its track is sealed", () => {
  const [sent, came] = [proof.begin({ ...SEND, kind: "audio" }), proof.begin({ ...RECEIVE, kind: "audio" })];
  const video = proof.begin({ ...SEND, kind: "video" });
  for (const passed of [sent, came]) passed(true);
  video(false);
  assert.equal(proof.proven, false);
  video(true);
  assert.equal(proof.proven, true);
  assert.deepEqual(told, [true, false, true]);
});

test("a track that is off neither proves nor spoils anything", () => {
  proof.begin({ ...SEND, kind: "video" });
  const [sent, came] = [proof.begin({ ...SEND, kind: "audio" }), proof.begin({ ...RECEIVE, kind: "audio" })];
  for (const passed of [sent, came]) passed(true);
  assert.equal(proof.proven, true);
});

test("a new connection has to prove itself anew", () => {
  const [sent, came] = [proof.begin({ ...SEND, kind: "audio" }), proof.begin({ ...RECEIVE, kind: "audio" })];
  for (const passed of [sent, came]) passed(true);
  const again = proof.begin({ ...SEND, kind: "audio" });
  assert.equal(proof.proven, false);
  sent(false); // the former connection's last frames say nothing any more
  again(true);
  assert.equal(proof.proven, true);
});

test("who has left proves nothing any more", () => {
  const [sent, came] = [proof.begin({ ...SEND, kind: "audio" }), proof.begin({ ...RECEIVE, kind: "audio" })];
  for (const passed of [sent, came]) passed(true);
  proof.forget("p-2");
  assert.equal(proof.proven, false);
});

test("what is proven is said again and again", () => {
  proof.tell();
  proof.tell();
  assert.deepEqual(told, [false, false]);
});
