"""A map as JSON Canvas: concepts are cards, groups stand around them."""

from __future__ import annotations

import json
from typing import Any

from conceptdeck.exporting.places import Place, placed
from conceptdeck.values.outline import Edge, Node, Outline

__all__ = ["write_canvas"]


def write_canvas(outline: Outline) -> bytes:
    """Return the canvas."""
    frames = {each.id for each in outline.nodes if each.frame}
    concepts = [each for each in outline.nodes if not each.frame and (not each.parent or each.parent in frames)]
    places = placed(outline, concepts)
    points: dict[str, list[str]] = {}
    for each in outline.nodes:
        points.setdefault(each.parent, []).append(each.name.text)
    nodes = [_node(each, "group", places[each.id], {"label": each.name.text}) for each in outline.nodes if each.frame]
    nodes += [_node(each, "text", places[each.id], {"text": _text(each, points.get(each.id, []))}) for each in concepts]
    known = {each.id for each in concepts}
    lines = [each for each in outline.edges if each.source in known and each.target in known]
    edges = [_edge(number, each) for number, each in enumerate(lines, start=1)]
    return (json.dumps({"nodes": nodes, "edges": edges}, ensure_ascii=False, indent="\t") + "\n").encode()


def _node(node: Node, kind: str, place: Place, said: dict[str, str]) -> dict[str, Any]:
    where = {"x": place.x, "y": place.y, "width": place.width, "height": place.height}
    return {"id": node.id, "type": kind, **where, **said}


def _text(node: Node, points: list[str]) -> str:
    """Return a card's text: the name, what it is, its points."""
    name = f"[{node.name.text}]({node.link})" if node.link else node.name.text
    listed = "\n".join(f"- {point}" for point in points)
    return "\n\n".join(filter(None, (f"# {name}", " ".join(node.detail.text.split()), listed)))


def _edge(number: int, edge: Edge) -> dict[str, Any]:
    made: dict[str, Any] = {"id": f"e{number}", "fromNode": edge.source, "toNode": edge.target}
    if not edge.arrow:
        made["toEnd"] = "none"
    if edge.phrase:
        made["label"] = edge.phrase.text
    return made
