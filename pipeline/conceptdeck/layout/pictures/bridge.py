"""The bridge: from each familiar thing to what it explains, a row each; a table has no arrows between its cells."""

from __future__ import annotations

from conceptdeck.layout.graph.network import Graph, Link, place
from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line, whole
from conceptdeck.layout.pictures.network import drawn_routes
from conceptdeck.layout.pictures.table import draw_table
from conceptdeck.values import picture
from conceptdeck.values.units import Length, Size

__all__ = ["draw_bridge"]


def draw_bridge(shown: picture.Bridge, canvas: Canvas) -> Items:
    """Draw the rows below each other, each a way from its first text to its last; under headings, as a table."""
    if shown.headings:
        return draw_table(shown, canvas)
    gap, count = canvas.length("bridge-gap"), len(shown.rows[0])
    shares = [1.0] * (count - 1) + [canvas.theme.pictures.numbers["last-share"]]
    room = canvas.width - gap * (count - 1)
    widths = [whole(room * share / sum(shares)) for share in shares]
    rows = [_blocks(canvas, shown, index, widths) for index in range(len(shown.rows))]
    heights = [max(block.size.h for block in row) + 2 * canvas.length("cell-pad") for row in rows]
    sizes = {f"{r}.{c}": Size(Length(widths[c]), Length(heights[r])) for r in range(len(rows)) for c in range(count)}
    slots = [_slot(shown, canvas, row) for row in range(len(rows))]
    links = [Link(f"{r}.{c}", f"{r}.{c + 1}", slots[r]) for r in range(len(rows)) for c in range(count - 1)]
    network = place(
        canvas.arrange,
        Graph(
            sizes=sizes,
            links=links,
            bands=[[f"{r}.{c}" for r in range(len(rows))] for c in range(count)],
            ordered=True,
            rankdir="LR",
            nodesep=canvas.length("cell-gap"),
            ranksep=gap,
        ),
    )
    shapes = {
        f"{r}.{c}": canvas.node(
            block,
            network.boxes[f"{r}.{c}"],
            fill=slots[r] if r == shown.highlight else "card",
            outline="secondary",
            align="l",
        )
        for r, row in enumerate(rows)
        for c, block in enumerate(row)
    }
    names = {id_: shape.name for id_, shape in shapes.items()}
    return [*drawn_routes(canvas, network, names), *shapes.values()]


def _slot(shown: picture.Bridge, canvas: Canvas, row: int) -> str:
    return f"accent{canvas.theme.goal}" if row == shown.highlight else "secondary"


def _blocks(canvas: Canvas, shown: picture.Bridge, row: int, widths: list[Length]) -> list[Block]:
    """Return the cells of a row, the first as a name and the last as what it leads to."""
    lit = row == shown.highlight
    roles = ["picture-name", *["picture-role"] * (len(widths) - 1)]
    slots = [
        "card" if lit else "ink" if column in (0, len(widths) - 1) else "secondary" for column in range(len(widths))
    ]
    return [
        canvas.block([Line(text, role, slot)], width - 2 * canvas.length("pad"))
        for text, role, slot, width in zip(shown.rows[row], roles, slots, widths, strict=True)
    ]
