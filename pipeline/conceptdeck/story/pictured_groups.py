"""The picture of groups: which of their concepts it names, and what it says in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from conceptdeck.story.attributes import Tagger, tagged
from conceptdeck.story.prose import Prose
from conceptdeck.values import picture
from conceptdeck.values.deck import Entry
from conceptdeck.values.diagram import Diagram
from conceptdeck.values.groups import Group, Subgroup
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.picture import Bunch
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Text, composed

__all__ = ["element_ids", "groups_picture"]

MOST_NAMED = 160  # concepts in one picture; of more, each group names as many as its share
LEAST_NAMED = 2


def element_ids(source: ConceptMap) -> list[str]:
    """Return the ids of what a picture of the groups can show: groups, their parts, and concepts in them."""
    groups = source.groups.items if source.groups else ()
    parts = [part.id for group in groups for part in group.groups]
    return [group.id for group in groups] + parts + [ref.id for group in groups for ref in group.members()]


def groups_picture(source: ConceptMap, entry: Diagram, wanted: Collection[str], words: Words) -> picture.Groups | None:
    """Return the groups with those of their parts and concepts that are wanted; None if that leaves nothing."""
    assert source.groups is not None
    tagger = Tagger(source, words)
    concepts = {concept.id: concept for concept in source.every_concept()}

    def bunch(group: Group | Subgroup, around: bool) -> Bunch | None:
        whole = around or (group.id in wanted and bool(entry.elements))
        refs = [ref for ref in group.concepts if whole or ref.id in wanted]
        inner = group.groups if isinstance(group, Group) else ()
        parts = tuple(found for part in inner if (found := bunch(part, whole)))
        if not (refs or parts or group.id in wanted):
            return None
        entries = tuple(tagger.entry(concepts[ref.id]) for ref in refs)
        return Bunch(group.key, group.name, group.summary, entries, 0, parts)

    bunches = [found for group in source.groups.items if (found := bunch(group, around=False))]
    if not bunches:
        return None
    title = entry.title or source.groups.title or words.text(Term.OVERVIEW, "term.overview")
    groups = tuple(_shortened(bunches))
    facts = [fact for each in groups for fact in _facts(each, Prose(words))]
    return picture.Groups(id=entry.id, title=title, description=Prose(words).told(title, facts), groups=groups)


def _shortened(bunches: list[Bunch]) -> Iterator[Bunch]:
    """Yield groups that name all of their concepts, or each its share if these are too many for one picture."""
    everything = [each for bunch in bunches for each in (bunch, *bunch.parts)]
    total = sum(len(each.entries) for each in everything)
    share = max(LEAST_NAMED, MOST_NAMED // len(everything)) if total > MOST_NAMED else total

    def cut(bunch: Bunch) -> Bunch:
        named = bunch.entries if len(bunch.entries) <= share + 1 else bunch.entries[:share]
        rest = len(bunch.entries) - len(named)
        return Bunch(bunch.key, bunch.name, bunch.summary, named, rest, tuple(map(cut, bunch.parts)))

    return map(cut, bunches)


def _facts(bunch: Bunch, prose: Prose) -> Iterator[Text]:
    """Yield what a group is, what is in it, and the same of its parts."""
    if bunch.summary:
        yield prose.said(Term.GROUP, name=bunch.name, members=bunch.summary)
    held = [part.name for part in bunch.parts]
    names = [*held, *(_said(entry, prose) for entry in bunch.entries)]
    if bunch.rest:
        more = Text(prose.words.counted(Term.AND_MORE, bunch.rest), f"{bunch.key}.more", parts=bunch.name.keys)
        joined = composed(prose.words.separated([*names, more]), *names, more)
        yield prose.said(Term.GROUP, name=bunch.name, members=joined)
    elif names:
        yield prose.group(bunch.name, names)
    elif not bunch.summary:
        yield bunch.name
    for part in bunch.parts:
        yield from _facts(part, prose)


def _said(entry: Entry, prose: Prose) -> Text:
    """Return a concept with what it has of attributes."""
    tags = tagged(entry.tags, prose.words, "")
    return prose.said(Term.QUESTION, name=entry.concept.name, question=tags) if tags else entry.concept.name
