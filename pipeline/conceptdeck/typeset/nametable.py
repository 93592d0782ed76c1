"""What a font file says of itself: its family and style by its name table, its licence, and what may be done with it.

Names of files say nothing: faces are known by their tables. Families are those of name 1, which has at most four faces,
regular, bold, italic and both, as Office groups them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from struct import error as too_short
from struct import unpack_from

import uharfbuzz as hb

from conceptdeck.values.theme import FontFiles
from conceptdeck.values.value import frozen

__all__ = ["FontFacts", "facts_of", "families_of"]

COPYRIGHT, FAMILY, STYLE, LICENCE, LICENCE_ADDRESS = 0, 1, 2, 13, 14  # name ids (OpenType, name)
WEIGHT_AT, PERMISSIONS_AT, SELECTION_AT = 4, 8, 62  # bytes of the table OS/2
ITALIC, BOLD = 0x0001, 0x0020  # bits of fsSelection
RESTRICTED, NO_SUBSETS, BITMAPS_ONLY = 0x0002, 0x0100, 0x0200  # bits of fsType
LIGHTEST_BOLD = 600
OUTLINES = frozenset({"glyf", "CFF ", "CFF2"})
STARTS = (b"\0\1\0\0", b"OTTO", b"true")  # of files with one font


@frozen
class FontFacts:
    """What a file of one font says of itself; `axes` are those of a variable one, by their tags."""

    family: str
    style: str
    weight: int
    bold: bool
    italic: bool
    copyright: str = ""
    licence: str = ""
    address: str = ""
    permissions: int = 0
    axes: tuple[str, ...] = ()
    drawn: bool = True

    @property
    def may_be_embedded(self) -> bool:
        """Tell whether parts of the font may go into documents."""
        return not self.permissions & (RESTRICTED | NO_SUBSETS | BITMAPS_ONLY)


def facts_of(data: bytes) -> FontFacts | None:
    """Return what a font file says of itself, None if it is no font or has no name."""
    if data[:4] not in STARTS:
        return None
    face = hb.Face(data)
    family = _said(face, FAMILY)
    if not family or not face.glyph_count or not face.upem:
        return None
    style = _said(face, STYLE)
    try:
        table = bytes(face.reference_table("OS/2").data)
        weight, permissions, selection = (
            int(unpack_from(">H", table, at)[0]) for at in (WEIGHT_AT, PERMISSIONS_AT, SELECTION_AT)
        )
    except (too_short, AttributeError):
        weight, permissions, selection = 400, 0, 0
    words = style.casefold()
    return FontFacts(
        family=family,
        style=style,
        weight=weight,
        bold=bool(selection & BOLD) or "bold" in words or (not style and weight >= LIGHTEST_BOLD),
        italic=bool(selection & ITALIC) or "italic" in words or "oblique" in words,
        copyright=_said(face, COPYRIGHT),
        licence=_said(face, LICENCE),
        address=_said(face, LICENCE_ADDRESS),
        permissions=permissions,
        axes=tuple(str(axis.tag) for axis in face.axis_infos),
        drawn=bool(OUTLINES & {*face.table_tags}),
    )


def families_of(files: Iterable[tuple[str, FontFacts]]) -> Mapping[str, FontFiles]:
    """Return the families that files make, by name; each file goes by its path below the folder of fonts.

    A family without a bold face has its regular one in its place. Of two files of one face the first counts.
    """
    faces: dict[str, dict[tuple[bool, bool], str]] = {}
    for path, facts in files:
        faces.setdefault(facts.family, {}).setdefault((facts.bold, facts.italic), path)
    found: dict[str, FontFiles] = {}
    for family, styles in faces.items():
        first = next(iter(styles.values()))
        regular = styles.get((False, False)) or styles.get((True, False)) or first
        bold = styles.get((True, False), regular)
        found[family] = FontFiles(
            family, regular, bold, italic=styles.get((False, True), ""), bold_italic=styles.get((True, True), "")
        )
    return found


def _said(face: hb.Face, name: int) -> str:
    """Return one of a font's names in English, or in the first language that it is said in."""
    said = face.get_name(name)
    if not said:
        languages = (each.language for each in face.list_names() if int(each.name_id) == name)
        said = next((text for language in languages if (text := face.get_name(name, language))), "")
    return " ".join(str(said or "").split())
