"""Embedded OpenType: a font with a header before it that tells programs its names without opening it.

The form is that of the submission to W3C, version 2.2, with nothing packed and nothing obscured: programs differ in
what they can unpack, and all of them read plain fonts.
"""

from __future__ import annotations

from struct import calcsize, pack, unpack_from

import uharfbuzz as hb

__all__ = ["as_eot", "panose_of"]

VERSION = 0x00020002
NO_FLAGS = 0  # neither packed nor obscured
DEFAULT_CHARSET = 1
MAGIC = 0x504C
NO_ROOTS, ROOT_CHECKSUM, CODE_PAGE = 0, 0x50475342, 0x04E4  # what version 2.2 says of fonts for any page
FAMILY, STYLE, FULL_NAME, FONT_VERSION = 1, 2, 4, 5  # name ids (OpenType, name)
WEIGHT_AT, PERMISSIONS_AT, PANOSE_AT, RANGES_AT, SELECTION_AT, CODE_PAGES_AT = 4, 8, 32, 42, 62, 78  # bytes of OS/2
CHECKSUM_AT = 8  # byte of head
ITALIC = 0x0001  # a bit of fsSelection
PANOSE = 10  # bytes
SIZES = "<II"  # of the whole and of the font
HEAD = f"<II{PANOSE}sBBIHH4I2II4I"


def as_eot(font: bytes) -> bytes:
    """Return a TrueType font as Embedded OpenType."""
    face = hb.Face(font)
    os2, head = _table(face, "OS/2"), _table(face, "head")
    (weight,) = unpack_from(">H", os2, WEIGHT_AT)
    (permissions,) = unpack_from(">H", os2, PERMISSIONS_AT)
    (selection,) = unpack_from(">H", os2, SELECTION_AT)
    ranges = unpack_from(">4I", os2, RANGES_AT)
    pages = unpack_from(">2I", os2, CODE_PAGES_AT) if len(os2) >= CODE_PAGES_AT + calcsize(">2I") else (0, 0)
    (checksum,) = unpack_from(">I", head, CHECKSUM_AT)
    described = pack(
        HEAD, VERSION, NO_FLAGS, os2[PANOSE_AT : PANOSE_AT + PANOSE], DEFAULT_CHARSET, bool(selection & ITALIC),
        weight, permissions, MAGIC, *ranges, *pages, checksum, 0, 0, 0, 0,
    )  # fmt: skip
    names = b"".join(_padded(face.get_name(each) or "") for each in (FAMILY, STYLE, FONT_VERSION, FULL_NAME))
    roots = pack("<HHIIHHII", 0, NO_ROOTS, ROOT_CHECKSUM, CODE_PAGE, 0, 0, 0, 0)
    rest = described + names + roots
    return pack(SIZES, calcsize(SIZES) + len(rest) + len(font), len(font)) + rest + font


def panose_of(font: bytes) -> str:
    """Return the ten bytes by which a font tells how it looks, in hexadecimal."""
    return _table(hb.Face(font), "OS/2")[PANOSE_AT : PANOSE_AT + PANOSE].hex().upper()


def _table(face: hb.Face, tag: str) -> bytes:
    return bytes(face.reference_table(tag).data)


def _padded(name: str) -> bytes:
    """Return a name after two bytes of padding and its length."""
    said = f"{name}\0".encode("utf-16-le")
    return pack("<HH", 0, len(said)) + said
