"""A table that leads somewhere: the familiar in large letters, an arrow, and in bold ones what it becomes."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.layout.desk import Desk, placeholder_of
from conceptdeck.layout.pages import frames_of
from conceptdeck.layout.slides.column_widths import at_least, improved
from conceptdeck.layout.toolkit import ENDLESS
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck, frame
from conceptdeck.values.figures import align_of
from conceptdeck.values.frame import Cell, Frame, Item, Paragraph, TableRow, TextBody
from conceptdeck.values.languages import is_rtl
from conceptdeck.values.remarks import Way
from conceptdeck.values.tables import TablePart, table_look
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text, composed
from conceptdeck.values.theme import Role
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = ["journey"]

HEAD, FIRST, MIDDLE, ARROW, LAST = "table-head", "journey-name", "journey-text", "journey-arrow", "journey-end"
ONWARDS, BACKWARDS = "\N{RIGHTWARDS ARROW}", "\N{LEFTWARDS ARROW}"
NAME_LINES = 2  # that names in the first column have at most, if their columns can be so wide
LEAST, MOST = 2, 5  # columns of a table that can be read as a way
Row = tuple[str, tuple[Text, ...]]


@frozen
class _Set:
    """Rows as they are set, the header first, how high each is at least, and how much that is less than there is."""

    settings: list[list[Setting]]
    heights: list[int]
    spare: int


def journey(slide: deck.Table, desk: Desk) -> list[Frame]:
    """Lay out a table that leads to a row; nothing if it leads nowhere, has figures, or one slide does not hold it.

    Columns between the first and the last go to the notes if there is no room for them, and in a talk but for one.
    """
    count = len(slide.table.columns)
    layout = desk.layout("table")
    if not slide.table.highlight or not LEAST <= count <= MOST or len(slide.rows) > layout.count("journey-rows"):
        return []
    if any(align_of([row[at].value for row in slide.rows]) != "l" for at in range(count)):
        return []
    every = tuple(range(count))
    fewer = [some for some in ((0, 1, count - 1), (0, count - 1)) if len(some) < count]
    for shown in fewer if slide.brief and len(fewer) > 1 else (every, *fewer):
        trial = desk.fresh()
        drawing = _Journey(slide, trial, shown)
        if items := drawing.items():
            drawing.leave(every)
            desk.take(trial)
            return frames_of(slide.key, "table", [items], desk.language)
    return []


class _Journey:
    """One slide with some of the columns of a table."""

    def __init__(self, slide: deck.Table, desk: Desk, shown: Sequence[int]) -> None:
        self.slide, self.desk, self.layout, self.shown = slide, desk, desk.layout("table"), shown
        wanted = f"{slide.table.key}.rows.{slide.table.highlight.id}" if slide.table.highlight else ""
        rows = [
            (row.key, tuple(cells[at] for at in shown)) for row, cells in zip(slide.table.rows, slide.rows, strict=True)
        ]
        self.rows: list[Row] = sorted(rows, key=lambda row: row[0] == wanted)
        self.head: Row = (f"{slide.table.key}.header", tuple(slide.table.columns[at] for at in shown))
        names = (FIRST, *[MIDDLE] * (len(shown) - 2), LAST)
        self.roles = [desk.theme.roles[name] for name in names]

    def items(self) -> list[Item]:
        """Return the title and the table; nothing if the rows do not fit."""
        widths = self._widths()
        found = self._set(widths)
        if not found:
            return []
        air = min(found.spare // len(found.heights), self.layout.length("journey-air"))
        heights = [Length(height + air) for height in found.heights]
        spec, desk = self.layout.placeholders["table"], self.desk
        look = table_look(desk.theme)
        parts = [look.header, *[look.body] * (len(self.rows) - 1), look.lit]
        made = zip((self.head, *self.rows), heights, parts, found.settings, strict=True)
        named = [(text.key, Length(width)) for text, width in zip(self.head[1], widths, strict=True)]
        named.insert(-1, (f"{self.slide.table.key}.arrow", self.layout.length("arrow-room")))
        table = frame.Table(
            name=self.slide.table.key,
            box=Box(spec.box.x, spec.box.y, spec.box.w, Length(sum(heights))),
            columns=tuple(named),
            rows=tuple(self._row(*each) for each in made),
            placeholder=placeholder_of(spec),
            alt=desk.words.say(Term.TABLE, rows=len(self.rows), columns=desk.words.listed(self.head[1])),
        )
        return [desk.placeholder(self.layout.placeholders["title"], self.slide.title), table]

    def leave(self, every: Sequence[int]) -> None:
        """Leave the cells of the columns that are not shown to the notes, each row under its first cell."""
        hidden = [at for at in every if at not in self.shown]
        for row, cells in zip(self.slide.table.rows, self.slide.rows, strict=True) if hidden else ():
            left = [cells[at] for at in hidden]
            line = self.desk.words.say(Term.GROUP, name=cells[0], members=self.desk.words.listed(left))
            self.desk.left.append(composed(line, cells[0], *left, key=f"{row.key}.left"))
        for at in hidden:
            self.desk.remark(Way.NOTES, self.slide.table.columns[at].key)

    def _inner(self, width: int) -> Length:
        return Length(width - 2 * self.layout.length("cell-x"))

    def _widths(self) -> list[int]:
        """Return the columns' widths: those at which the rows are lowest at their full sizes."""
        desk, pad = self.desk, 2 * self.layout.length("cell-x")
        total = self.layout.placeholders["table"].box.w - self.layout.length("arrow-room")
        columns = [(role, [row[1][at] for row in self.rows]) for at, role in enumerate(self.roles)]
        lengths = [[desk.natural_width(text, role) for text in some] for role, some in columns]
        weights = [(sum(each) / len(each)) ** 0.5 for each in lengths]
        least = [max(self._word(text, role) for text in some) + pad for role, some in columns]
        widths = at_least([round(total * weight / sum(weights)) for weight in weights], least, total)
        return improved(widths, least, self.layout.length("width-unit"), self._cost)

    def _word(self, text: Text, role: Role) -> int:
        desk = self.desk
        word = desk.typesetter.widest_word(desk.written(text, role), desk.style(role), desk.tongue(text))
        return round(desk.natural_width(word, role) * role.sizes[-1] / role.sizes[0]) if word else 0

    def _cost(self, widths: list[int]) -> tuple[int, int]:
        """Return how many words are broken and names have many lines, and how high rows are, at the full sizes."""
        rows = [self._cells(row, widths, 0) for row in self.rows]
        broken = sum(setting is None or setting.split for row in rows for setting in row)
        many = sum(row[0] is not None and len(row[0].lines) > NAME_LINES for row in rows)
        return broken + many, sum(max((setting.height for setting in row if setting), default=0) for row in rows)

    def _cells(self, row: Row, widths: Sequence[int], step: int) -> list[Setting | None]:
        return [
            self.desk.set(text, role, role.sizes[min(step, len(role.sizes) - 1)], self._inner(width), heading=False)
            for text, role, width in zip(row[1], self.roles, widths, strict=True)
        ]

    def _set(self, widths: Sequence[int]) -> _Set | None:
        """Return the rows at the first step of sizes at which they fit; None if they do not at the floors."""
        pad = 2 * self.layout.length("cell-y")
        role = self.desk.theme.roles[HEAD]
        head = [self._one(text, role, self._inner(width)) for text, width in zip(self.head[1], widths, strict=True)]
        area = self.layout.placeholders["table"].box.h
        for step in range(max(len(each.sizes) for each in self.roles)):
            lines = [head, *(self._cells(row, widths, step) for row in self.rows)]
            full = [[each for each in line if each and not each.split] for line in lines]
            if any(len(line) < len(self.shown) for line in full):
                continue
            least = [0, *[self._arrow_setting().height] * len(self.rows)]
            heights = [max(low, *(each.height for each in line)) + pad for low, line in zip(least, full, strict=True)]
            if sum(heights) <= area:
                return _Set(full, heights, area - sum(heights))
        return None

    def _one(self, text: Text, role: Role, width: Length) -> Setting | None:
        settings = (self.desk.set(text, role, size, width) for size in role.sizes)
        return next((each for each in settings if each and not each.split), None)

    def _row(self, row: Row, height: Length, look: TablePart, settings: Sequence[Setting]) -> TableRow:
        x, y = self.layout.length("cell-x"), self.layout.length("cell-y")
        head, margins = row is self.head, (x, y, x, y)
        cells: list[Cell] = []
        for text, own, setting in zip(row[1], self.roles, settings, strict=True):
            role = look.role if head else own
            slot = look.slot if head or look.fill else own.colour
            paragraph = self.desk.paragraph(text, setting, role, slot)
            cells.append(Cell(TextBody((paragraph,), "ctr", margins, text.span), text.key))
        arrow = () if head else (self._arrow(look),)
        empty = None if arrow else settings[-1].size_pt
        cells.insert(-1, Cell(TextBody(arrow, "ctr", margins), f"{row[0]}.arrow", empty))
        return TableRow(row[0], height, tuple(cells), look.fill, look.below)

    def _onwards(self) -> Text:
        return Text(BACKWARDS if is_rtl(self.desk.language) else ONWARDS, "")

    def _arrow_setting(self) -> Setting:
        width = self._inner(self.layout.length("arrow-room"))
        return self.desk.fit(self._onwards(), self.desk.theme.roles[ARROW], Size(width, ENDLESS))

    def _arrow(self, look: TablePart) -> Paragraph:
        """Return the arrow that leads to the last cell of a row, in the direction in which it is read."""
        desk, role = self.desk, self.desk.theme.roles[ARROW]
        setting = self._arrow_setting()
        return desk.paragraph(
            self._onwards(), setting, role, look.slot if look.fill else f"accent{desk.theme.goal}", align="ctr"
        )
