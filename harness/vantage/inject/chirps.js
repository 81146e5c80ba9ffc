// Marks in sound, sixteen of them: seven chirps of 30 ms, up or down as the bits of a Hamming(7,4) code word, so that
// one that is lost or drowned does not make a mark another. They are found by matched filters, beneath speech too.
const EAR_RATE = 8000; // Hz, of the ear
const CHIRP = 240, CHIRPS = 7; // samples at the ear: 30 ms, in which Opus at 16 kbit/s leaves enough of one; chirps a mark
const LOWEST = 500, HIGHEST = 2500; // Hz: what codecs keep longest
const MARKS = 16;
const LEAST = 0.2 * CHIRPS; // likeness (0 to 1 a chirp) from which a mark is noticed
const APART = 0.6; // by how much the likeliest mark must be ahead of the next
const NEIGHBOUR = 0.2 * EAR_RATE; // samples within which there is but one mark
const WHITER = 0.95;
const STRIDE = 2; // samples between looks: a quarter of a millisecond
const QUIET = 1e-7 * CHIRP; // energy below which there is no sound

const WORDS = Array.from({ length: MARKS }, (_, which) => {
  const [a, b, c, d] = [3, 2, 1, 0].map((bit) => (which >> bit) & 1);
  return [a, b, c, d, a ^ b ^ c, a ^ b ^ d, a ^ c ^ d];
});

// A chirp's samples; `turn` (radians) shifts its phase. Its edges are rounded, so that it does not click.
const chirp = (up, rate, turn) => Float32Array.from({ length: (CHIRP * rate) / EAR_RATE }, (_, i) => {
  const length = CHIRP / EAR_RATE;
  const t = (i + 0.5) / rate;
  const from = up ? LOWEST : HIGHEST, to = up ? HIGHEST : LOWEST;
  const edge = Math.min(1, t / (0.1 * length), (length - t) / (0.1 * length));
  return Math.sin(turn + 2 * Math.PI * (from * t + ((to - from) / (2 * length)) * t * t)) * Math.sin((edge * Math.PI) / 2) ** 2;
});

const markSamples = (which, rate) => {
  const parts = WORDS[which].map((up) => chirp(up, rate, 0));
  const whole = new Float32Array(parts.length * parts[0].length);
  parts.forEach((part, i) => whole.set(part, i * part.length));
  return whole;
};

// Finds marks in blocks of sound at EAR_RATE and tells `found` of each: which, and the number of its first sample.
class Finder {
  constructor(found) {
    this.found = found;
    this.unread = 0;
    this.filters = [true, false].map((up) => [0, Math.PI / 2].map((turn) => whitened(chirp(up, EAR_RATE, turn), 0)));
    this.energy = this.filters[0][0].reduce((sum, each) => sum + each * each, 0);
    this.restart(0);
  }

  restart(at) {
    this.end = at; // number of the sample after the last one heard
    this.sound = new Float32Array(0); // that no filter has passed whole
    this.likeness = [new Float32Array(0), new Float32Array(0)]; // to a chirp up, down, from each sample on
    this.best = null;
    this.before = 0;
  }

  hear(block, first) {
    if (first !== this.end) this.restart(first);
    this.end += block.length;
    const sound = joined(this.sound, whitened(block, this.before));
    this.before = block[block.length - 1];
    const count = sound.length - CHIRP + 1;
    if (count < 1) {
      this.sound = sound;
      return;
    }
    const from = this.end - sound.length;
    const fresh = [new Float32Array(count), new Float32Array(count)];
    let energy = 0;
    for (let i = 0; i < CHIRP - 1; i += 1) energy += sound[i] * sound[i];
    for (let i = 0; i < count; i += 1) {
      energy += sound[i + CHIRP - 1] * sound[i + CHIRP - 1];
      if (energy > QUIET && (from + i) % STRIDE === 0) {
        for (let kind = 0; kind < 2; kind += 1) {
          const [sine, cosine] = this.filters[kind];
          let a = 0, b = 0;
          for (let j = 0; j < CHIRP; j += 1) {
            a += sound[i + j] * sine[j];
            b += sound[i + j] * cosine[j];
          }
          fresh[kind][i] = (a * a + b * b) / (energy * this.energy);
        }
      }
      energy = Math.max(0, energy - sound[i] * sound[i]);
    }
    this.sound = sound.slice(count);
    this.likeness = this.likeness.map((old, kind) => joined(old, fresh[kind]));
    this.search();
  }

  search() {
    const [up, down] = this.likeness;
    const count = up.length - (CHIRPS - 1) * CHIRP;
    const first = this.end - this.sound.length - up.length;
    for (let i = first % STRIDE; i < count; i += STRIDE) {
      let most = 0;
      for (let k = 0; k < CHIRPS; k += 1) most += Math.max(up[i + k * CHIRP], down[i + k * CHIRP]);
      if (this.best && first + i - this.best.at > NEIGHBOUR) this.tell();
      if (most < LEAST || (this.best && most < this.best.score)) continue;
      const mark = likeliest(up, down, i);
      if (mark.score > LEAST && (!this.best || mark.score > this.best.score)) this.best = { ...mark, at: first + i };
    }
    if (count > 0) this.likeness = [up.slice(count), down.slice(count)];
  }

  tell() {
    const { which, ahead, at } = this.best;
    this.best = null;
    if (ahead < APART) this.unread += 1;
    else this.found(which, at);
  }
}
const likeliest = (up, down, i) => {
  const scores = WORDS.map((word) => word.reduce((sum, bit, k) => sum + (bit ? up : down)[i + k * CHIRP], 0));
  const which = scores.indexOf(Math.max(...scores));
  const next = Math.max(...scores.filter((_, other) => other !== which));
  return { which, score: scores[which], ahead: scores[which] - next };
};
// Speech is loud where it is low: less of that leaves the marks more alone. `before` is the sample before the first.
const whitened = (sound, before) => sound.map((each, i) => each - WHITER * (i ? sound[i - 1] : before));
const joined = (one, other) => {
  const both = new Float32Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
};
