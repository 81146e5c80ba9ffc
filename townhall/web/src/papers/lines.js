/**
 * Lines of chat, finished captions and offers of files: each comes exactly once, also when the connection broke in
 * between. Every page numbers its own lines and keeps them for the call; after a gap the others say which they have.
 *
 * Messages (JSON): {"t":"line","n","to":[pid],"line"} · {"t":"have","have":{pid:[n]},"back":boolean}.
 * A line is for those who were present when it was said; who comes later is not shown it.
 */
import { utf8 } from "../bytes.js";

const MAX_LINES = 1000; // of one sender: a page cannot be filled without end

/** @typedef {{kind: string, [more: string]: unknown}} Line */

/** The lines of one page. */
export class Lines {
  #send;
  #onLine;
  #self;
  #own = []; // {to: string[], line}
  #received = new Map(); // pid -> Set of numbers

  /**
   * @param {{self: () => string, send: (message: Uint8Array) => void, onLine: (from: string, n: number, line: Line) => void}} side
   */
  constructor({ self, send, onLine }) {
    this.#self = self;
    this.#send = send;
    this.#onLine = onLine;
  }

  #say(message) {
    this.#send(utf8(JSON.stringify(message)));
  }

  /** @param {string[]} to pids of those present @param {Line} line @returns {number} its number */
  say(to, line) {
    const n = this.#own.push({ to, line });
    this.#say({ t: "line", n, to, line });
    return n;
  }

  /** @param {number} n of an own line @returns {Line|undefined} */
  own(n) {
    return this.#own[n - 1]?.line;
  }

  /** Says what is here, so that the others send what is missing, and say what they have. */
  hello() {
    this.#have(true);
  }

  #have(back) {
    const have = Object.fromEntries([...this.#received].map(([pid, numbers]) => [pid, [...numbers]]));
    this.#say({ t: "have", have, back });
  }

  /** @param {string} from @param {Uint8Array} message @throws {SyntaxError} where it is damaged */
  receive(from, message) {
    const said = JSON.parse(new TextDecoder().decode(message));
    if (said.t === "line") this.#take(from, said);
    else if (said.t === "have") this.#compare(from, said);
  }

  #take(from, { n, to, line }) {
    if (!this.#received.has(from)) this.#received.set(from, new Set());
    const numbers = this.#received.get(from);
    const isNew = Number.isInteger(n) && n > 0 && n <= MAX_LINES && !numbers.has(n);
    if (!isNew || !Array.isArray(to) || !to.includes(this.#self()) || typeof line?.kind !== "string") return;
    numbers.add(n);
    this.#onLine(from, n, line);
  }

  #compare(from, { have, back }) {
    const theirs = new Set(have?.[this.#self()] ?? []);
    this.#own.forEach(({ to, line }, i) => {
      if (to.includes(from) && !theirs.has(i + 1)) this.#say({ t: "line", n: i + 1, to, line });
    });
    if (back) this.#have(false);
  }
}
