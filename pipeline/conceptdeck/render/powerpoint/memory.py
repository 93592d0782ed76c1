"""What a deck remembers of its making: a custom XML part from which edits are told later, without any other file."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, assert_never

from conceptdeck.render.escape import escape
from conceptdeck.render.powerpoint.markup import DECLARATION, holder_index, slot_name
from conceptdeck.values.frame import (
    Chart,
    Connector,
    Frame,
    Item,
    Paragraph,
    Picture,
    Route,
    Run,
    Shape,
    Sign,
    Table,
    Zoom,
)
from conceptdeck.values.items import bodies, box_of
from conceptdeck.values.memory import DIGEST, MEMORY, Origin
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Box

__all__ = ["PROPERTIES_TYPE", "Remembering", "memory_of", "memory_properties"]

PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
Looks = dict[tuple[int | str, ...], int]
"""All looks that texts have, each with its number."""
STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


class Remembering:
    """Gathers what is remembered as JSON, slide by slide: their shapes and texts, and in the end what these are of."""

    def __init__(self, origin: Origin, theme: Theme, first_id: int, zooms: Iterable[Zoom] = ()) -> None:
        """Begin with where the deck is from; slides have ids from `first_id` on."""
        self.origin, self.theme, self.next_id, self.zooms = origin, theme, first_id, list(zooms)
        self.looks: Looks = {}
        about = {"map": origin.map_id, "language": origin.language, "theme": origin.theme, "story": origin.story}
        self.pieces = [f'{_json({**about, "digests": dict(origin.digests)})[:-1]},"slides":['.encode()]

    def add(self, frame: Frame) -> None:
        """Remember the next slide: its id and its key, its shapes and texts."""
        said = _slide(frame, self.next_id, [zoom for zoom in self.zooms if zoom.slide == frame.key], self.looks)
        self.pieces.append(f"{',' * (len(self.pieces) > 1)}{_json(said)}".encode())
        self.next_id += 1

    def end(self) -> None:
        """Remember how the texts look, and what they are of."""
        rest: dict[str, Any] = {"looks": [list(each) for each in self.looks], "palette": _palette(self.theme)}
        rest |= {"values": dict(self.origin.values), "sources": dict(self.origin.sources)}
        self.pieces.append(f"],{_json(rest)[1:]}".encode())

    @property
    def digest(self) -> str:
        """Return the digest of what is remembered."""
        found = hashlib.sha256()
        for piece in self.pieces:
            found.update(piece)
        return found.hexdigest()

    def part(self) -> Iterator[bytes]:
        """Yield the pieces of the custom XML part that holds what is remembered, with a digest of it."""
        yield f'{DECLARATION}<memory xmlns="{MEMORY}" {DIGEST}="{self.digest}">'.encode()
        yield from (escape(piece.decode()).replace("&quot;", '"').encode() for piece in self.pieces)
        yield b"</memory>"


def memory_of(
    frames: Iterable[Frame], origin: Origin, theme: Theme, first_id: int, zooms: Iterable[Zoom] = ()
) -> bytes:
    """Return what is remembered of a deck, as JSON."""
    remembering = Remembering(origin, theme, first_id, zooms)
    for frame in frames:
        remembering.add(frame)
    remembering.end()
    return b"".join(remembering.pieces)


def _json(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _palette(theme: Theme) -> dict[str, str]:
    """Return what the names of faces and colours stand for; a template of others has its own colours."""
    faces = {"+mj-lt": theme.major, "+mn-lt": theme.minor}
    return faces if theme.template else faces | {slot_name(slot): value for slot, value in theme.colours.items()}


def memory_properties(map_id: str) -> bytes:
    """Return the properties of the custom XML part, by which programs know it."""
    guid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"conceptdeck/{map_id}/memory")).upper()
    return (
        f'{DECLARATION}<ds:datastoreItem ds:itemID="{{{guid}}}" xmlns:ds="{STORE}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{MEMORY}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()


def _slide(frame: Frame, id_: int, zooms: Sequence[Zoom], looks: Looks) -> dict[str, Any]:
    return {
        "id": id_,
        "key": frame.key,
        "shapes": [
            *(_shape(each, looks) for each in frame.items),
            *({"name": each.name, "box": _numbers(each.box)} for each in zooms),
        ],
        "notes": [[line.text, line.sign] for line in frame.told],
        "said": list(frame.said),
    }


def _shape(item: Item, looks: Looks) -> dict[str, Any]:
    """Return what is remembered of an item; what it lacks is left out."""
    box = item.seen.box if isinstance(item, Picture) else box_of(item)
    said: dict[str, Any] = {"name": item.name, "box": _numbers(box)}
    shown = () if isinstance(item, Chart) else bodies(item)  # the texts of charts are data
    texts = [[_told(each, looks) for each in body.paragraphs] for body in shown]
    if texts:
        said["texts"] = texts
    return said | {name: value for name, value in _more(item).items() if value}


def _more(item: Item) -> dict[str, Any]:
    """Return what is remembered of an item of its kind."""
    match item:
        case Shape() | Table():
            holder = [item.placeholder.type, holder_index(item.placeholder)] if item.placeholder else None
            columns = len(item.columns) if isinstance(item, Table) else 0
            return {"holder": holder, "alt": item.alt, "columns": columns}
        case Picture():
            return {"alt": item.alt, "told": list(item.told)}
        case Connector() | Route():
            return {"alt": item.alt, "line": True}
        case Chart() | Sign():
            return {"alt": item.alt}
        case _:
            assert_never(item)


def _told(paragraph: Paragraph, looks: Looks) -> list[Any]:
    """Return what is remembered of a paragraph: its text without the number of its slide, its keys, and how it looks.

    Each look is written once; a paragraph has its number, or that of each stretch behind how many characters it has.
    """
    runs = [run for run in paragraph.runs if not run.numbered]
    found = [looks.setdefault(_look(run, paragraph.align), len(looks)) for run in runs]
    text = "".join([run.text for run in runs])
    if len(found) == 1:
        return [text, list(paragraph.keys), found[0]]
    return [
        text,
        list(paragraph.keys),
        [part for run, at in zip(runs, found, strict=True) for part in (len(run.text), at)],
    ]


def _look(run: Run, align: str) -> tuple[int | str, ...]:
    """Return how a run looks: its size, whether it is bold and slanted, its colour and face, how its paragraph is set."""
    face = run.mono or ("+mj-lt" if run.major else "+mn-lt")
    return round(run.size * 100), int(run.bold), int(run.italic), slot_name(run.slot), face, align


def _numbers(box: Box) -> list[int]:
    return [int(box.x), int(box.y), int(box.w), int(box.h)]
