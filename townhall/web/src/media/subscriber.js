/** Receives one source of one participant from the media server, on a connection of its own. */
import { Connection } from "./connection.js";

/** One subscription to one feed; a feed that is published anew gets a new one. */
export class Subscriber extends Connection {
  /** What was received so far. */
  stream = new MediaStream();

  /** Resolves when the connection stands. @type {Promise<void>} */
  connected = new Promise((resolve) => {
    this.pc.addEventListener("connectionstatechange", () => {
      if (this.pc.connectionState === "connected") resolve();
    });
  });

  /**
   * @param {string} sdp the server's offer
   * @param {(receiver: RTCRtpReceiver, kind: string, pc: RTCPeerConnection) => void} protect called in the task that adds
   *   the track
   * @returns {Promise<string>} the answer's SDP
   */
  async answer(sdp, protect) {
    this.pc.ontrack = ({ track, receiver }) => {
      protect(receiver, track.kind, this.pc);
      this.stream.addTrack(track);
    };
    await this.describe("offer", sdp);
    await this.pc.setLocalDescription();
    return this.pc.localDescription.sdp;
  }
}
