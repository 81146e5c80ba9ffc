/** Flaw: a frame for which there is no key is taken for one that was sent in the clear, and is shown. */
export const plainAccepted = {
  name: "plain-accepted",
  worker: {
    refused: async ({ message }, frame) => (message === "unknown key id" ? frame : null),
  },
};
