"""Short forms of relations, and of what they name, become long ones, before a map is read.

===============================  =====================================================================
short                            long
===============================  =====================================================================
`- [data, can be, tidy]`         `data-tidy: {source: data, phrase: can be, target: tidy}`
`- [data, tidy]`                 `data-tidy: {source: data, target: tidy}`
`- {source: data, ...}`          `data-tidy: {source: data, ...}`
`- {from: data, to: tidy, ...}`  `data-tidy: {source: data, target: tidy, ...}`
`- data -> tidy: can be`         `data-tidy: {source: data, phrase: can be, target: tidy}`
`- Data can be tidy`             `data-tidy: {source: data, phrase: can be, target: tidy}`
`type: is` without any `types`   `phrase: is`
===============================  =====================================================================

A relation names its concepts by id or by name. If a map declares no concept at all, those of its relations are its
concepts. An id that is made here follows from the name or the ends alone, so it is the same in every build.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from conceptdeck.reading.source import Mapping, Node, Scalar, Sequence
from conceptdeck.reading.tree import changed, entries_of, node_at, with_entries
from conceptdeck.values.characters import is_blank
from conceptdeck.values.diagnostics import Span
from conceptdeck.values.regex import regex

__all__ = [
    "ARROW",
    "LONGEST_ID",
    "SLUG",
    "WINDOWS",
    "Ends",
    "called_in",
    "called_within",
    "id_of",
    "long_form",
    "named",
    "pointed",
    "referred",
    "slugified",
]

LONGEST_ID = 64
SLUG = regex(r"[a-z0-9]+(-[a-z0-9]+)*")
WINDOWS = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}

SOURCE, PHRASE, TARGET = "source", "phrase", "target"
ARROW = "[-–—=]>|[→⟶⇒]"
_OTHER_WORDS = {"from": SOURCE, "to": TARGET, "label": PHRASE}  # as graphs are often written
_ARROW = regex(ARROW)
_LINE = "-–—="
MOST_WORDS = 24  # of a sentence that is a relation
_DIGITS = 8  # of a digest: enough for the concepts of a map
_TELLING = "#%&*@"  # signs that tell two names apart, as letters, digits and mathematical signs do: C, C++ and C#


class Ends(NamedTuple):
    """Elements that may be named: their ids by what their names stand for, and all that there are.

    `undeclared` concepts have no other place in the map than the relations.
    """

    called: dict[str, list[str]]
    ids: frozenset[str]
    undeclared: bool


def long_form(node: Node) -> Node:
    """Return a map's tree, without lists for mappings, without short forms; what is in none of them stays as it is."""
    if not isinstance(node, Mapping):
        return node
    if node_at(node, "relations", "types") is None:
        node = changed(node, "relations", lambda part: changed(part, "items", _worded))
    ends = _called(_declared(node))
    if not ends.ids and (names := _undeclared(node)):
        node = with_entries(node, "concepts", tuple((Scalar(id_, name.span), name) for id_, name in names.items()))
        ends = _called(_declared(node), undeclared=True)
    node = changed(node, "focus", lambda focus: referred(focus, ends))
    return changed(node, "relations", lambda part: changed(part, "items", lambda items: _relations(items, ends)))


def id_of(name: str) -> str:
    """Return the id that a name stands for: its Latin letters and digits, and a digest if they do not say it all."""
    slug = slugified(name)
    letters = unicodedata.normalize("NFKD", name.casefold())
    lost = any(_is_telling(char) for char in letters)
    if slug and not lost and slug not in WINDOWS and len(name) <= LONGEST_ID:
        return slug
    one = unicodedata.normalize("NFC", " ".join(name.split()).casefold())  # macOS takes letters and their accents apart
    digest = hashlib.sha256(one.encode(errors="surrogatepass")).hexdigest()[:_DIGITS]
    return f"{slug[: LONGEST_ID - _DIGITS - 1].strip('-')}-{digest}".strip("-")


def slugified(text: str) -> str:
    """Return a plain slug made from `text`, or nothing if it has no Latin letter and no digit."""
    letters = unicodedata.normalize("NFKD", text[:200].casefold())
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub("[^a-z0-9]+", "-", plain)[:LONGEST_ID].strip("-")


def _is_telling(char: str) -> bool:
    """Tell whether a name without this character may be another one, and a slug cannot hold it."""
    kind = unicodedata.category(char)
    plain = char.isascii() and char.isalnum()
    return not plain and (kind[0] in "LN" or kind == "Sm" or char in _TELLING)


# Parts of the tree ------------------------------------------------------------------------------------------


def named(node: Node) -> Node:
    """Return a list of names as a mapping from ids to names; one that holds anything else stays a list."""
    if not isinstance(node, Sequence):
        return node
    names = [each for each in node.items if isinstance(each, Scalar) and not is_blank(each.value)]
    if len(names) < len(node.items):
        return node
    return Mapping(tuple((Scalar(id_of(name.value), name.span), name) for name in names), node.span)


# Concepts ---------------------------------------------------------------------------------------------------


def _declared(root: Node) -> dict[str, str]:
    """Return the names of the concepts that a map declares, by id."""
    waiting = [part for name in ("layers", "groups") if (part := node_at(root, name))]
    found = dict(_names(node_at(root, "concepts")))
    while waiting:
        for key, value in entries_of(waiting.pop()):
            if key.value == "concepts":
                found |= _names(value)
            else:
                waiting.append(value)
    return found


def _names(concepts: Node | None) -> Iterator[tuple[str, str]]:
    """Yield id and name of each concept in a mapping, the id as its name if it has none that can be read."""
    for key, value in entries_of(concepts):
        name = value if isinstance(value, Scalar) else node_at(value, "name")
        yield key.value, name.value if isinstance(name, Scalar) else key.value


def called_within(collection: Node | None) -> Ends:
    """Return the elements of a mapping as references may name them."""
    return _called(dict(_names(collection)))


def called_in(root: Node) -> dict[str, Ends]:
    """Return what references of a map in its long form may call by name, by collection."""
    return {"concepts": _called(_declared(root)), "systems": called_within(node_at(root, "systems"))}


def pointed(node: Scalar, targets: Iterable[str], called: dict[str, Ends]) -> Scalar:
    """Return a reference into one of the collections by its id."""
    for name in targets:
        found = referred(node, called[name]) if name in called else node
        node = found if isinstance(found, Scalar) else node
    return node


def _called(names: dict[str, str], *, undeclared: bool = False) -> Ends:
    called: dict[str, list[str]] = {}
    for id_, name in names.items():
        called.setdefault(id_of(name), []).append(id_)
    return Ends(called, frozenset(names), undeclared)


def referred(node: Node, ends: Ends) -> Node:
    """Return a reference to an element by its id, if it is known by that or by a name of its own."""
    if not isinstance(node, Scalar) or node.value in ends.ids:
        return node
    wanted = id_of(node.value)
    called = ends.called.get(wanted, [])
    if len(called) == 1:
        return Scalar(called[0], node.span)
    return Scalar(wanted, node.span) if wanted in ends.ids else node


def _undeclared(root: Node) -> dict[str, Scalar]:
    """Return the names at the ends of relations by the ids that they stand for, each where it stands first."""
    found: dict[str, Scalar] = {}
    items = node_at(root, "relations", "items")
    values = items.items if isinstance(items, Sequence) else tuple(value for _, value in entries_of(items))
    for entry in (_entry(value) for value in values):
        for end in (node_at(entry, "source"), node_at(entry, "target")):
            if isinstance(end, Scalar) and not is_blank(end.value):
                found.setdefault(id_of(end.value), end)
    return found


# Relations --------------------------------------------------------------------------------------------------


def _relations(items: Node, ends: Ends) -> Node:
    """Return relations as a mapping, each between ids of concepts; those of a list are called by these ids."""
    if isinstance(items, Mapping):
        return Mapping(
            tuple((key, _between(_told(_entry(value), ends), ends)) for key, value in items.entries), items.span
        )
    if not isinstance(items, Sequence):
        return items
    used = Counter[str]()
    entries = []
    for each in items.items:
        relation = _between(_told(_entry(each), ends), ends)
        name = "-".join(_end_id(node_at(relation, key)) for key in ("source", "target"))
        id_ = name if len(name) <= LONGEST_ID - 4 else id_of(name + "+")
        used[id_] += 1
        entries.append((Scalar(f"{id_}-{used[id_]}" if used[id_] > 1 else id_, each.span), relation))
    return Mapping(tuple(entries), items.span)


def _worded(items: Node) -> Node:
    """Return relations of a map that declares no kinds of them: what they have as their `type` is their phrase."""
    if isinstance(items, Mapping):
        return Mapping(tuple((key, _with_phrase(value)) for key, value in items.entries), items.span)
    if isinstance(items, Sequence):
        return Sequence(tuple(map(_with_phrase, items.items)), items.span)
    return items


def _with_phrase(relation: Node) -> Node:
    if not isinstance(relation, Mapping) or node_at(relation, "phrase") is not None:
        return relation
    told = ((Scalar("phrase", key.span) if key.value == "type" else key, value) for key, value in relation.entries)
    return Mapping(tuple(told), relation.span)


def _end_id(node: Node | None) -> str:
    return id_of(node.value) if isinstance(node, Scalar) and not is_blank(node.value) else "relation"


def _entry(node: Node) -> Node:
    """Return a relation in its parts: two or three words in a list, an arrow, other words for the parts."""
    keys = {2: (SOURCE, TARGET), 3: (SOURCE, PHRASE, TARGET)}
    if isinstance(node, Mapping):
        node = _unbroken(node)
    if isinstance(node, Scalar):
        return _drawn(node)
    if isinstance(node, Mapping):
        return _in_our_words(node)
    found = keys.get(len(node.items))
    if not found:
        return node
    return _of_parts(zip(found, node.items, strict=True), node.span)


def _of_parts(parts: Iterable[tuple[str, Node]], span: Span) -> Mapping:
    return Mapping(tuple((Scalar(key, span), part) for key, part in parts), span)


def _unbroken(node: Mapping) -> Scalar | Mapping:
    """Return an arrow with a phrase as one text: YAML takes what stands before the colon for a key."""
    if len(node.entries) == 1:
        ((key, value),) = node.entries
        if isinstance(value, Scalar) and _ARROW.search(key.value):
            return Scalar(f"{key.value}: {value.value}", key.span)
    return node


def _drawn(text: Scalar) -> Node:
    """Return a relation that is written as an arrow between names, its phrase within the arrow or behind a colon."""
    before, *behind = _ARROW.split(text.value, maxsplit=1)
    if not behind:
        return text
    target, _, after = behind[0].partition(":")
    source, _, within = before.rstrip(_LINE).partition(" -")  # a hyphen within a name has no space before it
    parts = {SOURCE: source, PHRASE: within.strip(f" []{_LINE}") or after, TARGET: target}
    said = ((key, part.strip()) for key, part in parts.items())
    return _of_parts(((key, Scalar(part, text.span)) for key, part in said if part), text.span)


def _told(node: Node, ends: Ends) -> Node:
    """Return a sentence that starts and ends with names of concepts as a relation; anything else as it is."""
    words = node.value.rstrip(".").split() if isinstance(node, Scalar) else []
    if not 1 < len(words) <= MOST_WORDS:
        return node
    parts = [" ".join(words[:end]) for end in range(len(words) - 1, 0, -1)]
    source = next((part for part in parts if _is_end(part, ends)), "")
    rest = words[len(source.split()) :]
    target = next((part for at in range(len(rest)) if _is_end(part := " ".join(rest[at:]), ends)), "")
    if not source or not target:
        return node
    phrase = " ".join(rest[: len(rest) - len(target.split())])
    said = ((SOURCE, source), (PHRASE, phrase), (TARGET, target))
    return _of_parts(((key, Scalar(part, node.span)) for key, part in said if part), node.span)


def _is_end(name: str, ends: Ends) -> bool:
    wanted = id_of(name)
    return name in ends.ids or wanted in ends.ids or len(ends.called.get(wanted, [])) == 1


def _in_our_words(relation: Mapping) -> Mapping:
    """Return a relation whose parts are called as they are here, where only other words for them are given."""
    given = {key.value for key, _ in relation.entries}
    named = ((_OTHER_WORDS.get(key.value, key.value), key, value) for key, value in relation.entries)
    entries = ((key if word in given else Scalar(word, key.span), value) for word, key, value in named)
    return Mapping(tuple(entries), relation.span)


def _between(relation: Node, ends: Ends) -> Node:
    """Return a relation whose ends are ids; where they are names of concepts too, the ids stand beside them."""

    def end(node: Node) -> Node:
        found = referred(node, ends)
        return Scalar(found.value, relation.span) if ends.undeclared and isinstance(found, Scalar) else found

    return changed(changed(relation, "source", end), "target", end)
