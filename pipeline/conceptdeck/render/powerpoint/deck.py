"""Frames to a PowerPoint file: slides and notes are written as XML and laid into the parts of the template."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import assert_never

from conceptdeck.render.escape import escape
from conceptdeck.render.powerpoint.lines import connector, route
from conceptdeck.render.powerpoint.markup import (
    CONTENT_TYPES,
    DECLARATION,
    NAMESPACES,
    SLIDE_JUMP,
    colour_mapping,
    layout_part,
    picture,
    shape,
    table,
    tree,
)
from conceptdeck.render.powerpoint.media import Medium, declared, media_of
from conceptdeck.render.powerpoint.motion import timing, transition
from conceptdeck.render.powerpoint.notes import notes_page
from conceptdeck.render.powerpoint.signs import sign
from conceptdeck.render.powerpoint.zoom import Ties, creation_id, creation_mark, zoom_frame
from conceptdeck.values.frame import Connector, Frame, Item, Picture, Route, Shape, Sign, Table, Zoom
from conceptdeck.values.image import Image, Media
from conceptdeck.values.items import bodies, link_of
from conceptdeck.values.theme import Theme
from conceptdeck.values.value import frozen

__all__ = ["Properties", "write_deck"]

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "[Content_Types].xml"
EXTERNAL = ' TargetMode="External"'
FIRST_SLIDE_ID = 256  # ST_SlideId


@frozen
class Properties:
    """What the file says about itself."""

    map_id: str
    language: str
    title: str
    subject: str
    keywords: tuple[str, ...]
    theme: str
    generator: str


def write_deck(
    frames: Sequence[Frame],
    theme: Theme,
    template: Mapping[str, bytes],
    properties: Properties,
    zooms: Mapping[Zoom, bytes] | None = None,
) -> dict[str, bytes]:
    """Return the parts of the deck by part name: the template's, and a slide with notes for each frame.

    `zooms` come with their pictures, as PNG.
    """
    parts = dict(template)
    numbers = {frame.key: number for number, frame in enumerate(frames, start=1)}
    media = media_of(item.image for frame in frames for item in frame.items if isinstance(item, Picture))
    for number, frame in enumerate(frames, start=1):
        _add_slide(parts, number, frame, theme, numbers, media)
    _add_media(parts, media)
    if zooms:
        _add_zooms(parts, zooms, frames, theme, properties.map_id)
    _register(parts, len(frames))
    _insert(parts, "ppt/presentation.xml", "</p:presentation>", _sections(frames, properties.map_id))
    parts["docProps/core.xml"] = _core(properties)
    parts["docProps/app.xml"] = _app(len(frames), properties)
    parts["docProps/custom.xml"] = _custom(properties)
    return parts


def _add_media(parts: dict[str, bytes], media: Mapping[Image, Medium]) -> None:
    """Add the images of all slides, and say what their files are."""
    files = [file for medium in media.values() for file in medium.parts.values()]
    parts |= {f"ppt/media/{name}": image.data for name, image in files}
    _declare(parts, [image.media for _, image in files])


def _declare(parts: dict[str, bytes], media: Sequence[Media]) -> None:
    parts[CONTENT] = declared(parts[CONTENT].decode(), media).encode()


def _add_slide(
    parts: dict[str, bytes],
    number: int,
    frame: Frame,
    theme: Theme,
    numbers: Mapping[str, int],
    media: Mapping[Image, Medium],
) -> None:
    targets = _targets(frame)
    jumps = [target for target in targets if target in numbers]
    addresses = [target for target in targets if target not in numbers]
    links = {url: f"rId{index}" for index, url in enumerate(addresses, start=3)}
    links |= {key: f"{SLIDE_JUMP}{numbers[key]}" for key in jumps}
    parts[f"ppt/slides/slide{number}.xml"] = _xml(_slide(frame, theme, links, media))
    layout = layout_part(theme, frame.layout).removeprefix("ppt/")
    relations = {
        "rId1": ("slideLayout", f"../{layout}"),
        "rId2": ("notesSlide", f"../notesSlides/notesSlide{number}.xml"),
        **{links[url]: ("hyperlink", url) for url in addresses},
        **{links[key]: ("slide", f"slide{numbers[key]}.xml") for key in jumps},
    }
    for item in frame.items:
        relations |= media[item.image].relations if isinstance(item, Picture) else {}
    parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = _relationships(relations)
    said = {each.link: "" for each in frame.note_passages if each.link}
    said = {
        link: f"{SLIDE_JUMP}{numbers[link]}" if link in numbers else f"rId{index}"
        for index, link in enumerate(said, start=3)
    }
    parts[f"ppt/notesSlides/notesSlide{number}.xml"] = _xml(notes_page(frame, said, theme.mono))
    parts[f"ppt/notesSlides/_rels/notesSlide{number}.xml.rels"] = _relationships(
        {
            "rId1": ("notesMaster", "../notesMasters/notesMaster1.xml"),
            "rId2": ("slide", f"../slides/slide{number}.xml"),
            **{known: _target(link, numbers) for link, known in said.items()},
        }
    )


def _target(link: str, numbers: Mapping[str, int]) -> tuple[str, str]:
    """Return the relation of notes to what a link in them leads to."""
    return ("slide", f"../slides/slide{numbers[link]}.xml") if link in numbers else ("hyperlink", link)


def _add_zooms(
    parts: dict[str, bytes], zooms: Mapping[Zoom, bytes], frames: Sequence[Frame], theme: Theme, map_id: str
) -> None:
    """Add zooms to slides that are written, with their pictures; and mark the slides that they lead to."""
    numbers = {frame.key: number for number, frame in enumerate(frames, start=1)}
    next_id = {frame.key: len(frame.items) + 2 for frame in frames}
    made: dict[str, str] = {}
    for count, (zoom, shown) in enumerate(zooms.items(), start=1):
        parts[f"ppt/media/zoom{count}.png"] = shown
        target, jump, image = numbers[zoom.target], f"zoomed{count}", f"picture{count}"
        known = creation_id(map_id, zoom.target)
        slide_id = FIRST_SLIDE_ID + target - 1
        made[zoom.slide] = made.get(zoom.slide, "") + zoom_frame(
            zoom, theme, Ties(next_id[zoom.slide], slide_id, known, image, jump)
        )
        next_id[zoom.slide] += 1
        relations = f"ppt/slides/_rels/slide{numbers[zoom.slide]}.xml.rels"
        more = {image: ("image", f"../media/zoom{count}.png"), jump: ("slide", f"slide{target}.xml")}
        _insert(parts, relations, "</Relationships>", _relations(more))
    for key in dict.fromkeys(zoom.target for zoom in zooms):
        mark = creation_mark(creation_id(map_id, key))
        _insert(parts, f"ppt/slides/slide{numbers[key]}.xml", "</p:cSld>", mark)
    for key, xml in made.items():
        _insert(parts, f"ppt/slides/slide{numbers[key]}.xml", "</p:spTree>", xml)
    _declare(parts, [Media.PNG])


def _targets(frame: Frame) -> list[str]:
    """Return the addresses and keys of slides that the frame's runs and shapes lead to, each once."""
    paragraphs = (paragraph for item in frame.items for body in bodies(item) for paragraph in body.paragraphs)
    found = [run.href for paragraph in paragraphs for run in paragraph.runs] + [link_of(item) for item in frame.items]
    return list(dict.fromkeys(target for target in found if target))


def _sections(frames: Sequence[Frame], map_id: str) -> str:
    """Return the deck's sections: runs of slides of one section name (p14:sectionLst)."""
    runs = [(name, [number for number, _ in run]) for name, run in groupby(enumerate(frames), lambda f: f[1].section)]
    made = ""
    for index, (name, members) in enumerate(runs):
        guid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"conceptdeck/{map_id}/{index}/{name}")).upper()
        slides = "".join(f'<p14:sldId id="{FIRST_SLIDE_ID + number}"/>' for number in members)
        made += (
            f'<p14:section name="{escape(name)}" id="{{{guid}}}"><p14:sldIdLst>{slides}</p14:sldIdLst></p14:section>'
        )
    return (
        '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
        f'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">{made}</p14:sectionLst></p:ext></p:extLst>'
    )


def _slide(frame: Frame, theme: Theme, links: Mapping[str, str], media: Mapping[Image, Medium]) -> str:
    """Return a slide (CT_Slide). Ids follow the reading order from 2."""
    ids = {item.name: id_ for id_, item in enumerate(frame.items, start=2)}

    def written(item: Item) -> str:
        id_ = ids[item.name]
        match item:
            case Shape():
                return shape(item, id_, frame.language, links)
            case Connector():
                return connector(item, id_, ids)
            case Route():
                return route(item, id_)
            case Table():
                return table(item, id_, frame.language, _stable_ids(item), links)
            case Picture():
                return picture(item, id_, media[item.image].id, media[item.image].vectors, links)
            case Sign():
                return sign(item, id_)
            case _:
                assert_never(item)

    shapes = [written(item) for item in frame.items]
    return (
        f"<p:sld {NAMESPACES}><p:cSld>{tree(shapes)}</p:cSld><p:clrMapOvr>{_colour_map(frame.accent, theme)}</p:clrMapOvr>"
        f"{transition(frame.transition)}{timing(frame, ids)}</p:sld>"
    )


def _colour_map(accent: int, theme: Theme) -> str:
    """Return the slide's colour map: what a speaker adds to a layer's slide takes that layer's accent."""
    if accent <= 1:
        return "<a:masterClrMapping/>"
    return f"<a:overrideClrMapping {colour_mapping(theme, accent)}/>"


def _stable_ids(item: Table) -> dict[str, int]:
    """Return a number for each column and row, derived from its key (a16:colId and a16:rowId are unsigned ints)."""
    keys = [key for key, _ in item.columns] + [row.key for row in item.rows]
    return {key: int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") for key in keys}


def _register(parts: dict[str, bytes], count: int) -> None:
    """Name the slides in the content types, the presentation and its relationships."""
    numbers = range(1, count + 1)
    types = "".join(
        f'<Override PartName="/ppt/slides/slide{n}.xml" ContentType="{CONTENT_TYPES["slide"]}"/>'
        f'<Override PartName="/ppt/notesSlides/notesSlide{n}.xml" ContentType="{CONTENT_TYPES["notes"]}"/>'
        for n in numbers
    )
    _insert(parts, CONTENT, "</Types>", types)
    rels = "".join(f'<Relationship Id="slide{n}" Type="{OFFICE}/slide" Target="slides/slide{n}.xml"/>' for n in numbers)
    _insert(parts, "ppt/_rels/presentation.xml.rels", "</Relationships>", rels)
    slides = "".join(f'<p:sldId id="{FIRST_SLIDE_ID + n - 1}" r:id="slide{n}"/>' for n in numbers)
    _insert(parts, "ppt/presentation.xml", "<p:sldSz", f"<p:sldIdLst>{slides}</p:sldIdLst>")


def _insert(parts: dict[str, bytes], name: str, before: str, xml: str) -> None:
    """Insert `xml` before the one occurrence of `before` in a part of the template."""
    head, mark, tail = parts[name].decode().partition(before)
    if not mark:
        raise ValueError(f"the template's {name} has no {before}")
    parts[name] = (head + xml + mark + tail).encode()


def _relationships(relations: Mapping[str, tuple[str, str]]) -> bytes:
    """Return a relationships part: ids, each with a type and a target; hyperlinks leave the package."""
    return _xml(f'<Relationships xmlns="{RELATIONSHIPS}">{_relations(relations)}</Relationships>')


def _relations(relations: Mapping[str, tuple[str, str]]) -> str:
    return "".join(
        f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{escape(target)}"{EXTERNAL * (kind == "hyperlink")}/>'
        for id_, (kind, target) in relations.items()
    )


def _core(properties: Properties) -> bytes:
    """Return the core properties; no dates, so that the same input gives the same bytes."""
    return _xml(
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(properties.title)}</dc:title><dc:subject>{escape(properties.subject)}</dc:subject>"
        f"<dc:identifier>{escape(properties.map_id)}</dc:identifier><dc:language>{properties.language}</dc:language>"
        f"<cp:keywords>{escape(', '.join(properties.keywords))}</cp:keywords></cp:coreProperties>"
    )


def _app(slides: int, properties: Properties) -> bytes:
    return _xml(
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>{escape(properties.generator)}</Application><Slides>{slides}</Slides><Notes>{slides}</Notes>"
        "</Properties>"
    )


def _custom(properties: Properties) -> bytes:
    """Return the custom properties: what the deck was made from survives other editors here."""
    values = {"conceptdeck.map": properties.map_id, "conceptdeck.language": properties.language}
    values |= {"conceptdeck.values.theme": properties.theme}
    made = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(values.items(), start=2)
    )
    return _xml(
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{made}</Properties>'
    )


def _xml(text: str) -> bytes:
    return (DECLARATION + text).encode()
