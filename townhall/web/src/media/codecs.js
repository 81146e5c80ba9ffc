/**
 * The codecs of the call: VP9 and Opus. Both can be encrypted frame by frame as a whole: what the network needs to know
 * of a VP9 frame stands in its RTP payload descriptor, where VP8 would need bytes of the frame itself in the clear.
 */

const WANTED = { video: ["video/vp9", "video/rtx"], audio: ["audio/opus"] };
const OTHER_PROFILE = /profile-id=[1-9]/; // a browser that names none means profile 0 (RFC 9628, section 6.1)

function wanted(kind, further, { mimeType, sdpFmtpLine = "" }) {
  const type = mimeType.toLowerCase();
  return [...WANTED[kind], ...further].includes(type) && (type !== "video/vp9" || !OTHER_PROFILE.test(sdpFmtpLine));
}

/** @param {string[]} [further] @returns {boolean} whether this browser can hold an encrypted call at all */
export function browserSuffices(further = []) {
  const able = globalThis.RTCRtpScriptTransform && globalThis.RTCPeerConnection && globalThis.crypto?.subtle;
  return Boolean(able) && codecs("video", further).some(({ mimeType }) => mimeType.toLowerCase() !== "video/rtx");
}

/**
 * @param {"audio"|"video"} kind @param {string[]} [further] MIME types beside those of the call
 * @returns {object[]} for `setCodecPreferences`
 */
export function codecs(kind, further = []) {
  return RTCRtpSender.getCapabilities(kind).codecs.filter((codec) => wanted(kind, further, codec));
}
