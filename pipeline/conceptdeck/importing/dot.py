"""Graphs in DOT, after Graphviz has read them: it writes what it has understood as JSON, without a layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from conceptdeck.importing.canvas import json_object
from conceptdeck.importing.decoding import one_line
from conceptdeck.importing.gathering import Gathered, worded
from conceptdeck.importing.links import is_address
from conceptdeck.importing.markup import plain_text
from conceptdeck.values.outline import Edge, Node, Outline
from conceptdeck.values.regex import regex

__all__ = ["read_dot"]

ESCAPE = regex(r"\\(.)")
BREAKS = {"n": "\n", "l": "\n", "r": "\n"}
PORT = regex(r"<[^<>|{}]*>")
FIELDS = regex(r"(?<!\\)[|{}]")
RECORDS = ("record", "Mrecord")


def read_dot(data: bytes, path: str) -> Outline:
    """Return what a graph says, from the JSON that Graphviz makes of it; raises Failure if it cannot be read."""
    graph = json_object(data, path)
    objects = [each for each in graph.get("objects", []) if isinstance(each, dict)]
    count = int(graph.get("_subgraph_cnt", 0))
    found = Gathered(path)
    clusters = dict(_clusters(objects[:count]))
    homes = _homes(objects[:count], clusters)
    for id_, cluster in clusters.items():
        name = _label(cluster, str(cluster.get("name", ""))[len("cluster") :].strip("_ "))
        found.add(Node(id=id_, name=worded(name), parent=homes.get(id_, ""), frame=True))
    for each in objects[count:]:
        _node(each, homes.get(_id(each), ""), found)
    for each in graph.get("edges", []):
        _edge(each, bool(graph.get("directed")), found)
    title = _label(graph, "")
    name = str(graph.get("name", ""))
    return found.outline(title=worded(title or ("" if len(name) < 4 or name.startswith("%") else name)))


def _id(each: Mapping[str, Any]) -> str:
    return str(each.get("_gvid", ""))


def _clusters(subgraphs: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the subgraphs that are drawn as frames."""
    for each in subgraphs:
        if str(each.get("name", "")).startswith("cluster") or str(each.get("cluster", "")) == "true":
            yield _id(each), each


def _homes(subgraphs: Sequence[Mapping[str, Any]], clusters: Mapping[str, Any]) -> dict[str, str]:
    """Return the innermost frame that each node and each frame stands in."""
    found: dict[str, str] = {}
    sizes = {_id(each): len(each.get("nodes", [])) for each in subgraphs}
    for each in subgraphs:
        if _id(each) in clusters:
            inner = [str(gvid) for gvid in each.get("subgraphs", []) if str(gvid) in clusters]
            found |= dict.fromkeys(inner, _id(each))
    for each in sorted(subgraphs, key=lambda each: -sizes[_id(each)]):
        if _id(each) in clusters:
            found |= dict.fromkeys(map(str, each.get("nodes", [])), _id(each))
    return found


def _node(node: Mapping[str, Any], home: str, found: Gathered) -> None:
    """Keep a node; the first field of a record is its name."""
    name = str(node.get("name", ""))
    label = _label(node, name)
    detail = ""
    if node.get("shape") in RECORDS and "|" in label:
        label, *fields = [said for each in FIELDS.split(label) if (said := one_line(PORT.sub("", each)))] or [name]
        detail = ", ".join(fields)
    elif len(label) > 60 and "\n" in label:
        label, _, detail = label.partition("\n")
    address = str(node.get("URL", "") or node.get("href", ""))
    tooltip = str(node.get("tooltip", ""))
    made = Node(
        id=_id(node),
        name=worded(label),
        parent=home,
        detail=worded(detail),
        notes=worded("" if tooltip in (name, label) else _unescaped(tooltip, name)),
        link=address if is_address(address) else "",
    )
    found.add(made)


def _edge(edge: Mapping[str, Any], directed: bool, found: Gathered) -> None:
    """Keep an edge, turned round if it points back."""
    source, target = str(edge.get("tail", "")), str(edge.get("head", ""))
    way = str(edge.get("dir", "forward" if directed else "none"))
    if way == "back":
        source, target = target, source
    style = str(edge.get("style", ""))
    if "invis" in style:
        return
    phrase = worded(_label(edge, "", "label") or _label(edge, "", "xlabel"))
    dashed = "dashed" in style or "dotted" in style
    found.join(Edge(source=source, target=target, phrase=phrase, arrow=way != "none", dashed=dashed))


def _label(of: Mapping[str, Any], name: str, key: str = "label") -> str:
    """Return the label of something in plain words, its name if it has none."""
    label = str(of.get(key, "\\N" if name else ""))
    if label.startswith("<") and label.endswith(">"):
        return plain_text(label) or name
    return _unescaped(label, name)


def _unescaped(text: str, name: str) -> str:
    """Return a label without the escapes of DOT."""
    return ESCAPE.sub(lambda match: name if match[1] in "NG" else BREAKS.get(match[1], match[1]), text).strip()
