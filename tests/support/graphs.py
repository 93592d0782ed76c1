"""Relation slides read back from a deck: boxes, phrases, and the ways that connectors take, by the presets' formulas.

Nothing here reuses the geometry of the program.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from lxml import etree

from support.decks import A, Built, P, Place, corners, ends, holder, properties, shapes, sites, text_of

FORMULAS = {  # of ECMA-376 presetShapeDefinitions, adjustments at one half, in shares of width and height
    "straightConnector1": [[(0, 0), (1 / 3, 1 / 3), (2 / 3, 2 / 3), (1, 1)]],
    "curvedConnector2": [[(0, 0), (0.5, 0), (1, 0.5), (1, 1)]],
    "curvedConnector3": [
        [(0, 0), (0.25, 0), (0.5, 0.25), (0.5, 0.5)],
        [(0.5, 0.5), (0.5, 0.75), (0.75, 1), (1, 1)],
    ],
}
PIXEL = 9525
CLICKABLE = f"{A}hlinkClick"


@dataclass(frozen=True)
class Edge:
    """A connector: its name and preset, the ids of what it is glued to, how far its ends are from there, its way."""

    name: str
    preset: str
    glued: tuple[str, str]
    away: float
    way: list[Place]
    arrow: bool


class Drawn:
    """The relations of one slide."""

    def __init__(self, slide: etree._Element) -> None:
        self.slide = slide

    @cached_property
    def by_id(self) -> dict[str, etree._Element]:
        return {properties(each).get("id"): each for each in shapes(self.slide) if each.tag == f"{P}sp"}

    @cached_property
    def boxes(self) -> dict[str, tuple[float, float, float, float]]:
        """Return left, top, right and bottom of what holds words, by the shape's id."""
        found = {}
        for id_, each in self.by_id.items():
            if holder(each) is None and text_of(each):
                x, y, w, h = corners(each.find(f"{P}spPr/{A}xfrm"))
                found[id_] = (x, y, x + w, y + h)
        return found

    @cached_property
    def edges(self) -> list[Edge]:
        return [self._edge(each) for each in self.slide.iter(f"{P}cxnSp")]

    def _edge(self, each: etree._Element) -> Edge:
        glue = [each.find(f".//{A}{tag}") for tag in ("stCxn", "endCxn")]
        assert all(part is not None for part in glue), "a connector that is not glued at both ends"
        homes = [sites(self.by_id[part.get("id")])[int(part.get("idx"))] for part in glue]
        away = max(math.dist(home, end) for home, end in zip(homes, ends(each), strict=True))
        arrow = each.find(f".//{A}tailEnd") is not None
        preset = each.find(f"{P}spPr/{A}prstGeom").get("prst")
        return Edge(
            properties(each).get("name"), preset, tuple(part.get("id") for part in glue), away, _way(each), arrow
        )

    def faults(self) -> list[str]:
        """Return what is wrong: what overlaps, what a line runs through, and what is not where it is glued."""
        found = [
            f"{self._said(a)} overlaps {self._said(b)}" for a, b in combinations(self.boxes, 2) if self._meet(a, b)
        ]
        for edge in self.edges:
            if edge.away > PIXEL:
                found.append(f"{edge.name} is {edge.away / PIXEL:.1f} px from its site")
            for id_, box in self.boxes.items():
                if _enters(edge.way, box, PIXEL if id_ not in edge.glued else 3 * PIXEL):
                    found.append(f"{edge.name} runs through {self._said(id_)}")
        names = Counter(properties(each).get("name") for each in shapes(self.slide))
        return found + [f"{name} is there {count} times" for name, count in names.items() if count > 1]

    def _said(self, id_: str) -> str:
        return repr(text_of(self.by_id[id_]))

    def _meet(self, one: str, other: str) -> bool:
        a, b = self.boxes[one], self.boxes[other]
        return min(a[2], b[2]) - max(a[0], b[0]) > PIXEL and min(a[3], b[3]) - max(a[1], b[1]) > PIXEL

    def joined(self) -> list[tuple[str, ...]]:
        """Return for each line the words of what it passes from its first concept on, joints left out, sorted."""
        follow: dict[str, list[str]] = {}
        for edge in self.edges:
            follow.setdefault(edge.glued[0], []).append(edge.glued[1])
        return sorted(
            tuple(text_of(self.by_id[id_]) for id_ in (edge.glued[0], self._end(edge)))
            for edge in self.edges
            if edge.glued[0] in self.boxes
        )

    def _end(self, edge: Edge) -> str:
        """Return the id of the shape with words in which a line ends, led over joints, which have but one way on."""
        at = edge.glued[1]
        while at not in self.boxes:
            at = next(each.glued[1] for each in self.edges if each.glued[0] == at)
        return at

    def links(self) -> dict[str, str]:
        """Return the relation id of the link of each shape that has one, by the first line of its text."""
        found = {}
        for each in self.by_id.values():
            click = properties(each).find(CLICKABLE)
            if click is not None:
                found[text_of(each)] = click.get(
                    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
                )
        return found


def relation_slides(built: Built) -> list[Drawn]:
    """Return the slides that show the relations of a deck."""
    numbers = [frame.number for frame in built.frames if frame.slide == "relation-map"]
    return [Drawn(built.package.xml(built.package.slides[number - 1])) for number in numbers]


def _way(connector: etree._Element) -> list[Place]:
    """Return places along a connector: its preset's path in its box, flipped, then turned about its centre."""
    transform = connector.find(f"{P}spPr/{A}xfrm")
    x, y, w, h = corners(transform)
    turn = math.radians(int(transform.get("rot", "0")) / 60_000)
    flip_x, flip_y = (-1 if transform.get(name) == "1" else 1 for name in ("flipH", "flipV"))
    found = []
    for curve in FORMULAS[connector.find(f"{P}spPr/{A}prstGeom").get("prst")]:
        for step in range(25):
            t = step / 24
            shares = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
            u, v = (sum(share * place[axis] for share, place in zip(shares, curve, strict=True)) for axis in (0, 1))
            dx, dy = (u - 0.5) * w * flip_x, (v - 0.5) * h * flip_y
            found.append(
                (
                    x + w / 2 + dx * math.cos(turn) - dy * math.sin(turn),
                    y + h / 2 + dx * math.sin(turn) + dy * math.cos(turn),
                )
            )
    return found


def _enters(way: list[Place], box: tuple[float, float, float, float], slack: float) -> bool:
    """Tell whether a way enters a box by more than `slack`; between its places it is taken as straight."""
    left, top, right, bottom = box[0] + slack, box[1] + slack, box[2] - slack, box[3] - slack
    places = [(a[0] + (b[0] - a[0]) * t / 4, a[1] + (b[1] - a[1]) * t / 4) for a, b in pairwise(way) for t in range(5)]
    return any(left < x < right and top < y < bottom for x, y in places)
