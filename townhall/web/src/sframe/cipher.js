/** Encryption and decryption of one frame (RFC 9605 section 4.4.3 and 4.4.4). */
import { bigEndian, concat } from "../bytes.js";
import { deriveSecrets } from "./key-schedule.js";
import { encodeHeader } from "./header.js";

const NO_METADATA = new Uint8Array(0);

/** The frame did not authenticate: it was altered, or sealed under another key. */
export class OpenError extends Error {}

/** A key of one KID, ready for use. It keeps no counter: `SenderKey` and `ReceiverKey` do. */
export class FrameCipher {
  /**
   * @param {import("./suite.js").Suite} suite
   * @param {bigint} kid
   * @param {Uint8Array} baseKey
   * @returns {Promise<FrameCipher>}
   */
  static async derive(suite, kid, baseKey) {
    const { key, salt } = await deriveSecrets(suite, kid, baseKey);
    const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
    key.fill(0);
    return new this(suite, kid, aes, salt);
  }

  /** Use `derive`. */
  constructor(suite, kid, aes, salt) {
    this.suite = suite;
    this.kid = kid;
    this.aes = aes;
    this.salt = salt;
  }

  /** What the tag covers beside the ciphertext. @param {Uint8Array} header @param {Uint8Array} metadata */
  additionalData(header, metadata) {
    return concat(header, metadata);
  }

  /** @param {bigint} ctr @returns {Uint8Array} the header of a frame */
  header(ctr) {
    return encodeHeader(this.kid, ctr);
  }

  /** @param {bigint} ctr @returns {Uint8Array} the nonce of a frame */
  nonce(ctr) {
    const counter = bigEndian(ctr, this.suite.nonceBytes);
    return this.salt.map((byte, i) => byte ^ counter[i]);
  }

  #parameters(ctr, additionalData) {
    return { name: "AES-GCM", iv: this.nonce(ctr), additionalData, tagLength: this.suite.tagBytes * 8 };
  }

  /**
   * @param {bigint} ctr never used before with this key
   * @param {Uint8Array} plaintext
   * @param {Uint8Array} [metadata] authenticated, not sent
   * @returns {Promise<Uint8Array>} header, ciphertext, tag
   */
  async seal(ctr, plaintext, metadata = NO_METADATA) {
    const header = this.header(ctr);
    const parameters = this.#parameters(ctr, this.additionalData(header, metadata));
    return concat(header, new Uint8Array(await crypto.subtle.encrypt(parameters, this.aes, plaintext)));
  }

  /**
   * @param {{ctr: bigint, length: number}} header of this frame, as `decodeHeader` gives it
   * @param {Uint8Array} frame header, ciphertext, tag
   * @param {Uint8Array} [metadata]
   * @returns {Promise<Uint8Array>} the plaintext
   * @throws {OpenError} where the frame does not authenticate
   */
  async open({ ctr, length }, frame, metadata = NO_METADATA) {
    const parameters = this.#parameters(ctr, this.additionalData(frame.subarray(0, length), metadata));
    try {
      return new Uint8Array(await crypto.subtle.decrypt(parameters, this.aes, frame.subarray(length)));
    } catch (error) {
      if (error.name === "OperationError") throw new OpenError("the frame does not authenticate", { cause: error });
      throw error;
    }
  }
}
