"""Formulas, as each output has them: native in PowerPoint, drawn elsewhere, and in words for those who do not see."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree, html
from openxml_audit import OpenXmlValidator
from pptx import Presentation

from conceptdeck.building.deck import build_deck, plan_deck
from conceptdeck.building.diagrams import build_diagrams
from conceptdeck.building.jobs import DeckJob, DiagramsJob
from conceptdeck.building.revising import revised
from conceptdeck.checks.package.equations import plain_equation
from conceptdeck.checks.package.parts import check_package
from conceptdeck.checks.package.saved import read_saved
from conceptdeck.reading.formulas import formula_of
from conceptdeck.render.powerpoint.formulas import equation
from conceptdeck.typeset.formulas import drawn
from conceptdeck.values.items import bodies, line_spans
from support.decks import A

MAP = r"""
title: Energy and $E=mc^2$
core-sentence: The energy $E=mc^2$ of a body at rest depends on its mass $m$ alone.
concepts:
  rest:
    name: Rest energy
    meaning: What a mass $m$ has at rest, $E_0=mc^2$.
    description: A body that moves has $E=\gamma mc^2$ with $\gamma=\frac{1}{\sqrt{1-v^2/c^2}}$; it costs $5 or $10.
  bayes: {name: Bayes' rule, meaning: 'It is $P(A\mid B)=\frac{P(B\mid A)\,P(A)}{P(B)}$.'}
relations:
  - {source: rest, target: bayes, phrase: is $k\cdot x$ of}
conclusion: {title: "It is $e^{i\\pi}+1=0$", notes: "Say that $e^{i\\pi}+1=0$ joins five numbers."}
"""
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
KINDS = [
    r"\hat{x}+\vec{v}", r"\overline{ab}", r"\underline{ab}", r"\max_x f", r"\sum_{i=1}^n x_i^2=1", r"\prod x",
    r"\int_0^\infty e^{-x^2}\,dx=\frac{\sqrt{\pi}}{2}", r"\lim\limits_{x\to0}f", r"\sum\limits_{i}^{n}i", r"\sum",
    r"\max\limits_a^b", r"\sqrt[3]{x}", r"\begin{pmatrix}1&0\\0&1\end{pmatrix}",
    r"\begin{cases}1&x>0\\0&\text{else}\end{cases}", r"\binom{n}{k}", r"\left|x\right|", r"a\bmod b",
    r"\mathbf{x}\in\mathbb{R}", r"h\nu", r"5\,\mathrm{kg\,m^2}", r"\overset{a}{=}", r"\alpha\beta\Gamma",
    r"x_{i,j}^{2}", r"45^\circ", r"a<b", r"\&", r"\sin^2 x", r"3.14", r"x\!y",
]  # fmt: skip


@pytest.fixture(scope="module")
def physics(tmp_path_factory) -> Path:
    """Return a map with formulas."""
    path = tmp_path_factory.mktemp("physics") / "map.yaml"
    path.write_text(MAP, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def outputs(physics, tmp_path_factory) -> Path:
    """Return the folder with the deck in every format."""
    out = tmp_path_factory.mktemp("out")
    built = build_deck(DeckJob(map_file=physics, out=out, formats=("pptx", "pdf", "html")))
    assert built.findings == ()
    (deck,) = out.rglob("*.pptx")
    return deck.parent


@pytest.fixture(scope="module")
def deck(outputs) -> Path:
    return next(outputs.glob("*.pptx"))


@pytest.fixture(scope="module")
def pictures(physics, tmp_path_factory) -> Path:
    """Return the folder with the pictures of the map."""
    out = tmp_path_factory.mktemp("pictures")
    build_diagrams(DiagramsJob(map_file=physics, out=out, formats=("svg", "pdf")))
    return next(out.rglob("map.svg")).parent


def equation_of(latex: str) -> etree._Element:
    written = equation(formula_of(latex), (' lang="en-US"', ""), "<a:r><a:t>plain</a:t></a:r>")
    return etree.fromstring(f'<a:p xmlns:a="{A[1:-1]}">{written}</a:p>')


def slides_of(deck: Path) -> list[etree._Element]:
    with zipfile.ZipFile(deck) as package:
        names = sorted(name for name in package.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", name))
        return [etree.fromstring(package.read(name)) for name in names]


def test_a_deck_has_native_equations_with_plain_text_for_programs_without(deck):
    choices = (each for slide in slides_of(deck) for each in slide.iter(f"{MC}AlternateContent"))
    found = [each for each in choices if each.find(f".//{M}oMath") is not None]
    assert len(found) > 5
    for each in found:
        choice, fallback = each
        assert choice.get("Requires") == "a14 a16"
        said = "".join(fallback.itertext()).replace("\u00a0", " ")
        assert plain_equation(choice) == said
        assert {face.get("typeface") for face in choice.iter(f"{A}latin")} == {"Cambria Math"}


def test_a_deck_with_equations_is_valid(deck):
    assert check_package(deck.read_bytes(), "deck.pptx") == ()
    told = OpenXmlValidator().validate(deck).errors
    # its schema of equations is that of Word, in which other run properties stand; PowerPoint writes these
    assert [each for each in told if "rPr" not in str(each) and "oMath" not in str(each)] == []


@pytest.mark.parametrize("latex", KINDS)
def test_an_equation_says_what_its_formula_says(latex):
    assert plain_equation(equation_of(latex)) == formula_of(latex).plain


def test_letters_in_italics_are_those_of_mathematics():
    assert [each.text for each in equation_of("hx").iter(f"{M}t")] == ["ℎ", "𝑥"]


def test_an_untouched_deck_with_formulas_has_no_change_even_if_its_plain_text_was_dropped(deck, tmp_path):
    assert revised(deck).changes == ()
    rewritten = tmp_path / "deck.pptx"
    with zipfile.ZipFile(deck) as old, zipfile.ZipFile(rewritten, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if re.fullmatch(r"ppt/slides/slide\d+\.xml", name):  # as PowerPoint saves them, without runs in their place
                data = re.sub(rb"<mc:Fallback><a:r>.*?</mc:Fallback>", b"<mc:Fallback/>", data)
            new.writestr(name, data)
    assert revised(rewritten).changes == ()


def test_a_text_beside_a_formula_comes_home_with_it(deck, tmp_path):
    path = Path(shutil.copy(deck, tmp_path / "deck.pptx"))
    presentation = Presentation(path)
    for slide in presentation.slides:
        for shape in slide.shapes:
            for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
                for run in paragraph.runs:
                    run.text = run.text.replace("What a mass", "All that a mass")
    presentation.save(path)
    wishes = {each.key: each.value for each in revised(path).edits.wishes}
    assert wishes == {"concepts.rest.meaning": "All that a mass $m$ has at rest, $E_0=mc^2$."}


def test_a_formula_that_was_changed_in_a_deck_is_told_and_stays_as_it_is(deck, tmp_path):
    rewritten = tmp_path / "deck.pptx"
    with zipfile.ZipFile(deck) as old, zipfile.ZipFile(rewritten, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            data = (
                re.sub(rb"<mc:Fallback><a:r>.*?</mc:Fallback>", b"<mc:Fallback/>", data)
                if "slides/slide" in name
                else data
            )
            new.writestr(name, data.replace("𝛾".encode(), "𝛽".encode()))
    found = revised(rewritten)
    assert found.edits.wishes == ()
    assert {each.why for each in found.edits.left} == {"no marks say this"}


def test_notes_and_titles_of_files_have_formulas_in_plain_text(deck):
    saved, _ = read_saved(deck.read_bytes(), "deck.pptx")
    assert "Say that e^(iπ) + 1 = 0 joins five numbers." in "".join(
        "\n".join(slide.notes or ()) for slide in saved.slides
    )
    with zipfile.ZipFile(deck) as package:
        assert "<dc:title>Energy and E = mc²</dc:title>" in package.read("docProps/core.xml").decode()


def test_pdf_shows_formulas_and_finds_them_as_text(outputs):
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(next(outputs.glob("*.pdf"))))
    assert "The energy E = mc² of" in re.sub(r"\s+", " ", text)
    assert "it costs $5 or $10" in re.sub(r"\s+", " ", text)


def test_a_page_has_formulas_drawn_and_as_mathml_for_those_who_do_not_see(outputs):
    page = next(outputs.glob("*.html")).read_text(encoding="utf-8")
    assert page.count("<foreignObject") > 5
    assert "<msub><mi>E</mi><mn>0</mn></msub>" in page
    assert re.search(r'<g aria-hidden="true"><path d="M[^"]+" fill="#[0-9A-F]{6}"/></g><foreignObject', page)
    assert "Say that <math><mrow><msup>" in page


def test_a_picture_has_formulas_as_outlines_with_names_beside_texts_of_a_known_length(pictures):
    svg = etree.parse(pictures / "map.svg")
    named = [each.get("aria-label") for each in svg.iter("{*}g") if each.get("role") == "img"]
    assert {"E = mc²", "m", "k · x"} <= set(named)
    held = [each for each in svg.iter("{*}text") if each.get("textLength")]
    assert {"".join(each.itertext()) for each in held} >= {"Energy and ", "is "}
    assert "foreignObject" not in (pictures / "map.svg").read_text(encoding="utf-8")


def test_a_formula_is_as_wide_as_it_is_drawn_and_never_broken(physics):
    plan = plan_deck(DeckJob(physics))
    texts = [each for frame in plan.frames for item in frame.items for body in bodies(item) for each in body.paragraphs]
    held = [each for each in texts if any(run.formula for run in each.runs)]
    assert held
    for paragraph in held:
        for run in paragraph.runs:
            assert not run.formula or any(run.text in line for line in paragraph.lines)
        assert [len(line) for line in paragraph.widths] == [len(part) for part in parts(paragraph)]


def parts(paragraph) -> list[list[str]]:
    """Return the stretches of runs that each line of a paragraph has."""
    found = []
    for start, end in line_spans(paragraph):
        at, line = 0, []
        for run in paragraph.runs:
            if run.text[max(start - at, 0) : max(end - at, 0)]:
                line.append(run.text)
            at += len(run.text)
        found.append(line)
    return found


def test_lines_with_high_formulas_keep_apart(physics):
    plan = plan_deck(DeckJob(physics))
    for frame in plan.frames:
        for paragraph in (each for item in frame.items for body in bodies(item) for each in body.paragraphs):
            for run in paragraph.runs:
                if run.formula:
                    shape = drawn(run.formula)
                    assert paragraph.leading + 0.06 >= (max(shape.above, 0.75) + max(shape.below, 0.25)) * run.size


def test_formulas_stand_where_they_are_read_in_a_language_from_the_right(tmp_path):
    text = MAP.replace("title: Energy and", "language: ar\ntitle: الطاقة هي", 1).replace("The energy", "إن الطاقة")
    path = tmp_path / "map.yaml"
    path.write_text(
        text.replace("of a body at rest depends on its mass", "تعتمد على الكتلة").replace("alone.", "وحدها.")
    )
    built = build_deck(DeckJob(path, out=tmp_path / "out", formats=("html", "pptx")))
    assert check_package(built.path.read_bytes(), "deck.pptx") == ()
    page = html.parse(next((tmp_path / "out").rglob("*.html"))).getroot()
    sentence = page.xpath('//g[@data-key="core-sentence"]')[0]
    first = next(each for each in sentence.iter("text") if "إن الطاقة" in each.text_content())
    formula = next(sentence.iter("foreignobject"))
    right = float(next(first.iter("tspan")).get("x"))  # a text from the right begins at its right end
    assert first.get("direction") == "rtl"
    assert float(formula.get("x")) + float(formula.get("width")) < right


def test_drawing_takes_no_more_room_than_told():
    for latex in KINDS:
        shape = drawn(formula_of(latex))
        xs = [x for _, values in shape.outline for x in values[::2]]
        ys = [y for _, values in shape.outline for y in values[1::2]]
        assert min(xs) >= -1e-6 and max(xs) <= shape.width + 1e-6
        assert max(ys) <= shape.above and -min(ys) <= shape.below
