"""Whether a translation has the marks of its source: emphasis, code, levels, and links to concepts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from conceptdeck.checks.translated import Findings, Pair, finding_on
from conceptdeck.reading.marks import CONCEPT, may_be_marked, passages_in
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.text import Passage

__all__ = ["marks"]

KINDS = (
    ("bold words", lambda each: each.strong, "write **stars** around the same words"),
    ("italic words", lambda each: each.emphasis, "write *a star* on both sides of the same words"),
    ("code", lambda each: each.code, "write the same code between `backticks`"),
    ("superscript", lambda each: each.level > 0, "write it as the source does, such as x^2^"),
    ("subscript", lambda each: each.level < 0, "write it as the source does, such as H~2~O"),
)

TRANSLATION_MARK = Rule("translation-mark", "catalogs", WARNING, "other marks than in the source").because("""
    Emphasis, code, sub- and superscript and links to concepts are part of what a text says. A mark that lost its
    second half is shown as it was typed.
""")


def marks(pair: Pair) -> Findings:
    """Find marks that were lost, broken or added."""
    if not any(map(may_be_marked, pair.typed)):
        return
    source, text = map(passages_in, pair.typed)
    for name, has, hint in KINDS:
        wanted, there = (sum(key for key, _ in groupby(some, key=has)) for some in (source, text))
        if there < wanted:
            yield finding_on(TRANSLATION_MARK, pair, f"has less {name} than the source", hint)
        elif there > wanted:
            yield finding_on(TRANSLATION_MARK, pair, f"has more {name} than the source", "take the marks away")
    links, found = Counter(_links(source)), Counter(_links(text))
    for link in links - found:
        yield finding_on(TRANSLATION_MARK, pair, f"lacks the link to {link}", f"write [words]({link})")
    for latex in dict.fromkeys((*(wanted := Counter(_formulas(source))), *(there := Counter(_formulas(text))))):
        if wanted[latex] > there[latex]:
            yield finding_on(TRANSLATION_MARK, pair, f"lacks the formula ${latex}$", "write it as the source does")
        elif wanted[latex] < there[latex]:
            what = f"has the formula ${latex}$, the source has not"
            yield finding_on(TRANSLATION_MARK, pair, what, "write formulas as the source does")
    for link in found - links:
        yield finding_on(TRANSLATION_MARK, pair, f"has a link to {link}, the source has not", "take the link away")


def _formulas(passages: Sequence[Passage]) -> Iterator[str]:
    return (each.formula.latex for each in passages if each.formula)


def _links(passages: Sequence[Passage]) -> Iterator[str]:
    """Yield the links to concepts, each once though its words may differ in style."""
    return (link for link, _ in groupby(passages, key=lambda each: each.link) if link.startswith(CONCEPT))
