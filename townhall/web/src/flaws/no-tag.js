/** Flaw: frames are encrypted in counter mode and carry no tag: whatever comes is decrypted and believed. */
import { concat } from "../bytes.js";
import { FrameCipher } from "../sframe/cipher.js";
import { deriveSecrets } from "../sframe/key-schedule.js";

const FIRST_BLOCK = Uint8Array.of(0, 0, 0, 2); // where AES-GCM begins to encrypt (NIST SP 800-38D, section 7.1)

class TaglessCipher extends FrameCipher {
  static async derive(suite, kid, baseKey) {
    const { key, salt } = await deriveSecrets(suite, kid, baseKey);
    return new this(suite, kid, await crypto.subtle.importKey("raw", key, "AES-CTR", false, ["encrypt", "decrypt"]), salt);
  }

  async #keystream(ctr, data) {
    const counter = concat(this.nonce(ctr), FIRST_BLOCK);
    return new Uint8Array(await crypto.subtle.encrypt({ name: "AES-CTR", counter, length: 32 }, this.aes, data));
  }

  async seal(ctr, plaintext) {
    return concat(this.header(ctr), await this.#keystream(ctr, plaintext));
  }

  open({ ctr, length }, frame) {
    return this.#keystream(ctr, frame.subarray(length));
  }
}

export const noTag = {
  name: "no-tag",
  worker: {
    cipher: () => TaglessCipher,
  },
};
