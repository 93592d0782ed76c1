"""Decks on a template of others: they are its own package, and slides stand where it leaves room."""

from __future__ import annotations

import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pptx
import pytest
from pptx.util import Inches

from conceptdeck.building.deck import build_deck, plan_deck
from conceptdeck.building.jobs import DeckJob
from conceptdeck.checks.package.parts import check_package
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.items import box_of
from conceptdeck.values.theme import Theme
from support.decks import ROOT, SHIPPED
from support.housed import write_house

CONTENT = tuple(map(Inches, (0.5, 1.75, 9.5, 6.7)))  # left, top, right and bottom of what the template leaves free
NAMES = {"Title Slide", "Section Header", "Title Only"}


@pytest.fixture(scope="module")
def theme(tmp_path_factory) -> Path:
    """Return the file of a theme on a template, in a folder of its own."""
    return write_house(tmp_path_factory.mktemp("house"))


def built(theme: Path, out: Path, **options) -> Path:
    return build_deck(DeckJob(SHIPPED, str(theme), out, **options), verify=True).path


@pytest.mark.parametrize("locale", [None, "ar", "ja"])
@pytest.mark.parametrize("story", ["full", "talk"])
@pytest.mark.parametrize("named", ["world-models", "web-platform"])
def test_the_shipped_maps_stand_on_a_template_without_a_finding(named, story, locale, theme, tmp_path):
    job = DeckJob(ROOT / "data" / named / "map.yaml", str(theme), tmp_path, story=story, locale=locale)
    plan = plan_deck(job)
    assert plan.problems == ()
    assert outside(plan.frames, plan.theme) == set()


def outside(frames, theme: Theme) -> set[str]:
    """Return the names of what stands neither in a placeholder of the template nor in the room that it leaves free."""
    left, top, right, bottom = CONTENT
    return {
        item.name
        for frame in frames
        for item in frame.items
        if not getattr(item, "placeholder", None)
        and not (left <= (box := box_of(item)).x and box.right <= right and top <= box.y and box.bottom <= bottom)
    }


def test_slides_take_the_layouts_of_the_template_by_what_they_are(theme, tmp_path):
    deck = pptx.Presentation(str(built(theme, tmp_path)))
    assert {slide.slide_layout.name for slide in deck.slides} == NAMES
    assert deck.slides[0].slide_layout.name == "Title Slide"
    assert all(slide.shapes.title is not None for slide in deck.slides)


def test_the_masters_layouts_theme_and_media_of_the_template_are_in_the_deck_byte_for_byte(theme, tmp_path):
    with (
        zipfile.ZipFile(theme.with_name("acme.pptx")) as before,
        zipfile.ZipFile(built(theme, tmp_path)) as after,
    ):
        kept = [name for name in before.namelist() if re.match(r"ppt/(slideLayouts|slideMasters|theme)/\w+\.xml", name)]
        assert kept
        assert all(before.read(name) == after.read(name) for name in kept)


def test_a_deck_on_a_template_has_no_fault_and_the_same_bytes_each_time(theme, tmp_path):
    one, other = (built(theme, tmp_path / each) for each in "ab")
    assert one.read_bytes() == other.read_bytes()
    assert [each for each in check_package(one.read_bytes(), "deck.pptx") if each.severity == "error"] == []


def test_what_is_saved_by_another_program_is_still_whole(theme, tmp_path):
    saved = tmp_path / "saved.pptx"
    pptx.Presentation(str(built(theme, tmp_path))).save(str(saved))
    assert [each for each in check_package(saved.read_bytes(), "deck.pptx") if each.severity == "error"] == []


def test_colours_are_those_of_the_template_scheme(theme, tmp_path):
    with zipfile.ZipFile(built(theme, tmp_path)) as deck:
        slides = "".join(deck.read(name).decode() for name in deck.namelist() if name.startswith("ppt/slides/slide"))
    assert not re.findall(r"srgbClr", slides)
    assert '<a:schemeClr val="accent1"><a:lumMod val="75000"/>' in slides


def test_a_template_that_is_not_there_is_told(theme, tmp_path):
    lone = tmp_path / "lone.yaml"
    lone.write_text(theme.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(Failure) as raised:
        built(lone, tmp_path)
    assert [each.code for each in raised.value.diagnostics] == ["bad-template"]


def test_a_template_that_is_no_presentation_is_told(theme, tmp_path):
    lone = tmp_path / "lone.yaml"
    lone.write_text(theme.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "acme.pptx").write_bytes(b"PK nothing")
    with pytest.raises(Failure) as raised:
        built(lone, tmp_path)
    assert {each.code for each in raised.value.diagnostics} <= {"bad-template", "not-a-package"}


@pytest.mark.parametrize("locale", [None, "ar", "ja", "de"])
def test_a_cover_without_a_layout_of_its_own_shows_more_than_the_title(locale, theme, tmp_path):
    said = theme.read_text(encoding="utf-8")
    bare = theme.with_name("bare.yaml")
    bare.write_text(said[: said.index("    cover:\n")] + said[said.index("    section:\n") :], encoding="utf-8")
    plan = plan_deck(DeckJob(SHIPPED, str(bare), tmp_path, locale=locale))
    assert plan.problems == ()
    cover = plan.frames[0]
    assert [item.name for item in cover.items] == ["title", "core-sentence", "subtitle", "cover.meta"]
    assert outside([cover], plan.theme) == set()
    boxes = [box_of(item) for item in cover.items]
    assert all(one.bottom < other.y for one, other in pairwise(boxes))


def test_a_cover_without_a_layout_has_as_much_as_there_is_room_for(theme, tmp_path):
    said = theme.read_text(encoding="utf-8").replace(
        "content: [0.5, 1.75, 9.0, 4.95]", "content: [0.5, 1.75, 9.0, 2.5]"
    )
    bare = theme.with_name("small.yaml")
    bare.write_text(said[: said.index("    cover:\n")] + said[said.index("    section:\n") :], encoding="utf-8")
    text = "title: Tea\ncore-sentence: {0}\nsubtitle: {0}\nconcepts: {{leaf: {{name: Leaf}}}}\n"
    path = tmp_path / "map.yaml"
    path.write_text(text.format("Tea is made of leaves that grow on hills where rain falls. " * 12), encoding="utf-8")
    cover = plan_deck(DeckJob(path, str(bare), tmp_path)).frames[0]
    assert [item.name for item in cover.items] == ["title", "core-sentence"]
    path.write_text("title: Tea\nconcepts: {leaf: {name: Leaf}}\n", encoding="utf-8")
    cover = plan_deck(DeckJob(path, str(bare), tmp_path)).frames[0]
    assert [item.name for item in cover.items] == ["title"]
