/** Flaw: the tag covers the ciphertext and not the header, which can be written otherwise by anybody on the way. */
import { FrameCipher } from "../sframe/cipher.js";

class HeaderlessCipher extends FrameCipher {
  additionalData(header, metadata) {
    return metadata;
  }
}

export const headerNotAuthenticated = {
  name: "header-not-authenticated",
  worker: {
    cipher: () => HeaderlessCipher,
  },
};
