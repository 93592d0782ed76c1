"""Rules on texts and tables: header rows, cells without text, runs without text, characters that were escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from conceptdeck.checks.package.opened import Part
from conceptdeck.checks.package.schema import qualified
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["WORDING_RULES", "format_scheme"]

ESCAPED = re.compile(r"_x00(?:[01][0-9A-Fa-f]|7[fF]|[89][0-9A-Fa-f])_")
TRUE = ("1", "true")
STYLES = ("fillStyleLst", "lnStyleLst", "effectStyleLst", "bgFillStyleLst")
LEAST_STYLES = 3

Findings = Iterator[Diagnostic]

NO_HEADER_ROW = Rule("no-header-row", "package", ERROR, "a table without a header row", elsewhere=WARNING).because("""
    A screen reader says with each cell what its column is about, if the table says that its first row is a header.
""")


def header_rows(part: Part) -> Findings:
    """Find tables that do not mark their first row as a header."""
    for table in part.all("a:tbl"):
        properties = table.find(qualified("a:tblPr"))
        if properties is None or properties.get("firstRow") not in TRUE:
            hint = "switch on Table Design, Header Row"
            yield part.finding(NO_HEADER_ROW, "is a table without a header row", table, hint)


CELL_WITHOUT_BODY = Rule("cell-without-body", "package", ERROR, "a cell without a body of text").because("""
    The schema lets `txBody` be left out; PowerPoint does not, and repairs the file.
""")


def cell_bodies(part: Part) -> Findings:
    """Find cells without a body of text."""
    for cell in part.all("a:tc"):
        if cell.find(qualified("a:txBody")) is None:
            yield part.finding(CELL_WITHOUT_BODY, "has a cell without a body of text", cell)


EMPTY_RUN = Rule("empty-run", "package", WARNING, "a piece of text that is empty").because("""
    It shows nothing, but keeps a language and a format that come back with the next word typed there. Some programs
    write them when they save.
""")


def empty_runs(part: Part) -> Findings:
    """Find pieces of text in which there is no text."""
    runs = () if part.is_shared else part.all("a:r")
    empty = [run for run in runs if not run.findtext(qualified("a:t"))]
    if empty:
        count = f"{len(empty)} pieces of text that are" if len(empty) > 1 else "a piece of text that is"
        yield part.finding(EMPTY_RUN, f"has {count} empty", empty[0], "delete it")


ESCAPED_CONTROL = Rule("escaped-control", "package", WARNING, "a control character in disguise").because("""
    `_x000D_` and the like stand for control characters where a text came from elsewhere. Slides show the letters.
""")


def escaped_controls(part: Part) -> Findings:
    """Find texts with control characters in disguise."""
    if b"_x00" not in part.data:
        return
    for text in part.all("a:t"):
        if found := ESCAPED.search(text.text or ""):
            yield part.finding(ESCAPED_CONTROL, f"shows `{found[0]}` among its letters", text, "delete it")
    for named in part.all("p:cNvPr"):
        if found := ESCAPED.search(f"{named.get('descr', '')}{named.get('title', '')}"):
            yield part.finding(ESCAPED_CONTROL, f"has `{found[0]}` in its description", named, "delete it")


FORMAT_SCHEME = Rule("format-scheme", "package", ERROR, "a theme without three styles of each kind").because("""
    A theme has three or more fills, lines, effects and grounds, by which shapes refer to them. PowerPoint repairs
    files with fewer, or replaces the theme.
""")


def format_scheme(part: Part) -> Findings:
    """Find a theme that lacks styles which shapes refer to."""
    for scheme in part.all("a:fmtScheme"):
        for name in STYLES:
            found = scheme.find(qualified(f"a:{name}"))
            count = 0 if found is None else sum(1 for _ in found.iterchildren("*"))
            if count < LEAST_STYLES:
                yield part.finding(FORMAT_SCHEME, f"the theme has {count} styles in `{name}`, three are needed", scheme)
    for tag in ("a:clrScheme", "a:fontScheme"):
        for element in part.all(tag):
            if element.get("name") is None:
                yield part.finding(FORMAT_SCHEME, f"the {tag} of the theme has no name", element)


WORDING_RULES: tuple[Callable[[Part], Findings], ...] = (
    header_rows, cell_bodies, empty_runs, escaped_controls, format_scheme,
)  # fmt: skip
