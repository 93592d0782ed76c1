"""Mind maps of FreeMind and Freeplane."""

from __future__ import annotations

from conceptdeck.importing.gathering import Gathered, worded
from conceptdeck.importing.links import is_address
from conceptdeck.importing.markup import Element, attribute, children, line_of, parsed, plain_text, text_below
from conceptdeck.values.outline import Edge, Node, Outline

__all__ = ["read_freemind"]

LABELS = ("SOURCE_LABEL", "MIDDLE_LABEL", "TARGET_LABEL")


def read_freemind(data: bytes, path: str) -> Outline:
    """Return what a mind map says; raises Failure if it cannot be read."""
    root = parsed(data, path)
    found = Gathered(path)
    waiting = [(each, "") for each in children(root, "node")][::-1]
    while waiting:
        element, parent = waiting.pop()
        id_ = _node(element, parent, found)
        waiting += [(each, id_) for each in children(element, "node")][::-1]
    return found.outline()


def _node(element: Element, parent: str, found: Gathered) -> str:
    """Keep a node with all that is attached to it; return its id."""
    rich = {attribute(each, "TYPE").upper(): text_below(each) for each in children(element, "richcontent")}
    text = rich.get("NODE") or plain_text(attribute(element, "TEXT") or attribute(element, "LOCALIZED_TEXT"))
    name, _, more = text.partition("\n")
    name, more = (f"{name} {more}", "") if len(text) < 60 else (name, more)
    detail = "\n".join(filter(None, (more, rich.get("DETAILS", ""))))
    link = attribute(element, "LINK")
    pairs = [(attribute(each, "NAME"), attribute(each, "VALUE")) for each in children(element, "attribute")]
    made = found.add(
        Node(
            id=attribute(element, "ID"),
            name=worded(name),
            parent=parent,
            detail=worded(detail),
            notes=worded(rich.get("NOTE", "")),
            link=link if is_address(link) else "",
            traits=tuple(pairs),
            line=line_of(element),
        )
    )
    _lines(element, made, found)
    if link and not made.link and not link.startswith("#"):
        found.leave("link", link, name, line_of(element))
    return made.id


def _lines(element: Element, node: Node, found: Gathered) -> None:
    """Keep the arrows that start at a node, and note pictures and formulas."""
    for arrow in children(element, "arrowlink"):
        phrase = " ".join(filter(None, (attribute(arrow, label).strip() for label in LABELS)))
        ends = (attribute(arrow, "STARTARROW") or "None", attribute(arrow, "ENDARROW") or "Default")
        points = ends[1].casefold() != "none"
        source, target = node.id, attribute(arrow, "DESTINATION")
        if not points and ends[0].casefold() != "none":
            source, target, points = target, source, True
        dashed = bool(attribute(arrow, "DASH").strip())
        found.join(
            Edge(source=source, target=target, phrase=worded(phrase), arrow=points, dashed=dashed, line=line_of(arrow))
        )
    link = attribute(element, "LINK")
    if link.startswith("#"):
        found.join(Edge(source=node.id, target=link[1:], line=line_of(element)))
    for hook in children(element, "hook"):
        for kind, key in (("picture", "URI"), ("formula", "EQUATION")):
            if said := attribute(hook, key):
                found.leave(kind, said, node.name.text, line_of(hook))
