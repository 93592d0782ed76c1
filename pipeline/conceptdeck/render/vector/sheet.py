"""A sheet of icons as SVG, each above its name, in the colour of the page that shows it."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.render.vector.areas import number, path_data
from conceptdeck.render.vector.svg import escape, figure
from conceptdeck.values.icons import GRID, Drawn, scaled

__all__ = ["icon_sheet"]

COLUMNS, CELL_W, CELL_H, SIDE, TYPE = 8, 132, 84, 32, 12  # CSS pixels
LINE = 20  # letters of a name on one line


def icon_sheet(icons: Sequence[tuple[str, Drawn]]) -> str:
    """Return icons with their names, in rows, as an SVG document."""
    columns = min(COLUMNS, len(icons)) or 1
    cells = "".join(_cell(name, drawn, *divmod(at, columns)) for at, (name, drawn) in enumerate(icons))
    rows = -(-len(icons) // columns)
    colours = "<style>:root{color-scheme:light dark;color:CanvasText;background:Canvas}</style>"
    return figure(columns * CELL_W, max(rows, 1) * CELL_H, f"\n{colours}\n{cells}")


def _cell(name: str, drawn: Drawn, row: int, column: int) -> str:
    """Return an icon in the middle of its cell, and its name below it on one or two lines."""
    middle, top, scale = column * CELL_W + CELL_W / 2, row * CELL_H + TYPE, SIDE / GRID
    x = middle - SIDE / 2
    drawing = "".join(
        f'<path d="{path_data(scaled(area, x, top, scale))}" fill="currentColor"/>' for area in drawn.areas
    )
    if drawn.lines:
        ends = ' stroke-linecap="round" stroke-linejoin="round"' * drawn.round
        stroke = f'fill="none" stroke="currentColor" stroke-width="{number(drawn.width * scale)}"{ends}'
        drawing += f'<path d="{path_data(scaled(drawn.lines, x, top, scale))}" {stroke}/>'
    lines = "".join(
        f'<tspan x="{number(middle)}" dy="{TYPE + 3 if at else 0}">{escape(line)}</tspan>'
        for at, line in enumerate(_lines(name))
    )
    text = f'<text y="{top + SIDE + TYPE + 4}" font-family="sans-serif" font-size="{TYPE}" text-anchor="middle" fill="currentColor">'
    return f"<g>{drawing}{text}{lines}</text></g>\n"


def _lines(name: str) -> list[str]:
    """Return a name, broken after a hyphen if it is long."""
    if len(name) <= LINE:
        return [name]
    at = max((at for at, char in enumerate(name[:LINE]) if char == "-"), default=LINE - 1) + 1
    return [name[:at], name[at:]]
