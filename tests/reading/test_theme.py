"""The themes: readable by measure, listed, shown, and exported as templates that PowerPoint's own rules accept."""

import io
import itertools
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from pptx import Presentation

from conceptdeck.cli import main
from conceptdeck.reading.excerpts import SourceText
from conceptdeck.reading.theme import load_theme
from conceptdeck.values.colour import blend, contrast
from conceptdeck.values.diagnostics import Failure
from conceptdeck.workspace import places
from support.decks import ROOT, build_map

THEMES = places.themes()
MAPS = sorted(path.parent.name for path in (ROOT / "data").glob("*/map.yaml"))
ACCENTS = [f"accent{i}" for i in range(1, 7)]
LIGHTENING = ["accent1", "accent2", "accent3", "accent4", "accent6", "accent5"]
DECK_TYPE = b"presentationml.presentation.main+xml"
TEMPLATE_TYPE = b"presentationml.template.main+xml"

# How the cones of a colour-blind eye see linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.
SEEN = {
    "normal sight": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
APART = 12  # CIE 1976 distance: beyond doubt, side by side


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the command's result, from an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture(params=THEMES)
def theme(request):
    return load_theme(request.param, places.find_theme)


def themed(files):
    """Return the theme `mine` of files by name; what they extend besides is shipped."""
    texts = {f"{name}.yaml": SourceText(text, f"themes/{name}.yaml") for name, text in files.items()}
    return load_theme("mine", lambda name: texts.get(name) or places.find_theme(name), places.theme_base())


def variant(text):
    """Return the theme `mine`, which is Beacon with `text` laid over it."""
    return themed({"mine": f"extends: beacon\nname: Mine\n{text}\n"})


def linear(colour):
    channels = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def lab(rgb):
    """Return a linear sRGB colour in CIELAB, for daylight (D65)."""
    rows = ((0.4124, 0.3576, 0.1805, 0.9505), (0.2126, 0.7152, 0.0722, 1.0), (0.0193, 0.1192, 0.9505, 1.089))
    ratios = [(r * rgb[0] + g * rgb[1] + b * rgb[2]) / white for r, g, b, white in rows]
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in ratios)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour, matrix):
    rgb = linear(colour)
    return lab([min(1, max(0, sum(a * b for a, b in zip(row, rgb, strict=True)))) for row in matrix])


# --- contrast ------------------------------------------------------------------------------------


def test_black_on_white_is_the_highest_contrast():
    assert contrast("000000", "FFFFFF") == pytest.approx(21)


def test_every_text_colour_keeps_the_theme_s_contrast_on_every_ground(theme):
    for text, ground in itertools.product(["ink", "secondary", *ACCENTS], ["page", "card"]):
        assert contrast(theme.colours[text], theme.colours[ground]) >= theme.readable, (text, ground)


def test_a_theme_promises_the_contrast_of_level_aa_unless_it_says_more():
    promised = {key: load_theme(key, places.find_theme).readable for key in THEMES}
    assert promised == {"atlas": 4.5, "beacon": 7, "orbit": 4.5}


def test_a_theme_that_breaks_its_promise_is_refused_with_the_pair():
    with pytest.raises(Failure) as refused:
        variant("colours: {secondary: 8A8A8A}")
    assert "secondary on card" in str(refused.value)
    assert "text needs 7:1" in str(refused.value)


def test_ink_keeps_the_theme_s_contrast_on_every_tint_that_fills_an_area(theme):
    for name, accent, ground in itertools.product(["active", "soft"], ACCENTS, ["page", "card"]):
        tint = blend(theme.colours[accent], theme.colours[ground], theme.tints[name])
        assert contrast(theme.colours["ink"], tint) >= theme.readable, (name, accent, ground)


def test_a_tint_that_breaks_the_promise_is_refused_with_its_accent():
    with pytest.raises(Failure) as refused:
        variant("tints: {active: 0.6}")
    assert "ink on the tint `active` of accent5 over page" in str(refused.value)
    assert "text needs 7:1" in str(refused.value)
    assert variant("contrast: 4.5\ntints: {active: 0.35}").tints["active"] == 0.35


@pytest.mark.parametrize("tint", ["-0.1", "1.1", "20"])
def test_a_tint_that_is_no_share_is_refused(tint):
    with pytest.raises(Failure) as refused:
        variant(f"tints: {{soft: {tint}}}")
    assert f"`soft` is `{tint}`, not a share from 0 to 1" in str(refused.value)


def test_a_colour_over_another_is_seen_between_the_two():
    assert blend("FF0000", "0000FF", 1) == "FF0000"
    assert blend("FF0000", "0000FF", 0) == "0000FF"
    assert blend("FFFFFF", "000000", 0.2) == "333333"


def test_the_same_colours_pass_where_less_is_promised():
    assert variant("contrast: 4.5\ncolours: {secondary: 8A8A8A}").readable == 4.5


@pytest.mark.parametrize("promise", ["3", "22", "much", "nan"])
def test_a_promise_that_cannot_be_kept_is_refused(promise):
    with pytest.raises(Failure):
        variant(f"contrast: {promise}")


# --- beacon --------------------------------------------------------------------------------------


def test_the_accents_of_beacon_grow_lighter_to_the_goal():
    colours = load_theme("beacon", places.find_theme).colours
    against_black = [contrast(colours[slot], "000000") for slot in LIGHTENING]
    for darker, lighter in itertools.pairwise(against_black):
        assert lighter / darker > 1.1


@pytest.mark.parametrize("sight", SEEN)
def test_the_accents_of_beacon_stay_apart(sight):
    colours = load_theme("beacon", places.find_theme).colours
    for one, other in itertools.combinations(ACCENTS, 2):
        first, second = (seen(colours[slot], SEEN[sight]) for slot in (one, other))
        distance = sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5
        assert distance > APART, (one, other)


# --- every map in every theme --------------------------------------------------------------------


@pytest.mark.parametrize("map_name", MAPS)
def test_each_shipped_map_builds_without_a_warning_in_each_theme(map_name, theme, run):
    result = run("build", map_name, "--theme", theme.key, "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_every_slide_of_the_web_platform_has_notes(theme, tmp_path):
    built = build_map(ROOT / "data" / "web-platform" / "map.yaml", theme.key, tmp_path)
    assert [frame.key for frame in built.frames if not frame.notes.strip()] == []


# --- list and show -------------------------------------------------------------------------------


def test_the_list_names_each_theme_and_says_light_or_dark(run):
    lines = run("theme", "list").stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [
        [key, "dark" if load_theme(key, places.find_theme).dark else "light"] for key in THEMES
    ]


def test_a_theme_is_shown_with_palette_fonts_and_contrasts(theme, run):
    said = run("theme", "show", theme.key).stdout
    for slot, colour in theme.colours.items():
        assert re.search(rf"^  {slot} +#{colour}", said, re.MULTILINE), slot
    assert theme.major in said
    assert theme.minor in said
    ratio = contrast(theme.colours["ink"], theme.colours["page"])
    assert f"{ratio:.2f}:1" in said
    for family in theme.families:
        if family.name in (theme.major, theme.minor):
            assert family.regular in said
            assert family.bold in said


@pytest.mark.parametrize("name", ["neon", "base", "../themes/atlas"])
@pytest.mark.parametrize("words", [("show",), ("export", "x.potx")])
def test_an_unknown_theme_is_refused_with_the_known_ones(words, name, run):
    result = run("theme", words[0], name, *words[1:])
    assert result.exit_code == 1
    assert name in result.stderr
    assert "atlas" in result.stderr
    assert not Path("x.potx").exists()


# --- export --------------------------------------------------------------------------------------


@pytest.fixture
def template(theme, run):
    """Return the path of the theme's template."""
    result = run("theme", "export", theme.key, "made.potx")
    assert result.exit_code == 0, result.output
    return Path("made.potx").resolve()


def test_a_template_is_declared_as_one_and_holds_no_slide(template):
    with zipfile.ZipFile(template) as archive:
        types = archive.read("[Content_Types].xml")
        presentation = archive.read("ppt/presentation.xml")
        empty = [name for name in archive.namelist() if not archive.read(name)]
        slides = [name for name in archive.namelist() if name.startswith(("ppt/slides/", "ppt/notesSlides/"))]
    assert TEMPLATE_TYPE in types
    assert DECK_TYPE not in types
    assert b"sldIdLst" not in presentation
    assert b"sectionLst" not in presentation
    assert (empty, slides) == ([], [])


def test_a_template_is_valid_by_the_office_schemas(template):
    command = [str(Path(sys.executable).with_name("openxml-audit")), str(template)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_template_opens_in_python_pptx_once_it_is_called_a_presentation(template, theme):
    buffer = io.BytesIO()
    with zipfile.ZipFile(template) as archive, zipfile.ZipFile(buffer, "w") as changed:
        for name in archive.namelist():
            changed.writestr(name, archive.read(name).replace(TEMPLATE_TYPE, DECK_TYPE))
    presentation = Presentation(buffer)
    assert [layout.name for layout in presentation.slide_layouts] == [each.name for each in theme.layouts.values()]
    assert presentation.core_properties.title == theme.name
    presentation.slides.add_slide(presentation.slide_layouts[0])


def test_the_same_theme_gives_the_same_template(template, theme, run):
    run("theme", "export", theme.key, "again.potx")
    assert Path("again.potx").read_bytes() == template.read_bytes()


def test_a_template_needs_its_own_ending(run):
    result = run("theme", "export", "atlas", "atlas.pptx")
    assert result.exit_code == 2
    assert ".potx" in result.stderr
    assert not Path("atlas.pptx").exists()
