"""Lines of text as paths at their places, for formats that must look the same without any font."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby

from conceptdeck.render.vector.marks import Group, Line, Words
from conceptdeck.render.vector.scene import drawing_scene, slide_scene
from conceptdeck.typeset.faces import Face, Outline, Shown
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.glyphs import Cluster, Drawn, Span, draw_line
from conceptdeck.typeset.scripts import lost_scripts
from conceptdeck.values.frame import Drawing, Frame
from conceptdeck.values.theme import Theme
from conceptdeck.values.value import frozen

__all__ = [
    "EM",
    "PlacedGlyph",
    "PlacedLine",
    "Stencils",
    "letter",
    "lines_missing",
    "missing_outlines",
    "place_lines",
    "text_glyphs",
    "undrawn_scripts",
]

UNDERLINE = (-0.10, -0.15)  # where the line below a link begins and ends, in ems from the baseline
EM = 1000  # outlines are written in thousandths of an em
SHARES = {"l": 0.0, "ctr": 0.5, "r": 1.0}  # of a line's width, how much of it stands left of where it is held


@frozen(cached=True)
class PlacedLine:
    """A line as it is drawn: its left end and its baseline, its clusters, and the colour slot of each span.

    `foreign` is its language if it is not that of what it stands on.
    """

    x: float
    y: float
    line: Line
    drawn: Drawn
    rtl: bool
    foreign: str = ""

    @cached_property
    def lettered(self) -> bool:
        """Tell whether fonts can show what of the line runs from the right, so that readers keep it in order."""
        return all(cluster.shown for cluster in self.drawn.clusters if cluster.rtl)


@frozen
class PlacedGlyph:
    """An outline in ems, y upwards, the place of its origin, and its size in CSS pixels."""

    outline: Outline
    x: float
    y: float
    size: float


class Stencils:
    """The outlines that a picture uses, each once: a glyph that comes often is described once and shown often."""

    def __init__(self) -> None:
        """Begin without any."""
        self.outlines: list[Outline] = []
        self._numbers: dict[int, int] = {}  # by identity: faces keep their outlines, and hashing them takes long

    def number(self, outline: Outline) -> int:
        """Return the number of an outline."""
        if id(outline) not in self._numbers:
            self._numbers[id(outline)] = len(self.outlines)
            self.outlines.append(outline)
        return self._numbers[id(outline)]


def missing_outlines(drawing: Drawing, theme: Theme, book: FontBook) -> tuple[str, ...]:
    """Return the characters of a drawing that no face has an outline for: a box would be drawn in their place."""
    return lines_missing(place_lines(drawing_scene(drawing, theme).groups, theme, book))[0]


def undrawn_scripts(shown: Iterable[Drawing | Frame], theme: Theme, book: FontBook) -> dict[str, tuple[str, ...]]:
    """Return the scripts of which no face has an outline for any letter on drawings or slides; with the letters."""
    scenes = [drawing_scene(each, theme) if isinstance(each, Drawing) else slide_scene(each, theme) for each in shown]
    return lines_missing(place_lines(tuple(group for scene in scenes for group in scene.groups), theme, book))[1]


def lines_missing(lines: Iterable[PlacedLine]) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Return the characters without an outline, and the scripts of which no letter has one, with the letters."""
    missing: dict[str, None] = {}
    chars: dict[str, None] = {}
    for line in lines:
        missing |= dict.fromkeys(line.drawn.missing)
        chars |= dict.fromkeys(char for cluster in line.drawn.clusters for char in cluster.text)
    return tuple(missing), lost_scripts(chars, missing) if missing else {}


def place_lines(groups: tuple[Group, ...], theme: Theme, book: FontBook) -> Iterator[PlacedLine]:
    """Yield every line of text, in order."""
    for group in groups:
        for mark in group.marks:
            if isinstance(mark, Words):
                yield from _lines(mark, theme, book)


def text_glyphs(
    words: Words, theme: Theme, book: FontBook, *, lettered: bool = False
) -> Iterator[tuple[str, list[PlacedGlyph]]]:
    """Yield a paragraph as glyphs from left to right, line by line: a colour slot for each stretch in one look.

    In a `lettered` format fonts show what they can: only the rest is yielded.
    """
    for placed in _lines(words, theme, book):
        for number, run in groupby(placed.drawn.clusters, key=lambda cluster: cluster.span):
            piece, clusters = placed.line.pieces[number], list(run)
            lines = [_underline(clusters, placed)] if piece.underlined else []
            left = [each for each in clusters if not (lettered and letter(each, placed))]
            yield piece.slot, [*(glyph for each in left for glyph in _glyphs(each, placed)), *lines]


def letter(cluster: Cluster, line: PlacedLine) -> tuple[Face, Shown] | None:
    """Return the glyphs of a font that show a cluster as text, None if it is shown as outlines.

    Readers of PDF take raised text for a line of its own, and lose the order of a line from the right of which only a
    part is seen.
    """
    if line.line.pieces[cluster.span].rise or not line.lettered:
        return None
    return cluster.shown


def _underline(clusters: Sequence[Cluster], line: PlacedLine) -> PlacedGlyph:
    """Return the line below a stretch of text, as a glyph of its own."""
    left, right, size = clusters[0].x, clusters[-1].x + clusters[-1].width, clusters[0].size
    width, (top, bottom) = (right - left) / size, UNDERLINE
    outline: Outline = (("M", (0.0, top)), ("L", (width, top)), ("L", (width, bottom)), ("L", (0.0, bottom)), ("Z", ()))
    return PlacedGlyph(outline, line.x + left, line.y, size)


def _glyphs(cluster: Cluster, line: PlacedLine) -> Iterator[PlacedGlyph]:
    baseline = line.y - line.line.pieces[cluster.span].rise
    for outline, dx, dy in cluster.outlines:
        x, y = line.x + cluster.x + dx * cluster.size, baseline - dy * cluster.size
        yield PlacedGlyph(outline, x, y, cluster.size)


def _lines(words: Words, theme: Theme, book: FontBook) -> Iterator[PlacedLine]:
    for line in words.lines:
        spans = tuple(
            Span(
                piece.text,
                theme.font(major=piece.major, mono=piece.mono),
                piece.bold,
                piece.size,
                piece.italic,
                piece.formula,
            )
            for piece in line.pieces
        )
        if spans:
            drawn = draw_line(spans, book, rtl=words.rtl, language=words.language)
            foreign = words.language if words.foreign else ""
            yield PlacedLine(line.x - drawn.width * SHARES[words.align], line.y, line, drawn, words.rtl, foreign)
