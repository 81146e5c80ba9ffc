// Runs after devices.js, in calls that are measured: the camera shows a coloured patch and the microphone beeps at the
// same moments, and the page notes when which patch and which beep of the other person reach it. Four colours and four
// pitches in turn make a moment unmistakable within two seconds. All times are milliseconds of performance.now().
const EVERY = 500, LASTS = 120, PATCH = 96;
const COLOURS = ['#ff0000', '#00ff00', '#0000ff', '#ffffff'];
const PITCHES = [600, 1100, 1600, 2100]; // Hz
const LOUD = 0.05; // of full scale: a beep has 0.5
const NOISE = 0.004;
const RATE = 48000;

let graph = null;
const open = () => {
  graph = graph || new AudioContext({ sampleRate: RATE, latencyHint: 'interactive' });
  graph.resume();
  return graph;
};

const source = { moments: [], drawn: [] };
let output = null;
soundTrack = async () => {
  output = open().createMediaStreamDestination();
  output.channelCount = 1;
  // A room is never quite silent, and a graph in which nothing sounds would send nothing at all.
  const buffer = new AudioBuffer({ length: RATE, sampleRate: RATE });
  buffer.copyToChannel(Float32Array.from({ length: RATE }, () => (Math.random() - 0.5) * NOISE), 0);
  const room = new AudioBufferSourceNode(graph, { buffer, loop: true });
  room.connect(output);
  room.start();
  const track = output.stream.getAudioTracks()[0];
  hear(track, own); // by the same ear as the other's sound, so that the ear's own delay cancels out
  return track;
};
let next = 0;
onDraw.camera = (context) => {
  const now = performance.now();
  source.drawn.push(now);
  if (output && now >= next) {
    const which = source.moments.length % 4;
    const at = graph.currentTime + 0.005;
    const tone = new OscillatorNode(graph, { frequency: PITCHES[which] });
    const level = new GainNode(graph, { gain: 0.5 });
    tone.connect(level).connect(output);
    tone.start(at);
    tone.stop(at + LASTS / 1000);
    source.moments.push({ which, at: now });
    next = now + EVERY;
  }
  const last = source.moments[source.moments.length - 1];
  context.fillStyle = last && now - last.at < LASTS ? COLOURS[last.which] : '#000000';
  context.fillRect(0, 0, PATCH, PATCH);
};

// ---- the other end -------------------------------------------------------------------------------------------------
const received = [];
const connections = [];
if ('RTCPeerConnection' in self) {
  self.RTCPeerConnection = new Proxy(self.RTCPeerConnection, {
    construct(target, args, newTarget) {
      const pc = Reflect.construct(target, args, newTarget);
      pc.addEventListener('track', ({ track }) => received.push(track));
      connections.push(pc);
      return pc;
    },
  });
}

const watched = new Map(); // video element -> what was seen in it
const small = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
const colourOf = (video) => {
  small.drawImage(video, PATCH / 4, PATCH / 4, PATCH / 2, PATCH / 2, 0, 0, 1, 1);
  const [red, green, blue] = small.getImageData(0, 0, 1, 1).data;
  const lit = [red > 110, green > 110, blue > 110];
  const index = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]].findIndex((want) => want.every((on, i) => Boolean(on) === lit[i]));
  return index;
};
const watch = (video) => {
  const seen = { frames: [], moments: [], width: 0, height: 0, lit: -1 };
  watched.set(video, seen);
  const look = (now, frame) => {
    video.requestVideoFrameCallback(look);
    if (seen.media === frame.mediaTime) return;
    seen.media = frame.mediaTime;
    const at = frame.expectedDisplayTime || now;
    seen.frames.push(at);
    seen.width = frame.width;
    seen.height = frame.height;
    if (video !== first) return;
    const which = colourOf(video);
    if (which !== seen.lit && which >= 0) seen.moments.push({ which, at });
    seen.lit = which;
  };
  video.requestVideoFrameCallback(look);
};
let first = null; // the video with the other person, in which patches are looked for
const watchNew = () => {
  const ids = new Set(received.filter((track) => track.kind === 'video').map((track) => track.id));
  for (const video of document.querySelectorAll('video')) {
    if (watched.has(video) || !video.srcObject || !video.srcObject.getVideoTracks().some(({ id }) => ids.has(id))) continue;
    first = first || video;
    watch(video);
  }
};

const heard = [];
const own = [];
let listening = false;
const listen = () => {
  const track = received.filter(({ kind, readyState }) => kind === 'audio' && readyState === 'live').pop();
  if (listening || !track) return;
  listening = true;
  hear(track, heard);
};
const QUEUE = 200; // pieces of 10 ms that wait for a page that is busy
const RECENT = 50; // pieces of which the quickest says when sound is given out: none is early, some are late
// A track is heard where it is given out, not in an audio graph: the queue between the two grows whenever the graph stands
// still and never shrinks, so that on a busy machine sound would seem a tenth of a second later than it is.
const hear = async (track, heard) => {
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: QUEUE }).readable.getReader();
  const pieces = []; // by how much performance.now() is ahead of the track's own time: the count of its samples
  let per = 0, count = 0, silent = 0, before = 0, beep = null; // samples a ms; samples so far, and since the last loud one
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const samples = new Float32Array(value.numberOfFrames);
    value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
    if (per !== value.sampleRate / 1000) [per, count, silent, beep, pieces.length] = [value.sampleRate / 1000, 0, 0, null, 0];
    value.close();
    pieces.push(performance.now() - (count + samples.length) / per);
    if (pieces.length > RECENT) pieces.shift();
    for (const sample of samples) {
      const loud = Math.abs(sample) >= LOUD;
      if (loud && !beep && silent > 100 * per) beep = { from: count, crossings: 0 };
      if (beep) {
        beep.crossings += before < 0 !== sample < 0;
        if (count - beep.from >= TAIL * per) {
          note(heard, beep, per, Math.min(...pieces));
          beep = null;
        }
      }
      silent = loud ? 0 : silent + 1;
      before = sample;
      count += 1;
    }
  }
};
const TAIL = 40; // ms of a beep that must be there to know its pitch
const note = (heard, { from, crossings }, per, ahead) => {
  const pitch = (crossings * 500) / TAIL;
  const which = PITCHES.findIndex((wanted) => Math.abs(wanted - pitch) < 200);
  const at = from / per + ahead;
  const last = heard[heard.length - 1];
  if (which >= 0 && (!last || at - last.at > 200)) heard.push({ which, at });
};

const rate = (times, from) => {
  const kept = times.filter((at) => at >= from);
  const seconds = kept.length > 1 ? (kept[kept.length - 1] - kept[0]) / 1000 : 0;
  return { frames: kept.length, seconds, fps: seconds ? (kept.length - 1) / seconds : 0 };
};
// ms for which the picture stood still since a moment: all of each gap between two pictures that is longer than 200 ms.
const STILL = 200;
const stood = (times, from) => {
  const kept = [from, ...times.filter((at) => at >= from), performance.now()];
  return kept.slice(1).map((at, i) => at - kept[i]).filter((gap) => gap > STILL).reduce((sum, gap) => sum + gap, 0);
};
const glass = {
  // Watches all pictures and the sound of others that are there now; says how many pictures have moved by now.
  begin() {
    watchNew();
    listen();
    return [...watched.values()].filter((seen) => seen.frames.length > 2).length;
  },
  now: () => performance.now(),
  // Samples of received sound: those that were made up for what did not come in time (silence aside), and all of them.
  async sound() {
    let concealed = 0, all = 0;
    for (const pc of connections) {
      for (const one of (await pc.getStats()).values()) {
        if (one.type !== 'inbound-rtp' || one.kind !== 'audio') continue;
        concealed += (one.concealedSamples || 0) - (one.silentConcealedSamples || 0);
        all += one.totalSamplesReceived || 0;
      }
    }
    return [concealed, all];
  },
  // What was drawn and beeped here, and what was seen and heard of the other, since a moment. `origin` (ms since the epoch)
  // makes times of two pages on one host comparable.
  report(from) {
    return {
      origin: performance.timeOrigin, length: performance.now() - from,
      source: {
        ...rate(source.drawn, from), moments: source.moments.filter(({ at }) => at >= from), heard: own.filter(({ at }) => at >= from),
      },
      pictures: [...watched.values()].map((seen) => ({
        ...rate(seen.frames, from), width: seen.width, height: seen.height, stood: stood(seen.frames, from),
        moments: seen.moments.filter(({ at }) => at >= from),
      })),
      heard: heard.filter(({ at }) => at >= from),
    };
  },
};
Object.defineProperty(self, 'pruefstandGlass', { value: Object.freeze(glass), enumerable: false });
