"""Texts in two languages: a second line below the first, smaller, as far as it finds room."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from conceptdeck.layout.desk import Desk
from conceptdeck.values.deck import Deck, Slide
from conceptdeck.values.frame import Frame, Paragraph, TextBody
from conceptdeck.values.items import keys_in, line_spans, with_bodies
from conceptdeck.values.remarks import Way
from conceptdeck.values.text import texts, with_texts

__all__ = ["parted", "with_plain_furniture", "with_room"]

Value = TypeVar("Value")
S = TypeVar("S", bound=Slide)
GAP = 0.6  # between the two, as a share of what the pitch of a second line leaves of that of a first
TITLES = ("meaning", "summary")  # what is a title on one slide, and a sentence on others
Make = Callable[[Any, Desk], list[Frame]]


def with_plain_furniture(source: Deck) -> Deck:
    """Return a deck whose footers, and trails that lead back to what a slide stands in, are in one language."""
    slides = tuple(replace(slide, trail=_alone(slide.trail)) if slide.trail else slide for slide in source.slides)
    return replace(source, title=_alone(source.title), slides=slides)


def with_room(slide: S, desk: Desk, make: Make) -> tuple[list[Frame], Desk, S]:
    """Return the frames of a slide with as many texts in two languages as find room, their desk, and the slide so.

    For a second line no text is set below its floor or left out, and no slide becomes two: texts that do not fit so
    are in one language, and their siblings with them. Each is a remark on the desk.
    """
    plain, bare = desk.fresh(), _alone(slide)
    usual = make(bare, plain)
    doubled = tuple(dict.fromkeys(text.key for text in texts(slide) if text.beside and _is_label(text.key, slide)))
    found = usual, plain, bare

    def tried(kept: Collection[str]) -> bool:
        nonlocal found
        trial, made = desk.fresh(), _alone(slide, kept)
        frames = make(made, trial)
        fits = len(frames) <= len(usual) and _keys(usual) <= _keys(frames) and not _is_worse(trial, plain)
        if fits:
            found = frames, trial, made
        return fits

    kept = _largest(doubled, slide.title.key, tried) if doubled else ()
    for key in doubled:
        if key not in kept:
            found[1].remark(Way.ONE_LANGUAGE, key)
    return found


def _largest(keys: Sequence[str], title: str, tried: Callable[[Collection[str]], bool]) -> Collection[str]:
    """Return the keys that can be kept: all, else as many groups of siblings as fit, the title first."""
    if tried(keys):
        return keys
    kept: list[str] = []
    for group in _groups(keys, title):
        if tried([*kept, *group]):
            kept += group
    return kept


def _groups(keys: Sequence[str], title: str) -> Iterator[list[str]]:
    """Yield the title, then the keys of siblings, such as the names of all layers: the smallest group first."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for key in keys:
        groups.setdefault(("",) if key == title else tuple(key.split(".")[::2]), []).append(key)
    title_first = [groups.pop(("",))] if ("",) in groups else []
    yield from (*title_first, *sorted(groups.values(), key=len))


def _is_label(key: str, slide: Slide) -> bool:
    """Tell whether the text with a key is a title or a label on a slide, not a sentence."""
    return key == slide.title.key or key.rpartition(".")[2] not in TITLES


def _keys(frames: Iterable[Frame]) -> frozenset[str]:
    """Return the keys of all texts that frames show."""
    return frozenset(key for frame in frames for item in frame.items for key in keys_in(item))


def _is_worse(trial: Desk, plain: Desk) -> bool:
    """Tell whether a trial has problems that the slide in one language has not, or loses something or sets it small."""
    if any(each.place not in {known.place for known in plain.problems} for each in trial.problems):
        return True
    known = [each for each in plain.remarks if each.way is not Way.ONE_LANGUAGE]
    return any(each not in known for each in trial.remarks)


def _alone(value: Value, kept: Iterable[str] = ()) -> Value:
    """Return a value whose texts, but for those with the keys `kept`, say nothing in a second language."""
    known = frozenset(kept)
    made: Value = with_texts(
        value, lambda text: replace(text, beside=None) if text.beside and text.key not in known else text
    )
    return made


# --- the second line -----------------------------------------------------------------------------


def parted(frame: Frame) -> Frame:
    """Return a frame whose texts in two languages are two paragraphs, each with a pitch and a direction of its own."""
    return replace(frame, items=tuple(with_bodies(item, _body) for item in frame.items))


def _body(body: TextBody) -> TextBody:
    if not any(run.share < 1 for paragraph in body.paragraphs for run in paragraph.runs):
        return body
    return replace(body, paragraphs=tuple(part for paragraph in body.paragraphs for part in _paragraphs(paragraph)))


def _paragraphs(paragraph: Paragraph) -> tuple[Paragraph, ...]:
    """Return a paragraph, or two if its last run says it in a second language."""
    *first, last = paragraph.runs
    if last.share >= 1 or not first:
        return (paragraph,)
    end = len(paragraph.text) - len(last.text)
    count = sum(start < end for start, _ in line_spans(paragraph))
    one = replace(paragraph, runs=tuple(first), lines=paragraph.lines[:count])
    run = replace(last, text=last.text.removeprefix("\n"), language="", share=1.0)
    leading = round(paragraph.leading * last.share, 1)
    gap = math.floor((paragraph.leading - leading) * GAP * 10) / 10
    return one, replace(
        paragraph, runs=(run,), lines=paragraph.lines[count:], leading=leading, before=gap, language=last.language
    )
