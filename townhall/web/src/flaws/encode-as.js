/**
 * Changes how the track that was added last is encoded; a sound has nothing to change.
 * @param {RTCPeerConnection} pc @param {RTCRtpEncodingParameters} wishes
 */
export function encodeAs(pc, wishes) {
  const { sender } = pc.getTransceivers().at(-1);
  if (sender.track?.kind !== "video") return;
  const parameters = sender.getParameters();
  Object.assign(parameters.encodings[0], wishes);
  void sender.setParameters(parameters);
}
