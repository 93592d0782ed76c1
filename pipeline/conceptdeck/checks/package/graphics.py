"""Rules on what slides hold besides text: connectors and tables."""

from __future__ import annotations

from collections.abc import Iterator

from conceptdeck.checks.package.facts import ENDS, tables_of
from conceptdeck.checks.package.opened import Element, Part
from conceptdeck.checks.package.rules import TABLE_CELLS
from conceptdeck.checks.package.schema import qualified
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["connectors", "tables"]

Findings = Iterator[Diagnostic]

UNGLUED_CONNECTOR = Rule(
    "unglued-connector",
    "package",
    ERROR,
    "a connector that hangs loose",
    elsewhere=WARNING,
).because("""
    It stays behind when somebody moves one of its shapes, and a screen reader cannot tell what it joins.
""")


def connectors(part: Part) -> Findings:
    """Find connectors that are not glued at both ends."""
    for line in part.all("p:cxnSp"):
        ends = sum(1 for tag in ENDS for _ in line.iter(qualified(tag)))
        if ends < 2:
            what = f"is glued at {ends} of its 2 ends"
            yield part.finding(UNGLUED_CONNECTOR, what, line, "connect both ends, or draw a line instead")


def tables(part: Part) -> Findings:
    """Find tables without columns, and merged cells that do not add up."""
    for table, columns, rows in tables_of(part):
        if not columns:
            yield part.finding(TABLE_CELLS, "the table has no columns", table)
        cells = [row.findall(qualified("a:tc")) for row in rows]
        if all(len(each) == columns for each in cells):
            yield from _spans(part, cells)


BAD_SPAN = Rule("bad-span", "package", ERROR, "merged cells that do not add up").because("""
    A span stays within the table, and each cell under it is marked as merged; PowerPoint repairs the file.
""")


def _spans(part: Part, rows: list[list[Element]]) -> Findings:
    across: set[tuple[int, int]] = set()
    down: set[tuple[int, int]] = set()
    for y, cells in enumerate(rows):
        for x, cell in enumerate(cells):
            wide, high = _span(cell, "gridSpan"), _span(cell, "rowSpan")
            if not (1 <= wide <= len(cells) - x and 1 <= high <= len(rows) - y):
                what = f"the cell in row {y + 1}, column {x + 1} spans {wide} columns and {high} rows: beyond the table"
                yield part.finding(BAD_SPAN, what, cell)
                return
            across |= {(y + dy, x + dx) for dy in range(high) for dx in range(1, wide)}
            down |= {(y + dy, x + dx) for dy in range(1, high) for dx in range(wide)}
    for y, cells in enumerate(rows):
        for x, cell in enumerate(cells):
            merged = {"hMerge": (y, x) in across, "vMerge": (y, x) in down}
            wrong = [name for name, needed in merged.items() if (cell.get(name) in ("1", "true")) != needed]
            if wrong and not (any(merged.values()) and any(cell.get(name) in ("1", "true") for name in merged)):
                what = f"the cell in row {y + 1}, column {x + 1} and the cells that span it disagree ({wrong[0]})"
                yield part.finding(BAD_SPAN, what, cell)


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 0
