"""Notes of a slide: when it is shown, what is said, and what is not translated yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from conceptdeck.values.deck import Deck, Slide
from conceptdeck.values.frame import Connector, Frame, Item, Picture, Route, Shape, Table
from conceptdeck.values.terms import Term, Words

__all__ = ["marked", "slide_notes"]


def slide_notes(slide: Slide, start: float, words: Words) -> str:
    """Return what the notes page says: the clock, what the speaker says, and what the slide leaves out."""
    parts = [words.say(Term.CLOCK, start=_clock(start), end=_clock(start + slide.minutes))] if slide.minutes else []
    parts += [slide.notes.value] if slide.notes else []
    parts += [text.value for text in slide.details]
    return "\n".join(parts)


def marked(notes: str, frame: Frame, slide: Slide, source: Deck) -> str:
    """Return the notes with a line about the texts on the slide, and in the notes, that are in another language."""
    shown = {key for item in frame.items for key in _keys(item)}
    shown |= {text.key for text in (slide.notes, *slide.details) if text}
    keys = sorted(key for key in source.untranslated if key in shown or key.rpartition(".")[0] in shown)
    if not keys:
        return notes
    line = source.words.say(Term.UNTRANSLATED, keys=source.words.separated(keys))
    return f"{notes}\n{line}" if notes else line


def _keys(item: Item) -> Iterator[str]:
    """Yield the keys of the texts that an item shows; a row of a table stands for its cells."""
    match item:
        case Table():
            yield from (key for key, _ in item.columns)
            yield from (row.key for row in item.rows)
        case Shape() | Connector() | Route() | Picture():
            yield from (part.partition("@")[0] for part in item.name.split("+"))
        case _:
            assert_never(item)


def _clock(minutes: float) -> str:
    return f"{int(minutes)}:{round(minutes % 1 * 60):02d}"
