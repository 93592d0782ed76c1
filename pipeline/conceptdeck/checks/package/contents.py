"""Rules on what a package holds: content types, relationships and parts. They judge facts, not XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from conceptdeck.checks.package.deck import Deck, Page, resolved, source_of
from conceptdeck.checks.package.rules import ACTIVE_CONTENT
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.facts import At, Relation
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["MAX_FINDINGS", "TYPES", "content_types", "foundation", "relationships", "unreferenced"]

TYPES = "[Content_Types].xml"
MAX_FINDINGS = 50  # of one part: more say nothing new
SAFE_SCHEMES = frozenset({"", "http", "https", "mailto", "tel", "ftp", "ftps", "news", "onenote"})
SCHEME = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\-]*):")
LINKED = frozenset({"hyperlink", "slide", "oleObject", "video", "audio", "media"})
OF_FILES = frozenset({"file"})
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
    "customXmlProps": "customXmlProperties+xml",
}

Findings = Iterator[Diagnostic]

# --- content types -------------------------------------------------------------------------------

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


def content_types(page: Page, said: Iterable[tuple[str, str, At]]) -> Findings:
    """Find what is wrong with what is said of parts: of an extension, or of a part's name after a slash."""
    deck = page.deck
    found: dict[str, str] = {}
    for subject, type_, at in said:
        key, is_part = subject.lower(), subject.startswith("/")
        if key in found:
            what = f"says twice what `{key[1:]}` holds" if is_part else f"says twice what `.{key}` files hold"
            yield page.finding(DUPLICATE_CONTENT_TYPE, what, at)
        if is_part and key[1:] not in deck.by_lower:
            yield page.finding(PHANTOM_CONTENT_TYPE, f"says what `{key[1:]}` holds, there is no such part", at)
        found[key] = type_
    deck.types = {name: found.get(f"/{name}") or found.get(name.rpartition(".")[2], "") for name in deck.by_lower}
    for name, type_ in deck.types.items():
        if not type_ and name != TYPES.lower():
            yield page.finding(MISSING_CONTENT_TYPE, f"does not say what `{deck.by_lower[name]}` holds")


# --- relationships -------------------------------------------------------------------------------

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


def relationships(page: Page, said: Iterable[tuple[Relation, At]]) -> Findings:
    """Find what is wrong with the relationships that a page of them says of its source; keep those that are sound."""
    deck, source = page.deck, source_of(page.name)
    if source and source.lower() not in deck.by_lower:
        yield page.finding(DANGLING_RELATIONSHIP, f"holds the relationships of `{source}`, there is no such part")
    found = deck.relations.setdefault(deck.by_lower.get(source.lower(), source), {})
    for written, at in said:
        target = written.target if written.external else resolved(source, written.target)
        relation = written._replace(target=target)
        if not relation.id or not relation.kind or not written.target:
            yield page.finding(BAD_RELATIONSHIP, "a relationship lacks its id, type or target", at)
        elif relation.id in found:
            yield page.finding(DUPLICATE_RELATIONSHIP, f"has the relationship id `{relation.id}` twice", at)
        else:
            found[relation.id] = relation
        yield from _target_problems(page, written.target, relation, at)


UNSAFE_TARGET = Rule("unsafe-target", "package", ERROR, "a link that is not safe to open").because("""
    Links to `file:`, `javascript:` and the like read files or run programs on the machine of who clicks them. In
    decks of other programs, links to files are a warning: they are common, and lead nowhere on other machines.
""")
OUTSIDE_CONTENT = Rule("outside-content", "package", WARNING, "content fetched from elsewhere").because("""
    The deck is not whole without its network, and whoever runs the other end learns who opens it.
""")


def _target_problems(page: Page, written: str, relation: Relation, at: At) -> Findings:
    match = SCHEME.match(written)
    scheme, is_share = match[1].lower() if match else "", relation.target.startswith("\\\\")
    if scheme not in SAFE_SCHEMES or is_share:
        what = f"`{relation.id}` leads to `{relation.target[:80]}`: only https, http and mailto are safe"
        found = page.finding(UNSAFE_TARGET, what, at, "link to a web address instead")
        is_tame = not page.deck.own and (scheme in OF_FILES or is_share or len(scheme) == 1)  # one letter is a drive
        yield replace(found, severity=WARNING) if is_tame else found
    elif relation.external:
        if relation.kind not in LINKED:
            what = f"`{relation.id}` fetches its {relation.kind} from `{relation.target[:80]}`"
            yield page.finding(OUTSIDE_CONTENT, what, at, "put it into the file")
    elif relation.target and relation.target.lower() not in page.deck.by_lower:
        if written.startswith("#") or relation.target == "NULL":
            return
        what = f"`{relation.id}` leads to `{relation.target}`, there is no such part"
        yield page.finding(DANGLING_RELATIONSHIP, what, at)
    if relation.kind in ACTIVE:
        yield page.finding(ACTIVE_CONTENT, f"`{relation.id}` brings a program: {relation.kind}", at)
    yield from _type_problems(page, relation, at)


WRONG_CONTENT_TYPE = Rule(
    "wrong-content-type",
    "package",
    ERROR,
    "a part of another type than it is used as",
).because("""
    The relationship says one thing, the content type another. PowerPoint repairs the file.
""")


def _type_problems(page: Page, relation: Relation, at: At) -> Findings:
    expected, type_ = EXPECTED.get(relation.kind), page.deck.kind(relation.target)
    if expected and type_ and not relation.external and not type_.endswith(f".{expected}"):
        what = f"`{relation.target}` is used as {relation.kind}, but is said to hold `{type_}`"
        yield page.finding(WRONG_CONTENT_TYPE, what, at)


# --- all parts -----------------------------------------------------------------------------------

MISSING_RELATIONSHIP = Rule(
    "missing-relationship",
    "package",
    ERROR,
    "a part without the part that it builds on",
).because("""
    A slide needs a layout, a layout a master, a master a theme, notes a notes master.
""")


def foundation(page: Page, kind: str) -> Findings:
    """Find a page of a kind that lacks the part which it builds on."""
    if kind in NEEDED and not any(each.kind == NEEDED[kind] for each in page.relations.values()):
        yield page.finding(MISSING_RELATIONSHIP, f"a {kind} needs a {NEEDED[kind]}, this one has none")


UNREFERENCED_PART = Rule("unreferenced-part", "package", WARNING, "a part that nothing leads to").because("""
    It makes the file larger and is lost when PowerPoint saves. It may hold what somebody believed deleted.
""")


def unreferenced(deck: Deck) -> Findings:
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
