"""The DrawingML of signs: an icon or a code for phones as one shape, in a colour of the theme, with points to edit."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.render.powerpoint.markup import colour, non_visual, outline, transform
from conceptdeck.render.powerpoint.page import Page
from conceptdeck.values.frame import Sign
from conceptdeck.values.icons import GRID, Segment
from conceptdeck.values.units import Box, Length

__all__ = ["sign"]

FINE = 1_000  # steps in a unit of the grid: coordinates of a path are whole numbers


def sign(item: Sign, page: Page) -> str:
    """Return a sign as a freeform (CT_Shape with CT_CustomGeometry2D): its areas are filled, its lines are outlines."""
    paths = [_path(area, 'stroke="0"') for area in item.icon.areas]
    paths += [_path(item.icon.lines, 'fill="none"')] if item.icon.lines else []
    fill = f"<a:solidFill>{colour(item.slot)}</a:solidFill>" if item.icon.areas else "<a:noFill/>"
    side, centre = Length(round(item.scale * GRID)), item.box.centre
    box = Box(Length(centre.x - side // 2), Length(centre.y - side // 2), side, side)
    named = non_visual(page, item, link=item.link, decorative=not item.alt)
    return (
        f'<p:sp><p:nvSpPr>{named}<p:cNvSpPr><a:spLocks noChangeAspect="1"/></p:cNvSpPr>'
        f"<p:nvPr/></p:nvSpPr><p:spPr>{transform(box)}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>{"".join(paths)}</a:pathLst></a:custGeom>{fill}'
        f"{outline(item.stroke)}</p:spPr></p:sp>"
    )


def _path(segments: Sequence[Segment], manner: str) -> str:
    """Return a path on the grid (CT_Path2D)."""
    return f'<a:path w="{GRID * FINE}" h="{GRID * FINE}" {manner}>{"".join(map(_step, segments))}</a:path>'


def _step(segment: Segment) -> str:
    """Return one command of a path."""
    name, values = segment
    points = "".join(
        f'<a:pt x="{round(x * FINE)}" y="{round(y * FINE)}"/>' for x, y in zip(values[::2], values[1::2], strict=True)
    )
    if name == "Z":
        return "<a:close/>"
    tag = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}[name]
    return f"<a:{tag}>{points}</a:{tag}>"
