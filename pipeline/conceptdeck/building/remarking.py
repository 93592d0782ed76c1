"""Comments on their way home: beside the texts that they are about, in a map or in a catalog."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from conceptdeck.building.revising import Revised
from conceptdeck.building.taking import TakenSlides
from conceptdeck.reading.additions import with_comments
from conceptdeck.revision.comparison import COMMENT, Change
from conceptdeck.revision.identity import paired_slides
from conceptdeck.translation.po_entries import with_remarks
from conceptdeck.values.characters import visible
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.text import texts
from conceptdeck.values.value import frozen
from conceptdeck.workspace.loading import read_map_text

__all__ = ["NO_REMARKS", "Remarks", "remarked_catalog", "remarked_map"]

WIDTH, MOST, LONGEST = 100, 1000, 4000
UNPLACED = "no text of the map is on its slide"
UNSOUND = "no comment can stand there"
ENDLESS = "it is too long to stand beside a text"


@frozen
class Remarks:
    """A file with comments beside its texts: its text, the comments that are in it now, and those that are left."""

    text: str = ""
    fresh: tuple[Change, ...] = ()
    done: tuple[Change, ...] = ()
    left: tuple[Change, ...] = ()


NO_REMARKS = Remarks()


def remarked_map(found: Revised, map_file: Path, text: str, slides: TakenSlides) -> Remarks:
    """Return the text of a map with the comments of a deck above the lines that they are about."""
    files = {f"./{path.relative_to(map_file.parent).as_posix()}": data for path, data in (slides.files or {}).items()}
    now = list(texts(read_map_text(map_file, text, beside=files)))
    known = {each.key: each.span.line for each in reversed(now)}
    places, left = _placed(found, known, slides.names or {})
    fresh = _fresh(places, text)
    made = with_comments(text, _lines(fresh, known))
    if made != text:
        try:
            kept = [(each.key, each.value) for each in texts(read_map_text(map_file, made, beside=files))]
        except Failure:
            kept = []
        if kept != [(each.key, each.value) for each in now]:
            return Remarks(text, left=(*left, *(replace(change, why=UNSOUND) for change in places)))
    return Remarks(made, tuple(fresh), tuple(places), left)


def remarked_catalog(found: Revised, text: str, keys: Iterable[str]) -> Remarks:
    """Return the text of a catalog with the comments of a deck in the entries that they are about."""
    known = dict.fromkeys(keys, 0)
    places, left = _placed(found, known, {})
    fresh = _fresh(places, text)
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for change, key in fresh.items():
        by_key[key] += _said(change)
    return Remarks(with_remarks(text, by_key)[0], tuple(fresh), tuple(places), left)


def _placed(
    found: Revised, known: Mapping[str, int], names: Mapping[int, str]
) -> tuple[dict[Change, str], tuple[Change, ...]]:
    """Return the key beside which each comment stands, and those that have none."""
    built = paired_slides(found.memory.slides, found.saved.slides).built
    places: dict[Change, str] = {}
    left: list[Change] = []
    comments = [each for each in found.changes if each.kind == COMMENT]
    for change in comments:
        at = built[change.slide - 1]
        shapes = found.memory.slides[at].shapes if at is not None else ()
        shown = (key for shape in shapes for body in shape.texts for told in body for key in told.keys)
        start = f"{names.get(change.slide, '?')}."
        new = (key for key in known if key.startswith(start))
        key = next((key for key in (*change.keys, *shown, *new) if key in known), "")
        why = ENDLESS if len(change.new) > LONGEST or len(places) >= MOST else "" if key else UNPLACED
        if why:
            left.append(replace(change, why=why))
        else:
            places[change] = key
    return places, tuple(left)


def _fresh(places: Mapping[Change, str], text: str) -> dict[Change, str]:
    """Return the comments that a file does not have yet."""
    there = "\n".join(line.strip() for line in text.splitlines())
    return {
        change: key for change, key in places.items() if "\n".join(f"# {each}" for each in _said(change)) not in there
    }


def _lines(places: Mapping[Change, str], known: Mapping[str, int]) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for change, key in places.items():
        found[known[key]] += _said(change)
    return found


def _said(change: Change) -> Sequence[str]:
    """Return a comment as it stands in a file: who wrote it, when, and what."""
    who = ", ".join(filter(None, (visible(change.author), visible(change.date.partition("T")[0]))))
    text = " / ".join(line.strip() for line in change.new.splitlines() if line.strip())
    said = f"review: {who}: {visible(text)}" if who else f"review: {visible(text)}"
    return textwrap.wrap(said, WIDTH, subsequent_indent="  ", break_long_words=False) or [said]
