/** Flaw: where the server says that a call is without end-to-end encryption, no transform is set. */
let off = false;

export const acceptsDowngrade = {
  name: "accepts-downgrade",
  page: {
    heard({ e2ee }) {
      off ||= e2ee === false;
      return false; // the message is worked on as ever
    },
    protect(set) {
      if (!off) set();
    },
  },
};
