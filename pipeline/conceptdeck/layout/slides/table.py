"""Tables: column widths that suit the text, row heights measured, long tables split with the header repeated."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from conceptdeck.layout.desk import Desk, placeholder_of
from conceptdeck.layout.pages import chunks, frames_of, page_title
from conceptdeck.layout.slides.column_widths import at_least, improved
from conceptdeck.layout.slides.journey import journey
from conceptdeck.typeset.sentences import sentences
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck, frame
from conceptdeck.values.figures import align_of
from conceptdeck.values.frame import Cell, Frame, Item, Paragraph, TableRow, TextBody
from conceptdeck.values.tables import TablePart, table_look
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout, Role
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = ["table"]

Line = tuple[str, tuple[Text, ...]]
ROWS_JUDGED = 24  # enough to tell which widths suit a long table


@frozen
class _Grid:
    """What all slides of a table share: the desk, the layout, the header, and the columns' widths and alignments."""

    desk: Desk
    layout: Layout
    head: Line
    widths: tuple[Length, ...]
    aligns: tuple[str, ...]


def table(slide: deck.Table, desk: Desk) -> list[Frame]:
    """Lay out a table as a way to its last column if it leads to a row and one slide holds it so, else as it is.

    Then its letters are the largest with which its rows fit on as few slides as possible.
    """
    if frames := journey(slide, desk):
        return frames
    layout = desk.layout("table")
    rows = [(row.key, cells) for row, cells in zip(slide.table.rows, slide.rows, strict=True)]
    rows = _highlight_last(slide, rows)
    head = (f"{slide.table.key}.header", slide.table.columns)
    parts = _parts(desk, layout, head, rows)
    total = sum(len(pages) for _, _, pages in parts)
    items: list[list[Item]] = []
    for grid, size, pages in parts:
        for page in pages:
            place = (len(items) + 1, total)
            items.append(_page(grid, slide, page, size, place, lit=page is pages[-1]))
    return frames_of(slide.key, "table", items, desk.language)


Part = tuple[_Grid, float, list[list[Line]]]


def _parts(desk: Desk, layout: Layout, head: Line, rows: Sequence[Line]) -> list[Part]:
    """Return the parts of a table with its rows in pages: one, or if it is too wide several with the first column."""
    count = len(head[1])
    fewest = math.ceil(sum(_least(desk, layout, [head, *rows])) / layout.placeholders["table"].box.w)
    for parts in range(min(fewest, max(1, count - 1)), max(2, count)):
        trial = desk.fresh()
        groups = [(0, *some) for some in chunks(range(1, count), parts)] if parts > 1 else [tuple(range(count))]
        found = [
            _part(trial, layout, _columns(head, group), [_columns(row, group) for row in rows]) for group in groups
        ]
        if not trial.problems:
            break
    desk.take(trial)
    return found


def _part(desk: Desk, layout: Layout, head: Line, rows: list[Line]) -> Part:
    widths = _column_widths(desk, layout, [head, *rows])
    aligns = tuple(align_of([cells[at].value for _, cells in rows]) for at in range(len(widths)))
    grid = _Grid(desk, layout, head, widths, aligns)
    return grid, *_split(grid, [piece for row in rows for piece in _pieces(grid, row)])


def _columns(row: Line, group: Sequence[int]) -> Line:
    return row[0], tuple(row[1][at] for at in group)


def _least(desk: Desk, layout: Layout, rows: Sequence[Line]) -> list[int]:
    """Return the least widths of the columns: those of their longest words at the smallest size, the heading first."""
    pad = 2 * layout.length("cell-x")
    roles = [desk.theme.roles["table-head"], *([desk.theme.roles["table-cell"]] * (len(rows) - 1))]

    def least(text: Text, role: Role) -> float:
        return _longest_word(desk, text, role) * role.sizes[-1] / role.sizes[0]

    return [
        round(max(least(cells[at], role) for (_, cells), role in zip(rows, roles, strict=True))) + pad
        for at in range(len(rows[0][1]))
    ]


def _pieces(grid: _Grid, row: Line) -> list[Line]:
    """Return a row, or if it is higher than a slide its pieces, which go on at ends of sentences or between names."""
    role = grid.desk.theme.roles["table-cell"]
    size = min(each for each in role.sizes if each >= grid.desk.theme.ease * role.sizes[0])
    header = _row_height(grid, grid.head, "table-head", None) or 0
    room = grid.layout.placeholders["table"].box.h - header
    height = _row_height(grid, row, "table-cell", size)
    if height is None or height <= room:
        return [row]
    inner = room - 2 * grid.layout.length("cell-y")

    def fits(width: Length, text: Text) -> bool:
        setting = _set(grid.desk, grid.layout, text, _emphasised(role), width, size)
        return setting is not None and setting.height <= inner

    cells = [_filled(grid.desk, text, partial(fits, width)) for text, width in zip(row[1], grid.widths, strict=True)]
    count = max(map(len, cells))
    names = cells[0] * count if len(cells[0]) == 1 else cells[0]
    nothing = [tuple(replace(text, value="") for text in row[1])] * count
    return [
        (
            f"{row[0]}#{at + 1}" if at else row[0],
            tuple(
                (each[at] if at < len(each) else empty)
                for each, empty in zip([names, *cells[1:]], nothing[at], strict=True)
            ),
        )
        for at in range(count)
    ]


def _filled(desk: Desk, text: Text, fits: Callable[[Text], bool]) -> list[Text]:
    """Return a text in pieces that fit, each as long as it can be; a sentence or a name is never parted."""
    comma = desk.words.say(Term.COMMA)
    ends = [at + len(comma) for at in _places(text.value, comma)] if len(text.parts) > 1 else []
    at = 0
    for sentence in sentences(text.value) if not ends else ():
        at = text.value.index(sentence, at) + len(sentence)
        ends.append(at)
    pieces: list[Text] = []
    start = last = 0
    for end in (*ends, len(text.value)):
        if last > start and not fits(replace(text, value=text.value[start:end].strip())):
            pieces.append(replace(text, value=text.value[start:last].strip()))
            start = last
        last = end
    rest = text.value[start:].strip()
    return [*pieces, replace(text, value=rest)] if rest or not pieces else pieces


def _places(text: str, part: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(part), text)]


def _highlight_last(slide: deck.Table, rows: list[Line]) -> list[Line]:
    """Return the rows with the highlighted one at the end, where the table style lights it."""
    wanted = f"{slide.table.key}.rows.{slide.table.highlight.id}" if slide.table.highlight else ""
    return sorted(rows, key=lambda row: row[0] == wanted)


def _column_widths(desk: Desk, layout: Layout, rows: Sequence[Line]) -> tuple[Length, ...]:
    """Return the columns' widths: those found by shifting width about at which the rows need the fewest lines."""
    role = desk.theme.roles["table-cell"]
    area = layout.placeholders["table"].box
    pad = 2 * layout.length("cell-x")
    count = len(rows[0][1])
    lengths = [[desk.natural_width(cells[i], role) for _, cells in rows] for i in range(count)]
    # the root evens columns out: a cell twice as long gets more lines as well as more width
    weights = [(sum(each) / len(each)) ** 0.5 for each in lengths]
    least = [max(_longest_word(desk, cells[i], role) for _, cells in rows) + pad for i in range(count)]
    widths = at_least([round(area.w * weight / sum(weights)) for weight in weights], least, area.w)
    unit = layout.length("width-unit")
    return tuple(map(Length, improved(widths, least, unit, lambda some: _cost(desk, layout, rows, some))))


def _cost(desk: Desk, layout: Layout, rows: Sequence[Line], widths: Sequence[int]) -> tuple[int, int]:
    """Return how many lines the rows need, and how many of their cells' lines end in a hyphen."""
    role = _emphasised(desk.theme.roles["table-cell"])
    lines = hyphens = 0
    for _, cells in rows[:ROWS_JUDGED]:
        found = [_set(desk, layout, t, role, Length(w), role.sizes[0]) for t, w in zip(cells, widths, strict=True)]
        lines += max((len(setting.lines) for setting in found if setting), default=0)
        hyphens += sum(line.endswith("-") for setting in found if setting for line in setting.lines)
    return lines + 2 * hyphens, hyphens


def _longest_word(desk: Desk, text: Text, role: Role) -> Length:
    word = desk.typesetter.widest_word(desk.written(text, role), desk.style(role), desk.tongue(text))
    return desk.natural_width(word, role) if word else Length(0)


def _split(grid: _Grid, rows: Sequence[Line]) -> tuple[float, list[list[Line]]]:
    """Return the type size and the rows of each slide: the fewest slides first, then whole words, then large type."""
    role = grid.desk.theme.roles["table-cell"]
    if fewest := _fill(grid, rows, role.sizes[-1]):
        found: list[tuple[int, float, list[list[Line]]]] = []
        for size in role.sizes:
            pages = _fill(grid, rows, size)
            if pages and len(pages) == len(fewest):
                found.append((_faults(grid, rows, size), size, pages))
                if not found[-1][0]:
                    break
        _, size, pages = min(found, key=lambda each: each[0])
        return size, _even(grid, rows, size, len(pages)) or pages
    head = grid.desk.theme.roles["table-head"]
    for look, (_, cells) in ((head, grid.head), *((role, row) for row in rows)):
        for text, width in zip(cells, grid.widths, strict=True):
            grid.desk.fit(text, look, _cell_size(grid.layout, width))
    return role.sizes[-1], [list(rows)]


def _faults(grid: _Grid, rows: Sequence[Line], size: float) -> int:
    """Return how many cells break words, or are not sure to break where they are broken here."""
    desk, layout, widths = grid.desk, grid.layout, grid.widths
    role = desk.theme.roles["table-cell"]
    looks = (_emphasised(role) if index == 0 else role for _ in rows for index in range(len(widths)))
    cells = ((text, width) for _, texts in rows for text, width in zip(texts, widths, strict=True))
    found = (_set(desk, layout, text, look, width, size) for (text, width), look in zip(cells, looks, strict=True))
    return sum(setting.split or setting.loose for setting in found if setting)


def _cell_size(layout: Layout, width: Length) -> Size:
    """Return the room for one cell of the given width alone in the table's area."""
    area = layout.placeholders["table"].box
    return Size(Length(width - 2 * layout.length("cell-x")), Length(area.h // 2))


def _fill(grid: _Grid, rows: Sequence[Line], size: float) -> list[list[Line]] | None:
    """Return the rows in pages, each as full as it may be; None if a row does not fit on a slide."""
    header = _row_height(grid, grid.head, "table-head", None)
    room = grid.layout.placeholders["table"].box.h - (header or 0)
    pages: list[list[Line]] = [[]]
    used = 0
    for row in rows:
        height = _row_height(grid, row, "table-cell", size)
        if header is None or height is None or height > room:
            return None
        if used + height > room:
            pages.append([])
            used = 0
        pages[-1].append(row)
        used += height
    return pages


def _even(grid: _Grid, rows: Sequence[Line], size: float, count: int) -> list[list[Line]] | None:
    """Return the rows in `count` pages of about the same number of rows, if each page holds its share."""
    parts = [list(chunk) for chunk in chunks(rows, count)]
    fits = all(len(_fill(grid, part, size) or [[], []]) == 1 for part in parts)
    return parts if fits else None


def _set(desk: Desk, layout: Layout, text: Text, role: Role, width: Length, size: float | None) -> Setting | None:
    """Set a cell's text at `size`, or at the largest size at which every word fits."""
    inner = Length(width - 2 * layout.length("cell-x"))
    if not text.value:  # a cell that goes on on another slide has no more to say
        return Setting(size or role.sizes[0], Length(0), (), Length(0), Length(0))
    settings = (desk.set(text, role, each, inner, heading=False) for each in ((size,) if size else role.sizes))
    return next((setting for setting in settings if setting), None)


def _row_height(grid: _Grid, row: Line, role: str, size: float | None) -> int | None:
    """Return the height that a row needs, None if a word of it is wider than its column."""
    desk, layout, widths = grid.desk, grid.layout, grid.widths
    spec = desk.theme.roles[role]
    bold = _emphasised(spec)
    settings = [_set(desk, layout, text, bold, width, size) for text, width in zip(row[1], widths, strict=True)]
    if any(setting is None for setting in settings):
        return None
    tallest = max(setting.height for setting in settings if setting)
    return max(tallest + 2 * layout.length("cell-y"), layout.length("min-row"))


def _emphasised(role: Role) -> Role:
    """Return the role in bold: the first column and the highlighted row are, so all are measured so."""
    return Role(role.name, role.major, True, role.sizes, role.leading, role.colour, role.avoid_orphans)


def _page(
    grid: _Grid, slide: deck.Table, rows: Sequence[Line], size: float, place: tuple[int, int], *, lit: bool
) -> list[Item]:
    """Return a slide of the table, the first of the numbers in `place` out of the second; its last row may be `lit`."""
    desk, layout, widths = grid.desk, grid.layout, grid.widths
    part, parts = place
    lit = lit and slide.table.highlight is not None
    heights = [_row_height(grid, grid.head, "table-head", None) or 0]
    heights += [_row_height(grid, row, "table-cell", size) or 0 for row in rows]
    area = layout.placeholders["table"].box
    air = min((area.h - sum(heights)) // len(heights), layout.length("max-air"))
    heights = [height + max(0, air) for height in heights]
    look = table_look(desk.theme)
    made = [_row(grid, grid.head, Length(heights[0]), look.header, None)]
    for index, (row, height) in enumerate(zip(rows, heights[1:], strict=True), start=1):
        part_of = look.lit if lit and index == len(rows) else look.body
        made.append(_row(grid, row, Length(height), part_of, size))
    spec = layout.placeholders["table"]
    columns = desk.words.listed(grid.head[1])
    shown = frame.Table(
        name=slide.table.key,
        box=Box(area.x, area.y, Length(sum(widths)), Length(sum(heights))),
        columns=tuple((text.key, width) for text, width in zip(grid.head[1], widths, strict=True)),
        rows=tuple(made),
        placeholder=placeholder_of(spec),
        alt=desk.words.say(Term.TABLE, rows=len(rows), columns=columns),
    )
    return [desk.placeholder(layout.placeholders["title"], page_title(slide.title, part, parts, desk.words)), shown]


def _row(grid: _Grid, row: Line, height: Length, look: TablePart, size: float | None) -> TableRow:
    desk, layout, widths = grid.desk, grid.layout, grid.widths
    x, y = layout.length("cell-x"), layout.length("cell-y")
    first_bold = table_look(desk.theme).first_bold
    cells: list[Cell] = []
    for text, width, align in zip(row[1], widths, grid.aligns, strict=True):
        role = _emphasised(look.role) if look.bold or (first_bold and not cells) else look.role
        setting = _set(desk, layout, text, role, width, size)
        paragraphs: tuple[Paragraph, ...] = ()
        if setting and text.value:
            paragraphs = (desk.paragraph(text, setting, role, look.slot, align=align),)
        empty = setting.size_pt if setting and not paragraphs else None
        cells.append(Cell(TextBody(paragraphs, "ctr", (x, y, x, y), text.span), text.key, empty))
    return TableRow(row[0], height, tuple(cells), look.fill, look.below)
