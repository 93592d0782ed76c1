"""What is to be said of a template: what it lacks, and what follows for slides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conceptdeck.reading.imported.choosing import Choice, shown_name, shows_title
from conceptdeck.reading.imported.faces import Fonts
from conceptdeck.reading.imported.palette import Colours
from conceptdeck.reading.imported.room import Area, standing
from conceptdeck.reading.imported.rules import (
    CAPITAL_TITLES,
    CHANGED_ACCENTS,
    FAINT_TITLE,
    FONT_STANDS_IN,
    LITTLE_ROOM,
    NO_KIND_OF_LAYOUT,
    UNSURE_GROUND,
    UNTITLED_LAYOUT,
)
from conceptdeck.reading.imported.taste import Taste
from conceptdeck.values.characters import quoted
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.masters import FoundTemplate
from conceptdeck.values.theme import ACCENTS
from conceptdeck.values.value import frozen

__all__ = ["Draft", "remarks_of"]

PLURALS = {"cover": "covers", "section": "sections", "list": "lists"}
CARRY = "the template carries the font itself, but only programs that read it there show it"


@frozen
class Draft:
    """What was found in a template and chosen for its theme."""

    template: FoundTemplate
    choice: Choice
    colours: Colours
    area: Area
    fonts: Fonts


def remarks_of(draft: Draft, taste: Taste, path: str) -> tuple[Diagnostic, ...]:
    """Return what is to be said of a template that messages call `path`, in order of weight."""
    return (
        *_layouts(draft.choice, taste, Span(path)),
        *_room(draft.template, draft.area, taste, Span(path)),
        *_ground(draft.template, draft.choice, taste, Span(path)),
        *_colours(draft.colours, Span(path)),
        *_fonts(draft, Span(path)),
    )


def _layouts(choice: Choice, taste: Taste, at: Span) -> Iterator[Diagnostic]:
    layout = choice.others.layout
    if choice.others.holders["title"].added and layout.holder("title", "ctrTitle"):
        what = f"the title of {shown_name(layout)} leaves no room: decks set it where its master has it"
        yield LITTLE_ROOM.at(what, at, hints=("change that layout in the template, and import it again",))
    elif choice.others.holders["title"].added:
        what = "no layout has a title: decks add one to the layout of their slides"
        yield UNTITLED_LAYOUT.at(what, at, hints=("add a title to a layout of the template, and import it again",))
    if not shows_title(layout, choice.master, taste):
        what = f"titles in {shown_name(layout)} have nearly the colour of what they stand on"
        yield FAINT_TITLE.at(what, at, hints=("give them another colour in the template, and import it again",))
    missing = [PLURALS[kind] for kind in choice.missing]
    if missing:
        what = f"no layout was found for {_and(missing)}: they take the layout of all other slides"
        hint = "name one in the theme under `template: layouts:`, with its placeholders, if there is one"
        hidden = [shown_name(each) for each in choice.master.layouts if not shows_title(each, choice.master, taste)]
        notes = [f"titles in {_and(hidden)} have nearly the colour of what they stand on"] if hidden else []
        yield NO_KIND_OF_LAYOUT.at(what, at, notes=notes, hints=(hint,))


def _room(template: FoundTemplate, area: Area, taste: Taste, at: Span) -> Iterator[Diagnostic]:
    across, down = area.content.w / template.size.w, area.content.h / template.size.h
    if across < taste.room.least_width or down < taste.room.least_height:
        what = f"titles, logos, bars and footers leave {across:.0%} of the width and {down:.0%} of the height free"
        yield LITTLE_ROOM.at(what, at, hints=("write a larger `content` under `template: area:` if more may be used",))


def _ground(template: FoundTemplate, choice: Choice, taste: Taste, at: Span) -> Iterator[Diagnostic]:
    layout, _ = standing(choice.others.layout, choice.master, template.size, taste)
    if layout.ground.kind:
        what = f"a {layout.ground.kind} lies below slides: contrast is measured with one colour only"
        hint = "look at the slides, and write another `page` under `colours:` if it is not typical"
        yield UNSURE_GROUND.at(what, at, hints=(hint,))


def _colours(colours: Colours, at: Span) -> Iterator[Diagnostic]:
    said = []
    if colours.faint:
        said.append(f"{_accents(colours.faint)} too faint for text, so darker or lighter shades are taken")
    if colours.alike:
        said.append(f"{_accents(colours.alike)} too much like others, so other shades of the scheme take the place")
    if said:
        yield CHANGED_ACCENTS.at("; ".join(said), at, hints=("write other colours into the theme if you like",))


def _fonts(draft: Draft, at: Span) -> Iterator[Diagnostic]:
    fonts, embedded = draft.fonts, {each.casefold() for each in draft.template.embedded}
    for name, by in fonts.stand_ins:
        if not by.exact:
            more = f", {by.width - 1:.0%} wider" if by.width > 1 else ""
            what = f"there is no face of {quoted(name)} here: it is measured as {quoted(by.like)}{more}"
            notes = (CARRY,) if name.casefold() in embedded else ()
            yield FONT_STANDS_IN.at(what, at, notes=notes, hints=("add its files: conceptdeck font add FILE…",))
    for name in fonts.unnamed:
        what = f"a theme cannot name the font {quoted(name)}: {quoted(fonts.major)} and {quoted(fonts.minor)} are named"
        yield FONT_STANDS_IN.at(what, at, hints=("name its Latin name under `fonts:`, and add its files",))
    title = draft.choice.others.holders.get("title")
    if title and title.capitals:
        yield CAPITAL_TITLES.at("titles are set in capitals: those of slides are written as they are typed", at)


def _accents(numbers: Iterable[int]) -> str:
    """Return accents by number, with the verb."""
    named = [str(each) for each in numbers]
    if len(named) == ACCENTS:
        return "all accents are"
    return f"accent {named[0]} is" if len(named) == 1 else f"accents {_and(named)} are"


def _and(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
