/**
 * Which way camera and microphone take. Two people whose town hall allows it send to each other directly; everybody else,
 * and whoever cannot be reached directly, sends by the media server. Once by the media server, always: a page that has
 * published there is followed by the others.
 */
import { DirectPath } from "./direct-path.js";
import { MediaPaths } from "./media-paths.js";

const ATTEMPT_MS = 6000; // from the first try until the direct path must stand
const ABSENCE_MS = 3000; // how long a path that stood may be without connection
const MOVE_MS = 10_000; // how long the direct path is kept for a page that does not say that it has moved

/** The media connections of one call: those to the media server, and the direct one while there is one. */
export class MediaWays {
  #handlers;
  #server;
  #network = {};
  #atServer = false; // whether camera and microphone are, or will be, published at the media server
  #camera = null; // stream of this page
  #direct = null;
  #timer = 0; // when the direct path is given up

  /** @param {object} handlers those of MediaPaths; `about` of `protect` says the `path`: "direct" or nothing */
  constructor(handlers) {
    this.#handlers = handlers;
    this.#server = new MediaPaths({ ...handlers, onStream: (...seen) => this.#fromServer(...seen) });
  }

  /** Takes what a welcome says about the ways there are. @param {object} welcome */
  configure(welcome) {
    const { ice_servers: iceServers, ice_policy: icePolicy, direct } = welcome;
    this.#network = { iceServers, icePolicy, certificates: this.#handlers.certificates };
    this.#server.configure(welcome);
    if (!direct) this.#atServer = true;
  }

  /** Who is present now. @param {string} self pid @param {{pid: string, publishing: boolean}[]} others */
  present(self, others) {
    const [other] = others;
    if (others.length > 1 || other?.publishing) this.#toServer();
    if (this.#atServer || !other) return;
    if (this.#direct?.pid === other.pid) this.#showDirect();
    else this.#attempt(self, other.pid);
  }

  #attempt(self, pid) {
    this.#drop();
    const direct = new DirectPath({
      ...this.#network,
      pid,
      sent: this.#camera,
      send: (body) => this.#handlers.send({ type: "direct", to: pid, body }),
      protect: (end, kind, pc, side) => this.#handlers.protect(end, kind, pc, { side, source: "camera", pid, path: "direct" }),
      onFailed: () => this.#toServer(),
    });
    this.#direct = direct;
    this.#giveUpAfter(ATTEMPT_MS);
    void direct.connected.then(() => this.#stands(direct));
    if (self < pid) void this.#on(direct, () => direct.offer());
  }

  #stands(direct) {
    if (direct !== this.#direct || this.#atServer) return;
    clearTimeout(this.#timer);
    direct.pc.addEventListener("connectionstatechange", () => {
      if (direct !== this.#direct || this.#atServer) return;
      if (direct.stands) clearTimeout(this.#timer);
      else if (direct.pc.connectionState === "disconnected") this.#giveUpAfter(ABSENCE_MS);
    });
    this.#handlers.send({ type: "direct-up" });
    this.#showDirect();
  }

  #giveUpAfter(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#toServer(), milliseconds);
  }

  /** Works on the direct path; where that is not possible there is the other way. */
  async #on(direct, work) {
    try {
      await work();
    } catch (error) {
      if (direct !== this.#direct) return;
      console.error(error);
      this.#toServer();
    }
  }

  /** From now on by the media server. A direct path that stands is kept until both pages have each other's picture there. */
  #toServer() {
    const begins = !this.#atServer;
    this.#atServer = true;
    if (this.#direct && !this.#direct.stands) this.#drop();
    if (!begins) return;
    if (this.#camera) void this.#server.publish("camera", this.#camera);
    if (!this.#direct) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#drop(), MOVE_MS);
  }

  #drop() {
    clearTimeout(this.#timer);
    this.#direct?.close();
    this.#direct = null;
  }

  #showDirect() {
    const { pid, stream, connected, stands } = this.#direct;
    if (stands && !this.#atServer) this.#handlers.onStream(pid, "camera", stream, connected);
  }

  /** The direct picture stays until the one by the media server is there. */
  #fromServer(pid, source, stream, connected) {
    const show = () => this.#handlers.onStream(pid, source, stream, connected);
    const direct = this.#direct;
    if (!stream || source !== "camera" || direct?.pid !== pid || !direct.stands) {
      show();
      return;
    }
    void connected.then(() => {
      if (!this.#server.shows(pid, stream)) return; // a newer one took its place
      show();
      if (direct !== this.#direct) return;
      direct.move();
      if (direct.left) this.#drop();
    });
  }

  /** Sends a stream, in place of what was sent from this source. @param {"camera"|"screen"} source */
  publish(source, stream) {
    if (source === "camera") this.#camera = stream;
    if (source === "screen" || this.#atServer) void this.#server.publish(source, stream);
  }

  /** Sends no more from a source. @param {"screen"} source */
  unpublish(source) {
    this.#server.unpublish(source);
  }

  /** Sends another track, or none, from a source. */
  async replace(source, kind, track) {
    await this.#server.replace(source, kind, track);
    if (source === "camera") await this.#direct?.replace(kind, track);
  }

  /** @returns {boolean} whether there is a connection to the media server for it already */
  receives(pid, source) {
    return this.#server.receives(pid, source);
  }

  /** @returns {boolean} whether this stream is what is received of a participant, on a connection that stands */
  shows(pid, stream) {
    return this.#direct?.stream === stream ? this.#direct.stands : this.#server.shows(pid, stream);
  }

  /** Receives what is at the media server: whoever sends there does so for good. */
  subscribe(pid, source) {
    if (source === "camera") this.#toServer();
    this.#server.subscribe(pid, source);
  }

  unsubscribe(pid, source) {
    this.#server.unsubscribe(pid, source);
  }

  /** Everything anew: what was protected by a worker that is gone. */
  subscribeAgain() {
    this.#drop();
    this.#toServer();
    this.#server.subscribeAgain();
  }

  /** A participant's connection to the town hall is another one now. */
  rejoined(pid) {
    this.#server.closeSubscriptions(pid);
    if (this.#direct?.pid === pid) this.#showDirect();
  }

  /** Ends all that is received of a participant who left. */
  forget(pid) {
    if (this.#direct?.pid === pid) {
      this.#drop();
      this.#handlers.onStream(pid, "camera", null);
    }
    this.#server.forget(pid);
  }

  /** Takes a message of the town hall about a connection: `direct`, or one of those of MediaPaths. */
  async receive(message) {
    if (message.type !== "direct") return this.#server.receive(message);
    const direct = this.#direct;
    if (direct?.pid !== message.from) return undefined; // of a path that is given up here
    await this.#on(direct, () => direct.receive(message.body));
    if (direct === this.#direct && direct.left) this.#drop();
    return undefined;
  }

  /** Ends everything. */
  close() {
    this.#drop();
    this.#server.close();
  }
}
