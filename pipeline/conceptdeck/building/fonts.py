"""Fonts of one's own: copied to where they are sought, under plain names, with what they say of their licence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from conceptdeck.reading.design import FONT_NAME
from conceptdeck.reading.short import slugified
from conceptdeck.typeset.instances import NotAFont, faces_in, file_name
from conceptdeck.typeset.nametable import FontFacts, facts_of
from conceptdeck.values.diagnostics import Diagnostic, Failure, Span
from conceptdeck.values.rules import ERROR, WARNING, Rule
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk

__all__ = ["Added", "add_fonts"]

ENDINGS = {b"OTTO": ".otf"}
ALIKE = "font"  # the folder of families whose names have no Latin letter


@frozen
class Added:
    """A face that was added, or was there already: its file, and what it says of itself."""

    path: Path
    facts: FontFacts
    new: bool


BAD_FONT = Rule("bad-font", "theme and files", ERROR, "a file that no face can be taken from").because("""
    Fonts are TTF, OTF, TTC or WOFF files. Nothing is added while one of the files is none.
""")
OTHER_FONT = Rule("other-font", "theme and files", ERROR, "another file of the same face is there").because("""
    A face that was added is never replaced: decks were measured with it. Take its file away first.
""")
RESTRICTED_FONT = Rule("restricted-font", "theme and files", WARNING, "a font that must not be embedded").because("""
    The font's own table of permissions forbids it. Decks name it, and it measures texts; parts of it are put into no
    page and no picture.
""")
UNNAMABLE_FONT = Rule("unnamable-font", "theme and files", WARNING, "a font that no theme can name").because("""
    Themes name fonts in letters, digits, spaces and hyphens; all else could break out of the file that names it.
""")


def add_fonts(files: Iterable[Path], folder: Path) -> tuple[tuple[Added, ...], tuple[Diagnostic, ...]]:
    """Copy the faces in files to a folder of fonts; return them, and warnings on what they do not allow.

    Raises Failure, with nothing written, if a file is no font or another file of a face is there.
    """
    found: dict[Path, tuple[FontFacts, bytes]] = {}
    problems: list[Diagnostic] = []
    for file in files:
        try:
            for data in faces_in(disk.read_bytes(file)):
                if facts := facts_of(data):
                    name = f"{file_name(facts.family, facts.style)}{ENDINGS.get(data[:4], '.ttf')}"
                    found[folder / (slugified(facts.family) or ALIKE) / name] = facts, data
                else:
                    raise NotAFont("has no name", "take a font that says what it is called")
        except NotAFont as error:
            problems.append(BAD_FONT.at(f"the file {error.what}", Span(disk.shown(file)), hints=(error.hint,)))
        except Failure as failure:
            problems += failure.diagnostics
    there = {path: disk.read_bytes(path) if disk.is_file(path) else None for path in found}
    problems += [_taken(path) for path, (_, data) in found.items() if there[path] not in (None, data)]
    if problems:
        raise Failure(problems)
    added = []
    for path, (facts, data) in found.items():
        if there[path] is None:
            disk.write_atomically(path, data)
        added.append(Added(path, facts, there[path] is None))
    return tuple(added), tuple(_warnings(added))


def _taken(path: Path) -> Diagnostic:
    message = "another file of this face is there"
    return OTHER_FONT.at(message, Span(disk.shown(path)), hints=("take it away first, if the new one is to hold",))


def _warnings(added: Iterable[Added]) -> list[Diagnostic]:
    """Return what the families do not allow, once for each."""
    families: dict[str, list[Added]] = {}
    for each in added:
        families.setdefault(each.facts.family, []).append(each)
    found = []
    for family, faces in families.items():
        place = Span(disk.shown(faces[0].path))
        if not all(each.facts.may_be_embedded for each in faces):
            hint = "ask its maker for a licence that allows it, if pages and pictures are to bring it along"
            found.append(RESTRICTED_FONT.at(f"`{family}` must not be embedded, it says", place, hints=(hint,)))
        if not re.fullmatch(FONT_NAME.written, family):
            hint = "rename the family in a font editor, with letters, digits, spaces and hyphens"
            found.append(UNNAMABLE_FONT.at("no theme can name the family of this font", place, hints=(hint,)))
    return found
