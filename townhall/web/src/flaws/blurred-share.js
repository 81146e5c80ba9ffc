/** Flaw: a shared screen is sent so small that nobody can read it. */
import { encodeAs } from "./encode-as.js";

export const blurredShare = {
  name: "blurred-share",
  page: {
    protect(set, pc, side, source) {
      set();
      if (side === "send" && source === "screen") encodeAs(pc, { scaleResolutionDownBy: 6 });
    },
  },
};
