"""Relation graphs, for slides and pictures alike: where concepts and phrases stand, and what lines lead between them.

Graphviz gives ranks, order and places. A linking phrase is a node of its own between two halves of its edge, and an
edge that passes a rank has a joint there, so that the line of each piece crosses only the free room between two ranks.
Inside, ranks follow each other downwards; a graph that is read from left to right is turned over at the end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from conceptdeck.layout.graph.loops import Loop, looped, reserved
from conceptdeck.layout.graph.network import Arrange, Graph, Link, place
from conceptdeck.layout.graph.obstacles import Obstacles
from conceptdeck.layout.graph.order import balanced, reading_order
from conceptdeck.layout.graph.ways import Gates, Piece, led
from conceptdeck.values.units import Box, Length, Point, Size, points
from conceptdeck.values.value import frozen

__all__ = ["Line", "Plan", "Skeleton", "Tie", "Web", "Woven", "skeleton"]

NONE = Length(0)
JOINT = Size(points(4), points(1))
CLEAR = points(2)  # what lines keep free around foreign boxes
TURNED_SITES = {0: 1, 1: 0, 2: 3, 3: 2}  # of a rectangle whose x and y change places
HEAVY = 8  # how much straighter the way past ranks is kept than the way between two
STEPS = 24  # in which the widest spread is found


@frozen
class Tie:
    """A relation to draw: its key, the ids of its concepts, and the room that its phrase takes if it has one."""

    key: str
    tail: str
    head: str
    phrase: Size | None = None


@frozen(kw_only=True)
class Web:
    """Concepts of known sizes and the relations between them, read downwards or from left to right (`level`).

    `loop` is how far a relation of a concept to itself stands off. Lines that go on by less than `bend` are straight.
    """

    nodes: Mapping[str, Size]
    ties: Sequence[Tie]
    nodesep: Length
    ranksep: Length
    loop: Length
    level: bool = False
    bend: Length = NONE

    def loops(self) -> dict[str, dict[str, Size | None]]:
        """Return the relations of concepts to themselves by concept and key, with the room of their phrases."""
        found: dict[str, dict[str, Size | None]] = {}
        for tie in self.ties:
            if tie.tail == tie.head:
                found.setdefault(tie.tail, {})[tie.key] = _phrase(tie, self)
        return found


@frozen
class Line:
    """A line of a relation from one box to another, in pieces; `sites` are its ends' connection sites on rectangles.

    It is the `last` of its relation if it ends at the relation's head.
    """

    key: str
    tail: str
    head: str
    sites: tuple[int, int]
    pieces: tuple[Piece, ...]
    last: bool


@frozen
class Plan:
    """A drawn relation graph: boxes of concepts by id and of phrases by the key of their relation, lines, and size."""

    boxes: Mapping[str, Box]
    lines: tuple[Line, ...]
    size: Size

    def moved(self, dx: int, dy: int) -> Plan:
        """Return the graph shifted by `dx` and `dy`."""
        lines = (replace(line, pieces=tuple(_shifted(piece, dx, dy) for piece in line.pieces)) for line in self.lines)
        return Plan({id_: box.moved(dx, dy) for id_, box in self.boxes.items()}, tuple(lines), self.size)


@frozen
class Skeleton:
    """The ranks of a relation graph, of concepts, phrases and joints: they do not depend on any size.

    `chains` holds for each relation what its edge passes on its way down, `turned` the relations that lead upwards.
    """

    ranks: tuple[tuple[str, ...], ...]
    chains: Mapping[str, tuple[str, ...]]
    turned: frozenset[str]

    def least(self, web: Web) -> Size:
        """Return room that the graph takes at the least, as it is read: quicker to know than what it takes."""
        sizes = _sizes(web, self)
        gaps = [web.nodesep * (len(rank) - 1) for rank in self.ranks]
        wide = max(sum(sizes[id_].w for id_ in rank) + gap for rank, gap in zip(self.ranks, gaps, strict=True))
        high = sum(max(sizes[id_].h for id_ in rank) for rank in self.ranks) + web.ranksep * (len(self.ranks) - 1)
        return _across(Size(Length(wide), Length(high)), web.level)

    def woven(self, web: Web, arrange: Arrange) -> Woven:
        """Return where `arrange` puts the concepts and phrases of `web`."""
        graph = _graph(_sizes(web, self), self.chains, self.ranks, nodesep=web.nodesep, ranksep=web.ranksep)
        return Woven(web, self, place(arrange, graph).boxes)


@frozen
class Woven:
    """A relation graph whose places are known; its lines follow when it is `drawn`.

    `boxes` holds concepts with the room of their loops, phrases, and joints, in ranks from top to bottom.
    """

    web: Web
    frame: Skeleton
    boxes: Mapping[str, Box]

    @property
    def size(self) -> Size:
        """Return the room that the graph takes, as it is read."""
        across, along = _span(self.boxes.values(), 1.0, level=True), _span(self.boxes.values(), 1.0, level=False)
        return Size(along, across) if self.web.level else Size(across, along)

    @property
    def crossings(self) -> int:
        """Return how often edges cross between ranks."""
        rank_of = {id_: at for at, rank in enumerate(self.frame.ranks) for id_ in rank}
        steps: dict[int, list[tuple[int, int]]] = {}
        for chain in self.frame.chains.values():
            for upper, lower in pairwise(chain):
                steps.setdefault(rank_of[upper], []).append((self.boxes[upper].centre.x, self.boxes[lower].centre.x))
        return sum(
            (one[0] - other[0]) * (one[1] - other[1]) < 0
            for found in steps.values()
            for at, one in enumerate(found)
            for other in found[:at]
        )

    def spread(self, room: Size, most: Size) -> Woven:
        """Return the graph with its boxes moved apart, within `room`.

        `most` is how far neighbours of a rank may then be from each other, and ranks from ranks, as they are read.
        """
        room, most = (_across(size, self.web.level) for size in (room, most))
        across = _share(self.boxes.values(), room.w, most.w - self.web.nodesep, level=True)
        along = _share(self.boxes.values(), room.h, most.h - self.web.ranksep, level=False)
        boxes = {id_: _moved_apart(box, across, along) for id_, box in self.boxes.items()}
        return replace(self, boxes=boxes)

    def drawn(self) -> Plan:
        """Return the graph with its lines, the top left corner of all at 0, 0."""
        solid: dict[str, Box] = {}
        loops: list[tuple[str, Loop]] = []
        own = self.web.loops()
        for id_, size in self.web.nodes.items():
            solid[id_] = _centred(self.boxes[id_].centre, _across(size, self.web.level))
            loops += ((id_, loop) for loop in looped(solid[id_], own.get(id_, {}), self.web.loop))
        solid |= {loop.key: loop.box for _, loop in loops if loop.box}
        for tie in self.web.ties:
            if tie.phrase and tie.tail != tie.head:
                solid[tie.key] = _centred(self.boxes[tie.key].centre, _across(tie.phrase, self.web.level))
        bands, obstacles = self._bands(), Obstacles(solid, CLEAR)
        lines = [line for tie in self.web.ties for line in self._lines(tie, solid, bands, obstacles)]
        lines += (line for id_, loop in loops for line in _loop_lines(id_, loop))
        return _as_read(solid, lines, [*self.boxes.values()], level=self.web.level)

    def _bands(self) -> dict[str, tuple[Length, Length]]:
        """Return the top and the bottom of the rank that each box stands in."""
        found: dict[str, tuple[Length, Length]] = {}
        for rank in self.frame.ranks:
            boxes = [self.boxes[id_] for id_ in rank]
            band = min(box.y for box in boxes), max(box.bottom for box in boxes)
            found |= dict.fromkeys(rank, band)
        return found

    def _lines(
        self, tie: Tie, solid: Mapping[str, Box], bands: Mapping[str, tuple[Length, Length]], obstacles: Obstacles
    ) -> list[Line]:
        """Return the line of a relation between two concepts, or its halves to the phrase and on from there."""
        if tie.tail == tie.head:
            return []
        chain = self.frame.chains[tie.key]
        stops = [chain[0], *([tie.key] if tie.phrase else []), chain[-1]]
        found = []
        for upper, lower in pairwise(stops):
            between = chain[chain.index(upper) + 1 : chain.index(lower)]
            gates = [
                _from(solid[upper], bands[upper]),
                *(_past(self.boxes[id_], bands[id_]) for id_ in between),
                _to(solid[lower], bands[lower]),
            ]
            pieces = led(gates, obstacles, (upper, lower), self.web.bend)
            found.append(Line(tie.key, upper, lower, (2, 0), pieces, last=lower == tie.head))
        return [_turned(line, tie) for line in reversed(found)] if tie.key in self.frame.turned else found


def _from(box: Box, band: tuple[Length, Length]) -> Gates:
    """Return where a line leaves a box downwards, and its rank."""
    return Gates(Point(box.centre.x, box.bottom), Point(box.centre.x, band[1]))


def _past(joint: Box, band: tuple[Length, Length]) -> Gates:
    """Return where a line that passes a joint comes to its rank and leaves it."""
    return Gates(Point(joint.centre.x, band[0]), Point(joint.centre.x, band[1]))


def _to(box: Box, band: tuple[Length, Length]) -> Gates:
    """Return where a line comes down to a rank, and to a box in it."""
    return Gates(Point(box.centre.x, band[0]), Point(box.centre.x, box.y))


def skeleton(nodes: Iterable[str], ties: Sequence[Tie], arrange: Arrange, *, both_sides: bool = False) -> Skeleton:
    """Return the ranks into which `arrange` puts concepts and phrases, with a joint in each rank that an edge passes.

    With `both_sides`, half of a hub's leaves stand before it even if all relations lead away from it.
    """
    known = list(nodes)
    apart = [tie for tie in ties if tie.tail != tie.head]
    turned = _turned_ties(known, apart, both_sides=both_sides)
    worded = any(tie.phrase for tie in apart)
    chains: dict[str, list[str]] = {}
    for tie in apart:
        upper, lower = (tie.head, tie.tail) if tie.key in turned else (tie.tail, tie.head)
        chains[tie.key] = [upper, *([tie.key] if worded else []), lower]
    ids = [*known, *(tie.key for tie in apart if worded)]
    gap = JOINT.w
    ranks = place(arrange, _graph(dict.fromkeys(ids, JOINT), chains, (), nodesep=gap, ranksep=gap)).ranks
    rank_of = {id_: at for at, rank in enumerate(ranks) for id_ in rank}
    bands = [list(rank) for rank in ranks]
    for key, chain in chains.items():
        whole = [chain[0]]
        for upper, lower in pairwise(chain):
            for rank in range(rank_of[upper] + 1, rank_of[lower]):
                whole.append(f"{key}|{rank}")
                bands[rank].append(whole[-1])
            whole.append(lower)
        chains[key] = whole
    return Skeleton(tuple(map(tuple, bands)), {key: tuple(chain) for key, chain in chains.items()}, turned)


def _sizes(web: Web, frame: Skeleton) -> dict[str, Size]:
    """Return the room that all in the ranks takes, as ranks follow each other downwards."""
    loops = web.loops()
    sizes = {
        id_: reserved(_across(size, web.level), [*loops.get(id_, {}).values()], web.loop)
        for id_, size in web.nodes.items()
    }
    sizes |= {tie.key: size for tie in web.ties if (size := _phrase(tie, web))}
    return {id_: sizes.get(id_, JOINT) for rank in frame.ranks for id_ in rank}


def _graph(
    sizes: Mapping[str, Size],
    chains: Mapping[str, Sequence[str]],
    bands: Sequence[Sequence[str]],
    *,
    nodesep: Length,
    ranksep: Length,
) -> Graph:
    """Return the graph that is given to Graphviz."""
    links = []
    for chain in chains.values():
        for at, (upper, lower) in enumerate(pairwise(chain)):
            passes = 0 < at < len(chain) - 2
            links.append(Link(upper, lower, "", weight=HEAVY if passes else 2))
    return Graph(sizes=sizes, links=links, nodesep=nodesep, ranksep=ranksep, bands=bands, routed=False)


def _turned_ties(nodes: Sequence[str], ties: Sequence[Tie], *, both_sides: bool) -> frozenset[str]:
    """Return the relations whose heads stand above their tails."""
    ways = [(tie.tail, tie.head) for tie in ties]
    if both_sides:
        ways = [way[::-1] if back else way for way, back in zip(ways, balanced(ways), strict=True)]
    place_of = {id_: at for at, id_ in enumerate(reading_order(nodes, ways))}
    return frozenset(tie.key for tie in ties if place_of[tie.tail] > place_of[tie.head])


def _phrase(tie: Tie, web: Web) -> Size | None:
    return _across(tie.phrase, web.level) if tie.phrase else None


def _across(size: Size, level: bool) -> Size:
    """Return a size as it is where ranks follow each other downwards."""
    return Size(size.h, size.w) if level else size


def _centred(centre: Point, size: Size) -> Box:
    return Box(Length(centre.x - size.w // 2), Length(centre.y - size.h // 2), size.w, size.h)


def _turned(line: Line, tie: Tie) -> Line:
    """Return a line that leads upwards."""
    pieces = tuple(piece.turned() for piece in reversed(line.pieces))
    return Line(line.key, line.head, line.tail, (line.sites[1], line.sites[0]), pieces, last=line.tail == tie.head)


def _loop_lines(id_: str, loop: Loop) -> list[Line]:
    if len(loop.pieces) == 1:
        return [Line(loop.key, id_, id_, (loop.sites[0], loop.sites[1]), loop.pieces[0], last=True)]
    out, back = loop.pieces
    return [
        Line(loop.key, id_, loop.over, (loop.sites[0], loop.sites[1]), out, last=False),
        Line(loop.key, loop.over, id_, (loop.sites[2], loop.sites[3]), back, last=True),
    ]


# -- room ---------------------------------------------------------------------------------------------------------


def _span(boxes: Collection[Box], share: float, *, level: bool) -> Length:
    """Return the room across (`level`) or along that boxes take if their middles are `share` times as far apart."""
    ends = [(box.centre.x, box.w) if level else (box.centre.y, box.h) for box in boxes]
    return Length(
        round(max(at * share + side / 2 for at, side in ends) - min(at * share - side / 2 for at, side in ends))
    )


def _share(boxes: Collection[Box], room: int, more: int, *, level: bool) -> float:
    """Return how many times as far apart boxes can stand within `room`, the closest ones no more than `more` apart."""
    middles = sorted({box.centre.x if level else box.centre.y for box in boxes})
    steps = [other - one for one, other in pairwise(middles)]
    if not steps or more <= 0:
        return 1.0
    low, high = 1.0, 1 + more / max(steps)
    if _span(boxes, high, level=level) <= room:
        return high
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _span(boxes, middle, level=level) <= room else (low, middle)
    return low


def _moved_apart(box: Box, across: float, along: float) -> Box:
    centre = Point(Length(round(box.centre.x * across)), Length(round(box.centre.y * along)))
    return _centred(centre, Size(box.w, box.h))


def _as_read(solid: Mapping[str, Box], lines: Sequence[Line], whole: Sequence[Box], *, level: bool) -> Plan:
    """Return boxes and lines from the corner of all, turned over if the graph is read from left to right."""
    left, top = min(box.x for box in whole), min(box.y for box in whole)
    size = Size(Length(max(box.right for box in whole) - left), Length(max(box.bottom for box in whole) - top))
    boxes = {id_: box.moved(-left, -top) for id_, box in solid.items()}
    made = [replace(line, pieces=tuple(_shifted(piece, -left, -top) for piece in line.pieces)) for line in lines]
    if not level:
        return Plan(boxes, tuple(made), size)
    boxes = {id_: Box(box.y, box.x, box.h, box.w) for id_, box in boxes.items()}
    made = [
        replace(
            line,
            sites=(TURNED_SITES[line.sites[0]], TURNED_SITES[line.sites[1]]),
            pieces=tuple(piece.transposed() for piece in line.pieces),
        )
        for line in made
    ]
    return Plan(boxes, tuple(made), Size(size.h, size.w))


def _shifted(piece: Piece, dx: int, dy: int) -> Piece:
    start, end = (Point(Length(x + dx), Length(y + dy)) for x, y in (piece.start, piece.end))
    return replace(piece, start=start, end=end)
