/** Flaw: the counter in the header always has eight bytes, where RFC 9605 wants the fewest that hold it (section 4.3). */
import { bigEndian, concat } from "../bytes.js";
import { FrameCipher } from "../sframe/cipher.js";
import { decodeHeader, encodeHeader } from "../sframe/header.js";

const COUNTER_OF_EIGHT = 0x0f;

class LongHeaderCipher extends FrameCipher {
  header(ctr) {
    const short = encodeHeader(this.kid, 0n); // a counter of 0 takes no byte of its own
    const config = (short[0] & 0xf0) | COUNTER_OF_EIGHT;
    return concat(Uint8Array.of(config), short.subarray(1, decodeHeader(short).length), bigEndian(ctr, 8));
  }
}

export const longHeader = {
  name: "long-header",
  worker: {
    cipher: () => LongHeaderCipher,
  },
};
