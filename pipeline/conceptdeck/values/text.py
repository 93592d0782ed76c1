"""Texts of a map, what they refer to, and their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, fields, is_dataclass, replace
from functools import cache
from typing import Any, Protocol, TypeVar

from conceptdeck.values.diagnostics import Span
from conceptdeck.values.formula import Formula
from conceptdeck.values.icons import Icon
from conceptdeck.values.image import Focus, ImageFile
from conceptdeck.values.value import frozen

__all__ = [
    "Link", "Passage", "Qr", "Ref", "Text", "about", "composed", "inner_fields", "keys_of", "passages_between",
    "stretches_between", "texts", "with_texts",
]  # fmt: skip


class _Worded(Protocol):
    """What has a text: a passage, a part of copy, a run."""

    @property
    def text(self) -> str:
        """Return the text."""
        ...


Stretch = TypeVar("Stretch", bound=_Worded)


@frozen
class Passage:
    """A stretch of a text in one style: `level` is 1 if it is raised and -1 if it is lowered.

    `link` is an address, the key of a concept's slide, or empty. `language` is that of the stretch if it is not that of
    what it stands in. The text of a `formula` is its plain form.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    level: int = 0
    link: str = ""
    language: str = ""
    formula: Formula | None = None

    def saying(self, text: str) -> Passage:
        """Return the passage with another text; a part of a formula is none."""
        return replace(self, text=text, formula=self.formula if text == self.text else None)


@frozen
class Text:
    """A string of the map, the key that names it in every language, and where it was written.

    A text that the program puts together has the keys of the strings that it holds as its `parts`. A text with emphasis
    or links has its value in `passages` too, one for each style; any other has none. One that fell back on another
    language than that of its map has that `language`; it is set by the rules of that one. `beside` says it in a second
    language on slides in two: on a line below, and smaller.
    """

    value: str
    key: str
    span: Span = Span()
    parts: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    language: str = ""
    beside: Passage | None = None

    def __str__(self) -> str:
        """Return the string itself."""
        return self.value

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the strings that it shows: its own, or those of its parts."""
        return self.parts or ((self.key,) if self.key else ())

    def reworded(self, value: str) -> Text:
        """Return the text with a value that holds the old one, is a part of it, or has signs between its letters.

        The emphasis goes with its letters.
        """
        if not self.passages or value == self.value:
            return replace(self, value=value)
        if (start := self.value.find(value)) >= 0:
            return replace(self, value=value, passages=passages_between(self.passages, start, start + len(value)))
        if self.value in value:
            return replace(self, value=value, passages=_gathered(value, [self]))
        return replace(self, value=value, passages=_spread(self.passages, value))

    @property
    def id(self) -> str:
        """Return the last step of its key: the name of the field, or the id in the collection, that holds it."""
        return self.key.rpartition(".")[2]


@frozen
class Ref:
    """The id of another element, and where it was written."""

    id: str
    span: Span = Span()


@frozen
class Link:
    """An address that starts with https, http or mailto, and where it was written."""

    url: str
    span: Span = Span()


@frozen
class Qr:
    """Where a code for phones leads: to an address, or to the deck's own if it has none; and where it was written."""

    url: str = ""
    span: Span = Span()


def composed(value: str, *texts: Text | None, key: str = "") -> Text:
    """Return a text that the program puts together of others, which keep their emphasis and their language in it.

    It is in the language of all of them if nothing but signs stands between them.
    """
    held = [each for each in texts if each]
    language = _language_of(value, held)
    passages = _gathered(value, held, language)
    return Text(value, key, parts=keys_of(*texts), passages=passages, language=language)


def _language_of(value: str, texts: Sequence[Text]) -> str:
    """Return the language that texts share which have all the letters of a value, nothing if they do not."""
    languages = {text.language for text in texts if any(map(str.isalpha, text.value))}
    if len(languages) != 1 or languages == {""}:
        return ""
    for text in sorted(texts, key=lambda text: -len(text.value)):
        value = value.replace(text.value, "")
    return "" if any(map(str.isalpha, value)) else languages.pop()


def _gathered(value: str, texts: Sequence[Text], language: str = "") -> tuple[Passage, ...]:
    """Return the passages of a value of a language in which texts stand one after the other; the rest is plain."""
    some = [text for text in texts if text.passages or text.language != language]
    found: list[Passage] = []
    end = 0
    for text in sorted(some, key=lambda text: value.find(text.value)):
        start = value.find(text.value, end)
        if start >= 0 and text.value:
            found += [Passage(value[end:start])] * (start > end)
            found += _spoken(text, language)
            end = start + len(text.value)
    return (*found, Passage(value[end:])) if found and end < len(value) else tuple(found)


def _spoken(text: Text, language: str) -> Iterator[Passage]:
    """Yield the passages of a text with its language, if it is not the `language` that they come to stand in."""
    for each in text.passages or (Passage(text.value),):
        own = each.language or text.language
        yield replace(each, language="" if own == language else own)


def passages_between(passages: Sequence[Passage], start: int, end: int) -> tuple[Passage, ...]:
    """Return what passages say from one character up to another."""
    return tuple(each.saying(text) for each, text in stretches_between(passages, start, end))


def stretches_between(whole: Iterable[Stretch], start: int, end: int) -> Iterator[tuple[Stretch, str]]:
    """Yield the stretches that have some of the characters from one up to another, each with those."""
    at = 0
    for each in whole:
        if text := each.text[max(start - at, 0) : max(end - at, 0)]:
            yield each, text
        at += len(each.text)


def keys_of(*texts: Text | None) -> tuple[str, ...]:
    """Return the keys of the strings that texts show, each once."""
    return tuple(dict.fromkeys(key for text in texts if text for key in text.keys))


def _spread(passages: Sequence[Passage], value: str) -> tuple[Passage, ...]:
    """Return the passages of a value that has more signs between their letters; of any other value one, plain."""
    found, start = [], 0
    for passage in passages:
        at = start
        for char in passage.text:
            at = value.find(char, at) + 1
            if not at:
                return (Passage(value),)
        found.append(passage.saying(value[start:at]))
        start = at
    return (*found[:-1], replace(found[-1], text=found[-1].text + value[start:]))


def _inner_fields(kind: type) -> tuple[str, ...]:
    """Return the fields in which values of a type may hold elements; texts and what refers to others hold none."""
    whole = not is_dataclass(kind) or issubclass(kind, (Text, Ref, Link, Qr, Icon, ImageFile, Focus))
    return () if whole else tuple(each.name for each in fields(kind))


inner_fields: Callable[[type], tuple[str, ...]] = cache(_inner_fields)


def texts(value: object) -> Iterator[Text]:
    """Yield every `Text` inside `value`, in the order of the model."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    else:
        for name in inner_fields(type(value)):
            yield from texts(getattr(value, name))


def with_texts(value: Any, change: Callable[[Text], Text]) -> Any:
    """Return `value` with every `Text` inside it as `change` makes it."""
    if isinstance(value, Text):
        return change(value)
    if isinstance(value, tuple):
        return tuple(with_texts(item, change) for item in value)
    if names := inner_fields(type(value)):
        return replace(value, **{name: with_texts(getattr(value, name), change) for name in names})
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
