"""Maps of unusual sizes and scripts: each builds, fits, and loses nothing."""

import copy
import itertools
import re

import pytest

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.layout.slides.rings import window
from conceptdeck.values.diagnostics import Failure, OfText, Severity
from conceptdeck.values.languages import culture
from conceptdeck.values.story import Density
from support import decks as support
from support.audit import audited
from support.decks import (
    MAPS,
    THEMES,
    Built,
    beyond,
    build_map,
    lacking,
    overlaps,
    properties,
    shapes,
    titles,
    write_map,
)
from support.sized import sized_tree

LABEL = 40
"""Letters up to which a text counts as a label."""
NOUNS = [
    "Anchor", "Bridge", "Canvas", "Delta", "Ember", "Forest", "Garden", "Harbour", "Island", "Jungle", "Kernel",
    "Lantern", "Meadow", "Needle", "Orbit", "Prairie", "Quarry", "River", "Summit", "Temple",
]  # fmt: skip


def without(tree: dict, *keys: str) -> dict:
    return {key: value for key, value in tree.items() if key not in keys}


def shipped_tree() -> dict:
    """Return the shipped map without its pictures for articles, which are no part of a deck."""
    return without(support.shipped_tree(), "diagrams")


def concept(number: int) -> dict:
    noun = NOUNS[number]
    return {
        "name": f"{noun} concept",
        "tagline": f"Like a {noun.lower()}",
        "description": f"Simple characters make the {noun.lower()} easy to grasp. The form is basic; the idea not.",
        "examples": ["minecraft", "kling", "cosmos"],
        "meaning": f"World models inherit the question that the {noun.lower()} leaves open to them",
    }


def with_concepts(count: int) -> dict:
    """Return the shipped map with `count` concepts in its second layer, and nothing that refers to the old ones."""
    tree = shipped_tree()
    layer = tree["layers"]["items"]["surface"]
    layer["concepts"] = {f"concept-{n}": concept(n) for n in range(count)}
    return tree


def with_examples(count: int) -> dict:
    tree = shipped_tree()
    metaverse = tree["layers"]["items"]["past"]["concepts"]["metaverse"]
    metaverse["examples"] = list(tree["systems"])[:count]
    return tree if count else without_examples(tree, metaverse)


def without_examples(tree: dict, one: dict) -> dict:
    del one["examples"]
    return tree


def with_rows(count: int) -> dict:
    tree = shipped_tree()
    table = tree["tables"]["bridge"]
    model = table["rows"]["metaverse"]
    for number in range(count - len(table["rows"])):
        table["rows"][f"row-{number}"] = model | {"entry": f"{NOUNS[number]} worlds"}
    return tree


def with_lenses(count: int) -> dict:
    tree = shipped_tree()
    tree["lenses"] = {
        f"lens-{i}": {
            "name": f"{NOUNS[i % 20]} number {i}",
            "explains": f"How a thing like number {i} is used every day",
        }
        for i in range(count)
    }
    return tree


def with_connected(count: int) -> dict:
    tree = shipped_tree()
    tree["connects"] = {f"field-{i}": f"{NOUNS[i % 20]} research {i}" for i in range(count)}
    return tree


def with_steps(count: int) -> dict:
    tree = shipped_tree()
    items = list(tree["steps"]["items"].values())
    tree["steps"]["items"] = {
        f"step-{n}": items[n % 3]
        | {"name": f"{NOUNS[n]} worlds", "headline": f"The {NOUNS[n].lower()} made worlds familiar"}
        for n in range(count)
    }
    return tree


def with_layers(count: int) -> dict:
    tree = shipped_tree()
    layers = tree["layers"]["items"]
    for n in range(count - len(layers)):
        layers[f"layer-{n}"] = {
            "role": f"{NOUNS[n]} layer",
            "name": f"Worlds of the {NOUNS[n].lower()}",
            "summary": f"Worlds of the {NOUNS[n].lower()} lie between what we know and what comes next",
            "lead": "They are one more station on the way.",
            "concepts": {f"layer-{n}-concept": concept(n)},
        }
    return tree


def with_relations(count: int) -> dict:
    tree = shipped_tree()
    items = tree["relations"]["items"]
    model = items["metaverse"]
    spare = [c for layer in tree["layers"]["items"].values() for c in layer["concepts"] if c not in items]
    for n, target in enumerate(spare[: count - len(items)]):
        headline = f"The {NOUNS[n].lower()} is where world models may build roads and cities"
        items[f"more-{n}"] = without(model, "notes") | {"target": target, "headline": headline}
    return tree


def with_members(count: int) -> dict:
    tree = shipped_tree()
    every = [c for layer in tree["layers"]["items"].values() for c in layer["concepts"]]
    tree["categories"]["items"]["technical-capabilities"]["members"] = every[:count]
    return tree


def with_strata(count: int) -> dict:
    tree = shipped_tree()
    items = tree["strata"]["items"]
    for n in range(count - len(items)):
        holds = f"Whatever a {NOUNS[n].lower()} holds"
        items[f"level-{n}"] = {"name": NOUNS[n], "holds": holds, "does": "Adds one more level"}
    return tree


def with_aims(count: int) -> dict:
    tree = shipped_tree()
    every = [c for layer in tree["layers"]["items"].values() for c in layer["concepts"]]
    wants = "More of people’s lives in the digital world"
    tree["aims"]["items"] = {c: {"concept": c, "wants": wants} for c in every[:count]}
    return tree


def with_sources(count: int) -> dict:
    tree = shipped_tree()
    model = tree["sources"]["items"]["judy"]
    tree["sources"]["items"] = {
        f"source-{n}": model | {"title": f"The article of the {NOUNS[n].lower()}"} for n in range(count)
    }
    return tree


def only_the_sentence() -> dict:
    tree = shipped_tree()
    return {key: tree[key] for key in ("title", "core-sentence")}


OPTIONAL = (
    "steps",
    "tables",
    "categories",
    "relations",
    "strata",
    "aims",
    "conclusion",
    "closing",
    "sources",
    "cover",
)
CASES = {
    **{f"{n} concepts in a layer": lambda n=n: with_concepts(n) for n in (1, 2, 4, 5, 6, 14)},
    **{f"{n} examples of a concept": lambda n=n: with_examples(n) for n in (0, 1, 7, 12)},
    **{f"{n} familiar things": lambda n=n: with_lenses(n) for n in (1, 2, 7, 19)},
    **{f"{n} things connected": lambda n=n: with_connected(n) for n in (1, 2, 12, 45)},
    "nothing but what it connects": lambda: without(shipped_tree(), "lenses"),
    "nothing connected": lambda: without(shipped_tree(), "connects"),
    **{f"{n} steps": lambda n=n: with_steps(n) for n in (1, 2, 5, 7)},
    **{f"{n} relations": lambda n=n: with_relations(n) for n in (8, 12, 26)},
    **{f"{n} members of a category": lambda n=n: with_members(n) for n in (1, 8)},
    **{f"{n} levels": lambda n=n: with_strata(n) for n in (7, 9)},
    **{f"{n} aims": lambda n=n: with_aims(n) for n in (1, 15)},
    **{f"{n} sources": lambda n=n: with_sources(n) for n in (1, 12)},
    **{f"no {key}": lambda key=key: without(shipped_tree(), key) for key in OPTIONAL},
    "20 rows in the table": lambda: with_rows(20),
    "9 layers": lambda: with_layers(9),
    "none of the optional parts": lambda: without(shipped_tree(), *OPTIONAL),
    "only the core sentence": only_the_sentence,
}


def check(built: Built) -> None:
    """Check what must hold for every deck."""
    assert audited(built.path) == []
    assert [(frame.key, names) for frame in built.frames if (names := beyond(frame, built.theme))] == []
    assert [(frame.key, pairs) for frame in built.frames if (pairs := overlaps(frame, built.theme))] == []
    assert lacking(built) == []
    found = [title for name in built.package.slides for title in titles(built.package.xml(name))]
    assert len(set(found)) == len(found) == len(built.frames)
    for name in built.package.slides:
        ids = [properties(shape).get("id") for shape in shapes(built.package.xml(name))]
        assert len(set(ids)) == len(ids)


def split_titles(built: Built) -> dict[str, list[tuple[int, int]]]:
    """Return the titles that stand on several slides, with their parts."""
    found: dict[str, list[tuple[int, int]]] = {}
    for frame in built.frames:
        if parts := re.fullmatch(r"(.*) \((\d+)\sof\s(\d+)\)", frame.title):
            found.setdefault(parts[1], []).append((int(parts[2]), int(parts[3])))
    return found


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("case", CASES)
def test_a_map_of_unusual_size_makes_a_sound_deck(case, theme, tmp_path):
    built = build_map(write_map(tmp_path / "stress", CASES[case]()), theme, tmp_path / "out")
    check(built)
    for title, parts in split_titles(built).items():
        assert parts == [(n, len(parts)) for n in range(1, len(parts) + 1)], title


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("case", "part", "fewest"),
    [
        ("14 concepts in a layer", ("layers", "items", "surface", "summary"), 2),
        ("20 rows in the table", ("tables", "bridge", "title"), 2),
        ("7 steps", ("steps", "title"), 2),
        ("26 relations", ("relations", "title"), 2),
    ],
)
def test_what_is_too_much_for_a_slide_goes_on_numbered_ones(case, part, fewest, theme, tmp_path):
    tree = CASES[case]()
    built = build_map(write_map(tmp_path / "stress", tree), theme, tmp_path / "out")
    title = tree
    for key in part:
        title = title[key]
    assert len(split_titles(built).get(title, [])) >= fewest, [frame.title for frame in built.frames]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["bare", "chinese", "japanese", "one-sentence"])
def test_a_small_map_makes_a_sound_deck(name, theme, tmp_path):
    built = build_map(MAPS / name / "map.yaml", theme, tmp_path)
    check(built)
    slides = [built.package.xml(name) for name in built.package.slides]
    said = {each.get("lang") for slide in slides for each in slide.iter() if each.get("lang")}
    assert said - {"en-US"} == {culture(built.map.language)} - {"en-US"}, "Latin words among others are English"


# --- any number of each part ---------------------------------------------------------------------

SIZES = {
    "layers": (1, 2, 5, 12, 13, 25, 60),
    "steps": (1, 2, 4, 9),
    "levels": (1, 2, 8, 15),
    "categories": (1, 2, 5, 8),
    "relations": (1, 2, 8, 20),
    "columns": (1, 2, 6),
}


@pytest.mark.parametrize("density", list(Density), ids=lambda each: each.value)
@pytest.mark.parametrize("theme", ["atlas", "beacon"])
@pytest.mark.parametrize(("part", "count"), [(part, count) for part, counts in SIZES.items() for count in counts])
def test_any_number_of_a_part_is_laid_out_without_an_error(part, count, theme, density, tmp_path):
    path = write_map(tmp_path / "sized", sized_tree(**{part: count}))
    found = plan_deck(DeckJob(path, theme, density=density)).problems
    assert [each for each in found if each.severity is Severity.ERROR] == []


@pytest.mark.parametrize(("layers", "theme"), [(1, "atlas"), (25, "orbit")])
def test_a_deck_of_few_or_many_of_everything_is_sound(layers, theme, tmp_path):
    sizes = dict.fromkeys(("steps", "levels", "categories", "relations"), min(layers, 9))
    tree = sized_tree(layers=layers, columns=min(layers, 6), **sizes)
    check(build_map(write_map(tmp_path / "sized", tree), theme, tmp_path / "out"))


@pytest.mark.parametrize("count", [8, 9, 12, 60])
@pytest.mark.parametrize("slots", [5, 7, 9])
def test_a_window_has_the_ends_the_active_and_its_neighbours(count, slots):
    for active in range(1, count + 1):
        shown = window(count, active, slots)
        kept = [position for position in shown if position]
        assert len(shown) == min(count, slots)
        assert kept == sorted(set(kept))
        assert {1, active, count} <= set(kept)
        if slots > 5:
            assert {max(1, active - 1), min(count, active + 1)} <= set(kept)
        for before, after in itertools.pairwise(shown):  # what is left out is said, and only that
            assert before is None or after is None or after == before + 1
            assert before is not None or after is not None


# --- longer texts --------------------------------------------------------------------------------

SAME = {
    "language", "focus", "systems", "core-sentence", "source", "target", "type", "members", "examples", "concept",
    "line", "directed", "highlight", "icon", "file", "side",
}  # fmt: skip


def grown(node, grow, path=()):
    """Return the map with its texts grown; what refers to something stays."""
    if path and path[-1] in SAME:
        return copy.deepcopy(node)
    if isinstance(node, dict):
        return {key: grown(value, grow, (*path, key)) for key, value in node.items()}
    if isinstance(node, list):
        return list(node)
    return grow(node, path)


def budget(text: str) -> float:
    """Return how much wider a text of this length becomes in translation: design/promises.md, "How text grows"."""
    return next(factor for limit, factor in ((10, 2.0), (20, 1.6), (50, 1.5), (10**6, 1.4)) if len(text) <= limit)


def pad_to(text: str, length: int) -> str:
    """Return the text followed by its own words until it has about `length` letters."""
    words = text.split()
    made, index = text, 0
    while len(made) + len(words[index % len(words)]) < length:
        made += " " + words[index % len(words)]
        index += 1
    return made


@pytest.mark.parametrize("theme", THEMES)
def test_labels_three_times_as_long_are_set_or_refused_by_key_and_letters(theme, tmp_path):
    tree = grown(shipped_tree(), lambda text, path: " ".join([text] * 3) if len(text) <= LABEL else text)
    build_or_refuse(write_map(tmp_path / "stress", tree), theme, tmp_path / "out")


@pytest.mark.parametrize("theme", THEMES)
def test_labels_that_do_not_fit_at_three_times_their_length_are_the_only_ones_to_shorten(theme, tmp_path):
    """Build again without growing what was refused: nothing else stands in the way of the deck."""
    refused: set[str] = set()

    def thrice(text, path):
        return " ".join([text] * 3) if len(text) <= LABEL and key_of(path) not in refused else text

    for _ in range(12):
        tree = grown(shipped_tree(), thrice)
        found = build_or_refuse(write_map(tmp_path / "stress", tree), theme, tmp_path / "out")
        if not found:
            break
        assert not found & refused, f"refused although not grown: {found & refused}"
        refused |= found
    else:
        pytest.fail(f"still refused: {sorted(found)}")


def key_of(path: tuple[str, ...]) -> str:
    """Return the key of the text at a path in a map's file."""
    return ".".join(step for step in path if step != "items")


def build_or_refuse(path, theme, out) -> set[str]:
    """Build and check a deck, or return the keys of the texts that it refuses."""
    try:
        check(build_map(path, theme, out))
    except Failure as failure:
        assert not out.exists()
        keys = set()
        for each in failure.diagnostics:
            if each.severity.value != "error":
                continue
            assert each.code == "text-overflow", each
            assert each.span.line > 0, each
            assert isinstance(each.place, OfText), each
            assert re.search(r"(about \d+ letters|a letter) too (many|much) for its place|is too long", each.what), each
            keys.add(each.place.key)
        return keys
    return set()


@pytest.mark.parametrize("theme", THEMES)
def test_the_growth_of_translation_is_met_or_refused_text_by_text(theme, tmp_path):
    tree = grown(shipped_tree(), lambda text, path: pad_to(text, round(len(text) * budget(text))))
    refused = build_or_refuse(write_map(tmp_path / "stress", tree), theme, tmp_path / "out")
    assert len(refused) < 10, sorted(refused)
