"""Drawings and slides as PNG: an SVG without fonts or style sheets, drawn by resvg."""

from __future__ import annotations

from collections.abc import Mapping

from resvg_py import svg_to_bytes

from pipeline.fonts import FontBook, Outline
from pipeline.frame import Drawing, Fill, Frame
from pipeline.render.outlines import EM, PlacedGlyph, Stencils, text_glyphs
from pipeline.render.scene import Area, Rectangle, Scene, Words, drawing_scene, slide_scene
from pipeline.render.svg import area_element, figure, slide_palette
from pipeline.theme import Theme

__all__ = ["slide_png", "write_png"]


def write_png(drawing: Drawing, theme: Theme, book: FontBook, dark: bool, scale: float = 2) -> bytes:
    """Return a drawing as a picture for light or for dark pages, `scale` pixels a CSS pixel, on the page's colour."""
    scene = drawing_scene(drawing, theme)
    palette = theme.palette(dark=dark)
    ground = Area(Rectangle(0.0, 0.0, scene.width, scene.height), Fill("page"))
    return _draw(scene, palette, theme, book, round(scene.width * scale), area_element(ground, palette))


def slide_png(frame: Frame, theme: Theme, book: FontBook, width: int) -> bytes:
    """Return a slide as a picture `width` pixels wide."""
    return _draw(slide_scene(frame, theme), slide_palette(frame, theme), theme, book, width)


def _draw(
    scene: Scene, palette: Mapping[str, str], theme: Theme, book: FontBook, width: int, ground: str = ""
) -> bytes:
    stencils = Stencils()
    marks = (mark for group in scene.groups for mark in group.marks)
    content = "".join(
        _text(mark, palette, theme, book, stencils) if isinstance(mark, Words) else area_element(mark, palette)
        for mark in marks
    )
    outlines = "".join(f'<path id="{number}" d="{_data(each)}"/>' for number, each in enumerate(stencils.outlines))
    svg = figure(scene.width, scene.height, f"<defs>{outlines}</defs>{ground}{content}")
    return bytes(svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True))


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
