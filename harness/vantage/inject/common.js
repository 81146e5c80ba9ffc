// Shared by page and worker: the key recorder and base64. Wrapped in a function by harness.vantage.instrument, so that
// nothing of it is visible to the tested application but the wrapped platform functions.
const subtle = self.crypto && self.crypto.subtle;
const original = subtle && {
  importKey: subtle.importKey.bind(subtle),
  deriveBits: subtle.deriveBits.bind(subtle),
  deriveKey: subtle.deriveKey.bind(subtle),
  generateKey: subtle.generateKey.bind(subtle),
  exportKey: subtle.exportKey.bind(subtle),
  digest: subtle.digest.bind(subtle),
};

function base64(buffer) {
  const bytes = new Uint8Array(buffer);
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode.apply(null, bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

function copyOf(data) {
  const view = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
  return view.slice();
}

// Secret kinds only: a raw import of X25519, ECDH or Ed25519 is a public key, and HMAC keys may be public salts.
const SECRET = /^(AES-|HKDF|PBKDF2|AES)/i;

function recordKeys(send, scope) {
  if (!subtle) return;
  const rawOf = new WeakMap(); // CryptoKey -> base64 of its bytes, to say what a key was derived from
  const nameOf = (algorithm) => (typeof algorithm === 'string' ? algorithm : algorithm && algorithm.name) || '';
  const note = (bytes, algorithm, parent) => send({
    t: 'key', scope, alg: nameOf(algorithm), raw: base64(bytes), parent: parent || '', at: performance.timeOrigin + performance.now(),
  });

  subtle.importKey = async function (format, data, algorithm, ...rest) {
    const kept = format === 'raw' && SECRET.test(nameOf(algorithm)) ? copyOf(data) : null;
    const key = await original.importKey(format, data, algorithm, ...rest);
    if (kept && kept.length >= 16) {
      rawOf.set(key, base64(kept));
      note(kept, algorithm, lastDerived.get(base64(kept)));
    }
    return key;
  };
  const lastDerived = new Map(); // base64 of derived bits -> base64 of the key they came from
  subtle.deriveBits = async function (algorithm, key, length) {
    const bits = await original.deriveBits(algorithm, key, length);
    if (rawOf.has(key)) lastDerived.set(base64(bits), rawOf.get(key));
    return bits;
  };
  subtle.deriveKey = async function (algorithm, key, derived, extractable, usages) {
    const result = await original.deriveKey(algorithm, key, derived, extractable, usages);
    if (SECRET.test(nameOf(derived))) {
      // The same derivation once more, extractable, gives the bytes that a non-extractable key hides.
      const twin = await original.deriveKey(algorithm, key, derived, true, usages);
      const bytes = await original.exportKey('raw', twin);
      rawOf.set(result, base64(bytes));
      note(bytes, derived, rawOf.get(key));
    }
    return result;
  };
  subtle.generateKey = async function (algorithm, extractable, usages) {
    if (!SECRET.test(nameOf(algorithm))) return original.generateKey(algorithm, extractable, usages);
    const bytes = await original.exportKey('raw', await original.generateKey(algorithm, true, usages));
    const key = await original.importKey('raw', bytes, algorithm, extractable, usages);
    rawOf.set(key, base64(bytes));
    note(bytes, algorithm, '');
    return key;
  };
}
