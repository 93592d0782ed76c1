"""Images: files of pixels or of vectors, and how one of them fills a box."""

from __future__ import annotations

from enum import StrEnum

from conceptdeck.values.diagnostics import Span
from conceptdeck.values.units import Box, Length
from conceptdeck.values.value import frozen

__all__ = ["WHOLE", "Crop", "Fit", "Focus", "Image", "ImageFile", "Media", "Seen", "seen"]


class Media(StrEnum):
    """What an image's file is, as its media type (RFC 2046)."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    SVG = "image/svg+xml"


class Fit(StrEnum):
    """How an image fills its box: all of it is seen, or all of the box is covered."""

    CONTAIN = "contain"
    COVER = "cover"


@frozen
class Image:
    """The bytes of an image's file, and its width and height in pixels, for vectors in units of its view box.

    An image of vectors has its texts as outlines: whoever draws it has none of its fonts.
    """

    media: Media
    data: bytes
    width: float
    height: float


@frozen
class ImageFile:
    """The file of an image as its author names it, and the image in it; nothing while nobody has looked into it."""

    path: str
    span: Span = Span()
    image: Image | None = None


@frozen
class Crop:
    """What is cut off each side, as a share of the image's width or height."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


@frozen
class Focus:
    """The point that stays as near to the middle as can be where something must be cut off, in shares of the image."""

    x: float = 0.5
    y: float = 0.5


WHOLE = Crop()


@frozen
class Seen:
    """Where an image is seen, and what is cut off its sides to be seen there undistorted."""

    box: Box
    crop: Crop


def seen(image: Image, box: Box, crop: Crop | Focus = WHOLE, fit: Fit = Fit.CONTAIN) -> Seen:
    """Return what of an image is seen in `box`, and where.

    What a crop leaves of it, or all of it, stands in the middle of the box if the box contains it. If it covers the
    box, more is cut off above and below or on both sides, evenly or around its focus.
    """
    match crop:
        case Crop():
            left, top, right, bottom = crop.left, crop.top, 1 - crop.right, 1 - crop.bottom
            focus = Focus((left + right) / 2, (top + bottom) / 2)
        case Focus():
            left, top, right, bottom = 0.0, 0.0, 1.0, 1.0
            focus = crop
    wide, high = (right - left) * image.width, (bottom - top) * image.height
    if fit is Fit.CONTAIN:
        scale = min(box.w / wide, box.h / high)
        return Seen(_centred(box, wide * scale, high * scale), Crop(left, top, 1 - right, 1 - bottom))
    scale = max(box.w / wide, box.h / high)
    left, right = _around(focus.x, left, right, box.w / scale / image.width)
    top, bottom = _around(focus.y, top, bottom, box.h / scale / image.height)
    return Seen(box, Crop(left, top, 1 - right, 1 - bottom))


def _centred(box: Box, wide: float, high: float) -> Box:
    """Return a box of a size in the middle of another one."""
    w, h = min(Length(round(wide)), box.w), min(Length(round(high)), box.h)
    return Box(Length(box.x + (box.w - w) // 2), Length(box.y + (box.h - h) // 2), w, h)


def _around(middle: float, low: float, high: float, share: float) -> tuple[float, float]:
    """Return the ends of a stretch of length `share` between `low` and `high`, with `middle` as near as can be."""
    share = min(share, high - low)
    start = min(max(middle - share / 2, low), high - share)
    return start, start + share
