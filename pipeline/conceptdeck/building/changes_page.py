"""What was changed in a deck as one page, to be sent around, read and printed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from conceptdeck.building.jobs import DeckJob, default
from conceptdeck.building.revising import Revised
from conceptdeck.render.web.changes import ChangedSlide, Changes, Difference, write_changes
from conceptdeck.render.web.page import Page
from conceptdeck.revision.comparison import COMMENT, EMPHASIS, TEXTS, Change
from conceptdeck.revision.looks import told_marks
from conceptdeck.revision.sides import sides_of
from conceptdeck.revision.tokens import normal
from conceptdeck.values.characters import visible
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.loading import read_theme

__all__ = ["changes_page", "save_changes"]

GROUPS = {"texts": "Texts", "comments": "Comments", "slides": "Slides", "shapes": "Shapes and looks"}
TITLES = ("title", "ctrTitle")
LONGEST, MINUTES = 20_000, 16  # characters of a text, and of a date with its time


def save_changes(found: Revised, path: Path, earlier: Path | None = None) -> bool:
    """Write the page into a file; return False if somebody has changed one that is there."""
    return disk.write_atomically(path, changes_page(found, earlier).encode())


def changes_page(found: Revised, earlier: Path | None = None) -> str:
    """Return the page: old and new texts side by side, slide by slide; `earlier` is the deck it is compared with."""
    origin = found.memory.origin
    theme = read_theme(str(default(DeckJob, "theme")), around=places.house())
    by_slide: defaultdict[int, list[Difference]] = defaultdict(list)
    for change in found.changes:
        by_slide[change.slide].append(_difference(found, change))
    slides = tuple(
        ChangedSlide(number, _named(found, number, some), tuple(some)) for number, some in sorted(by_slide.items())
    )
    counts = Counter(each.group for some in by_slide.values() for each in some)
    groups = tuple((group, label, counts[group]) for group, label in GROUPS.items() if counts[group])
    about = (
        f"Compared with {earlier.name}."
        if earlier
        else f"Compared with the deck as it was built from the map “{origin.map_id}”."
    )
    changes = Changes(found.path.name, about, origin.language or "und", slides, groups)
    return write_changes(changes, theme, Page(*places.page_assets("changes", parts=places.REPORT)))


def _named(found: Revised, number: int, some: list[Difference]) -> str:
    """Return the title of a slide; one that was deleted has the title that it had."""
    is_gone = all(each.kind == "slide deleted" for each in some)
    slides = found.saved.slides
    if is_gone or number > len(slides):
        old = "".join(text for text, _ in some[0].old)
        return old or "deleted"
    texts = (
        normal("\n".join(body))
        for shape in slides[number - 1].shapes
        if shape.holder and shape.holder[0] in TITLES
        for body in shape.texts
    )
    return next(filter(None, texts), f"Slide {number}")


def _difference(found: Revised, change: Change) -> Difference:
    old, new = (_visible(text) for text in (change.old, change.new))
    left = {(each.kind, each.slide, each.shape, each.old, each.new): each.why for each in found.edits.left}
    why = left.get((change.kind, change.slide, change.shape, change.old, change.new), change.why)
    if change.kind == EMPHASIS:
        sides: tuple[tuple[tuple[str, bool], ...], ...] = (((old, False),), ((new, False),))
    elif change.kind in TEXTS:
        sides = sides_of(old, new)
    else:
        sides = tuple(((text, False),) if text else () for text in (old, new))
    told = (*told_marks(change.new, change.marks), *([f"Stays in the deck: {why}"] if why else []))
    when = change.date.replace("T", " ")[:MINUTES]
    return Difference(change.kind, _group(change), change.shape, sides[0], sides[1], told, change.author, when)


def _visible(text: str) -> str:
    """Return a text to be shown, with a dot for each control character but line breaks."""
    return "\n".join(visible(line) for line in _lines(text[:LONGEST]))


def _lines(text: str) -> Iterator[str]:
    yield from text.replace("\v", "\n").replace("_x000B_", "\n").split("\n")


def _group(change: Change) -> str:
    if change.kind in TEXTS:
        return "texts"
    return "comments" if change.kind == COMMENT else "slides" if change.kind.startswith("slide") else "shapes"
