"""Furniture: what stands at the foot of slides: the logo of the house, a line, a fixed date, and the number."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from conceptdeck.layout.desk import Desk, placeholder_of
from conceptdeck.layout.legible import ground_of
from conceptdeck.values.brand import Brand
from conceptdeck.values.colour import contrast
from conceptdeck.values.frame import Frame, Item, Paragraph, Picture, Run, Shape, TextBody
from conceptdeck.values.image import Image, seen
from conceptdeck.values.text import Text
from conceptdeck.values.theme import PlaceholderSpec, Theme
from conceptdeck.values.units import Box

__all__ = ["GROUNDED", "branded", "furniture"]

GROUNDED = ("section", "statement", "bleed")  # layouts with a ground of their own where the number stands
COVER = "cover"


def furniture(desk: Desk, title: Text, number: int, frame: Frame) -> list[Item]:
    """Return logo, footer, date and number of a slide; the cover has the logo alone.

    A template of others brings its own logo, and says which of the rest there is.
    A slide with a ground of its own has no footer and no date. Nor does the number fill its placeholder there: some
    programs paint placeholders of that kind behind all else.
    """
    brand = desk.brand
    items: list[Item] = [*_logo(desk, brand, frame)]
    if frame.layout == COVER:
        return items
    theme, spec = desk.theme, desk.theme.furniture_of(frame.layout)
    if grounded := frame.layout in GROUNDED and not theme.template:
        slot = theme.last_colours[1] if frame.key == "closing" else theme.on_panel
    else:
        slot = theme.furniture["number"].colour
        line = Text(brand.footer, "brand.footer") if brand.footer else title
        lines = [("footer", line)] + ([("date", Text(brand.date, "brand.date"))] if brand.date else [])
        for name, said in lines:
            items += desk.once((name, spec.get(name)), partial(_line, desk, spec.get(name), said))
    if "number" not in spec:
        return items
    place = spec["number"]
    size = place.role.sizes[0]
    run = Run(str(number), size, slot, numbered=True)
    body = TextBody((Paragraph((run,), (run.text,), size * place.role.leading, "r"),), place.anchor)
    holder = None if grounded else placeholder_of(place)
    return [*items, Shape("slide-number", "rect", place.box, text=body, placeholder=holder)]


def _line(desk: Desk, spec: PlaceholderSpec | None, said: Text) -> list[Shape]:
    """Return a line at the foot of slides, if they have a place for it."""
    return [desk.placeholder(spec, said, place="footer")] if spec else []


def branded(theme: Theme, brand: Brand) -> Theme:
    """Return a theme with room for the logo and the date of a brand, as far as it has them."""
    theme = replace(theme, dated=True) if brand.date else theme
    widths = [_place(theme, image).w for image in _images(brand)]
    return theme.beside_logo(max(widths)) if widths else theme


def _logo(desk: Desk, brand: Brand, frame: Frame) -> list[Picture]:
    """Return the logo for the ground where it stands; it is told once, on the cover or the first slide without one."""
    images = _images(brand)
    if not images or not brand.logo or desk.theme.template:
        return []
    theme = desk.theme
    ground = ground_of(theme.logo, frame.items, theme.colours)
    bright, dim = ("ink", "page") if theme.dark else ("page", "ink")
    is_dark = contrast(theme.colours[bright], ground) > contrast(theme.colours[dim], ground)
    image = images[-1] if is_dark else images[0]
    first = frame.layout == COVER
    picture = Picture("logo", image, _place(theme, image), brand.logo.alt if first else "", decorative=not first)
    return [picture]


def _images(brand: Brand) -> list[Image]:
    """Return the images of a logo, for light and for dark grounds."""
    files = (brand.logo.light, brand.logo.dark) if brand.logo else ()
    return [file.image for file in files if file.image]


def _place(theme: Theme, image: Image) -> Box:
    """Return where a logo stands: whole, at the beginning of its box."""
    box = seen(image, theme.logo).box
    return replace(box, x=theme.logo.x)
