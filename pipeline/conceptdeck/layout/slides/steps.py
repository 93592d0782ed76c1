"""The steps as a staircase: each panel stands higher than the last, the last is the goal."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.layout.desk import Desk, Row, TextLook, numeral
from conceptdeck.layout.pages import frames_of, on_click, paginate
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Connector, Fill, Frame, Item, Picture, Shape, Sign, Stroke
from conceptdeck.values.presets import connection_site
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length

__all__ = ["steps"]

FEW_ROLES = ("label", "wide-headline", "wide-text")
ROLES = ("label", "step-headline", "step-text")


def steps(slide: deck.Steps, desk: Desk) -> list[Frame]:
    """Lay out the steps, on several slides if there are many."""
    layout = desk.layout("steps")
    numbered = list(enumerate(slide.steps, start=1))

    def draft(trial: Desk, some: Sequence[tuple[int, model.Step]], title: Text) -> list[Item]:
        return _staircase(trial, layout, some, title, len(numbered))

    pages = paginate(desk, slide.title, numbered, layout.count("per-slide"), draft)
    return frames_of(slide.key, "steps", pages, desk.language)


def _staircase(
    desk: Desk, layout: Layout, numbered: Sequence[tuple[int, model.Step]], title: Text, count: int
) -> list[Item]:
    """Return the stairs, as steep as the texts of the lowest one allow."""
    steep, flat = layout.length("rise"), layout.length("least-rise")
    for rise in (steep, Length((steep + flat) // 2), flat):
        trial = desk.fresh()
        items = _stairs(trial, layout, numbered, title, (count, rise))
        if not trial.problems:
            break
    desk.take(trial)
    return items


def _stairs(
    desk: Desk, layout: Layout, numbered: Sequence[tuple[int, model.Step]], title: Text, how: tuple[int, Length]
) -> list[Item]:
    """Return stairs of which each is higher than the one before; `how` says how many there are of all, and by what."""
    theme, (count, rise) = desk.theme, how
    tops = [Length(layout.length("at-top") + rise * i) for i in range(len(numbered))][::-1]
    panels = [
        Box(column.x, top, column.w, Length(theme.column.bottom - top))
        for column, top in zip(theme.columns(max(2, len(numbered))), tops, strict=False)
    ]
    accents = [f"accent{theme.accent(number, count)}" for number, _ in numbered]
    goals = [number == count for number, _ in numbered]
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], title)]
    words = _texts(desk, layout, [step for _, step in numbered], panels)
    things = zip(numbered, panels, accents, goals, words, strict=True)
    for click, ((number, step), panel, accent, goal, texts) in enumerate(things):
        fill = Fill(accent) if goal else Fill("card")
        rule = Box(panel.x, panel.y, panel.w, layout.length("rule"))
        own: list[Item] = [
            desk.panel(step.key, "panel", panel, fill, None if goal else desk.hairline()),
            desk.panel(step.key, "rule", rule, Fill(accent)),
            _number(desk, layout, number, step, panel, "card" if goal else accent),
            *_head(desk, layout, step, panel, "card" if goal else accent),
        ]
        for index, (text, role, box, setting) in enumerate(texts):
            slot = "card" if goal else (accent if index == 0 else "")
            own.append(desk.label(text, role, box, setting, look=TextLook(slot=slot)))
        items += on_click(click, own)
    return items + _path(desk, layout, [step for _, step in numbered], panels, accents, theme.stroke("path"))


def _number(desk: Desk, layout: Layout, number: int, step: model.Step, panel: Box, slot: str) -> Shape:
    pad = layout.length("pad")
    taken = layout.length("image-w") if step.key in desk.images else 0
    box = Box(
        Length(panel.x + pad),
        Length(panel.y + layout.length("number-top")),
        Length(panel.w - 2 * pad - taken),
        layout.length("number-h"),
    )
    return desk.label(numeral(number, step.key), "step-number", box, look=TextLook(slot=slot))


def _head(desk: Desk, layout: Layout, step: model.Step, panel: Box, slot: str) -> list[Sign] | list[Picture]:
    """Return the image of a step in the corner of its panel, or its sign, level with its number at the other end."""
    width, top = layout.length("image-w"), Length(panel.y + layout.length("rule"))
    window = Box(Length(panel.right - width), top, width, layout.length("image-h"))
    if image := desk.picture(step.key, window, layout.length("image-inset")):
        return image
    side, pad = desk.theme.sign("head"), layout.length("pad")
    y = panel.y + layout.length("number-top") + (layout.length("number-h") - side) // 2
    return desk.sign(step.key, Box(Length(panel.right - pad - side), Length(y), side, side), slot)


def _texts(desk: Desk, layout: Layout, steps: Sequence[model.Step], panels: Sequence[Box]) -> list[list[tuple]]:  # type: ignore[type-arg]
    """Return each panel's texts with role, box and setting; siblings share sizes and stand on the same lines."""
    pad, gap = layout.length("pad"), layout.length("gap")
    top = max(panel.y for panel in panels) + layout.length("text-top")
    widths = tuple(Length(panel.w - 2 * pad) for panel in panels)
    named_only = not any(step.headline for step in steps)  # then names are what there is to read
    columns = [(None if named_only else s.name, s.name if named_only else s.headline, s.detail) for s in steps]
    limits, roles = (1, 2 if any(step.detail for step in steps) else None, None), _roles(layout, len(steps))
    rows = [Row(tuple(c[i] for c in columns), role, widths, limits[i]) for i, role in enumerate(roles)]
    room = panels[0].bottom - pad - top - 2 * gap
    settings, heights = desk.stack(rows, room)
    found: list[list[tuple]] = [[] for _ in steps]  # type: ignore[type-arg]
    y = top
    for row, setting, height in zip(rows, settings, heights, strict=True):
        for index, (text, each) in enumerate(zip(row.texts, setting, strict=True)):
            if text and each:
                box = Box(Length(panels[index].x + pad), Length(y), widths[index], height)
                found[index].append((text, row.role, box, each))
        y += height + gap
    return found


def _roles(layout: Layout, count: int) -> tuple[str, ...]:
    """Return the roles of the texts on a step, larger ones where steps are few and wide."""
    return FEW_ROLES if count <= layout.count("few") else ROLES


def _path(
    desk: Desk,
    layout: Layout,
    steps: Sequence[model.Step],
    panels: Sequence[Box],
    accents: Sequence[str],
    width: Length,
) -> list[Item]:
    """Return the rising path: a dot at each end of a gap between panels, joined by a connector."""
    dots: list[Item] = []
    lines: list[Item] = []
    for index in range(len(panels) - 1):
        low, high = panels[index], panels[index + 1]
        first = _dot((steps[index].key, "end"), low.right, low.y, layout, accents[index])
        second = _dot((steps[index + 1].key, "start"), high.x, high.y, layout, accents[index + 1])
        dots += on_click(index + 1, [first, second])
        lines.append(
            Connector(
                name=f"{steps[index].key} to {steps[index + 1].key}",
                kind="straight",
                start=connection_site("ellipse", first.box, 0),
                end=connection_site("ellipse", second.box, 4),
                begin=(first.name, 0),
                finish=(second.name, 4),
                stroke=Stroke(accents[index + 1], width),
                alt=desk.words.say(Term.RISES, tail=steps[index].name, head=steps[index + 1].name),
                click=index + 1,
            )
        )
    return [*lines, *dots]


def _dot(named: tuple[str, str], x: int, rule_top: int, layout: Layout, accent: str) -> Shape:
    side = layout.length("dot")
    y = rule_top + layout.length("rule") // 2
    of, part = named
    box = Box(Length(x - side // 2), Length(y - side // 2), side, side)
    return Shape(f"{of}.{part}", "ellipse", box, Fill(accent), decorative=True, of=of, part=part)
