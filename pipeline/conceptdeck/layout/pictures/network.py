"""What pictures of graphs are made of: nodes, linking phrases as nodes of their own, and routed edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.graph.network import Network
from conceptdeck.layout.pictures.canvas import Block, Canvas, Line
from conceptdeck.values import model, network
from conceptdeck.values.frame import Route, Shape
from conceptdeck.values.units import Box, Length, Point

__all__ = ["drawn_routes", "node_blocks", "node_shape", "phrase_id", "whole_blocks"]

ROOMIER = (1.15, 1.3, 1.5, 1.75)  # times the width of others: how wide a node may be to keep a word whole


def drawn_routes(canvas: Canvas, graph: Network, names: Mapping[str, str], dx: int = 0, dy: int = 0) -> list[Route]:
    """Return the edges of a network between the shapes called `names`, shifted by `dx` and `dy`."""
    return [
        canvas.route(
            f"{link.tail} to {link.head} {index}",
            [Point(Length(x + dx), Length(y + dy)) for x, y in path],
            (names[link.tail], names[link.head]),
            slot=link.slot,
            dashed=link.dashed,
            arrow=link.arrow,
        )
        for index, (link, path) in enumerate(graph.routes)
    ]


def node_blocks(canvas: Canvas, nodes: Sequence[network.Node], width: int) -> dict[str, Block]:
    """Return the names and roles of concepts by id, set within nodes `width` wide, with room for their signs."""
    texts = [(element_of(node.name), _lines(node)) for node in nodes]
    blocks = canvas.blocks(texts, width - 2 * canvas.length("pad"))
    return {node.id: block for node, block in zip(nodes, blocks, strict=True)}


def _lines(node: network.Node) -> list[Line]:
    names = ("picture-core", "picture-core-role") if node.focus else ("picture-name", "picture-role")
    return [Line(node.name, names[0])] + ([Line(node.role, names[1])] if node.role else [])


def whole_blocks(canvas: Canvas, nodes: Sequence[network.Node], width: Length) -> dict[str, tuple[Block, Length]]:
    """Return the names and roles of concepts by id, and the widths of their nodes.

    They are `width`, but more where that keeps a word whole.
    """
    first = canvas.fresh()
    found = {id_: (block, width) for id_, block in node_blocks(first, nodes, width).items()}
    if not (first.problems or any(block.is_broken for block, _ in found.values())):
        canvas.take(first)
        return found
    for node in nodes:
        for share in (1.0, *ROOMIER, 1.0):
            trial, wide = canvas.fresh(), Length(int(width * share))
            made = node_blocks(trial, [node], wide)[node.id]
            if not (made.is_broken or trial.problems):
                break
        canvas.take(trial)
        found[node.id] = made, wide
    return found


def node_shape(canvas: Canvas, node: network.Node, block: Block, box: Box, slot: str = "") -> Shape:
    """Return a concept as a box: the focus filled with `slot` or the goal's accent, those of another layer dashed."""
    fill = (slot or f"accent{canvas.theme.goal}") if node.focus else "card"
    return canvas.node(block, box, fill=fill, dashed=node.line is model.Line.DASHED)


def phrase_id(edge: network.Edge) -> str:
    """Return the id of the node that holds an edge's linking phrase."""
    return f"{edge.tail}>{edge.key}.phrase>{edge.head}"
