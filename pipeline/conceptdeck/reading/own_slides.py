"""Slides of an author's own: that each says of which kind it is, and has what its kind shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conceptdeck.reading.fields import listed
from conceptdeck.reading.rules import EMPTY_COLLECTION, MISSING_KEY, SLIDE_KIND
from conceptdeck.reading.schema import MINUTES
from conceptdeck.reading.source import Scalar
from conceptdeck.values.characters import quoted
from conceptdeck.values.slides import KINDS, Column, OwnSlide, kinds_of

if TYPE_CHECKING:
    from conceptdeck.reading.fields import At, FieldReader
    from conceptdeck.reading.source import Mapping, Node

__all__ = ["minutes_of", "own_slide_of"]

TITLED = ("bullets", "image", "two-columns", "table", "chart", "code")  # kinds that need a title
UNTITLED = ("statement", "quote", "section", "questions")  # kinds whose own words are the title
SUPPORTED = ("statement", "section", "questions", "image")  # kinds that a text stands with


def own_slide_of(node: Node, at: At, reader: FieldReader) -> OwnSlide | None:
    """Return a slide of one's own; what its kind lacks, or does not show, is reported."""
    found: OwnSlide | None = reader.part(node, at, OwnSlide)
    if found is not None:
        given = {key.value for key, _ in node.entries}  # type: ignore[union-attr]
        if not given & {*KINDS}:
            _report_none(at, reader)
        elif kinds := kinds_of(found):
            _check(kinds, given, node, at, reader)  # type: ignore[arg-type]
        _report_empty(found, node, reader)  # type: ignore[arg-type]
    return found


def _report_empty(found: OwnSlide, node: Mapping, reader: FieldReader) -> None:
    """Report a list of points without any, and a column without a word."""
    columns = found.two_columns
    sides: tuple[Column | None, ...] = (columns.left, columns.right) if columns else ()  # one that is misread is None
    lacking = any(side and not (side.title or side.text or side.bullets) for side in sides)
    empty = {"bullets": not found.bullets, "two-columns": lacking}
    for key, value in node.entries:
        if empty.get(key.value) and not isinstance(value, Scalar):
            message, hint = f"{quoted(key.value)} has nothing in it", "add what it shows, or delete it"
            reader.findings.error(EMPTY_COLLECTION, message, key.span, hints=[hint])


def _report_none(at: At, reader: FieldReader) -> None:
    """Report a slide that says nothing of what it shows."""
    message = f"{quoted(at.key.value)} does not say what it shows"
    reader.findings.error(SLIDE_KIND, message, at.key.span, hints=[f"write {listed(KINDS, 'or')} below it"])


def _check(kinds: tuple[str, ...], given: set[str], node: Mapping, at: At, reader: FieldReader) -> None:
    """Report what a slide of some kinds has too much, and what it lacks."""
    keys = {key.value: key for key, _ in node.entries}
    kind, *more = kinds
    name = quoted(at.key.value)
    for other in more:
        message = f"{name} is of the kind {quoted(kind)} already, and a slide has but one"
        hint = f"delete it, or make a slide of its own of {quoted(other)}"
        reader.findings.error(SLIDE_KIND, message, keys[other].span, hints=[hint])
    if "title" in given and kind in UNTITLED:
        message = f"a slide of the kind {quoted(kind)} has no title: its own words are"
        reader.findings.error(SLIDE_KIND, message, keys["title"].span, hints=["delete the title"])
    if "title" not in given and kind in TITLED:
        hint = "write the message of the slide as its `title`"
        reader.findings.error(MISSING_KEY, f"{name} lacks `title`", at.key.span, hints=[hint])
    if "text" in given and kind not in SUPPORTED:
        message = f"a slide of the kind {quoted(kind)} does not show `text`"
        hint = f"say it in `notes`, or take one of the kinds {listed(SUPPORTED, 'or')}"
        reader.findings.error(SLIDE_KIND, message, keys["text"].span, hints=[hint])


def minutes_of(node: Node, at: At, reader: FieldReader) -> float | None:
    """Return how many minutes a slide takes."""
    return reader.number(node, replace(at, field=replace(at.field, rule=MINUTES)))
