"""The DrawingML of pictures: images that are seen in part or whole."""

from __future__ import annotations

from conceptdeck.render.powerpoint.markup import non_visual, transform
from conceptdeck.render.powerpoint.page import Page
from conceptdeck.values.frame import Picture
from conceptdeck.values.image import WHOLE, Crop

__all__ = ["picture"]

SVG_2016 = 'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'


def picture(item: Picture, page: Page, blip: str, vectors: str) -> str:
    """Return a picture (CT_Picture); `blip` and `vectors` are ids of relations to its image, the latter may be empty."""
    named = non_visual(page, item, "rect", item.link, decorative=item.decorative)
    image = f'<a:blip r:embed="{page.use(blip)}"/>'
    if vectors:
        image = (
            f'<a:blip r:embed="{blip}"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
            f'{SVG_2016} r:embed="{page.use(vectors)}"/></a:ext></a:extLst></a:blip>'
        )
    return (
        f"<p:pic><p:nvPicPr>{named}<p:cNvPicPr>"
        '<a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
        f"<p:blipFill>{image}{_source(item.seen.crop)}<a:stretch><a:fillRect/></a:stretch></p:blipFill>"
        f'<p:spPr>{transform(item.seen.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def _source(crop: Crop) -> str:
    """Return what of an image is seen (CT_RelativeRect), in thousandths of a percent that are cut off each side."""
    if crop == WHOLE:
        return ""
    sides = {"l": crop.left, "t": crop.top, "r": crop.right, "b": crop.bottom}
    cut = "".join(f' {side}="{round(share * 100_000)}"' for side, share in sides.items())
    return f"<a:srcRect{cut}/>"
