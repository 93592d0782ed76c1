"""Relation slides of any graph: each builds, nothing is in the way of anything, and all connectors are glued."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from support.decks import build_map, text_of, write_map
from support.drawn import faults, named, routes_of, sheet_of
from support.graphs import Drawn, relation_slides

WORDS = {
    "en": ["soil", "earthworm", "fallen leaf", "mycorrhizal fungus", "rain", "root hair", "bark beetle", "clover"],
    "de": ["Boden", "Regenwurm", "Laub", "Bodenfruchtbarkeit", "Regen", "Wurzelhaar", "Borkenkäfer", "Klee"],
    "fr": ["le sol", "ver de terre", "feuille morte", "champignon", "la pluie", "racine", "scolyte", "trèfle"],
    "es": ["suelo", "lombriz", "hojarasca", "hongo micorrícico", "lluvia", "raíz", "escarabajo", "trébol"],
    "ja": ["土", "ミミズ", "落ち葉", "菌根菌", "雨水", "根毛", "キクイムシ", "シロツメクサ"],
    "zh-Hans": ["土壤", "蚯蚓", "落叶", "菌根真菌", "雨水", "根毛", "树皮甲虫", "三叶草"],
    "ar": ["التربة", "دودة الأرض", "الورق المتساقط", "فطر جذري", "المطر", "شعيرة", "خنفساء", "برسيم"],
}
PHRASES = {
    "en": ["feeds", "is part of", "cannot live without", "may slowly turn into"],
    "de": ["nährt", "ist Teil von", "lebt nicht ohne", "wird mit der Zeit"],
    "fr": ["nourrit", "fait partie de", "ne vit pas sans", "devient peu à peu"],
    "es": ["nutre", "es parte de", "no vive sin", "se vuelve poco a"],
    "ja": ["養う", "の一部である", "なしでは生きられない", "やがて変わる"],
    "zh-Hans": ["滋养", "属于", "离不开", "慢慢变成"],
    "ar": ["تغذي", "جزء من", "لا تعيش بدون", "تتحول ببطء إلى"],
}
Relation = tuple[int, int, int]
"""The numbers of two concepts, and that of a phrase; one beyond the last phrase stands for none."""


def garden(relations: list[Relation], language: str = "en", focus: int | None = None) -> dict:
    """Return a map whose relations join numbered concepts."""
    words, phrases = WORDS[language], PHRASES[language]
    used = sorted({end for tail, head, _ in relations for end in (tail, head)})
    names = {f"c{n}": f"{words[n % len(words)]} {n // len(words) + 1}" for n in used}
    items = {}
    for at, (tail, head, phrase) in enumerate(relations):
        said = {"phrase": phrases[phrase]} if phrase < len(phrases) else {}
        items[f"r{at}"] = {"source": f"c{tail}", "target": f"c{head}", **said}
    tree = {
        "language": language,
        "title": words[0],
        "core-sentence": words[1],
        "concepts": {id_: {"name": name} for id_, name in names.items()},
        "relations": {"title": words[2], "items": items},
    }
    return tree | ({"focus": f"c{focus}"} if focus in used else {})


def drawn(tree: dict, folder) -> list[Drawn]:
    """Return the relation slides of a map as they stand in its deck."""
    return relation_slides(build_map(write_map(folder / "garden", tree), "atlas", folder / "out"))


GRAPHS = {
    "one-relation": [(0, 1, 0)],
    "a-triangle": [(0, 1, 0), (1, 2, 1), (0, 2, 2)],
    "a-circle": [(0, 1, 0), (1, 2, 0), (2, 0, 2)],
    "there-and-back": [(0, 1, 0), (1, 0, 1)],
    "two-phrases-for-one-pair": [(0, 1, 0), (0, 1, 1)],
    "the-same-twice": [(0, 1, 0), (0, 1, 4)],
    "all-with-all": [(a, b, 0) for a in range(4) for b in range(a + 1, 4)],
    "branches-that-cross": [(0, 1, 0), (0, 2, 1), (1, 3, 0), (2, 3, 1), (1, 4, 0), (2, 4, 1), (3, 5, 0), (0, 5, 3)],
    "a-chain": [(n, n + 1, n % 4) for n in range(4)],
    "several-parts": [(0, 1, 0), (2, 3, 1), (4, 5, 4)],
    "a-concept-with-itself": [(0, 0, 1), (0, 1, 2)],
    "nothing-but-a-loop": [(0, 0, 0)],
    "five-loops-on-one-concept": [(0, 0, n) for n in range(5)],
    "without-phrases": [(0, 1, 4), (1, 2, 4), (0, 2, 4), (2, 2, 4)],
    "a-hub": [(0, n, n % 4) for n in range(1, 6)],
}


@pytest.mark.parametrize("direction", ["en", "ar"])
@pytest.mark.parametrize("name", GRAPHS)
def test_a_small_graph_of_any_form_is_drawn_on_one_slide_with_nothing_in_the_way(name, direction, tmp_path):
    (slide,) = drawn(garden(GRAPHS[name], direction, focus=0), tmp_path)
    assert slide.faults() == []
    told = [f"relations.r{at}" for at in range(len(GRAPHS[name]))]
    heads = [edge.name for edge in slide.edges if edge.arrow]
    assert sorted({".".join(name.split(".")[:2]) for name in heads}) == sorted(told)


def test_each_half_of_an_edge_leads_to_its_phrase_and_on_from_there(tmp_path):
    (slide,) = drawn(garden(GRAPHS["a-circle"]), tmp_path)
    soil, worm, leaf = "soil 1", "earthworm 1", "fallen leaf 1"
    halves = [
        (soil, "feeds"), ("feeds", worm), (worm, "feeds"), ("feeds", leaf),
        (leaf, "cannot live without"), ("cannot live without", soil),
    ]  # fmt: skip
    assert slide.joined() == sorted(halves)


def test_an_edge_without_a_phrase_leads_straight_from_concept_to_concept(tmp_path):
    (slide,) = drawn(garden([(0, 1, 4)]), tmp_path)
    assert slide.joined() == [("soil 1", "earthworm 1")]


def test_sixty_relations_are_parted_so_that_each_slide_shows_many_and_says_where_concepts_stand_else(tmp_path):
    relations = [(n // 5, 12 + n, n % 4) for n in range(55)] + [(n, n + 1, 0) for n in range(5)]
    slides = drawn(garden(relations), tmp_path)
    assert [slide.faults() for slide in slides] == [[] for _ in slides]
    shown = [len({edge.name.split(".")[1] for edge in slide.edges}) for slide in slides]
    assert sum(shown) == len(relations)
    assert min(shown) >= 4
    seen: dict[str, list[int]] = {}
    for number, slide in enumerate(slides, start=1):
        for id_ in slide.boxes:
            seen.setdefault(text_of(slide.by_id[id_]).partition("\n")[0], []).append(number)
    for number, slide in enumerate(slides, start=1):
        for id_ in slide.boxes:
            name, _, rest = text_of(slide.by_id[id_]).partition("\n")
            others = ", ".join(str(other) for other in seen[name] if other != number)
            if name not in PHRASES["en"]:
                assert rest == (f"see part {others}" if others else ""), name
                assert (text_of(slide.by_id[id_]) in slide.links()) == bool(others)


any_graph = st.integers(2, 40).flatmap(
    lambda count: st.lists(
        st.tuples(st.integers(0, count - 1), st.integers(0, count - 1), st.integers(0, 4)), min_size=1, max_size=60
    )
)


@settings(max_examples=14, derandomize=True, database=None)
@given(relations=any_graph, language=st.sampled_from(sorted(WORDS)), focus=st.none() | st.integers(0, 39))
@example(relations=[(0, n, 0) for n in range(1, 41)], language="de", focus=0)
@example(relations=[(n, n, n % 5) for n in range(12)], language="en", focus=None)
@example(relations=[(a, b, 3) for a in range(7) for b in range(7)], language="ar", focus=3)
def test_any_graph_in_any_language_is_drawn_with_nothing_in_the_way(tmp_path_factory, relations, language, focus):
    slides = drawn(garden(relations, language, focus), tmp_path_factory.mktemp("graph"))
    assert [slide.faults() for slide in slides] == [[] for _ in slides]
    shown = {edge.name.split(".")[1] for slide in slides for edge in slide.edges}
    assert shown == {f"r{at}" for at in range(len(relations))}


# --- the same graphs as pictures for articles ------------------------------------------------------------------


def pictured(tree: dict, folder) -> list[str]:
    """Return what is in the way of anything in the picture of a map's relations."""
    sheet = sheet_of(write_map(folder / "garden", tree))
    drawing = named(sheet, "relations")
    told = {edge.partition(".on")[0].partition(".from")[0] for edge in (route.name for route in routes_of(drawing))}
    assert told == {f"relations.{id_}" for id_ in tree["relations"]["items"]}
    return [*faults(drawing, sheet.theme)]


@pytest.mark.parametrize("name", GRAPHS)
def test_a_small_graph_of_any_form_is_a_picture_with_nothing_in_the_way(name, tmp_path):
    assert pictured(garden(GRAPHS[name], focus=0), tmp_path) == []


@settings(max_examples=8, derandomize=True, database=None)
@given(relations=any_graph, language=st.sampled_from(sorted(WORDS)))
def test_any_graph_is_a_picture_with_nothing_in_the_way(tmp_path_factory, relations, language):
    assert pictured(garden(relations, language), tmp_path_factory.mktemp("picture")) == []
