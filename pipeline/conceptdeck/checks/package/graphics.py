"""Rules on what slides hold besides text: connectors, tables, animation, zooms and links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conceptdeck.checks.package.opened import Element, Part, owner_name
from conceptdeck.checks.package.rules import ACTIVE_CONTENT
from conceptdeck.checks.package.schema import SITES, qualified
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["connectors", "jumps", "tables", "timing", "zooms"]

LINK = qualified("r:id")
JUMP = "ppaction://hlinksldjump"
PROGRAMS = ("ppaction://macro", "ppaction://program", "ppaction://ole")
TARGETS = ("p:spTgt", "p:inkTgt")
BUILDS = ("p:bldP", "p:bldDgm", "p:bldOleChart", "p:bldGraphic")
CREATION_ID = re.compile(rb'creationId\s[^>]*?\bval="(\d{1,10})"')

Findings = Iterator[Diagnostic]

DANGLING_CONNECTOR = Rule(
    "dangling-connector",
    "package",
    ERROR,
    "a connector glued to a shape that is not there",
).because("""
    The shape was removed, or its id changed; PowerPoint repairs the file.
""")
BAD_CONNECTION_SITE = Rule(
    "bad-connection-site", "package", ERROR, "a connector glued to a site that its shape does not have"
).because("""
    Sites count from 0: a rectangle has four, an ellipse eight. PowerPoint repairs the file or moves the line.
""")
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
    """Find connectors that are not glued, or glued to what is not there."""
    lines = part.all("p:cxnSp")
    shapes = part.by_id if lines else {}
    for line in lines:
        ends = [each for tag in ("a:stCxn", "a:endCxn") for each in line.iter(qualified(tag))]
        for end in ends:
            target = shapes.get(end.get("id", ""))
            if target is None:
                what = f"is glued to shape {end.get('id', '')[:12]}, there is none on the page"
                yield part.finding(DANGLING_CONNECTOR, what, end)
            elif (sites := _sites(target)) and end.get("idx", "0").isdigit() and int(end.get("idx", "0")) >= sites:
                what = f"is glued to site {end.get('idx')} of `{owner_name(target)}`, which has {sites}"
                yield part.finding(BAD_CONNECTION_SITE, what, end)
        if len(ends) < 2:
            what = f"is glued at {len(ends)} of its 2 ends"
            yield part.finding(UNGLUED_CONNECTOR, what, line, "connect both ends, or draw a line instead")


def _sites(shape: Element) -> int:
    preset = next(shape.iter(qualified("a:prstGeom")), None)
    return 0 if preset is None else SITES.get(preset.get("prst", ""), 0)


TABLE_CELLS = Rule("table-cells", "package", ERROR, "a row with too few or too many cells").because("""
    Each row has one cell for each column of the grid, merged ones included; PowerPoint repairs the file.
""")
ROW_HEIGHT = Rule("row-height", "package", ERROR, "a row without a height, or with a negative one").because("""
    Heights are whole EMU from 0; PowerPoint repairs the file.
""")


def tables(part: Part) -> Findings:
    """Find rows with too few or too many cells, and merged cells that do not add up."""
    for table in part.all("a:tbl"):
        grid = table.find(qualified("a:tblGrid"))
        if grid is None:
            continue  # a missing child is another rule's
        columns = len(grid.findall(qualified("a:gridCol")))
        rows = [row.findall(qualified("a:tc")) for row in table.findall(qualified("a:tr"))]
        for number, (row, cells) in enumerate(zip(table.findall(qualified("a:tr")), rows, strict=True), start=1):
            if len(cells) != columns:
                what = f"row {number} has {len(cells)} cells, the table has {columns} columns"
                yield part.finding(TABLE_CELLS, what, row)
            height = row.get("h", "")
            if not height.isdigit():
                what = f"row {number} has the height “{height[:20]}”"
                yield part.finding(ROW_HEIGHT, what, row, "give each row a height in EMU, from 0")
        if not columns:
            yield part.finding(TABLE_CELLS, "the table has no columns", table)
        if all(len(cells) == columns for cells in rows):
            yield from _spans(part, rows)


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


DANGLING_ANIMATION = Rule(
    "dangling-animation",
    "package",
    ERROR,
    "an animation of a shape that is not there",
).because("""
    PowerPoint repairs the file and drops the animations of the slide.
""")
DANGLING_BUILD = Rule("dangling-build", "package", ERROR, "a build of a shape that is not there").because("""
    The build list names a shape that the slide does not have; PowerPoint repairs the file.
""")
DUPLICATE_TIME_ID = Rule("duplicate-time-id", "package", ERROR, "two time nodes with one id").because("""
    Each node of a slide's timeline has an id of its own; PowerPoint repairs the file.
""")


def timing(part: Part) -> Findings:
    """Find animations of shapes that are not there, and time nodes that share an id."""
    if not part.all("p:timing"):
        return
    shapes = part.by_id
    for element in part.all(*TARGETS):
        if element.get("spid", "") not in shapes:
            what = f"an animation is for shape {element.get('spid', '')[:12]}, there is none on the page"
            yield part.finding(DANGLING_ANIMATION, what, element)
    for element in part.all(*BUILDS):
        if element.get("spid", "") not in shapes:
            what = f"a build is for shape {element.get('spid', '')[:12]}, there is none on the page"
            yield part.finding(DANGLING_BUILD, what, element)
    seen: set[str] = set()
    for element in part.all("p:cTn"):
        id_ = element.get("id", "")
        if id_ and id_ in seen:
            yield part.finding(DUPLICATE_TIME_ID, f"two time nodes have the id {id_[:12]}", element)
        seen.add(id_)


DANGLING_ZOOM = Rule("dangling-zoom", "package", ERROR, "a zoom to a slide that is not there").because("""
    PowerPoint repairs the file or shows an empty frame.
""")
STALE_ZOOM = Rule("stale-zoom", "package", ERROR, "a zoom to another slide than it was made for").because("""
    A zoom knows its slide by a number of its own too (p14:creationId); if they differ, PowerPoint shows an empty
    frame.
""")


def zooms(part: Part) -> Findings:
    """Find slide zooms whose slide is not there, or is another one than it was."""
    for element in part.all("pslz:sldZmObj"):
        name = part.deck.slide_parts.get(element.get("sldId", ""), "")
        known = CREATION_ID.search(part.deck.parts.get(name, b""))
        if name and element.get("cId", "") != (known[1].decode() if known else "0"):
            what = f"a zoom knows its slide `{name}` by the number {element.get('cId', '')[:12]}, the slide has another"
            yield part.finding(STALE_ZOOM, what, element, "insert the zoom anew")
        if element.get("sldId", "") not in part.deck.slide_ids:
            what = f"a zoom is for the slide id {element.get('sldId', '')[:12]}, no slide has it"
            yield part.finding(DANGLING_ZOOM, what, element)


DANGLING_JUMP = Rule("dangling-jump", "package", ERROR, "a link to a slide that leads to none").because("""
    The slide was removed, or the link never had one; a click does nothing or PowerPoint repairs the file.
""")


def jumps(part: Part) -> Findings:
    """Find links to slides that lead to none, and links that start programs."""
    for element in part.all("a:hlinkClick", "a:hlinkHover", "a:hlinkMouseOver"):
        action = element.get("action", "")
        if action.startswith(JUMP):
            relation = part.relations.get(element.get(LINK, ""))
            if relation is None or relation.kind != "slide":
                yield part.finding(DANGLING_JUMP, "has a link to a slide that leads to none", element)
        elif action.startswith(PROGRAMS):
            yield part.finding(ACTIVE_CONTENT, f"has a link that starts a program: {action[:60]}", element)
