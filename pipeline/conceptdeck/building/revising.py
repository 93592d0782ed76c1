"""Decks that somebody has edited: what was changed in one since it was built, told from what it remembers."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from conceptdeck.building.jobs import DeckJob
from conceptdeck.checks.package.saved import read_saved
from conceptdeck.revision.comparison import COMMENT, Change, changes_in
from conceptdeck.revision.decks import as_remembered
from conceptdeck.revision.edits import Edits, edits_of
from conceptdeck.revision.remembering import memory_in
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.memory import Memory, SavedDeck
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk, places

__all__ = ["Revised", "compared", "map_named", "revised"]


@frozen
class Revised:
    """An edited deck as it is now: what it was built of, what was changed since, and what that means for strings."""

    path: Path
    memory: Memory
    changes: tuple[Change, ...]
    edits: Edits
    saved: SavedDeck


def revised(path: Path, map_file: Path | None = None) -> Revised:
    """Return what was changed in a deck; one that remembers nothing is built anew from its map, to compare it with.

    Raises Failure if it is no deck of ours, or of another map than the one that is named.
    """
    shown = disk.shown(path)
    saved, problems = read_saved(disk.read_bytes(path), shown)
    if saved is None:
        raise Failure(problems)
    memory = memory_in(saved.memory) if saved.memory else _made_anew(saved, shown, map_file)
    if memory is None:
        raise Failure([FORGOTTEN_DECK.at(FORGOTTEN, Span(shown), hints=WAYS_OUT)])
    changes = changes_in(memory, saved)
    return Revised(path, memory, changes, edits_of(changes, memory.origin.values), saved)


def compared(path: Path, with_: Path) -> Revised:
    """Return what differs in a deck from an earlier one, whoever made them: all of it is told, nothing comes home.

    Raises Failure if one of them cannot be read.
    """
    found: list[SavedDeck] = []
    for each in (with_, path):
        saved, problems = read_saved(disk.read_bytes(each), disk.shown(each))
        if saved is None:
            raise Failure(problems)
        found.append(saved)
    first, second = found
    memory = as_remembered(first, memory_in(first.memory) if first.memory else None)
    changes = tuple(
        replace(each, why="")
        for each in changes_in(memory, second)
        if each.kind != COMMENT or each.new not in _said(first)
    )
    return Revised(path, memory, changes, Edits((), changes), second)


def _said(saved: SavedDeck) -> frozenset[str]:
    """Return what the comments of a deck say."""
    return frozenset(each.text for slide in saved.slides for each in slide.comments)


FOREIGN_DECK = Rule("foreign-deck", "edited decks", ERROR, "a deck that conceptdeck did not build").because("""
    A deck of ours says in its properties which map it is of, and remembers the texts that it was built with. Only then
    can edits be told from what was there, and go back to where the texts are from.
""")
FORGOTTEN_DECK = Rule(
    "forgotten-deck", "edited decks", ERROR, "a deck that does not remember how it was built"
).because("""
    The program that saved it has dropped or changed what the deck remembers, an earlier version built it, or the map
    has changed since, so that the same deck cannot be built to compare it with.
""")
FORGOTTEN = "it does not remember the texts that it was built with, and they cannot be made anew"
WAYS_OUT = ("build the deck again, and make the changes there", "compare it by eye with a deck that is built anew")


def map_named(path: Path, name: str | None) -> Path:
    """Return the file of the map that a deck is of, or of the one that is named."""
    if name:
        return places.find_map(name)
    shown = disk.shown(path)
    saved, problems = read_saved(disk.read_bytes(path), shown)
    if saved is None:
        raise Failure(problems)
    return places.find_map(_map_of(saved, shown))


def _map_of(saved: SavedDeck, shown: str) -> str:
    found = saved.properties.get("conceptdeck.map", "")
    if not found:
        message = "it does not say which map it is of: conceptdeck did not build it, or its properties were removed"
        raise Failure([FOREIGN_DECK.at(message, Span(shown), hints=("name the deck that was built here",))])
    return found


def _made_anew(saved: SavedDeck, shown: str, map_file: Path | None) -> Memory | None:
    """Return what a deck has forgotten, if the same deck can still be planned: its digest must be that of the deck."""
    from conceptdeck.building.deck import plan_deck
    from conceptdeck.building.origin import origin_of
    from conceptdeck.render.powerpoint.deck import FIRST_SLIDE_ID
    from conceptdeck.render.powerpoint.memory import memory_of

    said = saved.properties
    name = _map_of(saved, shown)
    digest = said.get("conceptdeck.memory", "")
    if not digest or not {"conceptdeck.language", "conceptdeck.values.theme", "conceptdeck.story"} <= said.keys():
        return None
    map_file = map_file or places.find_map(name)
    theme, story = said["conceptdeck.values.theme"], said["conceptdeck.story"]
    for locale in (said["conceptdeck.language"], None):
        try:
            plan = plan_deck(DeckJob(map_file, theme, story=story, locale=locale))
        except Failure:
            continue
        if plan.edition is None:
            return None
        origin = origin_of(plan.edition, plan.theme.key, story)
        made = memory_of(plan.frames, origin, plan.theme, FIRST_SLIDE_ID, plan.zooms)
        if hashlib.sha256(made).hexdigest() == digest:
            return memory_in(made.decode())
    return None
