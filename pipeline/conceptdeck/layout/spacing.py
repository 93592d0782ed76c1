"""Line spacing for programs that show exact spacing otherwise than it says: as a share of the type size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.values.frame import Frame, TextBody
from conceptdeck.values.items import with_bodies

__all__ = ["relatively_spaced"]


def relatively_spaced(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Return the frames with the line spacing of every text relative to its size; its pitch stays the same."""
    return tuple(replace(frame, items=tuple(with_bodies(item, _body) for item in frame.items)) for frame in frames)


def _body(body: TextBody) -> TextBody:
    return replace(body, paragraphs=tuple(replace(each, relative=True) for each in body.paragraphs))
