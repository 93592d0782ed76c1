"""The room that a template leaves free: what slides may fill beside titles, logos, bars and footers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise

from conceptdeck.reading.imported.taste import Taste
from conceptdeck.values.masters import Decoration, FoundHolder, FoundLayout, FoundMaster, Ground
from conceptdeck.values.units import Box, Length, Size, inches
from conceptdeck.values.value import frozen

__all__ = ["Area", "area_of", "standing"]

TEXTS = ("body", "obj")
FOOT = ("dt", "ftr", "sldNum")
MOST = 120  # things that are kept clear of; the largest count
STANDARD = inches(13.3333333) * inches(7.5)  # square EMU of the slide that lengths are written for


@frozen
class Area:
    """Where titles and the body of slides stand, and whether nothing at all lies below."""

    title: Box
    content: Box
    clear: bool = True


def standing(layout: FoundLayout, master: FoundMaster, size: Size, taste: Taste) -> tuple[FoundLayout, Box]:
    """Return a layout with the panel that its slides stand on as their ground, and where they may stand.

    Large things that lie below texts and titles alike are no furniture to keep clear of.
    """
    whole = Box(Length(0), Length(0), size.w, size.h)
    focus = body_of(layout, master) or title_of(layout)
    below = [each for each in layout.decorations if focus and _lies_below(each.box, focus, size, taste)]
    rest = tuple(each for each in layout.decorations if each not in below)
    ground, room = layout.ground, whole
    for each in below:
        if each.kind == "picture":
            ground = Ground(ground.shade, each.kind)
        elif each.fill and each.rectangle:
            ground, room = Ground(each.fill, each.kind), _shared(each.box, whole)
    return replace(layout, ground=ground, decorations=rest), room


def _lies_below(thing: Box, focus: Box, size: Size, taste: Taste) -> bool:
    """Tell whether a thing is large and has the middle of what it is asked about on it."""
    middle = Box(*focus.centre, Length(0), Length(0))
    return thing.w * thing.h >= taste.room.panel * size.w * size.h and thing.holds(middle)


def title_of(layout: FoundLayout) -> Box | None:
    """Return where the title of a layout stands."""
    found = layout.holder("title", "ctrTitle")
    return found.box if found else None


def body_of(layout: FoundLayout, master: FoundMaster) -> Box | None:
    """Return where the texts of a layout stand; without any, the largest room for them on its master or its layouts."""
    own = _texts_of(layout.holders)
    if own:
        return own
    others = map(_texts_of, (master.holders, *(each.holders for each in master.layouts)))
    return max(filter(None, others), key=lambda each: each.w * each.h, default=None)


def _texts_of(holders: Iterable[FoundHolder]) -> Box | None:
    """Return the smallest box with all texts in it."""
    boxes = [each.box for each in holders if each.type in TEXTS and each.box]
    return reduce(_around, boxes) if boxes else None


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
    feet = [each.box for each in layout.holders if each.type in FOOT and each.box]
    found = _clear_of((title, *feet, *_furniture(layout, title)), frame, air)
    if body and found.w * found.h < taste.room.art * body.w * body.h:  # what lies below texts there is art
        beside = [each for each in _furniture(layout, title) if not each.overlaps(body)]
        return Area(title, _clear_of((title, *feet, *beside), frame, air), clear=False)
    return Area(title, found)


def _furniture(layout: FoundLayout, title: Box) -> list[Box]:
    """Return the boxes of what is no placeholder; a bar that titles stand on goes with them."""
    return [_around(each.box, title) if _is_band_of(each, title) else each.box for each in layout.decorations]


def _clear_of(things: Iterable[Box], frame: Box, air: int) -> Box:
    """Return the largest box in a frame that keeps clear of things, with air around them."""
    return _largest(frame, [each.inset(-air) for each in things])


def _is_band_of(thing: Decoration, title: Box) -> bool:
    """Tell whether a thing lies below a title, as a bar does that titles stand on."""
    return thing.box.holds(Box(*title.centre, Length(0), Length(0)))


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
    if right - left < inner.w / 2:
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
