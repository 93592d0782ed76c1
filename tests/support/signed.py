"""Signs of the shipped set on a slide and in a drawing, made by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from conceptdeck.reading.icons import Shelf
from conceptdeck.values.frame import Drawing, Frame, Sign
from conceptdeck.values.icons import Drawn
from conceptdeck.values.units import Size, points
from conceptdeck.workspace import places
from support.imaged import box, titled

__all__ = ["NAMES", "PUBLISHED", "drawing", "icon", "published", "shelf", "signs", "slide"]

# Every kind of element, every command of paths, and areas beside lines.
LINES = Path(__file__).with_name("published_icons.txt").read_text(encoding="utf-8").splitlines()[1:]
PUBLISHED = dict(line.split("\t") for line in LINES)
NAMES = tuple(PUBLISHED)
SIDE = 48.0  # points


@cache
def shelf() -> Shelf:
    return Shelf(places.icon_set, lambda _: None)


def published(name: str) -> str:
    """Return an icon as an SVG document, as it was published."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{PUBLISHED[name]}</svg>'
    )


def icon(name: str) -> Drawn:
    found = shelf().drawn(name)
    assert found, name
    return found


def signs(names: tuple[str, ...] = NAMES) -> tuple[Sign, ...]:
    """Return a sign for each name, six to a row."""
    return tuple(
        Sign(f"{name}.icon", icon(name), box(60 + at % 6 * 80, 120 + at // 6 * 80, SIDE, SIDE), f"accent{at % 6 + 1}")
        for at, name in enumerate(names)
    )


def slide(*own: Sign, language: str = "en") -> Frame:
    return Frame("signs", "list", "Signs", language, (titled("Signs"), *(own or signs())), number=1)


def drawing(*own: Sign) -> Drawing:
    size = Size(points(720), points(320))
    return Drawing("signs", "map", "Signs", "Signs in rows.", "", "en", size, (titled("Signs"), *(own or signs())))
