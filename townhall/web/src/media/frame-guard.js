/** The page's side of the frame worker: starts it, gives it keys, sets transforms, and watches that it lives. */

const HEARTBEAT_MS = 500;
const SILENT_BEATS = 8; // 4 s without an answer: a busy machine must not look like a dead worker, and a dead one sends nothing
const START_MS = 5000;
const PROOF_MS = 700; // how long what the worker said of its frames counts; it says it every 200 ms

/** The worker's script cannot be loaded or does not start. */
export class WorkerUnavailable extends Error {}

/** Keeps media closed: whatever it protects passes through the worker or not at all. */
export class FrameGuard {
  alive = true;
  /** Whether the worker has said, a moment ago, that it seals what is sent and opens what comes. */
  proven = false;
  #worker;
  #timer = 0;
  #silent = 0;
  #onLost;
  #onProof;
  #staleTimer = 0;

  /**
   * Starts the worker; only with its answer is a call possible.
   * @param {string} url of the worker's script
   * @param {string} flaw name or ""
   * @param {() => void} onLost called once when the worker dies or goes silent
   * @param {() => void} [onProof] called when `proven` has changed
   * @returns {Promise<FrameGuard>}
   * @throws {WorkerUnavailable}
   */
  static async start(url, flaw, onLost, onProof = () => {}) {
    const worker = new Worker(url);
    const { promise, resolve, reject } = Promise.withResolvers();
    const refuse = (why) => reject(new WorkerUnavailable(why));
    worker.onmessage = resolve; // its first message is `ready`
    worker.onerror = () => refuse("the worker's script cannot be loaded");
    const timer = setTimeout(() => refuse("the worker does not answer"), START_MS);
    worker.postMessage({ type: "start", flaw });
    try {
      await promise;
    } catch (error) {
      worker.terminate();
      throw error;
    } finally {
      clearTimeout(timer);
    }
    return new FrameGuard(worker, onLost, onProof);
  }

  /** Use `start`. */
  constructor(worker, onLost, onProof) {
    this.#worker = worker;
    this.#onLost = onLost;
    this.#onProof = onProof;
    worker.onerror = ({ message }) => this.#lost(message);
    worker.onmessage = ({ data }) => {
      if (data.type === "pong") this.#silent = 0;
      else if (data.type === "proof") this.#take(data.proven);
      else this.#lost(data.message);
    };
    // Beats are counted, not milliseconds: a page that was itself asleep must not blame the worker.
    this.#timer = setInterval(() => this.#beat(), HEARTBEAT_MS);
  }

  /** A worker that says nothing more proves nothing more, long before it counts as lost. */
  #take(proven) {
    clearTimeout(this.#staleTimer);
    if (proven) this.#staleTimer = setTimeout(() => this.#take(false), PROOF_MS);
    if (proven === this.proven) return;
    this.proven = proven;
    this.#onProof();
  }

  #beat() {
    if (this.#silent >= SILENT_BEATS) {
      this.#lost("the worker is silent");
      return;
    }
    this.#silent += 1;
    this.#worker.postMessage({ type: "ping" });
  }

  #lost(reason) {
    if (!this.alive) return;
    console.error(reason);
    this.close();
    this.#onLost();
  }

  /** @param {RTCRtpSender} sender of a track @param {"audio"|"video"} kind @param {object} [more] options for the worker */
  protectSender(sender, kind, more) {
    sender.transform = new RTCRtpScriptTransform(this.#worker, { side: "send", kind, ...more });
  }

  /**
   * @param {RTCRtpReceiver} receiver
   * @param {"audio"|"video"} kind
   * @param {string} pid whose track it is
   * @param {object} [more] options for the worker
   */
  protectReceiver(receiver, kind, pid, more) {
    receiver.transform = new RTCRtpScriptTransform(this.#worker, { side: "receive", kind, sender: pid, ...more });
  }

  /**
   * Gives the worker the keys of an epoch, the others' first: whoever sends under a new key can be heard at once.
   * @param {object} keys
   * @param {number} keys.suite
   * @param {Uint8Array} keys.baseKey
   * @param {bigint} keys.ownKid
   * @param {{pid: string, kid: bigint}[]} keys.peers
   * @param {bigint} keys.firstCounter
   */
  install({ suite, baseKey, ownKid, peers, firstCounter }) {
    for (const { pid, kid } of peers) this.post({ type: "install-receiver", suite, kid, baseKey, sender: pid });
    this.post({ type: "install-sender", suite, kid: ownKid, baseKey, firstCounter });
  }

  /** Nothing is sent until there are new keys. @param {string} pid of a participant who left */
  forget(pid) {
    this.post({ type: "forget", sender: pid });
  }

  /** @param {object} message to the worker */
  post(message) {
    this.#worker.postMessage(message);
  }

  /** Ends the worker, and with it all media that it protects. */
  close() {
    this.alive = false;
    this.proven = false;
    clearInterval(this.#timer);
    clearTimeout(this.#staleTimer);
    this.#worker.terminate();
  }
}
