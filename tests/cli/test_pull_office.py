"""Decks edited in LibreOffice through its own interface: each edit comes home at its key, or is told; none is lost."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from pptx import Presentation

from conceptdeck.building.pulling import pull
from conceptdeck.cli import main
from conceptdeck.revision.tokens import normal
from conceptdeck.values.text import texts
from conceptdeck.workspace.loading import read_map_file
from support.decks import ROOT
from support.edited import paragraphs_of
from support.office_edits import OfficeEdits

CASE = ROOT / "tests" / "cases" / "every-kind"
MAP = Path("data") / "every-kind" / "map.yaml"
DECK = Path("output") / "every-kind" / "en" / "every-kind.en.pptx"
EDITS = 60
PARAGRAPH, LINE = 0, 1  # of com.sun.star.text.ControlCharacter


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the command's result, from a folder with a map and its deck."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(CASE, MAP.parent)

    def run(*arguments):
        return CliRunner().invoke(main, list(map(str, arguments)))

    assert run("build", "every-kind", "--quiet").exit_code == 0
    return run


def plain_texts() -> list[tuple[int, str]]:
    """Return the slides, from 0, and the texts of shapes that have one paragraph of plain letters."""
    presentation = Presentation(DECK)
    numbers = {slide.slide_id: number for number, slide in enumerate(presentation.slides)}
    found = []
    for slide, shape, paragraph in paragraphs_of(presentation):
        text = paragraph.text
        alone = shape.has_text_frame and len(shape.text_frame.paragraphs) == 1
        if alone and re.fullmatch(r"[A-Za-z ,.]{8,}", text) and len(text.split()) > 2:
            found.append((numbers[slide.slide_id], text))
    return found


def random_edits(edits: OfficeEdits, chance: random.Random) -> dict[str, str]:
    """Add edits of all kinds, those that double slides last; return what each typed sign was typed at."""
    signs: dict[str, str] = {}
    places = plain_texts()
    pages = sorted({page for page, _ in places})
    for number in range(EDITS - 2):
        sign = f"edit{number}x"
        page, text = chance.choice(places)
        match chance.randrange(8):
            case 0 | 1 | 2:
                edits.add("Typed", page, text, sign)
                signs[sign] = text
            case 3:
                edits.add("Broken", page, text, sign, chance.choice((PARAGRAPH, LINE)))
                signs[sign] = text
            case 4:
                edits.add("Emphasised", page, text, len(text.split()[0]))
            case 5:
                edits.add(chance.choice(("Restyled", "Moved")), page, text)
            case 6:
                edits.add("Noted", page, sign)
                signs[sign] = ""
            case 7:
                edits.add("Celled", page, 1, 1, sign)
                signs[sign] = ""
    for page in chance.sample(pages, 2):
        edits.add("Doubled", page)
    return signs


@pytest.mark.parametrize("turn", range(2))
def test_each_edit_is_applied_at_its_key_or_told_and_none_is_lost(turn, run, soffice, tmp_path):
    edits = OfficeEdits(soffice, tmp_path / "profile")
    signs = random_edits(edits, random.Random(turn))
    edits.save(DECK.absolute(), (tmp_path / "saved.pptx").absolute())
    shutil.copy(tmp_path / "saved.pptx", DECK)
    there = all_said(DECK)
    signs = {sign: text for sign, text in signs.items() if sign in there}
    assert len(signs) > EDITS // 4, "most edits were made"
    was = {each.key: each.value for each in texts(read_map_file(MAP)[0])}
    told = run("diff", DECK).stdout
    result = pull(DECK, MAP)
    now = {each.key: each.value for each in texts(read_map_file(MAP)[0])}
    assert now.keys() == was.keys()
    assert {key for key in now if now[key] != was[key]} == {wish.key for wish in result.taken}
    for sign, text in signs.items():
        keys = [key for key, value in now.items() if sign in value]
        assert keys or sign in told, f"{sign} on `{text}` is lost"
        for key in keys:
            assert not text or share(text, was[key]), f"{sign} of `{text}` is at {key}: `{was[key]}`"
    saved = DECK.read_bytes()
    run("build", "every-kind")
    kept = [path.read_bytes() for path in DECK.parent.glob("*.pptx")]
    assert saved in kept, "a later build lost the edited deck"


def all_said(deck: Path) -> str:
    """Return all texts and notes of a deck."""
    presentation = Presentation(deck)
    notes = [slide.notes_slide.notes_text_frame.text for slide in presentation.slides if slide.has_notes_slide]
    return "\n".join([*(paragraph.text for _, _, paragraph in paragraphs_of(presentation)), *notes])


def share(text: str, value: str) -> bool:
    """Tell whether a text showed a string, or a part of it."""
    one, other = normal(text), normal(re.sub(r"[*_]", "", value))
    return one in other or other in one
