"""What a deck remembers, and what is told of its edits: each at its key, and nothing of an untouched one."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from conceptdeck.building.deck import DeckJob, build_deck
from conceptdeck.building.revising import revised
from conceptdeck.checks.package.parts import check_package
from conceptdeck.checks.package.saved import read_saved
from conceptdeck.revision.remembering import memory_in
from conceptdeck.revision.tokens import normal
from support.decks import MAPS, ROOT
from support.edited import copy_slide, split, typed, with_text

EVERY_KIND = ROOT / "tests" / "cases" / "every-kind" / "map.yaml"
RIGHT_TO_LEFT = ROOT / "tests" / "cases" / "right-to-left" / "map.yaml"
CHINESE = ROOT / "tests" / "cases" / "chinese" / "map.yaml"
JAPANESE = MAPS / "japanese" / "map.yaml"
TITLE = "layers.past.name"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """Return the deck of the map that has every kind of slide."""
    return build_deck(DeckJob(EVERY_KIND, out=tmp_path_factory.mktemp("built"))).path


@pytest.fixture
def deck(built, tmp_path) -> Path:
    """Return a copy of it, to be edited."""
    return Path(shutil.copy(built, tmp_path / "deck.pptx"))


def edit(path: Path, change) -> None:
    """Let `change` edit a deck with python-pptx, and save it."""
    presentation = Presentation(path)
    change(presentation)
    presentation.save(path)


def kinds(path: Path) -> list[str]:
    return sorted({each.kind for each in revised(path).changes})


def wishes(path: Path) -> dict[str, str]:
    return {each.key: each.value for each in revised(path).edits.wishes}


def a_text(presentation, least: int = 12):
    """Return a shape and its paragraph that shows one string of the map, of some length."""
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.name.endswith(".meaning") and len(shape.text_frame.text) >= least:
                return slide, shape, shape.text_frame.paragraphs[0]
    raise AssertionError("no such text")


# --- what is remembered --------------------------------------------------------------------------


def test_a_deck_remembers_its_slides_its_shapes_and_the_strings_that_they_show(built):
    saved, problems = read_saved(built.read_bytes(), "deck.pptx")
    memory = memory_in(saved.memory)
    assert problems == ()
    assert (memory.origin.map_id, memory.origin.language, memory.origin.story) == ("every-kind", "en", "full")
    assert len(memory.slides) == len(saved.slides)
    for was, now in zip(memory.slides, saved.slides, strict=True):
        assert (was.id, [each.name for each in was.shapes]) == (now.id, [each.name for each in now.shapes])
    shown = {
        key
        for slide in memory.slides
        for shape in slide.shapes
        for body in shape.texts
        for told in body
        for key in told.keys
    }
    assert {"title", "core-sentence"} <= shown & memory.origin.values.keys()


def test_a_deck_with_a_memory_is_sound_and_two_builds_remember_the_same(built, tmp_path):
    again = build_deck(DeckJob(EVERY_KIND, out=tmp_path)).path
    assert check_package(built.read_bytes(), "deck.pptx") == ()
    assert again.read_bytes() == built.read_bytes()


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"map": 1}', "[" * 100_000, '{"map":"a","language":"en"'])
def test_what_is_no_memory_is_none(said):
    assert memory_in(said) is None


# --- an untouched deck ---------------------------------------------------------------------------


@pytest.mark.parametrize("map_file", [EVERY_KIND, RIGHT_TO_LEFT, CHINESE, JAPANESE], ids=lambda path: path.parent.name)
def test_an_untouched_deck_has_no_changes_whatever_program_saved_it(map_file, tmp_path, office):
    path = build_deck(DeckJob(map_file, out=tmp_path)).path
    assert revised(path).changes == ()
    edit(path, lambda presentation: None)
    assert revised(path).changes == ()
    once = office(path, to="pptx")
    assert revised(once).changes == ()
    again = office(Path(shutil.copy(once, tmp_path / "again.pptx")), to="pptx")
    assert revised(again).changes == ()


def test_what_a_program_has_dropped_is_made_anew_from_the_map(deck):
    edit(deck, forget)
    saved, _ = read_saved(deck.read_bytes(), "deck.pptx")
    assert saved.memory is None
    assert revised(deck, EVERY_KIND).changes == ()
    with_text(deck, "title@cover" if has(deck, "title@cover") else first_name(deck), "Another title")
    assert revised(deck, EVERY_KIND).changes


def forget(presentation) -> None:
    """Drop the part in which the deck remembers."""
    for id_, relation in list(presentation.part.rels.items()):
        if relation.reltype.endswith("/customXml"):
            presentation.part.rels.pop(id_)


def has(path: Path, name: str) -> bool:
    return any(shape.name == name for slide in Presentation(path).slides for shape in slide.shapes)


def first_name(path: Path) -> str:
    return next(
        shape.name
        for slide in Presentation(path).slides
        for shape in slide.shapes
        if shape.has_text_frame and shape.text_frame.paragraphs[0].runs
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Two words", "Two\u00a0words"),
        ("Two words", "Two\vwords "),
        ("Hyphenation", "Hyphen-\u200e\nation"),
        ("soft", "so\u00adft"),
        ("C++ و", "\u200eC++\u200e \u200fو"),
        ("two lines", "two_x000D_lines"),
        ("世界模型", "世界\n模型"),
        ("a_b", "a_x005F_b"),
    ],
)
def test_what_programs_make_of_a_text_is_compared_away(one, other):
    assert normal(one) == normal(other)


@pytest.mark.parametrize(("one", "other"), [("a b", "ab"), ("a-b", "ab"), ("A", "a"), ("世 界", "世界"), ("a.", "a")])
def test_what_somebody_changed_is_not(one, other):
    assert normal(one) != normal(other)


# --- edits ---------------------------------------------------------------------------------------


def test_a_typed_text_is_told_by_its_key(deck):
    presentation = Presentation(deck)
    _, shape, paragraph = a_text(presentation)
    name, old = shape.name, paragraph.text
    typed(paragraph, f"{old} indeed")
    presentation.save(deck)
    [(key, value)] = wishes(deck).items()
    assert key == name.partition("@")[0]
    assert normal(value) == normal(f"{old} indeed")


def test_split_runs_change_nothing(deck):
    edit(deck, lambda presentation: split(a_text(presentation)[2]))
    assert revised(deck).changes == ()


def test_notes_are_told_line_by_line_and_only_what_changed_is(deck):
    def change(presentation):
        frame = presentation.slides[0].notes_slide.notes_text_frame
        last = frame.paragraphs[-1]
        typed(last, f"{last.text} And more.")

    edit(deck, change)
    [(key, value)] = wishes(deck).items()
    assert key.endswith(("notes", "opening"))
    assert value.endswith("And more.")


def test_slides_that_were_moved_copied_deleted_and_added_are_told(deck):
    def change(presentation):
        slides = presentation.slides._sldIdLst
        slides.insert(2, slides[5])
        copy_slide(presentation, presentation.slides[3])
        presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = "Mine"
        slides.remove(slides[8])

    edit(deck, change)
    assert {"slide moved", "slide copied", "slide added", "slide deleted"} <= set(kinds(deck))
    assert wishes(deck) == {}


def test_what_is_changed_in_a_copy_of_a_slide_is_not_taken_for_the_slide(deck):
    def change(presentation):
        slide, shape, _ = a_text(presentation)
        made = copy_slide(presentation, slide)
        twin = next(each for each in made.shapes if each.name == shape.name)
        typed(twin.text_frame.paragraphs[0], "Only in the copy")

    edit(deck, change)
    assert wishes(deck) == {}
    assert "slide copied" in kinds(deck)


def test_of_two_shapes_of_one_name_none_is_guessed(deck):
    def change(presentation):
        _, shape, paragraph = a_text(presentation)
        twin = copy.deepcopy(shape._element)
        shape._element.addnext(twin)
        typed(paragraph, "One of the two was changed")

    edit(deck, change)
    assert wishes(deck) == {}
    assert "shape copied" in kinds(deck)


def test_deleted_added_and_moved_shapes_are_told(deck):
    def change(presentation):
        _, shape, _ = a_text(presentation)
        slide = presentation.slides[1]
        slide.shapes.add_textbox(0, 0, 900_000, 900_000).text_frame.text = "Added"
        other = next(
            each for each in slide.shapes if not each.is_placeholder and each.has_text_frame and each.text_frame.text
        )
        other.left += 900_000
        shape._element.getparent().remove(shape._element)

    edit(deck, change)
    assert {"shape added", "shape deleted", "shape moved"} <= set(kinds(deck))


def test_pasted_paragraphs_are_lines_of_the_text_if_it_is_one_string(deck):
    def change(presentation):
        _, shape, paragraph = a_text(presentation)
        pasted = copy.deepcopy(paragraph._p)
        paragraph._p.addnext(pasted)
        typed(shape.text_frame.paragraphs[1], "Pasted from\velsewhere")
        split(shape.text_frame.paragraphs[1])
        shape.text_frame.paragraphs[1].runs[0].font.name = "Comic Sans MS"

    edit(deck, change)
    [wish] = revised(deck).edits.wishes
    assert wish.value.endswith("\nPasted from\nelsewhere")


def test_paragraphs_pasted_between_those_of_several_strings_are_told(deck):
    def change(presentation):
        frame = next(
            shape.text_frame
            for slide in presentation.slides
            for shape in slide.shapes
            if shape.has_text_frame and len([each for each in shape.text_frame.paragraphs if each.runs]) > 1
        )
        pasted = copy.deepcopy(frame.paragraphs[0]._p)
        frame.paragraphs[0]._p.addnext(pasted)
        typed(frame.paragraphs[1], "Pasted")

    edit(deck, change)
    found = revised(deck)
    assert found.edits.wishes == ()
    assert [each.why for each in found.edits.left] == ["a paragraph was added"]


def test_a_line_break_is_a_line_break_of_the_text(deck):
    def change(presentation):
        _, _, paragraph = a_text(presentation)
        typed(paragraph, paragraph.text.replace(" ", "\v", 1))

    edit(deck, change)
    [wish] = revised(deck).edits.wishes
    assert wish.value.count("\n") == 1


def restyle(paragraph, start: int, end: int, **looks) -> None:
    """Give some words of a paragraph another look, as runs of their own."""
    run = paragraph.runs[0]
    words = run.text.split(" ")
    pieces = [" ".join([*words[:start], ""]), " ".join(words[start:end]), " ".join(["", *words[end:]])]
    others = [copy.deepcopy(run._r) for _ in pieces]
    for other in reversed(others):
        run._r.addnext(other)
    run._r.getparent().remove(run._r)
    for each, text in zip(paragraph.runs, pieces, strict=True):
        each.text = text
    for name, value in looks.items():
        setattr(paragraph.runs[1].font, name, value)


def a_plain_text(presentation):
    """Return a paragraph of some words in one look that is not bold, which shows one string, and that string's key."""
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_text_frame and not shape.is_placeholder and len(shape.text_frame.paragraphs) == 1:
                paragraph = shape.text_frame.paragraphs[0]
                one = len(paragraph.runs) == 1 and not paragraph.runs[0].font.bold
                if (
                    one
                    and len(paragraph.text.split()) > 4
                    and shape.name.startswith("layers.")
                    and "@" not in shape.name
                ):
                    return paragraph, shape.name
    raise AssertionError("no such text")


@pytest.mark.parametrize(
    ("looks", "mark"), [({"bold": True}, "**"), ({"italic": True}, "*"), ({"bold": True, "italic": True}, "***")]
)
def test_words_that_were_made_bold_or_italic_are_marked_in_the_string(looks, mark, deck):
    def change(presentation):
        paragraph, _ = a_plain_text(presentation)
        restyle(paragraph, 1, 3, **looks)

    edit(deck, change)
    [change_] = revised(deck).changes
    [(key, value)] = wishes(deck).items()
    words = normal(change_.new).split(" ")
    said = f"{mark}{' '.join(words[1:3])}{mark}"
    assert normal(value) == normal(" ".join([words[0], said, *words[3:]]))
    assert change_.kind == "emphasis"
    assert key in change_.keys


def test_a_new_word_may_be_bold(deck):
    def change(presentation):
        paragraph, _ = a_plain_text(presentation)
        run = paragraph.runs[0]
        added = copy.deepcopy(run._r)
        run._r.addnext(added)
        paragraph.runs[1].text = " indeed"
        paragraph.runs[1].font.bold = True

    edit(deck, change)
    [value] = wishes(deck).values()
    assert value.endswith(" **indeed**")


def test_other_sizes_colours_faces_and_alignments_are_told_item_by_item(deck):
    def change(presentation):
        paragraph, _ = a_plain_text(presentation)
        paragraph.alignment = PP_ALIGN.RIGHT
        font = paragraph.runs[0].font
        font.size, font.name, font.bold = Pt(33), "Comic Sans MS", True
        font.color.rgb = RGBColor(1, 2, 3)

    edit(deck, change)
    [found] = revised(deck).changes
    assert found.kind == "restyled"
    for said in ("size: 33 pt", "colour: 010203", "font: comic sans ms", "alignment: right", "bold: yes"):
        assert said in found.new.lower()
    assert wishes(deck) == {}


def test_some_words_in_another_colour_are_named(deck):
    def change(presentation):
        paragraph, _ = a_plain_text(presentation)
        restyle(paragraph, 1, 3, size=Pt(40))

    edit(deck, change)
    [found] = revised(deck).changes
    words = " ".join(a_plain_words(deck, found.shape)[1:3])
    assert found.new == f"size of “{words}”: 40 pt"


def a_plain_words(deck: Path, name: str) -> list[str]:
    shapes = (shape for slide in Presentation(deck).slides for shape in slide.shapes if shape.name == name)
    return next(shapes).text_frame.text.split()


def test_one_string_changed_in_two_ways_is_two_wishes(deck):
    def change(presentation):
        titles = [
            shape
            for slide in presentation.slides
            for shape in slide.shapes
            if shape.has_text_frame and shape.name.startswith("title") and shape.text_frame.text
        ]
        for number, shape in enumerate(titles[:2]):
            typed(shape.text_frame.paragraphs[0], f"Changed {number}")
        assert len(titles) > 1

    edit(deck, change)
    found = [each for each in revised(deck).edits.wishes if each.key == "title"]
    assert len(found) == 2


def test_a_cell_of_a_table_is_told_by_its_key(deck):
    def change(presentation):
        table = next(shape.table for slide in presentation.slides for shape in slide.shapes if shape.has_table)
        paragraph = table.cell(1, 1).text_frame.paragraphs[0]
        typed(paragraph, f"{paragraph.text} too")

    edit(deck, change)
    [wish] = revised(deck).edits.wishes
    assert wish.changes[0].kind == "cell"
    assert wish.value.endswith(" too")


# --- hostile decks -------------------------------------------------------------------------------


def test_thousands_of_shapes_of_any_names_are_told_one_by_one(deck):
    def change(presentation):
        slide = presentation.slides[1]
        tree = slide.shapes._spTree
        box = slide.shapes.add_textbox(0, 0, 900_000, 900_000)
        box.text_frame.text = "again"
        for number in range(5_000):
            twin = copy.deepcopy(box._element)
            twin.nvSpPr.cNvPr.set("name", f"Added {number}" if number % 2 else "Added")
            tree.append(twin)

    edit(deck, change)
    found = revised(deck)
    assert sum(each.kind == "shape added" for each in found.changes) == 5_001
    assert found.edits.wishes == ()


def test_a_text_without_end_is_not_compared_word_by_word(deck):
    def change(presentation):
        typed(a_text(presentation)[2], "word " * 100_000)
        typed(presentation.slides[0].notes_slide.notes_text_frame.paragraphs[0], "word " * 100_000)

    edit(deck, change)
    assert {each.why for each in revised(deck).edits.left} == {"it is too long to be compared"}
    assert wishes(deck) == {}
