"""Decks edited by another program, python-pptx: typed texts, notes, cells, split runs, copies, other orders."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner
from pptx import Presentation

from conceptdeck.cli import main

__all__ = ["DECK", "MAP", "copy_slide", "paragraphs_of", "shape_of", "split", "typed", "with_a_deck", "with_text"]

MAP = Path("data") / "m" / "map.yaml"
DECK = Path("output") / "m" / "en" / "m.en.pptx"


def with_a_deck(text: str):
    """Write a map with a text in the folder that we are in, build its deck, and return what runs a command there."""
    MAP.parent.mkdir(parents=True)
    MAP.write_text(text, encoding="utf-8")

    def run(*arguments):
        return CliRunner().invoke(main, list(map(str, arguments)))

    assert run("build", "m", "--quiet").exit_code == 0
    return run


def paragraphs_of(presentation) -> Iterator[tuple[object, object, object]]:
    """Yield each slide, shape and paragraph with text, cells of tables too."""
    for slide in presentation.slides:
        for shape in slide.shapes:
            frames = [shape.text_frame] if shape.has_text_frame else []
            if shape.has_table:
                frames += [cell.text_frame for row in shape.table.rows for cell in row.cells]
            for frame in frames:
                yield from ((slide, shape, each) for each in frame.paragraphs if each.runs and each.text.strip())


def typed(paragraph, text: str) -> None:
    """Type a text over a paragraph, as one run in the look of the first."""
    first, *rest = paragraph.runs
    first.text = text
    for run in rest:
        run._r.getparent().remove(run._r)
    for child in list(paragraph._p):
        if child.tag.endswith("}br"):
            paragraph._p.remove(child)


def split(paragraph) -> None:
    """Split the first run of a paragraph in two of the same look, as programs do that check spelling."""
    run = paragraph.runs[0]
    middle = len(run.text) // 2
    other = copy.deepcopy(run._r)
    run._r.addnext(other)
    text = run.text
    run.text = text[:middle]
    paragraph.runs[1].text = text[middle:]


def shape_of(presentation, name: str):
    """Return the first shape of a name, and its slide."""
    return next((shape, slide) for slide in presentation.slides for shape in slide.shapes if shape.name == name)


def copy_slide(presentation, slide):
    """Return a copy of a slide at the end, with the same shapes and names."""
    made = presentation.slides.add_slide(slide.slide_layout)
    for shape in list(made.shapes):
        shape._element.getparent().remove(shape._element)
    for shape in slide.shapes:
        made.shapes._spTree.append(copy.deepcopy(shape._element))
    return made


def with_text(path: Path, name: str, text: str) -> None:
    """Type a text over the first paragraph of the first shape of a name, and save the deck."""
    presentation = Presentation(path)
    shape, _ = shape_of(presentation, name)
    typed(shape.text_frame.paragraphs[0], text)
    presentation.save(path)
