"""What JSON Schemas say of things without parts: texts, ids, addresses, flags, rows of a table."""

from __future__ import annotations

from typing import Any

from conceptdeck.reading.data import DATA_ENDINGS
from conceptdeck.reading.fields import FLAGS
from conceptdeck.reading.images import ENDINGS
from conceptdeck.reading.map import LANGUAGE
from conceptdeck.reading.schema import NUMBER, Number
from conceptdeck.reading.short import LONGEST_ID, SLUG, WINDOWS

__all__ = ["SCALAR", "Schema", "leaves_of_maps", "number_within", "rows_and_code", "to"]

VISIBLE = r"\S"
ADDRESS = (
    r"""^([Hh][Tt][Tt][Pp][Ss]?://[^\s<>"\\`/?#]+|[Mm][Aa][Ii][Ll][Tt][Oo]:[^\s<>"\\`]+@[^\s<>"\\`])[^\s<>"\\`]*$"""
)
SCALAR = ["string", "number", "boolean"]  # to the reader all of them are text

Schema = dict[str, Any]


def leaves_of_maps() -> dict[str, Schema]:
    """Return the definitions of what has no parts."""
    slug = SLUG.pattern
    return {
        "id": {
            "description": f"A plain word of a-z, 0-9 and hyphens, up to {LONGEST_ID} characters.",
            "type": "string",
            "maxLength": LONGEST_ID,
            "pattern": f"^{slug}$",
            "not": {"enum": sorted(WINDOWS)},
        },
        "reference": {"description": "An id that is given elsewhere.", "type": SCALAR, "pattern": f"^{slug}$"},
        "text": {"description": "A text with at least one visible character.", "type": SCALAR, "pattern": VISIBLE},
        "link": {"description": "An https, http or mailto address.", "type": "string", "pattern": ADDRESS},
        "qr": {"description": "An https, http or mailto address, or `true`.", "anyOf": [to("link"), to("flag")]},
        "flag": {
            "description": "`true` or `false`.",
            "type": ["boolean", "string"],
            "pattern": f"^({'|'.join(_any_case(word) for word in FLAGS)})$",
        },
        "language": {
            "description": "A BCP 47 tag such as `en` or `zh-Hans`.",
            "type": "string",
            "pattern": f"^({_both_cases(LANGUAGE.pattern)})$",
        },
        "icon": {
            "description": "The name of an icon, or the path of an SVG file beside the map.",
            "type": "string",
            "pattern": VISIBLE,
        },
        "image": {
            "description": "The path of an image's file, from the folder of the map on.",
            "type": "string",
            "pattern": rf"^[^/\\~:][^\\:]*\.({'|'.join(_any_case(word) for word in ENDINGS)})$",
        },
        "focus": {
            "description": "How far from the left and from the top: two numbers from 0 to 1.",
            "type": "array",
            "items": {"type": "number", "minimum": 0, "maximum": 1},
            "minItems": 2,
            "maxItems": 2,
        },
        "property": _text_or_ids("Words or a figure, or ids of known values of the attribute."),
        "cell": _text_or_ids("A text, or a list of ids of systems or concepts."),
    }


def _text_or_ids(description: str) -> Schema:
    ids = {"type": "array", "items": to("reference"), "minItems": 1, "uniqueItems": True}
    return {"description": description, "anyOf": [to("text"), ids]}


def rows_and_code() -> dict[str, Schema]:
    """Return the definitions of rows in a map, and of a file with rows."""
    rows = {"type": "array", "items": {"type": "array", "items": {"type": SCALAR}}, "minItems": 1}
    return {
        "cells": {"description": "Rows, each a list of cells.", **rows},
        "code": {"description": "Lines of code, below `|`.", "type": "string", "pattern": VISIBLE},
        "data": {
            "description": "The path of a CSV file, from the folder of the map on.",
            "type": "string",
            "pattern": rf"^[^/\\~:][^\\:]*\.({'|'.join(_any_case(word) for word in DATA_ENDINGS)})$",
        },
    }


def number_within(rule: Number) -> Schema:
    """Return the schema of a number within bounds."""
    made: Schema = {
        "type": ["number", "string"],
        "minimum": rule.least,
        "maximum": rule.most,
        "pattern": f"^{NUMBER}$",
    }
    return made | ({"multipleOf": 1} if rule.whole else {})


def to(name: str) -> Schema:
    """Return a reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def _any_case(word: str) -> str:
    """Return a pattern for a word in capitals or small letters; JSON Schema has no flag for it."""
    return "".join(f"[{c.upper()}{c}]" for c in word)


def _both_cases(pattern: str) -> str:
    """Return the pattern of small letters as one of small letters and capitals."""
    return pattern.replace("a-wy-z", "A-WY-Za-wy-z").replace("a-z", "A-Za-z").replace("-x(", "-[Xx](")
