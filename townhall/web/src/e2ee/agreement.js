/**
 * The key agreement of two participants over messages that the server relays and cannot read anything from, or change
 * anything in, unnoticed: commitment, reveal, welcome (ADR 0003). No network in here: messages go out by `send` and come
 * in by `receive`.
 *
 * Messages: {"t":"commit","commitment"} · {"t":"reveal","keyPackage","nonce"} · {"t":"welcome","welcome"}; bytes base64url.
 */
import { base64url, equal, fromBase64url, randomBytes } from "../bytes.js";
import { mlsKid } from "../sframe/kid.js";
import { NONCE_BYTES, commitTo, keeps } from "./commitment.js";
import { Group, GroupError, Identity, readKeyPackage } from "./group.js";
import { safetyCode } from "./safety-code.js";

/** The other side, or who sits in between, broke the protocol: there is no key, and the call ends. */
export class AgreementError extends Error {}

/** Who creates the group. */
const CREATOR = "clerk";

/**
 * @typedef {{pid: string, role: string}} Participant
 * @typedef {{baseKey: Uint8Array, ownKid: bigint, peerKid: bigint, safetyCode: string}} Agreed
 */

/** One agreement between this page and one other participant. It is used once: whoever comes back anew agrees anew. */
export class KeyAgreement {
  #commitment = null; // the other's, once it is here
  #reveal = null; // the other's, once it is here and kept the commitment
  #failed = false;
  #sent = [];
  #received = new Map();
  #own = null;
  #queue;
  #settle;

  /**
   * @param {{appointment: string, role: string, peerRole: string, keyBytes: number, send: (body: object) => void}} call
   */
  constructor({ appointment, role, peerRole, keyBytes, send }) {
    Object.assign(this, { appointment, role, peerRole, keyBytes, send });
    /** @type {Promise<Agreed>} resolves with the keys, rejects with the one reason why there are none */
    this.agreed = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.agreed.catch(() => {}); // whoever waits hears of it; nobody has to wait
    this.#queue = this.#guarded(() => this.#start());
  }

  /** Takes a message of the other side; messages are worked on one after the other. @param {unknown} body */
  receive(body) {
    this.#queue = this.#queue.then(() => this.#guarded(() => this.#handle(body)));
  }

  /** Sends again what was sent, after a connection was lost; the other side knows duplicates. */
  resend() {
    this.#queue = this.#queue.then(() => this.#sent.forEach((body) => this.send(body)));
  }

  async #guarded(work) {
    if (this.#failed) return;
    try {
      await work();
    } catch (error) {
      this.#failed = true;
      const known = error instanceof AgreementError || error instanceof GroupError;
      this.#settle.reject(known ? error : new AgreementError(`the message cannot be read: ${error.message}`));
    }
  }

  #say(body) {
    this.#sent.push(body);
    this.send(body);
  }

  async #start() {
    if (this.role === this.peerRole) throw new AgreementError(`there are two participants in the role ${this.role}`);
    const identity = await Identity.fresh(this.role);
    this.#own = { identity, keyPackage: identity.keyPackage, nonce: randomBytes(NONCE_BYTES) };
    const commitment = await commitTo(this.appointment, this.role, this.#own);
    this.#say({ t: "commit", commitment: base64url(commitment) });
  }

  async #handle(body) {
    const before = this.#received.get(body.t);
    const now = JSON.stringify(body);
    if (before === now) return; // sent again after a reconnect
    if (before !== undefined) throw new AgreementError(`a second ${body.t} differs from the first`);
    this.#received.set(body.t, now);
    if (body.t === "commit") this.#takeCommitment(fromBase64url(body.commitment));
    else if (body.t === "reveal") await this.#takeReveal(body);
    else if (body.t === "welcome") await this.#takeWelcome(fromBase64url(body.welcome));
    else throw new AgreementError("an unknown kind of message");
  }

  #takeCommitment(commitment) {
    this.#commitment = commitment;
    // Only now: whoever saw our reveal before committing could choose keys that give our safety code.
    const { keyPackage, nonce } = this.#own;
    this.#say({ t: "reveal", keyPackage: base64url(keyPackage), nonce: base64url(nonce) });
  }

  async #takeReveal(body) {
    if (!this.#commitment) throw new AgreementError("a reveal came before its commitment");
    const reveal = { keyPackage: fromBase64url(body.keyPackage), nonce: fromBase64url(body.nonce) };
    if (!(await keeps(this.#commitment, this.appointment, this.peerRole, reveal))) {
      throw new AgreementError("the reveal is not what was committed to");
    }
    this.#reveal = { ...reveal, ...(await readKeyPackage(reveal.keyPackage)) };
    if (this.role !== CREATOR) return;
    const { group, welcome } = await Group.create(this.appointment, this.#own.identity, [reveal.keyPackage]);
    const agreed = await this.#verified(group); // before the other side hears of a group
    this.#say({ t: "welcome", welcome: base64url(welcome) });
    this.#settle.resolve(agreed);
  }

  async #takeWelcome(welcome) {
    if (this.role === CREATOR || !this.#reveal) throw new AgreementError("a welcome out of turn");
    this.#settle.resolve(await this.#verified(await Group.join(welcome, this.#own.identity)));
  }

  /** The keys of a group that consists of exactly those who revealed themselves. @returns {Promise<Agreed>} */
  async #verified(group) {
    const own = await readKeyPackage(this.#own.keyPackage);
    const { members } = group;
    const isMember = (role, key) =>
      members.filter(({ identity, signatureKey }) => identity === role && equal(signatureKey, key)).length === 1;
    const exact =
      members.length === 2 &&
      isMember(this.role, own.signatureKey) &&
      isMember(this.peerRole, this.#reveal.signatureKey) &&
      group.id === this.appointment;
    if (!exact) throw new AgreementError("the group's members are not those who revealed themselves");
    const peer = members.find(({ index }) => index !== group.ownIndex);
    const reveals = [{ ...own, nonce: this.#own.nonce }, this.#reveal];
    return {
      baseKey: await group.exportBaseKey(this.keyBytes),
      ownKid: mlsKid({ epoch: group.epoch, index: group.ownIndex }),
      peerKid: mlsKid({ epoch: group.epoch, index: peer.index }),
      safetyCode: await safetyCode(reveals, group.id),
    };
  }
}
