"""The files that people write: for each its schema, and texts that show each of its keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from conceptdeck.values.value import frozen

if TYPE_CHECKING:
    from conceptdeck.reading.reference import Key
    from conceptdeck.reading.source import Node

__all__ = ["FILES", "WORDS", "File", "example", "examples_of", "keys_of", "schema_of"]

WORDS = "words"
FOR_TALKS = ("talk",)  # a theme within a theme: its keys are those of the theme


@frozen
class File:
    """A kind of file: what it is, where it is, the source of its schema, and the names of its examples."""

    title: str
    where: str
    about: str
    examples: tuple[str, ...]
    syntax: str = "yaml"


FILES: Mapping[str, File] = {
    "map": File("Maps", "data/NAME/map.yaml", "what is told: concepts, how they relate, and all else", ("map.yaml",)),
    "stories": File(
        "Stories", "stories.yaml", "which slides are shown, in which order, for how long", ("stories.yaml",)
    ),
    "theme": File(
        "Themes", "themes/NAME.yaml", "how slides and diagrams look", ("theme.yaml", "base.yaml", "template.yaml")
    ),
    "glossary": File(
        "Glossaries", "data/NAME/glossary/TAG.yaml", "how terms of a map are translated", ("glossary.yaml",)
    ),
    "project": File(
        "The project", "conceptdeck.toml", "what holds for every command", ("conceptdeck.toml",), syntax="toml"
    ),
    WORDS: File(
        "The program's own words", "data/terms/TAG.po", "words that no map says, in other languages", ("de.po",), "po"
    ),
}


def schema_of(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file."""
    return _schemas()[kind]()


def _schemas() -> Mapping[str, Callable[[], dict[str, Any]]]:
    from conceptdeck.building.settings import settings_schema
    from conceptdeck.reading import json_schema
    from conceptdeck.translation.glossary import glossary_schema
    from conceptdeck.workspace import places

    return {
        "map": json_schema.map_schema,
        "stories": json_schema.stories_schema,
        "theme": lambda: json_schema.theme_schema(places.theme_base()),
        "glossary": glossary_schema,
        "project": settings_schema,
    }


@cache
def keys_of(kind: str) -> tuple[Key, ...]:
    """Return the keys of a kind of file; those of a theme with what the shipped base says."""
    from conceptdeck.reading.reference import Key, every_key, filled
    from conceptdeck.reading.source import parse
    from conceptdeck.translation.words import term_key
    from conceptdeck.values.terms import SEVERAL, Term
    from conceptdeck.workspace import places

    if kind == WORDS:
        return tuple(
            Key((term_key(term),), f"“{term.value}”", "a text for each number" if term in SEVERAL else "a text")
            for term in Term
        )
    found = every_key(schema_of(kind), (FOR_TALKS,))
    if kind == "theme":
        base = places.theme_base().text
        tree, _ = parse(base, "")
        assert tree is not None  # it is shipped
        return tuple(filled(found, tree, base))
    return found


@cache
def examples_of(kind: str) -> tuple[str, ...]:
    """Return the texts that show the keys of a kind of file."""
    from conceptdeck.workspace import disk, places

    def text(name: str) -> str:
        if name == "base.yaml":
            return places.theme_base().text
        folder = "translation/terms" if kind == WORDS else "reading/examples"
        return disk.read_bytes(places.PACKAGE / folder / name).decode("utf-8")

    return tuple(map(text, FILES[kind].examples))


def example(kind: str, key: Key) -> str:
    """Return lines of a file that show a key; empty if no example has it."""
    from conceptdeck.reading.reference import excerpt

    if kind == WORDS:
        blocks = (block for text in examples_of(kind) for block in text.split("\n\n"))
        return next((block.strip() for block in blocks if block.startswith(f'msgctxt "{key.dotted}"\n')), "")
    return next((found for text, tree in _trees(kind) if (found := excerpt(tree, text, key))), "")


@cache
def _trees(kind: str) -> tuple[tuple[str, Node], ...]:
    """Return the examples of a kind of file, as text and as trees."""
    from conceptdeck.reading.source import parse
    from conceptdeck.reading.toml import parse_toml

    read = parse_toml if FILES[kind].syntax == "toml" else parse
    return tuple((text, tree) for text in examples_of(kind) if (tree := read(text, "")[0]) is not None)
