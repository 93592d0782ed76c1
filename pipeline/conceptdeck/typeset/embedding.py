"""Fonts to be carried along: what may be, under which name, and as much of it as a deck and its editing need."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import product

from conceptdeck.typeset.eot import as_eot, panose_of
from conceptdeck.typeset.faces import Face
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.nametable import facts_of
from conceptdeck.typeset.scripts import script_of
from conceptdeck.values.embedded import EmbeddedFont, style_of

__all__ = ["embedded_font", "hindrance", "own_name"]

FOR_EDITING = (0x0000, 0x0008)  # fsType: for any use, or within documents that may be edited
USE = 0x000F  # bits of fsType that tell for which use a font may be embedded
LONGEST = 255  # characters of a property of a file, as Office shows them
WHOLE_OS2 = 78  # bytes of OS/2, as far as all versions have it


def own_name(face: Face) -> str:
    """Return what a font calls its family itself."""
    facts = facts_of(face.data)
    return facts.family if facts else ""


def hindrance(face: Face, nameable: re.Pattern[str]) -> str:
    """Return why a font cannot be carried along in a deck, nothing if it can.

    Decks name what they carry, so its name must be one that themes may have: `nameable`.
    """
    facts = facts_of(face.data)
    if facts is None or not nameable.fullmatch(facts.family):
        return "no theme can name its family"
    if not facts.drawn:
        return "the font here only measures, and has no letters to show"
    if not facts.may_be_embedded or facts.permissions & USE not in FOR_EDITING:
        return "its own table of permissions does not allow it in documents that are edited"
    if not face.is_truetype or face.table_size("OS/2") < WHOLE_OS2:
        return "decks hold TrueType outlines only"
    return ""


def embedded_font(book: FontBook, family: str, scripts: Collection[str], *, italic: bool) -> EmbeddedFont:
    """Return a family to be carried along: its faces as far as they write `scripts`, upright and, if asked for, italic.

    All letters of these scripts come along, and the signs that all scripts share: whoever edits the deck has them.
    """
    known = book.families[family]
    faces: dict[str, bytes] = {}
    paths: set[str] = set()
    for slanted, bold in product((False, True) if italic else (False,), (False, True)):
        path = known.path(bold=bold, italic=slanted)
        if not path or path in paths:  # programs thicken and slant themselves what has no face of its own
            continue
        paths.add(path)
        face = book.main_face(family, bold, slanted)
        letters = [char for char in face.characters if (script := script_of(char)) is None or script in scripts]
        faces[style_of(bold=bold, italic=slanted)] = face.named_subset(letters)
    regular = faces["regular"]
    facts = facts_of(regular)
    assert facts is not None, family
    licence = facts.licence if len(facts.licence) <= LONGEST else facts.address
    notices = {"copyright": facts.copyright[:LONGEST], "licence": licence[:LONGEST]}
    made = {style: as_eot(data) for style, data in faces.items()}
    return EmbeddedFont(facts.family, panose_of(regular), made, {key: said for key, said in notices.items() if said})
