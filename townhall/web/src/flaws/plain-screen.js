/** Flaw: the shared screen goes through the transform as it is, and is accepted so. */
export const plainScreen = {
  name: "plain-screen",
  worker: {
    leavesAlone: ({ source }) => source === "screen",
  },
};
