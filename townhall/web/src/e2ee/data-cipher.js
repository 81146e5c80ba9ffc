/**
 * Seals and opens what is written and shared beside the picture. No network and no clock of its own in here.
 *
 * Each connection of a sender has its own random salt, so its own key: a counter that starts again at zero never meets
 * the key that it was used with. Receivers take a sender's counters in rising order only. The relay keeps the order, so
 * whatever comes late or twice is an attempt, and a gap says that something was held back.
 */
import { bigEndian, concat, equal, hex, randomBytes, utf8 } from "../bytes.js";
import { COUNTER_BYTES, DataRefused, HEADER_BYTES, SALT_BYTES, decodeHeader, encodeHeader, pad, unpad } from "./data-frame.js";
import { DataSecrets } from "./data-keys.js";

const NONCE_BYTES = 12;

/** How long frames of the epoch before are still opened, in ms: as long as media (keyring.js). */
export const OLD_EPOCH_MS = 2000;

/** A frame of an epoch that this page does not have, or not yet. */
export class UnknownEpoch extends DataRefused {}

/** What is authenticated with each frame besides its bytes: who is said to have sent it. */
const additional = (header, pid) => concat(header, utf8(pid));

function algorithm(counter, additionalData) {
  const iv = concat(new Uint8Array(NONCE_BYTES - COUNTER_BYTES), bigEndian(counter, COUNTER_BYTES));
  return { name: "AES-GCM", iv, additionalData };
}

/** @typedef {{secrets: DataSecrets, self: string, salt: Uint8Array, key: CryptoKey, counter: bigint, senders: Map}} Epoch */

/** The keys of one page: the epoch it is in, and for a moment the one before. */
export class DataCipher {
  #now;
  #current = null; // Epoch
  #previous = null; // {epoch, until}
  #others = new Set(); // pids of those present

  /** @param {() => number} now milliseconds, for instance `performance.now` */
  constructor(now) {
    this.#now = now;
  }

  /** @returns {boolean} whether there is a key to seal with */
  get ready() {
    return this.#current !== null;
  }

  /**
   * Enters an epoch. The same epoch again changes who is present and nothing else: counters go on.
   * @param {Uint8Array} secret of the epoch; overwritten
   * @param {string} self own pid @param {Iterable<string>} others pids of those present
   */
  async install(secret, self, others) {
    const secrets = await DataSecrets.of(secret);
    this.#others = new Set(others);
    this.#others.delete(self);
    const current = this.#current;
    if (current && current.self === self && equal(current.secrets.id, secrets.id)) return;
    const salt = randomBytes(SALT_BYTES);
    const key = await secrets.senderKey(self, salt);
    if (current) this.#previous = { epoch: current, until: this.#now() + OLD_EPOCH_MS };
    this.#current = { secrets, self, salt, key, counter: 0n, senders: new Map() };
  }

  /** Nobody else is left: nobody's frames are taken any more, until the next epoch. */
  dismiss() {
    this.#others.clear();
  }

  /** @param {number} kind 0 to 255 @param {Uint8Array} content @returns {Promise<Uint8Array>} the frame */
  async seal(kind, content) {
    const epoch = this.#current;
    if (!epoch) throw new DataRefused("no key to send with");
    const padded = pad(content);
    const { counter, salt, self, secrets } = epoch;
    epoch.counter += 1n; // before anything is awaited: no two frames get the same
    const header = encodeHeader({ kind, epoch: secrets.id, salt, counter });
    const sealed = await crypto.subtle.encrypt(algorithm(counter, additional(header, self)), epoch.key, padded);
    return concat(header, new Uint8Array(sealed));
  }

  /**
   * Opens a frame. Frames of one sender are to be opened one after the other.
   * @param {string} from pid that the relay names
   * @param {Uint8Array} frame
   * @returns {Promise<{kind: number, content: Uint8Array, missed: boolean}>} `missed`: frames before it did not come
   * @throws {DataRefused} with the reason; `UnknownEpoch` where waiting may help
   */
  async open(from, frame) {
    const header = decodeHeader(frame);
    const epoch = this.#epochOf(header.epoch);
    if (!this.#others.has(from)) throw new DataRefused("an unknown sender");
    const known = epoch.senders.get(from);
    if (known && !equal(known.salt, header.salt)) throw new DataRefused("a second connection in one epoch");
    if (known && header.counter <= known.last) throw new DataRefused("a replay");
    const key = known?.key ?? (await epoch.secrets.senderKey(from, header.salt));
    const content = unpad(await decrypted(key, header.counter, from, frame));
    const last = epoch.senders.get(from)?.last ?? -1n;
    if (header.counter <= last) throw new DataRefused("a replay"); // another copy was faster
    // Only now, as only what has authenticated says anything about its sender.
    epoch.senders.set(from, { salt: header.salt, key, last: header.counter });
    return { kind: header.kind, content, missed: header.counter !== last + 1n };
  }

  #epochOf(id) {
    if (this.#current && equal(this.#current.secrets.id, id)) return this.#current;
    const { epoch, until } = this.#previous ?? {};
    if (epoch && this.#now() >= until) this.#previous = null;
    else if (epoch && equal(epoch.secrets.id, id)) return epoch;
    throw new UnknownEpoch(`no keys of the epoch ${hex(id)}`);
  }
}

async function decrypted(key, counter, from, frame) {
  const header = frame.subarray(0, HEADER_BYTES);
  try {
    const plain = await crypto.subtle.decrypt(algorithm(counter, additional(header, from)), key, frame.subarray(HEADER_BYTES));
    return new Uint8Array(plain);
  } catch (error) {
    if (error.name === "OperationError") throw new DataRefused("the frame does not authenticate", { cause: error });
    throw error;
  }
}
