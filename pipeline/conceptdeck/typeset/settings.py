"""Texts as they are set at one size: the lines, and the room they take."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.typeset.breaks import (
    is_lone,
    is_phrased,
)
from conceptdeck.typeset.paragraphs import Line, Paragraph
from conceptdeck.typeset.widths import ORPHAN_SHARE, SAFETY, WIDELY, Held, ends_short, least_reaches, sure_kind
from conceptdeck.values.hyphens import Mark
from conceptdeck.values.units import EMU_PER_POINT, Length, points
from conceptdeck.values.value import frozen

__all__ = [
    "SHORT",
    "Setting",
    "as_set",
    "box_width",
    "evened",
    "has_orphan",
    "has_stub",
    "is_worth_it",
    "least_split",
    "set_freely",
]

SHORT = 3  # lines: what is longer is read as running text
STUB_LINES = 2
STUB_SHARE = 0.34  # of the letters of the second line: what the first one should have if it is one word
LONGEST_HEADING = 5  # lines that may have breaks of their own


@frozen
class Setting:
    """A text set at one size: its line pitch, its lines, and the room they take.

    `tail` is the width of the last line if its paragraph wraps, else None. `reach` is the least width at which some
    program would put more on a line, None if nothing wraps. It is `split` if a word had no line of its own, `loose` if
    no width is sure to hold the lines in all programs or running text breaks a word, and `forced` if no width holds
    them in any: they need breaks of their own. `marks` are what was put into words that are wider than the line.
    """

    size_pt: float
    leading: Length
    lines: tuple[str, ...]
    width: Length
    height: Length
    tail: Length | None = None
    reach: Length | None = None
    split: bool = False
    loose: bool = False
    forced: bool = False
    marks: tuple[Mark, ...] = ()


def least_split(trials: Sequence[Setting], width: Length, lang: str) -> Setting:
    """Return the first that splits no word, else the first that leaves no character alone, else the first."""
    whole = (trial for trial in trials if not trial.split)
    full = (trial for trial in trials if not has_orphan(trial, width, lang))
    return next(whole, None) or next(full, trials[0])


def has_orphan(setting: Setting, width: Length, lang: str) -> bool:
    """Tell whether a wrapped text ends in too short a line.

    Too short is less than a fifth of `width`, and in Chinese and Japanese a single character, or two narrow ones.
    """
    if setting.tail is None:
        return False
    if not is_phrased(lang):
        return setting.tail < ORPHAN_SHARE * width
    return is_lone(setting.lines[-1])


def has_stub(setting: Setting) -> bool:
    """Tell whether the first of two lines is one short word: an article, above the name that it belongs to."""
    if len(setting.lines) != STUB_LINES or setting.tail is None:
        return False
    first, last = setting.lines
    return " " not in first.strip() and len(first.strip()) < STUB_SHARE * len(last)


def set_freely(
    paragraphs: Sequence[Paragraph], size: float, leading: float, width: Length, *, balanced: bool = False
) -> Setting | None:
    """Set paragraphs with line breaks wherever a reader likes them best; None if a word is wider than `width`."""
    limit = width * SAFETY / (size * EMU_PER_POINT)
    lines = [evened(each, limit, balanced=balanced) for each in paragraphs]
    broken = [each for each in lines if each is not None]
    if len(broken) < len(lines):
        return None
    split = any(each.is_split(limit) for each in paragraphs)
    return replace(as_set(broken, size, leading, split=split), loose=False)


def evened(paragraph: Paragraph, limit: float, *, balanced: bool) -> tuple[Line, ...] | None:
    """Break a paragraph into as few lines of at most `limit` ems as can be, none of them nearly empty if that can be.

    If they shall be `balanced` they are about as long as each other. None if a word is wider.
    """
    found = paragraph.lines(limit)
    if found is None or len(found) < 2 or not (balanced or ends_short(found)):
        return found
    best, trial = found, paragraph.narrower(found, limit)
    while trial and (balanced or ends_short(best)):
        if ends_short(best) or not ends_short(trial):
            best = trial
        trial = paragraph.narrower(trial, limit)
    return found if ends_short(best) and not balanced else best


def is_worth_it(count: int, held: Held) -> bool:
    """Tell whether a heading may have `count` lines with breaks of its own: one more only if that spares a word."""
    return count <= LONGEST_HEADING and (count == len(held.lines[0]) or held.splits > 0)


def as_set(
    paragraphs: Sequence[Sequence[Line]], size: float, leading: float, *, split: bool = False, loose: bool = False
) -> Setting:
    """Return broken paragraphs as set at `size`; they are `loose` if they are said to be, or no width holds them."""
    lines = [line for paragraph in paragraphs for line in paragraph]
    pitch = points(round(size * leading, 1))
    tail = _extent(lines[-1].width, size) if paragraphs and len(paragraphs[-1]) > 1 else None
    widest = max((line.width for line in lines), default=0.0)
    reaches = least_reaches((line, 1.0) for line in lines)
    kind = sure_kind(reaches, widest)
    reach = reaches[min(kind, len(reaches) - 1)]
    return Setting(
        size_pt=size,
        leading=pitch,
        lines=tuple(line.text for line in lines),
        width=_extent(widest, size),
        height=Length(pitch * len(lines)),
        tail=tail,
        reach=None if math.isinf(reach) else _extent(reach, size),
        split=split,
        loose=loose or kind == len(reaches) or 0 < kind == len(reaches) - 1 < WIDELY - 1,
    )


def _extent(ems: float, size: float) -> Length:
    """Return `ems` at `size` as a length, rounded up."""
    return Length(math.ceil(ems * size * EMU_PER_POINT))


def box_width(ems: float, size: float) -> Length:
    """Return the least width of a box whose usable width is `ems` at `size`."""
    return Length(math.floor(ems * size * EMU_PER_POINT / SAFETY) + 1)
