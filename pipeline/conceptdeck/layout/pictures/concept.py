"""One concept as a chain: its examples, what it is, and where it leads; below each other where that is too wide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.desk import corner
from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line
from conceptdeck.layout.pictures.listed import Listed, draw_listed, relation_route
from conceptdeck.layout.pictures.network import node_blocks, node_shape, phrase_id
from conceptdeck.layout.pictures.phrases import phrase_blocks, phrase_label
from conceptdeck.layout.pictures.routes import straight
from conceptdeck.values import network, picture
from conceptdeck.values.frame import Fill, Shape
from conceptdeck.values.terms import Term
from conceptdeck.values.units import Box, Length, Point
from conceptdeck.values.value import frozen

__all__ = ["draw_concept"]

EXAMPLES, PANEL = "examples@concept", "panel@concept"
SIDES = 3  # steps from the narrowest columns beside the concept to the widest
WIDEST = 1.3  # times the usual width


@frozen
class _Stack:
    """Texts below each other, each block with what lies above it, on a ground."""

    blocks: tuple[Block, ...]
    gaps: tuple[int, ...]
    height: int


@frozen
class _Chain:
    """Everything set: the examples, the concept, and the relations as phrases and boxes, with the widths of columns."""

    examples: _Stack | None
    panel: _Stack
    phrases: Mapping[str, Block]
    nodes: Mapping[str, Block]
    sides: tuple[int, int]
    middle: int
    reach: int


def draw_concept(shown: picture.Concept, canvas: Canvas) -> Items:
    """Draw the concept between its examples and what relations join it to."""
    usual, least = canvas.length("near-w"), canvas.length("least-w")
    widths = [int(least + (usual * WIDEST - least) * step / SIDES) for step in range(SIDES + 1)]
    pairs = [(one, other) for one in (widths if shown.examples else [0]) for other in (widths if shown.edges else [0])]
    for sides in sorted(pairs, key=lambda pair: sum(abs(each - usual) for each in pair if each)):
        trial = canvas.fresh()
        chain = _chain(shown, trial, sides)
        if chain and not trial.problems and not any(block.is_broken for block in _blocks(chain)):
            canvas.take(trial)
            return _drawn(shown, canvas, chain)
    return _below(shown, canvas)


def _blocks(chain: _Chain) -> list[Block]:
    stacks = [chain.panel, *([chain.examples] if chain.examples else [])]
    return [*(block for stack in stacks for block in stack.blocks), *chain.phrases.values(), *chain.nodes.values()]


def _chain(shown: picture.Concept, canvas: Canvas, sides: tuple[int, int]) -> _Chain | None:
    """Return everything set in columns, those at the sides as wide as told; None if the concept has no room then."""
    first, last = sides
    arrow, pad = int(canvas.length("bridge-gap")), canvas.length("pad")
    phrases = phrase_blocks(canvas, shown.edges)
    reach = max([arrow, *(block.size.w + 2 * pad for block in phrases.values())]) if shown.edges else 0
    middle = canvas.width - (first + arrow if shown.examples else 0) - (last + reach if shown.edges else 0)
    if middle < canvas.length("near-w"):
        return None
    nodes = node_blocks(canvas, shown.nodes[1:], last)
    examples = _examples(shown, canvas, first) if shown.examples else None
    return _Chain(examples, _panel(shown, canvas, middle), phrases, nodes, sides, middle, reach)


def _examples(shown: picture.Concept, canvas: Canvas, width: int) -> _Stack:
    inner = width - 2 * canvas.length("band-pad")
    lines = [Line(canvas.words.text(Term.EXAMPLES, "examples"), "picture-label")]
    lines += [Line(text, "picture-name") for text in shown.examples]
    return _stack(canvas, [canvas.block([line], inner) for line in lines], canvas.length("head-gap"))


def _panel(shown: picture.Concept, canvas: Canvas, width: int) -> _Stack:
    """Return what the concept belongs to, its name, its tagline and what it is."""
    inner, node = width - 2 * canvas.length("band-pad"), shown.nodes[0]
    layer = shown.layer.role or shown.layer.name if shown.layer else None
    name = [Line(node.name, "picture-core")] + ([Line(node.role, "picture-core-role")] if node.role else [])
    (signed,) = canvas.blocks([(element_of(node.name), name)], inner)
    blocks = [canvas.block([Line(layer, "picture-label", "card")], inner)] if layer else []
    blocks.append(signed)
    if shown.about:
        blocks.append(canvas.block([Line(shown.about, "picture-role", "card")], inner))
    return _stack(canvas, blocks, canvas.length("head-gap"))


def _stack(canvas: Canvas, blocks: Sequence[Block], gap: int) -> _Stack:
    gaps = (0, *([gap] * (len(blocks) - 1)))
    height = sum(canvas.tall(block) for block in blocks) + sum(gaps) + 2 * canvas.length("band-pad")
    return _Stack(tuple(blocks), gaps, int(height))


def _drawn(shown: picture.Concept, canvas: Canvas, chain: _Chain) -> Items:
    """Return the chain from left to right, everything on one centre line."""
    rows = max((block.size.h for block in chain.nodes.values()), default=0) + 2 * canvas.length("pad")
    gap, count = 2 * canvas.length("cell-gap"), len(shown.edges)
    stacks = [chain.panel.height, chain.examples.height if chain.examples else 0]
    height = max(*stacks, count * rows + (count - 1) * gap)
    items: Items = []
    x = 0
    if chain.examples:
        ground = Box(Length(0), Length(0), Length(chain.sides[0]), Length(height))
        items += _on_ground(canvas, chain.examples, canvas.panel(EXAMPLES, ground, _slot(shown, canvas)))
        x = chain.sides[0] + canvas.length("bridge-gap")
        middle = Length(height // 2)
        way = straight(Point(ground.right, middle), Point(Length(x), middle))
        items.insert(0, canvas.route("examples", way, (EXAMPLES, PANEL), slot=_slot(shown, canvas)))
    panel = Box(Length(x), Length(0), Length(chain.middle), Length(height))
    items += _on_ground(canvas, chain.panel, _ground(shown, canvas, panel))
    top = (height - count * rows - (count - 1) * gap) // 2
    nodes = {node.id: node for node in shown.nodes}
    for edge in shown.edges:
        node = nodes[edge.head if edge.tail == shown.nodes[0].id else edge.tail]
        box = Box(Length(panel.right + chain.reach), Length(top), Length(chain.sides[1]), Length(rows))
        items += _related(canvas, chain, edge, node, (panel, box)) if node.id in chain.nodes else []
        top += rows + gap
    return items


def _related(canvas: Canvas, chain: _Chain, edge: network.Edge, node: network.Node, boxes: tuple[Box, Box]) -> Items:
    """Return a relation: its line from the panel to the box of the other concept, its phrase above, and the box."""
    panel, box = boxes
    shape = node_shape(canvas, node, chain.nodes[node.id], box)
    y = box.centre.y
    way = straight(Point(panel.right, y), Point(box.x, y))
    route = relation_route(canvas, edge, way, (PANEL, shape.name), outwards=edge.head == node.id)
    items: Items = [route, shape]
    if block := chain.phrases.get(phrase_id(edge)):
        top = Length(y - canvas.length("beside") - block.size.h)
        left = Length(panel.right + (chain.reach - block.size.w) // 2)
        place = Box(left, top, block.size.w, block.size.h)
        items.append(phrase_label(canvas, edge, block, place, "ctr"))
    return items


def _ground(shown: picture.Concept, canvas: Canvas, box: Box) -> Shape:
    adjust = (("adj", corner(box, canvas.length("radius"))),)
    return Shape(PANEL, "roundRect", box, fill=Fill(_slot(shown, canvas)), adjust=adjust, decorative=True)


def _on_ground(canvas: Canvas, stack: _Stack, ground: Shape) -> Items:
    """Return a ground with texts below each other in its middle."""
    pad, box = canvas.length("band-pad"), ground.box
    items: Items = [ground]
    y = box.y + (box.h - stack.height) // 2 + pad
    for gap, block in zip(stack.gaps, stack.blocks, strict=True):
        y += gap
        place = Box(Length(box.x + pad), Length(y), Length(box.w - 2 * pad), canvas.tall(block))
        items.append(canvas.member(block, place))
        y += place.h
    return items


def _slot(shown: picture.Concept, canvas: Canvas) -> str:
    number = canvas.theme.accent(shown.position, shown.count) if shown.position else canvas.theme.goal
    return f"accent{number}"


def _below(shown: picture.Concept, canvas: Canvas) -> Items:
    """Return the chain from top to bottom: the examples, the concept, and its relations as a list."""
    items: Items = []
    y = 0
    if shown.examples:
        examples = _examples(shown, canvas, canvas.width)
        ground = Box(Length(0), Length(0), canvas.width, Length(examples.height))
        items += _on_ground(canvas, examples, canvas.panel(EXAMPLES, ground, _slot(shown, canvas)))
        y = examples.height + canvas.length("band-gap")
        middle = Length(canvas.width // 2)
        way = straight(Point(middle, ground.bottom), Point(middle, Length(y)))
        items.insert(0, canvas.route("examples", way, (EXAMPLES, PANEL), slot=_slot(shown, canvas)))
    panel = _panel(shown, canvas, canvas.width)
    box = Box(Length(0), Length(y), canvas.width, Length(panel.height))
    ground_shape = _ground(shown, canvas, box)
    items += _on_ground(canvas, panel, ground_shape)
    drawn, _ = draw_listed(canvas, Listed(ground_shape, shown.nodes[0].id, shown.nodes, shown.edges))
    return [*items, *drawn]
