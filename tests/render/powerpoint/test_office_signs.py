"""Words with signs in LibreOffice, which parts C++ after its first plus: they stay whole where no width holds."""

from __future__ import annotations

import random

import pypdfium2
import pytest

from conceptdeck.values.items import bodies
from support.decks import build_map, unspaced, write_map
from support.office import dealt, lines_of

TOOLS = ["C++", "C#", ".NET", "F#", "A/B", "C++17", "TCP/IP", "I/O"]


def named(choose: random.Random, count: int) -> str:
    return " ".join(choose.choice(TOOLS) for _ in range(count))


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    """Return a deck of concepts that are told in nothing but such words."""
    choose = random.Random(3)
    concepts = {
        f"k{n}": {"name": f"C++ and C# {n}", "description": named(choose, 14 + 3 * n), "meaning": named(choose, 10 + n)}
        for n in range(9)
    }
    layer = {"name": "C++ and F#", "summary": named(choose, 8), "lead": named(choose, 30), "concepts": concepts}
    tree = {
        "language": "en",
        "title": "C++ and C# and .NET for I/O with A/B tests of C++17 and F# in C++",
        "core-sentence": named(choose, 14),
        "layers": {"title": named(choose, 9), "items": {"one": layer}},
    }
    folder = tmp_path_factory.mktemp("signs")
    return build_map(write_map(folder / "workshop", tree), "orbit", folder / "out")


def turned(built) -> list[str]:
    """Return the texts that have breaks of their own."""
    found = [
        paragraph.text
        for frame in built.frames
        for item in frame.items
        for body in bodies(item)
        for paragraph in body.paragraphs
    ]
    return [text for text in found if "\n" in text]


def test_words_with_signs_stay_whole(workshop, office):
    with pypdfium2.PdfDocument(office(workshop.path)) as document:
        for number, block, some in dealt(workshop, document):
            leading = min(paragraph.leading for paragraph in block.body.paragraphs)
            assert lines_of(some, leading) == [unspaced(line) for line in block.lines], (number, block.name)


def test_a_break_of_its_own_stands_only_before_such_a_word_and_after_its_space(workshop):
    texts = turned(workshop)
    assert len(texts) > 3
    for text in texts:
        for before, _, after in (text.partition("\n"), text.rpartition("\n")):
            assert before.endswith(" ")
            assert after.startswith("C++")
