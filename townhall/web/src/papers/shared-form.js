/**
 * The shared document of a form (Yjs): every side has a copy, edits travel as updates, and in whatever order these come,
 * the copies become the same. Letters typed at the same time into one field are all kept. No page and no clock in here.
 *
 * Messages: first byte HELLO (state vector follows: answer with what I miss, and ask back), ASK (the same without asking
 * back) or UPDATE. Whoever missed something, because it came late or its connection broke, says HELLO.
 */
import * as Y from "yjs";
import { concat } from "../bytes.js";
import { difference } from "./text-diff.js";

const HELLO = 0;
const ASK = 1;
const UPDATE = 2;
const OTHERS = "others"; // origin of a change that came over the channel

/** One side's copy. `send(message)` gives its messages to the channel. */
export class SharedForm {
  #doc = new Y.Doc();
  #choices;
  #texts = new Map(); // name -> Y.Text
  #send;
  #onText;
  #onChoice;
  #pending = [];
  #schedule;

  /**
   * @param {object} side
   * @param {string[]} side.texts names of the fields that are written letter by letter
   * @param {(message: Uint8Array) => void} side.send
   * @param {(name: string, text: string, delta: object[]) => void} side.onText others changed a text
   * @param {(name: string, value: string|boolean) => void} side.onChoice others chose
   * @param {(flush: () => void) => void} [side.schedule] when own edits go out: at once, by default
   */
  constructor({ texts, send, onText, onChoice, schedule = (flush) => flush() }) {
    this.#send = send;
    this.#onText = onText;
    this.#onChoice = onChoice;
    this.#schedule = schedule;
    for (const name of texts) this.#texts.set(name, this.#observed(name));
    this.#choices = this.#doc.getMap("choices");
    this.#choices.observe(({ keysChanged, transaction }) => {
      if (transaction.origin === OTHERS) keysChanged.forEach((name) => this.#onChoice(name, this.#choices.get(name)));
    });
    this.#doc.on("update", (update, origin) => origin !== OTHERS && this.#share(update));
  }

  #observed(name) {
    const text = this.#doc.getText(`text ${name}`);
    text.observe(({ delta, transaction }) => {
      if (transaction.origin === OTHERS) this.#onText(name, text.toString(), delta);
    });
    return text;
  }

  /** @param {string} name @returns {string} */
  text(name) {
    return this.#texts.get(name).toString();
  }

  /** @param {string} name @returns {string|boolean|undefined} */
  choice(name) {
    return this.#choices.get(name);
  }

  /**
   * The text of a field became another one at this side.
   * @param {string} name @param {string} after @param {number} [cursor]
   */
  write(name, after, cursor) {
    const text = this.#texts.get(name);
    const { at, removed, inserted } = difference(text.toString(), after, cursor);
    if (!removed && !inserted) return;
    this.#doc.transact(() => {
      text.delete(at, removed);
      text.insert(at, inserted);
    });
  }

  /** @param {string} name @param {string|boolean} value chosen at this side; the last choice holds */
  choose(name, value) {
    if (this.#choices.get(name) !== value) this.#choices.set(name, value);
  }

  /** Compares with everybody: whoever has more sends it, and asks for what it lacks. */
  hello() {
    this.flush();
    this.#send(concat(Uint8Array.of(HELLO), Y.encodeStateVector(this.#doc)));
  }

  /** @param {Uint8Array} message of another side @throws {Error} of Yjs where it is damaged */
  receive(message) {
    const body = message.subarray(1);
    if (message[0] === UPDATE) {
      Y.applyUpdate(this.#doc, body, OTHERS);
      return;
    }
    this.flush();
    this.#send(concat(Uint8Array.of(UPDATE), Y.encodeStateAsUpdate(this.#doc, body)));
    if (message[0] === HELLO) this.#send(concat(Uint8Array.of(ASK), Y.encodeStateVector(this.#doc)));
  }

  #share(update) {
    this.#pending.push(update);
    if (this.#pending.length === 1) this.#schedule(() => this.flush());
  }

  /** Sends own edits that have not gone out yet. */
  flush() {
    if (this.#pending.length === 0) return;
    const update = Y.mergeUpdates(this.#pending);
    this.#pending = [];
    this.#send(concat(Uint8Array.of(UPDATE), update));
  }

  /** Forgets everything. */
  close() {
    this.#doc.destroy();
  }
}
