"""One concept, as assertion and evidence: the takeaway as title, what it is, and a hub with its examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.desk import Desk, NodeLook
from conceptdeck.layout.pages import frames_of, paginate
from conceptdeck.layout.slides.concept_words import Page, words
from conceptdeck.layout.slides.rings import rail
from conceptdeck.values import deck
from conceptdeck.values.frame import Connector, Fill, Frame, Item, Shape, Stroke
from conceptdeck.values.presets import connection_site, text_area
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length, Size

__all__ = ["concept"]


def concept(slide: deck.Concept, desk: Desk) -> list[Frame]:
    """Lay out one concept; many examples and points go on further slides."""
    layout = desk.layout("concept")
    accent = desk.theme.accent(slide.position, len(slide.layers))
    things = [*slide.examples, *slide.concept.points]
    most = layout.count("per-slide")

    def draft(trial: Desk, some: Sequence[Text], title: Text) -> list[Item]:
        page = Page(
            tuple(text for text in some if text in slide.examples),
            tuple(text for text in some if text in slide.concept.points),
            first=[*some[:1]] == things[:1],
        )
        if len(page.examples) > most:
            trial.report(page.examples[-1], 0, "the room for examples")
        items: list[Item] = [trial.placeholder(layout.placeholders["title"], title)]
        items += trial.once(("rail", slide.position), lambda: rail(trial, slide.layers, slide.position))
        items += words(trial, slide, page, f"accent{accent}")
        return items + (_evidence(trial, layout, slide, page.examples, f"accent{accent}") if page.examples else [])

    limit = most + len(slide.concept.points)
    pages = paginate(desk, slide.title, things, limit, draft) if things else [draft(desk, (), slide.title)]
    return frames_of(slide.key, "concept", pages, desk.language, accent)


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
