"""Texts of a map, what they refer to, and their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from conceptdeck.values.diagnostics import Span

__all__ = ["Link", "Ref", "Text", "about", "composed", "keys_of", "texts", "with_texts"]


@dataclass(frozen=True, slots=True)
class Text:
    """A string of the map, the key that names it in every language, and where it was written.

    A text that the program puts together has the keys of the strings that it holds as its `parts`.
    """

    value: str
    key: str
    span: Span = Span()
    parts: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the string itself."""
        return self.value

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the strings that it shows: its own, or those of its parts."""
        return self.parts or ((self.key,) if self.key else ())

    @property
    def id(self) -> str:
        """Return the last step of its key: the name of the field, or the id in the collection, that holds it."""
        return self.key.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Ref:
    """The id of another element, and where it was written."""

    id: str
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Link:
    """An address that starts with https, http or mailto, and where it was written."""

    url: str
    span: Span = Span()


def composed(value: str, *texts: Text | None, key: str = "") -> Text:
    """Return a text that the program puts together of others."""
    return Text(value, key, parts=keys_of(*texts))


def keys_of(*texts: Text | None) -> tuple[str, ...]:
    """Return the keys of the strings that texts show, each once."""
    return tuple(dict.fromkeys(key for text in texts if text for key in text.keys))


def texts(value: object) -> Iterator[Text]:
    """Yield every `Text` inside `value`, in the order of the model."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value) and not isinstance(value, (Ref, Link, type)):
        for each in fields(value):
            yield from texts(getattr(value, each.name))


def with_texts(value: Any, change: Callable[[Text], Text]) -> Any:
    """Return `value` with every `Text` inside it as `change` makes it."""
    if isinstance(value, Text):
        return change(value)
    if isinstance(value, tuple):
        return tuple(with_texts(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, (Ref, Link, type)):
        return replace(value, **{each.name: with_texts(getattr(value, each.name), change) for each in fields(value)})
    return value


_REQUIRED = object()


def about(doc: str, *, to: str = "", named: bool = False, listed: bool = False, default: Any = _REQUIRED) -> Any:
    """Return a dataclass field explained by `doc`; `to` names the collections that a `Ref` points into.

    What is `named` may be written as the name of an element, too, and a reader of short forms makes it an id. Texts
    that are `listed` may be written as a list, in which they are called by their numbers.
    """
    metadata = {"doc": doc, "to": to, "named": named, "listed": listed}
    if default is _REQUIRED:
        return field(metadata=metadata)
    return field(metadata=metadata, default=default)
