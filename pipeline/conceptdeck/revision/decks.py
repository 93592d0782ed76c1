"""A deck as another one is compared with it: what it says, as if it were remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.revision.identity import paired_shapes, paired_slides
from conceptdeck.values.memory import (
    Look,
    Memory,
    Origin,
    Remembered,
    RememberedSlide,
    SavedDeck,
    SavedParagraph,
    SavedShape,
    SavedSlide,
    Told,
)

__all__ = ["as_remembered"]


def as_remembered(saved: SavedDeck, memory: Memory | None) -> Memory:
    """Return what a deck says as it is now; with what it remembers, its slides and texts keep their keys."""
    known = memory or Memory(Origin(saved.properties.get("conceptdeck.map", ""), "", ""))
    built = paired_slides(known.slides, saved.slides).built
    slides = tuple(
        _slide(slide, None if at is None else known.slides[at], number)
        for number, (slide, at) in enumerate(zip(saved.slides, built, strict=True), start=1)
    )
    return replace(known, slides=slides, palette={**saved.palette})


def _slide(slide: SavedSlide, built: RememberedSlide | None, number: int) -> RememberedSlide:
    partners = paired_shapes(built.shapes, slide.shapes).built if built else (None,) * len(slide.shapes)
    shapes = [
        _shape(shape, built.shapes[at] if built and at is not None else None)
        for shape, at in zip(slide.shapes, partners, strict=True)
    ]
    notes = tuple((line, "") for line in slide.notes or ())
    return RememberedSlide(slide.id, built.key if built else f"{number}", tuple(shapes), notes)


def _shape(shape: SavedShape, built: Remembered | None) -> Remembered:
    keys = [tuple(key for told in body for key in told.keys) for body in built.texts] if built else []
    texts = [
        _body(body, keys[at] if at < len(keys) and len(keys) == len(shape.set) else ())
        for at, body in enumerate(shape.set)
    ]
    return Remembered(
        built.name if built else shape.name,
        tuple(texts),
        shape.holder,
        shape.box or (0, 0, 0, 0),
        shape.alt,
        built.told if built else (),
        shape.columns,
        line=shape.line or shape.box is None,
    )


def _body(paragraphs: Sequence[SavedParagraph], keys: tuple[str, ...]) -> tuple[Told, ...]:
    return tuple(
        Told(each.text, keys, tuple((len(stretch.text), _look(stretch.look)) for stretch in each.stretches))
        for each in paragraphs
    )


def _look(look: Look) -> Look:
    return replace(look, bold=bool(look.bold), italic=bool(look.italic))
