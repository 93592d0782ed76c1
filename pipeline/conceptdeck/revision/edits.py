"""Changes of texts as edits of the strings that they show: each at its key, or told why it has none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from conceptdeck.reading.marking import Styling, emphasised, reworded
from conceptdeck.reading.marks import unmarked
from conceptdeck.revision.comparison import EMPHASIS, NOTES, TEXTS, Change
from conceptdeck.revision.noted import note_edits
from conceptdeck.revision.tokens import Token, place_in, tokens
from conceptdeck.values.value import frozen

__all__ = ["Edits", "Wish", "edits_of"]

Edit = tuple[int, int, str]
"""From where to where a string is replaced, in characters of what it says, and by what."""


@frozen
class Wish:
    """A string that a deck wants to be another: its key, its text as typed, and the changes that say so."""

    key: str
    value: str
    changes: tuple[Change, ...]


@frozen
class Edits:
    """What may come home, several wishes of one key being at odds with each other; and the changes that cannot."""

    wishes: tuple[Wish, ...]
    left: tuple[Change, ...]


class _Stretch(NamedTuple):
    """Where a string stands in a paragraph, in tokens; the paragraph begins at a token of it if it shows a part."""

    start: int
    end: int
    key: str
    first: int


def edits_of(changes: Iterable[Change], values: Mapping[str, str]) -> Edits:
    """Return what changes of texts mean for the strings by key; what is not sure is left, with the reason."""
    found: defaultdict[tuple[int, str, str], list[tuple[Edit, Change]]] = defaultdict(list)
    marked: list[Change] = []
    whole: list[Wish] = []
    left: list[Change] = []
    for change in changes:
        if change.kind not in TEXTS or change.why:
            left.append(change)
        elif change.kind == NOTES:
            wanted, why = note_edits(change, values)
            whole += [Wish(key, value, (change,)) for key, value in wanted]
            left += [replace(change, why=why)] if why else []
        else:
            edits, why = _edits(change, values)
            left += [replace(change, why=why)] if why else []
            marked += [change] if change.marks and not why else []
            for key, edit in edits:
                found[change.slide, change.shape, key].append((edit, change))
    made: dict[tuple[int, str, str], Wish] = {}
    for (slide, shape, key), some in found.items():
        value = _applied(values[key], [edit for edit, _ in some])
        if value is None:
            left += [replace(change, why=UNWRITTEN) for _, change in some]
        else:
            made[slide, shape, key] = Wish(key, value, tuple(dict.fromkeys(change for _, change in some)))
    left += _with_emphasis(made, marked, values)
    whole += made.values()
    return Edits(_gathered(wish for wish in whole if wish.value != values[wish.key]), tuple(left))


def _with_emphasis(
    made: dict[tuple[int, str, str], Wish], changes: Iterable[Change], values: Mapping[str, str]
) -> Iterator[Change]:
    """Put the emphasis of changed texts into the wishes for their strings; yield the changes whose no mark can say."""
    for change in changes:
        place = change.slide, change.shape
        now = {
            key: made[*place, key].value if (*place, key) in made else values[key]
            for key in change.keys
            if key in values
        }
        styles = _styles(change, now)
        wanted = {key: emphasised(now[key], some) for key, some in styles.items()}
        same = any(value == now[key] for key, value in wanted.items())
        if not styles or None in wanted.values() or (same and change.kind == EMPHASIS):
            yield replace(change, why=UNMARKED)
            continue
        for key, value in wanted.items():
            earlier = made[*place, key].changes if (*place, key) in made else ()
            made[*place, key] = Wish(key, value or "", tuple(dict.fromkeys((*earlier, change))))


UNMARKED = "no marks of one string say which words are emphasised"


def _styles(change: Change, now: Mapping[str, str]) -> dict[str, list[Styling]]:
    """Return which stretches of strings have other emphasis, by key; nothing if that is not sure for one of them."""
    shown = {key: tokens(unmarked(value)) for key, value in now.items()}
    norms = [each.norm for each in tokens(change.new)]
    stretches = _stretches(norms, shown) or []
    found: dict[str, list[Styling]] = {}
    for mark in change.marks:
        holding = [each for each in stretches if each.start < mark.end and mark.start < each.end]
        if len(holding) != 1:
            return {}
        first, last = max(holding[0].start, mark.start), min(holding[0].end, mark.end)
        if any(map(_is_word, norms[mark.start : first] + norms[last : mark.end])):
            return {}
        key, shift = holding[0].key, holding[0].first - holding[0].start
        own = shown[key]
        start, end = own[first + shift].start, own[last - 1 + shift].end
        found.setdefault(key, []).append((start, end, mark.style, mark.value))
    return found


UNWRITTEN = "no marks say this"
UNKEYED = "no string of the map says it: it is the program's, or the story's"
BESIDE = "what was changed is not one string of the map, or stands beside it"
TWICE = "the string stands there more than once"


def _gathered(wishes: Iterable[Wish]) -> tuple[Wish, ...]:
    """Return wishes, the same ones as one."""
    found: dict[tuple[str, str], Wish] = {}
    for wish in wishes:
        same = found.get((wish.key, wish.value))
        found[wish.key, wish.value] = replace(wish, changes=(*(same.changes if same else ()), *wish.changes))
    return tuple(found.values())


def _is_word(norm: str) -> bool:
    return any(map(str.isalnum, norm))


def _applied(value: str, edits: Sequence[Edit]) -> str | None:
    """Return a string with all edits, None if two meet or no marks can say it."""
    ordered = sorted(set(edits))
    if any(one[1] > other[0] for one, other in pairwise(ordered)):
        return None
    made = reworded(value, ordered)
    return made if made is None or made.strip() else None


def _edits(change: Change, values: Mapping[str, str]) -> tuple[list[tuple[str, Edit]], str]:
    """Return the edits of strings that a changed paragraph means, or why it is not sure."""
    known = [key for key in change.keys if key in values]
    if not known:
        return [], UNKEYED
    old, new = tokens(change.old), tokens(change.new)
    norms = [each.norm for each in old]
    shown = {key: tokens(unmarked(values[key])) for key in known}
    stretches = _stretches(norms, shown)
    if stretches is None:
        return [], TWICE
    found: list[tuple[str, Edit]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, norms, [each.norm for each in new], autojunk=False).get_opcodes():
        if tag == "equal":
            spans = [
                (at, at + 1, new[at - i1 + j1].raw) for at in range(i1, i2) if _is_turned(old[at], new[at - i1 + j1])
            ]
        else:
            spans = [(i1, i2, "".join(each.raw for each in new[j1:j2]))]
        for start, end, text in spans:
            holding = [each for each in stretches if each.start <= start and end <= each.end]
            if len(holding) != 1:
                return [], BESIDE
            found.append(_edit(holding[0], (start, end), text, shown))
    return found, ""


def _is_turned(old: Token, new: Token) -> bool:
    """Tell whether a space has become a line break, or the other way round."""
    return (old.raw == "\n") != (new.raw == "\n")


def _edit(
    stretch: _Stretch, span: tuple[int, int], text: str, shown: Mapping[str, Sequence[Token]]
) -> tuple[str, Edit]:
    """Return an edit of a string from one of a paragraph."""
    own = shown[stretch.key]
    start, end = (at - stretch.start + stretch.first for at in span)
    if start == end:
        place = own[start].start if start < len(own) else own[-1].end
        return stretch.key, (place, place, text)
    return stretch.key, (own[start].start, own[end - 1].end, text)


def _stretches(norms: Sequence[str], shown: Mapping[str, Sequence[Token]]) -> list[_Stretch] | None:
    """Return where strings stand in a paragraph; None if one stands there twice."""
    found: list[_Stretch] = []
    for key, own in sorted(shown.items(), key=lambda each: -len(each[1])):
        words = [each.norm for each in own]
        places = [
            at for at in _places(words, norms) if all(at >= each.end or at + len(words) <= each.start for each in found)
        ]
        if len(places) > 1:
            return None
        if places:
            found.append(_Stretch(places[0], places[0] + len(words), key, 0))
        elif len(shown) == 1 and len(parts := list(_places(norms, words))) == 1:
            found.append(_Stretch(0, len(norms), key, parts[0]))
    return found


def _places(part: Sequence[str], whole: Sequence[str]) -> Iterator[int]:
    at = place_in(part, whole)
    while at >= 0:
        yield at
        at = place_in(part, whole, at + 1)
