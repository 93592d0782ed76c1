"""Slides of an author's own: where stories tell them, what they show, and who sees them."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation

from conceptdeck.building.deck import DeckJob, build_deck, plan_deck
from conceptdeck.building.edition import read_edition
from conceptdeck.translation.catalog import sources
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.frame import Chart, Picture, Table
from conceptdeck.values.items import bodies, keys_in
from support.imaged import quarters

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "slides.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(title:.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)
STORY = re.search(r"^```yaml\n(short:.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)[1]
THEMES = ("atlas", "orbit", "beacon")
HEAD = """
title: Cities
core-sentence: People meet.
layers:
  items:
    past:
      name: Past
      concepts:
        market: {name: Market, description: Where goods change hands., meaning: Trade brings people together}
    now:
      name: Now
      concepts:
        link: {name: Link, description: What joins people., meaning: Links multiply}
conclusion: {title: We meet}
slides:
"""


@pytest.fixture
def planned(tmp_path):
    """Return `planned(slides, **options)`: the plan of a map with these slides, and stories of its own."""

    def make(slides: str, stories: str = "", **options):
        path = a_map(tmp_path, HEAD + slides)
        if stories:
            (path.parent / "stories.yaml").write_text(stories, encoding="utf-8")
        return plan_deck(DeckJob(path, **options))

    return make


def a_map(folder: Path, text: str) -> Path:
    """Write a map beside the image that it shows."""
    path = folder / "cities" / "map.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    (path.parent / "square.png").write_bytes(quarters())
    return path


def keys(plan) -> list[str]:
    return [slide.key for slide in plan.deck.slides]


# --- the document -----------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("story", ["full", "talk"])
@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_examples_of_the_document_build_without_findings(tmp_path, number, story, theme):
    plan = plan_deck(DeckJob(a_map(tmp_path, EXAMPLES[number]), story=story, theme=theme))
    assert plan.problems == ()
    assert [key for key in keys(plan) if key.startswith("slides.")]


@pytest.mark.parametrize("size", ["4:3", "a4-portrait", "square", "16:10"])
def test_the_examples_fit_slides_of_other_sizes(tmp_path, size):
    assert plan_deck(DeckJob(a_map(tmp_path, EXAMPLES[1]), size=size)).problems == ()


def test_the_story_of_the_document_tells_slides_one_by_one_and_the_rest_together(tmp_path):
    both = EXAMPLES[1] + EXAMPLES[0].partition("slides:\n")[2]
    path = a_map(tmp_path, both)
    (path.parent / "stories.yaml").write_text(STORY, encoding="utf-8")
    told = keys(plan_deck(DeckJob(path, story="short")))
    assert told[:3] == ["cover", "slides.claim", "layers.past.concepts.market"]
    assert told.count("slides.claim") == 1
    assert told[-1] == "slides.spare"


def test_the_document_names_every_kind():
    from conceptdeck.values.slides import KINDS

    assert all(f"| `{kind}` |" in DOCUMENT and re.search(rf"^    {kind}:", "\n".join(EXAMPLES), re.M) for kind in KINDS)


# --- where they are told ----------------------------------------------------------------------


def test_slides_stand_before_the_conclusion_and_those_with_after_behind_what_they_name(planned):
    told = keys(
        planned("""
  last: {statement: One}
  first: {statement: Two, after: cover}
  second: {statement: Three, after: first}
  behind: {statement: Four, after: 'layer:past'}
""")
    )
    assert told[:3] == ["cover", "slides.first", "slides.second"]
    assert told[told.index("slides.last") + 1] == "conclusion"
    before = told[: told.index("slides.behind")]
    assert "layers.past.concepts.market" in before
    assert "layers.now" not in before


def test_slides_that_follow_each_other_in_a_circle_stay_where_they_are(planned):
    told = keys(planned("  one: {statement: One, after: two}\n  two: {statement: Two, after: one}\n"))
    assert told[-4:] == ["slides.one", "slides.two", "conclusion", "closing"]


def test_a_reused_slide_is_told_twice_with_notes_of_its_own(planned):
    plan = planned("  again: {reuse: 'concept:market', notes: Once more.}\n")
    frame = next(frame for frame in plan.frames if frame.slide == "slides.again")
    assert "Market" in "".join(str(item) for item in frame.items)
    assert "Once more." in frame.notes
    assert "layers.past.concepts.market" in keys(plan)


def test_a_story_may_name_a_slide_by_its_kind_and_id(planned):
    plan = planned("  one: {statement: One}\n", "own:\n  slides: [{cover: 1}, {'concept:link': 2}]\n", story="own")
    assert keys(plan) == ["cover", "layers.now.concepts.link"]


def test_a_slide_that_is_called_like_a_kind_does_not_stand_in_its_place(planned):
    stories = "own:\n  slides: [{cover: 1}, {'slide:closing': 2}, {closing: 1}]\n"
    assert keys(planned("  closing: {statement: One}\n", stories, story="own")) == [
        "cover",
        "slides.closing",
        "closing",
    ]


def test_minutes_of_a_slide_count_whatever_the_story_plans_and_hidden_ones_take_none(planned):
    plan = planned("  one: {statement: One, minutes: 7}\n  two: {statement: Two, hidden: true, minutes: 9}\n")
    minutes = {slide.key: slide.minutes for slide in plan.deck.slides}
    assert (minutes["slides.one"], minutes["slides.two"]) == (7.0, 0.0)


# --- who sees them ----------------------------------------------------------------------------


def test_hidden_slides_are_skipped_by_powerpoint_and_left_out_of_the_page(tmp_path):
    slides = "  one: {statement: Seen by all}\n  two: {statement: Seen by none, hidden: true}\n"
    path = a_map(tmp_path, HEAD + slides + "  three: {statement: Asked perhaps, backup: true}\n")
    job = DeckJob(path, out=tmp_path / "out", formats=("pptx", "html"))
    built = build_deck(job)
    shown = [slide._element.get("show") for slide in Presentation(str(built.path)).slides]
    assert shown.count("0") == 2
    assert shown[-1] == "0"
    page = built.path.with_suffix(".html").read_text(encoding="utf-8")
    assert "Seen by all" in page
    assert "Seen by none" not in page
    assert "Asked perhaps" not in page


# --- what they show ---------------------------------------------------------------------------


def test_every_text_of_a_slide_is_in_the_catalog_and_on_the_slide(tmp_path):
    path = a_map(tmp_path, EXAMPLES[1])
    own = {text.key for text in sources(read_edition(path).map) if text.key.startswith("slides.")}
    frames = plan_deck(DeckJob(path)).frames
    shown = {key for frame in frames for item in frame.items for key in keys_in(item)}
    told = {key for frame in frames for item in frame.items if isinstance(item, (Picture, Chart)) for key in item.told}
    assert own <= shown | told


def test_an_image_below_its_title_is_seen_whole(planned):
    plan = planned("  shot: {title: Seen, image: {file: ./square.png, alt: Squares}}\n")
    picture = next(item for frame in plan.frames for item in frame.items if isinstance(item, Picture))
    assert picture.seen.crop.left == picture.seen.crop.top == 0


@pytest.mark.parametrize("place", ["left", "right"])
def test_an_image_beside_words_goes_to_the_edge(planned, place):
    plan = planned(f"  shot: {{title: Seen, text: Words, image: {{file: ./square.png, alt: A, place: {place}}}}}\n")
    picture = next(item for frame in plan.frames for item in frame.items if isinstance(item, Picture))
    assert picture.box.x == 0 if place == "left" else picture.box.right == plan.theme.size.w


def test_many_bullets_go_on_on_another_slide(planned):
    points = ", ".join(f"Point {number} of a long list" for number in range(20))
    frames = planned(f"  many: {{title: Many, bullets: [{points}]}}\n").frames
    assert sum(frame.slide == "slides.many" for frame in frames) == 3


def test_a_table_of_a_file_shows_its_cells_and_its_catalog_has_them(tmp_path):
    path = a_map(tmp_path, HEAD + "  rents: {title: Rents, table: {file: ./rents.csv}}\n")
    (path.parent / "rents.csv").write_bytes("\ufeffPlace;Rent\nOld town;24 €\n\nHills;\n".encode())
    frame = next(frame for frame in plan_deck(DeckJob(path)).frames if frame.slide == "slides.rents")
    table = next(item for item in frame.items if isinstance(item, Table))
    said = [[cell.body.text for cell in row.cells] for row in table.rows]
    assert said == [["Place", "Rent"], ["Old town", "24 €"], ["Hills", "–"]]
    found = {text.key: text.value for text in sources(read_edition(path).map)}
    assert found["slides.rents.table.rows.1.2"] == "24 €"
    assert "slides.rents.table.rows.2.2" not in found


def test_code_keeps_its_lines_and_words_have_the_colours_of_what_they_are(planned):
    lines = "'for row in file:\\n    print(0)  # all'".replace("'", '"')
    plan = planned(f"  loop: {{title: Loop, code: {{language: python, text: {lines}}}}}\n")
    body = next(
        body
        for frame in plan.frames
        for item in frame.items
        if item.name == "slides.loop.code"
        for body in bodies(item)
    )
    assert [paragraph.text.replace("\u00a0", " ") for paragraph in body.paragraphs] == [
        "for row in file:",
        "    print(0)  # all",
    ]
    slots = {run.text: run.slot for paragraph in body.paragraphs for run in paragraph.runs}
    assert len({slots["for"], slots["0"], slots["# all"], slots[" row "] if " row " in slots else slots["row"]}) == 4
    assert {run.mono for paragraph in body.paragraphs for run in paragraph.runs} == {plan.theme.mono}


def test_code_of_many_lines_goes_on_and_is_the_same_in_a_file(tmp_path):
    path = a_map(tmp_path, HEAD + "  loop: {title: Loop, code: {file: ./loop.py, language: python}}\n")
    (path.parent / "loop.py").write_text("".join(f"print({number})\n" for number in range(60)), encoding="utf-8")
    frames = [frame for frame in plan_deck(DeckJob(path)).frames if frame.slide == "slides.loop"]
    told = [
        paragraph.text
        for frame in frames
        for item in frame.items
        if item.name.startswith("slides.loop.code")
        for body in bodies(item)
        for paragraph in body.paragraphs
    ]
    assert told == [f"print({number})" for number in range(60)]
    assert len(frames) == 3


def test_decks_without_code_and_data_load_neither_pygments_nor_csv(tmp_path):
    path = a_map(tmp_path, HEAD + "  one: {statement: One}\n")
    script = (
        "import sys; from pathlib import Path; from conceptdeck.building.deck import DeckJob, plan_deck;"
        f"plan_deck(DeckJob(Path({str(path)!r}))); print([each for each in ('pygments', 'csv') if each in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"a,b\n1,2\n3\n", 3, "1 cells, the headings are 2"),
        (b"a,b\n", 1, "0 rows"),
        (b"", 1, "0 columns"),
        (b'a,b\n"1,2\n', 2, "not comma-separated"),
        (b"a,b\n\xff,2\n", 2, "not UTF-8"),
        (b"a\n" + b"1\n" * 300, 202, "more than 200 rows"),
    ],
)
def test_a_file_that_is_no_table_is_told_at_its_line(tmp_path, data, line, said):
    path = a_map(tmp_path, HEAD + "  rents: {title: Rents, table: {file: ./rents.csv}}\n")
    (path.parent / "rents.csv").write_bytes(data)
    with pytest.raises(Failure) as failure:
        plan_deck(DeckJob(path))
    found = next(each for each in failure.value.diagnostics if each.code == "bad-data")
    assert (found.span.path.rpartition("/")[2], found.span.line) == ("rents.csv", line)
    assert said in found.message


def test_a_file_beyond_the_size_that_is_read_is_refused(tmp_path):
    path = a_map(tmp_path, HEAD + "  rents: {title: Rents, table: {file: ./rents.csv}}\n")
    (path.parent / "rents.csv").write_bytes(b"a" * 1_000_001)
    with pytest.raises(Failure, match="1,000,001 bytes"):
        plan_deck(DeckJob(path))


# --- mistakes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slide", "code", "said"),
    [
        ("{title: A}", "slide-kind", "does not say what it shows"),
        ("{statement: A, quote: {text: B}}", "slide-kind", "is of the kind `statement` already"),
        ("{title: A, statement: B}", "slide-kind", "has no title"),
        ("{title: A, bullets: [B], text: C}", "slide-kind", "does not show `text`"),
        ("{bullets: [A]}", "missing-key", "lacks `title`"),
        ("{title: A, bulets: [B]}", "unknown-key", "`bulets`"),
        ("{title: A, bullets: []}", "empty-collection", "nothing in it"),
        ("{statement: A, minutes: -1}", "bad-number", "`-1`"),
        ("{statement: A, hidden: maybe}", "bad-flag", "`maybe`"),
        ("{title: A, image: {file: ./none.png, alt: B}}", "bad-image", "there is no file"),
        ("{title: A, image: {file: ./square.png, alt: B, place: above}}", "bad-choice", "`above`"),
        ("{title: A, table: {columns: [B, C], rows: [[D]]}}", "bad-data", "has 1 cells, the columns are 2"),
        ("{title: A, table: {columns: [B, C]}}", "missing-key", "lacks `columns` and `rows`"),
        ("{title: A, table: {columns: [B], rows: [C]}}", "wrong-kind", "a list of rows"),
        ("{title: A, table: {file: ./none.csv}}", "bad-data", "is no file that is there"),
        ("{title: A, table: {file: ../up.csv}}", "bad-data", "is not the path of a file beside the map"),
        ("{title: A, table: {file: ./table.xlsx}}", "bad-data", "does not end in csv or tsv"),
        ("{title: A, chart: {columns: [A, B], rows: [[C, '1,5']]}}", "bad-data", "is no number"),
        ("{title: A, chart: {columns: [A, B], rows: [[C, 1, 2]]}}", "bad-data", "the row has 3 cells"),
        ("{title: A, chart: {columns: [A], rows: [[C]]}}", "bad-data", "has no series of numbers"),
        ("{title: A, chart: {columns: [A, B, C, D, E, F, G], rows: [[H, 1, 2, 3, 4, 5, 6]]}}", "bad-data", "6 series"),
        (f"{{title: A, chart: {{columns: [A, B], rows: [{', '.join(['[C, 1]'] * 13)}]}}}}", "bad-data", "13 rows"),
        ("{title: A, chart: {type: stacked, columns: [A, B], rows: [[C, -1]]}}", "bad-data", "less than nothing"),
        ("{title: A, chart: {columns: [A, B], rows: [[C, 1]], highlight: D}}", "bad-data", "is no series of the chart"),
        ("{title: A, code: {language: pyhton, text: B}}", "bad-code", "is no language that is known"),
        ("{title: A, code: {language: python}}", "slide-kind", "in `text` or in a `file`"),
        (f"{{title: A, code: {{text: {'b' * 300}}}}}", "bad-code", "1 lines of up to 300 characters"),
        ("{title: A, code: {file: ./square.png}}", "bad-code", "is not UTF-8"),
        ("{reuse: 'concept:markt'}", "unknown-slide", "which no slide is called"),
        ("{statement: A, after: covr}", "unknown-slide", "which no slide is called"),
        ("[A]", "wrong-kind", "must be a mapping"),
    ],
)
def test_each_mistake_is_told_with_its_place_and_a_way_out(planned, slide, code, said):
    with pytest.raises(Failure) as failure:
        planned(f"  one: {slide}\n")
    found = next(each for each in failure.value.diagnostics if each.code == code)
    assert said in found.message
    assert found.span.line
    assert found.hints


@pytest.mark.parametrize("kind", ["bar", "line", "dot", "stacked"])
def test_a_chart_is_one_of_powerpoint_with_the_numbers_of_the_map_in_its_workbook(tmp_path, kind):
    rows = "[[Old town, 24, 3], [Hills, 11.5, 4]]"
    chart = f"  rents: {{title: Rents, chart: {{type: {kind}, columns: [Place, Rent, Way], rows: {rows}}}}}\n"
    built = build_deck(DeckJob(a_map(tmp_path, HEAD + chart), out=tmp_path / "out"))
    [found] = [
        shape.chart for slide in Presentation(str(built.path)).slides for shape in slide.shapes if shape.has_chart
    ]
    assert list(found.plots[0].categories) == ["Old town", "Hills"]
    assert {each.name: tuple(each.values) for each in found.series} == {"Rent": (24.0, 11.5), "Way": (3.0, 4.0)}
    book = zipfile.ZipFile(io.BytesIO(found.part.chart_workbook.xlsx_part.blob))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert all(said in sheet for said in ("Old town", "Way", "<v>11.5</v>"))
    assert {each.date_time for each in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
