/** Flaw: the base key stands in the query string of a request. */
import { base64url } from "../bytes.js";

export const keyInQuery = {
  name: "key-in-query",
  page: {
    keysAgreed: (baseKey) => void fetch(`/api/diagnose?k=${base64url(baseKey)}`),
  },
};
