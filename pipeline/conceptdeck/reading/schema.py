"""What may be written in YAML: dataclasses, read as the schemas of mappings.

The fields of a dataclass and their type hints say what may be written, `Annotated` adds rules.

====================  ====================================================================
hint                  what stands in YAML
====================  ====================================================================
a dataclass           a mapping with its fields
`Mapping[str, X]`     a mapping from names to X; `Names` says which names there are
`list[X]`             a list of X; `Count` says how many
`str`                 a word; `Pattern`, `Words` or `Known` say which
`float`               a number; `Number` says which
`bool`, an `Enum`     `true` or `false`; one of the Enum's values
====================  ====================================================================

Readers of one kind of file add hints of their own. A field name with underscores is written with hyphens; one at its
end is left out.
"""

from __future__ import annotations

from dataclasses import MISSING, fields, replace
from functools import cache
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from conceptdeck.reading.rules import BAD_CHOICE, BAD_NUMBER
from conceptdeck.values.rules import Rule
from conceptdeck.values.text import Text
from conceptdeck.values.value import frozen

__all__ = [
    "ITEMS",
    "MINUTES",
    "NUMBER",
    "Count",
    "Field",
    "Form",
    "Known",
    "Names",
    "Number",
    "Pattern",
    "Words",
    "element",
    "filled_in",
    "join",
    "schema",
    "sole_text",
]

NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
ITEMS = "items"  # the key of a wrapper's elements, left out of their path
_FILLED_IN = ("id", "key", "span", "cells")  # fields that are not keys in YAML


# Rules ------------------------------------------------------------------------------------------------------


@frozen
class Number:
    """A number within bounds; `meant` says it in an author's words."""

    meant: str
    least: float
    most: float
    whole: bool = False
    finding: Rule = BAD_NUMBER


@frozen
class Pattern:
    """A word that a regular expression matches as a whole."""

    meant: str
    written: str
    hint: str
    finding: Rule


@frozen
class Words:
    """One of a few words."""

    words: tuple[str, ...]


@frozen
class Known:
    """A name that the mapping at the path `of` has, written as a pattern says."""

    of: str
    finding: Rule = BAD_CHOICE
    pattern: Pattern | None = None


@frozen
class Count:
    """A list of so many elements; 0 stands for one or more."""

    meant: str
    count: int = 0


@frozen
class Names:
    """The names of a mapping: `closed` to those that the reader knows, or matched by a pattern.

    What is named in `special` is held to a rule of its own instead of that of the other elements. `alone` is what a
    name stands for that is written without a mapping.
    """

    meant: str = "a mapping from names to what they stand for"
    closed: bool = False
    pattern: Pattern | None = None
    special: tuple[tuple[frozenset[str], Number], ...] = ()
    alone: str = ""

    def rule(self, name: str, other: Form | None) -> Form | None:
        """Return the rule of the element with a name."""
        return next((number for names, number in self.special if name in names), other)


LONGEST_TALK = 600  # minutes; more is a slip of the pen
MINUTES = Number(f"a number of minutes from 0 to {LONGEST_TALK}", 0, LONGEST_TALK)

Form = Number | Pattern | Words | Known | Count | Names


# The schema -------------------------------------------------------------------------------------------------


@frozen
class Field:
    """What a dataclass says about one key."""

    name: str
    key: str
    kind: Any
    to: str
    required: bool
    rule: Form | None = None
    listed: bool = False

    @property
    def targets(self) -> tuple[str, ...]:
        """Return the collections that a reference points into."""
        return tuple(self.to.split(", ")) if self.to else ()


@cache
def schema(record: type) -> dict[str, Field]:
    """Return the fields that are written in YAML, by key."""
    hints = get_type_hints(record, include_extras=True)
    found = (
        Field(
            each.name,
            each.name.rstrip("_").replace("_", "-"),
            kind,
            each.metadata.get("to", ""),
            _is_required(each),
            rule,
            each.metadata.get("listed", False),
        )
        for each in fields(record)
        if each.name not in _FILLED_IN
        for kind, rule in [_unwrapped(hints[each.name])]
    )
    return {each.key: each for each in found}


@cache
def element(field: Field) -> Field:
    """Return what a field says about each element of its list or mapping."""
    kind, rule = _unwrapped(get_args(field.kind)[-1])
    return replace(field, kind=kind, rule=rule)


def _unwrapped(hint: Any) -> tuple[Any, Form | None]:
    """Return X and its rule for the hints `X`, `X | None` and `Annotated[X, rule]`."""
    if NoneType in get_args(hint):
        hint = next(kind for kind in get_args(hint) if kind is not NoneType)
    if get_origin(hint) is Annotated:
        kind, rule = get_args(hint)
        return kind, rule
    return hint, None


def _is_required(field: Any) -> bool:
    """Tell whether a field of a dataclass has no default."""
    return field.default is MISSING and field.default_factory is MISSING


@cache
def filled_in(record: type) -> frozenset[str]:
    """Return the fields of a dataclass that come from an element's id and place."""
    return frozenset({each.name for each in fields(record)} & {"id", "key", "span"})


@cache
def sole_text(record: type) -> str:
    """Return the key of the text that says all that a part must say, so that it may be written as that; empty if none.

    It is the only one that is needed, such as a name, or its `text` where nothing is.
    """
    known = schema(record)
    needed = [each for each in known.values() if each.required] or [known[key] for key in known if key == "text"]
    return needed[0].key if len(needed) == 1 and needed[0].kind is Text else ""


def join(path: str, key: str) -> str:
    """Return the path of `key` in the mapping at `path`."""
    return f"{path}.{key}" if path else key
