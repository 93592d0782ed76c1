"""A map of any size in any of its parts, as a tree to be written: every text different, of the usual length."""

from __future__ import annotations

__all__ = ["sized_tree"]

NOUNS = (
    "anchor", "bridge", "canvas", "delta", "ember", "forest", "garden", "harbour", "island", "jungle", "kernel",
    "lantern", "meadow", "needle", "orbit", "prairie", "quarry", "river", "summit", "temple",
)  # fmt: skip


def sized_tree(
    *, layers: int = 3, steps: int = 0, levels: int = 0, categories: int = 0, relations: int = 0, columns: int = 0
) -> dict:
    """Return a map with that many of each part, and a concept in each layer; 0 leaves the part out."""
    tree = {
        "language": "en",
        "title": "A map of any size",
        "core-sentence": "A map says what is so. How much of it there is must not matter.",
        "focus": "goal",
        "systems": {f"system-{n}": {"name": f"The {noun} system"} for n, noun in enumerate(NOUNS[:3])},
        "concepts": {f"concept-{n}": _concept(n) for n in range(max(relations, levels, categories))},
        "layers": _layers(layers),
    }
    parts = {
        "steps": (steps, _steps),
        "tables": (columns, _tables),
        "categories": (categories, _categories),
        "relations": (relations, _relations),
        "strata": (levels, _strata),
    }
    return tree | {name: make(count) for name, (count, make) in parts.items() if count}


def _noun(number: int) -> str:
    """Return a word for a number: the same noun comes back with a number only after all have been used."""
    round_, index = divmod(number, len(NOUNS))
    return NOUNS[index] if not round_ else f"{NOUNS[index]} {round_ + 1}"


def _concept(number: int) -> dict:
    noun = _noun(number)
    return {"name": f"The {noun} outside", "description": f"A {noun} that stands outside all of the layers."}


def _layers(count: int) -> dict:
    items = {}
    for number in range(count):
        noun = _noun(number)
        goal = number == count - 1
        items[f"layer-{number}"] = {
            "role": f"Role of the {noun}",
            "name": f"Worlds of the {noun}",
            "summary": f"What the {noun} holds comes before the next station",
            "lead": f"The {noun} is one more station on the way.",
            "concepts": {
                "goal" if goal else f"inner-{number}": {
                    "name": f"The {noun} concept",
                    "tagline": f"Like a {noun}",
                    "description": f"It makes the {noun} easy to grasp. The form is basic; the idea is not.",
                    "examples": ["system-0", "system-1"],
                    "meaning": f"The {noun} leaves one question open",
                }
            },
        }
    return {"title": "The layers lead from what people know to what comes next", "items": items}


def _steps(count: int) -> dict:
    items = {
        f"step-{n}": {
            "name": f"Step of the {_noun(n)}",
            "headline": f"The {_noun(n)} made worlds familiar",
            "detail": f"What people learned of the {_noun(n)} needs no explanation any more.",
        }
        for n in range(count)
    }
    return {"title": "The steps lead from worlds people know to worlds they enter", "items": items}


def _tables(columns: int) -> dict:
    names = {f"column-{n}": f"Column of the {_noun(n)}" for n in range(columns)}
    rows = {
        f"row-{row}": {f"column-{n}": f"What the {_noun(row)} has of the {_noun(n)}" for n in range(columns)}
        for row in range(5)
    }
    return {"matrix": {"title": "Every row has something of every column", "columns": names, "rows": rows}}


def _categories(count: int) -> dict:
    items = {
        f"category-{n}": {
            "name": f"Kind of {_noun(n)}",
            "question": f"Who owns what the {_noun(n)} brings about?",
            "members": [f"concept-{n}"],
        }
        for n in range(count)
    }
    return {"title": "Every kind of concept answers a question of its own", "items": items}


def _relations(count: int) -> dict:
    items = {
        f"relation-{n}": {
            "source": "goal",
            "target": f"concept-{n}",
            "type": "uses",
            "phrase": "builds on",
            "role": "One of many",
            "headline": f"The {_noun(n)} is where the goal may build its roads",
            "core": f"The {_noun(n)} is where people meet, trade and build.",
            "adds": f"The goal generates the {_noun(n)} from a text.",
        }
        for n in range(count)
    }
    labels = {"core": "What it is", "limit": "Its limit", "adds": "What is new", "evidence": "Keep in mind"}
    types = {"uses": {"name": "Uses"}}
    return {"title": "The goal has a relation to each of them", "labels": labels, "types": types, "items": items}


def _strata(count: int) -> dict:
    items = {
        f"level-{n}": {
            "name": f"Level {n + 1}",
            "members": ["goal" if n == count // 2 else f"concept-{n}"],
            "does": f"Carries what the {_noun(n)} needs",
        }
        for n in range(count)
    }
    return {"title": "Every level rests on the one below it", "items": items}
