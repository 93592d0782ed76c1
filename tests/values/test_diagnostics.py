"""Findings as values: where they are is said once, as a value, and written into the message by it."""

import ast
from collections.abc import Collection
from pathlib import Path

import pytest

from conceptdeck.values.diagnostics import Diagnostic, OfText, OnDrawing, OnSlide, Span, sort_diagnostics

ROOT = Path(__file__).resolve().parents[2]
PATTERNS = {"match", "fullmatch", "search", "findall", "finditer", "sub"}
TAKES_APART = PATTERNS | {
    "split", "partition", "rpartition", "splitlines", "removeprefix", "removesuffix", "index", "find",
}  # fmt: skip
PROSE = ("message", "statement")


@pytest.mark.parametrize(
    ("place", "message", "statement"),
    [
        (None, "is wrong", "is wrong"),
        (OnSlide(3, "cover", "title"), "slide 3 (cover): `title` is wrong", "`title` is wrong"),
        (OnSlide(3, "cover"), "slide 3 (cover) is wrong", "is wrong"),
        (OnSlide(3, item="Title 1"), "slide 3: `Title 1` is wrong", "`Title 1` is wrong"),
        (OnSlide(3), "slide 3 is wrong", "is wrong"),
        (OnDrawing("flow", "a.b"), "flow: `a.b` is wrong", "`a.b` is wrong"),
        (OnDrawing("flow"), "flow: is wrong", "is wrong"),
        (OfText("title"), "`title` is wrong", "`title` is wrong"),
        (OfText("title", "de"), "de: the translation of `title` is wrong", "the translation of `title` is wrong"),
    ],
)
def test_a_message_begins_with_its_place(place, message, statement):
    found = Diagnostic("code", "is wrong", place=place)
    assert (found.message, found.statement, str(found)) == (message, statement, f"error: {message} [code]")


def test_findings_of_one_kind_follow_each_other_slide_by_slide():
    found = [Diagnostic("code", "is wrong").on(OnSlide(number)) for number in (10, 2, 1, 2)]
    assert [each.slide for each in sort_diagnostics(found)] == [1, 2, 10]
    assert [each.slide for each in sort_diagnostics([found[1], Diagnostic("code", "is", Span("a", 1, 1))])] == [2, 0]


def parsings(tree: ast.AST, ways: Collection[str] = TAKES_APART) -> list[int]:
    """Return the lines that take the prose of a finding apart in one of the ways."""
    return [
        call.lineno
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ways
        for each in (call.func.value, *call.args)
        if isinstance(each, ast.Attribute) and each.attr in PROSE
    ]


@pytest.mark.parametrize(("folder", "ways"), [("pipeline", TAKES_APART), ("tests", PATTERNS)])
def test_no_module_takes_a_message_apart(folder, ways):
    found = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / folder).rglob("*.py")
        if (lines := parsings(ast.parse(path.read_text(encoding="utf-8")), ways))
    }
    assert found == {}


def test_the_page_of_the_preview_takes_no_message_apart():
    script = (ROOT / "pipeline/conceptdeck/preview/preview.js").read_text(encoding="utf-8")
    assert "finding.message" in script
    assert not [each for each in ("replace", "match", "split", "slice") if f"finding.message.{each}(" in script]


def test_what_takes_a_message_apart_is_seen():
    apart = ("ON.match(each.message)", "re.findall('x', each.message)", "each.message.partition(':')")
    assert [parsings(ast.parse(line)) for line in (*apart, "print(each.message)")] == [[1], [1], [1], []]
