"""Mappings of YAML become dataclasses, or every reason why they do not: the reader of maps, stories and themes.

`schema` tells what the dataclasses say. Readers of one kind of file add types of their own.
A mapping or list nested in the wrong place is reported once; what is inside it is not read.

Codes of this module, all errors:

====================  ====================================================================
unknown-key           a key that its mapping does not have
missing-key           a key that its mapping must have
wrong-kind            a list where text is meant, text where a mapping is meant, ...
empty-text            a text without a visible character
empty-collection      a list or a mapping that must have something in it
bad-choice            a word that is not among the choices
bad-number            not a number, or one out of range
bad-flag              neither `true` nor `false`
====================  ====================================================================
"""

from __future__ import annotations

import re
from collections import abc
from collections.abc import Callable, Collection
from dataclasses import replace
from enum import Enum
from functools import cache
from itertools import islice
from typing import Any, get_origin

from conceptdeck.reading.findings import Findings
from conceptdeck.reading.rules import (
    BAD_CHOICE,
    BAD_FLAG,
    EMPTY_COLLECTION,
    EMPTY_TEXT,
    MISSING_KEY,
    UNKNOWN_KEY,
    WRONG_KIND,
)
from conceptdeck.reading.schema import (
    ITEMS,
    NUMBER,
    Count,
    Field,
    Form,
    Known,
    Names,
    Number,
    Pattern,
    Words,
    element,
    filled_in,
    join,
    schema,
    sole_text,
)
from conceptdeck.reading.source import Mapping, Node, Scalar, Sequence
from conceptdeck.values.characters import is_blank, quoted
from conceptdeck.values.rules import Rule
from conceptdeck.values.value import frozen

__all__ = ["FLAGS", "At", "FieldReader", "kind_of", "listed"]

FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_LONGEST_LIST = 16
_LONGEST_WORD = 128
_MOST_MEANT = 100  # more are no slips of the pen
_OTHER_WORDS = {  # for a key, in the formats of others or in everyday words
    "about": ("description", "summary", "notes"),
    "children": ("concepts", "items"),
    "label": ("phrase", "name"),
    "members": ("concepts",),
    "nodes": ("concepts",),
    "edges": ("relations",),
    "links": ("relations",),
    "text": ("description", "name", "statement"),
    "title": ("name", "headline"),
    "verb": ("phrase",),
}
_CUT_OFF = "if it belongs to the text before it, put that into quotation marks: within { } a comma ends a text"


_origin: Callable[[Any], Any] = cache(get_origin)  # of the few types that fields have


# Places -----------------------------------------------------------------------------------------------------


@frozen
class At:
    """Where a value stands: its field, its key, the mapping around it and that mapping's path."""

    field: Field
    key: Scalar
    path: str
    parent: Mapping
    owner: type

    @property
    def full_path(self) -> str:
        """Return the path of the value."""
        return self.path if self.is_items else join(self.path, self.key.value)

    @property
    def is_items(self) -> bool:
        """Tell whether the value holds the elements of a wrapper."""
        return self.key.value == ITEMS and ITEMS in schema(self.owner)

    @property
    def collections(self) -> tuple[str, ...]:
        """Return the collections that a reference points into: one beside it, or those shared by the file."""
        beside = {*schema(self.owner)} - {self.field.key}
        return tuple(join(self.path, each) if each in beside else each for each in self.field.targets)


# Reading ----------------------------------------------------------------------------------------------------


class FieldReader:
    """Read one file; what cannot be read leaves a finding and is None, in a value that is then thrown away.

    A `partial` reader lacks nothing: what it reads is laid over something else.
    """

    def __init__(self, findings: Findings, *, partial: bool = False) -> None:
        """Start without a finding."""
        self.findings = findings
        self.partial = partial
        self.nearest = _Nearest()
        self.leaves: dict[Any, Callable[[Node, At], Any]] = {str: self.word, float: self.number, bool: self.flag}

    def value(self, node: Node, at: At) -> Any:
        """Return what the field's type makes of the node."""
        kind = at.field.kind
        if kind in self.leaves:
            return self.leaves[kind](node, at)
        origin = _origin(kind)
        if origin is list:
            return self.elements(node, at)
        if origin is abc.Mapping:
            return self.named(node, at)
        return self.choice(node, at) if issubclass(kind, Enum) else self.part(node, at, kind)

    def known(self, path: str) -> Collection[str] | None:
        """Return the names that the mapping at a path may have, None if nothing is known about it."""
        raise NotImplementedError(path)

    # Mappings

    def part(self, node: Node, at: At, record: type) -> Any:
        """Return a dataclass, read from a mapping."""
        if isinstance(node, Scalar) and node.value and (key := sole_text(record)):
            node = Mapping(((Scalar(key, node.span), node),), node.span)
        if not isinstance(node, Mapping):
            self.wrong_kind(node, at, f"a mapping with {listed(schema(record), 'and')}")
            return None
        return self.record(node, record, at.full_path, at.key, at.key.value)

    def record(self, node: Mapping, record: type, path: str, key: Scalar, id: str = "") -> Any:
        """Return a dataclass from the entries of a mapping."""
        known = schema(record)
        given = {each.value for each, _ in node.entries}
        missing = [each for each in known.values() if each.key not in given]
        lacking = [each.key for each in missing if self._is_missed(each, path)]
        meant = self._meant(node, known)
        self._report_missing(lacking, node, key, meant)
        values: dict[str, Any] = {each.name: None for each in missing if each.required}
        for each, value in node.entries:
            if each.value in known:
                field = known[each.value]
                values[field.name] = self.value(value, At(field, each, path, node, record))
            else:
                self._report_unknown(each, node, known, meant.get(each.value, ""))
        place = {"id": id, "key": path, "span": key.span}
        return record(**values, **{name: place[name] for name in filled_in(record)})

    def _is_missed(self, field: Field, path: str) -> bool:
        """Tell whether a mapping without this key lacks something."""
        closed = isinstance(field.rule, Names) and field.rule.closed
        return not self.partial and (field.required or (closed and bool(self.known(join(path, field.key)))))

    def _report_missing(self, names: Collection[str], node: Mapping, key: Scalar, meant: dict[str, str]) -> None:
        """Report the keys that a mapping lacks, at its key, but those that stand there by another name."""
        names = [each for each in names if each not in meant.values()]
        if names:
            phrase = listed(names, "and")
            name = quoted(key.value) if key.span != node.span else key.value
            self.findings.error(MISSING_KEY, f"{name} lacks {phrase}", key.span, hints=[f"add {phrase}"])

    def _meant(self, node: Mapping, known: Collection[str]) -> dict[str, str]:
        """Return the key that is meant by each that a mapping does not have; the same file has not written it yet."""
        unknown = [key for key, _ in node.entries if key.value not in known][:_MOST_MEANT]
        given = {(key.span.path, key.value) for key, _ in node.entries} if unknown else ()
        return {
            key.value: self.nearest.word(key.value, [each for each in known if (key.span.path, each) not in given])
            for key in unknown
        }

    def _report_unknown(self, key: Scalar, node: Mapping, known: Collection[str], meant: str) -> None:
        """Report a key that its mapping does not have, and what is meant by it."""
        guess = _question(meant)
        value = next(value for each, value in node.entries if each is key)
        cut_off = " " in key.value and isinstance(value, Scalar) and not value.value
        hints = [
            guess,
            _CUT_OFF if cut_off else "",
            f"valid here: {listed(known, 'and')}" if known else "delete it: nothing is valid here",
        ]
        self.findings.error(UNKNOWN_KEY, f"{quoted(key.value)} is not a key of this mapping", key.span, hints=hints)

    def named(self, node: Node, at: At) -> dict[str, Any]:
        """Return the elements of a mapping by name."""
        rule = at.field.rule if isinstance(at.field.rule, Names) else Names()
        if not isinstance(node, Mapping):
            self.wrong_kind(node, at, rule.meant)
            return {}
        path, inner = at.full_path, element(at.field)
        self._check_names(node, at, rule)
        found = {}
        for key, value in node.entries:
            special = rule.rule(key.value, inner.rule)
            field = inner if special is inner.rule else replace(inner, rule=special)
            found[key.value] = self.value(value, At(field, key, path, node, at.owner))
        return found

    def _check_names(self, node: Mapping, at: At, rule: Names) -> None:
        """Report names that a mapping does not have, and those that it lacks."""
        given = [key.value for key, _ in node.entries]
        known = self.known(at.full_path) if rule.closed else None
        meant = self._meant(node, known) if known is not None else {}
        for key, _ in node.entries:
            if known is not None and key.value not in known:
                self._report_unknown(key, node, known, meant.get(key.value, ""))
            if rule.pattern:
                self._check_pattern(key, rule.pattern)
        if known is not None and not self.partial:
            self._report_missing([name for name in known if name not in given], node, at.key, meant)

    # Lists

    def elements(self, node: Node, at: At) -> list[Any]:
        """Return the elements of a list."""
        rule = at.field.rule
        meant = rule.meant if isinstance(rule, Count) else "a list"
        if not isinstance(node, Sequence):
            word = node.value if isinstance(node, Scalar) else ""
            is_one = re.fullmatch(r"[\w.\-]+", word) and not (isinstance(rule, Count) and rule.count)
            self.wrong_kind(node, at, meant, f"write [{word}]" if is_one else "")
            return []
        if isinstance(rule, Count) and rule.count and len(node.items) != rule.count:
            message = f"{quoted(at.key.value)} must be {meant}, but has {len(node.items)}"
            self.findings.error(WRONG_KIND, message, node.span, hints=[f"write {meant}"])
        elif isinstance(rule, Count) and not node.items:
            self.report_empty(node, at)
        inner = At(element(at.field), at.key, at.path, at.parent, at.owner)
        return [self.value(item, inner) for item in node.items]

    def report_empty(self, node: Node, at: At) -> None:
        """Report a collection without elements."""
        message = f"{quoted(at.key.value)} has nothing in it"
        self.findings.error(EMPTY_COLLECTION, message, node.span, hints=["add an entry"])

    # Leaves

    def word(self, node: Node, at: At) -> str | None:
        """Return a word that keeps the field's rule."""
        rule = at.field.rule
        names = self._choices(rule)
        if not isinstance(node, Scalar) or is_blank(node.value):
            meant = rule.meant if isinstance(rule, Pattern) else listed(names, "or") if names else "text"
            self.not_text(node, at, meant)
            return None
        pattern = rule.pattern if isinstance(rule, Known) else rule if isinstance(rule, Pattern) else None
        if pattern and not self._check_pattern(node, pattern):
            return None
        if names is not None and node.value not in names:
            self.bad_choice(node, at, names, rule.finding if isinstance(rule, Known) else BAD_CHOICE)
            return None
        return node.value

    def _choices(self, rule: Form | None) -> Collection[str] | None:
        """Return the words among which a rule lets an author choose, None if it does not say."""
        return rule.words if isinstance(rule, Words) else self.known(rule.of) if isinstance(rule, Known) else None

    def _check_pattern(self, word: Scalar, rule: Pattern) -> bool:
        """Tell whether a word is written as it must be, and report it if not."""
        if re.fullmatch(rule.written, word.value):
            return True
        self.findings.error(rule.finding, f"{quoted(word.value)} is not {rule.meant}", word.span, hints=[rule.hint])
        return False

    def number(self, node: Node, at: At) -> float | None:
        """Return a number that keeps the field's rule."""
        rule = at.field.rule
        assert isinstance(rule, Number)  # every field of a number has one
        if not isinstance(node, Scalar) or is_blank(node.value):
            self.not_text(node, at, rule.meant)
            return None
        found = float(node.value) if re.fullmatch(NUMBER, node.value) else rule.most + 1
        if not rule.least <= found <= rule.most or (rule.whole and found % 1):
            message = f"{quoted(at.key.value)} is {quoted(node.value)}, not {rule.meant}"
            self.findings.error(rule.finding, message, node.span, hints=[f"write {rule.meant}"])
            return None
        return found

    def flag(self, node: Node, at: At) -> bool:
        """Return true or false."""
        word = node.value.casefold() if isinstance(node, Scalar) else ""
        if isinstance(node, Scalar) and word not in FLAGS:
            message = f"{quoted(at.key.value)} is {quoted(node.value)}, neither `true` nor `false`"
            self.findings.error(BAD_FLAG, message, node.span, hints=["write `true` or `false`"])
        elif not isinstance(node, Scalar):
            self.wrong_kind(node, at, "`true` or `false`")
        return FLAGS.get(word, False)

    def choice(self, node: Node, at: At) -> Enum | None:
        """Return the member of an Enum."""
        words = {str(member.value): member for member in at.field.kind}
        if not isinstance(node, Scalar):
            self.not_text(node, at, listed(words, "or"))
            return None
        if node.value not in words:
            self.bad_choice(node, at, words)
        return words.get(node.value)

    def bad_choice(self, word: Scalar, at: At, words: Collection[str], finding: Rule = BAD_CHOICE) -> None:
        """Report a word that is not among the choices."""
        message = f"{quoted(at.key.value)} is {quoted(word.value)}, not {listed(words, 'or')}"
        hints = [self.nearest.hint(word.value, words) or f"write {listed(words, 'or')}"]
        self.findings.error(finding, message, word.span, hints=hints)

    def not_text(self, node: Node, at: At, meant: str) -> None:
        """Report a list or a mapping where a word is meant, or no word at all."""
        if isinstance(node, Scalar):
            hint = f"write {meant}" if at.field.required else f"write {meant}, or delete the key"
            self.findings.error(EMPTY_TEXT, f"{quoted(at.key.value)} is empty", node.span, hints=[hint])
        else:
            self.wrong_kind(node, at, meant)

    def wrong_kind(self, node: Node, at: At, meant: str, hint: str = "") -> None:
        """Report a node of another kind than the one that is meant."""
        message = f"{quoted(at.key.value)} must be {meant}, but is {kind_of(node)}"
        span = at.key.span if isinstance(node, Scalar) and not node.value else node.span
        self.findings.error(WRONG_KIND, message, span, hints=[hint or "check the indentation and the dashes"])


# Words ------------------------------------------------------------------------------------------------------


def kind_of(node: Node) -> str:
    """Return what a node is, in an author's words."""
    if isinstance(node, Scalar):
        return "text" if node.value else "empty"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def listed(names: Collection[str], last: str) -> str:
    """Return the names in backticks, as a phrase; the end of a long list is left out."""
    words = [quoted(name) for name in islice(names, _LONGEST_LIST)]
    if len(names) > _LONGEST_LIST:
        words.append(f"{len(names) - _LONGEST_LIST} more")
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


class _Nearest:
    """Find the known word nearest to an unknown one, until a budget is spent: it is slow on large maps."""

    def __init__(self, budget: int = 50_000) -> None:
        """Allow `budget` comparisons."""
        self.budget = budget

    def hint(self, word: str, known: Collection[str]) -> str:
        """Return a question that names the nearest known word, or nothing."""
        return _question(self.word(word, known))

    def word(self, word: str, known: Collection[str]) -> str:
        """Return the known word that is meant: by another name, cut short or misspelt; or nothing."""
        if len(word) > _LONGEST_WORD or len(known) > self.budget:
            return ""
        self.budget -= len(known)
        from difflib import get_close_matches  # only mistakes need it

        word = word.casefold().replace("_", "-")
        other = [each for each in _OTHER_WORDS.get(word, ()) if each in known]
        longer = [each for each in known if each.startswith(f"{word}-")]
        return next(iter((*other, *longer[:1], *get_close_matches(word, known, n=1))), "")


def _question(meant: str) -> str:
    return f"did you mean {quoted(meant)}?" if meant else ""
