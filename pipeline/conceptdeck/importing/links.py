"""Addresses in files of other programs."""

from __future__ import annotations

from conceptdeck.reading.addresses import is_link

__all__ = ["is_address"]

LONGEST = 2000


def is_address(text: str) -> bool:
    """Tell whether a text is an address that a map may have as a link."""
    return ":" in text and len(text) <= LONGEST and is_link(text)
