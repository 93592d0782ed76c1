"""Lines of text as outlines, from left to right as they are seen, whatever directions they mix."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, groupby
from weakref import WeakKeyDictionary

from bidi import get_display
from bidi.mirror import MIRRORED
from unicode_segmentation_rs import graphemes

from conceptdeck.typeset.faces import Face, Outline, ShapedGlyph, Shown
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.formulas import drawn as drawn_formula
from conceptdeck.values.formula import Formula
from conceptdeck.values.value import frozen

__all__ = ["Cluster", "Drawn", "Span", "draw_line", "mirrored"]

FROM_THE_RIGHT = frozenset(("R", "AL"))  # classes of letters (UAX #9)
SEPARATORS = ("ES", "CS")  # classes whose characters join digits, but one at a time
UNMARKED = ("BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")  # classes without ink
STAND_INS = 0x10000
UNSEEN = ("Cc", "Cf", "Zs")  # categories of characters without ink
SELECTORS = ("\ufe00", "\ufe0f")
FORMULA_LETTER = "a"
CACHED_LINES = 2048


@frozen
class Span:
    """A stretch of a line in one family, weight, slope and size, or a formula."""

    text: str
    family: str
    bold: bool
    size: float
    italic: bool = False
    formula: Formula | None = None

    @property
    def letters(self) -> str:
        """Return the text, as it is put in order: a formula runs from the left, as letters do."""
        return FORMULA_LETTER * len(self.text) if self.formula else self.text


@frozen
class Cluster:
    """Characters that are drawn together: where they begin and how far they reach, in the unit of their size.

    `outlines` and their places are in ems of `size`, from the cluster's left end, y upwards. `span` counts the spans.
    `shown` are its glyphs in a face that a document may hold; None if they are of none.
    """

    text: str
    x: float
    width: float
    rtl: bool
    size: float
    span: int
    outlines: tuple[tuple[Outline, float, float], ...]
    shown: tuple[Face, Shown] | None = None


@frozen
class Drawn:
    """A line as clusters from left to right, its width, and the characters that have no outline."""

    clusters: tuple[Cluster, ...]
    width: float
    missing: tuple[str, ...]


def draw_line(spans: tuple[Span, ...], book: FontBook, *, rtl: bool = False, language: str = "und") -> Drawn:
    """Return one line of text as outlines; `rtl` is the direction that the line as a whole has."""
    known = _drawn.setdefault(book, {})
    asked = (spans, rtl, language)
    if asked not in known:
        if len(known) >= CACHED_LINES:
            known.clear()
        known[asked] = _draw_line(spans, book, rtl, language)
    return known[asked]


_drawn: WeakKeyDictionary[FontBook, dict[tuple[tuple[Span, ...], bool, str], Drawn]] = WeakKeyDictionary()
"""Lines as they were drawn, for as long as their faces are of use."""


def _draw_line(spans: tuple[Span, ...], book: FontBook, rtl: bool, language: str) -> Drawn:
    """Draw a line that is not in the cache."""
    place, turned = _visual("".join(span.letters for span in spans), rtl)
    pieces = _all_pieces(spans, book, turned)
    pieces.sort(key=lambda piece: min(place[piece.start : piece.start + len(piece.text)]))
    clusters: list[Cluster] = []
    missing: dict[str, None] = {}
    x = 0.0
    for piece in pieces:
        for cluster in _clusters(piece, book, language, missing):
            clusters.append(replace(cluster, x=x))
            x += cluster.width
    return Drawn(tuple(clusters), x, tuple(missing))


@frozen
class _Piece:
    """A stretch of one span, face, script and direction; `source` is the text as written, `text` as it is shaped."""

    text: str
    source: str
    start: int
    face: Face | None
    script: str | None
    rtl: bool
    number: int
    span: Span


def _all_pieces(spans: Sequence[Span], book: FontBook, turned: Sequence[bool]) -> list[_Piece]:
    """Cut the spans of a line where face, script or direction change."""
    line = "".join(span.text for span in spans)
    found = []
    start = 0
    for number, span in enumerate(spans):
        if span.formula:
            found.append(_Piece(span.text, span.text, start, None, None, False, number, span))
            start += len(span.text)
            continue
        for run in book.runs(span.text, span.family, span.bold, span.italic):
            within = 0
            for rtl, group in groupby(turned[start : start + len(run.text)]):
                length = len(list(group))
                source = line[start + within : start + within + length]
                shaped = run.text[within : within + length]
                found.append(_Piece(shaped, source, start + within, run.face, run.script, rtl, number, span))
                within += length
            start += len(run.text)
    return found


def mirrored(text: str) -> str:
    """Return a text that runs from right to left with the brackets that are seen there."""
    return "".join(MIRRORED.get(char, char) for char in text)


def _visual(text: str, rtl: bool) -> tuple[list[int], list[bool]]:
    """Return for each character its place from the left, and whether it runs from right to left (UAX #9).

    The library tells what a line looks like, not where each character went. A combining mark of its own, which goes
    where its character goes and changes nothing else, tells them apart. Signs between digits do not stand a mark:
    others of their kind take their places.
    """
    kinds = [unicodedata.bidirectional(char) for char in text]
    if not rtl and FROM_THE_RIGHT.isdisjoint(kinds):
        return list(range(len(text))), [False] * len(text)
    marks = (char for char in _of_kind("NSM") if char not in text)
    signs = {kind: (char for char in _of_kind(kind) if char not in text) for kind in SEPARATORS}
    owners: dict[str, int] = {}
    marked = ""
    for at, (char, kind) in enumerate(zip(text, kinds, strict=True)):
        stand_in = "" if kind in UNMARKED else next(signs.get(kind, marks), "")
        marked += stand_in if stand_in and kind in SEPARATORS else char + stand_in
        if stand_in:
            owners[stand_in] = at
    return _found(get_display(marked, base_dir="R" if rtl else "L"), owners, text, rtl)


def _found(seen: str, owners: Mapping[str, int], text: str, rtl: bool) -> tuple[list[int], list[bool]]:
    """Return places and directions as a marked line shows them: from right to left, marks stand before characters."""
    places, turned = [-1] * len(text), [rtl] * len(text)
    signs = []
    at = place = 0
    while at < len(seen):
        follows, is_mark = seen[at + 1 : at + 2], seen[at] in owners and unicodedata.bidirectional(seen[at]) == "NSM"
        if is_mark or (follows in owners and seen[at] not in owners and _takes_mark(seen[at])):
            owner, step = owners[seen[at] if is_mark else follows], 2
            turned[owner] = is_mark
        else:
            owner, step = owners.get(seen[at], -1), 1
            signs.append(owner)
        if owner >= 0:
            places[owner], place = place, place + 1
        at += step
    for owner in (sign for sign in signs if sign > 0):
        turned[owner] = {1: False, -1: True}.get(places[owner] - places[owner - 1], rtl)
    for owner in range(len(text)):
        if places[owner] < 0:  # it has no ink, and goes with what stands before it
            places[owner], turned[owner] = (places[owner - 1], turned[owner - 1]) if owner else (0, rtl)
    return places, turned


def _takes_mark(char: str) -> bool:
    """Tell whether the algorithm knows a character well enough to let a mark go with it."""
    kind = unicodedata.bidirectional(char)
    return kind not in UNMARKED and kind not in SEPARATORS


@cache
def _of_kind(kind: str) -> tuple[str, ...]:
    """Return characters of one class of UAX #9."""
    return tuple(char for char in map(chr, range(STAND_INS)) if unicodedata.bidirectional(char) == kind)


def _clusters(piece: _Piece, book: FontBook, language: str, missing: dict[str, None]) -> list[Cluster]:
    """Return the clusters of a piece from left to right, at x 0; note what cannot be drawn."""
    if piece.span.formula:
        formula = drawn_formula(piece.span.formula)
        return [_cluster(piece, piece.source, formula.width, ((formula.outline, 0.0, 0.0),))]
    if piece.face is None:
        return _uncovered(piece, book, missing)
    glyphs = piece.face.glyphs(piece.text, piece.script, piece.rtl, language)
    starts = sorted({glyph.cluster for glyph in glyphs})
    ends = dict(zip(starts, [*starts[1:], len(piece.text)], strict=True))
    found = []
    for start, run in groupby(glyphs, key=lambda glyph: glyph.cluster):
        source, group = piece.source[start : ends[start]], list(run)
        drawn, width = _outlines(piece.face, group)
        inked = tuple(filter(_has_ink, source))
        shown = _shown(piece.face, group)
        if inked and not drawn:
            missing |= dict.fromkeys(inked)
            drawn, shown = _box(piece, book), None
        found.append(replace(_cluster(piece, source, width, drawn), shown=shown))
    return found


def _shown(face: Face, glyphs: Sequence[ShapedGlyph]) -> tuple[Face, Shown] | None:
    """Return the glyphs of a cluster with their places, None if no document may hold the face."""
    if not face.can_be_held:
        return None
    starts = accumulate((glyph.advance for glyph in glyphs), initial=0.0)
    return face, tuple((glyph.id, x + glyph.dx, glyph.dy) for glyph, x in zip(glyphs, starts, strict=False))


def _cluster(piece: _Piece, source: str, width: float, drawn: tuple[tuple[Outline, float, float], ...]) -> Cluster:
    size = piece.span.size
    return Cluster(source, 0.0, width * size, piece.rtl, size, piece.number, drawn)


def _box(piece: _Piece, book: FontBook) -> tuple[tuple[Outline, float, float], ...]:
    """Return the box that a font shows for what it has not."""
    return ((book.main_face(piece.span.family, piece.span.bold, piece.span.italic).outline(0), 0.0, 0.0),)


def _outlines(face: Face, glyphs: Sequence[ShapedGlyph]) -> tuple[tuple[tuple[Outline, float, float], ...], float]:
    """Return the outlines of a cluster's glyphs with their places, and the cluster's width."""
    drawn = []
    x = 0.0
    for glyph in glyphs:
        if outline := face.outline(glyph.id):
            drawn.append((outline, x + glyph.dx, glyph.dy))
        x += glyph.advance
    return tuple(drawn), x


def _uncovered(piece: _Piece, book: FontBook, missing: dict[str, None]) -> list[Cluster]:
    """Return boxes in place of what no face covers, as wide as such a text is estimated to be."""
    found = []
    for source in graphemes(piece.source, True):
        inked = tuple(filter(_has_ink, source))
        missing |= dict.fromkeys(inked)
        width = book.shape(source, piece.span.family, piece.span.bold, piece.span.italic).width
        found.append(_cluster(piece, source, width, _box(piece, book) if inked else ()))
    return found[::-1] if piece.rtl else found


def _has_ink(char: str) -> bool:
    """Tell whether a character shows something by itself."""
    return unicodedata.category(char) not in UNSEEN and not SELECTORS[0] <= char <= SELECTORS[1]
