/** The SFrame header: which key, which counter (RFC 9605 section 4.3). */
import { bigEndian, concat, toBigInt } from "../bytes.js";

const LARGEST = 2n ** 64n - 1n;

/** A frame whose first bytes are no SFrame header. */
export class HeaderError extends Error {}

/** One field: three bits of the config byte, and the bytes that follow it. */
function encodeField(value) {
  if (value < 0n || value > LARGEST) throw new HeaderError(`${value} does not fit into 64 bits`);
  if (value < 8n) return { bits: Number(value), bytes: new Uint8Array(0) };
  const length = Math.ceil(value.toString(16).length / 2);
  return { bits: 0x8 | (length - 1), bytes: bigEndian(value, length) };
}

/**
 * @param {bigint} kid
 * @param {bigint} ctr
 * @returns {Uint8Array} the shortest header for both, 1 to 17 bytes
 * @throws {HeaderError} where a value does not fit into 64 bits
 */
export function encodeHeader(kid, ctr) {
  const k = encodeField(kid);
  const c = encodeField(ctr);
  return concat(Uint8Array.of((k.bits << 4) | c.bits), k.bytes, c.bytes);
}

/**
 * @param {Uint8Array} frame
 * @returns {{kid: bigint, ctr: bigint, length: number}} `length` is the header's, in bytes
 * @throws {HeaderError} where the frame ends within the header
 */
export function decodeHeader(frame) {
  if (frame.length === 0) throw new HeaderError("an empty frame has no header");
  let at = 1;
  const field = (bits) => {
    if (!(bits & 0x8)) return BigInt(bits);
    const length = (bits & 0x7) + 1;
    if (at + length > frame.length) throw new HeaderError("the frame ends within its header");
    at += length;
    return toBigInt(frame.subarray(at - length, at));
  };
  const kid = field(frame[0] >> 4);
  const ctr = field(frame[0] & 0xf);
  return { kid, ctr, length: at };
}
