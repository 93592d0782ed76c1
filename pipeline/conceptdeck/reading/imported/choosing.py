"""Which layouts of a template slides take: known by their type, else by their placeholders, never by name or number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from conceptdeck.reading.imported.room import FOOT, area_of
from conceptdeck.reading.imported.taste import Taste
from conceptdeck.values.masters import FoundHolder, FoundLayout, FoundMaster, FoundTemplate
from conceptdeck.values.units import Size
from conceptdeck.values.value import frozen

__all__ = ["KINDS", "Choice", "Tied", "chosen"]

KINDS = ("cover", "section", "list")
PLAIN = re.compile(r"[A-Za-z0-9_.\-]{1,64}")  # names of parts that a theme can write
TITLES = ("title", "ctrTitle")
TEXTS = ("subTitle", "body", "obj")
FURNITURE = {"dt": "date", "ftr": "footer", "sldNum": "number"}


@frozen
class Tied:
    """A layout for a kind of slides, and its placeholders by what they hold."""

    layout: FoundLayout
    holders: Mapping[str, FoundHolder]


@frozen
class Choice:
    """The master that slides take, its layouts by kinds of slides, and that of all others."""

    master: FoundMaster
    ties: Mapping[str, Tied]
    others: Tied

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the kinds of slides that have no layout of their own."""
        return tuple(kind for kind in KINDS if kind not in self.ties)

    @property
    def unused(self) -> tuple[FoundLayout, ...]:
        """Return the layouts of the master that no slide takes."""
        used = {each.layout.part for each in (*self.ties.values(), self.others)}
        return tuple(each for each in self.master.layouts if each.part not in used)


def chosen(template: FoundTemplate, taste: Taste) -> Choice | None:
    """Return the layouts that slides take, of the most complete master; None if none can be named."""
    choices = [choice for each in template.masters if (choice := _choice(each, template.size, taste))]
    return max(choices, key=lambda each: _completeness(each, template.size, taste), default=None)


def _completeness(choice: Choice, size: Size, taste: Taste) -> tuple[int, ...]:
    """Return how much of what slides need there is, what matters most first."""
    return (
        int("title" in choice.others.holders),
        _roominess(choice.others.layout, choice.master, size, taste),
        len(choice.ties),
        len(choice.others.holders),
        len(choice.master.layouts),
    )


def _choice(master: FoundMaster, size: Size, taste: Taste) -> Choice | None:
    named = [each for each in master.layouts if PLAIN.fullmatch(each.part)]
    if not named:
        return None
    ties: dict[str, Tied] = {}
    finders: Mapping[str, Callable[[FoundLayout], tuple[int, ...] | None]] = {
        "cover": lambda layout: _as_cover(layout, size),
        "section": lambda layout: _as_section(layout, size, taste),
        "list": lambda layout: _as_list(layout, size, taste),
    }
    taken: set[str] = set()
    for kind, finder in finders.items():
        found = _best(named, finder, taken)
        if found:
            taken.add(found.part)
            ties[kind] = Tied(found, _holders(kind, found))
    other = _other(named, master, size, taste, taken)
    return Choice(master, ties, Tied(other, _holders("", other)))


def _best(
    layouts: Iterable[FoundLayout], rank: Callable[[FoundLayout], tuple[int, ...] | None], taken: set[str]
) -> FoundLayout | None:
    """Return the layout that suits best, the first of equals; one that is taken is none."""
    ranked = [(found, each) for each in layouts if each.part not in taken and (found := rank(each)) is not None]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _texts(layout: FoundLayout) -> list[FoundHolder]:
    """Return the placeholders of a layout that hold text besides titles."""
    return [each for each in layout.holders if each.type in TEXTS and each.box]


def _more(layout: FoundLayout, *types: str) -> int:
    """Return how many placeholders a layout has besides titles, the foot and the first of each of these types."""
    rest = [each.type for each in layout.holders if each.type not in (*TITLES, *FOOT)]
    return len(rest) - sum(1 for each in types if each in rest)


def _title(layout: FoundLayout) -> FoundHolder | None:
    found = layout.holder(*TITLES)
    return found if found and found.box else None


def _as_cover(layout: FoundLayout, size: Size) -> tuple[int, ...] | None:
    """Return how well a layout suits covers: a title with a subtitle, and little else."""
    title = _title(layout)
    if not title:
        return None
    if layout.type == "title":
        return (2, 0, -_more(layout, "subTitle"))
    if not layout.holder("subTitle") or _more(layout, "subTitle"):
        return None
    return (1, int(title.type == "ctrTitle"), -_more(layout, "subTitle"))


def _as_section(layout: FoundLayout, size: Size, taste: Taste) -> tuple[int, ...] | None:
    """Return how well a layout suits sections: a title in the middle of the slide, and a line or two beside it."""
    title = _title(layout)
    if not title or not title.box:
        return None
    if layout.type == "secHead":
        return (2, -_more(layout, "body"))
    texts = _texts(layout)
    middle = size.h / 4 <= title.box.centre.y <= size.h * 3 / 4
    small = all(each.box and each.box.h < taste.room.few * size.h for each in texts)
    if layout.type or not middle or not small or _more(layout) > 1:
        return None
    return (1, len(texts))


def _as_list(layout: FoundLayout, size: Size, taste: Taste) -> tuple[int, ...] | None:
    """Return how well a layout suits lists: a title above one large text."""
    title, texts = _title(layout), _texts(layout)
    if not title or not texts or texts[0].type == "subTitle" or layout.type in ("title", "secHead"):
        return None
    large = [each for each in texts if each.box and each.box.h >= taste.room.few * size.h]
    if len(texts) > 1 or not large or _more(layout, texts[0].type) > 0:
        return None
    return (int(layout.type in ("obj", "tx")), int(texts[0].type == "obj" or texts[0].idx == 1))


def _other(layouts: list[FoundLayout], master: FoundMaster, size: Size, taste: Taste, taken: set[str]) -> FoundLayout:
    """Return the layout of all other slides: a title, and the most free room without placeholders in it."""

    def rank(layout: FoundLayout) -> tuple[int, ...]:
        area = area_of(layout, master, size, taste).content
        title = _title(layout)
        only = layout.type == "titleOnly" and title is not None
        roomy = _roominess(layout, master, size, taste)
        furniture = sum(1 for each in layout.holders if each.type in FOOT)
        plain = layout.type not in ("title", "secHead") and layout.part not in taken
        return (int(title is not None), roomy, int(only), int(plain), -_more(layout), furniture, area.w * area.h)

    return max(layouts, key=rank)


def _roominess(layout: FoundLayout, master: FoundMaster, size: Size, taste: Taste) -> int:
    """Tell whether a layout leaves as much room as slides need: 2 if nothing lies below, 1 if art does, 0 if not."""
    area = area_of(layout, master, size, taste)
    wide = area.content.w >= taste.room.least_width * size.w
    return (1 + area.clear) * (wide and area.content.h >= taste.room.least_height * size.h)


def _holders(kind: str, layout: FoundLayout) -> dict[str, FoundHolder]:
    """Return the placeholders of a layout by what they hold on slides of a kind."""
    found: dict[str, FoundHolder] = {}
    title = _title(layout)
    if title:
        found["title"] = title
    text = layout.holder("subTitle", "body", "obj") if kind == "cover" else layout.holder("body", "obj")
    name = {"cover": "subtitle", "section": "lead", "list": "text"}.get(kind)
    if name and text and text.box:
        found[name] = text
    for each in layout.holders:
        if each.type in FURNITURE and each.box:
            found.setdefault(FURNITURE[each.type], each)
    return found
