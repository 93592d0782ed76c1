"""Rules on decks as listeners meet them: how many words a slide has, and how often one composition comes in a row."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from unicodedata import east_asian_width

from conceptdeck.values import deck
from conceptdeck.values.deck import Deck, Slide
from conceptdeck.values.diagnostics import Diagnostic, OnSlide
from conceptdeck.values.frame import Frame, Shape
from conceptdeck.values.items import is_title
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.story import Density

__all__ = ["check_pace", "count_words"]

ALIKE = 3  # slides of one composition in a row that listeners take for one
BUDGET = {Density.TALK: 60, Density.READ: 90}  # words below the title
WIDE = ("W", "F")  # letters of scripts without spaces
LETTERS = 2.5  # of those that make a word
TOLD = (deck.Cover, deck.Steps, deck.Concept, deck.Relation, deck.Statement)  # whose words are sentences
NO_WORDS, PLACES = ("ftr", "sldNum", "dt"), ("tracker", "footer")  # what tells where a slide stands


def check_pace(shown: Deck, frames: Sequence[Frame], density: Density) -> tuple[Diagnostic, ...]:
    """Return what makes a deck hard to follow in a story of that density."""
    made: dict[str, list[Frame]] = {}
    for frame in frames:
        made.setdefault(frame.slide, []).append(frame)
    return (*_rhythm(shown.slides, made), *_words(shown.slides, made, density))


RHYTHM = Rule("rhythm", "frames", WARNING, "the same composition on three slides in a row").because("""
    What looks alike is taken for the same thing, and attention goes. The program gives concepts in a row another
    composition each where their content has several; where it has but one, tell another slide between them, or give a
    concept what has a composition of its own: `shift`, `evidence` or an image.
""")


def _rhythm(slides: Sequence[Slide], made: Mapping[str, list[Frame]]) -> Iterator[Diagnostic]:
    """Find concepts in a row that the program could not show in different compositions, once for each row."""

    def composition(slide: Slide) -> str:
        return made[slide.key][0].layout if isinstance(slide, deck.Concept) and slide.key in made else ""

    for layout, run in groupby(slides, composition):
        alike = list(run)
        if layout and len(alike) >= ALIKE:
            third = alike[ALIKE - 1]
            frame = made[third.key][0]
            what = f"the {len(alike)} slides from {made[alike[0].key][0].number} on look alike (`{layout}`)"
            hints = ["tell another slide between them", "give one of the concepts a `shift`, an `evidence` or an image"]
            yield RHYTHM.at(what, third.title.span, hints=hints).on(OnSlide(frame.number, frame.key))


WORDY = Rule("wordy-slide", "frames", WARNING, "more words on a slide than listeners read").because("""
    Who reads does not listen. In a talk a slide has 60 words below its title at most, in a deck to be read 90. The
    program moves to the notes what it may; the rest is the author's: say less, or say it in the notes.
""")


def _words(slides: Sequence[Slide], made: Mapping[str, list[Frame]], density: Density) -> Iterator[Diagnostic]:
    """Find slides whose sentences have more words than the density lets them have."""
    most = BUDGET[density]
    for slide in slides:
        for frame in made.get(slide.key, ()) if _is_told(slide) else ():
            said = [item for item in frame.items if isinstance(item, Shape) and _is_read(item)]
            counts = [count_words(item.text.text if item.text else "") for item in said]
            if sum(counts) > most:
                longest = said[counts.index(max(counts))]
                what = f"has {sum(counts)} words below its title, listeners read {most} at most"
                hints = ["shorten its texts, this one first, or say them in `notes`"]
                span = longest.text.span if longest.text else slide.title.span
                yield WORDY.at(what, span, hints=hints).on(OnSlide(frame.number, frame.key, longest.name))


def _is_told(slide: Slide) -> bool:
    """Tell whether a slide is read as a whole; in lists, and on cards with all there is, readers look things up."""
    if isinstance(slide, deck.Cards):
        return slide.recap
    return isinstance(slide, TOLD) and not (isinstance(slide, deck.Concept) and slide.concept.points)


def count_words(text: str) -> int:
    """Return how many words a text has; in scripts without spaces, some letters count as one."""
    wide = sum(1 for char in text if east_asian_width(char) in WIDE and char.isalpha())
    narrow = re.sub(r"[^\W]", lambda found: " " if east_asian_width(found[0]) in WIDE else found[0], text)
    return math.ceil(wide / LETTERS) + sum(1 for word in narrow.split() if any(map(str.isalnum, word)))


def _is_read(shape: Shape) -> bool:
    """Tell whether a shape has words of the slide's own, which is neither the title nor on every slide."""
    holder = shape.placeholder.type if shape.placeholder else ""
    return bool(shape.text) and not is_title(shape) and shape.place not in PLACES and holder not in NO_WORDS
