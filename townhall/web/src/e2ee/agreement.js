/**
 * The key agreement of everybody in a call, over messages that the server relays and cannot read anything from, or change
 * anything in, unnoticed (ADR 0003). No network in here: messages go out by `send` and come in by `receive`.
 *
 * Each time somebody comes or goes, everybody runs a round of commitment and reveal (`round.js`), and one member moves the
 * MLS group on: it adds who came once the round is complete, and removes who left at once. New keys are used when the
 * group consists of exactly those who are present and have revealed themselves; the safety code follows from the round.
 *
 * Messages: {"t":"commit","round","commitment","leaf"} · {"t":"reveal","round","keyPackage","nonce"} ·
 * {"t":"group","commit"|null,"welcome"|null,"adds":[pid]}; bytes base64url.
 */
import { base64url, equal, fromBase64url } from "../bytes.js";
import { mlsKid } from "../sframe/kid.js";
import { AgreementError } from "./errors.js";
import { Group, GroupError, Identity, commitEpoch } from "./group.js";
import { Round, roundLabel } from "./round.js";
import { safetyCode } from "./safety-code.js";

export { AgreementError };

/** Who creates the group, where nobody has one: the first of these who is present. */
const CREATORS = ["clerk", "citizen", "guest"];

/** A server that makes people "leave" and "join" gets no more guesses at the safety code than this. */
const ROUNDS = 16;

const EARLY = 32; // messages that may wait for their round or epoch

/**
 * @typedef {{pid: string, role: string}} Participant
 * @typedef {{baseKey: Uint8Array, ownKid: bigint, peers: {pid: string, kid: bigint}[], roster: number}} Keys of one epoch,
 *   and the number of the roster that they are for
 */

/** This page's part in the call's agreement, from joining to hanging up. */
export class KeyAgreement {
  #self = null;
  #roles = new Map(); // pid -> role of everybody present, this page's included
  #number = -1;
  #gone = new Set(); // pids are never used twice
  #known = new Map(); // pid -> signature key, from complete rounds
  #former = []; // signature keys of those who left: they may still stand in the group, until it has moved on
  #identity = null;
  #group = null;
  #active = null; // the group in the epoch whose keys are in use
  #round = null;
  #rounds = 0;
  #coded = null; // label of the round whose safety code was told
  #early = []; // messages of a round or an epoch that has not begun here
  #roundLog = [];
  #groupLog = [];
  #failed = false;
  #queue = Promise.resolve();

  /**
   * @param {object} call
   * @param {string} call.appointment
   * @param {number} call.keyBytes of the base key
   * @param {(body: object) => void} call.send to everybody else
   * @param {(keys: Keys) => void|Promise<void>} call.onKeys a new epoch's
   * @param {(code: string|null) => void} call.onCode null: not yet known for who is present now
   * @param {(error: Error) => void} call.onFailed once; there are no keys any more
   * @param {typeof safetyCode} [call.codeOf] what makes the code
   * @param {boolean} [call.waits] whether the reveal waits for everybody's commitment
   */
  constructor({ appointment, keyBytes, send, onKeys, onCode, onFailed, codeOf = safetyCode, waits = true }) {
    Object.assign(this, { appointment, keyBytes, send, onKeys, onCode, onFailed, codeOf, waits });
  }

  /**
   * Says who is present, each time the server says it.
   * @param {number} number of the roster, higher each time
   * @param {Participant} self
   * @param {Participant[]} others
   */
  present(number, self, others) {
    this.after(() => this.#present(number, self, others));
  }

  /** Takes a message of another participant; messages are worked on one after the other. */
  receive(from, body) {
    this.after(() => this.#handle(from, body));
  }

  /** Sends again what was sent, after somebody's connection was lost; the others know duplicates. */
  resend() {
    this.after(() => [...this.#roundLog, ...this.#groupLog].forEach((body) => this.send(body)));
  }

  /** Does something when all that came before is done. @param {() => unknown} work */
  after(work) {
    this.#queue = this.#queue.then(async () => {
      if (this.#failed) return;
      try {
        await work();
      } catch (error) {
        this.#failed = true;
        const known = error instanceof AgreementError || error instanceof GroupError;
        this.onFailed(known ? error : new AgreementError(`the message cannot be read: ${error.message}`));
      }
    });
  }

  /** A secret of the epoch in use (RFC 9420 section 8.5). @param {string} label @param {number} length bytes */
  exporter(label, length) {
    if (!this.#active) throw new AgreementError("there are no keys yet");
    return this.#active.exportSecret(label, length);
  }

  async #present(number, self, others) {
    if (self.pid !== this.#self) this.#begin(self.pid);
    const roles = new Map([self, ...others].map(({ pid, role }) => [pid, role]));
    const label = roundLabel(number, roles.keys());
    if (label === roundLabel(this.#number, this.#roles.keys())) return; // resumed, and nobody came or went
    if (number <= this.#number) throw new AgreementError("the list of who is present went back");
    if (new Set(roles.values()).size !== roles.size) throw new AgreementError("two participants are in one role");
    for (const pid of this.#roles.keys()) {
      if (roles.has(pid)) continue;
      this.#gone.add(pid);
      if (this.#known.has(pid)) this.#former.push(this.#known.get(pid));
      this.#known.delete(pid);
    }
    if ([...roles.keys()].some((pid) => this.#gone.has(pid))) throw new AgreementError("somebody who left came back");
    this.#number = number;
    this.#roles = roles;
    this.onCode(null);
    if (others.length === 0) this.#forget();
    else await this.#startRound(label);
  }

  #begin(pid) {
    this.#self = pid;
    this.#number = -1;
    this.#roles = new Map();
    this.#forget();
  }

  /** Alone, nobody needs keys; with whoever comes next, all begins anew. */
  #forget() {
    this.#identity = this.#group = this.#active = this.#round = null;
    this.#known.clear();
    this.#former = [];
    this.#roundLog = [];
    this.#groupLog = [];
  }

  async #startRound(label) {
    this.#rounds += 1;
    if (this.#rounds > ROUNDS) throw new AgreementError("people came and went too often");
    this.#identity ??= await Identity.fresh(this.#roles.get(this.#self));
    const { keyPackage } = this.#identity;
    const { appointment } = this;
    this.#round = new Round({ appointment, label, self: this.#self, roles: this.#roles, keyPackage });
    this.#roundLog = [];
    const first = await this.#round.commit(this.#group?.ownIndex ?? null);
    await this.#advance(); // who has left must not wait for the round
    this.#say(this.#roundLog, first);
    if (!this.waits) this.#say(this.#roundLog, this.#round.reveal());
    await this.#takeEarly();
  }

  #say(log, body) {
    log.push(body);
    this.send(body);
  }

  #wait(from, body) {
    if (this.#early.length >= EARLY) throw new AgreementError("too many messages came too early");
    this.#early.push([from, body]);
  }

  async #takeEarly() {
    for (const [from, body] of this.#early.splice(0)) await this.#handle(from, body);
  }

  async #handle(from, body) {
    if (!["commit", "reveal", "group"].includes(body.t)) throw new AgreementError("an unknown kind of message");
    if (body.t === "group") {
      await this.#takeGroup(from, body);
      return;
    }
    const number = Number.parseInt(body.round, 10);
    if (Number.isNaN(number)) throw new AgreementError("a message of no round");
    if (number > this.#number) this.#wait(from, body);
    if (body.round !== this.#round?.label || !this.#roles.has(from) || from === this.#self) return;
    const answer = await this.#round.take(from, body);
    if (answer) this.#say(this.#roundLog, answer);
    await this.#advance();
  }

  async #takeGroup(from, { commit, welcome, adds }) {
    if (!this.#group) {
      if (!adds.includes(this.#self) || !welcome || !this.#identity) return;
      this.#group = await Group.join(fromBase64url(welcome), this.#identity);
      if (this.#group.id !== this.appointment) throw new AgreementError("the group is another appointment's");
    } else if (commit) {
      const bytes = fromBase64url(commit);
      const epoch = commitEpoch(bytes);
      if (epoch > this.#group.epoch) this.#wait(from, { t: "group", commit, welcome, adds });
      if (epoch !== this.#group.epoch) return; // one that is late was taken already
      this.#group = await this.#group.follow(bytes);
    } else return;
    await this.#advance();
    await this.#takeEarly();
  }

  /** Does what can be done now: learn from the round, move the group on, use its keys, tell the code. */
  async #advance() {
    if (this.#round.complete) this.#learn();
    await this.#moveOn();
    if (!this.#group || !this.#isExact(this.#group)) return;
    if (this.#active?.epoch !== this.#group.epoch) await this.#activate();
    if (this.#round.complete && this.#coded !== this.#round.label) {
      this.#coded = this.#round.label;
      this.onCode(await this.codeOf([...this.#round.reveals.values()], this.#group.id));
    }
  }

  #learn() {
    for (const [pid, { signatureKey }] of this.#round.reveals) {
      const before = this.#known.get(pid);
      if (before && !equal(before, signatureKey)) throw new AgreementError("somebody changed their key");
      this.#known.set(pid, signatureKey);
    }
    const isStranger = (member) =>
      !this.#pidOf(member) && !this.#former.some((key) => equal(key, member.signatureKey));
    if (this.#group?.members.some(isStranger) && !this.#isCommitter()) {
      throw new AgreementError("the group's members are not those who revealed themselves");
    }
  }

  /** Who of those present a member of the group is, undefined for somebody else. */
  #pidOf({ identity, signatureKey }) {
    const isIt = ([pid, key]) => equal(key, signatureKey) && this.#roles.get(pid) === identity;
    return [...this.#known].find(isIt)?.[0];
  }

  /** Whether the group consists of exactly those who are present, each of whom has revealed their key. */
  #isExact(group) {
    const pids = new Set(group.members.map((member) => this.#pidOf(member)));
    return group.members.length === this.#roles.size && [...this.#roles.keys()].every((pid) => pids.has(pid));
  }

  /** Whether it is this page that moves the group on: the first leaf's of those present, or the creator's. */
  #isCommitter() {
    if (this.#group) {
      const present = this.#group.members.filter((member) => this.#pidOf(member));
      return present.length > 0 && Math.min(...present.map(({ index }) => index)) === this.#group.ownIndex;
    }
    if ([...this.#round.leaves.values()].some((leaf) => leaf !== null)) return false;
    const roles = [...this.#roles.values()];
    return CREATORS.find((role) => roles.includes(role)) === this.#roles.get(this.#self);
  }

  async #moveOn() {
    if (!this.#isCommitter()) return;
    const gone = (this.#group?.members ?? []).filter((member) => !this.#pidOf(member)).map(({ index }) => index);
    const inGroup = new Set(this.#group ? this.#group.members.map((member) => this.#pidOf(member)) : [this.#self]);
    const adds = this.#round.complete ? [...this.#roles.keys()].filter((pid) => !inGroup.has(pid)) : [];
    if (gone.length + adds.length === 0) return;
    const from = this.#group ?? (await Group.create(this.appointment, this.#identity));
    const keyPackages = adds.map((pid) => this.#round.reveals.get(pid).keyPackage);
    const { group, commit, welcome } = await from.change(keyPackages, gone);
    if (adds.length > 0 && !this.#isExact(group)) { // before the others hear of it
      throw new AgreementError("the group's members are not those who revealed themselves");
    }
    const first = !this.#group;
    this.#group = group;
    const encoded = (bytes) => (bytes ? base64url(bytes) : null);
    this.#say(this.#groupLog, { t: "group", commit: first ? null : encoded(commit), welcome: encoded(welcome), adds });
  }

  async #activate() {
    const group = this.#group;
    this.#active = group;
    const peers = group.members
      .filter(({ index }) => index !== group.ownIndex)
      .map((member) => ({ pid: this.#pidOf(member), kid: mlsKid({ epoch: group.epoch, index: member.index }) }));
    const ownKid = mlsKid({ epoch: group.epoch, index: group.ownIndex });
    await this.onKeys({ baseKey: await group.exportBaseKey(this.keyBytes), ownKid, peers, roster: this.#number });
  }
}
