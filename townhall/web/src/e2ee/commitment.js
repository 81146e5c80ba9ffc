/**
 * Commitment before reveal: a participant binds itself to its key package and nonce before it sees the others'. Whoever
 * sits in between has to choose its own keys blindly, so it gets one guess at the safety code a round (ADR 0003).
 */
import { equal } from "../bytes.js";
import { transcriptHash } from "./transcript.js";

const LABEL = "Townhall 2.0 Commitment";

/** @typedef {{keyPackage: Uint8Array, nonce: Uint8Array}} Reveal */

/** Bytes of a nonce. It hides the key package until the reveal and makes each round's safety code new. */
export const NONCE_BYTES = 32;

/**
 * @param {string} appointment
 * @param {string} round that the reveal is for: a commitment of one round says nothing in another
 * @param {string} role
 * @param {Reveal} reveal
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export function commitTo(appointment, round, role, { keyPackage, nonce }) {
  return transcriptHash(LABEL, appointment, round, role, keyPackage, nonce);
}

/**
 * @param {Uint8Array} commitment as it was received
 * @param {string} appointment
 * @param {string} round
 * @param {string} role
 * @param {Reveal} reveal
 * @returns {Promise<boolean>} whether the reveal is what was committed to
 */
export async function keeps(commitment, appointment, round, role, reveal) {
  return reveal.nonce.length === NONCE_BYTES && equal(commitment, await commitTo(appointment, round, role, reveal));
}
