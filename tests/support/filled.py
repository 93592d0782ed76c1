"""Texts that fill the room that notes grant to translators: letters of a language, words up to the longest one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from conceptdeck.building.deck import Plan, plan_deck
from conceptdeck.building.diagrams import Sheet, plan_diagrams
from conceptdeck.building.extracts import extracted
from conceptdeck.building.jobs import DeckJob, DiagramsJob
from conceptdeck.translation.catalog import Catalog, updated
from conceptdeck.translation.po import write_po
from conceptdeck.typeset.breaks import is_spaced
from conceptdeck.values.cldr import specimen

ROOM = re.compile(r"^Room: about (\d+) letters? on (\d+) lines?(?:; the longest word: (\d+) letters?)?$", re.MULTILINE)
LONGEST = 40  # letters: no language has longer words in use
LEAST = 5  # letters of a last word


@dataclass(frozen=True)
class Filled:
    """A map in a language whose texts fill their room: its deck, its pictures, and what was granted by key."""

    plan: Plan
    sheet: Sheet
    granted: Mapping[str, tuple[int, int, int]]
    limits: Mapping[str, int]

    @property
    def problems(self):
        """Return what is said of slides and pictures, but not of translations and of texts that are alike by chance."""
        found = {str(each): each for each in (*self.plan.problems, *self.sheet.problems)}
        alike = ("duplicate-label", "repeated-title", "repeated-text", "untranslated")
        return [each for each in found.values() if not each.code.startswith("translation-") and each.code not in alike]


def granted(note: str) -> tuple[int, int, int] | None:
    """Return how many letters a note grants, on how many lines, and how many to a word; None if it grants none."""
    found = ROOM.search(note)
    return (int(found[1]), int(found[2]), int(found[3] or found[1])) if found else None


def filled(map_file: Path, language: str, times: float = 1, lengths: Mapping[str, int] | None = None) -> Filled:
    """Return a map in a language in which each text takes so many times the room that its note grants.

    Those with `lengths` take so many letters.
    """
    extract = extracted(map_file)
    notes = extract.notes(language)
    rooms = {key: room for key, note in notes.items() if (room := granted(note))}
    catalog = updated(Catalog(language), extract.strings, notes)
    entries = []
    lengths = lengths or {}
    for entry in catalog.entries:
        letters, _, longest = rooms.get(entry.key, (len(entry.source), 1, LONGEST))
        wanted = lengths.get(entry.key, max(1, round(letters * times)))
        entries.append(replace(entry, text=text_of(entry.key, wanted, longest, language)))
    path = map_file.parent / "locales" / f"{language}.po"
    path.parent.mkdir(exist_ok=True)
    path.write_text(write_po(replace(catalog, entries=tuple(entries))), encoding="utf-8")
    deck, pictures = DeckJob(map_file, locale=language), DiagramsJob(map_file, locale=language)
    return Filled(plan_deck(deck), plan_diagrams(pictures), rooms, extract.limits(language))


def text_of(key: str, letters: int, longest: int, language: str) -> str:
    """Return a text of so many letters that differs from key to key, with a word that is as long as may be."""
    words = re.findall(r"\w+", specimen(language))
    start = int(hashlib.sha256(key.encode()).hexdigest(), 16) % len(words)
    order = [*words[start:], *words[:start]] * (1 + letters // len(words))
    joint = " " if is_spaced(language) else ""
    text = "".join(order)[: min(longest, letters, LONGEST)]
    for word in _words(order, longest):
        left = letters - len(text) - len(joint)
        if left < LEAST:
            break
        text += joint + (word if left - len(word) > LEAST else (word + "".join(order))[: min(left, longest)])
    return text + text[: max(0, letters - len(text))] if not joint else text


def _words(order: list[str], longest: int) -> Iterator[str]:
    for word in order:
        yield word[:longest]
