"""The room that a template leaves free: what slides may fill beside titles, logos, bars and footers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from conceptdeck.reading.imported.taste import Taste
from conceptdeck.values.layouts import TITLE_LINES
from conceptdeck.values.masters import Decoration, FoundHolder, FoundLayout, FoundMaster, Ground
from conceptdeck.values.units import Box, Length, Size, inches
from conceptdeck.values.value import frozen

__all__ = ["Area", "area_of", "standing"]

FOOT = ("dt", "ftr", "sldNum")
MOST = 120  # things that are kept clear of; the largest count
STANDARD = inches(13.3333333) * inches(7.5)  # square EMU of the slide that lengths are written for


@frozen
class Area:
    """Where titles and the body of slides stand."""

    title: Box
    content: Box


def standing(layout: FoundLayout, master: FoundMaster, size: Size, taste: Taste) -> tuple[FoundLayout, Box]:
    """Return a layout with the panel that its slides stand on as their ground, and where they may stand."""
    whole = Box(Length(0), Length(0), size.w, size.h)
    focus = body_of(layout, master) or title_of(layout)
    for each in layout.decorations:
        covers = each.box.w * each.box.h >= taste.room.panel * size.w * size.h
        if (
            covers
            and each.fill
            and not each.picture
            and focus
            and each.box.holds(Box(*focus.centre, Length(0), Length(0)))
        ):
            others = tuple(other for other in layout.decorations if other is not each and not other.box.holds(each.box))
            return replace(layout, ground=Ground(each.fill), decorations=others), _shared(each.box, whole)
    return layout, whole


def title_of(layout: FoundLayout) -> Box | None:
    """Return where the title of a layout stands."""
    found = layout.holder("title", "ctrTitle")
    return found.box if found else None


def body_of(layout: FoundLayout, master: FoundMaster) -> Box | None:
    """Return where the text of a layout stands, or of its master."""
    for each in (*layout.holders, *master.holders):
        if each.type in ("body", "obj") and each.box:
            return each.box
    return None


def area_of(layout: FoundLayout, master: FoundMaster, size: Size, taste: Taste) -> Area:
    """Return where titles and the body of slides on a layout stand."""
    scale = (size.w * size.h / STANDARD) ** 0.5
    air, edge = (round(inches(value) * scale) for value in (taste.room.air, taste.room.edge))
    layout, ground = standing(layout, master, size, taste)
    holder = layout.holder("title", "ctrTitle")
    body = body_of(layout, master)
    title = (holder.box if holder else None) or _title_band(ground, body, edge, air)
    frame = _frame(ground, holder, title, body, edge)
    if layout.ground.kind == "picture" and body:
        frame = _shared(frame, _around(title, body))
    things = [title, *(each.box for each in layout.holders if each.type in FOOT and each.box)]
    things += [each.box for each in layout.decorations if not _is_band_of(each, title)]
    things += [_joined(each.box, title) for each in layout.decorations if _is_band_of(each, title)]
    return Area(title, _largest(frame, [each.inset(-air) for each in things]))


def _is_band_of(thing: Decoration, title: Box) -> bool:
    """Tell whether a thing lies below a title, as a bar does that titles stand on."""
    return thing.box.holds(Box(*title.centre, Length(0), Length(0)))


def _joined(one: Box, other: Box) -> Box:
    return _around(one, other)


def _around(one: Box, other: Box) -> Box:
    """Return the smallest box with both in it."""
    x, y = min(one.x, other.x), min(one.y, other.y)
    return Box(x, y, Length(max(one.right, other.right) - x), Length(max(one.bottom, other.bottom) - y))


def _shared(one: Box, other: Box) -> Box:
    """Return what two boxes have in common; it is empty if they do not meet."""
    x, y = max(one.x, other.x), max(one.y, other.y)
    w, h = min(one.right, other.right) - x, min(one.bottom, other.bottom) - y
    return Box(x, y, Length(max(w, 0)), Length(max(h, 0)))


def _title_band(ground: Box, body: Box | None, edge: int, air: int) -> Box:
    """Return where titles stand that have no placeholder: above the text of the master, or at the top."""
    inner = ground.inset(edge)
    high = round(inner.h / 6)
    if body and body.y - air - inner.y >= high:
        high = body.y - air - inner.y
    return Box(inner.x, inner.y, inner.w, Length(high))


def _frame(ground: Box, holder: FoundHolder | None, title: Box, body: Box | None, edge: int) -> Box:
    """Return the box that the body of slides stays in: as wide as the words of titles, if these are wide."""
    inner = ground.inset(edge)
    left, right = title.x, title.right
    if holder:
        left, right = Length(title.x + holder.margins[0]), Length(title.right - holder.margins[2])
    if body and (right - left) < (body.w if body.w > title.w else 0):
        left, right = body.x, body.right
    if right - left < inner.w / TITLE_LINES:
        left, right = inner.x, inner.right
    left, right = max(left, ground.x), min(right, ground.right)
    return Box(Length(left), inner.y, Length(right - left), inner.h)


def _largest(frame: Box, things: Sequence[Box]) -> Box:
    """Return the largest box in a frame that no thing reaches into; the frame itself if there is none."""
    there = sorted((each for each in things if each.overlaps(frame)), key=lambda each: -each.w * each.h)[:MOST]
    xs, ys = (
        _edges(frame.x, frame.right, [(e.x, e.right) for e in there]),
        _edges(frame.y, frame.bottom, [(e.y, e.bottom) for e in there]),
    )
    heights = [0] * (len(xs) - 1)  # how many rows above are free in a column
    best, most = frame, -1
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            cell = Box(Length(left), Length(top), Length(right - left), Length(bottom - top))
            heights[column] = 0 if any(each.overlaps(cell) for each in there) else heights[column] + 1
        for first, last, rows in _spans(heights):
            y = ys[row + 1 - rows]
            box = Box(Length(xs[first]), Length(y), Length(xs[last + 1] - xs[first]), Length(bottom - y))
            if box.w * box.h > most:
                best, most = box, box.w * box.h
    return best


def _edges(start: int, end: int, spans: Iterable[tuple[int, int]]) -> list[int]:
    """Return the places from start to end at which something begins or ends."""
    return sorted({start, end, *(min(max(place, start), end) for span in spans for place in span)})


def _spans(heights: Sequence[int]) -> Iterable[tuple[int, int, int]]:
    """Yield the widest spans of columns that have some height in common: the first, the last and the height."""
    stack: list[tuple[int, int]] = []  # where a span begins, and its height
    for column, height in enumerate((*heights, 0)):
        start = column
        while stack and stack[-1][1] >= height:
            start, high = stack.pop()
            if high:
                yield start, column - 1, high
        stack.append((start, height))
