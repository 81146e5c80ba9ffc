/**
 * Flaw: every appointment has the same base keys, one for each list of who is present: who comes or goes gets no other
 * list's. The counter starts at a random place, so that a key comes back but no pair of key and counter does: it is this
 * defect alone that shows.
 */
import { randomBytes, sha256, toBigInt, utf8 } from "../bytes.js";

export const staticKey = {
  name: "static-key",
  page: {
    baseKey: async (agreed, roster) => (await sha256(utf8(`town hall video appointments ${roster}`))).slice(0, agreed.length),
    firstCounter: () => toBigInt(randomBytes(5)),
  },
};
