"""Rules that several modules report, from the room `checks` up."""

from __future__ import annotations

from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = [
    "DUPLICATE_TITLE",
    "EMPTY_TITLE",
    "NO_ALT_TEXT",
    "OFF_SLIDE",
    "READING_ORDER",
    "SHOWN_NOWHERE",
    "TRANSLATION_CHARACTER",
    "TRANSLATION_TERM",
]

EMPTY_TITLE = Rule("empty-title", "frames", ERROR, "a slide without a title", elsewhere=WARNING).because("""
    Screen readers, the outline and the list of slides name a slide by its title; 166 of 270 real decks lack one
    somewhere.
""")

DUPLICATE_TITLE = Rule(
    "duplicate-title",
    "frames",
    ERROR,
    "a title that an earlier slide has",
    elsewhere=WARNING,
).because("""
    Whoever moves by titles cannot tell the two slides apart. Word them differently.
""")

READING_ORDER = Rule("reading-order", "frames", ERROR, "a title that is not read first", elsewhere=WARNING).because("""
    Screen readers read a slide from back to front. The title tells the listener where they are, so it comes first.
""")

NO_ALT_TEXT = Rule(
    "no-alt-text", "frames", ERROR, "a graphic that says nothing to who cannot see it", elsewhere=WARNING
).because("""
    Pictures, groups, tables, charts and connectors need a description, or the mark of decoration. 117 of 270 real
    decks lack one.
""")

OFF_SLIDE = Rule("off-slide", "frames", ERROR, "something reaches beyond the slide", elsewhere=WARNING).because("""
    What is beyond the edge is not shown; decoration without text may bleed off. The program finds room on further
    slides, so in slides of ours this is a fault of its own; please report it. In decks of others it is searched, read
    out and printed all the same.
""")

SHOWN_NOWHERE = Rule("shown-nowhere", "content", WARNING, "a text that no output shows").because("""
    It is on no slide, in no notes, in no diagram and not among the properties of files, whatever the story: somebody
    wrote and translated it for nobody. Often what it belongs to is missing, such as a relation for its heading.
""")

TRANSLATION_CHARACTER = Rule("translation-character", "catalogs", ERROR, "a character that nobody sees").because("""
    Control characters and those that turn the direction of text come from copying. The program sets directions
    itself.
""")

TRANSLATION_TERM = Rule("translation-term", "catalogs", WARNING, "another word than the glossary's").because("""
    A glossary, `glossary/<tag>.yaml` beside the map, says how a term is said: `world model*: Weltmodell*`, or with
    `use`, `avoid`, `also` and `note`. A star stands for the letters that may vary. Where the source has the term,
    the translation has one of the words to use and none of those to avoid.
""")
