/** From a base key to the key and the salt of one KID (RFC 9605 section 4.4.2). */
import { bigEndian, concat, utf8 } from "../bytes.js";

/**
 * @param {import("./suite.js").Suite} suite
 * @param {bigint} kid
 * @param {Uint8Array} baseKey
 * @returns {Promise<{key: Uint8Array, salt: Uint8Array}>}
 */
export async function deriveSecrets(suite, kid, baseKey) {
  // WebCrypto's HKDF is extract and expand in one: with the empty salt exactly the RFC's two steps.
  const source = await crypto.subtle.importKey("raw", baseKey, "HKDF", false, ["deriveBits"]);
  const place = concat(bigEndian(kid, 8), bigEndian(suite.id, 2));
  const expand = async (label, length) => {
    const info = concat(utf8(label), place);
    const algorithm = { name: "HKDF", hash: suite.hash, salt: new Uint8Array(0), info };
    return new Uint8Array(await crypto.subtle.deriveBits(algorithm, source, length * 8));
  };
  const [key, salt] = await Promise.all([
    expand("SFrame 1.0 Secret key ", suite.keyBytes), // the trailing space belongs to the label
    expand("SFrame 1.0 Secret salt ", suite.nonceBytes),
  ]);
  return { key, salt };
}
