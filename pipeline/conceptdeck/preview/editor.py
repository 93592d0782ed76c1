"""The editor: drafts of texts as the page would show them, texts that are saved, and the way back."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping

from conceptdeck.building.editing import Edit, Meanwhile, Patch, drafted, saved, taken_back
from conceptdeck.preview.board import Board
from conceptdeck.preview.finding import Finding, plain_finding
from conceptdeck.preview.studio import Snapshot, Studio
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk

__all__ = ["Drafted", "Editor", "Meant", "Written"]

MOST_PATCHES = 50  # of two files of some 200 kB each


@frozen
class Meant:
    """What a text is now, if that is not what an edit began with; and the map's text, if that is another one."""

    now: str
    source: str


@frozen
class Drafted:
    """A draft: what is found in it, and the board that the page looks at as it would be, with its picture."""

    findings: tuple[Finding, ...]
    meanwhile: Meant | None = None
    board: Board | None = None
    svg: str = ""


@frozen
class Written:
    """Whether something was written; where, and by which name it can be taken back, or what is wrong with it."""

    done: bool
    place: str = ""
    undo: str = ""
    problems: tuple[Finding, ...] = ()
    meanwhile: Meant | None = None


class Editor:
    """Edits the texts of a studio's maps; safe to be asked from many threads, and writes one thing at a time."""

    def __init__(self, studio: Studio) -> None:
        """Edit what a studio shows."""
        self._studio = studio
        self._lock = threading.Lock()
        self._patches: OrderedDict[str, Patch] = OrderedDict()

    def draft(self, asked: Mapping[str, str]) -> Drafted:
        """Return what a text would be like, with nothing written."""
        try:
            view, map_file = self._studio.asked(asked)
            patch = drafted(map_file, edit_of(asked))
            shown, pictures, before = self._studio.supposed(view, {patch.path: patch.after})
        except Failure as failure:
            return Drafted(_told(failure), _meant(failure))
        board = next((each for each in shown.boards if each.key == asked.get("board")), None)
        found = tuple(_news(shown, before, asked.get("key", "")))
        return Drafted(found, None, board, pictures.get(board.digest, "") if board else "")

    def save(self, asked: Mapping[str, str]) -> Written:
        """Write a text into its map or catalog."""
        try:
            _, map_file = self._studio.asked(asked)
            with self._lock:
                patch = saved(map_file, edit_of(asked))
                return Written(True, disk.shown(patch.path), self._kept(patch))
        except Failure as failure:
            return Written(False, problems=_told(failure), meanwhile=_meant(failure))

    def undo(self, asked: Mapping[str, str]) -> Written:
        """Take something back that was written, by its name."""
        with self._lock:
            patch = self._patches.get(asked.get("undo", ""))
            if patch is None:
                return Written(False)
            try:
                taken_back(patch)
            except Failure as failure:
                return Written(False, problems=_told(failure))
            del self._patches[asked["undo"]]
            return Written(True, disk.shown(patch.path))

    def _kept(self, patch: Patch) -> str:
        """Return the name by which a patch can be taken back, nothing if it changed nothing."""
        if patch.before == patch.after:
            return ""
        name = secrets.token_urlsafe(12)
        self._patches[name] = patch
        while len(self._patches) > MOST_PATCHES:
            self._patches.popitem(last=False)
        return name


def edit_of(asked: Mapping[str, str]) -> Edit:
    """Return the edit that a request asks for."""
    return Edit(*(asked.get(name, "") for name in ("key", "language", "text", "was", "source")))


def _told(failure: Failure) -> tuple[Finding, ...]:
    return tuple(map(plain_finding, failure.diagnostics))


def _meant(failure: Failure) -> Meant | None:
    return Meant(failure.now, failure.source) if isinstance(failure, Meanwhile) else None


def _news(shown: Snapshot, before: Snapshot | None, key: str) -> Iterator[Finding]:
    """Yield the findings on a text, and those on slides that were not there before."""
    known = {(each.code, each.message, each.marks) for each in before.findings} if before else set()
    for each in shown.findings:
        if each.key == key or (each.marks and (each.code, each.message, each.marks) not in known):
            yield each
