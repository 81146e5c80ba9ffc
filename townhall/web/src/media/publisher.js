/** Sends what this page has from one source to the media server, on a connection of its own. */
import { codecs } from "./codecs.js";
import { Connection } from "./connection.js";

/** Enough for a face at 640x480, and for a screen with text; a town hall's line is shared by several calls. Bits per second. */
export const BITRATES = { camera: 700_000, screen: 1_200_000 };

/** What each source consists of. */
export const KINDS = { camera: ["audio", "video"], screen: ["video"] };

/** One publication; a new connection to the call makes a new one. */
export class Publisher extends Connection {
  #senders = new Map();
  #further;

  /** @param {object} options of `Connection`, and `furtherCodecs`: (kind) => MIME types beside those of the call */
  constructor({ furtherCodecs = () => [], ...options }) {
    super(options);
    this.#further = furtherCodecs;
  }

  /**
   * Adds the tracks, each with its protection, and makes the offer. A medium that is turned off has its place all the same.
   * @param {MediaStream} stream
   * @param {"camera"|"screen"} source
   * @param {(sender: RTCRtpSender, kind: string, pc: RTCPeerConnection) => void} protect called in the task that adds the track
   * @returns {Promise<string>} the offer's SDP
   */
  async offer(stream, source, protect) {
    for (const kind of KINDS[source]) {
      const track = stream.getTracks().find((one) => one.kind === kind);
      // On a slow line a screen comes less often and stays readable: small print that is blurred is of no use.
      if (track && source === "screen") track.contentHint = "detail";
      const sendEncodings = kind === "video" ? [{ maxBitrate: BITRATES[source] }] : [{}];
      const transceiver = this.pc.addTransceiver(track ?? kind, { direction: "sendonly", streams: [stream], sendEncodings });
      protect(transceiver.sender, kind, this.pc);
      transceiver.setCodecPreferences(codecs(kind, this.#further(kind)));
      this.#senders.set(kind, transceiver.sender);
    }
    await this.pc.setLocalDescription();
    return this.pc.localDescription.sdp;
  }

  /**
   * Sends another track, or nothing, through the sender that is protected already.
   * @param {"audio"|"video"} kind
   * @param {MediaStreamTrack|null} track
   */
  async replace(kind, track) {
    await this.#senders.get(kind)?.replaceTrack(track);
  }
}
