"""Maps with words that are wider than their place, from the file to what programs read in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pptx import Presentation

from conceptdeck.building.deck import plan_deck
from conceptdeck.building.interface import build, diagrams
from conceptdeck.building.jobs import DeckJob
from conceptdeck.values.hyphens import SOFT, joined
from conceptdeck.values.items import bodies
from conceptdeck.values.languages import LEFT_MARK

NAME = "Donaudampfschifffahrtsgesellschaft"
MAP = f"""
language: de
title: Wie ein Dampfer fährt
core-sentence: Ein Dampfer fährt, weil viele schaufeln.
concepts:
  line: {{name: {NAME}, tagline: Fährt flussabwärts}}
  pay: {{name: Mannschaftsverpflegungszuschuss}}
  rule: {{name: Binnenschifffahrtsstraßenordnungsnovelle}}
relations:
  title: Wer wen braucht
  items:
    - [line, braucht, pay]
    - [line, kennt, rule]
tables:
  t:
    title: Wer was tut
    columns:
      {{a: Schiffsmaschinenbelegschaft, b: Flussuferpromenadenverwaltung, c: Tut, d: Lässt, e: Hafenmeistereiordnung}}
    rows:
      one: {{a: Eins, b: Zwei, c: Drei, d: Vier, e: Oberschiffsbetriebsratsvorsitzender}}
"""


@pytest.fixture(scope="module")
def map_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a German map with long words."""
    path = tmp_path_factory.mktemp("long") / "dampfer" / "map.yaml"
    path.parent.mkdir()
    path.write_text(MAP, encoding="utf-8")
    return path


def test_a_deck_of_long_words_has_no_fault(map_file: Path) -> None:
    plan = plan_deck(DeckJob(map_file))
    assert [each for each in plan.problems if each.severity.name == "ERROR"] == []


def test_what_is_read_back_from_frames_is_what_was_written(map_file: Path) -> None:
    plan = plan_deck(DeckJob(map_file))
    shown = [
        paragraph
        for frame in plan.frames
        for item in frame.items
        for body in bodies(item)
        for paragraph in body.paragraphs
    ]
    assert any(LEFT_MARK in paragraph.text for paragraph in shown)
    words = {word for paragraph in shown for word in joined(paragraph.text).split()}
    assert {NAME, "Mannschaftsverpflegungszuschuss", "Oberschiffsbetriebsratsvorsitzender"} <= words


def test_the_file_has_the_hyphen_before_a_line_break(map_file: Path, tmp_path: Path) -> None:
    build(map_file, out=tmp_path)
    deck = Presentation(str(next(tmp_path.rglob("*.pptx"))))
    texts = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    broken = [text for text in texts if f"-{LEFT_MARK}\v" in text]
    assert broken
    assert SOFT not in "".join(texts)
    assert any("Mannschaftsverpflegungszuschuss" in joined(text) for text in texts)


def test_a_picture_shows_the_hyphen_too(map_file: Path, tmp_path: Path) -> None:
    diagrams(map_file, out=tmp_path)
    drawn = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.svg"))
    assert "Donaudampf" in drawn
    assert f"-{LEFT_MARK}</tspan>" in drawn
