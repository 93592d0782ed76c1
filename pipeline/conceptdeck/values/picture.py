"""Pictures before layout: what each one shows, in which direction. Knows no theme and no geometry."""

from __future__ import annotations

from conceptdeck.values import model
from conceptdeck.values.deck import Entry
from conceptdeck.values.diagram import Direction, Paper
from conceptdeck.values.icons import Drawn
from conceptdeck.values.network import Edge, Level, Node
from conceptdeck.values.terms import ENGLISH, Words
from conceptdeck.values.text import Text
from conceptdeck.values.value import frozen

__all__ = [
    "Bridge",
    "Bunch",
    "Categories",
    "Category",
    "Concept",
    "Flow",
    "Groups",
    "Hierarchy",
    "Picture",
    "Portfolio",
    "Poster",
    "Relations",
    "Stop",
]


@frozen
class Stop:
    """A step of a walk through a picture, under its key: the keys of the elements that appear, and a line on it.

    The first one may hold others on a ground of its own. Of a step of which more is `said` than what appears, all steps
    are told below the picture.
    """

    key: str
    shows: tuple[str, ...]
    holds: bool
    line: Text
    said: bool


@frozen(kw_only=True)
class _Picture:
    """What every picture has: the name of its file, a title, what it shows in words, and a caption.

    Within it stand a `headline`, its title if it shall show it, and a `credit`, the line on where it is from. The
    concepts whose keys are `lit` stand out. It is told in the steps of a `walk`, which are numbered.
    """

    id: str
    title: Text
    description: Text
    caption: Text | None = None
    headline: Text | None = None
    credit: Text | None = None
    lit: tuple[str, ...] = ()
    walk: tuple[Stop, ...] = ()
    direction: Direction = Direction.DOWN


@frozen(kw_only=True)
class Hierarchy(_Picture):
    """The strata as bands, the lowest first, and the members that the focus relies on and supports."""

    levels: tuple[Level, ...]


@frozen(kw_only=True)
class Relations(_Picture):
    """Concepts and the relations between them; `communities` of concepts may stand for too many of them.

    `dashed` are the names of the kinds of relation whose lines are dashed, where these do not say it themselves.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    communities: bool = False
    dashed: tuple[Text, ...] = ()


@frozen
class Category:
    """A category and the concepts in it."""

    name: Text
    question: Text | None
    members: tuple[Node, ...]


@frozen(kw_only=True)
class Categories(_Picture):
    """Kinds of concepts, each with its question and its members."""

    categories: tuple[Category, ...]


@frozen(kw_only=True)
class Flow(_Picture):
    """Layers with their concepts, leading to the focus concept; positions count from 1 within the whole map."""

    layers: tuple[model.Layer, ...]
    positions: tuple[int, ...]
    count: int
    goal: model.Concept | None

    @property
    def ends(self) -> bool:
        """Tell whether the last layer is called as the focus is: it then is the focus, which needs no box besides."""
        name = self.goal.name.value if self.goal else ""
        return bool(name) and self.layers[-1].name.value.casefold() == name.casefold()


@frozen
class Bunch:
    """A group or subgroup with concepts and what they have of attributes, `rest` more that are not named, and parts."""

    key: str
    name: Text
    summary: Text | None
    entries: tuple[Entry, ...]
    rest: int
    parts: tuple[Bunch, ...] = ()

    def named(self) -> tuple[Entry, ...]:
        """Return the concepts of the group and of its parts that are named."""
        return (*self.entries, *(entry for part in self.parts for entry in part.entries))


@frozen(kw_only=True)
class Groups(_Picture):
    """Groups of concepts, none before another."""

    groups: tuple[Bunch, ...]


@frozen(kw_only=True)
class Bridge(_Picture):
    """Rows of a table under `headings`, or without these, ways that each lead from a first text to a last.

    `highlight` is the row that stands out.
    """

    headings: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    highlight: int | None


@frozen(kw_only=True)
class Concept(_Picture):
    """One concept: what is said `about` it, its layer (the `position`-th of `count`), examples and relations."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    layer: model.Layer | None
    position: int | None
    count: int
    examples: tuple[Text, ...]
    about: Text | None = None


@frozen(kw_only=True)
class Poster(_Picture):
    """The whole map on one sheet: its core sentence, its steps, and what the other pictures show.

    What the map connects stands under a `heading`. `examples` are those of concepts, by key. `chosen` parts are all
    shown, others as far as they say something new. No `paper` means as wide as other pictures.
    """

    core_sentence: Text | None
    subtitle: Text | None
    heading: Text
    connects: tuple[Text, ...]
    steps: tuple[model.Step, ...]
    parts: tuple[Picture, ...]
    examples: tuple[tuple[str, Text], ...] = ()
    sources: Text | None = None
    chosen: bool = False
    paper: Paper | None = Paper.A3


Picture = Hierarchy | Relations | Categories | Flow | Groups | Bridge | Concept | Poster


@frozen
class Portfolio:
    """The pictures of a map in one language, the program's own words in it, and the signs of elements by key.

    `addresses` are where names lead, by their keys, and `references` the names that they refer to.
    """

    map_id: str
    language: str
    title: Text
    pictures: tuple[Picture, ...]
    words: Words = ENGLISH
    icons: tuple[tuple[str, Drawn], ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()
    references: tuple[tuple[str, tuple[str, ...]], ...] = ()
