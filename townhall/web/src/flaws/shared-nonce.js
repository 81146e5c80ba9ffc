/** Flaw: sound and picture count their frames each on its own, under one key: both begin at 0. */
import { Keyring } from "../sframe/keyring.js";

/** A keyring for each kind of track, all with the same keys. */
class KeyringForEachKind {
  audio = new Keyring();
  video = new Keyring();

  set parts(parts) {
    this.audio.parts = this.video.parts = parts;
  }

  async installSender(key) {
    await Promise.all([this.audio.installSender(key), this.video.installSender(key)]);
  }

  async installReceiver(key) {
    await Promise.all([this.audio.installReceiver(key), this.video.installReceiver(key)]);
  }

  forget(sender) {
    this.audio.forget(sender);
    this.video.forget(sender);
  }
}

export const sharedNonce = {
  name: "shared-nonce",
  worker: {
    keyring: () => new KeyringForEachKind(),
    seal: (keys, data, { kind }) => keys[kind].seal(data),
    open: (keys, data, { kind, sender }) => keys[kind].open(data, sender),
  },
};
