"""Statements of RDF, found by what they are about; known vocabularies by their short names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

__all__ = ["Fact", "Facts", "Term"]

PREFIXES = {
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "http://www.w3.org/2008/05/skos#": "skos:",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2002/07/owl#": "owl:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://xmlns.com/foaf/0.1/": "foaf:",
    "http://www.w3.org/2008/05/skos-xl#": "skosxl:",
    "http://purl.org/iso25964/skos-thes#": "skos:",
}
NAMED_LABELS = {"skosxl:prefLabel": "skos:prefLabel", "skosxl:altLabel": "skos:altLabel"}
LONGEST_LIST = 100_000


class Term(NamedTuple):
    """What a statement says of something: a text in a language, or a thing by its address."""

    text: str
    language: str = ""
    is_text: bool = True


class Fact(NamedTuple):
    """A statement: of what, in which respect, what."""

    subject: str
    kind: str
    said: Term


class Facts:
    """The statements of a file, in its order."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        """Keep them by what they are about."""
        self._about: dict[str, dict[str, list[Term]]] = {}
        self._typed: dict[str, list[str]] = {}
        for fact in facts:
            kind = _short(fact.kind)
            said = self._about.setdefault(fact.subject, {}).setdefault(kind, [])
            said.append(fact.said)
            if kind == "rdf:type":
                self._typed.setdefault(_short(fact.said.text), []).append(fact.subject)
        self._take_labels()

    def _take_labels(self) -> None:
        """Let labels that are things of their own (SKOS-XL) count as texts."""
        for about in self._about.values():
            for long, kind in NAMED_LABELS.items():
                for label in about.get(long, ()):
                    about.setdefault(kind, []).extend(self._about.get(label.text, {}).get("skosxl:literalForm", ()))

    def subjects(self, *types: str) -> Sequence[str]:
        """Return what is of one of the types."""
        return list(dict.fromkeys(each for kind in types for each in self._typed.get(kind, ())))

    def having(self, kind: str) -> Iterator[str]:
        """Yield what something is said of in a respect."""
        return (subject for subject, about in self._about.items() if kind in about)

    def texts(self, subject: str, *kinds: str) -> Sequence[Term]:
        """Return the texts that are said of something in some respects, in the order of these."""
        about = self._about.get(subject, {})
        return [each for kind in kinds for each in about.get(kind, ()) if each.is_text and each.text.strip()]

    def objects(self, subject: str, kind: str) -> Sequence[str]:
        """Return the things that are said of something in a respect."""
        return [each.text for each in self._about.get(subject, {}).get(kind, ()) if not each.is_text]

    def listed(self, start: str) -> Iterator[str]:
        """Yield the things in a list of RDF."""
        seen = set[str]()
        while start in self._about and start not in seen and len(seen) < LONGEST_LIST:
            seen.add(start)
            yield from self.objects(start, "rdf:first")
            start = next(iter(self.objects(start, "rdf:rest")), "")


def _short(address: str) -> str:
    """Return an address of a known vocabulary by its short name."""
    for sign in ("#", "/"):
        head, found, tail = address.rpartition(sign)
        if found and (prefix := PREFIXES.get(head + found)):
            return prefix + tail
    return address
