"""The relation slide: any graph, as large as the slide has room for, in connectors that stay glued.

What cannot be read on one slide is parted. A concept that stands on several slides says on which, and leads there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.desk import Desk, NodeLook, TextLook
from conceptdeck.layout.graph.network import Arrange, relation_link
from conceptdeck.layout.graph.parts import core, longest, parted
from conceptdeck.layout.pages import frames_of, on_click, page_title
from conceptdeck.layout.slides.node_texts import node_lines
from conceptdeck.layout.slides.relation_lines import LineLook, connectors
from conceptdeck.layout.slides.relation_size import Measured, Measures
from conceptdeck.layout.walks import Badge, Turns
from conceptdeck.values import deck, model, network
from conceptdeck.values.diagram import WalkStep
from conceptdeck.values.frame import Fill, Frame, Item, Shape, Sign, Stroke
from conceptdeck.values.items import appearing, click_of
from conceptdeck.values.remarks import Way
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text, composed
from conceptdeck.values.units import Length

__all__ = ["relations"]

ALONE = 1  # relations that make no part to be split


def relations(slide: deck.RelationMap, desk: Desk, arrange: Arrange) -> list[Frame]:
    """Lay out the relations; what does not fit on one slide in letters that can be read goes on further ones."""
    layout = desk.layout("diagram")
    out = layout.length("badge-out") if slide.walk else Length(0)
    measures = Measures(desk, arrange, {node.id: node for node in slide.nodes}, out)
    parts, plans = _planned(slide, measures)
    pages: list[list[Item]] = []
    for at, (edges, plan) in enumerate(zip(parts, plans, strict=True)):
        title = page_title(slide.title, at + 1, len(parts), desk.words)
        drawing = _Drawing(desk, edges, plan, _links(slide.key, parts, at), slide.walk)
        pages.append([desk.placeholder(layout.placeholders["title"], title), *drawing.items()])
    return frames_of(slide.key, "diagram", pages, desk.language)


def _planned(slide: deck.RelationMap, measures: Measures) -> tuple[list[list[network.Edge]], list[Measured]]:
    """Return the parts of the relations, and where everything of each stands."""
    plan = measures.best(slide.edges, {})
    if plan:
        return [list(slide.edges)], [plan]
    if slide.core or slide.communities:
        return _core(slide, measures)
    parts = parted(slide.edges, measures.is_readable)
    while True:
        plans = [measures.best(part, _elsewhere(parts, at, measures.desk)) for at, part in enumerate(parts)]
        tight = next((at for at, found in enumerate(plans) if not found and len(parts[at]) > ALONE), None)
        if tight is None:
            break
        half = (len(parts[tight]) + 1) // 2
        parts[tight : tight + 1] = [parts[tight][:half], parts[tight][half:]]
    kept = [
        found or measures.forced(part, _elsewhere(parts, at, measures.desk))
        for at, (part, found) in enumerate(zip(parts, plans, strict=True))
    ]
    return parts, kept


def _core(slide: deck.RelationMap, measures: Measures) -> tuple[list[list[network.Edge]], list[Measured]]:
    """Return the relations that have room on one slide, the others go to the notes.

    They are those around the busiest concept, and of communities the first ones.
    """
    desk = measures.desk
    names = {node.id: node.name for node in slide.nodes}

    def fits(edges: Sequence[network.Edge]) -> bool:
        return measures.best(edges, {}) is not None

    count = longest(slide.edges, fits) if slide.communities else 0
    kept = list(slide.edges[:count]) or core(slide.edges, measures.is_calm)
    drawn = {edge.key for edge in kept}
    for edge in slide.edges:
        if edge.key not in drawn:
            told = desk.words.related(names[edge.tail], edge.phrase, names[edge.head], directed=edge.directed)
            desk.left.append(composed(told, names[edge.tail], edge.phrase, names[edge.head], key=edge.key))
            desk.remark(Way.NOTES, edge.key)
    return [kept], [measures.best(kept, {}) or measures.forced(kept, {})]


def _ends(edges: Sequence[network.Edge]) -> dict[str, None]:
    return dict.fromkeys(end for edge in edges for end in (edge.tail, edge.head))


def _others(parts: Sequence[Sequence[network.Edge]], own: int) -> dict[str, list[int]]:
    """Return for each concept of a part the other parts that it stands in, the following ones first."""
    order = [*range(own + 1, len(parts)), *range(own)]
    ends = [_ends(part) for part in parts]
    return {id_: found for id_ in ends[own] if (found := [at for at in order if id_ in ends[at]])}


def _elsewhere(parts: Sequence[Sequence[network.Edge]], own: int, desk: Desk) -> dict[str, Text]:
    """Return what concepts of a part that stand in others too say of it."""
    return {
        id_: Text(
            desk.words.counted(Term.SEE_PART, len(found), parts=desk.words.separated(at + 1 for at in sorted(found))),
            "term.see-part",
        )
        for id_, found in _others(parts, own).items()
    }


def _links(key: str, parts: Sequence[Sequence[network.Edge]], own: int) -> dict[str, str]:
    """Return the key of the slide that a concept which stands on others too leads to: the next of them."""
    return {id_: f"{key}#{found[0] + 1}" if found[0] else key for id_, found in _others(parts, own).items()}


class _Drawing:
    """The shapes and connectors of one slide of relations."""

    def __init__(
        self,
        desk: Desk,
        edges: Sequence[network.Edge],
        measured: Measured,
        links: Mapping[str, str],
        walk: Sequence[WalkStep],
    ) -> None:
        self.desk, self.edges, self.measured, self.links = desk, edges, measured, links
        self.plan, self.turns = measured.plan, Turns(walk, [node.id for node in measured.nodes])
        pad, signs = desk.layout("diagram").length("pad"), measured.signs
        align = "l" if signs.before else "ctr"
        self.look = NodeLook(pad=pad, radius=pad, align=align, before=signs.before, above=signs.above)
        self.shapes = {node.id: self._node(node) for node in measured.nodes}
        self.labels = {edge.key: self._label(edge, edge.phrase) for edge in edges if edge.phrase}

    def items(self) -> list[Item]:
        """Return the lines, then what they join, in the order in which the relations are told, or step by step."""
        lines = [line for edge in self.edges for line in on_click(self._turn(edge), [*self._lines(edge)])]
        told: dict[str, Item] = {}
        for edge in self.edges:
            told.setdefault(edge.tail, self._shown(edge.tail))
            if edge.key in self.labels:
                told[f"{edge.key}.phrase"] = appearing(self.labels[edge.key], self._turn(edge))
            told.setdefault(edge.head, self._shown(edge.head))
        signs = [
            item
            for node in self.measured.nodes
            for item in on_click(self.turns.click([node.id]), [*self._sign(node), *self._number(node)])
        ]
        return sorted([*lines, *told.values(), *signs], key=click_of)

    def _turn(self, edge: network.Edge) -> int:
        """Return after how many clicks a relation appears: with the later one of its ends."""
        return self.turns.click([edge.tail, edge.head])

    def _shown(self, id_: str) -> Item:
        return appearing(self.shapes[id_], self.turns.click([id_]))

    def _number(self, node: network.Node) -> list[Shape]:
        """Return the number of the step that begins with a concept, on the corner of its box."""
        if node.id not in self.turns.numbers:
            return []
        badge = Badge(*map(self.desk.layout("diagram").length, ("badge", "badge-out", "badge-clear")))
        ways = [piece.path for line in self.plan.lines for piece in line.pieces]
        place = badge.place(self.plan.boxes[node.id], ways, self.plan.boxes.values())
        if place is None:  # the notes have it
            self.desk.remark(Way.NOTES, self.turns.numbers[node.id].key)
            return []
        look = NodeLook("ellipse", Fill("ink"), Stroke("page", self.desk.theme.stroke("rule")))
        made = self.desk.node([(self.turns.numbers[node.id], "badge", "page")], place, look=look)
        return [replace(made, part="", decorative=True)]

    def _node(self, node: network.Node) -> Shape:
        desk, accent = self.desk, f"accent{self.desk.theme.goal}"
        dashed = node.line is model.Line.DASHED
        stroke = None if node.focus else Stroke("secondary", desk.theme.stroke("ring"), dashed=dashed)
        fill = Fill(accent) if node.focus else (Fill("page") if dashed else Fill("card"))
        shape = desk.node(
            node_lines(node, self.measured.elsewhere.get(node.id)),
            self.plan.boxes[node.id],
            look=replace(self._look(node), fill=fill, stroke=stroke),
            settings=self.measured.settings[node.id],
        )
        return _linked(replace(shape, most=self.measured.widest), self.links.get(node.id, ""))

    def _look(self, node: network.Node) -> NodeLook:
        """Return how a concept's box looks: with room for a sign if it has one."""
        signed = self.desk.lead([element_of(node.name)], "node")
        return self.look if signed else NodeLook(pad=self.look.pad, radius=self.look.radius)

    def _sign(self, node: network.Node) -> list[Sign]:
        """Return the sign of a concept, in its box."""
        slot = "card" if node.focus else "ink"
        return self.desk.sign_in(self.shapes[node.id], element_of(node.name), self._look(node), slot)

    def _label(self, edge: network.Edge, phrase: Text) -> Shape:
        setting = self.measured.settings[edge.key][0]
        own = phrase.key.startswith(f"{edge.key}.")  # a kind's name may stand on several edges
        look = TextLook(align="ctr", anchor="ctr")
        label = self.desk.label(
            phrase, "edge", self.plan.boxes[edge.key], setting, look=look, place="" if own else edge.key
        )
        label = replace(label, most=self.desk.layout("diagram").length("phrase-w"))
        return _unwrapped(label) if len(setting.lines) == 1 else label

    def _lines(self, edge: network.Edge) -> Iterator[Item]:
        """Yield the connectors of a relation: to its phrase and on from there, or from one concept to the other."""
        link = relation_link(edge, self.desk.theme)
        stroke = Stroke(link.slot, self.desk.theme.stroke("edge"), dashed=link.dashed)
        names = {node.id: node.name for node in self.measured.nodes}
        alt = self.desk.words.related(names[edge.tail], edge.phrase, names[edge.head], directed=edge.directed)
        shapes = self.shapes | self.labels
        for line in (line for line in self.plan.lines if line.key == edge.key):
            half = "" if line.last and line.tail == edge.tail else (".on" if line.last else ".from")
            look = LineLook(stroke, link.arrow and line.last, alt if line.tail == edge.tail else "")
            yield from connectors(f"{edge.key}{half}", line, shapes, look)


def _linked(shape: Shape, key: str) -> Shape:
    return replace(shape, link=key) if key else shape


def _unwrapped(label: Shape) -> Shape:
    """Return a label that stays one line."""
    return replace(label, text=replace(label.text, wrap=False)) if label.text else label
