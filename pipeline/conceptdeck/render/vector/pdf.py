"""Drawings as PDF: text in fonts that the file holds; what fonts alone do not show right is outlines under unseen text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple, assert_never

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, String

from conceptdeck.render.vector.archival import archival
from conceptdeck.render.vector.areas import DASH, number
from conceptdeck.render.vector.marks import Area, Group, Mark, Scene, Segment, Window, Words, segments
from conceptdeck.render.vector.outlines import EM, PlacedLine, Stencils, letter, place_lines, text_glyphs
from conceptdeck.render.vector.pdf_fonts import Fonts
from conceptdeck.render.vector.photos import image_object
from conceptdeck.render.vector.scene import drawing_scene, margin_of
from conceptdeck.typeset.faces import Face, Outline
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.glyphs import Cluster, mirrored
from conceptdeck.values.frame import Drawing
from conceptdeck.values.image import Image
from conceptdeck.values.items import box_of, link_of, said
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import EMU_PER_PIXEL, EMU_PER_POINT, Box

__all__ = ["POINTS", "PRINTED", "Painter", "resources", "saved", "write_pdf"]

POINTS = EMU_PER_PIXEL / EMU_PER_POINT  # a CSS pixel in points
OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
VERSION = "1.7"
PRINTED = 4  # the flag of an annotation that is printed
PRODUCER = "conceptdeck"


def write_pdf(drawing: Drawing, theme: Theme, book: FontBook) -> bytes:
    """Return a drawing as a page of its size with a margin, without a ground, in the colours for light pages."""
    scene = drawing_scene(drawing, theme)
    painter = Painter(theme, book)
    painter.palette = theme.palette(dark=False)
    painter.paint(scene)
    margin, scale = margin_of(drawing, theme), (drawing.scale or 1) * POINTS
    size = ((scene.width + 2 * margin) * scale, (scene.height + 2 * margin) * scale)
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=size)
    page.obj.Contents = pdf.make_stream(_content(painter.operations, size[1], margin, scale))
    page.obj.Resources = resources(pdf, painter)
    _tag(pdf, page, drawing, size)
    _link(pdf, page, drawing, (margin, scale))
    page.trimbox = page.mediabox
    return saved(pdf, drawing.title, drawing.language)


def resources(pdf: Pdf, painter: Painter) -> Dictionary:
    """Return what a painter's operations name: opacities, outlines, images, and fonts."""
    outlines = {f"/O{at}": _outline(pdf, each) for at, each in enumerate(painter.stencils.outlines)}
    images = {f"/I{at}": image_object(pdf, each) for each, at in painter.images.items()}
    return Dictionary(
        ExtGState=Dictionary({f"/{name}": state for name, state in painter.states.items()}),
        XObject=Dictionary(outlines | images),
        Font=painter.fonts.written(pdf),
    )


def _content(operations: Iterable[str], height: float, margin: float, scale: float) -> bytes:
    """Return the page's content: a figure in CSS pixels, y downwards, within a margin, each `scale` points."""
    side, aside = f"{scale:.6g}", margin * scale
    lines = (
        f"q {side} 0 0 -{side} {number(aside)} {number(height - aside)} cm",
        "/Figure <</MCID 0>> BDC",
        *operations,
        "EMC",
        "Q",
        "",
    )
    return "\n".join(lines).encode("ascii")


def _tag(pdf: Pdf, page: Page, drawing: Drawing, size: tuple[float, float]) -> None:
    """Say what the page is: one figure, with its description in words, in its language."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    box = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array([0, 0, *(round(side, 2) for side in size)]))
    spoken = drawing.spoken or drawing.title
    figure = Dictionary(
        Type=Name.StructElem, S=Name.Figure, P=document, Pg=page.obj, K=0, A=box,
        T=String(drawing.title), Alt=String(spoken),
    )  # fmt: skip
    if drawing.tongues[1]:
        figure.Lang = String(drawing.tongues[1])
    indirect = pdf.make_indirect(figure)
    document.K = Array([indirect])
    root.K = Array([document])
    root.ParentTree = Dictionary(Nums=Array([0, Array([indirect])]))
    root.ParentTreeNextKey = 1
    page.obj.StructParents = 0
    page.obj.Tabs = Name.S
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _link(pdf: Pdf, page: Page, drawing: Drawing, place: tuple[float, float]) -> None:
    """Put the links to addresses on the page, and into its structure after the figure."""
    leading = [(item, link) for item in drawing.items if (link := link_of(item)) and not link.startswith("#")]
    root, notes = pdf.Root.StructTreeRoot, []
    document = root.K[0]
    for at, (item, link) in enumerate(leading, start=1):
        note = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=_area(box_of(item), page, place)))
        note.Border, note.F, note.StructParent = Array([0, 0, 0]), PRINTED, at
        note.Contents = String(" ".join(said(item).split()))
        note.A = Dictionary(Type=Name.Action, S=Name.URI, URI=String(link))
        part = Dictionary(Type=Name.StructElem, S=Name.Link, P=document, Pg=page.obj)
        part.K = Dictionary(Type=Name.OBJR, Obj=note, Pg=page.obj)
        part = pdf.make_indirect(part)
        document.K.append(part)
        root.ParentTree.Nums.append(at)
        root.ParentTree.Nums.append(part)
        root.ParentTreeNextKey = at + 1
        notes.append(note)
    if notes:
        page.obj.Annots = Array(notes)


def _area(box: Box, page: Page, place: tuple[float, float]) -> Array:
    """Return a box of a drawing on its page, in points from the bottom left, by the margin and the scale."""
    margin, scale = place
    left, top, right, bottom = (
        round((side + margin) * scale, 2) for side in (box.x.px, box.y.px, box.right.px, box.bottom.px)
    )
    height = float(page.mediabox[3])
    return Array([left, round(height - bottom, 2), right, round(height - top, 2)])


def saved(pdf: Pdf, title: str, language: str, more: Mapping[str, str] | None = None) -> bytes:
    """Return the file, one for archives; it knows no date, and its id follows from its content."""
    pdf.Root.Lang = String(language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    info = {"Title": title, **(more or {}), "Producer": PRODUCER}
    pdf.docinfo = pdf.make_indirect(Dictionary({f"/{name}": String(value) for name, value in info.items()}))
    archival(pdf, info, language)
    archival(pdf, info, language)
    file = io.BytesIO()
    pdf.save(file, min_version=VERSION, object_stream_mode=ObjectStreamMode.disable, deterministic_id=True)
    return file.getvalue()


class Painter:
    """Writes marks as operations, and remembers what they need: opacities, outlines, images, and fonts."""

    def __init__(self, theme: Theme, book: FontBook) -> None:
        """Set text in the theme's fonts; `palette` has the literal colours, the theme's own to begin with."""
        self.theme = theme
        self.book = book
        self.palette: Mapping[str, str] = theme.colours
        self.operations: list[str] = []
        self.states: dict[str, Dictionary] = {}
        self.stencils = Stencils()
        self.images: dict[Image, int] = {}
        self.fonts = Fonts()

    def paint(self, scene: Scene) -> None:
        """Paint everything, group by group: its areas, and its text."""
        for group in scene.groups:
            self.seen(group.marks)
            self.texts(group.marks)

    def seen(self, marks: Iterable[Mark]) -> None:
        """Paint areas, images, and what of text is outlines."""
        for mark in marks:
            match mark:
                case Words():
                    self.text(mark)
                case Area():
                    self.area(mark)
                case Window():
                    self.window(mark)
                case _:
                    assert_never(mark)

    def texts(self, marks: Iterable[Mark]) -> None:
        """Write the text of marks, to be found and copied: seen, but for that whose outlines are."""
        for line in place_lines((Group("", tuple(marks)),), self.theme, self.book):
            self.line(line)

    def text(self, words: Words) -> None:
        """Paint what of a paragraph no font shows."""
        for slot, glyphs in text_glyphs(words, self.theme, self.book, lettered=True):
            if not glyphs:
                continue
            self.operations.append(f"{self.colour(slot)} rg")
            for glyph in glyphs:
                scale = f"{glyph.size / EM:.6g}"
                place = f"{scale} 0 0 -{scale} {number(glyph.x)} {number(glyph.y)}"
                self.operations.append(f"q {place} cm /O{self.stencils.number(glyph.outline)} Do Q")

    def area(self, area: Area) -> None:
        """Paint an area."""
        self.operations.append("q")
        fill, stroke = area.fill, area.stroke
        opacity = (fill.alpha if fill else 1.0, stroke.alpha if stroke else 1.0)
        if opacity != (1.0, 1.0):
            self.operations.append(f"/{self.state(*opacity)} gs")
        if fill:
            self.operations.append(f"{self.colour(fill.slot)} rg")
        if stroke:
            width = stroke.width.px
            dashes = " ".join(number(width * part) for part in DASH) if stroke.dashed else ""
            ends = " 1 J 1 j" * stroke.round
            self.operations.append(f"{self.colour(stroke.slot)} RG {number(width)} w [{dashes}] 0 d{ends}")
        paint = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}
        self.operations += [*_path(segments(area.outline)), f"{paint[bool(fill), bool(stroke)]} Q"]

    def window(self, window: Window) -> None:
        """Paint what is seen of an image; its unit square stands upright, with y upwards."""
        seen, whole = window.seen, window.whole
        edge = " ".join(map(number, (seen.x, seen.y, seen.w, seen.h)))
        place = " ".join(map(number, (whole.w, 0, 0, -whole.h, whole.x, whole.y + whole.h)))
        name = f"/I{self.images.setdefault(window.image, len(self.images))}"
        self.operations.append(f"q {edge} re W n {place} cm {name} Do Q")

    def state(self, fill: float, stroke: float) -> str:
        """Return the name of the graphics state with these opacities."""
        name = f"G{round(fill * EM)}-{round(stroke * EM)}"
        self.states[name] = Dictionary(ca=round(fill, 3), CA=round(stroke, 3))
        return name

    def colour(self, slot: str) -> str:
        """Return a colour's shares of red, green and blue."""
        code = self.palette[slot]
        return " ".join(f"{int(code[at : at + 2], 16) / 255:.3f}" for at in (0, 2, 4))

    def line(self, placed: PlacedLine) -> None:
        """Write a line of text from left to right: readers of PDF put right-to-left text in order.

        They do so with ActualText too, which would then come out reversed.
        """
        self.operations.append("BT")
        for look, clusters in _runs(placed):
            x, y = number(placed.x + clusters[0].x), number(placed.y)
            seen = f"0 Tr {self.colour(look.slot)} rg" if look.face else "3 Tr"
            font = f"/{self.fonts.name(look.face)} {number(look.size)} Tf"
            shown = f"{seen} {font} 1 0 0 -1 {x} {y} Tm {self.string(clusters, look.face)} TJ"
            self.operations.append(f"/Span <</Lang ({look.language})>> BDC {shown} EMC" if look.language else shown)
        self.operations.append("ET")

    def string(self, clusters: Iterable[Cluster], face: Face | None) -> str:
        """Return clusters as codes, and between them how much closer they are than their font has them."""
        parts, place, reached = [""], 0.0, 0
        for cluster in clusters:
            if closer := reached - round(place):
                parts += [str(closer), ""]
                reached -= closer
            for code, width in self.coded(cluster, face):
                parts[-1] += f"{code:04X}"
                reached += width
            place += cluster.width / cluster.size * EM
        return f"[{' '.join(part if at % 2 else f'<{part}>' for at, part in enumerate(parts))}]"

    def coded(self, cluster: Cluster, face: Face | None) -> Iterator[tuple[int, int]]:
        """Yield the codes of a cluster, and the width that its font gives to each.

        From right to left each character has one, as it is seen: readers reverse what they find, mirror its brackets,
        and would reverse a ligature's text. The last one then shows all glyphs, the others nothing.
        """
        texts = [*mirrored(cluster.text)[::-1]] if cluster.rtl else [cluster.text]
        width = round(cluster.width / cluster.size * EM / len(texts))  # viewers take whole numbers only
        back = width * (len(texts) - 1) / EM
        glyphs = tuple((glyph, x - back, y) for glyph, x, y in cluster.shown[1]) if face and cluster.shown else ()
        for at, text in enumerate(texts, start=1):
            yield self.fonts.code(face, glyphs if at == len(texts) else (), text, width)


class _Look(NamedTuple):
    """How neighbours in a line look: their face, None if they are not seen, and their language if it is not all else's."""

    face: Face | None
    slot: str
    size: float
    language: str


def _runs(line: PlacedLine) -> Iterator[tuple[_Look, list[Cluster]]]:
    """Yield neighbours that look alike together."""

    def look(cluster: Cluster) -> _Look:
        piece, shown = line.line.pieces[cluster.span], letter(cluster, line)
        return _Look(shown and shown[0], piece.slot if shown else "", cluster.size, piece.foreign or line.foreign)

    for key, run in groupby(line.drawn.clusters, look):
        yield key, list(run)


def _outline(pdf: Pdf, outline: Outline) -> Object:
    """Return a glyph's outline as a form; where parts of it overlap, as they may, all is filled (non-zero rule)."""
    scaled = [(name, tuple(round(value * EM) for value in values)) for name, values in outline]
    across, down = ([value for _, values in scaled for value in values[at::2]] for at in (0, 1))
    box = Array([min(across), min(down), max(across), max(down)])
    form = pdf.make_stream("\n".join([*_path(_bent(scaled)), "f"]).encode("ascii"))
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, box
    return form


def _bent(outline: Iterable[Segment]) -> Iterator[Segment]:
    """Yield an outline whose straight lines are curves: viewers set rectangles on whole pixels, an l or a dash too."""
    at = (0.0, 0.0)
    for name, values in outline:
        yield ("C", (*at, *values, *values)) if name == "L" else (name, values)
        at = (values[-2], values[-1]) if values else at


def _path(outline: Iterable[Segment]) -> Iterator[str]:
    """Yield the operations of a path; PDF has no quadratic curves."""
    at = (0.0, 0.0)
    for name, values in outline:
        if name == "Q":
            (x0, y0), (x1, y1, x, y) = at, values
            values = (x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3, x + (x1 - x) * 2 / 3, y + (y1 - y) * 2 / 3, x, y)
            name = "C"
        yield " ".join([*map(number, values), OPERATORS[name]])
        at = (values[-2], values[-1]) if values else at
