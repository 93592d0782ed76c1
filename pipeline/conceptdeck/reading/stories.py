"""Stories: which slides a deck shows, in which order and for how long, read from YAML.

The codes are those of `fields`.
"""

from __future__ import annotations

from collections import abc
from contextlib import suppress
from typing import Annotated

from conceptdeck.reading.fields import At, FieldReader, kind_of
from conceptdeck.reading.findings import Findings, TooManyMistakes
from conceptdeck.reading.rules import WRONG_KIND
from conceptdeck.reading.schema import MINUTES, Count, Field, Names
from conceptdeck.reading.source import Mapping, Node, Scalar, Sequence
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.story import Beat, Density, Story
from conceptdeck.values.text import about
from conceptdeck.values.value import frozen

__all__ = ["Telling", "read_stories"]

Group = abc.Mapping[str, Annotated[float, MINUTES]]
BEATS = Names("names of slides with their minutes, such as `- cover: 1`", alone="1")
SLIDES = "slides"


@frozen(kw_only=True)
class Telling:
    """A story as it is written: which slides are shown, in which order, and for how long."""

    span: Span
    density: Density = about(
        "`read` (the default) shows everything; `talk` moves descriptions into the notes and sets the rest larger.",
        default=Density.READ,
    )
    minutes: Annotated[float, MINUTES] = about(
        "How long the whole talk may take, in minutes: the build warns if its slides take longer.", default=0.0
    )
    slides: Annotated[list[Annotated[Group, BEATS]], Count("a list of entries such as `- cover: 1`")] = about(
        "Each entry names slides, by kind or by key, and the minutes for each, 1 where none are said; they are told in "
        "the order of the map."
    )


def read_stories(node: Node) -> tuple[tuple[Story, ...], tuple[Diagnostic, ...]]:
    """Return the stories of a file, none if anything is wrong with it, and all that is wrong."""
    findings = Findings(node.span.path)
    stories: tuple[Story, ...] = ()
    with suppress(TooManyMistakes):
        stories = _Reader(findings).stories(node)
    return () if findings.found else stories, findings.sorted()


class _Reader(FieldReader):
    """Read one file of stories."""

    def __init__(self, findings: Findings) -> None:
        """Read groups of slides with the places of their names."""
        super().__init__(findings)
        self.leaves[Group] = self._group

    def stories(self, node: Node) -> tuple[Story, ...]:
        """Return the stories in the order of the file."""
        if not isinstance(node, Mapping):
            message = f"stories must be a mapping from names to stories, but are {kind_of(node)}"
            hint = "start with the name of a story and `:`, and indent `slides:` below it"
            self.findings.error(WRONG_KIND, message, node.span, hints=[hint])
            return ()
        return tuple(self._story(name, value, node) for name, value in node.entries)

    def _story(self, name: Scalar, node: Node, parent: Mapping) -> Story:
        """Return one story; a list is its slides."""
        if isinstance(node, Sequence):
            node = Mapping(((Scalar(SLIDES, node.span), node),), node.span)
        at = At(Field(name.value, name.value, Telling, "", required=True), name, "", parent, Telling)
        told = self.part(node, at, Telling)
        if told is None:
            return Story(name.value, Density.READ, (), name.span)
        return Story(name.value, told.density, tuple(told.slides or ()), name.span, told.minutes)

    def _group(self, node: Node, at: At) -> tuple[Beat, ...]:
        """Return the slides of one entry, which may be names alone."""
        written = node.items if isinstance(node, Sequence) else (node,)
        names = [name for name in written if isinstance(name, Scalar) and name.value]
        if len(names) == len(written):
            node = Mapping(tuple((name, Scalar(BEATS.alone, name.span)) for name in names), node.span)
        minutes = self.named(node, at)
        keys = [key for key, _ in node.entries] if isinstance(node, Mapping) else []
        return tuple(Beat(key.value, minutes[key.value], key.span) for key in keys)
