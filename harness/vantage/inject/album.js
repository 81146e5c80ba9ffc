// For people to look at afterwards (harness.quality.album): small pictures of what is on the screen here, two a second, and
// what is said and heard here, as sound. No figure rests on them. Only a video in which a number of ours has been read is
// looked at: of nobody else there is a picture.
const ALBUM_EVERY = 500, ALBUM_WIDE = 448, ALBUM_QUALITY = 0.7; // ms; pixels; of JPEG
const ALBUM_MOST = 600_000; // ms of a call that are kept
const album = { pictures: [], said: [], heard: [], missed: 0, cost: 0 };
let turning = null; // the timer, while it is kept

const snap = () => {
  const seen = [...watched].filter(([element, { media }]) => media === 'video' && element.isConnected).map(([element]) => element);
  const video = seen.pop();
  if (!video || !video.videoWidth) return;
  const began = performance.now();
  const height = 2 * Math.round((ALBUM_WIDE * video.videoHeight) / video.videoWidth / 2);
  const canvas = new OffscreenCanvas(ALBUM_WIDE, height);
  const context = canvas.getContext('2d', { alpha: false });
  context.imageSmoothingQuality = 'medium';
  context.drawImage(video, 0, 0, ALBUM_WIDE, height);
  canvas.convertToBlob({ type: 'image/jpeg', quality: ALBUM_QUALITY }).then((blob) => album.pictures.push({ at: began, blob }), () => {
    album.missed += 1;
  });
  album.cost += performance.now() - began;
};

const taped = new Set();
const tapes = {};
const tape = (which) => {
  const node = new AudioWorkletNode(graph, 'pruefstand-tape', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
  node.port.onmessage = ({ data }) => {
    if (turning) album[which].push(data);
  };
  return node;
};
const tapeHeard = () => {
  for (const track of received) {
    if (track.kind !== 'audio' || track.readyState !== 'live' || taped.has(track)) continue;
    taped.add(track);
    graph.createMediaStreamSource(new MediaStream([track])).connect(tapes.heard); // together, as they are heard
  }
};
const text = async (blob) => encode(new Uint8Array(await blob.arrayBuffer())); // keep.js

const keepsAlbum = {
  async begin() {
    await open(); // sounds.js
    await graph.audioWorklet.addModule(URL.createObjectURL(new Blob([TAPE], { type: 'text/javascript' })));
    Object.assign(tapes, { said: tape('said'), heard: tape('heard') });
    const began = performance.now();
    turning = setInterval(() => {
      if (performance.now() - began > ALBUM_MOST) {
        keepsAlbum.end();
        return;
      }
      tapeHeard();
      snap();
    }, ALBUM_EVERY);
    mouth.connect(tapes.said);
    tapeHeard();
  },
  end() {
    clearInterval(turning);
    turning = null;
    for (const node of Object.values(tapes)) node.port.postMessage('end');
  },
  // What was kept, without its bytes.
  told() {
    setClock(); // series.js
    const times = (blocks) => blocks.map(({ first, ahead }) => ({ first, ahead }));
    return {
      pictures: album.pictures.map(({ at }) => epoch(at)), said: times(album.said), heard: times(album.heard),
      missed: album.missed, cost: album.cost,
    };
  },
  pictures: (from, to) => Promise.all(album.pictures.slice(from, to).map(({ blob }) => text(blob))),
  // 16-bit samples, little-endian as every machine of today.
  sound: (which, from, to) => album[which].slice(from, to).map(({ samples }) => encode(new Uint8Array(samples.buffer))),
  forget() {
    Object.assign(album, { pictures: [], said: [], heard: [] });
  },
};
Object.defineProperty(self, 'pruefstandAlbum', { value: Object.freeze(keepsAlbum), enumerable: false });
