"""Catalogs as gettext PO, the form that translators work in."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from conceptdeck.translation.catalog import Catalog, Entry
from conceptdeck.translation.rules import BAD_CATALOG, DUPLICATE_ENTRY
from conceptdeck.values.cldr import plural_rule
from conceptdeck.values.collector import uncollected
from conceptdeck.values.diagnostics import Diagnostic, OfText, Span
from conceptdeck.values.languages import is_same
from conceptdeck.values.regex import regex
from conceptdeck.values.rules import ERROR, Rule

if TYPE_CHECKING:
    import polib

__all__ = [
    "CONFLICT_MARKER",
    "KEYWORD",
    "MISSING_CONTEXT",
    "read_po",
    "write_po",
]

WRAP = 100
MOST_PROBLEMS = 200  # of one kind that are told one by one
HEADER = (
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
)
# What msgfmt wants to see; translators' tools fill it in, and nothing of the clock comes from us.
WANTED = {
    "Project-Id-Version": "",
    "Report-Msgid-Bugs-To": "",
    "PO-Revision-Date": "",
    "Last-Translator": "",
    "Language-Team": "",
}
PLURALS = "Plural-Forms"  # other tools make up a rule of their own where none is said
CONFLICT = regex(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")  # what git leaves at the start of lines
MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
CONTEXTS, WORDS, TEXTS = ("msgctxt", "#~"), ("msg", "#~"), ("msg", '"', "#~", "#|")  # what their lines begin with
KEY = regex(r'(?:#~ )?msgctxt "(.*)"$')
SYNTAX = regex(r"\(line (\d+)\)(?:: (.*))?$")
UTF8 = ("utf-8", "utf8", "us-ascii", "ascii")
FUZZY = "fuzzy"
BYTE_ORDER_MARK = "\ufeff"
KEYWORD = regex(r"(?P<old>#~\s*)?(?P<word>msgctxt|msgid_plural|msgid|msgstr)(?P<plural>\[\d+\])?\s")
QUOTED = regex(r'(?:#[~|]+\s*)?(?:msg\w+(?:\[\d+\])?\s+)?"[^"\\]*(?:\\.[^"\\]*)*"\s*')
OPENED = regex(r'(?:#[~|]+\s*)?(?:msg\w+|")')


def read_po(text: str, path: str, language: str) -> tuple[Catalog | None, tuple[Diagnostic, ...]]:
    """Return the catalog for `language` in the text of a PO file, or None and all that is wrong with it."""
    text = text.removeprefix(BYTE_ORDER_MARK)
    problems = (*_conflicts(text, path), *_unquoted(text, path)) or tuple(_torn(text, path))
    if problems:
        return None, problems
    try:
        import polib  # a build in the language of its map has no catalog

        # polib opens its argument if that is the name of a file, which no text with an empty first line is
        with uncollected():
            parsed = polib.pofile("\n" + text)
            lines = _key_lines(text)
            entries = tuple(_entry(entry, Span(path, _line(entry, lines), 1)) for entry in parsed)
    except (OSError, ValueError, UnicodeError) as error:
        return None, (_unreadable(str(error), path),)
    problems = (
        *_header_problems(parsed, path, language),
        *_few(_doubles(entries), path),
        *_few(_keyless(entries), path),
    )
    header = tuple((str(name), str(value)) for name, value in parsed.metadata.items())
    return Catalog(language, entries, header, parsed.header), problems


def write_po(catalog: Catalog) -> str:
    """Return the catalog as the text of a PO file: entries in their order, obsolete ones last, nothing of the clock.

    One of no language is a template, of which catalogs are made.
    """
    import polib

    file = polib.POFile(wrapwidth=WRAP)
    file.header = catalog.comments
    header = dict(catalog.header)
    said = header.get("Language", "")
    tag = said if said and is_same(said, catalog.language) else catalog.language  # others may spell it as gettext does
    file.metadata = WANTED | header | dict(HEADER) | {"Language": tag}
    if tag:  # a template is of no language yet
        file.metadata[PLURALS] = header.get(PLURALS) or plural_rule(catalog.language)
    for entry in catalog.entries:
        made = polib.POEntry(
            msgctxt=entry.key,
            msgid=entry.source,
            msgid_plural=entry.plural,
            msgstr="" if entry.plural else entry.text,
            msgstr_plural=dict(enumerate(entry.forms)),
            comment=entry.notes,
            tcomment=entry.comments,
            flags=[*([FUZZY] if entry.fuzzy else []), *entry.flags],
            previous_msgid=entry.previous or None,
            obsolete=entry.obsolete,
        )
        file.append(made)
    return f"{file}".rstrip("\n") + "\n"


def _key_lines(text: str) -> dict[str, deque[int]]:
    """Return the lines, from 1, on which each key stands: polib knows only where an entry's comments begin."""
    found: dict[str, deque[int]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith(CONTEXTS) and (match := KEY.match(line)):
            found.setdefault(match[1], deque()).append(number)
    return found


def _line(entry: polib.POEntry, lines: dict[str, deque[int]]) -> int:
    """Return the line of an entry's key, else the one on which it begins; polib counts the line put before the text."""
    known = lines.get(entry.msgctxt or "")
    return known.popleft() if known else max(1, (entry.linenum or 2) - 1)


def _entry(entry: polib.POEntry, span: Span) -> Entry:
    """Return an entry; the text of one with plurals is its first form."""
    forms = tuple(str(text) for _, text in sorted(entry.msgstr_plural.items())) if entry.msgid_plural else ()
    return Entry(
        key=entry.msgctxt or "",
        source=entry.msgid,
        text=entry.msgstr or next(iter(forms), ""),
        fuzzy=entry.fuzzy,
        previous=entry.previous_msgid or "",
        notes=entry.comment,
        comments=entry.tcomment,
        flags=tuple(flag for flag in entry.flags if flag != FUZZY),
        obsolete=bool(entry.obsolete),
        plural=entry.msgid_plural,
        forms=forms,
        span=span,
    )


CONFLICT_MARKER = Rule("conflict-marker", "catalogs", ERROR, "a merge that was left unresolved").because("""
    Git marks with <<<<<<<, ======= and >>>>>>> what two people changed. Keep one of the two and delete the marks.
""")


def _conflicts(text: str, path: str) -> Iterator[Diagnostic]:
    """Yield the lines that a merge left behind."""
    if not any(mark in text for mark in MARKS):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if CONFLICT.match(line):
            hints = ("resolve the merge and delete this line",)
            yield CONFLICT_MARKER.at("a merge was left unresolved here", Span(path, number, 1), hints=hints)


def _unquoted(text: str, path: str) -> Iterator[Diagnostic]:
    """Yield the first line whose text does not stand in quotes from start to end, as where a file was cut off."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith(TEXTS) and OPENED.match(line) and not QUOTED.fullmatch(line):
            hints = ('a text stands in quotes, and quotes inside it are written \\"',)
            message = "the text is not in quotes from start to end"
            yield BAD_CATALOG.at(message, Span(path, number, 1), hints=hints)
            return


def _torn(text: str, path: str) -> Iterator[Diagnostic]:
    """Yield entries that lack a part, as a file that was cut off does."""
    last, line = "msgstr", 0
    for number, found in _keywords(text):
        word = FORMS if found["plural"] else found["word"]
        if word not in FOLLOWS[last]:
            yield _cut(last, line, path)
        last, line = word, number
    if last not in ("msgstr", FORMS):
        yield _cut(last, line, path)


def _keywords(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the lines, from 1, that begin a part of an entry."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith(WORDS) and (found := KEYWORD.match(line)):
            yield number, found


FORMS = "msgstr[]"
FOLLOWS = {
    "msgstr": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgstr", "msgid_plural"),
    "msgid_plural": (FORMS,),
    FORMS: (FORMS, "msgctxt", "msgid"),
}


def _cut(word: str, line: int, path: str) -> Diagnostic:
    hints = ("was the file cut off? take the missing lines from an older copy, or delete this entry",)
    return BAD_CATALOG.at(f"the entry ends after its {word}", Span(path, line, 1), hints=hints)


def _unreadable(said: str, path: str) -> Diagnostic:
    found = SYNTAX.search(said)
    line = max(1, int(found[1]) - 1) if found else 0
    why = f": {found[2]}" if found and found[2] else ""
    hints = ('msgfmt --check shows more; a text stands in quotes, and quotes inside it are written \\"',)
    return BAD_CATALOG.at(f"it is not a PO file from here on{why}", Span(path, line, 1), hints=hints)


CATALOG_HEADER = Rule("catalog-header", "catalogs", ERROR, "a header that does not fit the file").because("""
    A catalog is UTF-8, begins with a header, and is in the language that its name says.
""")


def _header_problems(parsed: polib.POFile, path: str, language: str) -> Iterator[Diagnostic]:
    """Yield what the header says that is not so."""
    content = parsed.metadata.get("Content-Type", "")
    charset = content.rpartition("charset=")[2].strip().lower()
    if not parsed.metadata:
        hints = ('start the file with `msgid ""`, `msgstr ""` and the header lines',)
        yield CATALOG_HEADER.at("the file has no header", Span(path, 1, 1), hints=hints)
    elif charset not in UTF8:
        hints = ("save it as UTF-8 and write `charset=UTF-8`",)
        yield CATALOG_HEADER.at(f"the header says `{content}`, not UTF-8", Span(path, 1, 1), hints=hints)
    said = parsed.metadata.get("Language", "")
    if said not in ("", language) and not is_same(said, language):
        hints = (f"write `Language: {language}`, or rename the file",)
        message = f"the header says that the language is `{said}`, the file's name that it is `{language}`"
        yield CATALOG_HEADER.at(message, Span(path, 1, 1), hints=hints)


def _few(problems: Iterator[Diagnostic], path: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with single entries; of very many the first, and how many there are."""
    yield from islice(problems, MOST_PROBLEMS)
    if more := sum(1 for _ in problems):
        yield BAD_CATALOG.at(f"so it is with {more:,} entries more", Span(path))


def _doubles(entries: tuple[Entry, ...]) -> Iterator[Diagnostic]:
    """Yield entries whose key another one has."""
    seen: dict[str, Entry] = {}
    for entry in (entry for entry in entries if entry.is_current):
        first = seen.setdefault(entry.key, entry)
        if first is not entry:
            notes = (f"first at {first.span}",)
            yield DUPLICATE_ENTRY.at("is there twice", entry.span, notes=notes).on(OfText(entry.key))


MISSING_CONTEXT = Rule("missing-context", "catalogs", ERROR, "an entry without a key").because("""
    `msgctxt` says which string of the map is meant: one word may need two translations.
""")


def _keyless(entries: tuple[Entry, ...]) -> Iterator[Diagnostic]:
    """Yield entries that do not say which string they translate."""
    for entry in entries:
        if not entry.key and entry.is_current:
            hints = ("write `msgctxt` with the key of the string",)
            yield MISSING_CONTEXT.at("the entry has no msgctxt", entry.span, hints=hints)
