/** One call from joining to hanging up: brings signalling, key agreement, frame guard, media and papers together. */
import { DataPath } from "./data-path.js";
import { KeyAgreement } from "./e2ee/agreement.js";
import { pageSeams } from "./flaws/index.js";
import { FrameGuard, WorkerUnavailable } from "./media/frame-guard.js";
import { toggleDevice } from "./media/devices.js";
import { MediaWays } from "./media/media-ways.js";
import { ScreenShare } from "./media/screen-share.js";
import { openPapers } from "./papers/index.js";
import { CALL_SUITE } from "./sframe/suite.js";
import { Signalling } from "./signalling.js";

const KEYS_MS = 15_000; // how long somebody may be there without keys being agreed
const RECONNECTS = 3; // in a row, without a picture in between

/** Error codes of the server that end the call, and the sentence for each. */
const FATAL = new Map([
  ["in-use", "in-use"],
  ["refused", "refused"],
  ["too-late", "too-late"],
]);

/** Why the server ended it, where the person should hear more than that it is over. */
const ENDINGS = new Set(["over", "turned-away", "taken-over", "media-server"]);

/** A call of this page. `page` shows it, `stream` holds camera and microphone and is stopped at the end. */
export class Call {
  #page;
  #stream;
  #settings;
  #seams;
  #guard = null;
  #signalling = null;
  #self = null; // {pid, role, name}, once welcomed
  #people = new Map(); // pid -> {pid, role, name} of the others
  #locked = new Set(); // pids of those with whom the keys in use are shared
  #agreement;
  #keysTimer = 0;
  #media = null;
  #data;
  #papers = null;
  #screen;
  #reconnects = 0;
  #roster = -1; // number of the list of who is present
  #over = false;

  /** @param {import("./page.js").Page} page @param {MediaStream} stream */
  constructor(page, stream) {
    this.#page = page;
    this.#stream = stream;
    this.#settings = page.settings;
    this.#seams = pageSeams(this.#settings.flaw);
    this.#agreement = new KeyAgreement({
      appointment: this.#settings.appointment,
      keyBytes: CALL_SUITE.keyBytes,
      send: (body) => this.#signalling.send({ type: "e2ee", to: null, body }),
      onKeys: (keys) => this.#install(keys),
      onCode: (code) => !this.#over && page.showSafetyCode(code),
      onFailed: (error) => {
        console.error(error);
        this.#end("failed", "keys-mismatch");
      },
      ...this.#seams.agreement(),
    });
    this.#data = new DataPath({
      send: (body) => this.#signalling.send({ type: "data", body }),
      exporter: (label, length) => this.#agreement.exporter(label, length),
    });
    this.#screen = new ScreenShare({
      isOver: () => this.#over,
      onBegun: (shared) => {
        page.showSharing(true);
        this.#media.publish("screen", shared);
      },
      onEnded: () => {
        this.#media.unpublish("screen");
        page.showSharing(false);
      },
    });
  }

  /** The encrypted side channel, for the papers. @returns {DataPath} */
  get data() {
    return this.#data;
  }

  /** Joins: first the worker, then the connection to the town hall, then media. @param {{takeover?: boolean}} [options] */
  async join({ takeover = false } = {}) {
    const { workerUrl, flaw, socketUrl } = this.#settings;
    this.#page.show("connecting");
    try {
      this.#guard = await FrameGuard.start(workerUrl, flaw, () => this.#guardLost(), () => this.#showLock());
    } catch (error) {
      if (!(error instanceof WorkerUnavailable)) throw error;
      this.#guard = this.#seams.withoutWorker();
      if (!this.#guard) this.#end("failed", "worker-blocked");
    }
    const certificates = await this.#seams.certificates();
    if (this.#over) return;
    const handlers = {
      message: (message) => void this.#receive(message),
      lost: () => this.#page.show("reconnecting"),
      gone: () => this.#end("failed", "connection-lost"),
    };
    this.#signalling = new Signalling(socketUrl, handlers, { takeover });
    this.#media = new MediaWays({
      certificates,
      furtherCodecs: this.#seams.furtherCodecs,
      send: (message) => this.#signalling.send(message),
      protect: (end, kind, pc, about) => this.#protect(end, kind, pc, about),
      onFailed: () => this.#connectionFailed(),
      onBroken: () => this.#end("failed", "connection-lost"),
      onStream: (pid, source, stream, connected) => this.#show(pid, source, stream, connected),
    });
    this.#signalling.open();
  }

  /** The person ends the call. */
  hangUp() {
    this.#end("ended");
  }

  /** The clerk answers a knock. @param {string} pid @param {boolean} admitted */
  answerKnock(pid, admitted) {
    this.#signalling.send({ type: admitted ? "admit" : "turn-away", pid });
  }

  /** The person turns microphone or camera off, or on again; DeviceError where that is not possible. @param {string} kind */
  async toggle(kind) {
    const track = await toggleDevice(this.#stream, kind);
    if (this.#over) {
      track?.stop();
      return;
    }
    this.#page.showDevice(kind, track !== null);
    await this.#media.replace("camera", kind, track); // the sender stays, and with it its protection
    if (track) this.#seams.unmuted(kind, (message) => this.#guard.post(message));
  }

  /** The clerk begins or ends to share the screen. */
  toggleScreen() {
    return this.#screen.toggle();
  }

  #end(state, sentence = state) {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#keysTimer);
    this.#signalling?.send({ type: "leave" });
    this.#signalling?.close();
    this.#papers?.close();
    this.#media?.close();
    this.#guard?.close();
    for (const stream of [this.#stream, this.#screen.stream]) stream?.getTracks().forEach((track) => track.stop());
    this.#people.clear();
    this.#page.clear();
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
    this.#publish();
    this.#media.subscribeAgain();
  }

  #protect(end, kind, pc, { side, source, pid, path }) {
    const set =
      side === "send"
        ? (options) => this.#guard.protectSender(end, kind, { source, ...options })
        : () => this.#guard.protectReceiver(end, kind, pid, { source });
    this.#seams.protect(set, pc, side, source, path);
  }

  async #receive(message) {
    if (this.#over || this.#seams.heard(message)) return;
    switch (message.type) {
      case "lobby":
        return this.#page.show("waiting", "lobby");
      case "knock":
        return this.#page.showKnock(message, (admitted) => this.answerKnock(message.pid, admitted));
      case "knock-gone":
        return this.#page.hideKnock(message.pid);
      case "welcome":
        return this.#welcomed(message);
      case "joined":
        return this.#arrived(message.participant, message.roster);
      case "left":
        return this.#left(message.pid, message.roster);
      case "rejoined":
        return this.#rejoined(message.pid);
      case "e2ee":
        return this.#agreement.receive(message.from, message.body);
      case "data": // what was sealed under a new epoch's keys must not overtake them
        return this.#agreement.after(() => this.#data.deliver(message.from, message.body));
      case "feed":
        return this.#people.has(message.pid) && this.#subscribe(message.pid, message.source);
      case "feed-gone":
        return this.#media.unsubscribe(message.pid, message.source);
      case "published":
      case "offer":
      case "candidate":
      case "direct":
        return this.#media.receive(message);
      case "ended":
        return this.#end("ended", ENDINGS.has(message.reason) ? message.reason : "ended");
      case "error":
        return this.#refused(message.code);
    }
  }

  #refused(code) {
    if (FATAL.has(code)) this.#end("failed", FATAL.get(code));
    else if (code === "media-server") this.#connectionFailed();
    // What else is refused concerns a connection that was replaced meanwhile.
  }

  #connectionFailed() {
    this.#reconnects += 1;
    if (this.#reconnects > RECONNECTS || !this.#self) this.#end("failed", "connection-lost");
    else this.#signalling.restart();
  }

  #welcomed(message) {
    const { you: pid, role, name, roster, participants } = message;
    const resumed = pid === this.#self?.pid;
    const others = participants.filter((other) => other.pid !== pid);
    this.#media.configure(message);
    this.#self = { pid, role, name };
    for (const former of this.#people.keys()) {
      // Under a new pid this page is a new participant: keys are agreed anew.
      if (resumed && others.some((other) => other.pid === former)) continue;
      this.#remove(former);
      this.#guard.forget(former); // and nothing is sent until there are new keys
    }
    for (const other of others) this.#people.set(other.pid, other);
    if (this.#page.hasPapers) this.#papers ??= openPapers(this, { seams: this.#seams });
    if (!resumed) this.#page.show(others.length > 0 ? "connecting" : "waiting");
    this.#publish();
    if (resumed) this.#seams.reconnected((posted) => this.#guard.post(posted), null);
    this.#presentChanged(roster);
    for (const other of others) {
      if (other.publishing) this.#subscribe(other.pid, "camera");
      if (other.screen) this.#subscribe(other.pid, "screen");
    }
    if (!resumed) return;
    this.#agreement.resend();
    this.#agreement.after(() => this.#tellPeers());
    if (others.length === 0) this.#page.show("waiting");
  }

  #publish() {
    this.#media.publish("camera", this.#stream);
    if (this.#screen.stream) this.#media.publish("screen", this.#screen.stream);
  }

  #subscribe(pid, source) {
    if (this.#media.receives(pid, source)) this.#seams.reconnected((message) => this.#guard.post(message), pid);
    this.#media.subscribe(pid, source);
  }

  /** The server says that somebody came or went: all who are present agree on new keys. */
  #presentChanged(roster) {
    this.#roster = roster;
    this.#showPresent();
    this.#agreeOnKeys();
  }

  #showPresent() {
    const others = [...this.#people.values()];
    this.#media.present(this.#self.pid, others);
    this.#page.showPeople([this.#self, ...others], this.#self.pid);
    this.#showLock();
  }

  #agreeOnKeys() {
    const others = [...this.#people.values()];
    clearTimeout(this.#keysTimer);
    if (others.length > 0 && !others.every(({ pid }) => this.#locked.has(pid))) {
      this.#keysTimer = setTimeout(() => this.#end("failed", "keys-timeout"), KEYS_MS);
    }
    this.#agreement.present(this.#roster, this.#self, others);
  }

  async #install({ baseKey: agreedKey, ownKid, peers, roster }) {
    const baseKey = await this.#seams.baseKey(agreedKey, roster);
    // Somebody has left meanwhile, who knows this key: the next one is on its way.
    if (this.#over || !peers.every(({ pid }) => this.#people.has(pid))) return;
    const keys = { suite: CALL_SUITE.id, baseKey, ownKid, peers, firstCounter: this.#seams.firstCounter() };
    await this.#seams.install(this.#guard, keys, {
      exporter: (label, length) => this.#agreement.exporter(label, length),
      tell: (body) => this.#signalling.send({ type: "e2ee", to: null, body }),
    });
    this.#seams.keysAgreed(baseKey, (message) => this.#signalling.send(message));
    baseKey.fill(0); // the worker has its copy; this page needs none
    this.#locked = new Set(peers.map(({ pid }) => pid));
    if ([...this.#people.keys()].every((pid) => this.#locked.has(pid))) clearTimeout(this.#keysTimer);
    this.#showLock();
    this.#tellPeers();
  }

  #tellPeers() {
    if (this.#locked.size > 0) this.#data.tellPeers(this.#self.pid, [this.#self, ...this.#people.values()]);
  }

  /** The lock says what the worker has proven by frames, not what was intended. */
  #showLock() {
    if (this.#over) return;
    const keyed = [...this.#people.keys()].some((pid) => this.#locked.has(pid));
    this.#page.showLock(this.#seams.lock(keyed && this.#guard.proven));
  }

  #arrived(participant, roster) {
    this.#people.set(participant.pid, participant);
    if (this.#people.size === 1) this.#page.show("connecting");
    this.#presentChanged(roster);
  }

  #rejoined(pid) {
    if (!this.#people.has(pid)) return;
    this.#media.rejoined(pid);
    this.#agreement.resend();
    this.#agreement.after(() => this.#tellPeers());
    if (this.#people.size === 1) this.#page.show("reconnecting");
  }

  #remove(pid) {
    this.#people.delete(pid);
    this.#locked.delete(pid);
    this.#media.forget(pid);
  }

  #left(pid, roster) {
    if (!this.#people.has(pid)) return;
    this.#remove(pid);
    this.#roster = roster;
    this.#seams.left(() => {
      if (this.#over || roster !== this.#roster) return; // those who came or went meanwhile have changed the keys
      this.#guard.forget(pid); // and nothing is sent until there are new keys
      this.#agreeOnKeys();
    });
    this.#showPresent();
    if (this.#people.size === 0) this.#page.show("waiting", "peer-left");
  }

  #show(pid, source, stream, connected) {
    if (source === "screen") {
      this.#page.showScreen(stream);
      return;
    }
    this.#page.showRemote(pid, stream, () => {
      this.#reconnects = 0;
      if (!this.#over) this.#page.show("connected");
    });
    if (stream) void connected.then(() => this.#withoutPicture(pid, stream));
  }

  /** Somebody whose camera is off is there all the same. */
  #withoutPicture(pid, stream) {
    setTimeout(() => {
      const there = !this.#over && this.#locked.has(pid) && this.#media.shows(pid, stream);
      if (there && ["connecting", "reconnecting"].includes(this.#page.state)) this.#page.show("connected", "no-picture");
    }, 5000);
  }
}
