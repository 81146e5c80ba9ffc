/**
 * Captions typed beside the call: real-time text in the sense of EN 301 549 6.2, shown while it is being typed.
 *
 * They are typed, not recognised: browsers' speech recognition (SpeechRecognition) may send the sound to the browser's
 * maker, and a page cannot see whether it does. That would undo what the call promises, so it is not used (ADR 0005).
 */
import { utf8 } from "../bytes.js";
import { onEnter } from "./chat.js";

const SEND_MS = 250; // EN 301 549 6.2.1.2 asks for 500 ms between typing and sending
const MAX_LENGTH = 500;
const KEPT = 50; // lines on the page

/** The captions of everybody, and the field to type one's own. */
export class Captions {
  #region = document.querySelector("#untertitel");
  #input = document.querySelector("#untertitel-text");
  #running = new Map(); // pid -> paragraph of the line that is being typed
  #sendLive;
  #timer = 0;

  /**
   * @param {object} side
   * @param {(line: object) => boolean} side.say a finished line; returns whether anybody was there
   * @param {(message: Uint8Array) => void} side.sendLive the line as it is being typed
   * @param {string} side.you
   */
  constructor({ say, sendLive, you }) {
    this.#sendLive = sendLive;
    this.#input.addEventListener("input", () => {
      this.#timer ||= setTimeout(() => this.#live(), SEND_MS);
    });
    onEnter(this.#input, () => {
      const text = this.#input.value.trim();
      if (!text || !say({ kind: "caption", text })) return;
      this.#input.value = "";
      this.#live();
      this.#finish(you, text);
    });
  }

  #live() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#sendLive(utf8(this.#input.value));
  }

  /** @param {string} pid @param {string} name @param {Uint8Array} message the line as it is being typed, empty for none */
  showLive(pid, name, message) {
    const text = new TextDecoder().decode(message).slice(0, MAX_LENGTH);
    if (!text) {
      this.forget(pid);
      return;
    }
    if (!this.#running.has(pid)) {
      const paragraph = document.createElement("p");
      paragraph.setAttribute("aria-live", "off"); // letter by letter would talk over everything; the finished line is read out
      this.#region.append(paragraph);
      this.#running.set(pid, paragraph);
    }
    this.#fill(this.#running.get(pid), name, text);
  }

  /** @param {string} pid @param {string} name @param {{text?: unknown}} line finished */
  show(pid, name, { text }) {
    this.forget(pid);
    this.#finish(name, String(text).slice(0, MAX_LENGTH));
  }

  /** @param {string} pid whose running line is no longer there */
  forget(pid) {
    this.#running.get(pid)?.remove();
    this.#running.delete(pid);
  }

  /** @param {string[]} pids of the others present */
  keep(pids) {
    [...this.#running.keys()].filter((pid) => !pids.includes(pid)).forEach((pid) => this.forget(pid));
  }

  #finish(name, text) {
    const paragraph = document.createElement("p");
    paragraph.dataset.done = "";
    this.#fill(paragraph, name, text);
    const firstRunning = this.#region.querySelector("p:not([data-done])");
    this.#region.insertBefore(paragraph, firstRunning);
    while (this.#region.childElementCount > KEPT) this.#region.firstElementChild.remove();
    this.#region.scrollTop = this.#region.scrollHeight;
  }

  #fill(paragraph, name, text) {
    const who = document.createElement("b");
    who.textContent = `${name}: `;
    paragraph.replaceChildren(who, text);
    this.#region.scrollTop = this.#region.scrollHeight;
  }

  /** Ends it. */
  close() {
    clearTimeout(this.#timer);
  }
}
