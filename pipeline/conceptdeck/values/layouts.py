"""Layouts of slides: roles of text, placeholders and where they stand, further boxes, and lengths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from conceptdeck.values.template import Holder
from conceptdeck.values.units import Box, Length, inches, points
from conceptdeck.values.value import frozen

__all__ = ["OPPOSITE", "TITLE_LINES", "Layout", "PlaceholderSpec", "Role"]

TITLE_LINES = 2  # that most titles have at most
OPPOSITE = {"l": "r", "r": "l"}


@frozen
class Role:
    """A role of text: face, sizes from the wanted one down to the floor, line pitch and colour slot.

    A `single` role has but one line, whose pitch is the same in every script.
    """

    name: str
    major: bool
    bold: bool
    sizes: tuple[float, ...]
    leading: float
    colour: str
    avoid_orphans: bool
    single: bool = False

    def between(self, least: float, most: float) -> Role:
        """Return the role with those of its sizes that are from `least` to `most` points; the smallest if none is."""
        found = tuple(size for size in self.sizes if least <= size <= most)
        return replace(self, sizes=found or self.sizes[-1:])


Margins = tuple[Length, Length, Length, Length]  # left, top, right, bottom


@frozen
class PlaceholderSpec:
    """A placeholder of a layout: its OOXML type and index, where it stands and how its text looks.

    Without a type it is a text box: the template has no such placeholder.
    """

    name: str
    type: str
    idx: int
    role: Role
    colour: str
    box: Box
    anchor: str
    align: str
    prompt: str
    first: bool = True  # of its type in its layout
    margins: Margins | None = None  # of a template's own placeholder: what it keeps free around the box
    room: tuple[Length, Length] | None = None  # the heights between which it may grow, where nothing else stands

    def grown(self, height: int) -> Box:
        """Return its box as high as `height`, or as high as there is room: as much above and below as is free."""
        top, bottom = self.room or (self.box.y, self.box.bottom)
        above, below = self.box.y - top, bottom - self.box.bottom
        more = min(height - self.box.h, above + below)
        if more <= 0:
            return self.box
        up = more * above // (above + below)
        return Box(self.box.x, Length(self.box.y - up), self.box.w, Length(self.box.h + more))

    def raised(self, more: float) -> PlaceholderSpec:
        """Return a title as high up as its lines need that are `more` of a Latin one's pitch further apart.

        Two lines then end where those of Latin letters do, or half of the room above is taken. Others stay.
        """
        if self.type != "title" or self.anchor != "t" or not self.room:
            return self
        free = (self.box.y - self.room[0]) // 2
        needed = TITLE_LINES * points(self.role.sizes[0] * self.role.leading * more)
        return replace(self, box=self.box.moved(0, -max(0, min(free, needed))))

    def tied(self, holder: Holder | None, role: Role) -> PlaceholderSpec:
        """Return the placeholder as a template's own, in `role`; a text box if the template has none for it."""
        if holder is None:
            return replace(self, type="", first=True)
        size = holder.size or role.sizes[0]
        sizes = tuple(dict.fromkeys((size, *(each for each in role.sizes if each < size))))
        left, top, right, bottom = holder.margins
        box = holder.box
        inner = Box(
            Length(box.x + left), Length(box.y + top), Length(box.w - left - right), Length(box.h - top - bottom)
        )
        return replace(
            self,
            type=holder.type,
            idx=holder.idx,
            role=replace(role, sizes=sizes, bold=holder.bold),
            box=inner,
            anchor=holder.anchor,
            align=holder.align,
            margins=holder.margins,
            room=None,
        )

    def in_roles(self, roles: Mapping[str, Role]) -> PlaceholderSpec:
        """Return the placeholder in another role of the same name; a template's own keeps its sizes."""
        role = roles[self.role.name]
        if self.margins is None:
            return replace(self, role=role)
        sizes = (*self.role.sizes, *(size for size in role.sizes if size < self.role.sizes[-1]))
        return replace(self, role=replace(role, sizes=sizes, bold=self.role.bold))

    def mirrored(self, width: int) -> PlaceholderSpec:
        """Return the placeholder as it stands on a slide `width` wide that is read from the right."""
        return replace(self, box=self.box.mirrored(width), align=OPPOSITE.get(self.align, self.align))


@frozen
class Layout:
    """A slide layout: placeholders by name, further boxes, and lengths in EMU."""

    key: str
    name: str
    placeholders: Mapping[str, PlaceholderSpec]
    boxes: Mapping[str, Box]
    numbers: Mapping[str, float]

    def with_roles(self, roles: Mapping[str, Role]) -> Layout:
        """Return the layout with its placeholders in other roles of the same names."""
        return replace(self, placeholders={key: spec.in_roles(roles) for key, spec in self.placeholders.items()})

    def turned(self, width: int, shift: int) -> Layout:
        """Return a template's layout to be mirrored: its placeholders will be where they are, and all else moves."""
        placeholders = {
            key: spec.mirrored(width) if spec.margins is not None else replace(spec, box=spec.box.moved(shift, 0))
            for key, spec in self.placeholders.items()
        }
        boxes = {key: box.moved(shift, 0) for key, box in self.boxes.items()}
        return replace(self, placeholders=placeholders, boxes=boxes)

    def raised(self, more: float) -> Layout:
        """Return the layout with its title as high up as the lines of a script need; see `PlaceholderSpec.raised`."""
        return replace(self, placeholders={key: spec.raised(more) for key, spec in self.placeholders.items()})

    def mirrored(self, width: int) -> Layout:
        """Return the layout as it is on a slide `width` wide that is read from the right."""
        return replace(self, placeholders={key: spec.mirrored(width) for key, spec in self.placeholders.items()})

    def length(self, name: str) -> Length:
        """Return the length called `name`."""
        return inches(self.numbers[name])

    def count(self, name: str) -> int:
        """Return the whole number called `name`."""
        return int(self.numbers[name])
