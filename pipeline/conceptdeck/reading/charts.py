"""Charts of slides of one's own: rows of numbers below headings, in the map or in a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conceptdeck.reading.data import check_rows, filled, rows_twice
from conceptdeck.reading.rules import BAD_DATA
from conceptdeck.reading.source import Scalar
from conceptdeck.values.characters import is_blank, quoted
from conceptdeck.values.chart import ChartKind
from conceptdeck.values.regex import regex
from conceptdeck.values.slides import Cells, Marked, OwnChart

if TYPE_CHECKING:
    from conceptdeck.reading.fields import At, FieldReader
    from conceptdeck.reading.source import Node
    from conceptdeck.values.diagnostics import Span
    from conceptdeck.values.text import Text

__all__ = ["marked_of", "own_chart_of"]

MOST_SERIES, MOST_CATEGORIES, MOST_BARS = 5, 12, 24
NUMBER = regex(r"[-\N{MINUS SIGN}]?[0-9]{1,12}(?:\.([0-9]{1,6}))?")


def marked_of(node: Node, at: At, reader: FieldReader) -> Marked | None:
    """Return what a chart shows so that it stands out."""
    if not isinstance(node, Scalar) or is_blank(node.value):
        reader.not_text(node, at, "the heading of a series, or the name of a row")
        return None
    return Marked(node.value.strip(), node.span)


def own_chart_of(node: Node, at: At, reader: FieldReader) -> OwnChart | None:
    """Return a chart with its numbers; without rows if something is wrong with them."""
    found: OwnChart | None = reader.part(node, at, OwnChart)
    if found is None:
        return None
    known = len(reader.findings.found)
    if found.file:
        rows_twice(found, found.file.span, at, reader)
        found = filled(found, at.full_path)
    else:
        check_rows(found, at, reader)
    if found.rows is None or len(reader.findings.found) > known:
        return replace(found, columns=(), rows=None)
    found = _with_numbers(found, found.rows, reader)
    _check_size(found, found.rows or Cells(()), at, reader)
    return _with_highlight(found, reader) if len(reader.findings.found) == known else found


def _with_numbers(found: OwnChart, rows: Cells, reader: FieldReader) -> OwnChart:
    """Return a chart whose rows are names and numbers; a cell that is no number is reported."""
    numbers, decimals = [], 0
    for (name, *cells), span in zip(rows.items, rows.spans, strict=True):
        if name is None:
            reader.findings.error(BAD_DATA, "the row has no name", span, hints=["write what its numbers are of"])
        read = [_number(cell, span, found.type, reader) for cell in cells]
        numbers.append(tuple(number for number, _ in read))
        decimals = max([decimals, *(count for _, count in read)])
    names = tuple((row[0],) for row in rows.items)
    return replace(found, rows=Cells(names, rows.spans, tuple(numbers), decimals))


def _number(cell: Text | None, span: Span, kind: ChartKind, reader: FieldReader) -> tuple[float, int]:
    """Return the number that a cell says, and how many decimals it has."""
    said = cell.value.strip() if cell else ""
    match = NUMBER.fullmatch(said)
    if match is None:
        what = f"{quoted(said)} is no number" if said else "a cell of the row has no number"
        hint = "write digits, with a point before decimals, such as 1250.5; what they count is the `unit`"
        reader.findings.error(BAD_DATA, what, cell.span if cell else span, hints=[hint])
        return 0.0, 0
    number = float(said.replace("\N{MINUS SIGN}", "-"))
    if number < 0 and kind is ChartKind.STACKED:
        hint = "draw it with the type `bar`"
        reader.findings.error(BAD_DATA, f"{said} is less than nothing, and cannot be stacked", span, hints=[hint])
    return number, len(match[1] or "")


def _check_size(found: OwnChart, rows: Cells, at: At, reader: FieldReader) -> None:
    """Report a chart without a series, and one with more than can be told apart."""
    name, series, categories = quoted(at.key.value), len(found.columns) - 1, len(rows.items)
    span = rows.spans[0] if rows.spans else at.key.span
    if series < 1:
        hint = "write two headings or more: what the rows are, and the name of each series"
        reader.findings.error(BAD_DATA, f"{name} has no series of numbers", span, hints=[hint])
    elif series > MOST_SERIES:
        hint = "leave out those that the message does not need, or draw two charts"
        reader.findings.error(
            BAD_DATA, f"{name} has {series} series; at most {MOST_SERIES} are drawn", span, hints=[hint]
        )
    bars = series * categories if found.type is ChartKind.BAR else 0
    if categories > MOST_CATEGORIES or bars > MOST_BARS:
        much = (
            f"{bars} bars; at most {MOST_BARS}" if bars > MOST_BARS else f"{categories} rows; at most {MOST_CATEGORIES}"
        )
        hint = "gather the small ones in one, or draw two charts"
        reader.findings.error(BAD_DATA, f"{name} has {much} are drawn", span, hints=[hint])


def _with_highlight(found: OwnChart, reader: FieldReader) -> OwnChart:
    """Return a chart that knows where what stands out is: a series, or a row if there is but one series."""
    wanted = found.highlight
    if wanted is None or found.rows is None:
        return found
    series = [text.value for text in found.columns[1:]]
    names = [row[0].value if row[0] else "" for row in found.rows.items]
    if wanted.name in series:
        return replace(found, highlight=replace(wanted, series=series.index(wanted.name)))
    if len(series) == 1 and wanted.name in names and found.type in (ChartKind.BAR, ChartKind.STACKED):
        return replace(found, highlight=replace(wanted, category=names.index(wanted.name)))
    hint = f"valid: {', '.join(map(quoted, series if len(series) > 1 else names))}"
    reader.findings.error(BAD_DATA, f"{quoted(wanted.name)} is no series of the chart", wanted.span, hints=[hint])
    return found
