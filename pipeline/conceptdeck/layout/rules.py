"""Rules that several modules report, from the room `layout` up."""

from __future__ import annotations

from conceptdeck.values.rules import ERROR, Rule

__all__ = [
    "ENGINE_FAILED",
    "TEXT_OVERFLOW",
]

ENGINE_FAILED = Rule("engine-failed", "theme and files", ERROR, "Graphviz refused the graph").because("""
    Please report the map that did it.
""")

TEXT_OVERFLOW = Rule("text-overflow", "frames", ERROR, "text larger than the room it has").because("""
    PowerPoint shrinks text only when somebody edits it, so what overflows is shown overflowing. Shorten the text.
""")
