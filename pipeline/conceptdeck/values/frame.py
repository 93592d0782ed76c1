"""Frames and drawings: slides and pictures at final positions, with every text already broken into lines.

A frame knows places, sizes and reading order. Colours are still slots of the theme
(`page`, `card`, `ink`, `secondary`, `accent1` …), so that a deck keeps live theme colours.
The order of `items` is both the order of painting and the order of reading.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate

from conceptdeck.values.diagnostics import Span
from conceptdeck.values.units import Box, Length, Point, Size

__all__ = [
    "Cell", "Connector", "Drawing", "Fill", "Frame", "Item", "Paragraph", "Placeholder", "Route", "Run", "Shape",
    "Stroke", "Table", "TableRow", "TextBody", "Zoom", "connection_site", "connector_path", "route_path",
    "site_count", "text_area",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fill:
    """A flat colour: a slot and its opacity, 0 to 1."""

    slot: str
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line: a slot, a width and an opacity."""

    slot: str
    width: Length
    alpha: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look; `size` in points, `href` an address or empty."""

    text: str
    size: float
    slot: str
    bold: bool = False
    major: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs, the lines that they break into, and exact line spacing in points.

    `extent` is the width of the longest line, `reach` the least width at which another word would fit on a line (None
    if nothing wraps): between the two the lines break as given. Spacing that is `relative` is written as a share of
    the type size.
    """

    runs: tuple[Run, ...]
    lines: tuple[str, ...]
    leading: float
    align: str = "l"
    before: float = 0.0
    extent: int = 0
    reach: int | None = None
    relative: bool = False

    @property
    def text(self) -> str:
        """Return the paragraph's text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class TextBody:
    """Paragraphs in a box: vertical anchor (`t`, `ctr`, `b`) and margins left, top, right, bottom.

    A text that is one line by design does not `wrap`: with wider fonts it stays one line.
    """

    paragraphs: tuple[Paragraph, ...]
    anchor: str = "t"
    margins: tuple[int, int, int, int] = (0, 0, 0, 0)
    span: Span = Span()
    wrap: bool = True

    @property
    def text(self) -> str:
        """Return the text, one line a paragraph."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def height(self) -> float:
        """Return the height of all lines in points, margins not counted."""
        return sum(p.before + p.leading * len(p.lines) for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Which placeholder of the slide's layout a shape fills, and what it takes over from there.

    One that is not the `first` of its type in the layout says all itself: viewers that look for the type alone take
    what the first one says.
    """

    name: str
    type: str
    idx: int
    box: Box
    size: float
    bold: bool
    slot: str
    first: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    """A preset shape with its text inside; `name` identifies it on its slide and in every language.

    `link` is the key of a slide, or an address, that a click on the shape leads to. `click` counts the clicks after
    which it appears.
    """

    name: str
    preset: str
    box: Box
    fill: Fill | None = None
    stroke: Stroke | None = None
    text: TextBody | None = None
    placeholder: Placeholder | None = None
    alt: str = ""
    decorative: bool = False
    adjust: tuple[tuple[str, int], ...] = ()
    link: str = ""
    click: int = 0


@dataclass(frozen=True, slots=True)
class Connector:
    """A line glued to a connection site of two shapes, from `start` to `end`."""

    name: str
    kind: str
    start: Point
    end: Point
    begin: tuple[str, int]
    finish: tuple[str, int]
    stroke: Stroke
    arrow: bool = False
    alt: str = ""
    click: int = 0


ROUND_INSET = 0.29289  # 1 - cos 45°
ELLIPSE_SITES = ((4, 0), (1, 1), (0, 4), (1, 7), (4, 8), (7, 7), (8, 4), (7, 1))
RECTANGLE_SITES = ((4, 0), (0, 4), (4, 8), (8, 4))


def site_count(preset: str) -> int:
    """Return how many connection sites a preset has."""
    return len(ELLIPSE_SITES if preset == "ellipse" else RECTANGLE_SITES)


def connection_site(preset: str, box: Box, index: int) -> Point:
    """Return the place of a connection site; an ellipse has eight, a rectangle four, both from the top, leftwards.

    The order is that of `cxnLst` in ECMA-376 presetShapeDefinitions.
    """
    if preset == "ellipse" and index % 2:
        # sites on the diagonals lie on the curve: cos 45° of the radius away from the centre
        dx, dy = (round(side / 2 * math.sqrt(0.5)) for side in (box.w, box.h))
        signs = {1: (-1, -1), 3: (-1, 1), 5: (1, 1), 7: (1, -1)}[index]
        return Point(Length(box.centre.x + signs[0] * dx), Length(box.centre.y + signs[1] * dy))
    eighths = (ELLIPSE_SITES if preset == "ellipse" else RECTANGLE_SITES)[index]
    return Point(Length(box.x + box.w * eighths[0] // 8), Length(box.y + box.h * eighths[1] // 8))


CURVE = (  # curvedConnector3 with its adjustment at one half: two cubic Béziers, in shares of width and height
    ((0.0, 0.0), (0.25, 0.0), (0.5, 0.25), (0.5, 0.5)),
    ((0.5, 0.5), (0.5, 0.75), (0.75, 1.0), (1.0, 1.0)),
)
CURVE_SAMPLES = 16


def connector_path(line: Connector) -> tuple[Point, ...]:
    """Return points along a connector from start to end, close enough to tell what it touches."""
    dx, dy = line.end.x - line.start.x, line.end.y - line.start.y
    if line.kind == "straight":
        shares = [(i / CURVE_SAMPLES, i / CURVE_SAMPLES) for i in range(CURVE_SAMPLES + 1)]
    else:
        shares = [_bezier(part, i / CURVE_SAMPLES) for part in CURVE for i in range(CURVE_SAMPLES + 1)]
    return tuple(Point(Length(round(line.start.x + dx * x)), Length(round(line.start.y + dy * y))) for x, y in shares)


def _bezier(part: tuple[tuple[float, float], ...], t: float) -> tuple[float, float]:
    weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    return (
        sum(w * point[0] for w, point in zip(weights, part, strict=True)),
        sum(w * point[1] for w, point in zip(weights, part, strict=True)),
    )


def text_area(preset: str, box: Box, radius: int = 0) -> Box:
    """Return where a preset's text may stand: within an ellipse, or clear of round corners (presetShapeDefinitions)."""
    if preset == "ellipse":
        inset = (1 - math.sqrt(0.5)) / 2
        return box.inset(round(box.w * inset), round(box.h * inset))
    if preset == "roundRect":
        return box.inset(round(radius * ROUND_INSET))
    return box


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its text, and its fill where it is not that of the table's style."""

    body: TextBody
    fill: Fill | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table row: the key that names it, its height and its cells."""

    key: str
    height: Length
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: column keys and widths, rows with the header first, and whether the last row stands out.

    The first column is the one that is read first: the rightmost if the table is `rtl`.
    """

    name: str
    box: Box
    columns: tuple[tuple[str, Length], ...]
    rows: tuple[TableRow, ...]
    placeholder: Placeholder | None = None
    highlight_last: bool = False
    alt: str = ""
    rtl: bool = False

    @property
    def lefts(self) -> tuple[Length, ...]:
        """Return the left edge of each column."""
        ends = tuple(accumulate(width for _, width in self.columns))
        if self.rtl:
            return tuple(Length(self.box.x + ends[-1] - end) for end in ends)
        return tuple(Length(self.box.x + start) for start in (0, *ends[:-1]))


@dataclass(frozen=True, slots=True)
class Zoom:
    """A picture of the slide `target` on the slide `slide`, both named by key, that a click goes into."""

    name: str
    slide: str
    target: str
    box: Box
    alt: str


Item = Shape | Connector | Table


@dataclass(frozen=True, slots=True)
class Frame:
    """One slide: its layout, the language of its text, its items in reading order and its notes."""

    key: str
    layout: str
    title: str
    language: str
    items: tuple[Item, ...]
    notes: str = ""
    number: int = 0
    accent: int = 0
    section: str = ""
    transition: str = "fade"


@dataclass(frozen=True, slots=True)
class Route:
    """An edge of a drawing from one shape to another: a start, then three points for each cubic Bézier curve."""

    name: str
    points: tuple[Point, ...]
    tail: str
    head: str
    stroke: Stroke
    arrow: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture for an article: shapes and routes within `size`, in the order of painting and of reading.

    `id` is the name of its file; `title` names it, `description` says in words what it shows, `caption` goes below it.
    """

    id: str
    map_id: str
    title: str
    description: str
    caption: str
    language: str
    size: Size
    items: tuple[Shape | Route, ...]


def route_path(route: Route) -> tuple[Point, ...]:
    """Return points along a route from start to end, close enough to tell what it touches."""
    curves = [route.points[i : i + 4] for i in range(0, len(route.points) - 1, 3)]
    steps = [(curve, i / CURVE_SAMPLES) for curve in curves for i in range(CURVE_SAMPLES + 1)]
    return tuple(Point(*(Length(round(value)) for value in _bezier(curve, t))) for curve, t in steps)
