"""The desk that slides are laid out on: it makes their shapes, and sets texts that stand below each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import field, replace
from typing import Self

from conceptdeck.layout.toolkit import Toolkit
from conceptdeck.typeset.settings import Setting
from conceptdeck.values.frame import Fill, Item, Paragraph, Placeholder, Shape, Sign, Stroke, TextBody
from conceptdeck.values.presets import text_area
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout, PlaceholderSpec, Role
from conceptdeck.values.units import Box, Length, Size, points
from conceptdeck.values.value import frozen, mutable

__all__ = ["PLAIN_TEXT", "Desk", "NodeLook", "Row", "TextLook", "named", "numeral"]

LOOSE_STEPS = 4  # that a stack goes down for lines that are sure to be held


@frozen
class Row:
    """Siblings that share one role, each in its own width, and the most lines that each may take."""

    texts: tuple[Text | None, ...]
    role: str
    widths: tuple[Length, ...]
    max_lines: int | None = None


@frozen
class TextLook:
    """How a text box looks: the slot of its text (its role's if empty), and where the text stands in it."""

    slot: str = ""
    align: str = "l"
    anchor: str = "t"


@frozen
class NodeLook:
    """How a shape with text inside looks: its preset and ground, the room around the text, where the text stands.

    What is kept free `before` the text or `above` it is for a sign, its gap included.
    """

    preset: str = "roundRect"
    fill: Fill | None = None
    stroke: Stroke | None = None
    pad: int = 0
    radius: int = 0
    align: str = "ctr"
    anchor: str = "ctr"
    before: int = 0
    above: int = 0


PLAIN_TEXT, PLAIN_NODE = TextLook(), NodeLook()


@mutable
class Desk(Toolkit):
    """Make the shapes of slides, with measured text; `before` is the layout of the slide before."""

    before: str = ""
    made: dict[Hashable, tuple[Shape, ...]] = field(default_factory=dict)

    def once(self, key: Hashable, make: Callable[[], Iterable[Shape]]) -> tuple[Shape, ...]:
        """Return the shapes that `make` gives, made once for all slides that show them under `key`."""
        if key in self.made:
            return self.made[key]
        before = len(self.problems)
        shapes = tuple(make())
        if len(self.problems) == before:  # a problem belongs to each slide that has it
            self.made[key] = shapes
        return shapes

    def tried(self, draw: Callable[[Self], Iterable[Item]]) -> list[Item]:
        """Return what is drawn, nothing if it does not find the room that it needs."""
        trial = self.fresh()
        items = [*draw(trial)]
        if trial.problems:
            return []
        self.take(trial)
        return items

    def stack(
        self, rows: Sequence[Row], height: int
    ) -> tuple[tuple[tuple[Setting | None, ...], ...], tuple[Length, ...]]:
        """Set rows of siblings below each other within `height`, stepping all roles down together.

        A row's `max_lines` is a wish, given up only if the floors cannot meet it. Returns the settings of each row and
        the rows' heights; what does not fit at the floors is a problem.
        """
        found = self._stack_within(rows, height)
        if found is None and any(row.max_lines for row in rows):
            rows = [replace(row, max_lines=None) for row in rows]
            found = self._stack_within(rows, height)
        if found is None:
            found = self._stack_within(rows, height, heading=False)
        if found is None:
            self._refuse_stack(rows, height)
            found = [self._floor_row(row) for row in rows]
        return tuple(found), tuple(_height(row) for row in found)

    def _stack_within(
        self, rows: Sequence[Row], height: int, *, heading: bool | None = None
    ) -> list[tuple[Setting | None, ...]] | None:
        """Return the rows' settings at the first step at which they fit, None if none does.

        A step at which no word is split is preferred, and one of the next few at which all lines are sure to be held.
        """
        split = loose = None
        given = 0
        steps = max((len(self.theme.roles[row.role].sizes) for row in rows), default=1)
        for step in range(steps):
            settings = [self._row_at(row, step, heading) for row in rows]
            complete = all(_complete(row, found) for row, found in zip(rows, settings, strict=True))
            if complete and sum(map(_height, settings)) <= height:
                made = [each for row in settings for each in row if each]
                if any(each.split for each in made):
                    split = split or settings
                elif any(each.loose for each in made) and given < LOOSE_STEPS:
                    loose = loose or settings
                    given += 1
                else:
                    return loose or settings if any(each.loose for each in made) else settings
        return loose or split

    def _floor_row(self, row: Row) -> tuple[Setting | None, ...]:
        """Return the row set at its role's floor, whatever room that takes."""
        role = self.theme.roles[row.role]
        return tuple(
            self.at_floor(text, role, w) if text else None for text, w in zip(row.texts, row.widths, strict=True)
        )

    def _row_at(self, row: Row, step: int, heading: bool | None) -> tuple[Setting | None, ...]:
        """Return the row set at the `step`-th size below the largest at which each word fits."""
        role = self.theme.roles[row.role]
        for size in role.sizes[min(step, len(role.sizes) - 1) :]:
            pairs = zip(row.texts, row.widths, strict=True)
            found = tuple(self.set(text, role, size, w, heading=heading) for text, w in pairs)
            if _complete(row, found):
                return found
        return found

    def _refuse_stack(self, rows: Sequence[Row], height: int) -> None:
        """Report each word that is too wide; if there is none, the longest text."""
        cells = [
            (text, self.theme.roles[row.role], width)
            for row in rows
            for text, width in zip(row.texts, row.widths, strict=True)
            if text
        ]
        wide = [cell for cell in cells if self.set(cell[0], cell[1], cell[1].sizes[-1], cell[2]) is None]
        for text, role, width in wide:
            self.refuse(text, role, Size(width, Length(height)))
        if not wide:
            longest = max((text for text, _, _ in cells), key=lambda text: len(text.value))
            self.report(longest, lambda value: self._fits_so(rows, height, longest, value))

    def _fits_so(self, rows: Sequence[Row], height: int, text: Text, value: str) -> bool:
        """Tell whether rows would fit `height` at their floors if `text` said but `value`."""
        other = replace(text, value=value)
        changed = (replace(row, texts=tuple(other if each == text else each for each in row.texts)) for row in rows)
        return sum(_height(self._floor_row(row)) for row in changed) <= height

    # -- shapes ---------------------------------------------------------------------------------------------------

    def placeholder(
        self, spec: PlaceholderSpec, text: Text, *, slot: str = "", box: Box | None = None, place: str = ""
    ) -> Shape:
        """Return the placeholder `spec` filled with `text`, in its own box or in `box`."""
        box = box or self.box_for(text, spec)
        setting = self.fit_alone(text, spec.role, Size(box.w, box.h))
        paragraph = self.paragraph(text, setting, spec.role, slot or spec.colour, align=spec.align)
        made = self.filled(spec, (paragraph,), named(text, place=place), box, text)
        return made if not made.text else replace(made, text=replace(made.text, wrap=wraps((spec.role,), (setting,))))

    def filled(
        self, spec: PlaceholderSpec, paragraphs: tuple[Paragraph, ...], name: str, box: Box, text: Text
    ) -> Shape:
        """Return the placeholder `spec` with paragraphs that are set already."""
        body = TextBody(paragraphs, spec.anchor, span=text.span)
        return Shape(name, "rect", box, text=body, placeholder=placeholder_of(spec))

    def label(
        self,
        text: Text,
        role_name: str,
        box: Box,
        setting: Setting | None = None,
        *,
        look: TextLook = PLAIN_TEXT,
        place: str = "",
    ) -> Shape:
        """Return a text box without fill or outline; `place` says where, if the text stands twice."""
        role = self.theme.roles[role_name]
        setting = setting or self.fit(text, role, Size(box.w, box.h))
        paragraph = self.paragraph(text, setting, role, look.slot, align=look.align)
        body = TextBody((paragraph,), look.anchor, span=text.span, wrap=wraps((role,), (setting,)))
        return Shape(named(text, place=place), "rect", box, text=body, part=text.id, place=place)

    def node(
        self,
        lines: Sequence[tuple[Text, str, str]],
        box: Box,
        *,
        look: NodeLook = PLAIN_NODE,
        place: str = "",
        settings: Sequence[Setting] | None = None,
    ) -> Shape:
        """Return a shape with texts inside, each as (text, role, slot), one paragraph each."""
        pad, area = look.pad, text_area(look.preset, box, look.radius)
        rows = [Row((text,), role, (Length(area.w - 2 * pad - look.before),)) for text, role, _ in lines]
        if settings is None:
            settings = [row[0] for row in self.stack(rows, area.h - look.above)[0] if row[0]]
        paragraphs = tuple(
            self.paragraph(text, setting, self.theme.roles[role], slot, align=look.align)
            for (text, role, slot), setting in zip(lines, settings, strict=True)
        )
        high = 0 if look.anchor == "ctr" else pad
        margin = (pad + look.before, high + look.above, pad, high)
        wrap = wraps([self.theme.roles[role] for _, role, _ in lines], settings)
        body = TextBody(paragraphs, look.anchor, margin, lines[0][0].span, wrap)
        adjust = (("adj", corner(box, look.radius)),) if look.preset == "roundRect" else ()
        name, part = named(*(text for text, _, _ in lines), place=place), lines[-1][0].id
        return Shape(name, look.preset, box, look.fill, look.stroke, body, adjust=adjust, part=part, place=place)

    def sign_in(self, node: Shape, element: str, look: NodeLook, slot: str) -> list[Sign]:
        """Return the sign of an element in the room that a node with its name keeps for it."""
        gap, area = self.theme.sign("gap"), text_area(look.preset, node.box, look.radius)
        if look.above:
            side = look.above - gap
            used = look.above + points(node.text.height if node.text else 0)
            place = Box(
                Length(area.centre.x - side // 2), Length(area.centre.y - used // 2), Length(side), Length(side)
            )
        else:
            place = Box(Length(area.x + look.pad), area.y, Length(look.before - gap), area.h)
        return self.sign(element, place, slot, node.place) if look.above or look.before else []

    def sign_after(self, element: str, line: Box, size: str, slot: str) -> list[Sign]:
        """Return the sign of an element at the right end of a line with its name, in the middle of its height."""
        side = self.theme.sign(size)
        return self.sign(element, Box(Length(line.right - side), Length(line.centre.y - side // 2), side, side), slot)

    def panel(self, of: str, part: str, box: Box, fill: Fill | None, stroke: Stroke | None = None) -> Shape:
        """Return a plain rectangle behind other things, as a part of the element whose key is `of`."""
        return Shape(f"{of}.{part}", "rect", box, fill, stroke, decorative=True, of=of, part=part)

    def ground(self, slot: str, *, solid: bool = False) -> Shape:
        """Return the ground of a slide that is not the page's: an accent as panels have it, or a `solid` colour."""
        size = self.theme.size
        box = Box(Length(0), Length(0), size.w, size.h)
        fill = Fill(slot) if solid else Fill(slot, self.theme.tints["panel"])
        return Shape("!!ground", "rect", box, fill, decorative=True)

    def hairline(self, slot: str = "secondary", tint: str = "hairline") -> Stroke:
        """Return the thin line around cards and nodes."""
        return Stroke(slot, self.theme.stroke("hairline"), self.theme.tints[tint])

    def layout(self, key: str) -> Layout:
        """Return the layout called `key`."""
        return self.theme.layouts[key]


def placeholder_of(spec: PlaceholderSpec) -> Placeholder | None:
    """Return what a shape takes over from the placeholder `spec`, nothing if it is a text box."""
    role = spec.role
    own = Placeholder(spec.name, spec.type, spec.idx, spec.box, role.sizes[0], role.bold, spec.colour, spec.first)
    return replace(own, margins=spec.margins) if spec.type else None


def wraps(roles: Iterable[Role], settings: Iterable[Setting]) -> bool:
    """Tell whether texts may take another line: not if their roles have but one, and they are set so."""
    return not all(role.single and len(each.lines) == 1 for role, each in zip(roles, settings, strict=True))


def corner(box: Box, radius: int) -> int:
    """Return `radius` as the adjustment of a roundRect: 50000 is half the shorter side."""
    shorter = min(box.w, box.h)
    return min(50_000, round(radius * 100_000 / shorter)) if shorter else 0


def named(*texts: Text | None, place: str = "") -> str:
    """Return the name of a shape that holds texts: their keys, in order, and where it stands if they stand twice."""
    keys = "+".join(text.key for text in texts if text)
    return f"{keys}@{place}" if place else keys


def numeral(position: int, key: str) -> Text:
    """Return the position as two digits; the text belongs to the element called `key`."""
    return Text(f"{position:02d}", f"{key}.number")


def _height(settings: Sequence[Setting | None]) -> Length:
    return Length(max((s.height for s in settings if s), default=0))


def _complete(row: Row, settings: Sequence[Setting | None]) -> bool:
    """Tell whether every text of the row is set, none on too many lines."""
    limit = row.max_lines
    return all(
        text is None or (setting is not None and (limit is None or len(setting.lines) <= limit))
        for text, setting in zip(row.texts, settings, strict=True)
    )
