"""Facts read out of XML: what the parts of a package that was opened say of one another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from conceptdeck.checks.package.opened import SHAPES, Element, Part, named_of, text_of, type_of
from conceptdeck.checks.package.schema import NAMESPACES, qualified
from conceptdeck.values.facts import End, Holder, Named, PageFacts, Row

__all__ = ["ENDS", "facts_of", "tables_of"]

ENDS = ("a:stCxn", "a:endCxn")
TARGETS = ("p:spTgt", "p:inkTgt")
BUILDS = ("p:bldP", "p:bldDgm", "p:bldOleChart", "p:bldGraphic")
CLICKS = ("a:hlinkClick", "a:hlinkHover", "a:hlinkMouseOver")
LINK, FIELD, SHAPE = qualified("r:id"), qualified("a:fld"), qualified("p:sp")
PRESET, CELL = qualified("a:prstGeom"), qualified("a:tc")
RELATION_IDS = etree.XPath("//@r:*", namespaces={"r": NAMESPACES["r"]})


def facts_of(part: Part) -> PageFacts:
    """Return what must hold together on a page, or in any other part."""
    found = PageFacts()
    uses: Any = RELATION_IDS(part.root)
    found.uses = [(str(value), value.getparent()) for value in uses if value]
    if not part.all("p:cSld"):
        return found
    named = {of: shape for shape in part.all(*SHAPES) if (of := named_of(shape)) is not None}
    found.shapes = [Named(each.get("id", ""), _preset(named.get(each)), each) for each in part.all("p:cNvPr")]
    shapes = {holder: shape for shape, holder in part.holders.items()}
    found.holders = [
        Holder(type_of(each), each.get("idx", "0"), _is_filled(shapes.get(each)), each) for each in part.all("p:ph")
    ]
    found.ends = [End(each.get("id", ""), each.get("idx", "0"), each) for each in part.all(*ENDS)]
    found.rows = list(_rows(part))
    found.effects = [(each.get("spid", ""), each) for each in part.all(*TARGETS)]
    found.builds = [(each.get("spid", ""), each) for each in part.all(*BUILDS)]
    found.times = [(each.get("id", ""), each) for each in part.all("p:cTn")]
    found.clicks = [(each.get("action", ""), each.get(LINK, ""), each) for each in part.all(*CLICKS)]
    found.zooms = [(each.get("sldId", ""), each.get("cId", ""), each) for each in part.all("pslz:sldZmObj")]
    return found


def _preset(shape: Element | None) -> str | None:
    """Return the preset of a shape, nothing if it has none, None if there is no shape."""
    if shape is None:
        return None
    found = next(shape.iter(PRESET), None)
    return "" if found is None else found.get("prst", "")


def _is_filled(shape: Element | None) -> bool:
    """Tell whether something is in a placeholder; only those of text can be empty."""
    return shape is None or shape.tag != SHAPE or bool(text_of(shape)) or next(shape.iter(FIELD), None) is not None


def _rows(part: Part) -> Iterator[Row]:
    for _, columns, rows in tables_of(part):
        for number, row in enumerate(rows, start=1):
            yield Row(number, len(row.findall(CELL)), columns, row.get("h", ""), row)


def tables_of(part: Part) -> Iterator[tuple[Element, int, list[Element]]]:
    """Yield each table with the number of its columns and its rows; one without a grid is another rule's."""
    for table in part.all("a:tbl"):
        grid = table.find(qualified("a:tblGrid"))
        if grid is not None:
            yield table, len(grid.findall(qualified("a:gridCol"))), table.findall(qualified("a:tr"))
