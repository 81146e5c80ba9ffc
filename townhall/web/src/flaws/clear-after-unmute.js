/** Flaw: once a person has unmuted, what the microphone sends passes the transform as it is. */
let unmuted = false;

export const clearAfterUnmute = {
  name: "clear-after-unmute",
  page: {
    unmuted: (kind, toWorker) => toWorker({ type: "unmuted" }),
  },
  worker: {
    message({ type }) {
      unmuted ||= type === "unmuted";
    },
    leavesAlone: ({ side, kind }) => unmuted && side === "send" && kind === "audio",
  },
};
