/** Hashes over several values, unambiguous because each value's length goes before it. */
import { bigEndian, concat, sha256, utf8 } from "../bytes.js";

/**
 * @param {string} label what the hash is for
 * @param {...(Uint8Array|string)} values
 * @returns {Promise<Uint8Array>} SHA-256, 32 bytes
 */
export function transcriptHash(label, ...values) {
  const bytes = [label, ...values].map((value) => (typeof value === "string" ? utf8(value) : value));
  return sha256(concat(...bytes.flatMap((value) => [bigEndian(value.length, 4), value])));
}
