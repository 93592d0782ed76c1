"""Slides of other sizes: everything is laid out anew, and nothing is found wrong with it."""

from __future__ import annotations

from pathlib import Path

import pptx
import pytest

from conceptdeck.building.deck import build_deck, plan_deck
from conceptdeck.building.jobs import DeckJob
from conceptdeck.values.frame import Table
from conceptdeck.values.items import box_of
from conceptdeck.workspace import places
from conceptdeck.workspace.loading import read_theme
from support.decks import ROOT, SHIPPED, write_map

SIZES = ("16:10", "4:3", "a4", "a4-portrait", "letter", "square")
LOOKS = (("atlas", None), ("orbit", "ar"), ("beacon", "de"))
EMU = 914_400


def read(size: str):
    return read_theme("atlas", size=size)


@pytest.mark.parametrize("story", ["full", "talk"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("named", ["world-models", "web-platform"])
def test_the_shipped_maps_stand_on_slides_of_every_size_without_a_finding(named, size, story, tmp_path):
    map_file = ROOT / "data" / named / "map.yaml"
    for theme, locale in LOOKS:
        plan = plan_deck(DeckJob(map_file, theme, tmp_path, story=story, locale=locale, size=size))
        assert [each for each in plan.problems if each.code not in ("over-time",)] == [], (theme, locale)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_but_orbits_stands_outside_of_a_slide(size, tmp_path):
    plan = plan_deck(DeckJob(SHIPPED, "orbit", tmp_path, size=size))
    width, height = plan.theme.size
    boxes = [(item.name, box_of(item)) for frame in plan.frames for item in frame.items]
    outside = {name for name, box in boxes if min(box.x, box.y) < 0 or box.right > width or box.bottom > height}
    assert all(name.startswith("!!ring") for name in outside)


def test_a_deck_has_the_size_that_its_job_names(tmp_path):
    built = build_deck(DeckJob(SHIPPED, out=tmp_path, size="4:3"))
    deck = pptx.Presentation(str(built.path))
    assert (deck.slide_width, deck.slide_height) == (10 * EMU, round(7.5 * EMU))


def test_type_keeps_its_share_of_the_area_of_a_slide():
    wide, small = read(""), read("16:10")
    shares = [theme.roles["body"].sizes[0] ** 2 / (theme.size.w * theme.size.h / EMU**2) for theme in (wide, small)]
    assert shares[1] == pytest.approx(shares[0], rel=0.1)


def test_the_margins_of_a_slide_are_those_of_its_texts():
    for size in SIZES:
        theme = read(size)
        title = theme.layouts["cards"].placeholders["title"].box
        assert (title.x, title.right) == pytest.approx((theme.column.x, theme.column.right), abs=2)


def test_a_theme_says_the_size_of_its_slides_itself(tmp_path: Path, monkeypatch):
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "mine.yaml").write_text("extends: atlas\nname: Mine\nsize: [8, 6]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert places.known_theme("mine") == "mine"
    assert tuple(read_theme("mine").size) == (8 * EMU, 6 * EMU)


@pytest.mark.parametrize(
    ("named", "theme", "locale", "story"),
    [
        ("world-models", "orbit", "ja", "lightning"),  # a name of many lines in a box alone
        ("world-models", "atlas", "ja", "full"),  # a name as wide as its box, but for round corners
        ("web-platform", "atlas", "fr", "full"),
    ],
)
def test_names_stand_within_narrow_boxes(named, theme, locale, story, tmp_path):
    map_file = ROOT / "data" / named / "map.yaml"
    plan = plan_deck(DeckJob(map_file, theme, tmp_path, story=story, locale=locale, size="a4-portrait"))
    assert [each for each in plan.problems if each.code not in ("over-time",)] == []


def test_headings_of_many_columns_are_read_on_a_narrow_slide(tmp_path):
    columns = [f"Year {n}" for n in range(15)]
    table = {"title": "Years", "columns": columns, "rows": [["0"] * 15, ["1"] * 15]}
    path = write_map(tmp_path / "years", {"title": "Years", "tables": [table]})
    plan = plan_deck(DeckJob(path, "beacon", size="a4-portrait"))
    headings = [
        cell.body.text
        for frame in plan.frames
        for item in frame.items
        if isinstance(item, Table)
        for cell in item.rows[0].cells
    ]
    assert plan.problems == ()
    assert {*columns} == {*headings}
