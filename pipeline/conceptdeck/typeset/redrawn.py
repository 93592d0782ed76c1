"""Font files made of outlines, for faces that no document can hold as they are: emboldened ones, or PostScript's."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from conceptdeck.values.value import frozen

__all__ = ["Drawn", "font_of"]

TOLERANCE = 1 / 2000  # ems that a curve may differ by once it is quadratic: half a pixel at a size of 1,000
NO_GLYPH = ".notdef"


@frozen
class Drawn:
    """A glyph: its outline in ems, y upwards, and its advance in ems."""

    outline: tuple[tuple[str, tuple[float, ...]], ...]
    advance: float


def font_of(glyphs: Sequence[Drawn], units: int, heights: tuple[int, int], names: Mapping[int, str]) -> bytes:
    """Return a TrueType font whose glyphs are these, numbered from 1, with so many units to the em.

    `heights` are ascent and descent in units, `names` those of the name table that it shall keep. Like all fonts within
    documents it maps no characters (ISO 32000, 9.9).
    """
    from fontTools.fontBuilder import FontBuilder

    order = [NO_GLYPH, *(f"glyph{number}" for number in range(1, len(glyphs) + 1))]
    made = FontBuilder(units, isTTF=True)
    made.updateHead(created=0, modified=0)  # what it is made of says all: no clock
    made.font.recalcTimestamp = False
    made.setupGlyphOrder(order)
    blank = Drawn((), 0.0)
    shapes = {name: _quadratic(each, units) for name, each in zip(order, (blank, *glyphs), strict=True)}
    made.setupGlyf(shapes)
    lefts = {name: getattr(made.font["glyf"][name], "xMin", 0) for name in order}
    advances = {name: round(each.advance * units) for name, each in zip(order, (blank, *glyphs), strict=True)}
    made.setupHorizontalMetrics({name: (advances[name], lefts[name]) for name in order})
    made.setupHorizontalHeader(ascent=heights[0], descent=heights[1])
    made.setupNameTable({}, mac=False)
    for number, text in names.items():
        made.font["name"].setName(text, number, 3, 1, 0x409)
    made.setupMaxp()
    file = io.BytesIO()
    made.font.save(file)
    return file.getvalue()


def _quadratic(drawn: Drawn, units: int) -> object:
    """Return a glyph with quadratic curves."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyph = TTGlyphPen(None)
    pen = Cu2QuPen(glyph, TOLERANCE * units)
    for name, values in drawn.outline:
        at = [(x * units, y * units) for x, y in zip(values[::2], values[1::2], strict=True)]
        match name:
            case "M":
                pen.moveTo(at[0])
            case "L":
                pen.lineTo(at[0])
            case "Q":
                pen.qCurveTo(*at)
            case "C":
                pen.curveTo(*at)
            case _:
                pen.closePath()
    return glyph.glyph()
