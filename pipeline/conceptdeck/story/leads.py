"""Where the names of concepts and systems lead: to an address, and to other concepts to read about."""

from __future__ import annotations

from collections.abc import Iterator

from conceptdeck.values.model import ConceptMap

__all__ = ["addresses", "references"]


def addresses(source: ConceptMap) -> Iterator[tuple[str, str]]:
    """Yield the keys of names that have an address, with that."""
    yield from ((system.name.key, system.link.url) for system in source.systems if system.link)
    yield from ((concept.name.key, concept.link.url) for concept in source.every_concept() if concept.link)


def references(source: ConceptMap) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the keys of names of concepts that refer to others, with the keys of their names."""
    names = {concept.id: concept.name.key for concept in source.every_concept()}
    for concept in source.every_concept():
        if concept.see:
            yield concept.name.key, tuple(names[ref.id] for ref in concept.see)
