"""What a concept shows in large type: a change in two words, or a figure."""

from __future__ import annotations

from conceptdeck.layout.desk import Desk, Row, TextLook
from conceptdeck.layout.slides.examples import accent_of, in_rows, named_by_title, panel, tiles
from conceptdeck.layout.slides.miniature import tracker
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Connector, Fill, Item, Stroke
from conceptdeck.values.presets import connection_site
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Size

__all__ = ["figure", "shift"]

LEFT, RIGHT = 1, 3  # connection sites of a rectangle


def shift(slide: deck.Concept, desk: Desk) -> list[Item]:
    """Return what was on the page and, on a panel to the edge of the slide, what it becomes; the words below."""
    layout, concept = desk.layout("shift"), slide.concept
    accent, area, gap = accent_of(desk, slide), desk.theme.column, layout.length("gap")
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], slide.title)]
    items += tracker(desk, slide)
    head = [] if named_by_title(slide) else _head(desk, slide, Box(area.x, area.y, area.w, layout.length("head-h")))
    top = Length(area.y + (layout.length("head-h") + gap // 2 if head else 0))
    foot, under = _foot(desk, slide, accent)
    band = Box(area.x, top, area.w, Length(area.bottom - top - (foot + gap if foot else 0)))
    assert concept.shift
    return [*items, *head, *_change(desk, concept, concept.shift, band, accent), *under]


def _head(desk: Desk, slide: deck.Concept, box: Box) -> list[Item]:
    """Return the sign and the name of the concept, and at the end of the line what places it, if the change does not.

    A tagline that has both words of the change goes to the notes.
    """
    concept, side = slide.concept, desk.theme.sign("head")
    place = Box(box.x, Length(box.centre.y - side // 2), side, side)
    sign = desk.sign(concept.key, place, accent_of(desk, slide))
    lead = side + desk.theme.sign("gap") if sign else 0
    tagline = concept.tagline
    if tagline and _says_change(tagline, concept):
        desk.left.append(tagline)
        tagline = None
    share = desk.layout("shift").numbers["name-share"] if tagline else 1.0
    width = Length(round((box.w - lead) * share))
    look = TextLook(anchor="ctr")
    spec = desk.theme.roles["heading"]
    setting = desk.fit(concept.name, spec, Size(width, box.h))
    items: list[Item] = [*sign]
    items.append(
        desk.label(concept.name, spec.name, Box(Length(box.x + lead), box.y, width, box.h), setting, look=look)
    )
    if tagline:
        x = Length(box.x + lead + width + desk.theme.sign("gap"))
        at = Box(x, box.y, Length(box.right - x), box.h)
        end = TextLook(slot=accent_of(desk, slide), align="r", anchor="ctr")
        items.append(desk.label(tagline, "label", at, look=end))
    return items


def _says_change(tagline: Text, concept: model.Concept) -> bool:
    """Tell whether a tagline has both words of the change."""
    said = tagline.value.casefold()
    ends = (concept.shift.from_, concept.shift.to) if concept.shift else ()
    return all(each.value.casefold() in said for each in ends)


def _change(desk: Desk, concept: model.Concept, change: model.Shift, band: Box, accent: str) -> list[Item]:
    """Return the two ends of a change at one size, the second on a panel to the edge, and an arrow that leads there."""
    layout, pad = desk.layout("shift"), desk.layout("shift").length("pad")
    edge = desk.theme.column.right if desk.theme.template else desk.theme.size.w
    ground = Box(layout.boxes["panel"].x, band.y, Length(edge - layout.boxes["panel"].x), band.h)
    panel = desk.panel(concept.key, "panel", ground, Fill(accent, desk.theme.tints["panel"]))
    left = Size(Length(ground.x - band.x - layout.length("arrow")), band.h)
    right = Size(Length(band.right - ground.x - pad), band.h)
    role = desk.theme.roles["shift"]
    ends = [(change.from_, left), (change.to, right)]
    trial = desk.fresh()
    settings = trial.fit_together(ends, role, 1)
    if trial.problems or any(each.split for each in settings):
        settings = desk.fit_together(ends, role)
    former, latter = settings
    used = Length(min(left.w, round(former.width * (1 + desk.theme.spare))))
    look = TextLook(slot="secondary", anchor="ctr")
    start = desk.label(change.from_, role.name, Box(band.x, band.y, used, band.h), former, look=look)
    place = Box(Length(ground.x + pad), band.y, right.w, band.h)
    look = TextLook(slot=desk.theme.on_panel, anchor="ctr")
    end = desk.label(change.to, role.name, place, latter, look=look)
    line = Connector(
        name=f"{concept.key}.shift.line",
        kind="straight",
        start=connection_site(start.preset, start.box, RIGHT),
        end=connection_site(panel.preset, panel.box, LEFT),
        begin=(start.name, RIGHT),
        finish=(panel.name, LEFT),
        stroke=Stroke(accent, desk.theme.stroke("path")),
        arrow=True,
        alt=desk.words.related(change.from_, None, change.to),
    )
    return [panel, start, line, end]


def _foot(desk: Desk, slide: deck.Concept, accent: str) -> tuple[int, list[Item]]:
    """Return the height of what stands below the change, and that, with as many examples side by side as are held."""
    across = in_rows(len(slide.examples), desk.layout("shift").count("across"))
    for each in range(across, 0, -1):
        trial = desk.fresh()
        found = _foot_of(trial, slide, accent, each)
        if not trial.problems:
            break
    desk.take(trial)
    return found


def _foot_of(desk: Desk, slide: deck.Concept, accent: str, across: int) -> tuple[int, list[Item]]:
    """Return the height of an image, what the concept is, and its examples, and these."""
    layout, area, concept = desk.layout("shift"), desk.theme.column, slide.concept
    gap, lines = layout.length("gap"), -(-len(slide.examples) // across)
    tall = max(0, lines * (layout.length("tile-h") + gap) - gap)
    pictured = concept.key in desk.images
    x = Length(area.x + (layout.length("image-w") + gap if pictured else 0))
    split = layout.boxes["panel"].x
    width = Length((split - layout.length("text-gap") if slide.examples else area.right) - x)
    row = Row((concept.description,), "bleed-text", (width,))
    (settings,), (words,) = desk.stack([row], layout.length("most-foot"))
    height = max(tall, words, layout.length("image-h") if pictured else 0)
    top = Length(area.bottom - height)
    items: list[Item] = []
    if pictured:
        items += desk.picture(concept.key, Box(area.x, top, layout.length("image-w"), Length(height)))
    if concept.description and settings[0]:
        spec = layout.placeholders["text"]
        paragraph = desk.paragraph(concept.description, settings[0], spec.role, spec.colour)
        box = Box(x, top, width, words)
        items.append(desk.filled(spec, (paragraph,), concept.description.key, box, concept.description))
    if slide.examples:
        start = split if concept.description or pictured else area.x
        items += tiles(desk, slide, Box(start, top, Length(area.right - start), Length(height)), across, accent)
    return height, items


def figure(slide: deck.Concept, desk: Desk) -> list[Item]:
    """Return a figure in very large type above the examples, and the concept on a panel beside them."""
    layout, accent, area = desk.layout("figure"), accent_of(desk, slide), desk.theme.column
    told = slide.concept.evidence
    assert told
    gap, across = layout.length("gap"), in_rows(len(slide.examples), layout.count("across"))
    end = Box(Length(area.right - layout.length("panel-w")), area.y, layout.length("panel-w"), area.h)
    width = Length(end.x - layout.length("panel-gap") - area.x)
    lines = -(-len(slide.examples) // across)
    foot = max(0, lines * (layout.length("tile-h") + gap) - gap)
    room = Length(area.h - (foot + gap if foot else 0))
    texts = [(told.value, "large-figure", accent), *([(told.text, "support", "ink")] if told.text else [])]
    rows = [Row((text,), role, (width,)) for text, role, _ in texts]
    settings, heights = desk.stack(rows, room - gap * (len(texts) - 1))
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], slide.title)]
    items += tracker(desk, slide)
    y = Length(area.y + (room - sum(heights) - gap * (len(texts) - 1)) // 2)
    for (text, role, slot), (setting,), height in zip(texts, settings, heights, strict=True):
        items.append(desk.label(text, role, Box(area.x, y, width, height), setting, look=TextLook(slot=slot)))
        y = Length(y + height + gap)
    if slide.examples:
        below = Box(area.x, Length(area.bottom - foot), width, Length(foot))
        items += tiles(desk, slide, below, across, accent)
    ground, words = panel(desk, slide, end, accent)
    return [*items, ground, *words]
