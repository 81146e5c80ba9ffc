/** Messages that are longer than one frame: cut at the sender, put together at the receiver. */
import { bigEndian, concat, toBigInt } from "../bytes.js";
import { MAX_CONTENT } from "../e2ee/data-frame.js";

const HEADER_BYTES = 8; // number of the message 4, place 2, count 2
const ROOM = MAX_CONTENT - HEADER_BYTES;

/** No message is longer, in bytes; a form with everything ever typed into it is far below. */
export const MAX_MESSAGE = 1024 * 1024;

/** @param {number} number of the message, unique for its sender and kind @param {Uint8Array} message @returns {Uint8Array[]} */
export function cut(number, message) {
  if (message.length > MAX_MESSAGE) throw new RangeError(`a message of ${message.length} bytes is too long`);
  const count = Math.max(1, Math.ceil(message.length / ROOM));
  return Array.from({ length: count }, (_, place) =>
    concat(bigEndian(number, 4), bigEndian(place, 2), bigEndian(count, 2), message.subarray(place * ROOM, (place + 1) * ROOM)),
  );
}

/** Puts together what one sender cut, one kind of message. Fragments come in order; one that is missing drops its message. */
export class Assembly {
  #number = -1;
  #parts = [];

  /** @param {Uint8Array} fragment @returns {Uint8Array|null} the message, once it is whole */
  add(fragment) {
    const [number, place, count] = [[0, 4], [4, 6], [6, 8]].map(([from, to]) => Number(toBigInt(fragment.subarray(from, to))));
    const fits = place === 0 || (number === this.#number && place === this.#parts.length);
    if (!fits || count * ROOM > MAX_MESSAGE + ROOM) {
      this.#parts = [];
      return null;
    }
    if (place === 0) this.#parts = [];
    this.#number = number;
    this.#parts.push(fragment.subarray(HEADER_BYTES));
    if (place + 1 < count) return null;
    const message = concat(...this.#parts);
    this.#parts = [];
    return message;
  }
}
