/** Makes a paper with the page's own module: what the page was told as JSON comes in, the PDF goes out. */
import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { makePaper } from "../../townhall/web/src/papers/pdf/make.js";

const font = (name) => new Uint8Array(readFileSync(new URL(`../../townhall/web/dist/${name}.ttf`, import.meta.url)));
const papers = JSON.parse(await buffer(process.stdin));
process.stdout.write(await makePaper(papers, { regular: font("DejaVuSans"), bold: font("DejaVuSans-Bold") }));
