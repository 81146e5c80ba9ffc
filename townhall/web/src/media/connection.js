/** What publishing and receiving have in common: a peer connection with candidates trickled both ways. */

/** A peer connection that holds back remote candidates until the remote description is there. */
export class Connection {
  #early = [];
  #described = false;

  /**
   * @param {object} options
   * @param {RTCIceServer[]} options.iceServers
   * @param {"all"|"relay"} [options.icePolicy] relay: by TURN only
   * @param {RTCCertificate[]} [options.certificates] the browser makes a new one without
   * @param {(candidate: object|null) => void} options.onCandidate to be sent to the server; null ends them
   * @param {() => void} options.onFailed the connection is lost for good
   */
  constructor({ iceServers, icePolicy = "all", certificates, onCandidate, onFailed }) {
    this.pc = new RTCPeerConnection({ iceServers, iceTransportPolicy: icePolicy, certificates });
    this.pc.onicecandidate = ({ candidate }) => onCandidate(candidate ? candidate.toJSON() : null);
    this.pc.onconnectionstatechange = () => {
      if (this.pc.connectionState === "failed") onFailed();
    };
  }

  /** @param {"offer"|"answer"} type @param {string} sdp */
  async describe(type, sdp) {
    await this.pc.setRemoteDescription({ type, sdp });
    this.#described = true;
    await Promise.all(this.#early.splice(0).map((candidate) => this.addCandidate(candidate)));
  }

  /** @param {object|null} candidate from the server */
  async addCandidate(candidate) {
    if (!this.#described) this.#early.push(candidate);
    else await this.pc.addIceCandidate(candidate ?? undefined);
  }

  /** Ends the connection; nothing is sent or received any more. */
  close() {
    this.pc.onicecandidate = null;
    this.pc.onconnectionstatechange = null;
    this.pc.ontrack = null;
    this.pc.close();
  }
}
