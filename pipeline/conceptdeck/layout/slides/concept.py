"""One concept, as assertion and evidence: the takeaway as title, what it is, and a hub with its examples."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.desk import Desk, NodeLook, Row
from conceptdeck.layout.lists import shortened
from conceptdeck.layout.pages import Draft, frames_of, holds, paginate
from conceptdeck.layout.slides.compositions import composed, leave
from conceptdeck.layout.slides.concept_words import Page, words
from conceptdeck.layout.slides.miniature import tracker
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck
from conceptdeck.values.frame import Connector, Fill, Frame, Item, Shape, Sign, Stroke, TextBody
from conceptdeck.values.items import box_of, ends_of, moved
from conceptdeck.values.presets import connection_site, text_area
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text
from conceptdeck.values.text import composed as joined
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length, Size

__all__ = ["concept"]

_ACROSS = 3  # examples side by side, where there are many


def concept(slide: deck.Concept, desk: Desk) -> list[Frame]:
    """Lay out one concept in a composition that holds it; with many examples or points it goes on further slides."""
    return composed(slide, desk) or _paged(slide, desk)


def _paged(slide: deck.Concept, desk: Desk) -> list[Frame]:
    """Return a hub with the examples around it, or an image, beside the words, on as many slides as it takes."""
    leave(desk, slide)
    layout = desk.layout("concept")
    accent = desk.theme.accent(slide.position, len(slide.layers))
    points, limit, most = slide.concept.points, layout.count("per-slide"), layout.count("most-per-slide")
    pictured = slide.concept.key in desk.images
    examples = () if pictured else slide.examples
    hub = len(examples) <= limit
    first = (*examples, *points)[:1]

    def draft(trial: Desk, some: Sequence[Text], title: Text) -> list[Item]:
        page = Page(
            tuple(text for text in some if text not in points),
            tuple(text for text in some if text in points),
            first=(*some[:1],) == first,
            hub=hub,
            pictured=pictured and (*some[:1],) == first,
        )
        if len(page.examples) > (limit if hub else most):
            trial.report(page.examples[-1])
        items: list[Item] = [trial.placeholder(layout.placeholders["title"], title)]
        items += tracker(trial, slide)
        said = words(trial, slide, page, f"accent{accent}")
        evidence = _evidence if hub else _field
        made = evidence(trial, layout, slide, page.examples, f"accent{accent}") if page.examples else []
        if page.pictured:
            made = [*trial.picture(slide.concept.key, layout.boxes["image"])]
        return items + (said + made if said else _centred(made, trial))

    things = [*(_shown(desk, slide, most, draft) if examples else ()), *points]
    room = (limit + len(points), most + len(points))
    pages = paginate(desk, slide.title, things, room[0], draft, room[1]) if things else [draft(desk, (), slide.title)]
    return frames_of(slide.key, "concept", pages, desk.language, accent)


def _centred(items: Sequence[Item], desk: Desk) -> list[Item]:
    """Return examples that no words stand beside, in the middle of the slide."""
    if not items:
        return []
    column, boxes = desk.theme.column, [box_of(item) for item in items if not ends_of(item)]
    left, right = min(box.x for box in boxes), max(box.right for box in boxes)
    return [moved(item, column.centre.x - (left + right) // 2, 0) for item in items]


def _shown(desk: Desk, slide: deck.Concept, most: int, draft: Draft[Text]) -> Sequence[Text]:
    """Return the examples that are shown: all of them, or on a brief slide those that fit with it."""
    if not slide.brief:
        return slide.examples

    def fits(some: Sequence[Text]) -> bool:
        trial = desk.fresh().at_ease()
        draft(trial, some, slide.title)
        return len(some) <= most and holds(trial, slide.title)

    line = desk.words.say(Term.SEEN_IN, concept=slide.concept.name, examples=desk.words.listed(slide.examples))
    told = joined(line, slide.concept.name, *slide.examples, key=f"{slide.concept.key}.examples")
    return shortened(desk, slide.examples, told, fits)


def _evidence(desk: Desk, layout: Layout, slide: deck.Concept, examples: Sequence[Text], accent: str) -> list[Item]:
    """Return the hub with the concept's name and a node for each example, joined by curves."""
    hub, *own = _hub(desk, layout, slide, accent)
    boxes = _node_boxes(layout, len(examples), _needed_height(desk, layout, examples))
    look = _node_look(desk, layout, examples, (boxes[0], accent))
    inner = text_area(look.preset, boxes[0], look.radius)
    size = Size(Length(inner.w - 2 * look.pad - look.before), inner.h)
    settings = desk.fit_together([(text, size) for text in examples], desk.theme.roles["node"])
    nodes: list[Shape] = []
    for text, box, setting in zip(examples, boxes, settings, strict=True):
        node, *sign = _node(desk, slide, text, (box, setting), look)
        nodes.append(node)
        own += sign
    lines = [_spoke(desk, slide, hub, node, text, accent) for node, text in zip(nodes, examples, strict=True)]
    return [*lines, hub, *nodes, *own]


def _hub(desk: Desk, layout: Layout, slide: deck.Concept, accent: str) -> tuple[Shape, *tuple[Sign, ...]]:
    """Return the concept's name in a circle, below its sign."""
    plain = NodeLook(preset="ellipse", fill=Fill(accent), pad=layout.length("hub-pad"))
    signed = (replace(plain, above=desk.lead([slide.concept.key], size)) for size in ("above", "node"))
    said, box = [(slide.concept.name, "hub", "card")], _hub_box(desk, layout, slide.concept.name)
    full = desk.fresh().node(said, box, look=plain).text
    look = next((each for each in signed if _as_large(desk.fresh().node(said, box, look=each).text, full)), plain)
    hub = desk.node(said, box, place="hub", look=look)
    return hub, *desk.sign_in(hub, slide.concept.key, look, "card")


def _as_large(one: TextBody | None, other: TextBody | None) -> bool:
    """Tell whether the letters of a text are as large as those of another setting of it."""
    sizes = [body.paragraphs[0].runs[0].size for body in (one, other) if body]
    return len(sizes) > 1 and sizes[0] >= sizes[1]


def _node_look(desk: Desk, layout: Layout, examples: Sequence[Text], how: tuple[Box, str]) -> NodeLook:
    """Return how the nodes of examples look in a box of that size, with room for signs if letters do not suffer."""
    box, accent = how
    pad, radius, ring = layout.length("node-pad"), layout.length("node-radius"), desk.theme.stroke("ring")
    inner = text_area("roundRect", box, radius)
    room = Size(Length(inner.w - 2 * pad), inner.h)
    before = desk.free_lead([(text, room) for text in examples], desk.theme.roles["node"], "line")
    align = "l" if before else "ctr"
    stroke = Stroke(accent, ring)
    return NodeLook(fill=Fill("card"), stroke=stroke, radius=radius, pad=pad, align=align, before=before)


def _node(
    desk: Desk, slide: deck.Concept, text: Text, place: tuple[Box, Setting], look: NodeLook
) -> tuple[Shape, *tuple[Sign, ...]]:
    """Return an example in a box, which leads to its slide, and its sign."""
    box, setting = place
    node = desk.node([(text, "node", "ink")], box, place=slide.concept.id, look=look, settings=[setting])
    slot = look.stroke.slot if look.stroke else "ink"
    return replace(node, link=element_of(text)), *desk.sign_in(node, element_of(text), look, slot)


def _hub_box(desk: Desk, layout: Layout, name: Text) -> Box:
    """Return the box of the hub, larger than usual if it then holds a word that would be broken."""
    for kind in ("hub", "wide-hub"):
        trial, box = desk.fresh(), layout.boxes[kind]
        inner = text_area("ellipse", box, 0)
        width = Length(inner.w - 2 * layout.length("hub-pad"))
        ((setting,),), _ = trial.stack([Row((name,), "hub", (width,))], inner.h)
        if setting and not setting.split and not trial.problems:
            return box
    return layout.boxes["hub"]


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
    gap = layout.length("field-gap")
    rows = math.ceil(len(examples) / across)
    field = Box(hub.x, area.y, Length(area.right - hub.x), area.h)
    width = Length((field.w - gap * (across - 1)) // across)
    role, lines = desk.theme.roles["node"], layout.count("field-lines")
    tall = Length((field.h - gap * (rows - 1)) // rows)
    look = _node_look(desk, layout, examples, (Box(field.x, field.y, width, tall), accent))
    inner = text_area(look.preset, Box(field.x, field.y, width, layout.length("field-h")), look.radius)
    room = Size(Length(inner.w - 2 * look.pad - look.before), tall)
    settings = desk.fit_together([(text, room) for text in examples], role, max_lines=lines)
    height = max(layout.length("field-h"), max(setting.height for setting in settings) + look.pad)
    top = field.centre.y - (rows * (height + gap) - gap) // 2
    if top < field.y:
        desk.report(examples[-1])
    found: list[Item] = []
    for index, (text, setting) in enumerate(zip(examples, settings, strict=True)):
        row, column = divmod(index, across)
        box = Box(Length(field.x + column * (width + gap)), Length(top + row * (height + gap)), width, Length(height))
        found += _node(desk, slide, text, (box, setting), look)
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
