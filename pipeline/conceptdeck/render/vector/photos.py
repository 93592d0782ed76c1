"""Images in PDF: JPEG as it is, all else as samples, with a mask where something shines through; PNG without colour."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, assert_never

from pikepdf import Array, Dictionary, Name, Object, Pdf

from conceptdeck.render.raster import raster_of
from conceptdeck.values.image import Image, Media

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

__all__ = ["image_object", "without_colour"]

SPACES = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
GREY = ("1", "L", "LA")


def image_object(pdf: Pdf, image: Image) -> Object:
    """Return an image as an object that fills the unit square (ISO 32000-1, 8.9.5)."""
    match image.media:
        case Media.JPEG:
            return _jpeg(pdf, image)
        case Media.PNG:
            return _samples(pdf, image)
        case Media.SVG:
            return _samples(pdf, raster_of(image))
        case _:
            assert_never(image.media)


def without_colour(png: bytes, *, black: bool) -> bytes:
    """Return a PNG as one in shades of grey, or in black and white alone: as printers take them, and smaller."""
    from PIL import Image as Pixels  # few pictures are printed, and few have photographs

    with Pixels.open(io.BytesIO(png)) as image:
        grey = image.convert("L")
    file = io.BytesIO()
    (grey.convert("1", dither=Pixels.Dither.NONE) if black else grey).save(file, "PNG", optimize=True)
    return file.getvalue()


def _jpeg(pdf: Pdf, image: Image) -> Object:
    """Return a JPEG file as it is; those of four colours that Adobe's programs write are inverted (ibid., 7.4.8)."""
    with _opened(image) as opened:
        made = _object(pdf, image.data, opened.size, opened.mode)
        if opened.mode == "CMYK" and "adobe" in opened.info:
            made.Decode = Array([1, 0] * 4)
    made.Filter = Name.DCTDecode
    return made


def _samples(pdf: Pdf, image: Image) -> Object:
    """Return a PNG file's samples, eight bits each, and as a mask how opaque they are."""
    with _opened(image) as opened:
        clear = opened.has_transparency_data
        plain = opened.convert("RGBA" if clear else "L" if opened.mode in GREY else "RGB")
    if not clear:
        return _object(pdf, plain.tobytes(), plain.size, plain.mode)
    mask = plain.getchannel("A")
    made = _object(pdf, plain.convert("RGB").tobytes(), plain.size, "RGB")
    made.SMask = _object(pdf, mask.tobytes(), mask.size, "L")
    return made


def _opened(image: Image) -> ImageFile:
    from PIL import Image as Files  # documents without images need it not

    return Files.open(io.BytesIO(image.data))


def _object(pdf: Pdf, data: bytes, size: tuple[int, int], mode: str) -> Object:
    width, height = size
    head = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, ColorSpace=SPACES[mode], BitsPerComponent=8
    )
    return pdf.make_stream(data, head)
