"""Concepts and the relations between them: the focus in the middle, linking phrases within the edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from conceptdeck.layout.graph import relations as graph
from conceptdeck.layout.graph.network import Link, relation_link
from conceptdeck.layout.graph.relations import Tie, Web, skeleton
from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line, ink_of
from conceptdeck.layout.pictures.network import node_blocks, node_shape, phrase_id, whole_blocks
from conceptdeck.values import network, picture
from conceptdeck.values.diagram import Direction
from conceptdeck.values.frame import Route, Shape
from conceptdeck.values.units import Box, Length, Size

__all__ = ["draw_relations", "phrase_blocks", "phrase_label", "phrase_links", "split_hint"]

CLOSE = 0.5  # of the usual gaps, where there is no room for them


def draw_relations(shown: picture.Relations, canvas: Canvas) -> Items:
    """Draw the relations from left to right or from top to bottom; what is too wide for that leads to the right too.

    What fits neither way stands closer together; if that does not help, the narrower way is taken.
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
    items, best = min(trials, key=lambda made: (len(made[1].problems), ink_of(made[0]).w))
    canvas.take(best)
    return items


def _fitted(shown: picture.Relations, canvas: Canvas, share: float) -> Items:
    """Return the relations in nodes that fit the canvas, with a share of the usual gaps between them.

    Nodes of long words are wider than others before these are broken.
    """

    def draw(trial: Canvas, width: Length) -> Items:
        return _drawn(shown, trial, whole_blocks(trial, shown.nodes, width), share)

    def draw_even(trial: Canvas, width: Length) -> Items:
        blocks = node_blocks(trial, shown.nodes, width)
        return _drawn(shown, trial, {id_: (block, width) for id_, block in blocks.items()}, share)

    hint = "" if shown.communities else split_hint(shown.nodes)
    narrow = node_blocks(canvas.fresh(), shown.nodes, canvas.length("least-w"))
    for way in (draw, draw_even) if any(block.is_broken for block in narrow.values()) else (draw_even,):
        made = canvas.fresh()
        items = made.fitted("node-w", way, shown.title, hint)
        if not made.problems:
            break
    canvas.take(made)
    return items


def _drawn(shown: picture.Relations, canvas: Canvas, nodes: Mapping[str, tuple[Block, Length]], share: float) -> Items:
    """Return the relations between nodes, given with texts and widths, with a share of the gaps from left to right."""
    pad = canvas.length("pad")
    blocks = {id_: block for id_, (block, _) in nodes.items()}
    phrases = phrase_blocks(canvas, shown.edges)
    highest = max((block.size.h for id_, block in blocks.items() if id_ not in _focus(shown)), default=0)
    heights = {id_: block.size.h if id_ in _focus(shown) else highest for id_, block in blocks.items()}
    rooms = {edge.key: phrases[phrase_id(edge)].size for edge in shown.edges if edge.phrase}
    level = shown.direction is Direction.RIGHT
    beside, along = (1.0, share) if level else (share, 1.0)  # only what makes the picture wide gives way
    web = Web(
        nodes={id_: Size(nodes[id_][1], Length(height + 2 * pad)) for id_, height in heights.items()},
        ties=[Tie(edge.key, edge.tail, edge.head, rooms.get(edge.key)) for edge in shown.edges],
        nodesep=Length(round(canvas.length("node-gap") * beside)),
        ranksep=Length(round(canvas.length("rank-gap") * along)),
        loop=canvas.length("rank-gap"),
        level=level,
    )
    plan = skeleton(web.nodes, web.ties, canvas.arrange).woven(web, canvas.arrange).drawn()
    shapes = {node.id: node_shape(canvas, node, blocks[node.id], plan.boxes[node.id]) for node in shown.nodes}
    labels = {
        edge.key: phrase_label(canvas, edge, phrases[phrase_id(edge)], plan.boxes[edge.key])
        for edge in shown.edges
        if edge.phrase
    }
    names = {id_: shape.name for id_, shape in (shapes | labels).items()}
    routes = [_route(canvas, edge, line, names) for edge in shown.edges for line in plan.lines if line.key == edge.key]
    return [*routes, *shapes.values(), *labels.values()]


def _focus(shown: picture.Relations) -> set[str]:
    return {node.id for node in shown.nodes if node.focus}


def _route(canvas: Canvas, edge: network.Edge, line: graph.Line, names: Mapping[str, str]) -> Route:
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


def phrase_blocks(canvas: Canvas, edges: Sequence[network.Edge]) -> dict[str, Block]:
    """Return the linking phrase of each edge, set as narrow as it is."""
    room = canvas.length("phrase-w")
    return {
        phrase_id(edge): canvas.block([Line(edge.phrase, "picture-phrase")], room, tight=True)
        for edge in edges
        if edge.phrase
    }


def phrase_label(canvas: Canvas, edge: network.Edge, block: Block, box: Box) -> Shape:
    """Return a linking phrase as a label, that would be wider for a longer one."""
    most = int(canvas.length("phrase-w") / canvas.theme.pictures.numbers["tight-slack"])
    return replace(canvas.label(block, box, align="ctr", name=phrase_id(edge)), most=most)


def phrase_links(canvas: Canvas, edges: Sequence[network.Edge]) -> list[Link]:
    """Return two links for each edge: to its phrase, and on to its head; one if nothing stands on it."""
    found: list[Link] = []
    for edge in edges:
        link = relation_link(edge, canvas.theme)
        if not edge.phrase:
            found.append(replace(link, weight=2))
            continue
        found.append(replace(link, head=phrase_id(edge), arrow=False, weight=2))
        found.append(replace(link, tail=phrase_id(edge), weight=2))
    return found


def split_hint(nodes: Sequence[network.Node]) -> str:
    """Return how to make two diagrams of one: half of the nodes in each, the focus in both."""
    centre = [node.id for node in nodes if node.focus]
    others = [node.id for node in nodes if not node.focus]
    half = (len(others) + 1) // 2
    if len(others) < 2:
        return ""
    first, second = (", ".join([*centre, *part]) for part in (others[:half], others[half:]))
    return f"or split it: one entry with `elements: [{first}]`, another with `elements: [{second}]`"
