"""Frames to a PowerPoint file: slides and notes are written as XML and laid into the parts of the template."""

from __future__ import annotations

import hashlib
import uuid
from collections import deque
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from itertools import count, groupby, islice
from typing import assert_never

from conceptdeck.render.escape import address, escape
from conceptdeck.render.powerpoint.charts import CHART_TYPE, WORKBOOK, Parts, chart_frame, chart_part, parts_of
from conceptdeck.render.powerpoint.lines import connector, route
from conceptdeck.render.powerpoint.markup import (
    CONTENT_TYPES,
    DECLARATION,
    NAMESPACES,
    SLIDE_JUMP,
    colour_mapping,
    layout_part,
    shape,
    table,
    tree,
)
from conceptdeck.render.powerpoint.media import Medium, declared, media_of
from conceptdeck.render.powerpoint.memory import PROPERTIES_TYPE, Remembering, memory_properties
from conceptdeck.render.powerpoint.motion import timing, transition
from conceptdeck.render.powerpoint.notes import IMAGE, notes_name, notes_page
from conceptdeck.render.powerpoint.package import RELATIONSHIPS, Packed, relationships
from conceptdeck.render.powerpoint.page import Page
from conceptdeck.render.powerpoint.pictures import picture
from conceptdeck.render.powerpoint.properties import Properties, app, core, custom
from conceptdeck.render.powerpoint.scheme import recoloured
from conceptdeck.render.powerpoint.signs import sign
from conceptdeck.render.powerpoint.workbook import EXTENSION, WORKBOOK_TYPE, workbook
from conceptdeck.render.powerpoint.zoom import Ties, creation_id, creation_mark, zoom_frame
from conceptdeck.values.embedded import EmbeddedFont
from conceptdeck.values.facts import Facts, Relation, Written
from conceptdeck.values.frame import Chart, Connector, Frame, Item, Picture, Route, Shape, Sign, Table, Zoom
from conceptdeck.values.image import Image, Media
from conceptdeck.values.items import bodies, link_of
from conceptdeck.values.theme import Theme
from conceptdeck.values.value import frozen

__all__ = ["Properties", "write_deck"]

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PRESENTATION = "ppt/presentation.xml"
CONTENT = "[Content_Types].xml"
HIDDEN = ' show="0"'
FIRST_SLIDE_ID = 256  # ST_SlideId
REMEMBERED, ABOUT = "customXml/item{}.xml", "itemProps{}.xml"  # other names LibreOffice drops


@frozen
class Book:
    """What the slides of a deck share: the theme, images, their numbers and the names of zooms on them, by key.

    Charts are known by their slide and their name.
    """

    theme: Theme
    media: Mapping[Image, Medium]
    numbers: Mapping[str, int]
    zooms: Mapping[str, Sequence[str]]
    charts: Mapping[tuple[str, str], Parts]


def write_deck(
    frames: Iterable[Frame],
    theme: Theme,
    template: Mapping[str, bytes],
    properties: Properties,
    zooms: Mapping[Zoom, bytes] | None = None,
    fonts: Sequence[EmbeddedFont] = (),
) -> Written:
    """Return the deck: the template's parts, and a slide with notes for each frame.

    `zooms` come with their pictures, as PNG; `fonts` are carried along. A deque of frames is emptied on the way: what is
    written needs no frame any more. The facts are of what is written here: the template has its own.
    """
    parts, left = Packed(template), frames if isinstance(frames, deque) else deque(frames)
    deck, book = Written(parts, Facts()), _book(left, theme, template, zooms or ())
    sections = [frame.section for frame in left]
    origin, pages = properties.origin, dict[str, Page]()  # that zooms are still to come to
    memory = Remembering(origin, theme, FIRST_SLIDE_ID, zooms or ()) if origin else None
    while left:
        frame = left.popleft()
        page = _add_slide(deck, frame, book)
        if frame.key in book.zooms:
            pages[frame.key] = page
        if memory:
            memory.add(frame)
    _add_media(deck, book.media)
    if book.charts:
        _declare_charts(deck, book.charts)
    if zooms:
        _add_zooms(deck, zooms, book, pages, properties.map_id)
    _register(deck, len(sections))
    _insert(deck.parts, PRESENTATION, "</p:presentation>", _sections(sections, properties.map_id))
    if memory:
        memory.end()
        name, about = _memory_names(parts)
        parts.put(name, memory.part())
        parts[f"customXml/{about}"] = memory_properties(properties.map_id)
        _declare_memory(deck, name, about)
    if fonts:
        _add_fonts(deck, fonts)
    deck.parts["docProps/core.xml"] = _xml(core(properties))
    deck.parts["docProps/app.xml"] = _xml(app(len(sections), properties))
    deck.parts["docProps/custom.xml"] = _xml(custom(properties, memory.digest if memory else "", fonts))
    return deck


def _book(frames: Iterable[Frame], theme: Theme, template: Mapping[str, bytes], zooms: Iterable[Zoom]) -> Book:
    """Return what the slides of a deck share."""
    zoomed: dict[str, list[str]] = {}
    for zoom in zooms:
        zoomed.setdefault(zoom.slide, []).append(zoom.name)
    return Book(
        theme,
        media_of(item.image for frame in frames for item in frame.items if isinstance(item, Picture)),
        {frame.key: number for number, frame in enumerate(frames, start=1)},
        zoomed,
        parts_of(frames, template),
    )


def slide_part(number: int) -> str:
    """Return the name of the part that holds a slide."""
    return f"ppt/slides/slide{number}.xml"


def _add_media(deck: Written, media: Mapping[Image, Medium]) -> None:
    """Add the images of all slides, and say what their files are."""
    files = [file for medium in media.values() for file in medium.parts.values()]
    deck.parts.update({f"ppt/media/{name}": image.data for name, image in files})
    _declare(deck, [image.media for _, image in files])


def _declare(deck: Written, media: Sequence[Media]) -> None:
    types, new = declared(deck.parts[CONTENT].decode(), media)
    deck.parts[CONTENT] = types.encode()
    deck.facts.types += new


def _add_slide(deck: Written, frame: Frame, book: Book) -> Page:
    """Add a slide and its notes; return the page that was written."""
    number = book.numbers[frame.key]
    targets = _targets(frame)
    jumps = [target for target in targets if target in book.numbers]
    addresses = [target for target in targets if target not in book.numbers]
    links = {url: f"rId{index}" for index, url in enumerate(addresses, start=3)}
    links |= {key: f"{SLIDE_JUMP}{book.numbers[key]}" for key in jumps}
    names = [*(item.name for item in frame.items), *book.zooms.get(frame.key, ())]
    page = Page(frame.language, links, {name: id_ for id_, name in enumerate(names, start=2)})
    page.math = book.theme.math
    name = slide_part(number)
    made = _slide(frame, page, book)
    deck.parts[name] = _xml(recoloured(made, book.theme.template) if book.theme.template else made)
    layout = layout_part(book.theme, frame.layout).removeprefix("ppt/")
    relations = {
        "rId1": ("slideLayout", f"../{layout}"),
        "rId2": ("notesSlide", f"../notesSlides/notesSlide{number}.xml"),
        **{links[url]: ("hyperlink", url) for url in addresses},
        **{links[key]: ("slide", f"slide{book.numbers[key]}.xml") for key in jumps},
    }
    for item in frame.items:
        relations |= book.media[item.image].relations if isinstance(item, Picture) else {}
        relations |= _add_chart(deck, item, frame, book) if isinstance(item, Chart) else {}
    _relate(deck, name, relations)
    deck.facts.pages[name] = page.facts
    _add_notes(deck, frame, book)
    return page


def _add_chart(deck: Written, item: Chart, frame: Frame, book: Book) -> dict[str, tuple[str, str]]:
    """Add a chart and the workbook with its data; return the relation of its slide to it."""
    parts = book.charts[frame.key, item.name]
    made = chart_part(item, frame.language)
    deck.parts[parts.chart] = _xml(recoloured(made, book.theme.template) if book.theme.template else made)
    deck.parts[parts.workbook] = workbook(item.data)
    _relate(deck, parts.chart, {WORKBOOK: ("package", parts.workbook.replace("ppt/", "../"))})
    return {parts.id: ("chart", parts.chart.replace("ppt/", "../"))}


def _declare_charts(deck: Written, charts: Mapping[tuple[str, str], Parts]) -> None:
    """Say what charts and their workbooks are."""
    new = [(f"/{parts.chart}", CHART_TYPE) for parts in charts.values()]
    said = "".join(f'<Override PartName="{name}" ContentType="{type_}"/>' for name, type_ in new)
    _insert(deck.parts, CONTENT, "</Types>", said)
    if f'Extension="{EXTENSION}"' not in deck.parts[CONTENT].decode():
        _insert(deck.parts, CONTENT, "<Default", f'<Default Extension="{EXTENSION}" ContentType="{WORKBOOK_TYPE}"/>')
        new.append((EXTENSION, WORKBOOK_TYPE))
    deck.facts.types += new


def _add_notes(deck: Written, frame: Frame, book: Book) -> None:
    """Add the notes of a slide."""
    number = book.numbers[frame.key]
    said = dict.fromkeys(each.link for each in frame.note_passages if each.link)
    links = {
        link: f"{SLIDE_JUMP}{book.numbers[link]}" if link in book.numbers else f"rId{index}"
        for index, link in enumerate(said, start=3)
    }
    page = Page(frame.language, links, {IMAGE: 2, notes_name(frame): 3})
    name = f"ppt/notesSlides/notesSlide{number}.xml"
    deck.parts[name] = _xml(notes_page(frame, page, book.theme.mono))
    relations = {
        "rId1": ("notesMaster", "../notesMasters/notesMaster1.xml"),
        "rId2": ("slide", f"../slides/slide{number}.xml"),
        **{known: _target(link, book.numbers) for link, known in links.items()},
    }
    _relate(deck, name, relations)
    deck.facts.pages[name] = page.facts


def _target(link: str, numbers: Mapping[str, int]) -> tuple[str, str]:
    """Return the relation of notes to what a link in them leads to."""
    return ("slide", f"../slides/slide{numbers[link]}.xml") if link in numbers else ("hyperlink", link)


def _add_zooms(deck: Written, zooms: Mapping[Zoom, bytes], book: Book, pages: Mapping[str, Page], map_id: str) -> None:
    """Add zooms to slides that are written, with their pictures; and mark the slides that they lead to."""
    made: dict[str, str] = {}
    for number, (zoom, shown) in enumerate(zooms.items(), start=1):
        deck.parts[f"ppt/media/zoom{number}.png"] = shown
        target, jump, image = book.numbers[zoom.target], f"zoomed{number}", f"picture{number}"
        ties = Ties(FIRST_SLIDE_ID + target - 1, creation_id(map_id, zoom.target), image, jump)
        made[zoom.slide] = made.get(zoom.slide, "") + zoom_frame(zoom, book.theme, ties, pages[zoom.slide])
        more = {image: ("image", f"../media/zoom{number}.png"), jump: ("slide", f"slide{target}.xml")}
        _relate(deck, slide_part(book.numbers[zoom.slide]), more)
    for key in dict.fromkeys(zoom.target for zoom in zooms):
        name, known = slide_part(book.numbers[key]), creation_id(map_id, key)
        _insert(deck.parts, name, "</p:cSld>", creation_mark(known))
        deck.facts.marks[name] = str(known)
    for key, xml in made.items():
        _insert(deck.parts, slide_part(book.numbers[key]), "</p:spTree>", xml)
    _declare(deck, [Media.PNG])


def _memory_names(parts: Mapping[str, bytes]) -> tuple[str, str]:
    """Return the names of the part in which a deck remembers, and of the one about it, which no template has."""
    number = next(each for each in count(1) if REMEMBERED.format(each) not in parts)
    return REMEMBERED.format(number), ABOUT.format(number)


def _declare_memory(deck: Written, name: str, about: str) -> None:
    """Lead to the part in which the deck remembers how it was built, and to the part that says what that one is."""
    _relate(deck, PRESENTATION, {"memory": ("customXml", f"../{name}")})
    _relate(deck, name, {"rId1": ("customXmlProps", about)})
    types = [(f"/{name}", "application/xml"), (f"/customXml/{about}", PROPERTIES_TYPE)]
    made = "".join(f'<Override PartName="{name}" ContentType="{type_}"/>' for name, type_ in types)
    _insert(deck.parts, CONTENT, "</Types>", made)
    deck.facts.types += types


def _targets(frame: Frame) -> list[str]:
    """Return the addresses and keys of slides that the frame's runs and shapes lead to, each once."""
    paragraphs = (paragraph for item in frame.items for body in bodies(item) for paragraph in body.paragraphs)
    found = [run.href for paragraph in paragraphs for run in paragraph.runs] + [link_of(item) for item in frame.items]
    return list(dict.fromkeys(target for target in found if target))


def _sections(sections: Sequence[str], map_id: str) -> str:
    """Return the deck's sections: runs of slides of one section name (p14:sectionLst)."""
    runs = [(name, [number for number, _ in run]) for name, run in groupby(enumerate(sections), lambda each: each[1])]
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


def _slide(frame: Frame, page: Page, book: Book) -> str:
    """Return a slide (CT_Slide). Ids follow the reading order from 2."""

    def written(item: Item) -> str:
        match item:
            case Shape():
                return shape(item, page)
            case Connector():
                return connector(item, page)
            case Route():
                return route(item, page)
            case Table():
                return table(item, page, _stable_ids(item))
            case Picture():
                return picture(item, page, book.media[item.image].id, book.media[item.image].vectors)
            case Sign():
                return sign(item, page)
            case Chart():
                return chart_frame(item, page, book.charts[frame.key, item.name].id)
            case _:
                assert_never(item)

    shapes = [written(item) for item in frame.items]
    accents = _colour_map(frame.accent, book.theme)
    return (
        f"<p:sld {NAMESPACES}{HIDDEN * frame.hidden}><p:cSld>{tree(shapes)}</p:cSld><p:clrMapOvr>{accents}</p:clrMapOvr>"
        f"{transition(frame.transition)}{timing(frame, page)}</p:sld>"
    )


def _colour_map(accent: int, theme: Theme) -> str:
    """Return the slide's colour map: what a speaker adds to a layer's slide takes that layer's accent."""
    if accent <= 1 or theme.template:
        return "<a:masterClrMapping/>"
    return f"<a:overrideClrMapping {colour_mapping(theme, accent)}/>"


def _stable_ids(item: Table) -> dict[str, int]:
    """Return a number for each column and row, derived from its key (a16:colId and a16:rowId are unsigned ints)."""
    keys = [key for key, _ in item.columns] + [row.key for row in item.rows]
    return {key: int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") for key in keys}


def _register(deck: Written, slides: int) -> None:
    """Name the slides in the content types, the presentation and its relationships."""
    numbers = range(1, slides + 1)
    types = [
        each
        for n in numbers
        for each in (
            (f"/{slide_part(n)}", CONTENT_TYPES["slide"]),
            (f"/ppt/notesSlides/notesSlide{n}.xml", CONTENT_TYPES["notes"]),
        )
    ]
    said = "".join(f'<Override PartName="{name}" ContentType="{type_}"/>' for name, type_ in types)
    _insert(deck.parts, CONTENT, "</Types>", said)
    deck.facts.types += types
    _relate(deck, PRESENTATION, {f"slide{n}": ("slide", f"slides/slide{n}.xml") for n in numbers})
    ids = {str(FIRST_SLIDE_ID + n - 1): n for n in numbers}
    deck.facts.slides |= {id_: slide_part(n) for id_, n in ids.items()}
    listed = "".join(f'<p:sldId id="{id_}" r:id="slide{n}"/>' for id_, n in ids.items())
    _insert(deck.parts, PRESENTATION, "<p:sldSz", f"<p:sldIdLst>{listed}</p:sldIdLst>")


def _add_fonts(deck: Written, fonts: Sequence[EmbeddedFont]) -> None:
    """Add the faces of fonts, and list the fonts; a template of others may have some of these, which then count."""
    from conceptdeck.render.powerpoint.fonts import (
        FONT_ENDING,
        FONT_TYPE,
        font_part,
        with_fonts,
    )  # most decks have none

    known = deck.parts[PRESENTATION].decode()
    new = [font for font in fonts if f'typeface="{escape(font.family)}"' not in known]
    faces = [face for font in new for face in font.faces.values()]
    free = (number for number in range(1, len(deck.parts) + len(faces) + 1) if font_part(number) not in deck.parts)
    numbers = tuple(islice(free, len(faces)))
    deck.parts.update({font_part(number): face for number, face in zip(numbers, faces, strict=True)})
    ids = {f"face{number}": ("font", font_part(number).removeprefix("ppt/")) for number in numbers}
    _relate(deck, PRESENTATION, ids)
    deck.parts[PRESENTATION] = with_fonts(known, new, list(ids)).encode()
    if f'Extension="{FONT_ENDING}"' not in deck.parts[CONTENT].decode():
        _insert(deck.parts, CONTENT, "<Default", f'<Default Extension="{FONT_ENDING}" ContentType="{FONT_TYPE}"/>')
        deck.facts.types.append((FONT_ENDING, FONT_TYPE))


def _insert(parts: MutableMapping[str, bytes], name: str, before: str, xml: str) -> None:
    """Insert `xml` before the one occurrence of `before` in a part of the template."""
    head, mark, tail = parts[name].decode().partition(before)
    if not mark:
        raise ValueError(f"the template's {name} has no {before}")
    parts[name] = (head + xml + mark + tail).encode()


def _relate(deck: Written, source: str, relations: Mapping[str, tuple[str, str]]) -> None:
    """Relate a part to others: ids, each with a type and a target; hyperlinks leave the package."""
    folder, _, file = source.rpartition("/")
    name = f"{folder}/_rels/{file}.rels"
    new = [
        Relation(id_, kind, address(target), external=True) if kind == "hyperlink" else Relation(id_, kind, target)
        for id_, (kind, target) in relations.items()
    ]
    said = relationships({each.id: (f"{OFFICE}/{each.kind}", each.target, each.external) for each in new})
    if name in deck.parts:
        _insert(deck.parts, name, "</Relationships>", said)
    else:
        deck.parts[name] = _xml(f'<Relationships xmlns="{RELATIONSHIPS}">{said}</Relationships>')
    deck.facts.relations.setdefault(name, []).extend(new)


def _xml(text: str) -> bytes:
    return (DECLARATION + text).encode()
