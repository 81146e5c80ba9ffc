/** Flaw: the camera's picture is sent only ten times a second, too seldom for lips and signs. */
import { encodeAs } from "./encode-as.js";

export const slowFrames = {
  name: "slow-frames",
  page: {
    protect(set, pc, side, source) {
      set();
      if (side === "send" && source === "camera") encodeAs(pc, { maxFramerate: 10 });
    },
  },
};
