"""Faces out of font files: of collections, of compressed files, and of variable fonts as the faces that they name."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from conceptdeck.values.regex import regex

__all__ = ["NotAFont", "faces_in", "file_name"]

COLLECTION = b"ttcf"
MOST_FACES = 64  # that a variable font may name; few name more than 20
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT, WIDE_FAMILY, WIDE_STYLE = 1, 2, 3, 4, 6, 16, 17  # name ids (OpenType, name)
VARIATIONS_PREFIX = 25
WINDOWS = (3, 1, 0x409)  # platform, encoding and language of a name
FOUR = ("Regular", "Italic", "Bold", "Bold Italic")  # the faces that a family has in Office
ITALIC, BOLD, REGULAR = 0x0001, 0x0020, 0x0040  # bits of fsSelection (OS/2)
MAC_BOLD, MAC_ITALIC = 0x01, 0x02  # bits of macStyle (head)
UNSAID = regex(r"[^A-Za-z0-9]+")


class NotAFont(ValueError):
    """Tell why a file has no faces, and what to do."""

    def __init__(self, what: str, hint: str) -> None:
        """Say what is wrong, and the way out."""
        super().__init__(what)
        self.what, self.hint = what, hint


def faces_in(data: bytes) -> list[bytes]:
    """Return the static faces in a file, each as a file of one font; raises NotAFont if there are none.

    A static font is returned as it is. Of a variable one each named instance becomes a face.
    """
    from fontTools.ttLib import TTCollection, TTFont

    try:
        if data[:4] == COLLECTION:
            fonts = list(TTCollection(io.BytesIO(data)))
        else:
            fonts = [TTFont(io.BytesIO(data), recalcTimestamp=False)]
        found: list[bytes] = []
        for font in fonts:
            changed = "fvar" in font or font.flavor or len(fonts) > 1
            found += [_saved(each) for each in _static(font)] if changed else [data]
        return found
    except ImportError:
        raise NotAFont("is compressed as WOFF 2", "take the TTF or OTF file, or install brotli") from None
    except NotAFont:
        raise
    except Exception:  # damaged fonts make the library fail in any way that there is
        raise NotAFont("is no font, or a damaged one", "take a TTF, OTF, TTC or WOFF file") from None


def file_name(family: str, style: str) -> str:
    """Return a plain name for the file of a face."""
    plain = [UNSAID.sub("", part) for part in (family, style or FOUR[0])]
    return f"{plain[0] or 'Font'}-{plain[1] or FOUR[0]}"


def _static(font: Any) -> Iterator[Any]:
    """Yield a font, or the faces that a variable one names."""
    if "fvar" not in font:
        yield font
        return
    from copy import deepcopy

    from fontTools.varLib import instancer

    names = font["name"]
    family = names.getDebugName(WIDE_FAMILY) or names.getDebugName(FAMILY) or ""
    named = [(names.getDebugName(each.subfamilyNameID) or FOUR[0], each.coordinates) for each in font["fvar"].instances]
    if len(named) > MOST_FACES:
        raise NotAFont(f"names {len(named)} faces", f"take static fonts, or one that names at most {MOST_FACES}")
    for style, coordinates in named or [(FOUR[0], {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes})]:
        made = instancer.instantiateVariableFont(deepcopy(font), coordinates, inplace=True)
        _rename(made, family, " ".join(style.split()))
        yield made


def _rename(font: Any, family: str, style: str) -> None:
    """Name a face as Office groups them: families of four, and one more for each weight beyond these."""
    words = style.split()
    italic = "Italic" in words or "Oblique" in words
    upright = [word for word in words if word not in ("Italic", "Oblique")]
    bold = upright == ["Bold"]
    beyond = "" if upright in ([], ["Regular"], ["Bold"]) else " ".join(upright)
    short = FOUR[2 * bold + italic]
    home = f"{family} {beyond}".strip()
    names = font["name"]
    full, plain = f"{family} {style}", file_name(family, style)
    for id_, said in ((FAMILY, home), (STYLE, short), (UNIQUE, plain), (FULL, full), (POSTSCRIPT, plain)):
        names.removeNames(nameID=id_)
        names.setName(said, id_, *WINDOWS)
    for id_, said in ((WIDE_FAMILY, family), (WIDE_STYLE, style), (VARIATIONS_PREFIX, "")):
        names.removeNames(nameID=id_)
        if beyond and said:
            names.setName(said, id_, *WINDOWS)
    kept = font["OS/2"].fsSelection & ~(ITALIC | BOLD | REGULAR)
    font["OS/2"].fsSelection = kept | ITALIC * italic | BOLD * bold | REGULAR * (not italic and not bold)
    font["head"].macStyle = MAC_BOLD * bold | MAC_ITALIC * italic


def _saved(font: Any) -> bytes:
    font.flavor = None
    font.recalcTimestamp = False  # the same file gives the same bytes
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
