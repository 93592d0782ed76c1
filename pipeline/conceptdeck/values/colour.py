"""Colours: how one lies over another, and how well they are told apart."""

from __future__ import annotations

from functools import cache

__all__ = ["blend", "contrast"]


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


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
