"""Data of slides of one's own: rows of cells and rows of numbers, in the map or in a file of comma-separated values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from conceptdeck.reading.rules import BAD_DATA, MISSING_KEY, SLIDE_KIND
from conceptdeck.reading.source import Scalar, Sequence
from conceptdeck.values.characters import is_blank, quoted
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.slides import Cells, DataFile, OwnChart, OwnTable
from conceptdeck.values.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from conceptdeck.reading.fields import At, FieldReader
    from conceptdeck.reading.icons import OwnFile, Shelf
    from conceptdeck.reading.source import Node

__all__ = ["DATA_ENDINGS", "cells_of", "check_rows", "data_of", "filled", "own_file", "own_table_of", "rows_twice"]

DATA_ENDINGS = ("csv", "tsv")
MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 1_000_000, 200, 12
DELIMITERS = ",;\t"
Rows = TypeVar("Rows", OwnTable, OwnChart)


def own_file(node: Node, at: At, reader: FieldReader, shelf: Shelf | None, endings: tuple[str, ...]) -> OwnFile | None:
    """Return a file beside the map that a slide names, None if there is none; what is wrong is reported.

    Without `endings` its name may end in anything.
    """
    if not isinstance(node, Scalar) or is_blank(node.value):
        reader.not_text(node, at, "the path of a file")
        return None
    path, wrong = node.value, ""
    if path.startswith(("/", "~")) or "\\" in path or ":" in path or ".." in path.split("/"):
        wrong = "is not the path of a file beside the map"
    elif endings and not path.lower().endswith(tuple(f".{each}" for each in endings)):
        wrong = f"does not end in {' or '.join(endings)}"
    file = None
    if not wrong and shelf:
        try:
            file = shelf.own(path)
            wrong = "" if file else "is no file that is there"
        except Failure as failure:
            wrong = f"is of no use: {failure.diagnostics[0].message}"
    if file and len(file.data) > MOST_BYTES:
        wrong, file = f"has {len(file.data):,} bytes; at most {MOST_BYTES:,} are read", None
    if wrong:
        hint = "write its path from the folder of the map on, with `/`"
        reader.findings.error(BAD_DATA, f"{quoted(path)} {wrong}", node.span, hints=[hint])
    return file


def data_of(node: Node, at: At, reader: FieldReader, shelf: Shelf | None) -> DataFile | None:
    """Return the rows of a file of comma-separated values, each with its line."""
    file = own_file(node, at, reader, shelf, DATA_ENDINGS)
    path = node.value if isinstance(node, Scalar) else ""
    if file is None:
        return DataFile(path, node.span) if path else None

    def wrong(what: str, line: int, hint: str) -> None:
        note = f"it is the file at {node.span}"
        reader.findings.error(BAD_DATA, what, Span(file.shown, line, 1), note=note, hints=[hint])

    return DataFile(path, node.span, tuple(_rows(file, wrong)), file.shown)


def _rows(file: OwnFile, wrong: Callable[[str, int, str], None]) -> list[tuple[int, tuple[str, ...]]]:
    """Return the rows of a file with their lines; the first one says how many cells each has."""
    import csv  # few maps have data
    import io

    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong("the file is not UTF-8", file.data[: error.start].count(b"\n") + 1, "save it as CSV in UTF-8")
        return []
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True)
    found: list[tuple[int, tuple[str, ...]]] = []
    try:
        for row in reader:
            if any(map(str.strip, row)):
                found.append((reader.line_num, tuple(cell.strip() for cell in row)))
            if len(found) > MOST_ROWS + 1:
                wrong(f"the file has more than {MOST_ROWS} rows", reader.line_num, "keep those that the slide is about")
                return []
    except csv.Error as error:
        wrong(f"the file is not comma-separated values: {error}", reader.line_num, "look at the quotation marks there")
        return []
    width = len(found[0][1]) if found else 0
    if not 1 <= width <= MOST_COLUMNS or len(found) < 2:
        what = f"the file has {width} columns and {max(0, len(found) - 1)} rows below their headings"
        wrong(what, 1, f"a table has 1 to {MOST_COLUMNS} columns with headings, and a row below them")
        return []
    for line, cells in found:
        if len(cells) != width:
            wrong(f"the row has {len(cells)} cells, the headings are {width}", line, "write as many cells as headings")
            return []
    return found


def cells_of(node: Node, at: At, reader: FieldReader) -> Cells | None:
    """Return rows of cells that stand in a map as a list of lists."""
    if not isinstance(node, Sequence) or not node.items:
        reader.wrong_kind(node, at, "a list of rows, each a list of cells", "write rows such as `- [one, two]`")
        return None
    rows = []
    for number, row in enumerate(node.items[: MOST_ROWS + 1], start=1):
        if not isinstance(row, Sequence) or not all(isinstance(cell, Scalar) for cell in row.items):
            reader.wrong_kind(row, at, "a list of rows, each a list of cells", "write the row as `- [one, two]`")
            return None
        cells = [cell for cell in row.items if isinstance(cell, Scalar)]
        path = f"{at.full_path}.{number}"
        rows.append(tuple(_cell(cell.value, f"{path}.{column}", cell.span) for column, cell in enumerate(cells, 1)))
    if len(rows) > MOST_ROWS:
        message = f"{quoted(at.key.value)} has {len(node.items)} rows; at most {MOST_ROWS} are read"
        reader.findings.error(BAD_DATA, message, node.span, hints=["keep those that the slide is about"])
    return Cells(tuple(rows), tuple(row.span for row in node.items[:MOST_ROWS]))


def _cell(value: str, key: str, span: Span) -> Text | None:
    return None if is_blank(value) else Text(value, key, span)


def own_table_of(node: Node, at: At, reader: FieldReader) -> OwnTable | None:
    """Return a table of one's own; of a file its first row is the headings."""
    found: OwnTable | None = reader.part(node, at, OwnTable)
    if found is None:
        return None
    if found.file is None:
        check_rows(found, at, reader)
        return found
    rows_twice(found, found.file.span, at, reader)
    return filled(found, at.full_path)


def rows_twice(found: OwnTable | OwnChart, span: Span, at: At, reader: FieldReader) -> None:
    """Report rows that stand in a file and in the map too."""
    if found.columns or found.rows:
        message = f"{quoted(at.key.value)} has its rows from a file, and in the map too"
        reader.findings.error(SLIDE_KIND, message, span, hints=["delete one of the two"])


def check_rows(found: OwnTable | OwnChart, at: At, reader: FieldReader) -> None:
    """Report a table without headings or rows, and rows that have more or fewer cells than there are headings."""
    name = quoted(at.key.value)
    if not found.columns or found.rows is None:
        hint = "write `columns: [...]` and `rows:`, or the path of a `file`"
        reader.findings.error(MISSING_KEY, f"{name} lacks `columns` and `rows`, or `file`", at.key.span, hints=[hint])
        return
    for row, span in zip(found.rows.items, found.rows.spans, strict=False):
        if len(row) != len(found.columns):
            message = f"the row has {len(row)} cells, the columns are {len(found.columns)}"
            reader.findings.error(BAD_DATA, message, span, hints=["write as many cells as columns; '' is an empty one"])


def filled(found: Rows, path: str) -> Rows:
    """Return a table, or a chart, with the rows of its file, whose cells have keys as those of the map have."""
    rows = found.file.rows if found.file else ()
    shown = found.file.shown if found.file else ""
    made = [
        tuple(_cell(cell, f"{path}.rows.{number}.{column}", Span(shown, line, 1)) for column, cell in enumerate(row, 1))
        for number, (line, row) in enumerate(rows)
    ]
    if not made:
        return found
    heads = tuple(
        Text(text.value if text else "–", f"{path}.columns.{number}", text.span if text else Span(shown, 1, 1))
        for number, text in enumerate(made[0], start=1)
    )
    return replace(
        found, columns=heads, rows=Cells(tuple(made[1:]), tuple(Span(shown, line, 1) for line, _ in rows[1:]))
    )
