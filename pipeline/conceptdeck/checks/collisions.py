"""Rules on what is in each other's way on a slide: texts, nodes, pictures, lines, and shapes almost in line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import assert_never

from conceptdeck.checks.geometry import TOLERANCE, Rect, crosses, outline_holds, rect_of, straddles
from conceptdeck.checks.page import Block, Findings, Page, fault, has_text, quoted, text_span
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.frame import Connector, Item, Picture, Route, Shape, Sign
from conceptdeck.values.items import ends_of
from conceptdeck.values.presets import connection_site, site_count
from conceptdeck.values.rules import ERROR, WARNING, Rule
from conceptdeck.values.units import Box, Length, Point

__all__ = [
    "edge_through_node",
    "label_on_line",
    "loose_connector",
    "misaligned_siblings",
    "overlapping_nodes",
    "text_across_edge",
    "text_overlap",
]

PIXEL = 9525  # EMU at 96 dpi
ROUNDING, MEANT = 0.25, 9.0  # points: below the first two places are one, from the second on they are meant as two


TEXT_OVERLAP = Rule("text-overlap", "frames", ERROR, "text that runs into other text").because("""
    Neither can be read where they meet. The program sets each text beside the others, so this is a fault of its own;
    please report it.
""")


def text_overlap(page: Page) -> Findings:
    """Find text that runs into other text."""
    for one, other in page.close_blocks:
        if one.overlaps(other):
            what = f"has text that runs into that of `{other.name}`: {quoted(one)}, {quoted(other)}"
            yield fault(page, TEXT_OVERLAP, what, one.name, one.body.span)


TEXT_ACROSS_EDGE = Rule(
    "text-across-edge",
    "frames",
    ERROR,
    "text partly on a shape that it does not belong to",
).because("""
    The edge runs through the letters. The program places both, so this is a fault of its own; please report it.
""")


def text_across_edge(page: Page) -> Findings:
    """Find text that lies partly on a shape it does not belong to, or on a sign."""
    for block in page.blocks:
        for index, picture, rect in page.pictures:
            if block.ink.meets(rect) and not rect.holds(block.ink) and not _is_covered(page, index, block):
                yield _across(page, block, picture)
        for sign, rect in page.signs:
            if block.ink.meets(rect.inset(TOLERANCE)):
                yield _across(page, block, sign)
        for index, shape, rect in page.drawn:
            if index == block.index or not straddles(block.ink, shape, rect) or _is_art(shape):
                continue
            if not _is_covered(page, index, block):
                yield _across(page, block, shape)


def _across(page: Page, block: Block, item: Shape | Picture | Sign) -> Diagnostic:
    what = f"has text across the edge of `{item.name}`: {quoted(block)}"
    return fault(page, TEXT_ACROSS_EDGE, what, block.name, block.body.span)


LABEL_ON_LINE = Rule("label-on-line", "frames", ERROR, "text that a connector runs through").because("""
    The line crosses the letters out. The program leads lines around words, so this is a fault of its own; please
    report it.
""")


def label_on_line(page: Page) -> Findings:
    """Find free-standing text that a connector runs through."""
    for block in page.blocks:
        if not block.is_label:
            continue
        for line, curve, around in page.curves:
            if not _ends_at(line, block.item) and crosses(curve, around, block.ink):
                what = f"has text on the line of `{line.name}`: {quoted(block)}"
                yield fault(page, LABEL_ON_LINE, what, block.name, block.body.span)


EDGE_THROUGH_NODE = Rule(
    "edge-through-node", "frames", ERROR, "a connector through a node that is neither of its ends"
).because("""
    It reads as a relation that is not there. The program leads lines around concepts, so this is a fault of its own;
    please report it.
""")


def edge_through_node(page: Page) -> Findings:
    """Find connectors that run through a node at neither of their ends."""
    nodes: list[tuple[Shape | Picture, Rect]] = [(shape, rect) for _, shape, rect in page.drawn if has_text(shape)]
    nodes += [(picture, rect) for _, picture, rect in page.pictures if not picture.decorative]
    for line, curve, around in page.curves:
        for shape, rect in nodes:
            if _ends_at(line, shape):
                continue
            ellipse = isinstance(shape, Shape) and shape.preset == "ellipse"
            if crosses(curve, around, rect.inset(TOLERANCE), ellipse=ellipse):
                what = f"runs through `{shape.name}`, which is neither of its ends"
                yield fault(page, EDGE_THROUGH_NODE, what, line.name, text_span(shape))


OVERLAPPING_NODES = Rule("overlapping-nodes", "frames", ERROR, "nodes that lie partly on each other").because("""
    One hides a part of the other. The program places both, so this is a fault of its own; please report it.
""")


def overlapping_nodes(page: Page) -> Findings:
    """Find nodes that lie partly on each other."""
    nodes: list[tuple[Shape | Picture, Rect]] = [
        (shape, rect) for _, shape, rect in page.drawn if has_text(shape) and not shape.decorative
    ]
    nodes += [(picture, rect) for _, picture, rect in page.pictures if not picture.decorative]
    for (one, first), (other, second) in combinations(nodes, 2):
        if first.meets(second) and not first.holds(second) and not second.holds(first):
            what = f"lies partly on `{other.name}`"
            yield fault(page, OVERLAPPING_NODES, what, one.name, text_span(one))


LOOSE_CONNECTOR = Rule(
    "loose-connector",
    "frames",
    ERROR,
    "a connector that does not end where it is glued",
).because("""
    It jumps when somebody moves one of its shapes in PowerPoint. The program glues each end to a connection site, so
    this is a fault of its own; please report it.
""")


def loose_connector(page: Page) -> Findings:
    """Find connectors whose ends are not where they are glued."""
    items = {item.name: item for item in page.frame.items}
    for line, _, _ in page.curves:
        for place, name, site in _glued(line):
            if why := _glue_fault(items.get(name), site, place):
                yield fault(page, LOOSE_CONNECTOR, f"is not glued to `{name}`: {why}", line.name)


def _glued(line: Connector | Route) -> Iterator[tuple[Point, str, int | None]]:
    """Yield each end of a line with the name of what it is glued to, and the connection site if it has one."""
    match line:
        case Connector():
            yield line.start, *line.begin
            yield line.end, *line.finish
        case Route():
            yield line.points[0], line.tail, None
            yield line.points[-1], line.head, None
        case _:
            assert_never(line)


def misaligned_siblings(page: Page) -> Findings:
    """Find shapes of one kind that are almost in line, but not quite."""
    glued = {name for line, _, _ in page.curves for name in ends_of(line)}
    # ranks from top to bottom share no left edges
    downwards = any(
        isinstance(line, Connector) and line.upright and line.kind != "quarter" for line, _, _ in page.curves
    )
    for siblings in _siblings(page):
        rects = [rect_of(shape.box) for shape in siblings]
        in_ranks = any(shape.name in glued for shape in siblings)  # each rank is centred by itself: tops may differ
        if in_ranks and downwards:
            continue
        if _is_same(rect.height for rect in rects) and not in_ranks:
            yield from _nearly_aligned(page, "top", zip((rect.top for rect in rects), siblings, strict=True))
        if _is_same(rect.width for rect in rects):
            yield from _nearly_aligned(page, "left edge", zip((rect.left for rect in rects), siblings, strict=True))


def _siblings(page: Page) -> Iterator[Sequence[Shape]]:
    """Yield the groups of shapes that are of one kind: of one form, and the same part of different things."""
    groups: dict[tuple[str, str, str], list[Shape]] = {}
    for shape in page.shapes.values():
        if shape.placeholder is None and (shape.part or shape.place):
            groups.setdefault((shape.preset, shape.part, shape.place), []).append(shape)
    yield from (group for group in groups.values() if len(group) > 1)


def _is_same(values: Iterable[float]) -> bool:
    """Tell whether all values are the same but for rounding: what varies in size flows like words, and is no grid."""
    found = tuple(values)
    return max(found) - min(found) <= ROUNDING


MISALIGNED_SIBLINGS = Rule(
    "misaligned-siblings",
    "frames",
    WARNING,
    "shapes of one kind that are almost in line",
).because("""
    Cards, steps, levels or nodes of one size whose tops or left edges differ by less than an eighth of an inch
    look like a mistake. The program places them, so this is a fault of its own; please report it.
""")


def _nearly_aligned(page: Page, edge: str, places: Iterable[tuple[float, Shape]]) -> Findings:
    """Find neighbouring places that differ by less than the eye takes for meant; the odd one out is named."""
    lines: list[list[tuple[float, Shape]]] = []
    for place in sorted(places, key=lambda each: each[0]):
        if lines and place[0] - lines[-1][-1][0] <= ROUNDING:
            lines[-1].append(place)
        else:
            lines.append([place])
    for before, after in pairwise(lines):
        away = after[0][0] - before[-1][0]
        if away < MEANT:
            odd, model = (before, after) if len(before) < len(after) else (after, before)
            shape = odd[0][1]
            what = f"is almost in line with `{model[0][1].name}`: its {edge} is a little off"
            yield fault(page, MISALIGNED_SIBLINGS, what, shape.name, text_span(shape))


def _glue_fault(item: Item | None, site: int | None, place: Point) -> str:
    """Return what keeps `place` from being a connection site of `item`, or a place on its outline, if anything."""
    if not isinstance(item, (Shape, Picture)):
        return "there is no such shape on the slide"
    preset, box = (item.preset, item.box) if isinstance(item, Shape) else ("rect", item.seen.box)
    if site is None:
        within, inside = box.inset(-2 * PIXEL), box.inset(2 * PIXEL)
        at = Box(place.x, place.y, Length(0), Length(0))
        return "" if within.holds(at) and not inside.holds(at) else "it ends elsewhere"
    if not 0 <= site < site_count(preset):
        return f"it has no connection site {site}"
    wanted = connection_site(preset, box, site)
    away = max(abs(wanted.x - place.x), abs(wanted.y - place.y))
    return f"connection site {site} is {away / PIXEL:.1f} px away" if away > PIXEL else ""


def _is_art(shape: Shape) -> bool:
    """Tell whether a shape is faint round decoration, on which text may lie: the rings."""
    faint = shape.fill is None or shape.fill.alpha < 1
    return shape.decorative and shape.preset == "ellipse" and faint


def _is_covered(page: Page, index: int, block: Block) -> bool:
    """Tell whether something solid that holds the whole text hides the item at `index` from it."""
    return any(
        shape.fill and shape.fill.alpha >= 1 and all(outline_holds(shape, rect, at) for at in block.ink.corners)
        for above, shape, rect in page.drawn
        if index < above <= block.index
    )


def _ends_at(line: Connector | Route, item: Item) -> bool:
    return item.name in ends_of(line)
