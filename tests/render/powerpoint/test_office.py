"""The deck as LibreOffice draws it: pages, line breaks and ink are those that were computed."""

import re
import zipfile
from collections import Counter
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from conceptdeck.layout import GROUNDED
from support.decks import SHIPPED, THEMES, Built, build_map
from support.office import dealt, lines_of, visible

INK_SLACK = 2.0  # points
THEME_PART = "ppt/theme/theme1.xml"

BREAKS_ELSEWHERE: set[tuple[str, str]] = set()
"""(theme, name) of the texts that LibreOffice may break elsewhere; each needs a reason here."""


@pytest.fixture(scope="module")
def decks(tmp_path_factory, office) -> dict[str, tuple[Built, Path]]:
    """Return each theme's deck and its PDF."""
    made = {theme: build_map(SHIPPED, theme, tmp_path_factory.mktemp(theme)) for theme in THEMES}
    return {theme: (built, office(built.path)) for theme, built in made.items()}


@pytest.fixture(params=THEMES)
def drawn(request, decks) -> tuple[Built, pypdfium2.PdfDocument]:
    built, pdf = decks[request.param]
    with pypdfium2.PdfDocument(pdf) as document:
        yield built, document


# --- reading a page ------------------------------------------------------------------------------


# --- the tests -----------------------------------------------------------------------------------


def test_every_slide_is_one_page(drawn):
    built, document = drawn
    assert len(document) == len(built.frames)
    sizes = [document.get_page_size(index) for index in range(len(document))]
    wanted = built.theme.size.w.pt, built.theme.size.h.pt
    assert [size for size in sizes if size != pytest.approx(wanted, abs=0.5)] == []


def test_lines_break_where_they_were_computed_to_break(drawn):
    built, document = drawn
    texts = dealt(built, document)
    wrong = []
    for number, block, some in texts:
        leading = min(paragraph.leading for paragraph in block.body.paragraphs)
        made = lines_of(some, leading)
        if made != [visible(line) for line in block.lines] and (built.theme.key, block.name) not in BREAKS_ELSEWHERE:
            wrong.append((number, block.name, block.lines, made))
    several = sum(len(block.lines) > 1 for _, block, _ in texts)
    assert several > 100, "too few texts of several lines to prove anything"
    share = 1 - len(wrong) / len(texts)
    listed = "\n".join(f"slide {number} {name}: {lines} is drawn as {made}" for number, name, lines, made in wrong)
    assert not wrong, f"{share:.1%} of {len(texts)} texts break as computed; these do not:\n{listed}"


def test_no_text_takes_more_lines_than_were_computed(drawn):
    built, document = drawn
    for number, block, some in dealt(built, document):
        leading = min(paragraph.leading for paragraph in block.body.paragraphs)
        assert len(lines_of(some, leading)) <= len(block.lines), (number, block.name)


def test_the_ink_of_every_text_stays_in_its_box(drawn):
    built, document = drawn
    beyond = []
    for number, block, some in dealt(built, document):
        if not some:
            continue
        excess = max(
            block.left - min(each.left for each in some),
            block.top - min(each.top for each in some),
            max(each.right for each in some) - block.right,
            max(each.bottom for each in some) - block.bottom,
        )
        if excess > INK_SLACK:
            beyond.append((number, block.name, round(excess, 1)))
    assert beyond == []


def test_no_font_is_missing_and_no_glyph_is_a_box(drawn):
    _, document = drawn
    fonts = Counter()
    for page in document:
        for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            name = thing.get_font().get_base_name() or thing.get_font().get_family_name()
            fonts[re.sub(r"^[A-Z]{6}\+", "", name)] += 1
    assert fonts
    known = {"Gelasio", "Carlito", "Arimo", "NotoSans", "NotoSansCJKjp"}
    assert {re.split(r"[-,]", name)[0] for name in fonts} <= known


def look(document: pypdfium2.PdfDocument, number: int) -> tuple[str, str]:
    """Return the most frequent colour of a page and of its text."""
    page = document[number]
    colours = Counter()
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        values = [pdfium.c_uint() for _ in range(4)]
        pdfium.FPDFPageObj_GetFillColor(thing, *values)
        colours["".join(f"{each.value:02X}" for each in values[:3])] += 1
    picture = page.render(scale=0.25).to_pil().convert("RGB")
    _, ground = max(picture.getcolors(picture.width * picture.height))
    return "".join(f"{each:02X}" for each in ground), colours.most_common(1)[0][0]


def test_another_theme_part_recolours_every_slide(decks, office, tmp_path):
    (atlas, before), (orbit, _) = decks["atlas"], decks["orbit"]
    swapped = tmp_path / "swapped.pptx"
    with zipfile.ZipFile(atlas.path) as old, zipfile.ZipFile(swapped, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, orbit.package.parts[name] if name == THEME_PART else old.read(name))
    with pypdfium2.PdfDocument(before) as one, pypdfium2.PdfDocument(office(swapped)) as other:
        assert len(one) == len(other) == len(atlas.frames)
        looks = [(number, look(one, number - 1), look(other, number - 1)) for number in range(1, len(one) + 1)]
    own = {number for number, frame in enumerate(atlas.frames, start=1) if frame.layout in GROUNDED}
    assert {ground for number, (ground, _), _ in looks if number not in own} == {atlas.theme.colours["page"]}
    assert len({ground for number, (ground, _), _ in looks if number in own}) > 1
    assert [n for n, old, new in looks if old[0] == new[0] or old[1] == new[1]] == []
    palette = set(orbit.theme.colours.values())
    assert {new[0] for _, _, new in looks} <= palette
