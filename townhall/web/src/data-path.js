/** The way of sealed messages between the pages, over the call's WebSocket; what seals them is `papers/channel.js`. */
import { base64, fromBase64url } from "./bytes.js";

/** @typedef {{pid: string, role: string, name: string}} Peer */

/** What the papers see of the call. */
export class DataPath {
  /** This page's own pid, "" before the first keys. */
  pid = "";
  #send;
  #onMessage = [];
  #onPeers = [];

  /**
   * @param {{send: (body: string) => void, exporter: (label: string, length: number) => Promise<Uint8Array>}} call
   */
  constructor({ send, exporter }) {
    this.#send = send;
    /** A secret of the epoch in use, the same for everybody present. */
    this.exporter = exporter;
  }

  /** Sends to everybody else; lost while there is no connection. @param {Uint8Array} message at most 64 KiB */
  send(message) {
    this.#send(base64(message));
  }

  /** @param {(from: string, message: Uint8Array) => void} callback */
  onMessage(callback) {
    this.#onMessage.push(callback);
  }

  /**
   * @param {(peers: Peer[]) => void} callback called with everybody present, this page included, at each new epoch, and
   *   when a connection came back: what was sent meanwhile is lost
   */
  onPeers(callback) {
    this.#onPeers.push(callback);
  }

  /** The call brings a message. @param {string} from pid @param {string} body base64 */
  deliver(from, body) {
    let message;
    try {
      message = fromBase64url(body); // which reads base64, too
    } catch {
      return; // what is no base64 was sealed by nobody
    }
    this.#onMessage.forEach((callback) => callback(from, message));
  }

  /** The call says who is present, with keys shared by all. @param {string} self pid @param {Peer[]} peers */
  tellPeers(self, peers) {
    this.pid = self;
    const cards = peers.map(({ pid, role, name }) => ({ pid, role, name }));
    this.#onPeers.forEach((callback) => callback(cards));
  }
}
