"""Diagrams of Mermaid: mind maps and flowcharts."""

from __future__ import annotations

from conceptdeck.importing.decoding import decoded, refusal
from conceptdeck.importing.flowchart import read_flowchart
from conceptdeck.importing.gathering import Gathered, worded
from conceptdeck.importing.mermaid_text import label_of, shape_at
from conceptdeck.values.outline import Node, Outline
from conceptdeck.values.regex import regex

__all__ = ["read_mermaid"]

FENCE = regex(r"(?s)\A\s*(?:```|~~~)\s*mermaid[^\n]*\n(.*?)(?:\n(?:```|~~~)|\Z)")
FRONT = regex(r"(?s)\A\s*---[ \t]*\n(.*?)\n---[ \t]*\n")
TITLE = regex(r"(?m)^title:[ \t]*(.*)$")
NO_MATTER = regex(r"(?s)%%\{.*?\}%%|%%[^\n]*")
KIND = regex(r"\s*([A-Za-z][\w-]*)")
ACCESSIBLE = regex(r"(?m)^\s*acc(Title|Descr)\s*(?::[ \t]*([^\n]*)|\{([^}]*)\})[ \t]*$")
NODE = regex(r"[^\s()\[\]{}]*")
FLOWCHARTS = ("graph", "flowchart", "flowchart-elk")


def read_mermaid(data: bytes, path: str) -> Outline:
    """Return what a diagram says; raises Failure if it is of another kind, or cannot be read."""
    text = decoded(data, path).removeprefix("\ufeff")
    if fenced := FENCE.match(text):
        text = fenced[1]
    front = FRONT.match(text)
    title = TITLE.search(front[1]) if front else None
    start = text[: front.end()].count("\n") if front else 0
    text = text[front.end() :] if front else text
    text = NO_MATTER.sub(lambda match: "\n" * match[0].count("\n"), text)
    said = {match[1]: (match[2] or match[3] or "").strip() for match in ACCESSIBLE.finditer(text)}
    text = ACCESSIBLE.sub(lambda match: "\n" * match[0].count("\n"), text)
    kind = KIND.match(text)
    found = Gathered(path)
    if kind and kind[1] in FLOWCHARTS:
        read_flowchart(text, kind.end(), found, start)
    elif kind and kind[1] == "mindmap":
        _read_mindmap(text[kind.end() :], found, start + text[: kind.end()].count("\n"))
    else:
        name = f"of the kind `{kind[1]}`" if kind else "empty"
        hint = "flowcharts and mind maps of Mermaid can be imported"
        raise refusal(f"the diagram is {name}", path, start + 1, hint)
    name = label_of(title[1].strip().strip("\"'")) if title else said.get("Title", "")
    return found.outline(title=worded(name), summary=worded(" ".join(said.get("Descr", "").split())))


def _read_mindmap(text: str, found: Gathered, before: int) -> None:
    """Keep the lines of a mind map, whose indents tell the levels."""
    levels: list[tuple[int, str]] = []
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number].expandtabs(4)
        at = number
        while line.count('"') % 2 and number + 1 < len(lines):  # a text in quotes may go on
            number += 1
            line += "\n" + lines[number]
        number += 1
        said = line.strip()
        if not said or said.startswith((":::", "::icon")):
            continue
        depth = len(line) - len(line.lstrip())
        while levels and levels[-1][0] >= depth:
            levels.pop()
        parent = levels[-1][1] if levels else (next(iter(found.nodes), ""))
        node = Node(id=f"#{len(found.nodes)}", name=worded(_name(said)), parent=parent, line=before + at + 1)
        levels.append((depth, found.add(node).id))


def _name(said: str) -> str:
    """Return what a line of a mind map says: the text in its shape, or all of it."""
    said = said.partition(":::")[0].strip()
    match = NODE.match(said)
    at = match.end() if match else 0
    for opens, closes in (("))", "(("), (")", "(")):
        if said[at:].startswith(opens) and said.endswith(closes):
            return label_of(said[at + len(opens) : -len(closes)])
    shape = shape_at(said, at)
    return label_of(shape.text) if shape and shape.end == len(said) else label_of(said)
