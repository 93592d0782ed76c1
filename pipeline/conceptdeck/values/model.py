"""The concept map: what a map author may write, as frozen values that know their place in the YAML.

The dataclasses are the schema. A field's type says how its YAML is read:

* `Text`, `Text | None`: text; its `key` is the path from the root of the map (`layers.past.name`).
* `Flag`, `Choice`, `Icon`: `true`/`false`, one word of an `Enum`, an icon's name.
* `ImageFile`, `Focus`: the path of an image's file, two shares of it.
* `Ref`: the id of an element declared elsewhere in the map; `about(..., to=...)` names the collection.
* `tuple[Text, ...]`: a mapping from id to text, or a list if it is `listed`.
* `tuple[Ref, ...]`: a list of ids, checked later if `to` names nothing.
* `tuple[X, ...]`: a mapping from id to the fields of X, whose `id`, `key` and `span` are filled in.
* another dataclass: a mapping with its fields.

An element that needs nothing but its `name` may be written as that name; `reading/short` has other short forms.
A field name with underscores is written with hyphens in YAML (`core_sentence` is `core-sentence`, `from_` is `from`).
"""

from __future__ import annotations

from enum import Enum

from conceptdeck.values.aims import Aim, Aims, Side, Sides
from conceptdeck.values.diagram import Diagram, WalkStep
from conceptdeck.values.groups import Attribute, Groups, Property
from conceptdeck.values.icons import Icon
from conceptdeck.values.illustration import Illustration
from conceptdeck.values.slides import OwnSlide
from conceptdeck.values.text import Link, Qr, Ref, Text, about
from conceptdeck.values.value import frozen

__all__ = [
    "Aim", "Aims", "Categories", "Category", "Cell", "Closing", "Concept", "ConceptMap", "Conclusion", "Cover",
    "Evidence", "Figure", "Flow", "Layer", "Lens", "Line", "Relation", "RelationLabels", "RelationType", "Relations",
    "Row", "Shift", "Side", "Sides", "Source", "Sources", "Step", "Steps", "Strata", "Stratum", "System", "Table",
]  # fmt: skip


class Line(Enum):
    """How an edge or an outline is drawn."""

    SOLID = "solid"
    DASHED = "dashed"


@frozen(kw_only=True)
class System:
    """A product, service or kind of thing that serves as an example of a concept."""

    id: str
    key: str
    name: Text = about("The name, as it is written on slides.")
    by: Text | None = about("Who makes it.", default=None)
    link: Link | None = about("Where to read more.", default=None)
    icon: Icon | None = about("Its sign beside its name: an icon by name, or the path of an SVG file.", default=None)
    image: Illustration | None = about("An image on its tile.", default=None)


@frozen(kw_only=True)
class Shift:
    """A change in two words: what was, and what it becomes."""

    from_: Text = about("What was, in a word or two.")
    to: Text = about("What it becomes, in a word or two.")


@frozen(kw_only=True)
class Figure:
    """A figure that the audience remembers."""

    value: Text = about("The figure in very large type, with its unit.")
    text: Text | None = about("What the figure counts.", default=None)


@frozen(kw_only=True)
class Concept:
    """One concept of the map."""

    id: str
    key: str
    name: Text = about("The concept's label.")
    tagline: Text | None = about("Two or three words that place it.", default=None)
    description: Text | None = about("What it is, in one or two short sentences.", default=None)
    points: tuple[Text, ...] = about(
        "What it consists of or is known by, each in a few words.", listed=True, default=()
    )
    examples: tuple[Ref, ...] = about("Ids of systems or concepts that show it.", to="systems, concepts", default=())
    see: tuple[Ref, ...] = about("Ids of concepts to read about next, as links.", to="concepts", default=())
    link: Link | None = about("Where to read more; its name leads there, on slides and in pictures.", default=None)
    meaning: Text | None = about("The takeaway: what it hands on to the focus concept.", default=None)
    shift: Shift | None = about("A change in two words, drawn large on its slide.", default=None)
    evidence: Figure | None = about("One figure, very large on its slide.", default=None)
    attributes: tuple[Property, ...] = about("Attribute id to what the concept has of it.", default=())
    notes: Text | None = about("What the speaker says on the concept's slide.", default=None)
    icon: Icon | None = about("Its sign beside its name: an icon by name, or the path of an SVG file.", default=None)
    image: Illustration | None = about("An image on its slide, in place of its sign.", default=None)


@frozen(kw_only=True)
class Lens:
    """Something familiar and the part of the subject that it explains."""

    id: str
    key: str
    name: Text = about("The familiar thing.")
    explains: Text = about("What it explains.")


@frozen(kw_only=True)
class Step:
    """One step of the way from the known to the new."""

    id: str
    key: str
    name: Text = about("The step's label.")
    headline: Text | None = about("The step as one short sentence.", default=None)
    detail: Text | None = about("One or two sentences below the headline.", default=None)
    icon: Icon | None = about("Its sign beside its name: an icon by name, or the path of an SVG file.", default=None)
    image: Illustration | None = about("An image at its head, in place of its sign.", default=None)


@frozen(kw_only=True)
class Steps:
    """The steps, shown as a staircase on one slide."""

    title: Text | None = about("The slide's message.", default=None)
    notes: Text | None = about("What the speaker says.", default=None)
    items: tuple[Step, ...] = about("The steps, first to last.")


@frozen(kw_only=True)
class Layer:
    """One layer of the concept flow, with its concepts."""

    id: str
    key: str
    role: Text | None = about("The layer's role, in two or three words.", default=None)
    name: Text = about("The layer's name.")
    summary: Text | None = about("The layer's message in one sentence, which titles its cards.", default=None)
    lead: Text | None = about("A line under the name on the divider slide.", default=None)
    opening: Text | None = about("What the speaker says on the divider slide.", default=None)
    notes: Text | None = about("What the speaker says on the slide with the cards.", default=None)
    icon: Icon | None = about("Its sign beside its name: an icon by name, or the path of an SVG file.", default=None)
    concepts: tuple[Concept, ...] = about("The layer's concepts, in the order of telling.")


@frozen(kw_only=True)
class Flow:
    """The layers in order: the agenda of the deck."""

    title: Text | None = about("The agenda slide's message.", default=None)
    notes: Text | None = about("What the speaker says on the agenda slide.", default=None)
    items: tuple[Layer, ...] = about("The layers, first to last.")


@frozen
class Cell:
    """A table cell: text of its own, the names of systems and concepts, or nothing."""

    text: Text | None
    systems: tuple[Ref, ...] = ()


@frozen(kw_only=True)
class Row:
    """A table row: one cell per column, by column id; those that the map leaves out are empty."""

    id: str
    key: str
    cells: tuple[tuple[str, Cell], ...] = ()


@frozen(kw_only=True)
class Table:
    """A table with a header row; every row has the same columns."""

    id: str
    key: str
    title: Text | None = about("The slide's message; left out, the headings of its columns.", default=None)
    notes: Text | None = about("What the speaker says.", default=None)
    columns: tuple[Text, ...] = about("Column id to column heading, left to right.")
    rows: tuple[Row, ...] = about("Row id to cells; a cell is text, or a list of ids of systems or concepts.")
    highlight: Ref | None = about("The row that the table leads to.", to="rows", default=None)


@frozen(kw_only=True)
class Category:
    """A kind of concept, told apart by the question that it answers."""

    id: str
    key: str
    name: Text = about("The category's name.")
    question: Text | None = about("The question that its members answer.", default=None)
    members: tuple[Ref, ...] = about("Ids of concepts.", to="concepts")


@frozen(kw_only=True)
class Categories:
    """The categories, shown beside each other."""

    title: Text | None = about("The slide's message.", default=None)
    notes: Text | None = about("What the speaker says.", default=None)
    items: tuple[Category, ...] = about("The categories, left to right.")


@frozen(kw_only=True)
class RelationType:
    """A kind of relation and how its edges are drawn."""

    id: str
    key: str
    name: Text = about("What the relation says, in words.")
    line: Line = about(
        "`solid` (the default) or `dashed`, for things that belong to another layer.", default=Line.SOLID
    )
    directed: bool = about("`false` where neither end comes first: no arrowhead.", default=True)


@frozen(kw_only=True)
class Evidence:
    """A figure or an example that the audience remembers."""

    value: Text | None = about("The figure in large type, with its unit.", default=None)
    text: Text | None = about("What the figure counts, or the example.", default=None)
    image: Illustration | None = about("An image beside it.", default=None)


@frozen(kw_only=True)
class Relation:
    """A proposition: one concept, a linking phrase, another concept."""

    id: str
    key: str
    source: Ref = about("The concept the edge starts from: its id or its name.", to="concepts", named=True)
    target: Ref = about("The concept the edge leads to: its id or its name.", to="concepts", named=True)
    type: Ref | None = about("The kind of relation, from `types`.", to="relations.types", default=None)
    phrase: Text | None = about("The linking phrase on the edge, in a few words.", default=None)
    role: Text | None = about("A line under the other concept's name in the diagram.", default=None)
    headline: Text | None = about(
        "The relation's message: the title of its slide; left out, its concepts and the phrase.", default=None
    )
    core: Text | None = about("What the other concept is at heart.", default=None)
    limit: Text | None = about("What it cannot do alone.", default=None)
    adds: Text | None = about("What the focus concept adds to it.", default=None)
    evidence: Evidence | None = about("One figure or example.", default=None)
    notes: Text | None = about("What the speaker says.", default=None)


@frozen(kw_only=True)
class RelationLabels:
    """The headings of the columns on the slide of one relation."""

    core: Text | None = about("Heading over `core`.", default=None)
    limit: Text | None = about("Heading over `limit`.", default=None)
    adds: Text | None = about("Heading over `adds`.", default=None)
    evidence: Text | None = about("Heading over `evidence`.", default=None)


@frozen(kw_only=True)
class Relations:
    """The relations of the focus concept to the others: one diagram, then one slide each."""

    title: Text | None = about("The diagram's message.", default=None)
    notes: Text | None = about("What the speaker says on the diagram.", default=None)
    labels: RelationLabels | None = about("Column headings on the slides of the relations.", default=None)
    walk: tuple[WalkStep, ...] = about(
        "The steps in which the diagram is told, each an id, a list of ids, or `show` with a `text`; each comes with a "
        "click, all that no step names with the last.",
        default=(),
    )
    types: tuple[RelationType, ...] = about("The kinds of relation.", default=())
    items: tuple[Relation, ...] = about(
        "The relations, in the order of telling; in a list, one may be written as [source, phrase, target]."
    )


@frozen(kw_only=True)
class Stratum:
    """One level of the hierarchy."""

    id: str
    key: str
    name: Text = about("The level's name.")
    members: tuple[Ref, ...] = about("Ids of the concepts at this level.", to="concepts", default=())
    holds: Text | None = about("What the level holds besides concepts, or instead of them.", default=None)
    does: Text | None = about("What the level does.", default=None)
    line: Line = about("`dashed` for a level that governs the others from outside.", default=Line.SOLID)


@frozen(kw_only=True)
class Strata:
    """The hierarchy: levels from the ground up."""

    title: Text | None = about("The slide's message.", default=None)
    notes: Text | None = about("What the speaker says.", default=None)
    items: tuple[Stratum, ...] = about("The levels, lowest first.")


@frozen(kw_only=True)
class Conclusion:
    """The statement that the deck leads to."""

    title: Text = about("The statement, in one sentence.")
    text: Text | None = about("Two or three sentences that support it.", default=None)
    notes: Text | None = about("What the speaker says.", default=None)


@frozen(kw_only=True)
class Source:
    """Where the map's facts come from."""

    id: str
    key: str
    title: Text = about("The source's title.")
    by: Text | None = about("Who wrote or published it.", default=None)
    gives: Text | None = about("What the map takes from it.", default=None)
    link: Link | None = about("Where to read it.", default=None)


@frozen(kw_only=True)
class Sources:
    """The sources, on the last slide."""

    title: Text | None = about("The slide's title.", default=None)
    notes: Text | None = about("What the speaker says.", default=None)
    items: tuple[Source, ...] = about("The sources.")


@frozen(kw_only=True)
class Cover:
    """What the cover says besides the core sentence."""

    label: Text | None = about("A small line above the core sentence.", default=None)
    meta: Text | None = about("A small line at the foot: event, place, date.", default=None)
    notes: Text | None = about("What the speaker says on the cover.", default=None)
    image: Illustration | None = about("An image on the cover, in place of the map's layers.", default=None)
    qr: Qr | None = about(
        "A code that phones read: the address that it leads to, or `true` for the deck's own on its site.", default=None
    )


@frozen(kw_only=True)
class Closing:
    """The core sentence once more."""

    text: Text | None = about("A line below the core sentence.", default=None)
    notes: Text | None = about("What the speaker says on the closing slide.", default=None)
    qr: Qr | None = about("A code that phones read, as on the cover.", default=None)


@frozen(kw_only=True)
class ConceptMap:
    """A whole concept map in one language; `id` is the name of its folder."""

    id: str
    language: str = about("The language of the map, as a BCP 47 tag such as `en` or `zh-Hans`.", default="en")
    title: Text = about("The title of the map and of the deck.")
    subtitle: Text | None = about("A line under the title.", default=None)
    core_sentence: Text | None = about("The sentence that the whole map serves.", default=None)
    focus: Ref | None = about(
        "The concept that the map explains: its id or its name.", to="concepts", named=True, default=None
    )
    tags: tuple[Text, ...] = about("Topics, for the file's properties.", listed=True, default=())
    connects: tuple[Text, ...] = about("What the map connects.", listed=True, default=())
    lenses: tuple[Lens, ...] = about("Familiar things and what each explains.", default=())
    cover: Cover | None = about("The cover's small lines and notes.", default=None)
    systems: tuple[System, ...] = about("Example systems; everything else refers to them by id.", default=())
    concepts: tuple[Concept, ...] = about(
        "Concepts that stand outside the layers; without any, those that the relations name are the map's.", default=()
    )
    groups: Groups | None = about("Groups of concepts, in no order.", default=None)
    attributes: tuple[Attribute, ...] = about("What concepts may have, such as a status or a score.", default=())
    steps: Steps | None = about("The way from the known to the new.", default=None)
    layers: Flow | None = about("The concept flow: layers with their concepts.", default=None)
    tables: tuple[Table, ...] = about("Tables.", default=())
    categories: Categories | None = about("Kinds of concepts.", default=None)
    relations: Relations | None = about("How the focus concept relates to the others.", default=None)
    strata: Strata | None = about("The hierarchy, from the ground up.", default=None)
    aims: Aims | None = about("What each concept wants.", default=None)
    conclusion: Conclusion | None = about("The statement that the deck leads to.", default=None)
    closing: Closing | None = about("The last word.", default=None)
    slides: tuple[OwnSlide, ...] = about("Slides of one's own, which stories name.", default=())
    sources: Sources | None = about("Where the facts come from.", default=None)
    diagrams: tuple[Diagram, ...] = about(
        "Pictures for articles; left out, there is one of each kind that the map has something for.", default=()
    )

    def every_concept(self) -> tuple[Concept, ...]:
        """Return the concepts of all layers, then those outside them."""
        inside = tuple(c for layer in (self.layers.items if self.layers else ()) for c in layer.concepts)
        return inside + self.concepts
