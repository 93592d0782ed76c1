"""One concept, as assertion and evidence: the takeaway as title, what it is, and a hub with its examples."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.desk import Desk, NodeLook
from conceptdeck.layout.lists import shortened
from conceptdeck.layout.pages import Draft, frames_of, holds, paginate
from conceptdeck.layout.slides.concept_words import Page, words
from conceptdeck.layout.slides.rings import rail
from conceptdeck.values import deck
from conceptdeck.values.frame import Connector, Fill, Frame, Item, Shape, Stroke
from conceptdeck.values.presets import connection_site, text_area
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text, composed
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length, Size

__all__ = ["concept"]

_ACROSS = 3  # examples side by side, where there are many


def concept(slide: deck.Concept, desk: Desk) -> list[Frame]:
    """Lay out one concept; many examples and points go on further slides."""
    layout = desk.layout("concept")
    accent = desk.theme.accent(slide.position, len(slide.layers))
    points, limit, most = slide.concept.points, layout.count("per-slide"), layout.count("most-per-slide")
    hub = len(slide.examples) <= limit
    first = (*slide.examples, *points)[:1]

    def draft(trial: Desk, some: Sequence[Text], title: Text) -> list[Item]:
        page = Page(
            tuple(text for text in some if text not in points),
            tuple(text for text in some if text in points),
            first=(*some[:1],) == first,
            hub=hub,
        )
        if len(page.examples) > (limit if hub else most):
            trial.report(page.examples[-1])
        items: list[Item] = [trial.placeholder(layout.placeholders["title"], title)]
        items += trial.once(("rail", slide.position), lambda: rail(trial, slide.layers, slide.position))
        items += words(trial, slide, page, f"accent{accent}")
        evidence = _evidence if hub else _field
        return items + (evidence(trial, layout, slide, page.examples, f"accent{accent}") if page.examples else [])

    things = [*_shown(desk, slide, most, draft), *points]
    room = (limit + len(points), most + len(points))
    pages = paginate(desk, slide.title, things, room[0], draft, room[1]) if things else [draft(desk, (), slide.title)]
    return frames_of(slide.key, "concept", pages, desk.language, accent)


def _shown(desk: Desk, slide: deck.Concept, most: int, draft: Draft[Text]) -> Sequence[Text]:
    """Return the examples that are shown: all of them, or on a brief slide those that fit with it."""
    if not slide.brief:
        return slide.examples

    def fits(some: Sequence[Text]) -> bool:
        trial = desk.fresh().at_ease()
        draft(trial, some, slide.title)
        return len(some) <= most and holds(trial, slide.title)

    line = desk.words.say(Term.SEEN_IN, concept=slide.concept.name, examples=desk.words.listed(slide.examples))
    told = composed(line, slide.concept.name, *slide.examples, key=f"{slide.concept.key}.examples")
    return shortened(desk, slide.examples, told, fits)


def _evidence(desk: Desk, layout: Layout, slide: deck.Concept, examples: Sequence[Text], accent: str) -> list[Item]:
    """Return the hub with the concept's name and a node for each example, joined by curves."""
    hub_box = layout.boxes["hub"]
    hub = desk.node(
        [(slide.concept.name, "hub", "card")],
        hub_box,
        place="hub",
        look=NodeLook(preset="ellipse", fill=Fill(accent), pad=layout.length("hub-pad")),
    )
    pad = layout.length("node-pad")
    boxes = _node_boxes(layout, len(examples), _needed_height(desk, layout, examples))
    radius = layout.length("node-radius")
    inner = text_area("roundRect", boxes[0], radius)
    size = Size(Length(inner.w - 2 * pad), inner.h)
    settings = desk.fit_together([(text, size) for text in examples], desk.theme.roles["node"])
    look = NodeLook(fill=Fill("card"), stroke=Stroke(accent, desk.theme.stroke("ring")), radius=radius, pad=pad)
    nodes = [
        replace(
            desk.node([(text, "node", "ink")], box, place=slide.concept.id, look=look, settings=[setting]),
            link=element_of(text),
        )
        for text, box, setting in zip(examples, boxes, settings, strict=True)
    ]
    lines = [_spoke(desk, slide, hub, node, text, accent) for node, text in zip(nodes, examples, strict=True)]
    return [*lines, hub, *nodes]


def _field(desk: Desk, layout: Layout, slide: deck.Concept, examples: Sequence[Text], accent: str) -> list[Item]:
    """Return the examples as nodes in rows, as many side by side as hold their names."""
    for across in range(_ACROSS, 0, -1):
        trial = desk.fresh()
        nodes = _nodes(trial, layout, slide, examples, (across, accent))
        if not trial.problems:
            break
    desk.take(trial)
    return nodes


def _nodes(
    desk: Desk, layout: Layout, slide: deck.Concept, examples: Sequence[Text], how: tuple[int, str]
) -> list[Item]:
    """Return the nodes of a field, in the number side by side and the accent that `how` says."""
    across, accent = how
    hub, area = layout.boxes["hub"], layout.boxes["nodes"]
    gap, pad, radius = layout.length("field-gap"), layout.length("node-pad"), layout.length("node-radius")
    rows = math.ceil(len(examples) / across)
    field = Box(hub.x, area.y, Length(area.right - hub.x), area.h)
    width = Length((field.w - gap * (across - 1)) // across)
    role, lines = desk.theme.roles["node"], layout.count("field-lines")
    inner = text_area("roundRect", Box(field.x, field.y, width, layout.length("field-h")), radius)
    room = Size(Length(inner.w - 2 * pad), Length((field.h - gap * (rows - 1)) // rows))
    settings = desk.fit_together([(text, room) for text in examples], role, max_lines=lines)
    height = max(layout.length("field-h"), max(setting.height for setting in settings) + pad)
    top = field.centre.y - (rows * (height + gap) - gap) // 2
    if top < field.y:
        desk.report(examples[-1])
    found: list[Item] = []
    for index, (text, setting) in enumerate(zip(examples, settings, strict=True)):
        row, column = divmod(index, across)
        box = Box(Length(field.x + column * (width + gap)), Length(top + row * (height + gap)), width, Length(height))
        stroke = Stroke(accent, desk.theme.stroke("ring"))
        look = NodeLook(fill=Fill("card"), stroke=stroke, radius=radius, pad=pad)
        node = desk.node([(text, "node", "ink")], box, place=slide.concept.id, look=look, settings=[setting])
        found.append(replace(node, link=element_of(text)))
    return found


def _needed_height(desk: Desk, layout: Layout, examples: Sequence[Text]) -> int:
    """Return the height that the longest name needs at the full size."""
    area, pad = layout.boxes["nodes"], layout.length("node-pad")
    role = desk.theme.roles["node"]
    inner = text_area("roundRect", area, layout.length("node-radius"))
    settings = [desk.set(text, role, role.sizes[0], Length(inner.w - 2 * pad)) for text in examples]
    return max((setting.height for setting in settings if setting), default=0) + 2 * pad


def _node_boxes(layout: Layout, count: int, needed: int) -> list[Box]:
    """Return boxes for the example nodes, centred on the hub's height: higher if names need it, lower if many."""
    area, least = layout.boxes["nodes"], layout.length("min-gap")
    height = min(max(layout.length("node-h"), needed), (area.h - least * (count - 1)) // count)
    room = (area.h - height * count) // max(1, count - 1)
    gap = max(least, min(layout.length("node-gap"), room))
    top = area.centre.y - (height * count + gap * (count - 1)) // 2
    return [Box(area.x, Length(top + i * (height + gap)), area.w, Length(height)) for i in range(count)]


def _spoke(desk: Desk, slide: deck.Concept, hub: Shape, node: Shape, text: Text, accent: str) -> Connector:
    start = connection_site(hub.preset, hub.box, 6)
    end = connection_site(node.preset, node.box, 1)
    return Connector(
        name=f"{slide.concept.id} to {text.key}",
        kind="curved",
        start=start,
        end=end,
        begin=(hub.name, 6),
        finish=(node.name, 1),
        stroke=Stroke(accent, desk.theme.stroke("rule")),
        alt=desk.words.say(Term.EXAMPLE, concept=slide.concept.name, example=text),
    )
