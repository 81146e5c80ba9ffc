// A number in a picture, as a strip along its upper edge that survives compression and scaling: two rows of sixteen
// cells, black or white, each a sixteenth of the width and a twentieth of the height. Row by row, highest bit first:
// 20 bits of number and a CRC-12 of them (polynomial 0x80F, from 0xFFF). harness.media.strip reads the same.
const COLUMNS = 16, ROWS = 2, ROW = 1 / 20;
const MARK_BITS = 20, CRC_BITS = 12, POLYNOMIAL = 0x80f;
const BLACK = '#101010', WHITE = '#f0f0f0';
const CONTRAST = 50; // of 255, between the darkest and the lightest cell
const SURE = 0.15; // how far from the middle (0.5) a cell's level must be to be black or white

const crcOf = (number) => {
  let crc = (1 << CRC_BITS) - 1;
  for (let bit = MARK_BITS - 1; bit >= 0; bit -= 1) {
    const out = ((crc >> (CRC_BITS - 1)) ^ (number >> bit)) & 1;
    crc = ((crc << 1) & ((1 << CRC_BITS) - 1)) ^ (out ? POLYNOMIAL : 0);
  }
  return crc;
};

const drawStrip = (context, number) => {
  const { width, height } = context.canvas;
  const word = number * 2 ** CRC_BITS + crcOf(number);
  context.fillStyle = BLACK;
  context.fillRect(0, 0, width, height * ROW * ROWS);
  context.fillStyle = WHITE;
  for (let cell = 0; cell < COLUMNS * ROWS; cell += 1) {
    if (!(Math.floor(word / 2 ** (COLUMNS * ROWS - 1 - cell)) % 2)) continue;
    const left = Math.round((cell % COLUMNS) * width / COLUMNS), right = Math.round((cell % COLUMNS + 1) * width / COLUMNS);
    const top = Math.floor(cell / COLUMNS) * height * ROW;
    context.fillRect(left, top, right - left, height * ROW);
  }
};

// The number that the cells' levels (0 to 255) tell, null where they tell none: never a guess.
const numberOf = (levels) => {
  const dark = Math.min(...levels), range = Math.max(...levels) - dark;
  if (range < CONTRAST) return null;
  let number = 0, crc = 0;
  for (let cell = 0; cell < levels.length; cell += 1) {
    const level = (levels[cell] - dark) / range;
    if (Math.abs(level - 0.5) < SURE) return null;
    if (cell < MARK_BITS) number = number * 2 + (level > 0.5);
    else crc = crc * 2 + (level > 0.5);
  }
  return crc === crcOf(number) ? number : null;
};

// The levels of a picture whose `luma` (rows of `stride` bytes from `offset` on) covers the strip: means of the middles.
const levelsOf = (luma, offset, stride, width, height) => {
  const levels = [];
  const wide = width / COLUMNS, high = height * ROW;
  for (let cell = 0; cell < COLUMNS * ROWS; cell += 1) {
    const x = (cell % COLUMNS) * wide, y = Math.floor(cell / COLUMNS) * high;
    let sum = 0, count = 0;
    for (let row = Math.ceil(y + high / 4); row + 1 <= y + high * 0.75 + 1; row += 1) {
      for (let column = Math.ceil(x + wide / 4); column < x + wide * 0.75; column += 1, count += 1) sum += luma[offset + row * stride + column];
    }
    levels.push(count ? sum / count : 0);
  }
  return levels;
};

// Tells `then` the number in the picture of a video whose mediaTime is `time` (s); null: not to be read, undefined: the
// picture is gone already. The decoder's own luma is looked at, of the strip alone: a canvas would have the whole picture
// converted first. Where a browser gives no such picture a canvas serves.
const readStrip = (video, time, then) => {
  let frame;
  try {
    frame = new VideoFrame(video);
  } catch {
    then(undefined);
    return;
  }
  if (Math.abs(frame.timestamp / 1e6 - time) > 0.001) {
    frame.close();
    then(undefined); // a newer picture is there already, whose number is not this one's
    return;
  }
  if (!['I420', 'I420A', 'NV12'].includes(frame.format)) {
    frame.close();
    then(numberOf(drawnLevels(video)));
    return;
  }
  const { x, y, width, height } = frame.visibleRect;
  const rect = { x, y, width: width - (width % 2), height: Math.min(height, 2 * Math.ceil((height * ROW * ROWS) / 2)) };
  const bytes = new Uint8Array(frame.allocationSize({ rect }));
  frame.copyTo(bytes, { rect }).then(
    ([{ offset, stride }]) => then(numberOf(levelsOf(bytes, offset, stride, width, height))),
    () => then(null),
  ).finally(() => frame.close());
};
const EACH = 4; // pixels a cell is scaled to
let reading = null;
const drawnLevels = (video) => {
  const width = COLUMNS * EACH, height = ROWS * EACH;
  reading = reading || new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  reading.drawImage(video, 0, 0, video.videoWidth, video.videoHeight * ROW * ROWS, 0, 0, width, height);
  const { data } = reading.getImageData(0, 0, width, height);
  return levelsOf(data.filter((_, i) => i % 4 === 1), 0, width, width, height / (ROW * ROWS));
};
