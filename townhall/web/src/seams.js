/**
 * The seams: the few places where a built-in flaw may put its own behaviour in the place of the honest one.
 * Everything below is what the honest client does; each file in `flaws/` replaces as little of it as its defect needs.
 *
 * @typedef {typeof honestPage} PageSeams
 * @typedef {typeof honestWorker} WorkerSeams
 * @typedef {{name: string, page?: Partial<PageSeams>, worker?: Partial<WorkerSeams>}} Flaw
 * @typedef {{baseKey: Uint8Array, kid: bigint}} AgreedKey
 */
import { FrameCipher } from "./sframe/cipher.js";
import { Keyring } from "./sframe/keyring.js";
import { ReplayWindow } from "./sframe/replay-window.js";

/** Seams of the page. */
export const honestPage = {
  /** When the call page has opened, before anybody pressed anything: nothing. */
  opened() {},

  /**
   * Sets the transform of a track: at once, in the task that adds the track, so that no frame can pass before.
   * @param {(options?: object) => void} set @param {RTCPeerConnection} pc @param {"send"|"receive"} side
   * @param {"camera"|"screen"} source @param {"direct"} [path] where it is not the media server's
   */
  protect(set, pc, side, source, path) {
    set();
  },

  /**
   * The base key in use.
   * @param {Uint8Array} agreed what the participants agreed upon
   * @param {number} roster number of the list of who is present that it is for
   * @returns {Promise<Uint8Array>}
   */
  async baseKey(agreed, roster) {
    return agreed;
  },

  /**
   * Puts the keys of an epoch to use.
   * @param {import("./media/frame-guard.js").FrameGuard} guard
   * @param {object} keys as the guard takes them
   * @param {{exporter: (label: string, length: number) => Promise<Uint8Array>, tell: (body: object) => void}} call secrets
   *   of the epoch, and the way to everybody else
   */
  async install(guard, keys, call) {
    guard.install(keys);
  },

  /** Hears each message of the town hall first. @param {object} message @returns {boolean} whether it was for this alone: none is */
  heard(message) {
    return false;
  },

  /** Somebody has left: they are locked out at once. @param {() => void} lockOut forgets their keys and has new ones agreed */
  left(lockOut) {
    lockOut();
  },

  /** How keys are agreed upon: as `KeyAgreement` does by itself. @returns {object} options of it */
  agreement() {
    return {};
  },

  /** Whether the lock is shown. @param {boolean} proven whether frames are sealed and opened @returns {boolean} */
  lock(proven) {
    return proven;
  },

  /** Codecs that are taken beside those of the call: none. @param {string} kind @returns {string[]} MIME types */
  furtherCodecs(kind) {
    return [];
  },

  /** The certificates of a call's connections: none, so that the browser makes a new one for each. */
  async certificates() {},

  /** Where the counter of a new key starts. @returns {bigint} */
  firstCounter() {
    return 0n;
  },

  /** Tells somebody about new keys: nobody. @param {Uint8Array} baseKey @param {(message: object) => void} signal */
  keysAgreed(baseKey, signal) {},

  /** After a new connection, on either side of it. @param {(message: object) => void} toWorker @param {string|null} pid */
  reconnected(toWorker, pid) {},

  /** The person turned the microphone or the camera on again. @param {string} kind @param {(message: object) => void} toWorker */
  unmuted(kind, toWorker) {},

  /** What takes the place of a frame guard whose worker is gone: nothing, the call ends. @returns {object|null} */
  withoutWorker() {
    return null;
  },

  /** Tells somebody what was typed into a field: nobody. @param {string} name of the field @param {string} value */
  fieldEdited(name, value) {},

  /** Tells somebody of a file that is shared: nobody. @param {File} file */
  fileShared(file) {},
};

/** Seams of the worker. */
export const honestWorker = {
  /** Hears of each transform when it begins. @param {object} transformer */
  begins(transformer) {},

  /** Whether a transform leaves frames alone instead of sealing or opening them: none does. @param {object} options of it @param {object} frame */
  leavesAlone(options, frame) {
    return false;
  },

  /** Where the worker holds its keys. @returns {Keyring} */
  keyring() {
    return new Keyring();
  },

  /**
   * Seals a frame.
   * @param {Keyring} keys @param {Uint8Array} data @param {object} options of the transform
   * @param {{type?: "key"|"delta"|"empty"}} frame
   */
  seal(keys, data, options, frame) {
    return keys.seal(data);
  },

  /** Opens a frame. @param {Keyring} keys @param {Uint8Array} data @param {object} options of the transform */
  open(keys, data, { sender }) {
    return keys.open(data, sender);
  },

  /** Whether frames are sent as they are while there is no key: never, they are dropped. @returns {boolean} */
  forwardsWithoutKey() {
    return false;
  },

  /** Called before the sending key is put to use. @returns {Promise<void>} */
  async beforeSenderKey() {},

  /** What seals and opens the frames of a key. @returns {typeof FrameCipher} */
  cipher() {
    return FrameCipher;
  },

  /** What remembers the counters of a sender's frames, so that none is opened twice. @returns {ReplayWindow} */
  replayWindow() {
    return new ReplayWindow();
  },

  /**
   * What takes the place of a received frame that was refused: nothing, it is dropped.
   * @param {import("./sframe/keyring.js").FrameRefused} error @param {Uint8Array} frame
   * @param {import("./sframe/keyring.js").Keyring} keys @returns {Promise<Uint8Array|null>}
   */
  async refused(error, frame, keys) {
    return null;
  },

  /**
   * Further messages from the page: there are none.
   * @param {object} message @param {import("./sframe/keyring.js").Keyring} keys
   */
  message(message, keys) {},
};
