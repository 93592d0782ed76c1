"""Slide zooms: pictures of slides that PowerPoint zooms into, and that are links in other programs."""

from __future__ import annotations

import hashlib
import uuid

from conceptdeck.render.escape import escape
from conceptdeck.render.powerpoint.markup import colour
from conceptdeck.render.powerpoint.page import Page
from conceptdeck.values.frame import Zoom
from conceptdeck.values.theme import Theme
from conceptdeck.values.value import frozen

__all__ = ["Ties", "creation_id", "creation_mark", "zoom_frame"]

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SLIDE_ZOOM = "http://schemas.microsoft.com/office/powerpoint/2016/slidezoom"
ZOOMED_PICTURE = "http://schemas.microsoft.com/office/powerpoint/2016/6/main"
POWERPOINT_2010 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
TRANSITION_MS = 1000


def creation_id(map_id: str, key: str) -> int:
    """Return the number by which a zoom knows its slide again wherever it moves (p14:creationId)."""
    return int.from_bytes(hashlib.sha256(f"{map_id}/{key}".encode()).digest()[:4], "big") | 1


def creation_mark(number: int) -> str:
    """Return the extension of a slide's content that holds its number."""
    return (
        '<p:extLst><p:ext uri="{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}">'
        f'<p14:creationId xmlns:p14="{POWERPOINT_2010}" val="{number}"/></p:ext></p:extLst>'
    )


@frozen
class Ties:
    """What ties a zoom to its package: the slide that it leads to, and two relationships.

    `number` is the creation id of the slide; `picture` and `jump` are ids of relationships.
    """

    slide_id: int
    number: int
    picture: str
    jump: str


def zoom_frame(zoom: Zoom, theme: Theme, ties: Ties, page: Page) -> str:
    """Return a zoom to a slide, and a linked picture in its place for programs that know no zooms."""
    box = zoom.box
    id_, shown, jump = page.shape(zoom.name, "rect"), page.use(ties.picture), page.use(ties.jump)
    page.zoom(ties.slide_id, ties.number)
    size = f'<a:ext cx="{box.w}" cy="{box.h}"/>'
    name = f'<p:cNvPr id="{id_}" name="{escape(zoom.name)}" descr="{escape(zoom.alt)}"'
    blip = f'<a:blip r:embed="{shown}"/><a:stretch><a:fillRect/></a:stretch>'
    look = f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{_outline(theme)}'
    guid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"conceptdeck/{ties.number}/{zoom.name}")).upper()
    return (
        f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice xmlns:pslz="{SLIDE_ZOOM}" Requires="pslz">'
        f"<p:graphicFrame><p:nvGraphicFramePr>{name}/><p:cNvGraphicFramePr>"
        '<a:graphicFrameLocks noChangeAspect="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm><a:off x="{box.x}" y="{box.y}"/>{size}</p:xfrm><a:graphic><a:graphicData uri="{SLIDE_ZOOM}">'
        f'<pslz:sldZm><pslz:sldZmObj sldId="{ties.slide_id}" cId="{ties.number}"><pslz:zmPr id="{{{guid}}}" returnToParent="1" '
        f'transitionDur="{TRANSITION_MS}"><p166:blipFill xmlns:p166="{ZOOMED_PICTURE}">{blip}</p166:blipFill>'
        f'<p166:spPr xmlns:p166="{ZOOMED_PICTURE}"><a:xfrm><a:off x="0" y="0"/>{size}</a:xfrm>{look}</p166:spPr>'
        "</pslz:zmPr></pslz:sldZmObj></pslz:sldZm></a:graphicData></a:graphic></p:graphicFrame></mc:Choice>"
        f'<mc:Fallback><p:pic><p:nvPicPr>{name}><a:hlinkClick r:id="{jump}" action="ppaction://hlinksldjump"/></p:cNvPr>'
        '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill>{blip}</p:blipFill><p:spPr><a:xfrm><a:off x="{box.x}" y="{box.y}"/>{size}</a:xfrm>{look}</p:spPr>'
        "</p:pic></mc:Fallback></mc:AlternateContent>"
    )


def _outline(theme: Theme) -> str:
    """Return the thin line around a zoom."""
    tone = colour("secondary", theme.tints["hairline"])
    return f'<a:ln w="{theme.stroke("hairline")}"><a:solidFill>{tone}</a:solidFill></a:ln>'
