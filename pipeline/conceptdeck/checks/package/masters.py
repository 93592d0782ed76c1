"""Read what the masters and layouts of a presentation say, whoever wrote it: parts are found by their relationships."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from conceptdeck.checks.package.archive import has_xml, unpacked
from conceptdeck.checks.package.colours import background, fill_of, map_of, override_of, scheme_of
from conceptdeck.checks.package.contents import TYPES
from conceptdeck.checks.package.deck import resolved
from conceptdeck.checks.package.holders import Styles, box_of, found_holders, number
from conceptdeck.checks.package.opened import RELATIONSHIP, SHAPE_TAGS, Element, OpenedDeck, Part, named_of, open_part
from conceptdeck.checks.package.rules import NO_PRESENTATION, NOT_A_PACKAGE
from conceptdeck.checks.package.schema import qualified
from conceptdeck.checks.package.table_styles import table_of
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.facts import Relation
from conceptdeck.values.masters import Decoration, FoundLayout, FoundMaster, FoundTemplate, Ground
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.units import Box, Length, Size

__all__ = ["read_template"]

LINK = qualified("r:id")
CHOICE, ALTERNATES = qualified("mc:Choice"), qualified("mc:AlternateContent")
MOST_MASTERS, MOST_LAYOUTS, MOST_SHAPES = 32, 200, 400  # that are looked at
SHORTEST, LONGEST = 914_400, 51_206_400  # EMU: ST_SlideSizeCoordinate
RECTANGLES = frozenset({"rect", "roundRect", "round1Rect", "round2SameRect", "flowChartProcess"})
FULL = 0.9  # of a slide: what covers as much is its ground

NO_LAYOUT = Rule("no-layout", "theme and files", ERROR, "a template without a layout").because("""
    Slides are built on the layouts of a template, and these belong to a master. A file that has none, or whose masters
    cannot be read, is no template. Open it in PowerPoint and save it again.
""")
BAD_SLIDE_SIZE = Rule("bad-slide-size", "theme and files", ERROR, "slides of a size that none can have").because("""
    The sides of slides are from 1 to 56 inches long.
""")


def read_template(data: bytes, path: str) -> tuple[FoundTemplate | None, tuple[Diagnostic, ...]]:
    """Return what a presentation says of its masters, or why it says nothing; messages call it `path`."""
    parts, problems = unpacked(data, path)
    if not parts:
        return None, problems
    reader = _Reader(OpenedDeck(path, parts))
    found = reader.template()
    return found, (*problems, *reader.problems)


class _Reader:
    """Open the parts of one package that a template needs."""

    def __init__(self, deck: OpenedDeck) -> None:
        self.deck = deck
        self.problems: list[Diagnostic] = []

    def template(self) -> FoundTemplate | None:
        """Return what the package says, None if it is none."""
        if TYPES not in self.deck.parts:
            self.problems.append(
                NOT_A_PACKAGE.at(f"the file has no `{TYPES}`: it is no Office file", Span(self.deck.path))
            )
            return None
        main = self._opened(next(self._related("", "officeDocument"), ""))
        if main is None or main.root.tag != qualified("p:presentation"):
            self.problems.append(NO_PRESENTATION.at("the file names no presentation to open", Span(self.deck.path)))
            return None
        size = self._size(main)
        texts = main.root.find(qualified("p:defaultTextStyle"))
        masters = [each for each in self._masters(main, size, texts) if each.layouts] if size else []
        if size and not masters:
            hints = ("open it in PowerPoint and save it again",)
            self.problems.append(NO_LAYOUT.at("the file has no layout to build on", Span(self.deck.path), hints=hints))
        if not size or not masters:
            return None
        fonts = (each.find(qualified("p:font")) for each in main.all("p:embeddedFont"))
        embedded = (each.get("typeface", "") for each in fonts if each is not None)
        return FoundTemplate(
            size,
            tuple(masters),
            tuple(dict.fromkeys(embedded)),
            sum(1 for _ in self._related(main.name, "slide")),
            any(True for _ in self._related(main.name, "vbaProject")),
            table_of(self._opened(next(self._related(main.name, "tableStyles"), ""))),
        )

    def _size(self, main: Part) -> Size | None:
        """Return the size of slides."""
        found = next(iter(main.all("p:sldSz")), None)
        sides = [number(found, side) for side in ("cx", "cy")] if found is not None else []
        if len(sides) == 2 and all(SHORTEST <= side <= LONGEST for side in sides):
            return Size(Length(sides[0]), Length(sides[1]))
        self.problems.append(BAD_SLIDE_SIZE.at("the file says no size that slides can have", Span(self.deck.path)))
        return None

    def _masters(self, main: Part, size: Size, texts: Element | None) -> Iterator[FoundMaster]:
        """Yield the masters in the order of the presentation's list; those that it does not name are not its own."""
        for each in islice(main.all("p:sldMasterId"), MOST_MASTERS):
            part = self._opened(self._linked(main.name, each.get(LINK, ""), "slideMaster"))
            if part is not None:
                yield self._master(part, size, texts)

    def _master(self, part: Part, size: Size, texts: Element | None) -> FoundMaster:
        theme = self._opened(next(self._related(part.name, "theme"), ""))
        styles = Styles(part, texts)
        own = found_holders(part, styles)
        listed = [self._linked(part.name, each.get(LINK, ""), "slideLayout") for each in part.all("p:sldLayoutId")]
        opened = [self._opened(name) for name in dict.fromkeys(islice(listed, MOST_LAYOUTS))]
        bare = FoundMaster(
            _stem(part.name),
            "" if theme is None else theme.root.get("name", ""),
            {} if theme is None else scheme_of(theme),
            "" if theme is None else _font(theme, "major"),
            "" if theme is None else _font(theme, "minor"),
            own,
            (),
        )
        layouts = [self._layout(each, part, theme, styles, size) for each in opened if each is not None]
        return replace(bare, layouts=tuple(layouts))

    def _layout(self, part: Part, master: Part, theme: Part | None, styles: Styles, size: Size) -> FoundLayout:
        inherited = () if part.root.get("showMasterSp") in ("0", "false") else _decorations(master)
        things = (*inherited, *_decorations(part))
        ground = background(part, theme) or background(master, theme) or Ground()
        named = part.root.find(qualified("p:cSld"))
        whole = [each for each in things if each.rectangle and _covers(each.box, size)]
        for each in whole:
            kind = each.kind or ("" if each.fill else ground.kind)
            ground = Ground(each.fill or ground.shade, kind)
        return FoundLayout(
            _stem(part.name),
            "" if named is None else named.get("name", ""),
            part.root.get("type", ""),
            found_holders(part, styles),
            tuple(each for each in things if each not in whole),
            ground,
            map_of(master) | override_of(part),
        )

    def _opened(self, name: str) -> Part | None:
        """Return a part by its name; what cannot be read is told."""
        if not name or not has_xml(name):
            return None
        part, problems = open_part(self.deck, name)
        self.problems += problems
        return part

    def _related(self, source: str, kind: str) -> Iterator[str]:
        """Yield the names of the parts that a part has relationships of one kind to."""
        return (
            name for each in self._relations(source).values() if each.kind == kind for name in self._named(source, each)
        )

    def _linked(self, source: str, id_: str, kind: str) -> str:
        """Return the name of the part that a relationship leads to, if it is of that kind."""
        relation = self._relations(source).get(id_)
        return next(self._named(source, relation), "") if relation and relation.kind == kind else ""

    def _named(self, source: str, relation: Relation) -> Iterator[str]:
        name = self.deck.by_lower.get(resolved(source, relation.target).lower(), "")
        return iter([name] if name and not relation.external else [])

    def _relations(self, source: str) -> Mapping[str, Relation]:
        """Return the relationships of a part by id."""
        if source not in self.deck.relations:
            folder, name = posixpath.split(source)
            part = self._opened(self.deck.by_lower.get(posixpath.join(folder, "_rels", f"{name}.rels").lower(), ""))
            found = () if part is None else [_relation(each) for each in part.root.iter(RELATIONSHIP)]
            self.deck.relations[source] = {each.id: each for each in found}
        return self.deck.relations[source]


def _relation(element: Element) -> Relation:
    get = element.get
    kind = get("Type", "").rpartition("/")[2]
    return Relation(get("Id", ""), kind, get("Target", ""), get("TargetMode") == "External")


def _font(theme: Part, kind: str) -> str:
    """Return the font for Latin letters of a theme, `major` or `minor`."""
    fonts = next(iter(theme.all(f"a:{kind}Font")), None)
    latin = None if fonts is None else fonts.find(qualified("a:latin"))
    return "" if latin is None else latin.get("typeface", "")


def _stem(name: str) -> str:
    """Return the name of a part without folder and ending."""
    return posixpath.basename(name).rpartition(".")[0]


# --- decorations ---------------------------------------------------------------------------------


def _decorations(part: Part) -> tuple[Decoration, ...]:
    """Return what a page shows that is no placeholder: pictures, bars, lines, words."""
    tree = part.root.find(f"{qualified('p:cSld')}/{qualified('p:spTree')}")
    shapes = islice(_shapes(tree), MOST_SHAPES) if tree is not None else ()
    return tuple(found for each in shapes if each not in part.holders for found in _decoration(each))


def _shapes(tree: Element) -> Iterator[Element]:
    """Yield the shapes of a page; of alternatives the first."""
    for child in tree.iterchildren("*"):
        if child.tag == ALTERNATES:
            choice = child.find(CHOICE)
            yield from () if choice is None else (each for each in choice.iterchildren("*") if each.tag in SHAPE_TAGS)
        elif child.tag in SHAPE_TAGS:
            yield child


def _decoration(shape: Element) -> Iterator[Decoration]:
    """Yield a shape's box and fill, if it shows anything."""
    named, place = named_of(shape), box_of(shape)
    if place is None or named is None or named.get("hidden") in ("1", "true"):
        return
    fill, kind = fill_of(shape)
    bare = shape.tag == qualified("p:sp") and fill is None and not kind
    if bare and shape.find(f".//{qualified('a:ln')}") is None and shape.find(f".//{qualified('a:t')}") is None:
        return
    form = shape.find(f"{qualified('p:spPr')}/{qualified('a:prstGeom')}")
    rectangle = form is not None and form.get("prst") in RECTANGLES
    is_picture = shape.tag == qualified("p:pic")
    yield Decoration(named.get("name", ""), place, "picture" if is_picture else kind, fill, rectangle)


def _covers(box: Box, size: Size) -> bool:
    """Tell whether a box is as good as the whole slide."""
    across = min(box.right, size.w) - max(box.x, 0)
    down = min(box.bottom, size.h) - max(box.y, 0)
    return across >= FULL * size.w and down >= FULL * size.h
