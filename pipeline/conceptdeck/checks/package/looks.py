"""How what stands on a slide looks: its place, size and colour, also those that it takes from layout and master."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from conceptdeck.checks.package.colours import background, fill_of, map_of, override_of, scheme_of, shade_of
from conceptdeck.checks.package.holders import FOOT, HEIRS, STYLES, TITLES, box_of, number
from conceptdeck.checks.package.opened import SHAPE_TAGS, Element, Part, named_of, type_of
from conceptdeck.checks.package.schema import qualified
from conceptdeck.checks.package.ties import TYPED
from conceptdeck.values.colour import shaded
from conceptdeck.values.masters import Shade
from conceptdeck.values.units import Box, Length
from conceptdeck.values.value import frozen

__all__ = ["Looks", "Piece", "Standing", "looks_of"]

ALTERNATES, CHOICE = qualified("mc:AlternateContent"), qualified("mc:Choice")
GROUP, BODY, LISTS = qualified("p:grpSp"), qualified("p:txBody"), qualified("a:lstStyle")
BREAK = qualified("a:br")
RUNS = frozenset((qualified("a:r"), qualified("a:fld")))
SOLID, TEXT = qualified("a:solidFill"), qualified("a:t")
DEEPEST, MOST_SHAPES = 20, 400
USUAL_SIZE = 1800  # hundredths of a point, where nothing says another
UNREAD = frozenset(qualified(f"a:{name}") for name in ("tint", "shade", "alpha", "satMod", "gamma", "inv", "comp"))
TRUE = ("1", "true")


@frozen
class Standing:
    """A shape with its place on the slide, and the placeholders of layout and master that it takes from."""

    shape: Element
    box: Box
    heirs: tuple[Element, ...]  # itself, then that of the layout, then that of the master
    type: str  # of its placeholder, nothing if it fills none
    fill: Shade | None
    kind: str  # what fills it beside a colour: a picture, a gradient

    def body(self, name: str, default: str = "") -> str:
        """Return what the nearest says of the body of its text."""
        for heir in self.heirs:
            found = heir.find(f"{BODY}/{qualified('a:bodyPr')}")
            if found is not None and found.get(name) is not None:
                return found.get(name, "")
        return default

    def fitting(self) -> Element | None:
        """Return how the text is fitted, as the nearest says that says anything."""
        for heir in self.heirs:
            found = heir.find(f"{BODY}/{qualified('a:bodyPr')}")
            for child in () if found is None else found.iterchildren("*"):
                if child.tag.endswith(("}noAutofit", "}normAutofit", "}spAutoFit")):
                    return child
        return None


@frozen
class Piece:
    """A piece of text as it is set: its size in points, its font, and what colour it has, None if that is not known."""

    text: str
    size: float
    bold: bool
    font: str
    colour: str | None
    at: Element
    lang: str = ""


@dataclass(eq=False)
class Looks:
    """What stands on a slide, and what it takes from the parts that it builds on."""

    part: Part
    layout: Part | None
    master: Part | None
    theme: Part | None
    main: Part | None

    @cached_property
    def scheme(self) -> Mapping[str, str]:
        """The colours of the theme by the names that slides use."""
        colours = scheme_of(self.theme) if self.theme else {}
        names = map_of(self.master) if self.master else {}
        names = {**names, **(override_of(self.layout) if self.layout else {}), **override_of(self.part)}
        return {**colours, **{name: colours[to] for name, to in names.items() if to in colours}}

    def digits(self, shade: Shade | None) -> str | None:
        """Return a colour as six digits, None if it is not known."""
        if shade is None:
            return None
        found = shade.fixed or self.scheme.get(shade.name)
        return (
            None
            if found is None
            else shaded(found, shade.mod, shade.off)
            if (shade.mod, shade.off) != (100, 0)
            else found
        )

    @cached_property
    def ground(self) -> tuple[str | None, bool]:
        """The colour that the slide stands on, and whether it is plain."""
        for page in (self.part, self.layout, self.master):
            found = None if page is None else background(page, self.theme)
            if found is not None:
                return self.digits(found.shade), not found.kind
        return self.scheme.get("bg1"), True

    @cached_property
    def standing(self) -> tuple[Standing, ...]:
        """What stands on the slide itself, from back to front."""
        return tuple(self._standing(self.part))

    @cached_property
    def below(self) -> tuple[Standing, ...]:
        """What of master and layout shows below the slide: all that is no placeholder."""
        pages = [] if self.part.root.get("showMasterSp") in ("0", "false") else [self.master, self.layout]
        if self.layout is not None and self.layout.root.get("showMasterSp") in ("0", "false"):
            pages = pages[1:]
        return tuple(each for page in pages if page is not None for each in self._standing(page) if not each.type)

    def _standing(self, page: Part) -> Iterator[Standing]:
        tree = page.root.find(f"{qualified('p:cSld')}/{qualified('p:spTree')}")
        found = [] if tree is None else list(_walk(tree, (0.0, 0.0, 1.0, 1.0), 0))
        for shape, place in found[:MOST_SHAPES]:
            named = named_of(shape)
            if named is not None and named.get("hidden") in TRUE:
                continue
            holder = page.holders.get(shape)
            heirs = (shape, *(self._heirs(holder) if page is self.part and holder is not None else ()))
            box = next((each for heir in heirs if (each := box_of(heir)) is not None), None)
            if box is not None:
                fill, kind = next(
                    ((f, k) for heir in heirs for f, k in [fill_of(heir)] if f or k or _is_bare(heir)), (None, "")
                )
                yield Standing(shape, _moved(box, place), heirs, type_of(holder), fill, kind)

    def _heirs(self, holder: Element) -> Iterator[Element]:
        type_, index = type_of(holder), holder.get("idx", "0")
        for shape, other in () if self.layout is None else self.layout.holders.items():
            same = type_of(other) == type_ if type_ in TYPED else other.get("idx", "0") == index
            if same or (type_ in TITLES and type_of(other) in TITLES):
                yield shape
                type_ = type_of(other)
                break
        for shape, other in () if self.master is None else self.master.holders.items():
            if type_of(other) == HEIRS.get(type_, "body"):
                yield shape
                break

    # --- text ------------------------------------------------------------------------------------

    def paragraphs(self, standing: Standing) -> Iterator[tuple[Element, list[Piece]]]:
        """Yield each paragraph of a shape with its pieces of text."""
        body = standing.shape.find(BODY)
        for paragraph in () if body is None else body.iterchildren(qualified("a:p")):
            levels = self.levels(standing, paragraph)
            parts = [each for each in paragraph if each.tag in RUNS or each.tag == BREAK]
            yield paragraph, [self._piece(standing, each, levels) for each in parts]

    def levels(self, standing: Standing, paragraph: Element) -> list[Element]:
        """Return what styles say of a paragraph, the nearest first."""
        own = paragraph.find(qualified("a:pPr"))
        level = qualified(f"a:lvl{min(number(own, 'lvl'), 8) + 1 if own is not None else 1}pPr")
        lists = [heir.find(f"{BODY}/{LISTS}/{level}") for heir in standing.heirs]
        styles = None if self.master is None else self.master.root.find(qualified("p:txStyles"))
        if standing.type and styles is not None:
            name = "otherStyle" if standing.type in FOOT else STYLES["title" if standing.type in TITLES else "body"]
            lists.append(styles.find(f"{qualified(f'p:{name}')}/{level}"))
        if self.main is not None:
            lists.append(self.main.root.find(f"{qualified('p:defaultTextStyle')}/{level}"))
        return [each for each in (own, *lists) if each is not None]

    def _piece(self, standing: Standing, run: Element, levels: Sequence[Element]) -> Piece:
        said = [each for level in levels if (each := level.find(qualified("a:defRPr"))) is not None]
        own = run.find(qualified("a:rPr"))
        said = said if own is None else [own, *said]
        size = next((number(each, "sz") for each in said if number(each, "sz") > 0), USUAL_SIZE) / 100
        bold = next((each.get("b") for each in said if each.get("b") is not None), "0") in TRUE
        font = next(
            (each.get("typeface", "") for one in said if (each := one.find(qualified("a:latin"))) is not None), ""
        )
        text = "\n" if run.tag == BREAK else run.findtext(TEXT) or ""
        return Piece(
            text,
            size * self._shrink(standing),
            bold,
            self._font(font, standing),
            self._colour(standing, said),
            run,
            "" if own is None else own.get("lang", ""),
        )

    def _shrink(self, standing: Standing) -> float:
        """Return to what share a text was shrunk to fit."""
        fitting = standing.fitting()
        share = 0 if fitting is None else number(fitting, "fontScale")
        return share / 100_000 if 0 < share < 100_000 else 1.0

    def _font(self, name: str, standing: Standing) -> str:
        """Return the name of a font; `+mj-lt` and `+mn-lt` are those of the theme."""
        if name and not name.startswith("+"):
            return name
        kind = "majorFont" if name.startswith("+mj") or (not name and standing.type in TITLES) else "minorFont"
        found = next(iter(self.theme.all(f"a:{kind}")), None) if self.theme is not None else None
        latin = None if found is None else found.find(qualified("a:latin"))
        return "" if latin is None else latin.get("typeface", "")

    def _colour(self, standing: Standing, said: Sequence[Element]) -> str | None:
        """Return the colour of a text, None if it is one of a kind that is not read."""
        if said and said[0].find(qualified("a:hlinkClick")) is not None:
            return None
        for each in said:
            for child in each.iterchildren("*"):
                if child.tag.endswith(("}gradFill", "}noFill", "}blipFill", "}pattFill")):
                    return None
                if child.tag == SOLID:
                    return None if _is_unread(child) else self.digits(shade_of(child))
        style = standing.shape.find(f"{qualified('p:style')}/{qualified('a:fontRef')}")
        named = None if style is None else shade_of(style)
        return self.digits(named or Shade("tx1"))


def _is_bare(shape: Element) -> bool:
    """Tell whether a shape says that it has no fill."""
    return shape.find(f"{qualified('p:spPr')}/{qualified('a:noFill')}") is not None


def _is_unread(fill: Element) -> bool:
    """Tell whether a colour is changed in a way that is not read."""
    return any(each.tag in UNREAD for each in fill.iter())


Place = tuple[float, float, float, float]  # where from, and how many times as large


def _walk(tree: Element, place: Place, depth: int) -> Iterator[tuple[Element, Place]]:
    """Yield the shapes of a page from back to front, those of groups too, with how their places are to be read."""
    for child in tree.iterchildren("*"):
        if child.tag == ALTERNATES:
            choice = child.find(CHOICE)
            yield from () if choice is None else _walk(choice, place, depth + 1)
        elif child.tag == GROUP and depth < DEEPEST:
            yield from _walk(child, _inner(child, place), depth + 1)
        elif child.tag in SHAPE_TAGS and child.tag != GROUP:
            yield child, place


def _inner(group: Element, place: Place) -> Place:
    """Return how places in a group are to be read."""
    found = group.find(f"{qualified('p:grpSpPr')}/{qualified('a:xfrm')}")
    parts = [None if found is None else found.find(qualified(f"a:{name}")) for name in ("off", "ext", "chOff", "chExt")]
    if any(each is None for each in parts):
        return place
    off, ext, inner, size = parts
    wide, high = number(size, "cx"), number(size, "cy")  # type: ignore[arg-type]  # none is missing
    across = number(ext, "cx") / wide if wide else 1.0  # type: ignore[arg-type]
    down = number(ext, "cy") / high if high else 1.0  # type: ignore[arg-type]
    x = number(off, "x") - number(inner, "x") * across  # type: ignore[arg-type]
    y = number(off, "y") - number(inner, "y") * down  # type: ignore[arg-type]
    return (place[0] + x * place[2], place[1] + y * place[3], across * place[2], down * place[3])


def _moved(box: Box, place: Place) -> Box:
    x, y, across, down = place
    return Box(Length(x + box.x * across), Length(y + box.y * down), Length(box.w * across), Length(box.h * down))


def looks_of(part: Part) -> Looks:
    """Return how what stands on a slide looks."""
    shared = part.deck.shared

    def next_of(of: Part | None, kind: str) -> Part | None:
        relations = {} if of is None else of.relations
        return next((shared.get(each.target) for each in relations.values() if each.kind == kind), None)

    layout = next_of(part, "slideLayout")
    master = next_of(layout, "slideMaster")
    return Looks(part, layout, master, next_of(master, "theme"), shared.get(part.deck.main))
