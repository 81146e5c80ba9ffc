/** One call from joining to hanging up: brings signalling, key agreement, frame guard and media together. */
import { KeyAgreement } from "./e2ee/agreement.js";
import { pageSeams } from "./flaws/index.js";
import { FrameGuard, WorkerUnavailable } from "./media/frame-guard.js";
import { Publisher } from "./media/publisher.js";
import { Subscriber } from "./media/subscriber.js";
import { CALL_SUITE } from "./sframe/suite.js";
import { Signalling } from "./signalling.js";

const KEYS_MS = 15_000; // how long the other participant may be there without keys being agreed
const AGREEMENTS = 16; // a server that makes people "leave" and "join" gets no more guesses at the safety code than this
const RECONNECTS = 3; // in a row, without a picture in between

/** Error codes of the server that end the call, and the sentence for each. */
const FATAL = new Map([
  ["in-use", "in-use"],
  ["refused", "refused"],
  ["too-late", "refused"],
]);

/** A call of this page. `page` shows it, `stream` holds camera and microphone and is stopped at the end. */
export class Call {
  #page;
  #stream;
  #settings;
  #seams;
  #guard = null;
  #signalling = null;
  #self = null; // own pid, once welcomed
  #iceServers = [];
  #publisher = null;
  #peers = new Map(); // pid -> {agreement, timer, locked, subscriber}
  #agreements = 0;
  #reconnects = 0;
  #over = false;

  /** @param {import("./page.js").Page} page @param {MediaStream} stream */
  constructor(page, stream) {
    this.#page = page;
    this.#stream = stream;
    this.#settings = page.settings;
    this.#seams = pageSeams(this.#settings.flaw);
  }

  /** Joins: first the worker, then the connection to the town hall, then media. */
  async join() {
    const { workerUrl, flaw, socketUrl } = this.#settings;
    this.#page.show("connecting");
    try {
      this.#guard = await FrameGuard.start(workerUrl, flaw, () => this.#guardLost());
    } catch (error) {
      if (!(error instanceof WorkerUnavailable)) throw error;
      this.#guard = this.#seams.withoutWorker();
      if (!this.#guard) this.#end("failed", "worker-blocked");
    }
    if (this.#over) return;
    this.#signalling = new Signalling(socketUrl, {
      message: (message) => void this.#receive(message),
      lost: () => this.#page.show("reconnecting"),
      gone: () => this.#end("failed", "connection-lost"),
    });
    this.#signalling.open();
  }

  /** The person ends the call. */
  hangUp() {
    this.#end("ended");
  }

  #end(state, sentence = state) {
    if (this.#over) return;
    this.#over = true;
    this.#signalling?.send({ type: "leave" });
    this.#signalling?.close();
    this.#publisher?.close();
    [...this.#peers.keys()].forEach((pid) => this.#remove(pid));
    this.#guard?.close();
    this.#stream.getTracks().forEach((track) => track.stop());
    this.#page.showSelf(null);
    this.#page.showLock(false);
    this.#page.show(state, sentence);
  }

  #guardLost() {
    const substitute = this.#seams.withoutWorker();
    if (!substitute) {
      this.#end("failed", "worker-lost");
      return;
    }
    this.#guard = substitute;
    this.#showLock();
    void this.#publish();
    for (const [pid, { subscriber }] of this.#peers) {
      if (subscriber) this.#subscribe(pid);
    }
  }

  async #receive(message) {
    if (this.#over) return;
    const peer = this.#peers.get(message.from ?? message.feed ?? message.pid ?? message.pc);
    switch (message.type) {
      case "welcome":
        return this.#welcomed(message);
      case "joined":
        return this.#arrived(message.participant);
      case "left":
        return this.#left(message.pid);
      case "rejoined":
        return peer && this.#rejoined(peer);
      case "e2ee":
        return peer?.agreement.receive(message.body);
      case "published":
        return this.#media(this.#publisher, (publisher) => publisher.describe("answer", message.sdp));
      case "feed":
        return peer && this.#subscribe(message.pid);
      case "offer":
        return this.#media(peer?.subscriber, (subscriber) => this.#answer(message, subscriber));
      case "candidate": {
        const connection = message.pc === "publisher" ? this.#publisher : peer?.subscriber;
        return this.#media(connection, () => connection.addCandidate(message.candidate));
      }
      case "ended":
        return this.#end("ended");
      case "error":
        return this.#refused(message.code);
    }
  }

  #refused(code) {
    if (FATAL.has(code)) this.#end("failed", FATAL.get(code));
    else if (code === "media-server") this.#connectionFailed();
    // What else is refused concerns a connection that was replaced meanwhile.
  }

  /** Works on a connection; what fails because a newer one took its place meanwhile is of no interest. */
  async #media(connection, work) {
    try {
      if (connection) await work(connection);
    } catch (error) {
      if (connection.pc.signalingState === "closed") return;
      console.error(error);
      this.#end("failed", "connection-lost");
    }
  }

  #connection(Kind, pc) {
    return new Kind({
      iceServers: this.#iceServers,
      onCandidate: (candidate) => this.#signalling.send({ type: "candidate", pc, candidate }),
      onFailed: () => this.#connectionFailed(),
    });
  }

  #connectionFailed() {
    this.#reconnects += 1;
    if (this.#reconnects > RECONNECTS || !this.#self) this.#end("failed", "connection-lost");
    else this.#signalling.restart();
  }

  #welcomed({ you, ice_servers: iceServers, participants }) {
    const resumed = you === this.#self;
    const others = participants.filter(({ pid }) => pid !== you);
    this.#iceServers = iceServers;
    this.#self = you;
    for (const pid of this.#peers.keys()) {
      // Under a new pid this page is a new participant: keys are agreed anew.
      if (!resumed || !others.some((other) => other.pid === pid)) this.#remove(pid);
    }
    if (others.length === 0) this.#page.show("waiting");
    void this.#publish();
    if (resumed) this.#seams.reconnected((message) => this.#guard.post(message), null);
    for (const other of others) {
      if (this.#peers.has(other.pid)) this.#peers.get(other.pid).agreement.resend();
      else this.#arrived(other);
      if (other.publishing) this.#subscribe(other.pid);
    }
  }

  #publish() {
    this.#publisher?.close();
    this.#publisher = this.#connection(Publisher, "publisher");
    return this.#media(this.#publisher, async (publisher) => {
      const sdp = await publisher.offer(this.#stream, (sender, kind, pc) =>
        this.#seams.protect((options) => this.#guard.protectSender(sender, kind, options), pc, "send"),
      );
      this.#signalling.send({ type: "publish", sdp });
    });
  }

  #arrived({ pid, role: peerRole }) {
    if (this.#peers.has(pid)) return;
    this.#agreements += 1;
    if (this.#agreements > AGREEMENTS) {
      this.#end("failed", "keys-mismatch");
      return;
    }
    const { appointment, role } = this.#settings;
    const send = (body) => this.#signalling.send({ type: "e2ee", to: pid, body });
    const agreement = new KeyAgreement({ appointment, role, peerRole, keyBytes: CALL_SUITE.keyBytes, send });
    const timer = setTimeout(() => this.#end("failed", "keys-timeout"), KEYS_MS);
    const peer = { agreement, timer, locked: false, subscriber: null };
    this.#peers.set(pid, peer);
    this.#page.show("connecting");
    agreement.agreed.then(
      (agreed) => this.#agreed(pid, peer, agreed),
      (error) => {
        console.error(error);
        if (this.#peers.get(pid) === peer) this.#end("failed", "keys-mismatch");
      },
    );
  }

  async #agreed(pid, peer, { baseKey: agreedKey, ownKid, peerKid, safetyCode }) {
    const baseKey = await this.#seams.baseKey(agreedKey);
    if (this.#over || this.#peers.get(pid) !== peer) return;
    clearTimeout(peer.timer);
    const firstCounter = this.#seams.firstCounter();
    this.#guard.install({ suite: CALL_SUITE.id, baseKey, ownKid, peerKid, pid, firstCounter });
    this.#seams.keysAgreed(baseKey, (message) => this.#signalling.send(message));
    baseKey.fill(0); // the worker has its copy; this page needs none
    peer.locked = true;
    this.#page.showSafetyCode(safetyCode);
    this.#showLock();
  }

  #showLock() {
    this.#page.showLock(this.#guard.alive && [...this.#peers.values()].some(({ locked }) => locked));
  }

  #subscribe(pid) {
    const peer = this.#peers.get(pid);
    if (peer.subscriber) this.#seams.reconnected((message) => this.#guard.post(message), pid);
    peer.subscriber?.close();
    peer.subscriber = this.#connection(Subscriber, pid);
    this.#signalling.send({ type: "subscribe", feed: pid });
  }

  async #answer({ feed, sdp }, subscriber) {
    const answer = await subscriber.answer(sdp, (receiver, kind, pc) =>
      this.#seams.protect(() => this.#guard.protectReceiver(receiver, kind, feed), pc, "receive"),
    );
    this.#signalling.send({ type: "answer", feed, sdp: answer });
    this.#page.showRemote(subscriber.stream, () => {
      this.#reconnects = 0;
      if (!this.#over) this.#page.show("connected");
    });
  }

  #rejoined(peer) {
    peer.subscriber?.close();
    peer.agreement.resend();
    this.#page.show("reconnecting");
  }

  #remove(pid) {
    const { timer, subscriber } = this.#peers.get(pid);
    clearTimeout(timer);
    subscriber?.close();
    this.#peers.delete(pid);
    this.#guard.forget(pid);
    this.#page.showRemote(null);
    this.#page.showSafetyCode(null);
    this.#showLock();
  }

  #left(pid) {
    if (!this.#peers.has(pid)) return;
    this.#remove(pid);
    this.#page.show("waiting", "peer-left");
  }
}
