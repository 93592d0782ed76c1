"""An image that has the slide to itself below the title, or one side of it to the edges beside words."""

from __future__ import annotations

from dataclasses import replace

from conceptdeck.layout.desk import Desk
from conceptdeck.layout.pages import frames_of
from conceptdeck.layout.slides.own import LIST, pointed
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck
from conceptdeck.values.frame import Frame, Item
from conceptdeck.values.image import Fit
from conceptdeck.values.slides import Side
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Size

__all__ = ["shot"]


def shot(slide: deck.Shot, desk: Desk) -> list[Frame]:
    """Lay out an image: below the title, or beside it if words stand with it or its author wants it so."""
    layout = desk.layout(LIST)
    side = slide.image.place
    if side is Side.FULL and (slide.text or slide.bullets):
        side = Side.RIGHT
    if side is Side.FULL:
        title = desk.placeholder(layout.placeholders["title"], slide.title)
        items = [title, *_whole(slide, desk, desk.theme.column)]
    else:
        items = _beside(slide, desk, left=side is Side.LEFT)
    return frames_of(slide.key, LIST, [items], desk.language, desk.theme.others[0])


def _whole(slide: deck.Shot, desk: Desk, area: Box) -> list[Item]:
    """Return the image in the content area, and its caption close below what is seen of it."""
    layout = desk.layout(LIST)
    if slide.image.caption is None:
        return [*desk.picture(slide.key, area)]
    gap, setting = layout.length("caption-gap"), _caption(slide.image.caption, desk, area.w)
    drawn = desk.picture(slide.key, replace(area, h=Length(area.h - gap - setting.height)))
    place = drawn[0].seen.box if drawn else area
    box = Box(place.x, Length(place.bottom + gap), place.w, setting.height)
    setting = _caption(slide.image.caption, desk, box.w)
    if setting.height > box.h:  # a narrow image: its caption goes on to the edge of the area
        box = replace(box, x=area.x, w=area.w)
        setting = _caption(slide.image.caption, desk, box.w)
    return [*drawn, desk.label(slide.image.caption, "meta", box, setting)]


def _caption(caption: Text, desk: Desk, width: Length) -> Setting:
    """Return a caption as it is set in a width."""
    return desk.fit(caption, desk.theme.roles["meta"], Size(width, desk.layout(LIST).length("caption-most")))


def _beside(slide: deck.Shot, desk: Desk, *, left: bool) -> list[Item]:
    """Return an image at one side of the slide, and title and words at the other."""
    layout, theme = desk.layout(LIST), desk.theme
    image, title, words = (layout.boxes[name] for name in ("image-right", "image-title", "image-words"))
    if left and theme.size.w >= theme.size.h:
        image, title, words = (box.mirrored(theme.size.w) for box in (image, title, words))
    made = desk.placeholder(layout.placeholders["title"], slide.title, box=title)
    inset = layout.length("image-inset") if slide.image.manner is Fit.CONTAIN else Length(0)
    items: list[Item] = [made, *desk.picture(slide.key, image, inset)]
    if caption := slide.image.caption:
        setting = _caption(caption, desk, words.w)
        box = Box(words.x, Length(words.bottom - setting.height), words.w, setting.height)
        items.append(desk.label(caption, "meta", box, setting))
        words = replace(words, h=Length(box.y - layout.length("caption-gap") - words.y))
    if slide.bullets:
        return [*items, *pointed(desk, slide.bullets, words, f"accent{theme.others[0]}")]
    return [*items, desk.placeholder(layout.placeholders["text"], slide.text, box=words)] if slide.text else items
