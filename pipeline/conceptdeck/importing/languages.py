"""The language of a file that does not tell it: by its letters, and by the small words of some languages."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import replace

from conceptdeck.values.outline import Node, Outline, Wording
from conceptdeck.values.regex import regex

__all__ = ["in_language", "likely_language"]

ENGLISH = "en"
LETTERS = 4000  # that are looked at
LEAD = 2  # words by which another language is ahead of English: one alone may be a name, or a word of both
SCRIPTS = {  # by the first word of a letter's name
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh-Hans", "ARABIC": "ar", "HEBREW": "he",
    "CYRILLIC": "ru", "GREEK": "el", "THAI": "th", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta",
    "GEORGIAN": "ka", "ARMENIAN": "hy",
}  # fmt: skip
SMALL_WORDS = {
    "en": "the of and is are to in with for by can has have from that which it be as an on or not no yes",
    "de": "der die das und ist sind von mit für ein eine wird werden kann hat im zu auf nicht den dem des aus bei oder",
    "fr": "le la les des et est sont du une un dans pour par avec qui sur peut au aux ou ne pas se ce",
    "es": "el la los las y es son del una un en para por con que se al puede su sus o no lo como",
}
WORD = regex(r"[^\W\d_]+")


def in_language(outline: Outline, tag: str) -> Outline:
    """Return an outline whose texts are in another of its languages first; those it lacks stay as they are."""
    was = outline.language
    if tag == was or not any(each.in_language(tag) for each in outline.wordings()):
        return replace(outline, language=tag)

    def turned(wording: Wording) -> Wording:
        if not (text := wording.in_language(tag)):
            return wording
        others = dict(wording.others) | ({was: wording.text} if was and wording.text else {})
        return Wording(text, tuple((other, said) for other, said in others.items() if other != tag))

    def node(each: Node) -> Node:
        name, detail, notes = turned(each.name), turned(each.detail), turned(each.notes)
        synonyms, tagline = turned(each.synonyms), turned(each.tagline)
        return replace(each, name=name, detail=detail, notes=notes, synonyms=synonyms, tagline=tagline)

    title, subtitle, notes = turned(outline.title), turned(outline.subtitle), turned(outline.notes)
    return replace(
        outline,
        title=title,
        subtitle=subtitle,
        summary=turned(outline.summary),
        notes=notes,
        language=tag,
        nodes=tuple(map(node, outline.nodes)),
        edges=tuple(replace(each, phrase=turned(each.phrase)) for each in outline.edges),
    )


def likely_language(outline: Outline) -> str:
    """Return the language that a file seems to be in, English if nothing speaks for another."""
    text = "\n".join(each.text for each in outline.wordings() if each)
    scripts = Counter(_script(char) for char in text[:LETTERS] if char.isalpha())
    if scripts["HIRAGANA"] + scripts["KATAKANA"]:
        scripts["HIRAGANA"] += scripts["CJK"]
    script = max(scripts, key=scripts.__getitem__, default="LATIN")
    if script != "LATIN":
        return SCRIPTS.get(script, ENGLISH)
    words = Counter(word.casefold() for word in WORD.findall(text[: 10 * LETTERS]))
    counts = {tag: sum(words[each] for each in small.split()) for tag, small in SMALL_WORDS.items()}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] >= counts[ENGLISH] + LEAD else ENGLISH


def _script(char: str) -> str:
    return "LATIN" if char.isascii() else unicodedata.name(char, "LATIN").partition(" ")[0]
