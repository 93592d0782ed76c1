"""Texts of a deck set again, as programs set them: how high and how wide they become in their shapes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from conceptdeck.checks.package.holders import number
from conceptdeck.checks.package.looks import Looks, Piece, Standing
from conceptdeck.checks.package.opened import Element
from conceptdeck.checks.package.schema import qualified
from conceptdeck.typeset.breaks import possible_breaks

__all__ = ["Measure", "Setting", "set_height"]

EMU_PER_POINT = 12_700
PITCH = 1.2  # of the size, where a font is not known any better
SLACK = 1.02  # of a line: what may stand beyond it before it breaks
MOST_LETTERS = 20_000
WHOLE = 100_000  # thousandths of a percent
MARGINS = (("lIns", 91_440), ("rIns", 91_440))


class Measure(Protocol):
    """How wide a text is in ems, in the font of a name or in one that is narrow."""

    def __call__(self, text: str, font: str, *, bold: bool) -> float:
        """Return the width."""
        ...


class Setting(NamedTuple):
    """A text as it is set, in EMU: its height, that of a line, the width of its longest line, and where it stands."""

    whole: float
    line: float
    width: float
    align: str


def set_height(looks: Looks, standing: Standing) -> Setting | None:
    """Return how high and wide a text is set in its shape; None if it is set in a way that is not read."""
    measure = looks.part.deck.measure
    if measure is None or standing.body("vert", "horz") != "horz" or standing.body("numCol", "1") != "1":
        return None
    room = standing.box.w - sum(_number(standing.body(name), usual) for name, usual in MARGINS)
    flows = standing.body("wrap", "square") != "none"
    whole, line, width, align, letters = 0.0, 0.0, 0.0, "", 0
    for paragraph, pieces in looks.paragraphs(standing):
        levels = looks.levels(standing, paragraph)
        letters += sum(len(each.text) for each in pieces)
        if letters > MOST_LETTERS or (flows and room <= 0):
            return None
        indent = max(0, next((number(each, "marL") for each in levels if each.get("marL")), 0))
        lines = [*_lines(pieces, (room - indent) if flows else float("inf"), measure)]
        size = max((each.size for each in pieces), default=line / EMU_PER_POINT / PITCH or 18.0) * EMU_PER_POINT
        pitch = _spacing(levels, "lnSpc", size * PITCH, size * PITCH)
        whole += pitch * max(1, len(lines))
        whole += _spacing(levels, "spcBef", 0.0, size) * bool(line) + _spacing(levels, "spcAft", 0.0, size)
        line, width = max(line, pitch), max(width, *lines, indent)
        align = align or next((each.get("algn", "") for each in levels if each.get("algn")), "l")
    return Setting(whole, line, min(width, room) if flows else width, align) if whole else None


def _lines(pieces: list[Piece], room: float, measure: Measure) -> Iterator[float]:
    """Yield the widths of a paragraph's lines."""
    width = 0.0
    for word, piece in _words(pieces):
        if word == "\n":
            yield width
            width = 0.0
            continue
        wide = measure(word.rstrip(), piece.font, bold=piece.bold) * piece.size * EMU_PER_POINT
        full = measure(word, piece.font, bold=piece.bold) * piece.size * EMU_PER_POINT
        if width and width + wide > room * SLACK:
            yield width
            width = 0.0
        width += full
    yield width


def _words(pieces: list[Piece]) -> Iterator[tuple[str, Piece]]:
    for piece in pieces:
        last = 0
        if piece.text == "\n":
            yield piece.text, piece
            continue
        for at in (*possible_breaks(piece.text, piece.lang), len(piece.text)):
            if at > last:
                yield piece.text[last:at], piece
                last = at


def _spacing(levels: list[Element], name: str, usual: float, base: float) -> float:
    """Return a distance that styles say in points, or in percent of a `base`."""
    for each in levels:
        found = each.find(qualified(f"a:{name}"))
        for child in () if found is None else found.iterchildren("*"):
            value = number(child, "val")
            return value / 100 * EMU_PER_POINT if child.tag.endswith("}spcPts") else value / WHOLE * base
    return usual


def _number(text: str, usual: int) -> int:
    return int(text) if text.lstrip("-").isdigit() and len(text) < 12 else usual
