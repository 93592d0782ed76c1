"""What all items have in one way or another: a place, texts, ends, motion. One closed `match` for each question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from conceptdeck.values.frame import Chart, Connector, Item, Paragraph, Picture, Route, Shape, Sign, Table, TextBody
from conceptdeck.values.presets import route_path
from conceptdeck.values.units import Box, Length, Point

__all__ = [
    "appearing",
    "around",
    "bodies",
    "box_of",
    "click_of",
    "ends_of",
    "is_title",
    "keys_in",
    "line_spans",
    "link_of",
    "moved",
    "said",
    "with_bodies",
]

TITLES = ("title", "ctrTitle")  # the placeholders that name a slide


def box_of(item: Item) -> Box:
    """Return the box that an item takes; a line takes the one around its way."""
    match item:
        case Shape() | Table() | Picture() | Sign() | Chart():
            return item.box
        case Connector():
            return around((item.start, item.end))
        case Route():
            return around(route_path(item))
        case _:
            assert_never(item)


def around(points: tuple[Point, ...]) -> Box:
    """Return the smallest box around some points."""
    left, top = min(x for x, _ in points), min(y for _, y in points)
    right, bottom = max(x for x, _ in points), max(y for _, y in points)
    return Box(left, top, Length(right - left), Length(bottom - top))


def line_spans(paragraph: Paragraph) -> tuple[tuple[int, int], ...]:
    """Return where each line of a paragraph stands in its text: its first character, and the one after its last."""
    found, end = [], 0
    for line in paragraph.lines:
        start = paragraph.text.index(line, end)
        end = start + len(line)
        found.append((start, end))
    return tuple(found)


def keys_in(item: Item) -> tuple[str, ...]:
    """Return the keys of the strings that an item shows, each once; its alt text, which nobody sees, is no part."""
    return tuple(dict.fromkeys(key for body in bodies(item) for key in body.keys))


def moved(item: Item, dx: int, dy: int, prefix: str = "") -> Item:
    """Return an item shifted by `dx` and `dy`, the names in it under `prefix`."""
    name = prefix + item.name
    match item:
        case Shape() | Table() | Picture() | Sign():
            return replace(item, box=item.box.moved(dx, dy), name=name)
        case Connector():
            start, end = (Point(Length(x + dx), Length(y + dy)) for x, y in (item.start, item.end))
            begin, finish = ((prefix + shape, site) for shape, site in (item.begin, item.finish))
            return replace(item, name=name, start=start, end=end, begin=begin, finish=finish)
        case Route():
            points = tuple(Point(Length(x + dx), Length(y + dy)) for x, y in item.points)
            return replace(item, points=points, name=name, tail=prefix + item.tail, head=prefix + item.head)
        case Chart():
            data = replace(item.data, plot=item.data.plot.moved(dx, dy))
            items = tuple(moved(each, dx, dy, prefix) for each in item.items)
            return replace(item, box=item.box.moved(dx, dy), name=name, data=data, items=items)
        case _:
            assert_never(item)


def bodies(item: Item) -> Iterator[TextBody]:
    """Yield the texts of an item, those of a table row by row."""
    match item:
        case Shape():
            yield from (item.text,) if item.text else ()
        case Table():
            yield from (cell.body for row in item.rows for cell in row.cells)
        case Chart():
            yield from (body for each in item.items for body in bodies(each))
        case Connector() | Route() | Picture() | Sign():
            return
        case _:
            assert_never(item)


def said(item: Item) -> str:
    """Return the text of an item, a line a paragraph."""
    return "\n".join(body.text for body in bodies(item))


def with_bodies(item: Item, change: Callable[[TextBody], TextBody]) -> Item:
    """Return an item with each of its texts changed."""
    match item:
        case Shape():
            return replace(item, text=change(item.text)) if item.text else item
        case Table():
            rows = (
                replace(row, cells=tuple(replace(cell, body=change(cell.body)) for cell in row.cells))
                for row in item.rows
            )
            return replace(item, rows=tuple(rows))
        case Chart():
            return replace(item, items=tuple(with_bodies(each, change) for each in item.items))
        case Connector() | Route() | Picture() | Sign():
            return item
        case _:
            assert_never(item)


def ends_of(item: Item) -> tuple[str, ...]:
    """Return the names of the shapes that an item joins, if it is a line."""
    match item:
        case Connector():
            return item.begin[0], item.finish[0]
        case Route():
            return item.tail, item.head
        case Shape() | Table() | Picture() | Sign() | Chart():
            return ()
        case _:
            assert_never(item)


def appearing(item: Item, click: int) -> Item:
    """Return an item that appears after `click` clicks, 0 with the slide; a table or a chart is always there."""
    match item:
        case Shape() | Connector() | Route() | Picture() | Sign():
            return item if item.click == click else replace(item, click=click)
        case Table() | Chart():
            return item
        case _:
            assert_never(item)


def click_of(item: Item) -> int:
    """Return after how many clicks an item appears."""
    match item:
        case Shape() | Connector() | Route() | Picture() | Sign():
            return item.click
        case Table() | Chart():
            return 0
        case _:
            assert_never(item)


def link_of(item: Item) -> str:
    """Return where a click on an item leads."""
    match item:
        case Shape() | Picture() | Sign():
            return item.link
        case Connector() | Route() | Table() | Chart():
            return ""
        case _:
            assert_never(item)


def title_language(items: Sequence[Item]) -> str:
    """Return the language of a slide's title if it is another one than the slide's."""
    bodies = (item.text for item in items if isinstance(item, Shape) and item.text and is_title(item))
    return next((paragraph.language for body in bodies for paragraph in body.paragraphs), "")


def is_title(item: Item) -> bool:
    """Tell whether an item fills the placeholder that names its slide."""
    match item:
        case Shape() | Table():
            return item.placeholder is not None and item.placeholder.type in TITLES
        case Connector() | Route() | Picture() | Sign() | Chart():
            return False
        case _:
            assert_never(item)
