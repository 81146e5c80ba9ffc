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

const wall = () => performance.timeOrigin + performance.now();
const tapped = new WeakMap(); // transformer -> {readable, writable}

function watch(transformer, stage) {
  const options = transformer.options;
  const id = (options && options.pruefstandTap) || '';
  return new TransformStream({
    transform(frame, controller) {
      const meta = frame.getMetadata ? frame.getMetadata() : {};
      const video = 'RTCEncodedVideoFrame' in self && frame instanceof RTCEncodedVideoFrame;
      send({
        t: 'frame',
        id,
        stage,
        media: video ? 'video' : 'audio',
        at: wall(),
        rtp: meta.rtpTimestamp !== undefined ? meta.rtpTimestamp : frame.timestamp,
        data: base64(frame.data),
      });
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
