"""Relations as a table of triples; concepts that no relation names stand alone in a row."""

from __future__ import annotations

import csv
from io import StringIO

from conceptdeck.values.outline import Outline

__all__ = ["write_triples"]


def write_triples(outline: Outline) -> bytes:
    """Return a table with a relation in each row, in UTF-8 with a mark, as spreadsheets want it."""
    names = {each.id: each.name.text for each in outline.nodes}
    made = StringIO()
    table = csv.writer(made, lineterminator="\r\n")
    table.writerow(("source", "phrase", "target"))
    for edge in outline.edges:
        table.writerow((names.get(edge.source, edge.source), edge.phrase.text, names.get(edge.target, edge.target)))
    ends = {end for edge in outline.edges for end in (edge.source, edge.target)}
    concepts = {each.id for each in outline.nodes if not each.frame}
    for each in outline.nodes:
        if not each.frame and each.id not in ends and each.parent not in concepts:
            table.writerow((each.name.text, "", ""))
    return b"\xef\xbb\xbf" + made.getvalue().encode()
