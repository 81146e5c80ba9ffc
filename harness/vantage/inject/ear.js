// Hears the marks in a track's sound, and when each reached this page. The track is heard where it is given out, and
// not in an audio graph: between the two lies a queue that grows whenever the graph stands still and never shrinks, so
// that sound would seem later than it is, by up to a tenth of a second.
const TAPS = 96, CUT = 3600; // of the filter; Hz
const BLOCK = 800; // samples at EAR_RATE that marks are looked for in at once
const WINDOW = 250; // ms around a mark in which the clock is looked for
const QUEUE = 200; // pieces of 10 ms that wait for a page that is busy
const MINIMA = 20, PIECES = 50; // how often, and of how many pieces, the quickest is known

// A filter that leaves what 8000 Hz can hold, and every so many samples of it.
class Coarser {
  constructor(rate) {
    this.step = rate / EAR_RATE;
    this.late = (TAPS - 1) / 2; // samples
    this.taps = Float32Array.from({ length: TAPS }, (_, i) => {
      const t = i - (TAPS - 1) / 2;
      const window = 0.42 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / TAPS) + 0.08 * Math.cos((4 * Math.PI * (i + 0.5)) / TAPS);
      return (Math.sin((2 * Math.PI * CUT * t) / rate) / (Math.PI * t)) * window;
    });
    this.last = new Float32Array(TAPS);
    this.count = 0;
  }

  // Those of a piece of sound; `keep` is called with each.
  pass(sound, keep) {
    const all = new Float32Array(TAPS + sound.length);
    all.set(this.last);
    all.set(sound, TAPS);
    for (let i = (this.step - (this.count % this.step)) % this.step; i < sound.length; i += this.step) {
      let sum = 0;
      for (let tap = 0; tap < TAPS; tap += 1) sum += this.taps[tap] * all[i + 1 + tap];
      keep(sum);
    }
    this.count += sound.length;
    this.last = all.slice(sound.length);
  }
}

// `settled` is told of each mark: which, and when its first sample was given out (ms of performance.now()).
class Ear {
  constructor(track, settled) {
    Object.assign(this, { settled, cost: 0, fresh: [], clocks: [], behind: [Infinity], pieces: 0 });
    this.block = new Float32Array(BLOCK);
    this.filled = 0;
    this.first = 0;
    this.finder = new Finder((which, at) => this.fresh.push({ which, at: (at * 1000) / EAR_RATE - this.late }));
    this.reader = new MediaStreamTrackProcessor({ track, maxBufferSize: QUEUE }).readable.getReader();
    this.listen();
  }

  async listen() {
    for (;;) {
      const { value, done } = await this.reader.read();
      if (done) return;
      const began = performance.now();
      this.hear(value, began);
      this.cost += performance.now() - began;
    }
  }

  hear(piece, now) {
    const { numberOfFrames, sampleRate, timestamp } = piece;
    const sound = new Float32Array(numberOfFrames);
    piece.copyTo(sound, { planeIndex: 0, format: 'f32-planar' });
    piece.close();
    if (!this.coarser || this.rate !== sampleRate) this.begin(sampleRate);
    const at = (this.coarser.count * 1000) / sampleRate;
    const stamp = timestamp / 1000; // ms of a clock of the browser's own, which is read when the piece is given out
    if (this.pieces++ % PIECES === 0) this.behind = [...this.behind.slice(1 - MINIMA), Infinity];
    this.behind[this.behind.length - 1] = Math.min(this.behind[this.behind.length - 1], now - stamp);
    this.clocks.push({ at, ahead: stamp - at });
    this.coarser.pass(sound, (sample) => this.keep(sample));
    while (this.fresh.length && at >= this.fresh[0].at + WINDOW) this.settle(this.fresh.shift());
    if (this.clocks.length > 300) this.clocks.splice(0, 100);
  }

  begin(rate) {
    if (rate % EAR_RATE) throw new Error(`sound of ${rate} Hz is not heard`);
    this.rate = rate;
    this.coarser = new Coarser(rate);
    this.late = (this.coarser.late * 1000) / rate;
    Object.assign(this, { fresh: [], clocks: [], filled: 0, first: 0 });
    this.finder.restart(0);
  }

  keep(sample) {
    this.block[this.filled] = sample;
    this.filled += 1;
    if (this.filled < BLOCK) return;
    this.finder.hear(this.block, this.first);
    this.first += BLOCK;
    this.block = new Float32Array(BLOCK);
    this.filled = 0;
  }

  settle({ which, at }) {
    this.settled(which, at + leastAhead(this.clocks, at) + Math.min(...this.behind));
  }
}
// Of clocks that are late now and then and never early, by how much they are ahead of a moment.
const leastAhead = (clocks, at) => Math.min(...clocks.filter((clock) => Math.abs(clock.at - at) <= WINDOW).map(({ ahead }) => ahead));
