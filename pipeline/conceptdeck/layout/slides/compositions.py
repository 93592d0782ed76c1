"""Compositions for a concept that fits one slide: a change, a figure, a panel, a chain to the focus, a wall."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

from conceptdeck.layout.desk import Desk, TextLook
from conceptdeck.layout.pages import frames_of
from conceptdeck.layout.slides.examples import accent_of, in_rows, named_by_title, panel, tiles
from conceptdeck.layout.slides.highlights import figure, shift
from conceptdeck.layout.slides.miniature import tracker
from conceptdeck.story.highlights import FIGURE, SHIFT, highlights
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Connector, Fill, Frame, Item, Shape, Stroke
from conceptdeck.values.presets import connection_site
from conceptdeck.values.remarks import Way
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Size

__all__ = ["composed", "leave"]

LEFT, RIGHT = 1, 3  # connection sites of a rectangle
Composition = Callable[[deck.Concept, Desk], list[Item]]


def composed(slide: deck.Concept, desk: Desk) -> list[Frame]:
    """Return the slide in the first composition that suits it and holds it, nothing if none does.

    A change and a figure have compositions of their own. Of the others, one that the slide before has comes last.
    """
    ways = [*_ways(slide, desk)]
    chosen = (SHIFT, FIGURE)
    for name in sorted(ways, key=lambda way: way not in chosen and way == desk.before):
        trial = desk.fresh()
        items = COMPOSITIONS[name](slide, trial)
        if not trial.problems:
            desk.take(trial)
            leave(desk, slide, name)
            accent = desk.theme.accent(slide.position, len(slide.layers))
            return frames_of(slide.key, name, [items], desk.language, accent)
    return []


def leave(desk: Desk, slide: deck.Concept, shown: str = "") -> None:
    """Leave the change and the figure to the notes that the composition `shown` has no place for."""
    for way, line in highlights(slide.concept, desk.words):
        if way != shown:
            desk.left.append(line)
            desk.remark(Way.NOTES, line.key)


def _ways(slide: deck.Concept, desk: Desk) -> Iterator[str]:
    """Yield the names of the compositions that a slide may take, the best one first."""
    concept, count = slide.concept, len(slide.examples)
    pictured = concept.key in desk.images
    if concept.points or concept.link or slide.see or slide.tags:
        return
    if concept.shift and count <= desk.layout(SHIFT).count("per-slide"):
        yield SHIFT
    if concept.evidence and count <= desk.layout(FIGURE).count("per-slide"):
        yield FIGURE
    if named_by_title(slide) and not concept.description:
        return
    if pictured and (count <= desk.layout("bleed").count("per-slide")):
        yield "bleed"
    if count > desk.layout("chain").count("per-slide"):
        yield from ("wall",) if count <= desk.layout("wall").count("per-slide") else ()
        yield from () if pictured or count > desk.layout("bleed").count("per-slide") else ("bleed",)
    elif not count or named_by_title(slide):
        yield from ("wall",) if pictured else ("bleed", "wall")
    elif pictured:
        yield "chain"
    else:
        yield from ("chain", "bleed") if slide.turn % 2 else ("bleed", "chain")


def _bleed(slide: deck.Concept, desk: Desk) -> list[Item]:
    """Return the words on the left, and on the right the concept on a panel that reaches the edges of the slide."""
    layout, slot = desk.layout("bleed"), desk.theme.on_panel
    accent = accent_of(desk, slide)
    spec, concept = layout.placeholders, slide.concept
    right = layout.boxes["panel"]
    fill = Fill(accent, desk.theme.tints["panel"])
    own, width = named_by_title(slide), spec["title"].box.w
    title = _title_on_panel(desk, slide) if own else desk.placeholder(spec["title"], slide.title)
    items: list[Item] = [desk.panel(concept.key, "panel", right, fill), title]
    items += tracker(desk, slide, width)
    image = desk.picture(concept.key, layout.boxes["image"], layout.length("image-inset"))
    items += image or desk.sign(concept.key, layout.boxes["sign"], slot)
    if not own:
        items.append(desk.placeholder(spec["name"], concept.name, slot=slot))
    if concept.tagline:
        items.append(desk.placeholder(spec["tagline"], concept.tagline, slot=slot))
    for across in range(in_rows(len(slide.examples), layout.count("across")), 0, -1):
        trial = desk.fresh()
        words = _words(trial, slide, across)
        if not trial.problems:
            break
    desk.take(trial)
    return [*items, *words]


def _words(desk: Desk, slide: deck.Concept, across: int) -> list[Item]:
    """Return what the concept is, and below that its examples, so many side by side."""
    layout, concept = desk.layout("bleed"), slide.concept
    spec, gap = layout.placeholders, layout.length("gap")
    area = _tiles_area(desk, len(slide.examples), across)
    found = tiles(desk, slide, area, across, accent_of(desk, slide)) if slide.examples else []
    if not concept.description:
        return found
    box = spec["text"].box
    top = spec["title"].box.y + gap if named_by_title(slide) else box.y
    box = Box(box.x, Length(top), box.w, Length(area.y - gap - top))
    if named_by_title(slide):
        return [_lead(desk, concept.description, box), *found]
    return [desk.placeholder(spec["text"], concept.description, box=box), *found]


def _lead(desk: Desk, text: Text, box: Box) -> Shape:
    """Return what a concept is in larger letters, where no sentence stands above it."""
    role = desk.theme.roles["bleed-lead"]
    setting = desk.fit_alone(text, role, Size(box.w, box.h))
    return desk.filled(
        desk.layout("bleed").placeholders["text"], (desk.paragraph(text, setting, role),), text.key, box, text
    )


def _title_on_panel(desk: Desk, slide: deck.Concept) -> Shape:
    """Return the title where the name of the concept stands, and as large, since it says the same."""
    spec = desk.layout("bleed").placeholders
    name = spec["name"]
    setting = desk.fit_alone(slide.title, name.role, Size(name.box.w, name.box.h))
    box = Box(name.box.x, Length(name.box.bottom - setting.height), name.box.w, setting.height)
    paragraph = desk.paragraph(slide.title, setting, name.role, desk.theme.on_panel)
    return desk.filled(spec["title"], (paragraph,), slide.title.key, box, slide.title)


def _tiles_area(desk: Desk, count: int, across: int) -> Box:
    """Return where the examples stand: at the foot of the words, as high as they need."""
    layout, gap = desk.layout("bleed"), desk.layout("bleed").length("gap")
    words = layout.placeholders["text"].box
    rows = math.ceil(count / across) if count else 0
    height = max(0, rows * (layout.length("tile-h") + gap) - gap)
    return Box(words.x, Length(words.bottom - height), words.w, Length(height))


def _chain(slide: deck.Concept, desk: Desk) -> list[Item]:
    """Return the examples, the concept that they show, and the focus that it leads to, from left to right."""
    layout, accent = desk.layout("chain"), accent_of(desk, slide)
    area = desk.theme.column
    last = slide.focus is not None and slide.concept.meaning is not None
    left = Box(area.x, area.y, layout.length("examples-w"), area.h)
    end = Box(Length(area.right - layout.length("focus-w")), area.y, layout.length("focus-w"), area.h)
    start = Length(left.right + layout.length("gap"))
    middle = Box(start, area.y, Length((end.x - layout.length("gap") if last else area.right) - start), area.h)
    ground, words = panel(desk, slide, middle, accent)
    found = tiles(desk, slide, left, 1, accent)
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], slide.title)]
    items += tracker(desk, slide)
    stroke, name = Stroke(accent, desk.theme.stroke("connector")), slide.concept.name
    named = (each for each in found if isinstance(each, Shape) and each.text)
    for tile, text in zip(named, slide.examples, strict=True):
        alt = desk.words.say(Term.EXAMPLE, concept=name, example=text)
        items.append(_line(tile, ground, f"{slide.concept.id} to {text.key}", alt, stroke))
    if slide.focus and last:
        frame, focus = _focus(desk, slide.focus, end)
        alt = desk.words.related(name, None, slide.focus.name, directed=True)
        line = Stroke(accent, desk.theme.stroke("path"))
        items.append(_line(ground, frame, f"{slide.concept.id} to {slide.focus.id}", alt, line, arrow=True))
        return [*items, *found, ground, *words, frame, *focus]
    return [*items, *found, ground, *words]


def _wall(slide: deck.Concept, desk: Desk) -> list[Item]:
    """Return the concept on a panel, and beside it a wall of examples, or without any what it is in large type."""
    layout, accent = desk.layout("wall"), accent_of(desk, slide)
    area = desk.theme.column
    left = Box(area.x, area.y, layout.length("panel-w"), area.h)
    x = Length(left.right + layout.length("gap"))
    across = 2 if len(slide.examples) <= layout.count("two-across") else 3
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], slide.title)]
    items += tracker(desk, slide)
    right = Box(x, area.y, Length(area.right - x), area.h)
    if told := None if slide.examples else slide.concept.description:
        slide = replace(slide, concept=replace(slide.concept, description=None))
        ground, words = panel(desk, slide, left, accent)
        right = Box(Length(x + layout.length("gap")), right.y, Length(right.w - layout.length("gap")), right.h)
        setting = desk.fit(told, desk.theme.roles["single-takeaway"], Size(right.w, right.h))
        label = desk.label(told, "single-takeaway", right, setting, look=TextLook(anchor="ctr"))
        return [*items, ground, *words, label]
    ground, words = panel(desk, slide, left, accent)
    return [*items, ground, *words, *(tiles(desk, slide, right, across, accent) if slide.examples else ())]


COMPOSITIONS: dict[str, Composition] = {SHIFT: shift, FIGURE: figure, "bleed": _bleed, "chain": _chain, "wall": _wall}


def _focus(desk: Desk, focus: model.Concept, box: Box) -> tuple[Shape, list[Item]]:
    """Return a frame in the colour of the goal, and in it the focus concept: its sign above its name."""
    goal, layout = f"accent{desk.theme.goal}", desk.layout("chain")
    pad, side = layout.length("pad"), desk.theme.sign("panel")
    frame = desk.panel(focus.key, "frame", box, Fill("card"), Stroke(goal, desk.theme.stroke("rule")))
    role = desk.theme.roles["focus-name"]
    setting = desk.fit(focus.name, role, Size(Length(box.w - 2 * pad), Length(box.h // 2)))
    sign = desk.sign(focus.key, Box(Length(box.centre.x - side // 2), box.y, side, side), goal, "focus")
    head = side + pad if sign else 0
    y = Length(box.y + (box.h - head - setting.height) // 2)
    at = Box(Length(box.x + pad), Length(y + head), Length(box.w - 2 * pad), setting.height)
    label = desk.label(focus.name, role.name, at, setting, look=TextLook(slot=goal, align="ctr"), place="focus")
    return frame, [*(replace(each, box=replace(each.box, y=y)) for each in sign), label]


def _line(begin: Shape, finish: Shape, name: str, alt: str, stroke: Stroke, *, arrow: bool = False) -> Connector:
    """Return the line from one shape to another on its right, straight where they stand level."""
    start = connection_site(begin.preset, begin.box, RIGHT)
    end = connection_site(finish.preset, finish.box, LEFT)
    return Connector(
        name=name,
        kind="straight" if start.y == end.y else "curved",
        start=start,
        end=end,
        begin=(begin.name, RIGHT),
        finish=(finish.name, LEFT),
        stroke=stroke,
        arrow=arrow,
        alt=alt,
    )
