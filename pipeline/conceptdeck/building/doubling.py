"""Editions in two languages: names, titles and labels say what they say in a second one, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from conceptdeck.building.edition import Edition, read_edition
from conceptdeck.values.deck import Deck
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.frame import Frame
from conceptdeck.values.languages import in_place, is_same
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.remarks import Way
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.text import Passage, Text, texts, with_texts
from conceptdeck.workspace import disk

__all__ = ["left_alone", "with_second"]

DOUBLED = (
    "title",
    "subtitle",
    "core-sentence",
    "name",
    "headline",
    "role",
    "phrase",
    "meaning",
    "summary",
)  # the last steps of keys
GROUPS = (".labels.", ".columns.")  # collections of labels
MOST_NAMED = 5  # keys that a warning names

SAME_LANGUAGE = Rule("same-language", "theme and files", WARNING, "a second language that is the first").because("""
    `--with-locale` adds a second line in another language than that of the deck. A project may say it for all decks:
    the one in that language is built without.
""")

ONE_LANGUAGE = Rule("one-language", "content", WARNING, "texts that found no room for a second language").because("""
    A second line never makes a text too small or a slide too full: where there is no room for it, the first language
    stands alone.
""")


def with_second(edition: Edition, map_file: Path, locale: str, *, strict: bool = False) -> Edition:
    """Return an edition whose names, titles and labels have a second language beside them, as far as it is translated.

    The same language is told, and nothing stands beside. Raises Failure if there is no catalog for it.
    """
    source = edition.source.language
    other = read_edition(map_file, None if is_same(locale, source) else locale, strict=strict)
    first, second = edition.map.language, other.map.language
    if is_same(first, second):
        hints = (f"name another language than `{first}`, or leave `--with-locale` out",)
        told = SAME_LANGUAGE.at(f"the deck is in `{first}` already", Span(disk.shown(map_file)), hints=hints)
        return replace(edition, problems=(*edition.problems, told))
    said = {text.key: text for text in texts(other.map) if text.key not in other.untranslated}

    def change(text: Text) -> Text:
        found = said.get(text.key)
        if found is None or text.language or found.language or not _is_doubled(text.key) or found.value == text.value:
            return text
        return replace(text, beside=Passage(in_place(found.value, first, second), language=second))

    made: ConceptMap = with_texts(edition.map, change)
    words = edition.words.beside(other.words)
    return replace(edition, map=made, words=words, second=locale, problems=(*edition.problems, *other.problems))


def left_alone(frames: Sequence[Frame], deck: Deck) -> tuple[Diagnostic, ...]:
    """Return a warning about the texts of a deck that found no room for their second language."""
    keys = list(dict.fromkeys(each.key for frame in frames for each in frame.remarks if each.way is Way.ONE_LANGUAGE))
    if not keys:
        return ()
    shown = ", ".join(keys[:MOST_NAMED]) + (", …" if len(keys) > MOST_NAMED else "")
    hints = ("shorten them, or take a theme or a size of slides with more room",)
    message = f"{len(keys)} texts found no room for `{deck.second}` on their slides"
    return (ONE_LANGUAGE.at(message, notes=(shown,), hints=hints),)


def _is_doubled(key: str) -> bool:
    """Tell whether the text with a key is a name, a title or a label."""
    return key.rpartition(".")[2] in DOUBLED or any(group in f".{key}" for group in GROUPS)
