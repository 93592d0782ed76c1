"""The slides of groups: one that shows all of them, one for each with its parts, and as many as the concepts need.

What a concept says decides its form: a card, a definition among others, or a tile if it has nothing but a name. A group
or subgroup of a few bare names makes no slide: the slide above it shows all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import IntEnum

from conceptdeck.story.attributes import Tagger, attribute_table, tagged
from conceptdeck.story.graphs import Names
from conceptdeck.values import deck, model
from conceptdeck.values.deck import Crumb, Entry, Part, Slide
from conceptdeck.values.groups import Group, Subgroup
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Text, composed
from conceptdeck.values.value import frozen

__all__ = ["MAP_KEY", "gathered_concepts", "group_slides", "listed_slides", "spoken_groups"]

MAP_KEY = "group-map"
LISTED_KEY = "concept-list"
MOST_WHOLE = (
    (3, 12),
    (6, 8),
    (12, 4),
    (20, 2),
)  # up to so many parts beside each other, names of one that are all shown
FEW = 2  # concepts that take the richer form of their siblings rather than a slide of their own
ROWS = 24  # concepts up to which a table reads better than tiles
FILLED = 0.75  # of the cells of a table, at least
COLUMNS = 2  # attributes from which a table reads better than tags


class Form(IntEnum):
    """How much a concept says, and so how it is shown."""

    TILE = 0
    ENTRY = 1
    CARD = 2


@frozen
class _Place:
    """Where slides stand: key and kind of the first, what they show, what is around it, and their colour."""

    key: str
    kind: str
    name: Text
    title: Text
    section: str
    around: tuple[Crumb, ...]
    accent: int

    @property
    def trail(self) -> tuple[Crumb, ...]:
        """Return what is around the slides, then their own name unless it is their title."""
        return self.around if self.title == self.name else (*self.around, Crumb(self.name, ""))

    @property
    def whole_trail(self) -> tuple[Crumb, ...]:
        """Return what is around a slide that stands below these: their own name comes last, once."""
        around = self.around[:-1] if self.around and self.around[-1].text == self.name else self.around
        return (*around, Crumb(self.name, self.key))

    @property
    def within(self) -> tuple[Text, ...]:
        """Return the names of what is around the slides, the nearest first, that can complete a title."""
        return tuple(crumb.text for crumb in reversed(self.trail) if crumb.link != MAP_KEY)


class _Maker:
    """Make the slides of the groups of one map."""

    def __init__(self, source: ConceptMap, names: Names, words: Words) -> None:
        self.source = source
        self.names = names
        self.words = words
        self.tagger = Tagger(source, words)
        self.concepts = {concept.id: concept for concept in source.every_concept()}
        self.detailed: set[str] = set()

    def members(self, part: Group | Subgroup) -> list[model.Concept]:
        """Return the concepts that a group names itself."""
        return [self.concepts[ref.id] for ref in part.concepts]

    def is_whole(self, part: Group | Subgroup, siblings: int) -> bool:
        """Tell whether a part says nothing but a few names, so that the slide above it can show all of it."""
        parts = part.groups if isinstance(part, Group) else ()
        members = self.members(part)
        most = next((names for count, names in MOST_WHOLE if siblings <= count), 0)
        return not parts and not part.notes and len(members) <= most and all(map(is_bare, members))

    def parts(self, parts: Sequence[Group | Subgroup], position: int = 0) -> tuple[Part, ...]:
        """Return groups or subgroups as they stand beside each other, each in a colour of its own, or all in one."""
        return tuple(self.part(part, position or at, len(parts)) for at, part in enumerate(parts, start=1))

    def part(self, part: Group | Subgroup, accent: int, siblings: int) -> Part:
        """Return a group or subgroup as it stands beside others."""
        whole = self.is_whole(part, siblings)
        around = "" if whole else part.key
        held = [Crumb(each.name, each.key) for each in (part.groups if isinstance(part, Group) else ())]
        for each in self.members(part):
            own = self.tagger.tags(each) if whole else ()
            tags = tagged(own, self.words, "", own[0].attribute if own and own[0].mark else None)
            name = (
                composed(self.words.say(Term.ABOUT, name=each.name, text=tags), each.name, tags) if tags else each.name
            )
            held.append(Crumb(replace(name, key=each.name.key), each.key if says_more(each) else around))
        return Part(part.key, part.name, part.summary, tuple(held), whole, accent)

    def group(self, group: Group, position: int) -> Iterator[Slide]:
        """Yield the slides of a group: its parts, its own concepts, then those of each part."""
        top = (Crumb(self.words.text(Term.OVERVIEW, "term.overview"), MAP_KEY),)
        title, section = group.summary or group.name, group.name.value
        place = _Place(group.key, "groups", group.name, title, section, top, position)
        if not group.groups:
            yield from self.filled(place, self.members(group), group.notes)
            return
        yield deck.Groups(
            key=group.key,
            kind="groups",
            section=section,
            title=title,
            notes=group.notes,
            parts=self.parts(group.groups, position),
            trail=place.trail,
            within=place.within,
        )
        inside = (*top, Crumb(group.name, group.key))
        own = _Place(f"{group.key}.concepts", "groups", group.name, group.name, section, inside, position)
        yield from self.filled(own, self.members(group), None)
        for part in group.groups:
            if not self.is_whole(part, len(group.groups)):
                title = part.summary or part.name
                place = _Place(part.key, "subgroups", part.name, title, section, inside, position)
                yield from self.filled(place, self.members(part), part.notes)

    def filled(self, place: _Place, concepts: Sequence[model.Concept], notes: Text | None) -> Iterator[Slide]:
        """Yield the slides that show concepts, those of one form together, then those that say more than that shows."""
        forms = _forms(concepts)
        for count, form in enumerate(sorted(set(forms), reverse=True)):
            some = [concept for concept, own in zip(concepts, forms, strict=True) if own is form]
            key = f"{place.key}.{form.name.lower()}" if count else place.key
            yield replace(self.slide(place, key, form, some), notes=None if count else notes)
        for concept in concepts:
            if says_more(concept) and concept.id not in self.detailed:
                self.detailed.add(concept.id)
                yield self.detail(place, concept)

    def slide(self, place: _Place, key: str, form: Form, concepts: Sequence[model.Concept]) -> Slide:
        """Return one slide of concepts of a form."""
        entries = tuple(self.tagger.entry(concept) for concept in concepts)
        details = tuple(self.said(each, each.notes) for each in concepts if each.notes and not says_more(each))
        return replace(
            self.shown(place, key, form, entries),
            kind=place.kind,
            section=place.section,
            trail=place.trail,
            within=place.within,
            details=details,
        )

    def shown(self, place: _Place, key: str, form: Form, entries: tuple[Entry, ...]) -> Slide:
        """Return what a slide shows of concepts: cards, definitions, a table, or tiles."""
        if form is Form.CARD:
            concepts = tuple(entry.concept for entry in entries)
            examples = tuple(self.names.of_examples(each.examples) for each in concepts)
            layer = model.Layer(id="", key=key, name=place.title, summary=place.title, concepts=concepts)
            tags = tuple(entry.tags for entry in entries)
            return deck.Cards(
                key=key, title=place.title, layer=layer, position=place.accent, layers=(), examples=examples, tags=tags
            )
        if form is Form.ENTRY:
            return deck.Entries(key=key, title=place.title, entries=entries, accent=place.accent)
        if _is_table(entries):
            heading = self.words.text(Term.CONCEPTS, "term.concepts")
            table, rows = attribute_table(key, heading, entries, self.tagger.order)
            return deck.Table(key=key, title=place.title, table=table, rows=rows)
        return deck.Tiles(key=key, title=place.title, entries=entries, accent=place.accent)

    def said(self, concept: model.Concept, text: Text) -> Text:
        """Return what is said of a concept, after its name."""
        return composed(self.words.say(Term.ABOUT, name=concept.name, text=text), concept.name, text)

    def detail(self, place: _Place, concept: model.Concept) -> Slide:
        """Return the slide of one concept that says more than its card."""
        return deck.Concept(
            key=concept.key,
            kind="members",
            section=place.section,
            title=concept.meaning or concept.name,
            notes=concept.notes,
            concept=concept,
            position=place.accent,
            layers=(),
            examples=self.names.of_examples(concept.examples),
            see=self.names.of_concepts(concept.see),
            tags=self.tagger.tags(concept),
            trail=place.whole_trail,
            within=place.within or (place.name,),
        )


def group_slides(source: ConceptMap, names: Names, words: Words) -> Iterator[Slide]:
    """Yield the slides of a map's groups."""
    if not source.groups:
        return
    maker, groups = _Maker(source, names, words), source.groups
    yield deck.Groups(
        key=MAP_KEY,
        kind="group-map",
        section=words.say(Term.OVERVIEW),
        title=groups.title or words.text(Term.OVERVIEW, "term.overview"),
        notes=groups.notes,
        parts=maker.parts(groups.items),
    )
    for position, group in enumerate(groups.items, start=1):
        if not maker.is_whole(group, len(groups.items)):
            yield from maker.group(group, position)


def listed_slides(source: ConceptMap, names: Names, words: Words) -> Iterator[Slide]:
    """Yield the slides of concepts that stand in no other part of the map, and of attributes not shown yet."""
    maker = _Maker(source, names, words)
    title = words.text(Term.CONCEPTS, "term.concepts")
    place = _Place(LISTED_KEY, "groups", title, title, title.value, (), 1)
    yield from maker.filled(place, listed_concepts(source), None)
    shown = gathered_concepts(source)
    entries = [maker.tagger.entry(each) for each in source.concepts if each.attributes and each.id not in shown]
    if entries:
        table, rows = attribute_table("attributes", title, entries, maker.tagger.order)
        named = table.columns[1:]
        yield deck.Table(
            key="attributes",
            kind="attributes",
            section=words.say(Term.COMPARISON),
            title=composed(words.listed(named), *named, key="attributes"),
            table=table,
            rows=rows,
        )


def spoken_groups(slide: deck.Entries | deck.Groups) -> Slide:
    """Return a slide of groups as a speaker wants it: what things are is left to the notes."""
    if isinstance(slide, deck.Groups):
        said = tuple(part.summary for part in slide.parts if part.summary)
        parts = tuple(replace(part, summary=None) for part in slide.parts)
        return replace(slide, parts=parts, details=(*slide.details, *said))
    said = tuple(entry.concept.description for entry in slide.entries if entry.concept.description)
    return deck.Tiles(
        key=slide.key,
        kind=slide.kind,
        section=slide.section,
        title=slide.title,
        notes=slide.notes,
        minutes=slide.minutes,
        details=(*said, *slide.details),
        within=slide.within,
        trail=slide.trail,
        entries=slide.entries,
        accent=slide.accent,
    )


def gathered_concepts(source: ConceptMap) -> set[str]:
    """Return the ids of the concepts that stand in groups, or are listed by themselves."""
    grouped = {ref.id for group in (source.groups.items if source.groups else ()) for ref in group.members()}
    return grouped | {concept.id for concept in listed_concepts(source)}


def listed_concepts(source: ConceptMap) -> tuple[model.Concept, ...]:
    """Return the concepts that are listed by themselves, in a map without layers and groups.

    They are those that no part refers to, and those that say more than their name: other parts show no more of them.
    """
    if source.layers or source.groups:
        return ()
    used = set(_shown_elsewhere(source))
    return tuple(each for each in source.concepts if each.id not in used or _form(each) is not Form.TILE)


def _shown_elsewhere(source: ConceptMap) -> Iterator[str]:
    """Yield the ids of the concepts that other parts of a map show."""
    for relation in source.relations.items if source.relations else ():
        yield from (relation.source.id, relation.target.id)
    for part in (source.categories, source.strata):
        yield from (ref.id for each in (part.items if part else ()) for ref in each.members)
    yield from (aim.concept.id for aim in (source.aims.items if source.aims else ()))


def is_bare(concept: model.Concept) -> bool:
    """Tell whether a concept has nothing but a name, and at most one attribute."""
    says = concept.notes or concept.see or concept.points
    return _form(concept) is Form.TILE and not says and len(concept.attributes) < COLUMNS


def says_more(concept: model.Concept) -> bool:
    """Tell whether a concept says more than a card holds: points, a change, a figure, a takeaway that is explained."""
    shown_large = concept.shift or concept.evidence
    return bool(concept.points or shown_large or (concept.meaning and concept.notes))


def _form(concept: model.Concept) -> Form:
    if concept.tagline or concept.meaning or concept.examples:
        return Form.CARD
    return Form.ENTRY if concept.description else Form.TILE


def _forms(concepts: Sequence[model.Concept]) -> list[Form]:
    """Return the form of each concept: a few that say less than the others take theirs."""
    forms = [_form(concept) for concept in concepts]
    for form in (Form.TILE, Form.ENTRY):
        richer = [other for other in forms if other > form]
        if richer and forms.count(form) <= FEW:
            forms = [min(richer) if own is form else own for own in forms]
    return forms


def _is_table(entries: Sequence[Entry]) -> bool:
    """Tell whether concepts are few and nearly all have several attributes, so that columns compare them."""
    attributes = {tag.attribute for entry in entries for tag in entry.tags}
    cells = sum(len(entry.tags) for entry in entries)
    return len(attributes) >= COLUMNS and len(entries) <= ROWS and cells >= FILLED * len(entries) * len(attributes)
