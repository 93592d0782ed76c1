"""Fonts that pages and pictures bring along: what is in them, and that lines are then as wide as computed, anywhere."""

from __future__ import annotations

import base64
import io
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import pytest
from click.testing import CliRunner
from fontTools.ttLib import TTFont

from conceptdeck.building.deck import DeckJob, Plan, plan_deck
from conceptdeck.building.outputs import web_page
from conceptdeck.checks.svg import check_svg
from conceptdeck.cli import main
from conceptdeck.render.vector.marks import Group
from conceptdeck.render.vector.outlines import place_lines
from conceptdeck.render.vector.scene import drawing_scene, slide_scene
from conceptdeck.render.vector.svg import write_svg
from conceptdeck.render.webfonts import embed_fonts
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.workspace.loading import font_book
from support.decks import ROOT, SHIPPED, THEMES
from support.drawn import named, sheet_of
from support.pictures import FONTS, book, box, drawing, node, paragraph, sample, theme

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RESERVED = ("Carlito", "Source")  # the names that the licences of faces here reserve
FACE = re.compile(
    r"@font-face\{font-family:([a-z0-9-]+);font-weight:(normal|bold);src:url\(data:font/woff2?;base64,([^)]+)\)\}"
)
SOME = ("diagrams", "world-models", "--only", "relations", "--format", "svg")
WIDTHS = """() => [...document.querySelectorAll('svg')].map(svg => [...svg.querySelectorAll('text > tspan')]
  .map(line => [line.textContent, line.getComputedTextLength()]).filter(([text]) => text.trim()))"""


def faces_in(text: str) -> dict[tuple[str, str], TTFont]:
    return {(name, weight): TTFont(io.BytesIO(base64.b64decode(data))) for name, weight, data in FACE.findall(text)}


@cache
def planned(name: str = "atlas", language: str = "en") -> Plan:
    return plan_deck(DeckJob(SHIPPED, name, locale=language))


@cache
def page_of(name: str = "atlas", language: str = "en") -> str:
    plan = planned(name, language)
    return web_page(plan.deck, plan.theme, plan.frames, plan.book, ()).decode()


def embedded(picture, name: str = "atlas", shown: FontBook | None = None) -> str:
    scenes = [drawing_scene(picture, theme(name))]
    return write_svg(picture, theme(name), embed_fonts(scenes, theme(name), shown or book(name), picture.language))


# --- what is in them -----------------------------------------------------------------------------


@pytest.mark.parametrize("text", [page_of, lambda: embedded(sample())], ids=["page", "picture"])
def test_a_part_of_a_font_keeps_its_authors_and_licence_and_no_reserved_name(text) -> None:
    faces = faces_in(text())
    assert faces
    for (name, weight), font in faces.items():
        names = font["name"]
        assert names.getDebugName(0).startswith("Copyright")
        assert "SIL Open Font License, Version 1.1" in names.getDebugName(13)
        assert names.getDebugName(14).startswith("http")
        assert names.getDebugName(1) == name
        titles = [str(record) for record in names.names if record.nameID not in (0, 5, 7, 8, 9, 10, 11, 12, 13, 14)]
        assert not [each for each in titles if any(reserved in each for reserved in RESERVED)]
        assert font["head"].macStyle & 1 == (weight == "bold")


def test_a_page_holds_the_letters_that_it_shows_and_no_others() -> None:
    drawn = {char for frame in planned().frames for char in _text(slide_scene(frame, planned().theme).groups)}
    held = {chr(code) for font in faces_in(page_of()).values() for code in font.getBestCmap()}
    assert (
        {char for char in drawn if not char.isspace() and not _is_wide(char)}
        <= held
        <= drawn | {" ", "\u00a0", "\u200b"}
    )


def _text(groups: tuple[Group, ...]) -> str:
    return "".join(
        piece.text for g in groups for mark in g.marks for line in getattr(mark, "lines", ()) for piece in line.pieces
    )


def _is_wide(text: str) -> bool:
    """Tell whether a text has characters that are left to readers."""
    return any(east_asian_width(char) in "WF" for char in text)


def test_fonts_make_a_page_larger_by_less_than_a_fifth() -> None:
    fonts = sum(len(found[0]) for found in FACE.finditer(page_of()))
    assert 0 < fonts < (len(page_of()) - fonts) / 5


def test_a_page_allows_fonts_within_it_and_no_others() -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page_of())
    assert "font-src data:;" in policy
    assert "default-src 'none'" in policy
    assert len(re.findall(r"url\(", page_of())) == len(FACE.findall(page_of()))


def test_other_letters_make_a_family_of_another_name() -> None:
    one, other = (
        embedded(drawing([node("n", box(0, 0, 300, 60), paragraph(text, width=280))])) for text in ("abc", "xyz")
    )
    assert {name for name, _ in faces_in(one)}.isdisjoint(name for name, _ in faces_in(other))
    assert embedded(sample()) == embedded(sample(), shown=book.__wrapped__())


def test_a_font_that_forbids_it_is_not_embedded() -> None:
    def forbidding(name: str) -> bytes:
        font = TTFont(FONTS / name)
        font["OS/2"].fsType = 2
        font.save(file := io.BytesIO())
        return file.getvalue()

    picture = drawing([node("n", box(0, 0, 300, 60), paragraph("abc", width=280))])
    guarded = FontBook(forbidding, book().families.values(), book().fallbacks)
    fonts = embed_fonts([drawing_scene(picture, theme())], theme(), guarded, "en")
    assert (fonts.rules, fonts.left) == ((), ("a", "b", "c"))


def test_faces_without_outlines_are_left_out_and_what_they_measure_is_named() -> None:
    picture = drawing([node("n", box(0, 0, 300, 60), paragraph("World 概念", width=280))], language="ja")
    fonts = embed_fonts([drawing_scene(picture, theme())], theme(), book(), "ja")
    assert {*fonts.left} == {"概", "念"}
    (font,) = (font for font in faces_in("".join(fonts.rules)).values())
    assert {"W", "d"} <= {chr(code) for code in font.getBestCmap()}
    assert not {"概", "念"} & {chr(code) for code in font.getBestCmap()}
    assert font["glyf"][font.getBestCmap()[ord("W")]].numberOfContours > 0


# --- in pictures ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", THEMES)
def test_a_picture_with_its_fonts_is_as_safe_as_one_without(name: str) -> None:
    text = embedded(sample(), name)
    assert check_svg(text, "sample.svg") == ()
    assert embedded(sample(), name).replace(FACE.search(text)[0], "") != write_svg(sample(), theme(name))
    for address in ("https://example.org/a.woff", "//example.org/a.woff", "data:text/html;base64,AAAA"):
        hostile = re.sub(r"url\([^)]*\)", f"url({address})", text, count=1)
        assert [each.code for each in check_svg(hostile, "sample.svg")] == ["svg-external"]


def test_without_the_option_a_picture_brings_no_font() -> None:
    assert "@font-face" not in write_svg(sample(), theme())


def test_the_option_is_part_of_what_was_built(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("output") / "world-models" / "en" / "diagrams" / "relations.svg"

    def run(*options: str) -> str:
        done = CliRunner().invoke(main, [*SOME, *options])
        assert done.exit_code == 0, done.output
        return done.output

    run()
    assert "@font-face" not in path.read_text(encoding="utf-8")
    run("--embed-fonts")
    assert path.read_text(encoding="utf-8").count("@font-face") == 2  # a regular and a bold face
    assert "up to date" in run("--embed-fonts")


def test_who_asks_for_fonts_is_told_what_stays_with_the_readers(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    command = [*SOME, "--locale", "ja"]
    assert "font-not-embedded" not in CliRunner().invoke(main, command).output
    done = CliRunner().invoke(main, [*command, "--embed-fonts"])
    assert done.exit_code == 0
    assert "[font-not-embedded]" in done.output


# --- where the named fonts are missing -----------------------------------------------------------


@pytest.fixture(scope="module")
def poor_browser(chromium: Callable[..., Browser], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a Chromium on a machine that has one font, which is wider than all that decks name."""
    home = tmp_path_factory.mktemp("poor")
    (home / "fonts.conf").write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>'
        f"<dir>{ROOT / 'themes' / 'fonts' / 'noto-sans'}</dir><cachedir>{home / 'cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(home / "fonts.conf")}
    browser = chromium(env=environment)
    yield browser
    browser.close()


def widths(browser: Browser, text: str, path: Path) -> list[list[tuple[str, float]]]:
    """Return the lines of each picture of a page, with their widths; the page complains about nothing."""
    path.write_text(text, encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)  # all slides stand one below the other
    try:
        page: Page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(path.as_uri())
        page.evaluate("document.fonts.ready.then(() => 0)")
        assert complaints == []
        return page.evaluate(WIDTHS)
    finally:
        context.close()


def computed(groups: tuple[Group, ...], plan_theme, shown: FontBook) -> list[tuple[str, float]]:
    lines = place_lines(groups, plan_theme, shown)
    texts = (("".join(piece.text for piece in line.line.pieces), line.drawn.width) for line in lines)
    return [(text, width) for text, width in texts if text.strip()]


def astray(seen: list, wanted: list, share: float) -> list[tuple[str, float, float]]:
    """Return the lines whose width is another one than was computed, by more than a share and half a pixel.

    The one font of the machine has no wide characters, and the page brings none.
    """
    assert [text for text, _ in seen] == [text for text, _ in wanted]
    pairs = zip(seen, wanted, strict=True)
    return [(text, a, b) for (text, a), (_, b) in pairs if abs(a - b) > share * b + 0.5 and not _is_wide(text)]


@pytest.mark.browser
@pytest.mark.parametrize(("name", "language"), [("atlas", "en"), ("orbit", "de"), ("atlas", "ar")])
def test_each_line_of_the_page_is_as_wide_as_computed_where_no_named_font_is(
    poor_browser, name: str, language: str, tmp_path: Path
) -> None:
    plan = planned(name, language)
    shown = font_book(plan.theme)
    seen = widths(poor_browser, page_of(name, language), tmp_path / "deck.html")
    for frame, lines in zip(plan.frames, seen, strict=True):
        wanted = computed(slide_scene(frame, plan.theme).groups, plan.theme, shown)
        assert astray(lines, wanted, 0.01) == [], frame.key


@pytest.mark.browser
def test_without_its_fonts_the_same_page_is_too_wide_there(poor_browser, tmp_path: Path) -> None:
    """Tell that the machine is as poor as the test above supposes."""
    plan = planned()
    seen = widths(poor_browser, re.sub(r"<meta http-equiv.*", "", FACE.sub("", page_of())), tmp_path / "deck.html")
    wanted = [
        computed(slide_scene(frame, plan.theme).groups, plan.theme, font_book(plan.theme)) for frame in plan.frames
    ]
    assert sum(len(astray(a, b, 0.05)) for a, b in zip(seen, wanted, strict=True)) > 300


@pytest.mark.browser
def test_each_line_of_a_picture_is_as_wide_as_computed_where_no_named_font_is(poor_browser, tmp_path: Path) -> None:
    sheet = sheet_of(only=("hierarchy",), every_concept=False)
    picture = named(sheet, "hierarchy")
    fonts = embed_fonts([drawing_scene(picture, sheet.theme)], sheet.theme, sheet.book, "en")
    (seen,) = widths(poor_browser, write_svg(picture, sheet.theme, fonts), tmp_path / "picture.svg")
    assert astray(seen, computed(drawing_scene(picture, sheet.theme).groups, sheet.theme, sheet.book), 0.01) == []


def test_pictures_bring_fonts_packed_tighter_than_pages_do(tmp_path: Path) -> None:
    built = CliRunner().invoke(main, [*SOME, "--embed-fonts", "--out", str(tmp_path)])
    assert built.exit_code == 0, built.output
    (picture,) = tmp_path.rglob("relations.svg")
    assert {font.flavor for font in faces_in(picture.read_text(encoding="utf-8")).values()} == {"woff2"}
    assert {font.flavor for font in faces_in(page_of()).values()} == {"woff"}


def test_a_picture_with_words_in_italics_brings_them_and_passes_its_check(tmp_path: Path) -> None:
    text = "title: Tea\ncore-sentence: Tea is *leaves* in water.\nconcepts: {leaf: {name: Leaf}, cup: {name: Cup}}\n"
    path = tmp_path / "map.yaml"
    path.write_text(text + "relations: [{source: leaf, target: cup, phrase: is *not* in}]\n", encoding="utf-8")
    run = ["diagrams", str(path), "--format", "svg", "--embed-fonts", "--out", str(tmp_path / "out")]
    built = CliRunner().invoke(main, run)
    assert built.exit_code == 0, built.output
    (picture,) = (tmp_path / "out").rglob("relations.svg")
    written = picture.read_text(encoding="utf-8")
    assert "font-style:italic;src:url(data:font/woff2;base64," in written
    assert check_svg(written, str(picture)) == ()
