"""The measuring of text, with the faces that ship with the themes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from conceptdeck.reading.theme import load_theme
from conceptdeck.typeset.faces import Face
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.glyphs import Span, draw_line
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.loading import font_book
from support.faces import FALLBACKS, FAMILIES, FONTS, read_font

OF_ONE_WEIGHT = ("noto-emoji", "noto-sans-math", "noto-sans-symbols")  # signs, which are the same in bold


@cache
def shipped_book() -> FontBook:
    """Return the faces of a theme as it is shipped."""
    return font_book(load_theme("atlas", places.find_theme))


@pytest.fixture(scope="module")
def book() -> FontBook:
    """Return a book of all families."""
    return FontBook(read_font, FAMILIES, FALLBACKS)


def logged(opened: list[str]) -> Callable[[str], bytes]:
    """Return a loader that notes what it opens."""

    def load(path: str) -> bytes:
        opened.append(path)
        return read_font(path)

    return load


def test_faces_open_once_and_only_when_used() -> None:
    opened: list[str] = []
    book = FontBook(logged(opened), FAMILIES, FALLBACKS)
    assert opened == []
    book.shape("first", "Calibri")
    book.shape("second", "Calibri")
    assert opened == ["carlito/Carlito-Regular.ttf"]
    book.shape("third", "Calibri", bold=True)
    assert opened == ["carlito/Carlito-Regular.ttf", "carlito/Carlito-Bold.ttf"]


def test_letters_of_a_script_open_no_face_of_another_one(monkeypatch) -> None:
    opened: list[str] = []
    theme = load_theme("atlas", places.find_theme)
    monkeypatch.setattr("conceptdeck.workspace.disk.read_bytes", lambda path, read=disk.read_bytes: (
        opened.append(path.parent.name), read(path))[1])  # fmt: skip
    shaped = font_book(theme).shape("Ju Zi 桔子 – Orange", "Calibri")
    assert opened == ["carlito", "metrics-sc"] and not shaped.missing
    opened.clear()
    font_book(theme.set_in("ja")).shape("日本 and 桔子", "Georgia")
    assert opened == ["gelasio", "metrics-jp"]


@pytest.mark.parametrize("text", ["नमस्ते", "한국어", "桔", "かな", "שלום", "สวัสดี", "ሰላም", "𞸀", "✓", "①", "𐤀", "ﷺ"])
@pytest.mark.parametrize("language", ["en", "ja", "ko", "zh-Hans", "ar"])
def test_a_text_lacks_no_letter_that_some_face_has(text: str, language: str) -> None:
    theme = load_theme("atlas", places.find_theme).set_in(language)
    book = font_book(theme)
    missing = [char for char in text if not any(book.main_face(name).has(char) for name in theme.fallbacks)]
    assert [*book.shape(text, "Georgia").missing] == missing


def test_an_unknown_family_is_named_in_the_error(book: FontBook) -> None:
    with pytest.raises(LookupError, match="'Aptos'"):
        book.shape("text", "Aptos")
    with pytest.raises(LookupError, match="'Aptos'"):
        FontBook(read_font, FAMILIES, ("Aptos",))


def test_a_face_tells_what_it_covers() -> None:
    face = Face(lambda: read_font("gelasio/Gelasio-Regular.ttf"))
    assert face.units_per_em == 2048
    assert face.has("ä")
    assert not face.has("ж")


@pytest.mark.parametrize(("bold", "italic"), [(False, False), (True, False), (False, True)])
def test_a_face_that_stands_in_for_a_wider_family_takes_more_room_and_is_drawn_wider(bold: bool, italic: bool) -> None:
    arial = next(each for each in FAMILIES if each.name == "Arial")
    book = FontBook(read_font, [arial, replace(arial, name="Aptos", width=1.25)])
    narrow, wide = (book.shape("Weltmodell", name, bold, italic).width for name in ("Arial", "Aptos"))
    assert wide == pytest.approx(1.25 * narrow, rel=0.001)
    reaches = [
        max(x for run in book.runs("W", name, bold, italic) if run.face for x in _abscissas(run.face))
        for name in ("Arial", "Aptos")
    ]
    assert reaches[1] == pytest.approx(1.25 * reaches[0], rel=0.01)


def _abscissas(face: Face) -> list[float]:
    (glyph,) = face.glyphs("W", "Latn", False)
    return [x for _, values in face.outline(glyph.id) for x in values[::2]]


def test_an_empty_text_has_no_width(book: FontBook) -> None:
    shaped = book.shape("", "Calibri")
    assert shaped.positions == (0.0,)
    assert shaped.width == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "office affine waffle",
        "AVATAR Torte 3,5 %",
        "👩‍👩‍👧 und 🇫🇮 und 👍🏽",
        "e\u0301te\u0301 n\u0303",
        "خريطة المفاهيم Concept Map 12 نص",
        "概念マップは、「図」として表現する",
        "用“概念”图……表示（Concept Map）",
        "Понятие Έννοια קשר",
        "Donau\u00addampf\u2060schiff\u200b",
        "a\nb\tc",
    ],
)
def test_positions_never_go_back_and_cover_each_character(book: FontBook, text: str) -> None:
    positions = book.shape(text, "Georgia").positions
    assert len(positions) == len(text) + 1
    assert positions[0] == 0.0
    assert all(before <= after for before, after in pairwise(positions))


def test_characters_within_a_ligature_stand_at_its_end(book: FontBook) -> None:
    positions = book.shape("office", "Georgia").positions
    assert positions[1] < positions[2] == positions[3] == positions[4] < positions[5]


def test_kerning_counts(book: FontBook) -> None:
    together = book.shape("AV", "Calibri").width
    assert together < book.shape("A", "Calibri").width + book.shape("V", "Calibri").width


def test_bold_is_wider_than_regular(book: FontBook) -> None:
    assert book.shape("Weltmodell", "Arial", bold=True).width > book.shape("Weltmodell", "Arial").width


def test_arabic_is_measured_with_its_letters_joined(book: FontBook) -> None:
    text = "المفاهيم"
    apart = sum(book.shape(letter, "Calibri").width for letter in text)
    assert book.shape(text, "Calibri").width < 0.9 * apart


def test_arabic_words_add_up_in_logical_order(book: FontBook) -> None:
    text = "خريطة المفاهيم"
    shaped = book.shape(text, "Calibri")
    assert shaped.between(0, 5) == pytest.approx(book.shape("خريطة", "Calibri").width, rel=0.02)
    assert shaped.missing == ()


def test_han_and_kana_are_one_em_wide(book: FontBook) -> None:
    assert book.shape("概念", "Georgia").positions == (0.0, 1.0, 2.0)
    assert book.shape("かな", "Georgia").positions == (0.0, 1.0, 2.0)
    assert book.shape("图谱", "Georgia", bold=True).positions == (0.0, 1.0, 2.0)


def test_fallbacks_help_with_other_alphabets(book: FontBook) -> None:
    for text in ("Понятие", "Έννοια", "→ ● ✓", "क्षि"):
        assert book.shape(text, "Georgia").missing == ()


def test_without_fallbacks_what_a_face_lacks_is_missing() -> None:
    shaped = FontBook(read_font, FAMILIES).shape("Welt жжЖ", "Georgia")
    assert shaped.missing == ("ж", "Ж")
    assert shaped.width > 0


@pytest.mark.parametrize("text", ["\u00ad", "\u200d", "\u200c", "\u2060", "\ufeff", "\ufe0f", "\n"])
def test_invisible_characters_take_no_room(book: FontBook, text: str) -> None:
    shaped = book.shape(f"a{text}b", "Georgia")
    assert shaped.width == pytest.approx(book.shape("a", "Georgia").width + book.shape("b", "Georgia").width)
    assert shaped.missing == ()


def test_no_break_spaces_are_never_missing(book: FontBook) -> None:
    shaped = book.shape("10\u202f000\u00a0€", "Arial")
    assert shaped.missing == ()
    assert shaped.between(2, 3) > 0


def test_a_tab_is_as_wide_as_a_space(book: FontBook) -> None:
    assert book.shape("a\tb", "Arial") == book.shape("a b", "Arial")


@pytest.mark.parametrize("text", ["👩‍👩‍👧", "🇫🇮", "👍🏽", "1️⃣", "☎️", "❤️‍🔥", "🏳️‍🌈", "😀", "✅", "⭐"])
def test_an_emoji_is_one_sign_as_wide_as_readers_see_it(text: str) -> None:
    drawn = draw_line((Span(text, "Calibri", False, 1.0),), shipped_book())
    assert drawn.missing == ()
    assert sum(bool(cluster.outlines) for cluster in drawn.clusters) == 1
    assert drawn.width == pytest.approx(1.27, abs=0.01)


def test_a_space_after_an_emoji_is_that_of_the_text() -> None:
    shaped = shipped_book().shape("😀 ✓ a", "Calibri")
    assert shaped.between(1, 2) == shaped.between(3, 4) == shipped_book().shape(" ", "Calibri").width


def test_an_emoji_without_a_face_is_missing_but_takes_room(book: FontBook) -> None:
    shaped = book.shape("👩‍👩‍👧", "Calibri")
    assert shaped.width == 1.25
    assert shaped.missing == ("👩", "👧")
    assert shaped.positions == (0.0, 1.25, 1.25, 1.25, 1.25, 1.25)


def test_an_accent_that_composes_is_not_missing(book: FontBook) -> None:
    assert book.shape("e\u0301", "Calibri").width == pytest.approx(book.shape("é", "Calibri").width)


def test_quotation_marks_among_han_are_those_of_the_han_face(book: FontBook) -> None:
    shaped = book.shape("图……", "Georgia")
    assert shaped.width == pytest.approx(3.0)


def test_a_text_is_shaped_once(book: FontBook) -> None:
    assert book.shape("cached text", "Arial") is book.shape("cached text", "Arial")


@pytest.mark.parametrize("folder", sorted(path.name for path in FONTS.iterdir() if path.is_dir()))
def test_each_font_folder_holds_two_faces_and_their_licence(folder: str) -> None:
    assert len(list((FONTS / folder).glob("*-Regular.ttf"))) == 1
    assert len(list((FONTS / folder).glob("*-Bold.ttf"))) == (folder not in OF_ONE_WEIGHT)
    assert "SIL OPEN FONT LICENSE" in (FONTS / folder / "OFL.txt").read_text(encoding="utf-8")


def test_the_fonts_stay_small() -> None:
    assert sum(path.stat().st_size for path in FONTS.rglob("*.ttf")) < 12_500_000
