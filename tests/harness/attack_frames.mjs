// The bench's malicious server against the town hall's frame worker, without a browser: every attack in turn on the
// frames of one sound track. Arguments: the flaw's name. Prints the reports, one JSON object a line.
import { readFileSync } from "node:fs";
import { workerSeams } from "../../townhall/web/src/flaws/index.js";
import { CALL_SUITE } from "../../townhall/web/src/sframe/suite.js";
import { frameHandler } from "../../townhall/web/src/worker/frame-handler.js";

const MS = 60; // of each attack, at least
const inject = (path) => readFileSync(new URL(`../../harness/${path}`, import.meta.url), "utf-8");
const reports = [];

globalThis.self = globalThis;
globalThis.RTCRtpScriptTransformer = class {
  constructor(readable, writable) {
    this.options = { pruefstandTap: "tap1" };
    Object.defineProperty(this, "ends", { value: { readable, writable } });
  }
  get readable() {
    return this.ends.readable;
  }
  get writable() {
    return this.ends.writable;
  }
};
const around = `
  const send = (item) => reports.push(item);
  const digestOnly = new Set(["tap1"]);
  ${inject("vantage/inject/common.js")}
  recordKeys(() => {}, "worker");
  ${inject("mitm/inject/frames.js")}`;
new Function("reports", around)(reports);

const seams = workerSeams(process.argv[2]);
const [sender, receiver] = [seams.keyring(), seams.keyring()];
sender.parts = receiver.parts = seams;
const baseKey = crypto.getRandomValues(new Uint8Array(32));
await seams.beforeSenderKey();
await sender.installSender({ suite: CALL_SUITE, kid: 17n, baseKey, firstCounter: 300n });
await receiver.installReceiver({ suite: CALL_SUITE, kid: 17n, baseKey, sender: "p-1" });

const pipe = new TransformStream();
const played = new WritableStream({ write() {} });
const transformer = new RTCRtpScriptTransformer(pipe.readable, played);
const handle = frameHandler(receiver, seams, { side: "receive", kind: "audio", sender: "p-1" });
const opening = new TransformStream({ transform: (frame, controller) => handle(frame, controller) });
transformer.readable.pipeThrough(opening).pipeTo(transformer.writable);

const network = pipe.writable.getWriter();
let timestamp = 0;
const deliver = async () => {
  timestamp += 960;
  const plain = crypto.getRandomValues(new Uint8Array(40 + (timestamp % 7)));
  plain[0] = 0x78; // what Opus begins with, so that no KID is met by chance
  await network.write({ data: (await sender.seal(plain)).buffer, timestamp, getMetadata: () => ({}) });
  await new Promise((resolve) => setTimeout(resolve, 2));
};
const orders = new BroadcastChannel("pruefstand-mitm");
for (let i = 0; i < 70; i += 1) await deliver();
for (const [attack, kinds] of Object.entries({ plain: 2, "unknown-key": 1, replay: 1, tampering: 3 })) {
  const before = reports.length;
  orders.postMessage({ attack, seconds: MS / 1000 });
  while (reports.length < before + kinds) await deliver();
}
console.log(reports.map((report) => JSON.stringify(report)).join("\n"));
process.exit(0);
