"""Rules that several modules report, from the room `layout` up."""

from __future__ import annotations

from conceptdeck.values.rules import ERROR, Rule

__all__ = [
    "ENGINE_FAILED",
    "QR_NO_ROOM",
    "QR_TOO_LONG",
    "TEXT_OVERFLOW",
]

ENGINE_FAILED = Rule("engine-failed", "theme and files", ERROR, "Graphviz refused the graph").because("""
    Please report the map that did it.
""")

QR_NO_ROOM = Rule("qr-no-room", "frames", ERROR, "a slide of a template without room for a code").because("""
    On the cover of somebody else's template a code takes a corner that the texts leave free. Leave out `qr` on that
    slide, shorten its texts, or tie the cover to another layout of the template.
""")

QR_TOO_LONG = Rule("qr-too-long", "frames", ERROR, "an address too long for its code").because("""
    The longer an address is, the more and the smaller are the squares of its code. A camera reads what is wide enough
    for its distance: a code from about ten times its width, from twice as far if it enlarges. Smaller squares than the
    theme's `qr-module` are read from the first rows only. Use a shorter address.
""")

TEXT_OVERFLOW = Rule("text-overflow", "frames", ERROR, "text larger than the room it has").because("""
    PowerPoint shrinks text only when somebody edits it, so what overflows is shown overflowing. Shorten the text.
""")
