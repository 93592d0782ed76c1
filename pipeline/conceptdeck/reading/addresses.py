"""Addresses that are safe to write into a deck."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = ["is_link"]


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
