"""Bows: relations as one unbroken curve from concept to concept, the linking phrase beside its middle.

A relation graph is laid out with its phrases within its lines, so there is room for them. Where a curve from box to box
meets nothing and its phrase finds a place beside it, it takes the place of the two lines; where not, they stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from conceptdeck.layout.graph.obstacles import Obstacles, enters
from conceptdeck.layout.graph.relations import Plan, Tie
from conceptdeck.values.presets import bezier
from conceptdeck.values.units import Box, Length, Point, Size
from conceptdeck.values.value import frozen

__all__ = ["Bow", "Rooms", "bows"]

SAMPLES = 24  # places that are looked at on a curve
PLACES = (0.5, 0.625, 0.375, 0.75, 0.25)  # where on its curve a phrase may stand, the middle first
SHARE = 0.5  # of the relations that lead from rank to rank: fewer bows are none
OUTSIDE = 12  # how much farther, in the gap beside it, a phrase stands outside rather than inside
MOST = 40  # relations: a net of more of them has no room beside its lines, and is not searched for it
Way = tuple[Point, ...]


@frozen
class Bow:
    """The curve of a relation, a start and three points for each cubic Bézier curve, and its phrase beside it.

    `align` tells on which side of its box the phrase is near the curve.
    """

    points: Way
    phrase: Box | None
    align: str


@frozen
class Rooms:
    """What is kept free: `beside` a curve for its phrase, `clear` around other things, and `run` before a head.

    Phrases may stand out to the sides as long as all is no wider than `width`.
    """

    beside: int
    clear: int
    run: int
    width: int


@frozen
class _Wire:
    """A line of a relation as places along it, or one of its lines, and the box around it."""

    key: str
    way: Way
    reach: Box


@frozen
class _Ends:
    """Where a relation leaves its tail and reaches its head; `level` if it leads sideways."""

    tie: Tie
    start: Point
    end: Point
    level: bool


def bows(plan: Plan, ties: Sequence[Tie], rooms: Rooms, *, level: bool) -> dict[str, Bow]:
    """Return the relations that can be drawn as bows, by key.

    All are tried together; those that are in the way keep their lines, and the others are tried again. Few bows among
    many lines would look like something else, so there are none then.
    """
    if len(ties) > MOST:
        return {}
    phrases = {tie.key: plan.boxes[tie.key] for tie in ties if tie.key in plan.boxes}
    concepts = {id_: box for id_, box in plan.boxes.items() if id_ not in phrases}
    solid = Obstacles(concepts, rooms.clear)
    whole = Box(Length(0), Length(0), plan.size.w, plan.size.h).inset(min(0, plan.size.w - rooms.width) // 2, 0)
    waiting = {ends.tie.key: ends for ends in _all_ends(concepts, ties, level=level)}
    total = len(waiting)
    while waiting:
        curves = {key: _curve(ends, rooms.run) for key, ends in waiting.items()}
        stay = [key for key in phrases if key not in waiting]
        fixed = [_wire(key, way) for tie in ties if (key := tie.key) not in waiting for way in _lines(plan, key)]
        wires = [*fixed, *(_wire(key, _sampled(points)) for key, points in curves.items())]
        table = _Table(rooms, whole, solid, wires, [*concepts.values(), *(phrases[key] for key in stay)])
        found: dict[str, Bow] = {}
        for key, ends in waiting.items():
            if bow := table.bow(ends, curves[key], [phrases[key] for key in stay]):
                found[key] = bow
        if len(found) == len(waiting):
            return found if len(found) >= total * SHARE else {}
        waiting = {key: ends for key, ends in waiting.items() if key in found}
    return {}


def _wire(key: str, way: Way) -> _Wire:
    """Return a line with the box around it."""
    left, top = min(at.x for at in way), min(at.y for at in way)
    right, bottom = max(at.x for at in way) + 1, max(at.y for at in way) + 1
    return _Wire(key, way, Box(left, top, Length(right - left), Length(bottom - top)))


def _lines(plan: Plan, key: str) -> list[Way]:
    """Return the lines of a relation as they are without a bow."""
    return [tuple(at for piece in line.pieces for at in piece.path) for line in plan.lines if line.key == key]


def _all_ends(boxes: Mapping[str, Box], ties: Sequence[Tie], *, level: bool) -> Iterator[_Ends]:
    """Yield the ends of relations that lead from rank to rank, those of one side of a box apart from each other."""
    sides: dict[tuple[str, bool], list[tuple[int, str, bool]]] = {}
    ways: dict[str, bool] = {}
    for tie in ties:
        tail, head = _upright(boxes[tie.tail], level=level), _upright(boxes[tie.head], level=level)
        if tie.tail == tie.head or not (tail.bottom <= head.y or head.bottom <= tail.y):
            continue
        ways[tie.key] = down = tail.bottom <= head.y
        sides.setdefault((tie.tail, down), []).append((head.centre.x, tie.key, True))
        sides.setdefault((tie.head, not down), []).append((tail.centre.x, tie.key, False))
    places: dict[tuple[str, bool], Point] = {}
    for (id_, foot), joined in sides.items():
        box = _upright(boxes[id_], level=level)
        for at, (_, key, leaves) in enumerate(sorted(joined)):
            x = box.x + box.w * (2 * at + 1) // (2 * len(joined))
            places[key, leaves] = _point(x, box.bottom if foot else box.y, level=level)
    for tie in ties:
        if tie.key in ways:
            yield _Ends(tie, places[tie.key, True], places[tie.key, False], level)


class _Table:
    """Where bows and their phrases have room: on `whole`, clear of the concepts, other lines and `taken` boxes."""

    def __init__(self, rooms: Rooms, whole: Box, solid: Obstacles, wires: Sequence[_Wire], taken: list[Box]) -> None:
        """Take what is fixed; phrases are added to `taken` as they find their places."""
        self.rooms = rooms
        self.whole = whole
        self.solid = solid
        self.wires = wires
        self.taken = taken

    def bow(self, ends: _Ends, points: Way, phrases: Sequence[Box]) -> Bow | None:
        """Return the bow of a relation; None if it meets a box or a line, or if its phrase has no place beside it."""
        way, tie = _sampled(points), ends.tie
        own, others = _wire(tie.key, way), [wire for wire in self.wires if wire.key != tie.key]
        met = self.solid.meet(way, (tie.tail, tie.head)) or any(_cross(own, other) for other in others)
        if met or _meets(way, [box.inset(-self.rooms.clear) for box in phrases]):
            return None
        if not tie.phrase:
            return Bow(points, None, "ctr")
        for at in PLACES:
            for box, align in _beside(way, round(at * SAMPLES), tie.phrase, self.rooms.beside, self.whole):
                if self._is_free(box, others):
                    self.taken.append(box)
                    return Bow(points, box, align)
        return None

    def _is_free(self, box: Box, others: Sequence[_Wire]) -> bool:
        """Tell whether a phrase may stand somewhere."""
        kept = box.inset(-self.rooms.clear)
        if not self.whole.holds(box) or any(kept.overlaps(other) for other in self.taken):
            return False
        return not any(kept.overlaps(other.reach) and _meets(other.way, [kept]) for other in others)


def _curve(ends: _Ends, run: int) -> Way:
    """Return an S that leaves and arrives at right angles, straight for as long as an arrowhead before its end."""
    (x, y), (x1, y1) = ((at.y, at.x) if ends.level else at for at in (ends.start, ends.end))
    down = 1 if y1 > y else -1
    foot = y1 - down * min(run, abs(y1 - y) // 2)
    middle = (y + foot) // 2
    third = (y1 - foot) // 3
    places = [(x, y), (x, middle), (x1, middle), (x1, foot), (x1, foot + third), (x1, y1 - third), (x1, y1)]
    return tuple(_point(*place, level=ends.level) for place in places)


def _beside(way: Way, number: int, size: Size, gap: int, whole: Box) -> list[tuple[Box, str]]:
    """Return where a phrase may stand beside a place of a curve, the nearest places first, at best outside."""
    place = way[number]
    left, right = place.x - size.w // 2, place.x + size.w // 2
    top, bottom = place.y - size.h // 2, place.y + size.h // 2
    beside = [place.x, *(at.x for at in way if top - gap <= at.y <= bottom + gap)]
    along = [place.y, *(at.y for at in way if left - gap <= at.x <= right + gap)]
    leaning = (way[-1].x - way[0].x) * (way[-1].y - way[0].y) < 0  # what is above it is on its left
    leftwards = place.x < whole.centre.x
    found = [
        (max(beside) - place.x, leftwards, max(beside) + gap, top, "l"),
        (place.x - min(beside), not leftwards, min(beside) - gap - size.w, top, "r"),
        (place.y - min(along), leaning != leftwards, left, min(along) - gap - size.h, "ctr"),
        (max(along) - place.y, leaning == leftwards, left, max(along) + gap, "ctr"),
    ]
    found.sort(key=lambda each: each[0] // gap + OUTSIDE * each[1])
    return [(Box(Length(x), Length(y), size.w, size.h), align) for _, _, x, y, align in found]


def _sampled(points: Way) -> Way:
    """Return places along curves, the middle of the first one in the middle."""
    curves = [points[at : at + 4] for at in range(0, len(points) - 1, 3)]
    places = [bezier(curves[0], at / SAMPLES) for at in range(SAMPLES + 1)]
    return tuple(Point(Length(round(x)), Length(round(y))) for x, y in [*places, points[-1]])


def _meets(way: Way, boxes: Sequence[Box]) -> bool:
    return any(enters(*piece, box) for box in boxes for piece in _pieces(way, box))


def _cross(one: _Wire, other: _Wire) -> bool:
    """Tell whether two lines cross away from where they end together."""
    if not one.reach.overlaps(other.reach):
        return False
    near = _pieces(other.way, one.reach)
    return any(_meet(*piece, *each) for piece in _pieces(one.way, other.reach) for each in near)


def _pieces(way: Way, area: Box) -> list[tuple[Point, Point]]:
    """Return the straight pieces of a line that may reach into an area."""
    left, top, right, bottom = area.x, area.y, area.right, area.bottom
    return [
        (p, q)
        for p, q in pairwise(way)
        if (p.x <= right or q.x <= right)
        and (p.x >= left or q.x >= left)
        and (p.y <= bottom or q.y <= bottom)
        and (p.y >= top or q.y >= top)
    ]


def _meet(p: Point, q: Point, r: Point, s: Point) -> bool:
    """Tell whether two straight pieces cross: the ends of each are on both sides of the other."""
    x, y = q.x - p.x, q.y - p.y
    if (x * (r.y - p.y) - y * (r.x - p.x)) * (x * (s.y - p.y) - y * (s.x - p.x)) >= 0:
        return False
    x, y = s.x - r.x, s.y - r.y
    return (x * (p.y - r.y) - y * (p.x - r.x)) * (x * (q.y - r.y) - y * (q.x - r.x)) < 0


def _upright(box: Box, *, level: bool) -> Box:
    """Return a box as it is where ranks follow each other downwards."""
    return Box(box.y, box.x, box.h, box.w) if level else box


def _point(x: int, y: int, *, level: bool) -> Point:
    return Point(Length(y), Length(x)) if level else Point(Length(x), Length(y))
