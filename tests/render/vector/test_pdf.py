import io
import re

import pikepdf
import pypdfium2
import pytest

from conceptdeck.render.vector.pdf import write_pdf
from conceptdeck.values.hyphens import without_soft
from support.decks import THEMES
from support.pictures import AWKWARD, awkward, book, box, drawing, node, paragraph, sample, theme

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
    with pikepdf.open(io.BytesIO(write_pdf(awkward(), theme(), book()))) as pdf:
        forms = list(pdf.pages[0].Resources.XObject.values())
        assert len(forms) > 50
        assert not [form for form in forms if b" l\n" in form.read_bytes()]


def test_a_glyph_is_described_once() -> None:
    once = drawing([node("n", box(0, 0, 400, 90), paragraph("aaaa aaaa", width=380))])
    with pikepdf.open(io.BytesIO(write_pdf(once, theme(), book()))) as pdf:
        assert len(pdf.pages[0].Resources.XObject) == 1
