"""Which slide and which shape of a saved deck is which of those that were built; never by id or position alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from conceptdeck.revision.tokens import normal
from conceptdeck.values.memory import Remembered, RememberedSlide, SavedShape, SavedSlide
from conceptdeck.values.regex import regex
from conceptdeck.values.value import frozen

__all__ = ["Pairs", "paired_shapes", "paired_slides"]

COPIED = regex(r"(.+?) \d+")  # LibreOffice numbers what is there twice
NEAR = 0.2  # of what a slide had, for it to be the same slide
ENOUGH = 0.6  # of what the likest slide has, for the id to decide
SAME_TEXT, SAME_NAME = 3, 1
ALIKE = 0.6  # of two texts whose shapes have nothing else in common
LONGEST = 2000  # characters of texts that are compared for likeness


@frozen
class Pairs:
    """What belongs together: for each thing as it is now, the number of what was built, None if it is new.

    `copies` are those that look like one that has another partner; `unsure` those that might be either.
    """

    built: tuple[int | None, ...]
    copies: Mapping[int, int]
    unsure: frozenset[int] = frozenset()


def paired_slides(built: Sequence[RememberedSlide], now: Sequence[SavedSlide]) -> Pairs:
    """Return which slide is which: by what is on them, and by their ids where that leaves it open."""
    marks = [_built_marks(slide) for slide in built]
    where: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, found in enumerate(marks):
        for mark in found:
            where[mark].append(number)
    scores: dict[tuple[int, int], float] = {}
    for at, slide in enumerate(now):
        for mark, count in _saved_marks(slide).items():
            for number in where.get(mark, ()):
                least = min(count, marks[number][mark])
                scores[at, number] = scores.get((at, number), 0.0) + _worth(mark, least) / len(where[mark])
    whole = [sum(_worth(mark, count) / len(where[mark]) for mark, count in each.items()) for each in marks]
    near = {pair: score for pair, score in scores.items() if score >= NEAR * whole[pair[1]]}
    best: dict[int, float] = {}
    for (at, _), score in near.items():
        best[at] = max(best.get(at, 0.0), score)
    known = {
        (at, number)
        for (at, number), score in near.items()
        if now[at].id == built[number].id and score >= ENOUGH * best[at]
    }
    return _assigned(near, known, len(now))


def _worth(mark: tuple[str, str], count: int) -> int:
    return (SAME_TEXT if mark[1] else SAME_NAME) * count


def _assigned(scores: Mapping[tuple[int, int], float], known: set[tuple[int, int]], count: int) -> Pairs:
    """Return the best partner of each, those known by their ids first; what has a partner gets no second."""
    partner: dict[int, int] = {}
    taken: dict[int, int] = {}
    copies: dict[int, int] = {}
    unsure: set[int] = set()
    for (at, number), score in sorted(scores.items(), key=lambda each: (each[0] not in known, -each[1], each[0])):
        if at in partner:
            continue
        if number not in taken:
            partner[at], taken[number] = number, at
        elif at not in copies:
            copies[at] = number
            if (taken[number], number) not in known and score == scores[taken[number], number]:
                unsure |= {at, taken[number]}
    copies = {at: number for at, number in copies.items() if at not in partner}
    return Pairs(tuple(partner.get(at) for at in range(count)), copies, frozenset(unsure))


def _built_marks(slide: RememberedSlide) -> Counter[tuple[str, str]]:
    """Return by what a slide is known: names of shapes, and names of shapes with their texts."""
    found: Counter[tuple[str, str]] = Counter()
    for shape in slide.shapes:
        text = normal("\n".join(each.text for body in shape.texts for each in body))
        found.update(_marks(shape.name, shape.holder, text))
    found[("notes", normal("\n".join(text for text, _ in slide.notes)))] += 1
    return found


def _saved_marks(slide: SavedSlide) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for shape in slide.shapes:
        text = normal("\n".join(each for body in shape.texts for each in body))
        found.update(_marks(shape.name, shape.holder, text))
    found[("notes", normal("\n".join(slide.notes or ())))] += 1
    return found


def _marks(name: str, holder: tuple[str, int] | None, text: str) -> list[tuple[str, str]]:
    """Return the marks of a shape; programs rename placeholders, so that their type stands for the name."""
    known = holder[0] if holder else plain_name(name)
    return [(known, text), *([] if holder else [(known, "")])] if text else [] if holder else [(known, "")]


def plain_name(name: str) -> str:
    """Return the name of a shape without the number that a program has added to a copy."""
    found = COPIED.fullmatch(name)
    return found[1] if found else name


# --- shapes --------------------------------------------------------------------------------------


def paired_shapes(built: Sequence[Remembered], now: Sequence[SavedShape]) -> Pairs:
    """Return which shape of a slide is which: by name, then as placeholder, then by its text."""
    partner: dict[int, int] = {}
    copies: dict[int, int] = {}
    unsure: set[int] = set()
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(built):
        by_name[each.name].append(number)
    there: defaultdict[str, list[int]] = defaultdict(list)
    for at, shape in enumerate(now):
        there[shape.name].append(at)
    for name, numbers in by_name.items():
        _pair_alike(there[name], numbers, built, now, (partner, copies, unsure))
    known = set(partner.values())
    left = [number for number in range(len(built)) if number not in known]
    for at, shape in enumerate(now):
        if at in partner or at in copies or not shape.holder:
            continue
        same = [number for number in left if built[number].holder == shape.holder]
        same = same or [number for number in left if _type(built[number]) == shape.holder[0]]
        sure = [number for number in same if _text(built[number].texts) == _said(shape)] or same
        if len(same) == 1 or (sure and sure is not same):
            partner[at] = sure[0]
            left.remove(sure[0])
    _pair_rest(built, now, left, partner, copies)
    return Pairs(tuple(partner.get(at) for at in range(len(now))), copies, frozenset(unsure))


def _type(shape: Remembered) -> str:
    return shape.holder[0] if shape.holder else ""


def _pair_alike(
    exact: Sequence[int],
    numbers: Sequence[int],
    built: Sequence[Remembered],
    now: Sequence[SavedShape],
    into: tuple[dict[int, int], dict[int, int], set[int]],
) -> None:
    """Pair shapes of one name: those with the old text first; of several that might be the old one, none is sure."""
    partner, copies, unsure = into
    for number in numbers:
        free = [at for at in exact if at not in partner]
        same = [at for at in free if _said(now[at]) == _text(built[number].texts)]
        chosen = same or free
        if not chosen:
            continue
        partner[chosen[0]] = number
        if len(free) > 1:
            rest = [at for at in free if at != chosen[0]]
            copies.update(dict.fromkeys(rest, number))
            if not same or len(same) < len(free):
                unsure.update(free)
    for at in exact:
        if at in partner:
            copies.pop(at, None)


def _pair_rest(
    built: Sequence[Remembered],
    now: Sequence[SavedShape],
    left: list[int],
    partner: dict[int, int],
    copies: dict[int, int],
) -> None:
    """Pair what is left by its name without a number, then by its text: what is the same, or much alike."""
    by_name = {each.name: number for number, each in reversed(list(enumerate(built)))}
    for at, shape in enumerate(now):
        if at in partner or at in copies:
            continue
        known = by_name.get(plain_name(shape.name))
        if known is not None and shape.name != plain_name(shape.name):
            if known in left:
                partner[at] = known
                left.remove(known)
            else:
                copies[at] = known
            continue
        if not shape.holder or not left:
            continue
        likely = [number for number in left if _alike(_text(built[number].texts), _said(shape))]
        if len(likely) == 1 and built[likely[0]].holder:
            partner[at] = likely[0]
            left.remove(likely[0])


def _alike(one: str, other: str) -> bool:
    if not one or not other:
        return False
    return one == other or SequenceMatcher(None, one[:LONGEST], other[:LONGEST], autojunk=False).ratio() >= ALIKE


def _text(texts: Sequence[Sequence[object]]) -> str:
    return normal("\n".join(getattr(each, "text", "") for body in texts for each in body))


def _said(shape: SavedShape) -> str:
    return normal("\n".join(each for body in shape.texts for each in body))
