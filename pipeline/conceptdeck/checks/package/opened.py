"""A package opened for checks: its parts, their relationships and the places of elements. Safe on hostile files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias
from xml.parsers import expat

from lxml import etree

from conceptdeck.checks.package.archive import MAX_SHOWN
from conceptdeck.checks.package.deck import Deck, Page
from conceptdeck.checks.package.schema import qualified
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.facts import Facts
from conceptdeck.values.rules import ERROR, Rule

__all__ = [
    "RELATIONSHIP",
    "SHAPES",
    "SHAPE_TAGS",
    "Element",
    "OpenedDeck",
    "Part",
    "named_of",
    "open_part",
    "owner_name",
    "text_of",
    "type_of",
]

Element: TypeAlias = etree._Element
MAX_TAGS = 250_000  # `<` in one XML part
MAX_ALL_TAGS = 2_500_000  # `<` in all XML parts of a file; what was just built has no such cap
MAX_MAKES = 64  # kept to do once what parts of one make share
CREATION_ID = re.compile(rb'creationId\s[^>]*?\bval="(\d{1,10})"')
SHARED = frozenset(qualified(f"p:{tag}") for tag in ("sldLayout", "sldMaster", "notesMaster", "handoutMaster"))
RELATIONSHIP = qualified("rel:Relationship")
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, collect_ids=False)
DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be"))
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
REFERENCE = re.compile(rb"&#(?:x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])|0*(?:[0-8]|1[124-9]|2\d|3[01]));")
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z/]+)")


# --- parts ---------------------------------------------------------------------------------------


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


@dataclass(eq=False, kw_only=True)
class Part(Page):
    """An XML part: its tree, and where in the file its elements are."""

    deck: OpenedDeck
    data: bytes
    root: Element

    @property
    def is_shared(self) -> bool:
        """Tell whether it is a layout or a master."""
        return self.root.tag in SHARED

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
    def order(self) -> Mapping[Element, int]:
        """Where each element stands in document order."""
        return {element: number for number, element in enumerate(self.root.iter("*"))}

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        return _positions(self.data)

    def span(self, at: Element | None = None) -> Span:
        """Return the place of an element, or of the part."""
        places = [] if at is None else self._places[self.order[at] :]
        place = places[0] if places else ()
        return Span(f"{self.deck.path}!/{self.name}", *place)

    def label(self, at: Element) -> str:
        """Return the name of the shape that an element belongs to."""
        return owner_name(at)


FALLBACK = qualified("mc:Fallback")
SHAPES = ("p:sp", "p:pic", "p:cxnSp", "p:graphicFrame", "p:grpSp")
SHAPE_TAGS = frozenset(map(qualified, SHAPES))
NAME_TAG, T = qualified("p:cNvPr"), qualified("a:t")


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


def type_of(holder: Element | None) -> str:
    """Return the type of a placeholder, nothing for none."""
    return "" if holder is None else holder.get("type", "obj")


def text_of(element: Element) -> str:
    """Return the text in an element, without line breaks and repeated spaces."""
    return " ".join("".join(each.text or "" for each in element.iter(T)).split())


def _positions(data: bytes) -> list[tuple[int, int]]:
    """Return line and column, from 1, of each element in document order."""
    found: list[tuple[int, int]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda *_: found.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))
    with suppress(expat.ExpatError):  # an encoding that expat does not know
        parser.Parse(data, True)
    return found


@dataclass
class OpenedDeck(Deck):
    """A package that was opened."""

    slides: tuple[str, ...] = ()  # part names, in the order of showing
    master_ids: set[str] = field(default_factory=set)  # of masters and layouts
    titles: dict[str, int] = field(default_factory=dict)
    makes: dict[object, Make] = field(default_factory=dict)
    sound_attributes: set[tuple[object, ...]] = field(default_factory=set)  # an element and its attributes, found sound
    sound_names: set[tuple[object, ...]] = field(default_factory=set)  # an element and what it says, found sound
    facts: Facts = field(default_factory=Facts)  # that were read
    shared: dict[str, Part] = field(default_factory=dict)  # layouts, masters, themes and the presentation
    measure: Callable[..., float] | None = None  # how wide a text is, in ems; without it, texts are not set
    made: dict[str, int] = field(default_factory=dict)  # slides by the number that each was made with
    tags: int = 0  # how many were seen
    most_tags: int = MAX_ALL_TAGS

    def make_of(self, tags: tuple[str, ...], counts: tuple[int, ...]) -> Make:
        """Return how a part is made whose nodes have these names and hold so many others, in document order."""
        made = self.makes.get((tags, counts)) or Make(_places(tags, counts))
        if len(self.makes) < MAX_MAKES:
            self.makes[tags, counts] = made
        return made

    def mark(self, name: str) -> str:
        """Return the number by which zooms know a slide."""
        known = CREATION_ID.search(self.parts.get(name, b""))
        return known[1].decode() if known else "0"


# --- XML -----------------------------------------------------------------------------------------

DOCTYPE = Rule("doctype", "package", ERROR, "has a document type declaration").because("""
    Office files have none. It can make a reader fetch files or expand text without bound, so the part is not read.
""")


def open_part(deck: OpenedDeck, name: str) -> tuple[Part | None, tuple[Diagnostic, ...]]:
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
    return Part(name=name, deck=deck, data=data, root=root), ()


TOO_LARGE_PART = Rule("too-large-part", "package", ERROR, "is larger than is looked at").because("""
    A part with more than 250,000 tags, or a file with 2.5 million, is not read further, so that no file can fill
    the memory.
""")


def _unsafe(deck: OpenedDeck, data: bytes) -> Rule | None:
    """Return the rule that keeps a part from being parsed."""
    if any(mark in data for mark in DOCTYPES):
        return DOCTYPE
    tags = data.count(b"<")
    deck.tags += tags
    return TOO_LARGE_PART if tags > MAX_TAGS or deck.tags > deck.most_tags else None


NOT_WELL_FORMED = Rule("not-well-formed", "package", ERROR, "a part that is not XML").because("""
    A character such as `&` or `<` was not escaped, or a tag is not closed. PowerPoint refuses or repairs the file.
""")
ILLEGAL_CHARACTER = Rule("illegal-character", "package", ERROR, "a character that XML forbids").because("""
    Control characters cannot be written in XML, not even escaped. They come with text copied from elsewhere.
""")


def _unparsed(deck: OpenedDeck, name: str, data: bytes, error: etree.XMLSyntaxError) -> Diagnostic:
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
