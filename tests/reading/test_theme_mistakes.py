"""Mistakes in themes: all at once, each in the file and at the place where it was written, with a way out."""

import pytest

from conceptdeck.cli.rules import every_rule
from conceptdeck.reading.excerpts import SourceText
from conceptdeck.reading.theme import MAX_LAYERS, load_theme
from conceptdeck.values.diagnostics import Failure
from conceptdeck.workspace import places


def mistakes(**files):
    """Return what is wrong with the theme `mine` of files by name; what they extend besides is shipped."""
    texts = {f"{name}.yaml": SourceText(text, f"themes/{name}.yaml") for name, text in files.items()}
    with pytest.raises(Failure) as refused:
        load_theme("mine", lambda name: texts.get(name) or places.find_theme(name), places.theme_base())
    found = refused.value.diagnostics
    for each in found:
        assert each.hints, each
        assert each.span.line, each
        assert each.span.path.startswith("themes/"), each
        assert each.excerpt, each
        assert each.code in every_rule(), each.code
    return found


def told(**files):
    """Return place and code of each mistake."""
    return [f"{each.span} {each.code}" for each in mistakes(**files)]


MANY = """\
extends: atlas
name: Mine
dark: perhaps
colours: {ink: red, accents: B2452B}
roles:
  title: {size: -3, colour: mauve, weight: 7}
grid: {margins: 1, columns: 2.5}
layouts:
  cover: {boxes: {lable: [0, 0, 1, 1]}, placeholders: {core: {role: mauve, box: [1, 2, 3]}}}
  cards: {lengths: {per-slide: 0, barr: 1}}
  crads: {name: X}
fonts: [Arial]
accents: {goal: 7, others: [1, two]}
families: {Mine: {regular: /etc/passwd, bold: a/B.ttf}}
talk: {roles: {title: {sise: 3}}}
strokes: {hairline: }
"""


def test_every_mistake_of_a_theme_is_told_at_once():
    assert told(mine=MANY) == [
        "themes/mine.yaml:3:7 bad-flag",
        "themes/mine.yaml:4:16 bad-colour",
        "themes/mine.yaml:4:30 wrong-kind",
        "themes/mine.yaml:6:17 bad-number",
        "themes/mine.yaml:6:29 bad-choice",
        "themes/mine.yaml:6:36 unknown-key",
        "themes/mine.yaml:7:8 unknown-key",
        "themes/mine.yaml:7:29 bad-number",
        "themes/mine.yaml:9:19 unknown-key",
        "themes/mine.yaml:9:69 bad-choice",
        "themes/mine.yaml:9:81 wrong-kind",
        "themes/mine.yaml:10:32 bad-number",
        "themes/mine.yaml:10:35 unknown-key",
        "themes/mine.yaml:11:3 missing-key",
        "themes/mine.yaml:11:3 unknown-key",
        "themes/mine.yaml:12:8 wrong-kind",
        "themes/mine.yaml:13:17 bad-accent",
        "themes/mine.yaml:13:32 bad-accent",
        "themes/mine.yaml:14:28 bad-font-file",
        "themes/mine.yaml:15:24 unknown-key",
        "themes/mine.yaml:16:21 empty-text",
    ]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("tint: {soft: 0.1}", "did you mean `tints`?"),
        ("roles: {titel: {size: 20}}", "did you mean `title`?"),
        ("roles: {title: {leeding: 1}}", "did you mean `leading`?"),
        ("grid: {margins: 1}", "did you mean `margin`?"),
        ("tints: {sotf: 0.1}", "did you mean `soft`?"),
        ("layouts: {cards: {lengths: {barr: 1}}}", "did you mean `bar`?"),
        ("layouts: {cards: {boxes: {hub: [0, 0, 1, 1]}}}", "delete it: nothing is valid here"),
        ("layouts: {section: {placeholders: {titel: {role: title}}}}", "did you mean `title`?"),
        ("layouts: {cover: {placeholders: {core: {role: titel}}}}", "did you mean `title`?"),
        ("layouts: {cover: {placeholders: {core: {anchor: top}}}}", "write `t`, `ctr` or `b`"),
        ("furniture: {foot: {role: footer}}", "did you mean `footer`?"),
        ("pictures: {lengths: {widht: 700}}", "did you mean `width`?"),
        ("fonts: {major: Calibry}", "did you mean `Calibri`?"),
        ("extends: atlsa", "did you mean `atlas`?"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_what_was_meant(line, hint):
    start = "" if line.startswith("extends") else "extends: atlas\n"
    assert hint in {each for found in mistakes(mine=f"{start}{line}\n") for each in found.hints}


@pytest.mark.parametrize(
    "line",
    [
        "size: [-13, 7.5]",
        "size: [0, 7.5]",
        "size: [57, 7.5]",
        "scale: [0]",
        "spare: -0.1",
        "rings: {outer: 0}",
        "grid: {columns: 0}",
        "grid: {columns: -12}",
        "roles: {title: {floor: 0}}",
        "roles: {title: {leading: 0}}",
        "strokes: {rule: -1}",
        "furniture: {tracker: {most-rows: 0}}",
        "layouts: {cards: {lengths: {per-slide: 1.5}}}",
        "layouts: {cards: {lengths: {bar: -0.06}}}",
        "layouts: {cover: {boxes: {label: [0, 0, -1, 1]}}}",
        "pictures: {lengths: {columns: 0}}",
        "pictures: {lengths: {tight-slack: 0}}",
        "handout: {roles: {handout-notes: {size: 4000}}}",
    ],
)
def test_a_size_that_nothing_can_have_is_told(line):
    assert [each.code for each in mistakes(mine=f"extends: atlas\n{line}\n")] == ["bad-number"]


@pytest.mark.parametrize("part", ["colours", "fonts", "canvas", "grid", "scale", "roles", "layouts", "accents", "talk"])
@pytest.mark.parametrize("wrong", ["word", "", "{a: []}"])
def test_a_part_of_another_kind_is_told(part, wrong):
    assert {each.code for each in mistakes(mine=f"extends: atlas\n{part}: {wrong}\n")} <= {
        "wrong-kind",
        "missing-key",
        "unknown-key",
    }


@pytest.mark.parametrize(("wrong", "code"), [("5:3", "bad-choice"), ("", "empty-text"), ("{a: 1}", "wrong-kind")])
def test_a_size_that_is_neither_a_name_nor_two_numbers_is_told(wrong, code):
    assert told(mine=f"extends: atlas\nsize: {wrong}\n") == [f"themes/mine.yaml:2:{7 if wrong else 6} {code}"]


def test_a_size_with_a_slip_in_its_name_is_told_with_the_name_that_was_meant():
    (found,) = mistakes(mine="extends: atlas\nsize: a4-portrat\n")
    assert found.hints == ("did you mean `a4-portrait`?",)


def test_accents_that_are_one_colour_are_told():
    assert told(mine="extends: atlas\ncolours:\n  accents: B2452B\n") == ["themes/mine.yaml:3:12 wrong-kind"]


# --- files that build on each other --------------------------------------------------------------


def test_a_mistake_is_told_in_the_file_that_holds_it():
    middle = "extends: atlas\nroles: {title: {size: big}}\n"
    assert told(mine="extends: middle\ncolours: {ink: red}\n", middle=middle) == [
        "themes/middle.yaml:2:23 bad-number",
        "themes/mine.yaml:2:16 bad-colour",
    ]


def test_a_theme_that_extends_what_is_not_there_is_told_with_its_other_mistakes():
    assert told(mine="extends: nowhere\ncolours: {ink: red}\n") == [
        "themes/mine.yaml:1:10 unknown-theme",
        "themes/mine.yaml:2:16 bad-colour",
    ]


def test_a_theme_that_extends_what_is_not_yaml_is_told_with_its_other_mistakes():
    assert told(mine="extends: bad\ndark: 5\n", bad="colours: {a: [\n") == [
        "themes/bad.yaml:1:14 syntax",
        "themes/mine.yaml:2:7 bad-flag",
    ]


def test_a_circle_is_told_where_it_closes_with_its_way():
    (circle, flag) = mistakes(mine="extends: a\ndark: 5\n", a="extends: b\n", b="extends: mine\n")
    assert (circle.code, str(circle.span)) == ("theme-cycle", "themes/b.yaml:1:10")
    assert circle.notes == ("`mine` → `a` → `b` → `mine`",)
    assert flag.code == "bad-flag"


def test_a_chain_of_a_thousand_themes_ends_soon():
    read = []
    chain = {f"t{i}": f"extends: t{i + 1}\n" for i in range(1000)}
    texts = {f"{name}.yaml": SourceText(text, f"themes/{name}.yaml") for name, text in chain.items()}

    def find(name):
        read.append(name)
        return texts[name]

    with pytest.raises(Failure) as refused:
        load_theme("t0", find, places.theme_base())
    assert [each.code for each in refused.value.diagnostics] == ["long-chain"]
    assert len(read) == MAX_LAYERS


def test_the_longest_chain_is_read():
    links = {f"t{i}": f"extends: t{i + 1}\n" for i in range(MAX_LAYERS - 2)} | {"t0": "extends: t1\nname: First\n"}
    last = f"t{MAX_LAYERS - 3}"
    texts = {f"{name}.yaml": SourceText(text, name) for name, text in (links | {last: "extends: atlas\n"}).items()}
    assert (
        load_theme("t0", lambda name: texts.get(name) or places.find_theme(name), places.theme_base()).name == "First"
    )


def test_a_base_of_one_s_own_is_held_to_the_names_of_the_shipped_one():
    shipped = places.theme_base().text
    assert shipped.count("per-slide: 4, ") or shipped.count("per-slide: 4}")
    own = shipped.replace("per-slide: 4", "perslide: 4")
    found = mistakes(mine="extends: atlas\n", base=own)
    assert {each.code for each in found} == {"unknown-key"}
    assert "did you mean `per-slide`?" in found[0].hints


def test_a_theme_that_stands_alone_lacks_what_the_base_says():
    (found,) = mistakes(mine="name: Alone\n")
    assert found.code == "missing-key"
    assert "`grid`" in found.message


def test_a_text_that_cannot_be_read_is_told_once_and_not_again_for_each_tint():
    assert {each.message.split(" has ")[0] for each in mistakes(mine="extends: atlas\ncolours: {ink: F7F3EA}\n")} == {
        "ink on page",
        "ink on card",
    }
