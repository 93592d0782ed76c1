"""A layer's concepts as cards: name, tagline, what it is, examples as chips, and the takeaway in a band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from conceptdeck.layout.chips import flowed, pills
from conceptdeck.layout.desk import Desk, NodeLook, Row, TextLook
from conceptdeck.layout.lists import shortened
from conceptdeck.layout.pages import frames_of, on_click, paginate
from conceptdeck.layout.slides.bare import bare_cards, is_bare
from conceptdeck.layout.slides.listing import listing
from conceptdeck.layout.slides.miniature import tracker
from conceptdeck.layout.slides.recap import recap
from conceptdeck.layout.slides.single import single
from conceptdeck.layout.toolkit import alike
from conceptdeck.story.attributes import tag_text
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Fill, Frame, Item, Shape
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text, composed
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length, Point, Size
from conceptdeck.values.value import frozen

__all__ = ["cards"]

ROLES = ("card-name", "card-tagline", "card-text", "takeaway")


@frozen
class _Card:
    """A concept, what it has of attributes, the names of its examples, and the card's box."""

    concept: model.Concept
    tags: tuple[Text, ...]
    examples: tuple[Text, ...]
    box: Box


@frozen
class _Signed:
    """The row at whose end the signs of cards stand, and their size."""

    row: int
    size: str


SIGNED = (_Signed(0, "node"), _Signed(1, "line"))
Chips = Sequence[tuple[Text, Box]]
_Said = tuple[model.Concept, tuple[Text, ...], tuple[Text, ...]]


def cards(slide: deck.Cards, desk: Desk) -> list[Frame]:
    """Lay out a layer's cards, on several slides if there are many; a recap that one slide holds in its own form."""
    if not is_bare(slide.layer.concepts) and (frames := single(slide, desk)):
        return frames
    if slide.recap and (frames := recap(slide, desk)):
        return frames
    layout = desk.layout("cards")
    accent = desk.theme.accent(slide.position, len(slide.layers))
    tags = [tuple(tag_text(tag, desk.words) for tag in each) for each in slide.tags] or [()] * len(slide.examples)
    concepts = list(zip(slide.layer.concepts, tags, slide.examples, strict=True))
    bare = is_bare(slide.layer.concepts) and not any(tags)

    def draft(trial: Desk, some: Sequence[_Said], title: Text) -> list[Item]:
        items: list[Item] = [trial.placeholder(layout.placeholders["title"], title)]
        items += tracker(trial, slide)
        if bare:
            return items + bare_cards(trial, layout, [concept for concept, _, _ in some], f"accent{accent}")
        if len(some) > limit and (rows := _listed(trial, some, f"accent{accent}")):
            return items + rows
        boxes = _boxes(trial, layout, len(some))
        placed = [_Card(*said, box) for said, box in zip(some, boxes, strict=True)]
        return items + _in_rows(trial, layout, placed, f"accent{accent}")

    limit, most = layout.count("per-slide"), layout.count("most-per-slide")
    if bare:
        limit = most = layout.count("bare-per-slide")
    pages = paginate(desk, slide.title, concepts, limit, draft, most)
    return frames_of(slide.key, "cards", pages, desk.language, accent)


def _listed(desk: Desk, said: Sequence[_Said], accent: str) -> list[Item]:
    """Return the cards as rows, if they say no more than what their concepts are and the slide holds them so."""
    if any(tags or examples or concept.meaning for concept, tags, examples in said):
        return []
    return listing(desk, [concept for concept, _, _ in said], accent)


def _boxes(desk: Desk, layout: Layout, count: int) -> tuple[Box, ...]:
    """Return the cards' boxes, in two rows if there are many."""
    if count <= layout.count("per-slide"):
        return desk.theme.columns(count)
    upper = desk.theme.columns((count + 1) // 2)
    gap = layout.length("row-gap")
    height = Length((upper[0].h - gap) // 2)
    rows = [[replace(box, y=Length(box.y + down), h=height) for box in upper] for down in (0, height + gap)]
    return tuple(box for row in rows for box in row)[:count]


def _in_rows(desk: Desk, layout: Layout, cards: Sequence[_Card], accent: str) -> list[Item]:
    """Return the cards; those of two rows are of one height, in letters of one size."""
    rows = [list(row) for _, row in groupby(cards, key=lambda card: card.box.y)]
    if len(rows) == 1:
        return _draw(desk, layout, cards, accent)
    trials = [desk.fresh() for _ in rows]
    drawn = [item for trial, row in zip(trials, rows, strict=True) for item in _draw(trial, layout, row, accent)]
    height = max(item.box.h for item in drawn if isinstance(item, Shape) and item.part == "card")
    least: dict[str, float] = {}
    for role, size in (pair for trial in trials for pair in trial.used.items()):
        least[role] = min(size, least.get(role, size))
    made, top, found = desk.capped(least), int(cards[0].box.y), list[Item]()
    for row in rows:
        placed = [replace(card, box=replace(card.box, y=Length(top), h=height)) for card in row]
        clicks = len(rows[0]) if row is not rows[0] else 0
        found += _draw(made, layout, placed, accent, clicks)
        top += height + layout.length("row-gap")
    return found


def _lower(box: Box, by: int) -> Box:
    return Box(box.x, box.y, box.w, Length(box.h - by))


def _draw(desk: Desk, layout: Layout, cards: Sequence[_Card], accent: str, clicks: int = 0) -> list[Item]:
    """Return the cards of a row, each appearing after one more click than the one before."""
    pad, gap, section = layout.length("pad"), layout.length("gap"), layout.length("section-gap")
    widths = tuple(Length(card.box.w - 2 * pad) for card in cards)
    rows = _rows(layout, cards, widths)
    band_extra = 2 * layout.length("band-pad") + layout.length("band-inset") if any(rows[3].texts) else 0
    top = layout.length("bar") + layout.length("top")
    between = gap // 2 + gap + 2 * section
    room = cards[0].box.h - top - between - band_extra
    signed = _signed(desk, cards, rows, room)
    rows = _led(desk, rows, signed)
    chips = _chips(desk, layout, cards, widths, room - sum(desk.fresh().stack(rows, room)[1]))
    chips_h = max((box.bottom for row in chips for _, box in row), default=0)
    settings, heights = desk.stack(rows, room - chips_h)
    slack = room - chips_h - sum(heights)
    if (surplus := slack - layout.length("most-air")) > 0:
        cards = [replace(card, box=_lower(card.box, surplus)) for card in cards]
        slack -= surplus
    # a card with room to spare breathes between description and chips, and gives its band some of it
    band_h = heights[3] + (
        2 * layout.length("band-pad") + min(slack // 3, layout.length("band-pad") * 2) if heights[3] else 0
    )
    tops = [top, top + heights[0] + gap // 2, top + heights[0] + heights[1] + gap // 2 + gap]
    bottom = cards[0].box.h - (layout.length("band-inset") if heights[3] else pad) - band_h
    items: list[Item] = []
    for index, card in enumerate(cards):
        own: list[Item] = [*_background(desk, layout, card, accent)]
        if signed:
            line = Box(
                Length(card.box.x + pad), Length(card.box.y + tops[signed.row]), widths[index], heights[signed.row]
            )
            own += desk.sign_after(card.concept.key, line, signed.size, accent)
        for level in range(3):
            text, setting = rows[level].texts[index], settings[level][index]
            if text and setting:
                width = rows[level].widths[index]
                box = Box(Length(card.box.x + pad), Length(card.box.y + tops[level]), width, heights[level])
                look = TextLook(accent if level == 1 else "")
                own.append(desk.label(text, ROLES[level], box, setting, look=look))
        corner = Point(Length(card.box.x + pad), Length(card.box.y + bottom - section - chips_h))
        own += _pills(desk, card, chips[index], corner, accent)
        text, setting = rows[3].texts[index], settings[3][index]
        if text and setting:
            own.append(_band(desk, card, text, setting, (bottom, band_h)))
        items += on_click(clicks + index, own)
    return items


def _rows(layout: Layout, cards: Sequence[_Card], widths: tuple[Length, ...]) -> list[Row]:
    """Return the texts of the cards, row by row."""
    band_x = layout.length("band-inset") + layout.length("band-pad")
    band_widths = tuple(Length(card.box.w - 2 * band_x) for card in cards)
    concepts = [card.concept for card in cards]
    return [
        Row(tuple(c.name for c in concepts), ROLES[0], widths, max_lines=1),
        Row(tuple(c.tagline for c in concepts), ROLES[1], widths, max_lines=1),
        Row(tuple(c.description for c in concepts), ROLES[2], widths),
        Row(tuple(c.meaning for c in concepts), ROLES[3], band_widths),
    ]


def _signed(desk: Desk, cards: Sequence[_Card], rows: Sequence[Row], room: int) -> _Signed | None:
    """Return where signs take nothing from the letters: beside the names, or beside the lines below these."""
    if not desk.lead((card.concept.key for card in cards), "node"):
        return None
    full = desk.fresh().stack(rows, room)[0]
    for signed in SIGNED:
        found = desk.fresh().stack(_led(desk, rows, signed), room)[0]
        if all(rows[signed.row].texts) and alike(found, full):
            return signed
    return None


def _led(desk: Desk, rows: Sequence[Row], signed: _Signed | None) -> list[Row]:
    """Return rows of which one leaves its end free for signs."""
    if not signed:
        return list(rows)
    lead = desk.theme.sign(signed.size) + desk.theme.sign("gap")
    row = rows[signed.row]
    narrower = replace(row, widths=tuple(Length(width - lead) for width in row.widths))
    return [narrower if each is row else each for each in rows]


def _chips(
    desk: Desk, layout: Layout, cards: Sequence[_Card], widths: Sequence[Length], room: int
) -> list[list[tuple[Text, Box]]]:
    """Return the chips of each card: all examples if the card has `room` for them, or its share; else the first."""
    found = []
    for card, width in zip(cards, widths, strict=True):
        most = max(room, round(card.box.h * layout.numbers["chips-share"]))
        size = Size(width, card.box.h)

        def fits(some: Sequence[Text], tags: Sequence[Text] = card.tags, size: Size = size, most: int = most) -> bool:
            return flowed(desk.fresh(), layout, (*tags, *some), size)[-1][1].bottom <= most

        listed = desk.words.listed(card.examples)
        line = desk.words.say(Term.SEEN_IN, concept=card.concept.name, examples=listed)
        told = composed(line, card.concept.name, *card.examples, key=f"{card.concept.key}.examples")
        shown = shortened(desk, card.examples, told, fits)
        found.append(flowed(desk, layout, (*card.tags, *shown), size))
    return found


def _pills(desk: Desk, card: _Card, chips: Chips, corner: Point, accent: str) -> list[Shape]:
    """Return what a concept has of attributes, then its examples in the accent of their layer."""
    layout, tags = desk.layout("cards"), len(card.tags)
    own = pills(desk, layout, chips[:tags], corner, ("secondary", card.concept.id))
    return own + pills(desk, layout, chips[tags:], corner, (accent, card.concept.id))


def _band(desk: Desk, card: _Card, text: Text, setting: Setting, room: tuple[int, int]) -> Shape:
    """Return the takeaway on its band at the foot of a card; `room` is where the band starts there, and its height."""
    layout = desk.layout("cards")
    inset, (top, height) = layout.length("band-inset"), room
    return desk.node(
        [(text, ROLES[3], "ink")],
        Box(Length(card.box.x + inset), Length(card.box.y + top), Length(card.box.w - 2 * inset), Length(height)),
        look=NodeLook(preset="rect", fill=Fill("page"), pad=layout.length("band-pad"), align="l"),
        settings=[setting],
    )


def _background(desk: Desk, layout: Layout, card: _Card, accent: str) -> list[Shape]:
    bar = Box(card.box.x, card.box.y, card.box.w, layout.length("bar"))
    return [
        desk.panel(card.concept.key, "card", card.box, Fill("card"), desk.hairline()),
        desk.panel(card.concept.key, "bar", bar, Fill(accent)),
    ]
