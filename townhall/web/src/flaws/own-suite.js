/** Flaw: the keys are derived for a cipher suite that no registry knows (RFC 9605 section 8.1 leaves F000 to private use). */
import { FrameCipher } from "../sframe/cipher.js";

const OWN = 0xf000;

class OwnSuiteCipher extends FrameCipher {
  static derive(suite, kid, baseKey) {
    return super.derive({ ...suite, id: OWN }, kid, baseKey);
  }
}

export const ownSuite = {
  name: "own-suite",
  worker: {
    cipher: () => OwnSuiteCipher,
  },
};
