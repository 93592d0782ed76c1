"""What a map tells other programs: its concepts, groups and relations, in all its languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from conceptdeck.reading.marks import unmarked
from conceptdeck.translation.catalog import Catalog, State, state_of
from conceptdeck.values.groups import Group, Subgroup
from conceptdeck.values.model import Concept, ConceptMap, Layer, Line, Relation
from conceptdeck.values.outline import NOTHING, Edge, Node, Outline, Wording
from conceptdeck.values.text import Ref, Text

__all__ = ["outline_of", "parts_left_out"]

SYNONYMS = "also-called"  # the attribute that an import makes of other names
PARTS = (
    "lenses", "systems", "steps", "tables", "categories", "strata", "aims", "conclusion", "slides", "sources",
)  # fmt: skip
OF_CONCEPTS = ("meaning", "examples", "see", "shift", "evidence", "icon", "image")
OF_RELATIONS = ("role", "headline", "core", "limit", "adds", "evidence", "notes")
OF_LAYERS = ("role", "lead", "opening", "icon")


def parts_left_out(source: ConceptMap) -> tuple[str, ...]:
    """Return the parts of a map that no other format has, as far as the map has them."""
    parts = [name for name in PARTS if getattr(source, name)]
    concepts = source.every_concept()
    parts += [f"`{name}` of concepts" for name in OF_CONCEPTS if any(getattr(each, name) for each in concepts)]
    relations = source.relations.items if source.relations else ()
    parts += [f"`{name}` of relations" for name in OF_RELATIONS if any(getattr(each, name) for each in relations)]
    layers = source.layers.items if source.layers else ()
    return (*parts, *(f"`{name}` of layers" for name in OF_LAYERS if any(getattr(each, name) for each in layers)))


def outline_of(source: ConceptMap, catalogs: Iterable[Catalog], *, marked: bool = False) -> Outline:
    """Return what a map says, with what its catalogs say in other languages; marks stay if they are `marked`."""
    teller = _Teller(source, tuple(catalogs), marked)
    about = teller.said(source.core_sentence)
    return Outline(
        title=teller.said(source.title),
        subtitle=teller.said(source.subtitle),
        summary=about,
        notes=teller.said(source.cover.notes if source.cover else None),
        author=teller.said(source.cover.meta if source.cover else None).text,
        language=source.language,
        focus=str(source.focus.id) if source.focus else "",
        keywords=tuple(teller.said(tag).text for tag in source.tags),
        nodes=tuple(teller.nodes()),
        edges=tuple(teller.edges()),
    )


class _Teller:
    """Tells what one map says."""

    def __init__(self, source: ConceptMap, catalogs: Sequence[Catalog], marked: bool) -> None:
        self.source = source
        self.catalogs = catalogs
        self.marked = marked
        self.homes: dict[str, list[str]] = {}

    def said(self, text: Text | None) -> Wording:
        """Return a text in all languages that have it now."""
        if text is None:
            return NOTHING
        others = []
        for catalog in self.catalogs:
            entry = catalog.by_key.get(text.key)
            if entry and state_of(entry, text.value) is State.DONE:
                others.append((catalog.language, self._plain(entry.text)))
        return Wording(self._plain(text.value), tuple(others))

    def _plain(self, text: str) -> str:
        return text if self.marked else unmarked(text)

    def nodes(self) -> Iterator[Node]:
        """Yield frames for layers and groups, then the concepts, each with its points below it."""
        for layer in self.source.layers.items if self.source.layers else ():
            yield self._frame(f"layer:{layer.id}", layer, "", [each.id for each in layer.concepts])
        for group in self.source.groups.items if self.source.groups else ():
            yield self._frame(f"group:{group.id}", group, "", _ids(group.concepts))
            for part in group.groups:
                yield self._frame(f"group:{group.id}.{part.id}", part, f"group:{group.id}", _ids(part.concepts))
        attributes = {each.id: each for each in self.source.attributes}
        names = {each.id: self.said(each.name).text for each in self.source.attributes}
        labels = {
            (each.id, value.key.rpartition(".")[2]): self.said(value).text
            for each in attributes.values()
            for value in each.values
        }
        for concept in self.source.every_concept():
            yield from self._concept(concept, names, labels)

    def _frame(self, id_: str, part: Layer | Group | Subgroup, parent: str, members: Sequence[str]) -> Node:
        for member in members:
            self.homes.setdefault(member, []).append(id_)
        return Node(
            id=id_,
            name=self.said(part.name),
            parent=parent,
            detail=self.said(part.summary),
            notes=self.said(part.notes),
            frame=True,
        )

    def _concept(
        self, concept: Concept, names: Mapping[str, str], labels: Mapping[tuple[str, str], str]
    ) -> Iterator[Node]:
        home, *others = self.homes.get(concept.id, [""])
        traits, synonyms = [], NOTHING
        for own in concept.attributes:
            if isinstance(own.value, Text):
                value = self.said(own.value)
            elif isinstance(own.value, tuple):
                value = Wording(", ".join(labels.get((own.id, str(ref.id)), str(ref.id)) for ref in own.value))
            else:
                value = Wording(own.value)
            if own.id == SYNONYMS:
                synonyms = value
            else:
                traits.append((names.get(own.id, own.id), value.text))
        yield Node(
            id=concept.id,
            name=self.said(concept.name),
            parent=home,
            detail=self.said(concept.description),
            notes=self.said(concept.notes),
            tagline=self.said(concept.tagline),
            link=concept.link.url if concept.link else "",
            traits=tuple(traits),
            synonyms=synonyms,
            groups=tuple(others),
        )
        for point in concept.points:
            yield Node(id=point.key, name=self.said(point), parent=concept.id)

    def edges(self) -> Iterator[Edge]:
        """Yield the relations."""
        relations = self.source.relations
        types = {each.id: each for each in relations.types} if relations else {}
        for each in relations.items if relations else ():
            yield self._edge(each, types)

    def _edge(self, relation: Relation, types: Mapping[str, object]) -> Edge:
        kind = types.get(str(relation.type.id)) if relation.type else None
        return Edge(
            source=str(relation.source.id),
            target=str(relation.target.id),
            phrase=self.said(relation.phrase),
            arrow=getattr(kind, "directed", True),
            dashed=getattr(kind, "line", Line.SOLID) is Line.DASHED,
        )


def _ids(refs: Iterable[Ref]) -> list[str]:
    return [str(ref.id) for ref in refs]
