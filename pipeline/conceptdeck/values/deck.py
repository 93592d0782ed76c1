"""The deck before layout: which slides, showing which part of the map. Knows no theme and no geometry."""

from __future__ import annotations

from conceptdeck.values import model, slides
from conceptdeck.values.brand import NO_BRAND, Brand
from conceptdeck.values.diagnostics import Span
from conceptdeck.values.diagram import WalkStep
from conceptdeck.values.icons import Drawn
from conceptdeck.values.illustration import Illustration
from conceptdeck.values.network import Edge, Node
from conceptdeck.values.remarks import Remark
from conceptdeck.values.terms import ENGLISH, Words
from conceptdeck.values.text import Qr, Text
from conceptdeck.values.value import frozen

__all__ = [
    "Agenda", "Aims", "BigNumber", "Break", "Bullets", "Cards", "Categories", "Chart", "Code", "Concept", "Cover",
    "Crumb", "Deck", "Entries", "Entry", "Groups", "Lenses", "Part", "Quote", "Relation", "RelationMap", "Section",
    "Shot", "Slide", "Sources", "Statement", "Steps", "Strata", "Table", "Tag", "Tiles", "TwoColumns",
]  # fmt: skip


@frozen
class Crumb:
    """What a slide stands in: its name, and the key of the slide that shows it."""

    text: Text
    link: str


@frozen
class Tag:
    """What a concept has of one attribute, in words.

    `mark` is its place among the known values of the attribute, counted from 1; 0 if any value may be.
    """

    attribute: Text
    text: Text
    mark: int = 0


@frozen
class Entry:
    """A concept among others on one slide, with what it has of each attribute."""

    concept: model.Concept
    tags: tuple[Tag, ...] = ()


@frozen
class Part:
    """A group or subgroup beside others: its name, and what is in it, each with the key of the slide that it leads to.

    All of a `whole` part is shown, since it has no slide of its own. `accent` counts its colour from 1.
    """

    key: str
    name: Text
    summary: Text | None
    held: tuple[Crumb, ...]
    whole: bool
    accent: int


@frozen(kw_only=True)
class _Slide:
    """What every slide has: a key that is stable across languages, a title, notes, its place in the story.

    `kind` is the name under which stories know it, `minutes` what the speaker plans for it, `details` the texts that
    the slide leaves to the notes. `within` are names of what it stands in, the nearest first: they complete its title
    if another slide has the same; `trail` leads back to these. The lists of a `brief` slide end in how many more there
    are, where others go on. A `hidden` one is skipped in a talk.
    """

    key: str
    title: Text
    notes: Text | None = None
    kind: str = ""
    section: str = ""
    minutes: float = 0.0
    details: tuple[Text, ...] = ()
    within: tuple[Text, ...] = ()
    brief: bool = False
    trail: tuple[Crumb, ...] = ()
    hidden: bool = False


@frozen(kw_only=True)
class Cover(_Slide):
    """The core sentence, large, under the title of the map and a label, beside the concepts in orbits around the focus.

    What is in the innermost orbit stands for the focus itself.
    """

    core_sentence: Text | None
    label: Text | None = None
    subtitle: Text | None = None
    meta: Text | None = None
    orbits: tuple[tuple[model.Concept, ...], ...] = ()
    focus: model.Concept | None = None
    qr: Qr | None = None


@frozen(kw_only=True)
class Steps(_Slide):
    """The steps as a staircase."""

    steps: tuple[model.Step, ...]


@frozen(kw_only=True)
class Lenses(_Slide):
    """Familiar things and what each explains, and under a `heading` what the map connects."""

    lenses: tuple[model.Lens, ...]
    connects: tuple[Text, ...]
    heading: Text | None


@frozen(kw_only=True)
class Agenda(_Slide):
    """The layers beside each other."""

    layers: tuple[model.Layer, ...]


@frozen(kw_only=True)
class Section(_Slide):
    """The divider before a layer: `position` counts from 1."""

    layer: model.Layer
    position: int
    layers: tuple[model.Layer, ...]


@frozen(kw_only=True)
class Cards(_Slide):
    """A layer's concepts as cards, each with the names of its examples; a `recap` says less than their own slides."""

    layer: model.Layer
    position: int
    layers: tuple[model.Layer, ...]
    examples: tuple[tuple[Text, ...], ...]
    tags: tuple[tuple[Tag, ...], ...] = ()
    recap: bool = False


@frozen(kw_only=True)
class Concept(_Slide):
    """One concept: the takeaway as title, what it is, its examples as a diagram, and the names of those to `see`.

    `makers` say who makes each example, `focus` is the concept that the takeaway speaks of, `turn` counts the slides of
    concepts in one layer from 0.
    """

    concept: model.Concept
    position: int
    layers: tuple[model.Layer, ...]
    examples: tuple[Text, ...]
    makers: tuple[Text | None, ...] = ()
    focus: model.Concept | None = None
    turn: int = 0
    see: tuple[Text, ...] = ()
    tags: tuple[Tag, ...] = ()


@frozen(kw_only=True)
class Groups(_Slide):
    """Groups side by side, or the parts of one group, each with what is in it."""

    parts: tuple[Part, ...]


@frozen(kw_only=True)
class Entries(_Slide):
    """Concepts below each other, each with what it is; `accent` counts their colour from 1."""

    entries: tuple[Entry, ...]
    accent: int


@frozen(kw_only=True)
class Tiles(_Slide):
    """Concepts by name, many to a slide; `accent` counts their colour from 1."""

    entries: tuple[Entry, ...]
    accent: int


@frozen(kw_only=True)
class Table(_Slide):
    """A table; each row's cells as text, in the order of the columns."""

    table: model.Table
    rows: tuple[tuple[Text, ...], ...]


@frozen(kw_only=True)
class Categories(_Slide):
    """The categories side by side, each with its members' names."""

    categories: tuple[model.Category, ...]
    members: tuple[tuple[Text, ...], ...]
    focus: Text | None


@frozen(kw_only=True)
class RelationMap(_Slide):
    """The relations as a diagram, told in the steps of a `walk` if there is one.

    `communities` of concepts may stand for too many relations. Of a community, a slide shows the `core` that has room
    on it, and leaves the rest to the notes.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    communities: bool = False
    core: bool = False
    walk: tuple[WalkStep, ...] = ()


@frozen(kw_only=True)
class Relation(_Slide):
    """One relation: from one concept to another, what is told of it under headings, and a figure or example."""

    relation: model.Relation
    labels: model.RelationLabels
    tail: Node
    head: Node
    edge: Edge


@frozen(kw_only=True)
class Strata(_Slide):
    """The hierarchy; `focus` is the level from which others are supported or relied on.

    `explained` levels say what they do.
    """

    strata: tuple[model.Stratum, ...]
    members: tuple[tuple[Text, ...], ...]
    focus: int | None
    explained: bool = True


@frozen(kw_only=True)
class Aims(_Slide):
    """What each concept wants, the name of each with it; `on` says on which of the `sides` each is, if all are."""

    aims: tuple[tuple[Text, Text], ...]
    focus: int | None
    sides: model.Sides | None = None
    on: tuple[model.Side, ...] = ()


@frozen(kw_only=True)
class Statement(_Slide):
    """One sentence alone on a slide."""

    text: Text | None = None
    qr: Qr | None = None


@frozen(kw_only=True)
class Sources(_Slide):
    """Where the facts come from."""

    sources: tuple[model.Source, ...]


@frozen(kw_only=True)
class Bullets(_Slide):
    """An author's own points below each other."""

    bullets: tuple[Text, ...]


@frozen(kw_only=True)
class Chart(_Slide):
    """Numbers as bars, lines or dots."""

    chart: slides.OwnChart
    rows: slides.Cells


@frozen(kw_only=True)
class Code(_Slide):
    """Lines of a program."""

    lines: tuple[tuple[slides.Token, ...], ...]
    span: Span = Span()


@frozen(kw_only=True)
class Quote(_Slide):
    """What somebody said, as the title, and who."""

    source: Text | None = None


@frozen(kw_only=True)
class TwoColumns(_Slide):
    """Two columns of an author's own."""

    columns: slides.Columns


@frozen(kw_only=True)
class BigNumber(_Slide):
    """One number in very large type; without a message, what it counts is the title."""

    figure: slides.Figure


@frozen(kw_only=True)
class Break(_Slide):
    """A slide that divides the talk: the name of what follows, and a line about it."""

    text: Text | None = None


@frozen(kw_only=True)
class Shot(_Slide):
    """An image below the title, or beside a text or points."""

    image: slides.Shot
    text: Text | None = None
    bullets: tuple[Text, ...] = ()


Slide = (
    Cover | Lenses | Steps | Agenda | Section | Cards | Concept | Groups | Entries | Tiles | Table | Categories
    | RelationMap | Relation | Strata | Aims | Statement | Sources | Bullets | Quote | TwoColumns | BigNumber
    | Break | Shot | Code | Chart
)  # fmt: skip


@frozen
class Deck:
    """Slides in order, and what the file says about itself; `links` leads from the keys of texts to addresses.

    `words` are the program's own in the language of the deck; the texts with the keys `untranslated` are in another.
    `remarks` tell what the story did to find room, `icons` what elements have as their sign, by key, and `images` what
    they have as their image. `brand` is what the house puts on every slide. Some texts say the same in a `second`
    language, if there is one.
    """

    id: str
    language: str
    title: Text
    slides: tuple[Slide, ...]
    subject: Text
    keywords: tuple[Text, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    words: Words = ENGLISH
    untranslated: frozenset[str] = frozenset()
    remarks: tuple[Remark, ...] = ()
    icons: tuple[tuple[str, Drawn], ...] = ()
    images: tuple[tuple[str, Illustration], ...] = ()
    brand: Brand = NO_BRAND
    second: str = ""

    @property
    def minutes(self) -> float:
        """Return how long the speaker plans to talk."""
        return sum(slide.minutes for slide in self.slides)

    @property
    def properties(self) -> tuple[Text, ...]:
        """Return what the file says about itself."""
        return (self.title, self.subject, *self.keywords)
