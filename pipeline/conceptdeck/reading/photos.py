"""Photographs: files of pixels become images that every program shows alike, or the reason why they cannot.

They stand upright and in sRGB, no larger than a slide has use for, without what cameras and programs note in a file.
A file that is so already keeps its pixels as they are.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from struct import unpack_from
from typing import TYPE_CHECKING

from conceptdeck.reading.vectors import NotAnImage
from conceptdeck.values.image import Image, Media

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels
    from PIL.ImageFile import ImageFile

__all__ = ["LONGER_SIDE", "photo_of"]

LONGER_SIDE = 2560  # pixels: sharp over a whole slide, on paper too
MOST_PIXELS = 120_000_000  # what a good camera makes; more is no photograph but an attack on the memory
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
QUALITY = 88
SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEPT_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
SCAN = 0xDA  # the marker after which a JPEG file has no more segments to leave out
NOTES = (*range(0xE1, 0xEE), 0xEF, 0xFE)  # what programs note in a JPEG file: all but JFIF's segment and Adobe's
PLAIN_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")
UPRIGHT, ORIENTATION = 1, 0x0112  # of EXIF
AGAIN = "open it in a picture viewer and save it again as PNG or JPEG"


@lru_cache(maxsize=32)
def photo_of(data: bytes) -> Image:
    """Return the image in a file of pixels; raises NotAnImage if there is none. What moves is its first picture."""
    from PIL import Image as Files

    Files.MAX_IMAGE_PIXELS = None  # we count ourselves, so that no warning is told twice
    try:
        with Files.open(io.BytesIO(data), formats=FORMATS) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS:
                what = f"has {width:,} × {height:,} pixels, at most {MOST_PIXELS:,} are read"
                raise NotAnImage(what, "save it smaller")
            return _kept(data, opened) or _made(opened)
    except NotAnImage:
        raise
    except Exception as error:  # whatever a decoder meets in a file that is broken on purpose
        raise NotAnImage("cannot be read: the file is broken, or not of the kind that its name says", AGAIN) from error


def _kept(data: bytes, opened: ImageFile) -> Image | None:
    """Return an image with its pixels as they are in the file, None if they must be changed."""
    writers = {"PNG": (Media.PNG, _bare_png), "JPEG": (Media.JPEG, _bare_jpeg)}
    if opened.format not in writers or opened.mode not in PLAIN_MODES or max(opened.size) > LONGER_SIDE:
        return None
    if opened.getexif().get(ORIENTATION, UPRIGHT) != UPRIGHT or not _is_standard(opened):
        return None
    opened.load()  # a file that breaks off is none
    media, bare = writers[opened.format]
    return Image(media, bare(data), *opened.size)


def _made(opened: ImageFile) -> Image:
    """Return an image with its pixels as they should be."""
    from PIL import ImageOps

    is_photo = opened.format == "JPEG"
    opened.draft(None, (LONGER_SIDE, LONGER_SIDE))  # a decoder of JPEG skips what is not asked for
    profile = opened.info.get("icc_profile", b"")
    upright = ImageOps.exif_transpose(_in_sight(opened))
    plain = _in_standard(upright, profile)
    plain.thumbnail((LONGER_SIDE, LONGER_SIDE), reducing_gap=3.0)
    plain.info = {}
    file = io.BytesIO()
    if is_photo:
        plain.save(file, "JPEG", quality=QUALITY, optimize=True)
    else:
        plain.save(file, "PNG", optimize=True)
    return Image(Media.JPEG if is_photo else Media.PNG, file.getvalue(), *plain.size)


def _in_sight(opened: Pixels) -> Pixels:
    """Return pixels in a mode that can be turned, scaled and converted: palettes and deep greys are spread out."""
    if opened.has_transparency_data:
        return opened if opened.mode in ("RGBA", "LA") else _like(opened, opened.convert("RGBA"))
    if opened.mode.startswith(("I", "F")):
        return _like(opened, _levelled(opened))
    return opened if opened.mode in ("L", "RGB", "CMYK", "LAB") else _like(opened, opened.convert("RGB"))


def _like(opened: Pixels, changed: Pixels) -> Pixels:
    """Return changed pixels that still know how the file says to turn them."""
    changed.info = dict(opened.info)
    return changed


def _levelled(deep: Pixels) -> Pixels:
    """Return greys of 16 bits as greys of 8."""
    return deep.convert("I").point(lambda level: level * (1 / 256)).convert("L")


def _in_standard(image: Pixels, profile: bytes) -> Pixels:
    """Return pixels in sRGB; a profile that is broken, or not of these pixels, is passed over."""
    from PIL import ImageCms

    grey = image.mode in ("L", "LA")
    target = "RGBA" if image.mode in ("RGBA", "LA") else "RGB"
    if profile and not grey:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=target)
        except (ImageCms.PyCMSError, OSError, ValueError):
            changed = None
        if changed is not None:
            return changed
    return image if grey and image.mode == "L" else image.convert(target)


def _is_standard(opened: Pixels) -> bool:
    """Tell whether the colours in a file are those of sRGB: it says so, or says nothing."""
    from PIL import ImageCms

    profile = opened.info.get("icc_profile", b"")
    if not profile or opened.mode in ("1", "L", "LA"):
        return True
    try:
        return "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return False


# --- files without notes -----------------------------------------------------------------------------


def _bare_png(data: bytes) -> bytes:
    """Return a PNG file with nothing but its pixels and what they mean."""
    return SIGNATURE + b"".join(chunk for name, chunk in _chunks(data) if name in KEPT_CHUNKS)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG file by name (ISO/IEC 15948, 5.3)."""
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        (length,) = unpack_from(">I", data, at)
        end = at + 12 + length
        yield data[at + 4 : at + 8], data[at:end]
        at = end


def _bare_jpeg(data: bytes) -> bytes:
    """Return a JPEG file without what programs note in it (ISO/IEC 10918-1, B.1.1)."""
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != SCAN:
        if data[at + 1] == 0xFF:  # a byte that fills up
            at += 1
            continue
        (length,) = unpack_from(">H", data, at + 2)
        if data[at + 1] not in NOTES:
            kept.append(data[at : at + 2 + length])
        at += 2 + length
    return b"".join((*kept, data[at:]))
