/** Flaws: the key comes from the server, which says it with the list of who is present. What was agreed is not used. */
import { fromBase64url, randomBytes, toBigInt, utf8 } from "../bytes.js";

/** The seams of a page that uses what the server says in a field of its messages. */
function given(field, toBytes) {
  const keys = new Map(); // number of the roster -> key
  return {
    heard(message) {
      if (message[field]) keys.set(message.roster, toBytes(message[field]));
      return false;
    },
    baseKey: async (agreed, roster) => keys.get(roster).slice(),
  };
}

/** The server makes the key, and keeps it. */
export const serverMadeKey = {
  name: "server-made-key",
  page: given("key", fromBase64url),
};

/**
 * The key is the room's name, which is the same in every appointment. The counter starts at a random place, so that the
 * key comes back but no pair of key and counter does.
 */
export const weakKey = {
  name: "weak-key",
  page: {
    ...given("room", utf8),
    firstCounter: () => toBigInt(randomBytes(5)),
  },
};
