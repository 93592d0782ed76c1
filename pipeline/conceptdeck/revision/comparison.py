"""What somebody changed in a deck since it was built: texts by key and slide, and all else item by item."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from conceptdeck.revision.identity import Pairs, paired_shapes, paired_slides, plain_name
from conceptdeck.revision.looks import Mark, Palettes, Restyled, restyled, told_styles
from conceptdeck.revision.tokens import breaks, normal
from conceptdeck.values.memory import (
    Memory,
    Remembered,
    RememberedSlide,
    SavedDeck,
    SavedParagraph,
    SavedShape,
    SavedSlide,
    Stretch,
    Told,
)
from conceptdeck.values.units import EMU_PER_POINT
from conceptdeck.values.value import frozen

__all__ = [
    "ALT",
    "CELL",
    "COMMENT",
    "EMPHASIS",
    "MOVED",
    "NOTES",
    "RESTYLED",
    "TEXT",
    "TEXTS",
    "Around",
    "Change",
    "changes_in",
    "slide_changes",
]

TEXT, CELL, NOTES, ALT, COMMENT = "text", "cell", "notes", "alt text", "comment"
MOVED, RESIZED, RESTYLED, EMPHASIS = "shape moved", "shape resized", "restyled", "emphasis"
TEXTS = (TEXT, CELL, NOTES, ALT, EMPHASIS)
NEARBY = 36_000  # EMU: programs round places to a tenth of a millimetre
LONGEST, MOST_PARAGRAPHS = 20_000, 400  # characters and paragraphs of a text that are compared
MOST_BELOW = 500  # shapes of a slide among which the one below a comment is sought
SHORTEST = 1  # characters of a text in a shape that somebody has added


@frozen
class Change:
    """One change: what kind, on which slide (by its number and key), in which shape, and the old and the new text.

    `keys` are the strings that the text shows; `why` tells why it cannot come home, empty if it may; `lines` are
    those of notes. Comments have an author and a date; `marks` are the words of the new text with other emphasis.
    """

    kind: str
    slide: int
    key: str = ""
    shape: str = ""
    old: str = ""
    new: str = ""
    keys: tuple[str, ...] = ()
    why: str = ""
    lines: tuple[str, ...] = ()
    author: str = ""
    date: str = ""
    marks: tuple[Mark, ...] = ()


def changes_in(memory: Memory, saved: SavedDeck) -> tuple[Change, ...]:
    """Return what was changed, slide by slide; an untouched deck gives nothing, whatever program saved it."""
    pairs = paired_slides(memory.slides, saved.slides)
    told = {shape.kind for slide in saved.slides for shape in slide.shapes if shape.alt}  # programs lose all of a kind
    around = Around(frozenset(told), Palettes(memory.palette, saved.palette))
    found: list[Change] = []
    for number, (slide, built) in enumerate(zip(saved.slides, pairs.built, strict=True), start=1):
        if built is None:
            found.append(_added_slide(number, slide, memory, pairs.copies.get(number - 1)))
        else:
            unsure = number - 1 in pairs.unsure
            found += slide_changes(number, memory.slides[built], slide, around, unsure=unsure)
        found += _comments(number, slide, None if built is None else memory.slides[built])
    there = {built for built in pairs.built if built is not None}
    found += [
        Change("slide deleted", number + 1, slide.key, old=_title(slide), why="slides follow from the story")
        for number, slide in enumerate(memory.slides)
        if number not in there
    ]
    return (*found, *_moved_slides(pairs, memory))


LISTED = "--comments writes them beside the texts"


def _comments(number: int, slide: SavedSlide, built: RememberedSlide | None) -> Iterator[Change]:
    """Yield the comments on a slide, with the shape that each stands beside, and the strings that this shows."""
    partners = (
        paired_shapes(built.shapes, slide.shapes).built if built and slide.comments else (None,) * len(slide.shapes)
    )
    known = [built.shapes[each] if built and each is not None else None for each in partners]
    for each in slide.comments:
        at = each.shape if 0 <= each.shape < len(known) else _below(each.point, slide, known)
        was = known[at] if at >= 0 else None
        name = was.name if was else slide.shapes[at].name if at >= 0 else ""
        keys = tuple(key for body in was.texts for told in body for key in told.keys) if was else ()
        said = f"{each.text} (resolved)" if each.resolved else each.text
        key = built.key if built else ""
        yield Change(COMMENT, number, key, name, "", said, keys, LISTED, (), each.author, each.date)


def _below(point: tuple[int, int] | None, slide: SavedSlide, known: Sequence[Remembered | None]) -> int:
    """Return the number of the smallest shape with a text below a point, -1 if there is none."""
    found: list[tuple[int, int]] = []
    for at, (shape, was) in enumerate(zip(slide.shapes[:MOST_BELOW], known, strict=False)):
        box = shape.box or (was.box if was else None)
        if point and box and any(shape.texts):
            inside = all(
                start <= place <= start + size for place, start, size in zip(point, box, box[2:], strict=False)
            )
            found += [(box[2] * box[3], at)] if inside else []
    return min(found, default=(0, -1))[1]


def _title(slide: RememberedSlide) -> str:
    titles = (each for each in slide.shapes if each.holder and each.holder[0] in ("title", "ctrTitle"))
    return next((_joined(body) for each in titles for body in each.texts), "")


def _joined(body: Sequence[Told]) -> str:
    return normal("\n".join(each.text for each in body))


def _added_slide(number: int, slide: SavedSlide, memory: Memory, copied: int | None) -> Change:
    shown = (each for shape in slide.shapes for body in shape.texts for each in body)
    text = " / ".join(filter(None, map(normal, (*shown, *(slide.notes or ())))))
    if copied is not None:
        why = f"it is a copy of the slide `{memory.slides[copied].key}`: what is changed there is not taken"
        return Change("slide copied", number, memory.slides[copied].key, new=text, why=why)
    return Change(
        "slide added",
        number,
        new=text,
        why="slides follow from the map: --take-slides takes one of a deck in the map's own language as its own",
    )


def _moved_slides(pairs: Pairs, memory: Memory) -> Iterator[Change]:
    """Yield the fewest slides whose move explains the new order."""
    order = [(number, built) for number, built in enumerate(pairs.built, start=1) if built is not None]
    kept = _longest_rise([built for _, built in order])
    for number, built in order:
        if built not in kept:
            slide = memory.slides[built]
            why = "the order of slides is that of the story: --take-order takes this one as one"
            yield Change("slide moved", number, slide.key, old=f"slide {built + 1}", new=f"slide {number}", why=why)


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """Return the longest row of numbers, each greater than the one before it."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    found, last = set[int](), ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


# --- one slide -----------------------------------------------------------------------------------


@frozen
class Around:
    """What holds for all slides of a deck: kinds of shapes that have alt texts, and what its theme stands for."""

    told: frozenset[str] = frozenset()
    palettes: Palettes = Palettes()


def slide_changes(
    number: int, built: RememberedSlide, slide: SavedSlide, around: Around, *, unsure: bool = False
) -> Iterator[Change]:
    """Yield what was changed on a slide; only shapes of kinds that have alt texts may have lost theirs on purpose."""
    pairs = paired_shapes(built.shapes, slide.shapes)
    there = {each for each in pairs.built if each is not None}
    for at, (shape, partner) in enumerate(zip(slide.shapes, pairs.built, strict=True)):
        if partner is None:
            yield from _added_shape(number, built, shape, pairs.copies.get(at))
            continue
        why = UNSURE if unsure or at in pairs.unsure else ""
        was = built.shapes[partner]
        yield from _text_changes(Change(TEXT, number, built.key, was.name, why=why), was, shape, around.palettes)
        if normal(was.alt) != normal(shape.alt) and (shape.alt or shape.kind in around.told):
            yield Change(ALT, number, built.key, was.name, was.alt, shape.alt, was.told, why)
        for kind, old, new in _moves(was, shape):
            yield Change(kind, number, built.key, was.name, old, new, why="places follow from the layout")
    for at, was in enumerate(built.shapes):
        if at not in there:
            text = " / ".join(filter(None, map(_joined, was.texts)))
            yield Change(
                "shape deleted", number, built.key, was.name, text, why="what a slide shows follows from the map"
            )
    yield from _notes_changes(Change(NOTES, number, built.key, why=UNSURE if unsure else ""), built, slide)


UNSURE = "there is a copy beside it, and nothing tells which of the two is the first"


def _added_shape(number: int, slide: RememberedSlide, shape: SavedShape, copied: int | None) -> Iterator[Change]:
    text = " / ".join(filter(None, (normal(each) for body in shape.texts for each in body)))
    if shape.holder and len(text) < SHORTEST:  # an empty placeholder that a program has put there
        return
    kind = "shape added" if copied is None else "shape copied"
    why = "what a slide shows follows from the map"
    if copied is not None and text == " / ".join(filter(None, map(_joined, slide.shapes[copied].texts))):
        why = "it says nothing new"
    yield Change(kind, number, slide.key, plain_name(shape.name), new=text, why=why)


def _moves(was: Remembered, shape: SavedShape) -> Iterator[tuple[str, str, str]]:
    """Yield whether a shape stands elsewhere, and whether it has another size, with both places or sizes in points.

    Programs compute lines anew, and placeholders as their layouts say.
    """
    if shape.box is None or not any(was.box) or was.line or shape.line or was.holder or not (was.texts or was.alt):
        return
    places = (MOVED, ", ", was.box[:2], shape.box[:2]), (RESIZED, " × ", was.box[2:], shape.box[2:])
    for kind, sign, old, new in places:
        if any(abs(one - other) > NEARBY for one, other in zip(old, new, strict=True)):
            first, second = (sign.join(f"{each / EMU_PER_POINT:.0f}" for each in place) for place in (old, new))
            yield kind, f"{first} pt", f"{second} pt"


def _text_changes(change: Change, was: Remembered, shape: SavedShape, palettes: Palettes) -> Iterator[Change]:
    said = shape.set or tuple(tuple(SavedParagraph((Stretch(each),)) for each in body) for body in shape.texts)
    if was.columns:
        change = replace(change, kind=CELL)
        if len(said) != len(was.texts) or shape.columns != was.columns:
            if [normal("\n".join(each)) for each in shape.texts] != [_joined(each) for each in was.texts]:
                old, new = (f"{len(texts)} cells" for texts in (was.texts, said))
                yield replace(change, old=old, new=new, why="the table has other rows or columns now")
            return
    looks: list[Restyled] = []
    for body, paragraphs in zip(was.texts or ((),), said or ((),), strict=False):
        yield from _body_changes(change, body, paragraphs, palettes, looks)
    if looks:
        old, new = told_styles(looks)
        yield replace(change, kind=RESTYLED, old=old, new=new, why="looks follow from the theme")


def _body_changes(
    change: Change,
    body: Sequence[Told],
    paragraphs: Sequence[SavedParagraph],
    palettes: Palettes,
    looks: list[Restyled],
) -> Iterator[Change]:
    """Yield the paragraphs of a text that were changed, each against the one that it was, if that is sure.

    Other looks are added to `looks`.
    """
    old = [each for each in body if normal(each.text)]
    new = [each for each in paragraphs if normal(each.text)]
    if _is_endless([each.text for each in new]):
        if [normal(each.text) for each in old] != [normal(each.text) for each in new]:
            yield replace(change, old="\n".join(each.text for each in old), why=ENDLESS)
        return
    if len(old) == 1 and len(new) > 1 and len(old[0].keys) == 1:
        new = [_as_one(new)]
    norms = [normal(each.text) for each in old], [normal(each.text) for each in new]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *norms, autojunk=False).get_opcodes():
        if i2 - i1 == j2 - j1:
            for was, now in zip(old[i1:i2], new[j1:j2], strict=True):
                marks, others = restyled(was, now, palettes)
                looks += others
                made = replace(change, old=was.text, new=now.text, keys=was.keys, marks=marks)
                if tag != "equal" or breaks(was.text) != breaks(now.text):
                    yield made
                elif marks:
                    yield replace(made, kind=EMPHASIS)
            continue
        keys = tuple(key for each in old[i1:i2] for key in each.keys)
        why = change.why or ("a paragraph was added or taken away" if old[i1:i2] else "a paragraph was added")
        texts = ("\n".join(each.text for each in some) for some in (old[i1:i2], new[j1:j2]))
        yield replace(change, old=next(texts), new=next(texts), keys=keys, why=why)


def _as_one(paragraphs: Sequence[SavedParagraph]) -> SavedParagraph:
    """Return paragraphs as lines of one, as a text of a map has them."""
    stretches: list[Stretch] = []
    for each in paragraphs:
        stretches += [*([Stretch("\n", stretches[-1].look)] if stretches else []), *each.stretches]
    return SavedParagraph(tuple(stretches))


ENDLESS = "it is too long to be compared"


def _is_endless(paragraphs: Sequence[str]) -> bool:
    """Tell whether a text is longer than any that is shown on a slide."""
    return len(paragraphs) > MOST_PARAGRAPHS or sum(map(len, paragraphs)) > LONGEST


def _notes_changes(change: Change, built: RememberedSlide, slide: SavedSlide) -> Iterator[Change]:
    before = [text for text, _ in built.notes]
    lines = list(slide.notes or ())
    if [each for each in map(normal, before) if each] == [each for each in map(normal, lines) if each]:
        return
    if _is_endless(lines):
        yield replace(change, old="\n".join(before), why=ENDLESS)
        return
    if slide.notes is None:
        yield replace(change, old="\n".join(before), why="the notes page is gone")
        return
    yield replace(change, old="\n".join(before), new="\n".join(lines), keys=built.said, lines=tuple(lines))
