/** Flaw: the base key travels in a message of the call's WebSocket. */
import { base64url } from "../bytes.js";

export const keyInSignalling = {
  name: "key-in-signalling",
  page: {
    keysAgreed: (baseKey, signal) => signal({ type: "e2ee-status", key: base64url(baseKey) }),
  },
};
