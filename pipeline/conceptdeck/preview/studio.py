"""The studio: plans what is looked at when it changes, by content, and keeps the last state that was good."""

from __future__ import annotations

import colorsys
import json
import threading
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from conceptdeck.building.appearances import Appearance, appearances
from conceptdeck.building.deck import plan_deck
from conceptdeck.building.diagrams import plan_diagrams
from conceptdeck.building.edition import Edition, read_edition
from conceptdeck.building.extracts import letters_of
from conceptdeck.building.jobs import DeckJob, DiagramsJob
from conceptdeck.building.rooms import Letters, Room, room_in
from conceptdeck.preview.board import Board, drawing_board, slide_board
from conceptdeck.preview.finding import Finding, findings_on, plain_finding
from conceptdeck.preview.view import Choices, View, choices_of, content_digest, folders_of, themes_of, view_from
from conceptdeck.translation.catalog import Catalog, sources, state_of
from conceptdeck.values.collector import uncollected
from conceptdeck.values.diagnostics import Diagnostic, Failure
from conceptdeck.values.languages import direction
from conceptdeck.values.story import Density
from conceptdeck.values.terms import ENGLISH, Words
from conceptdeck.values.theme import Theme
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.loading import read_catalog
from conceptdeck.workspace.workshop import staying

__all__ = ["Reply", "Snapshot", "String", "Studio", "as_json"]

MOST_SNAPSHOTS = 24  # of some 300 kB each
GROUNDS = ("page", "card", "ink", "secondary")
SIGNALS = {"error": 5.0, "warning": 40.0, "done": 150.0}  # degrees of the colour wheel
MOST_PICTURES = 4_000  # of some 6 kB each


@frozen
class String:
    """A string of the map: its source text and its translation, how far it is translated, and where each stands.

    `boards` are the keys of the boards that show it or whose notes say it; `room` is what it has where it stands.
    """

    key: str
    source: str
    text: str
    state: str
    source_place: str
    place: str
    boards: tuple[str, ...]
    room: Room | None = None


@frozen
class Face:
    """A font that measured the slides; the page takes it where the machine lacks the one that decks name."""

    family: str
    weight: str
    file: str


@frozen
class Snapshot:
    """Everything that the page shows of a view, but for the pictures, which have digests."""

    view: View
    version: str
    title: str
    language: str
    direction: str
    source_language: str
    source_direction: str
    choices: Choices
    light: Mapping[str, str]
    dark: Mapping[str, str]
    face: str
    faces: tuple[Face, ...]
    boards: tuple[Board, ...]
    strings: tuple[String, ...]
    findings: tuple[Finding, ...]


@frozen
class Reply:
    """An answer to the page: the errors of now, and the last good state, which is of now if there are none."""

    view: View
    errors: tuple[Finding, ...]
    fault: str
    snapshot: Snapshot | None


class Studio:
    """Plans views of maps; safe to be asked from many threads, and plans one thing at a time."""

    def __init__(
        self, map_files: Iterable[Path], tell: Callable[[str], None] = lambda line: None, themes: Iterable[str] = ()
    ) -> None:
        """Know the maps by the names of their folders, and `themes` by their paths besides those that have names.

        `tell` hears what is wrong, once each time it changes.
        """
        self._themes = tuple(themes)
        self._files = _by_name(map_files)
        self._tell = tell
        self._lock = threading.Lock()
        self._replies: OrderedDict[View, tuple[str, Reply]] = OrderedDict()
        self._good: OrderedDict[View, Snapshot] = OrderedDict()
        self._pictures: OrderedDict[str, str] = OrderedDict()
        self._fonts: dict[str, Path] = {}
        self._told = ""
        self.plans = 0  # how often something was planned, for tests

    @property
    def maps(self) -> tuple[str, ...]:
        """Return the names of the maps."""
        return tuple(self._files)

    @property
    def folders(self) -> frozenset[Path]:
        """Return the folders whose changes matter."""
        return frozenset(folder for path in self._files.values() for folder in folders_of(path))

    def words(self) -> Words:
        """Return the program's words in the language of the first map, in English while that cannot be read."""
        try:
            return read_edition(next(iter(self._files.values()))).words
        except Failure:
            return ENGLISH

    def reply(self, query: Mapping[str, str]) -> Reply:
        """Return the state of the view that is asked for; what goes wrong is part of the answer."""
        try:
            view, _ = self.asked(query)
        except Failure as failure:
            return Reply(View(self.maps[0]), tuple(map(plain_finding, failure.diagnostics)), "", None)
        with self._lock:
            return self._reply(view)

    def asked(self, query: Mapping[str, str]) -> tuple[View, Path]:
        """Return the view that is asked for, and the file of its map; raises Failure if there is no such view."""
        map_file = self._files.get(query.get("map", ""), next(iter(self._files.values())))
        return view_from(query, self.maps, themes_of(map_file, self._themes)), map_file

    def supposed(self, view: View, files: Mapping[Path, bytes]) -> tuple[Snapshot, dict[str, str], Snapshot | None]:
        """Return what a view would show if files held other bytes, its pictures, and what it showed last.

        Raises Failure if it could not be planned; nothing of it is kept.
        """
        with self._lock, disk.supposed(files), _undisturbed():
            found, pictures = take_snapshot(view, self._files[view.map], self.maps, themes=self._themes)
            return found, pictures, self._good.get(view)

    def pictures(self, digests: Iterable[str]) -> dict[str, str]:
        """Return the pictures that are known, as SVG by digest."""
        with self._lock:
            return {digest: self._pictures[digest] for digest in digests if digest in self._pictures}

    def font(self, file: str) -> bytes | None:
        """Return a font that a snapshot named, None for any other."""
        return disk.read_bytes(self._fonts[file]) if file in self._fonts else None

    def _reply(self, view: View) -> Reply:
        version = content_digest(self._files[view.map], view.locale)
        known = self._replies.get(view)
        if known and known[0] == version and self._has_pictures(known[1]):
            return known[1]
        reply = self._fresh(view, version)
        if not reply.fault:  # a fault may be gone when it is tried again
            _keep(self._replies, view, (version, reply), MOST_SNAPSHOTS)
        return reply

    def _has_pictures(self, reply: Reply) -> bool:
        """Tell whether all pictures of an answer are still kept."""
        return reply.snapshot is None or all(board.digest in self._pictures for board in reply.snapshot.boards)

    def _fresh(self, view: View, version: str) -> Reply:
        self.plans += 1
        errors: tuple[Diagnostic, ...] = ()
        fault = ""
        try:
            with _undisturbed():
                snapshot, pictures = take_snapshot(view, self._files[view.map], self.maps, version, self._themes)
            for digest, svg in pictures.items():
                _keep(self._pictures, digest, svg, MOST_PICTURES)
            _keep(self._good, view, snapshot, MOST_SNAPSHOTS)
            around = places.asked_theme(view.theme, places.house(self._files[view.map])).house
            self._fonts |= {face.file: around.font(face.file) for face in snapshot.faces}
        except Failure as failure:
            errors = failure.diagnostics
        except Exception as error:  # a fault of ours must not end the preview
            fault = f"{type(error).__name__}: {error}"
            self._say(f"conceptdeck: a fault of the program\n{traceback.format_exc()}")
        if not fault:
            self._say("\n".join(map(str, errors)))
        return Reply(view, tuple(map(plain_finding, errors)), fault, self._good.get(view))

    def _say(self, text: str) -> None:
        """Tell the terminal what is wrong, unless it was the last thing said."""
        if text and text != self._told:
            self._tell(text)
        self._told = text


def take_snapshot(
    view: View, map_file: Path, maps: tuple[str, ...], version: str = "", themes: tuple[str, ...] = ()
) -> tuple[Snapshot, dict[str, str]]:
    """Return what a view shows, and its pictures by digest.

    Raises Failure if the map, a catalog, a story or the theme cannot be read.
    """
    edition, theme, drawn, problems, found = _planned(view, map_file)
    letters = letters_of(edition.map.language, theme, places.asked_theme(view.theme, places.house(map_file)).house)
    boards = tuple(board for board, _ in drawn)
    own = edition.source.language
    light, dark = (_palette(theme, dark=each) for each in (False, True))
    snapshot = Snapshot(
        view=view,
        version=version,
        title=edition.map.title.value,
        language=edition.map.language,
        direction=direction(edition.map.language),
        source_language=own,
        source_direction=direction(own),
        choices=choices_of(map_file, maps, own, themes),
        light=light,
        dark=dark,
        face=theme.major,
        faces=tuple(_faces(theme, edition.map.language)),
        boards=boards,
        strings=tuple(_strings(edition, map_file, found, boards, letters)),
        findings=findings_on(boards, problems, (*sources(edition.map), *sources(edition.source))),
    )
    return snapshot, {board.digest: svg for board, svg in drawn}


def _faces(theme: Theme, language: str) -> Iterator[Face]:
    """Yield the fonts that slides in a language are drawn with; files that can only measure are none."""
    font = theme.script_font(language)
    wanted = {theme.major, theme.minor, font.measure if font else ""}
    for family in theme.families:
        if family.name in wanted and not family.outlines:
            name = next(iter(family.instead), family.name)
            yield Face(name, "400", family.regular)
            yield Face(name, "700", family.bold)


def _palette(theme: Theme, *, dark: bool) -> dict[str, str]:
    """Return the colours of the page: the theme's own, and of its accents those nearest to red, amber and green."""
    colours = theme.palette(dark=dark)
    accents = [colour for slot, colour in colours.items() if slot.startswith("accent")]
    signals = {name: min(accents, key=lambda colour: _away(colour, hue)) for name, hue in SIGNALS.items()}
    return {slot: colours[slot] for slot in GROUNDS} | {"accent": colours[f"accent{theme.goal}"]} | signals


def _away(colour: str, hue: float) -> float:
    """Return how far a colour is from a hue, in degrees."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    away = abs(colorsys.rgb_to_hls(red, green, blue)[0] * 360 - hue)
    return min(away, 360 - away)


def _planned(
    view: View, map_file: Path
) -> tuple[Edition, Theme, list[tuple[Board, str]], tuple[Diagnostic, ...], Mapping[str, Appearance]]:
    """Return the edition, the theme, the boards with their pictures, what was found, and where each string appears."""
    locale = view.locale or None
    if view.kind == "diagrams":
        sheet = plan_diagrams(DiagramsJob(map_file, view.theme, locale=locale))
        edition, known = _known(sheet.edition)
        numbered = enumerate(sheet.drawings, start=1)
        drawn = [drawing_board(drawing, sheet.theme, number, known) for number, drawing in numbered]
        return edition, sheet.theme, drawn, sheet.problems, appearances(edition.source, (), sheet.drawings)
    density = Density(view.density) if view.density else None
    plan = plan_deck(DeckJob(map_file, view.theme, story=view.story, density=density, locale=locale))
    edition, known = _known(plan.edition)
    drawn = [slide_board(frame, plan.theme, known) for frame in plan.frames]
    return edition, plan.theme, drawn, plan.problems, appearances(edition.source, plan.frames, ())


def _known(edition: Edition | None) -> tuple[Edition, frozenset[str]]:
    """Return an edition and the keys of its strings."""
    assert edition is not None  # plans of map files have one
    return edition, frozenset(text.key for text in sources(edition.source))


def _strings(
    edition: Edition, map_file: Path, found: Mapping[str, Appearance], boards: tuple[Board, ...], letters: Letters
) -> Iterator[String]:
    """Yield the strings of the map in its order."""
    tag = edition.map.language
    catalog = Catalog(tag) if tag == edition.source.language else read_catalog(map_file, tag)[0]
    keys = {board.number: board.key for board in boards}
    shown: dict[str, list[str]] = {}
    for board in boards:
        for key in {key: None for spot in board.spots for key in spot.keys}:
            shown.setdefault(key, []).append(board.key)
    for text in sources(edition.source):
        entry = catalog.by_key.get(text.key)
        there = found.get(text.key, Appearance())
        named = [keys[slide.number] for slide in (*there.slides, *there.notes) if slide.number in keys]
        own = tag == edition.source.language
        yield String(
            key=text.key,
            source=text.value,
            text="" if own or entry is None else entry.text,
            state="source" if own else state_of(entry, text.value).value,
            source_place=str(text.span),
            place=str(entry.span) if entry else "",
            boards=tuple(dict.fromkeys((*shown.get(text.key, ()), *named, *there.diagrams))),
            room=room_in(there.spaces, letters),
        )


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Look for no reference cycles inside, of which plans make hardly any, and keep what measures texts."""
    with uncollected(), staying():
        yield


def _by_name(map_files: Iterable[Path]) -> dict[str, Path]:
    """Return the maps by the names of their folders; two of the same name get numbers."""
    found: dict[str, Path] = {}
    for path in map_files:
        name = path.resolve().parent.name
        while name in found:
            name += "+"
        found[name] = path
    return found


def _keep(store: OrderedDict[Any, Any], key: Any, value: Any, most: int) -> None:
    """Keep a value, and forget what was kept longest ago."""
    store[key] = value
    store.move_to_end(key)
    while len(store) > most:
        store.popitem(last=False)


def as_json(value: Any) -> bytes:
    """Return a value of ours as JSON."""
    return json.dumps(value, default=_fields, ensure_ascii=False, separators=(",", ":")).encode()


def _fields(value: Any) -> Any:
    """Return a value of ours as JSON has it."""
    if isinstance(value, Mapping):
        return dict(value)
    return {name: getattr(value, name) for name in value.__slots__}
