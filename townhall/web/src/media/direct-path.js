/** The direct path between two pages: one peer connection for camera and microphone both ways, past the media server. */
import { codecs } from "./codecs.js";
import { Connection } from "./connection.js";
import { BITRATES, KINDS } from "./publisher.js";

/**
 * One attempt at a direct path, and its use. The two pages offer one after the other, each what it sends: Chromium (156)
 * takes no notice of a transform on a video sender that came into being with the other side's offer, and would send in the
 * clear. What the pages tell each other (descriptions, candidates, and that the other's picture comes by the media server
 * now) the town hall passes on without looking at it.
 */
export class DirectPath extends Connection {
  /** What was received so far. */
  stream = new MediaStream();

  /** Resolves when the connection stands and both of the other's tracks have their place. @type {Promise<void>} */
  connected;

  #sent;
  #send;
  #protect;
  #senders = new Map();
  #moved = { here: false, there: false };

  /**
   * @param {object} options those of a Connection but `onCandidate`, and
   * @param {string} options.pid of the other page
   * @param {MediaStream} options.sent camera and microphone of this page
   * @param {(body: string) => void} options.send to the other page
   * @param {(end: object, kind: string, pc: RTCPeerConnection, side: "send"|"receive") => void} options.protect called in
   *   the task that makes a track's place: no frame passes before
   */
  constructor({ pid, sent, send, protect, ...options }) {
    super({ ...options, onCandidate: (candidate) => send(JSON.stringify({ candidate })) });
    this.pid = pid;
    this.#sent = sent;
    this.#send = send;
    this.#protect = protect;
    this.connected = new Promise((resolve) => {
      const look = () => this.stands && this.stream.getTracks().length === KINDS.camera.length && resolve();
      this.pc.addEventListener("connectionstatechange", look);
      this.pc.ontrack = ({ track, receiver }) => {
        protect(receiver, track.kind, this.pc, "receive");
        this.stream.addTrack(track);
        look();
      };
    });
  }

  /** @returns {boolean} whether media flows */
  get stands() {
    return this.pc.connectionState === "connected";
  }

  /** @returns {boolean} whether both pages have each other's picture by the media server: nobody needs this path any more */
  get left() {
    return this.#moved.here && this.#moved.there;
  }

  /** Adds the tracks, each with its protection, and offers them: one of the two pages does so unasked. */
  async offer() {
    for (const kind of KINDS.camera) {
      const track = this.#sent.getTracks().find((one) => one.kind === kind);
      const sendEncodings = kind === "video" ? [{ maxBitrate: BITRATES.camera }] : [{}];
      const transceiver = this.pc.addTransceiver(track ?? kind, { direction: "sendonly", streams: [this.#sent], sendEncodings });
      this.#protect(transceiver.sender, kind, this.pc, "send");
      transceiver.setCodecPreferences(codecs(kind));
      this.#senders.set(kind, transceiver.sender);
    }
    await this.#describeSelf();
  }

  /** Takes what the other page said. @param {string} body */
  async receive(body) {
    const { description, moved, candidate } = JSON.parse(body);
    if (description?.type === "offer") await this.#answer(description.sdp);
    else if (description) await this.describe("answer", description.sdp);
    else if (moved) this.#moved.there = true;
    else await this.addCandidate(candidate);
  }

  async #answer(sdp) {
    await this.describe("offer", sdp);
    await this.#describeSelf();
    if (this.#senders.size === 0) await this.offer();
  }

  async #describeSelf() {
    await this.pc.setLocalDescription();
    const { type, sdp } = this.pc.localDescription;
    this.#send(JSON.stringify({ description: { type, sdp } }));
  }

  /** The other's picture comes by the media server now; the other page hears of it. */
  move() {
    this.#moved.here = true;
    this.#send(JSON.stringify({ moved: true }));
  }

  /** Sends another track, or nothing, through the sender that is protected already. @param {"audio"|"video"} kind */
  async replace(kind, track) {
    await this.#senders.get(kind)?.replaceTrack(track);
  }
}
