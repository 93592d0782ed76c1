"""Boards: slides and diagrams as the page shows them, each a picture with places that know which texts they show."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from conceptdeck.render.vector.svg import slide_svg, write_svg
from conceptdeck.values.frame import (
    Chart,
    Connector,
    Drawing,
    Frame,
    Item,
    Picture,
    Route,
    Shape,
    Sign,
    Table,
    TextBody,
)
from conceptdeck.values.items import box_of, keys_in
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = ["Board", "Spot", "drawing_board", "slide_board"]

SHARES = 5  # digits after the point


@frozen
class Spot:
    """A place on a board, as shares of its width and height: the name of the item there, and the keys of its texts.

    `size` is that of the smallest text there, in points of the slide; 0 where there is none.
    """

    name: str
    keys: tuple[str, ...]
    x: float
    y: float
    w: float
    h: float
    size: float = 0


@frozen
class Board:
    """A slide or a diagram: its picture by digest, what is said about it, and what stands where.

    `group` is the section that a slide belongs to.
    """

    key: str
    number: int
    title: str
    alt: str
    notes: str
    group: str
    width: float
    height: float
    digest: str
    spots: tuple[Spot, ...]


def slide_board(frame: Frame, theme: Theme, known: frozenset[str]) -> tuple[Board, str]:
    """Return a slide and its picture as SVG."""
    svg = slide_svg(frame, theme)
    spots = tuple(_spots(frame.items, theme.size, known))
    w, h = theme.size.w.px, theme.size.h.px
    board = Board(frame.key, frame.number, frame.title, "", frame.notes, frame.section, w, h, _digest(svg), spots)
    return board, svg


def drawing_board(drawing: Drawing, theme: Theme, number: int, known: frozenset[str]) -> tuple[Board, str]:
    """Return a diagram and its picture as SVG; its caption stands where a slide has notes."""
    svg = write_svg(drawing, theme)
    spots = tuple(_spots(drawing.items, drawing.size, known))
    w, h = drawing.size.w.px, drawing.size.h.px
    told = (drawing.title, drawing.description, drawing.caption)
    return Board(drawing.id, number, *told, "", w, h, _digest(svg), spots), svg


def _digest(svg: str) -> str:
    return hashlib.sha256(svg.encode()).hexdigest()[:24]


def _spots(items: Iterable[Item], size: Size, known: frozenset[str]) -> Iterator[Spot]:
    """Yield the places of all named items, the larger ones of a table before its cells."""

    def spot(name: str, box: Box, keys: Iterable[str], body: TextBody | None = None) -> Spot:
        x, y, w, h = box.x / size.w, box.y / size.h, box.w / size.w, box.h / size.h
        x, y, w, h = (round(each, SHARES) for each in (x, y, w, h))
        return Spot(name, tuple(key for key in keys if key in known), x, y, w, h, _smallest(body))

    for item in items:
        match item:
            case Table():
                yield spot(item.name, item.box, ())
                yield from _cells(item, spot)
            case Shape():
                yield spot(item.name, item.box, keys_in(item), item.text)
            case Connector() | Route() | Picture() | Sign() | Chart():
                yield spot(item.name, box_of(item), keys_in(item))
            case _:
                assert_never(item)


def _smallest(body: TextBody | None) -> float:
    """Return the size of the smallest text of a body, 0 if there is none; what is raised or lowered does not count."""
    paragraphs = body.paragraphs if body else ()
    return min((run.size for each in paragraphs for run in each.runs if run.text.strip() and not run.level), default=0)


def _cells(table: Table, spot: Callable[..., Spot]) -> Iterator[Spot]:
    """Yield the places of a table's headings and cells."""
    y = table.box.y
    for row in table.rows:
        for (_, width), x, cell in zip(table.columns, table.lefts, row.cells, strict=True):
            yield spot(cell.key, Box(x, y, width, row.height), cell.body.keys, cell.body)
        y = Length(y + row.height)
