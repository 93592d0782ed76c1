import io
import re
from unicodedata import normalize
from unittest import mock

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from PIL import ImageChops

from conceptdeck.render.vector import outlines
from conceptdeck.render.vector.pdf import write_pdf
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.values.hyphens import without_soft
from conceptdeck.workspace.loading import font_book, read_theme
from support.decks import THEMES
from support.pictures import AWKWARD, FONTS, awkward, book, box, drawing, node, paragraph, sample, theme

MIXED = ("arabic", "hebrew")  # of both directions: readers put these in an order of their own


MARGIN = 6  # pt (8 px) that the margin is wider than in SVG


def extracted(data: bytes) -> list[str]:
    return pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().split("\r\n")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_texts_are_found_exactly_in_every_script_and_in_reading_order(language: str) -> None:
    found = extracted(write_pdf(awkward(language, "l" if language == "en" else "r"), theme(), book()))
    assert len(found) == len(AWKWARD)
    for (name, text), line in zip(AWKWARD.items(), found, strict=True):
        if name in MIXED:
            assert sorted(re.findall(r"\w+", line)) == sorted(re.findall(r"\w+", text))
        else:
            assert line == without_soft(text).replace("  ", " ")  # pdfium makes one space of two


@pytest.mark.parametrize("text", ["نموذج العالم يتعلّم", "مصطلحات لا إله", "עולם מודל", "عالم (نموذج) عالم"])
def test_right_to_left_text_is_found_exactly(text: str) -> None:
    picture = drawing([node("n", box(0, 0, 400, 90), paragraph(text, align="r", width=380))], language="ar")
    assert extracted(write_pdf(picture, theme(), book())) == [text]


def test_lines_follow_each_other_as_they_are_read() -> None:
    assert extracted(write_pdf(sample(), theme(), book())) == [
        "World models",
        "They learn how a",
        "world behaves",
        "Naïve “ffi” office & co",
        "Core",
    ]


def test_characters_are_found_where_they_are_seen() -> None:
    page = pypdfium2.PdfDocument(write_pdf(sample(), theme(), book()))[0]
    text = page.get_textpage()
    search = text.search("office", match_case=True)
    index, count = search.get_next()
    boxes = [text.get_charbox(index + at) for at in range(count)]
    left, right = min(each[0] for each in boxes), max(each[2] for each in boxes)
    assert 460 * 0.75 + MARGIN < left < right < 680 * 0.75 + MARGIN
    assert right - left == pytest.approx(book().shape("office", "Calibri").width * 12, rel=0.1)


@pytest.mark.parametrize("name", THEMES)
def test_the_page_is_the_drawing_with_a_margin_on_nothing(name: str) -> None:
    page = pypdfium2.PdfDocument(write_pdf(sample(), theme(name), book(name)))[0]
    assert page.get_size() == (525 + 2 * MARGIN, 225 + 2 * MARGIN)
    image = page.render(scale=2, fill_color=(1, 2, 3, 255)).to_pil().convert("RGB")
    light = theme(name).palette(dark=False)
    assert image.getpixel((4, 4)) == (1, 2, 3)  # no ground
    assert image.getpixel((420 + 2 * MARGIN, 352 + 2 * MARGIN)) == tuple(bytes.fromhex(light["accent5"]))


def test_it_says_its_title_language_and_description_but_no_date() -> None:
    with pikepdf.open(io.BytesIO(write_pdf(sample("de"), theme(), book()))) as pdf:
        assert pdf.Root.Lang == "de"
        assert str(pdf.docinfo.Title) == sample().title
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer"}
        assert pdf.Root.MarkInfo.Marked
        (document,) = pdf.Root.StructTreeRoot.K
        (figure,) = document.K
        assert str(figure.S) == "/Figure"
        assert str(figure.Alt) == sample().description
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert b"/Figure <</MCID 0>> BDC" in pdf.pages[0].Contents.read_bytes()
        assert not pdf.check_pdf_syntax()


def test_it_holds_nothing_that_runs_or_that_is_fetched() -> None:
    with pikepdf.open(io.BytesIO(write_pdf(awkward(), theme(), book()))) as pdf:
        keys = {key for each in pdf.objects if isinstance(each, pikepdf.Dictionary) for key in each}
    assert not keys & {"/JS", "/AA", "/OpenAction", "/URI", "/Launch", "/EmbeddedFiles", "/Annots"}


def test_two_writings_give_the_same_bytes() -> None:
    assert write_pdf(awkward(), theme(), book()) == write_pdf(awkward(), theme(), book.__wrapped__())


def test_no_outline_is_a_rectangle_that_a_viewer_would_set_on_whole_pixels() -> None:
    with mock.patch.object(outlines.PlacedLine, "lettered", False):
        written = write_pdf(awkward(), theme(), book())
    with pikepdf.open(io.BytesIO(written)) as pdf:
        forms = list(pdf.pages[0].Resources.XObject.values())
        assert len(forms) > 10
        assert not [form for form in forms if b" l\n" in form.read_bytes()]


# --- fonts ---------------------------------------------------------------------------------------


def shown(text: str, **more) -> pikepdf.Pdf:
    """Return the page that shows a text."""
    one = drawing([node("n", box(0, 0, 400, 90), paragraph(text, width=380, **more))])
    return pikepdf.open(io.BytesIO(write_pdf(one, theme(), book())))


def fonts_of(pdf: pikepdf.Pdf) -> dict[str, TTFont]:
    """Return the fonts that a page holds, by what they are called there."""
    found = {}
    for each in pdf.pages[0].Resources.Font.values():
        (family,) = each.DescendantFonts
        found[str(each.BaseFont)[1:]] = TTFont(io.BytesIO(family.FontDescriptor.FontFile2.read_bytes()))
    return found


def test_text_is_set_in_a_font_that_holds_what_it_shows_and_its_licence() -> None:
    pdf = shown("aaaa aaaa")
    ((name, font),) = fonts_of(pdf).items()
    assert re.fullmatch(r"[A-Z]{6}\+Carlito-Regular", name)
    assert font["maxp"].numGlyphs == 3, "what is missing, a space, an a"
    assert "Open Font License" in font["name"].getDebugName(13)
    assert not pdf.pages[0].Resources.XObject
    assert b"0 Tr" in pdf.pages[0].Contents.read_bytes()


def test_other_letters_make_a_font_of_another_name() -> None:
    assert fonts_of(shown("abc")).keys().isdisjoint(fonts_of(shown("xyz")))


def test_bold_and_upright_are_set_in_fonts_of_their_own() -> None:
    names = {name[7:] for name in fonts_of(shown("abc", bold=True)) | fonts_of(shown("abc"))}
    assert names == {"Carlito-Bold", "Carlito-Regular"}


@pytest.mark.parametrize(
    ("text", "align"), [("بَ بَ لا", "r"), ("שָׁלוֹם", "r"), ("क्षत्रिय हिन्दी", "l"), ("ที่นี้", "l"), ("x̂ ẋ̱", "l")]
)
def test_a_letter_with_its_marks_or_a_ligature_is_one_glyph_and_its_text_is_found(text: str, align: str) -> None:
    pdf = shown(text, align=align)
    assert "Unseen" not in fonts_of(pdf)
    assert not pdf.pages[0].Resources.XObject
    pdf.save(written := io.BytesIO())
    (found,) = extracted(written.getvalue())
    assert normalize("NFD", found) == normalize("NFD", text)


@pytest.mark.parametrize(
    ("language", "text"), [("ja", "世界モデルを学ぶ"), ("zh-Hans", "世界模型学习世界"), ("ko", "세계 모델")]
)
def test_fonts_of_other_outlines_and_bold_ones_that_are_made_are_held_too(language: str, text: str) -> None:
    for bold in (False, True):
        one = drawing([node("n", box(0, 0, 400, 90), paragraph(text, width=380, bold=bold))], language=language)
        whole = read_theme("atlas")
        data = write_pdf(one, whole, font_book(whole))
        with pikepdf.open(io.BytesIO(data)) as pdf:
            (name,) = fonts_of(pdf)
            assert "NotoSansCJK" in name
            assert not pdf.pages[0].Resources.XObject
        assert extracted(data) == [text]


def test_letters_of_fonts_that_must_not_be_held_are_outlines() -> None:
    def forbidding(name: str) -> bytes:
        font = TTFont(FONTS / name)
        font["OS/2"].fsType = 2
        font.save(file := io.BytesIO())
        return file.getvalue()

    guarded = FontBook(forbidding, book().families.values(), book().fallbacks)
    one = drawing([node("n", box(0, 0, 400, 90), paragraph("abc", width=380))])
    with pikepdf.open(io.BytesIO(write_pdf(one, theme(), guarded))) as pdf:
        assert {*fonts_of(pdf)} == {"Unseen"}
        assert len(pdf.pages[0].Resources.XObject) == 3
    assert extracted(write_pdf(one, theme(), guarded)) == ["abc"]


@pytest.mark.parametrize(
    "shown", [sample(), awkward(), awkward("ar", "r")], ids=["sample", "from the left", "from the right"]
)
def test_fonts_show_text_where_outlines_would(shown) -> None:
    with mock.patch.object(outlines.PlacedLine, "lettered", False):
        drawn = write_pdf(shown, theme(), book())
    held = write_pdf(shown, theme(), book())
    one, other = (pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L") for data in (drawn, held))
    assert drawn != held
    apart = sum(ImageChops.difference(one, other).histogram()[128:])
    inked = sum(one.histogram()[:128])
    assert apart < inked / 50, "edges are smoothed otherwise, nothing is elsewhere"
