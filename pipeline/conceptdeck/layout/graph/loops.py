"""Loops: how a relation of a concept to itself is drawn, around a corner of its box.

All is told as if ranks followed each other downwards, as in `ways`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from conceptdeck.layout.graph.ways import Piece
from conceptdeck.values.units import Box, Length, Point, Size
from conceptdeck.values.value import frozen

__all__ = ["Loop", "looped", "reserved"]

CORNERS = ((1, 1), (-1, 1), (1, -1), (-1, -1))  # to the right and below first
TURN = 0.6  # where a loop without words bends, as a share of half a side


@frozen
class Loop:
    """A loop: the key of its relation, the box of its phrase, and its pieces: out and back, or all the way around.

    `sites` are those of its ends: at the node, at the phrase, at the phrase and at the node again. Further loops of the
    same corner take the way of the first one, their phrases beside its phrase: that of the loop `over`.
    """

    key: str
    box: Box | None
    pieces: tuple[tuple[Piece, ...], ...] = ()
    sites: tuple[int, ...] = ()
    over: str = ""


def reserved(node: Size, phrases: Sequence[Size | None], gap: Length) -> Size:
    """Return the room that a node takes with its loops: as much on each side, so that the node stays in the middle."""
    if not phrases:
        return node
    whole = Box(Length(-node.w // 2), Length(-node.h // 2), node.w, node.h)
    loops = looped(whole, {str(at): size for at, size in enumerate(phrases)}, gap)
    places = [place for loop in loops for line in loop.pieces for piece in line for place in (piece.start, piece.end)]
    boxes = [loop.box for loop in loops if loop.box]
    across = max([abs(x) for x, _ in places] + [max(-box.x, box.right) for box in boxes])
    along = max([abs(y) for _, y in places] + [max(-box.y, box.bottom) for box in boxes])
    return Size(Length(max(node.w, 2 * across)), Length(max(node.h, 2 * along)))


def looped(node: Box, phrases: dict[str, Size | None], gap: Length) -> list[Loop]:
    """Return the loops of a node, one a corner and further ones beside them; `gap` is how far they stand off."""
    found: list[Loop] = []
    corners: list[list[str]] = [[] for _ in CORNERS]
    for at, key in enumerate(phrases):
        corners[at % len(CORNERS)].append(key)
    for corner, keys in zip(CORNERS, corners, strict=True):
        sizes = [size for key in keys if (size := phrases[key])]
        places = iter(_places(node, corner, sizes, gap))
        boxes = {key: next(places) if phrases[key] else None for key in keys}
        over = next((key for key in keys if boxes[key]), "")
        way = boxes.get(over)
        for key in keys:
            made = _worded(node, corner, way) if way else _wordless(node, corner, gap)
            found.append(replace(made, key=key, box=boxes[key], over=over))
    return found


def _places(node: Box, corner: tuple[int, int], sizes: Sequence[Size], gap: Length) -> list[Box]:
    """Return where the phrases of a corner stand, one below another, the first next to the node."""
    right, down = corner
    across = max([node.w // 2 + gap, *(size.w // 2 + gap for size in sizes)])
    starts = accumulate((size.h + gap // 2 for size in sizes), initial=node.h // 2 + gap // 2)
    found = []
    for size, start in zip(sizes, starts, strict=False):
        x = node.centre.x + right * across - size.w // 2
        y = node.centre.y + (start if down > 0 else -start - size.h)
        found.append(Box(Length(x), Length(y), size.w, size.h))
    return found


def _worded(node: Box, corner: tuple[int, int], box: Box) -> Loop:
    """Return a loop from the node's end of the flow to the phrase, and from there back to the node's side."""
    right, down = corner
    foot = Point(node.centre.x, node.bottom if down > 0 else node.y)
    side = Point(node.right if right > 0 else node.x, node.centre.y)
    near = Point(box.x if right > 0 else box.right, box.centre.y)
    top = Point(box.centre.x, box.y if down > 0 else box.bottom)
    out, back = Piece(foot, near, "quarter", upright=True), Piece(top, side, "quarter", upright=True)
    sites = (2 if down > 0 else 0, 1 if right > 0 else 3, 0 if down > 0 else 2, 3 if right > 0 else 1)
    return Loop("", box, ((out,), (back,)), sites)


def _wordless(node: Box, corner: tuple[int, int], gap: Length) -> Loop:
    """Return a loop in three turns: out of the node, around its corner, and back to its side."""
    right, down = corner
    centre = node.centre
    low = centre.y + down * (node.h // 2 + gap)
    far = centre.x + right * (node.w // 2 + gap)
    foot = Point(centre.x, node.bottom if down > 0 else node.y)
    side = Point(node.right if right > 0 else node.x, centre.y)
    first = Point(Length(centre.x + right * round(node.w / 2 * TURN)), Length(low))
    second = Point(Length(far), Length(centre.y + down * round(node.h / 2 * TURN)))
    turns = (
        Piece(foot, first, "quarter", upright=True),
        Piece(first, second, "quarter", upright=False),
        Piece(second, side, "quarter", upright=True),
    )
    return Loop("", None, (turns,), (2 if down > 0 else 0, 3 if right > 0 else 1))
