"""Rules on frames: what a projector or a reader would trip over, found before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.diagnostics import Diagnostic
from pipeline.fonts import FontBook
from pipeline.frame import Frame
from pipeline.theme import Theme

__all__ = ["check_frames"]


def check_frames(frames: Sequence[Frame], theme: Theme, book: FontBook) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the frames."""
    return ()
