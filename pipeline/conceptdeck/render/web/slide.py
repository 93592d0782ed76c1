"""Slides of a page as SVG: texts that are read as texts, with links, and groups that wait for a click."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeGuard, assert_never
from urllib.parse import quote

from conceptdeck.render.vector.areas import number, placed, places_of, window_element
from conceptdeck.render.vector.formulas import Stretch
from conceptdeck.render.vector.marks import Group, Mark, Piece, Rectangle, Scene, Window
from conceptdeck.render.vector.scene import table_rows
from conceptdeck.render.vector.svg import Pen, element_id, escape, slide_palette
from conceptdeck.render.webfonts import Webfonts
from conceptdeck.values.frame import Chart, Connector, Frame, Item, Picture, Route, Shape, Sign, Table
from conceptdeck.values.image import Image
from conceptdeck.values.items import is_title, link_of, said
from conceptdeck.values.theme import Theme

__all__ = ["Stock", "fragment", "slide_picture"]

MATHML = "http://www.w3.org/1998/Math/MathML"
SAFE = ":-._~!$&'()*+,;=@/"  # what a fragment may hold unquoted


class Stock:
    """Images that a page shows more than once: the first slide with one brings it along, the others use it."""

    def __init__(self, scenes: Iterable[Scene]) -> None:
        """Count the images of all slides that are seen whole."""
        marks = (mark for scene in scenes for group in scene.groups for mark in group.marks)
        self._times = Counter(mark.image for mark in marks if _is_whole(mark))
        self._ids: dict[Image, str] = {}

    def used(self, window: Window) -> str:
        """Return an image that is seen whole, or nothing if the page shows it once."""
        image = window.image
        if self._times[image] < 2:
            return ""
        brought = ""
        if image not in self._ids:
            self._ids[image] = element_id("image", str(len(self._ids) + 1))
            own = Rectangle(0, 0, window.whole.w, window.whole.h)
            seen = f'viewBox="0 0 {number(own.w)} {number(own.h)}" preserveAspectRatio="none"'
            brought = f'<symbol id="{self._ids[image]}" {seen}>{window_element(Window(image, own, own), "")}</symbol>'
        return f'{brought}<use href="#{self._ids[image]}"{places_of(window.whole)}/>'


def _is_whole(mark: Mark) -> TypeGuard[Window]:
    return isinstance(mark, Window) and mark.seen == mark.whole


def slide_picture(
    frame: Frame, scene: Scene, theme: Theme, titles: Mapping[str, str], fonts: Webfonts, stock: Stock
) -> str:
    """Return what a slide shows as SVG whose text is read as text, with links, and groups that wait for a click."""
    scope = element_id("slide", frame.key)
    pen = _Pen(slide_palette(frame, theme), theme, frame.language, fonts=fonts, scope=scope)
    pen.stock = stock
    ground, *groups = scene.groups
    drawn = [_group(ground, "", ' aria-hidden="true"', pen)]
    drawn += [_item(item, group, pen, titles) for item, group in zip(frame.items, groups, strict=True)]
    return _root(scene, "\n".join(drawn))


def _root(scene: Scene, content: str) -> str:
    width, height = number(scene.width), number(scene.height)
    return f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group">\n{content}\n</svg>'


def _item(item: Item, group: Group, pen: _Pen, titles: Mapping[str, str]) -> str:
    """Return what an item shows, with what it is for those who do not see it."""
    match item:
        case Table():
            return _table(item, group, pen)
        case Chart():
            return _group(group, "", f' role="img" aria-label="{escape(item.alt)}"', pen)
        case Shape() | Connector() | Route() | Picture() | Sign():
            content = "".join(map(pen.mark, group.marks))
            waits = f' data-click="{item.click}"' if item.click else ""
            made = f'<g data-key="{escape(group.name)}"{waits}{_nature(item)}>{content}</g>'
            return _linked(item, made, titles) if link_of(item) else made
        case _:
            assert_never(item)


def _nature(item: Item) -> str:
    """Return what an item is: a heading, a picture, text, or nothing but decoration."""
    if is_title(item):
        return ' role="heading" aria-level="2"'
    if said(item).strip():
        return ""
    return f' role="img" aria-label="{escape(item.alt)}"' if item.alt else ' aria-hidden="true"'


def _linked(item: Item, made: str, titles: Mapping[str, str]) -> str:
    """Return an item as a link: to a slide, named by its title too, or to an address, which opens beside the deck."""
    link, words = link_of(item), " ".join(said(item).split())
    if link not in titles:
        return f'<a href="{escape(link)}"{_away(words or item.alt or link)}>{made}</a>'
    title = titles[link]
    name = f"{words}: {title}" if words and words != title else title
    return f'<a href="{escape(fragment(link))}" aria-label="{escape(name)}">{made}</a>'


def _away(name: str = "") -> str:
    label = f' aria-label="{escape(name)}"' if name else ""
    return f' target="_blank" rel="noopener noreferrer"{label}'


def _table(item: Table, group: Group, pen: _Pen) -> str:
    """Return a table whose rows and cells are told as such."""
    rows = ""
    for at, (ground, cells) in enumerate(table_rows(item, group.marks)):
        kind = "cell" if at else "columnheader"
        within = "".join(f'<g role="{kind}">{"".join(map(pen.mark, cell))}</g>' for cell in cells)
        rows += f'<g role="row">{"".join(map(pen.mark, ground))}{within}</g>'
    return _group(Group(group.name, ()), rows, f' role="table" aria-label="{escape(item.alt or group.name)}"', pen)


def _group(group: Group, content: str, attributes: str, pen: _Pen) -> str:
    drawn = "".join(map(pen.mark, group.marks))
    return f'<g data-key="{escape(group.name)}"{attributes}>{drawn}{content}</g>'


class _Pen(Pen):
    """Writes marks as elements, with the links that are within texts, and images that the page has already."""

    stock: Stock

    def mark(self, mark: Mark) -> str:
        """Return a mark as an element."""
        return (_is_whole(mark) and self.stock.used(mark)) or super().mark(mark)

    def formula(self, stretch: Stretch, piece: Piece) -> str:
        """Return a formula as an outline that is seen, and as MathML that is read out and copied."""
        assert piece.formula
        place = placed({"x": stretch.x, "y": stretch.y - piece.size, "width": piece.width, "height": piece.size})
        math = f'<math xmlns="{MATHML}" style="font-size:{number(piece.size)}px">{piece.formula.mathml}</math>'
        seen = f'<g aria-hidden="true">{self.outline(stretch, piece)}</g>'
        return f'{seen}<foreignObject{place} opacity="0">{math}</foreignObject>'

    def content(self, piece: Piece) -> str:
        """Return the text of a piece, as a link if it leads somewhere."""
        text = escape(piece.text)
        if not piece.href:
            return text
        if ":" not in piece.href:  # the key of a slide
            return f'<a href="{escape(fragment(piece.href))}">{text}</a>'
        return f'<a href="{escape(piece.href)}"{_away()}>{text}</a>'


def fragment(key: str) -> str:
    """Return the address of a slide within the page."""
    return f"#{quote(key, safe=SAFE)}"
