"""Values of the stages as text, without what is left at its default."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any

from conceptdeck.values.icons import Drawn, Segment
from conceptdeck.values.text import Text

WIDTH = 118  # what fits is written on one line
UNSHOWN = ("span", "words")  # places in files, and the program's own words


def described(value: Any) -> str:
    """Return a value as JSON: a dataclass is a mapping that begins with its name.

    An element of the map that stands again is written as its key.
    """
    return f"{_written(_plain(value, set()), 0)}\n"


def _plain(value: Any, seen: set[str]) -> Any:
    """Return the value as mappings, lists and scalars."""
    if isinstance(value, Text):
        return {value.key: value.value} | ({"parts": list(value.parts)} if value.parts else {})
    if isinstance(value, Drawn):
        return {
            "is": "Drawn",
            **{name: _path(each) for name, each in (("lines", value.lines), *enumerate(value.areas))},
        }
    if is_dataclass(value) and not isinstance(value, type):
        if (key := f"{type(value).__name__} {getattr(value, 'key', '')}") in seen:
            return {"again": key}
        if hasattr(value, "id") and hasattr(value, "key"):
            seen.add(key)
        found = {each.name: getattr(value, each.name) for each in fields(value) if each.name not in UNSHOWN}
        kept = {name: each for name, each in found.items() if each != _default(value, name)}
        return {"is": type(value).__name__} | {name: _plain(each, seen) for name, each in kept.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, dict):
        return {str(key): _plain(each, seen) for key, each in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(_plain(each, seen) for each in value)
    if isinstance(value, (tuple, list)):
        return [_plain(each, seen) for each in value]
    if isinstance(value, float):
        return round(value, 3)
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _path(segments: Iterable[Segment]) -> str:
    """Return a path as SVG writes it."""
    return "".join(name + " ".join(f"{each:g}" for each in values) for name, values in segments)


def _default(value: Any, name: str) -> Any:
    (field,) = (each for each in fields(value) if each.name == name)
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _written(value: Any, depth: int) -> str:
    short = json.dumps(value, ensure_ascii=False)
    if len(short) + depth <= WIDTH or not isinstance(value, (dict, list)) or not value:
        return short
    inside, pad = " " * (depth + 1), " " * depth
    if isinstance(value, dict):
        items = [f"{inside}{json.dumps(key)}: {_written(each, depth + 1)}" for key, each in value.items()]
        return "{\n" + ",\n".join(items) + f"\n{pad}}}"
    return "[\n" + ",\n".join(inside + _written(each, depth + 1) for each in value) + f"\n{pad}]"
