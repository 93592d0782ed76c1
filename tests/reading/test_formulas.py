"""Formulas in texts: which dollar signs make one, what it says in plain text, and what is told of others."""

from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree

import pytest

from conceptdeck.reading.formulas import formula_of
from conceptdeck.reading.map import read_map
from conceptdeck.reading.marking import marked_text, reworded
from conceptdeck.reading.marks import may_be_marked, passages_in, with_marks
from conceptdeck.reading.source import parse
from conceptdeck.values.diagnostics import Diagnostic, Severity
from conceptdeck.values.formula import Formula
from conceptdeck.values.model import ConceptMap

MAP = """\
title: {title}
core-sentence: Tea is made of leaves.
concepts: {{green-tea: {{name: Green tea}}}}
conclusion: {{title: Drink it, notes: {notes}}}
"""


def marked(title: str, notes: str = "Pour.") -> tuple[ConceptMap, list[Diagnostic]]:
    """Return a map with a title and notes, its marks read, and what is wrong with them."""
    text = MAP.format(title=title, notes=notes)
    node, _ = parse(text, "tea/map.yaml")
    read, problems = read_map(node, "tea")
    assert problems == ()
    made, found = with_marks(read, {"tea/map.yaml": text})
    return made, list(found)


def formulas(written: str) -> list[str]:
    return [each.formula.latex for each in passages_in(written) if each.formula]


def plain(latex: str) -> str:
    found = formula_of(latex)
    assert isinstance(found, Formula), found
    return found.plain


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("so $a^2 + b^2 = c^2$ holds", ["a^2 + b^2 = c^2"]),
        (r"the ratio $\frac{a}{b}$", [r"\frac{a}{b}"]),
        ("($x$), **$y$** and the $n$th", ["x", "y", "n"]),
        ("質量$m$は", ["m"]),
        ("$x_1$$x_2$", ["x_1"]),
        (r"$\$5$", [r"\$5"]),
        ("*see $a*b$ c*", ["a*b"]),
    ],
)
def test_what_stands_between_two_dollar_signs_is_a_formula(written, expected):
    assert formulas(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "$5 and $10", "from $5-$10", "$5/$6", "US$5 and A$6", "US$5$", "$ x $", "$x $", "$ x$", "$$", "`$x$`",
        r"\$x$", r"$x\$", "$a\nb$", "it costs 5$",
    ],
)  # fmt: skip
def test_prices_and_single_signs_stay_text(written):
    assert formulas(written) == []


def test_a_backslash_keeps_dollar_signs_as_they_stand():
    assert "".join(each.text for each in passages_in(r"\$x\$ is text")) == "$x$ is text"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("E=mc^2", "E = mc²"),
        ("x_{i,j}^{2}", "x_(i, j)²"),
        (r"\frac{a+b}{2c}", "(a + b)/(2c)"),
        (r"\sqrt[3]{x}+\sqrt{a+b}", "³√x + √(a + b)"),
        (r"\sum_{i=1}^n x_i^2 = 1", "∑ᵢ₌₁ⁿ xᵢ² = 1"),
        (r"\int_0^\infty e^{-x^2}\,dx", "∫₀^∞ e^(−x²) dx"),
        (r"P(A\mid B)", "P(A | B)"),
        ("x=-1", "x = −1"),
        (r"{x^2}^3", "(x²)³"),
        (r"\sin^2 x+\exp(y)", "sin² x + exp(y)"),
        (r"45^\circ, f'(x), n!", "45°, f′(x), n!"),
        (r"\begin{pmatrix}1&0\\0&1\end{pmatrix}", "(1, 0; 0, 1)"),
        (r"\binom{n}{k}", "(n over k)"),
        (r"\hat{x}\le\vec{v}", "x̂ ≤ v⃗"),
        (r"\overline{ab}+\underline{c}", "(ab)̅ + c̲"),
        (r"5\,\mathrm{kg\,m^2}", "5 kg m²"),
        (r"\text{rate} > \mathrm{d}", "rate > d"),
        (r"\left\{x\right.", "{x"),
        (r"a\bmod b, \forall x \in \mathbb{R}", "a mod b, ∀x ∈ ℝ"),
    ],
)
def test_a_formula_has_a_plain_form_and_well_formed_mathml(latex, expected):
    assert plain(latex) == expected
    ElementTree.fromstring(f"<math>{formula_of(latex).mathml}</math>")


@pytest.mark.parametrize(
    ("latex", "why"),
    [
        (r"\foo x", r"`\foo` is not known here"),
        ("a_{", "a brace has no partner"),
        ("x^", "nothing follows a `_` or a `^`"),
        ("x^2^3", "two `^` follow each other"),
        (r"\frac{a}", "something is missing in it"),
        (r"\left(a", r"`\left` and `\right` do not come in pairs"),
        (r"\begin{matrix}a", r"a `\begin` has no `\end`"),
        ("a&b", "`&` stands alone"),
        (r"\boxed{x}", "it has something that is not drawn here, such as a box, a colour or a line break"),
        (r"\color{red}x", "it has something that is not drawn here, such as a box, a colour or a line break"),
        (r"\hspace{900em}", "it shows nothing"),
        ("{" * 99 + "}" * 99, "it has too many brackets within each other"),
        ("x" * 501, "it is too long"),
    ],
)
def test_what_is_not_understood_is_named(latex, why):
    assert formula_of(latex) == why


def test_a_formula_that_is_not_understood_is_told_at_its_place_and_shown_as_it_was_typed():
    made, found = marked(r"see $\foo x$ there")
    assert [(each.code, each.severity) for each in found] == [("unknown-mark", Severity.WARNING)]
    assert (found[0].span.line, found[0].span.column, found[0].span.length) == (1, 12, 8)
    assert "\\foo" in found[0].message and "\\$" in found[0].hints[0]
    assert made.title.value == r"see $\foo x$ there"


def test_a_map_with_formulas_has_nothing_to_tell():
    made, found = marked("The energy $E=mc^2$", "'Say $E=mc^2$.'")
    assert found == []
    assert made.title.value == "The energy E = mc²"
    assert made.conclusion.notes.value == "Say E = mc²."
    assert with_marks(made, {})[1] == ()


@pytest.mark.parametrize("written", ["energy $E=mc^2$ is", "**a $x_i$**", r"$\frac{1}{2}$", "$x$, $y$", r"\$5 and $x$"])
def test_formulas_are_written_back_as_they_were_typed(written):
    passages = passages_in(written)
    assert passages_in(marked_text(passages, written)) == passages


def test_texts_beside_a_formula_may_change_and_the_formula_itself_may_not():
    written = "energy $E=mc^2$ is"
    assert reworded(written, [(0, 6, "power")]) == "power $E=mc^2$ is"
    assert reworded("is $x$", [(4, 4, " now")]) == "is $x$ now"
    assert reworded(written, [(7, 8, "F")]) is None


def test_part_of_a_formula_is_none():
    passage = next(each for each in passages_in("so $E=mc^2$") if each.formula)
    assert passage.saying("E").formula is None and passage.saying(passage.text) == passage


def test_texts_without_formulas_do_not_meet_the_libraries():
    assert not may_be_marked("from $5 to $10")
    program = (
        "import sys, conceptdeck.building.deck, conceptdeck.building.diagrams; from conceptdeck.reading.marks import "
        "passages_in; passages_in('**a** $5'); print({'latex2mathml', 'ziamath'} & set(sys.modules))"
    )
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert made.stdout == "set()\n"
