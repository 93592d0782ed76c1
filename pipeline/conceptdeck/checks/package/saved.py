"""A deck as somebody has saved it: its slides with their texts, notes and comments, whatever program wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from conceptdeck.checks.package.archive import unpacked
from conceptdeck.checks.package.contents import TYPES
from conceptdeck.checks.package.memory import MEMORY_TAG, remembered_text
from conceptdeck.checks.package.opened import SHAPE_TAGS, Element, OpenedDeck, Part, named_of, open_part
from conceptdeck.checks.package.parts import OWN_PROPERTIES, opened_deck
from conceptdeck.checks.package.rules import NO_PRESENTATION
from conceptdeck.checks.package.saved_comments import authors_in, comments_on, related
from conceptdeck.checks.package.saved_look import palette_of
from conceptdeck.checks.package.saved_text import paragraphs_in
from conceptdeck.checks.package.schema import qualified
from conceptdeck.values.diagnostics import Diagnostic, Severity, Span
from conceptdeck.values.memory import (
    MEMORY,
    SavedDeck,
    SavedParagraph,
    SavedPicture,
    SavedShape,
    SavedSlide,
)
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.value import frozen

__all__ = ["read_saved"]

MOST_SHAPES, DEEPEST = 100_000, 20
TABLE, ROW, CELL, OFFSET, EXTENT = (qualified(f"a:{tag}") for tag in ("tbl", "tr", "tc", "off", "ext"))
BLIP, CUT, PICTURE = qualified("a:blip"), qualified("a:srcRect"), qualified("p:pic")
EMBEDDED, VECTOR = qualified("r:embed"), "{*}svgBlip"
GROUP, BODY, TREE = (qualified(f"p:{tag}") for tag in ("grpSp", "txBody", "spTree"))
ALTERNATE, CHOICE = qualified("mc:AlternateContent"), qualified("mc:Choice")
HOLDER = qualified("p:ph")
PROPERTY = re.compile(r'name="(conceptdeck\.[a-z.]+)"[^>]*>\s*<vt:lpwstr>([^<]{0,200})<')
Box = tuple[int, int, int, int]


TOO_MANY_SHAPES = Rule("too-many-shapes", "edited decks", ERROR, "more shapes than are looked at").because("""
    No deck of ours has so many. Nothing is taken from it, so that no file can fill the memory.
""")


def read_saved(data: bytes, path: str) -> tuple[SavedDeck | None, tuple[Diagnostic, ...]]:
    """Return the deck in the bytes of a file that messages call `path`, or None and why it cannot be read."""
    parts, problems = unpacked(data, path)
    if not parts:
        return None, problems
    deck, found = opened_deck(parts, path)
    problems = tuple(each for each in (*problems, *found) if each.severity is Severity.ERROR)
    if not deck.slides or TYPES not in parts:
        empty = NO_PRESENTATION.at("the file has no slides", Span(path))
        return None, problems or (empty,)
    ids = {name: id_ for id_, name in deck.slide_parts.items()}
    authors = dict(authors_in(deck))
    left = MOST_SHAPES
    slides: list[SavedSlide] = []
    for name in deck.slides:
        part, unread = open_part(deck, name)
        if part is None:
            return None, unread
        shapes = tuple(islice(_shapes(_Surroundings(deck, name), part.root.iter(TREE)), left + 1))
        left -= len(shapes)
        if left < 0:
            return None, (TOO_MANY_SHAPES.at(f"it has more than {MOST_SHAPES:,} shapes", Span(path)),)
        id_ = ids.get(name, "")
        slides.append(
            SavedSlide(
                int(id_) if id_.isascii() and id_.isdigit() else 0,
                shapes,
                _notes(deck, part),
                tuple(comments_on(deck, part, shapes, authors)),
                _layout(deck, part),
                part.root.get("show") in ("0", "false"),
            )
        )
    return SavedDeck(_properties(parts), _memory(deck), tuple(slides), palette_of(deck)), ()


def _properties(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return what the deck says of itself in its custom properties."""
    return dict(PROPERTY.findall(parts.get(OWN_PROPERTIES, b"")[: 1 << 20].decode("utf-8", "replace")))


def _memory(deck: OpenedDeck) -> str | None:
    """Return what the deck remembers, None if it remembers nothing or not what was built.

    LibreOffice keeps the part, yet nothing in what it saves leads there.
    """
    for name in deck.parts:
        if name.startswith("customXml/") and name.endswith(".xml") and MEMORY.encode() in deck.parts[name][:500]:
            part, _ = open_part(deck, name)
            if part is not None and part.root.tag == MEMORY_TAG:
                return remembered_text(part)
    return None


def _layout(deck: OpenedDeck, slide: Part) -> str:
    """Return the type of a slide's layout, nothing if it has none."""
    return next((part.root.get("type", "") for part in related(deck, slide.name, ("slideLayout",))), "")


# --- shapes --------------------------------------------------------------------------------------


@frozen
class _Surroundings:
    """What the shapes of a slide refer to: where its relationships lead."""

    deck: OpenedDeck
    slide: str

    def address(self, id_: str) -> str:
        """Return the address that a relationship leads to, nothing if it stays within the file."""
        found = self.deck.relations.get(self.slide, {}).get(id_)
        return found.target if found and found.external else ""

    def picture(self, element: Element) -> SavedPicture | None:
        """Return the picture of a shape, the vectors of one that has them too."""
        blip = next(element.iter(BLIP), None)
        if blip is None:
            return None
        vector = next(blip.iter(VECTOR), None)
        found = self.deck.relations.get(self.slide, {}).get((blip if vector is None else vector).get(EMBEDDED, ""))
        name = self.deck.by_lower.get(found.target.lower(), "") if found and not found.external else ""
        cut = next(element.iter(CUT), None)
        return SavedPicture(name, cut is not None and bool(cut.attrib)) if name else None


def _shapes(around: _Surroundings, trees: Iterator[Element], depth: int = 0) -> Iterator[SavedShape]:
    """Yield the shapes in trees of shapes in their order, those of groups too."""
    for tree in trees if depth < DEEPEST else ():
        for child in tree:
            if child.tag == GROUP:
                yield from _shapes(around, iter([child]), depth + 1)
            elif child.tag == ALTERNATE:
                chosen = (each for choice in child.findall(CHOICE) for each in choice if each.tag in SHAPE_TAGS)
                yield from (_shape(each, around) for each in chosen)
            elif child.tag in SHAPE_TAGS:
                yield _shape(child, around)


def _shape(element: Element, around: _Surroundings) -> SavedShape:
    named = named_of(element)
    table = next(element.iter(TABLE), None)
    holder = next(element[0].iter(HOLDER), None) if len(element) else None
    said: tuple[tuple[SavedParagraph, ...], ...] = ()
    columns = 0
    if table is not None:
        rows = table.findall(ROW)
        said = tuple(paragraphs_in(cell, around.address) for row in rows for cell in row.findall(CELL))
        columns = len(rows[0].findall(CELL)) if rows else 0
    elif (body := element.find(BODY)) is not None:
        said = (paragraphs_in(body, around.address),)
    return SavedShape(
        "" if named is None else named.get("name", ""),
        tuple(tuple(each.text for each in paragraphs) for paragraphs in said),
        None if holder is None else (holder.get("type", "obj"), _number(holder.get("idx", "0"))),
        _box(element),
        "" if named is None else named.get("descr", ""),
        columns,
        str(element.tag).rpartition("}")[2],
        said,
        around.picture(element) if element.tag == PICTURE else None,
        0 if named is None else _number(named.get("id", "0")),
    )


def _box(element: Element) -> Box | None:
    """Return where a shape stands, None if its layout says it."""
    offset, extent = next(element.iter(OFFSET), None), None
    parent = None if offset is None else offset.getparent()
    if offset is None or parent is None or (extent := parent.find(EXTENT)) is None:
        return None
    x, y, w, h = (
        _number(at.get(name, "0")) for at, name in ((offset, "x"), (offset, "y"), (extent, "cx"), (extent, "cy"))
    )
    return x, y, w, h


def _number(text: str) -> int:
    return int(text[:12]) if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() else 0


def _paragraphs(element: Element) -> tuple[str, ...]:
    return tuple(each.text for each in paragraphs_in(element, lambda id_: ""))


# --- notes ---------------------------------------------------------------------------------------


def _notes(deck: OpenedDeck, slide: Part) -> tuple[str, ...] | None:
    """Return the paragraphs of a slide's notes, None if it has no notes page."""
    for part in related(deck, slide.name, ("notesSlide",)):
        for shape, holder in part.holders.items():
            if holder.get("type") == "body":
                return _paragraphs(shape)
    return None
