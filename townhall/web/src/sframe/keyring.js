/** The keys a page holds: one to send with, and for each other participant those of the current and the last epoch. */
import { FrameCipher, OpenError } from "./cipher.js";
import { HeaderError, decodeHeader } from "./header.js";
import { ReplayWindow } from "./replay-window.js";

/** How long frames of the epoch before are still opened: they were on their way when the epoch changed (milliseconds). */
export const OLD_EPOCH_MS = 2000;

/** The frame may not be passed on: unknown key, another sender's key, failed authentication, or a replay. */
export class FrameRefused extends Error {}

/** A cipher with the one counter that all tracks of the sender share, for as long as the key lives. */
class SenderKey {
  constructor(cipher, firstCounter) {
    this.cipher = cipher;
    this.counter = firstCounter;
  }
}

/** A cipher with the sender it belongs to and the counters seen. */
class ReceiverKey {
  constructor(cipher, sender, window) {
    this.cipher = cipher;
    this.sender = sender;
    this.window = window;
    this.retiredAt = Infinity;
  }
}

/** Keys by KID. Sealing and opening happen here; whoever asks gets the frame or an error, never the plain frame. */
export class Keyring {
  /** @type {SenderKey|null} */
  sender = null;
  /** @type {Map<bigint, ReceiverKey>} */
  receivers = new Map();
  /** What each new key is made of; the worker's seams say it. */
  parts = { cipher: () => FrameCipher, replayWindow: () => new ReplayWindow() };
  #now;

  /** @param {() => number} [now] milliseconds, monotonic */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /**
   * Sets the key to send with; its counter starts at `firstCounter`.
   * @param {{suite: import("./suite.js").Suite, kid: bigint, baseKey: Uint8Array, firstCounter: bigint}} key
   */
  async installSender({ suite, kid, baseKey, firstCounter }) {
    this.sender = new SenderKey(await this.parts.cipher().derive(suite, kid, baseKey), firstCounter);
  }

  /**
   * Adds a key to receive with; the sender's key of the epoch before stays for `OLD_EPOCH_MS`.
   * @param {{suite: import("./suite.js").Suite, kid: bigint, baseKey: Uint8Array, sender: string}} key
   */
  async installReceiver({ suite, kid, baseKey, sender }) {
    const cipher = await this.parts.cipher().derive(suite, kid, baseKey);
    for (const key of this.receivers.values()) {
      if (key.sender === sender) key.retiredAt = Math.min(key.retiredAt, this.#now() + OLD_EPOCH_MS);
    }
    this.receivers.set(kid, new ReceiverKey(cipher, sender, this.parts.replayWindow()));
  }

  /** Forgets the sending key and every key of one participant, who has left. @param {string} sender */
  forget(sender) {
    this.sender = null;
    for (const [kid, key] of this.receivers) {
      if (key.sender === sender) this.receivers.delete(kid);
    }
  }

  /**
   * @param {Uint8Array} plaintext
   * @param {Uint8Array} [metadata] authenticated, not sent
   * @returns {Promise<Uint8Array>} the SFrame
   * @throws {FrameRefused} where there is no key yet
   */
  async seal(plaintext, metadata) {
    if (!this.sender) throw new FrameRefused("no key to send with");
    const { cipher } = this.sender;
    const ctr = this.sender.counter; // taken before the first await: no two frames can get the same
    this.sender.counter += 1n;
    return cipher.seal(ctr, plaintext, metadata);
  }

  /**
   * @param {Uint8Array} frame
   * @param {string} sender the participant whose track brought the frame
   * @param {Uint8Array} [metadata] as it was sealed with
   * @returns {Promise<Uint8Array>} the plaintext
   * @throws {FrameRefused} where the frame is not one that this sender sealed for us, now, for the first time
   */
  async open(frame, sender, metadata) {
    try {
      const header = decodeHeader(frame);
      const key = this.receivers.get(header.kid);
      if (!key || key.sender !== sender || key.retiredAt <= this.#now()) throw new FrameRefused("unknown key id");
      if (!key.window.accepts(header.ctr)) throw new FrameRefused("a replay");
      const plaintext = await key.cipher.open(header, frame, metadata);
      if (!key.window.accepts(header.ctr)) throw new FrameRefused("a replay"); // its twin was opened meanwhile
      key.window.note(header.ctr);
      return plaintext;
    } catch (error) {
      if (error instanceof HeaderError || error instanceof OpenError) throw new FrameRefused(error.message);
      throw error;
    }
  }
}
