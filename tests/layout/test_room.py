"""The box of a role holds whole lines of every script: as many as in Latin letters, in every theme."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from conceptdeck.layout.desk import Desk
from conceptdeck.typeset.lines import Typesetter
from conceptdeck.values.frame import Shape
from conceptdeck.values.text import Text
from conceptdeck.values.theme import PlaceholderSpec, Role
from conceptdeck.values.units import Length, inches, points
from conceptdeck.workspace import places
from conceptdeck.workspace.loading import font_book, read_theme

FEW = 5  # lines: what holds more is read as running text, and goes on below its floor where it has to
TALLEST = "Mymr"  # three lines of a title come to a third more than in Latin letters: they are set one size smaller
WORDS = {  # of a title, a space behind each that has one
    "ja": ["概念", "地図は", "知識の", "関係を", "図に", "示す"],
    "zh-Hans": ["概念图", "把知识", "之间的", "关系", "画出来"],
    "ko": ["개념 ", "지도는 ", "지식의 ", "관계를 ", "보여 ", "준다 "],
    "ar": ["خريطة ", "المفاهيم ", "تبين ", "علاقات ", "المعرفة "],
    "hi": ["संकल्पना ", "मानचित्र ", "ज्ञान ", "के ", "संबंध "],
    "th": ["แผนที่", "ความคิด", "แสดง", "ความรู้"],
    "te": ["భావన ", "పటం ", "జ్ఞాన ", "సంబంధం "],
}
LINES = 3
MOST_WORDS = 200
LEAST_AIR = 0.12


def pitch(role: Role, size: float) -> Length:
    return points(round(size * role.leading, 1))


def lines_in(spec: PlaceholderSpec) -> int:
    """Return how many lines a placeholder holds at its floor, one at least."""
    return max(1, spec.box.h // pitch(spec.role, spec.role.sizes[-1]))


@pytest.mark.parametrize("spacious", [False, True], ids=["read", "talk"])
@pytest.mark.parametrize("name", places.themes())
def test_every_box_grows_to_as_many_lines_of_every_script_as_it_holds_in_latin_letters(name, spacious):
    theme = read_theme(name, spacious=spacious)
    for script, (key, layout) in itertools.product(theme.scripts, theme.layouts.items()):
        for spec in layout.placeholders.values():
            if spec.role.single or spec.type == "tbl" or key == "list":
                continue  # tables and lists go on to further slides
            count, role = lines_in(spec), script.fitted(spec.role)
            needed = Length(count * pitch(role, role.sizes[-1]))
            below = script.fitted(theme.pressed.roles[role.name])
            sizes = below.sizes if count > FEW or script.script == TALLEST or key == "section" else role.sizes
            room = spec.grown(needed).h
            where = f"{name} {key}.{spec.name} in {script.script}: {count} lines"
            assert any(count * pitch(role, size) <= room for size in sizes), where


@pytest.mark.parametrize("name", places.themes())
def test_a_box_grows_into_free_room_only(name):
    theme = read_theme(name)
    for layout in theme.layouts.values():
        for spec in layout.placeholders.values():
            grown = spec.grown(theme.size.h)
            taken = [other.box for other in layout.placeholders.values() if other is not spec]
            assert not any(grown.overlaps(box) for box in taken), f"{layout.key}.{spec.name}"
            assert grown.y == spec.box.y or grown.y > inches(theme.rail["y"] + theme.rail["h"])
            assert grown.bottom <= max(theme.content[1], spec.box.bottom)
            assert spec.box.bottom > theme.content[0] or grown.bottom < theme.content[0]
            assert spec.grown(spec.box.h) == spec.box == replace(spec, room=None).grown(theme.size.h)


def title_on(desk: Desk, text: str) -> Shape:
    spec = desk.layout("steps").placeholders["title"]
    return desk.placeholder(spec, Text(text, "title"))


@pytest.mark.parametrize("name", places.themes())
@pytest.mark.parametrize("language", WORDS)
def test_a_title_of_three_lines_is_set_at_its_floor_above_the_content(language, name):
    theme = read_theme(name).set_in(language)
    typesetter = Typesetter(font_book(theme), flowing=True)
    desk = Desk(theme, typesetter, language)
    longest, words = "", itertools.cycle(WORDS[language])
    for _ in range(MOST_WORDS):
        trial = longest + next(words)
        shape = title_on(Desk(theme, typesetter, language), trial.strip())
        if shape.text.paragraphs[0].runs[0].size < theme.roles["title"].sizes[-1]:
            break
        longest = trial
    shape = title_on(desk, longest.strip())
    assert len(shape.text.paragraphs[0].lines) == LINES, longest
    assert points(shape.text.height) <= shape.box.h
    assert inches(theme.rail["y"] + theme.rail["h"]) < shape.box.y
    assert shape.box.bottom < theme.content[0]
    assert not desk.problems
    assert not desk.remarks


@pytest.mark.parametrize("name", places.themes())
@pytest.mark.parametrize("language", ["ar", "ja", "th"])
def test_two_lines_of_a_title_stay_as_far_from_the_content_as_there_is_room_above(language, name):
    latin = read_theme(name)
    theme = latin.set_in(language)
    for key, layout in theme.layouts.items():
        spec, plain = layout.placeholders["title"], latin.layouts[key].placeholders["title"]
        if spec.role.name != "title":
            continue
        ends = [
            box.y + 2 * pitch(role, role.sizes[0]) for box, role in ((spec.box, spec.role), (plain.box, plain.role))
        ]
        assert ends[0] <= ends[1] or spec.box.y - spec.room[0] <= plain.box.y - spec.box.y + 1
        assert inches(theme.rail["y"] + theme.rail["h"]) < spec.box.y < plain.box.y
        assert theme.content[0] - ends[0] >= inches(LEAST_AIR)
