// An AudioWorklet: tells the host's time of the graph's samples. It is a script of its own, because worklets take
// nothing else.
const EVERY = 4800; // samples of the graph a message

registerProcessor('pruefstand-clock', class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.ahead = Infinity; // ms that the host's clock is ahead of the graph's: the least, when it was on time
    this.next = 0;
  }

  process() {
    this.ahead = Math.min(this.ahead, Date.now() - (currentFrame * 1000) / sampleRate);
    if (currentFrame < this.next) return true;
    this.port.postMessage({ at: (currentFrame * 1000) / sampleRate, ahead: this.ahead });
    this.next = currentFrame + EVERY;
    this.ahead = Infinity;
    return true;
  }
});
