"""Words of the deck's own: a closed set of strings that come from the program, not from the map."""

from __future__ import annotations

from enum import Enum

__all__ = ["Term", "say"]


class Term(Enum):
    """A string that the program itself puts on slides or into alt text; names in braces are filled in."""

    CONTINUED = "{title} ({part} of {parts})"
    OPENING = "Opening"
    SECTION = "{number} {name}"
    COMPARISON = "Comparison"
    RELATIONS = "Relations"
    CONCLUSION = "Conclusion"
    CLOCK = "{start} to {end} min"
    SUPPORTS = "Supports"
    RELIES_ON = "Relies on"
    RELATION = "{tail}: {phrase}: {head}"
    TABLE = "Table with {rows} rows: {columns}"
    RINGS = "Ring {position} of {count}: {name}"
    EXAMPLE = "{concept} is seen in {example}"
    RISES = "Step {tail} leads to step {head}"


def say(term: Term, **values: object) -> str:
    """Return the term with its values filled in."""
    return term.value.format(**values)
