"""Decks that somebody has edited since they were built: what each of them wants, beside what is here now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from conceptdeck.building.pulling import GONE, OUTDATED, outdated_in, planned
from conceptdeck.revision.comparison import Change
from conceptdeck.values.diagnostics import Diagnostic, Failure
from conceptdeck.values.value import frozen

__all__ = ["Proposal", "Review", "review"]


@frozen
class Proposal:
    """A text that a deck wants to be another: as it was built, as it is here now, and as the deck has it.

    If it was changed on both sides, or in two ways in the deck, it `is_conflict`.
    """

    key: str
    built: str
    now: str
    texts: tuple[str, ...]
    is_conflict: bool = False


@frozen
class Review:
    """An edited deck in a language: what it proposes, how many texts are here already, and what stays in it.

    `problems` tell why nothing can be said of it.
    """

    path: Path
    language: str = ""
    proposals: tuple[Proposal, ...] = ()
    there: int = 0
    left: tuple[Change, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


def review(path: Path, map_file: Path) -> Review:
    """Return what an edited deck wants; why nothing can be said of it is a part of that."""
    try:
        plan = planned(path, map_file)
    except Failure as failure:
        return Review(path, problems=failure.diagnostics)
    built, merge = plan.found.memory.origin.values, plan.merge
    keys = [*(each.key for each in merge.wanted), *(each.key for each in merge.conflicts)]
    outdated = outdated_in(plan, keys)
    wanted = [
        Proposal(each.key, built[each.key], plan.now[each.key].value, (each.value,))
        for each in merge.wanted
        if each.key not in outdated
    ]
    wanted += [
        Proposal(each.key, each.built, each.now, tuple(wish.value for wish in each.wishes), is_conflict=True)
        for each in merge.conflicts
        if each.key not in outdated
    ]
    wishes = (*merge.wanted, *(wish for each in merge.conflicts for wish in each.wishes))
    gone = [replace(change, why=GONE) for wish in merge.gone for change in wish.changes]
    late = [replace(change, why=OUTDATED) for wish in wishes if wish.key in outdated for change in wish.changes]
    left = (*plan.found.edits.left, *gone, *late)
    return Review(path, plan.found.memory.origin.language, tuple(wanted), len(merge.there), left)
