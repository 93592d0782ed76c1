"""Colours: how they are written, how one lies over another, how well they are told apart, and which one would do."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

__all__ = ["blend", "contrast", "nearest", "plain"]

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
    return (light + 0.05) / (dark + 0.05)


def nearest(colour: str, grounds: Iterable[str], wanted: float) -> str | None:
    """Return the colour of the same hue that is as near as can be and has the wanted contrast on all grounds.

    None if there is none.
    """
    from colorsys import hls_to_rgb, rgb_to_hls  # only what is refused asks for it

    there = tuple(grounds)
    hue, light, full = rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)))
    for step in sorted(range(STEPS + 1), key=lambda each: (abs(each / STEPS - light), each)):
        channels = hls_to_rgb(hue, step / STEPS, full)
        found = "".join(f"{round(255 * channel):02X}" for channel in channels)
        if all(contrast(found, ground) >= wanted for ground in there):
            return found
    return None


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
