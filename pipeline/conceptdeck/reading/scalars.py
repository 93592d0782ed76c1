"""Texts of a YAML file replaced where they stand: nothing else in the file changes, neither comments nor line ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from conceptdeck.reading.source import Mapping as Tree
from conceptdeck.reading.source import parse
from conceptdeck.reading.syntax import Extent, extents
from conceptdeck.values.characters import BYTE_ORDER_MARK
from conceptdeck.values.regex import regex

__all__ = ["ESCAPES", "LINE_BREAK", "Place", "folded", "patched", "rewritten"]

WIDTH = 80
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\x85": "\\N", "\xa0": "\\_"}
LINE_BREAK = regex("\r\n|\n|\r")


class Place(NamedTuple):
    """Where a text begins: line and column, from 1."""

    line: int
    column: int


def patched(text: str, wanted: Mapping[Place, tuple[str, str]]) -> tuple[str, tuple[Place, ...]]:
    """Return a YAML text with the scalars at places replaced, and the places where that cannot be.

    Each has the value that it must have now, and the new one. The form of a scalar stays if it can hold the new value.
    """
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    body = text.removeprefix(BYTE_ORDER_MARK)
    made: list[str] = []
    at = 0
    left = dict(wanted)
    for extent in extents(body):
        old, new = left.get(Place(extent.line, extent.column), (None, ""))
        if old is None or extent.value != old or extent.is_key:
            continue
        written = body[extent.start : extent.end]
        if (found := _rewritten(written, extent, new)) is not None:
            made += [body[at : extent.start], found]
            at = extent.end
            del left[Place(extent.line, extent.column)]
    return mark + "".join([*made, body[at:]]), tuple(left)


def rewritten(text: str, like: str, places: Mapping[Place, Place]) -> str:
    """Return a YAML text with the scalars at places written as those at other places in a text `like` it."""
    like = like.removeprefix(BYTE_ORDER_MARK)
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    body = text.removeprefix(BYTE_ORDER_MARK)
    forms = {Place(each.line, each.column): like[each.start : each.end] for each in extents(like)}
    made: list[str] = []
    at = 0
    for extent in extents(body):
        form = forms.get(places.get(Place(extent.line, extent.column), Place(0, 0)))
        if form is not None and not extent.is_key:
            made += [body[at : extent.start], form]
            at = extent.end
    return mark + "".join([*made, body[at:]])


def _rewritten(written: str, extent: Extent, value: str) -> str | None:
    """Return a scalar with another value, in its own form or else in the nearest that can hold it."""
    stem = written.rstrip(" \t\r\n") if extent.style in ("|", ">") else written
    rest = written[len(stem) :]
    newline = next((match[0] for match in LINE_BREAK.finditer(written)), "\n")
    for form in _forms(stem, extent, value):
        if _reads_as(form, extent, value):
            return LINE_BREAK.sub(newline, form) + rest
    return None


def _forms(stem: str, extent: Extent, value: str) -> Iterator[str]:
    """Yield the ways in which a value may be written, the most like the old one first."""
    lines = LINE_BREAK.split(stem)
    indent = next((line[: len(line) - len(line.lstrip(" "))] for line in lines[1:] if line.strip()), "")
    width = max([WIDTH, *map(len, lines[1:])]) if len(lines) > 1 else 0
    if extent.style in ("|", ">"):
        header = lines[0]
        pieces = value.split("\n") if extent.style == "|" else folded(value, width - len(indent))
        yield "\n".join([header, *(indent + line if line else "" for line in pieces)])
        if extent.style == ">":
            yield "\n".join(
                [header.replace(">", "|", 1), *(indent + line if line else "" for line in value.split("\n"))]
            )
    if extent.style == "'":
        yield _over_lines(f"'{value.replace(chr(39), chr(39) * 2)}'", indent, width)
    elif extent.style != '"':
        yield _over_lines(value, indent, width)
    yield _over_lines('"' + "".join(ESCAPES.get(char, char) for char in value) + '"', indent, width)
    yield _over_lines(f"'{value.replace(chr(39), chr(39) * 2)}'", "", 0)


def _over_lines(text: str, indent: str, width: int) -> str:
    """Return a text on one line, or on several if it was: those after the first are indented."""
    return f"\n{indent}".join(folded(text, width - len(indent))) if width else text


def folded(text: str, width: int) -> list[str]:
    """Return a text in lines that YAML joins by a space; a line break of the text is an empty line more."""
    found: list[str] = []
    for number, paragraph in enumerate(text.split("\n")):
        line = ""
        found += [""] if number else []
        for word in paragraph.split(" "):
            if line and len(line) + 1 + len(word) > width and word:
                found.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        found.append(line)
    return found


def _reads_as(form: str, extent: Extent, value: str) -> bool:
    """Tell whether a scalar says a value where it stands."""
    around = f"k: [{form}]\n" if extent.in_flow else f"k: {form}\n"
    node, problems = parse(around, "")
    if problems or not isinstance(node, Tree):
        return False
    held = node.entries[0][1]
    found = getattr(held, "items", None)
    scalar = found[0] if extent.in_flow and found and len(found) == 1 else held
    return getattr(scalar, "value", None) == value
