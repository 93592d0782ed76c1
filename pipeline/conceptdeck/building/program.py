"""The program itself: a digest of it tells whether another version would make something else."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from conceptdeck import __version__
from conceptdeck.workspace import disk, places, stamps

__all__ = ["belongs_to_program", "is_this_program", "program", "program_stamp", "sources_digest"]

CODE = (".py", ".po", ".html", ".css", ".js", ".dic")


_known: dict[str, str] = {}  # the digest of the program by its stamp


def program() -> str:
    """Return a digest of the program: its version, its sources, and the versions of the libraries it stands on."""
    _, stamp = program_stamp()  # before its files are read
    if stamp not in _known:
        _known[stamp] = _digest()
    return _known[stamp]


def sources_digest() -> hashlib._Hash:
    """Return a digest of the program's version and sources, to which more may be added."""
    digest = hashlib.sha256(__version__.encode())
    for path, content in sorted(disk.files_below(places.PACKAGE, CODE)):
        digest.update(path.encode() + content)
    return digest


def _digest() -> str:
    digest = sources_digest()
    digest.update(_libraries().encode())
    return digest.hexdigest()


@cache
def program_stamp() -> tuple[int, str]:
    """Return the time of the last change of the program's files, and a digest of how they and the libraries stand."""
    found = disk.stamps_below(places.PACKAGE, CODE)
    newest = max((stamp[2] for _, stamp in found), default=0)
    return newest, hashlib.sha256(f"{sorted(found)}\n{_libraries()}".encode()).hexdigest()


def is_this_program(version: str, stamp: object, kept_at: int) -> bool:
    """Tell whether a digest is that of this program; a stamp that was kept with it at a time may tell it sooner.

    Then `program` need not read the files either.
    """
    newest, now = program_stamp()
    if stamp == now and stamps.is_settled(kept_at, newest):
        _known.setdefault(now, version)
        return True
    return version == program()


def belongs_to_program(path: Path) -> bool:
    """Tell whether a file belongs to what `program` covers."""
    inside = path.is_relative_to(places.PACKAGE) and path.suffix in CODE
    return inside or path.is_relative_to(places.libraries())


@cache
def _libraries() -> str:
    return "\n".join(sorted(name for name in disk.names(places.libraries()) if name.endswith(".dist-info")))
