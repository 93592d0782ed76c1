"""The deck of the shipped map, read back as any other program would: valid, complete, editable, repeatable."""

import os
import re
import subprocess
import sys
from collections import Counter

import openxml_audit
import pytest
import yaml
from pptx import Presentation

from conceptdeck.layout import GROUNDED
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.hyphens import joined, without_soft
from conceptdeck.values.text import texts
from support.decks import (
    DECORATIVE,
    LABELS,
    MAPS,
    ROOT,
    SHIPPED,
    THEMES,
    A,
    Built,
    P,
    R,
    build_map,
    ends,
    found_lacking,
    holder,
    lacking,
    plain,
    properties,
    shapes,
    sites,
    spoken,
    text_of,
    titles,
    unspaced,
    values,
    write_map,
)

FLOOR = 11
PIXEL = 9525
REQUIRED_GUIDES = 27
ATTRIBUTES = ("embed", "id", "link", "pict")


@pytest.fixture(scope="module", params=THEMES)
def deck(request, tmp_path_factory) -> Built:
    return build_map(SHIPPED, request.param, tmp_path_factory.mktemp(request.param))


def each_slide(deck: Built):
    return [(name, deck.package.xml(name)) for name in deck.package.slides]


# --- it opens ------------------------------------------------------------------------------------


def test_an_auditor_finds_nothing(deck):
    result = openxml_audit.OpenXmlValidator(max_errors=1000).validate(deck.path)
    assert [str(each) for each in result.errors] == []
    assert result.is_valid


def test_python_pptx_opens_it_and_saves_it_again(deck, tmp_path):
    presentation = Presentation(deck.path)
    assert len(presentation.slides) == len(deck.frames)
    presentation.save(tmp_path / "again.pptx")
    assert len(Presentation(tmp_path / "again.pptx").slides) == len(deck.frames)


def test_every_part_has_a_content_type(deck):
    types = deck.package.xml("[Content_Types].xml")
    overrides = [each.get("PartName").lstrip("/") for each in types if each.tag.endswith("Override")]
    defaults = [each.get("Extension").lower() for each in types if each.tag.endswith("Default")]
    assert len(set(overrides)) == len(overrides)
    assert len(set(defaults)) == len(defaults)
    assert not set(overrides) - set(deck.package.names), "types of parts that do not exist"
    parts = set(deck.package.names) - {"[Content_Types].xml"} - set(overrides)
    assert {name for name in parts if name.rpartition(".")[2].lower() not in defaults} == set()
    plain_xml = {name for name in parts if name.endswith(".xml")}
    assert not plain_xml, "an XML part needs a type of its own"


def test_every_relation_leads_somewhere_once_and_every_part_is_reached(deck):
    package = deck.package
    assert len(set(package.names)) == len(package.names)
    reached, waiting = set(), [""]
    while waiting:
        part = waiting.pop()
        relations = package.relations(part)
        assert len({each.id for each in relations}) == len(relations), part
        assert len({(each.type, each.target) for each in relations}) == len(relations), part
        for each in relations:
            if each.external:
                assert re.match(r"https?://|mailto:", each.target)
                continue
            assert each.target in package.parts, f"{part} refers to {each.target}"
            if each.target not in reached:
                reached.add(each.target)
                waiting.append(each.target)
    rels = {name for name in package.names if name.endswith(".rels")}
    assert set(package.names) - rels - {"[Content_Types].xml"} == reached
    owners = {rels_owner(name) for name in rels}
    assert owners <= reached | {""}


def rels_owner(name: str) -> str:
    """Return the part whose relations a .rels part holds; "" is the package."""
    return re.sub(r"(^|/)_rels/", r"\1", name).removesuffix(".rels")


def test_every_relation_id_that_a_part_uses_is_declared(deck):
    package = deck.package
    for name in package.names:
        if not name.endswith(".xml") or name.startswith(("[", "docProps")):
            continue
        used = {
            value
            for element in package.xml(name).iter()
            for key, value in element.attrib.items()
            if key in {f"{R}{attribute}" for attribute in ATTRIBUTES}
        }
        assert used <= {each.id for each in package.relations(name)}, name


def test_slides_masters_and_layouts_are_listed_with_distinct_ids(deck):
    package = deck.package
    presentation = package.xml("ppt/presentation.xml")
    order = [each.tag.rpartition("}")[2] for each in presentation]
    assert order[:3] == ["sldMasterIdLst", "notesMasterIdLst", "sldIdLst"]
    slide_ids = [int(each.get("id")) for each in presentation.iter(f"{P}sldId")]
    assert len(set(slide_ids)) == len(slide_ids) == len(package.matching(r"ppt/slides/[^/]+\.xml"))
    assert all(256 <= each < 2**31 for each in slide_ids)
    (master,) = package.matching(r"ppt/slideMasters/[^/]+\.xml")
    ids = [int(each.get("id")) for each in package.xml(master).iter(f"{P}sldLayoutId")]
    ids += [int(each.get("id")) for each in presentation.iter(f"{P}sldMasterId")]
    assert len(set(ids)) == len(ids) == len(package.layouts) + 1
    assert all(2**31 <= each < 2**32 for each in ids)


def test_core_properties_say_what_the_deck_is(deck):
    core = Presentation(deck.path).core_properties
    assert (core.title, core.language) == (deck.map.title.value, deck.map.language)
    assert core.subject == deck.map.core_sentence.value
    assert core.identifier == deck.map.id
    assert all(tag.value in core.keywords for tag in deck.map.tags)


def test_nothing_in_the_file_is_active_or_foreign(deck):
    assert not [n for n in deck.package.names if n.endswith((".bin", ".vml", ".js")) or "embeddings" in n]
    for name, data in deck.package.parts.items():
        assert b"<!DOCTYPE" not in data, name
        assert b"javascript:" not in data.lower(), name
        assert b"file:" not in data.lower(), name


# --- it tells the story --------------------------------------------------------------------------


def test_the_slides_tell_the_story_in_order(deck, golden):
    lines = []
    for number, (name, slide) in enumerate(each_slide(deck), start=1):
        layout = deck.package.xml(deck.package.layout_of(name)).find(f"{P}cSld").get("name")
        lines.append(f"{number:02d}  {layout:<15}  {' | '.join(titles(slide))}\n")
    golden("story.txt", "".join(lines))


def test_every_slide_has_one_title_of_its_own(deck):
    found = [titles(slide) for _, slide in each_slide(deck)]
    assert [each for each in found if len(each) != 1 or not each[0].strip()] == []
    assert [title for title, count in Counter(each[0] for each in found).items() if count > 1] == []


def test_every_slide_has_notes(deck):
    notes = [deck.package.notes_of(name) for name in deck.package.slides]
    assert [number for number, text in enumerate(notes, start=1) if not text.strip()] == []
    assert spoken(Presentation(deck.path).slides[0].notes_slide.notes_text_frame.text) == notes[0]


def test_every_fact_of_the_source_is_told(deck):
    lines = (ROOT / "tests" / "facts.txt").read_text(encoding="utf-8").splitlines()
    facts = [line for line in lines if line and not line.startswith("#")]
    assert len(facts) > 150
    everything = plain(deck.package.everything())
    assert [fact for fact in facts if plain(fact) not in everything] == []


def test_the_core_sentence_stands_word_for_word_in_one_shape(deck):
    sentence = "Virtual worlds were built by humans. Now AI is learning to generate, control, and simulate them."
    found = [text_of(shape) for _, slide in each_slide(deck) for shape in shapes(slide)]
    assert sentence in found


def test_nothing_of_the_map_is_lost(deck):
    assert (lacking(deck), found_lacking(deck)) == ([], set())


# --- it can be edited ----------------------------------------------------------------------------


def test_no_placeholder_is_empty(deck):
    for name, slide in each_slide(deck):
        empty = [properties(s).get("name") for s in shapes(slide) if holder(s) and not text_of(s).strip()]
        assert [e for e in empty if not e.startswith("tables.")] == [], name


def test_ids_and_names_are_unique_on_each_slide(deck):
    for name, slide in each_slide(deck):
        found = [properties(shape) for shape in shapes(slide)]
        ids = [each.get("id") for each in slide.iter(f"{P}cNvPr")]
        assert len(set(ids)) == len(ids), name
        assert min(map(int, ids)) > 0, name
        names = [each.get("name") for each in found]
        assert [each for each, count in Counter(names).items() if count > 1 or not each] == [], name


def test_the_name_of_a_text_is_the_key_of_what_it_says(deck):
    known = values(deck.map)
    for group in (deck.map.layers.items, deck.map.steps.items):
        known |= {f"{each.key}.number": f"{n:02d}" for n, each in enumerate(group, start=1)}
    known |= LABELS
    for number, (_, slide) in enumerate(each_slide(deck), start=1):
        for shape in shapes(slide):
            name, text = properties(shape).get("name"), text_of(shape)
            if not text:
                continue
            if name == "slide-number":
                assert text == str(number)
                continue
            key, _, place = name.partition("@")
            expected = [known[part] for part in key.split("+")]
            if place == "tracker" and " · " in text:
                text = text.partition(" · ")[2]
            text = re.sub(r" \(\d+\sof\s\d+\)$", "", text) if holder(shape) == "title" else text
            allowed = {joint.join(expected) for joint in ("\n", ", ")}
            assert text in allowed or unspaced(text) == unspaced("".join(expected)), (number, name)


def test_a_connector_is_glued_to_sites_of_two_shapes(deck):
    count = 0
    for name, slide in each_slide(deck):
        by_id = {properties(shape).get("id"): shape for shape in shapes(slide)}
        for connector in slide.iter(f"{P}cxnSp"):
            count += 1
            glue = [next(connector.iter(f"{A}{tag}"), None) for tag in ("stCxn", "endCxn")]
            assert None not in glue, name
            assert glue[0].get("id") != glue[1].get("id"), name
            for site, end in zip(glue, ends(connector), strict=True):
                target = sites(by_id[site.get("id")])[int(site.get("idx"))]
                assert end == pytest.approx(target, abs=PIXEL / 4), (name, properties(connector).get("name"))
    assert count > 30


def test_the_table_is_native_with_a_header_and_a_style_of_its_own(deck):
    style_ids = {each.get("styleId") for each in deck.package.xml("ppt/tableStyles.xml").iter(f"{A}tblStyle")}
    tables = [table for _, slide in each_slide(deck) for table in slide.iter(f"{A}tbl")]
    assert tables
    for table in tables:
        look = table.find(f"{A}tblPr")
        assert look.get("firstRow") == "1"
        assert look.findtext(f"{A}tableStyleId") in style_ids
        columns = table.findall(f"{A}tblGrid/{A}gridCol")
        for number, row in enumerate(table.findall(f"{A}tr")):
            cells = row.findall(f"{A}tc")
            assert len(cells) == len(columns)
            spans = [0 if c.get("hMerge") == "1" else int(c.get("gridSpan", "1")) for c in cells]
            assert sum(spans) == len(columns)
            assert int(row.get("h")) > 0
            empty = [cell for cell in cells if not text_of(cell).strip()]
            assert len(empty) <= (number == 0), "nothing stands above the arrows alone"


def test_the_table_fills_its_frame_exactly(deck):
    for _, slide in each_slide(deck):
        for frame in slide.iter(f"{P}graphicFrame"):
            extent = frame.find(f"{P}xfrm/{A}ext")
            assert sum(int(c.get("w")) for c in frame.iter(f"{A}gridCol")) == int(extent.get("cx"))
            assert sum(int(r.get("h")) for r in frame.iter(f"{A}tr")) == int(extent.get("cy"))


def test_the_number_stands_on_every_slide_but_the_cover_and_the_footer_where_the_page_is_the_ground(deck):
    found = [Counter(holder(shape) for shape in shapes(slide)) for _, slide in each_slide(deck)]
    footed = [frame.layout not in ("cover", *GROUNDED) for frame in deck.frames]
    assert [(bool(each["ftr"]), bool(each["sldNum"])) for each in found] == [(each, each) for each in footed]
    assert len(set(footed)) == 2
    fields = [list(slide.iter(f"{A}fld")) for _, slide in each_slide(deck)][1:]
    assert all([each.get("type") for each in some] == ["slidenum"] for some in fields)


# --- it is accessible ----------------------------------------------------------------------------


def test_every_graphic_without_text_is_described_or_marked_as_decoration(deck):
    for name, slide in each_slide(deck):
        for shape in shapes(slide):
            about = properties(shape)
            if text_of(shape).strip():
                continue
            mark = next(about.iter(DECORATIVE), None)
            decorative = mark is not None and mark.get("val") == "1"
            assert decorative != bool(about.get("descr")), (name, about.get("name"))


def test_every_run_names_its_language(deck):
    parts = deck.package.matching(r"ppt/(slides|notesSlides|slideLayouts)/[^/]+\.xml")
    for name in parts:
        root = deck.package.xml(name)
        for run in root.iter(f"{A}rPr", f"{A}endParaRPr"):
            chinese = re.search("[\u4e00-\u9fff]", run.getparent().findtext(f"{A}t") or "")
            assert run.get("lang") == ("zh-CN" if chinese else "en-US"), name
        assert all(run.find(f"{A}rPr") is not None for run in root.iter(f"{A}r", f"{A}fld")), name


# --- it follows its theme ------------------------------------------------------------------------


def test_only_the_theme_and_the_guides_name_colours(deck):
    package = deck.package
    for name in package.matching(r"ppt/(slides|slideLayouts|notesSlides|slideMasters)/[^/]+\.xml"):
        fixed = list(package.xml(name).iter(f"{A}srgbClr", f"{A}sysClr", f"{A}prstClr"))
        guides = [each for each in fixed if each.getparent().tag.endswith("/2012/main}clr")]
        assert fixed == guides, name
        assert not guides or "slideMasters" in name
    assert not list(package.xml("ppt/tableStyles.xml").iter(f"{A}srgbClr"))
    assert list(package.xml("ppt/theme/theme1.xml").iter(f"{A}srgbClr"))


def test_only_the_theme_names_fonts(deck):
    for name in deck.package.matching(r"ppt/(slides|slideLayouts|slideMasters)/[^/]+\.xml"):
        faces = {
            each.get("typeface") for each in deck.package.xml(name).iter(*(A + t for t in ("latin", "ea", "cs", "sym")))
        }
        assert faces <= {f"+{role}-{script}" for role in ("mj", "mn") for script in ("lt", "ea", "cs")}, name


def test_sizes_come_from_the_scale_and_keep_the_floor(deck):
    scale = {size for role in deck.theme.roles.values() for size in role.sizes}
    named = yaml.safe_load((ROOT / "themes" / f"{deck.theme.key}.yaml").read_text()).get("scale")
    named = named or yaml.safe_load((ROOT / "themes" / "base.yaml").read_text())["scale"]
    assert scale <= set(named)
    for name in deck.package.matching(r"ppt/(slides|slideLayouts|slideMasters)/[^/]+\.xml"):
        sizes = {
            int(each.get("sz")) / 100
            for each in deck.package.xml(name).iter(*(A + t for t in ("rPr", "defRPr", "endParaRPr")))
            if each.get("sz")
        }
        assert sizes <= set(named), name
        assert min(sizes, default=FLOOR) >= FLOOR, name


def test_no_text_is_left_to_autofit(deck):
    for name in deck.package.matching(r"ppt/(slides|slideLayouts|slideMasters)/[^/]+\.xml"):
        assert not list(deck.package.xml(name).iter(f"{A}normAutofit", f"{A}spAutoFit")), name


def test_the_master_has_five_placeholders_and_the_guides_of_the_grid(deck):
    (name,) = deck.package.matching(r"ppt/slideMasters/[^/]+\.xml")
    master = deck.package.xml(name)
    assert [holder(shape) for shape in shapes(master)] == ["title", "body", "dt", "ftr", "sldNum"]
    guides = [each for each in master.iter() if each.tag.endswith("/2012/main}guide")]
    assert len(guides) >= REQUIRED_GUIDES
    assert len({(each.get("orient"), each.get("pos")) for each in guides}) == len(guides)


def test_every_layout_has_a_name_of_its_own_and_a_title(deck):
    names = [deck.package.xml(each).find(f"{P}cSld").get("name") for each in deck.package.layouts]
    assert all(names)
    assert len(set(names)) == len(names)
    for layout in deck.package.layouts:
        kinds = [holder(shape) for shape in shapes(deck.package.xml(layout))]
        assert len([kind for kind in kinds if kind in ("title", "ctrTitle")]) == 1, layout


def test_every_placeholder_on_a_slide_exists_in_its_layout(deck):
    def key(shape):
        ph = shape.find(f"./*/{P}nvPr/{P}ph")
        return ph.get("type", "obj"), ph.get("idx", "0")

    for name, slide in each_slide(deck):
        layout = {key(s) for s in shapes(deck.package.xml(deck.package.layout_of(name))) if holder(s)}
        used = [key(s) for s in shapes(slide) if holder(s)]
        assert set(used) <= layout, name
        assert len(set(used)) == len(used), name


def test_no_two_placeholders_of_a_page_share_an_index(deck):
    pages = [*deck.package.slides, *deck.package.layouts, "ppt/slideMasters/slideMaster1.xml"]
    for page in pages:
        indexes = [ph.get("idx", "0") for ph in deck.package.xml(page).iter(f"{P}ph")]
        assert len(set(indexes)) == len(indexes), page


def test_python_pptx_places_every_placeholder_as_the_layout_does(deck):
    """It looks for the index alone, as strict viewers do."""
    presentation = Presentation(deck.path)
    master = {each.placeholder_format.type: each for each in presentation.slide_master.placeholders}
    assert len({each.placeholder_format.idx for each in master.values()}) == 5
    found = Counter()
    for slide in presentation.slides:
        layout = {each.placeholder_format.idx: each for each in slide.slide_layout.placeholders}
        for shape in slide.placeholders:
            place = shape.placeholder_format
            base = layout[place.idx]
            assert place.type == base.placeholder_format.type, (slide.slide_id, shape.name)
            if shape.has_text_frame and shape._element.spPr.find(f"{A}xfrm") is None:
                box = [(each.left, each.top, each.width, each.height) for each in (shape, base)]
                assert box[0] == box[1], (slide.slide_id, shape.name)
                found[place.type.name] += 1
    footed = [frame for frame in deck.frames if frame.layout not in ("cover", *GROUNDED)]
    assert (found["FOOTER"], found["SLIDE_NUMBER"]) == (len(footed), len(footed)), "where the page is the ground"


# --- it is the same every time -------------------------------------------------------------------


def test_two_builds_give_the_same_bytes(deck, tmp_path):
    assert build_map(SHIPPED, deck.theme.key, tmp_path).path.read_bytes() == deck.path.read_bytes()


def test_neither_place_nor_clock_nor_locale_nor_hashing_changes_a_byte(deck, tmp_path):
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "pipeline"),
        "PYTHONHASHSEED": "4242",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.ISO-8859-9",
        "PYTHONUTF8": "0",
    }
    command = [
        sys.executable,
        "-m",
        "conceptdeck",
        "build",
        str(SHIPPED),
        "--theme",
        deck.theme.key,
        "--out",
        "o",
    ]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (made,) = tmp_path.rglob("*.pptx")
    assert made.read_bytes() == deck.path.read_bytes()


# --- it says exactly what the map says -----------------------------------------------------------

AWKWARD = yaml.safe_load((MAPS / "awkward.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("place", ["name", "description", "notes"])
@pytest.mark.parametrize("label", AWKWARD)
def test_an_awkward_text_arrives_exactly_or_is_refused_with_its_place(label, place, tmp_path):
    text = AWKWARD[label]
    kept = text.replace("\r\n", "\n").replace("\r", "\n")  # line ends of other systems are folded
    concept = {"name": "A concept", "tagline": "Its place", "description": "What it is."}
    concept |= {"meaning": "What follows.", "notes": "Say it."} | {place: text}
    layer = {"name": "A layer", "summary": "It matters.", "concepts": {"one": concept}}
    tree = {
        "title": "Map",
        "core-sentence": "All of it.",
        "layers": {"title": "Layers", "items": {"l": layer}},
    }
    path = write_map(tmp_path / "awkward", tree)
    try:
        built = build_map(path, "atlas", tmp_path / "out")
    except Failure as failure:
        assert all(each.span.line > 0 and each.span.column > 0 for each in failure.diagnostics), failure
        assert all(each.message for each in failure.diagnostics)
        assert not (tmp_path / "out").exists()
        assert label in REFUSABLE, failure
        return
    assert kept in [each.value for each in texts(built.map)]
    slides = Presentation(built.path).slides
    shown = [s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame]
    said = [spoken(slide.notes_slide.notes_text_frame.text) for slide in slides]
    found = [each.replace("\v", "\n") for each in (said if place == "notes" else shown)]
    assert without_soft(kept) in [without_soft(joined(each)) for each in found]


REFUSABLE = {
    "carriage return", "carriage return and line feed", "tab", "soft hyphen", "5,000 letters", "bidi override",
    "control", "noncharacter", "Thai without spaces", "joined emoji", "line feed",
}  # fmt: skip
"""What may be refused: a text that a format cannot hold, a glyph that no font has, a word too long for its box."""
