"""One concept, as assertion and evidence: the takeaway as title, what it is, and a hub with its examples."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.layout.desk import Desk, NodeLook, Row, named
from conceptdeck.layout.pages import frames_of, paginate
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
    """Lay out one concept; many examples go on further slides."""
    layout = desk.layout("concept")
    accent = desk.theme.accent(slide.position, len(slide.layers))

    def draft(trial: Desk, some: Sequence[Text], title: Text) -> list[Item]:
        items: list[Item] = [trial.placeholder(layout.placeholders["title"], title)]
        items += trial.once(("rail", slide.position), lambda: rail(trial, slide.layers, slide.position))
        items += _words(trial, layout, slide, f"accent{accent}", wide=not some)
        return items + (_evidence(trial, layout, slide, some, f"accent{accent}") if some else [])

    if not slide.examples:
        pages = [draft(desk, (), slide.title)]
    else:
        pages = paginate(desk, slide.title, slide.examples, layout.count("per-slide"), draft)
    return frames_of(slide.key, "concept", pages, desk.language, accent)


def _words(desk: Desk, layout: Layout, slide: deck.Concept, accent: str, *, wide: bool) -> list[Item]:
    """Return the left half: a short rule, what places the concept, and what it is, centred as one block.

    A slide whose title is not the concept's name has it here, if there is no hub to hold it.
    """
    heading_spec, text_spec = layout.placeholders["heading"], layout.placeholders["text"]
    tagline = slide.concept.tagline if wide and slide.title.key != slide.concept.name.key else None
    heading = slide.concept.name if tagline else slide.concept.tagline or slide.concept.name
    width = layout.boxes["wide-text"].w if wide else text_spec.box.w
    rows = [Row((heading,), heading_spec.role.name, (heading_spec.box.w,))]
    lead = desk.theme.roles["lead"]
    if tagline:
        rows.append(Row((tagline,), lead.name, (width,)))
    if slide.concept.description:
        rows.append(Row((slide.concept.description,), text_spec.role.name, (width,)))
    area = layout.boxes["nodes"]
    gap = layout.length("heading-gap")
    settings, heights = desk.stack(rows, area.h - 2 * gap)
    total = sum(heights) + gap * (len(rows) - 1)
    y = area.centre.y - total // 2
    x = heading_spec.box.x
    rule = Box(x, Length(y - gap - layout.length("rule")), layout.length("rule-w"), layout.length("rule"))
    items: list[Item] = [desk.panel(slide.concept.key, "rule", rule, Fill(accent))]
    specs = (heading_spec, *([None] if tagline else []), text_spec)
    for row, setting, height, spec in zip(rows, settings, heights, specs, strict=False):
        text, each = row.texts[0], setting[0]
        if text and each:
            box = Box(x, Length(y), row.widths[0], height)
            if spec is None:
                items.append(desk.label(text, lead.name, box, each))
                y += height + gap
                continue
            slot = accent if spec is heading_spec else ""
            paragraph = desk.paragraph(text, each, spec.role, slot)
            name = named(text, place="heading" if text.key == slide.title.key else "")
            items.append(desk.filled(spec, (paragraph,), name, box, text))
            y += height + gap
    return items


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
    nodes = [
        desk.node(
            [(text, "node", "ink")],
            box,
            place=slide.concept.id,
            look=NodeLook(fill=Fill("card"), stroke=Stroke(accent, desk.theme.stroke("ring")), radius=radius, pad=pad),
            settings=[setting],
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
