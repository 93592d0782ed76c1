"""Fonts within PDF: of each face the glyphs that are shown, and one whose text is not seen but found and copied."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from conceptdeck.render.vector.outlines import EM
from conceptdeck.typeset.faces import Face, Held, Shown, unseen

__all__ = ["Fonts"]

MOST_MAPPED = 100  # entries that a section of a CMap may have
SYMBOLIC = 0x04  # a flag of fonts: their codes are their own
UNSEEN = "Unseen"
LETTERS, TAG = 26, 6  # the name of a part of a font begins with six capitals
CMAP = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) "
    "/Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\n"
    "endcodespacerange\n{sections}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
)

_Coded = tuple[Held, str]
"""What a glyph of a font shows, with its width in thousandths of an em, and the text that it stands for."""


class Fonts:
    """The fonts of a file, each with a code for what it shows; that of no face shows nothing."""

    def __init__(self) -> None:
        """Begin without any."""
        self._codes: dict[Face | None, dict[_Coded, int]] = {}

    def name(self, face: Face | None) -> str:
        """Return how the file calls the font of a face."""
        self._codes.setdefault(face, {})
        return f"F{[*self._codes].index(face)}"

    def code(self, face: Face | None, shown: Shown, text: str, width: int) -> tuple[int, int]:
        """Return the code of glyphs for a text, and how wide the font has them: as told, if it has no width for them."""
        held = face.held(shown, width) if face else (shown, width)
        codes = self._codes.setdefault(face, {})
        return codes.setdefault((held, text), len(codes) + 1), held[1]

    def written(self, pdf: Pdf) -> Dictionary:
        """Return the fonts by name."""
        made = Dictionary()
        for face, codes in self._codes.items():
            held = {each for each, _ in codes}
            font, numbers = face.part(held) if face else unseen(held)
            made[f"/{self.name(face)}"] = _font(pdf, face, codes, font, [numbers[each] for each, _ in codes])
        return made


def _font(pdf: Pdf, face: Face | None, codes: Iterable[_Coded], data: bytes, glyphs: Iterable[int]) -> Object:
    """Return a font with a code for each glyph, text and width."""
    name = Name(f"/{_tag(data)}+{face.postscript_name}" if face else f"/{UNSEEN}")
    ascent, descent, capitals = face.measures if face else (EM, 0, EM)
    box = face.box if face else (0, 0, EM, EM)
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=SYMBOLIC, FontBBox=Array(box), ItalicAngle=0,
        Ascent=ascent, Descent=descent, CapHeight=capitals, StemV=0, FontFile2=pdf.make_stream(data, Length1=len(data)),
    )  # fmt: skip
    known = list(codes)
    family = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, FontDescriptor=pdf.make_indirect(descriptor),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        W=Array([1, Array([width for (_, width), _ in known])]),
        CIDToGIDMap=pdf.make_stream(b"".join(each.to_bytes(2, "big") for each in (0, *glyphs))),
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(family)]),
        ToUnicode=pdf.make_stream(_unicode(text for _, text in known)),
    )  # fmt: skip
    return pdf.make_indirect(font)


def _tag(data: bytes) -> str:
    """Return six capitals that other content does not have."""
    number, letters = int.from_bytes(hashlib.sha256(data).digest()[:8], "big"), []
    for _ in range(TAG):
        number, at = divmod(number, LETTERS)
        letters.append(chr(ord("A") + at))
    return "".join(letters)


def _unicode(texts: Iterable[str]) -> bytes:
    """Return the CMap that says which text each code stands for."""
    entries = [f"<{code:04X}> <{_utf16(text)}>\n" for code, text in enumerate(texts, start=1)]
    parts = (entries[start : start + MOST_MAPPED] for start in range(0, len(entries), MOST_MAPPED))
    sections = "".join(f"{len(part)} beginbfchar\n{''.join(part)}endbfchar\n" for part in parts)
    return CMAP.format(sections=sections).encode("ascii")


def _utf16(text: str) -> str:
    """Return a text as hexadecimal digits."""
    return text.encode("utf-16-be").hex().upper()
