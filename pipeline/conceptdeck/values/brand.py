"""Brands: what a house puts on every slide of its own, whatever the map is about."""

from __future__ import annotations

from dataclasses import fields, replace

from conceptdeck.values.image import ImageFile
from conceptdeck.values.value import frozen

__all__ = ["NO_BRAND", "Brand", "Logo"]


@frozen
class Logo:
    """A logo: the file for light grounds, the one for dark grounds, and words for those who do not see it."""

    light: ImageFile
    dark: ImageFile
    alt: str


@frozen
class Brand:
    """The logo and the line at the foot of slides, a fixed date, and who speaks at which event; empty ones are none."""

    logo: Logo | None = None
    footer: str = ""
    date: str = ""
    author: str = ""
    event: str = ""

    def over(self, other: Brand) -> Brand:
        """Return this brand, with what it lacks taken from another one."""
        return replace(
            self, **{each.name: getattr(self, each.name) or getattr(other, each.name) for each in fields(self)}
        )


NO_BRAND = Brand()
