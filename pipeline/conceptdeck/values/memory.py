"""What a deck remembers of its making, and a saved deck as it is now: what edits are told from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from conceptdeck.values.value import frozen

__all__ = [
    "DIGEST", "MEMORY", "Comment", "Look", "Memory", "Origin", "Remembered", "RememberedSlide", "SavedDeck",
    "SavedParagraph", "SavedPicture", "SavedShape", "SavedSlide", "Stretch", "Told",
]  # fmt: skip

MEMORY = "urn:conceptdeck:memory:1"
"""The namespace of the part that a deck remembers in; the number is that of its form."""
DIGEST = "sha256"


@frozen
class Origin:
    """What a deck is of: map, language, theme, story, and digests of the files that it follows from.

    `values` are the strings by key as they were written for the deck, marks and all; `sources` those of the map that
    they translate, in another language.
    """

    map_id: str
    language: str
    theme: str
    story: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


@frozen
class Look:
    """How a stretch of text looks, as far as it is said; the size is in hundredths of a point.

    `align` is how its paragraph is set. Colours and faces may be those of the theme, such as `tx1` and `+mn-lt`.
    """

    bold: bool | None = None
    italic: bool | None = None
    size: int = 0
    colour: str = ""
    face: str = ""
    align: str = ""


@frozen
class Told:
    """A paragraph as it was built, and the keys of the strings that it shows.

    `looks` are how many characters each stretch has, and how it looks; none if the deck does not remember that.
    """

    text: str
    keys: tuple[str, ...] = ()
    looks: tuple[tuple[int, Look], ...] = ()


@frozen
class Remembered:
    """A shape as it was built: its name, the type and index of its placeholder, its texts, box and alt text.

    A table has a text for each cell, row by row, in so many `columns`. `told` are the keys of the alt text.
    """

    name: str
    texts: tuple[tuple[Told, ...], ...] = ()
    holder: tuple[str, int] | None = None
    box: tuple[int, int, int, int] = (0, 0, 0, 0)
    alt: str = ""
    told: tuple[str, ...] = ()
    columns: int = 0
    line: bool = False


@frozen
class RememberedSlide:
    """A slide as it was built: its id and key, its shapes, and its notes as lines with the signs of points."""

    id: int
    key: str
    shapes: tuple[Remembered, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    said: tuple[str, ...] = ()


@frozen
class Memory:
    """What a deck remembers: what it is of, its slides in order, and what names of colours and faces stood for."""

    origin: Origin
    slides: tuple[RememberedSlide, ...] = ()
    palette: Mapping[str, str] = field(default_factory=dict)


@frozen
class Stretch:
    """A stretch of a saved text in one look; `link` is an address, or empty."""

    text: str
    look: Look = Look()
    link: str = ""


@frozen
class SavedParagraph:
    """A paragraph of a saved deck: its stretches, and its level from 0."""

    stretches: tuple[Stretch, ...] = ()
    level: int = 0

    @property
    def text(self) -> str:
        """Return all of its text."""
        return "".join(each.text for each in self.stretches)


@frozen
class SavedPicture:
    """A picture of a saved deck: the name of its part, and whether some of it is cut off."""

    name: str
    cut: bool = False


@frozen
class SavedShape:
    """A shape of a saved deck; a text is its paragraphs, a table has one for each cell. `kind` is the XML's: `pic`.

    `set` has the same paragraphs with their looks.
    """

    name: str
    texts: tuple[tuple[str, ...], ...] = ()
    holder: tuple[str, int] | None = None
    box: tuple[int, int, int, int] | None = None
    alt: str = ""
    columns: int = 0
    kind: str = "sp"
    set: tuple[tuple[SavedParagraph, ...], ...] = ()
    picture: SavedPicture | None = None
    id: int = 0

    @property
    def line(self) -> bool:
        """Tell whether it is a line."""
        return self.kind == "cxnSp"


@frozen
class Comment:
    """What somebody wrote beside a slide: who, when, and what.

    It names a shape by its number on the slide (-1 if none), or stands at a point, in EMU.
    """

    author: str
    date: str
    text: str
    shape: int = -1
    point: tuple[int, int] | None = None
    resolved: bool = False


@frozen
class SavedSlide:
    """A slide of a saved deck: its id, its shapes in order, its notes as paragraphs, and comments on it.

    `layout` is the type of its layout, such as `secHead`; one that is `hidden` is skipped in a talk.
    """

    id: int
    shapes: tuple[SavedShape, ...] = ()
    notes: tuple[str, ...] | None = None
    comments: tuple[Comment, ...] = ()
    layout: str = ""
    hidden: bool = False


@frozen
class SavedDeck:
    """A deck as it is now: what it says of itself, what it remembers as it is written there, and its slides.

    `palette` are the colours and faces of its theme by the names that texts have for them.
    """

    properties: Mapping[str, str]
    memory: str | None
    slides: tuple[SavedSlide, ...] = ()
    palette: Mapping[str, str] = field(default_factory=dict)
