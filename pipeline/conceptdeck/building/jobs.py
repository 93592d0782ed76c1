"""Jobs: what is to be built, from which map, into which folder and how.

They are the one place that states an option and its default. The key of a job's record, its JSON form, and the options
of the command line follow from its fields.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields
from enum import Enum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, ClassVar, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from conceptdeck.values.languages import spelled
from conceptdeck.values.regex import regex
from conceptdeck.values.story import Density
from conceptdeck.values.value import frozen
from conceptdeck.workspace.places import is_theme_path

__all__ = [
    "DECK_FORMATS",
    "NARROWEST",
    "PICTURE_FORMATS",
    "PROGRAMS",
    "WIDEST",
    "DeckFormat",
    "DeckJob",
    "DiagramsJob",
    "Job",
    "LanguagesJob",
    "PageJob",
    "PaperName",
    "PictureFormat",
    "Program",
    "as_json",
    "choices",
    "default",
    "relative",
    "width_asked",
]

DeckFormat = Literal["pptx", "html", "pdf"]
PictureFormat = Literal["svg", "png", "pdf", "gv"]
PaperName = Literal["a3", "a2", "square"]
Program = Literal["powerpoint", "google-slides"]
THEME, OUT = "atlas", Path("output")
NARROWEST, WIDEST = 320, 4000  # px, of the column where a picture will stand
LEAST_MM, MOST_MM = 40, 2000  # of pictures on paper
IN_MM = {"mm": 1, "cm": 10, "in": 25.4, "pt": 25.4 / 72}
WIDTH = regex(r"(\d{1,5}(?:\.\d{1,3})?) ?(mm|cm|in|pt|px|)")
DECK_FORMATS: tuple[DeckFormat, ...] = get_args(DeckFormat)
PICTURE_FORMATS: tuple[PictureFormat, ...] = get_args(PictureFormat)
PROGRAMS: tuple[Program, ...] = get_args(Program)


@frozen
class DeckJob:
    """Build the deck of one map.

    `theme` is a name or the path of a file, `story` a name; a story says its own `density` unless one is given.
    `builds` let things appear click by click, `morph` and `zooms` are PowerPoint's. No `locale` is the map's own
    language; a `strict` job refuses strings that are not translated. No `formats` are a PowerPoint deck, or a PDF for a
    `handout`, which has notes beside its slides. A page leads to those in other `languages`. `program` is the one that
    shall open the deck. A `size` is that of the slides, by name, in place of the theme's own. To `embed_fonts`, the
    deck names the open families that measured it, and carries them along. `with_locale` is a second language, in which
    names, titles and labels have a smaller line below the first. `address` is that of the site to which codes lead that
    lead to the deck itself, in place of the project's.

    Raises ValueError for a value that a field does not know, such as a format.
    """

    kind: ClassVar[str] = "deck"

    map_file: Path
    theme: str = THEME
    out: Path = OUT
    story: str = "full"
    density: Density | None = None
    builds: bool = True
    morph: bool = False
    zooms: bool = False
    locale: str | None = None
    strict: bool = False
    formats: tuple[DeckFormat, ...] = ()
    handout: bool = False
    size: str = ""
    languages: tuple[str, ...] = ()
    program: Program = "powerpoint"
    embed_fonts: bool = False
    with_locale: str | None = None
    address: str = ""

    def __post_init__(self) -> None:
        """Bring all values into the one form that records have."""
        usual: DeckFormat = "pdf" if self.handout else "pptx"
        _settle(self, locale=_tag(self.locale), formats=self.formats or (usual,), with_locale=_tag(self.with_locale))


@frozen
class DiagramsJob:
    """Draw the pictures of one map for articles, in one language.

    `only` names pictures, `concept:ID` one of a concept; `every_concept` adds one of each. `width` is that of the
    column where they will stand, in pixels or on paper (`85mm`), the theme's if none is given; the whole map is then in
    a column too, unless a `paper` is given for it: a3, a2 or square. Pictures show their `title` and a `credit` if
    asked to. Of relations with a walk, `steps` are files besides. Those for paper have a folder of their own: no
    `text` is smaller there, in points; PNG has `dpi` pixels to the inch; they are in `grey`, or in black alone
    (`mono`). `engine` is a `dot` program that lays out instead of the embedded one. No `locale` is the map's own
    language; a `strict` job refuses strings that are not translated.

    Raises ValueError for a value that a field does not know, such as a format.
    """

    kind: ClassVar[str] = "diagrams"

    map_file: Path
    theme: str = THEME
    out: Path = OUT
    only: tuple[str, ...] = ()
    every_concept: bool = False
    formats: tuple[PictureFormat, ...] = PICTURE_FORMATS
    width: int | str | None = None
    paper: PaperName | None = None
    title: bool = False
    credit: bool = False
    steps: bool = False
    dpi: int | None = None
    text: float | None = None
    grey: bool = False
    mono: bool = False
    engine: Path | None = None
    embed_fonts: bool = False
    locale: str | None = None
    strict: bool = False

    def __post_init__(self) -> None:
        """Bring all values into the one form that records have."""
        formats = self.formats or PICTURE_FORMATS
        _settle(self, locale=_tag(self.locale), formats=formats, width=width_asked(self.width))
        if self.grey and self.mono:
            raise ValueError("grey and mono: a picture is printed in one of them")

    @property
    def is_printed(self) -> bool:
        """Tell whether the pictures are for paper."""
        return isinstance(self.width, str) or bool(self.dpi or self.text or self.grey or self.mono)


@frozen
class PageJob:
    """Write the page that shows the pictures of a map in every language."""

    kind: ClassVar[str] = "page"

    map_file: Path
    theme: str = THEME
    out: Path = OUT

    def __post_init__(self) -> None:
        """Bring all values into the one form that records have."""
        _settle(self)


@frozen
class LanguagesJob:
    """Find the languages that a map can be built in."""

    kind: ClassVar[str] = "languages"

    map_file: Path
    out: Path = OUT

    def __post_init__(self) -> None:
        """Bring all values into the one form that records have."""
        _settle(self)


Job: TypeAlias = DeckJob | DiagramsJob | PageJob | LanguagesJob


def as_json(job: Job) -> dict[str, Any]:
    """Return a job as JSON has it; its map is relative to the output folder, so that a project may move."""
    rest = {each.name: _plain(getattr(job, each.name)) for each in fields(job) if each.name not in ("map_file", "out")}
    if is_theme_path(rest.get("theme", "")):
        rest["theme"] = relative(Path(rest["theme"]), job.out)
    return {"kind": job.kind, "map": relative(job.map_file, job.out), **rest}


def default(job: type[Job], name: str) -> Any:
    """Return the default of a job's field; raises KeyError if it has none."""
    return {each.name: each.default for each in fields(job) if each.default is not MISSING}[name]


def choices(job: type[Job], name: str) -> tuple[str, ...]:
    """Return the words that a job's field may hold, none if it may hold any."""
    kind = _without_none(_kinds(job)[name])
    kind = get_args(kind)[0] if get_origin(kind) is tuple else kind
    if get_origin(kind) is Literal:
        return get_args(kind)
    return tuple(each.value for each in kind) if isinstance(kind, type) and issubclass(kind, Enum) else ()


def relative(path: Path, out: Path) -> str:
    """Return a path as records have it: relative to the output folder."""
    return Path(os.path.relpath(path.absolute(), out.absolute())).as_posix()


def _settle(job: Job, **given: Any) -> None:
    """Give each field of a new job its value, or the one that is `given` instead, in the form that its type has."""
    kinds = _kinds(type(job))
    for each in fields(job):
        value = given.get(each.name, getattr(job, each.name))
        object.__setattr__(job, each.name, _settled(each.name, kinds[each.name], value))


def _settled(name: str, kind: Any, value: Any) -> Any:
    """Return a field's value in the form that its type has; raises ValueError if the field does not know it."""
    if get_origin(kind) is tuple:
        several: Iterable[Any] = (value,) if isinstance(value, str) else value
        return tuple(dict.fromkeys(_settled(name, get_args(kind)[0], each) for each in several))
    if value is None:
        return None
    kind = _without_none(kind)
    known = get_args(kind)
    if get_origin(kind) is Literal and value not in known:
        raise ValueError(f"{name}: {value!r} is none of {', '.join(known)}")
    return kind(value) if isinstance(kind, type) and issubclass(kind, (Path, Enum)) else value


def _tag(locale: str | None) -> str | None:
    """Return a language tag as BCP 47 writes it; none stays none."""
    return spelled(locale) if locale else None


def width_asked(width: int | str | None) -> int | str | None:
    """Return a width as pixels, or as a number with its unit; raises ValueError for anything else."""
    if width is None or isinstance(width, int):
        return width
    found = WIDTH.fullmatch(width.strip())
    if not found or not (unit := found[2].removesuffix("px")):
        number = int(found[1]) if found and found[1].isdigit() else 0
        if not NARROWEST <= number <= WIDEST:
            raise ValueError(f"width: {width!r} is neither pixels from {NARROWEST} to {WIDEST} nor such as 85mm")
        return number
    size = float(found[1]) * IN_MM[unit]
    if not LEAST_MM <= size <= MOST_MM:
        raise ValueError(f"width: {width!r} is not between {LEAST_MM} and {MOST_MM} mm")
    return f"{float(found[1]):g}{unit}"


def _plain(value: Any) -> Any:
    """Return a field's value as JSON has it."""
    if isinstance(value, Path):
        return value.as_posix()
    return value.value if isinstance(value, Enum) else list(value) if isinstance(value, tuple) else value


def _without_none(kind: Any) -> Any:
    """Return `X` for `X | None`."""
    return get_args(kind)[0] if get_origin(kind) in (UnionType, Union) else kind


_kinds: Callable[[Any], dict[str, Any]] = cache(get_type_hints)  # of each field of a job
