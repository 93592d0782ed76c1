"""How large the relations of a slide can be: the largest letters, then the widest boxes, in the calmer direction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.desk import Desk
from conceptdeck.layout.graph.network import Arrange
from conceptdeck.layout.graph.ranks import MAX_NODES, is_large
from conceptdeck.layout.graph.relations import Plan, Skeleton, Tie, Web, Woven, skeleton
from conceptdeck.layout.slides.node_texts import node_lines, set_together, size_at
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import network
from conceptdeck.values.presets import text_area
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Size, points
from conceptdeck.values.value import frozen

__all__ = ["Measured", "Measures", "Signs"]

SHARES = (1.0, 0.85, 0.7, 0.6, 0.5, 0.4)  # of the widest box, in the order in which they are tried
ONE_SIDE = (False,)
SIDES = (*ONE_SIDE, True)  # whether what a concept leads to stands on both sides of it, in the order that is tried
WIDER = (1.15, 1.3, 1.45, 1.6)  # times the width of others: how wide a box may be for a word that they do not hold
CALM_LINES, MOST_LINES = 2, 3  # of a text, while there is room for wider boxes
CLOSE = 0.6  # of the usual gaps, where all stands as close together as it can

Settings = Mapping[str, Sequence[Setting]]
Elsewhere = Mapping[str, Text]


@frozen
class Signs:
    """What concepts keep free for their signs before or above their texts."""

    before: Length = Length(0)
    above: Length = Length(0)


NO_SIGNS = Signs()


@frozen
class Measured:
    """Relations with a place on the slide for everything, and texts set: those of concepts by id, phrases by key.

    The texts of a concept have lines of at most `widest`, in letters that are large enough. Lines cross in so many
    `crossings`.
    """

    nodes: tuple[network.Node, ...]
    elsewhere: Elsewhere
    settings: Settings
    plan: Plan
    widest: Length
    level: int  # of the letters, in steps down the scale
    signs: Signs
    crossings: int = 0


@frozen
class _Step:
    """One way to set the texts: the step down the scale, and how wide boxes are, in EMU and as a share of the widest.

    Boxes are as high as their texts need if they are `low`, and all stands as near as it can if it is `close`. Texts
    take at most `lines` lines, while there is room for wider boxes. `uneven` boxes are wider for long words.
    """

    level: int
    width: Length
    share: float
    low: bool
    close: bool
    lines: int
    uneven: bool = False


class Measures:
    """Try out how large relations can be."""

    def __init__(self, desk: Desk, arrange: Arrange, nodes: Mapping[str, network.Node], out: Length) -> None:
        """Measure with the fonts of `desk`; `arrange` places the nodes of graphs, numbers stand `out` of them."""
        self.desk, self.arrange, self.nodes, self.out = desk, arrange, nodes, out
        self.layout = desk.layout("diagram")

    @cached_property
    def levels(self) -> int:
        """Return how many steps there are from the largest letters to the smallest."""
        roles = ("graph-name", "graph-role", "core-name", "core-role", "edge")
        return max(len(self.desk.theme.roles[role].sizes) for role in roles)

    @cached_property
    def area(self) -> Box:
        """Return where the graph may stand."""
        column, top = self.desk.theme.column, self.layout.length("at-top")
        return Box(column.x, top, column.w, Length(self.layout.length("at-bottom") - top)).inset(self.out)

    def best(self, edges: Sequence[network.Edge], elsewhere: Elsewhere) -> Measured | None:
        """Return the relations as large as they fit the slide, None if they do not.

        Signs of concepts stand before or above their names, unless letters would be smaller for it, or all closer.
        """
        if not self._may_hold(edges):
            return None
        plain = _Trial(self, edges, elsewhere)
        even = self._calmest(plain, self.levels)
        calm = even or self._calmest(plain, self.levels, uneven=True)
        found = calm or _closest(plain, self.levels)
        names = [element_of(node.name) for node in plain.nodes]
        rooms = [room for size in ("node", "line") if found and (room := self.desk.lead(names, size))]
        for signs in (each for room in rooms for each in (Signs(before=room), Signs(above=room))):
            signed = _Trial(self, edges, elsewhere, signs)
            signed.frames = plain.frames
            levels = found.level + 1 if found else 0
            made = self._calmest(signed, levels) or (None if even else self._calmest(signed, levels, uneven=True))
            if made := made or (None if calm else _closest(signed, levels)):
                return made
        return found

    def _calmest(self, trial: _Trial, levels: int, *, uneven: bool = False) -> Measured | None:
        """Return the relations at the largest letters of so many steps down the scale; calm boxes are preferred."""
        large = [level for level in self._large() if level < levels]
        found = trial.first(large, calm=True, uneven=uneven) or trial.first(large, uneven=uneven)
        if found and found.crossings and (plain := trial.first(large, sides=ONE_SIDE)):
            return min(found, plain, key=lambda made: made.crossings)
        return found

    def is_readable(self, edges: Sequence[network.Edge]) -> bool:
        """Tell whether relations that are a part of all fit a slide in the smallest letters."""
        if not self._may_hold(edges):
            return False
        longest = Text("0" * len(str(len(edges))), "")
        known = {end: longest for edge in edges for end in (edge.tail, edge.head)}
        return _Trial(self, edges, known).first([self.levels - 1], close=True) is not None

    def is_calm(self, edges: Sequence[network.Edge]) -> bool:
        """Tell whether relations fit a slide in letters that are read at ease."""
        return self._may_hold(edges) and _Trial(self, edges, {}).first(self._large()[-1:]) is not None

    def _large(self) -> list[int]:
        """Return the steps down the scale at which letters are read at ease."""
        role, calm = self.desk.theme.roles["graph-name"], self.layout.numbers["calm-size"]
        return [level for level in range(self.levels) if size_at(role, level) >= calm]

    def _may_hold(self, edges: Sequence[network.Edge]) -> bool:
        """Tell whether the smallest boxes of all concepts have room on the slide, whatever way they stand."""
        role, level = self.desk.theme.roles["graph-name"], self.levels - 1
        size = size_at(role, level)
        width = self.layout.length("least-w") * size / role.sizes[0]
        height = points(size * role.leading) + 2 * self.layout.length("pad")
        count = len({end for edge in edges for end in (edge.tail, edge.head)})
        return count * width * height <= self.area.w * self.area.h

    def forced(self, edges: Sequence[network.Edge], elsewhere: Elsewhere) -> Measured:
        """Return relations that fit nowhere, and report each text that is too long."""
        return _Trial(self, edges, elsewhere).forced()


class _Trial:
    """Relations of one slide, tried out in sizes and directions."""

    def __init__(
        self, of: Measures, edges: Sequence[network.Edge], elsewhere: Elsewhere, signs: Signs = NO_SIGNS
    ) -> None:
        self.of, self.edges, self.elsewhere, self.signs = of, edges, elsewhere, signs
        self.desk, self.layout, self.area = of.desk, of.layout, of.area
        ends = dict.fromkeys(end for edge in edges for end in (edge.tail, edge.head))
        self.nodes = tuple(node for id_, node in of.nodes.items() if id_ in ends)
        self.frames: dict[bool, Skeleton] = {}

    def first(
        self,
        levels: Iterable[int],
        *,
        calm: bool = False,
        close: bool = False,
        uneven: bool = False,
        sides: Sequence[bool] = SIDES,
    ) -> Measured | None:
        """Return the relations at the first level that fits, in the calmest of the directions that fit there.

        A `calm` level has high boxes of one size, and names on few lines; all may stand `close` together. If boxes may
        be `uneven`, those of long words are wider. What a concept leads to may stand on both `sides` of it, if there is
        no room on one.
        """
        steps = (step for level in levels for step in self._steps(level, calm=calm, close=close))
        return next((made for step in steps if (made := self._at(replace(step, uneven=uneven), sides))), None)

    def _steps(self, level: int, *, calm: bool, close: bool) -> Iterator[_Step]:
        """Yield the ways to set the texts at a level, from the most spacious to the tightest."""
        full, least = self.layout.length("node-w"), self.layout.length("least-w")
        hug = max(least, *(self._natural(node, level) for node in self.nodes))
        least = Length(round(least * self._share(level))) if close else least
        widths = [Length(round(max(least, min(full * share, hug)))) for share in SHARES]
        known = dict(zip(reversed(widths), reversed(SHARES), strict=True))  # the largest share of each width
        lines = CALM_LINES if calm else MOST_LINES
        yield from (_Step(level, width, known[width], not calm, close, lines) for width in dict.fromkeys(widths))

    def _natural(self, node: network.Node, level: int) -> Length:
        """Return the width of a concept's box whose texts take one line each."""
        room = 0
        for text, role, _ in node_lines(node, self.elsewhere.get(node.id)):
            known = self.desk.theme.roles[role]
            full = self.desk.room(text, known)
            room = max(room, round(full * size_at(known, level) / known.sizes[0]))
        return Length(room + self._around())

    @property
    def _widest(self) -> Length:
        """Return how wide a concept's text may be."""
        return Length(self.layout.length("node-w") - self._around())

    def _around(self) -> int:
        """Return what of a box's width its text cannot take."""
        pad, wide = self.layout.length("pad"), self.layout.length("node-w")
        return wide - text_area("roundRect", Box(Length(0), Length(0), wide, wide), pad).w + 2 * pad + self.signs.before

    def _at(self, step: _Step, sides: Sequence[bool]) -> Measured | None:
        """Return the relations in one way of setting their texts, None if they do not fit the slide."""
        found = None if self._is_crowded() else self._set(step)
        if found is None:
            return None
        settings, sizes = found
        ties = [Tie(edge.key, edge.tail, edge.head, sizes[edge.key] if edge.phrase else None) for edge in self.edges]
        fitting: list[Woven] = []
        for both_sides in sides:
            frame = self._frame(ties, both_sides=both_sides)
            for level in (True, False):
                web = self._web(step, sizes, ties, level=level)
                if _fits(frame.least(web), self.area) and _fits(
                    (made := frame.woven(web, self.of.arrange)).size, self.area
                ):
                    fitting.append(made)
            if fitting:
                break
        if not fitting:
            return None
        calmest = min(fitting, key=lambda made: made.crossings)
        plan = self._placed(calmest)
        return Measured(
            self.nodes,
            self.elsewhere,
            settings,
            plan,
            self._widest,
            step.level,
            self.signs,
            calmest.crossings,
        )

    def _is_crowded(self) -> bool:
        """Tell whether more stands in ranks than Graphviz arranges, which no slide can show so that it is read."""
        worded = [edge for edge in self.edges if edge.phrase]
        if is_large(len(self.nodes) + len(worded), len(self.edges) + len(worded)):
            return True
        passed = [len(rank) for frame in self.frames.values() for rank in frame.ranks]
        return sum(passed) > len(self.frames) * MAX_NODES

    def _frame(self, ties: Sequence[Tie], *, both_sides: bool) -> Skeleton:
        if both_sides not in self.frames:
            ids = [node.id for node in self.nodes]
            self.frames[both_sides] = skeleton(ids, ties, self.of.arrange, both_sides=both_sides)
        return self.frames[both_sides]

    def _web(self, step: _Step, sizes: Mapping[str, Size], ties: Sequence[Tie], *, level: bool) -> Web:
        share = self._share(step.level) * CLOSE if step.close else 1.0
        return Web(
            nodes={node.id: sizes[node.id] for node in self.nodes},
            ties=ties,
            nodesep=Length(round(self.layout.length("node-gap") * share)),
            ranksep=Length(round(self.layout.length("rank-gap") * share)),
            loop=Length(round(self.layout.length("loop-gap") * share)),
            level=level,
            bend=self.layout.length("bend"),
        )

    def _share(self, level: int) -> float:
        """Return how large the letters are, as a share of the largest."""
        role = self.desk.theme.roles["graph-name"]
        return size_at(role, level) / role.sizes[0]

    def _set(self, step: _Step) -> tuple[dict[str, tuple[Setting, ...]], dict[str, Size]] | None:
        """Return the texts of concepts and phrases set, and the room that they take; None if a word is too wide."""
        settings: dict[str, tuple[Setting, ...]] = {}
        sizes: dict[str, Size] = {}
        for node in self.nodes:
            made = self._node(node, step)
            if made is None:
                return None
            settings[node.id], width = made
            kind = "core" if node.focus else "node"
            least = 0 if step.low else self.layout.length(f"{kind}-h") * self._share(step.level)
            height = (
                sum(setting.height for setting in settings[node.id]) + 2 * self.layout.length("pad") + self.signs.above
            )
            sizes[node.id] = Size(width, Length(round(max(least, height))))
        plain = [node.id for node in self.nodes if not node.focus]
        if plain and not step.low:
            highest = Length(max(sizes[id_].h for id_ in plain))
            sizes |= {id_: Size(sizes[id_].w, highest) for id_ in plain}
        for edge in self.edges:
            if edge.phrase:
                phrase, sizes[edge.key] = self._phrase(edge.phrase, step)
                settings[edge.key] = (phrase,)
        return settings, sizes

    def _node(self, node: network.Node, step: _Step) -> tuple[tuple[Setting, ...], Length] | None:
        """Return a concept's texts set within a box, and its width: the step's, or a larger one if that may be.

        None if a word is wider or lines are many.
        """
        shares = (1.0, *WIDER) if step.uneven else (1.0,)
        widths = (Length(round(step.width * share)) for share in shares)
        return next(((made, width) for width in widths if (made := self._within(width, node, step))), None)

    def _within(self, width: Length, node: network.Node, step: _Step) -> tuple[Setting, ...] | None:
        """Return a concept's texts set within a box of a width, None if a word is wider or lines are many."""
        inner = Length(width - self._around())
        made = []
        for text, role, _ in node_lines(node, self.elsewhere.get(node.id)):
            known = self.desk.theme.roles[role]
            found = self.desk.set(text, known, size_at(known, step.level), inner)
            if (
                found is None
                or (
                    found.split and not (found.marks and not step.uneven and step.width >= self.layout.length("node-w"))
                )
                or (len(found.lines) > step.lines and step.width < self.layout.length("node-w"))
            ):
                return None
            made.append(found)
        return tuple(made)

    def _phrase(self, text: Text, step: _Step) -> tuple[Setting, Size]:
        """Return a phrase set on few lines, and the room that it takes."""
        role, gap = self.desk.theme.roles["edge"], self.layout.length("edge-gap")
        size = size_at(role, step.level)
        most = round(self.layout.length("phrase-w") * step.share)
        whole = Length(round(self.desk.room(text, role) * size / role.sizes[0]))
        widths = [min(Length(most), whole), Length(self.layout.length("phrase-w")), whole]
        found = next(
            (made for width in widths if (made := self.desk.set(text, role, size, Length(width))) and not made.split),
            None,
        )
        setting = found or self.desk.at_floor(text, role, whole)
        room = Length(round(setting.width * (1 + self.desk.theme.spare)) + 2 * gap)
        return setting, Size(room, Length(setting.height + gap))

    def _placed(self, made: Woven) -> Plan:
        """Return a graph in the middle of the slide, spread over the room that there is."""
        most = self.layout.length("most-gap")
        plan = made.spread(Size(self.area.w, self.area.h), Size(most, most)).drawn()
        left, top = (self.area.w - plan.size.w) // 2, (self.area.h - plan.size.h) // 2
        return plan.moved(self.area.x + left, self.area.y + top)

    def forced(self) -> Measured:
        """Return the relations with each box as large as it may be alone, and report what does not fit it."""
        level = self.of.levels - 1
        step = _Step(level, self.layout.length("node-w"), 1.0, True, True, MOST_LINES)
        pad = 2 * self.layout.length("pad")
        room = Size(Length(step.width - self._around()), Length(self.area.h // 3 - pad))
        settings: dict[str, tuple[Setting, ...]] = {}
        sizes: dict[str, Size] = {}
        for node in self.nodes:
            lines = node_lines(node, self.elsewhere.get(node.id))
            settings[node.id] = set_together(self.desk, lines, room, self.of.levels)
            height = sum(each.height for each in settings[node.id]) + pad
            sizes[node.id] = Size(step.width, Length(min(height, self.area.h)))
        for edge in self.edges:
            if edge.phrase:
                wide = Size(self.layout.length("phrase-w"), Length(self.area.h // 3))
                made = self.desk.fit(edge.phrase, self.desk.theme.roles["edge"], wide)
                settings[edge.key], sizes[edge.key] = (made,), Size(wide.w, Length(min(made.height, wide.h)))
        ties = [Tie(edge.key, edge.tail, edge.head, sizes.get(edge.key)) for edge in self.edges]
        frame = self._frame(ties, both_sides=False)
        made_ = frame.woven(self._web(step, sizes, ties, level=True), self.of.arrange)
        return Measured(self.nodes, self.elsewhere, settings, self._placed(made_), self._widest, level, self.signs)


def _closest(trial: _Trial, levels: int) -> Measured | None:
    """Return the relations as near to each other as they can be, at the largest letters of so many steps."""
    return trial.first(range(levels), close=True) or trial.first(range(levels), close=True, uneven=True)


def _fits(size: Size, area: Box) -> bool:
    return size.w <= area.w and size.h <= area.h
