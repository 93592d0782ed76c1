"""The trail: what a slide stands in, as pills at its head, each leading back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from conceptdeck.layout.desk import Desk, NodeLook
from conceptdeck.values.deck import Crumb
from conceptdeck.values.frame import Fill, Shape
from conceptdeck.values.presets import ROUND_INSET
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, inches

__all__ = ["trail"]


def trail(desk: Desk, crumbs: Sequence[Crumb], accent: str) -> Iterator[Shape]:
    """Yield a pill for each crumb, the one without a link filled with `accent`; names too long for one are left out."""
    spec, role = desk.theme.rail, desk.theme.roles["rail"]
    height, gap, pad = inches(spec["h"]), inches(spec["gap"]), inches(spec["pad"])
    x, right = inches(spec["x"]), desk.theme.column.right
    for crumb in crumbs:
        text = Text(crumb.text.value, crumb.text.key, crumb.text.span, crumb.text.parts)
        corners = 2 * round(height // 2 * ROUND_INSET)
        width = max(desk.natural_width(text.value, role) + 2 * pad, desk.room(text.value, role) + corners)
        if x + width > right:
            continue
        pill = desk.node(
            [(text, "rail", "secondary" if crumb.link else "card")],
            Box(x, inches(spec["y"]), Length(width), height),
            place="trail",
            look=NodeLook(
                fill=None if crumb.link else Fill(accent),
                stroke=desk.hairline() if crumb.link else None,
                radius=height // 2,
            ),
        )
        yield replace(pill, link=crumb.link, fitted=True)
        x = Length(x + width + gap)
