"""Sentences of a text, by Unicode rules (UAX #29)."""

from __future__ import annotations

from unicode_segmentation_rs import unicode_sentences

__all__ = ["sentences"]


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of `text` without the spaces between them."""
    return tuple(part.strip() for part in unicode_sentences(text) if part.strip()) or (text,)
