"""Three-way merge by key: as it was built, as map or catalog have it now, and as the deck says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from conceptdeck.revision.edits import Wish
from conceptdeck.values.value import frozen

__all__ = ["Conflict", "Merge", "merged"]


@frozen
class Conflict:
    """A string that was changed on both sides, or in two ways in the deck: as built, as it is now, and all wishes."""

    key: str
    built: str
    now: str
    wishes: tuple[Wish, ...]

    @property
    def theirs(self) -> Wish | None:
        """Return what the deck says, if it says one thing."""
        return self.wishes[0] if len(self.wishes) == 1 else None


@frozen
class Merge:
    """What may be written, what is there already, what is in conflict, and what has no place any more."""

    wanted: tuple[Wish, ...]
    there: tuple[Wish, ...]
    conflicts: tuple[Conflict, ...]
    gone: tuple[Wish, ...]


def merged(wishes: Iterable[Wish], built: Mapping[str, str], now: Mapping[str, str]) -> Merge:
    """Return what becomes of wishes: nothing is guessed where both sides have changed."""
    by_key: defaultdict[str, list[Wish]] = defaultdict(list)
    for wish in wishes:
        by_key[wish.key].append(wish)
    wanted: list[Wish] = []
    there: list[Wish] = []
    conflicts: list[Conflict] = []
    gone: list[Wish] = []
    for key, some in by_key.items():
        if key not in now:
            gone += some
        elif len(some) == 1 and some[0].value == now[key]:
            there += some
        elif len(some) == 1 and now[key] == built[key]:
            wanted += some
        else:
            conflicts.append(Conflict(key, built[key], now[key], tuple(some)))
    return Merge(tuple(wanted), tuple(there), tuple(conflicts), tuple(gone))
