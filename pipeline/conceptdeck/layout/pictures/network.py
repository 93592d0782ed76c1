"""What pictures of graphs are made of: nodes, linking phrases as nodes of their own, and routed edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.graph.network import Network
from conceptdeck.layout.pictures.canvas import Block, Canvas, Line
from conceptdeck.values import model, network
from conceptdeck.values.frame import Route, Shape
from conceptdeck.values.units import Box, Length, Point

__all__ = ["drawn_routes", "node_blocks", "node_shape", "phrase_id"]


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


def node_shape(canvas: Canvas, node: network.Node, block: Block, box: Box, slot: str = "") -> Shape:
    """Return a concept as a box: the focus filled with `slot` or the goal's accent, those of another layer dashed."""
    fill = (slot or f"accent{canvas.theme.goal}") if node.focus else "card"
    return canvas.node(block, box, fill=fill, dashed=node.line is model.Line.DASHED)


def phrase_id(edge: network.Edge) -> str:
    """Return the id of the node that holds an edge's linking phrase."""
    return f"{edge.tail}>{edge.key}.phrase>{edge.head}"
