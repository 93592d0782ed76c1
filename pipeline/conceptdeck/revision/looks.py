"""What somebody restyled: words that are bold or slanted now, and texts in another size, colour or face."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from difflib import SequenceMatcher
from typing import NamedTuple

from conceptdeck.revision.tokens import Token, tokens
from conceptdeck.values.memory import Look, SavedParagraph, Told
from conceptdeck.values.regex import regex
from conceptdeck.values.value import frozen

__all__ = ["Mark", "Palettes", "Restyled", "restyled", "told_marks", "told_styles"]

STYLES, OTHERS = ("bold", "italic"), ("size", "colour", "face", "align")
NAMES = {"bold": "bold", "italic": "italic", "size": "size", "colour": "colour", "face": "font", "align": "alignment"}
ALIGNED = {"l": "left", "r": "right", "ctr": "centred", "just": "justified"}
HEX = regex("[0-9A-Fa-f]{6}")
MOST_WORDS = 8  # of a stretch that are named


@frozen
class Mark:
    """Words of a text, in pieces from one up to another, that are strong or stressed now, or are not any more."""

    start: int
    end: int
    style: str
    value: bool


@frozen
class Restyled:
    """Another look of a text: what of it, as it was and as it is, and of which words; empty if of all."""

    what: str
    old: str
    new: str
    words: str = ""


class _Piece(NamedTuple):
    """A piece of a text and how it looks, and how it looked; None if it is new."""

    token: Token
    look: Look
    was: Look | None


@frozen
class Palettes:
    """What names of colours and faces stood for when a deck was built, and what they stand for in it now."""

    built: Mapping[str, str] = field(default_factory=dict)
    now: Mapping[str, str] = field(default_factory=dict)

    def differ(self, name: str, was: Look, look: Look) -> tuple[object, object] | None:
        """Return a trait of a look as it was and as it is, None if it is the same, or the file does not say it."""
        old, new = getattr(was, name), getattr(look, name)
        if not new or not old or old == new:
            return None
        if not isinstance(old, str):
            return old, new
        if name == "colour" and old not in self.built and not HEX.fullmatch(old):  # that of a template of others
            return None
        plain = self.built.get(old, old), self.now.get(new, new)
        return None if plain[0].lower() == plain[1].lower() else plain


def restyled(told: Told, now: SavedParagraph, palettes: Palettes) -> tuple[tuple[Mark, ...], tuple[Restyled, ...]]:
    """Return the words of a paragraph with other emphasis, and what else of its look was changed."""
    if not told.looks:
        return (), ()
    stretches = [(len(each.text), each.look) for each in now.stretches]
    looks = {look for _, look in told.looks}
    if len(looks) == 1 and all(_is_same(next(iter(looks)), look, palettes) for _, look in stretches):
        return (), ()
    pieces = _pieces(told, now.text, stretches)
    said = [each for each in pieces if each.token.norm != " "]
    known = [each for each in said if each.was]
    if not known:
        return (), ()
    is_one = len({look for length, look in stretches if length}) == 1 and len(known) < len(said)
    marks: list[Mark] = []
    found: list[Restyled] = []
    for name in OTHERS:
        found += _others(name, known, palettes)
    for style in STYLES:
        changed = [each for each in known if _differs(each, style)]
        if changed and len(changed) == len(known):
            before, after = getattr(known[0].was, style), getattr(known[0].look, style)
            found.append(Restyled(NAMES[style], _yes(before), _yes(after)))
        else:
            marks += _marks(pieces, style, is_one=is_one)
    return tuple(sorted(marks, key=lambda each: (each.start, each.style))), tuple(found)


def _yes(value: bool | None) -> str:
    return "yes" if value else "no"


def _is_same(was: Look, now: Look, palettes: Palettes) -> bool:
    """Tell whether a look is the same, as far as the file says it."""
    flags = now.bold in (None, bool(was.bold)) and bool(now.italic) == bool(was.italic)
    return flags and not any(palettes.differ(name, was, now) for name in OTHERS)


def _pieces(told: Told, text: str, stretches: Sequence[tuple[int, Look]]) -> list[_Piece]:
    old, new = tokens(told.text), tokens(text)
    before, after = list(_looks(old, told.looks)), list(_looks(new, stretches))
    was: list[Look | None] = [None] * len(new)
    norms = [each.norm for each in old], [each.norm for each in new]
    if norms[0] == norms[1]:
        was = [*before]
    else:
        for block in SequenceMatcher(None, *norms, autojunk=False).get_matching_blocks():
            was[block.b : block.b + block.size] = before[block.a : block.a + block.size]
    return [_Piece(*each) for each in zip(new, after, was, strict=True)]


def _looks(pieces: Iterable[Token], stretches: Sequence[tuple[int, Look]]) -> Iterator[Look]:
    """Yield the look of each piece: that of the stretch in which it begins."""
    at, end = -1, 0
    for each in pieces:
        while at < len(stretches) - 1 and each.start >= end:
            at += 1
            end += stretches[at][0]
        yield stretches[at][1] if stretches else Look()


def _differs(piece: _Piece, style: str) -> bool:
    old, new = getattr(piece.was, style), getattr(piece.look, style)
    return bool(new) != bool(old) if style == "italic" else new is not None and new != bool(old)


def _marks(pieces: Sequence[_Piece], style: str, *, is_one: bool) -> Iterator[Mark]:
    """Yield the words with other emphasis, those beside each other as one.

    A text that was typed over in one look says nothing of words that were emphasised.
    """
    start, value, end, before = -1, False, -1, False
    for at, each in enumerate(pieces):
        if each.token.norm == " ":
            continue
        now = bool(getattr(each.look, style))
        if each.was is None:  # a new word has the look of the one before it, unless it says otherwise
            counts = getattr(each.look, style) is not None and now != before and (now or not is_one)
        else:
            counts = _differs(each, style) and (now or not is_one)
            before = bool(getattr(each.was, style))
        if counts and start >= 0 and value == now and pieces[end - 1 : at] and _is_beside(pieces, end, at):
            end = at + 1
            continue
        if start >= 0:
            yield Mark(start, end, style, value)
        start, value, end = (at, now, at + 1) if counts else (-1, False, -1)
    if start >= 0:
        yield Mark(start, end, style, value)


def _is_beside(pieces: Sequence[_Piece], end: int, at: int) -> bool:
    return all(each.token.norm == " " for each in pieces[end:at])


def _others(name: str, pieces: Sequence[_Piece], palettes: Palettes) -> Iterator[Restyled]:
    """Yield what was changed of one trait of a look, for all words or for some."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for each in pieces:
        if each.was and (differing := palettes.differ(name, each.was, each.look)):
            old, new = (_shown(name, value) for value in differing)
            found[old, new].append(each.token.raw)
    for (old, new), words in found.items():
        yield Restyled(NAMES[name], old, new, "" if len(words) == len(pieces) else " ".join(words[:MOST_WORDS]))


def _shown(name: str, value: object) -> str:
    if isinstance(value, int):
        return f"{value / 100:g} pt"
    return ALIGNED.get(str(value), str(value)) if name == "align" else str(value)


def told_styles(found: Sequence[Restyled]) -> tuple[str, str]:
    """Return what was changed of looks, as it was and as it is, each trait once."""
    traits = dict.fromkeys(found)
    old = "; ".join(f"{each.what}{_of(each)}: {each.old}" for each in traits)
    return old, "; ".join(f"{each.what}{_of(each)}: {each.new}" for each in traits)


def _of(found: Restyled) -> str:
    return f" of “{found.words}”" if found.words else ""


def told_marks(text: str, marks: Iterable[Mark]) -> Iterator[str]:
    """Yield which words of a text are emphasised now, or are not any more."""
    pieces = tokens(text)
    for each in marks:
        words = text[pieces[each.start].start : pieces[each.end - 1].end] if each.end <= len(pieces) else ""
        yield f"“{words}” is {'' if each.value else 'no longer '}{NAMES[each.style]}"
