"""Glossaries: how the terms of a map are said in another language, read from YAML.

Codes of this module: `wrong-kind`, `unknown-key`, `empty-text`, `empty-collection`.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from conceptdeck.reading.fields import At, FieldReader, kind_of
from conceptdeck.reading.findings import Findings, TooManyMistakes
from conceptdeck.reading.rules import EMPTY_COLLECTION, EMPTY_TEXT, WRONG_KIND
from conceptdeck.reading.schema import Field
from conceptdeck.reading.source import Mapping, Node, Scalar, Sequence
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.text import about
from conceptdeck.values.value import frozen

__all__ = ["Headword", "glossary_schema", "read_glossary"]

MOST_STARS = 3
Forms = tuple[str, ...]  # a word, or a list of words


@frozen
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


@frozen(kw_only=True)
class Entry:
    """What a glossary says of a term."""

    use: Forms = about("What says it in the language of the glossary: one of these words is wanted.", default=())
    avoid: Forms = about("What must not stand for it.", default=())
    also: Forms = about("Other forms of the term; a star stands for letters that may vary.", default=())
    note: Forms = about("What translators should know of it.", default=())


def glossary_schema() -> dict[str, Any]:
    """Return the JSON Schema of a glossary."""
    from conceptdeck.reading.json_schema import entries_schema  # builds do without

    source = "translation/glossary.py"
    return entries_schema("Glossary", "conceptdeck schema glossary", source, Entry, Forms)


def read_glossary(node: Node) -> tuple[tuple[Headword, ...], tuple[Diagnostic, ...]]:
    """Return the headwords of a file, none if anything is wrong with it, and all that is wrong."""
    findings = Findings(node.span.path)
    found: tuple[Headword, ...] = ()
    with suppress(TooManyMistakes):
        found = _Reader(findings).headwords(node)
    return () if findings.found else found, findings.sorted()


class _Reader(FieldReader):
    """Read one glossary."""

    def __init__(self, findings: Findings) -> None:
        """Read words, alone or in lists."""
        super().__init__(findings)
        self.leaves[Forms] = self._forms

    def headwords(self, node: Node) -> tuple[Headword, ...]:
        """Return the headwords in the order of the file."""
        if not isinstance(node, Mapping):
            message = f"a glossary must be a mapping from terms to what says them, but is {kind_of(node)}"
            hint = "write lines such as `world model*: Weltmodell*`"
            self.findings.error(WRONG_KIND, message, node.span, hints=[hint])
            return ()
        return tuple(self._headword(name, value, node) for name, value in node.entries)

    def _headword(self, name: Scalar, node: Node, parent: Mapping) -> Headword:
        """Return one headword."""
        term = (self._form(name),)
        if not isinstance(node, Mapping):
            at = At(Field(name.value, name.value, Forms, "", required=True), name, "", parent, Entry)
            return Headword(term, self._forms(node, at), span=name.span)
        entry: Entry = self.record(node, Entry, name.value, name)
        if not entry.use and not entry.avoid:
            message, hint = (
                f"nothing is said about the term `{name.value}`",
                "add `use:` with its translation, or `avoid:`",
            )
            self.findings.error(EMPTY_COLLECTION, message, name.span, hints=[hint])
        return Headword((*term, *entry.also), entry.use, entry.avoid, " ".join(entry.note), name.span)

    def _forms(self, node: Node, at: At) -> Forms:
        """Return a word, or the words of a list."""
        if isinstance(node, Scalar):
            return (self._form(node),)
        if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
            return tuple(self._form(item) for item in node.items if isinstance(item, Scalar))
        self.wrong_kind(node, at, "a word or a list of words")
        return ()

    def _form(self, node: Scalar) -> str:
        """Return a text with a letter or a digit, since a star alone would stand for every word, and few stars."""
        if max((word.count("*") for word in node.value.split()), default=0) > MOST_STARS:
            message, hint = f"a word has {MOST_STARS} stars at most", "write a line for each form of the word"
            self.findings.error(WRONG_KIND, message, node.span, hints=[hint])
        if not any(map(str.isalnum, node.value)):
            self.findings.error(EMPTY_TEXT, "a term needs a letter or a digit", node.span, hints=["write a word"])
        return node.value
