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
   * Creates the group and adds the others in one commit.
   * @param {string} groupId
   * @param {Identity} own
   * @param {Uint8Array[]} keyPackages of the others; their signatures are verified
   * @returns {Promise<{group: Group, welcome: Uint8Array}>} the welcome holds the ratchet tree
   * @throws {GroupError}
   */
  static create(groupId, own, keyPackages) {
    return translated("creating the group", async () => {
      const cipherSuite = await impl();
      const state = await createGroup(utf8(groupId), own.publicPackage, own.privatePackage, [], cipherSuite);
      const extraProposals = keyPackages.map((bytes) => ({
        proposalType: "add",
        add: { keyPackage: decoded(bytes, "mls_key_package").keyPackage },
      }));
      const commit = await createCommit({ state, cipherSuite }, { extraProposals, ratchetTreeExtension: true });
      commit.consumed.forEach(zeroOutUint8Array);
      const welcome = encodeMlsMessage({ welcome: commit.welcome, wireformat: "mls_welcome", version: VERSION });
      return { group: new Group(commit.newState), welcome };
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
  async exportBaseKey(length) {
    const { exporterSecret } = this.state.keySchedule;
    return mlsExporter(exporterSecret, EXPORTER_LABEL, new Uint8Array(0), length, await impl());
  }
}
