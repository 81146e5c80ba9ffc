/**
 * The encrypted channel of the papers: streams of messages to everybody present, over the relayed `data` messages.
 *
 * What the session gives (`transport`): `pid`, `send(frame)`, `onMessage(callback(from, frame))`,
 * `onPeers(callback(peers))` after each change of who is present and after each new connection, and
 * `exporter(label, length)`, a secret of the current epoch.
 */
import { DataCipher, UnknownEpoch } from "../e2ee/data-cipher.js";
import { DataRefused } from "../e2ee/data-frame.js";
import { Assembly, cut } from "./fragments.js";

const EXPORTER_LABEL = "townhall data";
const SECRET_BYTES = 32;
const HELD = 64; // frames of an epoch that this page has not entered yet: what comes in the moment before it does

/** The streams, and the byte by which frames name them; the cipher authenticates it. */
export const KIND = { document: 1, presence: 2, lines: 3, caption: 4, file: 5 };

/** @typedef {{pid: string, role: string, name: string}} Peer */

/** The channel of one page. */
export class Channel {
  #transport;
  #cipher;
  #queue = Promise.resolve();
  #number = 0;
  #readers = new Map(); // kind -> (from, message) => void
  #assemblies = new Map(); // "pid kind" -> Assembly
  #held = [];
  #onPeers = [];
  #onMissed = [];
  #closed = false;
  /** @type {Peer[]} the others who are present */
  peers = [];

  /** @param {object} transport see above @param {() => number} [now] */
  constructor(transport, now = () => performance.now()) {
    this.#transport = transport;
    this.#cipher = new DataCipher(now);
    transport.onMessage((from, frame) => this.#work(() => this.#take(from, frame)));
    transport.onPeers((peers) => this.#work(() => this.#enter(peers)));
  }

  /** @param {number} kind @param {(from: string, message: Uint8Array) => void} reader */
  read(kind, reader) {
    this.#readers.set(kind, reader);
  }

  /** @param {(peers: Peer[]) => void} callback called with the others, whenever both sides should compare what they have */
  onPeers(callback) {
    this.#onPeers.push(callback);
  }

  /** @param {(from: string) => void} callback called when something of this sender did not come */
  onMissed(callback) {
    this.#onMissed.push(callback);
  }

  /**
   * Sends a message to everybody present; without anybody there it goes nowhere.
   * @param {number} kind @param {Uint8Array} message
   */
  send(kind, message) {
    this.#work(async () => {
      if (!this.#cipher.ready || this.peers.length === 0) return;
      for (const fragment of cut(this.#number++, message)) {
        this.#transport.send(await this.#cipher.seal(kind, fragment));
      }
    });
  }

  /** @returns {Promise<void>} once everything asked for so far is done */
  settled() {
    return this.#queue;
  }

  /** Ends it: nothing is sent or read any more. */
  close() {
    this.#closed = true;
    this.peers = [];
    this.#held = [];
  }

  /** Everything happens in order, one after the other: counters and fragments stay in step. */
  #work(step) {
    this.#queue = this.#queue.then(async () => {
      try {
        if (!this.#closed) await step();
      } catch (error) {
        console.error(error); // a message that we could not make or read must not stop the next one
      }
    });
  }

  async #enter(peers) {
    const self = this.#transport.pid;
    this.peers = peers.filter(({ pid }) => pid !== self);
    if (this.peers.length === 0) this.#cipher.dismiss(); // whoever is alone agrees on no new keys
    else {
      const secret = await this.#transport.exporter(EXPORTER_LABEL, SECRET_BYTES);
      await this.#cipher.install(secret, self, this.peers.map(({ pid }) => pid));
    }
    const held = this.#held;
    this.#held = [];
    for (const [from, frame] of held) await this.#take(from, frame);
    this.#onPeers.forEach((callback) => callback(this.peers));
  }

  async #take(from, frame) {
    try {
      const { kind, content, missed } = await this.#cipher.open(from, frame);
      if (missed) this.#onMissed.forEach((callback) => callback(from));
      const message = this.#assembly(from, kind).add(content);
      if (message) await this.#readers.get(kind)?.(from, message);
    } catch (error) {
      if (error instanceof UnknownEpoch) this.#hold(from, frame);
      else if (error instanceof DataRefused) console.warn(`data refused: ${error.message}`);
      else throw error;
    }
  }

  #assembly(from, kind) {
    const key = `${from} ${kind}`;
    if (!this.#assemblies.has(key)) this.#assemblies.set(key, new Assembly());
    return this.#assemblies.get(key);
  }

  #hold(from, frame) {
    this.#held.push([from, frame]);
    if (this.#held.length > HELD) this.#held.shift();
  }
}
