"""Fonts that a deck carries along: what of them is in its package, and who made them."""

from __future__ import annotations

from collections.abc import Mapping

from conceptdeck.values.value import frozen

__all__ = ["STYLES", "EmbeddedFont", "style_of"]

STYLES = ("regular", "bold", "italic", "boldItalic")  # in the order of CT_EmbeddedFontListEntry


@frozen
class EmbeddedFont:
    """A family within a deck: the name that the deck calls it by, its kind, its faces by style, and its makers' words.

    `panose` are the ten bytes that describe how it looks, in hexadecimal. `faces` are Embedded OpenType.
    """

    family: str
    panose: str
    faces: Mapping[str, bytes]
    notices: Mapping[str, str]


def style_of(*, bold: bool, italic: bool) -> str:
    """Return the name of a style as decks have it."""
    return STYLES[bold + 2 * italic]
