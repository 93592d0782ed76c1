"""YAML as a person writes it: plain words where they can stand, quotes where they must, long texts folded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from conceptdeck.values.regex import regex

__all__ = ["Flow", "FlowMap", "Listing", "Value", "comment", "written"]

WIDTH = 110
STEP = "  "
FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`=~<\\ ")
INSIDE = regex(r":(?:\s|$)|\s#|[\t\n]")
IN_FLOW = regex(r"[,\[\]{}:?#&*!|>%@`\"]")
ODD_SPACE = regex("[\u00a0\u1680\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3000]")  # nobody sees it at an end
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


class Flow(list["str"]):
    """A list that stands on one line if it fits."""


class FlowMap(dict["str", "Value"]):
    """A mapping that stands on one line if it fits."""


class Listing(dict["str", "Value"]):
    """Things by id: those of several lines have empty lines around them."""


Value: TypeAlias = "str | Flow | Sequence[Value] | Mapping[str, Value]"


def written(value: Mapping[str, Value], indent: str = "") -> Iterator[str]:
    """Yield the lines of a mapping."""
    spaced = isinstance(value, Listing) or not indent
    was_long = False
    for number, (key, each) in enumerate(value.items()):
        lines = list(_entry(f"{indent}{key}:", each, indent))
        is_long = not isinstance(each, str) and len(lines) > 1
        if spaced and number and (is_long or was_long):
            yield ""
        yield from lines
        was_long = is_long


def _entry(head: str, value: Value, indent: str) -> Iterator[str]:
    """Yield the lines of a value behind its key or the dash of a list."""
    if isinstance(value, str):
        yield from _text(head, value, indent)
    elif isinstance(value, Mapping):
        is_short = isinstance(value, FlowMap) and len(line := f"{head} {_in_line(value)}") <= WIDTH
        if is_short:
            yield line
        elif head.endswith("-"):
            first, *rest = written(value, indent + STEP)
            yield from (f"{head} {first.lstrip()}", *rest)
        else:
            yield from (head, *written(value, indent + STEP))
    else:
        if isinstance(value, Flow) and (len(line := f"{head} {_in_line(value)}") <= WIDTH or head.endswith("-")):
            yield line
            return
        yield head
        for each in value:
            yield from _entry(f"{indent}{STEP}-", each, indent + STEP)


def _in_line(value: Value) -> str:
    """Return a value on one line, as it stands in another one."""
    if isinstance(value, str):
        return scalar(value, in_flow=True)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_in_line(each)}' for key, each in value.items())}}}"
    return f"[{', '.join(map(_in_line, value))}]"


def _text(head: str, text: str, indent: str) -> Iterator[str]:
    """Yield a text behind its key, on one line or folded."""
    paragraphs = text.split("\n")
    is_short = len(paragraphs) == 1 and (len(head) + 1 + len(text) <= WIDTH or " " not in text)
    if is_short or "  " in text or "\t" in text or any(line != line.strip() for line in paragraphs):
        yield f"{head} {scalar(text)}"
        return
    yield f"{head} >-"
    inner = indent + STEP
    for number, paragraph in enumerate(paragraphs):
        if number:
            yield ""
        if paragraph:
            yield from (inner + line for line in _folded(paragraph, WIDTH - len(inner)))


def _folded(text: str, width: int) -> Iterator[str]:
    """Yield a paragraph in lines that YAML joins by a space."""
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def scalar(text: str, *, in_flow: bool = False) -> str:
    """Return a text on one line, in double quotes if it would not be read as it is."""
    plain = bool(text) and text[0] not in FIRST and text[-1] != " " and not INSIDE.search(text)
    if plain and not ODD_SPACE.match(text) and not ODD_SPACE.match(text[-1]) and not (in_flow and IN_FLOW.search(text)):
        return text
    return '"' + "".join(ESCAPES.get(char, char) for char in text) + '"'


def comment(text: str) -> Iterator[str]:
    """Yield a text as lines of a comment."""
    for line in _folded(" ".join(text.split()), WIDTH - 4):
        yield f"# {line}"
