/**
 * The seams: the few places where a built-in flaw may put its own behaviour in the place of the honest one.
 * Everything below is what the honest client does; each file in `flaws/` replaces as little of it as its defect needs.
 *
 * @typedef {typeof honestPage} PageSeams
 * @typedef {typeof honestWorker} WorkerSeams
 * @typedef {{name: string, page?: Partial<PageSeams>, worker?: Partial<WorkerSeams>}} Flaw
 * @typedef {{baseKey: Uint8Array, kid: bigint}} AgreedKey
 */

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

  /** The base key in use. @param {Uint8Array} agreed what the participants agreed upon @returns {Promise<Uint8Array>} */
  async baseKey(agreed) {
    return agreed;
  },

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
  /** Whether a transform leaves frames alone instead of sealing or opening them: none does. @param {object} options of it */
  leavesAlone(options) {
    return false;
  },

  /** Whether frames are sent as they are while there is no key: never, they are dropped. @returns {boolean} */
  forwardsWithoutKey() {
    return false;
  },

  /** Called before the sending key is put to use. @returns {Promise<void>} */
  async beforeSenderKey() {},

  /**
   * Further messages from the page: there are none.
   * @param {object} message @param {import("./sframe/keyring.js").Keyring} keys
   */
  message(message, keys) {},
};
