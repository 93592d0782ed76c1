"""Hand-outs as PDF: pages with slides and notes, whose texts, tables and pictures are marked as what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from itertools import groupby
from typing import assert_never

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Page, Pdf, String

from conceptdeck.render.vector.areas import number
from conceptdeck.render.vector.marks import Area, Group, Line, Mark, Piece, Rectangle
from conceptdeck.render.vector.marks import Words as Paragraph
from conceptdeck.render.vector.outlines import PlacedLine, lines_missing, place_lines
from conceptdeck.render.vector.pdf import POINTS, PRINTED, Painter, resources, saved
from conceptdeck.render.vector.scene import MIDDLE, slide_scene, table_rows
from conceptdeck.render.vector.svg import slide_palette
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.values.frame import Chart, Connector, Frame, Item, Picture, Route, Shape, Sign, Table
from conceptdeck.values.handout import Handout, Note, Part, Sheet
from conceptdeck.values.items import box_of, is_title, link_of, said
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Box, points
from conceptdeck.values.value import frozen, mutable

__all__ = ["About", "missing_characters", "undrawn_scripts", "write_handout"]

DESCENT = 0.25  # of a line's size: how far a link reaches below the baseline
EXACT = 6  # digits of a scale


@frozen
class About:
    """What the file says about itself."""

    title: str
    language: str
    subject: str = ""
    keywords: tuple[str, ...] = ()
    author: str = ""


def write_handout(handout: Handout, theme: Theme, book: FontBook, about: About) -> bytes:
    """Return the pages as PDF whose text can be found and copied, with bookmarks, links and structure."""
    writer = _Writer(handout, theme, book, about)
    for made, sheet in zip(writer.made, handout.sheets, strict=True):
        writer.draw(made, sheet)
    return writer.finished()


def missing_characters(handout: Handout, theme: Theme, book: FontBook) -> tuple[str, ...]:
    """Return the characters that no face has an outline for: a box would be drawn in their place."""
    return lines_missing(_all_lines(handout, theme, book))[0]


def undrawn_scripts(handout: Handout, theme: Theme, book: FontBook) -> dict[str, tuple[str, ...]]:
    """Return the scripts of which no face has an outline for any letter that is shown; with the letters."""
    return lines_missing(_all_lines(handout, theme, book))[1]


def _all_lines(handout: Handout, theme: Theme, book: FontBook) -> Iterator[PlacedLine]:
    parts = [part for sheet in handout.sheets for part in sheet.parts]
    for frame, run in groupby(parts, lambda part: part.frame):
        notes = tuple(_paragraph(note) for part in run for note in part.notes)
        yield from place_lines((*slide_scene(frame, theme).groups, Group("", notes)), theme, book)
    feet = tuple(_paragraph(note) for sheet in handout.sheets for note in sheet.foot)
    yield from place_lines((Group("", feet),), theme, book)


def _paragraph(note: Note) -> Paragraph:
    """Return a note as it is painted: the capitals of each line in the middle of its pitch."""
    role, x = note.role, note.x.px
    size = points(role.sizes[0]).px
    half = points(role.sizes[0] * role.leading).px / 2
    lines = (
        Line((Piece(line.text, size, role.colour, role.bold, role.major),), x, line.top.px + half + size * MIDDLE)
        for line in note.lines
    )
    return Paragraph(tuple(lines), note.align, note.rtl, note.foreign or note.language, bool(note.foreign))


# --- the file ------------------------------------------------------------------------------------


_Box = tuple[float, float, float, float]


@frozen
class _Link:
    """A link on the slide `key`: its box on the page in points, where it leads, and its name."""

    key: str
    box: _Box
    target: str
    name: str


@mutable
class _Made:
    """A page as it is drawn: what it says in which order, and its links.

    The slide `key` that is drawn on it has `scale` and its upper left corner, in CSS pixels, at `corner`.
    """

    page: Page
    key: str = ""
    scale: float = 1.0
    corner: tuple[float, float] = (0.0, 0.0)
    elements: list[Object] = field(default_factory=list)
    links: list[_Link] = field(default_factory=list)


class _Writer:
    """Draws the pages of a file that says what each of its texts is."""

    def __init__(self, handout: Handout, theme: Theme, book: FontBook, about: About) -> None:
        """Begin with empty pages, so that links find where they lead."""
        self.handout, self.theme, self.about = handout, theme, about
        self.painter = Painter(theme, book)
        self.pdf = Pdf.new()
        self.size = (handout.size.w.pt, handout.size.h.pt)
        self.made = [_Made(self.pdf.add_blank_page(page_size=self.size)) for _ in handout.sheets]
        shown = [(part.frame.key, at) for at, sheet in enumerate(handout.sheets) for part in sheet.parts]
        self.first = dict(reversed(shown))
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root))
        self.parts: dict[str, tuple[Object, list[Object]]] = {}

    def draw(self, made: _Made, sheet: Sheet) -> None:
        """Draw a page."""
        painter = self.painter
        painter.operations = [f"q {number(POINTS)} 0 0 -{number(POINTS)} 0 {number(self.size[1])} cm"]
        for part in sheet.parts:
            self.draw_part(made, part)
        element, kids = self.parts[sheet.parts[-1].frame.key]
        kids += [self.text("P", element, made, [_paragraph(note)]) for note in sheet.foot]
        operations = [*painter.operations, "Q", ""]
        made.page.obj.Contents = self.pdf.make_stream("\n".join(operations).encode("ascii"))

    def draw_part(self, made: _Made, shown: Part) -> None:
        """Draw a slide, unless its notes go on here, and its notes."""
        frame = shown.frame
        part, kids = self.parts.setdefault(frame.key, (self.element("Sect", self.document), []))
        if shown.place:
            made.key, made.scale = frame.key, shown.place.w / self.theme.size.w
            made.corner = (shown.place.x.px, shown.place.y.px)
            self.slide(made, frame, part, kids)
            self.edge(shown.place)
        self.painter.palette = self.theme.palette(dark=False)
        kids += [self.text("P", part, made, [_paragraph(note)]) for note in shown.notes]

    def slide(self, made: _Made, frame: Frame, part: Object, kids: list[Object]) -> None:
        """Draw a slide, clipped to its edges."""
        painter, theme = self.painter, self.theme
        painter.palette = slide_palette(frame, theme)
        width, height = theme.size.w.px, theme.size.h.px
        scale, (left, top) = f"{made.scale:.{EXACT}g}", made.corner
        place = f"{scale} 0 0 {scale} {number(left)} {number(top)}"
        painter.operations.append(f"q {place} cm 0 0 {number(width)} {number(height)} re W n")
        ground, *groups = slide_scene(frame, theme).groups
        self.artifact(ground.marks)
        for item, group in zip(frame.items, groups, strict=True):
            kids += self.item(item, group, frame, made, part)
        painter.operations.append("Q")

    def edge(self, place: Box) -> None:
        """Draw the edge of a slide, if it has one."""
        if self.handout.edge:
            self.painter.palette = self.theme.palette(dark=False)
            outline = Rectangle(place.x.px, place.y.px, place.w.px, place.h.px)
            self.artifact([Area(outline, None, self.handout.edge)])

    def item(self, item: Item, group: Group, frame: Frame, made: _Made, part: Object) -> Iterator[Object]:
        """Draw what an item shows, and yield what it is."""
        match item:
            case Table():
                yield self.table(item, group, made, part)
            case Chart():
                yield self.figure(item.alt, group, made, part)
            case Shape() | Connector() | Route() | Picture() | Sign():
                yield from self.told_item(item, group, frame, made, part)
            case _:
                assert_never(item)

    def told_item(
        self, item: Shape | Connector | Route | Picture | Sign, group: Group, frame: Frame, made: _Made, part: Object
    ) -> Iterator[Object]:
        """Draw an item, and yield its texts, or the figure that it is."""
        paragraphs = [mark for mark in group.marks if isinstance(mark, Paragraph)]
        if not paragraphs and item.alt:
            yield self.figure(item.alt, group, made, part)
        else:
            self.artifact(group.marks)
        kind = ("H1" if frame.number <= 1 else "H2") if is_title(item) else "P"
        yield from (self.text(kind, part, made, [mark], drawn=True) for mark in paragraphs)
        if link := link_of(item):
            made.links.append(_Link(made.key, self.area(box_of(item), made), link, said(item) or item.alt))
        made.links += self.hrefs(group, made)

    def figure(self, alt: str, group: Group, made: _Made, part: Object) -> Object:
        """Draw what words stand for, with the texts in it, and return it as a figure."""
        figure = self.element("Figure", part, made, alt)

        def paint() -> None:
            self.painter.seen(group.marks)
            self.painter.texts(group.marks)

        self.marked(figure, made, paint)
        return figure

    def table(self, item: Table, group: Group, made: _Made, part: Object) -> Object:
        """Draw a table, and return it row by row."""
        table = self.element("Table", part, made, item.alt)
        rows = []
        for at, (ground, cells) in enumerate(table_rows(item, group.marks)):
            row = self.element("TR", table, made)
            self.artifact(ground)
            made_cells = []
            for cell in cells:
                self.artifact(cell)
                made_cells.append(self.text("TD" if at else "TH", row, made, cell, drawn=True))
            row.K = Array(made_cells)
            rows.append(row)
        table.K = Array(rows)
        return table

    def text(self, kind: str, parent: Object, made: _Made, marks: Sequence[Mark], *, drawn: bool = False) -> Object:
        """Write text as what it is, and paint it before unless it is `drawn`."""
        if not drawn:
            self.artifact(marks)
        element = self.element(kind, parent, made)
        own = {mark.language if mark.foreign else "" for mark in marks if isinstance(mark, Paragraph)}
        if len(own) == 1 and (language := own.pop()):
            element.Lang = String(language)
        self.marked(element, made, lambda: self.painter.texts(marks))
        return element

    def artifact(self, marks: Iterable[Mark]) -> None:
        """Paint marks that say nothing by themselves."""
        self.painter.operations.append("/Artifact BMC")
        self.painter.seen(marks)
        self.painter.operations.append("EMC")

    def marked(self, element: Object, made: _Made, paint: Callable[[], None]) -> None:
        """Paint the content of an element."""
        content = len(made.elements)
        made.elements.append(element)
        element.K = content
        self.painter.operations.append(f"/{str(element.S)[1:]} <</MCID {content}>> BDC")
        paint()
        self.painter.operations.append("EMC")

    def element(self, kind: str, parent: Object, made: _Made | None = None, alt: str = "") -> Object:
        """Return an element of the structure."""
        element = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent))
        if made:
            element.Pg = made.page.obj
        if alt:
            element.Alt = String(alt)
        return element

    # --- links, bookmarks, what the file says ---

    def area(self, box: Box, made: _Made) -> _Box:
        """Return a box of a slide on the page."""
        return self.on_page((box.x.px, box.y.px, box.right.px, box.bottom.px), made)

    def on_page(self, box: _Box, made: _Made) -> _Box:
        """Return the left, top, right and bottom of a box on a slide in the page's points, from the lower left."""
        left, top, right, bottom = box
        across = [(made.corner[0] + x * made.scale) * POINTS for x in (left, right)]
        down = [self.size[1] - (made.corner[1] + y * made.scale) * POINTS for y in (bottom, top)]
        return round(across[0], 2), round(down[0], 2), round(across[1], 2), round(down[1], 2)

    def hrefs(self, group: Group, made: _Made) -> Iterator[_Link]:
        """Yield the links within texts, line by line."""
        if not any(
            piece.href
            for mark in group.marks
            if isinstance(mark, Paragraph)
            for line in mark.lines
            for piece in line.pieces
        ):
            return
        for placed in place_lines((group,), self.theme, self.painter.book):
            for span, run in groupby(placed.drawn.clusters, lambda cluster: cluster.span):
                piece, some = placed.line.pieces[span], list(run)
                if piece.href:
                    left, right = placed.x + some[0].x, placed.x + some[-1].x + some[-1].width
                    box = (left, placed.y - piece.size, right, placed.y + piece.size * DESCENT)
                    yield _Link(made.key, self.on_page(box, made), piece.href, piece.text)

    def finished(self) -> bytes:
        """Return the file, with its links, its bookmarks and its structure."""
        needed = resources(self.pdf, self.painter)
        shared = self.pdf.make_indirect(needed)
        tree: list[Object | int] = []
        for at, made in enumerate(self.made):
            made.page.obj.Resources = shared
            made.page.obj.StructParents = at
            made.page.obj.Tabs = Name.S
            tree += [at, Array(made.elements)]
        tree += self.linked(len(self.made))
        for part, kids in self.parts.values():
            part.K = Array(kids)
        self.document.K = Array([part for part, _ in self.parts.values()])
        self.root.K = Array([self.document])
        self.root.ParentTree = Dictionary(Nums=Array(tree))
        self.root.ParentTreeNextKey = len(tree) // 2
        self.pdf.Root.StructTreeRoot = self.root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)
        self.bookmark()
        return saved(self.pdf, self.about.title, self.about.language, _properties(self.about))

    def linked(self, at: int) -> list[Object | int]:
        """Put the links on their pages; return which number in the structure has which link."""
        entries: list[Object | int] = []
        for made in self.made:
            notes = []
            for link in made.links:
                part, kids = self.parts[link.key]
                count = at + len(entries) // 2
                element, note = self.element("Link", part, made), self.note(link, count)
                element.K = Dictionary(Type=Name.OBJR, Obj=note, Pg=made.page.obj)
                kids.append(element)
                notes.append(note)
                entries += [count, element]
            if notes:
                made.page.obj.Annots = Array(notes)
        return entries

    def note(self, link: _Link, count: int) -> Object:
        """Return a link to a slide of this file, or to an address."""
        note = self.pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(link.box), F=PRINTED))
        note.Border = Array([0, 0, 0])
        note.Contents = String(" ".join(link.name.split()) or link.target)
        note.StructParent = count
        if link.target in self.first:
            note.Dest = Array([self.made[self.first[link.target]].page.obj, Name.Fit])
        else:
            note.A = Dictionary(Type=Name.Action, S=Name.URI, URI=String(link.target))
        return note

    def bookmark(self) -> None:
        """Name the sections, and in them the slides."""
        frames = [part.frame for sheet in self.handout.sheets for part in sheet.parts if part.place]
        with self.pdf.open_outline() as outline:
            for name, run in groupby(frames, lambda frame: frame.section):
                slides = [OutlineItem(frame.title, self.first[frame.key]) for frame in run]
                if not name:
                    outline.root.extend(slides)
                    continue
                section = OutlineItem(name, slides[0].destination)
                section.children.extend(slides)
                outline.root.append(section)
        self.pdf.Root.PageMode = Name.UseOutlines


def _properties(about: About) -> dict[str, str]:
    """Return what the file says about itself beside its title."""
    found = {"Author": about.author, "Subject": about.subject, "Keywords": ", ".join(about.keywords)}
    return {name: value for name, value in found.items() if value}
