"""A package as rules see it, whether it was opened or is still to be written: its parts, and what they lead to."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from urllib.parse import unquote

from conceptdeck.values.diagnostics import Diagnostic, OnSlide, Span
from conceptdeck.values.facts import At, PageFacts, Relation
from conceptdeck.values.rules import Rule

__all__ = ["Deck", "Page", "resolved", "source_of"]


@dataclass
class Deck:
    """A package, and what the rules on one part need to know of the others; relations lead to parts by name."""

    path: str
    parts: Mapping[str, bytes]
    own: bool = False
    language: str = ""
    types: Mapping[str, str] = field(default_factory=dict)  # lower-case part name -> content type
    main: str = ""
    slide_parts: Mapping[str, str] = field(default_factory=dict)  # part names by slide id
    slide_ids: frozenset[str] = frozenset()  # also of entries that lead to no slide
    holders: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)  # layout -> its placeholders
    relations: dict[str, dict[str, Relation]] = field(default_factory=dict)  # part -> its relationships
    marks: Mapping[str, str] = field(default_factory=dict)  # numbers that zooms know slides by, of parts just written

    @cached_property
    def by_lower(self) -> Mapping[str, str]:
        """Part names as they are, by lower case: the package compares them so."""
        return {name.lower(): name for name in self.parts}

    def finding(self, rule: Rule, what: str, name: str = "") -> Diagnostic:
        """Return a finding on the file, or on the part of it that has this name."""
        return rule.at(what, Span(f"{self.path}!/{name}" if name else self.path), severity=rule.weight(self.own))

    def kind(self, name: str) -> str:
        """Return the content type of a part."""
        return self.types.get(name.lower(), "")

    def mark(self, name: str) -> str:
        """Return the number by which zooms know a slide."""
        return self.marks.get(name, "0")


@dataclass(eq=False)
class Page:
    """A part as the rules on facts see it: one that was just written, where a fact is at the name of a shape."""

    name: str
    deck: Deck
    number: int = 0  # of the slide, from 1; 0 for other parts
    facts: PageFacts = field(default_factory=PageFacts)

    @property
    def relations(self) -> Mapping[str, Relation]:
        """Its relationships by id."""
        return self.deck.relations.get(self.name, {})

    @property
    def is_shared(self) -> bool:
        """Tell whether it is a layout or a master."""
        return False

    def label(self, at: At) -> str:
        """Return the name of the shape where something is."""
        return str(at)

    def span(self, at: At = None) -> Span:
        """Return the place of something, or of the part."""
        return Span(f"{self.deck.path}!/{self.name}")

    def finding(self, rule: Rule, what: str, at: At = None, hint: str = "") -> Diagnostic:
        """Return a finding in this part; `what` continues the name of slide and shape."""
        name = "" if at is None else self.label(at)
        severity, hints = rule.weight(self.deck.own), (hint,) if hint else ()
        if self.number:
            place = OnSlide(self.number, item=name)
            return rule.at(what, self.span(at), severity=severity, hints=hints).on(place)
        return rule.at(f"`{name}` {what}" if name else what, self.span(at), severity=severity, hints=hints)


def source_of(rels: str) -> str:
    """Return the part whose relationships a part such as `ppt/_rels/presentation.xml.rels` holds."""
    folder, _, name = rels.rpartition("/")
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def resolved(source: str, target: str) -> str:
    """Return the name of the part that a target means, seen from its source."""
    return _joined(posixpath.dirname(source), target)


@lru_cache(maxsize=4096)
def _joined(folder: str, target: str) -> str:
    """Return the name of the part that a target means in a folder; slides name the same few parts again and again."""
    plain = unquote(target.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", folder, plain)).lstrip("/")
