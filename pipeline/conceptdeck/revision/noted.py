"""Changes of notes: lines, each of a string of the map or of the program's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from conceptdeck.reading.marking import reworded
from conceptdeck.reading.marks import NOTES, unmarked
from conceptdeck.revision.comparison import Change
from conceptdeck.revision.tokens import normal, tokens
from conceptdeck.values.spoken import POINT
from conceptdeck.values.value import frozen

__all__ = ["note_edits"]


@frozen
class _Lines:
    """The lines of a string of the map as they stand in notes: from which line on, and each as it was typed."""

    key: str
    start: int
    typed: tuple[str, ...]

    @property
    def end(self) -> int:
        """Return the first line after them."""
        return self.start + len(self.typed)


def note_edits(change: Change, values: Mapping[str, str]) -> tuple[list[tuple[str, str]], str]:
    """Return the strings that changed notes want, by key; and why something of the change has none, if so."""
    old = [line for line in change.old.split("\n") if normal(line)]
    new = [line for line in change.lines if normal(line)]
    before, after = [normal(line) for line in old], [normal(line) for line in new]
    ranges = [found for key in change.keys if key in values and (found := _lines_of(key, values[key], before))]
    made: dict[str, list[list[str]]] = {each.key: [[line] for line in each.typed] for each in ranges}
    tails: dict[str, list[str]] = {each.key: [] for each in ranges}
    lost: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        own = _holding(ranges, i1, i2)
        if own is None or (i2 - i1 != j2 - j1 and own.key.rpartition(".")[2] not in NOTES):
            lost += new[j1:j2] or old[i1:i2]
            continue
        at = i1 - own.start
        if i2 - i1 == j2 - j1:
            for step, line in enumerate(new[j1:j2]):
                made[own.key][at + step] = [_reworded(own.typed[at + step], old[i1 + step], line)]
        elif i1 == i2 and at == len(own.typed):
            tails[own.key] += [_signed(own.typed[-1], line) for line in new[j1:j2]]
        else:
            like = own.typed[min(at, len(own.typed) - 1)]
            fresh = [_signed(like, line) for line in new[j1:j2]]
            for step in range(i1, i2):
                made[own.key][step - own.start] = []
            made[own.key][at : at + 1] = [[*fresh, *made[own.key][at]]]
    wanted = [(each.key, _whole(values[each.key], made[each.key], tails[each.key])) for each in ranges]
    why = f"these lines are not one string of the map: {' / '.join(map(normal, lost))}" if lost else ""
    return [(key, value) for key, value in wanted if value.strip()], why


def _holding(ranges: Sequence[_Lines], start: int, end: int) -> _Lines | None:
    """Return the string that changed lines belong to, None if that is not sure; new ones go to the notes themselves."""
    inside = [each for each in ranges if each.start <= start and end <= each.end]
    if start == end and len(inside) > 1:
        inside = [each for each in inside if each.key.rpartition(".")[2] in NOTES]
    return inside[0] if len(inside) == 1 else None


def _lines_of(key: str, value: str, before: Sequence[str]) -> _Lines | None:
    """Return where the lines of a string stand among those of the notes, None if they do not, or twice."""
    typed = [line for line in value.split("\n") if normal(unmarked(line))]
    forms = [{normal(unmarked(line)), normal(unmarked(POINT.sub("", line, count=1)))} for line in typed]
    found = [
        at
        for at in range(len(before) - len(typed) + 1)
        if typed and all(line in some for line, some in zip(before[at : at + len(typed)], forms, strict=True))
    ]
    return _Lines(key, found[0], tuple(typed)) if len(found) == 1 else None


def _reworded(typed: str, old: str, new: str) -> str:
    """Return a line as it was typed, with another text; its sign and its marks stay."""
    point = POINT.match(typed)
    sign = point[0] if point and normal(unmarked(typed)) != normal(old) else ""
    said = typed.removeprefix(sign)
    own, now = tokens(unmarked(said)), tokens(new)
    edits = []
    codes = SequenceMatcher(None, [each.norm for each in own], [each.norm for each in now], autojunk=False)
    for tag, i1, i2, j1, j2 in codes.get_opcodes():
        if tag != "equal":
            start = own[i1].start if i1 < len(own) else own[-1].end
            edits.append(
                (
                    start,
                    own[i2 - 1].end if i2 > i1 else start,
                    "".join(each.raw.replace("\n", " ") for each in now[j1:j2]),
                )
            )
    return sign + (reworded(said, edits) or new)


def _signed(like: str, line: str) -> str:
    """Return a new line, as a point if the one beside it is one; numbers go on."""
    point = POINT.match(like)
    text = " ".join(_words(line))
    if not point:
        return text
    return f"{int(point[1]) + 1}. {text}" if point[1] else f"{point[0]}{text}"


def _words(line: str) -> Iterator[str]:
    yield "".join(each.raw.replace("\n", " ") for each in tokens(line))


def _whole(value: str, made: Sequence[Sequence[str]], tail: Sequence[str]) -> str:
    """Return a string of lines put together again; empty lines stay where they were."""
    waiting = iter(made)
    lines: list[str] = []
    for line in value.split("\n"):
        lines += next(waiting) if normal(unmarked(line)) else [line]
    return "\n".join([*lines, *tail])
