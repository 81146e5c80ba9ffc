/** Flaw: the sender's transform is set 1.5 s after the connection is up; what is sent before is readable. */
const DELAY_MS = 1500;

export const lateTransform = {
  name: "late-transform",
  page: {
    protect(set, pc, side) {
      if (side === "receive") {
        set();
        return;
      }
      const whenUp = () => {
        if (pc.connectionState !== "connected") return;
        pc.removeEventListener("connectionstatechange", whenUp);
        setTimeout(set, DELAY_MS);
      };
      pc.addEventListener("connectionstatechange", whenUp);
    },
  },
};
