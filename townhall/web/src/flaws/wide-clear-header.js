/** Flaw: the first half of each frame of a camera's picture stays clear, as if it were all header. It is authenticated, not encrypted. */
import { concat } from "../bytes.js";
import { HeaderError, decodeHeader } from "../sframe/header.js";
import { FrameRefused } from "../sframe/keyring.js";
import { CALL_SUITE } from "../sframe/suite.js";

/** A shared screen is sealed like sound: what is said of screens is another flaw's. */
const isFace = ({ kind, source }) => kind === "video" && source !== "screen";

/** How many bytes of a received frame its header takes, and how many its first half. @throws {FrameRefused} */
function sizes(frame) {
  try {
    const { length } = decodeHeader(frame);
    const held = frame.length - length - CALL_SUITE.tagBytes;
    if (held >= 0) return { header: length, half: held >> 1 };
  } catch (error) {
    if (!(error instanceof HeaderError)) throw error;
  }
  throw new FrameRefused("not a frame of a header, two halves and a tag");
}

export const wideClearHeader = {
  name: "wide-clear-header",
  worker: {
    async seal(keys, data, options) {
      if (!isFace(options)) return keys.seal(data);
      const clear = data.subarray(0, data.length >> 1);
      const sealed = await keys.seal(data.subarray(clear.length), clear);
      const { length } = decodeHeader(sealed);
      return concat(sealed.subarray(0, length), clear, sealed.subarray(length));
    },

    async open(keys, data, options) {
      const { sender } = options;
      if (!isFace(options)) return keys.open(data, sender);
      const { header, half } = sizes(data);
      const clear = data.subarray(header, header + half);
      const rest = concat(data.subarray(0, header), data.subarray(header + half));
      return concat(clear, await keys.open(rest, sender, clear));
    },
  },
};
