"""Pictures on paper: how large they are printed, how sharp, and in which shades."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum

from conceptdeck.values.colour import contrast, grey_on, greyed, relit
from conceptdeck.values.theme import ACCENTS, Theme
from conceptdeck.values.units import EMU_PER_INCH, EMU_PER_PIXEL
from conceptdeck.values.value import frozen

__all__ = ["Print", "Shades", "on_paper"]

LIGHT = ("page", "card")  # the slots that are the paper itself
GROUNDS = ("active", "soft", "faint", "near", "far")  # the tints of grounds; the others are those of lines


class Shades(Enum):
    """What a picture is printed in."""

    COLOUR = "colour"
    GREY = "grey"
    MONO = "mono"


@frozen
class Print:
    """How pictures are printed: their smallest text in points, the dots to the inch, and their shades."""

    text: float
    dpi: int
    shades: Shades = Shades.COLOUR

    def dots(self, scale: float) -> float:
        """Return how many pixels of a PNG a CSS pixel of a drawing has that is printed at a scale."""
        return self.dpi * EMU_PER_PIXEL / EMU_PER_INCH * scale

    def scale(self, theme: Theme) -> float:
        """Return at which scale a picture is printed, so that its smallest text is as large as told."""
        least = min(min(role.sizes) for role in theme.pictures.roles.values())
        return self.text / least


def on_paper(theme: Theme, shades: Shades) -> Theme:
    """Return a theme as it is printed on white paper, in colours, in shades of grey, or in black alone.

    In grey, accents are told apart by tint: the one of the goal is the darkest, the others darken from the first to the
    last. In black, nothing is tinted, and lines are whole.
    """
    colours = dict(theme.palette(dark=False))
    colours |= {slot: relit(colours[slot], 1.0) for slot in LIGHT}
    tints = theme.tints
    if shades is Shades.GREY:
        colours |= _tinted(theme, colours)
    if shades is Shades.MONO:
        colours |= {slot: relit(colours[slot], 0.0) for slot in colours if slot not in LIGHT}
        tints = {name: 0.0 if name in GROUNDS else 1.0 for name in tints}
    return replace(theme, dark=False, colours=colours, opposite=colours, tints=tints)


def _tinted(theme: Theme, colours: Mapping[str, str]) -> dict[str, str]:
    """Return colours in grey, with accents from what can just be read on paper to what is as dark as the ink."""
    paper, least = colours[LIGHT[0]], theme.readable
    most = contrast(colours["ink"], paper)
    order = [*(number for number in range(1, ACCENTS + 1) if number != theme.goal), theme.goal]
    shares = [at / (len(order) - 1) for at in range(len(order))]
    tints = {
        f"accent{number}": grey_on(paper, least * (most / least) ** share)
        for number, share in zip(order, shares, strict=True)
    }
    return {slot: greyed(colour) for slot, colour in colours.items()} | tints
