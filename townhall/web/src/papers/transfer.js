/**
 * Files in pieces. The receiver asks for each piece, so nothing is sent that nobody wants, the relay is never flooded,
 * and a broken connection costs the pieces that were on their way. No page in here.
 *
 * Messages: length of the JSON in 2 bytes, the JSON, the bytes of the piece.
 * {"t":"want","of":pid,"n","i"} · {"t":"piece","n","i"} with bytes · {"t":"gone","n"}.
 */
import { bigEndian, concat, equal, fromBase64url, sha256, toBigInt, utf8 } from "../bytes.js";

const PIECE = 32 * 1024;
const AHEAD = 4; // pieces asked for and not yet here
const PATIENCE_MS = 3000; // then they are asked for again
const ATTEMPTS = 10;

/** The largest file, in bytes. */
export const MAX_FILE = 5 * 1024 * 1024;

/** A file does not come: `reason` is "gone" or "damaged". */
export class TransferFailed extends Error {
  constructor(reason) {
    super(`the file is ${reason}`);
    this.reason = reason;
  }
}

function message(head, bytes = new Uint8Array(0)) {
  const json = utf8(JSON.stringify(head));
  return concat(bigEndian(json.length, 2), json, bytes);
}

function parsed(bytes) {
  const length = Number(toBigInt(bytes.subarray(0, 2)));
  return { head: JSON.parse(new TextDecoder().decode(bytes.subarray(2, 2 + length))), body: bytes.subarray(2 + length) };
}

/** Files that this page offers and fetches. */
export class Transfers {
  #self;
  #send;
  #offered = new Map(); // number of the offer -> Blob
  #fetches = new Map(); // "pid number" -> fetch

  /** @param {{self: () => string, send: (message: Uint8Array) => void}} side */
  constructor({ self, send }) {
    this.#self = self;
    this.#send = send;
  }

  /** @param {number} n of the line that offers it @param {Blob} file */
  offer(n, file) {
    this.#offered.set(n, file);
  }

  /**
   * @param {string} from pid @param {number} n of the line that offered it
   * @param {{size: number, hash: string}} offer SHA-256 in base64url
   * @param {(received: number) => void} onProgress bytes so far
   * @returns {Promise<Uint8Array>}
   * @throws {TransferFailed}
   */
  async fetch(from, n, { size, hash }, onProgress) {
    const { promise, resolve, reject } = Promise.withResolvers();
    const fetch = { from, n, size, whole: new Uint8Array(size), missing: new Set(), asked: new Set(), attempts: 0, timer: 0, onProgress, resolve, reject };
    for (let i = 0; i * PIECE < size; i += 1) fetch.missing.add(i);
    const key = `${from} ${n}`;
    this.#fetches.set(key, fetch);
    this.#ask(fetch);
    try {
      await promise;
    } finally {
      clearTimeout(fetch.timer);
      this.#fetches.delete(key);
    }
    if (!equal(await sha256(fetch.whole), fromBase64url(hash))) throw new TransferFailed("damaged");
    return fetch.whole;
  }

  #ask(fetch) {
    for (const i of fetch.missing) {
      if (fetch.asked.size >= AHEAD) break;
      if (fetch.asked.has(i)) continue;
      fetch.asked.add(i);
      this.#send(message({ t: "want", of: fetch.from, n: fetch.n, i }));
    }
    clearTimeout(fetch.timer);
    fetch.timer = setTimeout(() => this.#again(fetch), PATIENCE_MS);
  }

  #again(fetch) {
    fetch.attempts += 1;
    fetch.asked.clear();
    if (fetch.attempts > ATTEMPTS) fetch.reject(new TransferFailed("gone"));
    else this.#ask(fetch);
  }

  /** @param {string} from @param {Uint8Array} bytes */
  async receive(from, bytes) {
    const { head, body } = parsed(bytes);
    if (head.t === "want" && head.of === this.#self()) await this.#give(head);
    const fetch = this.#fetches.get(`${from} ${head.n}`);
    if (!fetch) return;
    if (head.t === "gone") fetch.reject(new TransferFailed("gone"));
    else if (head.t === "piece") this.#take(fetch, head.i, body);
  }

  async #give({ n, i }) {
    const file = this.#offered.get(n);
    if (!file || !Number.isInteger(i) || i < 0 || i * PIECE >= file.size) {
      this.#send(message({ t: "gone", n }));
      return;
    }
    const piece = await file.slice(i * PIECE, (i + 1) * PIECE).arrayBuffer();
    this.#send(message({ t: "piece", n, i }, new Uint8Array(piece)));
  }

  #take(fetch, i, piece) {
    const expected = Math.min(PIECE, fetch.size - i * PIECE);
    if (!fetch.missing.has(i) || piece.length !== expected) return;
    fetch.whole.set(piece, i * PIECE);
    fetch.missing.delete(i);
    fetch.asked.delete(i);
    fetch.attempts = 0;
    fetch.onProgress(Math.min(fetch.size, fetch.size - fetch.missing.size * PIECE));
    if (fetch.missing.size === 0) fetch.resolve();
    else this.#ask(fetch);
  }

  /** @param {string[]} pids of those still present: what others offered is gone */
  keep(pids) {
    for (const fetch of this.#fetches.values()) {
      if (!pids.includes(fetch.from)) fetch.reject(new TransferFailed("gone"));
    }
  }
}
