// The marks of inject/*.js without a browser: "draw W H N…" gives the luma of grey pictures with strips, "read W H"
// tells the numbers in luma from stdin, "speak" gives the sixteen marks at 48 kHz, "hear" tells those in 8 kHz from stdin, "ear STAMPS NOWS" when those in
// the sound from stdin (48 kHz, in pieces of 10 ms) were given out: each piece at its stamp, and taken at its now (ms).
// "wish WISHES" tells what a camera of 640x480 and 30 gives to a page that wishes so.
import { readFileSync } from 'node:fs';

const inject = new URL('../../harness/vantage/inject/', import.meta.url);
const source = (name) => readFileSync(new URL(`${name}.js`, inject));
const load = (names, ...wanted) => new Function(`${names.split('+').map(source).join('\n')}\nreturn { ${wanted} };`)();
const { drawStrip, levelsOf, numberOf } = load('strip', 'drawStrip', 'levelsOf', 'numberOf');
const { MARKS, EAR_RATE, Finder, markSamples, Ear } = load('chirps+ear', 'MARKS', 'EAR_RATE', 'Finder', 'markSamples', 'Ear');
const [what, ...rest] = process.argv.slice(2);
const [width, height, ...numbers] = rest.map(Number);

const picture = (number) => {
  const luma = new Uint8Array(width * height).fill(90 + (number % 80));
  drawStrip({
    canvas: { width, height },
    fillRect(x, y, w, h) {
      const level = parseInt(this.fillStyle.slice(1, 3), 16);
      for (let row = Math.round(y); row < Math.round(y + h); row += 1) luma.fill(level, row * width + x, row * width + x + w);
    },
  }, number);
  return luma;
};
const stdin = () => readFileSync(0);
if (what === 'draw') process.stdout.write(Buffer.concat(numbers.map(picture)));
if (what === 'read') {
  const all = stdin();
  const read = [];
  for (let at = 0; at < all.length; at += width * height) read.push(numberOf(levelsOf(all, at, width, width, height)));
  process.stdout.write(JSON.stringify(read));
}
if (what === 'speak') {
  for (let which = 0; which < MARKS; which += 1) process.stdout.write(Buffer.from(markSamples(which, 48000).buffer));
}
if (what === 'hear') {
  const bytes = stdin();
  const sound = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const heard = [];
  const finder = new Finder((which, at) => heard.push([which, (at * 1000) / EAR_RATE]));
  for (let at = 0; at + 800 <= sound.length; at += 800) finder.hear(sound.slice(at, at + 800), at);
  process.stdout.write(JSON.stringify({ heard, unread: finder.unread }));
}
if (what === 'ear') {
  const bytes = stdin();
  const sound = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const [stamps, nows] = rest.map((file) => JSON.parse(readFileSync(file)));
  globalThis.MediaStreamTrackProcessor = class {
    readable = { getReader: () => ({ read: () => new Promise(() => {}) }) };
  };
  const heard = [];
  const ear = new Ear({}, (which, at) => heard.push([which, at]));
  stamps.forEach((stamp, i) => ear.hear({
    numberOfFrames: 480, sampleRate: 48000, timestamp: stamp * 1000,
    copyTo(target) { target.set(sound.subarray(i * 480, (i + 1) * 480)); },
    close() {},
  }, nows[i]));
  process.stdout.write(JSON.stringify(heard));
}
if (what === 'wish') {
  globalThis.self = globalThis;
  const { asWished } = load('devices', 'asWished');
  process.stdout.write(JSON.stringify(asWished({ width: 640, height: 480, rate: 30 }, JSON.parse(rest[0]))));
}
