/** The two buttons that make a paper of the form. The paper's script and its fonts are loaded when they are first pressed. */
import { saveLink } from "./files.js";

const SCRIPT = "/static/papers-pdf.js";
const FONTS = { regular: "/static/DejaVuSans.ttf", bold: "/static/DejaVuSans-Bold.ttf" };
const LINK_MS = 60_000; // how long the browser may take to open or save what a link names

async function loaded(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Makes, saves and opens the paper. */
export class PaperButtons {
  #papers;
  #view;
  #t;
  #tell;
  #hints = document.querySelector("#formular-hinweise");

  /** @param {{papers: object, view: import("./form-view.js").FormView, t: Function, tell: (sentence: string) => void}} parts */
  constructor({ papers, view, t, tell }) {
    this.#papers = papers;
    this.#view = view;
    this.#t = t;
    this.#tell = tell;
    document.querySelector("#pdf-herunterladen").addEventListener("click", () => void this.#make(null));
    // The window is opened in the click itself: later the browser would take it for an advertisement.
    document.querySelector("#pdf-drucken").addEventListener("click", () => void this.#make(window.open("", "_blank"), true));
  }

  async #make(tab, wantsTab = false) {
    const name = `${this.#papers.form.file_name[this.#papers.lang]}.pdf`;
    let bytes;
    try {
      const [{ makePaper }, regular, bold] = await Promise.all([import(SCRIPT), loaded(FONTS.regular), loaded(FONTS.bold)]);
      bytes = await makePaper({ ...this.#papers, values: this.#view.values() }, { regular, bold });
    } catch (error) {
      console.error(error);
      tab?.close();
      this.#tell(this.#t("paper-failed"));
      return;
    }
    const link = saveLink(bytes, name, "application/pdf");
    if (tab) tab.location.replace(link.href);
    else link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), LINK_MS);
    this.#tell(wantsTab && !tab ? this.#t("window-blocked") : this.#t("paper-ready", { name }));
    this.#showHints();
  }

  #showHints() {
    const problems = this.#view.problems();
    this.#hints.hidden = problems.length === 0;
    const key = problems.length === 1 ? "hints-one" : "hints-many";
    const list = document.createElement("ul");
    for (const { name, sentence } of problems) {
      const link = document.createElement("a");
      link.href = `#feld-${name}`;
      link.textContent = sentence;
      link.addEventListener("click", (event) => {
        event.preventDefault(); // the address stays as it is
        document.querySelector(`#feld-${name}`).focus();
      });
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    const paragraph = (text) => Object.assign(document.createElement("p"), { textContent: text });
    this.#hints.replaceChildren(paragraph(this.#t(key, { count: problems.length })), list, paragraph(this.#t("hints-way")));
  }
}
