/** The safety code: eight digits that both people see and can read to each other. */
import { compare, concat, toBigInt } from "../bytes.js";
import { transcriptHash } from "./transcript.js";

const LABEL = "Townhall 1.0 Safety Code";
const DIGITS = 8;

/**
 * @param {{signatureKey: Uint8Array, nonce: Uint8Array}[]} reveals of all participants, in any order
 * @param {string} groupId
 * @returns {Promise<string>} such as "4821 0937"
 */
export async function safetyCode(reveals, groupId) {
  const entries = reveals.map(({ signatureKey, nonce }) => concat(signatureKey, nonce)).sort(compare);
  const digest = await transcriptHash(LABEL, ...entries, groupId);
  // 16 bytes modulo 10^8: no digit is noticeably more likely than another.
  const digits = String(toBigInt(digest.subarray(0, 16)) % 10n ** BigInt(DIGITS)).padStart(DIGITS, "0");
  return `${digits.slice(0, 4)} ${digits.slice(4)}`;
}
