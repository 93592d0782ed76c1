"""A package opened for checks: its parts, their relationships and the places of elements. Safe on hostile files."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TypeAlias
from urllib.parse import unquote
from xml.parsers import expat

from lxml import etree

from conceptdeck.checks.package.archive import MAX_SHOWN
from conceptdeck.checks.package.schema import NAMESPACES, qualified
from conceptdeck.values.diagnostics import Diagnostic, OnSlide, Span
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.value import frozen

__all__ = [
    "RELATIONSHIP",
    "SHAPES",
    "SHAPE_TAGS",
    "Deck",
    "Element",
    "Part",
    "Relation",
    "named_of",
    "open_part",
    "owner_name",
    "resolved",
    "source_of",
]

Element: TypeAlias = etree._Element
MAX_MARKS = 250_000  # `<` in one XML part
MAX_ALL_MARKS = 2_500_000  # `<` in all XML parts of a file; what was just built has no such cap
MAX_MAKES = 64  # kept to do once what parts of one make share
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, collect_ids=False)
DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be"))
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
REFERENCE = re.compile(rb"&#(?:x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])|0*(?:[0-8]|1[124-9]|2\d|3[01]));")
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z/]+)")


# --- parts ---------------------------------------------------------------------------------------


@frozen
class Relation:
    """One relationship: its kind (the last step of its type), and a part's name or an outside address."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(eq=False)
class Make:
    """What parts have in common that differ in attributes and text only: where each kind of element stands."""

    places: Mapping[str, tuple[int, ...]]
    sound: bool = False  # whether all elements have the children they may


def _places(tags: tuple[str, ...], counts: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """Return where the nodes of each name stand, without those that only old programs see (mc:Fallback)."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    hidden_below = 0  # how many nodes are still to come of alternatives that are not looked at
    for place, (tag, count) in enumerate(zip(tags, counts, strict=True)):
        if hidden_below:
            hidden_below += count - 1
        elif tag == FALLBACK:
            hidden_below = count
        else:
            found[tag].append(place)
    return {tag: tuple(places) for tag, places in found.items()}


@dataclass(eq=False)
class Part:
    """An XML part: its tree, and where in the file its elements are."""

    name: str
    data: bytes
    root: Element
    deck: Deck
    number: int = 0  # of the slide, from 1; 0 for other parts
    relations: Mapping[str, Relation] = field(default_factory=dict)

    @cached_property
    def nodes(self) -> list[Element]:
        """The elements, comments and instructions in document order."""
        return list(self.root.iter())

    @cached_property
    def make(self) -> Make:
        """How the part is made; parts of one make share what follows from it."""
        return self.deck.make_of(tuple([node.tag for node in self.nodes]), tuple(map(len, self.nodes)))

    @cached_property
    def _index(self) -> dict[str, list[Element]]:
        nodes = self.nodes
        return {tag: [nodes[place] for place in places] for tag, places in self.make.places.items()}

    @property
    def tags(self) -> Mapping[str, list[Element]]:
        """The elements by tag, without those that only old programs see (mc:Fallback)."""
        return self._index

    def all(self, *names: str) -> list[Element]:
        """Return the elements of these names, as in `p:sp`."""
        if len(names) == 1:
            return self._index.get(qualified(names[0]), [])
        return [each for name in names for each in self._index.get(qualified(name), [])]

    @cached_property
    def holders(self) -> Mapping[Element, Element]:
        """The p:ph of each shape that fills a placeholder."""
        found: dict[Element, Element] = {}
        for holder in self.all("p:ph"):
            properties = holder.getparent()
            named = None if properties is None else properties.getparent()
            shape = None if named is None else named.getparent()
            if shape is not None and shape[0] is named:
                found.setdefault(shape, holder)
        return found

    @cached_property
    def by_id(self) -> Mapping[str, Element]:
        """The shapes by id."""
        found = ((named_of(shape), shape) for shape in self.all(*SHAPES))
        return {named.get("id", ""): shape for named, shape in found if named is not None}

    @cached_property
    def order(self) -> Mapping[Element, int]:
        """Where each element stands in document order."""
        return {element: number for number, element in enumerate(self.root.iter("*"))}

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        return _positions(self.data)

    def span(self, element: Element | None = None) -> Span:
        """Return the place of an element, or of the part."""
        path = f"{self.deck.path}!/{self.name}"
        if element is None:
            return Span(path)
        number = self.order[element]
        return Span(path, *self._places[number]) if number < len(self._places) else Span(path)

    def finding(self, rule: Rule, what: str, element: Element | None = None, hint: str = "") -> Diagnostic:
        """Return a finding in this part; `what` continues the name of slide and shape."""
        name = owner_name(element) if element is not None else ""
        severity, hints = rule.weight(self.deck.own), (hint,) if hint else ()
        if self.number:
            place = OnSlide(self.number, item=name)
            return rule.at(what, self.span(element), severity=severity, hints=hints).on(place)
        return rule.at(f"`{name}` {what}" if name else what, self.span(element), severity=severity, hints=hints)


FALLBACK = qualified("mc:Fallback")
SHAPES = ("p:sp", "p:pic", "p:cxnSp", "p:graphicFrame", "p:grpSp")
SHAPE_TAGS = frozenset(map(qualified, SHAPES))
NAME_TAG = qualified("p:cNvPr")


def named_of(shape: Element) -> Element | None:
    """Return a shape's p:cNvPr."""
    return next((child for child in shape[0] if child.tag == NAME_TAG), None) if len(shape) else None


def owner_name(element: Element) -> str:
    """Return the name of the shape that an element belongs to."""
    at: Element | None = element
    while at is not None:
        if at.tag in SHAPE_TAGS and len(at):
            named = named_of(at)
            return "" if named is None else named.get("name", "")[:MAX_SHOWN]
        at = at.getparent()
    return ""


def _positions(data: bytes) -> list[tuple[int, int]]:
    """Return line and column, from 1, of each element in document order."""
    found: list[tuple[int, int]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda *_: found.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))
    with suppress(expat.ExpatError):  # an encoding that expat does not know
        parser.Parse(data, True)
    return found


@dataclass
class Deck:
    """A package, and what the rules on one part need to know of the others."""

    path: str
    parts: Mapping[str, bytes]
    own: bool = False
    language: str = ""
    types: Mapping[str, str] = field(default_factory=dict)  # lower-case part name -> content type
    main: str = ""
    slides: tuple[str, ...] = ()  # part names, in the order of showing
    slide_ids: frozenset[str] = frozenset()
    slide_parts: Mapping[str, str] = field(default_factory=dict)  # part names by slide id
    holders: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)  # layout -> its placeholders
    relations: dict[str, dict[str, Relation]] = field(default_factory=dict)  # part -> its relationships
    master_ids: set[str] = field(default_factory=set)  # of masters and layouts
    titles: dict[str, int] = field(default_factory=dict)
    makes: dict[object, Make] = field(default_factory=dict)
    sound_attributes: set[tuple[object, ...]] = field(default_factory=set)  # an element and its attributes, found sound
    marks: int = 0
    most_marks: int = MAX_ALL_MARKS

    @cached_property
    def by_lower(self) -> Mapping[str, str]:
        """Part names as they are, by lower case: the package compares them so."""
        return {name.lower(): name for name in self.parts}

    def make_of(self, tags: tuple[str, ...], counts: tuple[int, ...]) -> Make:
        """Return how a part is made whose nodes have these names and hold so many others, in document order."""
        made = self.makes.get((tags, counts)) or Make(_places(tags, counts))
        if len(self.makes) < MAX_MAKES:
            self.makes[tags, counts] = made
        return made

    def kind(self, name: str) -> str:
        """Return the content type of a part."""
        return self.types.get(name.lower(), "")


# --- XML -----------------------------------------------------------------------------------------

DOCTYPE = Rule("doctype", "package", ERROR, "has a document type declaration").because("""
    Office files have none. It can make a reader fetch files or expand text without bound, so the part is not read.
""")


def open_part(deck: Deck, name: str) -> tuple[Part | None, tuple[Diagnostic, ...]]:
    """Return the part's tree, or why it has none."""
    data = deck.parts[name]
    if rule := _unsafe(deck, data):
        return None, (rule.at(f"`{name}` {rule.title}", Span(f"{deck.path}!/{name}")),)
    try:
        root = etree.fromstring(_transitional(data), PARSER)
    except etree.XMLSyntaxError as error:
        return None, (_unparsed(deck, name, data, error),)
    if root.getroottree().docinfo.internalDTD is not None:
        return None, (DOCTYPE.at("has a document type declaration", Span(f"{deck.path}!/{name}")),)
    return Part(name, data, root, deck, relations=deck.relations.get(name, {})), ()


TOO_LARGE_PART = Rule("too-large-part", "package", ERROR, "is larger than is looked at").because("""
    A part with more than 250,000 tags, or a file with 2.5 million, is not read further, so that no file can fill
    the memory.
""")


def _unsafe(deck: Deck, data: bytes) -> Rule | None:
    """Return the rule that keeps a part from being parsed."""
    if any(mark in data for mark in DOCTYPES):
        return DOCTYPE
    marks = data.count(b"<")
    deck.marks += marks
    return TOO_LARGE_PART if marks > MAX_MARKS or deck.marks > deck.most_marks else None


NOT_WELL_FORMED = Rule("not-well-formed", "package", ERROR, "a part that is not XML").because("""
    A character such as `&` or `<` was not escaped, or a tag is not closed. PowerPoint refuses or repairs the file.
""")
ILLEGAL_CHARACTER = Rule("illegal-character", "package", ERROR, "a character that XML forbids").because("""
    Control characters cannot be written in XML, not even escaped. They come with text copied from elsewhere.
""")


def _unparsed(deck: Deck, name: str, data: bytes, error: etree.XMLSyntaxError) -> Diagnostic:
    line, column = error.position
    span = Span(f"{deck.path}!/{name}", max(line or 0, 1), max(column or 0, 1))
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        bad = CONTROL.search(data) or REFERENCE.search(data)
        if bad:
            line = data.count(b"\n", 0, bad.start()) + 1
            column = bad.start() - (data.rfind(b"\n", 0, bad.start()) + 1) + 1
            return ILLEGAL_CHARACTER.at("holds a character that XML forbids", Span(span.path, line, column))
    reason = (error.msg or "no reason given").partition(", line ")[0]
    return NOT_WELL_FORMED.at(f"is not well-formed XML: {reason[:200]}", span)


def _transitional(data: bytes) -> bytes:
    """Return XML of the strict kind with the namespaces of the usual kind, so that one set of rules fits both."""
    if b"http://purl.oclc.org/ooxml/" not in data:
        return data
    return STRICT.sub(_old_namespace, data)


def _old_namespace(match: re.Match[bytes]) -> bytes:
    area, _, rest = match[1].partition(b"/")
    return b"http://schemas.openxmlformats.org/" + area + b"/2006" + (b"/" + rest if rest else b"")


# --- relationships -------------------------------------------------------------------------------
RELATIONSHIP = f"{{{NAMESPACES['rel']}}}Relationship"


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
