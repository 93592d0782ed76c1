"""Slides that somebody added to a deck, on their way into its map: as slides of one's own, with their pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from conceptdeck.building.edition import Edition
from conceptdeck.building.revising import Revised
from conceptdeck.checks.package.archive import unpacked
from conceptdeck.reading import source
from conceptdeck.reading.additions import Addition, Written, with_entries
from conceptdeck.reading.short import LONGEST_ID, id_of
from conceptdeck.revision.comparison import Around, Change, slide_changes
from conceptdeck.revision.fresh import ENDINGS, PICTURE, Fresh, copied_slide, fresh_slide
from conceptdeck.revision.identity import Pairs, paired_slides
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.languages import is_rtl
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.text import texts
from conceptdeck.values.value import frozen, mutable
from conceptdeck.workspace import disk
from conceptdeck.workspace.loading import read_map_text

__all__ = ["NONE_TAKEN", "TakenSlides", "take_slides"]

SLIDES = "slides"
KINDS = ADDED, COPIED = "slide added", "slide copied"
FOLDER = "images"
WORDS = 6  # of a title that make an id
MOST = 50  # new slides that are taken at once
TOO_MANY = f"no more than {MOST} new slides are taken from one deck"
APART = ("after", "minutes", "hidden", "backup")  # what authors say of a slide that is there, beside what it shows
IS_THERE = "the map has a slide `{id}` already, which says something else now"
BRACKETED = "the map writes its `slides` in brackets: write them in lines, and pull again"
UNSOUND = "the map would not be sound with it: {why}"
UNTOLD = "its story `{story}` does not tell slides of one's own: add `- {id}: 1` to it, or say --take-order"
ELSEWHERE = "it is in the map, but its story tells it elsewhere: --take-order tells it where the deck has it"
LACKING = "its slide in the map lacks {what}"


@frozen
class TakenSlides:
    """A map with the slides that were taken by id, those there already, the files that they need, and what is left.

    `names` are those of the deck's slides in the map, by number; `map` is the map with them.
    """

    text: str
    ids: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    files: Mapping[Path, bytes] | None = None
    left: tuple[Change, ...] = ()
    done: tuple[Change, ...] = ()
    names: Mapping[int, str] | None = None
    map: ConceptMap | None = None


NONE_TAKEN = TakenSlides("")


@mutable
class _Taking:
    """What is being taken: the map as text and as a tree, its own slides, and what came of each new one so far."""

    found: Revised
    map_file: Path
    text: str
    map: ConceptMap
    own: dict[str, Any]
    built: Sequence[int | None]
    names: dict[int, str]  # of slides of the deck, by which others may follow them
    ids: list[str]
    there: list[str]
    files: dict[str, bytes]
    left: list[Change]
    done: list[Change]
    parts: dict[str, bytes] | None = None

    def media(self) -> Mapping[str, bytes]:
        """Return the parts of the deck's file, which most slides do without."""
        if self.parts is None:
            path = self.found.path
            self.parts = unpacked(disk.read_bytes(path), disk.shown(path), whole=True)[0]
        return self.parts

    def anchor(self, number: int) -> str:
        """Return the name of the slide that a slide of the deck follows; those kept for questions come last anyway."""
        before = (self.names[at] for at in range(number - 1, 0, -1) if at in self.names)
        return next((name for name in before if not self.is_backup(name)), "")

    def is_backup(self, name: str) -> bool:
        """Tell whether a slide of the map's own is kept for questions."""
        said = self.own.get(name.removeprefix(f"{SLIDES}."))
        return name.startswith(f"{SLIDES}.") and isinstance(said, dict) and said.get("backup") == "true"

    def key_of(self, number: int) -> str:
        """Return the key of the slide that was built as a slide of the deck, empty if none was."""
        at = self.built[number - 1]
        return "" if at is None else self.found.memory.slides[at].key.partition("#")[0]


def take_slides(found: Revised, edition: Edition, map_file: Path, text: str, *, placed: bool = True) -> TakenSlides:
    """Return the text of a map with the slides that somebody added to its deck, each where the deck has it.

    Slides that its story does not tell there are told, unless something else shall place them.
    """
    fresh = [each for each in found.changes if each.kind in KINDS]
    if not fresh:
        return replace(NONE_TAKEN, text=text)
    pairs = paired_slides(found.memory.slides, found.saved.slides)
    names = {
        number: name for number in range(1, len(pairs.built) + 1) if (name := _built_name(found, pairs.built, number))
    }
    taking = _Taking(
        found, map_file, text, read_map_text(map_file, text), _own(text), pairs.built, names, [], [], {}, [], []
    )
    taking.left += [replace(each, why=TOO_MANY) for each in fresh[MOST:]]
    for change in fresh[:MOST]:
        made = _made(found, change, pairs, rtl=is_rtl(edition.map.language))
        if isinstance(made, str):
            taking.left.append(replace(change, why=made))
        else:
            _take(taking, change, made)
    if placed:
        _tell_order(taking, edition)
    files = {map_file.parent / name: data for name, data in taking.files.items()}
    left, done = tuple(taking.left), tuple(taking.done)
    ids, there = tuple(taking.ids), tuple(taking.there)
    return TakenSlides(taking.text, ids, there, files, left, done, taking.names, taking.map)


def _made(found: Revised, change: Change, pairs: Pairs, *, rtl: bool) -> Fresh | str:
    """Return what a new slide shows as a map says it, or why a map cannot."""
    slide = found.saved.slides[change.slide - 1]
    if change.kind == ADDED:
        return fresh_slide(slide, rtl=rtl)
    built = found.memory.slides[pairs.copies[change.slide - 1]]
    return copied_slide(built.key, slide, slide_changes(change.slide, built, slide, Around()))


def _built_name(found: Revised, built: Sequence[int | None], number: int) -> str:
    at = built[number - 1]
    return "" if at is None else found.memory.slides[at].key.partition("#")[0]


def _take(taking: _Taking, change: Change, made: Fresh) -> None:
    """Add a new slide to the map, if it is not there yet and the map stays sound."""
    id_ = _free_id(taking, made)
    if not id_:
        taking.left.append(replace(change, why=IS_THERE.format(id=_first_id(made.title))))
        return
    lost = [replace(change, why=LACKING.format(what=each)) for each in made.lost]
    if id_ in taking.own:
        taking.there.append(id_)
    else:
        said, files = _with_picture(taking, id_, made)
        anchor = taking.anchor(change.slide)
        said |= {"after": anchor.removeprefix(f"{SLIDES}.")} if anchor else {}
        addition = Addition(id_, said, _next_own(taking, change.slide))
        text = with_entries(taking.text, SLIDES, [addition])
        why = BRACKETED if text is None else _unsound(taking, text, id_, files)
        if text is None or why:
            taking.left.append(replace(change, why=why))
            return
        taking.text, taking.own = text, taking.own | {id_: said}
        taking.files |= files
        taking.ids.append(id_)
    taking.names[change.slide] = f"{SLIDES}.{id_}"
    taking.left += lost
    taking.done += [] if lost else [change]


def _own(text: str) -> dict[str, Any]:
    """Return the slides of one's own in a map's text, as plain mappings, lists and texts."""
    root, _ = source.parse(text, "")
    entries = root.entries if isinstance(root, source.Mapping) else ()
    held = next((value for key, value in entries if key.value == SLIDES), None)
    found = None if held is None else _plain(held)
    return found if isinstance(found, dict) else {}


def _plain(node: source.Node) -> Any:
    if isinstance(node, source.Mapping):
        return {key.value: _plain(value) for key, value in node.entries}
    return [_plain(each) for each in node.items] if isinstance(node, source.Sequence) else node.value


def _bare(said: Any) -> Any:
    """Return what a slide shows, without where it stands and the names of files."""
    if isinstance(said, Mapping):
        return {key: _bare(value) for key, value in said.items() if key not in (*APART, "file")}
    return said if isinstance(said, str) else [_bare(each) for each in said]


def _first_id(title: str) -> str:
    from conceptdeck.story.own import SELECTORS

    id_ = id_of(" ".join(title.split()[:WORDS]))
    return f"{id_[: LONGEST_ID - 6]}-slide" if id_ in (*SELECTORS, "layers", "") else id_


def _free_id(taking: _Taking, made: Fresh) -> str:
    """Return the id that a slide has in the map, or may have; empty if another one took it since the deck was built."""
    first, number = _first_id(made.title), 1
    built = {each.key for each in taking.found.memory.slides}
    while True:
        id_ = first if number == 1 else f"{first[: LONGEST_ID - 4]}-{number}"
        if id_ not in taking.own or (_bare(taking.own[id_]) == _bare(made.said) and id_ not in taking.there):
            return id_
        if f"{SLIDES}.{id_}" not in built and id_ not in (*taking.ids, *taking.there):
            return ""
        number += 1


def _next_own(taking: _Taking, number: int) -> str:
    """Return the id of the next slide of one's own that follows a slide of the deck and is in the map."""
    for at in range(number + 1, len(taking.built) + 1):
        id_ = taking.key_of(at).removeprefix(f"{SLIDES}.")
        if id_ in taking.own and taking.key_of(at) != id_:
            return id_
    return ""


# --- pictures ------------------------------------------------------------------------------------


def _with_picture(taking: _Taking, id_: str, made: Fresh) -> tuple[dict[str, Written], dict[str, bytes]]:
    """Return what a slide says with the path of its picture, and that file if it is not there yet."""
    said = dict(made.said)
    if made.picture is None:
        return said, {}
    ending = ENDINGS.get(made.picture.name.rpartition(".")[2].lower(), "png")
    number, data = 1, taking.media().get(made.picture.name, b"")
    while True:
        name = f"{FOLDER}/{id_}{'' if number == 1 else f'-{number}'}.{ending}"
        path = taking.map_file.parent / name
        if not disk.is_file(path) or disk.read_bytes(path) == data:
            break
        number += 1
    image = said["image"]
    assert isinstance(image, Mapping)  # a slide with a picture is of that kind
    written = f"./{name}"
    said["image"] = {key: written if value == PICTURE and key == "file" else value for key, value in image.items()}
    return said, {written: data}


# --- proof ---------------------------------------------------------------------------------------


def _unsound(taking: _Taking, text: str, id_: str, files: dict[str, bytes]) -> str:
    """Return why a map with a new slide is not sound; nothing if it is, says all else as before, and so is taken."""
    try:
        made = read_map_text(taking.map_file, text, beside=taking.files | files)
    except Failure as failure:
        return UNSOUND.format(why=failure.diagnostics[0].message)
    rest = [each for each in texts(made) if not each.key.startswith(f"{SLIDES}.{id_}.")]
    if [(each.key, each.value) for each in rest] != [(each.key, each.value) for each in texts(taking.map)]:
        return UNSOUND.format(why="other texts would change")
    taking.map = made
    return ""


def _tell_order(taking: _Taking, edition: Edition) -> None:
    """Note which of the slides that were taken the deck's story does not tell, or not where the deck has them."""
    taken = [*taking.ids, *taking.there]
    if not taken:
        return
    told = list(_told(taking, edition))
    for number, name in sorted(taking.names.items()):
        id_ = name.removeprefix(f"{SLIDES}.")
        if id_ not in taken or taking.key_of(number):
            continue
        change = next(each for each in taking.found.changes if each.kind in KINDS and each.slide == number)
        anchor, why = taking.anchor(number), ""
        if name not in told:
            why = UNTOLD.format(story=taking.found.memory.origin.story, id=id_)
        elif anchor != ("", *told)[told.index(name)]:
            why = ELSEWHERE
        if why:
            taking.left.append(replace(change, why=why))
            taking.done = [each for each in taking.done if each != change]


def _told(taking: _Taking, edition: Edition) -> Iterator[str]:
    """Yield the keys of the slides that the deck's story tells of the map."""
    from conceptdeck.building.deck import story_named
    from conceptdeck.story.storyboard import story_deck

    story, _ = story_named(taking.found.memory.origin.story, taking.map_file)
    deck, _ = story_deck(taking.map, story, None, edition.words)
    yield from (slide.key for slide in deck.slides)
