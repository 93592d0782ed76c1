"""Rules that several modules report, from the room `checks/package` up."""

from __future__ import annotations

from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = [
    "ACTIVE_CONTENT",
    "NOT_A_PACKAGE",
    "NO_PRESENTATION",
    "TABLE_CELLS",
]

NOT_A_PACKAGE = Rule("not-a-package", "package", ERROR, "not a whole Office file").because("""
    A .pptx file is a zip archive that lists its content types. This one is cut off, is of an older kind, is
    locked, or is something else.
""")

NO_PRESENTATION = Rule("no-presentation", "package", ERROR, "no presentation in the package").because("""
    The package's relationships name no presentation part, so there is nothing to open.
""")

ACTIVE_CONTENT = Rule("active-content", "package", ERROR, "a program in the file", elsewhere=WARNING).because("""
    Macros, controls and links that start programs run on the machine of who opens the deck.
""")

TABLE_CELLS = Rule("table-cells", "package", ERROR, "a row with too few or too many cells").because("""
    Each row has one cell for each column of the grid, merged ones included; PowerPoint repairs the file.
""")
