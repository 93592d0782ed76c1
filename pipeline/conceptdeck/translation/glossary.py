"""Glossaries: how the terms of a map are said in another language, read from YAML.

Codes of this module: `wrong-kind`, `unknown-key`, `empty-text`, `empty-collection`.
"""

from __future__ import annotations

from dataclasses import dataclass

from conceptdeck.reading.rules import EMPTY_COLLECTION, EMPTY_TEXT, UNKNOWN_KEY, WRONG_KIND
from conceptdeck.reading.source import Mapping, Node, Scalar, Sequence
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.rules import Rule

__all__ = ["Headword", "read_glossary"]

MOST_STARS = 3
KEYS = ("use", "avoid", "also", "note")


@dataclass(frozen=True, slots=True)
class Headword:
    """A term of the source with what says it in the language of the glossary, and what does not.

    `terms` are the term and its other forms; one of `use` is wanted where one of them stands, none of `avoid` is
    allowed there. A star in any of them stands for the letters before, within or after a word that may vary.
    """

    terms: tuple[str, ...]
    use: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    note: str = ""
    span: Span = Span()


def read_glossary(node: Node) -> tuple[tuple[Headword, ...], tuple[Diagnostic, ...]]:
    """Return the headwords of a file, and all that is wrong with it."""
    reader = _Reader()
    found = reader.headwords(node)
    return found, tuple(reader.problems)


class _Reader:
    """Turn the tree of a glossary into headwords, collecting what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[Diagnostic] = []

    def headwords(self, node: Node) -> tuple[Headword, ...]:
        if not isinstance(node, Mapping):
            hint = "write lines such as `world model*: Weltmodell*`"
            self.refuse(WRONG_KIND, "a glossary is a mapping from terms to what says them", node.span, hint)
            return ()
        return tuple(self.headword(name, value) for name, value in node.entries)

    def headword(self, name: Scalar, node: Node) -> Headword:
        term = (self.text(name),)
        if not isinstance(node, Mapping):
            return Headword(term, self.texts(node), span=name.span)
        fields = {key.value: value for key, value in node.entries}
        for key in (key for key, _ in node.entries if key.value not in KEYS):
            message = f"`{key.value}` is not a key of a term in a glossary"
            self.refuse(UNKNOWN_KEY, message, key.span, f"valid: {', '.join(KEYS)}")
        use, avoid, also, note = (self.texts(fields[key]) if key in fields else () for key in KEYS)
        if not use and not avoid:
            hint = "add `use:` with its translation, or `avoid:`"
            self.refuse(EMPTY_COLLECTION, f"nothing is said about the term `{name.value}`", name.span, hint)
        return Headword((*term, *also), use, avoid, " ".join(note), name.span)

    def texts(self, node: Node) -> tuple[str, ...]:
        """Return a text, or the texts of a list."""
        if isinstance(node, Scalar):
            return (self.text(node),)
        if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
            return tuple(self.text(item) for item in node.items if isinstance(item, Scalar))
        self.refuse(WRONG_KIND, "a word or a list of words stands here", node.span)
        return ()

    def text(self, node: Scalar) -> str:
        """Return a text with a letter or a digit, since a star alone would stand for every word, and few stars."""
        if max((word.count("*") for word in node.value.split()), default=0) > MOST_STARS:
            self.refuse(WRONG_KIND, f"a word has {MOST_STARS} stars at most", node.span)
        if not any(map(str.isalnum, node.value)):
            self.refuse(EMPTY_TEXT, "a term needs a letter or a digit", node.span)
        return node.value

    def refuse(self, rule: Rule, message: str, span: Span, hint: str = "") -> None:
        self.problems.append(rule.at(message, span, hints=(hint,) if hint else ()))
