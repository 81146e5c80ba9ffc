// Put in front of every dedicated worker's script: the encoded-frame tap and the key recorder of the worker.
// Frames are copied before and after the application's transform; the application's own streams stay untouched.
const channel = new BroadcastChannel('pruefstand-tap');
let batch = [];
let timer = 0;
const send = (item) => {
  batch.push(item);
  if (!timer) timer = setTimeout(flush, 150);
};
const flush = () => {
  timer = 0;
  channel.postMessage(batch);
  batch = [];
};
recordKeys(send, 'worker');
const digestOnly = new Set();
channel.onmessage = (event) => event.data.digestOnly && digestOnly.add(event.data.digestOnly);
const hex = (buffer) => [...new Uint8Array(buffer, 0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const wall = () => performance.timeOrigin + performance.now();
const tapped = new WeakMap(); // transformer -> {readable, writable}

function watch(transformer, stage) {
  const options = transformer.options;
  const id = (options && options.pruefstandTap) || '';
  return new TransformStream({
    transform(frame, controller) {
      const meta = frame.getMetadata ? frame.getMetadata() : {};
      const video = 'RTCEncodedVideoFrame' in self && frame instanceof RTCEncodedVideoFrame;
      const item = {
        t: 'frame',
        id,
        stage,
        media: video ? 'video' : 'audio',
        at: wall(),
        rtp: meta.rtpTimestamp !== undefined ? meta.rtpTimestamp : frame.timestamp,
      };
      if (!digestOnly.has(id)) send({ ...item, data: base64(frame.data) });
      else if (stage === 'after') send({ ...item, sha: '' });
      else original.digest('SHA-256', copyOf(frame.data)).then((sum) => send({ ...item, sha: hex(sum) }));
      controller.enqueue(frame);
    },
  });
}

if ('RTCRtpScriptTransformer' in self) {
  const proto = RTCRtpScriptTransformer.prototype;
  const readable = Object.getOwnPropertyDescriptor(proto, 'readable');
  const writable = Object.getOwnPropertyDescriptor(proto, 'writable');
  Object.defineProperty(proto, 'readable', {
    configurable: true,
    get() {
      const own = tapped.get(this) || {};
      if (!own.readable) own.readable = readable.get.call(this).pipeThrough(watch(this, 'before'));
      tapped.set(this, own);
      return own.readable;
    },
  });
  Object.defineProperty(proto, 'writable', {
    configurable: true,
    get() {
      const own = tapped.get(this) || {};
      if (!own.writable) {
        const stream = watch(this, 'after');
        stream.readable.pipeTo(writable.get.call(this)).catch(() => {});
        own.writable = stream.writable;
      }
      tapped.set(this, own);
      return own.writable;
    },
  });
}
