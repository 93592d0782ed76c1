"""The steps in which a picture is told: their numbers, and below it what is said with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from conceptdeck.layout.pictures.canvas import Canvas, Items, Line, extent
from conceptdeck.layout.pictures.network import phrase_id
from conceptdeck.layout.walks import Badge, step_number
from conceptdeck.story.prose import Prose
from conceptdeck.values import picture
from conceptdeck.values.frame import Drawing, Fill, Item, Route, Shape, Sign, Stroke, TextBody
from conceptdeck.values.items import box_of, keys_in
from conceptdeck.values.picture import Picture, Stop
from conceptdeck.values.presets import route_path
from conceptdeck.values.terms import Words
from conceptdeck.values.units import Box, Length, points
from conceptdeck.values.value import frozen

__all__ = ["in_steps", "numbered"]

NAME = ".name"  # how the keys of the names of elements end


def numbered(shown: Picture, canvas: Canvas, items: Items) -> Items:
    """Return a picture with the number of each step at the first that it shows, and below what is said with the steps.

    The sheet of the whole map leaves that to its description.
    """
    if not shown.walk:
        return items
    made = [*items]
    spots = [_spot(stop, canvas, items) for stop in shown.walk]
    free = isinstance(shown, (picture.Relations, picture.Concept))  # boxes that stand apart
    alike = free or all(each.is_first for each in spots if each and each.corner and not each.holds)
    for number, (stop, spot) in enumerate(zip(shown.walk, spots, strict=True), 1):
        if spot:
            made.append(_badge(number, stop, canvas, spot.place(alike=alike)))
    if isinstance(shown, picture.Poster) and shown.paper:
        return made
    return [*made, *_told(shown.walk, canvas, made)] if any(stop.said for stop in shown.walk) else made


@frozen
class _Spot:
    """Where a number may stand: on a `corner` of the box of its element, the first one or another, or after its name.

    The name may be too long for that. An element that `holds` others has its number on a corner.
    """

    corner: Box | None
    after: Box
    is_first: bool
    is_roomy: bool
    holds: bool

    def place(self, *, alike: bool) -> Box:
        """Return the corner, or if not all numbers can stand on the same one, the place after the name."""
        return self.corner if self.corner and (alike or self.holds or not self.is_roomy) else self.after


def _spot(stop: Stop, canvas: Canvas, items: Items) -> _Spot | None:
    """Return where the number of a step may stand."""
    name = f"{stop.shows[0]}{NAME}"
    found = next((item for item in items if isinstance(item, Shape) and name in keys_in(item)), None)
    if found is None or found.text is None:
        return None
    others = [_seen(item, item.text) for item in items if isinstance(item, Shape) and item is not found and item.text]
    after = _after(found, found.text, canvas, others)
    ground = found if found.fill or found.stroke else _ground(stop, found.box, items)
    if ground is None:
        return _Spot(None, after, is_first=True, is_roomy=True, holds=False)
    badge = Badge(*map(canvas.length, ("badge", "badge-out", "badge-clear")))
    ways = [route_path(item) for item in items if isinstance(item, Route)]
    corner = badge.place(ground.box, ways, [each for each in others if not ground.box.holds(each)])
    is_first = corner is not None and corner.x < ground.box.x and corner.y < ground.box.y
    return _Spot(corner, after, is_first, ground.box.holds(after), stop.holds)


def _ground(stop: Stop, box: Box, items: Sequence[Item]) -> Shape | None:
    """Return the smallest panel that holds the name of an element, None if it is not the element's own."""
    shapes = [item for item in items if isinstance(item, Shape)]
    panels = [each for each in shapes if not each.text and (each.fill or each.stroke) and each.box.holds(box)]
    panel = min(panels, key=lambda each: each.box.w * each.box.h, default=None)
    if panel is None or stop.holds:
        return panel
    held = [key for each in shapes if panel.box.holds(each.box) for key in keys_in(each)]
    owners = [key.removesuffix(NAME) for key in held if key.endswith(NAME)]
    return panel if all(f"{stop.shows[0]}.".startswith(f"{owner}.") for owner in owners) else None


def _seen(shape: Shape, text: TextBody) -> Box:
    """Return the box that is seen of a text: its own, or as wide as the letters are."""
    if shape.fill or shape.stroke:
        return shape.box
    start, wide = min((_line(shape, text, at) for at in range(len(text.paragraphs))), key=lambda line: line[0])
    wide = max(wide, *(sum(_line(shape, text, at)) - start for at in range(len(text.paragraphs))))
    return Box(start, shape.box.y, Length(wide), shape.box.h)


def _line(shape: Shape, text: TextBody, at: int) -> tuple[Length, int]:
    """Return where the letters of a paragraph begin, and how wide they are."""
    left, _, right, _ = text.margins
    each, room = text.paragraphs[at], shape.box.w - left - right
    free = {"ctr": (room - each.extent) // 2, "r": room - each.extent}.get(each.align, 0)
    return Length(shape.box.x + left + free), each.extent


def _after(shape: Shape, text: TextBody, canvas: Canvas, others: Sequence[Box]) -> Box:
    """Return the place after the first line of a text without a box; before it, if something stands there."""
    first, box = text.paragraphs[0], shape.box
    side, gap = canvas.length("badge"), canvas.length("cell-gap")
    high = points(text.height)
    above = box.y + text.margins[1] if text.anchor == "t" else box.centre.y - high // 2
    y = Length(above + (points(first.leading) - side) // 2)
    end = sum(_line(shape, text, 0)) + gap
    after, before = (Box(Length(x), y, side, side) for x in (end, box.x - gap - side))
    return before if any(after.overlaps(other) for other in others) else after


def _badge(number: int, stop: Stop, canvas: Canvas, box: Box, place: str = "") -> Shape:
    text = step_number(number, stop.key)
    block = canvas.block([Line(text, "picture-badge")], box.w)
    name = f"{text.key}@{place}" if place else text.key
    ring = Stroke("page", canvas.length("line"))
    return Shape(
        name, "ellipse", box, Fill("ink"), ring, canvas.body(block, "ctr", "ctr"), decorative=True, of=stop.key
    )


def _told(walk: Sequence[Stop], canvas: Canvas, items: Items) -> Items:
    """Return the steps below each other, each with its number."""
    side, gap = canvas.length("badge"), canvas.length("cell-gap")
    ink = extent([box_of(item) for item in items])
    x, y = min(ink.x, Length(0)), Length(ink.bottom + canvas.length("headline-gap"))
    made: Items = []
    for number, stop in enumerate(walk, 1):
        block = canvas.block([Line(stop.line, "picture-text", "ink")], canvas.width - side - gap)
        height = max(block.size.h, side)
        made.append(_badge(number, stop, canvas, Box(Length(x), y, side, side), "told"))
        box = Box(Length(x + side + gap), y, block.size.w, height)
        label = canvas.label(block, box, anchor="ctr" if len(block.settings[0].lines) == 1 else "t")
        made.append(replace(label, of=stop.key))
        y = Length(y + height + gap)
    return made


# Step by step -----------------------------------------------------------------------------------------------


def in_steps(shown: Picture, drawing: Drawing, words: Words) -> Iterator[Drawing]:
    """Yield the relations as they are after each step of their walk, all in the places of the whole picture.

    What no step names comes after the last; other pictures are told as a whole.
    """
    if not isinstance(shown, picture.Relations) or not shown.walk:
        return
    turns, lines = _turns(shown), [stop.line for stop in shown.walk]
    coming = [_turn(item, turns) for item in drawing.items]
    for at in range(max(coming) + 1):
        there = tuple(item for item, turn in zip(drawing.items, coming, strict=True) if turn <= at)
        told = (
            shown
            if at >= len(lines)
            else Prose(words).stepped(replace(shown, description=shown.title, walk=shown.walk[: at + 1]))
        )
        yield replace(drawing, id=f"{drawing.id}-{at + 1}", items=there, description=told.description.value)


def _turns(shown: picture.Relations) -> Mapping[str, int]:
    """Return in which step things come, counted from 0: elements by their keys, what joins them by their names."""
    found = {key: at for at, stop in enumerate(shown.walk) for key in (stop.key, *stop.shows)}
    nodes = {}
    for node in shown.nodes:
        key = node.name.key.removesuffix(NAME)
        nodes[node.id] = found.setdefault(key, len(shown.walk))
    for edge in shown.edges:
        names = (edge.key, f"{edge.key}.from", f"{edge.key}.on", phrase_id(edge))
        found |= dict.fromkeys(names, max(nodes[edge.tail], nodes[edge.head]))
    return found


def _turn(item: Item, turns: Mapping[str, int]) -> int:
    """Return in which step an item comes; what belongs to no element is there from the start."""
    owners = [item.of] if isinstance(item, (Shape, Sign)) else []
    names = [key.removesuffix(NAME) for key in keys_in(item)]
    return next((turns[name] for name in (*owners, item.name, *names) if name in turns), 0)
