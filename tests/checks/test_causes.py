"""One cause is one finding: what follows from it is dropped, and what is so at many places is told once."""

from dataclasses import replace

import pytest

from conceptdeck.checks.causes import one_of_each, without_consequences
from conceptdeck.values.diagnostics import MOST_ALIKE, Diagnostic, OfText, OnDrawing, OnSlide, Severity, Span, told

NAME = Span("map.yaml", 7, 11)


def too_long(letters: int, *where, key: str = "concepts.car.name") -> Diagnostic:
    found = Diagnostic("text-overflow", f"is about {letters} letters too long", NAME, place=OfText(key))
    return replace(found, cause=key, excess=letters, where=where)


def fault(slide: int, item: str, code: str = "off-slide", line: int = 0) -> Diagnostic:
    span = Span("map.yaml", line, 3) if line else Span()
    return Diagnostic(code, "is beyond the slide", span).on(OnSlide(slide, f"s{slide}", item)).as_fault()


def test_a_text_that_is_too_long_at_many_places_is_one_finding_of_the_tightest():
    slides = [too_long(letters, OnSlide(number, f"s{number}")) for number, letters in ((3, 4), (9, 12), (5, 7))]
    (found,) = one_of_each([*slides, too_long(2, OnDrawing("flow"))])
    assert found.excess == 12
    assert found.facts == ("on slides 3, 5 and 9; in the diagram `flow`",)


def test_two_texts_that_are_too_long_are_two_findings():
    both = [too_long(4, OnSlide(1, "a")), too_long(4, OnSlide(1, "a"), key="concepts.car.tagline")]
    assert one_of_each(both) == tuple(both)


def test_faults_on_a_slide_with_a_text_that_is_too_long_are_dropped():
    found = [too_long(4, OnSlide(2, "s2")), fault(2, "a"), fault(2, "b", "text-overlap"), fault(3, "c")]
    assert without_consequences(found) == (found[0], found[3])


def test_what_the_author_can_mend_on_that_slide_is_kept():
    orphan = Diagnostic("orphan-word", "ends in one short word", NAME).on(OnSlide(2, "s2", "title"))
    found = (too_long(4, OnSlide(2, "s2")), orphan)
    assert without_consequences(found) == found


def test_a_thousand_faults_of_one_rule_are_one_finding_with_their_number():
    faults = [fault(slide, f"item{number}") for slide in range(4, 8) for number in range(273)]
    (found,) = one_of_each(faults)
    assert (found.count, found.slides) == (1092, (4, 5, 6, 7))
    assert found.facts == ("so it is 1091 times more: on slides 4, 5, 6 and 7",)


def test_a_fault_of_the_program_says_so_and_how_to_go_on():
    found = fault(4, "a", line=12)
    assert "report it" in found.hints[0]
    assert found.severity is Severity.ERROR
    silenced = replace(found, excusable=True).as_fault()
    assert "`# conceptdeck: allow off-slide`" in silenced.hints[1]


def test_one_sign_in_45_texts_is_one_finding_with_the_other_lines():
    signs = [
        replace(Diagnostic("missing-glyph", "has ☃", Span("map.yaml", line, 5)), cause="☃").on(OnSlide(line, "s", "x"))
        for line in range(1, 46)
    ]
    (found,) = one_of_each(signs)
    assert found.count == 45
    assert found.facts == ("also in lines 2, 3, 4, 5, 6, 7, 8, 9 and 36 more",)


def test_what_is_told_together_can_be_told_together_again():
    found = [too_long(4, OnSlide(1, "a")), too_long(6, OnSlide(2, "b")), *(fault(n, "x") for n in (1, 2, 3))]
    once = one_of_each(found)
    assert one_of_each(once) == once


@pytest.mark.parametrize(("count", "lines"), [(MOST_ALIKE, 20), (MOST_ALIKE + 1, 21), (2413, 21)])
def test_of_very_many_findings_of_a_rule_the_first_are_told_and_the_lines_of_the_others(count, lines):
    found = [
        Diagnostic("orphan-concept", f"nothing refers to c{n}", Span("map.yaml", n, 1)) for n in range(1, count + 1)
    ]
    said = told([*found, Diagnostic("unused-system", "no slide shows it")])
    assert len(said) == lines + 1
    assert (said[-1] if count > lines else "") == (
        "and 2393 more of the same kind, in lines 21, 22, 23, 24, 25, 26, 27, 28 and 2385 more [orphan-concept]"
        if count > lines
        else ""
    )


def test_a_map_is_told_to_be_wide_once_for_all_diagrams_that_show_it():
    wide = Diagnostic("diagram-too-wide", "needs 998 px", NAME)
    both = [replace(wide, where=(OnDrawing(each),)) for each in ("relations", "poster")]
    (found,) = one_of_each(both)
    assert found.facts == ("in the diagrams `relations` and `poster`",)
