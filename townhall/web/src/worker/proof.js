/** What the frames themselves have proven: that everything sent is sealed, and everything that comes is opened. */

/** One place for each track, by what it carries: a new connection's transform takes the place of the one before. */
export class Proof {
  #passed = new Map(); // place -> {side, sender, kept: whether its last frame was sealed or opened; null before the first}
  #before = false;
  #tell;

  /** @param {(proven: boolean) => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  /**
   * A transform begins, and has proven nothing.
   * @param {{side: "send"|"receive", kind: string, source?: string, sender?: string}} options of it
   * @returns {(kept: boolean) => void} to be called with each frame that passes: was it sealed or opened?
   */
  begin({ side, kind, source = "", sender = "" }) {
    const track = { side, sender, kept: null };
    this.#passed.set(`${side} ${sender} ${source} ${kind}`, track);
    this.#changed();
    return (kept) => {
      if (track.kept === kept) return;
      track.kept = kept;
      this.#changed();
    };
  }

  /** Nothing more comes of somebody who has left. @param {string} sender */
  forget(sender) {
    for (const [place, track] of this.#passed) {
      if (track.sender === sender && track.side === "receive") this.#passed.delete(place);
    }
    this.#changed();
  }

  /** Whether something was sealed and something opened, and nothing passed as it was. A track that is off says nothing. */
  get proven() {
    const tracks = [...this.#passed.values()];
    const some = (side) => tracks.some((track) => track.side === side && track.kept);
    return some("send") && some("receive") && tracks.every(({ kept }) => kept !== false);
  }

  #changed() {
    if (this.proven !== this.#before) this.tell();
  }

  /** Says it, changed or not: whoever hears nothing more knows that nothing is proven any more. */
  tell() {
    this.#before = this.proven;
    this.#tell(this.#before);
  }
}
