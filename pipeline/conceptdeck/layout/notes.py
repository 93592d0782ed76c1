"""Notes of a slide: when it is shown, what is said, and what is not translated yet."""

from __future__ import annotations

from conceptdeck.values.deck import Deck, Slide
from conceptdeck.values.frame import Frame
from conceptdeck.values.items import keys_in
from conceptdeck.values.terms import Term, Words, clock
from conceptdeck.values.text import keys_of

__all__ = ["marked", "slide_notes"]


def slide_notes(slide: Slide, start: float, words: Words) -> str:
    """Return what the notes page says: the clock, what the speaker says, and what the slide leaves out."""
    parts = [words.say(Term.CLOCK, start=clock(start), end=clock(start + slide.minutes))] if slide.minutes else []
    parts += [slide.notes.value] if slide.notes else []
    parts += [text.value for text in slide.details]
    return "\n".join(parts)


def marked(notes: str, frame: Frame, slide: Slide, source: Deck) -> str:
    """Return the notes with a line about the texts on the slide, and in the notes, that are in another language."""
    shown = {key for item in frame.items for key in keys_in(item)} | {*keys_of(slide.notes, *slide.details)}
    keys = sorted(source.untranslated & shown)
    if not keys:
        return notes
    line = source.words.say(Term.UNTRANSLATED, keys=source.words.separated(keys))
    return f"{notes}\n{line}" if notes else line
