/** Key ids of an MLS group (RFC 9605 section 5.2): context, member's leaf index, epoch, from the highest bits down. */

const EPOCH_BITS = 4n; // E: 16 epochs are told apart, far more than are in use at a time
const INDEX_BITS = 6n; // S: 64 members, far more than sit in an appointment

/**
 * @param {{epoch: bigint, index: number, context?: bigint}} place
 * @returns {bigint} the KID
 * @throws {RangeError} where the index does not fit
 */
export function mlsKid({ epoch, index, context = 0n }) {
  if (index < 0 || BigInt(index) >= 1n << INDEX_BITS) throw new RangeError(`no member has the index ${index}`);
  return (context << (INDEX_BITS + EPOCH_BITS)) + (BigInt(index) << EPOCH_BITS) + (epoch % (1n << EPOCH_BITS));
}
