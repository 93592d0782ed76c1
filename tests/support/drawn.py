"""What the tests of pictures share: planning them, and where things are on a drawing.

The geometry is the tests' own, in CSS pixels: nothing of `conceptdeck.checks` or `route_path` has a part in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

from conceptdeck.building.diagrams import DiagramsJob, Sheet, plan_diagrams
from conceptdeck.values.frame import Drawing, Route, Shape
from conceptdeck.values.theme import Theme
from support.decks import ROOT, width_of

WORLD = ROOT / "data" / "world-models" / "map.yaml"
WEB = ROOT / "data" / "web-platform" / "map.yaml"
DESIGNS = ("atlas", "beacon", "orbit")
EMU_PER_PIXEL = 9_525
POINT = 4 / 3  # px
STEPS = 48  # places looked at on each curve of an edge
SLACK = 0.6  # px that roundings may take


class Rect(NamedTuple):
    """An upright rectangle in CSS pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def shares(self, other: Rect, slack: float = SLACK) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > slack and min(self.bottom, other.bottom) - max(self.top, other.top) > slack

    def within(self, other: Rect, slack: float = SLACK) -> bool:
        level = other.left - slack <= self.left and self.right <= other.right + slack
        return level and other.top - slack <= self.top and self.bottom <= other.bottom + slack

    def has(self, place: tuple[float, float], slack: float = SLACK) -> bool:
        x, y = place
        return self.left + slack < x < self.right - slack and self.top + slack < y < self.bottom - slack


def sheet_of(map_file: Path = WORLD, theme: str = "atlas", **options) -> Sheet:
    """Return the pictures of a map before they are painted, with one of each concept unless told otherwise."""
    return plan_diagrams(DiagramsJob(map_file, theme, **{"every_concept": True} | options))


def named(sheet: Sheet, name: str) -> Drawing:
    (found,) = (drawing for drawing in sheet.drawings if drawing.id == name)
    return found


def shapes_of(drawing: Drawing) -> list[Shape]:
    return [item for item in drawing.items if isinstance(item, Shape)]


def routes_of(drawing: Drawing) -> list[Route]:
    return [item for item in drawing.items if isinstance(item, Route)]


def texts_of(drawing: Drawing) -> list[str]:
    """Return every paragraph of a drawing, in the order of reading."""
    return [p.text for shape in shapes_of(drawing) if shape.text for p in shape.text.paragraphs]


def rect(shape: Shape) -> Rect:
    box = shape.box
    return Rect(*(edge / EMU_PER_PIXEL for edge in (box.x, box.y, box.x + box.w, box.y + box.h)))


def path_of(route: Route) -> list[tuple[float, float]]:
    """Return places along an edge, a fraction of a pixel up to a few pixels apart."""
    corners = [(x / EMU_PER_PIXEL, y / EMU_PER_PIXEL) for x, y in route.points]
    return [_on(corners[i : i + 4], n / STEPS) for i in range(0, len(corners) - 1, 3) for n in range(STEPS + 1)]


def _on(corners: list[tuple[float, float]], t: float) -> tuple[float, float]:
    """Return a place on a Bézier curve, by de Casteljau."""
    while len(corners) > 1:
        corners = [(a + (c - a) * t, b + (d - b) * t) for (a, b), (c, d) in pairwise(corners)]
    return corners[0]


def ink(shape: Shape, theme: Theme) -> Rect:
    """Return where the lines of a shape's text stand; Latin and East Asian letters are measured by Pillow."""
    body, box = shape.text, rect(shape)
    assert body is not None
    left, top, right, bottom = (each / EMU_PER_PIXEL for each in body.margins)
    width = max(_width(p, line, theme) for p in body.paragraphs for line in p.lines)
    height = sum(p.before + p.leading * len(p.lines) for p in body.paragraphs) * POINT
    (align,) = {p.align for p in body.paragraphs}
    middle = (box.left + left + box.right - right) / 2 - width / 2
    x = {"l": box.left + left, "ctr": middle, "r": box.right - right - width}[align]
    centre = (box.top + top + box.bottom - bottom) / 2 - height / 2
    y = {"t": box.top + top, "ctr": centre, "b": box.bottom - bottom - height}[body.anchor]
    return Rect(x, y, x + width, y + height)


def _width(paragraph, line: str, theme: Theme) -> float:
    if any(0x0370 <= ord(char) < 0x2000 or ord(char) > 0xFFFF for char in line):  # Pillow would need shaping
        return paragraph.extent / EMU_PER_PIXEL
    return width_of(paragraph, line.rstrip(), theme) * POINT


def faults(drawing: Drawing, theme: Theme) -> list[str]:
    """Return what is wrong with the geometry of a drawing, in words."""
    return [*_node_faults(drawing), *_text_faults(drawing, theme), *_edge_faults(drawing, theme)]


def _nodes(drawing: Drawing) -> list[Shape]:
    return [shape for shape in shapes_of(drawing) if shape.fill and not shape.decorative]


def _grounds(drawing: Drawing) -> list[Shape]:
    return [shape for shape in shapes_of(drawing) if shape.decorative]


def _node_faults(drawing: Drawing) -> Iterator[str]:
    nodes, grounds = _nodes(drawing), _grounds(drawing)
    for one, other in combinations(nodes, 2):
        if rect(one).shares(rect(other)):
            yield f"nodes {one.name} and {other.name} overlap"
    for node in nodes:
        for ground in grounds:
            if rect(node).shares(rect(ground)) and not rect(node).within(rect(ground)):
                yield f"node {node.name} stands across the border of {ground.name}"
    for one, other in combinations(grounds, 2):
        apart = not rect(one).shares(rect(other))
        if not (apart or rect(one).within(rect(other)) or rect(other).within(rect(one))):
            yield f"grounds {one.name} and {other.name} overlap"
    whole = Rect(0, 0, drawing.size.w / EMU_PER_PIXEL, drawing.size.h / EMU_PER_PIXEL)
    for shape in shapes_of(drawing):
        if not rect(shape).within(whole, 0):
            yield f"{shape.name} is outside"
    for route in routes_of(drawing):
        if not all(whole.has(place, -0.01) for place in path_of(route)):
            yield f"the edge {route.name} is outside"


def _text_faults(drawing: Drawing, theme: Theme) -> Iterator[str]:
    texts = [shape for shape in shapes_of(drawing) if shape.text]
    inks = {id(shape): ink(shape, theme) for shape in texts}
    for shape in texts:
        if not inks[id(shape)].within(rect(shape)):
            yield f"the text of {shape.name} does not fit"
        sizes = [run.size * POINT for p in shape.text.paragraphs for run in p.runs]
        if min(sizes) < 12.99:
            yield f"the text of {shape.name} is small"
        for ground in _grounds(drawing):
            if inks[id(shape)].shares(rect(ground)) and not inks[id(shape)].within(rect(ground)):
                yield f"the text of {shape.name} stands across the border of {ground.name}"
        for node in _nodes(drawing):
            if node is not shape and inks[id(shape)].shares(rect(node)):
                yield f"the text of {shape.name} lies on {node.name}"
    for one, other in combinations(texts, 2):
        if inks[id(one)].shares(inks[id(other)]):
            yield f"the texts of {one.name} and {other.name} overlap"


def _edge_faults(drawing: Drawing, theme: Theme) -> Iterator[str]:
    by_name = {shape.name: shape for shape in shapes_of(drawing)}
    for route in routes_of(drawing):
        path = path_of(route)
        if not {route.tail, route.head} <= {*by_name}:
            yield f"the edge {route.name} names what is not there"
            continue
        for name, end in ((route.tail, path[0]), (route.head, path[-1])):
            at = rect(by_name[name])
            around = Rect(at.left - 2, at.top - 2, at.right + 2, at.bottom + 2)
            if not around.has(end, 0) or at.has(end, 2):
                yield f"the edge {route.name} does not end at the outline of {name}"
        for shape in shapes_of(drawing):
            own = shape.name in (route.tail, route.head)
            if shape.decorative and (
                own or any(rect(by_name[n]).within(rect(shape)) for n in (route.tail, route.head))
            ):
                continue  # it leads out of what it belongs to
            if (shape.fill or shape.decorative) and _through(path, rect(shape), 2 if own else SLACK):
                yield f"the edge {route.name} runs through {shape.name}"
            if shape.text and _through(path, ink(shape, theme), SLACK):
                yield f"the edge {route.name} runs through the text of {shape.name}"


def _through(path: Iterable[tuple[float, float]], place: Rect, slack: float) -> bool:
    return any(place.has(each, slack) for each in path)


def crossings(drawing: Drawing) -> list[tuple[str, str]]:
    """Return the pairs of edges that cross away from their ends."""
    routes = [(route, path_of(route)) for route in routes_of(drawing)]
    return [
        (one.name, other.name)
        for (one, a), (other, b) in combinations(routes, 2)
        if not {one.tail, one.head} & {other.tail, other.head} and _cross(a, b)
    ]


def _cross(a: list[tuple[float, float]], b: list[tuple[float, float]]) -> bool:
    return any(_meet(*one, *other) for one in pairwise(a) for other in pairwise(b))


def _meet(p, q, r, s) -> bool:
    """Tell whether the pieces p-q and r-s cross properly."""

    def side(o, a, b) -> float:
        return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])

    return side(p, q, r) * side(p, q, s) < 0 and side(r, s, p) * side(r, s, q) < 0
