"""Rules on the package: content types, relationships and parts. The door to all checks of a written deck."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from conceptdeck.checks.package.archive import has_xml, unpacked
from conceptdeck.checks.package.markup import MARKUP_RULES
from conceptdeck.checks.package.opened import (
    RELATIONSHIP,
    Deck,
    Element,
    Part,
    Relation,
    open_part,
    resolved,
    source_of,
)
from conceptdeck.checks.package.presentation import MASTER_RULES, PRESENTATION_RULES, remember_presentation
from conceptdeck.checks.package.rules import ACTIVE_CONTENT, NOT_A_PACKAGE
from conceptdeck.checks.package.schema import qualified
from conceptdeck.checks.package.slides import NOTES_RULES, SHAPE_RULES, SLIDE_RULES, remember_layout
from conceptdeck.values.diagnostics import Diagnostic, Span, sort_diagnostics
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["check_package", "check_parts"]

TYPES = "[Content_Types].xml"
MAX_FINDINGS = 50  # of one part: more say nothing new
OWN = re.compile(rb'name="conceptdeck\.map"')
OWN_PROGRAM = re.compile(rb"<Application>conceptdeck ")
OWN_LANGUAGE = re.compile(rb'name="conceptdeck\.language">\s*<vt:lpwstr>([A-Za-z0-9-]{1,35})<')
OWN_PROPERTIES, PROGRAM = "docProps/custom.xml", "docProps/app.xml"
SAFE_SCHEMES = frozenset({"", "http", "https", "mailto", "tel", "ftp", "ftps", "news", "onenote"})
SCHEME = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\-]*):")
LINKED = frozenset({"hyperlink", "slide", "oleObject", "video", "audio", "media"})
ACTIVE = frozenset({"vbaProject", "control", "activeXControlBinary", "attachedToolbars", "wordVbaData"})
NEEDED = {"slide": "slideLayout", "slideLayout": "slideMaster", "slideMaster": "theme", "notesSlide": "notesMaster"}
EXPECTED = {
    "slide": "slide+xml",
    "slideLayout": "slideLayout+xml",
    "slideMaster": "slideMaster+xml",
    "notesSlide": "notesSlide+xml",
    "notesMaster": "notesMaster+xml",
    "theme": "theme+xml",
    "chart": "chart+xml",
}
KINDS = {qualified(f"p:{tag}"): kind for tag, kind in (
    ("sld", "slide"), ("sldLayout", "slideLayout"), ("sldMaster", "slideMaster"), ("notes", "notesSlide"),
)}  # fmt: skip

Findings = Iterator[Diagnostic]


def check_package(data: bytes, path: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a deck, given as the bytes of a .pptx file that messages call `path`."""
    parts, problems = unpacked(data, path)
    if not parts:
        return problems
    return sort_diagnostics((*problems, *_findings(_deck(parts, path))))


def check_parts(parts: Mapping[str, bytes], path: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a deck, given as its parts by name."""
    deck = _deck(parts, path)
    deck.most_marks = sys.maxsize
    return sort_diagnostics(_findings(deck))


def _deck(parts: Mapping[str, bytes], path: str) -> Deck:
    properties = parts.get(OWN_PROPERTIES, b"")
    language = OWN_LANGUAGE.search(properties)
    own = bool(OWN.search(properties) and OWN_PROGRAM.search(parts.get(PROGRAM, b"")))  # not saved by another since
    return Deck(path, parts, own, language[1].decode() if language else "")


def _findings(deck: Deck) -> Findings:
    yield from _content_types(deck)
    yield from _relationships(deck)
    yield from _main(deck)
    yield from _parts(deck)


def _limited(findings: Iterable[Diagnostic]) -> Findings:
    return islice(iter(findings), MAX_FINDINGS)


# --- content types -------------------------------------------------------------------------------


def _content_types(deck: Deck) -> Findings:
    if TYPES not in deck.parts:
        what = f"the file has no `{TYPES}`: it is no Office file"
        yield NOT_A_PACKAGE.at(what, Span(deck.path))
        return
    part, problems = open_part(deck, TYPES)
    yield from problems
    if part:
        yield from _limited(_read_types(deck, part))


MISSING_CONTENT_TYPE = Rule("missing-content-type", "package", ERROR, "a part of no known type").because("""
    `[Content_Types].xml` says what each part holds, by its name or its extension. PowerPoint refuses files with
    parts it says nothing about.
""")
PHANTOM_CONTENT_TYPE = Rule(
    "phantom-content-type",
    "package",
    ERROR,
    "a type for a part that is not there",
).because("""
    Left over from a part that was removed; PowerPoint repairs the file.
""")
DUPLICATE_CONTENT_TYPE = Rule(
    "duplicate-content-type",
    "package",
    ERROR,
    "two types for one part or extension",
).because("""
    PowerPoint refuses such a file.
""")


def _read_types(deck: Deck, part: Part) -> Findings:
    defaults: dict[str, str] = {}
    overrides: dict[str, str] = {}
    for element in part.all("ct:Default"):
        extension = element.get("Extension", "").lower()
        if extension in defaults:
            yield part.finding(DUPLICATE_CONTENT_TYPE, f"says twice what `.{extension}` files hold", element)
        defaults[extension] = element.get("ContentType", "")
    for element in part.all("ct:Override"):
        name = element.get("PartName", "").lstrip("/").lower()
        if name in overrides:
            yield part.finding(DUPLICATE_CONTENT_TYPE, f"says twice what `{name}` holds", element)
        if name not in deck.by_lower:
            yield part.finding(PHANTOM_CONTENT_TYPE, f"says what `{name}` holds, there is no such part", element)
        overrides[name] = element.get("ContentType", "")
    types = {name: overrides.get(name) or defaults.get(name.rpartition(".")[2], "") for name in deck.by_lower}
    deck.types = types
    for name, type_ in types.items():
        if not type_ and name != TYPES.lower():
            yield part.finding(MISSING_CONTENT_TYPE, f"does not say what `{deck.by_lower[name]}` holds")


# --- relationships -------------------------------------------------------------------------------


def _relationships(deck: Deck) -> Findings:
    for name in deck.parts:
        if name.lower().endswith(".rels"):
            part, problems = open_part(deck, name)
            yield from problems
            if part:
                yield from _limited(_read_relations(deck, part))


BAD_RELATIONSHIP = Rule("bad-relationship", "package", ERROR, "a relationship without id, type or target").because("""
    Nothing can be found by it; PowerPoint repairs the file.
""")
DUPLICATE_RELATIONSHIP = Rule("duplicate-relationship", "package", ERROR, "a relationship id given twice").because("""
    It is open which of the two is meant; PowerPoint repairs the file.
""")
DANGLING_RELATIONSHIP = Rule(
    "dangling-relationship", "package", ERROR, "a relationship to a part that is not there"
).because("""
    The part was removed or renamed and the relationship stayed. PowerPoint repairs the file and may drop the
    slide.
""")


def _read_relations(deck: Deck, part: Part) -> Findings:
    source = source_of(part.name)
    if source and source.lower() not in deck.by_lower:
        yield part.finding(DANGLING_RELATIONSHIP, f"holds the relationships of `{source}`, there is no such part")
    found = deck.relations.setdefault(deck.by_lower.get(source.lower(), source), {})
    for element in part.root.iter(RELATIONSHIP):
        relation = _relation(source, element)
        if not relation.id or not relation.kind or not element.get("Target"):
            yield part.finding(BAD_RELATIONSHIP, "a relationship lacks its id, type or target", element)
        elif relation.id in found:
            yield part.finding(DUPLICATE_RELATIONSHIP, f"has the relationship id `{relation.id}` twice", element)
        else:
            found[relation.id] = relation
        yield from _target_problems(deck, part, relation, element)


def _relation(source: str, element: Element) -> Relation:
    get = element.get
    external = get("TargetMode") == "External"
    target = get("Target", "")
    kind = get("Type", "").rpartition("/")[2]
    return Relation(get("Id", ""), kind, target if external else resolved(source, target), external)


UNSAFE_TARGET = Rule("unsafe-target", "package", ERROR, "a link that is not safe to open").because("""
    Links to `file:`, `javascript:` and the like read files or run programs on the machine of who clicks them.
""")
OUTSIDE_CONTENT = Rule("outside-content", "package", WARNING, "content fetched from elsewhere").because("""
    The deck is not whole without its network, and whoever runs the other end learns who opens it.
""")


def _target_problems(deck: Deck, part: Part, relation: Relation, element: Element) -> Findings:
    scheme = SCHEME.match(element.get("Target", ""))
    if (scheme and scheme[1].lower() not in SAFE_SCHEMES) or relation.target.startswith("\\\\"):
        what = f"`{relation.id}` leads to `{relation.target[:80]}`: only https, http and mailto are safe"
        yield part.finding(UNSAFE_TARGET, what, element, "link to a web address instead")
    elif relation.external:
        if relation.kind not in LINKED:
            what = f"`{relation.id}` fetches its {relation.kind} from `{relation.target[:80]}`"
            yield part.finding(OUTSIDE_CONTENT, what, element, "put it into the file")
    elif relation.target and relation.target.lower() not in deck.by_lower:
        if element.get("Target", "").startswith("#") or relation.target == "NULL":
            return
        what = f"`{relation.id}` leads to `{relation.target}`, there is no such part"
        yield part.finding(DANGLING_RELATIONSHIP, what, element)
    if relation.kind in ACTIVE:
        yield part.finding(ACTIVE_CONTENT, f"`{relation.id}` brings a program: {relation.kind}", element)
    yield from _type_problems(deck, part, relation, element)


WRONG_CONTENT_TYPE = Rule(
    "wrong-content-type",
    "package",
    ERROR,
    "a part of another type than it is used as",
).because("""
    The relationship says one thing, the content type another. PowerPoint repairs the file.
""")


def _type_problems(deck: Deck, part: Part, relation: Relation, element: Element) -> Findings:
    expected, type_ = EXPECTED.get(relation.kind), deck.kind(relation.target)
    if expected and type_ and not relation.external and not type_.endswith(f".{expected}"):
        what = f"`{relation.target}` is used as {relation.kind}, but is said to hold `{type_}`"
        yield part.finding(WRONG_CONTENT_TYPE, what, element)


# --- all parts -----------------------------------------------------------------------------------


NO_PRESENTATION = Rule("no-presentation", "package", ERROR, "no presentation in the package").because("""
    The package's relationships name no presentation part, so there is nothing to open.
""")


def _main(deck: Deck) -> Findings:
    """Find the presentation part, and read what the rules on slides need of it."""
    found = [each for each in deck.relations.get("", {}).values() if each.kind == "officeDocument"]
    name = deck.by_lower.get(found[0].target.lower(), "") if found else ""
    if not name:
        if TYPES in deck.parts:
            yield NO_PRESENTATION.at("the file names no presentation to open", Span(deck.path))
        return
    deck.main = name
    if "presentationml" not in deck.kind(name) and deck.kind(name):
        what = f"the file's main part `{name}` is no presentation but `{deck.kind(name)}`"
        yield NO_PRESENTATION.at(what, Span(deck.path))
    part, problems = open_part(deck, name)
    yield from problems
    if part:
        remember_presentation(deck, part)
        for rule in (*PRESENTATION_RULES, *MARKUP_RULES):
            yield from _limited(rule(part))


def _parts(deck: Deck) -> Findings:
    numbers = {name: number for number, name in enumerate(deck.slides, start=1)}
    for name in sorted(deck.parts, key=lambda name: (_turn(name), numbers.get(name, 0), name)):
        if has_xml(name) and name not in (TYPES, deck.main) and not name.lower().endswith(".rels"):
            part, problems = open_part(deck, name)
            yield from problems
            if part:
                part.number = numbers.get(name, 0)
                yield from _part(part)
    yield from _unreferenced(deck)


def _turn(name: str) -> int:
    """Return when a part's turn comes: layouts are known before the slides that follow them."""
    return 0 if "slideLayout" in name else 1


MISSING_RELATIONSHIP = Rule(
    "missing-relationship",
    "package",
    ERROR,
    "a part without the part that it builds on",
).because("""
    A slide needs a layout, a layout a master, a master a theme, notes a notes master.
""")


def _part(part: Part) -> Findings:
    """Run the rules for the part's kind."""
    kind = KINDS.get(part.root.tag, "")
    if kind in NEEDED and not any(each.kind == NEEDED[kind] for each in part.relations.values()):
        yield part.finding(MISSING_RELATIONSHIP, f"a {kind} needs a {NEEDED[kind]}, this one has none")
    if kind == "slideLayout":
        remember_layout(part)
    rules = MARKUP_RULES
    if part.all("p:cSld"):
        rules = (*rules, *SHAPE_RULES)
    if kind == "slide":
        rules = (*rules, *SLIDE_RULES)
    if kind == "slideMaster":
        rules = (*rules, *MASTER_RULES)
    if kind == "notesSlide":
        rules = (*rules, *NOTES_RULES)
    for rule in rules:
        yield from _limited(rule(part))


UNREFERENCED_PART = Rule("unreferenced-part", "package", WARNING, "a part that nothing leads to").because("""
    It makes the file larger and is lost when PowerPoint saves. It may hold what somebody believed deleted.
""")


def _unreferenced(deck: Deck) -> Findings:
    """Find parts that nothing leads to."""
    reached: set[str] = set()
    waiting = [""]
    while waiting:
        for relation in deck.relations.get(waiting.pop(), {}).values():
            name = deck.by_lower.get(relation.target.lower(), "")
            if name and not relation.external and name not in reached:
                reached.add(name)
                waiting.append(name)
    loose = (
        name for name in deck.parts if name not in reached and name != TYPES and not name.lower().endswith(".rels")
    )
    for name in islice(loose, MAX_FINDINGS):
        what = f"nothing leads to the part `{name}`"
        severity = UNREFERENCED_PART.weight(deck.own)
        yield UNREFERENCED_PART.at(what, Span(f"{deck.path}!/{name}"), severity=severity)
