/** Sends this page's camera and microphone to the media server, on a connection of their own. */
import { codecs } from "./codecs.js";
import { Connection } from "./connection.js";

/** One publication; a new connection to the call makes a new one. */
export class Publisher extends Connection {
  /**
   * Adds the tracks, each with its protection, and makes the offer.
   * @param {MediaStream} stream
   * @param {(sender: RTCRtpSender, kind: string, pc: RTCPeerConnection) => void} protect called in the task that adds the track
   * @returns {Promise<string>} the offer's SDP
   */
  async offer(stream, protect) {
    for (const track of stream.getTracks()) {
      const transceiver = this.pc.addTransceiver(track, { direction: "sendonly", streams: [stream] });
      protect(transceiver.sender, track.kind, this.pc);
      transceiver.setCodecPreferences(codecs(track.kind));
    }
    await this.pc.setLocalDescription();
    return this.pc.localDescription.sdp;
  }
}
