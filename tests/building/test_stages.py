"""What each stage makes of four small maps, as text: a change of any stage shows here, at the value that it changes.

`make golden ARGS=tests/test_stages.py` accepts what the stages make now; then look at the diff.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from conceptdeck.building.deck import DeckJob, Plan, deck_parts, plan_deck
from conceptdeck.building.diagrams import DiagramsJob, Sheet, plan_diagrams
from conceptdeck.render.vector.svg import write_svg
from conceptdeck.values import deck, picture
from support.described import described

CASES = Path(__file__).resolve().parents[2] / "tests" / "cases"
NAMES = ("every-kind", "right-to-left", "chinese", "many-parts")
CONTINUED = re.compile(r"#[0-9]+\Z")


@dataclass(frozen=True)
class Made:
    """What the line makes of one map."""

    plan: Plan
    parts: dict[str, bytes]
    sheet: Sheet


@cache
def made(case: str) -> Made:
    map_file = CASES / case / "map.yaml"
    plan = plan_deck(DeckJob(map_file))
    sheet = plan_diagrams(DiagramsJob(map_file))
    return Made(plan, deck_parts(plan), sheet)


def kinds_of_slides(plan: Plan) -> dict[str, int]:
    """Return the number of the first slide of each kind; the parts of one that goes on are kinds of their own."""
    kinds = {slide.key: type(slide).__name__.lower() for slide in plan.deck.slides}
    numbers: dict[str, int] = {}
    for frame in plan.frames:
        key, part, _ = frame.key.partition("#")
        numbers.setdefault(kinds[key] + ("-continued" if part else ""), frame.number)
    return numbers


def pretty(xml: bytes) -> str:
    """Return XML with an element a line, for diffs; text and attributes as they are."""
    return re.sub(r"(?<=>)(?=<)", "\n", xml.decode("utf-8")) + "\n"


@pytest.mark.parametrize("case", NAMES)
def test_the_model_of_a_map(case, golden):
    edition = made(case).plan.edition
    golden(f"{case}/model.json", described(edition.map))


@pytest.mark.parametrize("case", NAMES)
def test_the_deck_of_a_map(case, golden):
    golden(f"{case}/deck.json", described(made(case).plan.deck))


@pytest.mark.parametrize("case", NAMES)
def test_the_frames_of_a_deck(case, golden):
    golden(f"{case}/frames.json", described(made(case).plan.frames))


@pytest.mark.parametrize("case", NAMES)
def test_the_drawings_of_a_map(case, golden):
    golden(f"{case}/drawings.json", described(made(case).sheet.drawings))


@pytest.mark.parametrize("case", NAMES)
def test_the_xml_of_one_slide_of_each_kind(case, golden):
    for kind, number in kinds_of_slides(made(case).plan).items():
        golden(f"{case}/slides/{kind}.xml", pretty(made(case).parts[f"ppt/slides/slide{number}.xml"]))


@pytest.mark.parametrize("case", NAMES)
def test_the_svg_of_each_picture(case, golden):
    sheet = made(case).sheet
    for drawing in sheet.drawings:
        golden(f"{case}/pictures/{drawing.id}.svg", write_svg(drawing, sheet.theme))


def test_the_first_case_has_every_kind_of_slide_and_of_picture():
    shown, drawn = made("every-kind").plan.deck, made("every-kind").sheet.portfolio
    assert {type(slide) for slide in shown.slides} == set(get_args(deck.Slide))
    assert {type(each) for each in drawn.pictures} == set(get_args(picture.Picture))
