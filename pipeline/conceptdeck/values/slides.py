"""Slides of an author's own: what a map may say besides its concepts, as slides that stories name."""

from __future__ import annotations

from enum import Enum
from typing import NewType

from conceptdeck.values.chart import ChartKind
from conceptdeck.values.diagnostics import Span
from conceptdeck.values.illustration import Illustration
from conceptdeck.values.image import Fit, Media
from conceptdeck.values.text import Ref, Text, about
from conceptdeck.values.value import frozen

__all__ = [
    "KINDS",
    "Cells",
    "CodeFile",
    "Column",
    "Columns",
    "DataFile",
    "Figure",
    "Listing",
    "Marked",
    "Minutes",
    "OwnChart",
    "OwnCode",
    "OwnSlide",
    "OwnTable",
    "Quote",
    "Shot",
    "Side",
    "Syntax",
    "Token",
    "kinds_of",
]

Minutes = NewType("Minutes", float)
Syntax = NewType("Syntax", str)


class Side(Enum):
    """Where an image stands on its slide."""

    FULL = "full"
    LEFT = "left"
    RIGHT = "right"


@frozen(kw_only=True)
class Quote:
    """What somebody said, and who."""

    text: Text = about("What was said, without quotation marks.")
    source: Text | None = about("Who said it, and where.", default=None)


@frozen(kw_only=True)
class Shot(Illustration):
    """An image that has the slide to itself, or half of it beside words."""

    place: Side = about(
        "`full` below the title (the default), `left` or `right` beside `text` or `bullets`.", default=Side.FULL
    )
    caption: Text | None = about("A line below it.", default=None)

    @property
    def manner(self) -> Fit:
        """Return how it fills its place: all of it is seen where it has the slide to itself."""
        drawn = self.file.image is not None and self.file.image.media is Media.SVG
        return self.fit or (Fit.CONTAIN if drawn or self.place is Side.FULL else Fit.COVER)


@frozen(kw_only=True)
class Column:
    """One of two columns."""

    title: Text | None = about("What stands above it.", default=None)
    text: Text | None = about("One or two sentences.", default=None)
    bullets: tuple[Text, ...] = about("Its points, each in a few words.", listed=True, default=())


@frozen(kw_only=True)
class Columns:
    """Two columns: what is compared, or two halves of one thing."""

    left: Column = about("The column that is read first.")
    right: Column = about("The other one.")


@frozen(kw_only=True)
class Figure:
    """A number that has the slide to itself."""

    value: Text = about("The number, with its unit.")
    text: Text | None = about("What it counts.", default=None)
    source: Text | None = about("Where it is from.", default=None)


@frozen
class DataFile:
    """The file of a table as its author names it, and its rows with their lines; `shown` is its path in findings."""

    path: str
    span: Span = Span()
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    shown: str = ""


@frozen
class Cells:
    """Rows of cells, None where one is empty, and the place of each row.

    Of a chart the cells are the names of its categories, and beside them are the `numbers` of
    each, with so many `decimals`.
    """

    items: tuple[tuple[Text | None, ...], ...]
    spans: tuple[Span, ...] = ()
    numbers: tuple[tuple[float, ...], ...] = ()
    decimals: int = 0


@frozen(kw_only=True)
class OwnTable:
    """A table of words and figures, in the map or in a file."""

    key: str
    columns: tuple[Text, ...] = about("The headings, left to right.", listed=True, default=())
    rows: Cells | None = about("The rows, each a list of cells, as many as there are columns.", default=None)
    file: DataFile | None = about(
        "The path of a CSV file with headings in its first row, from the folder of the map on.", default=None
    )


@frozen
class Marked:
    """What stands out in a chart: a heading or the name of a row as its author writes it.

    `series` and `category` count from 0; one of them is None.
    """

    name: str
    span: Span = Span()
    series: int | None = None
    category: int | None = None


@frozen(kw_only=True)
class OwnChart:
    """Numbers as a chart that can be edited, in the map or in a file."""

    key: str
    type: ChartKind = about(
        "`bar` (the default), `line`, `dot`, or `stacked` for parts of a whole.", default=ChartKind.BAR
    )
    columns: tuple[Text, ...] = about(
        "The headings: what the rows are, then the name of each series of numbers.", listed=True, default=()
    )
    rows: Cells | None = about("The rows, each a list of its name and its numbers.", default=None)
    file: DataFile | None = about(
        "The path of a CSV file with headings in its first row, from the folder of the map on.", default=None
    )
    highlight: Marked | None = about(
        "The heading of the series, or the name of the row, that stands out.", default=None
    )
    unit: Text | None = about("What stands behind each number, such as `%`.", default=None)


@frozen
class Token:
    """A stretch of code, and what it is: a keyword, a string, a number, a name, a comment, or nothing of these."""

    text: str
    kind: str = ""


@frozen
class Listing:
    """Code as it is written, in the map or in a file; `lines` are filled in once its language is known."""

    text: str
    span: Span = Span()
    lines: tuple[tuple[Token, ...], ...] = ()


@frozen
class CodeFile(Listing):
    """Code that stands in a file."""


@frozen(kw_only=True)
class OwnCode:
    """Lines of a program, with what they are in colour."""

    key: str
    language: Syntax | None = about("The language, such as `python`; left out, nothing is coloured.", default=None)
    text: Listing | None = about("The lines, below `|`.", default=None)
    file: CodeFile | None = about("The path of a file with the lines, from the folder of the map on.", default=None)


@frozen(kw_only=True)
class OwnSlide:
    """A slide of one's own. One of its keys says of which kind it is, such as `bullets` or `quote`."""

    id: str
    key: str
    span: Span
    title: Text | None = about("The slide's message.", default=None)
    text: Text | None = about(
        "A line or two below a statement, a section or a question, or beside an image.", default=None
    )
    bullets: tuple[Text, ...] = about("Points below each other, each in a few words.", listed=True, default=())
    statement: Text | None = about("One sentence, alone on its slide.", default=None)
    quote: Quote | None = about("What somebody said, and who.", default=None)
    image: Shot | None = about("An image from a file.", default=None)
    two_columns: Columns | None = about("Two columns side by side.", default=None)
    table: OwnTable | None = about("A table, in the map or in a CSV file.", default=None)
    chart: OwnChart | None = about("Numbers as bars, lines or dots, in the map or in a CSV file.", default=None)
    code: OwnCode | None = about("Lines of a program.", default=None)
    big_number: Figure | None = about("One number in very large type.", default=None)
    section: Text | None = about("The name of a part of the talk, as a slide that divides it.", default=None)
    questions: Text | None = about("What asks the audience, such as `Questions?`.", default=None)
    reuse: Ref | None = about(
        "A slide that the map makes, once more: its key, or its kind and an id, such as `concept:digital-twins`.",
        default=None,
    )
    after: Ref | None = about(
        "The slide that it follows, named as in `reuse`, in stories that have it and name `slides` as a whole.",
        default=None,
    )
    notes: Text | None = about("What the speaker says.", default=None)
    minutes: Minutes | None = about("How many minutes it takes; left out, what the story plans.", default=None)
    hidden: bool = about("`true` to skip it in a talk: it is in the file, but no audience sees it.", default=False)
    backup: bool = about("`true` to hide it and to tell it last, for questions that may come.", default=False)


KINDS = (
    "bullets",
    "statement",
    "quote",
    "image",
    "two-columns",
    "table",
    "chart",
    "code",
    "big-number",
    "section",
    "questions",
    "reuse",
)


def kinds_of(slide: OwnSlide) -> tuple[str, ...]:
    """Return the kinds that a slide says it is of; points beside an image are no kind."""
    found = tuple(kind for kind in KINDS if getattr(slide, kind.replace("-", "_")))
    return tuple(kind for kind in found if kind != "bullets" or "image" not in found)
