"""The DrawingML of lines: connectors glued to shapes, and freeforms for lines on their own way."""

from __future__ import annotations

from conceptdeck.render.powerpoint.markup import non_visual, outline, transform
from conceptdeck.render.powerpoint.page import Page
from conceptdeck.values.frame import Connector, Route
from conceptdeck.values.items import around

__all__ = ["connector", "route"]

CONNECTORS = {"straight": "straightConnector1", "curved": "curvedConnector3", "quarter": "curvedConnector2"}
QUARTER_TURN = 5_400_000  # in 60,000ths of a degree


def connector(item: Connector, page: Page) -> str:
    """Return a connector glued at both ends (CT_Connector)."""
    dx, dy = item.end.x - item.start.x, item.end.y - item.start.y
    preset = CONNECTORS[item.kind if dx and dy else "straight"]
    adjust = '<a:avLst><a:gd name="adj1" fmla="val 50000"/></a:avLst>' if preset == "curvedConnector3" else "<a:avLst/>"
    named = non_visual(page, item, preset, decorative=not item.alt)
    arrow = '<a:tailEnd type="triangle" w="med" len="med"/>' if item.arrow else ""
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{named}<p:cNvCxnSpPr>"
        f'<a:stCxn id="{page.end(*item.begin)}" idx="{item.begin[1]}"/>'
        f'<a:endCxn id="{page.end(*item.finish)}" idx="{item.finish[1]}"/></p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr>'
        f'<p:spPr>{_way(item)}<a:prstGeom prst="{preset}">{adjust}</a:prstGeom>'
        f"{outline(item.stroke, arrow)}</p:spPr></p:cxnSp>"
    )


def _way(item: Connector) -> str:
    """Return where a connector runs (CT_Transform2D).

    Presets leave their start sideways. One that leaves it up or down is turned by a quarter around its middle, and
    flipped so that its ends come to where they belong.
    """
    left, top = min(item.start.x, item.end.x), min(item.start.y, item.end.y)
    dx, dy = item.end.x - item.start.x, item.end.y - item.start.y
    if not item.upright or not dx or not dy:
        flips = (' flipH="1"' if dx < 0 else "") + (' flipV="1"' if dy < 0 else "")
        return f'<a:xfrm{flips}><a:off x="{left}" y="{top}"/><a:ext cx="{abs(dx)}" cy="{abs(dy)}"/></a:xfrm>'
    flips = (' flipH="1"' if dy < 0 else "") + (' flipV="1"' if dx > 0 else "")
    shift = (abs(dx) - abs(dy)) // 2
    place = f'<a:off x="{left + shift}" y="{top - shift}"/><a:ext cx="{abs(dy)}" cy="{abs(dx)}"/>'
    return f'<a:xfrm rot="{QUARTER_TURN}"{flips}>{place}</a:xfrm>'


def route(item: Route, page: Page) -> str:
    """Return a line on its own way (CT_Shape with CT_CustomGeometry2D): programs lead no connector along curves."""
    box = around(item.points)
    start, *rest = (f'<a:pt x="{x - box.x}" y="{y - box.y}"/>' for x, y in item.points)
    curves = "".join(f"<a:cubicBezTo>{''.join(rest[at : at + 3])}</a:cubicBezTo>" for at in range(0, len(rest), 3))
    arrow = '<a:tailEnd type="triangle" w="med" len="med"/>' if item.arrow else ""
    return (
        f"<p:sp><p:nvSpPr>{non_visual(page, item, decorative=not item.alt)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{transform(box)}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{box.w}" h="{box.h}" fill="none">'
        f"<a:moveTo>{start}</a:moveTo>{curves}</a:path></a:pathLst></a:custGeom><a:noFill/>"
        f"{outline(item.stroke, arrow)}</p:spPr></p:sp>"
    )
