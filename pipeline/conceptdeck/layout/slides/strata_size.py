"""How large the texts of the hierarchy are, how wide its columns and how high its slabs: by trying."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.desk import Desk
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import model
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout, Role
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = ["Level", "Measured", "Side", "measured"]

ROLES = ("slab-level", "slab-name", "slab-text", "slab-level")  # of the columns, then of what a level holds besides
SHIFTS = (0, -1, 1, 2, 3)  # steps by which what a level holds takes less or more of the room than it usually does
_Spans = Sequence[tuple[int, int]]


@frozen
class Level:
    """A level with the texts of its columns, its members, what it holds besides, and how far it is above the focus."""

    stratum: model.Stratum
    texts: tuple[Text | None, ...]
    members: tuple[Text, ...]
    extra: Text | None
    above: int | None

    @property
    def focus(self) -> bool:
        """Tell whether the level is the one that the others support or rely on."""
        return self.above == 0


@frozen
class Side:
    """An arrow beside the slabs: its word, its colour, and the places of the levels that it spans, from the top."""

    word: Text
    slot: str
    levels: Sequence[int]
    up: bool

    @property
    def name(self) -> str:
        """Return the key of its word."""
        return self.word.key


@frozen
class Member:
    """A member's name on one line: where it starts in its column, what it keeps free for a sign, how wide it is."""

    text: Text
    setting: Setting
    x: int
    lead: int
    width: Length

    @property
    def element(self) -> str:
        """Return the key of the member itself."""
        return element_of(self.text)


@frozen
class Measured:
    """Where everything of the slabs stands: boxes, columns, settings, members in lines, and the words of arrows.

    `lead` is what names keep free for signs. The settings of a level are those of its columns, and of what it holds
    besides its members.
    """

    boxes: Sequence[Box]
    spans: _Spans
    lead: Length
    settings: Sequence[tuple[Setting | None, ...]]
    flows: Sequence[list[list[Member]]]
    label: Length


@frozen
class _Trial:
    """The texts of all levels at one size for each column: whether slabs with the least `heights` fit."""

    spans: _Spans
    lead: Length
    settings: Sequence[tuple[Setting | None, ...]]
    flows: Sequence[list[list[Member]]]
    heights: Sequence[int]
    fits: bool

    @property
    def size(self) -> float:
        """Return the sum of all sizes of type."""
        return sum(each.size_pt for found in self.settings for each in found if each)


def measured(desk: Desk, levels: Sequence[Level], sides: Sequence[Side]) -> Measured:
    """Return the slabs as large as their texts allow, beside the arrows; what does not fit is reported."""
    layout, area = desk.layout("slabs"), desk.theme.column
    label = _label_width(desk, sides)
    taken = layout.length("side-gap") + layout.length("arrow-w") + layout.length("label-gap") + label if sides else 0
    space = Size(Length(area.w - taken), Length(area.h - sum(_gaps(layout, levels))))
    lead = desk.lead((element_of(name) for level in levels for name in level.members), "node")
    best = _best(desk, levels, space, lead)
    if lead and not (best.fits and _is_large(desk, best)):
        plain = _best(desk, levels, space, Length(0))
        if not best.fits or best.size < desk.theme.ease * plain.size:
            best = plain  # signs take only room that letters leave
    if not best.fits:
        _report(desk, levels, best)
    boxes = _boxes(layout, Box(area.x, area.y, space.w, area.h), levels, best.heights)
    return Measured(boxes, best.spans, best.lead, best.settings, best.flows, label)


def _label_width(desk: Desk, sides: Sequence[Side]) -> Length:
    """Return the width of the words of arrows: that of the longest word, as far as the slabs can spare it."""
    role = desk.theme.roles["label"]
    words = [word for side in sides for word in side.word.value.split()]
    most = round(desk.theme.column.w * desk.layout("slabs").numbers["label-share"])
    return Length(min(most, max((desk.room(word, role) for word in words), default=0)))


def _is_large(desk: Desk, trial: _Trial) -> bool:
    """Tell whether all texts have the full size of their roles."""
    roles = [desk.theme.roles[name] for name in ROLES]
    return all(
        each.size_pt == role.sizes[0]
        for found in trial.settings
        for role, each in zip(roles, found, strict=True)
        if each
    )


def _best(desk: Desk, levels: Sequence[Level], space: Size, lead: Length) -> _Trial:
    """Return the trial with the largest type among the ways to share the width; the usual one if all is at ease."""
    best: _Trial | None = None
    for spans in _ways(desk, levels, space.w):
        trial = _largest(desk, levels, spans, space.h, lead)
        if best is None or _cost(trial) < _cost(best):
            best = trial
        if trial.fits and _is_large(desk, trial) and max(trial.heights) * len(levels) <= space.h:
            break
    assert best is not None  # the usual way is always tried
    return best


def _cost(trial: _Trial) -> tuple[bool, float, int]:
    return not trial.fits, -trial.size, sum(trial.heights)


def _ways(desk: Desk, levels: Sequence[Level], width: int) -> Iterator[_Spans]:
    """Yield where columns may start and end in a slab: that of the levels is as wide as their names, others share."""
    layout = desk.layout("slabs")
    pad, gap = layout.length("pad"), layout.length("column-gap")
    role = desk.theme.roles[ROLES[0]]
    most = round(width * layout.numbers["level-share"])
    level = min(most, max(desk.room(each.stratum.name, role) for each in levels))
    start, end = pad + level + gap, width - pad
    if not any(level.texts[2] for level in levels):
        yield (pad, pad + level), (start, end), (end, end)
        return
    for shift in SHIFTS:
        share = layout.numbers["name-share"] + shift * layout.numbers["share-step"]
        middle = start + round(share * (end - start))
        yield (pad, pad + level), (start, middle - gap), (middle, end)


def _largest(desk: Desk, levels: Sequence[Level], spans: _Spans, room: int, lead: Length) -> _Trial:
    """Return the levels at the first step of sizes at which their slabs fit below each other, else at the floors."""
    roles = [desk.theme.roles[name] for name in ROLES]
    for step in range(max(len(role.sizes) for role in roles)):
        sizes = [role.sizes[min(step, len(role.sizes) - 1)] for role in roles]
        found = [_level_at(desk, level, spans, sizes, lead) for level in levels]
        trial = _trial(desk, levels, found, spans, (room, lead))
        if trial.fits:
            break
    return trial


_Found = tuple[tuple[Setting | None, ...], list[list[Member]]]


def _trial(
    desk: Desk, levels: Sequence[Level], found: Sequence[_Found], spans: _Spans, how: tuple[int, Length]
) -> _Trial:
    settings, flows = [each for each, _ in found], [flow for _, flow in found]
    pad, between = desk.layout("slabs").length("pad"), desk.layout("slabs").length("line-gap")
    heights = []
    for each, flow in found:
        lines = len(flow) or 1
        middle = (each[1].height if each[1] else 0) * lines + between * (lines - 1) + (each[3].height if each[3] else 0)
        heights.append(max(each[0].height if each[0] else 0, middle, each[2].height if each[2] else 0) + pad // 2)
    complete = all(
        bool(text) == bool(setting)
        for level, each in zip(levels, settings, strict=True)
        for text, setting in zip((*level.texts, level.extra), each, strict=True)
    )
    return _Trial(spans, how[1], settings, flows, heights, complete and sum(heights) <= how[0])


def _level_at(desk: Desk, level: Level, spans: _Spans, sizes: Sequence[float], lead: Length) -> _Found:
    """Return the settings of a level's texts, and its members in lines if they are shown with their signs."""
    roles = [desk.theme.roles[name] for name in ROLES]
    widths = [Length(end - start) for start, end in spans]
    flow = _flow(desk, level.members, (roles[1], sizes[1]), widths[1], lead) if lead else []
    inner = Length(widths[1] - lead)
    found = [
        desk.set(text, role, size, width)
        for text, role, size, width in zip(
            (*level.texts, level.extra), roles, sizes, (widths[0], inner, widths[2], inner), strict=True
        )
    ]
    if flow:
        found[1] = flow[0][0].setting
    return tuple(found), flow


def _flow(desk: Desk, names: Sequence[Text], how: tuple[Role, float], width: int, lead: Length) -> list[list[Member]]:
    """Return names in lines, each with what it keeps free for its sign; nothing if one takes more than a line.

    All lines start with room for a sign, so that names stand below each other.
    """
    role, size = how
    gap = desk.layout("slabs").length("member-gap")
    lines: list[list[Member]] = []
    x = 0
    for name in names:
        setting = desk.set(name, role, size, Length(width - lead))
        if setting is None or len(setting.lines) > 1:
            return []
        own = lead if not lines or desk.lead([element_of(name)], "node") else 0
        wide = Length(round(setting.width * (1 + desk.theme.spare)))
        if lines and x + own + wide <= width:
            lines[-1].append(Member(name, setting, x, own, wide))
        else:
            x, own = 0, lead
            lines.append([Member(name, setting, 0, own, wide)])
        x += own + wide + gap
    return [[*line[:-1], replace(line[-1], width=Length(width - line[-1].x - line[-1].lead))] for line in lines]


def _report(desk: Desk, levels: Sequence[Level], trial: _Trial) -> None:
    """Report each word that is too wide for its column at the floors; if there is none, the longest text."""
    wide = False
    area = desk.theme.column
    for level in levels:
        for text, name, (start, end) in zip(
            (*level.texts, level.extra), ROLES, (*trial.spans, trial.spans[1]), strict=True
        ):
            role = desk.theme.roles[name]
            if text and desk.set(text, role, role.sizes[-1], Length(end - start)) is None:
                wide = True
                desk.refuse(text, role, Size(Length(end - start), area.h))
    if not wide:
        texts = [(level, text) for level in levels for text in level.texts if text]
        level, longest = max(texts, key=lambda each: len(each[1].value))
        desk.report(level.stratum.name if len(longest.parts) > 1 else longest)


def _gaps(layout: Layout, levels: Sequence[Level]) -> list[Length]:
    """Return the gaps between slabs: one with a dashed outline stands apart."""
    near, apart = layout.length("gap"), layout.length("apart")
    dashed = [level.stratum.line is model.Line.DASHED for level in levels]
    return [apart if one != other else near for one, other in pairwise(dashed)]


def _boxes(layout: Layout, area: Box, levels: Sequence[Level], heights: Sequence[int]) -> list[Box]:
    """Return the slabs' boxes: of one height where that holds every text, else each as high as it needs."""
    gaps = _gaps(layout, levels)
    room = area.h - sum(gaps)
    even = min(room // len(heights), layout.length("max-h"))
    spare = max(0, (room - sum(heights)) // len(heights))
    sizes = [even] * len(heights) if max(heights) <= even else [height + spare for height in heights]
    y = area.y + (room - sum(sizes)) // 2
    boxes: list[Box] = []
    for size, gap in zip(sizes, (*gaps, 0), strict=True):
        boxes.append(Box(area.x, Length(y), area.w, Length(size)))
        y += size + gap
    return boxes
