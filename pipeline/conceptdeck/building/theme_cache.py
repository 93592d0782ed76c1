"""Themes as they were read, kept beside the templates for later builds: most of them never change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

from conceptdeck.building.program import is_this_program, program, program_stamp
from conceptdeck.building.records import CACHE
from conceptdeck.reading.excerpts import SourceText
from conceptdeck.values.brand import Brand, Logo
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.image import ImageFile
from conceptdeck.values.template import Holder, SchemeColour, Template, Tie
from conceptdeck.values.theme import FontFiles, Layout, Pictures, PlaceholderSpec, Role, ScriptFont, TableHead, Theme
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.house import House
from conceptdeck.workspace.loading import own_families
from conceptdeck.workspace.places import Asked
from conceptdeck.workspace.workshop import once

__all__ = ["ReadTheme", "read_theme"]

BASE = ""  # stands for the shipped theme that has all names
MADE_OF: tuple[type, ...] = (
    Box, Brand, FontFiles, Holder, ImageFile, Layout, Length, Logo, Pictures, PlaceholderSpec, Role, SchemeColour,
    ScriptFont, Size, Span, TableHead, Template, Theme, Tie,
)  # fmt: skip
KINDS = {each.__name__: each for each in MADE_OF}
"""What a theme is made of: nothing else is made of what was kept, whoever wrote it."""


@frozen
class ReadTheme:
    """A theme, where its fonts are sought, and what later builds may read of it; nothing if they may already."""

    theme: Theme
    path: Path
    house: House
    content: bytes = b""

    def keep(self) -> None:
        """Keep the theme for later; one that cannot be kept is read anew."""
        if self.content:
            with suppress(Failure):
                disk.write_atomically(self.path, self.content)


def read_theme(
    out: Path, key: str, *, spacious: bool = False, size: str = "", around: House | None = None
) -> ReadTheme:
    """Return the theme of a name or path, as it was kept below `out` if it still follows from the same files.

    These are sought in the house `around`, and the program is the same too. Raises Failure if there is no such theme,
    or with all that is wrong with it.
    """
    asked = ("theme", program_stamp(), out, key, spacious, size, around)
    return once(asked, lambda: _read_theme(out, key, spacious, size, around))


def _read_theme(out: Path, key: str, spacious: bool, size: str, around: House | None) -> ReadTheme:
    """Return the theme as it was kept, or as its files say it."""
    asked = places.asked_theme(key, around)
    own = own_families(asked.house)
    path = out / CACHE / _kept_name(asked.name, spacious, size)
    if theme := _kept(path, asked, own):
        return ReadTheme(theme, path, asked.house)
    from conceptdeck.reading.theme import load_theme

    names: dict[str, None] = {}

    def find(name: str) -> SourceText:
        names[name] = None
        return places.find_theme(name, asked.house)

    theme = load_theme(asked.name, find, places.theme_base(), spacious=spacious, own=own, size=size)
    return ReadTheme(theme, path, asked.house, _content(theme, names, asked, own))


def _kept_name(theme: str, spacious: bool, size: str) -> str:
    """Return the name of the file that keeps a theme as it was read in one way."""
    density = ".talk" if spacious else ""
    return f"theme-{theme}{density}{'.' + hashlib.sha256(size.encode()).hexdigest()[:8] if size else ''}.json"


def _content(theme: Theme, names: Iterable[str], asked: Asked, own: Mapping[str, FontFiles]) -> bytes:
    """Return what is kept of a theme that was read from files of these names, behind a digest of all that."""
    same = {"program": program(), "stamp": program_stamp()[1]}
    content = same | {"read": _digests(names, asked), "own": _plain(own), "theme": _plain(theme)}
    data = json.dumps(content, ensure_ascii=False).encode()
    return hashlib.sha256(data).hexdigest().encode() + b"\n" + data


def _kept(path: Path, asked: Asked, own: Mapping[str, FontFiles]) -> Theme | None:
    """Return the theme that was kept, None if there is none, it is damaged, or it would be another one today."""
    if not disk.is_file(path):
        return None
    with suppress(Failure, ValueError, LookupError, TypeError, AttributeError):
        digest, _, data = disk.read_bytes(path).partition(b"\n")
        if hashlib.sha256(data).hexdigest().encode() == digest:
            found = json.loads(data)
            same = is_this_program(found["program"], found.get("stamp"), path.stat().st_mtime_ns)
            if same and found["own"] == _plain(own) and found["read"] == _digests(found["read"], asked):
                theme = _made(found["theme"])
                return theme if isinstance(theme, Theme) else None
    return None


def _digests(names: Iterable[str], asked: Asked) -> dict[str, str]:
    """Return the digests of the files of themes, found as their reader finds them, and of the shipped base."""
    paths = {name: places.theme_path(name, asked.house) for name in names if name != BASE} | {BASE: places.base_path()}
    found = {path: hashlib.sha256(disk.read_bytes(path)).hexdigest() for path in paths.values()}
    return {name: found[path] for name, path in paths.items()}


def _plain(value: Any) -> Any:
    """Return a part of a theme as JSON has it: values and tuples are lists that begin with what they are."""
    if type(value) is tuple:
        return ["", *map(_plain, value)]
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if type(value) is Length:
        return [Length.__name__, int(value)]
    if type(value) in KINDS.values():
        held = value if isinstance(value, tuple) else (getattr(value, each.name) for each in fields(value))
        return [type(value).__name__, *map(_plain, held)]
    assert type(value) in (str, int, float, bool, type(None)), value
    return value


def _made(plain: Any) -> Any:
    """Return the part of a theme that JSON tells of."""
    if type(plain) is list:
        values = map(_made, plain[1:])
        return KINDS[plain[0]](*values) if plain[0] else tuple(values)
    if type(plain) is dict:
        return {name: _made(each) for name, each in plain.items()}
    return plain
