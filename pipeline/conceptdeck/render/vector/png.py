"""Drawings and slides as PNG: an SVG without fonts or style sheets, drawn by resvg, and the density it is meant for."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from math import ceil
from typing import assert_never

from conceptdeck.render.raster import raster
from conceptdeck.render.vector.areas import area_element, number, window_element
from conceptdeck.render.vector.marks import Area, Mark, Rectangle, Scene, Window, Words
from conceptdeck.render.vector.outlines import EM, PlacedGlyph, Stencils, text_glyphs
from conceptdeck.render.vector.scene import drawing_scene, margin_of, slide_scene
from conceptdeck.render.vector.svg import figure, slide_palette
from conceptdeck.typeset.faces import Outline
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.values.frame import Drawing, Fill, Frame
from conceptdeck.values.printing import Shades
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import EMU_PER_INCH, EMU_PER_PIXEL

__all__ = ["slide_png", "write_png"]

PIXELS_PER_METRE = EMU_PER_INCH / EMU_PER_PIXEL / 0.0254  # of the pixels that CSS counts
IN_METRES = 1  # the unit of a density (PNG, 11.3.5.3)
HEADER_END = 33  # a signature of 8 bytes and IHDR, which has 25, always stand first (PNG, 5.6)


def write_png(
    drawing: Drawing, theme: Theme, book: FontBook, dark: bool, scale: float = 2, shades: Shades = Shades.COLOUR
) -> bytes:
    """Return a drawing as a picture for light or for dark pages, `scale` pixels a CSS pixel, on the page's colour.

    What is printed has the density at which it is as large as told.
    """
    scene = drawing_scene(drawing, theme)
    palette = theme.palette(dark=dark)
    margin = margin_of(drawing, theme)
    width, height = scene.width + 2 * margin, scene.height + 2 * margin
    ground = area_element(Area(Rectangle(0.0, 0.0, ceil(width), ceil(height)), Fill("page")), palette)
    drawn, outlines = _content(scene, palette, theme, book)
    place = f'<g transform="translate({number(margin)} {number(margin)})">{drawn}</g>'
    shown = width * (drawing.scale or 1)
    png = raster(figure(width, height, f"{outlines}{ground}{place}"), round(width * scale))
    if shades is not Shades.COLOUR:
        from conceptdeck.render.vector.photos import without_colour  # which brings what PDF is written with

        png = without_colour(png, black=shades is Shades.MONO)
    return _dense(png, shown, round(width * scale))


def slide_png(frame: Frame, theme: Theme, book: FontBook, width: int) -> bytes:
    """Return a slide as a picture `width` pixels wide."""
    scene = slide_scene(frame, theme)
    drawn, outlines = _content(scene, slide_palette(frame, theme), theme, book)
    return _dense(raster(figure(scene.width, scene.height, f"{outlines}{drawn}"), width), scene.width, width)


def _content(scene: Scene, palette: Mapping[str, str], theme: Theme, book: FontBook) -> tuple[str, str]:
    """Return what a scene shows as elements, and the outlines that they use."""
    stencils = Stencils()
    marks = (mark for group in scene.groups for mark in group.marks)
    content = "".join(_element(mark, f"clip{at}", palette, theme, book, stencils) for at, mark in enumerate(marks))
    outlines = "".join(f'<path id="{at}" d="{_data(each)}"/>' for at, each in enumerate(stencils.outlines))
    return content, f"<defs>{outlines}</defs>"


def _dense(png: bytes, size: float, width: int) -> bytes:
    """Return a PNG `width` pixels wide with the density at which it is `size` CSS pixels wide."""
    density = round(width / size * PIXELS_PER_METRE)
    chunk = b"pHYs" + struct.pack(">IIB", density, density, IN_METRES)
    physical = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:HEADER_END] + physical + png[HEADER_END:]


def _element(
    mark: Mark, clip: str, palette: Mapping[str, str], theme: Theme, book: FontBook, stencils: Stencils
) -> str:
    """Return a mark as an element; `clip` is an id for the edge of an image."""
    match mark:
        case Words():
            return _text(mark, palette, theme, book, stencils)
        case Area():
            return area_element(mark, palette)
        case Window():
            return window_element(mark, clip)
        case _:
            assert_never(mark)


def _text(words: Words, palette: Mapping[str, str], theme: Theme, book: FontBook, stencils: Stencils) -> str:
    """Return a paragraph as outlines that are used again and again."""
    return "".join(
        f'<g fill="#{palette[slot]}">{"".join(_use(glyph, stencils) for glyph in glyphs)}</g>'
        for slot, glyphs in text_glyphs(words, theme, book)
    )


def _use(glyph: PlacedGlyph, stencils: Stencils) -> str:
    scale = f"{glyph.size / EM:.6g}"
    place = f"{scale} 0 0 -{scale} {glyph.x:.3f} {glyph.y:.3f}"
    return f'<use href="#{stencils.number(glyph.outline)}" transform="matrix({place})"/>'


def _data(outline: Outline) -> str:
    return "".join(name + " ".join(str(round(value * EM)) for value in values) for name, values in outline)
