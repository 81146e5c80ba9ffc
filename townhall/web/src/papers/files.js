/** Files on the page: offered with name and size, fetched when somebody wants them, saved and never opened in the page. */
import { base64url, sha256 } from "../bytes.js";
import { harmless } from "./texts.js";
import { MAX_FILE, TransferFailed, Transfers } from "./transfer.js";

const NAME_LENGTH = 120;

/** @param {unknown} name @returns {string} a name for saving: no folders, no hidden characters */
export function fileName(name) {
  return harmless(String(name).replace(/[/\\:*?"<>|]/g, "_"), NAME_LENGTH).replace(/^\.+/, "") || "datei";
}

/** @param {number} bytes @param {string} lang @returns {string} */
export function sizeInWords(bytes, lang) {
  const number = (value, digits) => value.toLocaleString(lang, { maximumFractionDigits: digits });
  return bytes < 1024 * 1024 ? `${number(Math.max(1, bytes / 1024), 0)} KB` : `${number(bytes / 1024 / 1024, 1)} MB`;
}

/** Saves bytes as a file. The type is nobody's but ours: nothing that came over the channel is shown as a page. */
export function saveLink(bytes, name, type = "application/octet-stream") {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  return link;
}

/** The list of files and the field to choose one. */
export class Files {
  #list = document.querySelector("#dateien");
  #transfers;
  #t;
  #lang;
  #tell;
  #links = [];

  /**
   * @param {object} side
   * @param {() => string} side.self
   * @param {(line: object) => number} side.say offers, and returns the number of the line, 0 where nobody is there
   * @param {(message: Uint8Array) => void} side.send of the stream of files
   * @param {(key: string, words?: object) => string} side.t @param {string} side.lang
   * @param {(sentence: string) => void} side.tell @param {(file: File) => void} side.onShare
   */
  constructor({ self, say, send, t, lang, tell, onShare }) {
    this.#t = t;
    this.#lang = lang;
    this.#tell = tell;
    this.#transfers = new Transfers({ self, send });
    const input = document.querySelector("#datei");
    input.addEventListener("change", async () => {
      const chosen = [...input.files];
      for (const file of chosen) await this.#offer(file, say, onShare);
      input.value = ""; // the same file may be offered again
    });
  }

  async #offer(file, say, onShare) {
    const name = fileName(file.name);
    if (file.size > MAX_FILE || file.size === 0) {
      this.#tell(this.#t(file.size ? "file-too-big" : "file-empty", { name }));
      return;
    }
    const hash = base64url(await sha256(new Uint8Array(await file.arrayBuffer())));
    const n = say({ kind: "file", name, size: file.size, hash });
    if (!n) return;
    this.#transfers.offer(n, file);
    onShare(file);
    const item = document.createElement("li");
    item.dataset.file = "own";
    item.textContent = this.#t("file-own", { name, size: sizeInWords(file.size, this.#lang) });
    this.#list.append(item);
  }

  /** @param {string} from pid @param {string} sender name @param {number} n @param {object} line the offer */
  show(from, sender, n, line) {
    const offer = { size: Number(line.size), hash: String(line.hash) };
    if (!Number.isInteger(offer.size) || offer.size < 1 || offer.size > MAX_FILE) return;
    const name = fileName(line.name);
    const item = document.createElement("li");
    const label = document.createElement("span");
    const button = document.createElement("button");
    const progress = document.createElement("span");
    item.dataset.file = from;
    label.textContent = this.#t("file-offered", { from: sender, name, size: sizeInWords(offer.size, this.#lang) });
    button.type = "button";
    button.dataset.fetch = "";
    button.textContent = this.#t("file-fetch", { name });
    button.addEventListener("click", () => void this.#fetch({ from, n, offer, name, button, progress }));
    item.append(label, " ", button, " ", progress);
    this.#list.append(item);
  }

  async #fetch({ from, n, offer, name, button, progress }) {
    button.disabled = true;
    try {
      const bytes = await this.#transfers.fetch(from, n, offer, (received) => {
        progress.textContent = this.#t("file-progress", { percent: Math.floor((100 * received) / offer.size) });
      });
      const link = saveLink(bytes, name);
      this.#links.push(link);
      link.textContent = this.#t("file-done", { name });
      const hadFocus = document.activeElement === button || document.activeElement === document.body;
      button.replaceWith(link);
      if (hadFocus) link.focus();
      progress.textContent = "";
      this.#tell(this.#t("file-ready", { name }));
      link.click();
    } catch (error) {
      if (!(error instanceof TransferFailed)) throw error;
      button.disabled = false;
      progress.textContent = this.#t(`file-${error.reason}`, { name });
    }
  }

  /** @param {string} from @param {Uint8Array} message */
  receive(from, message) {
    return this.#transfers.receive(from, message);
  }

  /** @param {string[]} pids of the others present */
  keep(pids) {
    this.#transfers.keep(pids);
  }

  /** Lets go of what was received. */
  close() {
    this.#transfers.keep([]);
    this.#links.forEach(({ href }) => URL.revokeObjectURL(href));
  }
}
