/**
 * Flaw: a block mode without a nonce (AES-CBC from the same initial vector each time): frames that are alike, or begin
 * alike, look alike. Header and ciphertext are authenticated as ever, by a tag over them.
 */
import { concat } from "../bytes.js";
import { FrameCipher, OpenError } from "../sframe/cipher.js";
import { decodeHeader } from "../sframe/header.js";
import { deriveSecrets } from "../sframe/key-schedule.js";

const NOTHING = new Uint8Array(0);
const BLOCKS = { name: "AES-CBC", iv: new Uint8Array(16) };

class BlockCipher extends FrameCipher {
  static async derive(suite, kid, baseKey) {
    const cipher = await super.derive(suite, kid, baseKey);
    const { key } = await deriveSecrets(suite, kid, baseKey);
    cipher.blocks = await crypto.subtle.importKey("raw", key, "AES-CBC", false, ["encrypt", "decrypt"]);
    return cipher;
  }

  async seal(ctr, plaintext) {
    const blocks = new Uint8Array(await crypto.subtle.encrypt(BLOCKS, this.blocks, plaintext));
    const sealed = await super.seal(ctr, NOTHING, blocks); // header and tag
    const { length } = decodeHeader(sealed);
    return concat(sealed.subarray(0, length), blocks, sealed.subarray(length));
  }

  async open(header, frame) {
    const end = frame.length - this.suite.tagBytes;
    if (end < header.length) throw new OpenError("the frame is too short for a tag");
    const blocks = frame.subarray(header.length, end);
    await super.open(header, concat(frame.subarray(0, header.length), frame.subarray(end)), blocks);
    return new Uint8Array(await crypto.subtle.decrypt(BLOCKS, this.blocks, blocks));
  }
}

export const blockMode = {
  name: "block-mode",
  worker: {
    cipher: () => BlockCipher,
  },
};
