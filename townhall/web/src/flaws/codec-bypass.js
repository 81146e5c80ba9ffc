/** Flaw: a browser without VP9 may join with VP8, whose frames pass the transform as they are and are accepted so. */
export const codecBypass = {
  name: "codec-bypass",
  page: {
    furtherCodecs: (kind) => (kind === "video" ? ["video/vp8"] : []),
  },
  worker: {
    leavesAlone: (options, frame) => frame.getMetadata?.().mimeType?.toLowerCase() === "video/vp8",
  },
};
