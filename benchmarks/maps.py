"""Maps of any size, as YAML text: what the benchmarks and the tests of bounds build."""

from __future__ import annotations

import random
from collections.abc import Sequence

__all__ = ["deck_map", "joined_map", "layered_map", "related_map"]

WORDS = ("bridge", "canvas", "forest", "garden", "harbour", "island", "lantern", "meadow", "orbit", "river", "summit")
TABLE_ROWS = 6


def layered_map(layers: int, concepts: int, *, notes: bool = True, table: bool = True) -> str:
    """Return a map with `layers` layers of `concepts` concepts each, every text different."""
    lines = [
        "language: en",
        "title: A map of many concepts",
        "subtitle: As large as the measurement needs",
        "core-sentence: Every concept of this map is here to be measured, laid out and written.",
        "systems:",
        *(f"  system-{n}: {{name: The {word} system}}" for n, word in enumerate(WORDS)),
        "layers:",
        "  title: The layers lead from the first concept to the last",
        "  notes: This is the route through the map.",
        "  items:",
    ]
    for layer in range(layers):
        lines += _layer(layer, concepts, notes=notes)
    if table:
        lines += _table()
    lines += ["conclusion:", "  title: A large map is made of many small ones", ""]
    return "\n".join(lines)


def deck_map(slides: int) -> str:
    """Return a map whose deck has about `slides` slides: six layers, recaps of eight, a table."""
    concepts = max(1, round((slides - 5 - 6) / 6 / 1.125))
    return layered_map(6, concepts)


def related_map(concepts: int, relations: int) -> str:
    """Return a map of related concepts: pairs if there are half as many relations, a star if one less, else any."""
    choose = random.Random(concepts * relations)
    if relations * 2 == concepts:
        ends = [(2 * n, 2 * n + 1) for n in range(relations)]
    elif relations == concepts - 1:
        ends = [(0, n) for n in range(1, concepts)]
    else:
        ends = [(choose.randrange(concepts), choose.randrange(concepts)) for _ in range(relations)]
    return joined_map(ends)


def joined_map(ends: Sequence[tuple[int, int]]) -> str:
    """Return a map of concepts that are numbered, with a relation for each pair of numbers."""
    known = sorted({number for pair in ends for number in pair})
    lines = [
        "language: en",
        "title: A map of many relations",
        "core-sentence: Every relation of this map is here to be drawn.",
        "concepts:",
        *(f"  c{n}: {{name: {WORDS[n % len(WORDS)]} {n}}}" for n in known),
        "relations:",
        "  title: What leads to what",
        "  items:",
        *(f"    r{at}: {{source: c{a}, target: c{b}, phrase: leads to}}" for at, (a, b) in enumerate(ends)),
        "",
    ]
    return "\n".join(lines)


def _layer(number: int, concepts: int, *, notes: bool) -> list[str]:
    word = WORDS[number % len(WORDS)]
    lines = [
        f"    layer-{number}:",
        f"      role: Layer {number}",
        f"      name: Worlds of the {word}",
        f"      summary: Layer {number} holds what a {word} needs before the next one can start",
        "      lead: They are one more station on the way.",
        "      concepts:",
    ]
    for index in range(concepts):
        lines += _concept(f"{number}-{index}", WORDS[(number + index) % len(WORDS)], index, notes=notes)
    return lines


def _concept(id_: str, word: str, index: int, *, notes: bool) -> list[str]:
    examples = ", ".join(f"system-{(index + step) % len(WORDS)}" for step in range(3))
    said = [
        "          notes: >-",
        f"            Concept {id_} stands between two others. It takes over what the one before it has learned,",
        f"            and hands the {word} on to the next. Say this in your own words, and give an example.",
    ]
    return [
        f"        concept-{id_}:",
        f"          name: The {word} {id_}",
        f"          tagline: Like a {word}",
        f"          description: Simple things make the {word} easy to grasp. Its form is basic; its idea is not.",
        f"          examples: [{examples}]",
        f"          meaning: The {word} of {id_} leaves a question open",
        *(said if notes else []),
    ]


def _table() -> list[str]:
    rows = [
        f"      row-{n}: {{what: The {WORDS[n]}, form: Known from long ago, leads: To the next row}}"
        for n in range(TABLE_ROWS)
    ]
    return [
        "tables:",
        "  bridge:",
        "    title: Each row of the table is one step further",
        "    columns: {what: What it is, form: Known form, leads: Where it leads}",
        "    rows:",
        *rows,
    ]
