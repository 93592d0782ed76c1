"""Facts: what the parts of a package say of one another, by which it holds together or does not.

Who writes a package writes them down as it goes; who opens one reads them out of its XML. The same rules judge both.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import field
from typing import Any, NamedTuple, TypeAlias

from conceptdeck.values.value import frozen, mutable

__all__ = ["At", "End", "Facts", "Holder", "Named", "PageFacts", "Relation", "Row", "Written"]

At: TypeAlias = Any
"""Where a fact is: the name of a shape if it was written down, an element of the XML if it was read."""


class Relation(NamedTuple):
    """One relationship: its kind (the last step of its type), and its target as it is written."""

    id: str
    kind: str
    target: str
    external: bool = False


class Named(NamedTuple):
    """What has an id: a shape with its preset, which is empty if it has none; the tree of all shapes has no preset."""

    id: str
    preset: str | None
    at: At


class Holder(NamedTuple):
    """A placeholder that a shape fills: its type, its index, and whether there is something in it."""

    type: str
    idx: str
    filled: bool
    at: At


class End(NamedTuple):
    """An end of a connector: the shape and the site that it is glued to."""

    shape: str
    site: str
    at: At


class Row(NamedTuple):
    """A row of a table: its number, how many cells it and how many columns the table has, and its height."""

    number: int
    cells: int
    columns: int
    height: str
    at: At


@mutable
class PageFacts:
    """What must hold together on a page. All ids are as they are written; facts in pairs end with where they are."""

    shapes: list[Named] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    effects: list[tuple[str, At]] = field(default_factory=list)  # ids of the shapes that they are for
    builds: list[tuple[str, At]] = field(default_factory=list)  # ids of the shapes that they are for
    times: list[tuple[str, At]] = field(default_factory=list)  # ids of time nodes
    clicks: list[tuple[str, str, At]] = field(default_factory=list)  # action, and the relationship's id
    uses: list[tuple[str, At]] = field(default_factory=list)  # ids of relationships, those of clicks among them
    zooms: list[tuple[str, str, At]] = field(default_factory=list)  # ids of slides, and the number each is known by

    @property
    def by_id(self) -> dict[str, Named]:
        """Return the shapes by id."""
        return {each.id: each for each in self.shapes if each.preset is not None}


@mutable
class Facts:
    """What must hold together in a package, by the names of its parts.

    `types` are pairs of an extension, or of a part's name after a slash, and what it holds. `marks` are the numbers by
    which zooms know slides, `layouts` the types and indexes of the placeholders that layouts have.
    """

    types: list[tuple[str, str]] = field(default_factory=list)
    relations: dict[str, list[Relation]] = field(default_factory=dict)
    slides: dict[str, str] = field(default_factory=dict)  # part names by slide id, in the order of showing
    pages: dict[str, PageFacts] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    layouts: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)


@frozen
class Written:
    """A package: its parts by name, and the facts of what was written into them."""

    parts: MutableMapping[str, bytes]
    facts: Facts
