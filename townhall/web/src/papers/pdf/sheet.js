/** Sheets of paper with DIN 5008 (form B) in mind: measures in millimetres from the top left, text that wraps, tags for screen readers. */
import PDFDocument from "pdfkit";

const MM = 72 / 25.4; // points
const PAGE = { width: 210, height: 297 };
const MARGIN = { left: 25, right: 20, bottom: 28 };
const NEXT_TOP = 25; // where the text starts on the following pages
const WORTH = 40; // mm that are left on a page for a long text to begin there
const MARKS = [105, 148.5, 210]; // fold, hole, fold
const WIDTH = PAGE.width - MARGIN.left - MARGIN.right;

/** A document being written from top to bottom. */
export class Sheets {
  /** @type {number} where the next line goes, mm from the top */
  y = NEXT_TOP;
  #doc;
  #chunks = [];
  #root;
  #line = { width: 0.2, colour: "#1b2430" };

  /** @param {{title: string, lang: string, author: string}} about @param {{regular: Uint8Array, bold: Uint8Array}} fonts TrueType */
  constructor({ title, lang, author }, { regular, bold }) {
    this.#doc = new PDFDocument({
      size: "A4",
      margins: { top: 0, bottom: 0, left: 0, right: 0 }, // breaks are made here, where a line and its label stay together
      pdfVersion: "1.7",
      subset: "PDF/UA",
      tagged: true,
      lang,
      displayTitle: true,
      bufferPages: true,
      font: null,
      info: { Title: title, Author: author },
    });
    this.#doc.on("data", (chunk) => this.#chunks.push(chunk));
    this.#doc.registerFont("regular", regular);
    this.#doc.registerFont("bold", bold);
    this.#root = this.#doc.struct("Document");
    this.#doc.addStructure(this.#root);
    this.#marks();
  }

  /** @returns {number} the width of the text, mm */
  get width() {
    return WIDTH;
  }

  #set({ size = 10, bold = false, colour = "#1b2430" }) {
    return this.#doc.font(bold ? "bold" : "regular").fontSize(size).fillColor(colour);
  }

  /**
   * @param {string} text @param {number} width mm @param {{size?: number, bold?: boolean}} [style]
   * @returns {number} how high the text becomes, mm
   */
  heightOf(text, width, style = {}) {
    return this.#set(style).heightOfString(text, { width: width * MM }) / MM;
  }

  /** Starts another page where less than `height` mm are left. */
  need(height) {
    if (this.y + height <= PAGE.height - MARGIN.bottom) return;
    this.#doc.addPage();
    this.#marks();
    this.y = NEXT_TOP;
  }

  /**
   * Cuts a text where pages end: the first piece fits on what is left of this page, if that is worth it.
   * @param {string} text @param {number} width mm @param {object} style @returns {string[]}
   */
  pieces(text, width, style) {
    const whole = PAGE.height - NEXT_TOP - MARGIN.bottom - 5;
    const left = PAGE.height - MARGIN.bottom - this.y - 5;
    return this.#cut(text, width, style, this.heightOf(text, width, style) > left && left > WORTH ? left : whole, whole);
  }

  #cut(text, width, style, room, whole) {
    if (this.heightOf(text, width, style) <= room) return [text];
    const words = text.match(/\S{1,40}\s*|\s+/g); // a word that does not end is cut as well
    let [fits, most] = [1, words.length - 1];
    while (fits < most) {
      const middle = Math.ceil((fits + most) / 2);
      if (this.heightOf(words.slice(0, middle).join(""), width, style) <= room) fits = middle;
      else most = middle - 1;
    }
    const first = words.slice(0, fits).join("");
    return [first, ...this.#cut(text.slice(first.length), width, style, whole, whole)];
  }

  /**
   * Writes text at a place; `y` does not move.
   * @param {string} tag of PDF's structure: H1, H2, P
   * @param {string} text @param {{x?: number, y?: number, width?: number, size?: number, bold?: boolean, colour?: string, align?: string}} [style]
   */
  put(tag, text, style = {}) {
    const { x = MARGIN.left, y = this.y, width = WIDTH, align = "left" } = style;
    const draw = () => this.#set(style).text(text, x * MM, y * MM, { width: width * MM, align });
    this.#root.add(this.#doc.struct(tag, {}, draw));
  }

  /** Writes text where the last ended, on the next page if need be. @param {number} after space below, mm */
  write(tag, text, style = {}, after = 2) {
    const width = style.width ?? WIDTH;
    const height = this.heightOf(text, width, style);
    this.need(height + (style.keep ?? 0));
    this.put(tag, text, style);
    this.y += height + after;
  }

  /** Draws without meaning for those who listen. @param {(doc: PDFDocument, mm: number) => void} draw */
  decorate(draw) {
    this.#doc.markContent("Artifact", { type: "Layout" });
    draw(this.#doc, MM);
    this.#doc.endMarkedContent();
  }

  /** @param {number} x @param {number} y @param {number} width mm @param {{dotted?: boolean}} [style] */
  rule(x, y, width, { dotted = false } = {}) {
    this.decorate((doc, mm) => {
      doc.save().lineWidth(this.#line.width * mm).strokeColor(this.#line.colour);
      if (dotted) doc.dash(0.5 * mm, { space: 0.9 * mm });
      doc.moveTo(x * mm, y * mm).lineTo((x + width) * mm, y * mm).stroke().restore();
    });
  }

  #marks() {
    MARKS.forEach((y) => this.rule(4, y, y === MARKS[1] ? 6 : 4));
  }

  /** Ends the document: writes a footer on each page. @param {(page: number, pages: number) => string} footer @returns {Promise<Uint8Array>} */
  async finished(footer) {
    const { count } = this.#doc.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.#doc.switchToPage(page);
      this.#doc.markContent("Artifact", { type: "Pagination" });
      const place = { width: WIDTH * MM, align: "right", lineBreak: false };
      this.#set({ size: 8 }).text(footer(page + 1, count), MARGIN.left * MM, (PAGE.height - 15) * MM, place);
      this.#doc.endMarkedContent();
    }
    const ended = new Promise((resolve) => this.#doc.on("end", resolve));
    this.#root.end();
    this.#doc.end();
    await ended;
    return new Uint8Array(await new Blob(this.#chunks).arrayBuffer());
  }
}
