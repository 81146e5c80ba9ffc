// Runs before any script of a page: hears of peer connections, descriptions, transforms and keys, and lends the bench
// its eyes (the remote picture) and ears (the remote sound).
// One report at a time and of bounded size: the way to the bench is that of the bench's own calls as well, and behind
// everything that a busy page has to tell they would wait without end.
const AT_ONCE = 512 * 1024; // characters of one report, but for a single item that has more
let waiting = [];
let told = 0; // items ever
let taken = 0; // of them, those that the bench has
let timer = 0;
let reporting = null;
const send = (item) => {
  waiting.push(item);
  told++;
  if (!reporting) timer = timer || setTimeout(report, 150);
};
const sizeOf = (item) => 200 + (item.data ? item.data.length : 0);
const some = () => {
  let [count, size] = [1, sizeOf(waiting[0])];
  while (count < waiting.length && (size += sizeOf(waiting[count])) <= AT_ONCE) count++;
  return waiting.splice(0, count);
};
const hand = async (items) => {
  await Promise.resolve(self.pruefstandReport(JSON.stringify(items))).catch(() => {}); // the page must hear of nothing
  taken += items.length;
  reporting = null;
  if (waiting.length) timer = timer || setTimeout(report, 150);
};
const report = () => {
  clearTimeout(timer);
  timer = 0;
  if (!reporting && waiting.length && self.pruefstandReport) reporting = hand(some());
  return reporting;
};
// Done when the bench has everything that was told before.
const flush = async () => {
  for (const wanted = told; taken < wanted && report(); ) await reporting;
};
recordKeys(send, 'page');
const channel = new BroadcastChannel('pruefstand-tap');
channel.onmessage = (event) => Array.isArray(event.data) && event.data.forEach(send);
const wall = () => performance.timeOrigin + performance.now();

const connections = [];
const lives = []; // of each connection: which way it was meant to go, and what it has come to in its time
const follow = (pc) => {
  const life = { sends: false, receives: false, reached: false, stood: false };
  lives.push(life);
  const look = () => {
    for (const { direction } of pc.getTransceivers()) {
      life.sends = life.sends || direction.startsWith('send');
      life.receives = life.receives || direction.includes('recv');
    }
    life.reached = life.reached || ['connected', 'completed'].includes(pc.iceConnectionState);
    life.stood = life.stood || pc.connectionState === 'connected';
  };
  for (const event of ['signalingstatechange', 'iceconnectionstatechange', 'connectionstatechange']) pc.addEventListener(event, look);
};
const remoteTracks = [];
const workers = [];
let taps = 0;

// The bench's router knows a worker's script by this mark and takes it off again before the server is asked.
const marked = (url) => {
  const full = new URL(url, document.baseURI);
  if (full.protocol.startsWith('http')) full.searchParams.set(WORKER_MARK, '1');
  return full.href;
};

if ('Worker' in self) {
  self.Worker = new Proxy(self.Worker, {
    construct(target, args, newTarget) {
      const own = String(args[0]) === OBSERVER_PATH;
      const worker = Reflect.construct(target, own ? args : [marked(args[0]), ...args.slice(1)], newTarget);
      if (!own) workers.push(worker);
      return worker;
    },
  });
}

// A shared screen is a medium of its own: only tracks of display capture have a displaySurface (W3C Screen Capture).
const kindOf = (track) => {
  if (!track) return '';
  return track.kind === 'video' && track.getSettings().displaySurface ? 'screen' : track.kind;
};

if ('RTCRtpScriptTransform' in self) {
  const idOf = new WeakMap();
  self.RTCRtpScriptTransform = new Proxy(self.RTCRtpScriptTransform, {
    construct(target, [worker, options, ...rest], newTarget) {
      const id = 'tap' + ++taps;
      const carried = Object.assign({}, options, { pruefstandTap: id });
      const transform = Reflect.construct(target, [worker, carried, ...rest], newTarget);
      idOf.set(transform, id);
      return transform;
    },
  });
  let observer = null;
  const observed = new WeakSet();
  const observe = (sender) => {
    observer = observer || new Worker(OBSERVER_PATH);
    observed.add(sender);
    assign(sender, new RTCRtpScriptTransform(observer, {}), 'sender', 'observer');
  };
  const descriptors = {
    sender: Object.getOwnPropertyDescriptor(RTCRtpSender.prototype, 'transform'),
    receiver: Object.getOwnPropertyDescriptor(RTCRtpReceiver.prototype, 'transform'),
  };
  const assign = (end, transform, side, via) => {
    const owner = connections.findIndex((pc) =>
      (side === 'sender' ? pc.getSenders() : pc.getReceivers()).includes(end));
    send({ t: 'transform', id: idOf.get(transform) || '', side, via, pc: owner, kind: kindOf(end.track), at: wall() });
    // Of what a page receives a digest is enough: the bytes are the server's. The worker is told which taps these are.
    if (side === 'receiver') channel.postMessage({ digestOnly: idOf.get(transform) });
    descriptors[side].set.call(end, transform);
  };
  Object.defineProperty(RTCRtpSender.prototype, 'transform', {
    configurable: true,
    get() { return observed.has(this) ? null : descriptors.sender.get.call(this); },
    set(transform) {
      if (!transform) return observe(this);
      observed.delete(this);
      assign(this, transform, 'sender', 'app');
    },
  });
  Object.defineProperty(RTCRtpReceiver.prototype, 'transform', {
    configurable: true,
    get() { return descriptors.receiver.get.call(this); },
    set(transform) {
      if (transform) assign(this, transform, 'receiver', 'app');
      else descriptors.receiver.set.call(this, transform);
    },
  });
  const setLocal = RTCPeerConnection.prototype.setLocalDescription;
  RTCPeerConnection.prototype.setLocalDescription = async function (...args) {
    for (const sender of this.getSenders()) {
      if (sender.track && !descriptors.sender.get.call(sender)) observe(sender);
    }
    const result = await setLocal.apply(this, args);
    const set = this.localDescription;
    if (set) send({ t: 'sdp', side: 'local', type: set.type, sdp: set.sdp });
    return result;
  };
}

if ('RTCPeerConnection' in self) {
  const setRemote = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = async function (description) {
    send({ t: 'sdp', side: 'remote', type: description.type, sdp: description.sdp });
    return setRemote.call(this, description);
  };
  self.RTCPeerConnection = new Proxy(self.RTCPeerConnection, {
    construct(target, args, newTarget) {
      const pc = Reflect.construct(target, args, newTarget);
      connections.push(pc);
      follow(pc);
      pc.addEventListener('track', (event) => remoteTracks.push(event.track));
      return pc;
    },
  });
}

const sockets = [];
// Where the browser's remote control is blind for WebSockets, the page says what went through them.
const tellOf = (socket, url) => {
  const tell = async (way, data) => {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data instanceof Blob ? await data.arrayBuffer() : copyOf(data);
    send({ t: 'message', way, data: base64(bytes) });
  };
  const own = socket.send.bind(socket);
  socket.send = (data) => {
    tell('sent', data);
    own(data);
  };
  socket.addEventListener('message', ({ data }) => tell('received', data));
  send({ t: 'socket', url });
};
if ('WebSocket' in self) {
  self.WebSocket = new Proxy(self.WebSocket, {
    construct(target, args, newTarget) {
      const socket = Reflect.construct(target, args, newTarget);
      sockets.push(socket);
      if (REPORTS_SOCKETS) tellOf(socket, String(args[0]));
      return socket;
    },
  });
}
// Only real clicks count: an event that a script made is not trusted.
addEventListener('click', (event) => event.isTrusted && send({ t: 'click' }), true);

// ---- what the bench calls -------------------------------------------------------------------------------------
const remoteVideo = () => {
  const remote = new Set(remoteTracks.filter((t) => t.kind === 'video').map((t) => t.id));
  const shown = [...document.querySelectorAll('video')].filter((v) =>
    v.videoWidth && v.srcObject && v.srcObject.getVideoTracks().some((t) => remote.has(t.id)));
  return shown[shown.length - 1] || null;
};

let recorder = null;
let soundChunks = [];
const bench = {
  // The picture that the person sees now, as a JPEG data URL, or '' while there is none.
  look() {
    const video = remoteVideo();
    if (!video || video.readyState < 2) return '';
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext('2d').drawImage(video, 0, 0);
    return canvas.toDataURL('image/jpeg', 0.85);
  },
  // Begins to record the sound that the person hears.
  listen() {
    const live = remoteTracks.filter((t) => t.kind === 'audio' && t.readyState === 'live');
    if (!live.length) return false;
    soundChunks = [];
    recorder = new MediaRecorder(new MediaStream([live[live.length - 1]]), { mimeType: 'audio/webm;codecs=opus' });
    recorder.ondataavailable = (event) => soundChunks.push(event.data);
    recorder.start();
    return true;
  },
  // Ends the recording and returns it as base64 of a WebM file, or ''.
  async heard() {
    if (!recorder) return '';
    const ended = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.stop();
    await ended;
    recorder = null;
    return base64(await new Blob(soundChunks).arrayBuffer());
  },
  async stats() {
    const all = [];
    for (const [index, pc] of connections.entries()) {
      if (pc.connectionState === 'closed') continue;
      for (const entry of (await pc.getStats()).values()) {
        if (['transport', 'outbound-rtp', 'inbound-rtp'].includes(entry.type)) all.push({ pc: index, ...entry });
      }
    }
    return JSON.stringify(all);
  },
  // Where each connection that stands ends: its own address and the other's.
  async ends() {
    const all = [];
    for (const [index, pc] of connections.entries()) {
      if (pc.connectionState !== 'connected') continue;
      const stats = await pc.getStats();
      const transport = [...stats.values()].find((entry) => entry.type === 'transport' && entry.selectedCandidatePairId);
      if (!transport) continue;
      const pair = stats.get(transport.selectedCandidatePairId);
      const [own, other] = [stats.get(pair.localCandidateId), stats.get(pair.remoteCandidateId)];
      const [local, remote] = [own, other].map((end) => `${end.address}:${end.port}/${end.protocol}`);
      all.push({ pc: index, local, remote, type: own.candidateType });
    }
    return JSON.stringify(all);
  },
  // The ways of the connections: every local candidate, those in use by connections that stand, and how they stand.
  async paths() {
    const found = { candidates: [], pairs: [], states: [] };
    for (const pc of connections) {
      found.states.push(pc.connectionState);
      if (pc.connectionState === 'closed') continue;
      const stats = await pc.getStats();
      const way = ({ candidateType, protocol, relayProtocol }) => `${candidateType}/${relayProtocol || protocol}`;
      for (const one of stats.values()) {
        if (one.type === 'local-candidate') found.candidates.push(way(one));
        if (one.type !== 'candidate-pair' || !one.nominated || one.state !== 'succeeded') continue;
        if (pc.connectionState === 'connected') found.pairs.push(way(stats.get(one.localCandidateId)));
      }
    }
    return JSON.stringify(found);
  },
  // Every connection's life, packets and certificates: described on both sides, and the other's as it was shown.
  async certificates() {
    const all = [];
    for (const [number, pc] of connections.entries()) {
      const [own, told] = [pc.localDescription, pc.remoteDescription].map((set) => (set ? set.sdp : ''));
      const seen = { ...lives[number], number, open: pc.connectionState === 'connected', own, told, wire: '', packets: 0 };
      all.push(seen);
      if (pc.connectionState === 'closed') continue;
      const stats = await pc.getStats();
      for (const entry of stats.values()) {
        if (entry.type === 'outbound-rtp') seen.packets += entry.packetsSent || 0;
        if (entry.type === 'inbound-rtp') seen.packets += entry.packetsReceived || 0;
        const shown = entry.type === 'transport' && stats.get(entry.remoteCertificateId);
        if (shown && shown.fingerprintAlgorithm === 'sha-256') seen.wire = shown.fingerprint;
      }
    }
    return JSON.stringify(all);
  },
  killWorkers() {
    workers.forEach((worker) => worker.terminate());
    return workers.length;
  },
  // Ends the signalling connections, as a lost network would.
  dropConnections() {
    const open = sockets.filter((socket) => socket.readyState === 1);
    open.forEach((socket) => socket.close());
    return open.length;
  },
  flush,
};
Object.defineProperty(self, 'pruefstandBench', { value: Object.freeze(bench), enumerable: false });
