"""Copy: what is to be set, as a plain text in the face of its role, or in parts that have faces of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from conceptdeck.typeset.fonts import Shaped
from conceptdeck.values.hyphens import SOFT, Mark, marked, without_soft
from conceptdeck.values.text import stretches_between

__all__ = [
    "Copy",
    "Part",
    "bare",
    "is_held",
    "lines_of",
    "parts_between",
    "plain",
    "shaped_parts",
    "stripped",
    "unbroken",
    "with_marks",
]


LONGEST_WHOLE = 24  # letters: what is longer would make texts small


class Part(NamedTuple):
    """A stretch of a text in a face of its own; `scale` is its size as a multiple of the text's.

    What is `whole` stays on one line if it may: LibreOffice never breaks a link that fits on a line. What takes a
    `room` of its own, in ems, is a formula: it is that wide, or as wide as its text, and never broken. What is `second`
    says the text in another language, in letters that programs do not make smaller by themselves.
    """

    text: str
    family: str
    bold: bool = False
    italic: bool = False
    scale: float = 1.0
    whole: bool = False
    room: float = 0.0
    second: bool = False


Copy = str | tuple[Part, ...]


def plain(copy: Copy) -> str:
    """Return what copy says."""
    return copy if isinstance(copy, str) else "".join(part.text for part in copy)


def bare(copy: Copy) -> Copy:
    """Return copy without soft hyphens."""
    if isinstance(copy, str):
        return without_soft(copy)
    return tuple(part._replace(text=without_soft(part.text)) for part in copy) if SOFT in plain(copy) else copy


def with_marks(copy: Copy, marks: Sequence[Mark]) -> Copy:
    """Return copy with marks put into its words."""
    if isinstance(copy, str):
        return marked([copy], marks)[0]
    texts = marked([part.text for part in copy], marks)
    return tuple(part._replace(text=text) for part, text in zip(copy, texts, strict=True))


def lines_of(copy: Copy) -> list[Copy]:
    """Return copy cut at its line feeds, which are left out."""
    if isinstance(copy, str):
        return list(copy.split("\n"))
    found: list[Copy] = []
    start = 0
    for line in plain(copy).split("\n"):
        found.append(parts_between(copy, start, start + len(line)))
        start += len(line) + 1
    return found


def unbroken(copy: Copy, offsets: Sequence[int]) -> tuple[int, ...]:
    """Return the offsets at which a line may break, none of them within what stays whole."""
    kept, at = set[int](), 0
    for part in () if isinstance(copy, str) else copy:
        is_whole = part.room or (part.whole and len(part.text) <= LONGEST_WHOLE)
        kept |= set(range(at + 1, at + len(part.text))) if is_whole else set()
        at += len(part.text)
    return tuple(offset for offset in offsets if offset not in kept) if kept else tuple(offsets)


def stripped(copy: Copy) -> Copy:
    """Return copy without the spaces at its end."""
    return copy.rstrip() if isinstance(copy, str) else parts_between(copy, 0, len(plain(copy).rstrip()))


def parts_between(parts: Sequence[Part], start: int, end: int) -> tuple[Part, ...]:
    """Return the parts from one character up to another."""
    return tuple(part._replace(text=text) for part, text in stretches_between(parts, start, end))


def is_held(copy: Copy, offset: int) -> bool:
    """Tell whether a place in copy is within what is never broken."""
    at = 0
    for part in () if isinstance(copy, str) else copy:
        if part.room and at < offset < at + len(part.text):
            return True
        at += len(part.text)
    return False


def shaped_parts(parts: Sequence[Part], shape: Callable[[str, str, bool, bool], Shaped], shrink: float = 1.0) -> Shaped:
    """Return how far parts reach one after the other; those that are smaller are so by `shrink` once more."""
    positions, missing = [0.0], dict[str, None]()
    for text, family, bold, italic, scale, _, room, second in parts:
        shaped = shape(text, family, bold, italic)
        missing |= dict.fromkeys(shaped.missing)
        size, start = scale * (shrink if scale < 1 and not second else 1.0), positions[-1]
        if room and shaped.width:
            size *= max(room / shaped.width, 1.0)
        positions += [start + place * size for place in shaped.positions[1:]]
    return Shaped(tuple(positions), tuple(missing))
