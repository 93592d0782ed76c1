"""Which layouts of a template slides take: known by their type, else by their placeholders, never by name or number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from conceptdeck.reading.imported.palette import seen_in
from conceptdeck.reading.imported.room import FOOT, area_of
from conceptdeck.reading.imported.taste import Taste
from conceptdeck.values.colour import contrast
from conceptdeck.values.masters import FoundHolder, FoundLayout, FoundMaster, FoundTemplate, Shade
from conceptdeck.values.regex import regex
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = ["KINDS", "Choice", "Tied", "chosen", "on_one_line", "shown_name", "shows_title", "titled"]

KINDS = ("cover", "section", "list")
PLAIN = regex(r"[A-Za-z0-9_.\-]{1,64}")  # names of parts that a theme can write
TITLES = ("title", "ctrTitle")
TEXTS = ("subTitle", "body", "obj")
FURNITURE = {"dt": "date", "ftr": "footer", "sldNum": "number"}


NO_MARGINS = (Length(0), Length(0), Length(0), Length(0))
PLAIN_TITLE = FoundHolder("title", 0, None, "b", "l", 0.0, False, False, "+mj-lt", NO_MARGINS)


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


def titled(tied: Tied, master: FoundMaster, size: Size, taste: Taste) -> Tied:
    """Return a layout with a title that is to be added, if it has none: where there is room, as the master has it."""
    if "title" in tied.holders:
        return tied
    box = area_of(tied.layout, master, size, taste).title
    own = next((each for each in master.holders if each.type == "title"), PLAIN_TITLE)
    return Tied(tied.layout, {"title": replace(own, idx=0, box=box, added=True), **tied.holders})


def _completeness(choice: Choice, size: Size, taste: Taste) -> tuple[int, ...]:
    """Return how much of what slides need there is, what matters most first."""
    return (
        int("title" in choice.others.holders),
        *_fit(choice.others.layout, choice.master, size, taste),
        len(choice.ties),
        len(choice.others.holders),
        len(choice.master.layouts),
    )


def _choice(master: FoundMaster, size: Size, taste: Taste) -> Choice | None:
    named = [_within(each, size) for each in master.layouts if PLAIN.fullmatch(each.part)]
    if not named:
        return None
    seen = [each for each in named if shows_title(each, master, taste)]
    ties: dict[str, Tied] = {}
    finders: Mapping[str, Callable[[FoundLayout], tuple[int, ...] | None]] = {
        "cover": lambda layout: _as_cover(layout, size),
        "section": lambda layout: _as_section(layout, size, taste),
        "list": lambda layout: _as_list(layout, size, taste),
    }
    taken: set[str] = set()
    for kind, finder in finders.items():
        found = _best(seen, finder, taken)
        if found:
            taken.add(found.part)
            ties[kind] = Tied(found, _holders(kind, found))
    other = _other(named, master, size, taste, taken)
    return Choice(master, ties, Tied(other, _holders("", other)))


def _within(layout: FoundLayout, size: Size) -> FoundLayout:
    """Return a layout without the placeholders that reach beyond the slide: texts in them would."""
    slide = Box(Length(0), Length(0), size.w, size.h)
    return replace(layout, holders=tuple(each for each in layout.holders if not each.box or slide.holds(each.box)))


def shows_title(layout: FoundLayout, master: FoundMaster, taste: Taste) -> bool:
    """Tell whether the title of a layout has another colour than what it stands on, as far as that is known."""
    title = layout.holder(*TITLES)
    if not title or not title.box:
        return True
    below, kind = layout.ground.shade, layout.ground.kind
    for each in layout.decorations:
        if each.box.holds(Box(*title.box.centre, Length(0), Length(0))) and (each.fill or each.kind):
            below, kind = each.fill or below, each.kind
    colours = (seen_in(master.scheme, layout.map, shade) for shade in (title.colour or Shade("tx1"), below))
    return bool(kind) or contrast(*colours) >= taste.contrasts.seen


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
    if title.box and large[0].box and title.box.bottom > large[0].box.y + large[0].box.h // 2:  # it is lost in the text
        return None
    return (int(layout.type in ("obj", "tx")), int(texts[0].type == "obj" or texts[0].idx == 1))


def _other(layouts: list[FoundLayout], master: FoundMaster, size: Size, taste: Taste, taken: set[str]) -> FoundLayout:
    """Return the layout of all other slides: a title, and the most free room without placeholders in it."""

    def rank(layout: FoundLayout) -> tuple[int, ...]:
        area = area_of(layout, master, size, taste).content
        title = _title(layout)
        room, *fit = _fit(layout, master, size, taste)
        only = layout.type == "titleOnly" and title is not None
        furniture = sum(1 for each in layout.holders if each.type in FOOT)
        plain = layout.type not in ("title", "secHead") and layout.part not in taken
        seen = shows_title(layout, master, taste)
        return (
            int(title is not None),
            room,
            int(seen),
            *fit,
            int(only),
            int(plain),
            -_more(layout),
            furniture,
            area.w * area.h,
        )

    return max((*layouts, *(moved for each in layouts if (moved := _moved(each, master)))), key=rank)


def _moved(layout: FoundLayout, master: FoundMaster) -> FoundLayout | None:
    """Return a layout with its title where its master has it, None if it is there or has none."""
    title, own = _title(layout), next((each for each in master.holders if each.type == "title" and each.box), None)
    if not title or not own or title.box == own.box:
        return None
    new = replace(own, type=title.type, idx=title.idx, added=True)
    return replace(layout, holders=tuple(new if each is title else each for each in layout.holders))


def _fit(layout: FoundLayout, master: FoundMaster, size: Size, taste: Taste) -> tuple[int, int, int]:
    """Tell whether a layout has room, whether it has it as it is, and whether nothing lies below."""
    roominess = _roominess(layout, master, size, taste)
    return (int(roominess > 0), int(not any(each.added for each in layout.holders)), roominess)


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


def shown_name(layout: FoundLayout) -> str:
    """Return a layout's name as people read it, on one line; that of its part if it has none."""
    return f"“{on_one_line(layout.name)}”" if layout.name.strip() else layout.part


def on_one_line(text: str) -> str:
    """Return a text on one line, without characters that are not seen."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
