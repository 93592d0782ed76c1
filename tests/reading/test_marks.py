"""Marks in texts: what is understood, what is shown as it was typed and told, and what never meets the parser."""

from __future__ import annotations

import subprocess
import sys

import pytest

from conceptdeck.reading.map import read_map
from conceptdeck.reading.marks import may_be_marked, passages_in, unmarked, with_marks
from conceptdeck.reading.source import parse
from conceptdeck.values.diagnostics import Diagnostic, Severity
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.text import Passage, Text, composed

MAP = """\
title: {title}
core-sentence: Tea is made of leaves.
concepts:
  green-tea: {{name: Green tea}}
conclusion:
  title: Drink it
  notes: {notes}
"""


def marked(title: str, notes: str = "Pour.") -> tuple[ConceptMap, list[Diagnostic]]:
    """Return a map with a title and notes, its marks read, and what is wrong with them."""
    text = MAP.format(title=title, notes=notes)
    node, problems = parse(text, "tea/map.yaml")
    assert node is not None and problems == ()
    read, problems = read_map(node, "tea")
    assert read is not None and problems == ()
    made, found = with_marks(read, {"tea/map.yaml": text})
    return made, list(found)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("hot **and** cold", [Passage("hot "), Passage("and", strong=True), Passage(" cold")]),
        ("__both__ and _one_", [Passage("both", strong=True), Passage(" and "), Passage("one", emphasis=True)]),
        ("***very***", [Passage("very", strong=True, emphasis=True)]),
        ("run `a * b * c`", [Passage("run "), Passage("a * b * c", code=True)]),
        ("H~2~O at 10^−3^", [Passage("H"), Passage("2", level=-1), Passage("O at 10"), Passage("−3", level=1)]),
        ("see [a *map*](https://a.org/b)", [
            Passage("see "),
            Passage("a ", link="https://a.org/b"),
            Passage("map", emphasis=True, link="https://a.org/b"),
        ]),
        ("<https://a.org/b>", [Passage("https://a.org/b", link="https://a.org/b")]),
        ("see [tea](concept:green-tea)", [Passage("see "), Passage("tea", link="concept:green-tea")]),
        (r"\*not\* \[a\](b)", [Passage("*not* [a](b)")]),
        ("**重要。**说明*强调*", [Passage("重要。", strong=True), Passage("说明"), Passage("强调", emphasis=True)]),
    ],
)  # fmt: skip
def test_marks_become_stretches_of_one_style(written, expected):
    assert list(passages_in(written)) == expected


@pytest.mark.parametrize(
    "written",
    [
        "snake_case_names and __init", "_x000D_", "5 * 3 * 2 = 30", "a < b and b > c", "[sic]", "x^2 and y^3",
        "a ~ b ~ c", "E = mc^2, and a^2 + b^2", "f[0](x)", "C:\\path\\to", "`unclosed", "**unclosed",
        "List<String>", "the <h1> tag", "2 ** 3 ** 2", "₂ and ²", "~/bin", "/* c */", "約5~10、6~8", "AT&T; R&D",
    ],
)  # fmt: skip
def test_what_is_meant_as_it_stands_stays_as_it_was_typed(written):
    made, found = marked(repr(written).replace("\\\\", "\\"))
    assert (unmarked(written), made.title.value, found) == (written, written, [])
    assert made.title.passages == ()


@pytest.mark.parametrize("written", ["Tea", "snake_case a < b [sic] 5 * 3", "C:\\path", "x^2", "a/b, 5 % & more"])
def test_texts_without_pairs_of_marks_do_not_meet_the_parser(written):
    assert not may_be_marked(written)


def test_a_build_without_marks_does_not_import_the_parser():
    program = (
        "import sys, conceptdeck.building.deck, conceptdeck.building.diagrams; print('markdown_it' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "False\n"
    )


@pytest.mark.parametrize(
    ("written", "name", "column"),
    [
        ("a <b>bold</b> word", "an HTML tag", 10),
        ("one<br>two", "an HTML tag", 11),
        ("salt &amp; tea", "an HTML entity", 13),
        ("a ![leaf](leaf.png)", "an image", 10),
        ("tea[^1]", "a footnote", 11),
        (r"so $\foo + b$ holds", "a formula that is not understood, since `\\foo` is not known here", 11),
        ("~~cold~~ tea", "text that is struck through", 8),
        ("see [the list](list.html)", "a link to `list.html`", 12),
        ("[run](javascript:alert(1))", "a link to `javascript:alert(1)`", 8),
    ],
)
def test_what_is_not_understood_is_shown_as_it_was_typed_and_told_once_at_its_place(written, name, column):
    made, found = marked(written if written[0] not in "[~" else f'"{written}"')
    assert made.title.value == written
    assert [(each.code, each.severity, each.span.line) for each in found] == [("unknown-mark", Severity.WARNING, 1)]
    assert found[0].span.column == column + (written[0] in "[~")
    assert name in found[0].message and found[0].hints


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("# Tea", "a heading"),
        ("- one\n- two", "a list"),
        ("> said", "a block quotation"),
        ("| a | b |\n|---|---|", "a table"),
    ],
)
def test_what_begins_lines_is_told_once(written, name):
    made, found = marked('"' + written.replace("\n", "\\n") + '"')
    assert made.title.value == written
    assert [name in each.message for each in found] == [True]


def test_notes_have_lists():
    made, found = marked("Tea", '"Say *this*:\\n\\n- one\\n- two"')
    assert found == []
    assert made.conclusion and made.conclusion.notes
    assert made.conclusion.notes.value == "Say this:\n\n- one\n- two"


def test_a_link_to_a_concept_that_is_not_there_is_refused_with_the_nearest_one():
    _, (found,) = marked('"See [tea](concept:gren-tea)"')
    assert (found.code, found.severity) == ("dangling-reference", Severity.ERROR)
    assert found.hints == ("did you mean `green-tea`?",)
    assert (found.span.line, found.span.column) == (1, 19)


def test_the_second_of_two_marks_is_found_at_its_own_place():
    _, found = marked("a<br>b<br>c")
    assert [each.span.column for each in found] == [9, 14]


def test_a_text_keeps_its_emphasis_in_what_is_put_together_of_it():
    name = Text("hot tea", "name", passages=(Passage("hot", strong=True), Passage(" tea")))
    made = composed("About hot tea: more", name)
    assert made.passages == (Passage("About "), Passage("hot", strong=True), Passage(" tea"), Passage(": more"))


def test_a_part_of_a_text_and_a_text_with_more_signs_keep_the_emphasis():
    text = Text("One two. Three", "t", passages=(Passage("One "), Passage("two. Three", strong=True)))
    assert text.reworded("One two.").passages == (Passage("One "), Passage("two.", strong=True))
    assert text.reworded("One\u200f two. Three").passages == (Passage("One\u200f "), Passage("two. Three", strong=True))
    assert text.reworded("01  One two. Three").passages[0] == Passage("01  ")


@pytest.mark.parametrize("written", ["from $5 to $10", "it costs $5 and x_i", "US$ and A$", r"\\$x_i\\$ as typed"])
def test_money_is_no_formula(written):
    _, found = marked(f'"{written}"')
    assert not [each for each in found if "formula" in each.what]
