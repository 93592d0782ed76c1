"""Texts replaced where they are from: in a map or a catalog, of which nothing else changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from conceptdeck.building.edition import keys_of_errors
from conceptdeck.checks.translations import check_catalog
from conceptdeck.reading.scalars import Place, patched
from conceptdeck.translation.po_entries import with_translations
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.text import Text, texts
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.loading import parsed_catalog, read_map_text

__all__ = ["patched_catalog", "patched_map"]

UNPATCHED = "the map writes it in a short form: change it there, at {place}"
UNREADABLE = "the map would not be sound with it"
BEHIND = "the catalog is behind the map: conceptdeck i18n update {tag}, then again"
LACKING = "the catalog has no such entry"
BREAKING = "it breaks what a translation must keep: conceptdeck check tells what"


def patched_map(
    map_file: Path, text: str, wanted: Mapping[str, str], now: Mapping[str, Text]
) -> tuple[str, dict[str, str]]:
    """Return the text of a map with other strings by key, and by key why some are refused; `now` has all strings."""
    at = {Place(now[key].span.line, now[key].span.column): key for key in wanted}
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
    new, _ = parsed_catalog(made.encode(), shown, tag)
    own = replace(new, entries=tuple(each for each in new.entries if each.key in sound))
    broken = keys_of_errors(check_catalog(own, source)) & sound.keys()
    if broken:
        refused |= dict.fromkeys(broken, BREAKING)
        made, _ = with_translations(text, {key: sound[key] for key in sound if key not in refused}, remark)
    return made, refused
