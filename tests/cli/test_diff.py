"""What differs in a deck, or in one from another: as lines and as a page that needs nothing else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from pptx import Presentation

from conceptdeck.building.deck import DeckJob, build_deck
from conceptdeck.cli import main
from conceptdeck.revision.sides import sides_of
from support.decks import ROOT
from support.edited import paragraphs_of, typed

MAP = ROOT / "tests" / "cases" / "every-kind" / "map.yaml"
OLD = "The sea gives the power"
NEW = "The sea gives <b>all</b> the power"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    return build_deck(DeckJob(MAP, out=tmp_path_factory.mktemp("built"))).path


@pytest.fixture
def edited(built, tmp_path) -> Path:
    """Return a deck in which a title was typed anew, and a slide added."""
    deck = Path(shutil.copy(built, tmp_path / "edited.pptx"))
    presentation = Presentation(deck)
    for _, _, paragraph in paragraphs_of(presentation):
        if paragraph.text == OLD:
            typed(paragraph, NEW)
    presentation.slides.add_slide(presentation.slide_layouts.get_by_name("Title and Text")).shapes.title.text = "Mine"
    presentation.save(deck)
    return deck


def diff(*arguments) -> str:
    result = CliRunner().invoke(main, ["diff", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_page_has_old_and_new_texts_side_by_side_with_what_differs_marked(edited, tmp_path):
    page = tmp_path / "page.html"
    assert "page.html" in diff(edited, "--html", page)
    html = page.read_text("utf-8")
    assert OLD in html
    assert "<ins>" in html
    assert "Slide added" in html or "slide added" in html
    assert "<b>all</b>" not in html
    assert "&lt;" in html


def test_a_page_needs_nothing_else_and_two_of_one_deck_are_the_same(edited, tmp_path):
    one, other = tmp_path / "one.html", tmp_path / "other.html"
    diff(edited, "--html", one)
    diff(edited, "--html", other)
    html = one.read_text("utf-8")
    assert html == other.read_text("utf-8")
    assert "default-src 'none'" in html
    assert not re.search(r"(?:src|href)\s*=|url\(|@import", html)
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html


def test_an_untouched_deck_makes_a_page_that_says_so(built, tmp_path):
    page = tmp_path / "page.html"
    assert "nothing was changed" in diff(built, "--html", page)
    assert "Nothing was changed." in page.read_text("utf-8")


def test_two_decks_are_compared_with_each_other(built, edited):
    told = diff(built, edited)
    assert f"  - {OLD}" in told
    assert f"  + {NEW}" in told
    assert "slide added" in told
    assert "pull" not in told
    back = diff(edited, built)
    assert f"  + {OLD}" in back
    assert "slide deleted" in back
    assert "say and show the same" in diff(edited, edited)


def test_decks_of_others_are_compared_too(tmp_path):
    for name, text in (("a", "One thing"), ("b", "Another thing")):
        presentation = Presentation()
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = "Title"
        slide.placeholders[1].text = text
        presentation.save(tmp_path / f"{name}.pptx")
    told = diff(tmp_path / "a.pptx", tmp_path / "b.pptx")
    assert "  - One thing\n  + Another thing" in told


@pytest.mark.parametrize(
    ("old", "new", "sides"),
    [
        ("a b c", "a x c", ((("a ", False), ("b", True), (" c", False)), (("a ", False), ("x", True), (" c", False)))),
        ("a", "a b", ((("a", False),), (("a", False), (" ", False), ("b", True)))),
        ("", "new", ((), (("new", True),))),
        ("same", "same", ((("same", False),), (("same", False),))),
    ],
)
def test_what_differs_in_two_texts_is_told_word_by_word(old, new, sides):
    found = sides_of(old, new)
    assert ["".join(text for text, _ in side) for side in found] == [old, new]
    assert [[text.strip() for text, differs in side if differs] for side in found] == [
        [text.strip() for text, differs in side if differs] for side in sides
    ]
