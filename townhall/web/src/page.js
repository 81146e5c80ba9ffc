/** What the person sees: the call's state, sentences, buttons, pictures, safety code and lock. */
import { PeopleView } from "./page-people.js";

const element = (selector) => document.querySelector(selector);

const IN_CALL = ["waiting", "connecting", "connected", "reconnecting"];

/** States in which each button does something. */
const ENABLED = {
  "#geraete-pruefen": ["idle", "denied"],
  "#beitreten": ["checked"],
  "#mikrofon": IN_CALL,
  "#kamera": IN_CALL,
  "#bildschirm": ["connected"],
  "#auflegen": IN_CALL,
};

/** The buttons that turn something off; pressed means off. */
const DEVICES = { audio: "#mikrofon", video: "#kamera" };

/** The call page. It holds no logic of the call. */
export class Page {
  #main = element("main");
  #texts = JSON.parse(element("#texts").textContent);
  #people = new PeopleView(this.#texts);
  #hadCode = false;

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

  /** @returns {boolean} whether form, chat and files stand beside the picture */
  get hasPapers() {
    return element("#papiere") !== null;
  }

  /** @returns {string} the call's state */
  get state() {
    return this.#main.dataset.callState;
  }

  /** @param {string} state of the contract @param {string} [sentence] key of the text; the state's own by default */
  show(state, sentence = state) {
    this.tell(sentence);
    for (const [selector, states] of Object.entries(ENABLED)) {
      const button = element(selector);
      if (button) button.disabled = !states.includes(state);
    }
    element("#uebernehmen").hidden = sentence !== "in-use";
    element("#danach")?.toggleAttribute("hidden", !["ended", "failed"].includes(state));
    this.#main.dataset.callState = state; // last: whoever waits for the state finds everything else in place
  }

  /** Says a sentence without a change of state. @param {string} sentence key of the text */
  tell(sentence) {
    element("#message").textContent = this.#texts[sentence];
  }

  /** @param {string} selector of a button that some pages do not have @param {() => void} action */
  onClick(selector, action) {
    element(selector)?.addEventListener("click", action);
  }

  /** @param {MediaStream|null} stream of the own camera; its sound is not played */
  showSelf(stream) {
    element("#self").srcObject = stream;
  }

  /** @param {number|null} level of the own microphone, 0 to 1; null hides it */
  showLevel(level) {
    element("#pegel-zeile").hidden = level === null;
    element("#pegel").value = level ?? 0;
  }

  /** @param {"audio"|"video"} kind @param {boolean} on whether the microphone or the camera is on */
  showDevice(kind, on) {
    element(DEVICES[kind]).setAttribute("aria-pressed", String(!on));
  }

  /** @param {boolean} sharing whether the own screen is shared */
  showSharing(sharing) {
    element("#bildschirm")?.setAttribute("aria-pressed", String(sharing));
  }

  /** @param {MediaStream|null} stream of another's screen */
  showScreen(stream) {
    element("#screen-place").hidden = !stream;
    element("#screen").srcObject = stream;
    if (stream) element("#screen").play().catch(() => {});
  }

  /**
   * @param {string} pid
   * @param {MediaStream|null} stream of this participant; null: there is none any more
   * @param {() => void} [onPlaying] called once when its picture really moves on the screen
   */
  showRemote(pid, stream, onPlaying) {
    this.#people.showPicture(pid, stream, onPlaying);
  }

  /** @param {{pid: string, role: string, name: string}[]} people everybody present @param {string} self own pid */
  showPeople(people, self) {
    this.#people.showPresent(people, self);
  }

  /** Somebody waits to be let in. @param {{pid: string, role: string, name: string}} knock @param {(admitted: boolean) => void} answer */
  showKnock(knock, answer) {
    this.#people.showKnock(knock, answer);
    if (this.state === "waiting") this.tell("lobby-clerk");
  }

  /** @param {string} pid of somebody who waits no more */
  hideKnock(pid) {
    this.#people.hideKnock(pid);
    if (this.state === "waiting") this.tell(this.#people.someoneWaits ? "lobby-clerk" : "waiting");
  }

  /** @param {string|null} code null while it is not yet known for those who are present */
  showSafetyCode(code) {
    element("#safety-code").textContent = code ?? "";
    if (!code) return;
    element("#code-hint").textContent = this.#texts[this.#hadCode ? "code-again" : "code-hint"];
    this.#hadCode = true;
  }

  /** @param {boolean} locked whether media is encrypted between the participants */
  showLock(locked) {
    element("#lock").dataset.locked = String(locked);
  }

  /** The call is over: nobody is present, nothing is shown. */
  clear() {
    this.#people.clear();
    this.showSelf(null);
    this.showScreen(null);
    this.showSharing(false);
    for (const kind of Object.keys(DEVICES)) this.showDevice(kind, true);
    this.showSafetyCode(null);
    this.showLock(false);
  }
}
