"""Pictures of relations find room by themselves: the other direction, then closer together, before they grow wider."""

from __future__ import annotations

from pathlib import Path

import pytest

from conceptdeck.building.diagrams import plan_diagrams
from conceptdeck.building.jobs import DiagramsJob
from conceptdeck.values.frame import Shape
from conceptdeck.workspace.loading import read_theme
from support.decks import write_map

OFFICES = {
    "Director": ["Head of sales", "Head of works", "Head of people", "Head of care"],
    "Head of sales": ["Shops", "Fairs", "Letters"],
    "Head of works": ["Design", "Workshop", "Tests", "Stores"],
    "Head of people": ["Hiring", "Learning"],
    "Head of care": ["Repair", "Returns", "Advice"],
    "Workshop": ["Wood", "Metal", "Paint"],
}
LANGUAGES = ("en", "de", "ar")


def drawn(folder: Path, relations: list[list[str]], language: str = "en"):
    tree = {"language": language, "title": "Who leads", "core-sentence": "Somebody leads.", "relations": relations}
    sheet = plan_diagrams(DiagramsJob(write_map(folder / "offices", tree), only=("relations",), width=700))
    [drawing] = [each for each in sheet.drawings if each.id == "relations"]
    return drawing, sheet.problems


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wide_tree_of_offices_fits_the_usual_width(tmp_path, language):
    relations = [[boss, "leads", each] for boss, led in OFFICES.items() for each in led]
    drawing, problems = drawn(tmp_path, relations, language)
    assert [each.code for each in problems] == []
    assert drawing.size.w.px <= 700
    names = {item.text.text for item in drawing.items if isinstance(item, Shape) and item.text}
    assert {*OFFICES, "Wood", "leads"} <= names


def test_what_has_room_keeps_the_usual_gaps(tmp_path):
    drawing, _ = drawn(tmp_path, [["A", "b", "C"]])
    boxes = {item.text.text: item.box for item in drawing.items if isinstance(item, Shape) and item.text}
    down = boxes["C"].y > boxes["A"].bottom
    gap = boxes["C"].y - boxes["A"].bottom if down else boxes["C"].x - boxes["A"].right
    assert gap >= 2 * read_theme("atlas").pictures.length("rank-gap") * 0.9
