"""What the benchmark compares with: a plain python-pptx script that writes a deck's text, unmeasured and unstyled.

python plain_deck.py slides.json out.pptx
"""

import json
import sys

from pptx import Presentation
from pptx.util import Emu, Pt


def main(content: str, out: str) -> None:
    """Write each slide's title, text boxes, table and notes."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Emu(12_192_000), Emu(6_858_000)
    title_only = presentation.slide_layouts[5]
    with open(content, encoding="utf-8") as file:  # noqa: PTH123
        slides = json.load(file)
    for each in slides:
        slide = presentation.slides.add_slide(title_only)
        slide.shapes.title.text = each["title"]
        for text, (x, y, w, h), size in each["boxes"]:
            frame = slide.shapes.add_textbox(Emu(x), Emu(y), Emu(w), Emu(h)).text_frame
            frame.word_wrap = True
            run = frame.paragraphs[0].add_run()
            run.text = text
            run.font.size = Pt(size)
        if rows := each["table"]:
            table = slide.shapes.add_table(len(rows), len(rows[0]), Pt(54), Pt(144), Pt(852), Pt(300)).table
            for y, row in enumerate(rows):
                for x, text in enumerate(row):
                    table.cell(y, x).text = text
        if each["notes"]:
            slide.notes_slide.notes_text_frame.text = each["notes"]
    presentation.save(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
