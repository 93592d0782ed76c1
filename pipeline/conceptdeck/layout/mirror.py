"""Slides and pictures as they are in languages that are read from the right: laid out as ever, then mirrored once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from conceptdeck.values.frame import (
    Chart,
    Connector,
    Frame,
    Item,
    Paragraph,
    Picture,
    Placeholder,
    Route,
    Shape,
    Sign,
    Table,
    TextBody,
)
from conceptdeck.values.items import with_bodies
from conceptdeck.values.presets import site_count
from conceptdeck.values.theme import OPPOSITE
from conceptdeck.values.units import Length, Point

__all__ = ["mirrored", "mirrored_items"]

TURNED = {"leftArrow": "rightArrow", "rightArrow": "leftArrow"}  # presets that point to a side


def mirrored(frame: Frame, width: int) -> Frame:
    """Return the frame as it stands on a slide `width` wide that is read from the right."""
    return replace(frame, items=mirrored_items(frame.items, width))


def mirrored_items(items: Sequence[Item], width: int) -> tuple[Item, ...]:
    """Return items as they stand on a ground `width` wide that is read from the right; what images show stays."""
    presets = {item.name: item.preset for item in items if isinstance(item, Shape)}
    return tuple(with_bodies(_item(item, presets, width), _body) for item in items)


def _item(item: Item, presets: dict[str, str], width: int) -> Item:
    """Return an item at its place across, its texts as they were."""
    match item:
        case Shape():
            preset, holder = TURNED.get(item.preset, item.preset), _placeholder(item.placeholder, width)
            return replace(item, preset=preset, box=item.box.mirrored(width), placeholder=holder)
        case Table():
            holder = _placeholder(item.placeholder, width)
            return replace(item, box=item.box.mirrored(width), placeholder=holder, rtl=not item.rtl)
        case Picture() | Sign():  # a sign shows the same on both sides
            return replace(item, box=item.box.mirrored(width))
        case Chart():
            items = tuple(_item(each, presets, width) for each in item.items)
            data = replace(item.data, plot=item.data.plot.mirrored(width), rtl=not item.data.rtl)
            return replace(item, box=item.box.mirrored(width), data=data, items=items)
        case Connector():
            return _connector(item, presets, width)
        case Route():
            return replace(item, points=tuple(_point(each, width) for each in item.points))
        case _:
            assert_never(item)


def _connector(item: Connector, presets: dict[str, str], width: int) -> Connector:
    return replace(
        item,
        start=_point(item.start, width),
        end=_point(item.end, width),
        begin=_site(item.begin, presets),
        finish=_site(item.finish, presets),
    )


def _site(end: tuple[str, int], presets: dict[str, str]) -> tuple[str, int]:
    """Return the end of a connector at the site across: sites are counted from the top, leftwards."""
    name, site = end
    count = site_count(presets.get(name, "rect"))  # pictures have the sites of a rectangle
    return name, (count - site) % count


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
