"""Fonts within pages and pictures: of the face that measured a text, what it needs to be as wide as it was computed."""

from __future__ import annotations

import base64
import hashlib
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from itertools import product

from conceptdeck.render.vector.marks import Piece, Scene, Words
from conceptdeck.typeset.faces import Face
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.values.theme import Theme
from conceptdeck.values.value import frozen

__all__ = ["SMALL", "Webfonts", "embed_fonts"]

QUICK, SMALL = "woff", "woff2"
FAMILY = "cd-font"  # what the families are called: fonts that are parts of others may not bear their reserved names
WEIGHTS = {False: "normal", True: "bold"}
SLOPES = (False, True)  # upright, italic
NAMED = (1, 3, 4, 6)  # name ids: family, unique identifier, full name, PostScript name
NO_EMBEDDING = 0x0002 | 0x0100  # bits of fsType (OpenType, OS/2): restricted licence, no subsets
WINDOWS = (3, 1, 0x409)  # platform, encoding and language of a name

_Home = tuple[str, bool, bool]
"""The family that a face belongs to, and whether it is bold and italic."""


@frozen
class Webfonts:
    """The rules that bring fonts, the names to take for each family of the theme, and the characters left to readers.

    None at all leaves every text to the fonts that readers have.
    """

    rules: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left: tuple[str, ...] = ()


def embed_fonts(scenes: Iterable[Scene], theme: Theme, book: FontBook, language: str, flavour: str = QUICK) -> Webfonts:
    """Return the parts of the measuring faces that the texts of `scenes` need, within the rules themselves.

    They are in a `flavour` of WOFF: what is `SMALL` is a fifth smaller, and takes its time. Faces without outlines, or that must not be embedded, are left out: what they measure is left to readers' fonts. So
    are Chinese, Japanese and Korean, whose characters are one em wide in every font.
    """
    homes = _homes(theme, book)
    wanted, left = _wanted(scenes, theme, book, homes)
    parts: dict[_Home, bytes] = {}
    for home in sorted(wanted):
        part = book.main_face(*home).subset(wanted[home])
        if part and _may_be_embedded(part):
            parts[home] = part
        else:
            left |= dict.fromkeys(sorted(filter(_is_seen, wanted[home])))
    called = {name: _called(name, parts) for name in dict.fromkeys(name for name, *_ in parts)}
    rules = tuple(_rule(called[home[0]], home, part, flavour) for home, part in parts.items())
    names = {
        each: _cascade(each, theme, book, homes, called, language) for each in (theme.major, theme.minor, theme.mono)
    }
    return Webfonts(rules, names, tuple(left))


def _homes(theme: Theme, book: FontBook) -> dict[Face, _Home]:
    """Return where each face that measures is at home; the theme's own families come first."""
    homes: dict[Face, _Home] = {}
    for name in dict.fromkeys((theme.major, theme.minor, *book.families)):
        for bold, italic in product(WEIGHTS, SLOPES):
            is_slanted = italic and not book.families[name].path(bold=bold, italic=True)  # browsers lean it themselves
            homes.setdefault(book.main_face(name, bold, italic), (name, bold, italic and not is_slanted))
    return homes


def _wanted(
    scenes: Iterable[Scene], theme: Theme, book: FontBook, homes: Mapping[Face, _Home]
) -> tuple[dict[_Home, set[str]], dict[str, None]]:
    """Return the characters that each face has to draw, and those that none of them does."""
    wanted: dict[_Home, set[str]] = {}
    left: dict[str, None] = {}
    pieces = (
        (each.text, theme.font(major=each.major, mono=each.mono), each.bold, each.italic)
        for each in _pieces(scenes)
        if not each.formula
    )
    for piece in dict.fromkeys(pieces):  # footers and rails come again on every slide
        for run in book.runs(*piece):
            if run.face and run.face in homes:
                composed = unicodedata.normalize("NFC", run.text)  # a face may have é, and no accent to put on an e
                wanted.setdefault(homes[run.face], set()).update(run.text, composed)
            else:
                left |= dict.fromkeys(filter(_is_seen, run.text))
    return wanted, left


def _pieces(scenes: Iterable[Scene]) -> Iterator[Piece]:
    groups = (group for scene in scenes for group in scene.groups)
    words = (mark for group in groups for mark in group.marks if isinstance(mark, Words))
    return (piece for each in words for line in each.lines for piece in line.pieces)


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Zs")


def _may_be_embedded(part: bytes) -> bool:
    """Tell whether a font's own table of permissions lets parts of it be embedded."""
    from fontTools.ttLib import TTFont  # here, as below: pictures without fonts do without it

    return not TTFont(io.BytesIO(part))["OS/2"].fsType & NO_EMBEDDING


def _called(family: str, parts: Mapping[_Home, bytes]) -> str:
    """Return the name of a family in rules: another one for other content, since pages may show several pictures."""
    content = b"".join(part for (name, *_), part in parts.items() if name == family)
    return f"{FAMILY}-{hashlib.sha256(content).hexdigest()[:12]}"


def _rule(name: str, home: _Home, part: bytes, flavour: str) -> str:
    _, bold, italic = home
    data = base64.b64encode(_woff(part, name, home, flavour)).decode()
    slope = "font-style:italic;" if italic else ""
    source = f"src:url(data:font/{flavour};base64,{data})"
    return f"@font-face{{font-family:{name};font-weight:{WEIGHTS[bold]};{slope}{source}}}"


def _woff(part: bytes, name: str, home: _Home, flavour: str) -> bytes:
    """Return a font under another name as WOFF; its copyright, version and licence stay in it."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(part), recalcTimestamp=False)
    _, bold, italic = home
    style = " ".join(["Bold"] * bold + ["Italic"] * italic) or "Regular"
    for id_, said in zip(
        NAMED, (name, f"{name} {style}", f"{name} {style}", f"{name}-{style.replace(' ', '')}"), strict=True
    ):
        font["name"].removeNames(nameID=id_)
        font["name"].setName(said, id_, *WINDOWS)
    font.flavor = flavour
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def _cascade(
    family: str,
    theme: Theme,
    book: FontBook,
    homes: Mapping[Face, _Home],
    called: Mapping[str, str],
    language: str,
) -> tuple[str, ...]:
    """Return the names to take for a family, the best first.

    A script of its own comes before all: spaces go with the words beside them, and there they were measured so.
    """
    script = theme.script_font(language)
    own = [script.measure] if script and script.measure else []
    faces = (book.main_face(name, bold) for name in (*own, family, *book.fallbacks) for bold in WEIGHTS)
    return tuple(dict.fromkeys(called[homes[face][0]] for face in faces if homes[face][0] in called))
