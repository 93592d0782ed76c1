"""Decks in every language as LibreOffice draws them: lines break where they were computed to break.

The English deck of the larger map has a module of its own.
"""

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from conceptdeck.building.deck import DeckJob, deck_parts, plan_deck
from conceptdeck.render.powerpoint import package
from conceptdeck.values.frame import Table
from support.decks import ROOT, SHIPPED, THEMES, blocks
from support.office import dealt, glyphs, is_furniture, lines_of, visible

WEB = ROOT / "data" / "web-platform" / "map.yaml"
FROM_THE_LEFT = ("de", "es", "fr", "ja", "zh-Hans")
DECKS = [
    *((SHIPPED, language) for language in FROM_THE_LEFT),
    *((WEB, language) for language in ("en", *FROM_THE_LEFT)),
]
FROM_THE_RIGHT = [(SHIPPED, "ar"), (WEB, "ar")]
BREAKS_ELSEWHERE: set[tuple[str, str, str]] = set()
"""(language, theme, name) of the texts that LibreOffice may break elsewhere; each needs a reason here."""


def name_of(map_file: Path, language: str, theme: str) -> str:
    return f"{map_file.parent.name}.{language}.{theme}"


@pytest.fixture(scope="module")
def decks(tmp_path_factory, office):
    """Return the plan of each deck and its PDF, all drawn in one run."""
    folder = tmp_path_factory.mktemp("decks")
    plans = {
        name_of(map_file, language, theme): plan_deck(DeckJob(map_file, theme, locale=language))
        for map_file, language in (*DECKS, *FROM_THE_RIGHT)
        for theme in THEMES
    }
    for name, plan in plans.items():
        (folder / f"{name}.pptx").write_bytes(package.pack(deck_parts(plan)))
    drawn = office(*(folder / f"{name}.pptx" for name in plans)).parent
    return {name: (plan, drawn / f"{name}.pdf") for name, plan in plans.items()}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("map_file", "language"), DECKS, ids=lambda part: getattr(part, "parent", Path(part)).name)
def test_lines_break_where_they_were_computed_to_break(decks, map_file, language, theme):
    plan, pdf = decks[name_of(map_file, language, theme)]
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == len(plan.frames)
        wrong, several = [], 0
        for number, block, some in dealt(plan, document):
            several += len(block.lines) > 1
            made = lines_of(some, min(paragraph.leading for paragraph in block.body.paragraphs))
            known = (language, theme, block.name) in BREAKS_ELSEWHERE
            if made != [visible(line) for line in block.lines] and not known:
                wrong.append((number, block.name, block.lines, made))
    assert several > 40, "too few texts of several lines to prove anything"
    assert not wrong, listed(wrong)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("map_file", "language"), FROM_THE_RIGHT, ids=["world-models", "web-platform"])
def test_lines_from_the_right_hold_the_letters_that_were_computed(decks, map_file, language, theme):
    """A PDF has Arabic in no order that tells the words, and letters more where marks are drawn: none may be missing.

    Tables are left out: LibreOffice 7.4 shows the columns of right-to-left tables from the left.
    """
    plan, pdf = decks[name_of(map_file, language, theme)]
    wrong, several = [], 0
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == len(plan.frames)
        for number, frame in enumerate(plan.frames, start=1):
            ink = glyphs(document[number - 1])
            tables = {name for item in frame.items if isinstance(item, Table) for name in names_in(item)}
            for block in blocks(frame):
                if block.name in tables or is_furniture(block) or is_beneath(block):
                    continue
                made = drawn_lines(ink, block)
                several += len(block.lines) > 1
                if len(made) != len(block.lines) or any(map(Counter.__sub__, map(letters, block.lines), made)):
                    wrong.append((number, block.name, block.lines, made))
    assert several > 20
    assert not wrong, listed(wrong)


def is_beneath(block):
    """Tell whether other text may stand in a text's box: what is below the name of a section moves up."""
    return re.fullmatch(r"layers\.[^.]+\.name", block.name)


def names_in(table):
    """Return the names of a table's cells as blocks."""
    return {f"{row.key}.{key.rpartition('.')[2]}" for row in table.rows for key, _ in table.columns}


def listed(found):
    return "\n".join(map(str, found))


def drawn_lines(ink, block):
    """Return the letters of each line within a text's box; a line is a baseline."""
    left, right = min(block.left, block.right), max(block.left, block.right)
    inside = sorted(
        (each.origin[1], each.char)
        for each in ink
        if left - 2 <= each.origin[0] <= right + 2 and block.top <= each.origin[1] <= block.bottom + 2
    )
    half = min(paragraph.leading for paragraph in block.body.paragraphs) / 2
    ends = [at for at, (one, other) in enumerate(pairwise(inside), start=1) if other[0] - one[0] > half]
    cuts = [0, *ends, len(inside)] if inside else []
    return [letters("".join(char for _, char in inside[start:end])) for start, end in pairwise(cuts)]


def letters(text):
    """Return how often each letter and digit is in a text."""
    kept = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char)[0] in "LN")
    return Counter(kept)
