"""Themes: palette, faces, type scale and the anatomy of each layout, read from YAML."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache, cached_property
from itertools import product
from typing import Any

from conceptdeck.reading import source
from conceptdeck.values.diagnostics import Diagnostic, Failure, Span
from conceptdeck.values.languages import script
from conceptdeck.values.units import Box, Length, Size, inches, pixels, points

__all__ = [
    "OPPOSITE", "FontFiles", "Layout", "Pictures", "PlaceholderSpec", "Role", "ScriptFont", "Theme", "blend",
    "contrast", "load_theme",
]  # fmt: skip

COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
FONT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 \-]{0,63}")
FONT_FILE = re.compile(r"[a-z0-9\-]+/[A-Za-z0-9\-]+\.(?:ttf|otf)")  # below the font folder
FONT_OF_PACKAGE = re.compile(r"[a-z][a-z0-9_]*/[A-Za-z0-9\-]+\.(?:ttf|otf|ttc)(?:#[0-9])?")
FURNITURE = {"date": 10, "footer": 11, "number": 12}  # placeholder indexes, those that PowerPoint gives
FIRST_INDEX = 13  # of what a layout has besides: an index belongs to one placeholder of a page
PLACEHOLDERS = ("title", "ctrTitle", "subTitle", "body", "tbl", "dt", "ftr", "sldNum")  # of ST_PlaceholderType
ANCHORS, ALIGNS, FACES = ("t", "ctr", "b"), ("l", "ctr", "r"), ("major", "minor")
OPPOSITE = {"l": "r", "r": "l"}
SCRIPT_SLOTS = ("ea", "cs")  # East Asian and complex scripts, as Office divides them
OFFICE_SCRIPTS = {"Kore": "Hang"}  # ISO 15924 has a code for Hangul with Han, Office has none
KEYS = (
    "extends", "name", "dark", "contrast", "colours", "fonts", "size", "grid", "scale", "roles", "strokes", "tints",
    "layouts", "accents", "furniture", "rings", "families", "fallbacks", "scripts", "talk", "opposite", "pictures",
    "handout", "spare",
)  # fmt: skip
SLOTS = ("page", "card", "ink", "secondary")
ACCENTS = 6
COLOURS = (*SLOTS, *(f"accent{number}" for number in range(1, ACCENTS + 1)))
LARGEST = 1000  # inches or points
READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of normal text; a theme may promise more
HIGHEST = 21  # black on white
FILLING = ("active", "soft")  # the tints that areas are filled with; the others are of lines


@dataclass(frozen=True, slots=True)
class FontFiles:
    """A font family as decks name it, and the files, below the font folder, that measure it.

    `instead` are the families that a browser may take in its place. `outlines` is a font in an installed package
    (`package/file#face`) that draws what the files can only measure.
    """

    name: str
    regular: str
    bold: str
    instead: tuple[str, ...] = ()
    outlines: str = ""


@dataclass(frozen=True, slots=True)
class ScriptFont:
    """The font of a script that the theme's own fonts lack: the one that decks name, and the family that measures it.

    `slot` is its kind as Office divides scripts, `leading` what the line pitch of Latin text is multiplied by. Headings
    are set in the theme's minor face if `plain`: what of them is Latin then goes with the script's own font.
    """

    script: str
    slot: str
    name: str
    measure: str = ""
    leading: float = 1.0
    plain: bool = False

    def fitted(self, role: Role) -> Role:
        """Return the role with the line pitch that the script needs."""
        return role if role.single else replace(role, leading=role.leading * self.leading)


@dataclass(frozen=True, slots=True)
class Role:
    """A role of text: face, sizes from the wanted one down to the floor, line pitch and colour slot.

    A `single` role has but one line, whose pitch is the same in every script.
    """

    name: str
    major: bool
    bold: bool
    sizes: tuple[float, ...]
    leading: float
    colour: str
    avoid_orphans: bool
    single: bool = False


@dataclass(frozen=True, slots=True)
class PlaceholderSpec:
    """A placeholder of a layout: its OOXML type and index, where it stands and how its text looks."""

    name: str
    type: str
    idx: int
    role: Role
    colour: str
    box: Box
    anchor: str
    align: str
    prompt: str
    first: bool = True  # of its type in its layout

    def mirrored(self, width: int) -> PlaceholderSpec:
        """Return the placeholder as it stands on a slide `width` wide that is read from the right."""
        return replace(self, box=self.box.mirrored(width), align=OPPOSITE.get(self.align, self.align))


@dataclass(frozen=True, slots=True)
class Layout:
    """A slide layout: placeholders by name, further boxes, and lengths in EMU."""

    key: str
    name: str
    placeholders: Mapping[str, PlaceholderSpec]
    boxes: Mapping[str, Box]
    numbers: Mapping[str, float]

    def with_roles(self, roles: Mapping[str, Role]) -> Layout:
        """Return the layout with its placeholders in other roles of the same names."""
        placeholders = {key: replace(spec, role=roles[spec.role.name]) for key, spec in self.placeholders.items()}
        return replace(self, placeholders=placeholders)

    def mirrored(self, width: int) -> Layout:
        """Return the layout as it is on a slide `width` wide that is read from the right."""
        return replace(self, placeholders={key: spec.mirrored(width) for key, spec in self.placeholders.items()})

    def length(self, name: str) -> Length:
        """Return the length called `name`."""
        return inches(self.numbers[name])

    def count(self, name: str) -> int:
        """Return the whole number called `name`."""
        return int(self.numbers[name])


@dataclass(frozen=True, slots=True)
class Pictures:
    """How pictures for articles look: roles of text, and lengths in CSS pixels at the picture's own width.

    Hand-outs are described in the same way, but in points.
    """

    roles: Mapping[str, Role]
    numbers: Mapping[str, float]

    def with_roles(self, roles: Mapping[str, Role]) -> Pictures:
        """Return the same look in other roles."""
        return replace(self, roles=roles)

    def length(self, name: str) -> Length:
        """Return the length called `name`."""
        return pixels(self.numbers[name])

    def count(self, name: str) -> int:
        """Return the whole number called `name`."""
        return int(self.numbers[name])


@dataclass(frozen=True)
class Theme:
    """A whole design: everything that a deck shows and a map does not say."""

    key: str
    name: str
    dark: bool
    colours: Mapping[str, str]
    opposite: Mapping[str, str]
    readable: float
    major: str
    minor: str
    size: Size
    roles: Mapping[str, Role]
    layouts: Mapping[str, Layout]
    furniture: Mapping[str, PlaceholderSpec]
    rail: Mapping[str, float]
    rings: tuple[float, float]
    strokes: Mapping[str, float]
    tints: Mapping[str, float]
    grid: Mapping[str, float]
    spare: float
    content: tuple[Length, Length]
    goal: int
    others: tuple[int, ...]
    families: tuple[FontFiles, ...]
    fallbacks: tuple[str, ...]
    scripts: tuple[ScriptFont, ...]
    pictures: Pictures
    handout: Pictures

    def palette(self, *, dark: bool) -> Mapping[str, str]:
        """Return the colours for dark or for light surroundings: the theme's own, or those of its opposite."""
        return self.colours if dark is self.dark else self.opposite

    def script_font(self, language: str) -> ScriptFont | None:
        """Return the font of the script that a language is written in, None if the theme's own fonts do."""
        wanted = script(language)
        wanted = OFFICE_SCRIPTS.get(wanted, wanted)
        return next((font for font in self.scripts if font.script == wanted), None)

    def set_in(self, language: str) -> Theme:
        """Return the theme for texts in a language: line pitch, faces and fallbacks as its script needs them."""
        font = self.script_font(language)
        if font is None:
            return self
        roles = {name: font.fitted(role) for name, role in self.roles.items()}
        fallbacks = dict.fromkeys((font.measure, *self.fallbacks) if font.measure else self.fallbacks)
        return replace(
            self,
            major=self.minor if font.plain else self.major,
            roles=roles,
            layouts={key: layout.with_roles(roles) for key, layout in self.layouts.items()},
            furniture={key: replace(spec, role=roles[spec.role.name]) for key, spec in self.furniture.items()},
            fallbacks=tuple(fallbacks),
            pictures=self.pictures.with_roles({key: font.fitted(role) for key, role in self.pictures.roles.items()}),
            handout=self.handout.with_roles({key: font.fitted(role) for key, role in self.handout.roles.items()}),
        )

    def mirrored(self) -> Theme:
        """Return the theme with its placeholders where they stand on slides that are read from the right."""
        return replace(
            self,
            layouts={key: layout.mirrored(self.size.w) for key, layout in self.layouts.items()},
            furniture={key: spec.mirrored(self.size.w) for key, spec in self.furniture.items()},
        )

    def family(self, role: Role) -> str:
        """Return the font family that `role` is set in."""
        return self.major if role.major else self.minor

    def accent(self, position: int, count: int) -> int:
        """Return the number of the accent of the `position`-th of `count` things; the last is the goal."""
        return self.goal if position == count else self.others[(position - 1) % len(self.others)]

    def stroke(self, name: str) -> Length:
        """Return the line width called `name`."""
        return points(self.strokes[name])

    @cached_property
    def smallest(self) -> float:
        """Return the smallest size that any role of text has."""
        return min(role.sizes[-1] for role in self.roles.values())

    @cached_property
    def column(self) -> Box:
        """Return the content area: margin to margin, below the title, above the footer."""
        margin = inches(self.grid["margin"])
        top, bottom = self.content
        return Box(margin, top, Length(self.size.w - 2 * margin), Length(bottom - top))

    @cached_property
    def column_edges(self) -> tuple[Length, ...]:
        """Return the left and right edges of the grid's columns."""
        count = int(self.grid["columns"])
        return tuple(edge for box in self.columns(count) for edge in (box.x, box.right))

    def columns(self, count: int, area: Box | None = None) -> tuple[Box, ...]:
        """Return `count` equal columns with the grid's gutter, across `area` or the content area."""
        area = area or self.column
        gutter = inches(self.grid["gutter"])
        width = (area.w - gutter * (count - 1)) // count
        return tuple(Box(Length(area.x + i * (width + gutter)), area.y, Length(width), area.h) for i in range(count))


def load_theme(key: str, read: Callable[[str], str], *, spacious: bool = False) -> Theme:
    """Return the theme called `key`; `read` gives the text of `<name>.yaml`.

    A `spacious` theme takes what its `talk` part says: larger type for slides that show less.

    Raises Failure with every reason why the theme cannot be used.
    """
    tree = _merged(key, read)
    talk = tree.pop("talk", None)
    if spacious and talk:
        tree = _overlay(tree, talk)
    reader = _Reader(tree)
    theme = reader.theme(key)
    reader.check_accents(theme)
    reader.check_tints(theme)
    if reader.problems:
        raise Failure(reader.problems)
    if failing := _unreadable(theme):
        raise Failure(failing)
    return theme


def blend(above: str, below: str, alpha: float) -> str:
    """Return the RRGGBB colour that `above` makes over `below` when it is opaque to the degree `alpha`."""
    if alpha >= 1:
        return above
    pairs = ((int(above[i : i + 2], 16), int(below[i : i + 2], 16)) for i in (0, 2, 4))
    return "".join(f"{round(a * alpha + b * (1 - alpha)):02X}" for a, b in pairs)


@cache
def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two RRGGBB colours (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _unreadable(theme: Theme) -> list[Diagnostic]:
    """Return a diagnostic for each text colour that is too close to a ground it may stand on."""
    texts = ["ink", "secondary", *(f"accent{i + 1}" for i in range(ACCENTS))]
    palettes = [(True, theme.palette(dark=True)), (False, theme.palette(dark=False))]
    pairs = [(*each, text, ground) for each in palettes for text in texts for ground in ("page", "card")]
    found = []
    for dark, palette, text, ground in pairs:
        ratio = contrast(palette[text], palette[ground])
        if ratio < theme.readable:
            hint = f"make {text} {'lighter' if dark else 'darker'}"
            found.append(_too_close(theme, f"{text} on {ground}", ratio, hint))
    return found + [each for _, palette in palettes for each in _unreadable_tints(theme, palette)]


def _unreadable_tints(theme: Theme, palette: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each tint of an accent that is too close to the ink that may stand on it."""
    for name in FILLING:
        for accent, ground in product((f"accent{i + 1}" for i in range(ACCENTS)), ("page", "card")):
            tint = blend(palette[accent], palette[ground], theme.tints.get(name, 0.0))
            ratio = contrast(palette["ink"], tint)
            if ratio < theme.readable:
                what = f"ink on the tint `{name}` of {accent} over {ground}"
                yield _too_close(theme, what, ratio, f"make the tint `{name}` fainter")


def _too_close(theme: Theme, what: str, ratio: float, hint: str) -> Diagnostic:
    message = f"{what} has a contrast of {ratio:.2f}:1, text needs {theme.readable:g}:1"
    return Diagnostic("low-contrast", message, Span(f"{theme.key}.yaml"), hints=(hint,))


class _Tree(dict[str, Any]):
    """A mapping of a theme that knows its place: asking for what is not there is a finding."""

    def __init__(self, entries: Mapping[str, Any], span: Span) -> None:
        super().__init__(entries)
        self.span = span

    def __missing__(self, key: str) -> Any:
        raise Failure([Diagnostic("missing-key", f"the theme says no `{key}` here", self.span)])


class _List(list[Any]):
    """A list of a theme that knows its place."""

    def __init__(self, items: Iterable[Any], span: Span) -> None:
        super().__init__(items)
        self.span = span


def _kind(value: object) -> str:
    return "a mapping" if isinstance(value, _Tree) else "a list" if isinstance(value, _List) else "text"


def _merged(key: str, read: Callable[[str], str], seen: tuple[str, ...] = ()) -> _Tree:
    """Return the theme's tree laid over the one that it extends."""
    name = f"{key}.yaml"
    text = read(name)
    node, problems = source.parse(text, name)
    if problems or node is None:
        raise Failure(source.with_excerpts(problems, {name: text}))
    tree = _plain(node)
    if not isinstance(tree, _Tree):
        raise Failure([Diagnostic("wrong-kind", "a theme is a mapping", node.span)])
    if isinstance(node, source.Mapping) and (
        unknown := [_unknown_key(k) for k, _ in node.entries if k.value not in KEYS]
    ):
        raise Failure(source.with_excerpts(unknown, {name: text}))
    parent = tree.pop("extends", None)
    if parent is None:
        return tree
    if not isinstance(parent, source.Scalar):
        raise Failure([Diagnostic("wrong-kind", "`extends` is the name of a theme", parent.span)])
    if parent.value in (*seen, key):
        raise Failure([Diagnostic("theme-cycle", f"`{key}` extends itself", parent.span)])
    return _overlay(_merged(parent.value, read, (*seen, key)), tree)


def _unknown_key(key: source.Scalar) -> Diagnostic:
    close = get_close_matches(key.value, KEYS, n=1)
    hints = (f"did you mean `{close[0]}`?" if close else f"valid: {', '.join(KEYS)}",)
    return Diagnostic("unknown-key", f"{source.quoted(key.value)} is not a key of a theme", key.span, hints=hints)


def _plain(node: source.Node) -> Any:
    """Return the node as trees and lists of scalars."""
    if isinstance(node, source.Mapping):
        return _Tree({name.value: _plain(value) for name, value in node.entries}, node.span)
    if isinstance(node, source.Sequence):
        return _List((_plain(item) for item in node.items), node.span)
    return node


def _overlay(below: _Tree, above: _Tree) -> _Tree:
    merged = _Tree(below, above.span)
    for name, value in above.items():
        old = merged.get(name)
        if old is not None and _kind(old) != _kind(value):
            message = f"`{name}` must be {_kind(old)}, but is {_kind(value)}"
            raise Failure([Diagnostic("wrong-kind", message, value.span)])
        merged[name] = _overlay(old, value) if isinstance(old, _Tree) and isinstance(value, _Tree) else value
    return merged


def _in_points(role: Role) -> Role:
    return replace(role, sizes=tuple(pixels(size).pt for size in role.sizes))


class _Reader:
    """Turn the tree of a theme into values, collecting what is wrong with it."""

    def __init__(self, tree: _Tree) -> None:
        self.tree = tree
        self.problems: list[Diagnostic] = []

    def theme(self, key: str) -> Theme:
        tree = self.tree
        scale = self.numbers(tree["scale"])
        fonts = {name: self.font(scalar) for name, scalar in tree["fonts"].items()}
        roles = {name: self.role(name, spec, scale) for name, spec in tree["roles"].items()}
        top, bottom = self.numbers(tree["grid"].pop("content"), 2)
        width, height = self.numbers(tree["size"], 2)
        furniture = {
            name: self.placeholder(name, index, tree["furniture"][name], roles) for name, index in FURNITURE.items()
        }
        return Theme(
            key=key,
            name=self.word(tree["name"]),
            dark=self.flag(tree["dark"]),
            colours=self.colours(tree["colours"]),
            opposite=self.colours(tree["opposite"]),
            readable=self.readable(tree.get("contrast")),
            major=fonts["major"],
            minor=fonts["minor"],
            size=Size(inches(width), inches(height)),
            roles=roles,
            layouts={name: self.layout(name, spec, roles) for name, spec in tree["layouts"].items()},
            furniture=furniture,
            rail=self.mapping(tree["furniture"]["rail"]),
            rings=(self.number(tree["rings"]["outer"]), self.number(tree["rings"]["inner"])),
            strokes=self.mapping(tree["strokes"]),
            tints=self.mapping(tree["tints"]),
            grid=self.mapping(tree["grid"]),
            spare=self.number(tree["spare"]),
            content=(inches(top), inches(bottom)),
            goal=int(self.number(tree["accents"]["goal"])),
            others=tuple(int(n) for n in self.numbers(tree["accents"]["others"])),
            families=tuple(self.font_files(name, spec) for name, spec in tree["families"].items()),
            fallbacks=tuple(self.word(name, tree["families"]) for name in tree["fallbacks"]),
            scripts=tuple(self.script_font(name, spec) for name, spec in tree["scripts"].items()),
            pictures=self.pictures(tree["pictures"]),
            handout=self.handout(tree["handout"]),
        )

    def pictures(self, spec: _Tree) -> Pictures:
        """Return the look of pictures, whose type sizes are given in CSS pixels."""
        scale = self.numbers(spec["scale"])
        roles = {name: _in_points(self.role(name, each, scale)) for name, each in spec["roles"].items()}
        return Pictures(roles, self.mapping(spec["lengths"]))

    def handout(self, spec: _Tree) -> Pictures:
        """Return the look of hand-outs, where everything is in points."""
        scale = self.numbers(spec["scale"])
        roles = {name: self.role(name, each, scale) for name, each in spec["roles"].items()}
        return Pictures(roles, self.mapping(spec["lengths"]))

    def layout(self, key: str, spec: _Tree, roles: Mapping[str, Role]) -> Layout:
        placeholders: dict[str, PlaceholderSpec] = {}
        for index, (name, each) in enumerate(spec["placeholders"].items(), start=FIRST_INDEX):
            found = self.placeholder(name, index, each, roles)
            first = all(other.type != found.type for other in placeholders.values())
            placeholders[name] = replace(found, first=first)
        boxes = {name: self.box(value) for name, value in spec.get("boxes", {}).items()}
        return Layout(key, self.word(spec["name"]), placeholders, boxes, self.mapping(spec.get("lengths", {})))

    def placeholder(self, name: str, idx: int, spec: _Tree, roles: Mapping[str, Role]) -> PlaceholderSpec:
        role = roles[self.word(spec["role"], roles)]
        return PlaceholderSpec(
            name=name,
            type=self.word(spec["type"], PLACEHOLDERS),
            idx=idx,
            role=role,
            colour=self.word(spec["colour"], COLOURS) if "colour" in spec else role.colour,
            box=self.box(spec["box"]),
            anchor=self.word(spec["anchor"], ANCHORS) if "anchor" in spec else "t",
            align=self.word(spec["align"], ALIGNS) if "align" in spec else "l",
            prompt=self.word(spec["prompt"]) if "prompt" in spec else "",
        )

    def role(self, name: str, spec: _Tree, scale: list[float]) -> Role:
        size, floor = self.number(spec["size"]), self.number(spec["floor"])
        steps = sorted({s for s in scale if floor <= s < size} | {size, min(size, floor)}, reverse=True)
        return Role(
            name=name,
            major=self.word(spec["face"], FACES) == "major",
            bold="bold" in spec and self.flag(spec["bold"]),
            sizes=tuple(steps),
            leading=self.number(spec["leading"]),
            colour=self.word(spec["colour"], COLOURS),
            avoid_orphans="orphans" in spec,
            single="single" in spec and self.flag(spec["single"]),
        )

    def script_font(self, name: str, spec: _Tree) -> ScriptFont:
        """Return the font of a script."""
        return ScriptFont(
            script=name,
            slot=self.word(spec["slot"], SCRIPT_SLOTS),
            name=self.font_name(spec["font"]),
            measure=self.word(spec["measure"], self.tree["families"]) if "measure" in spec else "",
            leading=self.number(spec["leading"]) if "leading" in spec else 1.0,
            plain="plain" in spec and self.flag(spec["plain"]),
        )

    def colours(self, spec: _Tree) -> dict[str, str]:
        found = {slot: self.colour(spec[slot]) for slot in SLOTS}
        if len(spec["accents"]) != ACCENTS:
            raise Failure([Diagnostic("wrong-kind", f"a theme has {ACCENTS} accents", spec["accents"].span)])
        return found | {f"accent{i}": self.colour(c) for i, c in enumerate(spec["accents"], start=1)}

    def colour(self, scalar: source.Scalar) -> str:
        if not COLOUR.fullmatch(self.word(scalar)):
            self.refuse("bad-colour", f"`{scalar.value}` is not a colour", scalar, "write six hexadecimal digits")
            return "0" * 6
        return scalar.value.upper()

    def readable(self, scalar: source.Scalar | None) -> float:
        """Return the contrast that the theme promises for its texts: at least that of WCAG's level AA."""
        wanted = READABLE if scalar is None else self.number(scalar)
        if not READABLE <= wanted <= HIGHEST:
            message = f"a contrast of {wanted:g}:1 cannot be promised"
            self.refuse("bad-contrast", message, scalar, f"write a number from {READABLE} to {HIGHEST}")
        return wanted

    def font(self, scalar: source.Scalar) -> str:
        if self.font_name(scalar) and scalar.value not in self.tree["families"]:
            message = f"no face that measures `{scalar.value}` is known"
            self.refuse("unknown-font", message, scalar, f"use one of {', '.join(self.tree['families'])}")
        return scalar.value

    def font_name(self, scalar: source.Scalar) -> str:
        """Return the name of a font, empty if it is none."""
        if FONT_NAME.fullmatch(self.word(scalar)):
            return scalar.value
        message = f"{source.quoted(scalar.value)} is not a font name"
        self.refuse("bad-font-name", message, scalar, "use letters, digits, spaces and hyphens only")
        return ""

    def font_files(self, name: str, spec: _Tree) -> FontFiles:
        """Return the files of a family."""
        outlines = spec.get("outlines")
        if outlines is not None and not FONT_OF_PACKAGE.fullmatch(self.word(outlines)):
            message = f"{source.quoted(outlines.value)} is not a font in a package"
            self.refuse("bad-font-file", message, outlines, "write package/Name.ttc#0")
        regular, bold = self.font_file(spec["regular"]), self.font_file(spec["bold"])
        return FontFiles(name, regular, bold, self.instead(spec), outlines.value if outlines is not None else "")

    def instead(self, spec: _Tree) -> tuple[str, ...]:
        """Return the families that may take a family's place, if it names any."""
        names = spec.get("instead", ())
        return tuple(self.font_name(name) for name in names)

    def font_file(self, scalar: source.Scalar) -> str:
        """Return the path of a font below the font folder."""
        if not FONT_FILE.fullmatch(self.word(scalar)):
            message = f"{source.quoted(scalar.value)} is not a font file of the font folder"
            self.refuse("bad-font-file", message, scalar, "write folder/Name.ttf")
        return scalar.value

    def word(self, scalar: Any, known: Collection[str] = ()) -> str:
        """Return a text, one of `known` if there are any; nothing can be made of another one."""
        if not isinstance(scalar, source.Scalar):
            raise Failure([Diagnostic("wrong-kind", f"a text is meant here, not {_kind(scalar)}", scalar.span)])
        if known and scalar.value not in known:
            hints = (f"write one of {', '.join(known)}",)
            message = f"{source.quoted(scalar.value)} is not known here"
            raise Failure([*self.problems, Diagnostic("bad-choice", message, scalar.span, hints=hints)])
        return scalar.value

    def check_accents(self, theme: Theme) -> None:
        """Report numbers of accents that there are not."""
        spec = self.tree["accents"]
        for number, scalar in zip((theme.goal, *theme.others), (spec["goal"], *spec["others"]), strict=True):
            if not 1 <= number <= ACCENTS:
                self.refuse("bad-accent", f"there is no accent {number}", scalar, f"write a number from 1 to {ACCENTS}")

    def check_tints(self, theme: Theme) -> None:
        """Report tints that are no share of a colour."""
        for name, tint in theme.tints.items():
            if not 0 <= tint <= 1:
                scalar = self.tree["tints"][name]
                self.refuse("bad-number", f"the tint `{name}` of {tint:g} is no share", scalar, "write 0 to 1")

    def box(self, values: _List) -> Box:
        return Box(*(inches(value) for value in self.numbers(values, 4)))

    def mapping(self, spec: _Tree) -> dict[str, float]:
        return {name: self.number(value) for name, value in spec.items()}

    def numbers(self, values: Any, count: int = 0) -> list[float]:
        """Return a list of numbers, `count` of them if that is given."""
        if not isinstance(values, _List) or (count and len(values) != count):
            wanted = f"a list of {count or 'some'} numbers is meant here"
            raise Failure([Diagnostic("wrong-kind", wanted, values.span)])
        return [self.number(value) for value in values]

    def number(self, scalar: source.Scalar) -> float:
        """Return a number of a size that a slide can have a use for."""
        try:
            found = float(scalar.value)
        except (ValueError, AttributeError):
            found = math.nan
        if not abs(found) <= LARGEST:
            self.refuse("bad-number", f"a number up to {LARGEST:,} is meant here", scalar)
            return 1.0
        return found

    def flag(self, scalar: source.Scalar) -> bool:
        if self.word(scalar) not in ("true", "false"):
            self.refuse("bad-flag", f"`{scalar.value}` is neither true nor false", scalar)
        return scalar.value == "true"

    def refuse(self, code: str, message: str, at: object, hint: str = "") -> None:
        span = getattr(at, "span", Span())
        self.problems.append(Diagnostic(code, message, span, hints=(hint,) if hint else ()))
