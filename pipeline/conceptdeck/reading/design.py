"""Designs as themes write them: what may stand in `themes/*.yaml`, and within which bounds.

The shipped `base.yaml` says which roles, layouts, boxes and lengths there are: a theme changes them, and adds none.
Lengths are inches and type sizes points, but in `pictures`, which counts in CSS pixels, and `handout`, in points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, NewType

from conceptdeck.reading.brand import Accents, BrandForm, Palette
from conceptdeck.reading.counts import LARGEST, SHARE, SPECIAL, WHOLE
from conceptdeck.reading.rules import (
    BAD_CONTRAST,
    BAD_FONT_FILE,
    BAD_FONT_NAME,
    UNKNOWN_FONT,
    UNKNOWN_KEY,
)
from conceptdeck.reading.schema import Count, Known, Names, Number, Pattern, Words
from conceptdeck.reading.templates import TemplateForm
from conceptdeck.values.text import about
from conceptdeck.values.theme import COLOURS
from conceptdeck.values.value import frozen

__all__ = [
    "Accents",
    "Design",
    "Family",
    "Fonts",
    "Furniture",
    "Grid",
    "LayoutForm",
    "Look",
    "Palette",
    "PictureForm",
    "PlaceholderForm",
    "Rail",
    "Rings",
    "RoleForm",
    "Script",
    "SlideSize",
    "TableForm",
    "Tall",
    "TallForm",
]  # fmt: skip

READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of normal text; a theme may promise more
HIGHEST = 21  # black on white
WIDEST = 56  # inches: of ST_SlideSizeCoordinate, which begins at one inch

LENGTH = Number(f"a number from 0 to {LARGEST:,}", 0, LARGEST)
WIDTH = Number("a factor from 1 to 2", 1, 2)

Length = Annotated[float, LENGTH]
LENGTHS = Names("a mapping from names to lengths", closed=True, special=SPECIAL)
Lengths = Annotated[Mapping[str, Length], LENGTHS]
Share = Annotated[float, SHARE]
Points = Annotated[float, Number("a type size from 1 to 400", 1, 400)]
Leading = Annotated[float, Number("a multiple of the size from 0.5 to 4", 0.5, 4)]
Radius = Annotated[float, Number("a radius from 0.01 to 100", 0.01, 100)]
Side = Annotated[float, Number(f"a length from 1 to {WIDEST} inches", 1, WIDEST)]
Sides = Annotated[list[Side], Count("a list of two numbers, [width, height]", 2)]
SlideSize = NewType("SlideSize", list[float])
Box = Annotated[list[Length], Count("a list of four numbers, [left, top, width, height]", 4)]
Boxes = Annotated[Mapping[str, Box], Names("a mapping from names to boxes", closed=True)]
Scale = Annotated[list[Points], Count("a list of type sizes")]

Slot = Annotated[str, Words(COLOURS)]
Face = Annotated[str, Words(("major", "minor"))]
RoleName = Annotated[str, Known("roles")]
FONT_NAME = Pattern(
    "a font name", r"[A-Za-z0-9][A-Za-z0-9 \-]{0,63}", "use letters, digits, spaces and hyphens only", BAD_FONT_NAME
)
FontName = Annotated[str, FONT_NAME]
Measured = Annotated[str, Known("families", finding=UNKNOWN_FONT, pattern=FONT_NAME)]
FamilyName = Annotated[str, Known("families")]
FontFile = Annotated[  # below a folder of fonts; it never leads out of it
    str,
    Pattern(
        "a font file of a folder of fonts",
        r"([^./\\:][^/\\:]*/)?[^./\\:][^/\\:]*\.([tT][tT][fF]|[oO][tT][fF])",
        "write folder/Name.ttf",
        BAD_FONT_FILE,
    ),
]
PackagedFont = Annotated[
    str,
    Pattern(
        "a font in a package",
        r"[a-z][a-z0-9_]*/[A-Za-z0-9\-]+\.(ttf|otf|ttc)(#[0-9])?",
        "write package/Name.ttc#0",
        BAD_FONT_FILE,
    ),
]
SCRIPT = Pattern("a script", "[A-Z][a-z]{3}", "write a code of ISO 15924, such as `Jpan`", UNKNOWN_KEY)
PLACEHOLDERS = ("title", "ctrTitle", "subTitle", "body", "tbl", "dt", "ftr", "sldNum")  # of ST_PlaceholderType


@frozen(kw_only=True)
class Fonts:
    """The fonts that decks name."""

    major: Measured = about("The font of headings.")
    minor: Measured = about("The font of all else.")
    mono: Measured = about("The font of code.")
    math: FontName = about("The font in which PowerPoint sets formulas.")


@frozen(kw_only=True)
class Grid:
    """The grid of a slide."""

    margin: Length = about("What stays free at the left and the right.")
    columns: Annotated[float, WHOLE] = about("How many columns there are.")
    gutter: Length = about("What is between two columns.")
    content: Annotated[list[Length], Count("a list of two numbers, [top, bottom]", 2)] = about(
        "Where the body of a slide may stand: its top and its bottom."
    )
    clearance: Length = about("What a box that grows for its text keeps free to what stands above and below it.")


@frozen(kw_only=True)
class RoleForm:
    """A role of text."""

    face: Face = about("`major` (headings) or `minor` (body).")
    size: Points = about("The size that is wanted.")
    floor: Points = about("The smallest size that a text may step down to.")
    leading: Leading = about("The line pitch as a multiple of the size.")
    colour: Slot = about("A slot of the palette.")
    bold: bool = about("Is it bold?", default=False)
    orphans: Annotated[str, Words(("avoid",))] | None = about("`avoid`: no last line of one word.", default=None)
    single: bool = about("Never more than one line, whose pitch need not grow with the script.", default=False)


@frozen(kw_only=True)
class PlaceholderForm:
    """A placeholder of a layout."""

    type: Annotated[str, Words(PLACEHOLDERS)] = about("Its type in OOXML.")
    role: RoleName = about("The role of its text.")
    colour: Slot | None = about("The colour of its text, if it is not that of the role.", default=None)
    anchor: Annotated[str, Words(("t", "ctr", "b"))] = about(
        "Where its text stands: top, middle or bottom.", default="t"
    )
    align: Annotated[str, Words(("l", "ctr", "r"))] = about(
        "Where its lines begin: left, middle or right.", default="l"
    )
    box: Box = about("Left, top, width and height.")
    prompt: str = about("What it says while it is empty.", default="")


@frozen(kw_only=True)
class LayoutForm:
    """A slide layout."""

    name: str = about("Its name in PowerPoint's menu.")
    placeholders: Annotated[
        Mapping[str, PlaceholderForm], Names("a mapping from names to placeholders", closed=True)
    ] = about("Its placeholders, by name.")
    boxes: Boxes = field(default_factory=dict, metadata={"doc": "Further boxes, by name."})
    lengths: Lengths = field(default_factory=dict, metadata={"doc": "Lengths, by name."})


@frozen(kw_only=True)
class TallForm:
    """What differs in a slide layout where slides are taller than wide."""

    placeholders: Boxes = field(default_factory=dict, metadata={"doc": "The boxes of its placeholders, by name."})
    boxes: Boxes = field(default_factory=dict, metadata={"doc": "Further boxes, by name."})
    lengths: Lengths = field(default_factory=dict, metadata={"doc": "Lengths, by name."})


@frozen(kw_only=True)
class Tall:
    """What differs where slides are taller than wide; lengths are written for a canvas of its own."""

    canvas: Sides = about("The size of slide that places and lengths are written for.")
    margin: Length = about("What stays free at the left and the right of this canvas.")
    content: Annotated[list[Length], Count("a list of two numbers, [top, bottom]", 2)] = about(
        "Where the body of a slide may stand on this canvas: its top and its bottom."
    )
    layouts: Annotated[Mapping[str, TallForm], Names("a mapping from names to layouts", closed=True)] = about(
        "What differs in slide layouts, by name."
    )


@frozen(kw_only=True)
class Rail:
    """The row of chips that leads back to what a slide stands in."""

    x: Length = about("Its left edge.")
    y: Length = about("Its top.")
    h: Length = about("Its height.")
    gap: Length = about("What is between two chips.")
    pad: Length = about("What is between a chip's edge and its text.")


@frozen(kw_only=True)
class Tracker:
    """The map in small that shows where the talk is."""

    w: Length = about("Its width.")
    h: Length = about("Its height.")
    y: Length = about("Its top.")
    gap: Length = about("What is between it and the name beside it.")
    cell_gap: Length = about("What is between two cells.")
    most_rows: Annotated[float, WHOLE] = about("How many layers it may show.")
    most_cells: Annotated[float, WHOLE] = about("How many concepts of a layer it may show.")


@frozen(kw_only=True)
class Furniture:
    """What stands at the same place on every slide."""

    footer: PlaceholderForm = about("The footer.")
    date: PlaceholderForm = about("The date.")
    number: PlaceholderForm = about("The number of the slide.")
    rail: Rail = about("The rail.")
    tracker: Tracker = about("The tracker.")
    logo: Box = about("Where the logo stands, if there is one; the footer begins after it.")


@frozen(kw_only=True)
class Rings:
    """Concentric rings: radii at scale 1."""

    outer: Radius = about("The radius of the outermost.")
    inner: Radius = about("The radius of the innermost, the goal.")


@frozen(kw_only=True)
class TableForm:
    """How the first row of tables differs from their other rows."""

    ground: Slot | None = about("What it stands on: a slot of the palette.", default=None)
    text: Slot | None = about("The colour of its text, if it is not that of the role `table-head`.", default=None)


@frozen(kw_only=True)
class Family:
    """The faces that measure the texts of a font family."""

    regular: FontFile = about("The regular face, below the font folder.")
    bold: FontFile = about("The bold face, below the font folder.")
    italic: FontFile | None = about("The italic face; without one, the regular face is slanted.", default=None)
    bold_italic: FontFile | None = about("The face that is bold and italic.", default=None)
    instead: list[FontName] = field(
        default_factory=list, metadata={"doc": "What a browser may take where the named font is missing."}
    )
    outlines: PackagedFont | None = about(
        "What draws where the faces only measure: a font in an installed package.", default=None
    )
    width: Annotated[float, WIDTH] = about(
        "How much wider the family may run than the faces, where these are those of another family.", default=1.0
    )


@frozen(kw_only=True)
class Script:
    """The font of a script that the theme's own fonts lack."""

    slot: Annotated[str, Words(("ea", "cs", "latin"))] = about(
        "`ea` (East Asian), `cs` (complex scripts) or `latin`, as Office has it."
    )
    font: FontName | None = about("The font that decks name; the theme's own, if it is left out.", default=None)
    measure: FamilyName | None = about("The family that measures it.", default=None)
    leading: Leading = about("What the line pitch of a role is multiplied by.", default=1.0)
    plain: bool = about("Do headings take the minor face?", default=False)


@frozen(kw_only=True)
class PictureForm:
    """How pictures or hand-outs look."""

    scale: Scale = about("The only type sizes that there are.")
    roles: Annotated[Mapping[str, RoleForm], Names("a mapping from names to roles", closed=True)] = about(
        "The roles of text, by name."
    )
    lengths: Lengths = about("Lengths, by name.")


@frozen(kw_only=True)
class Look(BrandForm):
    """What a theme says of the look of slides, pictures and hand-outs."""

    dark: bool = about("Is the page darker than the ink?")
    contrast: Annotated[
        float, Number(f"a contrast from {READABLE} to {HIGHEST}", READABLE, HIGHEST, finding=BAD_CONTRAST)
    ] = about("The contrast that every text has: 4.5 (WCAG's level AA) unless more is promised.", default=READABLE)
    colours: Palette = about("The palette.")
    opposite: Palette = about("The palette for the other surroundings: by night if the theme is light, else by day.")
    fonts: Fonts = about("The fonts of headings and texts.")
    canvas: Sides = about("The size of slide that places and lengths are written for.")
    sizes: Annotated[Mapping[str, Sides], Names("a mapping from names to sizes")] = about(
        "The sizes of slides that have a name."
    )
    size: SlideSize = about("The size of slides, as a name of `sizes` or as [width, height]; lengths are fitted to it.")
    grid: Grid = about("The grid of a slide.")
    spare: Share = about("What texts of one line keep free beside them, as a share of their width.")
    least: Points = about("The size down to which a text goes that has its place to itself and is still too long.")
    second: Share = about("What a text in a second language keeps of the size of the first, on slides in two.")
    ease: Share = about("What texts keep of their full size where more things than usual stand on one slide.")
    scale: Scale = about("The only type sizes that there are.")
    roles: Annotated[Mapping[str, RoleForm], Names("a mapping from names to roles", closed=True)] = about(
        "The roles of text, by name."
    )
    strokes: Lengths = about("Widths of lines in points, by name.")
    tints: Annotated[Mapping[str, Share], Names("a mapping from names to shares", closed=True)] = about(
        "How much of a colour is left where it is tinted, by name."
    )
    signs: Lengths = about("Sides of the squares that signs stand in, in inches, by name.")
    layouts: Annotated[Mapping[str, LayoutForm], Names("a mapping from names to layouts", closed=True)] = about(
        "The slide layouts, by name."
    )
    tall: Tall = about("What differs where slides are taller than wide.")
    framed: Tall = about("What differs on a template of others, where nothing reaches the edges of slides.")
    accents: Accents = about("Which accent is whose.")
    furniture: Furniture = about("What stands at the same place on every slide.")
    rings: Rings = about("The radii of rings.")
    table: TableForm = field(default_factory=TableForm, metadata={"doc": "How the first row of tables looks."})
    families: Annotated[Mapping[str, Family], Names("a mapping from names to families", pattern=FONT_NAME)] = about(
        "The faces that measure texts, by the name of the family."
    )
    fallbacks: list[FamilyName] = about("Families that are asked for a character that the theme's own font lacks.")
    scripts: Annotated[Mapping[str, Script], Names("a mapping from scripts to fonts", pattern=SCRIPT)] = about(
        "Fonts of scripts that the theme's own fonts lack, by ISO 15924."
    )
    pictures: PictureForm = about("Pictures for articles, in CSS pixels.")
    handout: PictureForm = about("Hand-outs with notes, in points.")


@frozen(kw_only=True)
class Design(Look):
    """A theme: everything that a deck shows and a map does not say."""

    extends: str | None = about("The theme that this one is laid over; it writes only what differs.", default=None)
    name: str = about("The name of the theme, as people read it.")
    template: TemplateForm | None = about("A presentation that decks are built on.", default=None)
    talk: Look | None = about("What changes where slides show less (`density: talk`).", default=None)
