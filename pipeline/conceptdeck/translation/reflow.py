"""Translations that a tool has broken over lines or indented on its way, as pretty-printed XML is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from conceptdeck.translation.catalog import Entry, Exchange
from conceptdeck.values.regex import regex

__all__ = ["unwrapped"]

BROKEN = regex(r"[ \t]*\n\s*")


def unwrapped(incoming: Exchange, known: Mapping[str, Entry]) -> Exchange:
    """Return translations as they were before a tool broke their lines, where it broke those of the source as well.

    `known` has the entries of the catalog that they come to, by key: only what differs from their source in spaces
    alone is taken as broken.
    """
    entries = tuple(_unwrapped(entry, known.get(entry.key)) for entry in incoming.catalog.entries)
    changed = {each.key for each, was in zip(entries, incoming.catalog.entries, strict=True) if each is not was}
    base = {key: _joined(text) if key in changed else text for key, text in incoming.base.items()}
    return replace(incoming, catalog=replace(incoming.catalog, entries=entries), base=base)


def _unwrapped(entry: Entry, known: Entry | None) -> Entry:
    source = known.source if known else ""
    if not known or entry.source == source or entry.source.split() != source.split():
        return entry
    return replace(entry, source=source, text=entry.text if "\n" in source else _joined(entry.text))


def _joined(text: str) -> str:
    """Return a text in one line."""
    return BROKEN.sub(" ", text.strip())
