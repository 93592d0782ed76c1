"""Texts replaced where they are from: in a map or a catalog, of which nothing else changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from conceptdeck.building.edition import keys_of_errors
from conceptdeck.checks.translations import check_catalog
from conceptdeck.reading.scalars import Place, patched, rewritten
from conceptdeck.translation.po_entries import with_translations
from conceptdeck.values.diagnostics import Diagnostic, Failure
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.text import Text, texts
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.loading import parsed_catalog, read_map_text

__all__ = ["BREAKING", "UNREADABLE", "patched_catalog", "patched_map", "restored_map", "why_broken", "why_unsound"]

UNPATCHED = "the map writes it in a short form: change it there, at {place}"
UNREADABLE = "the map would not be sound with it"
BEHIND = "the catalog is behind the map: conceptdeck i18n update {tag}, then again"
LACKING = "the catalog has no such entry"
BREAKING = "it breaks what a translation must keep: conceptdeck check tells what"


def patched_map(
    map_file: Path, text: str, wanted: Mapping[str, str], now: Mapping[str, Text]
) -> tuple[str, dict[str, str]]:
    """Return the text of a map with other strings by key, and by key why some are refused; `now` has all strings."""
    at = {_place(now[key]): key for key in wanted}
    made, lost = patched(text, {place: (now[key].value, wanted[key]) for place, key in at.items()})
    refused = {at[place]: UNPATCHED.format(place=now[at[place]].span) for place in lost}
    sound = {key: value for key, value in wanted.items() if key not in refused}
    if made == text or _says(map_file, made, sound, now):
        return made, refused
    if len(sound) == 1:
        return text, refused | dict.fromkeys(sound, UNREADABLE)
    half = len(sound) // 2
    pairs = list(sound.items())
    halves = (patched_map(map_file, text, dict(some), now)[1] for some in (pairs[:half], pairs[half:]))
    refused |= {key: why for some in halves for key, why in some.items()}
    rest = {key: value for key, value in sound.items() if key not in refused}
    if len(rest) == len(sound):  # each is sound by itself, not all together
        return text, refused | dict.fromkeys(sound, UNREADABLE)
    return patched_map(map_file, text, rest, now)[0], refused


def restored_map(
    map_file: Path, text: str, before: str, keys: Collection[str], now: Mapping[str, Text]
) -> tuple[str, dict[str, str]]:
    """Return the text of a map with strings written again as they were in the text of before, and why some are not."""
    old = {each.key: each for each in texts(read_map_text(map_file, before))}
    wanted = {key: old[key].value for key in keys if key in old}
    at = {_place(now[key]): _place(old[key]) for key in wanted}
    made = rewritten(text, before, at)
    return (made, {}) if _says(map_file, made, wanted, now) else patched_map(map_file, text, wanted, now)


def _place(text: Text) -> Place:
    return Place(text.span.line, text.span.column)


def why_unsound(map_file: Path, text: str, key: str, value: str, now: Mapping[str, Text]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the text of a map in which one string is another; nothing if it can be read."""
    try:
        read_map_text(map_file, patched(text, {_place(now[key]): (now[key].value, value)})[0])
    except Failure as failure:
        return failure.diagnostics
    return ()


def _says(map_file: Path, text: str, wanted: Mapping[str, str], now: Mapping[str, Text]) -> bool:
    """Tell whether a map says what is wanted, and all else as before."""
    try:
        made = read_map_text(map_file, text)
    except Failure:
        return False
    return {each.key: each.value for each in texts(made)} == {key: each.value for key, each in now.items()} | {**wanted}


def patched_catalog(
    map_file: Path, tag: str, text: str, wanted: Mapping[str, str], source: ConceptMap, remark: str = ""
) -> tuple[str, dict[str, str]]:
    """Return the text of a catalog with other translations by key, and by key why some are refused.

    A `remark` tells where they are from.
    """
    shown = disk.shown(places.catalog_path(map_file, tag))
    catalog, _ = parsed_catalog(text.encode(), shown, tag)
    sources = {each.key: each.value for each in texts(source)}
    behind = [key for key in wanted if key not in catalog.by_key or catalog.by_key[key].source != sources[key]]
    refused = dict.fromkeys(behind, BEHIND.format(tag=tag))
    sound = {key: value for key, value in wanted.items() if key not in refused}
    made, lost = with_translations(text, sound, remark)
    refused |= dict.fromkeys(lost, LACKING)
    broken = keys_of_errors(_faults(made, shown, tag, sound, source)) & sound.keys()
    if broken:
        refused |= dict.fromkeys(broken, BREAKING)
        made, _ = with_translations(text, {key: sound[key] for key in sound if key not in refused}, remark)
    return made, refused


def why_broken(map_file: Path, tag: str, text: str, key: str, value: str, source: ConceptMap) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a translation in a catalog, whose text is given without it."""
    made, _ = with_translations(text, {key: value}, "")
    found = _faults(made, disk.shown(places.catalog_path(map_file, tag)), tag, (key,), source)
    return tuple(each for each in found if keys_of_errors([each]))


def _faults(made: str, shown: str, tag: str, keys: Collection[str], source: ConceptMap) -> tuple[Diagnostic, ...]:
    new, _ = parsed_catalog(made.encode(), shown, tag)
    own = replace(new, entries=tuple(each for each in new.entries if each.key in keys))
    return check_catalog(own, source)
