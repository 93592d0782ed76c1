"""What a deck remembers of its making: a custom XML part from which edits are told later, without any other file."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
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

__all__ = ["PROPERTIES_TYPE", "digest_of", "memory_of", "memory_part", "memory_properties"]

PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
Looks = dict[tuple[int | str, ...], int]
"""All looks that texts have, each with its number."""
STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def memory_of(frames: Sequence[Frame], origin: Origin, theme: Theme, first_id: int, zooms: Iterable[Zoom] = ()) -> str:
    """Return what is remembered as JSON: slides by id and key, their shapes and texts, and what the texts are of."""
    zoomed = list(zooms)
    looks: Looks = {}
    slides = [
        _slide(frame, id_, [zoom for zoom in zoomed if zoom.slide == frame.key], looks)
        for id_, frame in enumerate(frames, start=first_id)
    ]
    said = {
        "map": origin.map_id,
        "language": origin.language,
        "theme": origin.theme,
        "story": origin.story,
        "digests": dict(origin.digests),
        "slides": slides,
        "looks": [list(each) for each in looks],
        "palette": _palette(theme),
        "values": dict(origin.values),
        "sources": dict(origin.sources),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _palette(theme: Theme) -> dict[str, str]:
    """Return what the names of faces and colours stand for; a template of others has its own colours."""
    faces = {"+mj-lt": theme.major, "+mn-lt": theme.minor}
    return faces if theme.template else faces | {slot_name(slot): value for slot, value in theme.colours.items()}


def digest_of(said: str) -> str:
    """Return the digest of what is remembered."""
    return hashlib.sha256(said.encode()).hexdigest()


def memory_part(said: str) -> bytes:
    """Return the custom XML part that holds what is remembered, with a digest of it."""
    text = escape(said).replace("&quot;", '"')
    return f'{DECLARATION}<memory xmlns="{MEMORY}" {DIGEST}="{digest_of(said)}">{text}</memory>'.encode()


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
        case Chart():
            return {"alt": item.alt}
        case Sign():
            return {}
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
