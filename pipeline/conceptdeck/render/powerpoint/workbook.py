"""Workbooks: the data of a chart as a spreadsheet within a deck, as small as programs take it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conceptdeck.render.escape import escape
from conceptdeck.render.powerpoint.markup import DECLARATION
from conceptdeck.render.powerpoint.package import pack
from conceptdeck.values.chart import ChartData

__all__ = ["EXTENSION", "SHEET", "WORKBOOK_TYPE", "cell", "workbook"]

EXTENSION, SHEET = "xlsx", "Sheet1"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
COLUMNS = "ABCDEFGHIJKL"


def cell(column: int, row: int, fixed: str = "") -> str:
    """Return the name of a cell, both counted from 0; `$` before its parts keeps it `fixed`."""
    return f"{fixed}{COLUMNS[column]}{fixed}{row + 1}"


def workbook(data: ChartData) -> bytes:
    """Return the data of a chart as a workbook: categories below each other, a column for each series."""
    rows: list[list[str | float]] = [[data.heading, *(each.name for each in data.series)]]
    rows += [[name, *(each.values[at] for each in data.series)] for at, name in enumerate(data.categories)]
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"><sheets>'
            f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relations("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{_rows(rows)}</sheetData></worksheet>',
    }
    return pack({name: (DECLARATION + xml).encode() for name, xml in parts.items()})


def _types() -> str:
    """Return what the parts of the workbook hold."""
    main = f"{WORKBOOK_TYPE}.main+xml"
    sheet = WORKBOOK_TYPE.replace(".sheet", ".worksheet+xml")
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet}"/></Types>'
    )


def _relations(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _rows(rows: Sequence[Iterable[str | float]]) -> str:
    """Return rows of cells, texts within them."""
    return "".join(
        f'<row r="{y + 1}">{"".join(_cell(x, y, value) for x, value in enumerate(row))}</row>'
        for y, row in enumerate(rows)
    )


def _cell(column: int, row: int, value: str | float) -> str:
    name = cell(column, row)
    if isinstance(value, str):
        return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{name}"><v>{value:.15g}</v></c>'
