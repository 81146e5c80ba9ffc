/** The others by name: from the list of those present, and for those who left from what was known of them. */
import { harmless } from "./texts.js";

const NAME_LENGTH = 80;

/** Names of everybody who is or was in the call. */
export class People {
  #names = new Map();
  #t;

  /** @param {(key: string) => string} t */
  constructor(t) {
    this.#t = t;
  }

  /** @param {import("./channel.js").Peer[]} peers */
  note(peers) {
    for (const { pid, role, name } of peers) {
      this.#names.set(pid, harmless(name || "", NAME_LENGTH) || this.#t(["clerk", "citizen"].includes(role) ? role : "guest"));
    }
  }

  /** @param {string} pid @returns {string} */
  name(pid) {
    return this.#names.get(pid) ?? this.#t("guest");
  }
}
