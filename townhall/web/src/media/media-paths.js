/** Every media connection of this page: what it sends from each source, and what it receives from each participant. */
import { Publisher } from "./publisher.js";
import { Subscriber } from "./subscriber.js";

const key = (pid, source) => `${pid} ${source}`;

/** The connections of one call; a new connection to the town hall makes new ones. */
export class MediaPaths {
  #network = {};
  #publishers = new Map(); // source -> Publisher
  #subscribers = new Map(); // "pid source" -> {pid, source, subscriber}

  /**
   * @param {object} handlers
   * @param {(message: object) => void} handlers.send to the town hall
   * @param {(end: object, kind: string, pc: RTCPeerConnection, about: object) => void} handlers.protect called in the task
   *   that adds the track; `about` is {side, source, pid}
   * @param {RTCCertificate[]} [handlers.certificates] of all connections
   * @param {(kind: string) => string[]} [handlers.furtherCodecs] that are sent beside those of the call
   * @param {() => void} handlers.onFailed a connection is lost; a new one may help
   * @param {() => void} handlers.onBroken a description or candidate could not be used
   * @param {(pid: string, source: string, stream: MediaStream|null, connected?: Promise<void>) => void} handlers.onStream
   */
  constructor(handlers) {
    this.handlers = handlers;
    this.#network = { certificates: handlers.certificates, furtherCodecs: handlers.furtherCodecs };
  }

  /** Takes what a welcome says about the way to the media server. */
  configure({ ice_servers: iceServers, ice_policy: icePolicy }) {
    Object.assign(this.#network, { iceServers, icePolicy });
  }

  #connection(Kind, pc, source) {
    return new Kind({
      ...this.#network,
      onCandidate: (candidate) => this.handlers.send({ type: "candidate", pc, source, candidate }),
      onFailed: () => this.handlers.onFailed(),
    });
  }

  /** Works on a connection; what fails because a newer one took its place meanwhile is of no interest. */
  async #on(connection, work) {
    try {
      if (connection) await work(connection);
    } catch (error) {
      if (connection.pc.signalingState === "closed") return;
      console.error(error);
      this.handlers.onBroken();
    }
  }

  /** Sends a stream, in place of what was sent from this source. @param {"camera"|"screen"} source */
  publish(source, stream) {
    this.#publishers.get(source)?.close();
    const publisher = this.#connection(Publisher, "publisher", source);
    this.#publishers.set(source, publisher);
    return this.#on(publisher, async () => {
      const sdp = await publisher.offer(stream, source, (sender, kind, pc) =>
        this.handlers.protect(sender, kind, pc, { side: "send", source }),
      );
      this.handlers.send({ type: "publish", source, sdp });
    });
  }

  /** Sends no more from a source. */
  unpublish(source) {
    this.#publishers.get(source)?.close();
    this.#publishers.delete(source);
    this.handlers.send({ type: "unpublish", source });
  }

  /** Sends another track, or none, from a source. */
  async replace(source, kind, track) {
    await this.#publishers.get(source)?.replace(kind, track);
  }

  /** @returns {boolean} whether there is a connection for it already */
  receives(pid, source) {
    return this.#subscribers.has(key(pid, source));
  }

  /** @returns {boolean} whether this stream is what is received of a participant, on a connection that stands */
  shows(pid, stream) {
    const subscriber = this.#subscribers.get(key(pid, "camera"))?.subscriber;
    return subscriber?.stream === stream && subscriber.pc.connectionState === "connected";
  }

  subscribe(pid, source) {
    this.#subscribers.get(key(pid, source))?.subscriber.close();
    const subscriber = this.#connection(Subscriber, pid, source);
    this.#subscribers.set(key(pid, source), { pid, source, subscriber });
    this.handlers.send({ type: "subscribe", feed: pid, source });
  }

  /** Everything anew: what was protected by a worker that is gone. */
  subscribeAgain() {
    for (const { pid, source } of [...this.#subscribers.values()]) this.subscribe(pid, source);
  }

  unsubscribe(pid, source) {
    this.#subscribers.get(key(pid, source))?.subscriber.close();
    if (this.#subscribers.delete(key(pid, source))) this.handlers.onStream(pid, source, null);
  }

  /** Ends what is received of a participant, whose pictures stay as they are until new ones come. */
  closeSubscriptions(pid) {
    for (const one of this.#subscribers.values()) {
      if (one.pid === pid) one.subscriber.close();
    }
  }

  /** Ends all that is received of a participant who left. */
  forget(pid) {
    for (const one of [...this.#subscribers.values()]) {
      if (one.pid === pid) this.unsubscribe(pid, one.source);
    }
  }

  /** Takes a message of the town hall about a connection: `published`, `offer` or `candidate`. */
  receive({ type, pc, feed, source = "camera", sdp, candidate }) {
    const publisher = this.#publishers.get(source);
    const subscriber = this.#subscribers.get(key(feed ?? pc, source))?.subscriber;
    if (type === "published") return this.#on(publisher, () => publisher.describe("answer", sdp));
    if (type === "offer") return this.#on(subscriber, () => this.#answer(feed, source, sdp, subscriber));
    const connection = pc === "publisher" ? publisher : subscriber;
    return this.#on(connection, () => connection.addCandidate(candidate));
  }

  async #answer(pid, source, sdp, subscriber) {
    const answer = await subscriber.answer(sdp, (receiver, kind, pc) =>
      this.handlers.protect(receiver, kind, pc, { side: "receive", source, pid }),
    );
    this.handlers.send({ type: "answer", feed: pid, source, sdp: answer });
    this.handlers.onStream(pid, source, subscriber.stream, subscriber.connected);
  }

  /** Ends everything. */
  close() {
    this.#publishers.forEach((publisher) => publisher.close());
    this.#subscribers.forEach(({ subscriber }) => subscriber.close());
    this.#publishers.clear();
    this.#subscribers.clear();
  }
}
