/** Who is present, who waits, and everybody's picture. Names come from other people: they are text, never markup. */

const element = (selector) => document.querySelector(selector);

/** The people on the call page. */
export class PeopleView {
  #texts;
  #pictures = new Map(); // pid -> stream of the others, in the order in which they came

  /** @param {Record<string, string>} texts */
  constructor(texts) {
    this.#texts = texts;
  }

  #words({ role, name }) {
    const called = this.#texts[`role-${role}`] ?? role;
    return name ? `${name} (${called})` : called;
  }

  /** @param {{pid: string, role: string, name: string}[]} people @param {string} self own pid */
  showPresent(people, self) {
    const items = people.map((person) => {
      const item = document.createElement("li");
      Object.assign(item.dataset, { pid: person.pid, role: person.role });
      item.textContent = person.pid === self ? `${this.#words(person)} – ${this.#texts.you}` : this.#words(person);
      return item;
    });
    element("#participants").replaceChildren(...items);
  }

  /** @returns {boolean} */
  get someoneWaits() {
    return (element("#lobby")?.children.length ?? 0) > 0;
  }

  /** @param {{pid: string, role: string, name: string}} knock @param {(admitted: boolean) => void} answer */
  showKnock(knock, answer) {
    this.hideKnock(knock.pid); // told again after a lost connection
    const item = document.createElement("li");
    item.dataset.pid = knock.pid;
    const name = document.createElement("span");
    name.textContent = this.#words(knock);
    item.append(name, this.#button("admit", knock, () => answer(true)), this.#button("turn-away", knock, () => answer(false)));
    element("#lobby").append(item);
    element("#warteraum").hidden = false;
  }

  #button(what, { pid, name, role }, action) {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute(`data-${what}`, pid);
    button.textContent = this.#texts[what];
    const called = name || this.#texts[`role-${role}`];
    button.setAttribute("aria-label", this.#texts[`${what}-name`].replace("{name}", () => called));
    if (what === "turn-away") button.className = "plain";
    button.addEventListener("click", action);
    return button;
  }

  /** @param {string} pid */
  hideKnock(pid) {
    const items = [...(element("#lobby")?.children ?? [])];
    items.find((item) => item.dataset.pid === pid)?.remove();
    element("#warteraum")?.toggleAttribute("hidden", !this.someoneWaits);
  }

  /** @param {string} pid @param {MediaStream|null} stream @param {() => void} [onPlaying] */
  showPicture(pid, stream, onPlaying) {
    if (stream) this.#pictures.set(pid, stream);
    else this.#pictures.delete(pid);
    this.#arrange();
    if (!stream) return;
    const video = [element("#remote"), ...element("#others").children].find(({ srcObject }) => srcObject === stream);
    video.requestVideoFrameCallback(() => {
      if (video.srcObject === stream) onPlaying();
    });
  }

  /** The first of the others is shown large. */
  #arrange() {
    const [first = null, ...rest] = this.#pictures.values();
    this.#play(element("#remote"), first);
    const others = element("#others");
    while (others.children.length > rest.length) others.lastElementChild.remove();
    while (others.children.length < rest.length) others.append(this.#video());
    rest.forEach((stream, i) => this.#play(others.children[i], stream));
  }

  #video() {
    const video = document.createElement("video");
    video.autoplay = true;
    video.playsInline = true;
    video.setAttribute("aria-label", element("#remote").getAttribute("aria-label"));
    return video;
  }

  #play(video, stream) {
    if (video.srcObject === stream) return;
    video.srcObject = stream;
    // A rejection means that a newer stream took its place, or that the browser wants another click: then no frame is shown.
    if (stream) video.play().catch(() => {});
  }

  /** The call is over. */
  clear() {
    this.#pictures.clear();
    this.#arrange();
    for (const list of ["#participants", "#lobby"]) element(list)?.replaceChildren();
    element("#warteraum")?.setAttribute("hidden", "");
  }
}
