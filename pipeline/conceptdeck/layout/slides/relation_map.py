"""The relation diagram: ranks and order from Graphviz, boxes on the grid, glued curves, labels clear of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.layout.desk import Desk, NodeLook, TextLook
from conceptdeck.layout.graph.network import Arrange, Graph, place, relation_link
from conceptdeck.layout.pages import frames_of, paginate
from conceptdeck.values import deck, model, network
from conceptdeck.values.frame import Connector, Fill, Frame, Item, Shape, Stroke
from conceptdeck.values.presets import connection_site, connector_path
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length, Size

__all__ = ["relations"]


def relations(slide: deck.RelationMap, desk: Desk, arrange: Arrange) -> list[Frame]:
    """Lay out the relation diagram; edges that do not fit on one slide go on further ones."""
    layout = desk.layout("diagram")

    def draft(trial: Desk, some: Sequence[network.Edge], title: Text) -> list[Item]:
        used = {end for edge in some for end in (edge.tail, edge.head)}
        nodes = [node for node in slide.nodes if node.id in used]
        return [
            trial.placeholder(layout.placeholders["title"], title),
            *_draw(trial, layout, nodes, some, arrange),
        ]

    pages = paginate(desk, slide.title, slide.edges, layout.count("per-slide"), draft)
    return frames_of(slide.key, "diagram", pages, desk.language)


def _draw(
    desk: Desk, layout: Layout, nodes: Sequence[network.Node], edges: Sequence[network.Edge], arrange: Arrange
) -> list[Item]:
    sizes = {node.id: _size(desk, layout, node) for node in nodes}
    graph = Graph(
        sizes=sizes,
        links=[relation_link(edge, desk.theme) for edge in edges],
        rankdir="LR",
        nodesep=layout.length("node-gap"),
        ranksep=layout.length("node-w"),
        routed=False,
    )
    boxes = _boxes(desk, layout, place(arrange, graph).ranks, sizes)
    shapes = {node.id: _node(desk, layout, node, boxes[node.id]) for node in nodes}
    lines = [_connector(desk, edge, shapes) for edge in edges]
    focus = {node.id for node in nodes if node.focus}
    labels = [
        _edge_label(
            desk,
            layout,
            edge,
            line,
            [other for other in lines if other is not line],
            at_tail=edge.head in focus,
        )
        for edge, line in zip(edges, lines, strict=True)
        if edge.phrase
    ]
    return [*lines, *(shapes[node.id] for node in nodes), *labels]


def _size(desk: Desk, layout: Layout, node: network.Node) -> Size:
    """Return the node's size: of one width, higher where its text needs it."""
    kind = "core" if node.focus else "node"
    width, least, pad = layout.length(f"{kind}-w"), layout.length(f"{kind}-h"), layout.length("pad")
    texts = [(text, desk.theme.roles[role]) for text, role, _ in _lines(node)]
    settings = [
        desk.fit(text, role, Size(Length(width - 3 * pad), layout.length("max-node-h"))) for text, role in texts
    ]
    needed = sum(setting.height for setting in settings) + 2 * pad
    return Size(width, Length(min(max(least, needed), layout.length("max-node-h"))))


def _boxes(desk: Desk, layout: Layout, ranks: Sequence[Sequence[str]], sizes: dict[str, Size]) -> dict[str, Box]:
    """Return the nodes' boxes: ranks from margin to margin, the nodes of a rank spread over the height."""
    area = desk.theme.column
    top, bottom = layout.length("top"), layout.length("bottom")
    widths = [max(sizes[id_].w for id_ in rank) for rank in ranks]
    gap = (area.w - sum(widths)) // max(1, len(ranks) - 1) if len(ranks) > 1 else 0
    found = {}
    x = area.x if len(ranks) > 1 else area.centre.x - widths[0] // 2
    for rank, width in zip(ranks, widths, strict=True):
        slot = (bottom - top) / len(rank)
        for index, id_ in enumerate(rank):
            size = sizes[id_]
            height = min(size.h, round(slot - layout.length("pad")))
            y = top + slot * (index + 0.5) - height / 2
            found[id_] = Box(Length(x + (width - size.w) // 2), Length(round(y)), size.w, Length(height))
        x += width + gap
    return found


def _node(desk: Desk, layout: Layout, node: network.Node, box: Box) -> Shape:
    pad = layout.length("pad")
    lines = _lines(node)
    accent = f"accent{desk.theme.goal}"
    dashed = node.line is model.Line.DASHED
    stroke = None if node.focus else Stroke("secondary", desk.theme.stroke("ring"), dashed=dashed)
    fill = Fill(accent) if node.focus else (Fill("page") if dashed else Fill("card"))
    return desk.node(lines, box, look=NodeLook(fill=fill, stroke=stroke, pad=pad, radius=pad))


def _lines(node: network.Node) -> list[tuple[Text, str, str]]:
    """Return the node's texts, each with its role and colour."""
    kind = "core" if node.focus else "node"
    colours = ("card", "card") if node.focus else ("ink", "secondary")
    lines = [(node.name, f"{kind}-name", colours[0])]
    return [*lines, (node.role, f"{kind}-role", colours[1])] if node.role else lines


def _connector(desk: Desk, edge: network.Edge, shapes: dict[str, Shape]) -> Connector:
    """Return the edge between facing sides of its nodes, from tail to head."""
    tail, head = shapes[edge.tail], shapes[edge.head]
    forward = tail.box.x <= head.box.x
    begin, finish = (3, 1) if forward else (1, 3)
    start = connection_site(tail.preset, tail.box, begin)
    end = connection_site(head.preset, head.box, finish)
    link = relation_link(edge, desk.theme)
    return Connector(
        name=f"{edge.tail} to {edge.head}",
        kind="straight" if start.y == end.y else "curved",
        start=start,
        end=end,
        begin=(tail.name, begin),
        finish=(head.name, finish),
        stroke=Stroke(link.slot, desk.theme.stroke("connector"), dashed=link.dashed),
        arrow=link.arrow,
        alt=desk.words.related(_first(tail), edge.phrase, _first(head), directed=edge.directed),
    )


def _first(shape: Shape) -> str:
    return shape.text.paragraphs[0].text if shape.text else ""


def _edge_label(
    desk: Desk,
    layout: Layout,
    edge: network.Edge,
    line: Connector,
    others: Sequence[Connector],
    *,
    at_tail: bool,
) -> Shape:
    """Return the linking phrase beside the outer end of its edge, on the side that the curve turns away from.

    Edges share the focus's site and part on their way out: near the outer end, at the tail or at the head, each runs
    alone. The curve leaves its ends level, so above its upper end, or below its lower one, nothing of it passes.
    A phrase that would reach another edge is broken into lines that stay within the outer half.
    """
    assert edge.phrase is not None  # others have no label
    role = desk.theme.roles["edge"]
    outer, inner = (line.start, line.end) if at_tail else (line.end, line.start)
    gap, near = layout.length("edge-gap"), layout.length("edge-end")
    span = abs(outer.x - inner.x)
    full = min(desk.room(edge.phrase.value, role), span - near - gap)
    for width in (full, span // 2 - near):
        size = Size(Length(width), Length(layout.length("edge-h") * 2))
        setting = desk.fit(edge.phrase, role, size)
        if len(setting.lines) == 1:
            setting = desk.one_line(edge.phrase, role, Length(width)) or setting
        y = outer.y + gap if outer.y > inner.y else outer.y - gap - setting.height
        rightwards = outer.x < inner.x
        x = outer.x + near if rightwards else outer.x - near - width
        box = Box(Length(x), Length(y), Length(width), setting.height)
        if not any(_touches(other, box.inset(-gap)) for other in others):
            break
    if any(_touches(other, box) for other in others):
        desk.report(edge.phrase)
    look = TextLook(align="l" if rightwards else "r")
    own = edge.phrase.key.startswith(f"{edge.key}.")  # a kind's name may stand on several edges
    label = desk.label(edge.phrase, "edge", box, setting, look=look, place="" if own else edge.key)
    if len(setting.lines) > 1 or label.text is None:
        return label
    return replace(label, text=replace(label.text, wrap=False))


def _touches(line: Connector, box: Box) -> bool:
    """Tell whether a connector passes through `box`."""
    return any(box.x <= x <= box.right and box.y <= y <= box.bottom for x, y in connector_path(line))
