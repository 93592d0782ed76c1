"""Texts of pages that run against the language around them."""

from __future__ import annotations

from conceptdeck.render.escape import escape
from conceptdeck.values.languages import is_rtl, runs_rtl

__all__ = ["directed"]


def directed(text: str, language: str) -> str:
    """Return a text as HTML, within an element whose direction is that of `language`.

    A text that runs the other way says so, and keeps its marks at its own ends. It stays on the side of its paragraph,
    as on slides.
    """
    turned = runs_rtl(text, language)
    if turned == is_rtl(language):
        return escape(text)
    return f'<bdi dir="{"rtl" if turned else "ltr"}">{escape(text)}</bdi>'
