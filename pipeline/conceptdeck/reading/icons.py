"""The icons that a map names: those of a set, by name or by a word, and files of the author's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from conceptdeck.reading.fields import At, FieldReader
from conceptdeck.reading.rules import BAD_ICON, UNKNOWN_ICON
from conceptdeck.reading.source import Node, Scalar
from conceptdeck.values.characters import is_blank, quoted
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.icons import Drawn, Icon, Segment
from conceptdeck.values.regex import regex
from conceptdeck.values.value import frozen

__all__ = ["IconSet", "OwnFile", "Shelf", "icon_of", "is_path"]

WIDTH = 2.0  # of the lines of a set
STEP = regex(r"([MLCZ])([^MLCZ]*)")
SAME = "="  # before the name that another one stands for
MOST_GUESSES = 5
WAYS = ("`conceptdeck icons WORD` shows the icons for a word",)


class IconSet:
    """A set of icons as the text of its file: a line for each; what they draw is read of those that are asked for."""

    def __init__(self, text: str) -> None:
        """Take the text: name, words, lines and areas, with tabs between; or a name and, after `=`, another one."""
        lines = (line.partition("\t") for line in text.split("\n") if line and not line.startswith("#"))
        self._rests = {name: rest for name, _, rest in lines}

    def __iter__(self) -> Iterator[str]:
        """Yield the names, in order, also those that are other names of an icon."""
        return iter(self._rests)

    def _rest(self, name: str) -> str:
        """Return what the line of an icon says after its name, nothing if there is none."""
        rest = self._rests.get(name, "")
        return self._rests.get(rest.removeprefix(SAME), "") if rest.startswith(SAME) else rest

    def drawn(self, name: str) -> Drawn | None:
        """Return what the icon of a name shows, None if there is none."""
        _, mark, paths = self._rest(name).partition("\t")
        if not mark:
            return None
        lines, *areas = (tuple(_segments(path)) for path in paths.split("\t"))
        return Drawn(lines, tuple(areas), WIDTH)

    def words(self, name: str) -> tuple[str, ...]:
        """Return the words that an icon is found by."""
        return tuple(filter(None, self._rest(name).partition("\t")[0].split(",")))

    def every_word(self) -> Iterator[str]:
        """Yield the words that icons are found by, those of one word only: what can be typed without quotes."""
        for rest in self._rests.values():
            if not rest.startswith(SAME):
                yield from (word for word in rest.partition("\t")[0].split(",") if word.isalnum())

    def found(self, word: str = "") -> tuple[str, ...]:
        """Return the names of the icons for a word: those so called, those of that word, then those that have it."""
        wanted = "-".join(word.casefold().split())
        others: dict[str, list[str]] = {}
        for name, rest in self._rests.items():
            if rest.startswith(SAME):
                others.setdefault(rest.removeprefix(SAME), []).append(name)
        ranked: tuple[list[str], ...] = ([], [], [], [], [])
        for name, rest in self._rests.items():
            if not rest.startswith(SAME):
                words = [each.replace(" ", "-") for each in rest.partition("\t")[0].casefold().split(",")]
                ranked[_rank(wanted, (name, *others.get(name, ())), words)].append(name)
        return tuple(name for names in ranked[:-1] for name in names)


def _segments(path: str) -> Iterator[Segment]:
    """Yield the commands of a path of the set, which are all absolute."""
    return ((name, tuple(map(float, values.split()))) for name, values in STEP.findall(path))


def _rank(wanted: str, names: tuple[str, ...], words: list[str]) -> int:
    """Return how near an icon is to a word: 0 and 1 by its names, 2 by its words, 3 by parts of these, else 4."""
    if not wanted or wanted in names:
        return 0
    if any(f"-{wanted}-" in f"-{name}-" for name in names):
        return 1
    if wanted in words:
        return 2
    return 3 if any(wanted in each for each in (*names, *words)) else 4


@frozen
class OwnFile:
    """A file of the author's: the path that messages show, and its bytes."""

    shown: str
    data: bytes


class Shelf:
    """Where icons and images are taken from: a set, loaded when an icon is named first, and files of the author's."""

    def __init__(
        self,
        load: Callable[[], str],
        own: Callable[[str], OwnFile | None],
        named: Callable[[], Mapping[str, Callable[[], OwnFile | None]]] = dict,
    ) -> None:
        """Take what loads the text of the set, and what opens a file by its path from the map, if there is one.

        `named` finds files that are icons by name, which come before those of the set.
        """
        self.load, self.own, self._find = load, own, named
        self.known: dict[str, Drawn] = {}

    @cached_property
    def named(self) -> Mapping[str, Callable[[], OwnFile | None]]:
        """Return what opens each of the author's icons, by name."""
        return self._find()

    @cached_property
    def set(self) -> IconSet:
        """Return the set."""
        return IconSet(self.load())

    def drawn(self, name: str) -> Drawn | None:
        """Return what the icon of a name shows, None if the set has none."""
        if name not in self.known and (drawn := self.set.drawn(name)):
            self.known[name] = drawn
        return self.known.get(name)


def is_path(word: str) -> bool:
    """Tell whether what names an icon is the path of a file."""
    return word.lower().endswith(".svg") or any(mark in word for mark in "/\\")


def icon_of(node: Node, at: At, reader: FieldReader, shelf: Shelf | None) -> Icon | None:
    """Return the icon that a map names, looked up if there is a shelf; what is wrong with it is reported."""
    if not isinstance(node, Scalar) or is_blank(node.value):
        reader.not_text(node, at, "the name of an icon or the path of an SVG file")
        return None
    if shelf is None:
        return Icon(node.value, node.span)
    drawn = _own(node, reader, shelf) if is_path(node.value) else _named(node, reader, shelf)
    return Icon(node.value, node.span, drawn)


def _named(node: Scalar, reader: FieldReader, shelf: Shelf) -> Drawn | None:
    """Return the icon that a word names: a file of that name, or one of the set."""
    if node.value in shelf.named:
        return _in_file(node, reader, shelf.named[node.value])
    if drawn := shelf.drawn(node.value):
        return drawn
    word = node.value.casefold().strip()
    near = shelf.set.found(word)[:MOST_GUESSES]
    hints = [f"try {' or '.join(map(quoted, near))}"] if near else []
    hints = [*hints, *WAYS] if near else [reader.nearest.hint(node.value, (*shelf.named, *shelf.set)), *WAYS]
    reader.findings.error(UNKNOWN_ICON, f"{quoted(node.value)} is not the name of an icon", node.span, hints=hints)
    return None


def _own(node: Scalar, reader: FieldReader, shelf: Shelf) -> Drawn | None:
    """Return what the author's own file shows."""
    path = node.value
    if not path.lower().endswith(".svg") or path.startswith(("/", "~")) or "\\" in path or ":" in path:
        message = f"{quoted(path)} is not the path of an SVG file beside the map"
        hint = "write it from the folder of the map on, with `/`, such as `./own.svg`"
        reader.findings.error(BAD_ICON, message, node.span, hints=[hint])
        return None
    return _in_file(node, reader, lambda: shelf.own(path))


def _in_file(node: Scalar, reader: FieldReader, open_file: Callable[[], OwnFile | None]) -> Drawn | None:
    """Return what a file shows that a map names as an icon."""
    from conceptdeck.reading.svg import NotAnIcon, read_svg  # most maps have no file of their own

    wrong, hint = f"there is no file {quoted(node.value)}", "write its path from the folder of the map on"
    try:
        file = open_file()
    except Failure as failure:
        file, (told, *_) = None, failure.diagnostics
        wrong, hint = f"{quoted(node.value)} is of no use: {told.message}", "; ".join(told.hints) or "look at the file"
    if file is None:
        reader.findings.error(BAD_ICON, wrong, node.span, hints=[hint])
        return None
    try:
        return read_svg(file.data)
    except NotAnIcon as error:
        place = Span(file.shown, error.line, error.column)
        note = f"it is the icon at {node.span}"
        reader.findings.error(BAD_ICON, f"the icon {error.what}", place, note=note, hints=[error.hint])
        return None
