/**
 * One round of commitment and reveal among everybody who is present. Its label names the roster, so that a message of one
 * round means nothing in another.
 */
import { base64url, fromBase64url, randomBytes } from "../bytes.js";
import { NONCE_BYTES, commitTo, keeps } from "./commitment.js";
import { AgreementError } from "./errors.js";
import { readKeyPackage } from "./group.js";

/** @typedef {{keyPackage: Uint8Array, nonce: Uint8Array, identity: string, signatureKey: Uint8Array}} Reveal */

/** @param {number} number of the roster @param {Iterable<string>} pids @returns {string} */
export function roundLabel(number, pids) {
  return `${number}:${[...pids].sort().join(",")}`;
}

/** What everybody said in one round. */
export class Round {
  #appointment;
  #roles;
  #self;
  #own;
  #commitments = new Map();
  #reveals = new Map();
  #received = new Map();
  /** Leaf of each of the others in the group that they have already, null for who has none. @type {Map<string, number|null>} */
  leaves = new Map();

  /**
   * @param {{appointment: string, label: string, self: string, roles: Map<string, string>, keyPackage: Uint8Array}} options
   *   `roles` of everybody present by pid, this page's included
   */
  constructor({ appointment, label, self, roles, keyPackage }) {
    this.label = label;
    this.#appointment = appointment;
    this.#roles = roles;
    this.#self = self;
    this.#own = { keyPackage, nonce: randomBytes(NONCE_BYTES) };
  }

  /** @param {number|null} leaf this page's in its group @returns {Promise<object>} the first message */
  async commit(leaf) {
    const { identity, signatureKey } = await readKeyPackage(this.#own.keyPackage);
    this.#reveals.set(this.#self, { ...this.#own, identity, signatureKey });
    const commitment = await commitTo(this.#appointment, this.label, this.#roles.get(this.#self), this.#own);
    return { t: "commit", round: this.label, commitment: base64url(commitment), leaf };
  }

  /**
   * Takes another's message of this round.
   * @param {string} from
   * @param {object} body
   * @returns {Promise<object|null>} what is to be said now: the reveal, once everybody has committed
   * @throws {AgreementError}
   */
  async take(from, body) {
    const key = `${from} ${body.t}`;
    const before = this.#received.get(key);
    const now = JSON.stringify(body);
    if (before === now) return null; // sent again after a reconnect
    if (before !== undefined) throw new AgreementError(`a second ${body.t} differs from the first`);
    this.#received.set(key, now);
    if (body.t === "commit") return this.#takeCommitment(from, body);
    await this.#takeReveal(from, body);
    return null;
  }

  #takeCommitment(from, { commitment, leaf }) {
    this.#commitments.set(from, fromBase64url(commitment));
    this.leaves.set(from, Number.isInteger(leaf) ? leaf : null);
    // Only now: whoever saw our reveal before committing could choose keys that give our safety code.
    return this.#commitments.size < this.#roles.size - 1 ? null : this.reveal();
  }

  /** @returns {object} the second message, to be said once everybody has committed */
  reveal() {
    const { keyPackage, nonce } = this.#own;
    return { t: "reveal", round: this.label, keyPackage: base64url(keyPackage), nonce: base64url(nonce) };
  }

  async #takeReveal(from, body) {
    const commitment = this.#commitments.get(from);
    if (!commitment) throw new AgreementError("a reveal came before its commitment");
    const reveal = { keyPackage: fromBase64url(body.keyPackage), nonce: fromBase64url(body.nonce) };
    const role = this.#roles.get(from);
    if (!(await keeps(commitment, this.#appointment, this.label, role, reveal))) {
      throw new AgreementError("the reveal is not what was committed to");
    }
    const owner = await readKeyPackage(reveal.keyPackage);
    if (owner.identity !== role) throw new AgreementError("the key package is another role's");
    this.#reveals.set(from, { ...reveal, ...owner });
  }

  /** Whether everybody has revealed what they committed to. @returns {boolean} */
  get complete() {
    return this.#reveals.size === this.#roles.size;
  }

  /** Everybody's reveal by pid, this page's included. @returns {Map<string, Reveal>} */
  get reveals() {
    return this.#reveals;
  }
}
