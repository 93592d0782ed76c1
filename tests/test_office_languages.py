"""Translated decks as LibreOffice draws them: lines break where they were computed to break, or no text takes more."""

import re
import unicodedata
from itertools import pairwise

import pypdfium2
import pytest
from support import blocks, unspaced
from test_office import dealt, glyphs, is_furniture, lines_of
from translated import parts_of, planned

from pipeline import files
from pipeline.frame import Table

THEMES = ("atlas", "orbit")
MOST_BROKEN_ELSEWHERE = 0.01  # share of texts: LibreOffice now and then breaks a word early
LONGER = {("ja", "atlas", "tables.bridge.rows.vision-pro.connects")}
"""Texts that take another line in LibreOffice: it never breaks between an ideographic comma and a digit."""


@pytest.fixture(scope="module")
def draw(tmp_path_factory, office):
    """Return what gives the plan of a deck and its PDF, drawn once."""
    made = {}

    def drawn(language, theme):
        if (language, theme) not in made:
            path = tmp_path_factory.mktemp("deck") / f"{language}.{theme}.pptx"
            path.write_bytes(files.pack(parts_of(language, theme)))
            made[language, theme] = office(path)
        return planned(language, theme), made[language, theme]

    return drawn


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_lines_break_where_they_were_computed_to_break(draw, language, theme):
    plan, pdf = draw(language, theme)
    with pypdfium2.PdfDocument(pdf) as document:
        texts = dealt(plan, document)
        wrong = []
        for number, block, some in texts:
            made = lines_of(some, min(paragraph.leading for paragraph in block.body.paragraphs))
            if made != [unspaced(line) for line in block.lines]:
                wrong.append((number, block.name, block.lines, made))
    assert len(wrong) <= MOST_BROKEN_ELSEWHERE * len(texts), wrong


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["ja", "zh-Hans"])
def test_texts_of_east_asia_take_no_more_lines_than_were_computed(draw, language, theme):
    """Their lines break where they were computed only in headings: programs fill the lines of running text."""
    plan, pdf = draw(language, theme)
    with pypdfium2.PdfDocument(pdf) as document:
        wrong, broken = [], []
        texts = dealt(plan, document)
        for number, block, some in texts:
            made = lines_of(some, min(paragraph.leading for paragraph in block.body.paragraphs))
            if len(made) > len(block.lines) and (language, theme, block.name) not in LONGER:
                wrong.append((number, block.name, block.lines, made))
            held = all(
                "\n" in each.text or each.reach is None or each.reach > each.extent for each in block.body.paragraphs
            )
            if held and made != [unspaced(line) for line in block.lines]:
                broken.append((number, block.name, block.lines, made))
    assert not wrong, listed(wrong)
    assert len(broken) <= MOST_BROKEN_ELSEWHERE * len(texts), listed(broken)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["ar"])
def test_no_text_takes_more_lines_than_were_computed(draw, language, theme):
    """Tables are left out: LibreOffice 7.4 shows the columns of right-to-left tables from the left."""
    plan, pdf = draw(language, theme)
    wrong, several = [], 0
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == len(plan.frames)
        for number, frame in enumerate(plan.frames, start=1):
            ink = glyphs(document[number - 1])
            tables = {name for item in frame.items if isinstance(item, Table) for name in names_in(item)}
            for block in blocks(frame):
                if block.name in tables or is_furniture(block) or is_beneath(block):
                    continue
                made = bands(ink, block)
                several += made > 1
                if made > len(block.lines):
                    wrong.append((number, block.name, block.lines, made))
    assert several > 50
    assert not wrong, listed(wrong)


def is_beneath(block):
    """Tell whether other text may stand in a text's box: what is below the name of a section moves up."""
    return re.fullmatch(r"layers\.[^.]+\.name", block.name)


def names_in(table):
    """Return the names of a table's cells as blocks."""
    return {f"{row.key}.{key.rpartition('.')[2]}" for row in table.rows for key, _ in table.columns}


def listed(found):
    return "\n".join(map(str, found))


def bands(ink, block):
    """Return in how many lines the characters within a text's box stand."""
    left, right = min(block.left, block.right), max(block.left, block.right)
    inside = [
        each.middle
        for each in ink
        if not unicodedata.combining(each.char[0])
        and left - 1 <= (each.left + each.right) / 2 <= right + 1
        and block.top <= each.middle <= block.bottom
    ]
    half = min(paragraph.leading for paragraph in block.body.paragraphs) / 2
    return 1 + sum(after - before > half for before, after in pairwise(sorted(inside))) if inside else 0
