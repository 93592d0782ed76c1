"""The editor: drafts of texts as the page would show them, texts that are saved, edits of decks, and the way back."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from pathlib import Path

from conceptdeck.building.editing import Edit, Meanwhile, Patch, drafted, saved, taken_back
from conceptdeck.building.pulling import Pulled, Wanted, pull
from conceptdeck.building.records import CACHE, built_decks, is_edited, unsettle
from conceptdeck.building.reviewing import Proposal, Review, review
from conceptdeck.preview.board import Board
from conceptdeck.preview.finding import Finding, plain_finding
from conceptdeck.preview.studio import Snapshot, Studio
from conceptdeck.preview.view import content_digest
from conceptdeck.revision.comparison import Change
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.languages import direction
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk

__all__ = ["Deck", "Drafted", "Editor", "Meant", "Written", "watched"]

MOST_DONE = 50  # of two files of some 200 kB each
CHOICE = "choice."  # what the names of texts that are chosen begin with
RECORDS = Path(CACHE) / "jobs"


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
    """Whether something was written; where, and by which name it can be taken back, or what is wrong with it.

    Of a deck `count` texts were taken.
    """

    done: bool
    place: str = ""
    undo: str = ""
    problems: tuple[Finding, ...] = ()
    meanwhile: Meant | None = None
    count: int = 0


@frozen
class Deck:
    """An edited deck: its file, its language and how that runs, what it wants, and what stays in it."""

    file: str
    language: str
    direction: str
    proposals: tuple[Proposal, ...]
    there: int
    left: tuple[Change, ...]
    problems: tuple[Finding, ...]


@frozen
class _Done:
    """What was written, and the deck that it is from with its copy, if that is settled."""

    patch: Patch
    settled: tuple[Path, Path] | None = None


class Editor:
    """Edits the texts of a studio's maps; safe to be asked from many threads, and writes one thing at a time."""

    def __init__(self, studio: Studio, out: Path) -> None:
        """Edit what a studio shows, and look for edited decks in an output folder."""
        self._studio = studio
        self._out = out
        self._lock = threading.Lock()
        self._done: OrderedDict[str, _Done] = OrderedDict()
        self._reviews: dict[Path, tuple[tuple[str | None, str], Review]] = {}
        self._folders = frozenset({(out / RECORDS).resolve()})

    @property
    def folders(self) -> frozenset[Path]:
        """Return the folders whose changes matter: that of the records of builds, and those of the decks asked for."""
        return self._folders

    def decks(self, asked: Mapping[str, str]) -> tuple[Deck, ...]:
        """Return the decks of a map that somebody has edited."""
        map_file = self._map_of(asked)
        built = built_decks(self._out, map_file)
        self._folders |= {path.resolve().parent for path in built}
        with self._lock:
            return tuple(_deck(self._reviewed(path, map_file)) for path in built if is_edited(path, self._out))

    def take(self, asked: Mapping[str, str]) -> Written:
        """Take the edits of a deck, as it is there by name; of conflicts only those texts that were chosen."""
        chosen = {name.removeprefix(CHOICE): text for name, text in asked.items() if name.startswith(CHOICE)}
        try:
            map_file = self._map_of(asked)
            path = next(
                (each for each in built_decks(self._out, map_file) if disk.shown(each) == asked.get("deck")), None
            )
            if path is None:
                return Written(False)
            with self._lock:
                found = pull(path, map_file, Wanted(chosen=chosen, rejects=False))
                return Written(
                    True, disk.shown(found.path), self._kept(_of_deck(found, path, map_file)), count=len(found.taken)
                )
        except Failure as failure:
            return Written(False, problems=_told(failure))

    def _map_of(self, asked: Mapping[str, str]) -> Path:
        return self._studio.asked({"map": asked.get("map", "")})[1]

    def _reviewed(self, path: Path, map_file: Path) -> Review:
        """Return what a deck wants, as it was told before if neither the deck nor the files of its texts changed."""
        known = self._reviews.get(path)
        version = (disk.file_digest(path), content_digest(map_file, known[1].language if known else ""))
        if known is None or known[0] != version:
            self._reviews[path] = (
                version,
                review(path, map_file),
            )  # of before: what is saved meanwhile is looked at next
        return self._reviews[path][1]

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
                return Written(True, disk.shown(patch.path), self._kept(_Done(patch)))
        except Failure as failure:
            return Written(False, problems=_told(failure), meanwhile=_meant(failure))

    def undo(self, asked: Mapping[str, str]) -> Written:
        """Take something back that was written, by its name."""
        with self._lock:
            done = self._done.get(asked.get("undo", ""))
            if done is None:
                return Written(False)
            try:
                taken_back(done.patch)
            except Failure as failure:
                return Written(False, problems=_told(failure))
            if done.settled:
                unsettle(*done.settled)
            del self._done[asked["undo"]]
            return Written(True, disk.shown(done.patch.path))

    def _kept(self, done: _Done) -> str:
        """Return the name by which something can be taken back, nothing if it changed nothing."""
        if done.patch.before == done.patch.after and not done.settled:
            return ""
        name = secrets.token_urlsafe(12)
        self._done[name] = done
        while len(self._done) > MOST_DONE:
            self._done.popitem(last=False)
        return name


def _of_deck(found: Pulled, deck: Path, map_file: Path) -> _Done:
    """Return what was done when the edits of a deck were taken."""
    language = "" if found.path == map_file else found.language
    values = {each.key: (found.now[each.key], each.value) for each in found.taken}
    patch = Patch(found.path, map_file, language, found.before, found.after, values)
    return _Done(patch, (deck, found.copy) if found.copy else None)


def _deck(found: Review) -> Deck:
    """Return an edited deck as the page shows it."""
    problems = tuple(map(plain_finding, found.problems))
    runs = direction(found.language) if found.language else ""
    return Deck(disk.shown(found.path), found.language, runs, found.proposals, found.there, found.left, problems)


def watched(studio: Studio, editor: Editor | None) -> frozenset[Path]:
    """Return the folders whose changes matter to the page of a studio."""
    return studio.folders | (editor.folders if editor else frozenset())


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
