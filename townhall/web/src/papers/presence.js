/** Who has the cursor in which field. It is told again after each change of who is present, and forgotten when they leave. */
import { utf8 } from "../bytes.js";

/** The cursors of the others. */
export class Presence {
  #own = "";
  #others = new Map(); // pid -> field
  #send;
  #onChange;

  /** @param {(message: Uint8Array) => void} send @param {(fields: Map<string, string[]>) => void} onChange pids by field */
  constructor(send, onChange) {
    this.#send = send;
    this.#onChange = onChange;
  }

  /** @param {string} field that has the cursor here, "" for none */
  move(field) {
    if (field === this.#own) return;
    this.#own = field;
    this.tell();
  }

  /** Tells the others where the cursor is here. */
  tell() {
    this.#send(utf8(this.#own));
  }

  /** @param {string} from @param {Uint8Array} message */
  receive(from, message) {
    this.#others.set(from, new TextDecoder().decode(message));
    this.#changed();
  }

  /** @param {string[]} pids of the others present */
  keep(pids) {
    [...this.#others.keys()].filter((pid) => !pids.includes(pid)).forEach((pid) => this.#others.delete(pid));
    this.#changed();
  }

  #changed() {
    const fields = new Map();
    for (const [pid, field] of this.#others) fields.set(field, [...(fields.get(field) ?? []), pid]);
    fields.delete("");
    this.#onChange(fields);
  }
}
