"""Tables: how each part of one looks, stated once for frames and for the table style of templates."""

from __future__ import annotations

from conceptdeck.values.frame import Fill, Stroke
from conceptdeck.values.theme import Role, Theme
from conceptdeck.values.value import frozen

__all__ = ["TableLook", "TablePart", "table_look"]


@frozen
class TablePart:
    """Rows of one look: the role, slot and weight of their text, the line below each row, and the ground."""

    role: Role
    slot: str
    bold: bool
    below: Stroke | None = None
    fill: Fill | None = None


@frozen
class TableLook:
    """A header, the rows below it, and a last row that may be lit; text of the first column may be bold in all."""

    header: TablePart
    body: TablePart
    lit: TablePart
    first_bold: bool = True


def table_look(theme: Theme) -> TableLook:
    """Return how tables look in a theme: a rule below the header, hairlines between rows, a lit row on its accent.

    A header may stand on a ground.
    """
    head, cell, first = theme.roles["table-head"], theme.roles["table-cell"], theme.table
    ground = Fill(first.ground) if first.ground else None
    return TableLook(
        header=TablePart(head, first.text or head.colour, head.bold, Stroke("ink", theme.stroke("rule")), ground),
        body=TablePart(cell, cell.colour, cell.bold, below=Stroke("secondary", theme.stroke("hairline"))),
        lit=TablePart(cell, "card", True, fill=Fill(f"accent{theme.goal}")),
    )
