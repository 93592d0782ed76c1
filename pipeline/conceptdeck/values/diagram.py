"""Diagrams that a map asks for."""

from __future__ import annotations

from enum import Enum

from conceptdeck.values.diagnostics import Span
from conceptdeck.values.text import Ref, Text, about
from conceptdeck.values.value import frozen

__all__ = ["Diagram", "DiagramKind", "Direction", "Paper", "WalkStep"]


class DiagramKind(Enum):
    """What a diagram shows of the map."""

    HIERARCHY = "hierarchy"
    RELATIONS = "relations"
    CATEGORIES = "categories"
    FLOW = "flow"
    BRIDGE = "bridge"
    GROUPS = "groups"
    CONCEPT = "concept"
    MAP = "map"


class Direction(Enum):
    """Where a diagram leads: its first elements stand at the other end."""

    DOWN = "down"
    UP = "up"
    RIGHT = "right"


class Paper(Enum):
    """The sheet that a picture of the whole map is laid out on: a landscape page, or a square."""

    A3 = "a3"
    A2 = "a2"
    SQUARE = "square"


@frozen(kw_only=True)
class WalkStep:
    """A step of a walk through a picture: what appears in it, with the relations between all that has appeared."""

    id: str
    key: str
    span: Span = Span()
    show: tuple[Ref, ...] = about(
        "What appears: ids of concepts, or of layers, levels, categories and systems that a diagram shows.",
        to="concepts, layers, strata, categories, systems",
    )
    text: Text | None = about("What is said with it: in the notes of the slide, below the picture.", default=None)


@frozen(kw_only=True)
class Diagram:
    """A picture of the map, or of a part of it, for articles."""

    id: str
    key: str
    span: Span = Span()
    kind: DiagramKind = about(
        "What it shows: the `hierarchy` of strata, the `relations`, the `categories`, the `flow` of layers, the "
        "`groups`, a table as a `bridge`, one `concept`, or the whole `map`."
    )
    title: Text | None = about("What the picture is called; left out, the title of what it shows.", default=None)
    caption: Text | None = about("The line below the picture in an article.", default=None)
    credit: Text | None = about("Where what it shows is from: a line that stands in the picture.", default=None)
    direction: Direction | None = about("Where it leads; each kind has a direction of its own.", default=None)
    elements: tuple[Ref, ...] = about(
        "Ids of what it shows: concepts, or the strata, layers, groups, categories, table rows or diagrams that it is "
        "made of; all of them if left out.",
        default=(),
    )
    types: tuple[Ref, ...] = about(
        "Kinds of relation to show; all of them if left out.", to="relations.types", default=()
    )
    table: Ref | None = about("The table that a `bridge` shows.", to="tables", default=None)
    columns: tuple[Ref, ...] = about("The table's columns to show; left out, the first two and the last.", default=())
    concept: Ref | None = about("The concept that a `concept` diagram shows.", to="concepts", default=None)
    highlight: tuple[Ref, ...] = about(
        "Concepts that stand out, with the relations between them; the rest is dimmed.", to="concepts", default=()
    )
    walk: tuple[WalkStep, ...] = about(
        "The steps in which it is told, each an id, a list of ids, or `show` with a `text`: numbers tell their order. "
        "A diagram of all `relations` without any takes theirs.",
        default=(),
    )
    paper: Paper | None = about(
        "The sheet that the whole `map` is laid out on; `a3` if left out, higher if more is on it.", default=None
    )
