"""PDF for archives and printers (PDF/A-2u): fonts are held and say what the file says, colours are those of sRGB."""

import io
import re

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageCms

from conceptdeck.render.vector.pdf import write_pdf
from conceptdeck.workspace.loading import font_book, read_theme
from support.pictures import awkward, book, box, drawing, node, paragraph, sample, theme

SHADES = [(0, 0, 0), (255, 255, 255), (200, 30, 60), (17, 120, 240), (90, 91, 92)]


def chinese() -> bytes:
    whole = read_theme("atlas")
    one = drawing([node("n", box(0, 0, 400, 90), paragraph("世界模型 a", width=380, bold=True))], language="zh-Hans")
    return write_pdf(one, whole, font_book(whole))


MADE = {
    "a sample": lambda: write_pdf(sample(), theme(), book()),
    "all scripts": lambda: write_pdf(awkward(), theme(), book()),
    "from the right": lambda: write_pdf(awkward("ar", "r"), theme(), book()),
    "fonts made anew": chinese,
}


@pytest.fixture(scope="module", params=MADE)
def pdf(request):
    with pikepdf.open(io.BytesIO(MADE[request.param]())) as opened:
        yield opened


def fonts(pdf):
    return [font for page in pdf.pages for font in page.Resources.Font.values()]


def test_it_says_that_it_is_for_archives_and_of_itself_what_its_properties_say(pdf):
    said = pdf.open_metadata()
    assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "U")
    assert said["dc:title"] == str(pdf.docinfo.Title)
    assert said["pdf:Producer"] == str(pdf.docinfo.Producer)
    assert said.pdfa_status == "2U"
    assert "xmp:ModifyDate" not in said and "xmp:MetadataDate" not in said


def test_every_glyph_is_held_is_no_missing_one_and_is_as_wide_as_the_file_says(pdf):
    assert fonts(pdf)
    for font in fonts(pdf):
        (family,) = font.DescendantFonts
        held = TTFont(io.BytesIO(family.FontDescriptor.FontFile2.read_bytes()))
        glyphs = family.CIDToGIDMap.read_bytes()[2:]
        numbers = [int.from_bytes(glyphs[at : at + 2], "big") for at in range(0, len(glyphs), 2)]
        start, widths = family.W
        assert start == 1 and len(widths) == len(numbers)
        assert 0 not in numbers
        units = held["head"].unitsPerEm
        for number, width in zip(numbers, widths, strict=True):
            assert held["hmtx"][held.getGlyphName(number)][0] * 1000 / units == pytest.approx(int(width), abs=1)
        assert len(re.findall(rb"^<(?!0000)\w{4}> <\w", font.ToUnicode.read_bytes(), re.M)) == len(numbers)


def test_its_colours_are_those_of_srgb(pdf):
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    profile = ImageCms.ImageCmsProfile(io.BytesIO(intent.DestOutputProfile.read_bytes()))
    assert ImageCms.getProfileDescription(profile).strip() == "sRGB IEC61966-2.1"
    colours = Image.new("RGB", (len(SHADES), 1))
    colours.putdata(SHADES)
    turned = ImageCms.profileToProfile(colours, profile, ImageCms.createProfile("sRGB"))
    assert max(abs(one - other) for one, other in zip(colours.tobytes(), turned.tobytes(), strict=True)) <= 2


def test_links_are_printed_and_pages_are_trimmed_to_their_size(pdf):
    for page in pdf.pages:
        assert page.trimbox == page.mediabox
        assert all(int(note.F) & 4 for note in page.obj.get("/Annots", []))
