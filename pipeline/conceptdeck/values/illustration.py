"""Illustrations: images from files beside the map, with what they show in words and whose they are."""

from __future__ import annotations

from conceptdeck.values.image import Fit, Focus, ImageFile, Media
from conceptdeck.values.text import Text, about
from conceptdeck.values.value import frozen

__all__ = ["Illustration"]


@frozen(kw_only=True)
class Illustration:
    """An image from a file beside the map, in words too."""

    key: str
    file: ImageFile = about("The path of a PNG, JPEG, WebP, GIF or SVG file, from the folder of the map on.")
    alt: Text = about("What it shows, in words, for those who do not see it.")
    credit: Text | None = about("Whose it is, and under which licence.", default=None)
    fit: Fit | None = about(
        "`cover` fills its place and cuts off the rest, `contain` shows all; left out, photographs cover and drawings "
        "are contained.",
        default=None,
    )
    focus: Focus | None = about(
        "What stays in sight where something is cut off: how far from the left and from the top, 0 to 1 each.",
        default=None,
    )

    @property
    def manner(self) -> Fit:
        """Return how it fills its place."""
        drawn = self.file.image is not None and self.file.image.media is Media.SVG
        return self.fit or (Fit.CONTAIN if drawn else Fit.COVER)
