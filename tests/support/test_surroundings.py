"""The tests stand alone: what they start draws with their fonts and lives in their home, whatever the machine has."""

import io
import os
from pathlib import Path

import pikepdf
import pytest
from pptx import Presentation
from pptx.util import Inches

from conftest import STAND_INS
from support.pictures import FONTS

OURS = {path.name.partition("-")[0] for path in FONTS.glob("*/*.ttf")} | {"NotoSansCJK"}
ASKED = ["DejaVu Sans", "Nimbus Sans", "Noto Serif", "OpenSymbol", "No such font", "serif", "monospace"]
TEXT = "Worlds ☃ → ∀ א ก"


def drawn_with(pdf: bytes) -> set[str]:
    """Return the names of the fonts in a PDF, without the prefix of a subset and the name of a weight."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        named = {
            str(each.FontDescriptor.FontName)
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and "/FontDescriptor" in each
        }
    return {name.lstrip("/").partition("+")[2].partition("-")[0] for name in named}


def foreign(found: set[str]) -> set[str]:
    """Return what of the fonts is none of the repository's; faces of East Asia carry the name of a language too."""
    assert found
    return {name for name in found if not any(name.startswith(ours) for ours in OURS)}


def test_chromium_draws_with_the_repository_s_fonts_only(browser):
    page = browser.new_page()
    page.set_content(
        "".join(f"<p style='font-family:{name!r}'>{TEXT}</p>" for name in ASKED).replace("'serif'", "serif")
    )
    assert foreign(drawn_with(page.pdf())) == set()
    page.close()


def written(path: Path, text: str, fonts: list[str]) -> Path:
    """Write a deck of one slide that says the text in each of the fonts."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for row, name in enumerate(fonts):
        box = slide.shapes.add_textbox(Inches(1), Inches(row), Inches(8), Inches(1))
        box.text_frame.text = text
        box.text_frame.paragraphs[0].runs[0].font.name = name
    deck.save(path)
    return path


def test_libreoffice_draws_with_the_repository_s_fonts_only(office, tmp_path):
    pdf = office(written(tmp_path / "asked.pptx", TEXT, ASKED))
    assert foreign(drawn_with(pdf.read_bytes())) == set()


def test_the_fonts_that_decks_name_are_drawn_with_their_stand_ins(office, tmp_path):
    pdf = office(written(tmp_path / "named.pptx", "Worlds", ["Georgia", "Calibri", "Arial"]))
    assert drawn_with(pdf.read_bytes()) == {STAND_INS[name] for name in ("Georgia", "Calibri", "Arial")}


@pytest.mark.parametrize("name", ASKED[:4])
def test_librsvg_knows_no_font_of_the_machine(librsvg, name):
    def picture(family: str) -> bytes:
        text = f'<text x="5" y="30" font-family="{family}" font-size="24">Worlds mmm iii</text>'
        return librsvg(f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40">{text}</svg>').tobytes()

    assert picture(name) == picture("No such font")


def test_programs_find_an_empty_home(surroundings):
    assert Path.home() == surroundings
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "FONTCONFIG_FILE"):
        assert Path(os.environ[name]).is_relative_to(surroundings)
