"""Measure text: shape it with HarfBuzz and tell how far each character reaches."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from unicodedata import east_asian_width

from unicode_segmentation_rs import graphemes

from conceptdeck.typeset.faces import EMBOLDENED, PLAIN, SLANT, Face
from conceptdeck.typeset.scripts import script_of
from conceptdeck.values.value import frozen, mutable

__all__ = ["Family", "FontBook", "Shaped", "TextRun"]

CACHED_TEXTS = 1024
EMOJI_ADVANCE = 1.25  # of Segoe UI Emoji and Apple Color Emoji alike, in ems
WIDE_ADVANCE = 1.0
UNKNOWN_ADVANCE = 0.65
SIGNS = ("So", "Sm", "Sk", "Me")  # categories of emoji, arrows and their like; the last makes keys of digits
A_SMILE = "\N{GRINNING FACE}"
EMOJI_STYLE = "\N{VARIATION SELECTOR-16}"


@frozen
class Family:
    """A font family as decks name it, and the faces that stand in for it when text is measured."""

    name: str
    measured_with: str
    regular: str  # paths below the font folder
    bold: str
    outlines: str = ""  # `package/file#face` that draws what measuring faces without outlines cannot
    italic: str = ""  # without one, the upright face is slanted
    bold_italic: str = ""
    scripts: frozenset[str] = frozenset()  # that it is made for, as `script_of` names them: it is asked first for those
    width: float = 1.0  # what the widths of the faces are multiplied by, where they stand in for wider ones

    def path(self, *, bold: bool, italic: bool) -> str:
        """Return the file of a face; an italic one may be missing."""
        if italic:
            return self.bold_italic if bold else self.italic
        return self.bold if bold else self.regular


@frozen
class Shaped:
    """How far a text reaches: `positions[i]` is the distance in ems before its i-th character.

    Characters within a cluster (a ligature, an emoji sequence) stand at the end of that cluster.
    `missing` lists the characters no face covers; their widths are estimates.
    """

    positions: tuple[float, ...]
    missing: tuple[str, ...]

    @property
    def width(self) -> float:
        """Return the width of the whole text in ems."""
        return self.positions[-1]

    def between(self, start: int, end: int) -> float:
        """Return the width in ems of the characters from `start` up to `end`."""
        return self.positions[end] - self.positions[start]

    def spare(self, start: int) -> float:
        """Return what a line that starts at `start` takes less than the characters there: nothing."""
        return 0.0


@frozen
class TextRun:
    """A stretch of text that one face shapes; no face means that nobody covers it."""

    text: str
    face: Face | None
    script: str | None


@mutable
class _Run:
    """A stretch of text in one face and one script; no face means nobody covers it."""

    face: Face | None
    script: str | None
    text: str


class _Cascade:
    """A face and the faces that help out, in order."""

    def __init__(self, faces: Sequence[Face], scripts: Sequence[frozenset[str]]) -> None:
        """Take the main face first, and the scripts that each face is made for."""
        self.faces = tuple(faces)
        self._scripts = tuple(scripts)
        self._first_to_cover = lru_cache(maxsize=CACHED_TEXTS)(self._search_faces)
        self._asked = cache(self._nearest_first)

    @cached_property
    def _covers_ascii(self) -> bool:
        """Tell whether the main face covers printable ASCII."""
        return all(self.faces[0].has(chr(code)) for code in range(0x20, 0x7F))

    def shape(self, text: str) -> Shaped:
        """Measure `text`."""
        advances: list[float] = []
        missing: dict[str, None] = {}
        for run in self._runs(text.translate(PLAIN)):
            if run.face is None:
                missing |= dict.fromkeys(filter(self._lacks, run.text))
                advances += _estimates(run.text)
            else:
                advances += run.face.advances(run.text)
        steps = [advance if advance > 0.0 else 0.0 for advance in advances]
        return Shaped(tuple(accumulate(steps, initial=0.0)), tuple(missing))

    def runs(self, text: str) -> list[TextRun]:
        """Return `text` cut into the runs that its faces shape."""
        return [TextRun(run.text, run.face, run.script) for run in self._runs(text.translate(PLAIN))]

    def _lacks(self, char: str) -> bool:
        """Tell whether no face has a glyph that `char` needs."""
        return _is_visible(char) and not any(face.has(char) for face in self.faces)

    def _runs(self, text: str) -> list[_Run]:
        """Split `text` into runs of one face and one script, never inside a grapheme."""
        if text.isascii() and self._covers_ascii:
            return [_Run(self.faces[0], "Latn", text)] if text else []
        runs: list[_Run] = []
        for cluster in graphemes(text, True):
            last = runs[-1] if runs else None
            face, script = self._face_for(cluster, last), script_of(cluster[0])
            if last and last.face is face and (script is None or last.script in (None, script)):
                last.text += cluster
                last.script = last.script or script
            else:
                runs.append(_Run(face, script, cluster))
        return runs

    def _face_for(self, cluster: str, last: _Run | None) -> Face | None:
        """Return the face for a grapheme: that of the run before if it stays there, else the first fit."""
        if last and last.face and self._stays(cluster, last) and _covers(last.face, cluster):
            return last.face
        return self._first_to_cover(cluster)

    def _search_faces(self, cluster: str) -> Face | None:
        """Return the first face that covers a grapheme; one that shows it as emoji, if it is to be shown so."""
        faces = sorted(self.faces, key=_has_no_emoji) if EMOJI_STYLE in cluster else self._asked(script_of(cluster[0]))
        return next((face for face in faces if _covers(face, cluster)), None)

    def _nearest_first(self, script: str | None) -> tuple[Face, ...]:
        """Return all faces, next to the main one those made for a script, so that no other has to be opened."""
        main, *others = zip(self.faces, self._scripts, strict=True)
        return tuple(face for face, _ in (main, *sorted(others, key=lambda each: script not in each[1])))

    def _stays(self, cluster: str, last: _Run) -> bool:
        """Tell whether a grapheme goes with the text before it.

        Spaces and invisible characters do, but spaces not with signs and emoji, whose faces have none for texts; and so
        does punctuation that is wide among wide characters.
        """
        if not any(map(_is_visible, cluster)):
            return last.script is not None or not cluster.isspace() or not any(map(_is_sign, last.text))
        among_wide = last.face is not self.faces[0] and east_asian_width(last.text[-1]) in "WFA"
        return among_wide and east_asian_width(cluster[0]) == "A" and script_of(cluster[0]) is None


class FontBook:
    """The faces of a theme, opened when first used, and the widths of texts set in them."""

    def __init__(
        self,
        load: Callable[[str], bytes],
        families: Iterable[Family],
        fallbacks: Sequence[str] = (),
        outlines: Callable[[str], Callable[[], bytes] | None] = lambda name: None,
    ) -> None:
        """Know `families`, whose files `load` reads; those named in `fallbacks` help out, in that order.

        `outlines` returns what reads the font in a package, if it is installed.
        """
        self._outlines = cache(outlines)
        self._outline_face = cache(self._open_outlines)
        self.families = {family.name: family for family in families}
        self.fallbacks = tuple(fallbacks)
        self._face = cache(lambda path, width=1.0: Face(lambda: load(path), width=width))
        self._slanted = cache(lambda path, width=1.0: Face(lambda: load(path), slant=SLANT, width=width))
        self._cascade = cache(self._build_cascade)
        self._shape = lru_cache(maxsize=CACHED_TEXTS)(self._shape_anew)
        for name in self.fallbacks:
            self._family(name)

    def shape(self, text: str, family: str, bold: bool = False, italic: bool = False) -> Shaped:
        """Return how far `text` reaches in `family`.

        Unknown families raise `LookupError`. Control characters take no room, a tab that of a space.
        """
        return self._shape(text, family, bold, italic)

    def runs(self, text: str, family: str, bold: bool = False, italic: bool = False) -> list[TextRun]:
        """Return `text` cut into runs of one face and one script, in logical order, as `shape` measures them.

        The faces are those that draw it, where they are not those that measure it.
        """
        runs = self._cascade(family, bold, italic).runs(text)
        return [replace(run, face=run.face and self.drawing_face(run.face)) for run in runs]

    def drawing_face(self, face: Face) -> Face:
        """Return the face that draws what `face` measures: another one if it has no outlines of its own."""
        for family in self.families.values():
            for path, bold in ((family.regular, False), (family.bold, True)) if family.outlines else ():
                for found, slant in ((self._face(path, family.width), 0.0), (self._slanted(path, family.width), SLANT)):
                    if found is face:
                        return self._outline_face(family.outlines, bold, slant) or face
        return face

    def _open_outlines(self, source: str, bold: bool, slant: float = 0.0) -> Face | None:
        """Return the face of a package, None if that is not installed; there is one weight, thickened to be bold."""
        name, _, index = source.partition("#")
        load = self._outlines(name)
        return load and Face(load, int(index or 0), EMBOLDENED if bold else 0.0, slant)

    def main_face(self, family: str, bold: bool = False, italic: bool = False) -> Face:
        """Return the face that `family` is measured with first."""
        return self._face_of(self._family(family), bold, italic)

    def _shape_anew(self, text: str, family: str, bold: bool, italic: bool) -> Shaped:
        """Measure a text that is not in the cache."""
        return self._cascade(family, bold, italic).shape(text)

    def _build_cascade(self, family: str, bold: bool, italic: bool = False) -> _Cascade:
        """Return the faces of `family` and of the families that help it out."""
        families = [self._family(name) for name in dict.fromkeys((family, *self.fallbacks))]
        return _Cascade([self._face_of(each, bold, italic) for each in families], [each.scripts for each in families])

    def _face_of(self, family: Family, bold: bool, italic: bool) -> Face:
        """Return a face of a family; one that has no italic is slanted."""
        if path := family.path(bold=bold, italic=italic):
            return self._face(path, family.width)
        return self._slanted(family.path(bold=bold, italic=False), family.width)

    def _family(self, name: str) -> Family:
        """Return the family called `name`."""
        if name not in self.families:
            raise LookupError(f"no face measures the font family {name!r}; known: {', '.join(self.families)}")
        return self.families[name]


def _is_sign(char: str) -> bool:
    """Tell whether a character is a sign that no letters stand beside in its font."""
    return unicodedata.category(char) in SIGNS


def _has_no_emoji(face: Face) -> bool:
    """Tell whether a face is none of those that are made for emoji: all of these have a smile."""
    return not face.has(A_SMILE)


def _covers(face: Face, cluster: str) -> bool:
    """Tell whether a face has a glyph for every visible character of a grapheme, composed if need be."""
    return all(face.has(char) for char in cluster if _is_visible(char)) or all(
        face.has(char) for char in unicodedata.normalize("NFC", cluster) if _is_visible(char)
    )


def _estimates(text: str) -> list[float]:
    """Return likely advances for a text no face covers, held by the first character of each grapheme."""
    advances: list[float] = []
    for cluster in graphemes(text, True):
        advances += [_estimate(cluster), *[0.0] * (len(cluster) - 1)]
    return advances


def _estimate(cluster: str) -> float:
    """Return the likely advance in ems of a grapheme no face covers."""
    if cluster[0] >= "\N{MAHJONG TILE EAST WIND}" and unicodedata.category(cluster[0]) == "So":
        return EMOJI_ADVANCE
    if EMOJI_STYLE in cluster:
        return EMOJI_ADVANCE
    if east_asian_width(cluster[0]) in "WF":
        return WIDE_ADVANCE
    return UNKNOWN_ADVANCE if any(map(_is_visible, cluster)) else 0.0


@lru_cache(maxsize=4096)
def _is_visible(char: str) -> bool:
    """Tell whether `char` needs a glyph; HarfBuzz does without for spaces and invisible characters."""
    is_selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return not is_selector and unicodedata.category(char) not in ("Cc", "Cf", "Zs")
