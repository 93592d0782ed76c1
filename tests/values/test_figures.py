"""What is a figure: numbers with signs and units, as each language writes them."""

import pytest

from conceptdeck.values.figures import align_of, is_figure

FIGURES = [
    "0",
    "12",
    "1,234.5",
    "1.234,5",
    "1’234",
    "12,34,567",
    "−5%",
    "+3.2",
    "±0.5",
    "55.97%",
    "$12",
    "€12",
    "-$5",
    "<1",
    "(12.5)",
    "6.02e23",
    "1990–2000",
    "٥٪",
    "٥٫٥",
    "١٢٣",
    "5万",
    "12人",
]
SPACED = [
    "1 234,5",
    "-5 %",
    "US$ 4",
    "12 €",
    "CHF 12.50",
    "12 kg",
    "5.5 km/h",
    "20 m²",
    "3 Mio. €",
    "4 million",
    "≈ 3",
    "37 °C",
    "90 min",
]


@pytest.mark.parametrize("text", [*FIGURES, *SPACED, "1\u202f234", "\u200e−5%\u200e"])
def test_numbers_with_what_belongs_to_them_are_figures(text):
    assert is_figure(text.replace("٥٪", "٥٪"))


@pytest.mark.parametrize(
    "text",
    ["", "Genie", "Week 3", "1.2.3", "3 of 4 birds", "GPT-4", "2024-05-01", "no 5", "5 things that count", "–"],
)  # fmt: skip
def test_other_texts_are_none(text):
    assert not is_figure(text)


def test_a_column_of_figures_is_aligned_at_its_end():
    assert align_of(["1", "20", "–", "n/a"]) == "r"
    assert align_of(["1", "20", "300", "unknown"]) == "r"


def test_a_column_of_words_is_aligned_at_its_start():
    assert align_of(["1", "twenty", "many"]) == "l"
    assert align_of(["–", "—"]) == "l"
    assert align_of([]) == "l"
