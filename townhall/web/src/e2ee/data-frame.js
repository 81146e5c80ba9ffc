/**
 * A data frame as the server relays it: everything it needs to be opened, and nothing of what it says (ADR 0005).
 *
 *     version 1 | kind 1 | epoch id 8 | salt 16 | counter 8 | AES-GCM ciphertext and tag
 *
 * The plaintext is its length in 4 bytes, the content, and zeros up to the next size of `SIZES`: whoever counts bytes
 * cannot tell a "yes" from a "no", or the letters of a name.
 */
import { bigEndian, concat, toBigInt } from "../bytes.js";

const VERSION = 1;
const LENGTH_BYTES = 4;
export const EPOCH_BYTES = 8;
export const SALT_BYTES = 16;
export const COUNTER_BYTES = 8;
export const HEADER_BYTES = 2 + EPOCH_BYTES + SALT_BYTES + COUNTER_BYTES;

/** Sizes of padded plaintexts in bytes. The largest, sealed and in base64, stays below the relay's 64 KiB. */
export const SIZES = [256, 1024, 4096, 16_384, 40_960];

/** The longest content of one frame, in bytes. */
export const MAX_CONTENT = SIZES.at(-1) - LENGTH_BYTES;

/** A data frame that is not opened; the message says why in a few words. */
export class DataRefused extends Error {}

/** @typedef {{kind: number, epoch: Uint8Array, salt: Uint8Array, counter: bigint}} DataHeader */

/** @param {DataHeader} header @returns {Uint8Array} */
export function encodeHeader({ kind, epoch, salt, counter }) {
  return concat(Uint8Array.of(VERSION, kind), epoch, salt, bigEndian(counter, COUNTER_BYTES));
}

/** @param {Uint8Array} frame @returns {DataHeader} @throws {DataRefused} */
export function decodeHeader(frame) {
  if (frame.length < HEADER_BYTES) throw new DataRefused("the frame is too short");
  if (frame[0] !== VERSION) throw new DataRefused("the frame is of another version");
  const parts = [EPOCH_BYTES, SALT_BYTES, COUNTER_BYTES];
  let at = 2;
  const [epoch, salt, counter] = parts.map((length) => frame.slice(at, (at += length)));
  return { kind: frame[1], epoch, salt, counter: toBigInt(counter) };
}

/** @param {Uint8Array} content at most `MAX_CONTENT` bytes @returns {Uint8Array} of one of the `SIZES` @throws {RangeError} */
export function pad(content) {
  const size = SIZES.find((one) => content.length + LENGTH_BYTES <= one);
  if (size === undefined) throw new RangeError(`no frame holds ${content.length} bytes`);
  const padded = new Uint8Array(size);
  padded.set(bigEndian(content.length, LENGTH_BYTES));
  padded.set(content, LENGTH_BYTES);
  return padded;
}

/** @param {Uint8Array} padded @returns {Uint8Array} the content @throws {DataRefused} */
export function unpad(padded) {
  const length = Number(toBigInt(padded.subarray(0, LENGTH_BYTES)));
  if (padded.length < LENGTH_BYTES + length) throw new DataRefused("the padding does not fit");
  return padded.slice(LENGTH_BYTES, LENGTH_BYTES + length);
}
