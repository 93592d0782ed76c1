"""One concept: what it belongs to on the left, its examples and where it leads on the right."""

from __future__ import annotations

from collections.abc import Collection

from conceptdeck.layout.graph.network import Graph, Link, place
from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line
from conceptdeck.layout.pictures.network import drawn_routes, node_blocks, node_shape, phrase_id
from conceptdeck.layout.pictures.relations import phrase_blocks, phrase_links
from conceptdeck.values import picture
from conceptdeck.values.frame import Shape
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Size

__all__ = ["draw_concept"]

LAYER, EXAMPLES = "layer@concept", "examples@concept"


def draw_concept(shown: picture.Concept, canvas: Canvas) -> Items:
    """Draw the concept in the middle, its neighbours around it."""

    def draw(trial: Canvas, width: Length) -> Items:
        return _drawn(shown, trial, width)

    return canvas.fitted("near-w", draw, shown.title, "")


def _drawn(shown: picture.Concept, canvas: Canvas, width: Length) -> Items:
    """Return the concept and its neighbours, in nodes of one width."""
    pad, slot = canvas.length("pad"), _slot(shown, canvas)
    centre = shown.nodes[0].id
    nodes = node_blocks(canvas, shown.nodes, width)
    phrases = phrase_blocks(canvas, shown.edges)
    panels = _panels(shown, canvas, width)
    sizes = {id_: Size(width, Length(block.size.h + 2 * pad)) for id_, block in nodes.items()}
    sizes |= {id_: block.size for id_, block in phrases.items()}
    sizes |= {id_: size for id_, (_, size) in panels.items()}
    ways = [(LAYER, centre), (centre, EXAMPLES)]
    links = [Link(*way, slot, arrow=False) for way in ways if {LAYER, EXAMPLES} & {*way} & {*panels}]
    network = place(
        canvas.arrange,
        Graph(
            sizes=sizes,
            links=[*phrase_links(canvas, shown.edges), *links],
            bands=_bands(shown, panels),
            rankdir="LR",
            nodesep=canvas.length("cell-gap"),
            ranksep=canvas.length("near-gap"),
        ),
    )
    boxes = network.boxes
    shapes = {
        node.id: node_shape(canvas, node, nodes[node.id], boxes[node.id], slot if node.focus else "")
        for node in shown.nodes
    }
    labels = {id_: canvas.label(block, boxes[id_], align="ctr", name=id_) for id_, block in phrases.items()}
    drawn = {id_: _panel(canvas, blocks, boxes[id_], slot, id_) for id_, (blocks, _) in panels.items()}
    names = {id_: shape.name for id_, shape in (shapes | labels).items()} | {id_: id_ for id_ in panels}
    return [
        *(items[0] for items in drawn.values()),
        *drawn_routes(canvas, network, names),
        *(item for items in drawn.values() for item in items[1:]),
        *shapes.values(),
        *labels.values(),
    ]


def _slot(shown: picture.Concept, canvas: Canvas) -> str:
    number = canvas.theme.accent(shown.position, shown.count) if shown.position else canvas.theme.goal
    return f"accent{number}"


def _bands(shown: picture.Concept, panels: Collection[str]) -> list[list[str]]:
    """Return the columns: what leads to the concept, phrases, the concept, phrases, where it leads."""
    centre = shown.nodes[0].id
    tails = [edge for edge in shown.edges if edge.head == centre != edge.tail]
    heads = [edge for edge in shown.edges if edge.tail == centre]
    before = list(dict.fromkeys(edge.tail for edge in tails))
    after = list(dict.fromkeys(edge.head for edge in heads if edge.head not in (*before, centre)))
    columns = [
        [*([LAYER] if LAYER in panels else []), *before],
        [phrase_id(edge) for edge in tails if edge.phrase],
        [centre],
        [phrase_id(edge) for edge in heads if edge.phrase],
        [*([EXAMPLES] if EXAMPLES in panels else []), *after],
    ]
    return [column for column in columns if column]


def _panels(shown: picture.Concept, canvas: Canvas, width: Length) -> dict[str, tuple[list[Block], Size]]:
    """Return the panels for the layer and for the examples: blocks below each other, and the room they take."""
    found = {}
    if shown.layer:
        texts = [canvas.words.text(Term.LAYER, "layer"), shown.layer.role or shown.layer.name]
        found[LAYER] = _stack(canvas, texts, width)
    if shown.examples:
        found[EXAMPLES] = _stack(canvas, [canvas.words.text(Term.EXAMPLES, "examples"), *shown.examples], width)
    return found


def _stack(canvas: Canvas, texts: list[Text], width: Length) -> tuple[list[Block], Size]:
    pad = canvas.length("pad")
    roles = ["picture-label", *["picture-role"] * (len(texts) - 1)]
    slots = ["", *["ink"] * (len(texts) - 1)]
    blocks = [
        canvas.block([Line(text, role, slot)], width - 2 * pad)
        for text, role, slot in zip(texts, roles, slots, strict=True)
    ]
    gap = canvas.length("line-gap")
    return blocks, Size(width, Length(sum(block.size.h for block in blocks) + gap * (len(blocks) - 1) + 2 * pad))


def _panel(canvas: Canvas, blocks: list[Block], box: Box, slot: str, name: str) -> list[Shape]:
    """Return a ground with blocks below each other."""
    pad, gap = canvas.length("pad"), canvas.length("line-gap")
    items = [canvas.panel(name, box, slot)]
    y = box.y + pad
    for block in blocks:
        place_ = Box(Length(box.x + pad), Length(y), Length(box.w - 2 * pad), block.size.h)
        items.append(canvas.label(block, place_, name=f"{block.name}@{name}"))
        y += block.size.h + gap
    return items
