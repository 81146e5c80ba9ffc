// An AudioWorklet: keeps what the graph plays at 48000 Hz as 16-bit samples at 16000, and tells the host's time of them. It
// is a script of its own, because worklets take nothing else.
const STEP = 3, TAPS = 48, BLOCK = 8000; // samples of the graph for one kept; of the filter; kept samples a message
const CUT = 7400 / 48000;

const filter = Float32Array.from({ length: TAPS }, (_, i) => {
  const t = i - (TAPS - 1) / 2;
  const window = 0.42 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / TAPS) + 0.08 * Math.cos((4 * Math.PI * (i + 0.5)) / TAPS);
  return (Math.sin(2 * Math.PI * CUT * t) / (Math.PI * t)) * window;
});

registerProcessor('pruefstand-tape', class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.all = new Float32Array(TAPS + 128);
    this.block = new Int16Array(BLOCK);
    this.filled = 0;
    this.ahead = Infinity; // ms that the host's clock is ahead of the graph's: the least of a block, when it was on time
    this.runs = true;
    this.port.onmessage = () => { this.runs = false; };
  }

  process([input]) {
    const sound = input[0];
    this.ahead = Math.min(this.ahead, Date.now() - (currentFrame * 1000) / sampleRate);
    this.all.copyWithin(0, 128);
    if (sound) this.all.set(sound, TAPS);
    else this.all.fill(0, TAPS);
    for (let i = (STEP - (currentFrame % STEP)) % STEP; i < 128; i += STEP) {
      let sum = 0;
      for (let tap = 0; tap < TAPS; tap += 1) sum += filter[tap] * this.all[i + 1 + tap];
      this.keep(sum, (currentFrame + i) / STEP);
    }
    return this.runs;
  }

  keep(sample, number) {
    if (this.filled === 0) this.first = number;
    this.block[this.filled] = Math.round(Math.max(-1, Math.min(1, sample)) * 32767);
    this.filled += 1;
    if (this.filled < BLOCK) return;
    this.port.postMessage({ samples: this.block, first: this.first, ahead: this.ahead }, [this.block.buffer]);
    this.block = new Int16Array(BLOCK);
    this.filled = 0;
    this.ahead = Infinity;
  }
});
