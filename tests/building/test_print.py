"""Pictures for print and for pages of their own: how wide they are, their smallest text, their shades, their source."""

import re
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from PIL import Image

from conceptdeck.building.jobs import DiagramsJob
from conceptdeck.cli import main
from conceptdeck.values.colour import contrast
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.printing import Shades, on_paper
from support.decks import shipped_tree, write_map
from support.drawn import DESIGNS, WEB, WORLD, faults, named, routes_of, shapes_of, sheet_of, texts_of
from support.pictures import theme

MM = 72 / 25.4  # points
PRINT = Path("output") / "world-models" / "en" / "print"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the result of `conceptdeck diagrams` of the shipped map, from an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, ["diagrams", "world-models", "--quiet", *arguments])


def least_points(drawing) -> float:
    """Return the size of the smallest text of a drawing as it is printed, in points."""
    sizes = (run.size for s in shapes_of(drawing) if s.text for p in s.text.paragraphs for run in p.runs)
    return min(sizes) * drawing.scale


# --- on paper ----------------------------------------------------------------------------------------


def test_a_picture_for_paper_is_as_wide_as_told_in_every_format(run):
    result = run("--only", "relations", "--width", "85mm", "--dpi", "600", "--format", "svg,png,pdf")
    assert result.exit_code == 0, result.output
    assert 'width="85mm"' in (PRINT / "relations.svg").read_text(encoding="utf-8")
    with Image.open(PRINT / "relations.png") as image:
        across, density = image.size[0], image.info["dpi"][0]
    assert density == pytest.approx(600, abs=0.5)
    assert across / density * 25.4 == pytest.approx(85, abs=0.1)
    with pikepdf.open(PRINT / "relations.pdf") as pdf:
        assert float(pdf.pages[0].trimbox[2]) == pytest.approx(85 * MM, abs=0.1)


def test_what_is_printed_replaces_nothing_on_the_page_and_brings_only_what_is_asked_for(run):
    assert run("--only", "relations,flow", "--format", "svg,png").exit_code == 0
    before = {
        path: path.read_bytes() for path in Path("output").rglob("*.*") if path.is_file() and ".cache" not in path.parts
    }
    assert run("--only", "flow", "--grey", "--format", "svg,png").exit_code == 0
    assert {path: path.read_bytes() for path in before if "print" not in path.parts} == before
    assert sorted(path.name for path in PRINT.iterdir()) == ["flow.png", "flow.svg"]


@pytest.mark.parametrize("locale", [None, "de", "ar", "ja"])
@pytest.mark.parametrize("text", [7.0, 9.0])
def test_no_text_is_smaller_on_paper_than_told_and_the_smallest_is_just_that(text, locale):
    sheet = sheet_of(WORLD, width="85mm", text=text, credit=True, locale=locale, every_concept=False)
    assert min(map(least_points, sheet.drawings)) == pytest.approx(text, abs=0.01)
    assert [fault for drawing in sheet.drawings for fault in faults(drawing, sheet.theme)] == []


@pytest.mark.parametrize("name", DESIGNS)
def test_accents_in_grey_are_told_apart_by_tint_and_can_be_read_on_paper(name):
    design = on_paper(theme(name), Shades.GREY)
    accents = [design.colours[f"accent{number}"] for number in range(1, 7)]
    assert {*design.colours.values()} == {
        colour for colour in design.colours.values() if len({*re.findall("..", colour)}) == 1
    }
    assert len({*accents}) == 6
    assert all(contrast(accent, design.colours["page"]) >= design.readable - 0.01 for accent in accents)
    assert min(accents) == design.colours[f"accent{design.goal}"], "the goal is the darkest"


@pytest.mark.parametrize("name", DESIGNS)
def test_a_picture_in_black_alone_has_no_other_shade(run, name):
    assert run("--only", "hierarchy", "--mono", "--theme", name, "--format", "svg,png").exit_code == 0
    svg = (PRINT / "hierarchy.svg").read_text(encoding="utf-8")
    assert {*re.findall(r"#[0-9A-Fa-f]{6}\b", svg)} == {"#000000", "#FFFFFF"}
    assert {*re.findall(r'opacity="([^"]+)"', svg)} <= {"0"}
    with Image.open(PRINT / "hierarchy.png") as image:
        assert image.mode == "1"
        assert image.info["dpi"][0] == pytest.approx(600, abs=0.5)


@pytest.mark.parametrize("width", ["85 ells", "5mm", "12", "-85mm", "85mmm", ""])
def test_a_width_that_is_none_is_refused_with_what_may_be_said(run, width):
    result = run("--width", width)
    assert result.exit_code == 2
    assert "85mm" in result.stderr or "between" in result.stderr


@pytest.mark.parametrize("width", [640, "640", "640px", " 640 px "])
def test_pixels_are_no_paper(width):
    assert DiagramsJob(WORLD, width=width).width == 640
    assert not DiagramsJob(WORLD, width=width).is_printed


def test_grey_and_black_at_once_are_refused(run):
    assert "take one of them" in run("--grey", "--mono").stderr
    with pytest.raises(ValueError, match="grey and mono"):
        DiagramsJob(WORLD, grey=True, mono=True)


# --- title and source line ---------------------------------------------------------------------------


@pytest.mark.parametrize("map_file", [WORLD, WEB])
@pytest.mark.parametrize("locale", [None, "de", "ar", "ja"])
def test_a_picture_that_stands_alone_begins_with_its_title_and_ends_with_its_source(map_file, locale):
    sheet = sheet_of(map_file, title=True, credit=True, locale=locale, every_concept=False)
    for shown, drawing in zip(sheet.portfolio.pictures, sheet.drawings, strict=True):
        assert faults(drawing, sheet.theme) == []
        if drawing.id != "map":
            assert texts_of(drawing)[0] == drawing.title
        assert texts_of(drawing)[-1] == shown.credit.value
        assert shown.credit.value in drawing.description


def test_a_source_line_of_its_own_stands_in_a_picture_without_being_asked_for(tmp_path):
    tree = shipped_tree()
    tree["diagrams"]["relations"]["credit"] = "Source: our own count, 2026."
    sheet = sheet_of(write_map(tmp_path / "mine", tree), every_concept=False)
    assert texts_of(named(sheet, "relations"))[-1] == "Source: our own count, 2026."
    assert "Source: our own count, 2026." in named(sheet, "relations").description
    assert not any("Source" in text for text in texts_of(named(sheet, "flow")))


def test_a_map_without_sources_says_that_it_has_no_line_to_show(tmp_path):
    tree = shipped_tree()
    del tree["sources"]
    tree["diagrams"]["relations"]["credit"] = "Source: our own count, 2026."
    path = write_map(tmp_path / "mine", tree)
    sheet = sheet_of(path, credit=True, only=("relations",), every_concept=False)
    assert [problem for problem in sheet.problems if problem.code == "no-credit"] == []
    assert texts_of(named(sheet, "relations"))[-1] == "Source: our own count, 2026."
    sheet = sheet_of(path, credit=True, only=("flow",), every_concept=False)
    assert [problem.message for problem in sheet.problems] == ["no source line for `flow`"]


# --- narrow ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", [None, "de", "ja", "ar"])
def test_a_narrow_table_is_a_stack_whose_words_are_whole_and_whose_arrows_lead_down(locale):
    sheet = sheet_of(WORLD, width=360, only=("bridge",), every_concept=False, locale=locale)
    drawing = named(sheet, "bridge")
    assert sheet.problems == ()
    assert faults(drawing, sheet.theme) == []
    assert drawing.size.w.px == pytest.approx(360, abs=0.1)


# --- what stands out ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("kind", ["relations", "hierarchy", "categories", "flow"])
def test_a_concept_that_stands_out_has_the_only_solid_ground(tmp_path, kind, name):
    tree = shipped_tree()
    tree["diagrams"][kind]["highlight"] = ["digital-twins"]
    sheet = sheet_of(write_map(tmp_path / "mine", tree), name, only=(kind,), every_concept=False)
    drawing = named(sheet, kind)
    solid = [
        each
        for each in shapes_of(drawing)
        if each.fill and each.fill.slot.startswith("accent") and each.fill.alpha == 1
    ]
    bars = [each for each in solid if each.preset == "rect"]
    (ground,) = [each for each in solid if each not in bars]
    assert "concepts.digital-twins.name" in ground.name
    assert faults(drawing, sheet.theme) == []
    assert sheet.problems == ()


def test_the_edge_between_two_concepts_that_stand_out_does_so_and_no_other(tmp_path):
    tree = shipped_tree()
    tree["diagrams"]["relations"]["highlight"] = ["digital-twins", "world-models"]
    drawing = named(sheet_of(write_map(tmp_path / "mine", tree), only=("relations",), every_concept=False), "relations")
    assert [route.name for route in routes_of(drawing) if route.stroke.slot != "secondary"] == [
        "relations.digital-twins"
    ]


def test_what_nobody_knows_cannot_stand_out(tmp_path):
    tree = shipped_tree()
    tree["diagrams"]["relations"]["highlight"] = ["digital-twin"]
    with pytest.raises(Failure) as refused:
        sheet_of(write_map(tmp_path / "mine", tree), every_concept=False)
    (problem,) = refused.value.diagnostics
    assert problem.code == "dangling-reference"
    assert "digital-twins" in str(problem)
