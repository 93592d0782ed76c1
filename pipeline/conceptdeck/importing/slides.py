"""The outline of a PowerPoint file: sections, slides, their bullets and what their speakers say."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from posixpath import dirname, join, normpath
from zipfile import BadZipFile, ZipFile

from conceptdeck.importing.decoding import one_line, refusal
from conceptdeck.importing.gathering import Gathered, worded
from conceptdeck.importing.links import is_address
from conceptdeck.importing.markup import Element, attribute, children, local, parsed
from conceptdeck.importing.rules import TOO_MANY_TO_IMPORT
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.languages import standard_tag
from conceptdeck.values.outline import Node, Outline
from conceptdeck.values.value import frozen

__all__ = ["read_slides"]

MAX_PART, MAX_PARTS = 8_000_000, 80_000_000  # bytes
MAX_SLIDES = 2_000
PRESENTATION = "ppt/presentation.xml"
TITLES = ("title", "ctrTitle")
FURNITURE = ("dt", "ftr", "sldNum", "hdr", "sldImg")


class _Package:
    """The parts of a file, each read once and under a cap."""

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        self._left = MAX_PARTS
        try:
            self._zip = ZipFile(BytesIO(data))
            self._names = frozenset(self._zip.namelist())
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise refusal("it is no PowerPoint file: its package cannot be opened", path) from error

    def part(self, name: str) -> Element | None:
        """Return the root of an XML part, None if there is no such part."""
        if name not in self._names:
            return None
        try:
            with self._zip.open(name) as file:
                data = file.read(min(MAX_PART, self._left) + 1)
        except (BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, zlib.error, EOFError) as error:
            raise refusal(f"its part {name} cannot be read", self.path) from error
        self._left -= len(data)
        if len(data) > MAX_PART or self._left < 0:
            raise Failure([TOO_MANY_TO_IMPORT.at(f"its part {name} is too large", Span(self.path))])
        return parsed(data, f"{self.path}!/{name}")

    def related(self, name: str) -> Mapping[str, tuple[str, str]]:
        """Return what a part refers to by id: the last word of its type, and its name or address."""
        root = self.part(join(dirname(name), "_rels", f"{name.rpartition('/')[2]}.rels"))
        found = {}
        for each in children(root, "Relationship") if root is not None else ():
            target = attribute(each, "Target")
            if attribute(each, "TargetMode") != "External":
                target = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(name), target))
            found[attribute(each, "Id")] = (attribute(each, "Type").rpartition("/")[2], target)
        return found


@frozen(kw_only=True)
class _Slide:
    """What a slide says."""

    title: str
    subtitle: str
    bullets: tuple[tuple[int, str, str], ...]
    notes: str
    opens: bool
    divides: bool


def read_slides(data: bytes, path: str) -> Outline:
    """Return the outline of a deck; raises Failure if it cannot be read."""
    package = _Package(data, path)
    root = package.part(PRESENTATION)
    if root is None:
        raise refusal("it is no PowerPoint file: it has no presentation", path)
    related = package.related(PRESENTATION)
    ids = [
        (attribute(each, "id"), _rel(each)) for part in children(root, "sldIdLst") for each in children(part, "sldId")
    ]
    if len(ids) > MAX_SLIDES:
        raise Failure([TOO_MANY_TO_IMPORT.at(f"the deck has more than {MAX_SLIDES:,} slides", Span(path))])
    found = Gathered(path)
    spoken = Counter[str]()
    sections = _sections(root)
    head: dict[str, object] = {}
    home = ""
    for number, (id_, rel) in enumerate(ids, start=1):
        slide = _slide(package, related.get(rel, ("", ""))[1], spoken, found, number)
        if id_ in sections:
            home = (
                found.add(Node(id=f"section:{id_}", name=worded(sections[id_]), frame=True)).id if sections[id_] else ""
            )
        if slide is None:
            continue
        if number == 1 and slide.opens:
            head = {"title": worded(slide.title), "subtitle": worded(slide.subtitle), "notes": worded(slide.notes)}
        elif slide.divides and not slide.bullets and slide.title and not sections:
            frame = Node(id=f"divider:{number}", name=worded(slide.title), notes=worded(slide.notes), frame=True)
            home = found.add(frame).id
        else:
            _keep(slide, home, number, found)
    language = spoken.most_common(1)[0][0] if spoken else ""
    return found.outline(**head, language=standard_tag(language) or "")


def _rel(element: Element) -> str:
    """Return the id of a relationship: the attribute called `id` in a namespace."""
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


def _sections(root: Element) -> dict[str, str]:
    """Return the names of sections by the id of their first slide."""
    found: dict[str, str] = {}
    for each in root.iter():
        if local(each) == "section":
            first = next((attribute(slide, "id") for slide in each.iter() if local(slide) == "sldId"), "")
            if first:
                found[first] = attribute(each, "name")
    return found


def _slide(package: _Package, name: str, spoken: Counter[str], found: Gathered, number: int) -> _Slide | None:
    """Return what a slide says, None if it is not there."""
    root = package.part(name) if name else None
    if root is None:
        return None
    related = package.related(name)
    layout = next((package.part(target) for kind, target in related.values() if kind == "slideLayout"), None)
    notes = next((package.part(target) for kind, target in related.values() if kind == "notesSlide"), None)
    title, subtitle, opens = "", "", False
    bullets: list[tuple[int, str, str]] = []
    for shape, kind in _shapes(root):
        if local(shape) == "pic":
            about = next((each for each in shape.iter() if local(each) == "cNvPr"), shape)
            found.leave("picture", attribute(about, "descr") or attribute(about, "name"), f"slide {number}")
        elif local(shape) == "graphicFrame":
            _table(shape, title or f"slide {number}", found)
        elif kind in TITLES and not title:
            title = " ".join(text for _, text, _ in _paragraphs(shape, related, spoken))
            opens = opens or kind == "ctrTitle"
        elif kind == "subTitle":
            subtitle, opens = " ".join(text for _, text, _ in _paragraphs(shape, related, spoken)), True
        elif kind not in FURNITURE:
            bullets += _paragraphs(shape, related, spoken)
    divides = layout is not None and attribute(layout, "type") == "secHead"
    said = "\n".join(_spoken(notes)) if notes is not None else ""
    return _Slide(title=title, subtitle=subtitle, bullets=tuple(bullets), notes=said, opens=opens, divides=divides)


def _shapes(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield the shapes of a slide with the types of their placeholders, those in groups too."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name in ("sp", "pic", "graphicFrame"):
            holder = next((each for each in element.iter() if local(each) == "ph"), None)
            yield element, "" if holder is None else attribute(holder, "type") or "body"
        elif name != "Fallback":
            waiting += list(element)[::-1]


def _paragraphs(
    shape: Element, related: Mapping[str, tuple[str, str]], spoken: Counter[str]
) -> Iterator[tuple[int, str, str]]:
    """Yield the paragraphs of a shape that say something: level, text, and the address if all of it is a link."""
    for each in shape.iter():
        if local(each) != "p":
            continue
        level, text, links = 0, "", []
        for part in each.iter():
            if local(part) == "pPr":
                level = int(lvl) if (lvl := attribute(part, "lvl")).isdigit() else 0
            elif local(part) == "t":
                text += part.text or ""
            elif local(part) == "br":
                text += " "
            elif local(part) == "rPr":
                spoken[attribute(part, "lang")] += bool(attribute(part, "lang"))
            elif local(part) == "hlinkClick":
                links.append(related.get(_rel(part), ("", ""))[1])
        if said := one_line(text):
            link = links[0] if len(links) == 1 and is_address(links[0]) else ""
            yield level, said, link


def _spoken(notes: Element) -> Iterator[str]:
    """Yield the paragraphs of what a speaker says."""
    for shape, kind in _shapes(notes):
        if kind == "body":
            yield from (text for _, text, _ in _paragraphs(shape, {}, Counter()))


def _table(frame: Element, of: str, found: Gathered) -> None:
    """Note the rows of a table."""
    for row in frame.iter():
        if local(row) == "tr":
            cells = [" ".join(text for _, text, _ in _paragraphs(cell, {}, Counter())) for cell in children(row, "tc")]
            found.leave("row of a table", " | ".join(cells), of)


def _keep(slide: _Slide, home: str, number: int, found: Gathered) -> None:
    """Keep a slide as a node, and its bullets below it."""
    bullets = list(slide.bullets)
    title = slide.title or slide.subtitle or (bullets.pop(0)[1] if bullets else "")
    if not title:
        return
    node = Node(id=f"slide:{number}", name=worded(title), parent=home, notes=worded(slide.notes), whole=True)
    above = [(-1, found.add(node).id)]
    for level, text, link in bullets:
        while above[-1][0] >= level:
            above.pop()
        made = Node(id=f"{number}:{len(found.nodes)}", name=worded(text), parent=above[-1][1], link=link)
        above.append((level, found.add(made).id))
