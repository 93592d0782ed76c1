"""What concepts have of attributes: ids of known values where the map declares some, else words or a figure."""

from __future__ import annotations

from collections.abc import Mapping as Names

from conceptdeck.reading.fields import At, FieldReader
from conceptdeck.reading.rules import DANGLING_REFERENCE, DUPLICATE_REFERENCE
from conceptdeck.reading.source import Mapping, Node, Scalar, Sequence
from conceptdeck.reading.tree import entries_of, node_at
from conceptdeck.values.characters import is_blank, quoted
from conceptdeck.values.groups import Property
from conceptdeck.values.text import Ref, Text

__all__ = ["Scales", "property_of", "scales_of"]

Scales = Names[str, tuple[str, ...]]
"""The ids of the known values of each attribute, by its id; none where any value may be."""


def scales_of(root: Mapping) -> Scales:
    """Return the attributes that a map's tree declares; what is written wrongly there is for the reader to find."""
    return {
        key.value: tuple(each.value for each, _ in entries_of(node_at(value, "values")))
        for key, value in entries_of(node_at(root, "attributes"))
    }


def property_of(node: Node, at: At, scales: Scales, reader: FieldReader) -> Property | None:
    """Return what a concept has of the attribute at `at.key`."""
    name, key = at.key.value, at.full_path
    if name not in scales:
        message = f"{quoted(name)} is not among the attributes of the map"
        hint = reader.nearest.hint(name, scales) or f"declare it: attributes: {{{name}: …}}"
        reader.findings.error(DANGLING_REFERENCE, message, at.key.span, hints=[hint])
    known = scales.get(name, ())
    given = node.items if isinstance(node, Sequence) and known else (node,)
    words = [each for each in given if isinstance(each, Scalar) and not is_blank(each.value)]
    if len(words) < len(given) or not given:
        meant = "the id of one of its values, or a list of them" if known else "words or a number"
        hint = f"write {meant}; the values of {quoted(name)} are not declared" if isinstance(node, Sequence) else ""
        reader.wrong_kind(node, at, meant, hint) if not isinstance(node, Scalar) else reader.not_text(node, at, meant)
        return None
    if known:
        return Property(name, key, tuple(_value(word, name, known, reader) for word in _once(words, reader)))
    (word,) = words
    is_figure = not any(char.isalpha() for char in word.value)
    return Property(name, key, word.value if is_figure else Text(word.value, key, word.span))


def _value(word: Scalar, name: str, known: tuple[str, ...], reader: FieldReader) -> Ref:
    """Return one of an attribute's known values."""
    if word.value not in known:
        message = f"{quoted(word.value)} is not among the values of {quoted(name)}"
        hint = reader.nearest.hint(word.value, known) or f"declare it among the values, or write {known[0]}"
        reader.findings.error(DANGLING_REFERENCE, message, word.span, hints=[hint])
    return Ref(word.value, word.span)


def _once(words: list[Scalar], reader: FieldReader) -> list[Scalar]:
    """Return words without those that are there already, and report these."""
    found: dict[str, Scalar] = {}
    for word in words:
        if (first := found.setdefault(word.value, word)) is not word:
            message, note = f"{quoted(word.value)} is in the list already", f"first written at {first.span}"
            reader.findings.error(DUPLICATE_REFERENCE, message, word.span, note=note, hints=["delete one"])
    return list(found.values())
