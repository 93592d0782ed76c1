"""Frames and drawings: slides and pictures at final positions, with every text already broken into lines.

A frame knows places, sizes and reading order. Colours are still slots of the theme
(`page`, `card`, `ink`, `secondary`, `accent1` …), so that a deck keeps live theme colours.
The order of `items` is both the order of painting and the order of reading.
"""

from __future__ import annotations

from itertools import accumulate

from conceptdeck.values.chart import ChartData
from conceptdeck.values.diagnostics import Span
from conceptdeck.values.formula import Formula
from conceptdeck.values.hyphens import joined
from conceptdeck.values.image import WHOLE, Crop, Fit, Focus, Image, Seen, seen
from conceptdeck.values.paint import Fill, Sign, Stroke
from conceptdeck.values.remarks import Remark
from conceptdeck.values.spoken import Said, said_lines
from conceptdeck.values.text import Passage
from conceptdeck.values.units import Box, Length, Point, Size
from conceptdeck.values.value import frozen

__all__ = [
    "LEVEL_SIZE", "RISES", "Cell", "Chart", "Connector", "Drawing", "Fill", "Frame", "Item", "Paragraph", "Picture",
    "Placeholder", "Route", "Run", "Shape", "Sign", "Stroke", "Table", "TableRow", "TextBody", "Zoom",
]  # fmt: skip


LEVEL_SIZE = 2 / 3  # of the size of the text beside it: what PowerPoint makes of sub- and superscript
RISES = {-1: -0.25, 0: 0.0, 1: 0.30}  # how far above the baseline a level stands, in sizes of the text beside it


@frozen
class Run:
    """A stretch of text in one look; `size` in points, `href` an address, the key of a slide, or empty.

    `mono` is the font of code, empty for all else. `level` is 1 if it is raised and -1 if it is lowered: it is then
    smaller than its size says, as programs show it. What leads somewhere is `underlined` within running text.
    `language` is that of the stretch if it is not its paragraph's. One that is `numbered` is the number of its slide,
    also where the slide is moved to. The text of a `formula` is its plain form. The `share` is what it has of the size
    of its text, if that is in two languages and this the second.
    """

    text: str
    size: float
    slot: str
    bold: bool = False
    major: bool = False
    href: str = ""
    italic: bool = False
    mono: str = ""
    level: int = 0
    underlined: bool = False
    language: str = ""
    numbered: bool = False
    formula: Formula | None = None
    share: float = 1.0

    @property
    def shown_size(self) -> float:
        """Return the size at which it is shown, in points."""
        return self.size * LEVEL_SIZE if self.level else self.size

    @property
    def rise(self) -> float:
        """Return how far above its line's baseline it stands, in points."""
        return self.size * RISES[self.level]


@frozen
class Paragraph:
    """Runs, the lines that they break into, exact line spacing in points, and the keys of the strings that it shows.

    `extent` is the width of the longest line, `reach` the least width at which another word would fit on a line (None
    if nothing wraps): between the two the lines break as given. Spacing that is `relative` is written as a share of
    the type size. `language` is its own if it is not that of what it stands on. `widths` say, if it has formulas, how
    wide each stretch of each line is drawn, in points.
    """

    runs: tuple[Run, ...]
    lines: tuple[str, ...]
    leading: float
    align: str = "l"
    before: float = 0.0
    extent: int = 0
    reach: int | None = None
    relative: bool = False
    keys: tuple[str, ...] = ()
    language: str = ""
    widths: tuple[tuple[float, ...], ...] = ()

    @property
    def text(self) -> str:
        """Return the paragraph's text."""
        return self.runs[0].text if len(self.runs) == 1 else "".join([run.text for run in self.runs])


@frozen
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
        """Return the text as its author wrote it, one line a paragraph."""
        return "\n".join([joined(paragraph.text) for paragraph in self.paragraphs])

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the strings that it shows, each once."""
        return tuple(dict.fromkeys(key for paragraph in self.paragraphs for key in paragraph.keys))

    @property
    def height(self) -> float:
        """Return the height of all lines in points, margins not counted."""
        return sum(p.before + p.leading * len(p.lines) for p in self.paragraphs)


@frozen
class Placeholder:
    """Which placeholder of the slide's layout a shape fills, and what it takes over from there.

    One that is not the `first` of its type in the layout says all itself: viewers that look for the type alone take
    what the first one says. One of somebody else's template has `margins`; it lends its colour and its font alone.
    """

    name: str
    type: str
    idx: int
    box: Box
    size: float
    bold: bool
    slot: str
    first: bool = True
    margins: tuple[int, int, int, int] | None = None


@frozen
class Shape:
    """A preset shape with its text inside; `name` identifies it on its slide and in every language.

    Programs and people read names in files; here nothing is read out of them. `of` is the key of the element that the
    shape belongs to, `part` what it is of that element, `place` where it stands if a text stands twice.
    `link` is the key of a slide, or an address, that a click on the shape leads to. `click` counts the clicks after
    which it appears. One that is `fitted` is as wide as its text, whatever that is; if lines of its text have a limit,
    `most` is it.
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
    of: str = ""
    part: str = ""
    place: str = ""
    fitted: bool = False
    most: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the strings that it shows."""
        return self.text.keys if self.text else ()


@frozen
class Connector:
    """A line glued to a connection site of two shapes, from `start` to `end`.

    It is `straight`, `curved` (level with itself at both ends) or a `quarter` of a turn. One that is `upright` leaves
    its start up or down, others leave it sideways. What goes on where another one ends is `decorative`: the first one
    says in its alt text what the line means.
    """

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
    upright: bool = False
    decorative: bool = False


@frozen
class Route:
    """A line on its own way from one shape to another: a start, then three points for each cubic Bézier curve."""

    name: str
    points: tuple[Point, ...]
    tail: str
    head: str
    stroke: Stroke
    arrow: bool = False
    alt: str = ""
    click: int = 0


@frozen
class Cell:
    """A table cell: its text, and the key that names it; `size` is what an empty cell's line has in points."""

    body: TextBody
    key: str = ""
    size: float | None = None


@frozen
class TableRow:
    """A table row: the key that names it, its height and its cells, its ground, and the line below it."""

    key: str
    height: Length
    cells: tuple[Cell, ...]
    fill: Fill | None = None
    below: Stroke | None = None


@frozen
class Table:
    """A table: column keys and widths, and rows with the header first; a last row with a ground is lit.

    The first column is the one that is read first: the rightmost if the table is `rtl`.
    """

    name: str
    box: Box
    columns: tuple[tuple[str, Length], ...]
    rows: tuple[TableRow, ...]
    placeholder: Placeholder | None = None
    alt: str = ""
    rtl: bool = False

    @property
    def is_last_lit(self) -> bool:
        """Tell whether the last row stands out."""
        return bool(self.rows) and self.rows[-1].fill is not None

    @property
    def lefts(self) -> tuple[Length, ...]:
        """Return the left edge of each column."""
        ends = tuple(accumulate(width for _, width in self.columns))
        if self.rtl:
            return tuple(Length(self.box.x + ends[-1] - end) for end in ends)
        return tuple(Length(self.box.x + start) for start in (0, *ends[:-1]))


@frozen
class Picture:
    """An image in a box, with words for those who do not see it unless it is `decorative`.

    `crop` and `fit` say what of it is seen; `link` and `click` are as with shapes. `told` are the keys of the strings
    that its words are.
    """

    name: str
    image: Image
    box: Box
    alt: str = ""
    decorative: bool = False
    crop: Crop | Focus = WHOLE
    fit: Fit = Fit.CONTAIN
    link: str = ""
    click: int = 0
    told: tuple[str, ...] = ()

    @property
    def seen(self) -> Seen:
        """Return what of the image is seen, and where."""
        return seen(self.image, self.box, self.crop, self.fit)


@frozen
class Zoom:
    """A picture of the slide `target` on the slide `slide`, both named by key, that a click goes into.

    `of` is the key of the element that it stands for.
    """

    name: str
    slide: str
    target: str
    box: Box
    alt: str
    of: str = ""


@frozen
class Chart:
    """Numbers that are drawn: as `items` where nobody edits them, elsewhere as a chart with its data.

    `told` are the keys of strings that stand among its data only.
    """

    name: str
    box: Box
    data: ChartData
    items: tuple[Item, ...]
    alt: str = ""
    told: tuple[str, ...] = ()


Item = Shape | Connector | Route | Table | Picture | Sign | Chart
"""What a slide or a drawing shows. Who looks into items does so by `match`, closed by `assert_never`."""


@frozen
class Frame:
    """One slide: its layout, the language of its text, its items in reading order and its notes.

    `slide` is the key of what the deck shows there; if that goes on over several frames, each has a `key` of its own.
    `said` are the keys of the strings that the notes say; `remarks` tell what was done to find room. If they have
    emphasis or links, the notes are in `note_passages` too. One that is `hidden` is in files that are edited only.
    """

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
    slide: str = ""
    said: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    note_passages: tuple[Passage, ...] = ()
    hidden: bool = False

    @property
    def told(self) -> tuple[Said, ...]:
        """Return the notes line by line."""
        return said_lines(self.notes, self.note_passages)


@frozen
class Drawing:
    """A picture for an article: items within `size`, in the order of painting and of reading.

    `id` is the name of its file; `title` names it, `description` says in words what it shows, `caption` goes below it.
    `said` are the keys of the strings that these three say, `tongues` their languages, empty where they are the
    drawing's; `remarks` tell what was done to find room. It is printed at a `scale`; without one, it is for screens.
    """

    id: str
    map_id: str
    title: str
    description: str
    caption: str
    language: str
    size: Size
    items: tuple[Item, ...]
    said: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    tongues: tuple[str, str, str] = ("", "", "")
    scale: float | None = None

    @property
    def spoken(self) -> str:
        """Return what it shows in words, the words of its pictures included."""
        alts = (item.alt for item in self.items if isinstance(item, Picture) and item.alt)
        return " ".join(filter(None, (self.description, *alts)))
