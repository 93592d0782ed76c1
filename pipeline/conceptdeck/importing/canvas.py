"""JSON Canvas, as Obsidian and others write it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from conceptdeck.importing.decoding import decoded, refusal
from conceptdeck.importing.gathering import MAX_NODES, Gathered, worded
from conceptdeck.importing.links import is_address
from conceptdeck.importing.outline_text import lines_of_card
from conceptdeck.importing.rules import TOO_MANY_TO_IMPORT
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.outline import Edge, Node, Outline

__all__ = ["json_object", "read_canvas"]

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp")
MAX_GROUPS = 300


def json_object(data: bytes, path: str) -> Mapping[str, Any]:
    """Return the object in a JSON file; raises Failure if there is none."""
    text = decoded(data, path).lstrip("\ufeff")
    try:
        found = json.loads(text)
    except ValueError as error:
        raise refusal(f"it is not JSON: {error}", path, getattr(error, "lineno", 0)) from error
    except RecursionError as error:
        raise refusal("its JSON is nested too deep", path) from error
    if not isinstance(found, dict):
        raise refusal("its JSON is no object", path)
    return found


def read_canvas(data: bytes, path: str) -> Outline:
    """Return what a canvas says; raises Failure if it cannot be read."""
    whole = json_object(data, path)
    nodes = [each for each in _list(whole, "nodes", path) if isinstance(each, dict)]
    found = Gathered(path, marked=True)
    groups = [each for each in nodes if each.get("type") == "group"]
    if len(groups) > MAX_GROUPS or len(nodes) > MAX_NODES:
        most = f"{MAX_GROUPS:,} groups" if len(groups) > MAX_GROUPS else f"{MAX_NODES:,} cards"
        raise Failure([TOO_MANY_TO_IMPORT.at(f"the file has more than {most}", Span(path))])
    for each in sorted(groups, key=_area, reverse=True):
        name = worded(_said(each, "label"))
        found.add(Node(id=_said(each, "id"), name=name, parent=_home(each, groups), frame=True))
    edges = [each for each in _list(whole, "edges", path) if isinstance(each, dict)]
    ends = {_said(each, key) for each in edges for key in ("fromNode", "toNode")}
    for each in nodes:
        if each.get("type") != "group":
            _card(each, _home(each, groups), _said(each, "id") in ends, found)
    for each in edges:
        _edge(each, found)
    return found.outline()


def _card(card: Mapping[str, Any], home: str, is_end: bool, found: Gathered) -> None:
    """Keep a card: its text, its file or its address; a picture that no edge leads to is left over."""
    id_ = _said(card, "id")
    if card.get("type") == "file":
        file = _said(card, "file")
        name = file.rpartition("/")[2]
        stem = name.rpartition(".")[0] or name
        is_picture = name.lower().endswith(PICTURES)
        found.leave("picture" if is_picture else "file", file + _said(card, "subpath"), stem)
        if is_end or not is_picture:
            found.add(Node(id=id_, name=worded(stem), parent=home))
    elif card.get("type") == "link":
        url = _said(card, "url")
        shown = url.partition("://")[2].removeprefix("www.").partition("/")[0] or url
        found.add(Node(id=id_, name=worded(shown), parent=home, link=url if is_address(url) else ""))
    else:
        lines_of_card(_said(card, "text"), id_, home, found)


def _edge(edge: Mapping[str, Any], found: Gathered) -> None:
    """Keep an edge, turned round if its arrow is at its start only."""
    source, target = _said(edge, "fromNode"), _said(edge, "toNode")
    at_start, at_end = edge.get("fromEnd") == "arrow", edge.get("toEnd", "arrow") == "arrow"
    if at_start and not at_end:
        source, target = target, source
    phrase = worded(_said(edge, "label"))
    found.join(Edge(source=source, target=target, phrase=phrase, arrow=at_start or at_end))


def _home(card: Mapping[str, Any], groups: Sequence[Mapping[str, Any]]) -> str:
    """Return the id of the smallest group that a card stands in."""
    x, y, width, height = (_number(card, key) for key in ("x", "y", "width", "height"))
    middle = (x + width / 2, y + height / 2)
    around = [
        each
        for each in groups
        if each is not card
        and _area(each) > width * height
        and 0 <= middle[0] - _number(each, "x") <= _number(each, "width")
        and 0 <= middle[1] - _number(each, "y") <= _number(each, "height")
    ]
    return _said(min(around, key=_area), "id") if around else ""


def _area(card: Mapping[str, Any]) -> float:
    return _number(card, "width") * _number(card, "height")


def _number(card: Mapping[str, Any], key: str) -> float:
    value = card.get(key)
    return float(value) if isinstance(value, int | float) and abs(value) < 1e12 else 0.0


def _said(card: Mapping[str, Any], key: str) -> str:
    value = card.get(key)
    return str(value) if isinstance(value, str | int) else ""


def _list(whole: Mapping[str, Any], key: str, path: str) -> list[Any]:
    value = whole.get(key, [])
    if not isinstance(value, list):
        raise refusal(f"its `{key}` are no list", path)
    return value
