"""Lines of relations as connectors: glued to what they join, and to joints where they are led around something."""

from __future__ import annotations

from collections.abc import Mapping

from conceptdeck.layout.graph.relations import Line
from conceptdeck.layout.graph.ways import Piece
from conceptdeck.values.frame import Connector, Fill, Item, Shape, Stroke
from conceptdeck.values.presets import connection_site
from conceptdeck.values.units import Box, Length, Point
from conceptdeck.values.value import frozen

__all__ = ["LineLook", "connectors"]

TOP, LEFT, BOTTOM, RIGHT = 0, 2, 4, 6  # connection sites of an ellipse


@frozen
class LineLook:
    """How the line of a relation looks, and what it says to those who do not see it."""

    stroke: Stroke
    arrow: bool
    alt: str = ""


def connectors(name: str, line: Line, shapes: Mapping[str, Shape], look: LineLook) -> list[Item]:
    """Return a line as connectors called `name`, its joints first; `shapes` are what it joins, by id.

    A joint is a dot as wide as the line, and not seen as such. Only the last piece has an arrowhead.
    """
    joints = [_joint(f"{name}.joint{at}", piece.start, look.stroke) for at, piece in enumerate(line.pieces[1:], 1)]
    tail, head = shapes[line.tail], shapes[line.head]
    made: list[Item] = [*joints]
    for at, piece in enumerate(line.pieces):
        last = at == len(line.pieces) - 1
        begin = (joints[at - 1], _leaving(piece)) if at else (tail, line.sites[0])
        finish = (head, line.sites[1]) if last else (joints[at], _arriving(piece))
        start, end = (connection_site(shape.preset, shape.box, site) for shape, site in (begin, finish))
        made.append(
            Connector(
                name=f"{name}.line{at + 1}" if at else f"{name}.line",
                kind=piece.kind,
                start=start,
                end=end,
                begin=(begin[0].name, begin[1]),
                finish=(finish[0].name, finish[1]),
                stroke=look.stroke,
                arrow=look.arrow and last,
                alt="" if at else look.alt,
                upright=piece.upright,
                decorative=bool(at) or not look.alt,
            )
        )
    return made


def _joint(name: str, at: Point, stroke: Stroke) -> Shape:
    half = Length(stroke.width // 2)
    box = Box(Length(at.x - half), Length(at.y - half), Length(2 * half), Length(2 * half))
    return Shape(name, "ellipse", box, Fill(stroke.slot, stroke.alpha), decorative=True)


def _leaving(piece: Piece) -> int:
    """Return the side of a joint that a piece leaves."""
    dx, dy = piece.end.x - piece.start.x, piece.end.y - piece.start.y
    if piece.upright:
        return BOTTOM if dy > 0 else TOP
    return RIGHT if dx > 0 else LEFT


def _arriving(piece: Piece) -> int:
    """Return the side of a joint that a piece comes to."""
    dx, dy = piece.end.x - piece.start.x, piece.end.y - piece.start.y
    if piece.upright != (piece.kind == "quarter"):
        return TOP if dy > 0 else BOTTOM
    return LEFT if dx > 0 else RIGHT
