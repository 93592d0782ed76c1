"""A page while it is written: what its writers ask of it, and the facts that they leave for the gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cache, lru_cache

from conceptdeck.values.facts import End, Holder, Named, PageFacts, Row
from conceptdeck.values.value import mutable

__all__ = ["TREE_ID", "Page"]

TREE_ID = 1  # of the tree of all shapes, which every page has
written = cache(str)  # pages have the same ids, again and again


@cache
def moment(number: int) -> tuple[str, str]:
    """Return what is noted of a node of time, which is at no shape; pages share it."""
    return written(number), ""


named = lru_cache(maxsize=4096)(Named)  # and shapes that look alike on many slides


def _blank() -> PageFacts:
    return PageFacts(shapes=[Named(written(TREE_ID), None, "")])


@mutable
class Page:
    """A page: relationship ids by address and by key of a slide, and shape ids by name.

    Who writes an id asks for it here, which notes it at the shape that is being written.
    """

    language: str
    links: Mapping[str, str]
    ids: Mapping[str, int]
    facts: PageFacts = field(default_factory=_blank)
    at: str = ""
    math: str = ""  # the font of formulas

    def shape(self, name: str, preset: str = "") -> int:
        """Return the id of a shape that is begun; connectors can be glued to the sites of its preset."""
        id_, self.at = self.ids[name], name
        self.facts.shapes.append(named(written(id_), preset, name))
        return id_

    def holder(self, type_: str, index: int, *, filled: bool) -> None:
        """Note a placeholder; a title's index is not written, which is 0."""
        self.facts.holders.append(Holder(type_, written(index), filled, self.at))

    def end(self, name: str, site: int) -> int:
        """Return the id of the shape that a connector is glued to, at a site."""
        self.facts.ends.append(End(written(self.ids[name]), written(site), self.at))
        return self.ids[name]

    def row(self, row: Row) -> None:
        """Note a row of a table."""
        self.facts.rows.append(row)

    def effect(self, name: str, *times: int) -> int:
        """Return the id of the shape that an effect is for, which takes some nodes of time."""
        self.times(*times)
        self.facts.effects.append((written(self.ids[name]), name))
        return self.ids[name]

    def build(self, name: str) -> int:
        """Return the id of the shape that a build is for."""
        self.facts.builds.append((written(self.ids[name]), name))
        return self.ids[name]

    def times(self, *numbers: int) -> None:
        """Note nodes of time."""
        self.facts.times.extend(map(moment, numbers))

    def use(self, relation: str) -> str:
        """Return the id of a relationship that something uses."""
        self.facts.uses.append((relation, self.at))
        return relation

    def click(self, relation: str, action: str = "") -> str:
        """Return the id of the relationship that a click takes."""
        self.facts.clicks.append((action, relation, self.at))
        return self.use(relation)

    def zoom(self, slide: int, mark: int) -> None:
        """Note a zoom to a slide, which it knows by a number."""
        self.facts.zooms.append((str(slide), str(mark), self.at))
