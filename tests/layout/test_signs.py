"""Signs on slides: the same for an element wherever its name is, never without it, and never at the cost of letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import yaml

from conceptdeck.building.deck import font_book
from conceptdeck.building.diagrams import Sheet
from conceptdeck.checks.frames import check_frames
from conceptdeck.values.frame import Frame, Shape, Sign
from conceptdeck.values.items import bodies, box_of
from support.decks import SHIPPED, Built, build_map
from support.drawn import named, sheet_of
from support.pictures import theme

NEAR = 1.8 * 914_400  # EMU; most are beside the name, some at the head of what has it, such as a step
UNNAMED = "cover"  # the map as a whole, at first glance: its names come with the slides after it
TOOLS = {
    "title": "Tools",
    "concepts": {
        "editor": {"name": "Editor", "description": "Where we write.", "icon": "pencil"},
        "linter": {"name": "Linter", "description": "What reads along.", "icon": "search-check"},
        "tests": {"name": "Tests", "description": "What runs along."},
    },
    "groups": {
        "items": {
            "writing": {"name": "Writing", "icon": "feather", "concepts": ["editor"]},
            "checking": {
                "name": "Checking",
                "icon": "shield-check",
                "groups": {"early": {"name": "Early", "icon": "sunrise", "concepts": ["linter", "tests"]}},
            },
        }
    },
    "relations": [["editor", "calls", "linter"], ["linter", "feeds", "tests"]],
    "aims": {"items": {"speed": {"concept": "editor", "wants": "To be quick"}}},
}


def built(tmp_path: Path, tree: dict) -> Built:
    path = tmp_path / "data" / "tools" / "map.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(tree, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return build_map(path, "atlas", tmp_path / "out")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> Built:
    return build_map(SHIPPED, "atlas", tmp_path_factory.mktemp("shipped"))


def signs(frames: Sequence[Frame]) -> Iterator[tuple[Frame, Sign]]:
    return ((frame, item) for frame in frames for item in frame.items if isinstance(item, Sign))


def distance(frame: Frame, sign: Sign) -> float:
    """Return how far a sign is from the nearest text with its element's name, edge to edge; without any, endless."""
    wanted, place = f"{sign.of}.name", sign.box
    boxes = [box_of(item) for item in frame.items if any(wanted in body.keys for body in bodies(item))]
    across = [max(box.x - place.right, place.x - box.right, 0) for box in boxes]
    down = [max(box.y - place.bottom, place.y - box.bottom, 0) for box in boxes]
    return min(map(max, across, down), default=float("inf"))


def letters(frames: Sequence[Frame]) -> dict[tuple[str, str], float]:
    """Return the smallest size of each text, by slide and key."""
    found: dict[tuple[str, str], float] = {}
    for frame in frames:
        paragraphs = (each for item in frame.items for body in bodies(item) for each in body.paragraphs)
        for size, keys in ((each.runs[0].size, each.keys) for each in paragraphs):
            found |= {(frame.key, key): min(size, found.get((frame.key, key), size)) for key in keys}
    return found


def test_a_sign_stands_near_the_name_of_its_element(shipped, tmp_path):
    found = [*signs(shipped.frames), *signs(built(tmp_path, TOOLS).frames)]
    assert len(found) > 100
    far = [(frame.key, sign.name) for frame, sign in found if frame.layout != UNNAMED and distance(frame, sign) > NEAR]
    assert far == []


def test_an_element_has_the_same_sign_wherever_it_occurs(shipped):
    drawn: dict[str, set] = {}
    for _, sign in signs(shipped.frames):
        drawn.setdefault(sign.of, set()).add(sign.icon)
    assert {len(icons) for icons in drawn.values()} == {1}
    icons = {concept.id: concept.key for concept in shipped.map.every_concept()}
    assert set(icons.values()) <= set(drawn)
    places = {frame.layout for frame, sign in signs(shipped.frames) if sign.of == icons["world-models"]}
    assert places == {"chain", "cover", "diagram", "aims", "relation", "rows", "slabs"}


def test_every_kind_of_slide_with_room_for_them_has_signs(shipped, tmp_path):
    assert {frame.layout for frame, _ in signs(shipped.frames)} == {
        "agenda", "aims", "bleed", "chain", "cover", "diagram", "recap", "relation", "rows", "section", "shift",
        "slabs", "steps", "wall",
    }  # fmt: skip
    assert {frame.layout for frame, _ in signs(built(tmp_path, TOOLS).frames)} == {
        "cover",
        "diagram",
        "entries",
        "aims",
        "groups",
    }


def test_signs_make_no_letter_smaller(shipped, tmp_path):
    path = tmp_path / "data" / "world-models" / "map.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(
        re.sub(r"^ +icon: .*\n", "", SHIPPED.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8"
    )
    without = build_map(path, "atlas", tmp_path / "out")
    assert not [*signs(without.frames)]
    with_signs = letters(shipped.frames)
    worse = {at: (was, with_signs.get(at)) for at, was in letters(without.frames).items() if with_signs.get(at) != was}
    assert worse == {}


def test_where_there_is_no_room_for_a_sign_beside_a_name_there_is_none(tmp_path):
    name = "Tests of this, of that and of what else there is, and more"
    long = {**TOOLS, "concepts": {**TOOLS["concepts"], "tests": {"name": name}}}
    usual, frames = built(tmp_path, TOOLS).frames, built(tmp_path, long).frames
    assert not [found for found in check_frames(frames, theme("atlas"), font_book(theme("atlas"))) if found.fault]
    ease, tight = ({f.layout for f, sign in signs(each) if sign.of == "concepts.linter"} for each in (usual, frames))
    assert ease - tight == {"entries"}


def test_signs_cover_nothing_and_are_on_their_slide(shipped):
    book = font_book(shipped.theme)
    assert [str(each) for each in check_frames(shipped.frames, shipped.theme, book)] == []


def test_a_sign_appears_with_its_name(shipped):
    for frame, sign in signs(shipped.frames):
        if frame.layout == UNNAMED:
            continue
        clicks = {
            getattr(item, "click", 0) for item in frame.items if any(f"{sign.of}.name" in b.keys for b in bodies(item))
        }
        assert sign.click in clicks, (frame.key, sign.name)


# --- pictures for articles -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return sheet_of()


def test_pictures_have_signs_in_the_boxes_of_concepts(sheet):
    for drawing in (
        named(sheet, each) for each in ("relations", "categories", "hierarchy", "flow", "concept-metaverse")
    ):
        found = [item for item in drawing.items if isinstance(item, Sign)]
        assert found, drawing.id
        boxes = {item.of: item.box for item in drawing.items if isinstance(item, Shape) and item.of}
        assert all(boxes[sign.of].holds(sign.box) for sign in found), drawing.id
        assert {sign.of for sign in found} == {*boxes}, drawing.id


def test_signs_make_no_letter_of_a_picture_smaller(sheet, tmp_path):
    path = tmp_path / "data" / "world-models" / "map.yaml"
    path.parent.mkdir(parents=True)
    text = SHIPPED.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^ +icon: .*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    for drawing in sheet_of(path, only=("relations", "categories", "flow"), every_concept=False).drawings:
        signed = named(sheet, drawing.id)
        shapes = ([item for item in each.items if isinstance(item, Shape) and item.text] for each in (drawing, signed))
        sizes = [{shape.name: shape.text.paragraphs[0].runs[0].size for shape in some} for some in shapes]
        assert sizes[0] == sizes[1], drawing.id
