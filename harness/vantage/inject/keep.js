// Keeps a stretch of what was shown and heard here, to be scored against what was sent (harness.scores): the luma of each
// picture as it was decoded, and the samples of the others' sound. And lets the microphone say nothing but the voice for
// a stretch, without the marks and the hum of the room, which no score of speech knows.
const KEEPER = `registerProcessor('pruefstand-keeper', class extends AudioWorkletProcessor {
  constructor() { super(); this.block = new Float32Array(4800); this.filled = 0; }
  process([input]) {
    const sound = input[0] || new Float32Array(128);
    for (let i = 0; i < sound.length; i += 1) {
      this.block[this.filled] = sound[i];
      this.filled += 1;
      if (this.filled < this.block.length) continue;
      this.port.postMessage(this.block, [this.block.buffer]);
      this.block = new Float32Array(4800);
      this.filled = 0;
    }
    return true;
  }
});`;
const encode = (bytes) => { // base64
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode.apply(null, bytes.subarray(i, i + 0x8000));
  return btoa(text);
};
const KEPT_PICTURES = 200, KEPT_SECONDS = 30; // whatever is asked for
let kept = { pictures: [], sound: [], from: 0, to: 0, cost: 0, missed: 0 };

// Keeps up to `most` pictures of the others' `media` ("video", "screen") that are shown within `ms`.
const see = (media, most, ms) => new Promise((resolve) => {
  const video = [...watched].filter(([element, seen]) => seen.media === media && element.isConnected).map(([element]) => element).pop();
  if (!video) {
    resolve(0);
    return;
  }
  const ends = performance.now() + ms;
  let last = null, ended = false, pending = 0;
  const end = () => {
    ended = true;
    if (!pending) resolve(kept.pictures.length);
  };
  const timer = setTimeout(end, ms); // where no more pictures come
  const look = (now, { mediaTime, expectedDisplayTime }) => {
    if (ended) return;
    if (performance.now() > ends || kept.pictures.length + pending >= Math.min(most, KEPT_PICTURES)) {
      clearTimeout(timer);
      end();
      return;
    }
    video.requestVideoFrameCallback(look);
    if (mediaTime === last) return;
    last = mediaTime;
    const began = performance.now();
    const frame = new VideoFrame(video);
    if (!['I420', 'I420A', 'NV12'].includes(frame.format)) { // whose first plane is luma
      kept.missed += 1;
      frame.close();
      return;
    }
    pending += 1;
    const { width, height } = frame.visibleRect;
    const bytes = new Uint8Array(frame.allocationSize());
    frame.copyTo(bytes).then(([{ offset, stride }]) => {
      const resumed = performance.now();
      const number = numberOf(levelsOf(bytes, offset, stride, width, height)); // strip.js
      kept.pictures.push({
        at: expectedDisplayTime || now, width, height, stride, number: number === null ? null : number % SCREEN_BIT,
        luma: bytes.slice(offset, offset + stride * height),
      });
      kept.cost += performance.now() - resumed;
    }, () => { kept.missed += 1; }).finally(() => {
      frame.close();
      pending -= 1;
      if (ended && !pending) resolve(kept.pictures.length);
    });
    kept.cost += performance.now() - began;
  };
  video.requestVideoFrameCallback(look);
});

let keeper = null;
// Keeps `ms` of the others' sound; resolves with the number of samples.
const hear = async (ms) => {
  const track = received.filter(({ kind, readyState }) => kind === 'audio' && readyState === 'live').pop();
  if (!track) return 0;
  await open();
  keeper = keeper || graph.audioWorklet.addModule(URL.createObjectURL(new Blob([KEEPER], { type: 'text/javascript' })));
  await keeper;
  const node = new AudioWorkletNode(graph, 'pruefstand-keeper', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
  const source = graph.createMediaStreamSource(new MediaStream([track]));
  const wanted = (Math.min(ms, KEPT_SECONDS * 1000) / 1000) * GRAPH_RATE;
  kept.sound = [];
  kept.from = performance.now();
  source.connect(node);
  await new Promise((resolve) => {
    const timer = setTimeout(resolve, ms + 5000); // where the graph stands still
    node.port.onmessage = ({ data }) => {
      kept.sound.push(data);
      if (kept.sound.length * data.length < wanted) return;
      clearTimeout(timer);
      resolve();
    };
  });
  source.disconnect();
  kept.to = performance.now();
  return kept.sound.reduce((sum, block) => sum + block.length, 0);
};

let only = null;
// For `ms` the microphone says the voice alone, in a loop from its beginning; false where it has none.
const speak = async (ms) => {
  if (!DEVICES.voice || !mouth) return false;
  const buffer = await load(DEVICES.voice).then((answer) => answer.arrayBuffer()).then((file) => graph.decodeAudioData(file));
  if (only) only.stop();
  only = new AudioBufferSourceNode(graph, { buffer, loop: true });
  only.connect(new GainNode(graph, { gain: DEVICES.level })).connect(outgoing);
  mouth.gain.value = 0; // sounds.js: voice, marks and room
  only.start();
  only.stop(graph.currentTime + ms / 1000);
  only.onended = ({ target }) => {
    if (target === only) mouth.gain.value = 1;
  };
  return true;
};

const keep = {
  see, hear, speak,
  // What was kept, without its bytes, which `luma` and `sound` give out piece by piece.
  told() {
    setClock(); // series.js
    return {
      pictures: kept.pictures.map(({ luma, at, ...rest }) => ({ ...rest, at: epoch(at) })),
      from: epoch(kept.from), to: epoch(kept.to), cost: kept.cost, missed: kept.missed,
    };
  },
  luma: (from, to) => kept.pictures.slice(from, to).map(({ luma }) => encode(luma)),
  // 16-bit samples, little-endian as every machine of today.
  sound: () => encode(new Uint8Array(Int16Array.from(kept.sound.flatMap((block) => [...block]), (each) =>
    Math.round(Math.max(-1, Math.min(1, each)) * 32767)).buffer)),
  forget() {
    kept = { pictures: [], sound: [], from: 0, to: 0, cost: 0, missed: 0 };
  },
};
Object.defineProperty(self, 'pruefstandKeep', { value: Object.freeze(keep), enumerable: false });
