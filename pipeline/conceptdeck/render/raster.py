"""Vectors as pixels, drawn by resvg: the same bytes on every machine."""

from __future__ import annotations

from resvg_py import svg_to_bytes

from conceptdeck.values.image import Image, Media

__all__ = ["raster", "raster_of"]

LONGER_SIDE = 2000  # pixels: sharp over a whole slide, on paper too
DPI = 96  # of lengths that documents give in inches or millimetres, as CSS has it


def raster(svg: str, width: int) -> bytes:
    """Return an SVG document as a PNG `width` pixels wide; letters are drawn as outlines only, since no font is here."""
    return bytes(svg_to_bytes(svg_string=svg, width=width, dpi=DPI, skip_system_fonts=True))


def raster_of(image: Image) -> Image:
    """Return an image of vectors in pixels, for programs that show no vectors."""
    scale = LONGER_SIDE / max(image.width, image.height)
    width, height = round(image.width * scale), round(image.height * scale)
    return Image(Media.PNG, raster(image.data.decode(), width), width, height)
