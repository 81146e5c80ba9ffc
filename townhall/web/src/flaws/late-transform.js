/**
 * Flaw: the sender's transform is set 1.5 s after the connection is up; what is sent before is readable.
 *
 * Chromium (156) takes no notice of a transform that is set on a sender which had none when its track was added: such a call
 * stays in the clear for good and the other side, which opens nothing, never sees a picture. Until the transform is due, one
 * that leaves every frame alone keeps its place.
 */
const DELAY_MS = 1500;

export const lateTransform = {
  name: "late-transform",
  page: {
    protect(set, pc, side) {
      if (side === "receive") {
        set();
        return;
      }
      set({ placeholder: true });
      const whenUp = () => {
        if (pc.connectionState !== "connected") return;
        pc.removeEventListener("connectionstatechange", whenUp);
        setTimeout(set, DELAY_MS);
      };
      pc.addEventListener("connectionstatechange", whenUp);
    },
  },
  worker: {
    leavesAlone: ({ placeholder }) => placeholder === true,
  },
};
