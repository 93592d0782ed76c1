"""A map's YAML in another language: the same shape, with translations in place of texts."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from conceptdeck.reading import source
from conceptdeck.reading.listed import keyed
from conceptdeck.reading.short import long_form
from conceptdeck.translation.catalog import Catalog, Entry, State, state_of
from conceptdeck.values.diagnostics import Span
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.regex import regex
from conceptdeck.values.text import Text, texts
from conceptdeck.values.value import frozen

__all__ = ["Origin", "Replica", "read_base", "replica_entries", "replica_texts", "write_replica"]

HEAD = """\
# The map “{id}” in {tag}, for translation. Change the texts; leave the words before a colon as they are.
# A text still in {source} has no translation yet, or one of an earlier text.
# The lines at the end tell an import what each text was made from: please leave them as they are.
"""
# Key, source text in base64, so that no editor's “replace all” translates it too, and a digest of the translation.
MARK = regex(r"^#\| (\S+) ([A-Za-z0-9+/]+=*) (-|[0-9a-f]{12})[ \t\r]*$", re.MULTILINE)
OLD_MARK = regex(r"^#= (\S+) ([0-9a-f]{12}) ([0-9a-f]{12})[ \t\r]*$", re.MULTILINE)
UNTRANSLATED = "-"
PLAIN = regex(r"[a-z0-9][a-z0-9-]*")
WORDS_OF_YAML = frozenset({"true", "false", "null", "yes", "no", "on", "off"})
STEP = "  "
UNKNOWN = "\0"  # no text of a catalog


@frozen
class Origin:
    """What a text was made from: the digests of the source text and of what the file showed at first.

    `source` is the source text itself, None in files of earlier versions.
    """

    of_source: str
    of_shown: str
    translated: bool
    source: str | None = None


@frozen
class Replica:
    """The translations in a map's replica, those that they started from, and keys whose source text is unknown."""

    catalog: Catalog
    before: Mapping[str, str]
    unsure: frozenset[str]


def write_replica(tree: source.Node, concept_map: ConceptMap, catalog: Catalog) -> str:
    """Return the map's tree as YAML with the translations of the catalog; other texts stay in the map's language."""
    said: dict[Span, str] = {}
    marks = []
    for text in texts(concept_map):
        entry = catalog.by_key.get(text.key)
        done = entry is not None and state_of(entry, text.value) is State.DONE
        said[text.span] = entry.text if entry and done else text.value
        of_text = _digest(said[text.span]) if done else UNTRANSLATED
        marks.append(f"#| {text.key} {base64.b64encode(text.value.encode()).decode()} {of_text}")
    head = HEAD.format(id=concept_map.id, tag=catalog.language, source=concept_map.language)
    told = _lines(long_form(keyed(tree)), "", said, catalog.language)
    named = isinstance(tree, source.Mapping) and any(key.value == "language" for key, _ in tree.entries)
    lines = [*([] if named else [f"language: {catalog.language}"]), *told, "", *marks]
    return head + "\n".join(lines) + "\n"


def read_base(text: str) -> Mapping[str, Origin]:
    """Return what each text of a replica was made from, by key, as far as the file still says so."""
    found = {
        key: Origin(of_source, of_text, translated=of_source != of_text)
        for key, of_source, of_text in OLD_MARK.findall(text)
    }
    for key, coded, of_text in MARK.findall(text):
        try:
            was = base64.b64decode(coded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
        done = of_text != UNTRANSLATED
        found[key] = Origin(_digest(was), of_text if done else _digest(was), done, was)
    return found


def replica_texts(own: source.Node, replica: source.Node, concept_map: ConceptMap) -> tuple[Text, ...]:
    """Return the texts of a map's replica, or of a part of one, under the keys of those that stand there in the map.

    `own` is the tree of the map. What has no place in the map is under a key that says where it stands.
    """
    keys = {text.span: text.key for text in texts(concept_map)}
    return tuple(_paired(long_form(keyed(own)), long_form(keyed(replica)), keys, ""))


def _paired(own: source.Node | None, other: source.Node, keys: Mapping[Span, str], at: str) -> Iterator[Text]:
    """Yield the texts in a tree beside another one, whose texts are known by their places."""
    if isinstance(other, source.Scalar):
        key = at if own is None else keys.get(own.span, "")
        if key and other.value.strip():
            yield Text(other.value, key, other.span)
    elif isinstance(other, source.Mapping):
        known = dict(_steps(own))
        for name, value in other.entries:
            yield from _paired(known.get(name.value), value, keys, f"{at}.{name.value}".strip("."))
    else:
        known = dict(_steps(own))
        for number, value in enumerate(other.items):
            yield from _paired(known.get(str(number)), value, keys, f"{at}.{number}".strip("."))


def _steps(node: source.Node | None) -> Iterator[tuple[str, source.Node]]:
    """Yield what stands in a mapping or a list, by name or number."""
    if isinstance(node, source.Mapping):
        yield from ((key.value, value) for key, value in node.entries)
    elif isinstance(node, source.Sequence):
        yield from ((str(number), value) for number, value in enumerate(node.items))


def replica_entries(
    translated: Sequence[Text],
    base: Mapping[str, Origin],
    catalog: Catalog,
    earlier: Mapping[str, Collection[str]],
) -> Replica:
    """Return the translations in a map's replica, each with the source text that it is of.

    What nobody touched since the export says nothing against the catalog, and is no translation if it is the source
    text of now. `earlier` holds source texts by key that a text may be of, where the file itself does not say which.
    """
    entries: list[Entry] = []
    before: dict[str, str] = {}
    unsure: set[str] = set()
    for text in translated:
        entry, origin = catalog.by_key.get(text.key), base.get(text.key)
        if entry is None:
            entries.append(Entry(text.key, "", text.value, span=text.span))
            continue
        if _says_nothing(text, entry, origin):
            continue
        was = _source_of(text, origin, (entry.source, *earlier.get(text.key, ())))
        if was is None:
            unsure.add(text.key)
        entries.append(Entry(text.key, entry.source if was is None else was, text.value, was is None, span=text.span))
        if origin:
            before[text.key] = _start(entry, origin)
    return Replica(Catalog(catalog.language, tuple(entries)), before, frozenset(unsure))


def _says_nothing(text: Text, entry: Entry, origin: Origin | None) -> bool:
    """Tell whether a text is as it was exported and adds nothing to the catalog, or is the source text of now."""
    if origin is None:
        return text.value == entry.source
    if origin.of_shown != _digest(text.value):
        return False
    return bool(entry.text) or (not origin.translated and origin.of_source == _digest(entry.source))


def _source_of(text: Text, origin: Origin | None, known: Collection[str]) -> str | None:
    """Return the source text that a translation is of, None if neither the file nor the catalog knows it."""
    if origin is None:
        return text.value if text.value in known else None
    if origin.source is not None:
        return origin.source
    return next((each for each in (*known, text.value) if _digest(each) == origin.of_source), None)


def _start(entry: Entry, origin: Origin) -> str:
    """Return the translation that was exported, if it is the one of now; else what no translation is."""
    untranslated = not origin.translated and state_of(entry, entry.source) is not State.DONE
    return entry.text if untranslated or _digest(entry.text) == origin.of_shown else UNKNOWN


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


# --- writing YAML --------------------------------------------------------------------------------


def _lines(node: source.Node, indent: str, said: Mapping[Span, str], tag: str) -> Iterator[str]:
    """Yield the lines of a mapping or a list."""
    if isinstance(node, source.Mapping):
        for key, value in node.entries:
            if not indent and key.value == "language":
                yield f"language: {tag}"
            else:
                yield from _entry_lines(f"{indent}{_scalar(key.value)}:", value, indent, said, tag)
    elif isinstance(node, source.Sequence):
        for item in node.items:
            yield from _entry_lines(f"{indent}-", item, indent, said, tag)
    else:
        yield f"{indent}{_scalar(said.get(node.span, node.value))}"


def _entry_lines(head: str, value: source.Node, indent: str, said: Mapping[Span, str], tag: str) -> Iterator[str]:
    if isinstance(value, source.Scalar):
        yield f"{head} {_scalar(said.get(value.span, value.value))}"
    elif isinstance(value, source.Sequence) and all(isinstance(each, source.Scalar) for each in value.items):
        items = [each for each in value.items if isinstance(each, source.Scalar)]
        yield f"{head} [{', '.join(_scalar(said.get(each.span, each.value)) for each in items)}]"
    else:
        yield head
        yield from _lines(value, indent + STEP, said, tag)


def _scalar(text: str) -> str:
    """Return a text as YAML: ids as they are, everything else in quotes, which JSON writes as YAML does."""
    plain = PLAIN.fullmatch(text) and text not in WORDS_OF_YAML
    return text if plain else json.dumps(text, ensure_ascii=False)
