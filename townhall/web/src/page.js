/** What the person sees: the call's state, sentences, buttons, pictures, safety code and lock. */

const element = (selector) => document.querySelector(selector);

/** States in which each button does something. */
const ENABLED = {
  "#geraete-pruefen": ["idle", "denied"],
  "#beitreten": ["checked"],
  "#auflegen": ["waiting", "connecting", "connected", "reconnecting"],
};

/** The call page. It holds no logic of the call. */
export class Page {
  #main = element("main");
  #texts = JSON.parse(element("#texts").textContent);

  /** What the server wrote into the page for the client. */
  get settings() {
    const { appointment, role, ws, worker } = this.#main.dataset;
    return {
      appointment,
      role,
      socketUrl: new URL(ws, location.href.replace(/^http/, "ws")).href,
      workerUrl: worker ?? "/static/sframe-worker.js",
      flaw: element('meta[name="townhall-flaw"]')?.content ?? "",
    };
  }

  /** @returns {string} the call's state */
  get state() {
    return this.#main.dataset.callState;
  }

  /** @param {string} state of the contract @param {string} [sentence] key of the text; the state's own by default */
  show(state, sentence = state) {
    element("#message").textContent = this.#texts[sentence];
    for (const [selector, states] of Object.entries(ENABLED)) {
      element(selector).disabled = !states.includes(state);
    }
    this.#main.dataset.callState = state; // last: whoever waits for the state finds everything else in place
  }

  /** @param {string} selector of a button @param {() => void} action */
  onClick(selector, action) {
    element(selector).addEventListener("click", action);
  }

  /** @param {MediaStream|null} stream of the own camera; its sound is not played */
  showSelf(stream) {
    element("#self").srcObject = stream;
  }

  /**
   * @param {MediaStream|null} stream of the other participant
   * @param {() => void} [onPlaying] called once when its picture really moves on the screen
   */
  showRemote(stream, onPlaying) {
    const video = element("#remote");
    video.srcObject = stream;
    if (!stream) return;
    video.requestVideoFrameCallback(() => {
      if (video.srcObject === stream) onPlaying();
    });
    // A rejection means that a newer stream took its place, or that the browser wants another click: then no frame is shown.
    video.play().catch(() => {});
  }

  /** @param {string|null} code */
  showSafetyCode(code) {
    element("#safety-code").textContent = code ?? "";
  }

  /** @param {boolean} locked whether media is encrypted between the participants */
  showLock(locked) {
    element("#lock").dataset.locked = String(locked);
  }
}
