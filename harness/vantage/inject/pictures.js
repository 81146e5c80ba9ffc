// Numbers every picture of this page's camera and screen, and notes when each was drawn; reads the numbers of the
// others' pictures, and notes when each was shown. Times are ms of performance.now().
const SCREEN_BIT = 2 ** (MARK_BITS - 1); // is set in the numbers of a screen's pictures
const KEPT = 50_000; // entries of a column that nobody fetches: half an hour of pictures

const columns = (...names) => Object.fromEntries([...names.map((name) => [name, []]), ['dropped', 0]]);
const add = (table, row) => {
  for (const [name, value] of Object.entries(row)) {
    table[name].push(value);
    if (table[name].length > KEPT) {
      table[name].shift();
      table.dropped += 1;
    }
  }
};

const drawn = {};
const tracks = new WeakSet(); // of devices, that were seen before
for (const place of ['camera', 'screen']) {
  const here = (drawn[place] = { next: 0, track: null, cost: 0, table: columns('at', 'number', 'film') });
  gate[place] = (draw, again, track, film) => {
    // A page may ask for its camera again while it still has it: the newest is the one that is sent.
    if (!tracks.has(track) || here.track.readyState === 'ended') here.track = track;
    tracks.add(track);
    if (here.track !== track) return draw(null);
    const number = here.next++;
    add(here.table, { at: performance.now(), number, film });
    return hinder(place, () => draw(number), again);
  };
  onDraw[place] = (context, number) => {
    const began = performance.now();
    resized(place, context);
    blurred(place, context);
    if (number !== null) drawStrip(context, (number % SCREEN_BIT) + (place === 'screen' ? SCREEN_BIT : 0));
    here.cost += performance.now() - began;
  };
}

// ---- the other end -------------------------------------------------------------------------------------------------
const received = []; // tracks of the others
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
const watch = (video) => {
  const seen = { all: 0, media: '', missed: 0, cost: 0, table: columns('at', 'number', 'width', 'height', 'untold') };
  watched.set(video, seen);
  const look = (now, frame) => {
    video.requestVideoFrameCallback(look);
    if (seen.time === frame.mediaTime) return;
    const began = performance.now();
    seen.time = frame.mediaTime;
    const skipped = seen.presented ? Math.max(0, frame.presentedFrames - seen.presented - 1) : 0;
    seen.presented = frame.presentedFrames;
    seen.all += 1;
    const { expectedDisplayTime, width, height } = frame;
    readStrip(video, frame.mediaTime, (mark) => {
      const resumed = performance.now();
      const untold = seen.missed + skipped;
      seen.missed = mark === undefined ? untold + 1 : 0; // the page was told, and came too late to look
      if (mark === undefined) return;
      if (mark !== null) seen.media = mark >= SCREEN_BIT ? 'screen' : 'video';
      add(seen.table, { at: expectedDisplayTime || now, number: mark === null ? null : mark % SCREEN_BIT, width, height, untold });
      seen.cost += performance.now() - resumed;
    });
    seen.cost += performance.now() - began;
  };
  video.requestVideoFrameCallback(look);
};
const LOOKS = 200; // ms between looks for new videos and sounds
setInterval(() => {
  if (!received.length) return;
  const ids = new Set(received.filter(({ kind }) => kind === 'video').map(({ id }) => id));
  for (const video of document.querySelectorAll('video')) {
    if (!watched.has(video) && video.srcObject && video.srcObject.getVideoTracks().some(({ id }) => ids.has(id))) watch(video);
  }
  received.filter(({ kind, readyState }) => kind === 'audio' && readyState === 'live').forEach(listen); // sounds.js
}, LOOKS);
