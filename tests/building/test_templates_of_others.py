"""Decks on each template that tests make, in themes that are imported: valid, in their place, clear of furniture."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pptx
import pytest
from pptx.util import Length as Emu

from conceptdeck.building.deck import build_deck, plan_deck
from conceptdeck.building.jobs import DeckJob
from conceptdeck.building.templates import compared, made_theme, read_template_file
from conceptdeck.checks.package.parts import check_package
from conceptdeck.reading.imported.theme import Imported
from conceptdeck.values.diagnostics import Span
from conceptdeck.values.items import box_of
from conceptdeck.workspace.loading import read_theme
from support.decks import ROOT
from support.templates import TEMPLATES, made

ROUNDED = 92  # EMU: themes say places in ten thousandths of an inch
MAP = ROOT / "data" / "web-platform" / "map.yaml"
EVERY_KIND = ROOT / "tests" / "cases" / "every-kind" / "map.yaml"
TOLD = ("missing-notes",)  # of the map, on whatever it is shown


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all templates, and the themes that they make."""
    folder = tmp_path_factory.mktemp("themes")
    for name in TEMPLATES:
        (folder / name).write_bytes(made(name))
        theme_file(folder, name).write_text(imported(folder / name).text, encoding="utf-8")
    return folder


@cache
def imported(path: Path) -> Imported:
    return made_theme(read_template_file(path)[0], path.stem, path.name)


def theme_file(house: Path, name: str) -> Path:
    return house / f"{Path(name).stem}.yaml"


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_deck_is_built_without_a_finding_and_stays_clear_of_furniture(name: str, house: Path, tmp_path: Path) -> None:
    job = DeckJob(MAP, str(theme_file(house, name)), tmp_path)
    plan = plan_deck(job)
    assert plan.problems == ()
    area = imported(house / name).area.content
    layout = imported(house / name).choice.others.layout
    for frame in plan.frames:
        for item in frame.items:
            if getattr(item, "placeholder", None) or frame.layout in ("cover", "section", "list"):
                continue
            box = box_of(item)
            assert area.x - ROUNDED <= box.x and box.right <= area.right + ROUNDED, item.name
            assert not any(box.overlaps(thing.box) for thing in layout.decorations), item.name


@pytest.mark.parametrize("name", TEMPLATES)
def test_slides_of_every_kind_are_laid_out_on_it(name: str, house: Path, tmp_path: Path) -> None:
    plan = plan_deck(DeckJob(EVERY_KIND, str(theme_file(house, name)), tmp_path, story="full"))
    assert [each.code for each in plan.problems if each.code not in TOLD] == []
    assert any(frame.key.startswith("slides.break") and frame.layout == "section" for frame in plan.frames)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_deck_is_whole_and_brings_nothing_of_the_slides_that_were_there(
    name: str, house: Path, tmp_path: Path
) -> None:
    path = build_deck(DeckJob(MAP, str(theme_file(house, name)), tmp_path), verify=True).path
    data = path.read_bytes()
    assert [each for each in check_package(data, "deck.pptx") if each.severity == "error"] == []
    deck = pptx.Presentation(io.BytesIO(data))
    size = imported(house / name).text
    assert f"size: [{Emu(deck.slide_width).inches:.7f}".rstrip("0").rstrip(".") in size
    assert all(slide.shapes.title is not None and slide.shapes.title.text for slide in deck.slides)
    for left in (b"Last year's results", b"Nobody should read this", b"vbaProject", b"OWNER"):
        assert not any(left in part.blob for part in deck.part.package.iter_parts())


@pytest.mark.parametrize("name", ["odd-parts.pptx", "untitled.pptx"])
def test_a_theme_says_of_its_template_what_is_so(name: str, house: Path) -> None:
    said = read_theme(str(theme_file(house, name))).template
    template, _ = read_template_file(house / name)
    assert said and list(compared(said, template, Span())) == []
    other, _ = read_template_file(house / "plain.pptx")
    codes = {each.code for each in compared(said, other, Span())}
    assert codes == ({"missing-layout"} if name == "odd-parts.pptx" else set())
