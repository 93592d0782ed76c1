"""Lay pictures out: from what they show to drawings in which everything has its final place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from conceptdeck.layout.formulas import with_places
from conceptdeck.layout.graph.network import Arrange
from conceptdeck.layout.legible import legible
from conceptdeck.layout.mirror import mirrored_items
from conceptdeck.layout.pictures.canvas import WIDER, Canvas, Items, extent
from conceptdeck.layout.pictures.captions import captioned
from conceptdeck.layout.pictures.categories import draw_categories
from conceptdeck.layout.pictures.concept import draw_concept
from conceptdeck.layout.pictures.flow import draw_flow
from conceptdeck.layout.pictures.groups import draw_groups
from conceptdeck.layout.pictures.hierarchy import draw_hierarchy
from conceptdeck.layout.pictures.highlight import highlighted
from conceptdeck.layout.pictures.leads import led
from conceptdeck.layout.pictures.poster import draw_poster
from conceptdeck.layout.pictures.relations import draw_relations
from conceptdeck.layout.pictures.table import draw_table
from conceptdeck.layout.pictures.walk import numbered
from conceptdeck.typeset.lines import Typesetter
from conceptdeck.values import picture
from conceptdeck.values.diagnostics import Diagnostic, OnDrawing, has_errors
from conceptdeck.values.frame import Drawing, Item
from conceptdeck.values.items import box_of, ends_of, moved
from conceptdeck.values.languages import is_rtl
from conceptdeck.values.picture import Picture, Portfolio
from conceptdeck.values.text import keys_of
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Length, Size

__all__ = ["draw_pictures"]

FILLED = 0.75  # of a sheet: what fills less of it is cut below
LARGER = (1.0, 1.1, 1.2, 1.3)  # times the usual sides of a sheet: letters are then smaller on paper


def draw_pictures(
    portfolio: Portfolio,
    theme: Theme,
    typesetter: Typesetter,
    arrange: Arrange,
    width: Length,
    scale: float | None = None,
) -> tuple[tuple[Drawing, ...], tuple[Diagnostic, ...]]:
    """Return a drawing `width` wide for each picture, and what did not fit.

    `arrange` places the nodes of graphs and routes their edges. The drawings are printed at a `scale` if one is given.
    """
    margin = theme.pictures.length("margin")
    inner = Length(width - 2 * margin)
    canvas = Canvas(theme, typesetter, portfolio.language, inner, arrange, portfolio.words)
    canvas.icons, canvas.scale = dict(portfolio.icons), scale
    drawings: list[Drawing] = []
    problems: list[Diagnostic] = []
    for shown in portfolio.pictures:
        known = len(canvas.problems)
        drawings.append(_on_sheet(portfolio, shown, canvas) or _drawing(portfolio, shown, canvas, margin, width))
        there = (OnDrawing(shown.id),)
        problems += [replace(canvas.in_letters(each), where=there) for each in canvas.problems[known:]]
    return tuple(drawings), tuple(problems)


def _on_sheet(portfolio: Portfolio, shown: Picture, canvas: Canvas) -> Drawing | None:
    """Return a picture on its paper, None if it has none: on the smallest sheet of its proportions that holds all.

    What no such sheet holds is as wide as the first one, and higher; what leaves much of it empty is lower.
    """
    if not isinstance(shown, picture.Poster) or not shown.paper:
        return None
    margin = canvas.length("sheet-margin")
    trials = []
    for share in (*LARGER, 1.0):
        width, height = (Length(int(canvas.length(f"{shown.paper.value}-{side}") * share)) for side in "wh")
        trial = canvas.fresh().narrowed(width - 2 * margin)
        trials.append((trial, _drawing(portfolio, shown, trial, margin, width)))
        if trials[-1][1].size.h <= height:
            break
    trial, drawing = trials[-1]
    canvas.take(trial)
    empty = drawing.size.h < height * FILLED
    return drawing if empty else replace(drawing, size=Size(drawing.size.w, max(drawing.size.h, height)))


def _drawing(portfolio: Portfolio, shown: Picture, canvas: Canvas, margin: Length, width: Length) -> Drawing:
    """Return a picture with its margins, at least as wide as told."""
    before = len(canvas.remarks)
    out = canvas.length("badge-out") if shown.walk else Length(0)
    drawn = _drawn(shown, canvas.narrowed(canvas.width - 2 * out) if out else canvas)
    items = [moved(item, out, 0) for item in drawn] if out else drawn
    items = highlighted(shown.lit, canvas, [*items, *canvas.signs(items)])
    items = captioned(shown, canvas, numbered(shown, canvas, items))
    ink = extent([box_of(item) for item in items])
    left = min(ink.x, Length(0))
    size = Size(Length(max(width, ink.right - left + 2 * margin)), Length(ink.h + 2 * margin))
    apart = [*_distinct(moved(item, margin - left, margin - ink.y) for item in items)]
    theme = canvas.theme
    seen = legible(apart, theme, (theme.colours, theme.opposite))
    placed = tuple(led(seen, dict(portfolio.addresses), dict(portfolio.references)))
    placed = with_places(placed, theme, canvas.typesetter)
    rtl = is_rtl(portfolio.language)
    return Drawing(
        id=shown.id,
        map_id=portfolio.map_id,
        title=shown.title.value,
        description=shown.description.value,
        caption=shown.caption.value if shown.caption else "",
        language=portfolio.language,
        size=size,
        items=mirrored_items(placed, size.w) if rtl else placed,
        said=keys_of(shown.title, shown.description, shown.caption),
        remarks=tuple(canvas.remarks[before:]),
        scale=canvas.scale,
        tongues=(shown.title.language, shown.description.language, shown.caption.language if shown.caption else ""),
    )


def _distinct(items: Iterable[Item]) -> Iterator[Item]:
    """Yield items, and number those of a name that is taken: a concept may be in several levels or categories.

    Lines keep their names.
    """
    count: Counter[str] = Counter()
    for item in items:
        is_line = bool(ends_of(item))
        count[item.name] += not is_line
        again = not is_line and count[item.name] > 1
        yield replace(item, name=f"{item.name}@{count[item.name]}") if again else item


def _drawn(shown: Picture, canvas: Canvas) -> Items:
    """Return a picture as wide as the canvas; wider, with a warning, if a word has no room otherwise."""
    trials = []
    for share in (1, *WIDER):
        trial = canvas.fresh().narrowed(int(canvas.width * share))
        trials.append((trial, _draw(shown, trial)))
        if not has_errors(trial.problems):
            break
    trial, items = trials[-1] if not has_errors(trials[-1][0].problems) else trials[0]
    canvas.take(trial)
    if trial.width > canvas.width:
        canvas.problems.append(canvas.too_wide(shown.title, trial.width, canvas.width))
    return items


def _draw(shown: Picture, canvas: Canvas) -> Items:
    match shown:
        case picture.Hierarchy():
            return draw_hierarchy(shown, canvas)
        case picture.Relations():
            return draw_relations(shown, canvas)
        case picture.Categories():
            return draw_categories(shown, canvas)
        case picture.Flow():
            return draw_flow(shown, canvas)
        case picture.Groups():
            return draw_groups(shown, canvas)
        case picture.Bridge():
            return draw_table(shown, canvas)
        case picture.Concept():
            return draw_concept(shown, canvas)
        case picture.Poster():
            return draw_poster(shown, canvas, _draw)
