/**
 * Flaw: the two people of a call encrypt with one key, for their KIDs do not tell them apart. Their counters start at random
 * places, so that no pair of key and counter comes twice: it is this defect alone that shows.
 */
import { randomBytes, toBigInt } from "../bytes.js";

const SHARED_KID = 1n;

export const oneKeyBothWays = {
  name: "one-key-both-ways",
  page: {
    async install(guard, keys) {
      if (keys.peers.length > 1) guard.install(keys); // a third person makes everybody's key their own again
      else guard.install({ ...keys, ownKid: SHARED_KID, peers: keys.peers.map((peer) => ({ ...peer, kid: SHARED_KID })) });
    },
    firstCounter: () => toBigInt(randomBytes(5)),
  },
};
