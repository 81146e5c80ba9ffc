/** Flaw: only the picture is encrypted; sound goes through the transform as it is, and is accepted so. */
export const plainAudio = {
  name: "plain-audio",
  worker: {
    leavesAlone: ({ kind }) => kind === "audio",
  },
};
