/** The form on the page: binds its fields to the shared document, and shows who writes where and what is missing. */
import { ChoiceBox, TextBox } from "./field-box.js";
import { SharedForm } from "./shared-form.js";
import { dayOf, problem } from "./validate.js";

const WRITTEN = ["text", "long", "email", "tel"]; // letter by letter; everything else is chosen
const OPEN = "formular"; // the choice that says whether the form is open
const SEND_MS = 100; // own edits go out together: fewer messages, and no rhythm of single keys to be seen

/** The form and the copy of its document. */
export class FormView {
  #element = document.querySelector("#formular");
  #toggle = document.querySelector("#formular-oeffnen");
  #fields; // as the server describes them
  #boxes = new Map();
  #shared;
  #t;
  #tell;
  #timer = 0;

  /**
   * @param {object} parts
   * @param {object} parts.form as the server describes it @param {string} parts.lang
   * @param {(key: string, words?: object) => string} parts.t
   * @param {(message: Uint8Array) => void} parts.send @param {(sentence: string) => void} parts.tell
   * @param {(name: string, value: string|boolean) => void} parts.onEdit own edits
   * @param {(name: string) => void} parts.onFocus own field with the cursor, "" for none
   */
  constructor({ form, lang, t, send, tell, onEdit, onFocus }) {
    this.#t = t;
    this.#tell = tell;
    this.#fields = form.sections.flatMap(({ fields }) => fields.map((field) => ({ ...field, label: field.label[lang] })));
    this.#shared = new SharedForm({
      texts: this.#fields.filter(({ kind }) => WRITTEN.includes(kind)).map(({ name }) => name),
      send,
      onText: (name, text, delta) => this.#boxes.get(name).show(text, delta),
      onChoice: (name, value) => (name === OPEN ? this.#showOpen(value) : this.#boxes.get(name)?.show(value)),
      schedule: (flush) => {
        this.#timer = setTimeout(flush, SEND_MS);
      },
    });
    this.#element.reset(); // a browser may have kept what stood here before a reload
    for (const field of this.#fields) this.#bind(field, onEdit);
    this.#element.addEventListener("submit", (event) => event.preventDefault());
    this.#element.addEventListener("focusin", ({ target }) => onFocus(target.name ?? ""));
    this.#element.addEventListener("focusout", ({ relatedTarget }) => onFocus(relatedTarget?.form === this.#element ? relatedTarget.name : ""));
    this.#toggle?.addEventListener("click", () => this.#open(this.#element.hidden));
  }

  #bind(field, onEdit) {
    const { name, kind } = field;
    const element = this.#element.elements[name];
    const box = WRITTEN.includes(kind)
      ? new TextBox(element, (text, cursor) => {
          this.#shared.write(name, text, cursor);
          onEdit(name, text);
        })
      : new ChoiceBox(element, (value) => {
          this.#shared.choose(name, value);
          onEdit(name, value);
        });
    this.#boxes.set(name, box);
    element.addEventListener("change", () => this.#check(field));
  }

  #open(open) {
    this.#shared.choose(OPEN, open);
    this.#showOpen(open);
    if (open) document.querySelector("#formular-titel").focus();
  }

  #showOpen(open) {
    const changed = this.#element.hidden === (open === true);
    this.#element.hidden = open !== true;
    document.querySelector("main").classList.toggle("with-form", open === true);
    this.#toggle?.setAttribute("aria-expanded", String(open === true));
    if (this.#toggle) this.#toggle.textContent = this.#t(open ? "close-form" : "open-form");
    if (!changed) return;
    this.#tell(this.#t(open ? "form-opened" : "form-closed"));
    // On a phone it would open out of sight; whoever is doing something is left alone.
    if (open && document.activeElement === document.body) this.#element.scrollIntoView();
  }

  #value({ name, kind }) {
    if (WRITTEN.includes(kind)) return this.#shared.text(name);
    return this.#shared.choice(name) ?? (kind === "tick" ? false : "");
  }

  /** @returns {Record<string, string|boolean>} the answers by field */
  values() {
    return Object.fromEntries(this.#fields.map((field) => [field.name, this.#value(field)]));
  }

  #sentence(field) {
    const invalid = this.#element.elements[field.name].validity?.badInput; // half a date
    const key = invalid ? "bad-date" : problem(field, this.#value(field), dayOf(new Date()));
    return key && this.#t(key, { label: field.label, most: field.length });
  }

  #check(field) {
    const element = this.#element.elements[field.name];
    const sentence = this.#sentence(field);
    document.querySelector(`#feld-${field.name}-fehler`).textContent = sentence;
    element.setAttribute("aria-invalid", String(sentence !== ""));
    return sentence;
  }

  /** Checks all fields and shows what is missing beside each. @returns {Array<{name: string, sentence: string}>} */
  problems() {
    return this.#fields.flatMap((field) => {
      const sentence = this.#check(field);
      return sentence ? [{ name: field.name, sentence }] : [];
    });
  }

  /** @param {Map<string, string[]>} who names of others by the field they are in */
  showWho(who) {
    for (const { name } of this.#fields) {
      const names = who.get(name) ?? [];
      const text = names.map((one) => this.#t("writes-here", { name: one })).join(", ");
      const place = document.querySelector(`#feld-${name}-wer`);
      if (place.textContent !== text) place.textContent = text;
    }
  }

  /** Compares with the others. */
  hello() {
    this.#shared.hello();
  }

  /** @param {Uint8Array} message of the document's stream */
  receive(message) {
    this.#shared.receive(message);
  }

  /** Forgets the document. */
  close() {
    clearTimeout(this.#timer);
    this.#shared.close();
  }
}
