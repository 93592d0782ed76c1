"""Codes that phones read: one dark shape of squares on a light ground, and the address beside it.

How large a square is on a slide follows from how far a camera reads it. The rule of thumb is ten to one: a code is read
from ten times its width, which is meant for small codes, of some 25 squares across. Phones enlarge twice without loss,
which makes it twenty to one. The last row sits about six heights of the screen away: a code of a third of the height is
read from there. The boxes in the theme follow from that, and its `qr-module` is the least side of a square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

import segno
from segno.encoder import DataOverflowError

from conceptdeck.layout.desk import PLAIN_TEXT, Desk, TextLook
from conceptdeck.layout.rules import QR_NO_ROOM, QR_TOO_LONG
from conceptdeck.values.colour import contrast
from conceptdeck.values.diagnostics import OfText
from conceptdeck.values.frame import Fill, Item, Shape, Sign
from conceptdeck.values.icons import GRID, Drawn, Segment
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Qr, Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length, points

__all__ = ["QUIET", "at_home", "clear_of_corner", "loops", "qr_beside", "qr_in_corner", "squares", "with_room_for_qr"]

QUIET = 4  # squares that stay light on each side (ISO/IEC 18004)
SCHEME = "https://"
Corner = tuple[int, int]


def with_room_for_qr(layout: Layout) -> Layout:
    """Return a layout whose placeholders leave room for a code: they stand where its boxes say so.

    A code is as wide as its box is high, where that is less; what stands beside it then comes nearer.
    """
    code = layout.boxes["qr"]
    narrower = max(0, code.w - code.h)

    def place(box: Box) -> Box:
        near = narrower if box.x >= code.right else 0
        return Box(Length(box.x - near), box.y, Length(box.w + near), box.h)

    moved = {
        name: replace(spec, box=place(layout.boxes[f"qr-{name}"]), room=None)
        for name, spec in layout.placeholders.items()
        if f"qr-{name}" in layout.boxes
    }
    return replace(layout, placeholders={**layout.placeholders, **moved})


def qr_beside(desk: Desk, key: str, qr: Qr, layout: Layout, look: TextLook, role: str) -> Iterator[Item]:
    """Yield the code of a slide in its box, and its address, which leads there too, in a role and a look."""
    box = layout.boxes["qr"]
    side = min(box.w, box.h)
    yield from _code(desk, key, qr, Box(box.x, box.y, side, side), layout.length("qr-module"))
    yield _address(desk, key, qr, layout.boxes["qr-address"], role, look)


def at_home(items: Sequence[Item], layout: Layout) -> list[Item]:
    """Return items that fill placeholders of a layout: these are where the layout has them, wherever an item stands."""
    homes = {spec.name: spec.box for spec in layout.placeholders.values()}
    return [
        replace(item, placeholder=replace(holder, box=homes[holder.name]))
        if isinstance(item, Shape) and (holder := item.placeholder) and holder.box != homes[holder.name]
        else item
        for item in items
    ]


def clear_of_corner(desk: Desk, box: Box, align: str) -> Box:
    """Return as much of a box as leaves the right corners of the content to a code; what is centred stays so."""
    edge = desk.theme.column.right - desk.layout("cover").boxes["qr"].h - desk.layout("cover").length("row-gap")
    right = min(box.right, edge)
    if align == "ctr":
        half = right - box.centre.x
        return Box(Length(box.centre.x - half), box.y, Length(2 * half), box.h)
    return Box(box.x, box.y, Length(right - box.x), box.h)


def qr_in_corner(desk: Desk, key: str, qr: Qr, layout: Layout, around: Sequence[Item]) -> Iterator[Item]:
    """Yield the code of a slide and its address in the first corner of the content that texts `around` leave free.

    One that finds no corner is refused.
    """
    area, least = desk.theme.column, layout.length("qr-module")
    side, high = layout.boxes["qr"].h, layout.boxes["qr-address"].h
    across, down = (area.right - side, area.x), (area.bottom - side - high, area.y)
    taken = [_ink(item) for item in around if isinstance(item, Shape) and item.text]
    for y, x in product(down, across):
        block = Box(Length(x), Length(y), side, Length(side + high))
        if not any(block.overlaps(each) for each in taken):
            yield from _code(desk, key, qr, Box(block.x, block.y, side, side), least)
            below = Box(block.x, Length(block.y + side), side, high)
            yield _address(desk, key, qr, below, "meta", PLAIN_TEXT)
            return
    what = "finds no corner on this slide of the template for its code"
    hints = ("leave out `qr` here", "shorten the texts of the slide")
    desk.problems.append(replace(QR_NO_ROOM.at(what, qr.span, hints=hints), place=OfText(f"{key}.qr")))


def _ink(item: Shape) -> Box:
    """Return where the lines of a text are, whatever box it has."""
    assert item.text is not None
    box, text = item.box, item.text
    width, height = max(each.extent for each in text.paragraphs), points(text.height)
    across, down = max(0, box.w - width), max(0, box.h - height)
    x = box.x + {"l": 0, "ctr": across // 2, "r": across}[text.paragraphs[0].align]
    y = box.y + {"t": 0, "ctr": down // 2, "b": down}[text.anchor]
    return Box(Length(x), Length(y), Length(width), height)


def _code(desk: Desk, key: str, qr: Qr, box: Box, least: Length) -> Iterator[Item]:
    """Yield a light ground and a code in the middle of it; one with squares below the `least` side is refused."""
    rows = squares(qr.url)
    if box.w < least * _across(rows):
        _refuse(desk, key, qr, box, least)
    if not rows:
        return
    light, dark = _slots(desk)
    yield Shape(f"{key}.qr.ground", "rect", box, Fill(light), decorative=True)
    inner = box.inset(round(box.w * QUIET / _across(rows)), round(box.w * QUIET / _across(rows)))
    alt = desk.words.say(Term.QR, address=qr.url)
    unit = GRID / len(rows)
    outline = tuple(step for loop in loops(rows) for step in _steps(loop, unit))
    yield Sign(f"{key}.qr", Drawn((), (outline,)), inner, dark, alt=alt, link=qr.url)


def squares(url: str) -> tuple[bytes, ...]:
    """Return the squares of a code row by row, 1 for a dark one; none if no code holds as much.

    Nothing covers a code on a slide or scratches it, so the least correction will do, and what a size has to spare.
    """
    try:
        made = segno.make(url, error="l", micro=False, encoding="utf-8")
    except DataOverflowError:
        return ()
    return tuple(map(bytes, made.matrix))


def _across(rows: Sequence[bytes]) -> float:
    """Return how many squares a code is wide with what stays light around it."""
    return len(rows) + 2 * QUIET if rows else float("inf")


def _slots(desk: Desk) -> tuple[str, str]:
    """Return the slots of the ground and of the squares: as far apart as the theme has them, the ground the lighter."""
    colours = desk.theme.colours
    other = max(("card", "page"), key=lambda slot: contrast(colours[slot], colours["ink"]))
    return ("ink", other) if desk.theme.dark else (other, "ink")


def _refuse(desk: Desk, key: str, qr: Qr, box: Box, least: Length) -> None:
    """Report that an address is too long for its box, and by how many letters."""
    fits = [*range(len(qr.url))]
    kept = bisect_left(fits, True, key=lambda count: box.w < least * _across(squares(qr.url[: count + 1])))
    more = len(qr.url) - kept
    letters = f"about {more} letters" if more > 1 else "a letter"
    what = f"has {letters} too many for a code that is read from afar: “{qr.url}”"
    found = QR_TOO_LONG.at(what, qr.span, hints=("use a shorter address",))
    desk.problems.append(replace(found, place=OfText(f"{key}.qr"), cause=f"{key}.qr", excess=more))


# -- the outline ------------------------------------------------------------------------------------------------------


def loops(rows: Sequence[bytes]) -> Iterator[list[Corner]]:
    """Yield the outlines of all dark fields, clockwise, and those of the light ones within them the other way round."""
    edges = _edges(rows)
    while edges:
        start, (at, *_) = next(iter(edges.items()))
        _take(edges, start, at)
        loop = [start]
        while at != start:
            onward = _turned(edges[at], loop[-1], at)
            _take(edges, at, onward)
            loop.append(at)
            at = onward
        yield [here for before, here, after in _around(loop) if _way(before, here) != _way(here, after)]


def _edges(rows: Sequence[bytes]) -> dict[Corner, list[Corner]]:
    """Return the sides between dark and light squares, from each corner to the next, with the dark on the right."""
    size = len(rows)

    def dark(x: int, y: int) -> bool:
        return 0 <= x < size and 0 <= y < size and bool(rows[y][x])

    edges: dict[Corner, list[Corner]] = {}
    for y in range(size):
        for x in range(size):
            if dark(x, y):
                sides = (
                    (dark(x, y - 1), (x, y), (x + 1, y)),
                    (dark(x + 1, y), (x + 1, y), (x + 1, y + 1)),
                    (dark(x, y + 1), (x + 1, y + 1), (x, y + 1)),
                    (dark(x - 1, y), (x, y + 1), (x, y)),
                )
                for inside, start, end in sides:
                    if not inside:
                        edges.setdefault(start, []).append(end)
    return edges


def _take(edges: dict[Corner, list[Corner]], start: Corner, end: Corner) -> None:
    """Take an edge out of those that are left."""
    edges[start].remove(end)
    if not edges[start]:
        del edges[start]


def _turned(ends: Sequence[Corner], before: Corner, at: Corner) -> Corner:
    """Return where an outline goes on: to the right where two squares touch at a corner, so that they stay apart."""
    across, down = _way(before, at)
    right = (at[0] - down, at[1] + across)
    return right if right in ends else ends[0]


def _way(start: Corner, end: Corner) -> Corner:
    """Return how far it is from one corner to another, across and down."""
    return end[0] - start[0], end[1] - start[1]


def _around(loop: Sequence[Corner]) -> Iterator[tuple[Corner, Corner, Corner]]:
    """Yield each corner between the one before and the one after it."""
    yield from zip([loop[-1], *loop[:-1]], loop, [*loop[1:], loop[0]], strict=True)


def _steps(loop: Sequence[Corner], unit: float) -> Iterator[Segment]:
    """Yield an outline as commands of a path."""
    for name, (x, y) in zip(("M", *"L" * (len(loop) - 1)), loop, strict=True):
        yield name, (x * unit, y * unit)
    yield "Z", ()


# -- the address ------------------------------------------------------------------------------------------------------


def _address(desk: Desk, key: str, qr: Qr, box: Box, role: str, look: TextLook) -> Shape:
    """Return the address as it is typed, on one line if it finds room on it.

    What every browser adds is left out, unless lines break only within the whole.
    """
    short, whole = (Text(said, f"{key}.address", qr.span) for said in (qr.url.removeprefix(SCHEME).rstrip("/"), qr.url))
    if setting := desk.one_line(short, desk.theme.roles[role], box.w):
        line = Box(box.x, box.y, box.w, Length(max(box.h, setting.height)))
        return replace(desk.label(short, role, line, setting, look=look), link=qr.url)
    trial = desk.fresh()
    shape = trial.label(short, role, box, look=look)
    if trial.problems:
        trial = desk.fresh()
        shape = trial.label(whole, role, box, look=look)
    desk.take(trial)
    return replace(shape, link=qr.url)
