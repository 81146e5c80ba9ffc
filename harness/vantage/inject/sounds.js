// The microphone: the voice, a quiet room, and a mark in the sound every half second. And ears (ear.js) for the others'
// sound and for this page's own microphone: how late that is given out is known, and taken off.
const GRAPH_RATE = 48000, PER = GRAPH_RATE / 1000; // Hz; samples a ms
const EVERY = 500, LEAD = 60, LOUD = 0.2; // ms; ms; of full scale
const NOISE = 0.002; // of a room that is never quite silent, or nothing at all would be sent
const LATEST = 600; // ms that the own microphone may be late: beyond is another round's mark

let graph = null, mouth = null, outgoing = null, opened = null;
const spoken = []; // own marks of the last seconds: which, and when each began in the graph (ms)
const clocks = []; // of the graph: its time, and by how much the host's is ahead (ms)
const hops = []; // ms by which the own microphone was late
const marks = { own: [], heard: [] }; // which, and when (ms of performance.now())
const ears = { own: [], heard: [] };

const open = () => (opened = opened || (async () => {
  graph = new AudioContext({ sampleRate: GRAPH_RATE, latencyHint: 'interactive' });
  graph.resume();
  await graph.audioWorklet.addModule(URL.createObjectURL(new Blob([CLOCK], { type: 'text/javascript' })));
  mouth = new GainNode(graph);
  outgoing = new DelayNode(graph, { maxDelayTime: 2, delayTime: Math.max(0, defects.soundLaterMs) / 1000 });
  mouth.connect(outgoing);
  const hush = new AudioBuffer({ length: GRAPH_RATE, sampleRate: GRAPH_RATE });
  hush.copyToChannel(Float32Array.from({ length: GRAPH_RATE }, () => (Math.random() - 0.5) * NOISE), 0);
  loop(hush, 1);
  const mirror = graph.createMediaStreamDestination();
  mirror.channelCount = 1;
  mouth.connect(mirror);
  const clock = new AudioWorkletNode(graph, 'pruefstand-clock', { numberOfInputs: 0, numberOfOutputs: 1 });
  clock.port.onmessage = ({ data }) => {
    clocks.push(data);
    if (clocks.length > 100) clocks.shift();
  };
  clock.connect(graph.destination); // of silence: what leads nowhere is not run
  setClock(); // series.js
  ears.own.push(new Ear(mirror.stream.getAudioTracks()[0], (which, at) => {
    noteMark(marks.own, which, at);
    const late = (one) => epoch(at) - one.at - leastAhead(clocks, one.at);
    const mark = spoken.find((one) => one.which === which && late(one) >= -2 && late(one) < LATEST);
    if (mark) hops.push(late(mark));
    if (hops.length > 200) hops.shift();
  }));
  const buffers = Array.from({ length: MARKS }, (_, which) => {
    const buffer = new AudioBuffer({ length: (CHIRPS * CHIRP * GRAPH_RATE) / EAR_RATE, sampleRate: GRAPH_RATE });
    buffer.copyToChannel(markSamples(which, GRAPH_RATE).map((each) => each * LOUD), 0);
    return buffer;
  });
  let count = 0;
  setInterval(() => {
    const which = count++ % MARKS;
    const source = new AudioBufferSourceNode(graph, { buffer: buffers[which] });
    const at = Math.round((graph.currentTime + LEAD / 1000) * GRAPH_RATE);
    source.connect(mouth);
    source.start(at / GRAPH_RATE);
    spoken.push({ which, at: at / PER });
    if (spoken.length > 8) spoken.shift();
  }, EVERY);
})());
const loop = (buffer, level) => {
  const source = new AudioBufferSourceNode(graph, { buffer, loop: true });
  source.connect(new GainNode(graph, { gain: level })).connect(mouth);
  source.start();
};
let speaks = null;
soundTrack = async () => {
  await open();
  speaks = speaks || (DEVICES.voice && load(DEVICES.voice).then((answer) => answer.arrayBuffer())
    .then((file) => graph.decodeAudioData(file)).then((voice) => loop(voice, DEVICES.level)));
  await speaks;
  const output = graph.createMediaStreamDestination();
  output.channelCount = 1;
  outgoing.connect(output);
  return output.stream.getAudioTracks()[0];
};
const delayOutgoing = (ms) => {
  if (outgoing) outgoing.delayTime.value = ms / 1000;
};

const noteMark = (all, which, at) => {
  all.push({ which, at });
  if (all.length > KEPT) all.dropped = (all.dropped || 0) + Boolean(all.shift());
};
const listened = new Set();
const listen = async (track) => {
  if (listened.has(track)) return;
  listened.add(track);
  await open();
  ears.heard.push(new Ear(track, (which, at) => noteMark(marks.heard, which, at)));
};

const micDelay = () => (hops.length ? [...hops].sort((a, b) => a - b)[hops.length >> 1] : 0); // ms, the median
// Fetches the marks of "own" or "heard" that came by now; times are ms since the epoch, without the microphone's delay.
const fetchMarks = (whose) => {
  const own = micDelay(), fresh = marks[whose].splice(0).sort((a, b) => a.at - b.at);
  const sum = (name) => ears[whose].reduce((all, one) => all + one[name], 0);
  return {
    at: fresh.map(({ at }) => epoch(at) - own), which: fresh.map(({ which }) => which), ear: own,
    unread: ears[whose].reduce((all, { finder }) => all + finder.unread, 0), cost: sum('cost'), dropped: marks[whose].dropped || 0,
  };
};
