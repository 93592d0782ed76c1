"""Colours: how they are written, how one lies over another, how well they are told apart, and which one would do."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

__all__ = ["blend", "contrast", "distance", "grey_on", "greyed", "nearest", "plain", "relit", "shaded"]

FLARE = 0.05  # of a screen, as WCAG counts it
ROUNDING = 1e-6  # of what computing makes of a whole number
STEPS = 500  # of lightness, from black to white


def plain(written: str) -> str:
    """Return a colour as RRGGBB, however it is written: with `#`, with three digits, in small letters."""
    digits = written.removeprefix("#").upper()
    return digits if len(digits) == 6 else "".join(2 * digit for digit in digits)


def blend(above: str, below: str, alpha: float) -> str:
    """Return the RRGGBB colour that `above` makes over `below` when it is opaque to the degree `alpha`."""
    if alpha >= 1:
        return above
    pairs = ((int(above[i : i + 2], 16), int(below[i : i + 2], 16)) for i in (0, 2, 4))
    return "".join(f"{round(a * alpha + b * (1 - alpha)):02X}" for a, b in pairs)


@cache
def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two RRGGBB colours (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + FLARE) / (dark + FLARE)


def nearest(colour: str, grounds: Iterable[str], wanted: float) -> str | None:
    """Return the colour of the same hue that is as near as can be and has the wanted contrast on all grounds.

    None if there is none.
    """
    from colorsys import hls_to_rgb, rgb_to_hls  # only what is refused asks for it

    there = tuple(grounds)
    hue, light, full = rgb_to_hls(*_channels(colour))
    for step in sorted(range(STEPS + 1), key=lambda each: (abs(each / STEPS - light), each)):
        channels = hls_to_rgb(hue, step / STEPS, full)
        found = "".join(f"{round(255 * channel):02X}" for channel in channels)
        if all(contrast(found, ground) >= wanted for ground in there):
            return found
    return None


def shaded(colour: str, mod: float, off: float) -> str:
    """Return an RRGGBB colour whose luminance is multiplied and then shifted, in percent (`lumMod`, `lumOff`)."""
    from colorsys import rgb_to_hls  # only templates of others ask for it

    _, light, _ = rgb_to_hls(*_channels(colour))
    return relit(colour, light * mod / 100 + off / 100)


def relit(colour: str, light: float, full: float = 1.0) -> str:
    """Return the RRGGBB colour of the same hue with another lightness, no fuller than `full`; both are shares."""
    from colorsys import hls_to_rgb, rgb_to_hls

    hue, _, own = rgb_to_hls(*_channels(colour))
    return "".join(f"{round(255 * channel):02X}" for channel in hls_to_rgb(hue, min(max(light, 0), 1), min(own, full)))


@cache
def distance(first: str, second: str) -> float:
    """Return how far apart two RRGGBB colours look: in Oklab, where black and white are 1 apart."""
    return math.dist(_oklab(first), _oklab(second))


@cache
def _oklab(colour: str) -> tuple[float, ...]:
    """Return a colour in Oklab (Ottosson, 2020, A perceptual color space for image processing)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    cones = [sum(a * b for a, b in zip(row, linear, strict=True)) ** (1 / 3) for row in TO_CONES]
    return tuple(sum(a * b for a, b in zip(row, cones, strict=True)) for row in TO_OKLAB)


TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_OKLAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def greyed(colour: str) -> str:
    """Return the RRGGBB grey that is as light as a colour."""
    return _grey(_luminance(colour))


def grey_on(ground: str, wanted: float) -> str:
    """Return the RRGGBB grey that is darker than a ground and has the wanted contrast on it; black if none has."""
    return _grey(max(0.0, (_luminance(ground) + FLARE) / wanted - FLARE))


def _grey(luminance: float) -> str:
    share = luminance * 12.92 if luminance <= 0.0031308 else 1.055 * luminance ** (1 / 2.4) - 0.055
    return f"{int(255 * share + ROUNDING):02X}" * 3


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
