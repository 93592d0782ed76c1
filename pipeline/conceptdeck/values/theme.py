"""Themes: palette, faces, type scale and the anatomy of each layout, read from YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from conceptdeck.values.brand import NO_BRAND, Brand
from conceptdeck.values.languages import MIXED, script
from conceptdeck.values.layouts import OPPOSITE, Layout, PlaceholderSpec, Role
from conceptdeck.values.template import Template
from conceptdeck.values.units import Box, Length, Size, inches, pixels, points
from conceptdeck.values.value import frozen

__all__ = ["OPPOSITE", "FontFiles", "Layout", "Pictures", "PlaceholderSpec", "Role", "ScriptFont", "Theme"]

FURNITURE = {"date": 10, "footer": 11, "number": 12}  # placeholder indexes, those that PowerPoint gives
FIRST_INDEX = 13  # of what a layout has besides: an index belongs to one placeholder of a page
OFFICE_SCRIPTS = {"Kore": "Hang", "Aran": "Arab"}  # ISO 15924 has codes of their own for these, Office has none
OFFICE_LANGUAGES = {"vi": "Viet"}  # and Office has scripts of its own for these, for the marks on their letters
SLOTS = ("page", "card", "ink", "secondary")
ACCENTS = 6
COLOURS = (*SLOTS, *(f"accent{number}" for number in range(1, ACCENTS + 1)))


@frozen
class FontFiles:
    """A font family as decks name it, and the files, below the font folder, that measure it.

    `instead` are the families that a browser may take in its place. `outlines` is a font in an installed package
    (`package/file#face`) that draws what the files can only measure. Italic without a file is upright, slanted. Where
    the files are of another family that stands in, `width` is how much wider the named one may run.
    """

    name: str
    regular: str
    bold: str
    instead: tuple[str, ...] = ()
    outlines: str = ""
    italic: str = ""
    bold_italic: str = ""
    width: float = 1.0


@frozen
class ScriptFont:
    """The font of a script that the theme's own fonts lack: the one that decks name, and the family that measures it.

    Without a `name`, the theme's own fonts have the letters. `slot` is its kind as Office divides scripts, `leading`
    what the line pitch of Latin text is multiplied by. Headings are set in the theme's minor face if `plain`: what of
    them is Latin then goes with the script's own font.
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


@frozen
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


@frozen
class TableHead:
    """How the first row of tables differs from their other rows: the slots of its ground and its text, if said."""

    ground: str = ""
    text: str = ""


@frozen(cached=True)
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
    mono: str
    math: str
    size: Size
    roles: Mapping[str, Role]
    layouts: Mapping[str, Layout]
    furniture: Mapping[str, PlaceholderSpec]
    rail: Mapping[str, float]
    tracker: Mapping[str, float]
    rings: tuple[float, float]
    strokes: Mapping[str, float]
    tints: Mapping[str, float]
    signs: Mapping[str, float]
    grid: Mapping[str, float]
    spare: float
    ease: float
    least: float
    second: float
    content: tuple[Length, Length]
    sides: tuple[Length, Length]  # what stays free at the left and the right of the content
    goal: int
    table: TableHead
    others: tuple[int, ...]
    families: tuple[FontFiles, ...]
    fallbacks: tuple[str, ...]
    scripts: tuple[ScriptFont, ...]
    pictures: Pictures
    handout: Pictures
    decorative: tuple[str, ...] = ()  # slots of accents in which nothing is read
    brand: Brand = NO_BRAND
    logo: Box = Box(Length(0), Length(0), Length(0), Length(0))  # where one stands, if there is one
    dated: bool = False  # slides have a date, which then has a place in layouts
    template: Template | None = None

    def palette(self, *, dark: bool) -> Mapping[str, str]:
        """Return the colours for dark or for light surroundings: the theme's own, or those of its opposite."""
        return self.colours if dark is self.dark else self.opposite

    def script_font(self, language: str) -> ScriptFont | None:
        """Return the font of the script that a language is written in, None if the theme's own fonts do."""
        written = OFFICE_LANGUAGES.get(language.partition("-")[0], script(language))
        wanted = OFFICE_SCRIPTS.get(written, written)
        return next((font for font in self.scripts if font.script == wanted), None)

    def made_for(self, family: FontFiles) -> frozenset[str]:
        """Return the scripts whose letters a family measures for the fonts of scripts, as ISO 15924 names them."""
        measured = (font.script for font in self.scripts if font.measure == family.name)
        return frozenset(letters for each in measured for letters in MIXED.get(each, {each}))

    def leading(self, language: str) -> float:
        """Return what the line pitch of Latin text is multiplied by in a language."""
        font = self.script_font(language)
        return font.leading if font else 1.0

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
            layouts={key: layout.raised(font.leading - 1).with_roles(roles) for key, layout in self.layouts.items()},
            furniture={key: replace(spec, role=roles[spec.role.name]) for key, spec in self.furniture.items()},
            fallbacks=tuple(fallbacks),
            pictures=self.pictures.with_roles({key: font.fitted(role) for key, role in self.pictures.roles.items()}),
            handout=self.handout.with_roles({key: font.fitted(role) for key, role in self.handout.roles.items()}),
        )

    def sized(self, most: Mapping[str, float], ease: float) -> Theme:
        """Return the theme with roles no larger than `most` says by name, none below the share `ease` of its size."""
        roles = {
            name: role.between(ease * role.sizes[0], most.get(name, role.sizes[0])) for name, role in self.roles.items()
        }
        return replace(self, roles=roles)

    def second_share(self, role: Role) -> float:
        """Return what a second language keeps of the size of a role: as the theme says, but no text below its least."""
        return min(1.0, max(self.second, self.least / role.sizes[-1]))

    @cached_property
    def pressed(self) -> Theme:
        """Return the theme for what has its place to itself and is still too long: sizes go on down to `least`."""
        scale = sorted({size for role in self.roles.values() for size in role.sizes}, reverse=True)
        more = {
            name: tuple(size for size in scale if self.least <= size < role.sizes[-1])
            for name, role in self.roles.items()
            if not role.single
        }
        roles = {name: replace(role, sizes=role.sizes + more.get(name, ())) for name, role in self.roles.items()}
        layouts = {key: layout.with_roles(roles) for key, layout in self.layouts.items()}
        return replace(self, roles=roles, layouts=layouts)

    def beside_logo(self, width: int) -> Theme:
        """Return the theme with the footer after a logo of some width."""
        footer = self.furniture["footer"]
        shift = max(0, self.logo.x + width + inches(self.grid["gutter"]) - footer.box.x)
        box = Box(Length(footer.box.x + shift), footer.box.y, Length(footer.box.w - shift), footer.box.h)
        return replace(self, furniture={**self.furniture, "footer": replace(footer, box=box)})

    def mirrored(self) -> Theme:
        """Return the theme with its placeholders where they stand on slides that are read from the right."""
        return replace(
            self,
            layouts={key: layout.mirrored(self.size.w) for key, layout in self.layouts.items()},
            furniture={key: spec.mirrored(self.size.w) for key, spec in self.furniture.items()},
        )

    def turned(self) -> Theme:
        """Return a theme on a template as slides need it that are mirrored when they are complete.

        What the template has does not move: it is mirrored twice.
        """
        left, right = self.sides
        layouts = {key: layout.turned(self.size.w, right - left) for key, layout in self.layouts.items()}
        furniture = {key: spec.mirrored(self.size.w) for key, spec in self.furniture.items()}
        return replace(self, layouts=layouts, furniture=furniture, sides=(right, left))

    def family(self, role: Role) -> str:
        """Return the font family that `role` is set in."""
        return self.major if role.major else self.minor

    def font(self, *, major: bool, mono: str = "") -> str:
        """Return the font family of what is in that of code, in that of headings, or in neither."""
        return mono or (self.major if major else self.minor)

    def accent(self, position: int, count: int) -> int:
        """Return the number of the accent of the `position`-th of `count` things; the last is the goal."""
        return self.goal if position == count else self.others[(position - 1) % len(self.others)]

    def furniture_of(self, layout: str) -> Mapping[str, PlaceholderSpec]:
        """Return what stands at the same place on every slide in a layout, as far as the template has it."""
        if self.template is None:
            return self.furniture
        holders = self.template.tie(layout).holders
        return {
            name: spec.tied(holders[name], self.furniture[name].role)
            for name, spec in self.furniture.items()
            if name in holders
        }

    @property
    def on_panel(self) -> str:
        """Return the slot of text on a panel: that of cards on a solid accent, the page's own on a tint of one."""
        return "card" if self.tints["panel"] == 1 else "ink"

    @property
    def last_colours(self) -> tuple[str, str]:
        """Return the slots of the ground and the text of the last slide: what stands out most from the page."""
        return (f"accent{self.goal}", "card") if self.dark else ("ink", "page")

    def stroke(self, name: str) -> Length:
        """Return the line width called `name`."""
        return points(self.strokes[name])

    def sign(self, name: str) -> Length:
        """Return the side of signs called `name`."""
        return inches(self.signs[name])

    @cached_property
    def smallest(self) -> float:
        """Return the smallest size that any role of text has."""
        return min(role.sizes[-1] for role in self.roles.values())

    @cached_property
    def column(self) -> Box:
        """Return the content area: margin to margin, below the title, above the footer."""
        (left, right), (top, bottom) = self.sides, self.content
        return Box(left, top, Length(self.size.w - left - right), Length(bottom - top))

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
