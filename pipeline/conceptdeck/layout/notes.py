"""Notes of a slide: when it is shown, what is said, and what is not translated yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.values.deck import Deck, Slide
from conceptdeck.values.frame import Frame
from conceptdeck.values.items import keys_in
from conceptdeck.values.terms import Term, Words, clock
from conceptdeck.values.text import Passage, Text, composed, keys_of

__all__ = ["marked", "note_passages", "slide_notes", "with_left"]


def slide_notes(slide: Slide, start: float, words: Words) -> str:
    """Return what the notes page says: the clock, what the speaker says, and what the slide leaves out."""
    parts = [words.say(Term.CLOCK, start=clock(start), end=clock(start + slide.minutes))] if slide.minutes else []
    parts += [slide.notes.value] if slide.notes else []
    parts += [text.value for text in slide.details]
    return "\n".join(parts)


def note_passages(notes: str, slide: Slide) -> tuple[Passage, ...]:
    """Return notes in stretches of one style and language, none if no text in them has emphasis or another language."""
    made = composed(notes, slide.notes, *slide.details)
    if not made.language:
        return made.passages
    return tuple(replace(each, language=each.language or made.language) for each in made.passages or (Passage(notes),))


def with_left(slide: Slide, left: Sequence[Text]) -> Slide:
    """Return the slide with what its layout has left out among the details of its notes, unless they say it already."""
    known = {text.key for text in slide.details}
    more = {text.key: text for text in left if text.key not in known}
    return replace(slide, details=(*slide.details, *more.values())) if more else slide


def marked(notes: str, frame: Frame, slide: Slide, source: Deck) -> str:
    """Return the notes with a line about the texts on the slide, and in the notes, that are in another language."""
    shown = {key for item in frame.items for key in keys_in(item)} | {*keys_of(slide.notes, *slide.details)}
    keys = sorted(source.untranslated & shown)
    if not keys:
        return notes
    line = source.words.say(Term.UNTRANSLATED, keys=source.words.separated(keys))
    return f"{notes}\n{line}" if notes else line
