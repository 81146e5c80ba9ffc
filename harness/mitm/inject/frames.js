// A server that delivers other frames than it was given, at the last place where it could: in front of the receiving
// transforms of the application. Runs in the worker after the tap, whose `send`, `original`, `copyOf` and `digestOnly`
// it uses. Some frames take the place of a real one and go on to the decoder when the application lets them; others
// are copies that are counted and held back, so that every bit can be tried in a few seconds.
//
// A frame that comes out other than it went in was opened; one that comes out as it went in was passed on unopened.
const TAG = 16; // bytes at the end of a frame that are taken for its tag
const SHORTEST = TAG + 4; // bytes up to which a frame is too short to be a sealed one
const HISTORY = 64; // frames that are kept for being delivered again
const IN_PLACE = { audio: 10, video: 30 }; // each so manieth frame is replaced; a lost picture costs a key frame
const MANY = [2, 12, 1000]; // copies of a frame: at least; of a picture; at most of sound
const SILENCE = Uint8Array.of(0xf8, 0xff, 0xfe); // as Opus encodes it, and as some applications let it pass
const FIRST = 5; // frames of which only ciphertext and tag are changed
const LEAST = 20; // frames of which an attack consists, however slow a machine is
const PATIENCE_MS = 5000;
const OVERTIME = 3; // how much longer than asked an attack may take until every bit was tried

let order = null; // {attack, seconds}, from the bench
const ends = new Map(); // RTCRtpScriptTransformer -> End
const heads = new Map(); // first bytes of a frame's body (hex) -> {end, header} of a real one, {counts} of a forged one
const twins = new WeakMap(); // CryptoKey of the application -> one with the same bytes that seals

const orders = new BroadcastChannel('pruefstand-mitm');
orders.onmessage = ({ data }) => {
  order = data;
  for (const end of ends.values()) end.begin();
};

const view = (data) => new Uint8Array(data);
const HEAD = 16; // bytes of a body by which it is known again, whatever is done with its tag
const headOf = (body) => [...body.subarray(0, HEAD)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const bodyOf = (bytes) => bytes.subarray(readHeader(bytes).length);
const random = (below) => Math.floor(Math.random() * below);
const flipped = (bytes, bit) => {
  const changed = bytes.slice();
  changed[bit >> 3] ^= 0x80 >> (bit & 7);
  return changed;
};
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

// ---- SFrame headers (RFC 9605 section 4.3) ----------------------------------------------------------------------------
const readHeader = (bytes) => {
  let at = 1;
  const field = (bits) => {
    if (!(bits & 8)) return [bits];
    const long = bytes.subarray(at, at + (bits & 7) + 1);
    at += long.length;
    return [...long];
  };
  const kid = field(bytes[0] >> 4);
  const ctr = field(bytes[0] & 15);
  return { kid, ctr, length: Math.min(at, bytes.length) };
};
// Always in the long form: a field of up to 8 bytes may be longer than it has to be.
const longHeader = (kid, ctr) => Uint8Array.of(0x88 | ((kid.length - 1) << 4) | (ctr.length - 1), ...kid, ...ctr);
const padded = (field) => [...new Array(Math.min(1, 8 - field.length)).fill(0), ...field];
const strangersKid = () => crypto.getRandomValues(new Uint8Array(2 + random(6))).map((byte, i) => (i ? byte : byte | 1));

// ---- the attacks: what is delivered besides, or in the place of, a frame -----------------------------------------------
// `before` and `after` give the frames around a real one, `instead` the one in its place; each [kind, bytes].
const ATTACKS = {
  tampering: {
    *before(end, bytes) {
      const mayChangeHeaders = end.number > FIRST; // whoever takes those for good forgets what came before
      for (const [kind, from, to] of sections(bytes)) {
        if (kind === 'header' && !mayChangeHeaders) continue;
        for (let i = end.copies(kind, 8 * (to - from)); i > 0; i -= 1) {
          yield [kind, flipped(bytes, 8 * from + end.nextBit(kind, 8 * (to - from)))];
        }
      }
      if (!mayChangeHeaders) return;
      const { kid, ctr, length } = readHeader(bytes);
      const rest = bytes.subarray(length);
      yield ['header', joined(longHeader(padded(kid), ctr), rest)]; // the same numbers, written otherwise
      yield ['header', joined(longHeader(kid, padded(ctr)), rest)];
    },
    instead(end, bytes) {
      const { length } = readHeader(bytes);
      const bits = 8 * (bytes.length - TAG - length);
      return bits > 0 && ['ciphertext', flipped(bytes, 8 * length + random(bits))];
    },
    done: (end) => ['header', 'tag', ...(end.media === 'audio' ? ['ciphertext'] : [])].every((kind) => end.triedAll(kind)),
  },
  replay: {
    *after(end, bytes) {
      yield ['replay', bytes.slice()];
      for (const back of [2, 10, HISTORY]) if (end.history.length >= back) yield ['replay', end.history.at(-back).slice()];
    },
    instead: (end) => end.history.length > 20 && ['replay', end.history.at(-20).slice()],
  },
  plain: {
    *after(end) {
      if (end.plain) yield ['plain', end.plain.slice()];
      if (end.media === 'audio') yield ['silence', SILENCE];
    },
    instead: (end) => end.plain && ['plain', end.plain.slice()],
  },
  'unknown-key': {
    *after(end, bytes) {
      const { ctr, length } = readHeader(bytes);
      const head = crypto.getRandomValues(new Uint8Array(HEAD)); // so that it is not taken for the frame that was sealed
      yield ['unknown-key', joined(longHeader(strangersKid(), ctr), head, bytes.subarray(length + HEAD))];
    },
    instead: (end, bytes) => underAnotherKid(end, bytes),
  },
};

const sections = (bytes) => {
  const { length } = readHeader(bytes);
  const body = Math.max(length, bytes.length - TAG);
  return [['header', 0, length], ['ciphertext', length, body], ['tag', body, bytes.length]].filter(([, from, to]) => to > from);
};

// A frame that a key in use would open, under a KID that nobody has: only who tries other keys opens it.
async function underAnotherKid(end, bytes) {
  const { opened } = end;
  if (!opened || !end.plain) return null;
  const { ctr } = readHeader(bytes);
  const header = longHeader([1, random(256)], ctr);
  const iv = opened.iv.slice();
  [...opened.ctr].reverse().forEach((byte, i) => (iv[iv.length - 1 - i] ^= byte));
  [...ctr].reverse().forEach((byte, i) => (iv[iv.length - 1 - i] ^= byte));
  const additionalData = joined(header, opened.metadata);
  const sealed = await original.encrypt({ name: 'AES-GCM', iv, additionalData, tagLength: opened.tagLength }, opened.key, end.plain);
  return ['unknown-key', joined(header, view(sealed))];
}

// ---- one receiving transform ------------------------------------------------------------------------------------------
class End {
  history = [];
  plain = null; // a frame as it came out, opened
  opened = null; // {iv, ctr, metadata, tagLength, key} with which the application opened a frame
  seesTries = false; // whether the application was seen putting a key to a real frame
  attack = null;
  forged = new WeakMap(); // frame -> {kind, bytes, copy}
  real = new WeakMap(); // frame -> {bytes, counted}: as it came in, and whether in this attack

  constructor(id) {
    this.id = id;
  }

  begin() {
    this.attack = null; // until the first frame says what kind of end this is
    this.counts = new Map();
    this.bits = new Map(); // kind -> {longest, tried: Set, next}
    this.genuine = { genuine: 0, genuine_opened: 0, genuine_unopened: 0 };
    this.number = 0;
    this.ending = 0; // when it began to end, in ms
    this.until = order && performance.now() + order.seconds * 1000;
    this.latest = order && performance.now() + order.seconds * 1000 * OVERTIME + PATIENCE_MS;
    this.attack = order && ATTACKS[order.attack];
  }

  count(kind) {
    if (!this.counts.has(kind)) this.counts.set(kind, { delivered: 0, opened: 0, unopened: 0, tried: 0 });
    return this.counts.get(kind);
  }

  // How many copies of a frame are changed: in sound as many as have bits that were not tried, as a longer frame than
  // any before may be the last of its length; pictures have too many.
  copies(kind, length) {
    const state = this.tries(kind, length);
    if (this.media === 'video') return MANY[1];
    let untried = 0;
    for (let bit = 0; bit < length; bit += 1) untried += !state.tried.has(bit);
    return Math.min(Math.max(untried, MANY[0]), MANY[2]);
  }

  tries(kind, length) {
    if (!this.bits.has(kind)) this.bits.set(kind, { longest: 0, tried: new Set(), next: 0 });
    const state = this.bits.get(kind);
    state.longest = Math.max(state.longest, length);
    return state;
  }

  nextBit(kind, length) {
    const state = this.tries(kind, length);
    if (state.next >= length) state.next = 0;
    for (let looked = 0; looked < length && state.tried.has(state.next); looked += 1) state.next = (state.next + 1) % length;
    state.tried.add(state.next);
    return state.next;
  }

  triedAll(kind) {
    const state = this.bits.get(kind);
    return Boolean(state) && state.tried.size >= state.longest;
  }

  async deliver(frame, controller) {
    const video = 'RTCEncodedVideoFrame' in self && frame instanceof RTCEncodedVideoFrame;
    this.media = video ? 'video' : 'audio';
    const bytes = copyOf(frame.data);
    const { attack } = this;
    if (!attack || bytes.length <= SHORTEST) {
      this.pass(frame, bytes, controller);
      return;
    }
    if (this.ending || this.isOver(attack)) {
      // What was delivered before has been worked on once a later frame has come out; a deaf end is not waited for.
      this.ending = this.ending || performance.now();
      this.pass(frame, bytes, controller);
      if (performance.now() > this.ending + 1000) this.report();
      return;
    }
    this.number += 1;
    if (this.number % IN_PLACE[this.media] === 0 && attack.instead) {
      const instead = await attack.instead(this, bytes);
      if (instead) {
        this.forge(frame, instead, controller, false);
        frame.data = instead[1].slice().buffer;
        controller.enqueue(frame);
        return;
      }
    }
    for (const one of attack.before ? attack.before(this, bytes) : []) this.copy(frame, one, controller);
    this.genuine.genuine += 1;
    this.pass(frame, bytes, controller, true);
    for (const one of attack.after ? attack.after(this, bytes) : []) this.copy(frame, one, controller);
  }

  isOver(attack) {
    const now = performance.now();
    const enough = this.number >= LEAST && now > this.until && (!attack.done || attack.done(this));
    return enough || now > this.latest;
  }

  pass(frame, bytes, controller, counted = false) {
    this.real.set(frame, { bytes, counted });
    heads.set(headOf(bodyOf(bytes)), { end: this, header: readHeader(bytes) });
    if (bytes.length > SHORTEST) this.history.push(bytes);
    if (this.history.length > HISTORY) this.history.shift();
    if (heads.size > 4000) heads.clear();
    controller.enqueue(frame);
  }

  forge(frame, [kind, bytes], controller, copy) {
    this.count(kind).delivered += 1;
    this.forged.set(frame, { kind, bytes, copy });
    if (kind === 'unknown-key' || kind === 'plain') heads.set(headOf(bodyOf(bytes)), { counts: this.count(kind) });
  }

  // An object that is a frame to whoever looks at it, and that no decoder ever gets.
  copy(frame, [kind, bytes], controller) {
    const meta = frame.getMetadata ? frame.getMetadata() : {};
    const given = { data: bytes.slice().buffer, type: frame.type, timestamp: frame.timestamp, getMetadata: () => meta };
    const made = Object.create(Object.getPrototypeOf(frame));
    for (const [name, value] of Object.entries(given)) Object.defineProperty(made, name, { value, writable: true, enumerable: true });
    this.forge(made, [kind, bytes], controller, true);
    controller.enqueue(made);
  }

  came(frame, controller) {
    const forged = this.forged.get(frame);
    const real = this.real.get(frame);
    const sent = forged ? forged.bytes : real && real.bytes;
    const out = view(frame.data);
    const same = sent && out.length === sent.length && out.every((byte, i) => byte === sent[i]);
    if (forged) {
      this.count(forged.kind)[same ? 'unopened' : 'opened'] += 1;
      if (!forged.copy) controller.enqueue(frame);
      return;
    }
    if (sent && !same && out.length > 16) this.plain = out.slice();
    controller.enqueue(frame);
    if (real && real.counted) this.genuine[same ? 'genuine_unopened' : 'genuine_opened'] += 1;
    else if (this.ending) this.report();
  }

  report() {
    if (!this.attack) return;
    this.attack = null;
    for (const [kind, counts] of this.counts) {
      const { longest = 0, tried = new Set() } = this.bits.get(kind) || {};
      send({
        t: 'attack', id: this.id, attack: kind, media: this.media, ...counts, ...this.genuine,
        tries_seen: this.seesTries, positions: tried.size, bits: longest,
      });
    }
  }
}

// ---- between the tap and the application ------------------------------------------------------------------------------
if ('RTCRtpScriptTransformer' in self) {
  const proto = RTCRtpScriptTransformer.prototype;
  const tap = {
    readable: Object.getOwnPropertyDescriptor(proto, 'readable'),
    writable: Object.getOwnPropertyDescriptor(proto, 'writable'),
  };
  const streams = new WeakMap();
  const endOf = (transformer) => {
    if (!ends.has(transformer)) {
      const end = new End((transformer.options && transformer.options.pruefstandTap) || '');
      ends.set(transformer, end);
      end.begin();
    }
    return ends.get(transformer);
  };
  const own = (transformer) => streams.get(transformer) || streams.set(transformer, {}).get(transformer);
  const receives = (end) => digestOnly.has(end.id); // the page tells the tap which transforms receive
  Object.defineProperty(proto, 'readable', {
    configurable: true,
    get() {
      const end = endOf(this);
      const mine = own(this);
      mine.readable = mine.readable || tap.readable.get.call(this).pipeThrough(new TransformStream({
        transform: (frame, controller) => (receives(end) ? end.deliver(frame, controller) : controller.enqueue(frame)),
      }));
      return mine.readable;
    },
  });
  Object.defineProperty(proto, 'writable', {
    configurable: true,
    get() {
      const end = endOf(this);
      const mine = own(this);
      if (!mine.writable) {
        const stream = new TransformStream({
          transform: (frame, controller) => (receives(end) ? end.came(frame, controller) : controller.enqueue(frame)),
        });
        stream.readable.pipeTo(tap.writable.get.call(this)).catch(() => {});
        mine.writable = stream.writable;
      }
      return mine.writable;
    },
  });
}

// ---- which keys the application tries ---------------------------------------------------------------------------------
if (subtle) {
  original.encrypt = subtle.encrypt.bind(subtle);
  const importing = subtle.importKey;
  subtle.importKey = async function (format, data, algorithm, ...rest) {
    const name = typeof algorithm === 'string' ? algorithm : algorithm && algorithm.name;
    const raw = format === 'raw' && name === 'AES-GCM' ? copyOf(data) : null;
    const key = await importing.call(this, format, data, algorithm, ...rest);
    if (raw) twins.set(key, await original.importKey('raw', raw, 'AES-GCM', false, ['encrypt']));
    return key;
  };
  const toldOf = (data) => {
    const about = heads.get(headOf(copyOf(data)));
    if (about && about.counts) about.counts.tried += 1;
    if (about && about.end) about.end.seesTries = true;
    return about && about.end ? about : null;
  };
  subtle.encrypt = function (parameters, key, data) {
    toldOf(data); // in counter mode, who encrypts a frame again has opened it
    return original.encrypt(parameters, key, data);
  };
  const decrypt = subtle.decrypt.bind(subtle);
  subtle.decrypt = async function (parameters, key, data) {
    const real = toldOf(data);
    const plain = await decrypt(parameters, key, data);
    if (real && twins.has(key) && parameters.name === 'AES-GCM') {
      real.end.opened = {
        key: twins.get(key),
        iv: copyOf(parameters.iv),
        ctr: real.header.ctr,
        tagLength: parameters.tagLength || 128,
        metadata: parameters.additionalData ? copyOf(parameters.additionalData).subarray(real.header.length) : [],
      };
    }
    return plain;
  };
}
