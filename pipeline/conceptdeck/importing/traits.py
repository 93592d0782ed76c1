"""What concepts have besides names and texts: attributes of the map, with known values where these are few."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conceptdeck.importing.naming import Ids
from conceptdeck.importing.plan import PlannedConcept
from conceptdeck.importing.words import word
from conceptdeck.importing.yaml_text import Flow, FlowMap, Value
from conceptdeck.values.outline import Wording

__all__ = ["Traits"]

MOST_VALUES = 8
LONGEST_VALUE = 32


class Traits:
    """The attributes of all concepts, as the map declares them."""

    SYNONYMS = "also-called"

    def __init__(self, concepts: Sequence[PlannedConcept], language: str) -> None:
        """Gather what the concepts have."""
        ids = Ids("attribute", (self.SYNONYMS,))
        self._ids: dict[str, str] = {}
        self._values: dict[str, dict[str, str]] = {}
        self.declared: dict[str, Value] = {}
        said: dict[str, list[str]] = {}
        for concept in concepts:
            for name, value in concept.traits:
                said.setdefault(name, []).append(value)
        for name, values in said.items():
            id_ = self._ids[name] = ids.take(Wording(name))
            self._declare(id_, name, values)
        if any(each.synonyms for each in concepts):
            self.declared[self.SYNONYMS] = word("synonyms", language)

    def _declare(self, id_: str, name: str, values: Sequence[str]) -> None:
        """Declare an attribute, with its values if they are few and come again."""
        known = dict.fromkeys(values)
        if len(known) > MOST_VALUES or len(values) < 2 * len(known) or any(map(_is_free, known)):
            self.declared[id_] = name
            return
        ids = Ids("value")
        self._values[id_] = {value: ids.take(Wording(value)) for value in known}
        shown = FlowMap({each: value for value, each in self._values[id_].items()})
        self.declared[id_] = {"name": name, "values": shown}

    def of(self, concept: PlannedConcept) -> Iterator[tuple[str, Value]]:
        """Yield the attributes of a concept with what it has of each."""
        found: dict[str, list[str]] = {}
        for name, value in concept.traits:
            found.setdefault(self._ids[name], []).append(value)
        for id_, values in found.items():
            known = self._values.get(id_)
            each = [known[value] if known else value for value in dict.fromkeys(values)]
            yield id_, Flow(each) if known and len(each) > 1 else ", ".join(each)
        if concept.synonyms:
            yield self.SYNONYMS, concept.synonyms.text


def _is_free(value: str) -> bool:
    """Tell whether a value is a figure or a text rather than one of a few words."""
    return len(value) > LONGEST_VALUE or any(char.isdigit() for char in value)
