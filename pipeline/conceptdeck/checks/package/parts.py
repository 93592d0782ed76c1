"""Rules on the package: content types, relationships and parts. The door to all checks of a written deck."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from conceptdeck.checks.package.archive import has_xml, unpacked
from conceptdeck.checks.package.compatibility import COMPATIBILITY_RULES
from conceptdeck.checks.package.contents import (
    MAX_FINDINGS,
    TYPES,
    content_types,
    foundation,
    relationships,
    unreferenced,
)
from conceptdeck.checks.package.facts import facts_of
from conceptdeck.checks.package.geometry import appearance
from conceptdeck.checks.package.identities import IDENTITY_RULES
from conceptdeck.checks.package.markup import MARKUP_RULES
from conceptdeck.checks.package.media import media_of_another_kind, pictures
from conceptdeck.checks.package.memory import damaged_memory
from conceptdeck.checks.package.opened import RELATIONSHIP, Element, OpenedDeck, Part, open_part
from conceptdeck.checks.package.presentation import MASTER_RULES, PRESENTATION_RULES, remember_presentation
from conceptdeck.checks.package.properties import document_properties, lacking_properties
from conceptdeck.checks.package.rules import NO_PRESENTATION, NOT_A_PACKAGE
from conceptdeck.checks.package.schema import qualified
from conceptdeck.checks.package.setting import Measure
from conceptdeck.checks.package.slides import NOTES_RULES, SHAPE_RULES, SLIDE_RULES
from conceptdeck.checks.package.targets import MAIN_TYPES, main_type, written_relations, written_types
from conceptdeck.checks.package.ties import PART_TIES
from conceptdeck.checks.package.wording import WORDING_RULES
from conceptdeck.values.diagnostics import Diagnostic, Span, sort_diagnostics
from conceptdeck.values.facts import Facts, Relation

__all__ = ["check_package", "check_parts", "opened_deck", "read_parts"]

OWN = re.compile(rb'name="conceptdeck\.map"')
OWN_PROGRAM = re.compile(rb"<Application>conceptdeck ")
OWN_LANGUAGE = re.compile(rb'name="conceptdeck\.language">\s*<vt:lpwstr>([A-Za-z0-9-]{1,35})<')
OWN_PROPERTIES, PROGRAM = "docProps/custom.xml", "docProps/app.xml"
KINDS = {qualified(f"p:{tag}"): kind for tag, kind in (
    ("sld", "slide"), ("sldLayout", "slideLayout"), ("sldMaster", "slideMaster"), ("notes", "notesSlide"),
)}  # fmt: skip

Findings = Iterator[Diagnostic]
BASES = frozenset(map(qualified, ("a:theme", "p:presentation", "p:sldLayout", "p:sldMaster")))
MOST_SHARED, MOST_BASES = 20_000, 300  # nodes of a part, and parts
STRICT_RULES = (*MARKUP_RULES, *COMPATIBILITY_RULES, *IDENTITY_RULES, pictures, *WORDING_RULES)
"""What is told from XML alone; a build judges facts, and leaves these to `--verify`."""


def check_package(data: bytes, path: str, measure: Measure | None = None) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a deck, given as the bytes of a .pptx file that messages call `path`.

    Whether texts fit their shapes is told only if they can be measured.
    """
    parts, problems = unpacked(data, path)
    if not parts:
        return problems
    deck = _deck(parts, path)
    deck.measure = measure
    return sort_diagnostics((*problems, *_findings(deck)))


def check_parts(parts: Mapping[str, bytes], path: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a deck, given as its parts by name."""
    return read_parts(parts, path)[1]


def read_parts(parts: Mapping[str, bytes], path: str) -> tuple[Facts, tuple[Diagnostic, ...]]:
    """Return what the parts of a deck say of the package and its layouts, and what is wrong with the deck."""
    deck = _deck(parts, path)
    deck.most_tags = sys.maxsize
    found = sort_diagnostics(_findings(deck))
    deck.facts.layouts, deck.facts.slides = deck.holders, dict(deck.slide_parts)
    return deck.facts, found


def opened_deck(parts: Mapping[str, bytes], path: str) -> tuple[OpenedDeck, tuple[Diagnostic, ...]]:
    """Return a deck with its relationships and the order of its slides, and what is wrong with these."""
    deck = _deck(parts, path)
    return deck, (*_content_types(deck), *_relationships(deck), *_main(deck))


def _deck(parts: Mapping[str, bytes], path: str) -> OpenedDeck:
    properties = parts.get(OWN_PROPERTIES, b"")
    language = OWN_LANGUAGE.search(properties)
    own = bool(OWN.search(properties) and OWN_PROGRAM.search(parts.get(PROGRAM, b"")))  # not saved by another since
    return OpenedDeck(path, parts, own, language[1].decode() if language else "")


def _findings(deck: OpenedDeck) -> Findings:
    yield from _content_types(deck)
    yield from _relationships(deck)
    yield from _main(deck)
    yield from main_type(deck)
    yield from lacking_properties(deck)
    yield from media_of_another_kind(deck)
    yield from _parts(deck)


def _limited(findings: Iterable[Diagnostic]) -> Findings:
    return islice(iter(findings), MAX_FINDINGS)


# --- content types -------------------------------------------------------------------------------


def _content_types(deck: OpenedDeck) -> Findings:
    if TYPES not in deck.parts:
        what = f"the file has no `{TYPES}`: it is no Office file"
        yield NOT_A_PACKAGE.at(what, Span(deck.path))
        return
    part, problems = open_part(deck, TYPES)
    yield from problems
    if part:
        yield from _limited(_read_types(part))
        yield from _limited(written_types(part))


def _read_types(part: Part) -> Findings:
    said = [(each.get("Extension", ""), each) for each in part.all("ct:Default")]
    said += [(f"/{each.get('PartName', '').lstrip('/')}", each) for each in part.all("ct:Override")]
    found = [(subject, each.get("ContentType", ""), each) for subject, each in said]
    part.deck.facts.types = [(subject, type_) for subject, type_, _ in found]
    return content_types(part, found)


# --- relationships -------------------------------------------------------------------------------


def _relationships(deck: OpenedDeck) -> Findings:
    for name in deck.parts:
        if name.lower().endswith(".rels"):
            part, problems = open_part(deck, name)
            yield from problems
            if part:
                yield from _limited(_read_relations(part))
                yield from _limited(written_relations(part))


def _read_relations(part: Part) -> Findings:
    found = [(_relation(each), each) for each in part.root.iter(RELATIONSHIP)]
    part.deck.facts.relations[part.name] = [relation for relation, _ in found]
    return relationships(part, found)


def _relation(element: Element) -> Relation:
    get = element.get
    return Relation(
        get("Id", ""), get("Type", "").rpartition("/")[2], get("Target", ""), get("TargetMode") == "External"
    )


# --- all parts -----------------------------------------------------------------------------------


def _main(deck: OpenedDeck) -> Findings:
    """Find the presentation part, and read what the rules on slides need of it."""
    found = [each for each in deck.relations.get("", {}).values() if each.kind == "officeDocument"]
    name = deck.by_lower.get(found[0].target.lower(), "") if found else ""
    if not name:
        if TYPES in deck.parts:
            yield NO_PRESENTATION.at("the file names no presentation to open", Span(deck.path))
        return
    deck.main = name
    type_ = deck.kind(name)
    if type_ and "presentationml" not in type_ and type_ not in MAIN_TYPES.values():
        what = f"the file's main part `{name}` is no presentation but `{type_}`"
        yield NO_PRESENTATION.at(what, Span(deck.path))
    part, problems = open_part(deck, name)
    yield from problems
    if part:
        _share(part)
        remember_presentation(deck, part)
        part.facts = facts_of(part)
        for rule in (*PRESENTATION_RULES, *STRICT_RULES, *PART_TIES):
            yield from _limited(rule(part))


def _parts(deck: OpenedDeck) -> Findings:
    opaque = {each.target for found in deck.relations.values() for each in found.values() if each.kind == "customXml"}
    numbers = {name: number for number, name in enumerate(deck.slides, start=1)}
    for name in sorted(deck.parts, key=lambda name: (_turn(name), numbers.get(name, 0), name)):
        if has_xml(name) and name not in (TYPES, deck.main) and not name.lower().endswith(".rels"):
            part, problems = open_part(deck, name)
            yield from (each for each in problems if name not in opaque)
            if part:
                part.number = numbers.get(name, 0)
                yield from damaged_memory(part) if name in opaque else _part(part)
    yield from unreferenced(deck)


def _share(part: Part) -> None:
    """Keep a part that slides take their looks from, unless it is very large."""
    if part.root.tag in BASES and len(part.nodes) <= MOST_SHARED and len(part.deck.shared) < MOST_BASES:
        part.deck.shared[part.name] = part


def _turn(name: str) -> int:
    """Return when a part's turn comes: layouts are known before the slides that follow them."""
    return 0 if "slideLayout" in name else 1


def _part(part: Part) -> Findings:
    """Run the rules for the part's kind."""
    kind = KINDS.get(part.root.tag, "")
    _share(part)
    part.facts = facts_of(part)
    yield from foundation(part, kind)
    if kind == "slideLayout":
        part.deck.holders[part.name] = frozenset((each.type, each.idx) for each in part.facts.holders)
    rules: tuple[Callable[[Part], Findings], ...] = (*STRICT_RULES, *PART_TIES, document_properties)
    if part.all("p:cSld"):
        rules = (*rules, *SHAPE_RULES)
    if kind == "slide":
        rules = (*rules, *SLIDE_RULES, appearance)
    if kind == "slideMaster":
        rules = (*rules, *MASTER_RULES)
    if kind == "notesSlide":
        rules = (*rules, *NOTES_RULES)
    for rule in rules:
        yield from _limited(rule(part))
