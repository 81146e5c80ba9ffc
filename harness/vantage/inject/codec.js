// A browser that has one codec of its kind (CODEC, a MIME type) and what repairs it: the others are not offered, not
// preferred, and not in any description that the page sets.
const [kind, name] = CODEC.toLowerCase().split('/');
const repairs = /^(rtx|red|ulpfec|flexfec-03)$/;
const kept = (codec) => {
  const [ofKind, ofName] = codec.mimeType.toLowerCase().split('/');
  return ofKind !== kind || ofName === name || repairs.test(ofName);
};
for (const end of [self.RTCRtpSender, self.RTCRtpReceiver]) {
  const own = end && end.getCapabilities;
  if (!own) continue;
  end.getCapabilities = (wanted) => {
    const able = own.call(end, wanted);
    return able && { ...able, codecs: able.codecs.filter(kept) };
  };
}
if (self.RTCRtpTransceiver) {
  const prefer = RTCRtpTransceiver.prototype.setCodecPreferences;
  RTCRtpTransceiver.prototype.setCodecPreferences = function (codecs) {
    const chosen = codecs.filter(kept);
    // An empty list would mean "all of the browser's": here these are the few that are left.
    const mine = this.sender.track ? this.sender.track.kind : this.receiver.track.kind;
    return prefer.call(this, chosen.length ? chosen : RTCRtpSender.getCapabilities(mine).codecs);
  };
}
