"""One relation, drawn as what it is: two concepts and the edge between them, what is told of it, and its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from conceptdeck.layout.desk import Desk, NodeLook, Row, TextLook
from conceptdeck.layout.graph.network import Link, relation_link
from conceptdeck.layout.pages import frames_of, page_title
from conceptdeck.layout.slides.node_texts import node_lines
from conceptdeck.layout.toolkit import alike
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Connector, Fill, Frame, Item, Shape, Sign, Stroke
from conceptdeck.values.network import Node
from conceptdeck.values.presets import connection_site, text_area
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = ["relation"]

LEFT, RIGHT = 1, 3  # connection sites of a rectangle
WAYS = ((False, False), (True, False), (True, True))  # whether the drawing is low, and the evidence apart


def relation(slide: deck.Relation, desk: Desk) -> list[Frame]:
    """Lay out one relation: the proposition as a drawing, below it its sides in columns, and the evidence as a band.

    Where they are too long together, the drawing becomes lower, and then the evidence has a slide of its own.
    """
    for low, apart in WAYS:
        trial = desk.fresh()
        pages = _pages(slide, trial, low=low, apart=apart)
        if not trial.problems:
            break
    desk.take(trial)
    return frames_of(slide.key, "relation", pages, desk.language, desk.theme.goal)


def _pages(slide: deck.Relation, desk: Desk, *, low: bool, apart: bool) -> list[list[Item]]:
    told = replace(slide, relation=replace(slide.relation, evidence=None))
    proved = replace(slide, relation=replace(slide.relation, core=None, limit=None, adds=None))
    parts = (told, proved) if apart and _has_both(slide.relation) else (slide,)
    titles = (page_title(slide.title, at, len(parts), desk.words) for at in range(1, len(parts) + 1))
    return [_page(part, desk, title, low=low) for part, title in zip(parts, titles, strict=True)]


def _has_both(relation: model.Relation) -> bool:
    evidence = relation.evidence and (relation.evidence.value or relation.evidence.text or relation.evidence.image)
    return bool(evidence and (relation.core or relation.limit or relation.adds))


def _page(slide: deck.Relation, desk: Desk, title: Text, *, low: bool) -> list[Item]:
    layout = desk.layout("relation")
    ends, band = _Ends(desk, layout, slide, low=low), _Band(desk, layout, slide)
    area = desk.theme.column
    apart = layout.length("gap")
    around = sum(height + apart for height in (ends.least, band.least) if height)
    columns = _Columns(desk, layout, slide, Length(area.h - around))
    heights = _heights(layout, area.h, (ends.least, columns.height, band.least))
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], title)]
    parts: tuple[_Ends | _Columns | _Band, ...] = (ends, columns, band)
    y = Length(area.y + (area.h - heights.total) // 2)
    for part, height in zip(parts, heights.parts, strict=True):
        if height:
            items += part.items(Box(area.x, y, area.w, height))
            y = Length(y + height + heights.gap)
    return items


@frozen
class _Heights:
    """How high the ends, the columns and the band are, and the gap between them; what has no height is left out."""

    parts: tuple[Length, Length, Length]
    gap: Length

    @property
    def total(self) -> int:
        """Return the height of all of them."""
        return sum(self.parts) + self.gap * (sum(map(bool, self.parts)) - 1)


def _heights(layout: Layout, room: int, needed: tuple[int, int, int]) -> _Heights:
    """Return heights that fill the room: first the gaps grow, then the ends and the band, as far as they may."""
    ends, columns, band = needed
    gaps = sum(map(bool, needed)) - 1
    spare = room - sum(needed)
    gap = max(layout.length("gap"), min(layout.length("most-gap"), spare // max(1, gaps)))
    spare = max(0, spare - gap * gaps)
    more = min(spare, max(0, layout.length("most-end") - ends))
    wider = min(spare - more, max(0, layout.length("most-band") - band)) if band else 0
    return _Heights((Length(ends + more), Length(columns), Length(band + wider)), Length(gap))


class _Ends:
    """The two concepts, the one that is explained on a solid ground, and the line from one to the other."""

    def __init__(self, desk: Desk, layout: Layout, slide: deck.Relation, *, low: bool) -> None:
        self.desk, self.layout, self.slide = desk, layout, slide
        self.height = layout.length("low-end" if low else "end-h")
        self.pad, self.width = layout.length("pad"), layout.length("end-w")
        self.lead = self._free_lead()
        self.settings = [self._settings(desk, node, self.lead) for node in (slide.tail, slide.head)]

    @property
    def least(self) -> Length:
        """Return the height that the texts need: the phrase stands in the upper half, above the line."""
        texts = [sum(each.height for each in found) + 2 * self.pad for found in self.settings]
        phrase = 2 * (self.phrase.height + self.layout.length("phrase-gap")) if self.phrase else 0
        return Length(max(*texts, phrase, self.height))

    @cached_property
    def phrase(self) -> Setting | None:
        """Return the linking phrase as it is set."""
        if not (text := self.slide.edge.phrase):
            return None
        height = self.layout.length("most-end") // 2 - self.layout.length("phrase-gap")
        return self.desk.fit(text, self.desk.theme.roles["relation-phrase"], Size(self._between, Length(height)))

    def items(self, area: Box) -> Iterator[Item]:
        """Yield the line, then what it joins, in the order of the proposition."""
        slide = self.slide
        tail = self._node(slide.tail, Box(area.x, area.y, self.width, area.h), 0)
        head = self._node(slide.head, Box(Length(area.right - self.width), area.y, self.width, area.h), 1)
        if tail.name == head.name:  # a concept that relates to itself
            head = replace(head, name=f"{head.name}@again", place="again")
        line = self._line(tail, head)
        yield line
        yield tail
        yield from self._sign(slide.tail, tail)
        if slide.edge.phrase and self.phrase:
            bottom = line.start.y - self.layout.length("phrase-gap")
            x = tail.box.right + self.layout.length("phrase-gap")
            box = Box(Length(x), Length(bottom - self.phrase.height), self._between, self.phrase.height)
            look = TextLook(align="ctr", anchor="b")
            yield self.desk.label(slide.edge.phrase, "relation-phrase", box, self.phrase, look=look)
        yield head
        yield from self._sign(slide.head, head)

    @property
    def _between(self) -> Length:
        """Return the width between the two, less what the phrase keeps free."""
        return Length(self.desk.theme.column.w - 2 * (self.width + self.layout.length("phrase-gap")))

    def _free_lead(self) -> Length:
        """Return what the names keep free beside them for signs, nothing if letters would suffer for it."""
        nodes = (self.slide.tail, self.slide.head)
        lead = self.desk.lead((node.name.key.rpartition(".")[0] for node in nodes), "node")
        if not lead:
            return lead
        full, less = ([self._settings(self.desk.fresh(), node, each) for node in nodes] for each in (Length(0), lead))
        return lead if alike(full, less) else Length(0)

    def _settings(self, desk: Desk, node: Node, lead: Length) -> list[Setting]:
        whole = Box(Length(0), Length(0), self.width, self.layout.length("most-end"))
        room = text_area("roundRect", whole, self.layout.length("radius")).inset(self.pad)
        rows = [Row((text,), role, (Length(room.w - lead),)) for text, role, _ in node_lines(node)]
        settings, _ = desk.stack(rows, room.h)
        return [row[0] for row in settings if row[0]]

    def _look(self, node: Node) -> NodeLook:
        stroke = Stroke(self._link.slot, self.desk.theme.stroke("rule"), dashed=self._link.dashed)
        return NodeLook(
            fill=Fill(f"accent{self.desk.theme.goal}" if node.focus else "card"),
            stroke=None if node.focus else stroke,
            pad=self.pad,
            radius=self.layout.length("radius"),
            before=self.lead,
            align="l" if self.lead else "ctr",
        )

    def _node(self, node: Node, box: Box, at: int) -> Shape:
        return self.desk.node(node_lines(node), box, look=self._look(node), settings=self.settings[at])

    def _sign(self, node: Node, shape: Shape) -> list[Sign]:
        slot = "card" if node.focus else "ink"
        return self.desk.sign_in(shape, node.name.key.rpartition(".")[0], self._look(node), slot)

    def _line(self, tail: Shape, head: Shape) -> Connector:
        start, end = connection_site(tail.preset, tail.box, RIGHT), connection_site(head.preset, head.box, LEFT)
        slide = self.slide
        told = self.desk.words.related(
            slide.tail.name, slide.edge.phrase, slide.head.name, directed=slide.edge.directed
        )
        return Connector(
            name=f"{slide.edge.key}.line",
            kind="straight",
            start=start,
            end=end,
            begin=(tail.name, RIGHT),
            finish=(head.name, LEFT),
            stroke=Stroke(self._link.slot, self.desk.theme.stroke("path"), dashed=self._link.dashed),
            arrow=self._link.arrow,
            alt=told,
        )

    @property
    def _link(self) -> Link:
        return relation_link(self.slide.edge, self.desk.theme)


@frozen
class _Side:
    """What is told of a relation: a text under its heading, and the colour of heading and rule."""

    label: Text | None
    text: Text
    slot: str


class _Columns:
    """What the other concept is and lacks, and what the focus adds, side by side under rules."""

    def __init__(self, desk: Desk, layout: Layout, slide: deck.Relation, room: Length) -> None:
        self.desk, self.layout = desk, layout
        each, labels, goal = slide.relation, slide.labels, f"accent{desk.theme.goal}"
        told = (
            (labels.core, each.core, "secondary"),
            (labels.limit, each.limit, "secondary"),
            (labels.adds, each.adds, goal),
        )
        self.sides = [_Side(label, text, slot) for label, text, slot in told if text]
        self.key = each.id
        self.rows: list[Row] = []
        self.settings: tuple[tuple[Setting | None, ...], ...] = ()
        self.heights: tuple[Length, ...] = ()
        self.role = ""
        beside = bool(each.evidence) and len(self.sides) > 1
        for role in ("column-text",) if beside else ("example", "column-text") if self.sides else ():
            trial = desk.fresh()
            self._set(trial, role, room)
            if not trial.problems:
                break
        if self.sides:
            desk.take(trial)

    def _set(self, desk: Desk, role: str, room: Length) -> None:
        """Set the texts in a role, side by side in what `room` leaves below the rules."""
        self.role, self.rows = role, list(self._rows(role))
        inner = room - self.layout.length("rule-gap") - self.layout.length("label-gap") * (len(self.rows) - 1)
        self.settings, self.heights = desk.stack(self.rows, inner)

    @property
    def height(self) -> Length:
        """Return the height of the rule and the texts below it."""
        if not self.sides:
            return Length(0)
        return Length(self.layout.length("rule-gap") + self._label_h + self.heights[-1])

    @property
    def _label_h(self) -> int:
        return self.heights[0] + self.layout.length("label-gap") if len(self.rows) > 1 else 0

    def items(self, area: Box) -> Iterator[Item]:
        """Yield each column: its rule, its heading, its text."""
        boxes = self.desk.theme.columns(len(self.sides), area)
        thick = self.layout.length("rule")
        for at, (side, box) in enumerate(zip(self.sides, boxes, strict=True)):
            rule = Box(box.x, box.y, box.w, thick)
            yield self.desk.panel(side.text.key, "rule", rule, Fill(side.slot))
            y = Length(box.y + self.layout.length("rule-gap"))
            label = self.settings[0][at] if len(self.rows) > 1 else None
            if side.label and label:
                place = Box(box.x, y, box.w, label.height)
                look = TextLook(slot=side.slot)
                yield self.desk.label(side.label, "column-label", place, label, look=look, place=self.key)
            if setting := self.settings[-1][at]:
                place = Box(box.x, Length(y + self._label_h), box.w, setting.height)
                yield self.desk.label(side.text, self.role, place, setting)

    def _rows(self, role: str) -> Iterator[Row]:
        widths = tuple(box.w for box in self.desk.theme.columns(max(1, len(self.sides))))
        if any(side.label for side in self.sides):
            yield Row(tuple(side.label for side in self.sides), "column-label", widths)
        yield Row(tuple(side.text for side in self.sides), role, widths)


class _Band:
    """The evidence on a solid ground across the slide: a figure and what it says, or an example, and an image."""

    def __init__(self, desk: Desk, layout: Layout, slide: deck.Relation) -> None:
        self.desk, self.layout, self.slide = desk, layout, slide
        self.pad = layout.length("band-pad")
        evidence = slide.relation.evidence
        self.value = evidence.value if evidence else None
        self.text = evidence.text if evidence else None
        self.key = f"{slide.relation.key}.evidence"
        self.pictured = bool(evidence) and self.key in desk.images
        self.label = slide.labels.evidence if self.value or self.text else None
        self.parts = self._set() if self.value or self.text else []

    @property
    def least(self) -> Length:
        """Return the height that the texts need."""
        least = self.layout.length("image-h") if self.pictured else 0
        if not self.parts:
            return Length(least)
        needed = self._label_h + max(setting.height for _, _, setting, _ in self.parts) + 2 * self.pad
        return Length(max(least, needed))

    @cached_property
    def _head(self) -> Setting | None:
        size = Size(self._inner, self.layout.length("most-band"))
        return self.desk.fit(self.label, self.desk.theme.roles["column-label"], size) if self.label else None

    @property
    def _label_h(self) -> int:
        return self._head.height if self._head else 0

    @property
    def _inner(self) -> Length:
        taken = self.layout.length("image-w") if self.pictured else 0
        return Length(self.desk.theme.column.w - 2 * self.pad - taken)

    def _set(self) -> list[tuple[Text, str, Setting, Length]]:
        """Return the texts beside each other: text, role, setting and where it starts."""
        height = Length(self.layout.length("most-band") - 2 * self.pad - self._label_h)
        found: list[tuple[Text, str, Setting, Length]] = []
        x = 0
        if self.value:
            width = self._inner if not self.text else Length(round(self._inner * self.layout.numbers["figure-share"]))
            setting = self.desk.fit(self.value, self.desk.theme.roles["figure"], Size(width, height))
            found.append((self.value, "figure", setting, Length(0)))
            x = min(width, round(setting.width * (1 + self.desk.theme.spare))) + self.layout.length("figure-gap")
        if self.text:
            role = "column-text" if self.value else "example"
            size = Size(Length(self._inner - x), height)
            found.append((self.text, role, self.desk.fit(self.text, self.desk.theme.roles[role], size), Length(x)))
        return found

    def items(self, area: Box) -> Iterator[Item]:
        """Yield the ground, the heading, and the texts centred below it."""
        yield self.desk.panel(self.key, "card", area, Fill(f"accent{self.desk.theme.goal}"))
        x, y = Length(area.x + self.pad), Length(area.y + self.pad)
        if self.label and self._head:
            box = Box(x, y, self._inner, self._head.height)
            look = TextLook(slot="card")
            yield self.desk.label(self.label, "column-label", box, self._head, look=look, place=self.slide.relation.id)
        top = Length(y + self._label_h)
        room = Length(area.bottom - self.pad - top)
        for at, (text, role, setting, start) in enumerate(self.parts):
            end = self.parts[at + 1][3] - self.layout.length("figure-gap") if at + 1 < len(self.parts) else self._inner
            box = Box(Length(x + start), top, Length(end - start), room)
            yield self.desk.label(text, role, box, setting, look=TextLook(slot="card", anchor="ctr"))
        if self.pictured:
            width = self.layout.length("image-w") if self.parts else area.w
            window = Box(Length(area.right - width), area.y, width, area.h)
            yield from self.desk.picture(self.key, window, self.layout.length("image-inset"))
