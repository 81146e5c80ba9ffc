/** One field of the form on the page: shows what others write without taking the cursor from who is writing here. */
import { difference, moved } from "./text-diff.js";

/** A field with text. `onWrite(text, cursor)` hears of every edit of this side. */
export class TextBox {
  #element;
  #onWrite;
  #shown; // what the element held when both sides last agreed
  #waiting = null; // deltas of others that came while characters were being composed here

  /** @param {HTMLInputElement|HTMLTextAreaElement} element @param {(text: string, cursor: number) => void} onWrite */
  constructor(element, onWrite) {
    this.#element = element;
    this.#onWrite = onWrite;
    this.#shown = element.value;
    element.addEventListener("compositionstart", () => {
      this.#waiting = [];
    });
    element.addEventListener("compositionend", () => this.#composed());
    element.addEventListener("input", () => {
      if (!this.#waiting) this.#wrote();
    });
  }

  #wrote() {
    this.#shown = this.#element.value;
    this.#onWrite(this.#shown, this.#element.selectionStart ?? this.#shown.length);
  }

  /** Accents and scripts that are composed of several keys: others' letters wait until the composition is complete. */
  #composed() {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting.length === 0) {
      this.#wrote();
      return;
    }
    const { text } = waiting.at(-1);
    const own = difference(this.#shown, this.#element.value, this.#element.selectionStart ?? undefined);
    const place = (at) => waiting.reduce((where, { delta }) => moved(where, delta), at);
    const [from, to] = [place(own.at), place(own.at + own.removed)];
    this.#element.value = text.slice(0, from) + own.inserted + text.slice(to);
    this.#select(from + own.inserted.length, from + own.inserted.length);
    this.#wrote();
  }

  #select(start, end) {
    // Fields for e-mail have no selection to set, and setting one would take the focus in some browsers.
    if (document.activeElement === this.#element && this.#element.selectionStart !== null) {
      this.#element.setSelectionRange(start, end);
    }
  }

  /** Others changed the text. @param {string} text as it is now @param {object[]} delta of Yjs */
  show(text, delta) {
    if (this.#waiting) {
      this.#waiting.push({ text, delta });
      return;
    }
    const { selectionStart, selectionEnd } = this.#element;
    this.#element.value = text;
    this.#shown = text;
    if (selectionStart !== null) this.#select(moved(selectionStart, delta), moved(selectionEnd, delta));
  }
}

/** A date, a choice or a tick: the last answer holds. */
export class ChoiceBox {
  #element;

  /** @param {HTMLInputElement|HTMLSelectElement} element @param {(value: string|boolean) => void} onChoose */
  constructor(element, onChoose) {
    this.#element = element;
    element.addEventListener("change", () => onChoose(this.value));
  }

  /** @returns {string|boolean} */
  get value() {
    return this.#element.type === "checkbox" ? this.#element.checked : this.#element.value;
  }

  /** @param {unknown} value others chose; what does not fit becomes no answer */
  show(value) {
    if (this.#element.type === "checkbox") this.#element.checked = value === true;
    else this.#element.value = typeof value === "string" ? value : "";
  }
}
