/** Edits of plain text: what changed between two states of a field, and where a place is after changes of others. */

const isLow = (text, at) => text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) <= 0xdfff;

/**
 * The one stretch that was replaced. Where it could have been in several places (a letter typed beside the same letter),
 * the one that ends at the cursor is meant.
 * @param {string} before @param {string} after
 * @param {number} [cursor] place of the cursor in `after`
 * @returns {{at: number, removed: number, inserted: string}}
 */
export function difference(before, after, cursor = after.length) {
  let tail = 0;
  const room = Math.min(before.length, after.length);
  const most = Math.min(room, after.length - cursor);
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  let at = 0;
  while (at < room - tail && before[at] === after[at]) at += 1;
  while (tail < room - at && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  // Halves of one character stay together: a shared text would show a broken one.
  if (at > 0 && (isLow(before, at) || isLow(after, at))) at -= 1;
  if (tail > 0 && (isLow(before, before.length - tail) || isLow(after, after.length - tail))) tail -= 1;
  return { at, removed: before.length - tail - at, inserted: after.slice(at, after.length - tail) };
}

/**
 * Where a place between two characters is after others changed the text.
 * @param {number} place
 * @param {Array<{retain?: number, insert?: string, delete?: number}>} delta of Yjs
 * @returns {number}
 */
export function moved(place, delta) {
  let at = 0; // in the text as it becomes
  let result = place;
  for (const { retain = 0, insert = "", delete: gone = 0 } of delta) {
    at += retain;
    if (at > result) break;
    if (insert && at < result) result += insert.length;
    else if (gone) result -= Math.min(gone, result - at);
    at += insert.length;
  }
  return result;
}
