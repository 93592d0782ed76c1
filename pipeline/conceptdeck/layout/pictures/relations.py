"""Concepts and the relations between them: the focus in the middle, linking phrases within the edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from conceptdeck.layout.desk import corner
from conceptdeck.layout.graph.bows import Bow, Rooms, bows
from conceptdeck.layout.graph.network import relation_link
from conceptdeck.layout.graph.relations import Line as Way
from conceptdeck.layout.graph.relations import Plan, Skeleton, Tie, Web, skeleton
from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line, ink_of, whole
from conceptdeck.layout.pictures.listed import draw_list
from conceptdeck.layout.pictures.network import node_blocks, node_shape, phrase_id, whole_blocks
from conceptdeck.layout.pictures.phrases import phrase_blocks, phrase_label
from conceptdeck.values import network, picture
from conceptdeck.values.diagram import Direction
from conceptdeck.values.frame import Route, Shape, Stroke
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = ["draw_relations", "split_hint"]

LISTED = 12  # relations at the most that a list shows
CLOSE = 0.5  # of the usual gaps, where there is no room for them


@frozen
class _Graph:
    """Relations with their ranks, and the share of the usual gaps that lies between them from left to right."""

    shown: picture.Relations
    frame: Skeleton
    ties: Sequence[Tie]
    share: float


def draw_relations(shown: picture.Relations, canvas: Canvas) -> Items:
    """Draw the relations from left to right or from top to bottom; what is too wide for that leads to the right too.

    What fits neither way stands closer together; if that does not help, few relations are listed below their concepts,
    and of many the narrower way is taken.
    """
    trials: list[tuple[Items, Canvas]] = []
    for share in (1.0, CLOSE):
        for direction in dict.fromkeys((shown.direction, Direction.RIGHT)):
            trial = canvas.fresh()
            items = _fitted(replace(shown, direction=direction), trial, share)
            trials.append((items, trial))
            if not trial.problems:
                canvas.take(trial)
                return items
        if min(ink_of(items).w for items, _ in trials) * CLOSE > canvas.width:
            break
    if len(shown.edges) <= LISTED and all(_is_too_wide(items, trial) for items, trial in trials):
        trial = canvas.fresh()
        items = draw_list(trial, shown.nodes, shown.edges)
        if not trial.problems:
            return [*items, *_legend(canvas, shown, ink_of(items))]
    items, best = min(trials, key=lambda made: (len(made[1].problems), ink_of(made[0]).w))
    canvas.take(best)
    return items


def _is_too_wide(items: Items, canvas: Canvas) -> bool:
    return ink_of(items).w > canvas.width


def _fitted(shown: picture.Relations, canvas: Canvas, share: float) -> Items:
    """Return the relations in nodes that fit the canvas, with a share of the usual gaps between them.

    Nodes of long words are wider than others before these are broken.
    """
    phrases = phrase_blocks(canvas, shown.edges)
    rooms = {edge.key: phrases[phrase_id(edge)].size for edge in shown.edges if edge.phrase}
    ties = [Tie(edge.key, edge.tail, edge.head, rooms.get(edge.key)) for edge in shown.edges]
    frame = skeleton([node.id for node in shown.nodes], ties, canvas.arrange)
    graph = _Graph(shown, frame, ties, share)

    def draw_even(trial: Canvas, width: Length) -> Items:
        return _drawn(graph, trial, _even(graph, trial, width))

    def draw(trial: Canvas, width: Length) -> Items:
        even = _even(graph, tried := trial.fresh(), width)
        if tried.problems or any(block.is_broken for block, _ in even.values()):
            return _drawn(graph, trial, whole_blocks(trial, shown.nodes, width))
        return draw_even(trial, width)

    hint = "" if shown.communities else split_hint(shown.nodes)
    narrow = node_blocks(canvas.fresh(), shown.nodes, canvas.length("least-w"))
    for way in (draw, draw_even) if any(block.is_broken for block in narrow.values()) else (draw_even,):
        made = canvas.fresh()
        items = made.fitted("node-w", way, shown.title, hint)
        if not made.problems:
            break
    canvas.take(made)
    return items


def _even(graph: _Graph, canvas: Canvas, width: Length) -> dict[str, tuple[Block, Length]]:
    """Return the texts of concepts and the widths of their nodes: `width` where a rank has as many as any.

    Shorter ranks have wider ones, unless a line passes them.
    """
    widths = dict.fromkeys([node.id for node in graph.shown.nodes], width)
    ranks = [rank for rank in graph.frame.ranks if all(id_ in widths for id_ in rank)]
    if graph.shown.direction is Direction.DOWN and ranks:
        most, gap = max(len(rank) for rank in graph.frame.ranks), canvas.length("node-gap")
        for rank in ranks:
            room = (most * (width + gap)) // len(rank) - gap
            widths |= dict.fromkeys(rank, whole(max(width, min(room, width * canvas.theme.pictures.numbers["wider"]))))
    found: dict[str, tuple[Block, Length]] = {}
    for each in dict.fromkeys(widths.values()):
        nodes = [node for node in graph.shown.nodes if widths[node.id] == each]
        found |= {id_: (block, each) for id_, block in node_blocks(canvas, nodes, each).items()}
    return found


def _drawn(graph: _Graph, canvas: Canvas, nodes: Mapping[str, tuple[Block, Length]]) -> Items:
    """Return the relations between nodes, given with texts and widths."""
    shown, blocks = graph.shown, {id_: block for id_, (block, _) in nodes.items()}
    phrases = phrase_blocks(canvas, shown.edges)
    web = _web(graph, canvas, nodes)
    plan = graph.frame.woven(web, canvas.arrange).drawn()
    rooms = Rooms(canvas.length("beside"), canvas.length("line-gap"), canvas.length("arrow"), canvas.width)
    bent = bows(plan, graph.ties, rooms, level=web.level)
    shapes = {node.id: node_shape(canvas, node, blocks[node.id], plan.boxes[node.id]) for node in shown.nodes}
    labels = {
        edge.key: phrase_label(canvas, edge, phrases[phrase_id(edge)], *_phrase_place(plan, bent, edge.key))
        for edge in shown.edges
        if edge.phrase
    }
    names = {id_: shape.name for id_, shape in (shapes | labels).items()}
    routes = []
    for edge in shown.edges:
        if edge.key in bent:
            routes.append(_bow(canvas, edge, bent[edge.key], names))
        else:
            routes += [_route(canvas, edge, line, names) for line in plan.lines if line.key == edge.key]
    items: Items = [*routes, *shapes.values(), *labels.values()]
    return [*items, *_legend(canvas, shown, ink_of(items))]


def _legend(canvas: Canvas, shown: picture.Relations, ink: Box) -> Items:
    """Return what dashed lines and boxes mean, below the picture."""
    gap, pad = canvas.length("cell-gap"), canvas.length("pad")
    x, y = ink.x, ink.bottom + 2 * gap
    items: Items = []
    for text in shown.dashed:
        block = canvas.block([Line(text, "picture-text")], max(ink.w, canvas.width // 2) - 3 * pad - gap, tight=True)
        if x > ink.x and x + 3 * pad + gap + block.size.w > ink.right:
            x, y = ink.x, y + block.size.h + gap
        swatch = Box(Length(x), Length(y + (block.size.h - pad) // 2), Length(3 * pad), pad)
        stroke = Stroke("secondary", canvas.length("hairline"), dashed=True)
        adjust = (("adj", corner(swatch, pad // 2)),)
        items.append(Shape(f"{text.key}@swatch", "roundRect", swatch, stroke=stroke, adjust=adjust, decorative=True))
        box = Box(Length(swatch.right + gap), Length(y), block.size.w, block.size.h)
        items.append(canvas.label(block, box, name=f"{text.key}@legend"))
        x = Length(box.right + gap)
    return items


def _web(graph: _Graph, canvas: Canvas, nodes: Mapping[str, tuple[Block, Length]]) -> Web:
    """Return the graph to lay out; with a share of the gaps from left to right, since these make the picture wide."""
    focus = {node.id for node in graph.shown.nodes if node.focus}
    highest = max((block.size.h for id_, (block, _) in nodes.items() if id_ not in focus), default=0)
    heights = {id_: block.size.h if id_ in focus else highest for id_, (block, _) in nodes.items()}
    level = graph.shown.direction is Direction.RIGHT
    beside, along = (1.0, graph.share) if level else (graph.share, 1.0)
    return Web(
        nodes={id_: Size(nodes[id_][1], Length(heights[id_] + 2 * canvas.length("pad"))) for id_ in nodes},
        ties=graph.ties,
        nodesep=Length(round(canvas.length("node-gap") * beside)),
        ranksep=Length(round(canvas.length("rank-gap") * along)),
        loop=canvas.length("rank-gap"),
        level=level,
    )


def _phrase_place(plan: Plan, bent: Mapping[str, Bow], key: str) -> tuple[Box, str]:
    """Return where a phrase stands, and how it is aligned: beside its curve, else within its line."""
    bow = bent.get(key)
    return (bow.phrase, bow.align) if bow and bow.phrase else (plan.boxes[key], "ctr")


def _bow(canvas: Canvas, edge: network.Edge, bow: Bow, names: Mapping[str, str]) -> Route:
    """Return a relation as one curve."""
    link = relation_link(edge, canvas.theme)
    ends = names[edge.tail], names[edge.head]
    return canvas.route(edge.key, bow.points, ends, slot=link.slot, dashed=link.dashed, arrow=link.arrow)


def _route(canvas: Canvas, edge: network.Edge, line: Way, names: Mapping[str, str]) -> Route:
    """Return a line of a relation as one way over all its pieces."""
    link = relation_link(edge, canvas.theme)
    curves = [curve for piece in line.pieces for curve in piece.curves]
    points = [curves[0][0], *(point for curve in curves for point in curve[1:])]
    return canvas.route(
        f"{edge.key}{'.on' if line.last else '.from'}",
        points,
        (names[line.tail], names[line.head]),
        slot=link.slot,
        dashed=link.dashed,
        arrow=link.arrow and line.last,
    )


def split_hint(nodes: Sequence[network.Node]) -> str:
    """Return how to make two diagrams of one: half of the nodes in each, the focus in both."""
    centre = [node.id for node in nodes if node.focus]
    others = [node.id for node in nodes if not node.focus]
    half = (len(others) + 1) // 2
    if len(others) < 2:
        return ""
    first, second = (", ".join([*centre, *part]) for part in (others[:half], others[half:]))
    return f"or split it: one entry with `elements: [{first}]`, another with `elements: [{second}]`"
