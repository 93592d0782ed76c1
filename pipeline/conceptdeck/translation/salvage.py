"""What can be used of a PO file that is not whole: every entry that is right, and what is wrong with the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from conceptdeck.translation.catalog import Catalog, Entry
from conceptdeck.translation.po import CONFLICT_MARKER, KEYWORD, MISSING_CONTEXT, read_po
from conceptdeck.translation.rules import BAD_CATALOG, DUPLICATE_ENTRY
from conceptdeck.values.diagnostics import Diagnostic

__all__ = ["salvaged_po"]

OF_ENTRIES = (BAD_CATALOG.code, CONFLICT_MARKER.code, DUPLICATE_ENTRY.code, MISSING_CONTEXT.code)
MOST_TRIES = 100
COMMENT, BLANK = "#", ""


def salvaged_po(text: str, path: str, language: str) -> tuple[Catalog | None, tuple[Diagnostic, ...]]:
    """Return the entries of a PO file that are right, and all that is wrong with the others.

    Entries that cannot be read, have no key or contradict each other are left out. There is no catalog if the file as a
    whole is none: if its header is wrong, or nothing in it can be read.
    """
    lines, found = text.split("\n"), dict[Diagnostic, None]()
    for _ in range(MOST_TRIES):
        catalog, problems = read_po("\n".join(lines), path, language)
        found |= dict.fromkeys(problems)
        if catalog is not None:
            break
        bad = {line for first, last in _spoiled(lines, problems) for line in range(first, last)}
        if not any(lines[line].strip() for line in bad):
            return None, tuple(found)
        lines = ["" if number in bad else line for number, line in enumerate(lines)]
    if catalog is None or any(each.code not in OF_ENTRIES for each in found):
        return None, tuple(found)
    return replace(catalog, entries=tuple(_clear(catalog.entries))), tuple(found)


def _clear(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries that have a key, and of those with one key only such as say the same."""
    texts = defaultdict[str, set[tuple[str, str]]](set)
    for entry in entries:
        if entry.is_current:
            texts[entry.key].add((entry.source, entry.text))
    for entry in entries:
        if not entry.is_current or (entry.key and len(texts[entry.key]) == 1):
            yield entry


def _spoiled(lines: Sequence[str], problems: Iterable[Diagnostic]) -> Iterator[tuple[int, int]]:
    """Yield the lines, from 0, of the entries that problems are in; a merge spoils all between its marks."""
    starts = _starts(lines)
    opened = None
    for problem in sorted(problems, key=lambda each: each.span):
        at = max(0, min(problem.span.line, len(lines)) - 1)
        first, last = _around(starts, at, len(lines))
        if problem.code == CONFLICT_MARKER.code and lines[at].startswith("<"):
            opened = first
        elif opened is not None and lines[at].startswith(">"):
            first, opened = opened, None
        yield first, last


def _around(starts: Collection[int], at: int, end: int) -> tuple[int, int]:
    """Return the first line of the entry that a line is in, and the one after its last."""
    return max(each for each in starts if each <= at), min((each for each in starts if each > at), default=end)


def _starts(lines: Sequence[str]) -> list[int]:
    """Return the lines on which entries begin: with a comment, else with their key, else with their text."""
    starts, last = [0], BLANK
    for number, line in enumerate(lines):
        if not line.strip():
            last = BLANK
            continue
        kind = _kind(line) or last
        begins = last == BLANK or (kind != last and last not in BEFORE.get(kind, (kind,)))
        if begins or (kind == last == "msgctxt" and KEYWORD.match(line)):
            starts.append(number)
        last = kind
    return starts


BEFORE = {
    "msgctxt": (COMMENT,),
    "msgid": (COMMENT, "msgctxt"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid", "msgid_plural"),
}
"""What stands before each part of one entry; after anything else, another entry begins."""


def _kind(line: str) -> str:
    """Return what a line is of an entry; nothing if it goes on with the one before."""
    if found := KEYWORD.match(line):
        return found["word"]
    return COMMENT if line.startswith("#") and not line.startswith(("#~", "#|")) else BLANK
