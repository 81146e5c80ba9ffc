/** Sends this page's camera and microphone to the media server, on a connection of their own. */
import { codecs } from "./codecs.js";
import { Connection } from "./connection.js";

/** Enough for a face at 640x360; a town hall's line is shared by several calls. Bits per second. */
const VIDEO_BITRATE = 700_000;

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
      const sendEncodings = track.kind === "video" ? [{ maxBitrate: VIDEO_BITRATE }] : [{}];
      const transceiver = this.pc.addTransceiver(track, { direction: "sendonly", streams: [stream], sendEncodings });
      protect(transceiver.sender, track.kind, this.pc);
      transceiver.setCodecPreferences(codecs(track.kind));
    }
    await this.pc.setLocalDescription();
    return this.pc.localDescription.sdp;
  }
}
