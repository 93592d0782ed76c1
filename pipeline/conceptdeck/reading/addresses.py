"""Addresses that a map leads to: on slides and in pictures, and in codes that phones read."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from conceptdeck.reading.fields import FLAGS, At, FieldReader
from conceptdeck.reading.rules import BAD_LINK
from conceptdeck.reading.source import Node, Scalar
from conceptdeck.values.characters import is_blank, quoted
from conceptdeck.values.text import Link, Qr

__all__ = ["is_link", "link_of", "qr_of"]


def link_of(node: Node, at: At, reader: FieldReader, meant: str = "an address") -> Link | None:
    """Return an address with one of the schemes that are allowed."""
    if not isinstance(node, Scalar) or is_blank(node.value):
        reader.not_text(node, at, meant)
        return None
    if not is_link(node.value):
        message = f"{quoted(node.value)} is not an address that can be followed"
        hints = ["start it with https://, http:// or mailto:, and write spaces as %20"]
        reader.findings.error(BAD_LINK, message, node.span, hints=hints)
    return Link(node.value, node.span)


def qr_of(node: Node, at: At, reader: FieldReader) -> Qr | None:
    """Return where a code leads: an address, or the deck's own for `true`; there is no code for `false`."""
    if isinstance(node, Scalar) and (flag := FLAGS.get(node.value.casefold())) is not None:
        return Qr("", node.span) if flag else None
    link = link_of(node, at, reader, "an address, or `true`")
    return Qr(link.url, link.span) if link else None


def is_link(text: str) -> bool:
    """Tell whether `text` is an address that is safe to write into a deck."""
    if not text.isprintable() or re.search(r'[\s<>"\\`]', text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path.strip("@")
    return parts.scheme in ("https", "http") and bool(parts.hostname)
