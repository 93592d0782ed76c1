"""Attributes of concepts in words: as tags, and as the rows of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conceptdeck.values.deck import Entry, Tag
from conceptdeck.values.groups import Attribute, Property
from conceptdeck.values.model import Concept, ConceptMap, Row, Table
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Text, composed

__all__ = ["Tagger", "attribute_table", "tag_text", "tagged"]

LACKING = "–"


class Tagger:
    """Say what a concept has of the attributes of its map."""

    def __init__(self, source: ConceptMap, words: Words) -> None:
        """Know the attributes of `source`."""
        self.attributes: Mapping[str, Attribute] = {each.id: each for each in source.attributes}
        self.order = tuple(each.name for each in source.attributes)
        self.words = words

    def tags(self, concept: Concept) -> tuple[Tag, ...]:
        """Return what a concept has, in the order of the map's attributes."""
        own = {each.id: each for each in concept.attributes}
        return tuple(self._tag(attribute, own[id_]) for id_, attribute in self.attributes.items() if id_ in own)

    def all_tags(self, concepts: Sequence[Concept]) -> tuple[tuple[Tag, ...], ...]:
        """Return what each of some concepts has; nothing if none has anything."""
        found = tuple(map(self.tags, concepts))
        return found if any(found) else ()

    def entry(self, concept: Concept) -> Entry:
        """Return a concept with what it has."""
        return Entry(concept, self.tags(concept))

    def _tag(self, attribute: Attribute, own: Property) -> Tag:
        if isinstance(own.value, tuple):
            labels = {text.id: text for text in attribute.values}
            named = [labels[ref.id] for ref in own.value]
            place = attribute.values.index(named[0]) + 1 if len(named) == 1 else 0
            return Tag(attribute.name, composed(self.words.separated(named), *named, key=own.key), place)
        return Tag(attribute.name, own.value if isinstance(own.value, Text) else Text(own.value, own.key))


def tag_text(tag: Tag, words: Words) -> Text:
    """Return a tag as a text: the name of the attribute, and what the concept has of it."""
    return composed(words.say(Term.ABOUT, name=tag.attribute, text=tag.text), tag.attribute, tag.text, key=tag.text.key)


def tagged(tags: Sequence[Tag], words: Words, key: str, known: Text | None = None) -> Text | None:
    """Return tags as one text, without the name of the `known` attribute; None if there are none."""
    shown = [tag.text if tag.attribute == known else tag_text(tag, words) for tag in tags]
    return composed(words.separated(shown), *shown, key=key) if shown else None


def attribute_table(
    key: str, heading: Text, entries: Sequence[Entry], order: Sequence[Text]
) -> tuple[Table, tuple[tuple[Text, ...], ...]]:
    """Return a table of concepts below `heading`, and its cells: a column for each attribute of theirs, in `order`."""
    owned = {tag.attribute for entry in entries for tag in entry.tags}
    names = tuple(name for name in order if name in owned)
    rows = tuple(Row(id=each.concept.id, key=f"{key}.rows.{each.concept.id}") for each in entries)
    table = Table(id="attributes", key=key, title=heading, columns=(heading, *names), rows=rows)
    return table, tuple(_cells(row.key, entry, names) for row, entry in zip(rows, entries, strict=True))


def _cells(key: str, entry: Entry, names: Sequence[Text]) -> tuple[Text, ...]:
    """Return the name of a concept and what it has of each attribute; a dash stands for what it lacks."""
    own = {tag.attribute: tag.text for tag in entry.tags}
    return (entry.concept.name, *(own.get(name, Text(LACKING, f"{key}.{name.key}")) for name in names))
