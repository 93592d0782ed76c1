"""What a presentation says of its masters and layouts, as far as slides of ours need it; lengths are EMU."""

from __future__ import annotations

from collections.abc import Mapping

from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = [
    "ColourMap",
    "Decoration",
    "FoundHolder",
    "FoundLayout",
    "FoundMaster",
    "FoundTable",
    "FoundTemplate",
    "Ground",
    "Shade",
]

ColourMap = Mapping[str, str]
"""What `bg1`, `tx1` and so on mean: a colour map of OOXML."""


@frozen
class Shade:
    """A colour as it is written: a name of the scheme with its luminance in percent, or six digits."""

    name: str = ""
    mod: float = 100.0
    off: float = 0.0
    fixed: str = ""


@frozen
class Ground:
    """What a slide stands on: its colour, and whether more than that is there, a `picture` or a `gradient`."""

    shade: Shade = Shade("bg1")
    kind: str = ""


@frozen
class FoundHolder:
    """A placeholder of a layout, with what it takes from its master.

    `font` and `colour` are those of its first level; `+mj-lt` names the heading font of the theme. One that is `added`
    is not there yet. Its size is 0 if neither layout nor master says one.
    """

    type: str
    idx: int
    box: Box | None
    anchor: str
    align: str
    size: float
    bold: bool
    capitals: bool
    font: str
    margins: tuple[Length, Length, Length, Length]
    colour: Shade | None = None
    added: bool = False


@frozen
class FoundTable:
    """How tables begin: the ground of their first row, and the colour of its text; both may be unsaid."""

    ground: Shade | None = None
    text: Shade | None = None


@frozen
class Decoration:
    """A thing on a master or a layout that is no placeholder: what fills it, and whether it is an upright rectangle.

    As for grounds, it may be more than a colour: a `picture` or a `gradient`.
    """

    name: str
    box: Box
    kind: str = ""
    fill: Shade | None = None
    rectangle: bool = True


@frozen
class FoundLayout:
    """A layout: the name of its part, that which people read, its type, and all that slides on it show."""

    part: str
    name: str
    type: str
    holders: tuple[FoundHolder, ...]
    decorations: tuple[Decoration, ...]
    ground: Ground
    map: ColourMap

    def holder(self, *types: str) -> FoundHolder | None:
        """Return the first placeholder of one of these types, the first type before the next."""
        return next((each for kind in types for each in self.holders if each.type == kind), None)


@frozen
class FoundMaster:
    """A master: its scheme by the names that colour maps lead to, its fonts, its placeholders and its layouts."""

    part: str
    name: str
    scheme: Mapping[str, str]
    major: str
    minor: str
    holders: tuple[FoundHolder, ...]
    layouts: tuple[FoundLayout, ...]

    def font(self, name: str) -> str:
        """Return the font that a name means: one of the theme's two, or itself."""
        themes = {"+mj": self.major, "+mn": self.minor}
        return themes.get(name[:3], name)


@frozen
class FoundTemplate:
    """A presentation as others build on it: the size of its slides, its masters, and what else it brings.

    `embedded` are the fonts that it carries, `slides` how many it has, and `macros` whether there are programs in it.
    `table` is the style that new tables have.
    """

    size: Size
    masters: tuple[FoundMaster, ...]
    embedded: tuple[str, ...] = ()
    slides: int = 0
    macros: bool = False
    table: FoundTable = FoundTable()
