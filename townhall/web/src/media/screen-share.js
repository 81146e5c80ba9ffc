/** The screen that this page shares: begins and ends with the person's button, or with the browser's own. */
import { openScreen } from "./devices.js";

export class ScreenShare {
  /** What is shared now. @type {MediaStream|null} */
  stream = null;
  #handlers;

  /**
   * @param {object} handlers
   * @param {() => boolean} handlers.isOver whether the call has ended meanwhile
   * @param {(stream: MediaStream) => void} handlers.onBegun
   * @param {() => void} handlers.onEnded
   */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  /** The person begins or ends to share the screen. */
  async toggle() {
    if (this.stream) {
      this.#end();
      return;
    }
    const stream = await openScreen();
    if (!stream) return;
    if (this.#handlers.isOver() || this.stream) {
      stream.getTracks().forEach((track) => track.stop());
      return;
    }
    this.stream = stream;
    stream.getVideoTracks()[0].onended = () => this.#end(); // the browser has a button of its own for it
    this.#handlers.onBegun(stream);
  }

  #end() {
    if (!this.stream) return;
    this.stream.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.#handlers.onEnded();
  }
}
