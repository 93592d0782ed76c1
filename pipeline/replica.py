"""A map's YAML in another language: the same shape, with translations in place of texts."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping

from pipeline import source
from pipeline.catalog import Catalog, Entry, State, state_of
from pipeline.diagnostics import Span
from pipeline.model import ConceptMap, Text, texts

__all__ = ["read_base", "replica_entries", "write_replica"]

HEAD = """\
# The map “{id}” in {tag}, for translation. Change the texts; leave the words before a colon as they are.
# A text still in {source} has no translation yet, or one of an earlier text.
# The lines at the end tell an import which texts you have changed: please leave them as they are.
"""
BASE = re.compile(r"^#= (\S+) ([0-9a-f]{12}) ([0-9a-f]{12})$", re.MULTILINE)
PLAIN = re.compile(r"[a-z0-9][a-z0-9-]*")
WORDS_OF_YAML = frozenset({"true", "false", "null", "yes", "no", "on", "off"})
STEP = "  "
UNKNOWN = "\0"  # no text of a catalog


def write_replica(tree: source.Node, concept_map: ConceptMap, catalog: Catalog) -> str:
    """Return the map's tree as YAML with the translations of the catalog; other texts stay in the map's language."""
    said: dict[Span, str] = {}
    marks = []
    for text in texts(concept_map):
        shown = _translation(catalog.by_key.get(text.key), text)
        said[text.span] = shown
        marks.append(f"#= {text.key} {_digest(text.value)} {_digest(shown)}")
    head = HEAD.format(id=concept_map.id, tag=catalog.language, source=concept_map.language)
    lines = [*_lines(tree, "", said, catalog.language), "", *marks]
    return head + "\n".join(lines) + "\n"


def read_base(text: str) -> Mapping[str, tuple[str, str]]:
    """Return the digests of source and translation by key, as they were when the file was made."""
    return {key: (of_source, of_text) for key, of_source, of_text in BASE.findall(text)}


def replica_entries(
    translated: ConceptMap, base: Mapping[str, tuple[str, str]], catalog: Catalog
) -> tuple[Catalog, dict[str, str]]:
    """Return the translations in a map's replica, and those that they started from.

    A text that nobody touched since it was exported, or that is still the source text, is no translation.
    """
    entries: list[Entry] = []
    before: dict[str, str] = {}
    for text in texts(translated):
        entry = catalog.by_key.get(text.key)
        known = base.get(text.key)
        if entry is None or (known and known[1] == _digest(text.value)) or (not known and text.value == entry.source):
            continue
        of_now = known is None or known[0] == _digest(entry.source)
        entries.append(Entry(text.key, entry.source, text.value, fuzzy=not of_now, span=text.span))
        if known:
            before[text.key] = _start(entry, *known)
    return Catalog(translated.language, tuple(entries)), before


def _start(entry: Entry, of_source: str, of_text: str) -> str:
    """Return the translation that was exported, if it is the one of now; else what no translation is."""
    untranslated = of_source == of_text and state_of(entry, entry.source) is not State.DONE
    return entry.text if untranslated or _digest(entry.text) == of_text else UNKNOWN


def _translation(entry: Entry | None, text: Text) -> str:
    if entry is None or state_of(entry, text.value) is not State.DONE:
        return text.value
    return entry.text


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
