"""How tables of a presentation begin: by the style that new ones have, its own or one that Office knows by its id."""

from __future__ import annotations

from conceptdeck.checks.package.colours import shade_of
from conceptdeck.checks.package.opened import Element, Part
from conceptdeck.checks.package.schema import qualified
from conceptdeck.values.masters import FoundTable, Shade

__all__ = ["table_of"]

DEFAULT, ID = "def", "styleId"
KNOWN = {  # styles of Office that no file has to spell out: Medium Style 2, of text and of the accents 1 to 6
    "073A0DAA-6AF3-43AB-8588-CEC1D06C72B9": "tx1",
    "5C22544A-7EE6-4342-B048-85BDC9FD1C3A": "accent1",
    "21E4AEA4-8DFA-4A89-87EB-49C32662AFE0": "accent2",
    "F5AB1C69-6EDB-4FF4-983F-18BD219EF322": "accent3",
    "00A15C55-8517-42AA-B614-E9B94910E393": "accent4",
    "7DF18680-E054-41AD-8BC1-D1AEF772440D": "accent5",
    "93296810-A885-4BE3-A3E7-6D5BEEA58F35": "accent6",
}


def table_of(part: Part | None) -> FoundTable:
    """Return how new tables begin; they say nothing if the part is missing or their style is not known."""
    if part is None:
        return FoundTable()
    default = part.root.get(DEFAULT, "")
    own = next((each for each in part.root.iter(qualified("a:tblStyle")) if each.get(ID, "") == default), None)
    if own is None:
        named = KNOWN.get(default.strip("{}").upper())
        return FoundTable(Shade(named), Shade("bg1")) if named else FoundTable()
    first, whole = (own.find(qualified(f"a:{name}")) for name in ("firstRow", "wholeTbl"))
    return FoundTable(_ground(first), _text(first) or _text(whole))


def _ground(row: Element | None) -> Shade | None:
    fill = (
        None if row is None else row.find(f"{qualified('a:tcStyle')}/{qualified('a:fill')}/{qualified('a:solidFill')}")
    )
    return None if fill is None else shade_of(fill)


def _text(row: Element | None) -> Shade | None:
    style = None if row is None else row.find(qualified("a:tcTxStyle"))
    return None if style is None else shade_of(style)
