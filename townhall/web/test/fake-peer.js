/** Stands for the browser's peer connections, as far as the media ways use them. */

export class FakeStream {
  #tracks = [];
  getTracks() {
    return this.#tracks;
  }
  addTrack(track) {
    this.#tracks.push(track);
  }
}

/** Describes itself by the kinds that it sends; a description that is set makes their tracks. */
export class FakePeer {
  static all = [];
  connectionState = "new";
  signalingState = "stable";
  localDescription = null;
  transceivers = [];
  #listeners = [];

  constructor(config) {
    this.config = config;
    FakePeer.all.push(this);
  }

  addEventListener(name, listener) {
    this.#listeners.push(listener);
  }

  addTransceiver(track, { direction, sendEncodings }) {
    const kind = track.kind ?? track;
    const sender = { kind, sendEncodings, track: track.kind ? track : null, replaceTrack: async (one) => void (sender.track = one) };
    const transceiver = { sender, direction, setCodecPreferences() {} };
    this.transceivers.push(transceiver);
    return transceiver;
  }

  async setLocalDescription() {
    const kinds = this.transceivers.map(({ sender }) => sender.kind);
    this.localDescription = { type: this.remote === "offer" ? "answer" : "offer", sdp: kinds.join() };
    this.remote = "";
  }

  async setRemoteDescription({ type, sdp }) {
    if (sdp === "nonsense") throw new Error("not a description");
    this.remote = type;
    if (type !== "offer") return;
    for (const kind of sdp.split(",")) this.ontrack({ track: { kind }, receiver: { kind } });
  }

  async addIceCandidate() {}

  becomes(state) {
    this.connectionState = state;
    this.onconnectionstatechange?.();
    this.#listeners.forEach((listener) => listener());
  }

  close() {
    this.connectionState = this.signalingState = "closed";
  }
}

export function fakeBrowser() {
  FakePeer.all = [];
  globalThis.RTCPeerConnection = FakePeer;
  globalThis.MediaStream = FakeStream;
  globalThis.RTCRtpSender = { getCapabilities: () => ({ codecs: [] }) };
}
