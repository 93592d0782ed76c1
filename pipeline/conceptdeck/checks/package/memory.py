"""What a deck remembers of its making, read back: whole, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from conceptdeck.checks.package.opened import Part
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.memory import DIGEST, MEMORY
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["MEMORY_TAG", "damaged_memory", "remembered_text"]

MEMORY_TAG = f"{{{MEMORY}}}memory"

DAMAGED_MEMORY = Rule(
    "damaged-memory", "package", ERROR, "a deck that no longer knows how it was built", WARNING
).because("""
    A deck remembers the texts that it was built with, and a digest of them, so that edits can be told and taken
    home. This part was changed: nothing is taken from the deck. Build it again.
""")


def remembered_text(part: Part) -> str | None:
    """Return what a part remembers, None if its digest says that somebody has changed it."""
    text = part.root.text or ""
    return text if hashlib.sha256(text.encode()).hexdigest() == part.root.get(DIGEST) else None


def damaged_memory(part: Part) -> Iterator[Diagnostic]:
    """Find a part that remembers something else than was built."""
    if part.root.tag == MEMORY_TAG and remembered_text(part) is None:
        yield part.finding(DAMAGED_MEMORY, "what the deck remembers of its making was changed")
