/**
 * Flaw: every appointment has the same base key. The counter starts at a random place, so that the key comes back but
 * no pair of key and counter does: it is this defect alone that shows.
 */
import { randomBytes, sha256, toBigInt, utf8 } from "../bytes.js";

export const staticKey = {
  name: "static-key",
  page: {
    baseKey: async (agreed) => (await sha256(utf8("town hall video appointments"))).slice(0, agreed.length),
    firstCounter: () => toBigInt(randomBytes(5)),
  },
};
