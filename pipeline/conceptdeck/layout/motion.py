"""Motion: what appears on a click, and how one slide gives way to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.values.frame import Frame
from conceptdeck.values.items import appearing

__all__ = ["morphing", "still"]

MORPHING = ("cover", "section", "statement")  # layouts whose shapes carry the same names from slide to slide


def still(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Return the frames with everything there from the start."""
    return tuple(replace(frame, items=tuple(appearing(item, 0) for item in frame.items)) for frame in frames)


def morphing(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Return the frames with dividers and statements morphing into each other."""
    return tuple(replace(frame, transition="morph") if frame.layout in MORPHING else frame for frame in frames)
