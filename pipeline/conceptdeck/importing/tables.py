"""Tables as text: triples, pairs, and rows with a concept each."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

from conceptdeck.importing.decoding import decoded, refusal
from conceptdeck.importing.gathering import Gathered, worded
from conceptdeck.importing.headers import Column, columns
from conceptdeck.importing.links import is_address
from conceptdeck.values.outline import NOTHING, Edge, Node, Outline, Wording
from conceptdeck.values.regex import regex

__all__ = ["delimiter", "read_table"]

DELIMITERS = "\t;,|"
SAMPLE = 50  # lines that tell the delimiter
MOST_COLUMNS = 200
TEXT = 40  # characters from which on the second of two columns is a text and no name
NOTICE = regex(r"sep=(.)")
LISTED = regex(r"\s*[;|]\s*|\s*,\s+")
ENDS = ("source", "target")


def read_table(data: bytes, path: str) -> Outline:
    """Return what a table says; raises Failure if it is none."""
    text = decoded(data, path).removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    told = NOTICE.fullmatch(first.strip())  # how Excel is told the delimiter
    mark = told[1] if told else delimiter(text)
    rows = _rows(rest if told else text, mark, path)
    if not rows:
        raise refusal("it has no row with a text", path)
    heads = columns(rows[0])
    roles = {each.role for each in heads}
    found = Gathered(path)
    if roles >= {"source", "target"}:
        _triples(rows[1:], heads, found)
    elif "name" in roles or (len(rows[0]) > 3 and len(rows) > 1) or len(roles - {""}) > 1:
        return _concepts(rows[1:], _named(heads, rows[1:]), found)
    elif len(rows[0]) == 2 and _is_text(rows):
        return _concepts(rows, [Column("", "name"), Column("", "detail")], found)
    elif len(rows[0]) == 1:
        return _concepts(rows, [Column("", "name")], found)
    else:
        roles_of = ("source", "phrase", "target") if len(rows[0]) > 2 else ENDS
        _triples(rows, [Column("", role) for role in roles_of], found)
    return found.outline()


def delimiter(text: str) -> str:
    """Return what stands between the cells of a text: what every line has most evenly."""
    lines = [line for line in text.split("\n", SAMPLE)[:SAMPLE] if line.strip()]

    def evenness(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        least = min(counts, default=0)
        return (sum(each == least for each in counts) if least else 0, least)

    if not any(evenness(mark)[0] for mark in DELIMITERS):
        return max(DELIMITERS, key=text.count)
    return max(DELIMITERS, key=evenness)


def _rows(text: str, mark: str, path: str) -> list[list[str]]:
    """Return the rows that have a text, all as long as the longest of the first ones."""
    found = []
    reader = csv.reader(StringIO(text), delimiter=mark, skipinitialspace=mark != "\t")
    try:
        for row in reader:
            cells = [each.strip() for each in row[:MOST_COLUMNS]]
            if any(cells):
                found.append(cells)
    except csv.Error as error:
        raise refusal(f"its row cannot be read: {error}", path, reader.line_num) from error
    width = max((len(row) for row in found[:SAMPLE]), default=0)
    while width > 1 and not any(row[width - 1] for row in found if len(row) >= width):
        width -= 1
    return [(row + [""] * width)[:width] for row in found]


def _is_text(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the second of two columns says what the first names."""
    return sum(len(row[1]) for row in rows) > TEXT * len(rows)


def _named(heads: list[Column], rows: Sequence[Sequence[str]]) -> list[Column]:
    """Return the columns with one of them for names: the first of no other role that does not hold numbers."""
    if any(each.role == "name" for each in heads):
        return heads
    free = [i for i, each in enumerate(heads) if not each.role] or [0]
    worded = [i for i in free if 2 * sum(any(map(str.isalpha, row[i])) for row in rows) > len(rows)]
    chosen = (worded or free)[0]
    return [Column(each.heading, "name") if i == chosen else each for i, each in enumerate(heads)]


def _triples(rows: Sequence[Sequence[str]], heads: Sequence[Column], found: Gathered) -> None:
    """Keep rows that relate two concepts each."""
    for number, row in enumerate(rows, start=1):
        cells = {head.role: cell for head, cell in zip(heads, row, strict=False) if head.role}
        source, target = cells.get("source", ""), cells.get("target", "")
        for name in filter(None, (source, target)):
            if name not in found.nodes:
                found.add(Node(id=name, name=worded(name)))
        if source and target:
            found.join(Edge(source=source, target=target, phrase=worded(cells.get("phrase", "")), line=number))
        for head, cell in zip(heads, row, strict=False):
            if cell and head.role not in (*ENDS, "phrase"):
                found.leave(head.heading or "more", cell, f"{source} → {target}", number)


def _concepts(rows: Sequence[Sequence[str]], heads: Sequence[Column], found: Gathered) -> Outline:
    """Keep rows that tell of a concept each, in groups and below parents where columns say so."""
    main = next((each.language for each in heads if each.role == "name"), "")
    groups: dict[tuple[str, ...], str] = {}
    parents: list[tuple[str, str]] = []
    keys: dict[str, str] = {}
    for number, row in enumerate(rows, start=1):
        cells = _cells(row, heads, main)
        name = cells.get("name", NOTHING)
        if not name:
            found.leave("row", " | ".join(filter(None, row)), line=number)
            continue
        node = found.add(_node(cells, row, heads, number))
        home = tuple(said.text for role in ("group", "part") if (said := cells.get(role, NOTHING)))
        if home:
            found.change(node.id, parent=_home(home, groups, found))
        for key in (cells.get("id", NOTHING).text, name.text):
            keys.setdefault(key, node.id)
        parents += [(node.id, cells["parent"].text)] if "parent" in cells else []
    for id_, parent in parents:
        if parent in keys and keys[parent] != id_:
            found.change(id_, parent=keys[parent])
        elif parent:
            found.leave("parent", parent, found.nodes[id_].name.text)
    return found.outline(language=main)


def _cells(row: Sequence[str], heads: Sequence[Column], main: str) -> Mapping[str, Wording]:
    """Return the cells of a row by their roles, with what they are in other languages."""
    found: dict[str, Wording] = {}
    for head, cell in zip(heads, row, strict=False):
        if not head.role or not cell:
            continue
        was = found.get(head.role, NOTHING)
        if head.language in ("", main):
            found[head.role] = Wording(cell, was.others)
        else:
            found[head.role] = Wording(was.text, (*was.others, (head.language, cell)))
    return found


def _node(cells: Mapping[str, Wording], row: Sequence[str], heads: Sequence[Column], number: int) -> Node:
    """Return the concept of a row; cells of no role are what it has besides."""
    link = cells.get("link", NOTHING).text
    free = [(head.heading, cell) for head, cell in zip(heads, row, strict=False) if not head.role]
    traits = [(heading, cell) for heading, cell in free if heading and cell]
    if link and not is_address(link):
        traits.append(("Link", link))
        link = ""
    synonyms = cells.get("synonyms", NOTHING)
    return Node(
        id=cells.get("id", NOTHING).text or f"#{number}",
        name=cells["name"],
        detail=cells.get("detail", NOTHING),
        notes=cells.get("notes", NOTHING),
        link=link,
        traits=tuple(traits),
        synonyms=Wording(", ".join(LISTED.split(synonyms.text)), synonyms.others) if synonyms else NOTHING,
        line=number,
    )


def _home(names: tuple[str, ...], groups: dict[tuple[str, ...], str], found: Gathered) -> str:
    """Return the id of a group, or of a part of one, which may be new."""
    parent = ""
    for depth in range(1, len(names) + 1):
        path = names[:depth]
        if path not in groups:
            groups[path] = found.add(Node(id=f"group:{path}", name=worded(path[-1]), parent=parent, frame=True)).id
        parent = groups[path]
    return parent
