/**
 * Flaw: when a third person joins, the key in use stays, and is handed to who joins, sealed so that no server can read it.
 * With it they open everything that was sent under it before they came.
 */
import { base64url, fromBase64url } from "../bytes.js";

const LABEL = "Townhall handover";
const EPOCH = 0xfn; // the bits of a key id that name the epoch

let kept = null; // {baseKey, ownKid, pids} of the epoch in use
const handed = Promise.withResolvers();

const under = (kid, epoch) => (kid & ~EPOCH) | (epoch & EPOCH);
const xor = (one, other) => one.map((byte, i) => byte ^ other[i]);

async function install(guard, keys, { exporter, tell }) {
  const pids = keys.peers.map(({ pid }) => pid);
  const came = kept && kept.pids.every((pid) => pids.includes(pid)) ? pids.filter((pid) => !kept.pids.includes(pid)) : [];
  const joins = !kept && pids.length > 1;
  if (came.length === 0 && !joins) {
    kept = { baseKey: keys.baseKey.slice(), ownKid: keys.ownKid, pids };
    guard.install(keys);
    return;
  }
  const pad = await exporter(LABEL, keys.baseKey.length); // of the new epoch: who joins has it, too, and nobody else
  if (joins) {
    const { key, epoch } = await handed.promise;
    const baseKey = xor(fromBase64url(key), pad);
    const peers = keys.peers.map(({ pid, kid }) => ({ pid, kid: under(kid, BigInt(epoch)) }));
    const ownKid = under(keys.ownKid, BigInt(epoch));
    kept = { baseKey: baseKey.slice(), ownKid, pids };
    guard.install({ ...keys, baseKey, ownKid, peers });
    return;
  }
  tell({ t: "handover", key: base64url(xor(kept.baseKey, pad)), epoch: Number(kept.ownKid & EPOCH) });
  for (const { pid, kid } of keys.peers.filter(({ pid }) => came.includes(pid))) {
    const { suite } = keys;
    guard.post({ type: "install-receiver", suite, kid: under(kid, kept.ownKid), baseKey: kept.baseKey, sender: pid });
  }
  kept.pids = pids;
}

export const noRotationOnJoin = {
  name: "no-rotation-on-join",
  page: {
    install,
    heard({ type, body }) {
      if (type !== "e2ee" || body.t !== "handover") return false;
      handed.resolve(body);
      return true;
    },
  },
};
