"""Files of images as cameras and programs write them, drawn here, and maps that name them."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image as Pixels
from PIL import ImageCms

from support.imaged import quarters

__all__ = ["SVG", "encoded", "noted", "photograph", "profiled", "seen_in", "write_map"]

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
    '<defs><linearGradient id="g"><stop stop-color="#1e3cc8"/></linearGradient></defs>'
    '<rect width="40" height="20" fill="url(#g)"/><rect width="20" height="20" fill="#dc1e1e"/></svg>'
)


def encoded(pixels: Pixels.Image, kind: str, **how: object) -> bytes:
    """Return pixels as a file."""
    file = io.BytesIO()
    pixels.save(file, kind, **how)
    return file.getvalue()


def photograph(kind: str = "JPEG", width: int = 400, height: int = 200) -> bytes:
    """Return four coloured fields as a photograph of a size."""
    return encoded(Pixels.open(io.BytesIO(quarters())).resize((width, height), Pixels.Resampling.NEAREST), kind)


def noted(turned: int, note: str) -> bytes:
    """Return a photograph that was taken with the camera turned, with a note in it."""
    notes = Pixels.Exif()
    notes[0x0112], notes[0x010E] = turned, note
    return encoded(Pixels.open(io.BytesIO(quarters())), "JPEG", exif=notes, quality=95)


def profiled(mode: str) -> bytes:
    """Return a photograph in colours of another kind: those of print, or those of a profile of its own."""
    pixels = Pixels.open(io.BytesIO(quarters()))
    if mode == "CMYK":
        return encoded(pixels.convert("CMYK"), "JPEG", quality=95)
    standard, other = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    changed = ImageCms.profileToProfile(pixels, standard, other, outputMode="LAB")
    return encoded(changed, "TIFF")


def seen_in(data: bytes, across: float, down: float) -> tuple[int, int, int]:
    """Return the colour at a place in a file, in shares of its width and height."""
    with Pixels.open(io.BytesIO(data)) as opened:
        plain = opened.convert("RGB")
    return plain.getpixel((int(across * (plain.width - 1)), int(down * (plain.height - 1))))


def write_map(folder: Path, text: str, **files: str | bytes) -> Path:
    """Write a map, and beside it files whose names have `_` for `.`; return the path of the map."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "map.yaml").write_text(text, encoding="utf-8")
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder / "map.yaml"
