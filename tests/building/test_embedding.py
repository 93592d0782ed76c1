"""Fonts that decks carry along: what they are called, what is in them, and what is left out and told."""

from __future__ import annotations

import io
import re
import string
from dataclasses import replace
from functools import cache
from pathlib import Path
from struct import unpack_from

import pytest
from click.testing import CliRunner
from fontTools.ttLib import TTFont
from lxml import etree

from conceptdeck.building.deck import DeckJob, Plan, deck_parts, plan_deck
from conceptdeck.building.embedding import carried_fonts, with_own_names
from conceptdeck.checks.package.parts import check_parts
from conceptdeck.cli import main
from conceptdeck.render.powerpoint.deck import Properties, write_deck
from conceptdeck.render.powerpoint.package import pack
from conceptdeck.render.powerpoint.template import make_template
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.values.items import bodies
from conceptdeck.values.theme import Theme
from conceptdeck.workspace.loading import font_book, read_theme
from support.decks import MAPS, SHIPPED
from support.faces import read_font
from support.housed import housed

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ABOUT = Properties("map", "en", "Title", "", (), "atlas", "conceptdeck")
SIZE_AT, FLAGS_AT, MAGIC_AT = 4, 12, 34  # bytes of Embedded OpenType


@cache
def planned(theme: str = "atlas", language: str = "en", *, embed_fonts: bool = True) -> Plan:
    return plan_deck(DeckJob(SHIPPED, theme, locale=language, embed_fonts=embed_fonts))


@cache
def parts(theme: str = "atlas", language: str = "en") -> dict[str, bytes]:
    return deck_parts(planned(theme, language))


def opened(eot: bytes) -> TTFont:
    """Return the font within Embedded OpenType."""
    whole, size, version = unpack_from("<III", eot)
    assert (whole, version) == (len(eot), 0x00020002)
    assert unpack_from("<I", eot, FLAGS_AT) == (0,), "neither packed nor obscured"
    assert unpack_from("<H", eot, MAGIC_AT) == (0x504C,)
    return TTFont(io.BytesIO(eot[-size:]), checkChecksums=2)


def names_in(eot: bytes) -> list[str]:
    """Return the four names in the header of Embedded OpenType: family, style, version, full name."""
    found, at = [], 80
    for _ in range(4):
        (size,) = unpack_from("<H", eot, at + 2)
        found.append(eot[at + 4 : at + 4 + size].decode("utf-16-le").rstrip("\0"))
        at += 4 + size
    return found


def carried(made: dict[str, bytes]) -> dict[str, dict[str, bytes]]:
    """Return the faces that a deck carries along, by family and style, found as programs find them."""
    rels = etree.fromstring(made["ppt/_rels/presentation.xml.rels"])
    targets = {each.get("Id"): each.get("Target") for each in rels if each.get("Type", "").endswith("/font")}
    root = etree.fromstring(made["ppt/presentation.xml"])
    return {
        entry.find(f"{P}font").get("typeface"): {
            face.tag.removeprefix(P): made[f"ppt/{targets[face.get(f'{R}id')]}"] for face in entry[1:]
        }
        for entry in root.iter(f"{P}embeddedFont")
    }


def named_in_theme(made: dict[str, bytes]) -> set[str]:
    """Return the fonts that a deck names for its own language."""
    root = etree.fromstring(made["ppt/theme/theme1.xml"])
    slots = (each for tag in ("latin", "ea", "cs") for each in root.iter(f"{A}{tag}"))
    return {each.get("typeface") for each in slots if each.get("typeface")}


# --- what comes along ----------------------------------------------------------------------------


@pytest.mark.parametrize(("theme", "language"), [("atlas", "en"), ("orbit", "de"), ("atlas", "ar"), ("beacon", "ar")])
def test_a_deck_names_what_it_carries_and_carries_what_it_names(theme: str, language: str) -> None:
    made = parts(theme, language)
    fonts = carried(made)
    assert named_in_theme(made) == {*fonts}
    for family, faces in fonts.items():
        for style, eot in faces.items():
            font = opened(eot)
            assert font["name"].getDebugName(1) == family == names_in(eot)[0]
            assert names_in(eot)[1] == {"regular": "Regular", "bold": "Bold"}[style]
            assert names_in(eot)[3] == font["name"].getDebugName(4)
            assert "glyf" in font


def test_no_font_goes_by_the_name_of_another() -> None:
    assert {*carried(parts())} == {"Gelasio", "Carlito"}
    assert not {b"Georgia", b"Calibri"} & {
        word for data in parts().values() for word in re.findall(rb"Georgia|Calibri", data)
    }


def test_the_faces_have_what_the_deck_says_and_all_letters_of_its_scripts_to_go_on_with() -> None:
    plan = planned("atlas", "ar")
    said = {
        char
        for frame in plan.frames
        for item in frame.items
        for body in bodies(item)
        for paragraph in body.paragraphs
        for run in paragraph.runs
        for char in run.text
        if char.isalpha()
    }
    letters = {
        family: {*opened(faces["regular"]).getBestCmap()} for family, faces in carried(parts("atlas", "ar")).items()
    }
    lacking = {char for char in said if not any(ord(char) in known for known in letters.values())}
    assert lacking <= {"桔", "子"}, "what no font here has is told"
    assert {ord(char) for char in string.printable if char.isprintable()} <= letters["Carlito"]
    assert {*range(0x0621, 0x063B)} <= letters["Noto Sans Arabic"], "letters that the deck may not have yet"
    assert not {*range(0x0410, 0x0450)} & letters["Carlito"], "no Cyrillic"


def test_slides_are_laid_out_the_same_with_and_without() -> None:
    with_fonts, without = planned(), planned(embed_fonts=False)
    assert with_fonts.frames == without.frames
    assert without.fonts == ()


def test_italic_faces_and_that_of_code_come_along_if_there_is_any(tmp_path: Path) -> None:
    text = (MAPS / "one-sentence" / "map.yaml").read_text()
    file = tmp_path / "map.yaml"
    file.write_text(re.sub(r"(?m)^(title: .*)$", r"\1 *and* `more`", text, count=1))
    fonts = {each.family: {*each.faces} for each in plan_deck(DeckJob(file, embed_fonts=True)).fonts}
    assert fonts["Gelasio"] == {"regular", "bold", "italic", "boldItalic"}
    assert fonts["Cousine"] == {"regular", "bold"}, "programs slant what has no italic"
    assert "Cousine" not in {each.family for each in planned().fonts}


def test_the_deck_says_whose_its_fonts_are() -> None:
    said = dict(re.findall(r'name="([^"]+)"><vt:lpwstr>([^<]*)<', parts()["docProps/custom.xml"].decode()))
    assert "Gelasio Project Authors" in said["Gelasio (copyright)"]
    assert "SIL Open Font License" in said["Carlito (licence)"]
    font = opened(carried(parts())["Carlito"]["bold"])
    assert "Open Font License" in font["name"].getDebugName(13), "and so does each font"


@pytest.mark.parametrize("language", ["en", "ar", "ja"])
def test_such_a_deck_keeps_every_rule_and_is_the_same_again(language: str) -> None:
    made = parts("atlas", language)
    assert check_parts(made, "deck.pptx") == ()
    again = plan_deck(DeckJob(SHIPPED, "atlas", locale=language, embed_fonts=True))
    assert pack(deck_parts(again)) == pack(made)


# --- what is left out ----------------------------------------------------------------------------


def book_with(kind: int, theme: Theme) -> FontBook:
    """Return the faces of a theme, of which Gelasio may be embedded for some kind of use (fsType)."""

    def load(name: str) -> bytes:
        font = TTFont(io.BytesIO(read_font(name)))
        font["OS/2"].fsType = kind if "Gelasio" in name else 0
        font.save(file := io.BytesIO())
        return file.getvalue()

    usual = font_book(theme)
    return FontBook(load, usual.families.values(), usual.fallbacks)


@pytest.mark.parametrize(("kind", "goes"), [(0, True), (8, True), (2, False), (4, False), (0x100, False)])
def test_a_font_comes_along_only_where_it_allows_that_and_editing(kind: int, goes: bool) -> None:
    theme = read_theme("atlas")
    named, told = with_own_names(theme, book_with(kind, theme), "en")
    assert named.major == ("Gelasio" if goes else "Georgia")
    assert [each.code for each in told] == ["font-not-embedded"] * (not goes)
    fonts, _ = carried_fonts((), named, book_with(kind, named), "en")
    assert ("Gelasio" in {font.family for font in fonts}) is goes


def test_what_only_measures_is_left_out_and_told_and_latin_words_come_along() -> None:
    plan = planned("atlas", "ja")
    told = [each.message for each in plan.problems if each.code == "font-not-embedded"]
    assert told == ["`Yu Gothic` is not carried along: the font here only measures, and has no letters to show"]
    assert named_in_theme(parts("atlas", "ja")) == {"Carlito", "Yu Gothic"}
    assert {*carried(parts("atlas", "ja"))} == {"Carlito"}


def test_characters_of_no_font_that_the_deck_names_are_told() -> None:
    told = [each.message for each in planned().problems if each.code == "font-not-embedded"]
    assert told == ["readers' own fonts show 2 characters in the deck: 桔 子"]


def test_a_stand_in_is_as_wide_as_it_is_once_the_deck_names_it() -> None:
    theme = read_theme("atlas")
    wider = replace(theme, families=tuple(replace(each, width=1.1) for each in theme.families))
    named, _ = with_own_names(wider, font_book(wider), "en")
    assert {each.width for each in named.families if each.name == "Gelasio"} == {1.0}


# --- on templates of others ----------------------------------------------------------------------


def test_a_template_of_others_keeps_the_fonts_that_it_names() -> None:
    theme, _ = housed()
    named, told = with_own_names(theme, font_book(theme), "en")
    assert (named.major, named.minor) == (theme.major, theme.minor)
    assert all("the template names it" in each.message for each in told if "Courier" not in each.message)
    assert told


def test_fonts_that_a_template_carries_are_carried_once() -> None:
    fonts = planned().fonts
    template = make_template(read_theme("atlas"), "en")
    once = write_deck((), read_theme("atlas"), template, ABOUT, fonts=fonts[:1])
    twice = write_deck((), read_theme("atlas"), once.parts, ABOUT, fonts=fonts)
    assert [*carried(twice.parts)] == [font.family for font in fonts]
    assert sum(name.startswith("ppt/fonts/") for name in twice.parts) == sum(len(font.faces) for font in fonts)


# --- the command ---------------------------------------------------------------------------------


def test_the_command_builds_such_a_deck_and_another_one_without(tmp_path: Path) -> None:
    def built(*more: str) -> bytes:
        command = ["build", str(MAPS / "one-sentence" / "map.yaml"), "--out", str(tmp_path), *more]
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.output
        [file] = tmp_path.rglob("*.pptx")
        return file.read_bytes()

    with_fonts = built("--embed-fonts", "--verify")
    assert built() != with_fonts
    assert built("--embed-fonts") == with_fonts
