/** From the secret of an epoch to what seals data: one AES-256-GCM key a sender and connection (ADR 0005). */
import { concat, utf8 } from "../bytes.js";
import { EPOCH_BYTES, SALT_BYTES } from "./data-frame.js";

const KEY_LABEL = "townhall data key ";
const EPOCH_LABEL = "townhall data epoch";

/** The secrets of one epoch. The exported bytes are wiped once they have become a key that cannot be read out. */
export class DataSecrets {
  /** @param {Uint8Array} secret 32 bytes of the MLS exporter; overwritten @returns {Promise<DataSecrets>} */
  static async of(secret) {
    const source = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits", "deriveKey"]);
    secret.fill(0);
    const parameters = hkdf(new Uint8Array(0), utf8(EPOCH_LABEL));
    const id = new Uint8Array(await crypto.subtle.deriveBits(parameters, source, EPOCH_BYTES * 8));
    return new DataSecrets(source, id);
  }

  /** Use `of`. */
  constructor(source, id) {
    this.source = source;
    /** @type {Uint8Array} the epoch's name in frames: tells epochs apart and nothing of the secret */
    this.id = id;
  }

  /**
   * @param {string} pid of the sender
   * @param {Uint8Array} salt of the sender's connection, random
   * @returns {Promise<CryptoKey>}
   * @throws {RangeError} where the salt has not its length
   */
  senderKey(pid, salt) {
    if (salt.length !== SALT_BYTES) throw new RangeError(`a salt has ${SALT_BYTES} bytes`);
    const parameters = hkdf(salt, concat(utf8(KEY_LABEL), utf8(pid)));
    return crypto.subtle.deriveKey(parameters, this.source, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  }
}

function hkdf(salt, info) {
  return { name: "HKDF", hash: "SHA-256", salt, info };
}
