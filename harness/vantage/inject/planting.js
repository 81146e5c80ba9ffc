// Defects of known size, between the devices and the page: what devices give is noted before them. Several can stand
// at once; each is undone by planting it with 0.
const planted = []; // what, media, value, from, to (ms of performance.now())
const defects = { camera: {}, screen: {}, soundLaterMs: 0 };

const note = (what, media, value, to = null) => {
  const now = performance.now();
  for (const one of planted) if (one.what === what && one.media === media && one.to === null) one.to = now;
  if (value) planted.push({ what, media, value, from: now, to });
};

// `freezeMs` with `kind` "stops" (no new pictures) or "repeats" (the same one over and over), `fps`, `blur` (pixels),
// `smaller` (times) of the `place` camera or screen; `soundLaterMs` than the picture.
function plant({ place = 'camera', freezeMs, kind = 'stops', fps, blur, smaller, soundLaterMs }) {
  const media = place === 'camera' ? 'video' : 'screen';
  const here = defects[place];
  if (freezeMs !== undefined) {
    Object.assign(here, { frozenUntil: performance.now() + freezeMs, repeats: kind === 'repeats' });
    note(`freeze-${kind}`, media, freezeMs, here.frozenUntil);
  }
  if (fps !== undefined) {
    Object.assign(here, { every: fps ? 1000 / fps : 0, due: 0 });
    note('frame-rate', media, fps);
  }
  if (blur !== undefined) {
    here.blur = blur;
    note('blur', media, blur);
  }
  if (smaller !== undefined) {
    here.smaller = smaller;
    note('smaller', media, smaller);
  }
  if (soundLaterMs !== undefined) {
    defects.soundLaterMs = soundLaterMs;
    delayOutgoing(Math.max(0, soundLaterMs)); // sounds.js
    note('sound-later', 'audio', soundLaterMs);
  }
}

// Lets a picture through, or what the defects leave of it.
const hinder = (place, draw, again) => {
  const here = defects[place];
  const now = performance.now();
  if (now < here.frozenUntil) {
    if (here.repeats) again();
    return;
  }
  if (here.every) {
    if (now < here.due - 2) return; // timers come a little early too
    here.due = Math.max(here.due + here.every, now);
  }
  if (defects.soundLaterMs < 0) setTimeout(draw, -defects.soundLaterMs);
  else draw();
};

const coarse = new OffscreenCanvas(1, 1).getContext('2d');
const blurred = (place, context) => {
  const { blur } = defects[place];
  if (!blur) return;
  const { width, height } = context.canvas;
  Object.assign(coarse.canvas, { width: Math.ceil(width / blur), height: Math.ceil(height / blur) });
  coarse.drawImage(context.canvas, 0, 0, coarse.canvas.width, coarse.canvas.height);
  context.drawImage(coarse.canvas, 0, 0, width, height);
};

// Makes the canvas of a device smaller, with the picture that was just drawn on it; or as large as it was.
const resized = (place, context) => {
  const { canvas } = context, times = defects[place].smaller || 1;
  canvas.full = canvas.full || { width: canvas.width, height: canvas.height };
  const width = Math.round(canvas.full.width / times), height = Math.round(canvas.full.height / times);
  if (canvas.width === width) return;
  Object.assign(coarse.canvas, { width, height });
  coarse.drawImage(canvas, 0, 0, width, height);
  Object.assign(canvas, { width, height });
  context.drawImage(coarse.canvas, 0, 0);
};
