"""Slides and pictures as they are in languages that are read from the right: laid out as ever, then mirrored once."""

from __future__ import annotations

from dataclasses import replace

from conceptdeck.values.frame import Connector, Frame, Item, Paragraph, Placeholder, Route, Shape, Table, TextBody
from conceptdeck.values.presets import site_count
from conceptdeck.values.theme import OPPOSITE
from conceptdeck.values.units import Length, Point

__all__ = ["mirrored", "mirrored_item"]

TURNED = {"leftArrow": "rightArrow", "rightArrow": "leftArrow"}  # presets that point to a side


def mirrored(frame: Frame, width: int) -> Frame:
    """Return the frame as it stands on a slide `width` wide that is read from the right."""
    shapes = {item.name: item for item in frame.items if isinstance(item, Shape)}
    return replace(frame, items=tuple(_item(item, shapes, width) for item in frame.items))


def mirrored_item(item: Shape | Route, width: int) -> Shape | Route:
    """Return a shape or a route as it stands in a picture `width` wide that is read from the right."""
    return _shape(item, width) if isinstance(item, Shape) else _route(item, width)


def _item(item: Item, shapes: dict[str, Shape], width: int) -> Item:
    if isinstance(item, Shape):
        return _shape(item, width)
    return _table(item, width) if isinstance(item, Table) else _connector(item, shapes, width)


def _shape(item: Shape, width: int) -> Shape:
    return replace(
        item,
        preset=TURNED.get(item.preset, item.preset),
        box=item.box.mirrored(width),
        text=_body(item.text) if item.text else None,
        placeholder=_placeholder(item.placeholder, width),
    )


def _table(item: Table, width: int) -> Table:
    rows = tuple(
        replace(row, cells=tuple(replace(cell, body=_body(cell.body)) for cell in row.cells)) for row in item.rows
    )
    box, holder = item.box.mirrored(width), _placeholder(item.placeholder, width)
    return replace(item, box=box, rows=rows, placeholder=holder, rtl=not item.rtl)


def _connector(item: Connector, shapes: dict[str, Shape], width: int) -> Connector:
    return replace(
        item,
        start=_point(item.start, width),
        end=_point(item.end, width),
        begin=_site(item.begin, shapes),
        finish=_site(item.finish, shapes),
    )


def _site(end: tuple[str, int], shapes: dict[str, Shape]) -> tuple[str, int]:
    """Return the end of a connector at the site across: sites are counted from the top, leftwards."""
    name, site = end
    count = site_count(shapes[name].preset)
    return name, (count - site) % count


def _route(item: Route, width: int) -> Route:
    return replace(item, points=tuple(_point(each, width) for each in item.points))


def _point(point: Point, width: int) -> Point:
    return Point(Length(width - point.x), point.y)


def _placeholder(holder: Placeholder | None, width: int) -> Placeholder | None:
    return replace(holder, box=holder.box.mirrored(width)) if holder else None


def _body(body: TextBody) -> TextBody:
    """Return text with its alignment and its margins, which are both of the page, on the other side."""
    left, top, right, bottom = body.margins
    return replace(body, paragraphs=tuple(map(_paragraph, body.paragraphs)), margins=(right, top, left, bottom))


def _paragraph(each: Paragraph) -> Paragraph:
    return replace(each, align=OPPOSITE.get(each.align, each.align))
