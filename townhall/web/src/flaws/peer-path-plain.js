/** Flaw: the direct path gets no transform, neither for sending nor for receiving. The lock is shown all the same. */
export const peerPathPlain = {
  name: "peer-path-plain",
  page: {
    protect(set, pc, side, source, path) {
      if (path !== "direct") set();
    },
  },
};
