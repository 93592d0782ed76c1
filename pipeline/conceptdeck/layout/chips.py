"""Chips: names in pills, side by side in as many rows as they take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.layout.desk import Desk, NodeLook
from conceptdeck.values.frame import Shape, Stroke
from conceptdeck.values.presets import text_area
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length, Point, Size

__all__ = ["element_of", "flowed", "pills"]


def flowed(desk: Desk, layout: Layout, texts: Sequence[Text], size: Size, kind: str = "chip") -> list[tuple[Text, Box]]:
    """Return each text with its pill's box, in rows, measured from the top left corner of the chips.

    A name wider than `size` is set smaller or broken into lines, in a pill of that height. `kind` is the role of the
    names, and begins the layout's lengths of the chips.
    """
    role, width = desk.theme.roles[kind], size.w
    least = layout.length(f"{kind}-h")
    corners = width - text_area("roundRect", Box(Length(0), Length(0), width, least), least // 2).w
    gap, pad = layout.length(f"{kind}-gap"), layout.length(f"{kind}-pad")
    found: list[tuple[Text, Box]] = []
    x = y = row_h = 0
    for text in texts:
        w = min(max(desk.natural_width(text, role) + 2 * pad, desk.room(text, role) + corners), width)
        broken = w == width and not desk.one_line(text, role, Length(w - corners))
        inner = Size(Length(width - 2 * pad), size.h)
        h = max(least, desk.fit(text, role, inner).height + gap) if broken else least
        if x and x + w > width:
            x, y, row_h = 0, y + row_h + gap, 0
        found.append((text, Box(Length(x), Length(y), Length(w), Length(h))))
        x, row_h = x + w + gap, max(row_h, h)
    return found


def pills(
    desk: Desk,
    layout: Layout,
    chips: Sequence[tuple[Text, Box]],
    corner: Point,
    look: tuple[str, str],
    kind: str = "chip",
) -> list[Shape]:
    """Return the chips as shapes whose top left corner is `corner`; `look` is their accent and their place.

    The place tells them from others of their texts. The name of a concept leads to its slide.
    """
    accent, place = look
    stroke, role = Stroke(accent, desk.theme.stroke("ring")), desk.theme.roles[kind]
    radius, pad = layout.length(f"{kind}-h") // 2, layout.length(f"{kind}-pad") // 2
    found = []
    for text, box in chips:
        line = desk.one_line(text, role, text_area("roundRect", box, radius).w)
        chip = desk.node(
            [(text, kind, "ink")],
            box.moved(corner.x, corner.y),
            place=place,
            look=NodeLook(stroke=stroke, radius=radius, pad=0 if line else pad),
            settings=[line] if line else None,
        )
        found.append(replace(chip, link=element_of(text), fitted=True))
    return found


def element_of(text: Text) -> str:
    """Return the key of the element that a text belongs to."""
    return text.key.rpartition(".")[0]
