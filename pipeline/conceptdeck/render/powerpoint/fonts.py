"""Fonts that a deck carries along, in its list of them: where the list stands, and what it says."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.render.escape import escape
from conceptdeck.values.embedded import EmbeddedFont

__all__ = ["FONT_ENDING", "FONT_TYPE", "font_part", "with_fonts"]

FONT_ENDING = "fntdata"
FONT_TYPE = "application/x-fontdata"
ROOT, SIZES, LIST_END = "<p:presentation ", "<p:notesSz", "</p:embeddedFontLst>"
EMBEDS = 'embedTrueTypeFonts="1" '


def font_part(number: int) -> str:
    """Return the name of the part that holds a face."""
    return f"ppt/fonts/face{number}.{FONT_ENDING}"


def with_fonts(presentation: str, fonts: Sequence[EmbeddedFont], ids: Sequence[str]) -> str:
    """Return the presentation with fonts in its list of those that it carries; `ids` are those of relations to faces.

    A template of others may carry fonts already: its list goes on.
    """
    left = iter(ids)
    listed = "".join(_entry(font, [next(left) for _ in font.faces]) for font in fonts)
    if EMBEDS not in presentation:
        presentation = presentation.replace(ROOT, f"{ROOT}{EMBEDS}", 1)
    if LIST_END in presentation:
        return presentation.replace(LIST_END, f"{listed}{LIST_END}", 1)
    before, sizes, after = presentation.partition(SIZES)
    size, end, after = after.partition("/>")
    return f"{before}{sizes}{size}{end}<p:embeddedFontLst>{listed}{LIST_END}{after}"


def _entry(font: EmbeddedFont, ids: Sequence[str]) -> str:
    """Return a font's entry in the list (CT_EmbeddedFontListEntry)."""
    faces = "".join(f'<p:{style} r:id="{id_}"/>' for style, id_ in zip(font.faces, ids, strict=True))
    named = f'<p:font typeface="{escape(font.family)}" panose="{font.panose}"/>'
    return f"<p:embeddedFont>{named}{faces}</p:embeddedFont>"
