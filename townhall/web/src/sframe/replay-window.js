/** Replay protection by a sliding window of counters (RFC 9605 section 9.3; the method of RFC 4303 section 3.4.3). */

const SIZE = 1024n; // sound and picture share a counter: about 12 seconds of a call

/** Remembers which counters of one key were accepted. */
export class ReplayWindow {
  #highest = -1n;
  #seen = new Set();

  /** @param {bigint} ctr @returns {boolean} whether the counter is new and not older than the window */
  accepts(ctr) {
    return ctr > this.#highest - SIZE && !this.#seen.has(ctr);
  }

  /** Notes a counter; only for frames that have authenticated, or a forged one could close the window. @param {bigint} ctr */
  note(ctr) {
    this.#seen.add(ctr);
    if (ctr <= this.#highest) return;
    const last = this.#highest;
    this.#highest = ctr;
    // One counter leaves the window for each that enters it; after a long gap everything does.
    if (ctr - last >= SIZE) this.#seen = new Set([ctr]);
    else for (let old = last - SIZE + 1n; old <= ctr - SIZE; old += 1n) this.#seen.delete(old);
  }
}
