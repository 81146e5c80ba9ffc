/**
 * The paper of a form: a letter to the town hall, to be signed by hand and sent by post. A bundle of its own, loaded only
 * when somebody wants the paper. What is on it never leaves the browser but by the person's own hand.
 */
import { translator } from "../texts.js";
import { Sheets } from "./sheet.js";

const GERMAN = "de"; // the language of German authorities (VwVfG section 23); the reader's stands beside it
const LABEL_WIDTH = 62;
const GAP = 4;
const SMALL = { size: 7.5 };

/** "2020-05-04" as people write it. */
function dateInWords(value) {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  return found ? `${found[3]}.${found[2]}.${found[1]}` : value;
}

/** What was answered, as it stands on paper; "" is a line to write on. */
function answer(field, value) {
  if (field.kind === "date") return dateInWords(String(value ?? ""));
  if (field.kind === "choice") return field.options.find((option) => option.value === value)?.label[GERMAN] ?? "";
  return String(value ?? "").trim();
}

/** Writes one paper. */
class Letter {
  #sheets;
  #papers;
  #lang;

  constructor(papers, fonts) {
    const { form, letter, lang } = papers;
    this.#papers = papers;
    this.#lang = lang;
    this.#sheets = new Sheets({ title: form.title[GERMAN], lang: "de-DE", author: letter.hall[GERMAN] }, fonts);
  }

  /** Both languages of a text, German first. */
  #both(text) {
    return this.#lang === GERMAN || text[this.#lang] === text.de ? text.de : `${text.de} / ${text[this.#lang]}`;
  }

  /** A sentence of the letter itself. */
  #say(key) {
    return this.#both(Object.fromEntries(Object.entries(this.#papers.paper).map(([lang, texts]) => [lang, texts[key]])));
  }

  async write() {
    this.#head();
    this.#papers.form.sections.forEach((section) => this.#section(section));
    this.#signatures();
    this.#enclosed();
    const t = translator(this.#papers.paper[GERMAN]);
    const title = this.#papers.form.title[GERMAN];
    return this.#sheets.finished((page, pages) => `${title} · ${t("page", { page, pages })}`);
  }

  /** Letter head, and the address where a window envelope shows it: 45 mm from the top, 20 mm from the left. */
  #head() {
    const { letter, form } = this.#papers;
    const sheets = this.#sheets;
    sheets.decorate((doc, mm) => doc.rect(0, 0, 210 * mm, 4 * mm).fill(letter.colour));
    sheets.put("P", letter.municipality.de, { y: 14, size: 17, bold: true });
    sheets.put("P", letter.hall.de, { y: 22.5, size: 11 });
    const contact = [...letter.address, `${this.#papers.paper.de.phone} ${letter.phone}`, letter.mail];
    sheets.put("P", contact.join("\n"), { x: 135, y: 14, width: 55, size: 8.5, align: "right" });
    sheets.put("P", this.#papers.paper.de.window_note, { y: 52, width: 85, size: 6 });
    sheets.put("P", [letter.municipality.de, letter.hall.de, ...letter.address].join("\n"), { y: 62.7, width: 80, size: 11 });
    sheets.y = 103;
    sheets.write("H1", form.title.de, { size: 15, bold: true }, this.#lang === GERMAN ? 4 : 1);
    if (this.#lang !== GERMAN) sheets.write("P", form.title[this.#lang], { size: 10 }, 4);
  }

  #section({ title, fields }) {
    const sheets = this.#sheets;
    sheets.y += 2;
    sheets.write("H2", this.#both(title), { size: 11.5, bold: true, keep: 16 }, 1.5);
    for (const field of fields) {
      if (field.kind === "tick") this.#tick(field);
      else this.#row(field);
    }
  }

  #row(field) {
    const sheets = this.#sheets;
    const label = this.#both(field.label);
    const [x, width] = [25 + LABEL_WIDTH + GAP, sheets.width - LABEL_WIDTH - GAP];
    const style = { size: 10.5 };
    const text = answer(field, this.#papers.values[field.name]);
    const [first, ...rest] = sheets.pieces(text, width, style);
    const empty = field.kind === "long" ? 16 : 7;
    const height = Math.max(sheets.heightOf(label, LABEL_WIDTH, { size: 8.5 }), first ? sheets.heightOf(first, width, style) : empty);
    sheets.need(height + 2.5);
    sheets.put("P", label, { width: LABEL_WIDTH, size: 8.5, y: sheets.y + 0.6 });
    if (first) sheets.put("P", first, { ...style, x, width });
    sheets.y += height + 0.6;
    sheets.rule(x, sheets.y, width, { dotted: true });
    sheets.y += 1.9;
    for (const piece of rest) sheets.write("P", piece, { ...style, x, width });
  }

  #tick(field) {
    const sheets = this.#sheets;
    const text = this.#both(field.label);
    const width = sheets.width - 8;
    const height = sheets.heightOf(text, width, { size: 9.5 });
    sheets.need(height + 2.5);
    const ticked = this.#papers.values[field.name] === true;
    // A box and its cross as one character each: read aloud, copied and searched like the text beside it.
    sheets.put("P", ticked ? "☒" : "☐", { size: 13, width: 8, y: sheets.y - 0.8 });
    sheets.put("P", text, { x: 33, width, size: 9.5 });
    sheets.y += height + 2.5;
  }

  #signatures() {
    const sheets = this.#sheets;
    const { signatures } = this.#papers.form;
    sheets.need(14 + 24 * signatures.length);
    sheets.y += 3;
    sheets.write("H2", this.#say("signatures"), { size: 11.5, bold: true }, 0);
    for (const caption of signatures) {
      sheets.y += 16;
      sheets.rule(25, sheets.y, 55);
      sheets.rule(90, sheets.y, 100);
      sheets.put("P", this.#say("place_date"), { ...SMALL, y: sheets.y + 1, width: 55 });
      sheets.put("P", this.#both(caption), { ...SMALL, x: 90, y: sheets.y + 1, width: 100 });
      sheets.y += 6;
    }
    sheets.y += 4;
  }

  #enclosed() {
    const sheets = this.#sheets;
    const enclosed = this.#papers.form.enclose.map((text) => `☐ ${this.#both(text)}`);
    const sections = [
      ["how", [this.#say("how_1"), this.#say("how_2"), this.#say("how_3")]],
      ["enclosed", enclosed],
    ];
    for (const [title, items] of sections) {
      if (items.length === 0) continue;
      sheets.write("H2", this.#say(title), { size: 10, bold: true, keep: 18 }, 1);
      items.forEach((item) => sheets.write("P", item, { size: 9 }, 1));
      sheets.y += 2;
    }
  }
}

/**
 * @param {object} papers what the page was told (`form`, `letter`, `lang`, `paper`) and `values`, the answers by field
 * @param {{regular: Uint8Array, bold: Uint8Array}} fonts TrueType files
 * @returns {Promise<Uint8Array>} the paper, PDF 1.7, tagged (PDF/UA-1)
 */
export function makePaper(papers, fonts) {
  return new Letter(papers, fonts).write();
}
