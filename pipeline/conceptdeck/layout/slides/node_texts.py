"""The texts of a concept in a graph of relations: its name, its role, and where else it stands."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.layout.desk import Desk
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import network
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Role
from conceptdeck.values.units import Size

__all__ = ["node_lines", "set_together", "size_at"]

Line = tuple[Text, str, str]


def node_lines(node: network.Node, elsewhere: Text | None = None) -> list[Line]:
    """Return a concept's texts, each with its role and colour; the last says where else it stands."""
    kind, colours = ("core", ("card", "card")) if node.focus else ("graph", ("ink", "secondary"))
    lines = [(node.name, f"{kind}-name", colours[0])]
    return lines + [(text, f"{kind}-role", colours[1]) for text in (node.role, elsewhere) if text]


def set_together(desk: Desk, lines: Sequence[Line], room: Size, levels: int) -> tuple[Setting, ...]:
    """Return texts at the largest of so many sizes at which all stand in a room together, reported if at none."""
    said = [(text, desk.theme.roles[role]) for text, role, _ in lines]
    for level in range(levels):
        made = [desk.set(text, role, size_at(role, level), room.w) for text, role in said]
        found = tuple(each for each in made if each)
        if len(found) == len(said) and sum(each.height for each in found) <= room.h:
            return found
    return tuple(desk.fit(text, role, room) for text, role in said)


def size_at(role: Role, level: int) -> float:
    """Return the size of a role some steps below its largest."""
    return role.sizes[min(level, len(role.sizes) - 1)]
