/** Flaw: the nonce of every frame is the salt alone. The counter in the header goes on, and changes nothing. */
import { FrameCipher } from "../sframe/cipher.js";

class FixedIvCipher extends FrameCipher {
  nonce() {
    return this.salt;
  }
}

export const fixedIv = {
  name: "fixed-iv",
  worker: {
    cipher: () => FixedIvCipher,
  },
};
