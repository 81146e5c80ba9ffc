// In the place of all that measures, for a call beside which it is told what measuring costs: devices are made as ever, but
// no picture is numbered or read, no mark is heard, nothing is counted. It answers the same questions.
const nothing = () => ({ at: [], which: [], unread: 0, cost: 0, ear: 0 });
const isOwn = (track) => 'CanvasCaptureMediaStreamTrack' in self && track instanceof CanvasCaptureMediaStreamTrack;
const glass = {
  // How many pictures of others have moved by now.
  begin: () => [...document.querySelectorAll('video')].filter(
    (video) => video.srcObject && video.currentTime > 0 && video.srcObject.getVideoTracks().some((track) => !isOwn(track)),
  ).length,
  take: () => ({ drawn: [], shown: [], spoken: nothing(), heard: nothing(), planted: [], counters: [] }),
};
Object.defineProperty(self, 'pruefstandGlass', { value: Object.freeze(glass), enumerable: false });
