"""Margins that keep line breaks where they were computed, whatever program draws the text.

A text breaks the same way at any width between its longest line and the shortest line that one more word would make.
The box is left as it is; margins bring the text to the middle of that range, as far as possible from both ends.

Lines are chosen so that there is such a width. Only headings in Chinese and Japanese may be broken between phrases
where no width would do it: they get line breaks of their own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import assert_never

from conceptdeck.typeset.addresses import BREAK, address_breaks
from conceptdeck.typeset.breaks import is_phrased
from conceptdeck.values.frame import (
    Cell,
    Chart,
    Connector,
    Frame,
    Item,
    Paragraph,
    Picture,
    Route,
    Run,
    Shape,
    Sign,
    Table,
    TextBody,
)
from conceptdeck.values.presets import text_area
from conceptdeck.values.text import stretches_between
from conceptdeck.values.units import Length

__all__ = ["with_margins"]

SIGNED = "++"  # what some programs break a word in
MOST_BROKEN = 5  # lines: what is longer is read as running text


Hold = Callable[[Sequence[Paragraph], int], Sequence[Paragraph] | None]


def with_margins(frame: Frame, hold: Hold) -> Frame:
    """Return the frame with every text held to the lines it was set in.

    Paragraphs that share a box are broken anew by `hold`, within a width, if no width holds all of them.
    """
    return replace(frame, items=tuple(_held(item, hold, frame.language) for item in frame.items))


def _held(item: Item, hold: Hold, language: str) -> Item:
    match item:
        case Shape():
            return _held_shape(item, hold, language)
        case Table():
            widths = [width for _, width in item.columns]
            return replace(item, rows=tuple(replace(row, cells=_cells(row.cells, widths)) for row in item.rows))
        case Connector() | Route() | Picture() | Sign() | Chart():
            return item
        case _:
            assert_never(item)


def _held_shape(item: Shape, hold: Hold, language: str) -> Shape:
    if item.text is None:
        return item
    radius = round(dict(item.adjust).get("adj", 0) * min(item.box.w, item.box.h) / 100_000)
    width = text_area(item.preset, item.box, radius).w
    phrased = any(is_phrased(paragraph.language or language) for paragraph in item.text.paragraphs)
    body = _parted(_body(_together(item.text, width, hold), width, phrased=phrased))
    return item if body is item.text else replace(item, text=body)


def _cells(cells: Sequence[Cell], widths: Sequence[Length]) -> tuple[Cell, ...]:
    return tuple(
        replace(cell, body=_parted(_body(cell.body, width))) for cell, width in zip(cells, widths, strict=True)
    )


def _parted(body: TextBody) -> TextBody:
    """Return the text with signs where programs would break lines elsewhere: within addresses, and before C++."""
    if any(address_breaks(paragraph.text) for paragraph in body.paragraphs):
        body = replace(body, paragraphs=tuple(map(_with_breaks, body.paragraphs)))
    if any(SIGNED in line for paragraph in body.paragraphs for line in paragraph.lines[1:]):
        body = replace(body, paragraphs=tuple(map(_with_turns, body.paragraphs)))
    return body


def _with_breaks(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph with the sign at the end of each line that ends within an address."""
    ends = {start + len(line) for start, line in _placed(paragraph)}
    return _with_signs(paragraph, ends & address_breaks(paragraph.text), BREAK)


def _with_turns(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph with a break of its own before each line that begins with a word such as C++.

    LibreOffice would part the word after its first sign, if that much has room on the line before.
    """
    if "\n" in paragraph.text:
        return paragraph
    starts = {start for start, line in _placed(paragraph) if start and SIGNED in line.split(" ", 1)[0]}
    return _with_signs(paragraph, starts, "\n")


def _placed(paragraph: Paragraph) -> Iterator[tuple[int, str]]:
    """Yield the lines of a paragraph, each with where it starts in its text."""
    text, end = paragraph.text, 0
    for line in paragraph.lines:
        start = text.index(line, end)
        end = start + len(line)
        yield start, line


def _with_signs(paragraph: Paragraph, places: Collection[int], sign: str) -> Paragraph:
    """Return a paragraph with a sign at some places of its text."""
    runs: list[Run] = []
    at = 0
    for run in paragraph.runs:
        own = sorted(place - at for place in places if at < place <= at + len(run.text))
        parts = [run.text[start:stop] for start, stop in pairwise((0, *own, len(run.text)))]
        runs += _signed(run, sign.join(parts), sign) if own else (run,)
        at += len(run.text)
    return replace(paragraph, runs=tuple(runs))


def _together(body: TextBody, width: int, hold: Hold) -> TextBody:
    """Return the text with paragraphs that one width holds."""
    forced = any(paragraph.reach == 0 for paragraph in body.paragraphs)  # it gets line breaks of its own
    if len(body.paragraphs) < 2 or forced or _is_holdable(body.paragraphs):
        return body
    paragraphs = hold(body.paragraphs, width - body.margins[0] - body.margins[2])
    return replace(body, paragraphs=tuple(paragraphs)) if paragraphs else body


def _body(body: TextBody, width: int, *, phrased: bool = False) -> TextBody:
    """Return the text with what its box is too wide taken off on the side that the lines leave free."""
    left, top, right, bottom = body.margins
    if phrased and not _is_holdable(body.paragraphs):
        return replace(body, paragraphs=tuple(map(_broken, body.paragraphs)))
    surplus = width - left - right - _surest_width(body.paragraphs, width - left - right)
    if surplus <= 0:
        return body
    align = body.paragraphs[0].align
    shares = {"l": (0, surplus), "r": (surplus, 0)}.get(align, (surplus // 2, surplus - surplus // 2))
    return replace(body, margins=(left + shares[0], top, right + shares[1], bottom))


def _broken(paragraph: Paragraph) -> Paragraph:
    """Return a heading with its lines broken by themselves, any other paragraph as it is."""
    heading = paragraph.runs and all(run.major or run.bold for run in paragraph.runs)
    short = len(paragraph.lines) <= MOST_BROKEN
    if not (heading and short):
        return paragraph
    if len(paragraph.runs) == 1:
        return replace(paragraph, runs=(replace(paragraph.runs[0], text="\n".join(paragraph.lines)),))
    return replace(paragraph, runs=tuple(_runs_by_line(paragraph)))


def _runs_by_line(paragraph: Paragraph) -> Iterator[Run]:
    """Yield the runs of each line, the last of a line with the break at its end."""
    text, end = paragraph.text, 0
    for number, line in enumerate(paragraph.lines, start=1):
        start = text.index(line, end)
        end = start + len(line)
        made = [replace(run, text=part) for run, part in stretches_between(paragraph.runs, start, end)]
        yield from made[:-1]
        mark = "\n" if number < len(paragraph.lines) else ""
        for run in made[-1:]:
            yield from _signed(run, run.text + mark, mark) if mark else (run,)


def _signed(run: Run, text: str, sign: str) -> tuple[Run, ...]:
    """Return a run with a text that has a sign; of a formula, that stands after it."""
    return (run, replace(run, text=sign, formula=None)) if run.formula else (replace(run, text=text),)


def _is_holdable(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether there is a width at which all lines break as computed."""
    return _least_reach(paragraphs) > _longest(paragraphs)


def _surest_width(paragraphs: Sequence[Paragraph], width: int) -> int:
    """Return the width at which the lines are surest to break as computed, `width` at most."""
    reach, longest = _least_reach(paragraphs), _longest(paragraphs)
    if math.isinf(reach) or reach <= longest:
        return width
    return min(width, (longest + int(reach)) // 2)


def _least_reach(paragraphs: Sequence[Paragraph]) -> float:
    """Return the least width at which another word would fit on a line."""
    return min((paragraph.reach for paragraph in paragraphs if paragraph.reach is not None), default=math.inf)


def _longest(paragraphs: Sequence[Paragraph]) -> int:
    """Return the width of the longest line."""
    return max((paragraph.extent for paragraph in paragraphs), default=0)
