/**
 * The frame worker: the one place where media is encrypted and decrypted. One worker serves every track of the page, and
 * it outlives reconnects, so that a key has one counter.
 *
 * Page -> worker: `start`, `install-sender`, `install-receiver`, `forget`, `ping`.
 * Worker -> page: `ready`, `pong`, `proof` (see `proof.js`), `error` (the page then ends the call).
 */
import { workerSeams } from "../flaws/index.js";
import { SUITES } from "../sframe/suite.js";
import { firstKeyFrame } from "./first-key-frame.js";
import { frameHandler } from "./frame-handler.js";
import { Proof } from "./proof.js";

const PROOF_MS = 200;

const proof = new Proof((proven) => self.postMessage({ type: "proof", proven }));
let seams = workerSeams("");
let keys = seams.keyring();

const handlers = {
  start({ flaw }) {
    seams = workerSeams(flaw);
    keys = seams.keyring();
    keys.parts = seams;
    self.postMessage({ type: "ready" });
    setInterval(() => proof.tell(), PROOF_MS);
  },

  async "install-sender"({ suite, kid, baseKey, firstCounter }) {
    await seams.beforeSenderKey();
    await keys.installSender({ suite: SUITES[suite], kid, baseKey, firstCounter });
  },

  async "install-receiver"({ suite, kid, baseKey, sender }) {
    await keys.installReceiver({ suite: SUITES[suite], kid, baseKey, sender });
  },

  forget({ sender }) {
    keys.forget(sender);
    proof.forget(sender);
  },
};

async function handle(message) {
  try {
    if (Object.hasOwn(handlers, message.type)) await handlers[message.type](message);
    else seams.message(message, keys);
  } catch (error) {
    self.postMessage({ type: "error", message: String(error) });
  }
}

/** Messages are handled one after the other: a participant who leaves must not overtake the key that came before. */
let last = Promise.resolve();

self.onmessage = ({ data }) => {
  if (data.type === "ping") self.postMessage({ type: "pong" });
  else last = last.then(() => handle(data));
};

self.onrtctransform = ({ transformer }) => {
  seams.begins(transformer);
  const { side, kind } = transformer.options;
  const protect = frameHandler(keys, seams, transformer.options, proof.begin(transformer.options));
  const seen = side === "receive" && kind === "video" ? firstKeyFrame(() => transformer.sendKeyFrameRequest()) : () => {};
  const transform = new TransformStream({
    async transform(frame, controller) {
      try {
        seen(frame, await protect(frame, controller));
      } catch (error) {
        self.postMessage({ type: "error", message: String(error) });
        throw error; // ends this stream: nothing passes any more
      }
    },
  });
  // The pipe ends when its connection is closed, or by the error told above; either way no frame passes afterwards.
  transformer.readable.pipeThrough(transform).pipeTo(transformer.writable).catch(() => {});
};
