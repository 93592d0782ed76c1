"""Findings as the page shows them: the text of the terminal, the place in a file, and the place on a slide."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from conceptdeck.preview.board import Board
from conceptdeck.values.diagnostics import Diagnostic, OfText, OnDrawing, OnSlide, Place, Span
from conceptdeck.values.text import Text
from conceptdeck.values.value import frozen

__all__ = ["Finding", "Mark", "findings_on", "plain_finding"]

CATALOG = ".po"


@frozen
class Mark:
    """Where a finding is marked: a board by its key, and the name of an item there, empty for the board as a whole."""

    board: str
    name: str = ""


@frozen
class Finding:
    """A finding: its text as the terminal shows it, the file and line to copy, its string, and its marks."""

    code: str
    severity: str
    message: str
    text: str
    place: str
    key: str = ""
    marks: tuple[Mark, ...] = ()
    hints: tuple[str, ...] = ()


def plain_finding(diagnostic: Diagnostic) -> Finding:
    """Return a finding that is marked nowhere, such as one that stops the build."""
    place = str(diagnostic.span)
    severity, hints = diagnostic.severity.value, tuple(diagnostic.hints)
    return Finding(diagnostic.code, severity, diagnostic.statement, str(diagnostic), place, hints=hints)


def findings_on(boards: Sequence[Board], problems: Iterable[Diagnostic], texts: Iterable[Text]) -> tuple[Finding, ...]:
    """Return the findings with their marks on the boards; `texts` are the strings of the map as they are shown."""
    atlas = _Atlas(boards, tuple(texts))
    return tuple(atlas.placed(each) for each in problems)


class _Atlas:
    """Finds what a finding is about: first the item on a slide or a diagram, then the string."""

    def __init__(self, boards: Sequence[Board], texts: Sequence[Text]) -> None:
        self.boards = {board.key: board for board in boards}
        self.keys = frozenset(text.key for text in texts)
        self.shown: dict[str, list[Mark]] = {}
        for board in boards:
            for spot in board.spots:
                for key in spot.keys:
                    self.shown.setdefault(key, []).append(Mark(board.key, spot.name))
        self.places = _by_path(texts)

    def placed(self, finding: Diagnostic) -> Finding:
        """Return the finding with its string and its marks."""
        plain = plain_finding(finding)
        key = self._key_at(finding.span)
        match finding.place:
            case OfText(known) if known in self.keys:
                key = known
        places = dict.fromkeys((finding.place, *(() if isinstance(finding.place, OfText) else finding.where)))
        marks = tuple(mark for place in places for mark in self._marks(place))
        return replace(plain, key=key, marks=marks or tuple(self.shown.get(key, ())))

    def _marks(self, place: Place | None) -> tuple[Mark, ...]:
        """Return the mark of an item, or of the whole board if the item is not there; none for places elsewhere."""
        match place:
            case OnSlide(_, key, item) | OnDrawing(key, item) if key in self.boards:
                there = any(spot.name == item for spot in self.boards[key].spots)
                return (Mark(key, item if there else ""),)
        return ()

    def _key_at(self, span: Span) -> str:
        """Return the key of the string that holds a place of a file, empty if none surely does."""
        starts = self.places.get(span.path, []) if span.line else []
        at = bisect_right(starts, (span.line, span.column, "\U0010ffff")) - 1
        if at < 0:
            return ""
        line, _, key = starts[at]
        # an entry of a catalog reaches to the next one; in a map, other things stand between two strings
        return key if line == span.line or span.path.endswith(CATALOG) else ""


def _by_path(texts: Sequence[Text]) -> Mapping[str, list[tuple[int, int, str]]]:
    """Return where the strings of each file begin, in order."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for text in texts:
        found.setdefault(text.span.path, []).append((text.span.line, text.span.column, text.key))
    return {path: sorted(places) for path, places in found.items()}
