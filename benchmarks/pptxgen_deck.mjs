// What the benchmark compares with: PptxGenJS writing a deck's text, unmeasured and unstyled.
//
//     node pptxgen_deck.mjs slides.json out.pptx

import { readFileSync } from "node:fs";
import pptxgen from "pptxgenjs";

const [content, out] = process.argv.slice(2);
const INCH = 914400;
const deck = new pptxgen();
deck.layout = "LAYOUT_WIDE";
for (const each of JSON.parse(readFileSync(content, "utf8"))) {
  const slide = deck.addSlide();
  slide.addText(each.title, { x: 0.75, y: 0.8, w: 11.8, h: 1.1, fontSize: 30 });
  for (const [text, [x, y, w, h], size] of each.boxes)
    slide.addText(text, { x: x / INCH, y: y / INCH, w: w / INCH, h: h / INCH, fontSize: size });
  if (each.table.length) slide.addTable(each.table, { x: 0.75, y: 2, w: 11.8 });
  if (each.notes) slide.addNotes(each.notes);
}
await deck.writeFile({ fileName: out, compression: true });
