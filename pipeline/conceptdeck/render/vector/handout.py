"""Hand-outs: the slides of a deck as PDF, one a page, or each with its notes below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Page, Pdf, String

from conceptdeck.render.vector.marks import Area, Group, Line, Mark, Piece, Rectangle
from conceptdeck.render.vector.marks import Words as Paragraph
from conceptdeck.render.vector.outlines import PlacedLine, lines_missing, place_lines
from conceptdeck.render.vector.pdf import POINTS, Painter, resources, saved
from conceptdeck.render.vector.scene import MIDDLE, slide_scene, table_rows
from conceptdeck.render.vector.svg import number, slide_palette
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.glyphs import reads_right_to_left
from conceptdeck.typeset.lines import Typesetter
from conceptdeck.values.frame import Frame, Item, Shape, Stroke, Table
from conceptdeck.values.languages import is_rtl
from conceptdeck.values.terms import ENGLISH, Term, Words
from conceptdeck.values.theme import Role, Theme
from conceptdeck.values.units import EMU_PER_PIXEL, Length, points

__all__ = ["About", "missing_characters", "undrawn_scripts", "write_handout"]

TITLES = ("title", "ctrTitle")  # the placeholders that name a slide
DESCENT = 0.25  # of a line's size: how far a link reaches below the baseline
EXACT = 6  # digits of a scale
PRINTED = 4  # a flag of annotations


@dataclass(frozen=True, slots=True)
class About:
    """What the file says about itself; the notes of the slides `timed` begin with the planned minutes."""

    title: str
    language: str
    subject: str = ""
    keywords: tuple[str, ...] = ()
    words: Words = ENGLISH
    timed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page before it is drawn: the slide and what stands on it, or the notes that go on from the page before."""

    frame: Frame
    notes: tuple[Paragraph, ...] = ()
    has_slide: bool = True


def write_handout(frames: Sequence[Frame], theme: Theme, book: FontBook, about: About, *, notes: bool) -> bytes:
    """Return the slides as vector pages whose text can be found and copied, with bookmarks; or upright, with notes."""
    sheets = [sheet for frame in frames for sheet in _sheets(frame, theme, book, about, notes=notes)]
    writer = _Writer(theme, book, about, sheets, notes=notes)
    for at, sheet in enumerate(sheets):
        writer.draw(at, sheet)
    return writer.finished(frames)


def missing_characters(
    frames: Sequence[Frame], theme: Theme, book: FontBook, about: About, *, notes: bool
) -> tuple[str, ...]:
    """Return the characters that no face has an outline for: a box would be drawn in their place."""
    return lines_missing(_all_lines(frames, theme, book, about, notes=notes))[0]


def undrawn_scripts(
    frames: Sequence[Frame], theme: Theme, book: FontBook, about: About, *, notes: bool
) -> dict[str, tuple[str, ...]]:
    """Return the scripts of which no face has an outline for any letter that is shown; with the letters."""
    return lines_missing(_all_lines(frames, theme, book, about, notes=notes))[1]


def _all_lines(
    frames: Sequence[Frame], theme: Theme, book: FontBook, about: About, *, notes: bool
) -> Iterator[PlacedLine]:
    for frame in frames:
        told = [mark for sheet in _sheets(frame, theme, book, about, notes=notes) for mark in sheet.notes]
        yield from place_lines((*slide_scene(frame, theme).groups, Group("", tuple(told))), theme, book)


# --- the notes of a slide ------------------------------------------------------------------------


def _sheets(frame: Frame, theme: Theme, book: FontBook, about: About, *, notes: bool) -> Iterator[_Sheet]:
    """Yield the pages of a slide: one, or with long notes more."""
    if not notes:
        yield _Sheet(frame)
        return
    look = _Look(theme, book, about)
    parts = look.paged(list(look.lines(frame)))
    for part, lines in enumerate(parts):
        marks = look.placed(lines, look.text_top if part == 0 else look.top)
        head = look.heading(frame, part + 1, len(parts)) if part else ()
        yield _Sheet(frame, (*head, *marks, *look.footer(frame)), has_slide=part == 0)


@dataclass(frozen=True, slots=True)
class _NoteLine:
    """A line of notes: its look, the paragraph that it belongs to, and the space above it, in CSS pixels."""

    text: str
    role: Role
    paragraph: int
    rtl: bool
    pitch: float
    before: float


class _Look:
    """Places notes on upright pages, as the theme says."""

    def __init__(self, theme: Theme, book: FontBook, about: About) -> None:
        """Measure with `book`."""
        self.theme, self.book, self.about = theme, book, about
        self.typesetter = Typesetter(book)
        lengths = {name: value / POINTS for name, value in theme.handout.numbers.items()}
        self.gap = lengths["paragraph-gap"]
        self.width, self.height, self.margin = lengths["width"], lengths["height"], lengths["margin"]
        self.wide = self.width - 2 * self.margin
        self.slide_height = self.wide * theme.size.h / theme.size.w
        self.top = self.margin + lengths["heading"]
        self.text_top = self.margin + self.slide_height + lengths["gap"]
        self.bottom = self.height - self.margin - lengths["footer"]

    def lines(self, frame: Frame) -> Iterator[_NoteLine]:
        """Yield the lines of a slide's notes."""
        written = [text for text in frame.notes.split("\n") if text.strip()]
        for count, text in enumerate(written):
            timed = count == 0 and frame.key in self.about.timed
            role = self.theme.handout.roles["handout-time" if timed else "handout-notes"]
            rtl = reads_right_to_left(text, frame.language)
            for at, line in enumerate(self.broken(text, role)):
                yield _NoteLine(line, role, count, rtl, self.pitch(role), self.gap if count and not at else 0.0)

    def pitch(self, role: Role) -> float:
        """Return the line pitch of a role."""
        return points(role.sizes[0] * role.leading).px

    def broken(self, text: str, role: Role) -> Sequence[str]:
        """Return a paragraph in lines; a word wider than the page is broken where it must be."""
        family, size = self.theme.family(role), role.sizes[0]
        width = Length(round(self.wide * EMU_PER_PIXEL))
        setting = self.typesetter.set(
            text, family=family, bold=role.bold, size=size, leading=role.leading, width=width, lang=self.about.language
        )
        return (
            setting.lines
            if setting
            else _chopped(text, self.book.shape(text, family, role.bold).positions, width / points(size))
        )

    def paged(self, lines: Sequence[_NoteLine]) -> list[list[_NoteLine]]:
        """Return the lines page by page; the first page has the slide above them."""
        pages: list[list[_NoteLine]] = [[]]
        y = self.text_top
        for line in lines:
            needed = line.pitch + (line.before if pages[-1] else 0.0)
            if y + needed > self.bottom:
                pages.append([])
                y, needed = self.top, line.pitch
            pages[-1].append(line)
            y += needed
        return pages

    def placed(self, lines: Sequence[_NoteLine], top: float) -> Iterator[Paragraph]:
        """Yield lines as paragraphs at their places."""
        y = top
        for _, run in groupby(lines, lambda line: line.paragraph):
            some = list(run)
            y += some[0].before if y > top else 0.0
            made = []
            for line in some:
                made.append(self.line(line.text, line.role, y, line.pitch))
                y += line.pitch
            yield self.words(made, some[0].rtl)

    def line(self, text: str, role: Role, top: float, pitch: float) -> Line:
        """Return a line whose pitch begins at `top`."""
        size = points(role.sizes[0]).px
        piece = Piece(text, size, role.colour, role.bold, role.major)
        x = self.width - self.margin if is_rtl(self.about.language) else self.margin
        return Line((piece,), x, top + pitch / 2 + size * MIDDLE)

    def words(self, lines: Sequence[Line], rtl: bool) -> Paragraph:
        """Return lines at the side where the language begins."""
        align = "r" if is_rtl(self.about.language) else "l"
        return Paragraph(tuple(lines), align, rtl, self.about.language)

    def heading(self, frame: Frame, part: int, parts: int) -> Iterator[Paragraph]:
        """Yield what a page says whose notes go on from the page before."""
        role = self.theme.handout.roles["handout-heading"]
        text = self.about.words.say(Term.CONTINUED, title=frame.title, part=part, parts=parts)
        first = self.broken(text, role)[0]
        shown = first if first == text else f"{first}…"
        yield self.words(
            [self.line(shown, role, self.margin, self.pitch(role))], reads_right_to_left(text, frame.language)
        )

    def footer(self, frame: Frame) -> Iterator[Paragraph]:
        """Yield the title of the deck and the number of the slide."""
        role = self.theme.handout.roles["handout-footer"]
        pitch = self.pitch(role)
        top = self.height - self.margin - pitch
        rtl = reads_right_to_left(self.about.title, frame.language)
        lines = self.broken(self.about.title, role)[:1]
        yield from (self.words([self.line(line, role, top, pitch)], rtl) for line in lines)
        line = self.line(str(frame.number), role, top, pitch)
        far = Line(line.pieces, self.margin if is_rtl(self.about.language) else self.width - self.margin, line.y)
        yield Paragraph((far,), "l" if is_rtl(self.about.language) else "r", False, frame.language)


def _chopped(text: str, positions: Sequence[float], limit: float) -> list[str]:
    """Return a text cut into lines of at most `limit` ems, between characters that take room."""
    lines: list[str] = []
    start = 0
    for at in range(1, len(text)):
        if positions[at + 1] - positions[start] > limit and positions[at + 1] > positions[at]:
            lines.append(text[start:at])
            start = at
    return [*lines, text[start:]]


# --- the file ------------------------------------------------------------------------------------


_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Link:
    """A link: its box on the page in points, where it leads, and its name."""

    box: _Box
    target: str
    name: str


@dataclass(slots=True)
class _Made:
    """A page as it is drawn, of the slide `key`: what it says in which order, and its links."""

    page: Page
    key: str
    elements: list[Object] = field(default_factory=list)
    links: list[_Link] = field(default_factory=list)


class _Writer:
    """Draws the pages of a file that says what each of its texts is."""

    def __init__(self, theme: Theme, book: FontBook, about: About, sheets: Sequence[_Sheet], *, notes: bool) -> None:
        """Begin with empty pages, so that links find where they lead."""
        self.theme, self.about, self.notes = theme, about, notes
        self.look = _Look(theme, book, about)
        self.painter = Painter(theme, book)
        self.pdf = Pdf.new()
        width, height = (self.look.width, self.look.height) if notes else (theme.size.w.px, theme.size.h.px)
        self.size = (width * POINTS, height * POINTS)
        self.scale, self.left, self.top = (
            (self.look.wide / theme.size.w.px, self.look.margin, self.look.margin) if notes else (1.0, 0.0, 0.0)
        )
        self.made = [_Made(self.pdf.add_blank_page(page_size=self.size), sheet.frame.key) for sheet in sheets]
        self.first = {sheet.frame.key: at for at, sheet in reversed([*enumerate(sheets)])}
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root))
        self.parts: dict[str, tuple[Object, list[Object]]] = {}

    def draw(self, at: int, sheet: _Sheet) -> None:
        """Draw a page."""
        made, painter, frame = self.made[at], self.painter, sheet.frame
        part, kids = self.parts.setdefault(frame.key, (self.element("Sect", self.document), []))
        painter.operations = [f"q {number(POINTS)} 0 0 -{number(POINTS)} 0 {number(self.size[1])} cm"]
        if sheet.has_slide:
            self.slide(made, frame, part, kids)
        painter.palette = self.theme.palette(dark=False)
        kids += [self.told("P", part, made, [mark]) for mark in sheet.notes]
        operations = [*painter.operations, "Q", ""]
        made.page.obj.Contents = self.pdf.make_stream("\n".join(operations).encode("ascii"))

    def slide(self, made: _Made, frame: Frame, part: Object, kids: list[Object]) -> None:
        """Draw a slide, clipped to its edges."""
        painter, theme = self.painter, self.theme
        painter.palette = slide_palette(frame, theme)
        width, height = theme.size.w.px, theme.size.h.px
        place = f"{self.scale:.{EXACT}g} 0 0 {self.scale:.{EXACT}g} {number(self.left)} {number(self.top)}"
        painter.operations.append(f"q {place} cm 0 0 {number(width)} {number(height)} re W n")
        ground, *groups = slide_scene(frame, theme).groups
        self.artifact(ground.marks)
        for item, group in zip(frame.items, groups, strict=True):
            kids += self.item(item, group, frame, made, part)
        painter.operations.append("Q")
        if self.notes:
            painter.palette = theme.palette(dark=False)
            edge = Rectangle(self.left, self.top, width * self.scale, height * self.scale)
            self.artifact([Area(edge, None, Stroke("secondary", theme.stroke("hairline"), theme.tints["hairline"]))])

    def item(self, item: Item, group: Group, frame: Frame, made: _Made, part: Object) -> Iterator[Object]:
        """Draw what an item shows, and yield what it is."""
        if isinstance(item, Table):
            yield self.table(item, group, made, part)
            return
        paragraphs = [mark for mark in group.marks if isinstance(mark, Paragraph)]
        if not paragraphs and item.alt:
            figure = self.element("Figure", part, made, item.alt)
            self.marked(figure, made, lambda: self.painter.seen(group.marks))
            yield figure
        else:
            self.artifact(group.marks)
        title = isinstance(item, Shape) and item.placeholder and item.placeholder.type in TITLES
        kind = ("H1" if frame.number <= 1 else "H2") if title else "P"
        yield from (self.told(kind, part, made, [mark], drawn=True) for mark in paragraphs)
        if isinstance(item, Shape) and item.link:
            made.links.append(_Link(self.area(item), item.link, item.text.text if item.text else item.alt))
        made.links += self.hrefs(group)

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
                made_cells.append(self.told("TD" if at else "TH", row, made, cell, drawn=True))
            row.K = Array(made_cells)
            rows.append(row)
        table.K = Array(rows)
        return table

    def told(self, kind: str, parent: Object, made: _Made, marks: Sequence[Mark], *, drawn: bool = False) -> Object:
        """Write text as what it is, and paint it before unless it is `drawn`."""
        if not drawn:
            self.artifact(marks)
        element = self.element(kind, parent, made)
        self.marked(element, made, lambda: self.painter.unseen(marks))
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

    def area(self, item: Shape) -> _Box:
        """Return a shape's box on the page."""
        return self.on_page(item.box.x.px, item.box.y.px, item.box.right.px, item.box.bottom.px)

    def on_page(self, left: float, top: float, right: float, bottom: float) -> _Box:
        """Return a box of a slide in the page's points, from its lower left corner."""
        across = [(self.left + x * self.scale) * POINTS for x in (left, right)]
        down = [self.size[1] - (self.top + y * self.scale) * POINTS for y in (bottom, top)]
        return round(across[0], 2), round(down[0], 2), round(across[1], 2), round(down[1], 2)

    def hrefs(self, group: Group) -> Iterator[_Link]:
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
                    box = self.on_page(left, placed.y - piece.size, right, placed.y + piece.size * DESCENT)
                    yield _Link(box, piece.href, piece.text)

    def finished(self, frames: Sequence[Frame]) -> bytes:
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
        self.bookmark(frames)
        return saved(self.pdf, self.about.title, self.about.language, _told_about(self.about))

    def linked(self, at: int) -> list[Object | int]:
        """Put the links on their pages; return which number in the structure has which link."""
        entries: list[Object | int] = []
        for made in self.made:
            part, kids = self.parts[made.key]
            notes = []
            for link in made.links:
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

    def bookmark(self, frames: Sequence[Frame]) -> None:
        """Name the sections, and in them the slides."""
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


def _told_about(about: About) -> dict[str, str]:
    """Return what the file says about itself beside its title."""
    told = {"Subject": about.subject, "Keywords": ", ".join(about.keywords)}
    return {name: value for name, value in told.items() if value}
