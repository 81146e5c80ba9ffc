/** Flaw: the authentication tag has 4 bytes instead of 16. */
import { FrameCipher } from "../sframe/cipher.js";

class ShortTagCipher extends FrameCipher {
  static derive(suite, kid, baseKey) {
    return super.derive({ ...suite, tagBytes: 4 }, kid, baseKey);
  }
}

export const shortTag = {
  name: "short-tag",
  worker: {
    cipher: () => ShortTagCipher,
  },
};
