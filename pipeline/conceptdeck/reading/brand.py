"""Brands as themes and project files write them: colours, and what stands on every slide of a house."""

from __future__ import annotations

from typing import Annotated

from conceptdeck.reading.images import ENDINGS
from conceptdeck.reading.rules import BAD_ACCENT, BAD_COLOUR, BAD_IMAGE, LONG_TEXT
from conceptdeck.reading.schema import Count, Number, Pattern
from conceptdeck.values.brand import Brand, Logo
from conceptdeck.values.image import ImageFile
from conceptdeck.values.text import about
from conceptdeck.values.theme import ACCENTS
from conceptdeck.values.value import frozen

__all__ = ["Accents", "BrandForm", "LogoForm", "Palette", "brand_of"]

LONGEST = 200  # characters of a line at the foot of a slide
LogoFile = Annotated[
    str,
    Pattern(
        "the path of an image",
        rf"(?!(?:.*/)?\.\./)[^/\\:~][^\\:]*\.(?i:{'|'.join(ENDINGS)})",
        "write its path from the folder of the theme or of the project on, such as logo.svg",
        BAD_IMAGE,
    ),
]
Line = Annotated[
    str, Pattern(f"a line of at most {LONGEST} characters", rf"[^\n]{{1,{LONGEST}}}", "shorten it", LONG_TEXT)
]


Accent = Annotated[
    float, Number(f"the number of an accent, 1 to {ACCENTS}", 1, ACCENTS, whole=True, finding=BAD_ACCENT)
]
Colour = Annotated[
    str,
    Pattern(
        "a colour", "#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", 'write its digits in quotes, such as "#E4002B"', BAD_COLOUR
    ),
]


@frozen(kw_only=True)
class Palette:
    """The colours of texts and of the grounds they stand on."""

    page: Colour = about("The ground of a slide.")
    card: Colour = about("The ground of a card.")
    ink: Colour = about("Texts.")
    secondary: Colour = about("Texts that matter less.")
    accents: Annotated[list[Colour], Count(f"a list of {ACCENTS} colours", ACCENTS)] = about("The accents, in order.")


@frozen(kw_only=True)
class Accents:
    """Which accent is whose, by number."""

    goal: Accent = about("The accent of the goal: the last layer, the last step, the focus concept.")
    others: Annotated[list[Accent], Count("a list of numbers of accents")] = about("The accents that take turns.")
    decorative: Annotated[list[Accent], Count("a list of numbers of accents")] | None = about(
        "The accents for lines and areas alone, which need no contrast: texts take other colours.",
        default=None,
    )


@frozen(kw_only=True)
class LogoForm:
    """A logo on every slide."""

    light: LogoFile = about("The image for light grounds: PNG, JPEG, WebP, GIF or SVG.")
    dark: LogoFile | None = about("The image for dark grounds; the same one, if it is left out.", default=None)
    alt: Line = about("What the logo shows, for those who do not see it: usually the name of the house.")


@frozen(kw_only=True)
class BrandForm:
    """What a house puts on every slide of its own."""

    logo: LogoForm | None = about("The logo, at the foot of every slide.", default=None)
    footer: Line | None = about("The line at the foot of slides, in place of the talk's title.", default=None)
    date: Line | None = about(
        "A fixed date at the foot of slides and on the cover; none, if it is left out.", default=None
    )
    author: Line | None = about("Who speaks: on the cover, and the author of the file.", default=None)
    event: Line | None = about("The event: on the cover, and among the file's properties.", default=None)


def brand_of(form: BrandForm) -> Brand:
    """Return what a form says of a brand; nobody has looked into the files of its logo yet."""
    said, logo = form.logo, None
    if said:
        logo = Logo(ImageFile(said.light), ImageFile(said.dark or said.light), said.alt)
    return Brand(logo, form.footer or "", form.date or "", form.author or "", form.event or "")
