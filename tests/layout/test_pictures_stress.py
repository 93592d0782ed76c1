"""Pictures of maps of unusual sizes, widths, scripts and words: clean, or with a finding that an author understands."""

import copy
import itertools
import json
import subprocess
from functools import cache

import pytest
from lxml import etree

from conceptdeck.building.diagrams import Sheet, paint
from conceptdeck.render.gv import write_gv
from conceptdeck.values.diagnostics import Failure, Severity
from conceptdeck.values.hyphens import joined, without_soft
from conceptdeck.values.picture import Poster
from conceptdeck.workspace.graphviz import embedded_engine
from support.decks import shipped_tree, write_map
from support.drawn import DESIGNS, WORLD, faults, named, routes_of, shapes_of, sheet_of, texts_of
from support.pictures import AWKWARD
from support.sized import sized_tree

SVG = "{http://www.w3.org/2000/svg}"
LABELS = ("name", "role", "tagline", "phrase", "does", "holds", "question", "headline", "title", "entry", "form")
TEXTS = (*LABELS, "meaning", "description", "subtitle", "core-sentence", "caption", "summary", "lead", "detail")
ABOUT_THE_MAP = {"english-words", "unused-system", "orphan-concept", "duplicate-label", "repeated-text"}
SCRIPTS = {
    "zh-Hans": "世界模型学习世界如何运作，并且预测接下来会发生什么。",
    "ja": "世界モデルは、映像から世界の振る舞いを学び、次に何が起こるかを予測する。",
    "ar": "نموذج العالم يتعلم كيف يتصرف العالم من الفيديو ويتنبأ بما يحدث بعد ذلك مع Genie 3 ",
    "th": "แบบจำลองโลกเรียนรู้ว่าโลกทำงานอย่างไรจากวิดีโอและทำนายสิ่งที่จะเกิดขึ้น",
    "ru": "Модель мира учится предсказывать то, что произойдёт дальше ",
}
SHAPES = [
    {"layers": 1},
    {"layers": 12},
    {"layers": 3, "relations": 1},
    {"layers": 3, "relations": 30},
    {"layers": 3, "levels": 1},
    {"layers": 3, "levels": 15},
    {"layers": 3, "categories": 1},
    {"layers": 3, "categories": 8},
    {"layers": 3, "columns": 1},
    {"layers": 3, "columns": 6},
    {"layers": 3, "steps": 1},
    {"layers": 3, "steps": 12},
    {"layers": 5, "steps": 4, "levels": 6, "categories": 4, "relations": 5, "columns": 4},
]


def told(sheet: Sheet) -> set[str]:
    """Return the codes of what is wrong with the pictures, not with the map."""
    return {problem.code for problem in sheet.problems} - ABOUT_THE_MAP


def unclean(sheet: Sheet) -> list[str]:
    return [f"{drawing.id}: {fault}" for drawing in sheet.drawings for fault in faults(drawing, sheet.theme)]


def wider(sheet: Sheet, width: int) -> set[str]:
    """Return the titles of pictures that are wider than asked for; one on a sheet of its own is not asked."""
    pairs = zip(sheet.portfolio.pictures, sheet.drawings, strict=True)
    return {
        drawing.title
        for shown, drawing in pairs
        if drawing.size.w.px > width + 1 and not (isinstance(shown, Poster) and shown.paper)
    }


def changed_texts(tree: dict, keys, change) -> dict:
    """Return a map in which each text under one of `keys` is what `change` makes of it."""
    tree = copy.deepcopy(tree)

    def walk(part: dict) -> None:
        for key, value in part.items():
            if isinstance(value, dict):
                walk(value)
            elif isinstance(value, str) and key in keys:
                part[key] = change(value)

    walk(tree)
    return tree


@pytest.fixture
def drawn(tmp_path):
    return lambda tree, **options: sheet_of(write_map(tmp_path / "mine", tree), **options)


@pytest.mark.parametrize("theme", DESIGNS)
def test_labels_three_times_as_long_give_clean_pictures_of_the_same_width(drawn, theme):
    sheet = drawn(changed_texts(shipped_tree(), LABELS, lambda text: " ".join([text] * 3)), theme=theme)
    assert told(sheet) == set()
    assert unclean(sheet) == []
    assert wider(sheet, 700) == set()


@pytest.mark.parametrize("size", SHAPES, ids=lambda size: "-".join(f"{n}-{k}" for k, n in size.items()))
@pytest.mark.parametrize("width", [320, 700, 1400])
def test_a_map_of_any_size_has_clean_pictures_or_is_told_what_to_split(drawn, size, width):
    sheet = drawn(sized_tree(**size), width=width)
    assert unclean(sheet) == []
    assert told(sheet) <= {"diagram-too-wide", "broken-word"}
    shown = " ".join(str(problem) for problem in sheet.problems if problem.code == "diagram-too-wide")
    for title in wider(sheet, width) - {"A map of any size"}:
        assert f"“{title}” needs " in shown
    if width >= 700:
        assert wider(sheet, width) == set()


def test_a_picture_too_wide_to_be_read_offers_a_split_into_narrower_ones(drawn):
    def tangled() -> dict:
        tree = sized_tree(layers=3, relations=12)
        items = tree["relations"]["items"]
        model = items["relation-0"]
        items |= {f"on-{n}": model | {"source": f"concept-{n}", "target": f"concept-{n + 1}"} for n in range(11)}
        return tree

    whole = drawn(tangled(), every_concept=False, width=480)
    assert unclean(whole) == []
    problem = next(each for each in whole.problems if each.code == "diagram-too-wide")
    assert problem.severity is Severity.WARNING
    assert problem.span.line > 0
    halves = [part.split("]")[0].split(", ") for part in " ".join(problem.hints).split("elements: [")[1:]]
    assert {*halves[0]} & {*halves[1]} == {"goal"}
    assert len({*halves[0], *halves[1]}) == 13
    diagrams = {f"part-{n}": {"kind": "relations", "elements": half, "title": f"{n}"} for n, half in enumerate(halves)}
    parts = drawn({**tangled(), "diagrams": diagrams}, every_concept=False, width=480)
    assert unclean(parts) == []
    assert max(drawing.size.w for drawing in parts.drawings) < named(whole, "relations").size.w


def test_many_relations_of_one_concept_go_beside_it_rather_than_beyond_the_page(drawn):
    sheet = drawn(sized_tree(layers=3, relations=30), every_concept=False)
    assert told(sheet) == set()
    assert wider(sheet, 700) == set()
    assert unclean(sheet) == []


@pytest.mark.parametrize("width", [320, 360, 480, 1000, 1400, 4000])
def test_the_shipped_map_is_clean_at_any_width_and_says_what_is_made_wider(width):
    sheet = sheet_of(WORLD, width=width)
    assert unclean(sheet) == []
    assert told(sheet) <= {"diagram-too-wide", "broken-word"}
    shown = " ".join(map(str, sheet.problems))
    assert all(f"“{title}” needs " in shown for title in wider(sheet, width))
    if width >= 700:
        assert told(sheet) == set()


def test_a_table_of_twenty_rows_and_a_layer_of_forty_concepts_are_clean(drawn):
    tree = sized_tree(layers=3, columns=3)
    rows = tree["tables"]["matrix"]["rows"]
    rows |= {f"more-{n}": {key: f"{text} {n}" for key, text in rows["row-0"].items()} for n in range(15)}
    inner = tree["layers"]["items"]["layer-0"]["concepts"]
    inner |= {f"more-{n}": {"name": f"One more concept {n}", "description": f"It is {n}."} for n in range(39)}
    sheet = drawn(tree)
    assert told(sheet) == set()
    assert unclean(sheet) == []
    assert routes_of(named(sheet, "bridge")) == []


def test_a_concept_in_several_levels_and_categories_has_a_name_in_each(drawn):
    tree = sized_tree(layers=3, levels=3, categories=3)
    for group in ("strata", "categories"):
        for item in tree[group]["items"].values():
            item["members"] = ["goal", "concept-0"]
    sheet = drawn(tree)
    assert told(sheet) == set()
    assert unclean(sheet) == []
    assert texts_of(named(sheet, "hierarchy")).count("The anchor outside") == 3


@pytest.mark.parametrize("language", SCRIPTS)
def test_every_script_is_clean(drawn, language):
    words, number = SCRIPTS[language], itertools.count()

    def translated(text: str) -> str:
        length = max(2, int(len(text) * 0.6))
        return f"{(words * (1 + length // len(words)))[:length].strip()} {next(number)}"

    sheet = drawn({**changed_texts(shipped_tree(), TEXTS, translated), "language": language})
    assert told(sheet) == set()
    assert unclean(sheet) == []
    assert {drawing.language for drawing in sheet.drawings} == {language}


def test_a_long_word_is_hyphenated_in_a_picture(drawn):
    tree = shipped_tree()
    tree["layers"]["items"]["past"]["concepts"]["metaverse"]["name"] = "Donaudampfschifffahrtsgesellschaftskapitän"
    sheet = drawn(tree)
    assert told(sheet) <= {"broken-word"}
    assert unclean(sheet) == []
    found = {text for drawing in sheet.drawings for text in texts_of(drawing)}
    assert "Donaudampfschifffahrtsgesellschaftskapitän" in {*map(joined, found)}


def test_a_word_that_no_picture_has_room_for_is_cut_and_told_by_place(drawn):
    tree = shipped_tree()
    tree["layers"]["items"]["past"]["concepts"]["metaverse"]["name"] = "W" * 5000
    sheet = drawn(tree, every_concept=False)
    cut = [problem for problem in sheet.problems if problem.code == "broken-word"]
    assert cut
    assert not [problem for problem in sheet.problems if problem.severity is Severity.ERROR]
    assert all(problem.span.line > 0 for problem in cut)


def test_a_graph_too_dense_for_graphviz_is_drawn_in_plain_ranks_and_says_so(drawn):
    sheet = drawn(sized_tree(layers=1, relations=150), every_concept=False)
    assert "diagram-fallback" in told(sheet)
    assert len(routes_of(named(sheet, "relations"))) == 300


# --- awkward strings ---------------------------------------------------------------------------------


@cache
def awkward_tree() -> dict:
    strings = itertools.cycle(AWKWARD.values())
    return changed_texts(
        shipped_tree(), ("name", "tagline", "phrase", "role", "holds", "title"), lambda _: next(strings)
    )


@pytest.fixture(scope="module")
def awkward(tmp_path_factory) -> Sheet:
    return sheet_of(write_map(tmp_path_factory.mktemp("awkward") / "mine", awkward_tree()))


def test_awkward_strings_are_clean(awkward):
    assert told(awkward) <= {"diagram-too-wide", "broken-word", "unknown-mark"}
    assert unclean(awkward) == []
    found = {joined(text) for drawing in awkward.drawings for text in texts_of(drawing)}
    assert {*map(without_soft, AWKWARD.values())} <= found


def test_awkward_strings_arrive_exactly_in_svg_title_and_description(awkward):
    for shown, drawing in zip(awkward.portfolio.pictures, awkward.drawings, strict=True):
        files, problems = paint(awkward, shown, drawing, ("svg",))
        assert problems == ()
        root = etree.fromstring(files[f"{drawing.id}.svg"])
        assert ["".join(text.itertext()) for text in root.iter(f"{SVG}text")] == texts_of(drawing)
        assert root.findtext(f"{SVG}title") == drawing.title
        assert root.findtext(f"{SVG}desc") == drawing.description


def test_awkward_strings_arrive_exactly_in_the_labels_of_the_dot_source(awkward):
    for shown, drawing in zip(awkward.portfolio.pictures, awkward.drawings, strict=True):
        labels = {without_soft(line) for label in labels_of(write_gv(shown)) for line in label.split("\n")}
        wanted = {text for shape in shapes_of(drawing) if shape.fill for text in paragraphs(shape)}
        numbered = {text for text in wanted if text[:2].isdigit()}  # numbers of layers and steps are the layout's own
        assert wanted - numbered <= labels, drawing.id


def paragraphs(shape) -> list[str]:
    return (
        [joined(paragraph.text) for paragraph in shape.text.paragraphs] if shape.text and not shape.decorative else []
    )


def labels_of(source: str) -> list[str]:
    """Return the labels of a graph as Graphviz reads them: it draws them, entities and escapes resolved."""
    done = subprocess.run([embedded_engine(), "-Tjson"], input=source.encode(), capture_output=True, check=True)
    data = json.loads(done.stdout)
    found = []
    for each in (data, *data.get("objects", ()), *data.get("edges", ())):
        lines = [op["text"] for key in ("_ldraw_",) for op in each.get(key, ()) if op["op"] == "T"]
        found.append("\n".join(lines).replace("\\\\", "\\"))  # the JSON of drawings doubles what was doubled
    return found


@pytest.mark.parametrize(
    "text", ["\x08", "\ufffe", "\u202e hidden", "\u2066 open"], ids=["control", "noncharacter", "override", "isolate"]
)
def test_text_that_would_lie_or_break_a_file_is_refused_with_its_place(tmp_path, text):
    tree = shipped_tree()
    tree["layers"]["items"]["past"]["name"] = "MARK"
    path = write_map(tmp_path / "mine", tree)
    path.write_text(path.read_text(encoding="utf-8").replace("MARK", f'"{text}"'), encoding="utf-8")
    with pytest.raises(Failure) as caught:
        sheet_of(path)
    assert all(problem.span.line > 0 for problem in caught.value.diagnostics)
