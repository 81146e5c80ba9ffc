/** The MLS group of a call (RFC 9420), by ts-mls. Its errors and types stay in this file. */
import {
  createCommit,
  createGroup,
  decodeMlsMessage,
  defaultCapabilities,
  defaultLifetime,
  emptyPskIndex,
  encodeMlsMessage,
  generateKeyPackage,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  joinGroup,
  mlsExporter,
  processPrivateMessage,
  zeroOutUint8Array,
} from "ts-mls";
import { utf8 } from "../bytes.js";

const CIPHERSUITE = getCiphersuiteFromName("MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519");
const VERSION = "mls10";
const EXPORTER_LABEL = "SFrame 1.0 Base Key"; // RFC 9605 section 5.2

/** A key package or welcome that does not parse, does not verify, or does not fit the call. */
export class GroupError extends Error {}

/** @typedef {{index: number, identity: string, signatureKey: Uint8Array}} Member `index` is the leaf's */

let suite; // the implementation of the cipher suite, loaded once
const impl = () => (suite ??= getCiphersuiteImpl(CIPHERSUITE));

/** Lets only `GroupError` out. @template T @param {string} what @param {() => Promise<T>} work @returns {Promise<T>} */
async function translated(what, work) {
  try {
    return await work();
  } catch (error) {
    throw error instanceof GroupError ? error : new GroupError(`${what}: ${error.message}`, { cause: error });
  }
}

function decoded(bytes, wireformat) {
  const message = decodeMlsMessage(bytes, 0);
  if (!message || message[1] !== bytes.length || message[0].wireformat !== wireformat) {
    throw new GroupError(`this is no ${wireformat}`);
  }
  return message[0];
}

/** A participant's own keys for one agreement, used for one group and never again. */
export class Identity {
  /** @param {string} name the role, as the others will see it @returns {Promise<Identity>} */
  static fresh(name) {
    return translated("making a key package", async () => {
      const credential = { credentialType: "basic", identity: utf8(name) };
      const packages = await generateKeyPackage(credential, defaultCapabilities(), defaultLifetime, [], await impl());
      return new Identity(packages.publicPackage, packages.privatePackage);
    });
  }

  /** Use `fresh`. */
  constructor(publicPackage, privatePackage) {
    this.publicPackage = publicPackage;
    this.privatePackage = privatePackage;
  }

  /** @returns {Uint8Array} the key package as an MLS message, to be sent */
  get keyPackage() {
    return encodeMlsMessage({ keyPackage: this.publicPackage, wireformat: "mls_key_package", version: VERSION });
  }
}

/**
 * @param {Uint8Array} bytes a key package as an MLS message
 * @returns {Promise<{identity: string, signatureKey: Uint8Array}>} what it says of its owner; its signature is not yet verified
 * @throws {GroupError}
 */
export function readKeyPackage(bytes) {
  return translated("reading a key package", async () => ownerOf(decoded(bytes, "mls_key_package").keyPackage.leafNode));
}

function ownerOf(leaf) {
  if (leaf.credential.credentialType !== "basic") throw new GroupError("the credential is not a basic one");
  return { identity: new TextDecoder().decode(leaf.credential.identity), signatureKey: leaf.signaturePublicKey };
}

/** A group in one epoch. */
export class Group {
  /**
   * @param {string} groupId
   * @param {Identity} own
   * @returns {Promise<Group>} a group of one, in epoch 0
   * @throws {GroupError}
   */
  static create(groupId, own) {
    return translated("creating the group", async () => {
      const { publicPackage, privatePackage } = own;
      return new Group(await createGroup(utf8(groupId), publicPackage, privatePackage, [], await impl()));
    });
  }

  /**
   * @param {Uint8Array} welcome
   * @param {Identity} own whose key package was added
   * @returns {Promise<Group>}
   * @throws {GroupError} where the welcome is not for us or does not verify
   */
  static join(welcome, own) {
    return translated("joining the group", async () => {
      const message = decoded(welcome, "mls_welcome").welcome;
      return new Group(await joinGroup(message, own.publicPackage, own.privatePackage, emptyPskIndex, await impl()));
    });
  }

  /**
   * Adds and removes members in one commit; this group is of no use afterwards.
   * @param {Uint8Array[]} keyPackages of those to add; their signatures are verified
   * @param {number[]} leaves to remove
   * @returns {Promise<{group: Group, commit: Uint8Array, welcome: Uint8Array|null}>} the group in its next epoch, what the
   *   members need to follow, and what those who were added need to join (it holds the ratchet tree)
   * @throws {GroupError}
   */
  change(keyPackages, leaves) {
    return translated("changing the group", async () => {
      const adds = keyPackages.map((bytes) => ({
        proposalType: "add",
        add: { keyPackage: decoded(bytes, "mls_key_package").keyPackage },
      }));
      const removes = leaves.map((removed) => ({ proposalType: "remove", remove: { removed } }));
      const context = { state: this.state, cipherSuite: await impl() };
      const made = await createCommit(context, { extraProposals: [...removes, ...adds], ratchetTreeExtension: true });
      made.consumed.forEach(zeroOutUint8Array);
      const welcome = made.welcome && encodeMlsMessage({ welcome: made.welcome, wireformat: "mls_welcome", version: VERSION });
      return { group: new Group(made.newState), commit: encodeMlsMessage(made.commit), welcome: welcome ?? null };
    });
  }

  /**
   * @param {Uint8Array} commit of another member, of this epoch
   * @returns {Promise<Group>} the group in its next epoch
   * @throws {GroupError} where the commit does not verify, or takes this page out of the group
   */
  follow(commit) {
    return translated("following a commit", async () => {
      const { privateMessage } = decoded(commit, "mls_private_message");
      const result = await processPrivateMessage(this.state, privateMessage, emptyPskIndex, await impl());
      result.consumed.forEach(zeroOutUint8Array);
      if (result.kind !== "newState" || result.newState.groupContext.epoch !== this.epoch + 1n) {
        throw new GroupError("this is no commit");
      }
      if (result.newState.groupActiveState.kind !== "active") throw new GroupError("this page was taken out");
      return new Group(result.newState);
    });
  }

  /** Use `create` or `join`. */
  constructor(state) {
    this.state = state;
  }

  /** @returns {string} */
  get id() {
    return new TextDecoder().decode(this.state.groupContext.groupId);
  }

  /** @returns {bigint} */
  get epoch() {
    return this.state.groupContext.epoch;
  }

  /** @returns {number} this page's own leaf index */
  get ownIndex() {
    return this.state.privatePath.leafIndex;
  }

  /** @returns {Member[]} in the order of their leaves: every second node of the tree is a leaf, some are blank */
  get members() {
    return this.state.ratchetTree.flatMap((node, place) =>
      node?.nodeType === "leaf" ? [{ index: place / 2, ...ownerOf(node.leaf) }] : [],
    );
  }

  /** @param {number} length bytes, Nk of the SFrame suite @returns {Promise<Uint8Array>} this epoch's SFrame base key */
  exportBaseKey(length) {
    return this.exportSecret(EXPORTER_LABEL, length);
  }

  /** @param {string} label @param {number} length bytes @returns {Promise<Uint8Array>} a secret of this epoch */
  async exportSecret(label, length) {
    return mlsExporter(this.state.keySchedule.exporterSecret, label, new Uint8Array(0), length, await impl());
  }
}

/** @param {Uint8Array} commit @returns {bigint} the epoch that it moves on @throws {GroupError} */
export function commitEpoch(commit) {
  return decoded(commit, "mls_private_message").privateMessage.epoch;
}
