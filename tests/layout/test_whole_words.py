"""Words stay whole where the program can make room: hubs grow, boxes of graphs are wider, stairs are less steep."""

from __future__ import annotations

from itertools import pairwise

import pytest

from conceptdeck.building.deck import DeckJob, Plan, plan_deck
from conceptdeck.building.diagrams import DiagramsJob, plan_diagrams
from conceptdeck.values.frame import Frame, Shape
from conceptdeck.values.items import is_title
from conceptdeck.workspace import places
from conceptdeck.workspace.loading import read_theme
from support.decks import write_map

TITLE, LONG, SHORT = "道具の話", "ティーポットウォーマー", "急須"


def planned(folder, theme, tree) -> Plan:
    """Return the deck of a map in Japanese."""
    head = {"language": "ja", "title": TITLE, "core-sentence": "道具があります。"}
    return plan_deck(DeckJob(write_map(folder / "tea", head | tree), theme))


def shape(frame: Frame, text: str) -> Shape:
    """Return the shape beside the title that says a text first."""
    shapes = (item for item in frame.items if isinstance(item, Shape) and item.text and not is_title(item))
    return next(item for item in shapes if item.text.paragraphs[0].text.replace("\n", "") == text)


@pytest.mark.parametrize("theme", places.themes())
def test_a_hub_grows_for_a_word_that_it_would_break(theme, tmp_path):
    systems = {f"s{n}": {"name": f"例{n}"} for n in range(3)}
    concepts = {
        key: {
            "name": name,
            "description": "温かさを保つ。",
            "meaning": f"{name}は大切だ",
            "examples": [*systems],
            "link": "https://example.org/",
        }
        for key, name in (("long", LONG), ("short", SHORT))
    }
    layers = {"title": "部屋", "items": {"one": {"name": "台所", "concepts": concepts}}}
    plan = planned(tmp_path, theme, {"systems": systems, "layers": layers})
    frames = [next(frame for frame in plan.frames if frame.key.endswith(f".{key}")) for key in ("long", "short")]
    hubs = [item for frame in frames for item in frame.items if isinstance(item, Shape) and item.place == "hub"]
    long, short = hubs
    assert short.box == plan.theme.layouts["concept"].boxes["hub"]
    assert long.box == plan.theme.layouts["concept"].boxes["wide-hub"]
    assert long.text.paragraphs[0].lines == (LONG,)
    others = [item for item in frames[0].items if isinstance(item, Shape) and item is not long and item.text]
    assert len(others) > len(systems)
    assert not any(long.box.overlaps(other.box) for other in others)


@pytest.mark.parametrize("theme", places.themes())
def test_a_box_of_relations_is_wider_than_the_others_for_its_word_and_the_letters_stay_large(theme, tmp_path):
    names = {"hub": SHORT, "long": "シミュレーションデータ基盤", "a": "お茶", "b": "水", "c": "時間"}
    items = {
        f"r{at}": {"source": one, "target": other, "phrase": phrase}
        for at, (one, phrase, other) in enumerate(
            [("long", "先駆けとなる", "hub"), ("a", "要素となる", "hub"), ("hub", "別の層", "b"), ("hub", "担う", "c")]
        )
    }
    concepts = {key: {"name": name, "description": f"{name}のこと。"} for key, name in names.items()}
    plan = planned(
        tmp_path, theme, {"focus": "hub", "concepts": concepts, "relations": {"title": "関係", "items": items}}
    )
    frame = next(each for each in plan.frames if each.layout == "diagram")
    long, other = shape(frame, names["long"]), shape(frame, names["b"])
    calm = plan.theme.layouts["diagram"].numbers["calm-size"]
    assert long.text.paragraphs[0].runs[0].size >= calm
    assert not any(line.endswith("シミュレー") for line in long.text.paragraphs[0].lines)
    assert long.box.w > other.box.w


STEPS = [
    ("Die Adresse sagt, wen man fragen muss", "Schema, Host und Pfad benennen genau eine Ressource."),
    ("Jede Anfrage bekommt ihre Antwort", "Der Browser fragt, der Server schickt den Text."),
    ("Aus dem Markup wird ein großer Baum", "Tags werden zu Knoten, die Styles und Skripte finden."),
    ("Der Baum wird gezeichnet, immer wieder", "Nach jeder Änderung am Baum wird das Bild neu berechnet."),
]


@pytest.mark.parametrize("theme", places.themes())
def test_stairs_are_less_steep_rather_than_on_two_slides(theme, tmp_path):
    items = {
        f"step{n}": {"name": f"Schritt {n}", "headline": head, "detail": detail}
        for n, (head, detail) in enumerate(STEPS, start=1)
    }
    tree = {"language": "de", "steps": {"title": "In vier Schritten", "items": items}}
    few = {"steps": {"title": "Kurz", "items": {key: {"name": each["name"]} for key, each in items.items()}}}
    steep, flat = (
        [frame for frame in planned(tmp_path / str(at), theme, some).frames if frame.layout == "steps"]
        for at, some in enumerate((tree | few, tree))
    )
    assert (len(steep), len(flat)) == (1, 1)

    def rises(frame: Frame) -> set[int]:
        tops = sorted(item.box.y for item in frame.items if isinstance(item, Shape) and item.name.endswith(".panel"))
        return {below - above for above, below in pairwise(tops)}

    layout = read_theme(theme).layouts["steps"]
    assert rises(steep[0]) == {layout.length("rise")}
    assert layout.length("least-rise") <= max(rises(flat[0])) < layout.length("rise")


def sheet(folder, tree, **more):
    """Return the pictures of a map in English."""
    head = {"language": "en", "title": "Trade", "core-sentence": "Trade joins."}
    return plan_diagrams(DiagramsJob(write_map(folder / "trade", head | tree), **more))


def test_a_node_of_a_picture_is_wider_than_the_others_before_its_word_is_broken(tmp_path):
    names = {"hub": "Trade", "long": "Internationalisation", "a": "Tea", "b": "Ships", "c": "Time"}
    items = [["long", "shapes", "hub"], ["a", "feeds", "hub"], ["hub", "needs", "b"], ["hub", "takes", "c"]]
    tree = {
        "focus": "hub",
        "concepts": {key: {"name": name, "description": "It is."} for key, name in names.items()},
        "relations": {"title": "Who needs whom", "items": items},
        "diagrams": {"trade": {"kind": "relations", "title": "Who needs whom", "direction": "right"}},
    }
    drawn = sheet(tmp_path, tree)
    (drawing,) = drawn.drawings
    shapes = {item.text.text: item for item in drawing.items if isinstance(item, Shape) and item.text}
    assert shapes[names["long"]].text.paragraphs[0].lines == (names["long"],)
    assert shapes[names["long"]].box.w > shapes[names["a"]].box.w
    assert not drawn.problems


def test_a_flow_has_fewer_concepts_side_by_side_rather_than_broken_words(tmp_path):
    words = ("Internationalisation", "Institutionalisation", "Conceptualisation")
    concepts = {f"c{n}": {"name": word, "description": "It is."} for n, word in enumerate(words)}
    tree = {
        "layers": {"title": "Rooms", "items": {"one": {"name": "Room", "concepts": concepts}}},
        "diagrams": {"flow": {"kind": "flow", "title": "Rooms"}},
    }
    drawn = sheet(tmp_path, tree, width=420)
    (drawing,) = drawn.drawings
    shown = [item for item in drawing.items if isinstance(item, Shape) and item.text and item.text.text in words]
    assert len(shown) == len(words)
    assert all(item.text.paragraphs[0].lines == (item.text.text,) for item in shown)
