"""Links of slides: to other slides of the deck, and to addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from conceptdeck.values.frame import Chart, Connector, Frame, Item, Picture, Route, Run, Shape, Sign, Table, TextBody
from conceptdeck.values.items import bodies, keys_in, with_bodies
from conceptdeck.values.text import Passage

__all__ = ["linked", "seen_frames"]


def linked(frames: Sequence[Frame], addresses: Mapping[str, str]) -> tuple[Frame, ...]:
    """Return the frames with each link leading to the first slide of what it names, or to that very slide.

    A shape or a picture whose text has an address of its own leads there, unless it leads to a slide.
    """
    first: dict[str, str] = {}
    for frame in frames:
        parts = frame.slide.split(".")
        for end in range(1, len(parts) + 1):
            first.setdefault(".".join(parts[:end]), frame.key)
        first.setdefault(frame.key, frame.key)
    leading = {id(item) for frame in frames for item in frame.items if _to_concept(item)}
    naming = _naming(frames) if leading or any(map(_leads_on, frames)) else {}
    told = {key: _slide_of(key, first) or frame for key, frame in naming.items()} | first
    made: dict[int, Item] = {}  # by identity: what slides share stays one item

    def linked(item: Item) -> Item:
        if id(item) not in made:
            led = with_bodies(item, lambda body: _leading(body, told)) if id(item) in leading else item
            made[id(item)] = _with_link(led, first, addresses)
        return made[id(item)]

    return tuple(
        replace(frame, items=tuple(map(linked, frame.items)), note_passages=_told(frame, told)) for frame in frames
    )


def seen_frames(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Return the frames that an audience sees, with no link to those that are hidden."""
    hidden = {frame.key for frame in frames if frame.hidden}
    if not hidden or len(hidden) == len(frames):  # a file of none is no file
        return tuple(frames)

    def unlinked(run: Run) -> Run:
        return replace(run, href="", underlined=False) if run.href in hidden else run

    def plain(body: TextBody) -> TextBody:
        paragraphs = tuple(replace(each, runs=tuple(map(unlinked, each.runs))) for each in body.paragraphs)
        return replace(body, paragraphs=paragraphs)

    def seen(item: Item) -> Item:
        item = with_bodies(item, plain)
        return replace(item, link="") if isinstance(item, Shape | Picture) and item.link in hidden else item

    def said(passage: Passage) -> Passage:
        return replace(passage, link="") if passage.link in hidden else passage

    return tuple(
        replace(frame, items=tuple(map(seen, frame.items)), note_passages=tuple(map(said, frame.note_passages)))
        for frame in frames
        if not frame.hidden
    )


def _told(frame: Frame, told: Mapping[str, str]) -> tuple[Passage, ...]:
    """Return notes with their links to concepts leading to slides."""
    return tuple(
        replace(each, link=told.get(each.link, "")) if each.link and not _is_address(each.link) else each
        for each in frame.note_passages
    )


def _slide_of(key: str, first: Mapping[str, str]) -> str:
    """Return the slide of an element; of a concept that has none, that of its layer."""
    whole, _, concept = key.rpartition(".concepts.")
    return first.get(key, "") or (first.get(whole, "") if concept else "")


def _with_link(item: Item, first: Mapping[str, str], addresses: Mapping[str, str]) -> Item:
    match item:
        case Shape() | Picture():
            keys = keys_in(item) if addresses else ()
            address = addresses.get(keys[0], "") if len(keys) == 1 else ""
            away = item.link if item.link and _is_address(item.link) else ""
            link = away or (_slide_of(item.link, first) if item.link else "") or address
            return item if link == item.link else replace(item, link=link)
        case Connector() | Route() | Table() | Sign() | Chart():
            return item
        case _:
            assert_never(item)


def _is_address(target: str) -> bool:
    """Tell whether a link leaves the deck: keys have no colon."""
    return ":" in target


def _to_concept(item: Item) -> bool:
    """Tell whether a text of an item has a link to a concept."""
    runs = (run for body in bodies(item) for paragraph in body.paragraphs for run in paragraph.runs)
    return any(run.href and not _is_address(run.href) for run in runs)


def _leads_on(frame: Frame) -> bool:
    """Tell whether notes have a link to a concept."""
    return any(each.link and not _is_address(each.link) for each in frame.note_passages)


def _naming(frames: Sequence[Frame]) -> dict[str, str]:
    """Return the first frame that shows the name of each thing."""
    shown = ((key, frame) for frame in frames for item in frame.items for key in keys_in(item) if key.endswith(".name"))
    return {key.removesuffix(".name"): frame.key for key, frame in reversed([*shown])}


def _leading(body: TextBody, told: Mapping[str, str]) -> TextBody:
    """Return a text whose links to concepts lead to the first slide that tells of them; others are no links."""

    def led(run: Run) -> Run:
        if not run.href or _is_address(run.href):
            return run
        target = told.get(run.href, "")
        return replace(run, href=target, underlined=bool(target))

    paragraphs = (replace(each, runs=tuple(map(led, each.runs))) for each in body.paragraphs)
    return replace(body, paragraphs=tuple(paragraphs))
