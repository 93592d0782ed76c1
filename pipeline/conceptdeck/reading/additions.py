"""Entries added to a YAML file where they belong: all that is there already stays as it is, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from conceptdeck.reading.scalars import ESCAPES, LINE_BREAK, folded
from conceptdeck.reading.source import Mapping as Tree
from conceptdeck.reading.source import Node, parse
from conceptdeck.reading.source import Sequence as Listed
from conceptdeck.values.characters import BYTE_ORDER_MARK
from conceptdeck.values.diagnostics import Span
from conceptdeck.values.value import frozen

__all__ = ["Addition", "Written", "with_comments", "with_entries", "with_list"]

Written = str | Sequence["Written"] | Mapping[str, "Written"]
"""What is to be written: a text, a list, or a mapping; a list within a list is written in brackets."""
WIDTH, STEP = 110, 2


@frozen
class Addition:
    """An entry to be added: its key, what it holds, and the key of the entry that it stands above.

    That is empty if it stands at the end.
    """

    key: str
    value: Written
    before: str = ""


def with_entries(text: str, name: str, additions: Sequence[Addition]) -> str | None:
    """Return a YAML text with entries added to the mapping that a key of its root holds; a new one stands at the end.

    None if the mapping is written in brackets, or there is no mapping where one should be.
    """
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    body = text.removeprefix(BYTE_ORDER_MARK)
    root, problems = parse(body, "")
    lines = body.splitlines(keepends=True)
    root = Tree((), Span("", 1, 1)) if root is None and _is_told(lines) else root
    if not isinstance(root, Tree) or (root.entries and (problems or _is_bracketed(root, lines))):
        return None
    newline = next((found[0] for found in LINE_BREAK.finditer(body)), "\n")
    held = next((value for key, value in root.entries if key.value == name), None)
    if held is None:
        step = _step(root)
        made = [f"{name}:", *(line for each in additions for line in _entry(each, step, step))]
        start = [*([] if not lines or lines[-1].endswith(("\n", "\r")) else [newline])]
        return mark + "".join([*lines, *start, *(line + newline for line in made)])
    if not isinstance(held, Tree) or not held.entries or _is_bracketed(held, lines):
        return None
    return mark + _inserted(lines, root, name, additions, newline)


def _inserted(lines: list[str], root: Tree, name: str, additions: Sequence[Addition], newline: str) -> str:
    """Return lines with entries added to those of a key that is there."""
    starts = [key.span.line - 1 for key, _ in root.entries]
    at = next(number for number, (key, _) in enumerate(root.entries) if key.value == name)
    held = root.entries[at][1]
    assert isinstance(held, Tree)  # whoever calls has looked
    indent = held.entries[0][0].span.column - 1
    end = _end(lines, starts[at + 1] if at + 1 < len(starts) else len(lines), indent)
    places = {key.value: _above(lines, key.span.line - 1, indent) for key, _ in held.entries}
    fresh: dict[int, list[str]] = {}
    for each in additions:
        fresh.setdefault(places.get(each.before, end), []).extend(_entry(each, indent, indent))
    made: list[str] = []
    for number in range(len(lines) + 1):
        if number in fresh:
            made += [newline] * bool(made and not made[-1].endswith(("\n", "\r")))
            made += [line + newline for line in fresh[number]]
        made += lines[number : number + 1]
    return "".join(made)


def with_list(text: str, path: tuple[str, str], items: Sequence[Mapping[str, str]]) -> str | None:
    """Return a YAML text with other items in the list at a path, each a name with a value; comments stay with theirs.

    An item that is there already keeps its lines. None if the list is written in brackets, or is none.
    """
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    body = text.removeprefix(BYTE_ORDER_MARK)
    root, problems = parse(body, "")
    lines = body.splitlines(keepends=True)
    held = root
    for step in path:
        entries = held.entries if isinstance(held, Tree) else ()
        held = next((value for key, value in entries if key.value == step), None)
    if (
        problems
        or not isinstance(held, Listed)
        or not held.items
        or not lines[held.span.line - 1].lstrip().startswith("-")
    ):
        return None
    newline = next((found[0] for found in LINE_BREAK.finditer(body)), "\n")
    indent = len(lines[held.span.line - 1]) - len(lines[held.span.line - 1].lstrip(" "))
    starts = [_above(lines, each.span.line - 1, indent) for each in held.items]
    stop = _end(lines, _after(root, held), indent)
    ends = [*starts[1:], stop]
    there: dict[str, list[str]] = {}
    waiting: list[str] = []
    for each, start, end in zip(held.items, starts, ends, strict=True):
        block = [line if line.endswith(("\n", "\r")) else line + newline for line in lines[start:end]]
        names = [key.value for key, _ in each.entries] if isinstance(each, Tree) else []
        if len(names) == 1 and any(names[0] in item for item in items):
            there[names[0]] = [*waiting, *block]
            waiting = []
        else:
            waiting += [line for line in block if not line.strip() or line.lstrip().startswith("#")]
    made = [*lines[: starts[0]]]
    for item in items:
        (name,) = item
        made += there.pop(name, []) or [line + newline for line in _item(item, indent)]
    return mark + "".join([*made, *waiting, *lines[stop:]])


def with_comments(text: str, comments: Mapping[int, Sequence[str]]) -> str:
    """Return a YAML text with lines of comments above lines, from 1, each as far in as the line below it."""
    newline = next((found[0] for found in LINE_BREAK.finditer(text)), "\n")
    made: list[str] = []
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        bare = line.removeprefix(BYTE_ORDER_MARK)
        mark, indent = line[: len(line) - len(bare)], bare[: len(bare) - len(bare.lstrip(" "))]
        fresh = [f"{indent}# {each}{newline}" for each in comments.get(number, ())]
        made += [mark, *fresh, bare] if fresh else [line]
    return "".join(made)


def _after(root: Node | None, held: Listed) -> int:
    """Return the line, from 0, of the first key behind a list, or a line behind all."""
    found: list[int] = []
    waiting: list[Node | None] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tree) and node.span != held.span:
            found += [key.span.line - 1 for key, _ in node.entries if key.span.line > held.span.line]
            waiting += [value for _, value in node.entries if value is not held]
    return min(found, default=1 << 30)


def _is_told(lines: Sequence[str]) -> bool:
    """Tell whether a file has nothing but comments."""
    return all(not line.strip() or line.startswith("#") for line in lines)


def _is_bracketed(node: Tree, lines: Sequence[str]) -> bool:
    line = lines[node.span.line - 1] if node.span.line <= len(lines) else ""
    return line[node.span.column - 1 : node.span.column] == "{"


def _step(root: Tree) -> int:
    """Return by how much a file indents what stands below a key."""
    nested = (value.entries[0][0].span for _, value in root.entries if isinstance(value, Tree) and value.entries)
    first = {key.span.line for key, _ in root.entries}
    return next((span.column - 1 for span in nested if span.line not in first and span.column > 1), STEP)


def _end(lines: Sequence[str], stop: int, indent: int) -> int:
    """Return the line after the last one of a block that ends before another; what is told of that one is not in it."""
    stop = min(stop, len(lines))
    while stop and _is_apart(lines[stop - 1], indent):
        stop -= 1
    return stop


def _is_apart(line: str, indent: int) -> bool:
    bare = line.strip()
    return not bare or bare == "..." or (bare.startswith("#") and len(line) - len(line.lstrip(" ")) < indent)


def _above(lines: Sequence[str], line: int, indent: int) -> int:
    """Return the first of the comments right above a line that stand as far in as it does."""
    while line and lines[line - 1].startswith(" " * indent + "#"):
        line -= 1
    return line


# --- writing -------------------------------------------------------------------------------------


def _entry(addition: Addition, indent: int, step: int) -> Iterator[str]:
    yield from _key(addition.key, addition.value, indent, step)


def _key(key: str, value: Written, indent: int, step: int = STEP) -> Iterator[str]:
    """Yield the lines of a key with what it holds."""
    start = f"{' ' * indent}{key}:"
    if isinstance(value, str):
        first, *rest = _scalar(value, indent + step)
        yield f"{start} {first}"
        yield from rest
    elif isinstance(value, Mapping):
        yield start
        for name, each in value.items():
            yield from _key(name, each, indent + step, step)
    else:
        yield start
        for each in value:
            yield from _item(each, indent + step)


def _item(value: Written, indent: int) -> Iterator[str]:
    dash = f"{' ' * indent}- "
    if isinstance(value, str):
        first, *rest = _scalar(value, indent + STEP)
        yield dash + first
        yield from rest
    elif isinstance(value, Mapping):
        yield dash + ", ".join(f"{key}: {_in_line(str(each))}" for key, each in value.items())
    else:
        yield f"{dash}[{', '.join(_in_line(str(each)) for each in value)}]"


def _scalar(value: str, indent: int) -> list[str]:
    """Return a text as it is written after a key: as it is if it may be, over several lines if it is long."""
    space = " " * indent
    if "\n" in value or len(value) > WIDTH:
        sign = "|" if "\n" in value else ">-"
        parts = value.split("\n") if sign == "|" else folded(value, WIDTH - indent)
        made = [sign, *(space + line if line else "" for line in parts)]
        if _says("k:" + " " + "\n".join(made) + "\n", value):
            return made
    if _says(f"k: {value}\n", value):
        return [value]
    return [_quoted(value)]


def _in_line(value: str) -> str:
    """Return a text as it is written in brackets."""
    return value if value and _says(f"k: [{value}]\n", value) else _quoted(value)


def _quoted(value: str) -> str:
    single = f"'{value.replace(chr(39), chr(39) * 2)}'"
    if _says(f"k: {single}\n", value):
        return single
    return '"' + "".join(ESCAPES.get(char, char) for char in value) + '"'


def _says(text: str, value: str) -> bool:
    """Tell whether a key with a text, or with a list of one text, says a value."""
    node, problems = parse(text, "")
    if problems or not isinstance(node, Tree) or len(node.entries) != 1:
        return False
    held = node.entries[0][1]
    if isinstance(held, Listed):
        held = held.items[0] if len(held.items) == 1 else held
    return getattr(held, "value", None) == value
