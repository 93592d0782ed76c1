"""Catalogs: the strings of a map in another language, by key, and how far they are translated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from enum import Enum
from functools import cached_property

from conceptdeck.values.diagnostics import Span
from conceptdeck.values.languages import is_same
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.text import Text, texts, with_texts
from conceptdeck.values.value import frozen

__all__ = [
    "SOURCE_LANGUAGE",
    "Catalog",
    "Entry",
    "Exchange",
    "Merged",
    "State",
    "Translated",
    "merged",
    "sources",
    "state_of",
    "translated",
    "updated",
    "with_field",
    "without_plurals",
]


NOTHING: Mapping[str, str] = {}
SOURCE_LANGUAGE = "X-Source-Language"  # the field of a header by which translators' tools know it
LONGEST_NUMBER = 10  # digits
LIMIT = "max-length:"  # the flag by which translators' tools know the most letters of a text


class State(Enum):
    """How far an entry is translated."""

    DONE = "translated"
    STALE = "stale"
    MISSING = "missing"


@frozen
class Entry:
    """One string: its key, the source text that it translates, and the translation.

    A `fuzzy` translation is one of an earlier source text, `previous`. `notes` are written by us for the translator,
    `comments` by translators; an `obsolete` entry has no place in the map any more. One with a `plural` has `forms` for
    numbers: a map has no such string, and it is kept for others that share the file; words of the program have them.
    """

    key: str
    source: str
    text: str = ""
    fuzzy: bool = False
    previous: str = ""
    notes: str = ""
    comments: str = ""
    flags: tuple[str, ...] = ()
    obsolete: bool = False
    span: Span = Span()
    plural: str = ""
    forms: tuple[str, ...] = ()

    @property
    def most(self) -> int:
        """Return the most letters that its translation may have, 0 if nothing limits it or no number says so."""
        said = next((flag.removeprefix(LIMIT) for flag in self.flags if flag.startswith(LIMIT)), "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < LONGEST_NUMBER else 0

    @property
    def is_current(self) -> bool:
        """Tell whether it translates a string of a map that is there."""
        return not self.obsolete and not self.plural


@frozen(cached=True)
class Catalog:
    """The entries of one language, in the order of the map, and the file's header: its fields and the lines above."""

    language: str
    entries: tuple[Entry, ...] = ()
    header: tuple[tuple[str, str], ...] = ()
    comments: str = ""

    @cached_property
    def by_key(self) -> Mapping[str, Entry]:
        """Return the entries that are in use, by key."""
        return {entry.key: entry for entry in self.entries if entry.is_current}

    @cached_property
    def counted(self) -> Mapping[str, Entry]:
        """Return the entries with forms for numbers that are in use, by key."""
        return {entry.key: entry for entry in self.entries if entry.plural and not entry.obsolete}


@frozen
class Translated:
    """A map in another language, and what of it is not: the state of each key that fell back, in the map's order."""

    map: ConceptMap
    fallen: tuple[tuple[str, State], ...]


@frozen
class Merged:
    """A catalog with translations taken over, and the keys whose own translation was kept against another one."""

    catalog: Catalog
    taken: tuple[str, ...]
    kept: tuple[str, ...]


def sources(source: ConceptMap) -> tuple[Text, ...]:
    """Return the strings of a map that can be translated, in the map's order."""
    return tuple(texts(source))


def state_of(entry: Entry | None, source: str) -> State:
    """Return how far the string `source` is translated by `entry`."""
    if entry is None or not entry.text:
        return State.MISSING
    return State.STALE if entry.fuzzy or entry.source != source else State.DONE


def translated(source: ConceptMap, language: str, chain: Sequence[Catalog]) -> Translated:
    """Return the map in `language`: each string from the first catalog of `chain` that has it, else as it is.

    Strings whose translation is stale are taken from further down the chain, like missing ones. A string keeps the
    place where its translation was written; one that is in another language than the map's then says so.
    """
    fallen: list[tuple[str, State]] = []

    def change(text: Text) -> Text:
        for catalog in chain:
            entry = catalog.by_key.get(text.key)
            if entry and state_of(entry, text.value) is State.DONE:
                return Text(entry.text, text.key, entry.span, language=_foreign(catalog.language, language))
        fallen.append((text.key, state_of(chain[0].by_key.get(text.key) if chain else None, text.value)))
        return replace(text, language=_foreign(source.language, language))

    result: ConceptMap = with_texts(source, change)
    return Translated(replace(result, language=language), tuple(fallen))


def _foreign(tag: str, language: str) -> str:
    """Return the tag of a text's language if it is another one than that of the map that it stands in."""
    return "" if tag == language or is_same(tag, language) else tag


def updated(
    catalog: Catalog, strings: Iterable[Text], notes: Mapping[str, str], limits: Mapping[str, int] | None = None
) -> Catalog:
    """Return the catalog for the strings as they are now.

    A changed source makes its translation fuzzy and keeps the text that it translates; a source that is changed back
    makes it whole again. Strings that are gone stay as obsolete entries if they were translated. `notes` tell the
    translator about each key, `limits` the most letters that it may have; without any they stay as they were.
    """
    gone = [entry for entry in catalog.entries if not entry.is_current]
    known = {entry.key: entry for entry in reversed(gone)} | dict(catalog.by_key)
    current, used = [], set[int]()
    for text in strings:
        old = known.get(text.key)
        used.add(id(old))
        entry = _for_source(old or Entry(text.key, text.value), text.value)
        flags = entry.flags if limits is None else _limited(entry.flags, limits.get(text.key, 0))
        current.append(replace(entry, notes=notes.get(text.key, ""), flags=flags, obsolete=False, plural="", forms=()))
    rest = [entry for entry in (*catalog.by_key.values(), *gone) if id(entry) not in used and entry.text]
    return replace(catalog, entries=(*current, *(replace(entry, obsolete=True, notes="") for entry in rest)))


def with_field(catalog: Catalog, name: str, value: str) -> Catalog:
    """Return a catalog with a field of its header."""
    header = dict(catalog.header)
    return catalog if header.get(name) == value else replace(catalog, header=tuple((header | {name: value}).items()))


def _limited(flags: Sequence[str], most: int) -> tuple[str, ...]:
    """Return the flags of an entry with the most letters that it may have, or with no such flag if that is 0."""
    return (*(flag for flag in flags if not flag.startswith(LIMIT)), *([f"{LIMIT}{most}"] if most else []))


def without_plurals(incoming: Catalog, known: Mapping[str, Entry]) -> Catalog:
    """Return translations of which those that a tool gave forms for numbers, which a map does not have, say one form.

    It is the last one that is not empty: the one for most numbers. `known` has the strings of the map.
    """
    single = {key for key in incoming.counted if key in known and key not in incoming.by_key}
    entries = (
        replace(each, text=next(filter(None, reversed(each.forms)), ""), plural="", forms=())
        if each.plural and not each.obsolete and each.key in single
        else each
        for each in incoming.entries
    )
    return replace(incoming, entries=tuple(entries))


def _for_source(entry: Entry, source: str) -> Entry:
    """Return the entry for a source text that may be another one than before."""
    if not entry.text:
        return replace(entry, source=source, fuzzy=False, previous="")
    if entry.fuzzy and entry.previous == source:
        # The source text itself may have come in untouched: nobody has said that it is a translation.
        return replace(entry, source=source, fuzzy=entry.text == source, previous="")
    if entry.source != source:
        # A translation that was fuzzy before is not known to be one of the text that changes now.
        return replace(entry, source=source, fuzzy=True, previous=entry.previous if entry.fuzzy else entry.source)
    return entry if entry.fuzzy else replace(entry, previous="")


def merged(
    catalog: Catalog, incoming: Catalog, base: Mapping[str, str] = NOTHING, *, overwrite: bool = False
) -> Merged:
    """Return the catalog with the translations of `incoming`, by key.

    `base` holds the translations that `incoming` started from, as far as they are known: what was not touched since
    then is not taken, what only `incoming` changed is. Otherwise a complete translation is kept, unless to
    `overwrite` it, and missing and stale ones are replaced. Translations of another source text than the catalog's
    become fuzzy.
    """
    taken, kept, entries = [], [], []
    for entry in catalog.entries:
        new = None if not entry.is_current else incoming.by_key.get(entry.key)
        stale = new is not None and (new.fuzzy or new.source != entry.source)
        if new is None or not _is_news(entry, new, stale, base.get(entry.key)):
            entries.append(entry)
        elif overwrite or _may_replace(entry, stale, base.get(entry.key)):
            taken.append(entry.key)
            entries.append(_with_translation(entry, new, stale))
        else:
            kept.append(entry.key)
            entries.append(entry)
    return Merged(replace(catalog, entries=tuple(entries)), tuple(taken), tuple(kept))


def _is_news(entry: Entry, new: Entry, stale: bool, before: str | None) -> bool:
    """Tell whether an incoming translation says anything that the catalog does not, or confirms what was stale."""
    if not new.text or not entry.text:
        return bool(new.text)
    if new.text == entry.text:
        return entry.fuzzy and not stale
    return new.text != before


def _may_replace(entry: Entry, stale: bool, before: str | None) -> bool:
    """Tell whether a translation may give way: it is not complete, or nobody has changed it since it was exported."""
    done = state_of(entry, entry.source) is State.DONE
    if before is None or not entry.text:
        return not done
    return entry.text == before and not (done and stale)


def _with_translation(entry: Entry, new: Entry, stale: bool) -> Entry:
    previous = ((new.previous if new.fuzzy else "") or new.source) if stale else ""
    return replace(
        entry,
        text=new.text,
        fuzzy=stale,
        previous="" if previous == entry.source else previous,
        comments=entry.comments or new.comments,
    )


@frozen(cached=True)
class Exchange:
    """Translations from elsewhere, and those that they started from, as far as that is known.

    `unsure` has the keys of translations that do not say which source text they are of.
    """

    catalog: Catalog
    base: Mapping[str, str] = field(default_factory=dict)
    map_id: str = ""
    unsure: frozenset[str] = frozenset()
