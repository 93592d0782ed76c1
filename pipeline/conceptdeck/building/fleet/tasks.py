"""What a fleet does: a task is one map in all the languages and themes that are asked for, a row what came of a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cache
from importlib import metadata

from conceptdeck.building.jobs import DeckJob, DiagramsJob
from conceptdeck.building.program import sources_digest
from conceptdeck.values.regex import regex
from conceptdeck.values.value import frozen

__all__ = ["ALL", "BUILT", "CURRENT", "FAILED", "KEPT", "Order", "Row", "Task", "program"]

ALL = "all"  # every language that a map has
BUILT, CURRENT, KEPT, FAILED = "built", "current", "kept", "failed"
NAME = regex(r"[A-Za-z0-9._-]+")


@frozen
class Order:
    """What is wanted of every map: its decks and its pictures as jobs whose map is filled in, and where they go.

    `here` is the folder that relative paths and the project start from, `run` tells one run from another.
    """

    out: str
    deck: DeckJob | None
    diagrams: DiagramsJob | None
    themes: tuple[str, ...]
    locales: tuple[str, ...] = ()
    force: bool = False
    here: str = ""
    program: str = ""
    run: str = ""


@frozen
class Task:
    """One map: the address of its file, that of the folder its project is sought in, and its place below the output."""

    order: Order
    source: str
    root: str
    place: str


@frozen
class Row:
    """What came of a job: files by name with their digests, and what is wrong, in sentences and in codes of rules.

    `cost` is what it took of a processor, in seconds.
    """

    source: str
    place: str
    kind: str
    locale: str
    theme: str
    state: str
    outputs: Mapping[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    cost: float = 0.0


@cache
def program() -> str:
    """Return a digest of what makes the same bytes on every machine: our sources, and the libraries that we require.

    Other libraries may be there or not: a cluster need not look like the machine that gives it work.
    """
    digest = sources_digest()
    for required in sorted(metadata.requires("conceptdeck") or ()):
        if "extra ==" not in required and (found := NAME.match(required)):
            digest.update(f"{found[0]} {metadata.version(found[0])}\n".encode())
    return digest.hexdigest()
