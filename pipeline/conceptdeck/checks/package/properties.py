"""Rules on what a file says of itself: who made it and when, how many slides it has, properties of one's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from conceptdeck.checks.package.opened import Element, OpenedDeck, Part
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["document_properties", "lacking_properties"]

CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
TERMS, ELEMENTS = "http://purl.org/dc/terms/", "http://purl.org/dc/elements/1.1/"
APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VECTOR = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}vector"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
OF_CORE = (
    "category", "contentStatus", "contentType", "keywords", "lastModifiedBy", "lastPrinted", "revision", "version",
)  # fmt: skip
KNOWN = {
    *(f"{{{ELEMENTS}}}{name}" for name in ("title", "subject", "creator", "description", "identifier", "language")),
    *(f"{{{TERMS}}}{name}" for name in ("created", "modified")),
    *(f"{{{CORE}}}{name}" for name in OF_CORE),
}
DATES = (f"{{{TERMS}}}created", f"{{{TERMS}}}modified", f"{{{CORE}}}lastPrinted")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
COUNTS = ("TotalTime", "Words", "Paragraphs", "Slides", "Notes", "HiddenSlides", "MMClips")
OWN_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
NEEDED = {"core-properties": "who made it and when", "extended-properties": "what program it is of"}

Findings = Iterator[Diagnostic]

BAD_PROPERTY = Rule(
    "bad-property",
    "package",
    ERROR,
    "a property of the file that is none",
    elsewhere=WARNING,
).because("""
    The properties of a file are written once each: dates as 2026-01-31T12:00:00Z, counts as whole numbers that agree
    with the slides, properties of one's own under a number from 2 and a name that no other has. PowerPoint repairs
    files with others, or shows nothing of them.
""")
MISSING_PROPERTIES = Rule("missing-properties", "package", WARNING, "a file that says nothing of itself").because("""
    A file says in `docProps` who made it, when, and with what. Without, searches and archives do not find it.
""")


def lacking_properties(deck: OpenedDeck) -> Findings:
    """Find what a file does not say of itself, or says in two places."""
    counts = Counter(each.kind for each in deck.relations.get("", {}).values())
    for kind, what in NEEDED.items():
        if not counts[kind]:
            yield MISSING_PROPERTIES.at(f"the file does not say {what}: it has no {kind}", Span(deck.path))
        elif counts[kind] > 1:
            what = f"the file has {counts[kind]} parts for its {kind}, one is allowed"
            yield deck.finding(BAD_PROPERTY, what)


def document_properties(part: Part) -> Findings:
    """Find properties of the file that are none."""
    rules = {
        f"{{{CORE}}}coreProperties": _core,
        f"{{{APP}}}Properties": _app,
        f"{{{CUSTOM}}}Properties": _custom,
    }
    if rule := rules.get(str(part.root.tag)):
        yield from rule(part)


def _core(part: Part) -> Findings:
    counts = Counter(str(each.tag) for each in part.root.iterchildren("*"))
    for element in part.root.iterchildren("*"):
        tag, name = str(element.tag), str(element.tag).rpartition("}")[2]
        text = (element.text or "").strip()
        if tag not in KNOWN:
            yield part.finding(BAD_PROPERTY, f"has the property `{name[:40]}`, which there is not", element)
        elif counts[tag] > 1:
            yield part.finding(BAD_PROPERTY, f"says {name} {counts[tag]} times", element)
        elif len(element):
            yield part.finding(BAD_PROPERTY, f"says {name} in elements, not in text", element)
        elif tag in DATES and not DATE.fullmatch(text):
            yield part.finding(BAD_PROPERTY, f"says “{text[:40]}” for {name}, which is no date", element)
        elif tag in DATES[:2] and element.get(TYPE, "").rpartition(":")[2] != "W3CDTF":
            yield part.finding(BAD_PROPERTY, f"does not say that {name} is a date (dcterms:W3CDTF)", element)


def _app(part: Part) -> Findings:
    counts = Counter(str(each.tag) for each in part.root.iterchildren("*"))
    for element in part.root.iterchildren("*"):
        name, text = str(element.tag).rpartition("}")[2], (element.text or "").strip()
        if counts[str(element.tag)] > 1:
            yield part.finding(BAD_PROPERTY, f"says {name[:40]} {counts[str(element.tag)]} times", element)
        elif name in COUNTS and not (text.isascii() and text.isdigit()):
            yield part.finding(BAD_PROPERTY, f"says “{text[:40]}” for {name}, which is no count", element)
        elif name == "Slides" and int(text[:9]) != len(part.deck.slides):
            what = f"says that there are {text[:9]} slides, the file has {len(part.deck.slides)}"
            yield part.finding(BAD_PROPERTY, what, element)
    for vector in part.root.iter(VECTOR):
        if vector.get("size", "") != str(len(vector)):
            what = f"says that a list has {vector.get('size', '')[:9] or 'no'} entries, it has {len(vector)}"
            yield part.finding(BAD_PROPERTY, what, vector)


def _custom(part: Part) -> Findings:
    ids: set[str] = set()
    names: set[str] = set()
    for element in part.root.iterchildren("*"):
        id_, name = element.get("pid", ""), element.get("name", "")
        for fault in _custom_faults(element, id_, name, ids, names):
            yield part.finding(BAD_PROPERTY, f"the property `{name[:40]}` {fault}", element)
        ids.add(id_)
        names.add(name.casefold())


def _custom_faults(element: Element, id_: str, name: str, ids: set[str], names: set[str]) -> Iterator[str]:
    if not (id_.isascii() and id_.isdigit() and 2 <= int(id_[:12]) < 2**31):
        yield f"has the number `{id_[:20]}`; they count from 2"
    elif id_ in ids:
        yield f"has the number {id_[:12]}, as another has"
    if not name or name.casefold() in names:
        yield "has the name of another" if name else "has no name"
    if element.get("fmtid", "").upper() != OWN_SET:
        yield f"is not of the set {OWN_SET}"
    if len(element) != 1:
        yield f"has {len(element)} values, one is needed"
