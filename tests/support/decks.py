"""What the tests of decks share: building one, reading its package, and where things are on a slide.

Nothing here reuses the geometry or the XML of `pipeline`: a deck is read back as any other program would.
"""

from __future__ import annotations

import math
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from unittest import mock

import yaml
from lxml import etree
from PIL import ImageFont

from conceptdeck.building.appearances import appearances
from conceptdeck.building.deck import DeckJob, build_deck, write_deck
from conceptdeck.checks.content import check_content, shown_nowhere
from conceptdeck.reading.map import read_map
from conceptdeck.reading.source import parse
from conceptdeck.values.frame import Connector, Frame, Item, Shape, Table, TextBody
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.text import texts
from conceptdeck.values.theme import Theme

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "data" / "world-models" / "map.yaml"
MAPS = ROOT / "tests" / "maps"
THEMES = ("atlas", "orbit")

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
EMU_PER_POINT = 12_700
LABELS = {
    "term.supports": "Supports",
    "term.relies-on": "Relies on",
    "term.connects": "What this map connects",
    "term.lenses": "Familiar things and what each explains",
}
"""Words that the program itself writes on slides, by the name of their shape."""

# --- building ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Built:
    """A deck on disk, and the values that it was made from."""

    path: Path
    frames: tuple[Frame, ...]
    theme: Theme
    map: ConceptMap

    @cached_property
    def package(self) -> Package:
        return Package(self.path)


def build_map(map_file: Path, theme: str, out: Path) -> Built:
    """Build a deck as the command line does, and keep the frames that were written."""
    kept: list[tuple[tuple[Frame, ...], Theme]] = []

    def keep(frames, used, *more):
        kept.append((tuple(frames), used))  # before the writer lets go of them
        return write_deck(frames, used, *more)

    with mock.patch("conceptdeck.building.deck.write_deck", keep):
        result = build_deck(DeckJob(map_file, theme, out))
    [(frames, used)] = kept
    node, problems = parse(map_file.read_text(encoding="utf-8"), str(map_file))
    concept_map, more = read_map(node, map_file.resolve().parent.name)
    assert (*problems, *more) == ()
    return Built(result.path, frames, used, concept_map)


SAMPLE = """\
full: [cover, lenses, steps, agenda, dividers, layers.past, concept:metaverse, tables, categories, relation-map,
  relations.metaverse, strata, aims, conclusion, closing, sources]
"""


def build_sample(folder: Path) -> Built:
    """Build a deck of the shipped map with one slide of each kind, which is read in a third of the time."""
    path = write_map(folder / "world-models", shipped_tree())
    path.with_name("stories.yaml").write_text(SAMPLE, encoding="utf-8")
    return build_map(path, "atlas", folder / "out")


def shipped_tree() -> dict:
    """Return the shipped map as plain dicts and lists of strings, to be edited and dumped."""
    return yaml.load(SHIPPED.read_text(encoding="utf-8"), yaml.BaseLoader)


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data) -> bool:
        return True


def write_map(folder: Path, tree: dict) -> Path:
    """Write a map's tree as the map called like `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "map.yaml"
    text = yaml.dump(tree, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(text, encoding="utf-8")
    return path


# --- the package ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Relation:
    id: str
    type: str
    target: str
    external: bool


class Package:
    """The parts of an Office file, read with zipfile and lxml only."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.names = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.names}

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name])

    def relations(self, part: str) -> list[Relation]:
        """Return the relations of a part; "" is the package. Targets inside are part names."""
        folder, _, name = part.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self.parts:
            return []
        return [
            Relation(
                each.get("Id"),
                each.get("Type"),
                each.get("Target")
                if each.get("TargetMode") == "External"
                else posixpath.normpath(posixpath.join("/", folder, each.get("Target"))).lstrip("/"),
                each.get("TargetMode") == "External",
            )
            for each in self.xml(rels).findall(f"{RELS}Relationship")
        ]

    def related(self, part: str, kind: str) -> list[str]:
        return [each.target for each in self.relations(part) if each.type.endswith(f"/{kind}")]

    @cached_property
    def slides(self) -> list[str]:
        """Return the names of the slide parts in the order of the show."""
        targets = {each.id: each.target for each in self.relations("ppt/presentation.xml")}
        listed = self.xml("ppt/presentation.xml").iterfind(f"{P}sldIdLst/{P}sldId")
        return [targets[each.get(f"{R}id")] for each in listed]

    def matching(self, pattern: str) -> list[str]:
        return [name for name in self.names if re.fullmatch(pattern, name)]

    @cached_property
    def layouts(self) -> list[str]:
        return self.matching(r"ppt/slideLayouts/[^/]+\.xml")

    def layout_of(self, slide: str) -> str:
        (layout,) = self.related(slide, "slideLayout")
        return layout

    def notes_of(self, slide: str) -> str:
        """Return the text of a slide's notes."""
        (notes,) = self.related(slide, "notesSlide")
        return spoken("\n".join(text_of(shape) for shape in shapes(self.xml(notes)) if holder(shape) == "body"))

    def everything(self) -> str:
        """Return all that an audience or a speaker reads, and what the file says about itself."""
        pieces = [text_of(each) for name in self.slides for each in self.xml(name).iter(f"{P}sp", f"{A}tc")]
        about = [each.text or "" for each in self.xml("docProps/core.xml")]
        return "\n".join([*pieces, *map(self.notes_of, self.slides), *about])


def shapes(slide: etree._Element) -> list[etree._Element]:
    """Return what stands on a slide, in order: shapes, connectors, pictures, frames."""
    tags = (f"{P}sp", f"{P}cxnSp", f"{P}pic", f"{P}graphicFrame", f"{P}grpSp")
    return list(slide.find(f"{P}cSld/{P}spTree").iter(*tags))


def properties(shape: etree._Element) -> etree._Element:
    """Return a shape's `p:cNvPr`."""
    return next(shape.iter(f"{P}cNvPr"))


def holder(shape: etree._Element) -> str | None:
    """Return the type of the placeholder that a shape is, None if it is none."""
    found = shape.find(f"./*/{P}nvPr/{P}ph")
    return None if found is None else found.get("type", "obj")


def text_of(shape: etree._Element) -> str:
    """Return the text of a shape or a cell: paragraphs and breaks become line feeds."""
    body = next((each for each in shape if each.tag.endswith("}txBody")), None)
    if body is None:
        return ""
    return "\n".join(
        "".join("\n" if each.tag == f"{A}br" else each.text or "" for each in p.iter(f"{A}t", f"{A}br"))
        for p in body.iter(f"{A}p")
    )


def spoken(notes: str) -> str:
    """Return notes without the line that says from when to when the slide is shown."""
    return re.sub(r"\A\d+:\d\d to \d+:\d\d min(\n|\Z)", "", notes)


def titles(slide: etree._Element) -> list[str]:
    return [text_of(each) for each in shapes(slide) if holder(each) in ("title", "ctrTitle")]


# --- places --------------------------------------------------------------------------------------

Place = tuple[float, float]


def corners(transform: etree._Element) -> tuple[int, int, int, int]:
    """Return left, top, width and height of an `a:xfrm`."""
    off, ext = transform.find(f"{A}off"), transform.find(f"{A}ext")
    return int(off.get("x")), int(off.get("y")), int(ext.get("cx")), int(ext.get("cy"))


def sites(shape: etree._Element) -> list[Place]:
    """Return a shape's connection sites, by `cxnLst` of ECMA-376 presetShapeDefinitions.

    rect and roundRect: top, left, bottom, right. ellipse: from the top against the clock, every 45 degrees.
    """
    x, y, w, h = corners(shape.find(f"{P}spPr/{A}xfrm"))
    preset = shape.find(f"{P}spPr/{A}prstGeom").get("prst")
    middle, centre = x + w / 2, y + h / 2
    if preset in ("rect", "roundRect"):
        return [(middle, y), (x, centre), (middle, y + h), (x + w, centre)]
    assert preset == "ellipse", f"no sites known for {preset}"
    turns = [math.radians(90 + 45 * step) for step in range(8)]
    return [(middle + w / 2 * math.cos(turn), centre - h / 2 * math.sin(turn)) for turn in turns]


def ends(connector: etree._Element) -> tuple[Place, Place]:
    """Return where a connector starts and ends: its box, flipped, then turned about its centre."""
    transform = connector.find(f"{P}spPr/{A}xfrm")
    x, y, w, h = corners(transform)
    turn = math.radians(int(transform.get("rot", "0")) / 60_000)
    flip_x, flip_y = (-1 if transform.get(name) == "1" else 1 for name in ("flipH", "flipV"))

    def placed(dx: float, dy: float) -> Place:
        dx, dy = dx * flip_x, dy * flip_y
        return (
            x + w / 2 + dx * math.cos(turn) - dy * math.sin(turn),
            y + h / 2 + dx * math.sin(turn) + dy * math.cos(turn),
        )

    return placed(-w / 2, -h / 2), placed(w / 2, h / 2)


@dataclass(frozen=True)
class Block:
    """The lines of one text as they were computed, and the box that they may fill, in points."""

    name: str
    left: float
    top: float
    right: float
    bottom: float
    body: TextBody

    @property
    def lines(self) -> list[str]:
        return [line for paragraph in self.body.paragraphs for line in paragraph.lines]

    def ink(self, theme: Theme) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of the lines, measured here with Pillow."""
        width = max((width_of(p, line, theme) for p in self.body.paragraphs for line in p.lines), default=0)
        width = min(width, self.right - self.left)
        height = sum(p.before + p.leading * len(p.lines) for p in self.body.paragraphs)
        align = self.body.paragraphs[0].align if self.body.paragraphs else "l"
        x = {"l": self.left, "r": self.right - width}.get(align, (self.left + self.right - width) / 2)
        y = {"t": self.top, "b": self.bottom - height}.get(self.body.anchor, (self.top + self.bottom - height) / 2)
        return x, y, x + width, y + height


def blocks(frame: Frame) -> list[Block]:
    """Return the texts of a slide in the order of painting; each table cell is one."""
    return [block for item in frame.items for block in _blocks(item)]


def _blocks(item: Item) -> Iterator[Block]:
    if isinstance(item, Shape) and item.text:
        box = item.box
        yield _block(item.name, (box.x, box.y, box.right, box.bottom), item.text)
    elif isinstance(item, Table):
        y = item.box.y
        for row in item.rows:
            x = item.box.x
            for (key, width), cell in zip(item.columns, row.cells, strict=True):
                yield _block(f"{row.key}.{key.rpartition('.')[2]}", (x, y, x + width, y + row.height), cell.body)
                x += width
            y += row.height


def _block(name: str, box: Sequence[int], body: TextBody) -> Block:
    left, top, right, bottom = (
        (edge + inset) / EMU_PER_POINT
        for edge, inset in zip(box, (*body.margins[:2], *(-m for m in body.margins[2:])), strict=True)
    )
    return Block(name, left, top, right, bottom, body)


def width_of(paragraph, line: str, theme: Theme) -> float:
    """Return the width of a line; a character of East Asia is one em wide."""
    run = paragraph.runs[0]
    files = next(each for each in theme.families if each.name == (theme.major if run.major else theme.minor))
    font = _font(files.bold if run.bold else files.regular)
    wide = sum(1 for c in line if ord(c) >= 0x2E80)
    narrow = "".join(c for c in line if ord(c) < 0x2E80)
    return font.getlength(narrow) * run.size / font.size + wide * run.size


@lru_cache
def _font(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(ROOT / "themes" / "fonts" / name, 200)


def beyond(frame: Frame, theme: Theme) -> list[str]:
    """Return the names of what lies beyond the slide; decoration may bleed."""
    size = theme.size
    found = []
    for item in frame.items:
        if isinstance(item, Connector):
            xs, ys = (item.start.x, item.end.x), (item.start.y, item.end.y)
        elif isinstance(item, Shape) and item.decorative:
            continue
        else:
            xs, ys = (item.box.x, item.box.right), (item.box.y, item.box.bottom)
        if min(xs) < 0 or min(ys) < 0 or max(xs) > size.w or max(ys) > size.h:
            found.append(item.name)
    return found


def overlaps(frame: Frame, theme: Theme, slack: float = 1.0) -> list[tuple[str, str]]:
    """Return the pairs of texts on a slide whose lines share some area, `slack` points forgiven."""
    inks = [(block.name, block.ink(theme)) for block in blocks(frame) if block.lines]
    return [
        (one, other)
        for index, (one, a) in enumerate(inks)
        for other, b in inks[index + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > slack and min(a[3], b[3]) - max(a[1], b[1]) > slack
    ]


# --- texts ---------------------------------------------------------------------------------------


def values(concept_map: ConceptMap) -> Mapping[str, str]:
    """Return the map's texts by key."""
    return {text.key: text.value for text in texts(concept_map)}


def unspaced(text: str) -> str:
    return re.sub(r"\s", "", text)


def plain(text: str) -> str:
    """Return the text without case, kinds of spaces and kinds of quotation marks."""
    text = text.translate(str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u2011": "-"}))
    return re.sub(r"\s+", " ", text).casefold()


def lacking(built: Built) -> list[str]:
    """Return the keys of texts that a deck neither shows nor holds, though no rule on content says so.

    Diagrams are pictures for articles: decks have none.
    """
    everything = unspaced(built.package.everything())
    needed = values(replace(built.map, diagrams=()))
    missing = [key for key, value in needed.items() if unspaced(value) not in everything]
    return [key for key in missing if key not in (found_lacking(built) if missing else ())]


def found_lacking(built: Built) -> set[str]:
    """Return the keys of the texts that the rules on content find to be shown nowhere."""
    deck_map = replace(built.map, diagrams=())
    places = appearances(built.map, built.frames, (), built.map.tags)
    shown = {key for key, each in places.items() if each.slides or each.notes or each.properties}
    named = {"unused-system", "orphan-concept", "unused-relation-type"}
    unused = [each.span for each in check_content(built.map) if each.code in named]
    elements = {text.key.rpartition(".")[0] for text in texts(built.map) if text.span in unused}
    spans = {each.span for each in shown_nowhere(deck_map, shown)}
    return {text.key for text in texts(built.map) if text.span in spans or text.key.rpartition(".")[0] in elements}
