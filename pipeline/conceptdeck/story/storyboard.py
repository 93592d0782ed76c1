"""The storyboard: which slides a map makes, in which order, each showing which part of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from conceptdeck.story.asides import with_asides
from conceptdeck.story.attributes import Tagger
from conceptdeck.story.graphs import Names, cell_text, focus_of, levels
from conceptdeck.story.groups import group_slides, listed_slides
from conceptdeck.story.icons import icons_of
from conceptdeck.story.images import credits_of, images_of
from conceptdeck.story.leads import addresses
from conceptdeck.story.own import SELECTORS, names_of, own_slides, selectors_of, unknown_slide, with_own
from conceptdeck.story.prose import connects_title, lenses_title, lenses_told, title_of
from conceptdeck.story.recap import with_recaps
from conceptdeck.story.related import relation_slides, without_lone_map
from conceptdeck.story.spoken import spoken
from conceptdeck.story.titles import with_titles
from conceptdeck.story.worth import concept_fills
from conceptdeck.values import deck, model
from conceptdeck.values.deck import Deck, Slide
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.story import Density, Story
from conceptdeck.values.terms import ENGLISH, Term, Words
from conceptdeck.values.text import Text, composed

__all__ = ["SELECTORS", "story_deck"]

PER_ORBIT = 4


def story_deck(
    source: ConceptMap,
    story: Story,
    density: Density | None = None,
    words: Words = ENGLISH,
    untranslated: Collection[str] = (),
) -> tuple[Deck, tuple[Diagnostic, ...]]:
    """Return the deck that tells `story`, and what the story names that the map does not have.

    Parts that the map leaves out make no slide. `density` takes the place of the story's own; `words` are the program's
    own in the language of the map; texts with the keys `untranslated` are in another language.
    """
    slides = _every_slide(source, words)
    own, missing = own_slides(source, slides)
    every = (*slides, *own)
    chosen, problems = _chosen(every, story)
    chosen = with_own(without_lone_map(with_recaps(chosen)), every, source, story)
    if (density or story.density) is Density.TALK:
        chosen = [replace(spoken(slide, words), brief=True) for slide in chosen]
    chosen = with_titles(with_asides(chosen, source, words), words)
    deck = Deck(
        id=source.id,
        language=source.language,
        title=source.title,
        slides=tuple(chosen),
        subject=source.core_sentence or source.subtitle or source.title,
        keywords=source.tags,
        words=words,
        untranslated=frozenset(untranslated),
        links=tuple(addresses(source)),
        icons=tuple(icons_of(source)),
        images=tuple(images_of(source)),
    )
    return deck, (*missing, *problems, *_too_long(deck, story))


def _every_slide(source: ConceptMap, words: Words) -> tuple[Slide, ...]:
    """Return a slide for each part of the map, in the order of the map."""
    names = Names(source)
    return (
        *_cover(source, words),
        *_lenses(source, words),
        *_steps(source, words),
        *_flow(source, names, words),
        *group_slides(source, names, words),
        *listed_slides(source, names, words),
        *_tables(source, names, words),
        *_categories(source, names, words),
        *relation_slides(source, names, words),
        *_strata(source, words),
        *_ending(source, names, words),
    )


def _chosen(slides: Sequence[Slide], story: Story) -> tuple[list[Slide], tuple[Diagnostic, ...]]:
    """Return the slides of the story with their minutes, and a diagnostic for each name that means nothing."""
    chosen: list[Slide] = []
    for group in story.groups:
        minutes = {beat.selector: beat.minutes for beat in group}
        for slide in slides:
            found = next((minutes[name] for name in selectors_of(slide, story) if name in minutes), None)
            if found is not None:
                chosen.append(replace(slide, minutes=found))
    known = {*SELECTORS, *(name for slide in slides for name in names_of(slide))}
    unknown = [beat for group in story.groups for beat in group if beat.selector not in known]
    return chosen, tuple(unknown_slide("the story", beat.selector, beat.span, known) for beat in unknown)


OVER_TIME = Rule("over-time", "theme and files", WARNING, "the slides of a story take longer than it may").because("""
    The minutes planned for its slides are added up, and a story says in `minutes` how long all of it may take. Plan
    less for some slides, leave some out, or give the talk more time.
""")


def _too_long(told: Deck, story: Story) -> Iterator[Diagnostic]:
    """Yield a warning if the slides take longer than the story may."""
    if story.minutes and told.minutes > story.minutes:
        message = f"the slides of `{story.id}` take {told.minutes:g} minutes, of {story.minutes:g} that it may take"
        hint = "plan less for some slides, leave some out, or raise `minutes`"
        yield OVER_TIME.at(message, story.span, hints=(hint,))


def _cover(source: ConceptMap, words: Words) -> Iterator[Slide]:
    cover = source.cover or model.Cover()
    yield deck.Cover(
        key="cover",
        kind="cover",
        section=words.say(Term.OPENING),
        title=source.title,
        notes=cover.notes,
        core_sentence=source.core_sentence,
        label=cover.label,
        subtitle=source.subtitle,
        meta=cover.meta,
        orbits=_orbits(source),
        focus=focus_of(source),
        qr=cover.qr,
    )


def _orbits(source: ConceptMap) -> tuple[tuple[model.Concept, ...], ...]:
    """Return the concepts layer by layer; those of a map without layers a few at a time, around what they are about."""
    if source.layers:
        return tuple(layer.concepts for layer in source.layers.items)
    focus = focus_of(source)
    some = [each for each in source.concepts if each is not focus]
    return (*(tuple(some[at : at + PER_ORBIT]) for at in range(0, len(some), PER_ORBIT)), ()) if some else ()


def _lenses(source: ConceptMap, words: Words) -> Iterator[Slide]:
    """Yield the slide with familiar things and what the map connects, under the title of what comes first."""
    titles = [lenses_title(words)] * bool(source.lenses) + [connects_title(words)] * bool(source.connects)
    if titles:
        yield deck.Lenses(
            key="lenses",
            kind="lenses",
            section=words.say(Term.OPENING),
            title=titles[0],
            lenses=source.lenses,
            connects=source.connects,
            heading=titles[1] if titles[1:] else None,
            details=tuple(lenses_told(source, words)),
        )


def _steps(source: ConceptMap, words: Words) -> Iterator[Slide]:
    if steps := source.steps:
        yield deck.Steps(
            key="steps",
            kind="steps",
            section=words.say(Term.OPENING),
            title=title_of(steps, words),
            notes=steps.notes,
            steps=steps.items,
        )


def _flow(source: ConceptMap, names: Names, words: Words) -> Iterator[Slide]:
    if not source.layers:
        return
    layers, tagger = source.layers.items, Tagger(source, words)
    yield deck.Agenda(
        key="layers",
        kind="agenda",
        section=words.say(Term.OPENING),
        title=title_of(source.layers, words),
        notes=source.layers.notes,
        layers=layers,
    )
    for position, layer in enumerate(layers, start=1):
        section = words.say(Term.SECTION, number=f"{position:02d}", name=layer.role or layer.name)
        yield from _layer(layers, position, section, names, tagger)


def _layer(
    layers: tuple[model.Layer, ...], position: int, section: str, names: Names, tagger: Tagger
) -> Iterator[Slide]:
    """Yield the slides of the layer at `position`, counted from 1: its divider, its cards, and each concept's."""
    layer = layers[position - 1]
    divided = bool(layer.summary or layer.lead or layer.opening)  # else the cards say all that there is to say
    if divided:
        yield deck.Section(
            key=f"{layer.key}.divider",
            kind="dividers",
            section=section,
            title=layer.name,
            notes=layer.opening,
            layer=layer,
            position=position,
            layers=layers,
            within=_given(layer.role),
        )
    overview = tagger.words.text(Term.OVERVIEW, "term.overview")
    yield deck.Cards(
        key=layer.key,
        kind="cards",
        section=section,
        title=layer.summary or (_about(layer.name, overview, tagger.words) if divided else layer.name),
        notes=layer.notes,
        layer=layer,
        position=position,
        layers=layers,
        examples=tuple(names.of_examples(concept.examples) for concept in layer.concepts),
        tags=tagger.all_tags(layer.concepts),
        within=_given(layer.name, layer.role),
    )
    yield from _concepts(layers, position, section, names, tagger)


def _concepts(
    layers: tuple[model.Layer, ...], position: int, section: str, names: Names, tagger: Tagger
) -> Iterator[Slide]:
    """Yield the slides of the concepts in the layer at `position` that say enough for one."""
    layer = layers[position - 1]
    for turn, concept in enumerate(filter(concept_fills, layer.concepts)):
        yield deck.Concept(
            key=concept.key,
            kind="concepts",
            section=section,
            title=concept.meaning or concept.name,
            notes=concept.notes,
            concept=concept,
            position=position,
            layers=layers,
            examples=names.of_examples(concept.examples),
            makers=names.makers(concept.examples),
            focus=names.focus if names.focus and names.focus.id != concept.id else None,
            turn=turn,
            see=names.of_concepts(concept.see),
            tags=tagger.tags(concept),
            within=_given(layer.name, layer.role, concept.tagline, layer.summary),
        )


def _about(name: Text, text: Text, words: Words) -> Text:
    return composed(words.say(Term.ABOUT, name=name, text=text), name, key=name.key)


def _tables(source: ConceptMap, names: Names, words: Words) -> Iterator[Slide]:
    for table in source.tables:
        rows = tuple(
            tuple(cell_text(cell, row, column, names, words) for column, cell in row.cells) for row in table.rows
        )
        yield deck.Table(
            key=table.key,
            kind="tables",
            section=words.say(Term.COMPARISON),
            title=title_of(table, words),
            notes=table.notes,
            table=table,
            rows=rows,
        )


def _categories(source: ConceptMap, names: Names, words: Words) -> Iterator[Slide]:
    if not (categories := source.categories):
        return
    yield deck.Categories(
        key="categories",
        kind="categories",
        section=words.say(Term.COMPARISON),
        title=title_of(categories, words),
        notes=categories.notes,
        categories=categories.items,
        members=tuple(names.of_concepts(category.members) for category in categories.items),
        focus=names.concepts[source.focus.id] if source.focus else None,
    )


def _strata(source: ConceptMap, words: Words) -> Iterator[Slide]:
    if not (strata := source.strata):
        return
    found = levels(source)
    lit = [i for i, level in enumerate(found) if any(node.focus for node in level.members)]
    yield deck.Strata(
        key="strata",
        kind="strata",
        section=words.say(Term.RELATIONS),
        title=title_of(strata, words),
        notes=strata.notes,
        strata=strata.items,
        members=tuple(tuple(node.name for node in level.members) for level in found),
        focus=lit[0] if lit else None,
    )


def _ending(source: ConceptMap, names: Names, words: Words) -> Iterator[Slide]:
    if aims := source.aims:
        focus = source.focus.id if source.focus else ""
        found = [i for i, aim in enumerate(aims.items) if aim.concept.id == focus]
        on = tuple(aim.side for aim in aims.items if aim.side)
        yield deck.Aims(
            key="aims",
            kind="aims",
            section=words.say(Term.CONCLUSION),
            title=title_of(aims, words),
            notes=aims.notes,
            aims=tuple((names.concepts[aim.concept.id], aim.wants) for aim in aims.items),
            focus=found[0] if found else None,
            sides=aims.sides if len(on) == len(aims.items) else None,
            on=on,
        )
    if end := source.conclusion:
        yield deck.Statement(
            key="conclusion",
            kind="conclusion",
            section=words.say(Term.CONCLUSION),
            title=end.title,
            notes=end.notes,
            text=end.text,
        )
    yield from _closing(source, words)
    credits = credits_of(source)
    if source.sources or credits:
        sources = source.sources or model.Sources(items=())
        yield deck.Sources(
            key="sources",
            kind="sources",
            section=words.say(Term.CONCLUSION),
            title=title_of(sources, words),
            notes=sources.notes,
            sources=(*sources.items, *credits),
        )


def _closing(source: ConceptMap, words: Words) -> Iterator[Slide]:
    """Yield the last word: the core sentence once more, or what the map says in its place."""
    closing = source.closing or model.Closing()
    if title := source.core_sentence or closing.text or (source.title if closing.qr else None):
        yield deck.Statement(
            key="closing",
            kind="closing",
            section=words.say(Term.CONCLUSION),
            title=title,
            notes=closing.notes,
            text=closing.text if source.core_sentence else None,
            qr=closing.qr,
        )


def _given(*texts: Text | None) -> tuple[Text, ...]:
    return tuple(text for text in texts if text)
