"""What LibreOffice has drawn, read from its PDF: glyphs, and the texts that they belong to."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from conceptdeck.values.languages import LEFT_MARK
from support.decks import Block, Built, blocks, unspaced

HYPHEN = "\x02"  # what PDFium makes of a hyphen at the end of a line


@dataclass(frozen=True)
class Glyph:
    """A character on a page: its line's middle, its place on the baseline and its ink, in points from the top left."""

    char: str
    middle: float
    left: float
    top: float
    right: float
    bottom: float
    origin: tuple[float, float]


def glyphs(page: pypdfium2.PdfPage) -> list[Glyph]:
    """Return the visible characters of a page in the order of painting."""
    height = page.get_height()
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        char = "-" if chr(code) == HYPHEN else chr(code)
        if not visible(char) or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        _, low, _, high = text.get_charbox(index, loose=True)
        left, bottom, right, top = text.get_charbox(index)
        ink = left, height - top, right, height - bottom
        found.append(Glyph(char, height - (low + high) / 2, *ink, _origin(text, index, height)))
    return found


def _origin(text: pypdfium2.PdfTextPage, index: int, height: float) -> tuple[float, float]:
    """Return where a character stands on its baseline."""
    x, y = ctypes.c_double(), ctypes.c_double()
    assert pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
    return x.value, height - y.value


def dealt(built: Built, document: pypdfium2.PdfDocument) -> list[tuple[int, Block, list[Glyph]]]:
    """Return each text with the glyphs that draw it; a page holds the texts of its slide, in order, and no more.

    LibreOffice paints the placeholders of footer and number before all else, but a footer in several languages last.
    """
    found = []
    for number, frame in enumerate(built.frames, start=1):
        waiting = glyphs(document[number - 1])
        drawn = "".join(each.char for each in waiting)
        first = sorted(blocks(frame), key=lambda block: not is_furniture(block))
        last = sorted(blocks(frame), key=lambda block: 0 if block.name == "slide-number" else 1 + is_furniture(block))
        ordered = next((some for some in (first, last) if drawn == characters(some)), [*blocks(frame)])
        assert drawn == characters(ordered), f"page {number} of {built.theme.key}: {drawn} for {characters(ordered)}"
        start = 0
        for block in ordered:
            count = len(visible("".join(block.lines)))
            found += [(number, block, waiting[start : start + count])] if count else []  # a cell may be empty
            start += count
    return found


def characters(some: list[Block]) -> str:
    return "".join(visible(line) for block in some for line in block.lines)


def visible(text: str) -> str:
    """Return what a page draws of a text: neither spaces nor the marks after our hyphens, which nobody sees."""
    return unspaced(text).replace(LEFT_MARK, "")


def is_furniture(block: Block) -> bool:
    return block.name == "slide-number" or block.name.endswith("@footer")


def lines_of(some: list[Glyph], leading: float) -> list[str]:
    """Return the characters in lines: a new one begins where the middle moves by half a line."""
    lines: list[str] = []
    middle = None
    for glyph in some:
        if middle is None or abs(glyph.middle - middle) > leading / 2:
            lines.append("")
            middle = glyph.middle
        lines[-1] += glyph.char
    return lines


@dataclass(frozen=True)
class Stroked:
    """A line that a page draws: its colour in red, green and blue, and places along it, in points from the top left."""

    colour: tuple[int, int, int]
    way: list[tuple[float, float]]


def stroked(page: pypdfium2.PdfPage) -> list[Stroked]:
    """Return the lines of a page, their curves in short steps."""
    height = page.get_height()
    found = []
    for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        assert pdfium.FPDFPath_GetDrawMode(each.raw, ctypes.byref(fill), ctypes.byref(stroke))
        if not stroke.value:
            continue
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        pdfium.FPDFPageObj_GetStrokeColor(each.raw, *map(ctypes.byref, (red, green, blue, alpha)))
        matrix = each.get_matrix()
        for way in _ways(each.raw):
            places = [matrix.on_point(x, y) for x, y in way]
            found.append(Stroked((red.value, green.value, blue.value), [(x, height - y) for x, y in places]))
    return found


def _ways(path) -> list[list[tuple[float, float]]]:
    """Return the places along each piece of a path."""
    ways: list[list[tuple[float, float]]] = []
    waiting: list[tuple[float, float]] = []
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        place, kind = (x.value, y.value), pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            ways.append([place])
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            ways[-1].append(place)
        else:
            waiting.append(place)
            if len(waiting) == 3:
                ways[-1] += _bezier([ways[-1][-1], *waiting])
                waiting = []
    return ways


def _bezier(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    steps = [step / 16 for step in range(1, 17)]
    shares = [((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3) for t in steps]
    return [
        (
            sum(s * x for s, (x, _) in zip(each, corners, strict=True)),
            sum(s * y for s, (_, y) in zip(each, corners, strict=True)),
        )
        for each in shares
    ]
