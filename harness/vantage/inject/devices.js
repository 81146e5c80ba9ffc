// Cameras, microphones and screens that are made in the page, for browsers whose fake devices take no file and for
// measurements that need to know when a picture was shown and a sound began. `DEVICES` says which (see
// harness.vantage.devices). The browser is asked first all the same: a refusal or an impossible wish stays its answer,
// and name and settings of a track are those of its device.
const made = self.isSecureContext && self.MediaDevices ? MediaDevices.prototype : null;
const ask = made && { getUserMedia: made.getUserMedia, getDisplayMedia: made.getDisplayMedia };
const load = self.fetch && self.fetch.bind(self);
const onDraw = { camera: null, screen: null }; // called with the canvas' context before a picture goes out
// Called for each picture of a device, with what draws it and lets it go out (`number` is for onDraw) and with what lets
// the one before it go out once more, with the track, and with the place of the picture in its film.
const gate = { camera: (draw) => draw(), screen: (draw) => draw() };

// The pictures of a film, one file: each a length (4 bytes, big-endian) and so many bytes of JPEG.
const films = {};
const film = (path) => (films[path] = films[path] || load(path).then((answer) => answer.arrayBuffer()).then((whole) => {
  const all = [];
  const view = new DataView(whole);
  for (let at = 0; at < whole.byteLength; at += 4 + view.getUint32(at)) {
    all.push(new Blob([new Uint8Array(whole, at + 4, view.getUint32(at))], { type: 'image/jpeg' }));
  }
  return all;
}));

// A film as a video track: each picture is decoded while the one before it is shown, so that no film lies in memory.
async function filmTrack(place, { width, height, rate }) {
  const all = await film((place === 'screen' && DEVICES.page) || DEVICES.film);
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { alpha: false });
  const stream = canvas.captureStream(0);
  const track = stream.getVideoTracks()[0];
  const camera = track.requestFrame ? track : stream; // Firefox has it on the stream
  let number = 0, drawn = 0; // of the film: the picture that is wanted, and the one that is there
  let next = await createImageBitmap(all[0]);
  let decoding = false;
  const draw = (number) => {
    context.drawImage(next, 0, 0, canvas.width, canvas.height);
    if (onDraw[place]) onDraw[place](context, number);
    camera.requestFrame();
  };
  const again = () => {
    context.drawImage(canvas, 0, 0); // a canvas on which nothing was drawn gives no picture
    camera.requestFrame();
  };
  const timer = setInterval(() => {
    if (track.readyState === 'ended') {
      clearInterval(timer);
      return;
    }
    gate[place](draw, again, track, drawn);
    if (decoding) return;
    decoding = true;
    number = (number + 1) % all.length;
    createImageBitmap(all[number]).then((bitmap) => {
      next.close();
      next = bitmap;
      drawn = number;
      decoding = false;
    });
  }, 1000 / rate);
  return track;
}

// The spoken sentence in a loop as an audio track. An audio graph would want a sound card, which servers do not have:
// Firefox lets none run without; a captured element runs by the system's clock.
let soundTrack = async () => {
  const voice = new Audio(DEVICES.voice);
  voice.loop = true;
  const stream = voice.mozCaptureStream ? voice.mozCaptureStream() : voice.captureStream();
  const there = new Promise((resolve) => (stream.onaddtrack = resolve));
  await voice.play();
  if (!stream.getAudioTracks().length) await there;
  const track = stream.getAudioTracks()[0];
  voices.push(voice); // what nobody holds would fall silent
  return track;
};
const voices = [];

// Gives a made track the name and the settings of the device's own, which it replaces.
function passFor(track, own, size) {
  const settings = { ...own.getSettings(), ...size };
  const { label } = own;
  own.stop();
  Object.defineProperty(track, 'label', { get: () => label });
  track.getSettings = () => ({ ...settings });
  return track;
}

// What a page wishes of its camera, at most: a camera gives no more than that. Real ones cut their picture to the shape
// that is wished; this one makes it smaller and keeps its shape.
const wished = (video, name) => {
  const wish = (video && video[name]) || {};
  return Math.min(...(typeof wish === 'number' ? [wish] : [wish.exact, wish.ideal, wish.max]).filter(Number.isFinite));
};
const asWished = (look, video) => {
  const share = Math.min(1, wished(video, 'width') / look.width, wished(video, 'height') / look.height);
  const [width, height] = [look.width, look.height].map((pixels) => 2 * Math.round((share * pixels) / 2));
  return { width, height, rate: Math.min(look.rate, wished(video, 'frameRate')) };
};

async function replaced(stream, place, look) {
  const tracks = stream.getTracks().map(async (own) => {
    if (own.kind === 'audio') return DEVICES.voice ? passFor(await soundTrack(), own, {}) : own;
    return passFor(await filmTrack(place, look), own, { width: look.width, height: look.height, frameRate: look.rate });
  });
  return new MediaStream(await Promise.all(tracks));
}

if (made && (DEVICES.camera || !DEVICES.allowed)) {
  made.getUserMedia = async function getUserMedia(wishes) {
    // Where a browser would ask a person who is not there, the bench answers for the person.
    if (!DEVICES.allowed) throw new DOMException('The request is not allowed by the user.', 'NotAllowedError');
    return replaced(await ask.getUserMedia.call(this, wishes), 'camera', DEVICES.camera && asWished(DEVICES.camera, wishes.video));
  };
}
if (made && DEVICES.screen) {
  made.getDisplayMedia = async function getDisplayMedia() {
    if (!navigator.userActivation || !navigator.userActivation.isActive) {
      throw new DOMException('getDisplayMedia needs a click of the user.', 'InvalidStateError');
    }
    const track = await filmTrack('screen', DEVICES.screen);
    Object.defineProperty(track, 'label', { get: () => 'screen:0:0' });
    track.getSettings = () => ({
      width: DEVICES.screen.width, height: DEVICES.screen.height, frameRate: DEVICES.screen.rate, displaySurface: 'monitor',
    });
    return new MediaStream([track]);
  };
}
