"""Text as XML holds it."""

from __future__ import annotations

from conceptdeck.values.regex import regex

__all__ = ["address", "escape"]

ILLEGAL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


SPECIAL = regex(f'[&<>"\t\n\r{ILLEGAL.pattern[1:]}')


UNWRITABLE = regex(r"""[\x00-\x20\x7f<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})""")


ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def escape(text: str) -> str:
    """Return `text` for an element or a double-quoted attribute; characters that XML forbids are a fault upstream."""
    if not SPECIAL.search(text):
        return text
    if ILLEGAL.search(text):
        raise ValueError(f"text with a character that XML cannot hold: {text!r}")
    for special, escaped in ESCAPES.items():  # the ampersand first; `translate` takes ten times as long
        text = text.replace(special, escaped)
    return text


def address(url: str) -> str:
    """Return an address as a URI: what none may have is written as %20 and the like."""
    return UNWRITABLE.sub(lambda found: f"%{ord(found[0]):02X}", url)
