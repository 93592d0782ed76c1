"""What concepts want on two sides: two fields that overlap, and on each and in both the aims that are there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.desk import Desk, Row, TextLook, corner
from conceptdeck.layout.pages import frames_of, on_click
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Fill, Frame, Item, Shape, Stroke
from conceptdeck.values.model import Side
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = ["aim_fields"]

NAME, WANTS, HEAD = "field-name", "field-text", "field-head"
Aim = tuple[Text, Text]


@frozen
class _Placed:
    """An aim with its settings, and how high they are together."""

    aim: Aim
    settings: tuple[Setting, Setting]
    height: int


def aim_fields(slide: deck.Aims, desk: Desk) -> list[Frame]:
    """Lay out the aims in two fields and where these overlap; nothing if there are no sides or one does not hold them.

    Where nothing is on both sides, the fields stand apart.
    """
    if slide.sides is None:
        return []
    trial = desk.fresh()
    layout = trial.layout("aims")
    items = [trial.placeholder(layout.placeholders["title"], slide.title), *_Fields(slide, trial).items()]
    if trial.problems:
        return []
    desk.take(trial)
    return frames_of(slide.key, "aims", [items], desk.language)


class _Fields:
    """The two fields of a slide, their names, and the aims in their zones."""

    def __init__(self, slide: deck.Aims, desk: Desk) -> None:
        self.slide, self.desk, self.layout = slide, desk, desk.layout("aims")
        pairs = list(zip(slide.aims, slide.on, strict=True))
        self.held = {side: [aim for aim, own in pairs if own is side] for side in Side}
        self.zones = dict(zip(Side, _zones(desk, self.held), strict=True))

    def items(self) -> Iterator[Item]:
        """Yield the fields and their names, then the aims in the order in which they are told."""
        assert self.slide.sides  # else there is nothing to lay out
        sides, head = self.slide.sides, self.layout.length("head-h")
        yield from self._grounds(sides)
        names = {Side.LEFT: sides.left, Side.RIGHT: sides.right}
        pad = self.layout.length("field-pad") + self.layout.length("inset")
        settings = self.desk.fit_together(
            [(text, Size(Length(self.zones[side].w - 2 * pad), head)) for side, text in names.items()],
            self.desk.theme.roles[HEAD],
        )
        for (side, text), setting in zip(names.items(), settings, strict=True):
            zone = self.zones[side]
            box = Box(
                Length(zone.x + pad), Length(zone.y + self.layout.length("field-pad")), Length(zone.w - 2 * pad), head
            )
            yield self.desk.label(text, HEAD, box, setting, look=TextLook(anchor="ctr"))
        told = self._told()
        for click, aim in enumerate(self.slide.aims):
            yield from on_click(click, told[aim])

    def _grounds(self, sides: model.Sides) -> Iterator[Shape]:
        """Yield the grounds of both fields and of what they share, then the lines around them."""
        left, both, right = (self.zones[side] for side in Side)
        apart = not self.held[Side.BOTH]
        fields = {
            sides.left: Box(left.x, left.y, Length((left if apart else both).right - left.x), left.h),
            sides.right: Box(
                (right if apart else both).x, left.y, Length(right.right - (right if apart else both).x), left.h
            ),
        }
        for name, box in fields.items():
            yield self._field(name, "field", box, Fill("card"), None)
        if not apart:
            fill = Fill(f"accent{self.desk.theme.goal}", self.desk.theme.tints["soft"])
            yield self._field(sides.left, "shared", both, fill, None)
        stroke = Stroke("secondary", self.desk.theme.stroke("ring"))
        for name, box in fields.items():
            yield self._field(name, "outline", box, None, stroke)

    def _field(self, name: Text, part: str, box: Box, fill: Fill | None, stroke: Stroke | None) -> Shape:
        made = self.desk.panel(name.key, part, box, fill, stroke)
        return replace(made, preset="roundRect", adjust=(("adj", corner(box, self.layout.length("radius"))),))

    def _told(self) -> dict[Aim, list[Item]]:
        """Return the items of each aim; those of a zone stand in the middle of its height."""
        layout, pad = self.layout, self.layout.length("field-pad")
        found: dict[Aim, list[Item]] = {}
        zones = self._set()
        tops = {side: self._tops(side, placed) for side, placed in zones.items()}
        fullest = max(tops.values(), key=len)
        for side, placed in zones.items():
            zone = self.zones[side]
            for each, top in zip(placed, tops[side], strict=True):
                near = [other for other in fullest if abs(other - top) < layout.length("near")]
                y = near[0] if near else top  # what is almost in line looks like a mistake
                box = Box(Length(zone.x + pad), Length(y), Length(zone.w - 2 * pad), Length(each.height))
                found[each.aim] = self._aim(each, box)
        return found

    def _tops(self, side: Side, placed: list[_Placed]) -> list[int]:
        """Return where the aims of a zone begin: they stand in the middle of its height."""
        zone, pad = self.zones[side], self.layout.length("field-pad")
        top, bottom = zone.y + pad + self.layout.length("head-h"), zone.bottom - pad
        spare = max(0, bottom - top - sum(each.height for each in placed))
        between = min(self.layout.length("most-gap"), spare // max(1, len(placed)))
        y = top + (spare - between * (len(placed) - 1)) // 2 if placed else top
        return [y + sum(each.height + between for each in placed[:at]) for at in range(len(placed))]

    def _set(self) -> dict[Side, list[_Placed]]:
        """Return the aims of each zone as they are set, all in one size."""
        desk, layout = self.desk, self.layout
        inset, gap = layout.length("inset"), layout.length("gap")
        widths = tuple(Length(self.zones[s].w - 2 * (layout.length("field-pad") + inset)) for s in Side)
        most = max(map(len, self.held.values()))
        lines: list[Sequence[Aim | None]] = [
            [each[at] if at < len(each) else None for each in self.held.values()] for at in range(most)
        ]
        lead = desk.lead((element_of(name) for name, _ in self.slide.aims), "node")
        narrow = tuple(Length(width - lead) for width in widths)
        rows = [
            Row(tuple(aim[level] if aim else None for aim in line), (NAME, WANTS)[level], (narrow, widths)[level])
            for line in lines
            for level in range(2)
        ]
        room = self.zones[Side.LEFT].h - layout.length("head-h") - 2 * layout.length("field-pad")
        settings, _ = desk.stack(rows, room - most * (2 * inset + gap))
        found: dict[Side, list[_Placed]] = {side: [] for side in Side}
        for at, line in enumerate(lines):
            for column, (side, aim) in enumerate(zip(Side, line, strict=True)):
                name, wants = settings[2 * at][column], settings[2 * at + 1][column]
                if aim and name and wants:
                    found[side].append(_Placed(aim, (name, wants), name.height + gap + wants.height + 2 * inset))
        return found

    def _aim(self, placed: _Placed, box: Box) -> list[Item]:
        """Return the name of an aim's concept with its sign, and below it what it wants; the focus is on its accent."""
        desk, (name, wants) = self.desk, placed.aim
        lit = self.slide.focus is not None and placed.aim == self.slide.aims[self.slide.focus]
        inner = box.inset(self.layout.length("inset"))
        side, lead = desk.theme.sign("node"), desk.lead([element_of(name)], "node")
        items: list[Item] = []
        if lit:
            items.append(desk.panel(wants.key, "panel", box, Fill(f"accent{desk.theme.goal}")))
        high = placed.settings[0].height
        items += desk.sign(element_of(name), Box(inner.x, inner.y, side, high), "card" if lit else "ink", "aims")
        place = Box(Length(inner.x + lead), inner.y, Length(inner.w - lead), high)
        look = TextLook(slot="card" if lit else "ink")
        label = desk.label(name, NAME, place, placed.settings[0], look=look, place="aims")
        items.append(replace(label, link=element_of(name)))
        below = placed.settings[1].height
        place = Box(inner.x, Length(inner.bottom - below), inner.w, below)
        items.append(
            desk.label(wants, WANTS, place, placed.settings[1], look=TextLook(slot="card" if lit else "secondary"))
        )
        return items


def _zones(desk: Desk, held: dict[Side, list[Aim]]) -> tuple[Box, Box, Box]:
    """Return the room of what is on the left, on both sides and on the right; an empty side is narrow.

    Where nothing is on both sides, a gap is between them.
    """
    layout, area = desk.layout("aims"), desk.theme.column
    shares = [1.0 if some else layout.numbers["empty-share"] for some in held.values()]
    shares[1] *= layout.numbers["shared-more"]
    middle = layout.length("row-gap") if not held[Side.BOTH] else None
    rest = area.w - (middle or 0)
    total = shares[0] + shares[2] + (0 if middle else shares[1])
    widths = [round(rest * share / total) for share in shares]
    widths[1] = middle if middle is not None else widths[1]
    widths[2] = area.w - widths[0] - widths[1]
    boxes: list[Box] = []
    x = area.x
    for width in widths:
        boxes.append(Box(x, area.y, Length(width), area.h))
        x = Length(x + width)
    return boxes[0], boxes[1], boxes[2]
