"""Large maps as people really have them: a landscape, a radar, a glossary. The same numbers give the same map."""

from __future__ import annotations

from random import Random
from typing import Any

__all__ = ["glossary", "landscape", "radar"]

FIRST = (
    "amber", "north", "open", "silver", "river", "cloud", "stone", "quick", "bright", "small", "iron", "paper", "green",
    "deep", "salt", "winter", "copper", "plain", "second", "distant",
)  # fmt: skip
LAST = (
    "ledger", "harbour", "queue", "mesh", "lantern", "vault", "stream", "anchor", "sketch", "compass", "bridge",
    "orchard", "signal", "thread", "beacon", "cargo", "kiln", "loom", "quarry", "relay", "scale", "tiller",
)  # fmt: skip
TAILS = ("", "", "", "", "", "io", "DB", "for teams", "Open Source Edition", "(preview)")
STATES = {"graduated": "Graduated", "incubating": "Incubating", "sandbox": "Sandbox", "archived": "Archived"}
RINGS = {"adopt": "Adopt", "trial": "Trial", "assess": "Assess", "hold": "Hold"}
SENTENCE = "it keeps what came in until somebody asks for it, and tells who wrote it last"


def landscape(entries: int = 2413, subgroups: int = 80, groups: int = 15) -> dict[str, Any]:
    """Return a landscape as a tree: entries with names of one to four words, most with a link, some with attributes."""
    random = Random(11)
    sizes = [entries // subgroups + (at < entries % subgroups) for at in range(subgroups)]
    for at in range(0, subgroups - 1, 2):  # some parts are much larger than others
        moved = random.randrange(sizes[at] - 2)
        sizes[at], sizes[at + 1] = sizes[at] - moved, sizes[at + 1] + moved
    names = _names(random)
    items: dict[str, Any] = {}
    for at in range(groups):
        own = range(at * subgroups // groups, (at + 1) * subgroups // groups)
        parts = {
            f"part-{part}": {
                "name": next(names).title(),
                "concepts": {f"entry-{part}-{each}": _entry(random, next(names), each) for each in range(sizes[part])},
            }
            for part in own
        }
        name = f"{random.choice(FIRST).title()} {LAST[at % len(LAST)].title()} & {random.choice(LAST).title()}"
        items[f"group-{at}"] = {"name": name, "groups": parts}
    return {
        "title": "A landscape of tools",
        "core-sentence": "Many tools stand beside each other, and none comes first.",
        "attributes": {"state": {"name": "Maturity", "values": STATES}, "stars": {"name": "Stars"}},
        "groups": {"title": "All tools by what they are for", "items": items},
    }


def _entry(random: Random, name: str, each: int) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name}
    if random.random() < 0.2:
        found["attributes"] = {"state": random.choice(list(STATES))}
        found["attributes"] |= {"stars": f"{random.randrange(10, 9000) / 10:g}"} if random.random() < 0.5 else {}
    return found


def _names(random: Random) -> Any:
    """Yield names of one to four words, no two the same."""
    seen: set[str] = set()
    while True:
        words = [random.choice(FIRST).title()] if random.random() < 0.8 else []
        words += [random.choice(LAST).title()]
        words += [random.choice(LAST).title()] if random.random() < 0.3 else []
        name = "".join(words) if random.random() < 0.3 else " ".join(words)
        name = f"{name} {random.choice(TAILS)}".strip()
        if name not in seen:
            seen.add(name)
            yield name


def radar(entries: int = 81) -> dict[str, Any]:
    """Return a radar: entries in four groups, each with its ring."""
    random, names = Random(12), _names(Random(13))
    groups = ("Techniques", "Tools", "Platforms", "Languages")
    return {
        "title": "A technology radar",
        "core-sentence": "What to use, to try, to watch and to leave.",
        "attributes": {"ring": {"name": "Ring", "values": RINGS}},
        "groups": {
            "title": "Four quadrants",
            "items": {
                group.lower(): {
                    "name": group,
                    "concepts": {
                        f"{group.lower()}-{each}": {
                            "name": next(names), "attributes": {"ring": random.choice(list(RINGS))}
                        }
                        for each in range(at, entries, len(groups))
                    },
                }
                for at, group in enumerate(groups)
            },
        },
    }  # fmt: skip


def glossary(terms: int = 77, *, alphabetical: bool = False) -> dict[str, Any]:
    """Return a glossary: terms with a definition of one to four clauses, in no groups or one for each letter."""
    random, names = Random(14), _names(Random(15))
    clauses = SENTENCE.split(", and ")
    found = {
        f"term-{at}": {
            "name": name,
            "description": f"{name.split()[0]}: {', '.join(random.choices(clauses, k=random.randint(1, 4)))}.",
        }
        for at, name in zip(range(terms), names, strict=False)
    }
    head = {"title": "A glossary", "core-sentence": "Words that the whole house uses."}
    if not alphabetical:
        return head | {"concepts": found}
    letters: dict[str, dict[str, Any]] = {}
    for key, term in sorted(found.items(), key=lambda pair: str(pair[1]["name"])):
        letters.setdefault(str(term["name"])[0], {})[key] = term
    items = {letter.lower(): {"name": letter, "concepts": own} for letter, own in letters.items()}
    return head | {"groups": {"items": items}}
