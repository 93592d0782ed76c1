"""Images of a map on its slides: where they stand, what is said of them, and that files with them hold together."""

from __future__ import annotations

import zipfile
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from pptx import Presentation
from pptx.shapes.picture import Picture as Shown

from conceptdeck.building.deck import Plan, build_deck, plan_deck
from conceptdeck.building.jobs import DeckJob
from conceptdeck.cli import main
from conceptdeck.translation.pseudo import PSEUDO_TAGS
from conceptdeck.values.diagnostics import Severity
from conceptdeck.values.frame import Frame, Item, Picture, Shape
from conceptdeck.values.image import Fit
from conceptdeck.values.items import keys_in
from conceptdeck.values.languages import is_rtl
from conceptdeck.values.story import Density
from conceptdeck.values.units import Box
from conceptdeck.workspace import places
from support.photographed import SVG, noted, photograph, write_map

PHOTO, DRAWING = "file: a.jpg, alt: ", "file: b.svg, alt: "
MAP = f"""
title: How bread rises
core-sentence: Yeast makes the gas. Gluten holds it.
focus: bread
cover: {{meta: Bakers, image: {{{PHOTO}A loaf on a board, credit: Ada (CC BY 4.0), focus: [0, 0.5]}}}}
systems:
  flour: {{name: Flour, by: Mill, image: {{{PHOTO}A sack, credit: The mill}}}}
  rye: {{name: Rye, image: {{{DRAWING}An ear of rye}}}}
  spelt: Spelt
steps:
  title: First mix then wait
  items:
    mix: {{name: Mix, headline: Mix flour and water, icon: wheat, image: {{{PHOTO}Hands in dough, credit: Cy}}}}
    rest: {{name: Rest, headline: Let it rest, image: {{{DRAWING}A clock}}}}
layers:
  items:
    gas:
      name: Gas
      summary: Something must make gas
      concepts:
        yeast:
          name: Yeast
          tagline: A fungus
          description: It eats sugar.
          meaning: Without yeast bread stays flat
          examples: [flour, rye]
          icon: wheat
          image: {{{PHOTO}Yeast under a microscope}}
        sour:
          name: Sourdough
          description: A culture.
          points: [It is fed daily, It is sour]
          examples: [rye, spelt]
          image: {{{DRAWING}A jar}}
        many:
          name: Leaven
          tagline: Of many kinds
          meaning: Every leaven makes gas
          examples: [flour, rye, spelt, yeast, sour, soda, net]
          image: {{{PHOTO}A shelf with jars}}
        bare: {{name: Air, image: {{{PHOTO}A sky}}}}
        soda: {{name: Soda, tagline: A salt, description: It makes gas, meaning: Soda lifts at once, examples: [rye]}}
    hold: {{name: Hold, concepts: {{net: {{name: Net, description: It holds., image: {{{DRAWING}A net}}}}}}}}
concepts: {{bread: Bread}}
relations:
  items:
    y:
      source: yeast
      target: bread
      phrase: lifts
      core: A leaven
      limit: It holds nothing
      evidence: {{value: 2 x, text: in two hours, image: {{{PHOTO}A dough that has doubled, credit: Lab}}}}
    n: {{source: net, target: bread, phrase: holds, evidence: {{image: {{{DRAWING}Two loaves}}}}}}
"""
FILES = {"a_jpg": photograph(), "b_svg": SVG}


@pytest.fixture(scope="module")
def bread(tmp_path_factory) -> Path:
    """Return a map with images wherever they may be."""
    return write_map(tmp_path_factory.mktemp("maps") / "bread", MAP, **FILES)


@cache
def planned(path: Path, **options: object) -> Plan:
    return plan_deck(DeckJob(path, **options))


def errors(plan: Plan) -> list[str]:
    return [each.message for each in plan.problems if each.severity is Severity.ERROR]


def frame(plan: Plan, key: str) -> Frame:
    return next(each for each in plan.frames if each.key == key)


def pictures(items: tuple[Item, ...]) -> list[Picture]:
    return [item for item in items if isinstance(item, Picture)]


def picture(plan: Plan, key: str, name: str) -> Picture:
    return next(each for each in pictures(frame(plan, key).items) if each.name == name)


def texts_on(plan: Plan, key: str) -> str:
    return "\n".join(item.text.text for item in frame(plan, key).items if isinstance(item, Shape) and item.text)


def is_clear(box: Box, items: tuple[Item, ...]) -> bool:
    """Tell whether no text stands in a box."""
    texts = (item for item in items if isinstance(item, Shape) and item.text and not item.fill)
    return not any(box.overlaps(item.box) for item in texts)


# --- where they stand ----------------------------------------------------------------------------


def test_the_image_of_the_cover_reaches_three_edges_and_takes_the_place_of_the_map(bread):
    plan = planned(bread)
    shown, size = picture(plan, "cover", "cover.image"), plan.theme.size
    assert (shown.seen.box.y, shown.seen.box.bottom, shown.seen.box.right) == (0, size.h, size.w)
    assert shown.seen.crop.left == 0 < shown.seen.crop.right
    assert not any(item.name.startswith("!!ring") for item in frame(plan, "cover").items)
    assert is_clear(shown.box, frame(plan, "cover").items)


def test_the_image_of_a_concept_stands_on_its_panel_in_place_of_its_sign(bread):
    made = frame(planned(bread), "layers.gas.concepts.yeast")
    shown = picture(planned(bread), made.key, "layers.gas.concepts.yeast.image")
    panel = next(item for item in made.items if item.name == "layers.gas.concepts.yeast.panel")
    assert (made.layout, panel.box.holds(shown.box), shown.box.w) == ("bleed", True, panel.box.w)
    assert not any(item.name.endswith("yeast.icon") for item in made.items)
    assert is_clear(shown.box, made.items)


def test_a_drawing_is_seen_whole_and_keeps_off_the_edges_of_its_panel(bread):
    made = frame(planned(bread), "layers.hold.concepts.net")
    shown = picture(planned(bread), made.key, "layers.hold.concepts.net.image")
    panel = next(item for item in made.items if item.name == "layers.hold.concepts.net.panel")
    assert shown.fit is Fit.CONTAIN
    assert shown.box.x > panel.box.x and shown.box.right < panel.box.right


def test_the_image_of_a_concept_with_points_stands_beside_them_and_its_examples_are_named(bread):
    plan, key = planned(bread), "layers.gas.concepts.sour"
    assert frame(plan, key).layout == "concept"
    assert is_clear(picture(plan, key, f"{key}.image").box, frame(plan, key).items)
    assert "Examples: Rye and Spelt" in texts_on(plan, key)


def test_before_a_wall_of_examples_the_image_stands_at_the_head_of_the_panel(bread):
    plan, key = planned(bread), "layers.gas.concepts.many"
    shown = picture(plan, key, f"{key}.image")
    panel = next(item for item in frame(plan, key).items if item.name == f"{key}.panel")
    assert frame(plan, key).layout == "wall"
    assert (shown.box.x, shown.box.y, shown.box.w) == (panel.box.x, panel.box.y, panel.box.w)
    assert is_clear(shown.box, frame(plan, key).items)


def test_a_concept_that_has_nothing_but_an_image_has_a_slide(bread):
    key = "layers.gas.concepts.bare"
    shown = picture(planned(bread), key, f"{key}.image")
    assert shown.box.centre.x == planned(bread).theme.column.centre.x


def test_the_images_of_systems_stand_at_the_left_of_their_tiles(bread):
    made = frame(planned(bread), "layers.gas.concepts.yeast")
    for name in ("flour", "rye"):
        shown = next(each for each in pictures(made.items) if each.name == f"systems.{name}.image@yeast")
        tile = next(item for item in made.items if f"systems.{name}.name" in keys_in(item))
        assert tile.box.holds(shown.box)
        assert shown.box.right < tile.box.centre.x
        assert tile.text.margins[0] > shown.box.right - tile.box.x


def test_tiles_too_narrow_for_names_and_images_have_no_images(tmp_path):
    long = MAP.replace("name: Rye,", "name: Donaudampfschifffahrtsgesellschaft,")
    made = frame(planned(write_map(tmp_path / "bread", long, **FILES)), "layers.gas.concepts.yeast")
    assert [each.name for each in pictures(made.items)] == ["layers.gas.concepts.yeast.image"]


def test_the_image_of_a_step_stands_at_its_head_and_comes_with_it(bread):
    made = frame(planned(bread), "steps")
    assert not any(item.name == "steps.mix.icon" for item in made.items)
    for at, name in enumerate(("mix", "rest")):
        shown = picture(planned(bread), "steps", f"steps.{name}.image")
        panel = next(item for item in made.items if item.name == f"steps.{name}.panel")
        assert panel.box.holds(shown.box)
        assert shown.click == at
        assert is_clear(shown.box, made.items)


def test_the_image_of_evidence_stands_at_the_end_of_its_band(bread):
    shown = picture(planned(bread), "relations.y", "relations.y.evidence.image")
    made = frame(planned(bread), "relations.y")
    band = next(item for item in made.items if item.name == "relations.y.evidence.card")
    assert (shown.box.right, shown.box.y, shown.box.h) == (band.box.right, band.box.y, band.box.h)
    assert is_clear(shown.box, made.items)


def test_evidence_may_be_an_image_alone(bread):
    shown = picture(planned(bread), "relations.n", "relations.n.evidence.image")
    assert planned(bread).theme.column.holds(shown.box)


@pytest.mark.parametrize("theme", ["atlas", "orbit", "beacon"])
@pytest.mark.parametrize("density", list(Density))
def test_slides_with_images_are_right_in_every_theme(theme, density, bread):
    plan = planned(bread, theme=theme, density=density)
    assert [each.message for each in plan.problems] == []
    assert {name for made in plan.frames for each in pictures(made.items) for name in each.told} == {
        each.told[0] for made in planned(bread).frames for each in pictures(made.items)
    }


def test_in_a_language_read_from_the_right_images_change_sides_and_are_not_turned(bread):
    (tag,) = (each for each in PSEUDO_TAGS if is_rtl(each))
    plan, own = planned(bread, locale=tag), planned(bread)
    shown, before = picture(plan, "cover", "cover.image"), picture(own, "cover", "cover.image")
    assert (shown.box.x, shown.seen.crop) == (0, before.seen.crop)
    assert errors(plan) == []


# --- what is said of them ------------------------------------------------------------------------


def alts(plan: Plan) -> list[str]:
    return [each.alt for made in plan.frames for each in pictures(made.items)]


@pytest.mark.parametrize("tag", PSEUDO_TAGS)
def test_the_words_of_images_are_those_of_the_language(tag, bread):
    own, other = alts(planned(bread)), alts(planned(bread, locale=tag))
    assert len(own) == len(other) >= 12
    assert not {*own} & {*other}


def test_translators_get_the_words_of_images_with_the_slides_that_have_them(tmp_path):
    path = write_map(tmp_path / "bread", MAP, **FILES)
    assert CliRunner().invoke(main, ["i18n", "new", "de", str(path)]).exit_code == 0
    catalog = places.catalog_path(path, "de").read_text(encoding="utf-8")
    assert 'msgid "A loaf on a board"' in catalog
    assert 'msgctxt "cover.image.credit"' in catalog
    note = catalog.partition('msgctxt "steps.rest.image.alt"')[0].rpartition("\n\n")[2]
    assert "What it shows, in words" in note
    assert "Where: slide" in note


def test_credits_stand_with_the_sources_also_if_a_map_has_no_others(bread):
    said = texts_on(planned(bread), "sources")
    assert "A loaf on a board\nAda (CC BY 4.0)" in said
    assert "A sack\nThe mill" in said
    assert "A dough that has doubled\nLab" in said


def test_a_story_without_the_sources_says_credits_in_the_notes(bread):
    plan = planned(bread, story="lightning")
    assert not any(made.key == "sources" for made in plan.frames)
    notes = "\n".join(made.notes for made in plan.frames)
    assert "A loaf on a board: Ada (CC BY 4.0)" in frame(plan, "cover").notes
    assert notes.count("A sack: The mill") == 1


def test_an_image_that_no_slide_shows_is_found(tmp_path):
    lost = MAP.replace("concepts: {bread: Bread}", "concepts: {bread: {name: Bread, image: {file: b.svg, alt: Lost}}}")
    found = CliRunner().invoke(main, ["check", str(write_map(tmp_path / "bread", lost, **FILES))])
    assert found.output.count("shown-nowhere") == 1
    assert "concepts.bread.image.alt" in found.output


def test_a_missing_file_stops_the_build_at_its_line(tmp_path):
    path = write_map(tmp_path / "bread", MAP, a_jpg=photograph())
    found = CliRunner().invoke(main, ["build", str(path), "--out", str(tmp_path / "out")])
    line = 1 + MAP[: MAP.index("b.svg")].count("\n")
    assert (found.exit_code, f"map.yaml:{line}:" in found.output) == (1, True)
    assert "there is no file `b.svg` [bad-image]" in found.output
    assert not (tmp_path / "out").exists()


# --- files ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def deck(bread, tmp_path_factory) -> Path:
    """Return the deck as a file."""
    return build_deck(DeckJob(bread, out=tmp_path_factory.mktemp("out")), verify=True).path


def shown_in(path: Path) -> list[Shown]:
    return [shape for each in Presentation(str(path)).slides for shape in each.shapes if isinstance(shape, Shown)]


def test_each_file_is_in_the_deck_once_a_drawing_with_pixels_beside_it(deck):
    with zipfile.ZipFile(deck) as package:
        media = [name for name in package.namelist() if name.startswith("ppt/media/")]
    assert sorted(Path(name).suffix for name in media) == [".jpeg", ".png", ".svg"]


def test_a_deck_with_images_is_the_same_bytes_each_time(bread, deck, tmp_path):
    assert build_deck(DeckJob(bread, out=tmp_path)).path.read_bytes() == deck.read_bytes()


def test_check_accepts_a_deck_with_images(deck):
    result = CliRunner().invoke(main, ["check", str(deck)])
    assert (result.exit_code, "0 errors, 0 warnings" in result.output) == (0, True), result.output


def test_images_survive_being_saved_by_another_program(bread, deck, tmp_path):
    again = tmp_path / "again.pptx"
    Presentation(str(deck)).save(str(again))
    seen = [
        [(each.image.blob, each.crop_left, each.left, _alt(each)) for each in shown_in(path)] for path in (deck, again)
    ]
    assert seen[0] == seen[1]
    assert [alt for _, _, _, alt in seen[0]] == alts(planned(bread))
    assert CliRunner().invoke(main, ["check", str(again)]).exit_code == 0


def _alt(shape: Shown) -> str:
    return shape._element.nvPicPr.cNvPr.get("descr")


@pytest.mark.office
def test_images_survive_being_saved_by_libreoffice(bread, deck, office):
    again = shown_in(office(deck, to="pptx"))
    assert [_alt(each) for each in again] == alts(planned(bread))
    for each, before in zip(again, shown_in(deck), strict=True):
        assert abs(each.left - before.left) < 20_000
        assert abs(each.crop_right - before.crop_right) < 0.01


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_pages_and_pdf_have_the_images_too(kind, bread, tmp_path):
    made = build_deck(DeckJob(bread, out=tmp_path, formats=(kind,))).path.read_bytes()
    assert (b"data:image/jpeg;base64," in made and b"A loaf on a board" in made) or b"/DCTDecode" in made


def test_a_changed_image_makes_the_deck_out_of_date(tmp_path):
    path = write_map(tmp_path / "bread", MAP, **FILES)
    run = [str(path), "--out", str(tmp_path / "out")]
    assert CliRunner().invoke(main, ["build", *run]).exit_code == 0
    (path.parent / "a.jpg").write_bytes(noted(6, "other"))
    before = next((tmp_path / "out").rglob("*.pptx")).read_bytes()
    assert CliRunner().invoke(main, ["build", *run]).exit_code == 0
    assert next((tmp_path / "out").rglob("*.pptx")).read_bytes() != before
