"""What stands below a concept, as points in a few words, and what is deeper as lists for the speaker."""

from __future__ import annotations

from conceptdeck.importing.forest import Forest
from conceptdeck.values.outline import Node, Wording

__all__ = ["deeper", "point"]

LONGEST = 110  # characters of a point with what is below it
DEEPEST = 30


def point(node: Node, forest: Forest) -> tuple[Wording, bool]:
    """Return a node as a point, and whether it says all that is below the node too."""
    name = _linked(node)
    kids = forest.children(node)
    parts = [node.detail] if node.detail else []
    if kids and all(not forest.children(kid) and not kid.detail for kid in kids):
        parts.append(_listed([_linked(kid) for kid in kids]))
        kids = ()
    told = name
    for part in parts:
        told = _with(told, part)
    if len(told.text) > LONGEST or "\n" in told.text:
        return name, not parts and not kids
    return told, not kids


def deeper(node: Node, forest: Forest) -> Wording:
    """Return a node and all below it, as a paragraph and a list."""
    head = f"{_linked(node).text}: {node.detail.text}" if node.detail else _linked(node).text
    lines = [_inline(kid, forest, DEEPEST) for kid in forest.children(node)]
    return Wording("\n".join((f"{head}:" if lines and ":" not in head else head, *(f"- {line}" for line in lines))))


def _inline(node: Node, forest: Forest, depth: int) -> str:
    """Return a node and all below it on one line, levels in brackets."""
    said = " – ".join(" ".join(each.text.split()) for each in (_linked(node), node.detail, node.notes) if each)
    kids = forest.children(node)
    if not kids or not depth:
        return said
    return f"{said} ({', '.join(_inline(kid, forest, depth - 1) for kid in kids)})"


def _linked(node: Node) -> Wording:
    """Return the name of a node, as a link if it has one."""
    if node.link and node.name.text == node.link:
        return Wording(f"<{node.link}>")
    if not node.link or any(sign in node.name.text + node.link for sign in "[]()"):
        return node.name
    others = tuple((tag, f"[{text}]({node.link})") for tag, text in node.name.others)
    return Wording(f"[{node.name.text}]({node.link})", others)


def _listed(names: list[Wording]) -> Wording:
    tags = dict.fromkeys(tag for each in names for tag, _ in each.others)
    others = tuple((tag, ", ".join(each.in_language(tag) or each.text for each in names)) for tag in tags)
    return Wording(", ".join(each.text for each in names), others)


def _with(name: Wording, more: Wording) -> Wording:
    tags = dict.fromkeys(tag for each in (name, more) for tag, _ in each.others)
    others = tuple((tag, f"{name.in_language(tag) or name.text}: {more.in_language(tag) or more.text}") for tag in tags)
    return Wording(f"{name.text}: {more.text}", others)
