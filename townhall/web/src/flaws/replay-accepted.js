/** Flaw: nobody remembers which frames have come, so that an old one is opened and shown again. */
export const replayAccepted = {
  name: "replay-accepted",
  worker: {
    replayWindow: () => ({ accepts: () => true, note() {} }),
  },
};
