"""Marks in texts: emphasis, code, links, sub- and superscript; and what looks like a mark and is none.

Texts without the characters that marks are made of never meet the parser, whose import takes longer than a small map.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import NamedTuple

from conceptdeck.reading.addresses import is_link
from conceptdeck.reading.formulas import FORMULA, formula_of
from conceptdeck.reading.rules import DANGLING_REFERENCE
from conceptdeck.values.characters import quoted
from conceptdeck.values.diagnostics import Diagnostic, OfText, Span
from conceptdeck.values.formula import Formula
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.regex import regex
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.text import Passage, Text, texts, with_texts

__all__ = ["CONCEPT", "may_be_marked", "passages_in", "unmarked", "with_marks"]

CONCEPT = "concept:"
NOTES = ("notes", "opening")  # the fields that speakers read: they have paragraphs and lists
MARKED = regex(
    r"""\*[^*]+\*|_[^_]+_|`[^`]+`|~[^~]+~|\^[^^]+\^   # pairs
    |\]\(|\[\^|<[A-Za-z/!]|&[A-Za-z#]                 # links, footnotes, tags, entities
    |\\[!-/:-@\[-`{-~\n]                              # escapes
    |\$[^\s$](?:[^$\n]*[^\s$])?\$(?!\d)               # formulas
    |^\#{1,6}[ ]|^>[ ]|^\||^[ ]*(?:[-*+]|\d{1,3}[.)])[ ]   # what begins a line
    """,
    re.VERBOSE | re.MULTILINE,
)
TAGS = (
    "a abbr address article aside audio b blockquote br button center cite code col dd del details div dl dt em "
    "figure font footer form h1 h2 h3 h4 h5 h6 header hr i iframe img input ins kbd label li link main mark "
    "meta nav ol p pre q s samp script section select small source span strike strong style sub summary sup svg "
    "table tbody td th thead title tr tt u ul var video wbr"
)
OFFICE = regex(r"_x[0-9A-Fa-f]{4}_")  # how Office writes a character by its number: no emphasis
MOST_TOLD = 20  # in one text
EMPTY = ("br", "hr", "img", "wbr")  # elements of HTML that have no end


class _Kind(NamedTuple):
    """What looks like a mark: how it is written, what it is called, and the way out."""

    written: str
    name: str
    hint: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds it, compiled when a text first may have a mark: few maps have any."""
        return _compiled(self.written)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


WITHIN = (
    _Kind(r"^(```|~~~)[^\n]*\n(?:.*\n)*?\1", "a block of code", "write `code` between two backticks, on one line"),
    _Kind(
        rf"<(?i:({TAGS.replace(' ', '|')}))(?:\s[^<>]*)?/?>|<!--.*?-->",
        "an HTML tag",
        "write **bold**, *italic*, H~2~O or x^2^; between backticks a tag is meant as it stands",
    ),
    _Kind(
        r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});",
        "an HTML entity",
        "write the character itself",
    ),
    _Kind(r"!\[[^\]\n]*\]\([^()\n]*\)", "an image", "texts have no images; write `\\!` if it is meant as it stands"),
    _Kind(r"\[\^[^\]\s]+\]:?", "a footnote", "say it in the notes, or name it among the sources"),
    _Kind(
        r"~~(?=\S)[^~\n]+(?<=\S)~~",
        "text that is struck through",
        "leave it out; write `\\~` if it is meant as it stands",
    ),
)
"""Within a line. A tag is one of HTML's own: `List<String>` is none."""

AT_START = (
    _Kind(r"^#{1,6} +\S.*", "a heading", "take the `#` away; write `\\#` if it is meant as it stands"),
    _Kind(r"^> ?\S.*", "a block quotation", "take the `>` away, and write quotation marks"),
    _Kind(r"^\|.+\|[ \t]*$", "a table", "write it under `tables`"),
    _Kind(r"^ *(?:[-*+]|\d{1,3}[.)]) +\S.*", "a list", "write a sentence; lists stand in notes"),
)
"""At the start of a line; lines of one kind after each other are one mark."""
LIST = AT_START[-1]
OF_FORMULAS = "mend it as LaTeX has it; write `\\$` if a dollar sign is meant as it stands"
LONE = ("a heading", "a block quotation")  # a single line of them is one already
LINK = regex(r"(?<!!)\[[^\[\]\n]*\]\(\s*<?([^\s()<>]*[:/.#](?:[^\s()<>]|\([^\s()<>]*\))*)>?[^()\n]*\)")


class _Unknown(NamedTuple):
    """What looks like a mark: its place in the text, how it is written, what it is, and the way out."""

    at: int
    written: str
    name: str
    hint: str


UNKNOWN_MARK = Rule("unknown-mark", "reader", WARNING, "what looks like a mark, but is not known").because("""
    Texts may have **bold**, *italic*, `code`, [links](https://example.org), sub- and superscript, and formulas
    between dollar signs. Other marks of Markdown, formulas that are not understood, and HTML are shown as they were
    typed. A backslash before a sign says that it is meant as it stands.
""")


def may_be_marked(value: str) -> bool:
    """Tell whether a text has the characters of which marks are made."""
    return MARKED.search(value) is not None


def passages_in(value: str) -> tuple[Passage, ...]:
    """Return a text in stretches of one style each; links to concepts begin with `concept:`."""
    return _read(value)[0] if may_be_marked(value) else (Passage(value),)


def unmarked(value: str) -> str:
    """Return a text without its marks."""
    return "".join(passage.text for passage in passages_in(value))


def with_marks(source: ConceptMap, files: Mapping[str, str]) -> tuple[ConceptMap, tuple[Diagnostic, ...]]:
    """Return the map with marks turned into passages, and what is wrong with them.

    `files` hold what was written, by the path that places name.
    """
    if not any(may_be_marked(text.value) for text in texts(source)):
        return source, ()
    concepts = {concept.id: concept.key for concept in source.every_concept()}
    found: list[Diagnostic] = []

    def change(text: Text) -> Text:
        if not may_be_marked(text.value):
            return text
        passages, unknown = _read(text.value, lists=text.id in NOTES)
        place = _Place(text, source.language, files.get(text.span.path, ""))
        found.extend(_told(each, place) for each in unknown)
        found.extend(_dangling(passages, concepts, place))
        linked = tuple(replace(each, link=_leads(each.link, concepts)) for each in passages)
        value = "".join(each.text for each in passages)
        is_plain = all(replace(each, text="") == Passage("") for each in linked)
        return replace(text, value=value, passages=() if is_plain else linked)

    made: ConceptMap = with_texts(source, change)
    return made, tuple(found)


def _leads(link: str, concepts: Mapping[str, str]) -> str:
    """Return where a link leads: to an address, or to what has the key of a concept."""
    return concepts.get(link.removeprefix(CONCEPT), "") if link.startswith(CONCEPT) else link


def _read(value: str, *, lists: bool = False) -> tuple[tuple[Passage, ...], list[_Unknown]]:
    """Return a text in passages, and what in it looks like a mark; notes have `lists`."""
    from conceptdeck.reading.commonmark import passages_of  # most maps have no marks

    found = {each.at: each for each in _blocks(value) if not (lists and each.name == LIST.name)}

    def literal(text: str, at: int) -> int:
        if office := OFFICE.match(text, at):
            return office.end() - at
        unknown = next((each for each in _within(text, at)), None)
        if unknown:
            found[at] = unknown
        return len(unknown.written) if unknown else 0

    def formula(text: str, at: int) -> Formula | None:
        match = FORMULA.match(text, at)
        made = formula_of(match[1]) if match else None
        return made if isinstance(made, Formula) else None

    return passages_of(value, literal, _is_allowed, formula), [found[at] for at in sorted(found)[:MOST_TOLD]]


def _within(text: str, at: int) -> Iterator[_Unknown]:
    """Yield what looks like a mark at a place."""
    for kind in WITHIN:
        match = kind.pattern.match(text, at)
        if match and _is_meant(match, text):
            yield _Unknown(at, match[0], kind.name, kind.hint)
    match = FORMULA.match(text, at)
    if match and isinstance(why := formula_of(match[1]), str):
        yield _Unknown(at, match[0], f"a formula that is not understood, since {why}", OF_FORMULAS)
    match = LINK.match(text, at)
    if match and not _is_allowed(match[1]):
        hint = "start the address with https://, http:// or mailto:, or write `concept:` and the id of a concept"
        yield _Unknown(at, match[0], f"a link to {quoted(match[1])}, which is no address", hint)


def _is_meant(match: re.Match[str], text: str) -> bool:
    """Tell whether a tag is one: with its end, or without need of it. `<h1>` alone is the name of a thing.

    An entity is one if HTML knows it.
    """
    written = match[0]
    if written.startswith("&"):
        from html import unescape  # few texts have an ampersand

        return unescape(written) != written
    if not written.startswith("<") or written.startswith("<!"):
        return True
    name = match[1].lower()
    return written != text.strip() and (name in EMPTY or f"</{name}" in text[match.end() :].lower())


def _blocks(value: str) -> Iterator[_Unknown]:
    """Yield what begins lines: lines of one kind after each other are one."""
    lines = []
    at = 0
    for line in value.split("\n"):
        lines.append((next((kind for kind in AT_START if kind.pattern.match(line)), None), at, line))
        at += len(line) + 1
    for kind, run in groupby(lines, key=lambda each: each[0]):
        some = list(run)
        if kind and (len(some) > 1 or kind.name in LONE):
            yield _Unknown(some[0][1], some[0][2], kind.name, kind.hint)


def _is_allowed(address: str) -> bool:
    """Tell whether a link may lead to an address."""
    return is_link(address) or bool(re.fullmatch(r"concept:[A-Za-z0-9_.-]+", address))


# --- findings ------------------------------------------------------------------------------------


class _Place(NamedTuple):
    """A text, and the file that it was written in."""

    text: Text
    language: str
    file: str

    @property
    def name(self) -> OfText:
        """Return the text by its key, a translation by its language too."""
        return OfText(self.text.key, self.language if self.text.span.path.endswith(".po") else "")

    def of(self, written: str, at: int = 0) -> Span:
        """Return the place of what stands at a character of the text; that of the text if it was written otherwise."""
        span, first = self.text.span, written.partition("\n")[0]
        lines = self.file.split("\n") if span.line else []
        if not first or not 1 <= span.line <= len(lines):
            return span
        start = sum(len(line) + 1 for line in lines[: span.line - 1]) + span.column - 1
        limit = start + 2 * len(self.text.value) + len(self.text.value.split("\n")) * len(lines[span.line - 1]) + 80
        for _ in range(self.text.value.count(first, 0, at) + 1):
            start = self.file.find(first, start, limit) + 1
            if not start:
                return span
        before = self.file[: start - 1]
        return Span(span.path, before.count("\n") + 1, start - 1 - before.rfind("\n"), len(first))


def _told(unknown: _Unknown, place: _Place) -> Diagnostic:
    what = f"has {quoted(unknown.written)}, {unknown.name}: it is shown as it was typed"
    found = UNKNOWN_MARK.at(what, place.of(unknown.written, unknown.at), hints=(unknown.hint,))
    return found.on(place.name)


def _dangling(passages: Sequence[Passage], concepts: Mapping[str, str], place: _Place) -> Iterator[Diagnostic]:
    """Yield a finding for each link to a concept that the map does not have."""
    for link in dict.fromkeys(each.link for each in passages if each.link.startswith(CONCEPT)):
        id_ = link.removeprefix(CONCEPT)
        if id_ not in concepts:
            from difflib import get_close_matches  # only mistakes need it

            close = get_close_matches(id_.casefold().replace("_", "-"), concepts, n=1)
            hint = f"did you mean {quoted(close[0])}?" if close else "write the id of a concept, or an address"
            what = f"has a link to {quoted(id_)}, which is not among the concepts"
            yield DANGLING_REFERENCE.at(what, place.of(link), hints=(hint,)).on(place.name)
