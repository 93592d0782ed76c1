"""Emphasis, code, links, sub- and superscript, as each output has them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree, html

from conceptdeck.building.deck import build_deck
from conceptdeck.building.diagrams import build_diagrams
from conceptdeck.building.jobs import DeckJob, DiagramsJob
from support.decks import A, Built, build_map, unspaced
from support.office import dealt, lines_of

MAP = """\
title: The **tea** house
subtitle: Read [the manual](https://example.org/manual), then see [green tea](concept:green)
core-sentence: Tea is *leaves* in H~2~O at 80^°^ and `time`.
focus: green
layers:
  title: From **leaf** to *cup*
  items:
    leaf:
      name: Leaf
      summary: A leaf is **not** a tea
      concepts:
        green:
          name: Green *tea*
          tagline: "`Camellia` leaves"
          description: >-
            **Steamed or pan-fired** soon after *it was picked by hand*, `oxidation_level = 0` and C~8~H~10~N~4~O~2~ in
            every leaf of it, with **a taste of grass that is *never* bitter** if water keeps below 80^°^, as [the
            manual of the house](https://example.org/manual) says
          meaning: It needs **little** heat
        black: {name: Black tea, description: "Unlike [green tea](concept:green) it is *wholly* oxidised."}
tables:
  cups:
    title: Cups
    columns: {what: "*What*", where: Where}
    rows:
      one: {what: "`cup`", where: "[Green](concept:green)"}
"""
ODF = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a map with marks of all kinds."""
    path = tmp_path_factory.mktemp("house") / "map.yaml"
    path.write_text(MAP, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def outputs(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the deck in every format."""
    out = tmp_path_factory.mktemp("out")
    build_deck(DeckJob(map_file=house, out=out, formats=("pptx", "pdf", "html")))
    (deck,) = out.rglob("*.pptx")
    return deck.parent


@pytest.fixture(scope="module")
def slides(outputs: Path) -> list[tuple[etree._Element, str]]:
    """Return the slides, each with its relations."""
    (deck,) = outputs.glob("*.pptx")
    with zipfile.ZipFile(deck) as package:
        count = sum(bool(re.fullmatch(r"ppt/slides/slide\d+\.xml", name)) for name in package.namelist())
        return [
            (
                etree.fromstring(package.read(f"ppt/slides/slide{n}.xml")),
                package.read(f"ppt/slides/_rels/slide{n}.xml.rels").decode(),
            )
            for n in range(1, count + 1)
        ]


def run(slides: list[tuple[etree._Element, str]], text: str) -> tuple[etree._Element, str]:
    """Return the properties of the first run that says `text`, and the relations of its slide."""
    for slide, relations in slides:
        for each in slide.iter(f"{A}r"):
            if each.findtext(f"{A}t") == text:
                return each.find(f"{A}rPr"), relations
    raise LookupError(text)


def test_a_deck_has_bold_italic_code_and_levels_as_properties_of_runs(slides):
    assert run(slides, "Steamed or pan-fired")[0].get("b") == "1"
    assert run(slides, "it was picked by hand")[0].get("i") == "1"
    never = run(slides, "never")[0]
    assert (never.get("b"), never.get("i")) == ("1", "1")
    assert run(slides, "oxidation_level = 0")[0].find(f"{A}latin").get("typeface") == "Courier New"
    assert run(slides, "8")[0].get("baseline") == "-25000"
    assert run(slides, "°")[0].get("baseline") == "30000"


def test_a_deck_links_to_addresses_and_to_the_slides_of_concepts(slides):
    properties, relations = run(slides, "the manual")
    known = properties.find(f"{A}hlinkClick").get(ODF)
    assert f'Id="{known}"' in relations and 'Target="https://example.org/manual" TargetMode="External"' in relations
    properties, relations = run(slides, "green tea")
    click = properties.find(f"{A}hlinkClick")
    (target,) = re.findall(rf'Id="{click.get(ODF)}"[^>]*Target="slide(\d+).xml"', relations)
    assert click.get("action") == "ppaction://hlinksldjump"
    assert "It needs little heat" in "".join(slides[int(target) - 1][0].itertext())
    assert run(slides, "Green")[0].find(f"{A}hlinkClick") is not None  # in a table


def test_no_mark_is_left_in_any_part_of_a_deck(outputs):
    (deck,) = outputs.glob("*.pptx")
    with zipfile.ZipFile(deck) as package:
        said = {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))}
    assert said.pop("customXml/item1.xml"), "which holds texts as their source writes them, for a later comparison"
    wrong = [name for name, text in said.items() if re.search(r"\*\*|\]\(|~\d|\^°|`|concept:", text)]
    assert wrong == []
    assert "<dc:title>The tea house</dc:title>" in said["docProps/core.xml"]


def test_a_page_has_them_as_styles_and_links(outputs):
    (page,) = outputs.glob("*.html")
    tree = html.fromstring(page.read_bytes())
    spans = {each.text: each for each in tree.iter("tspan") if each.text}
    assert spans["Steamed or pan-fired"].get("font-weight") == "bold"
    slanted = " ".join(each.text for each in tree.iter("tspan") if each.get("font-style") == "italic" and each.text)
    assert "it was picked by hand" in slanted  # over as many lines as it takes
    assert spans["oxidation_level = 0"].get("font-family").startswith(("'cd-font", "cd-font", "'Courier New'"))
    assert float(spans["10"].get("dy")) > 0 > float(spans["°"].get("dy"))
    assert float(spans["10"].get("font-size")) == pytest.approx(
        float(spans["Steamed or pan-fired"].get("font-size")) * 2 / 3, 0.01
    )
    links = {"".join(each.itertext()): each.get("href") for each in tree.iter("a")}
    assert links["the manual"] == "https://example.org/manual"
    assert links["green tea"] == "#layers.leaf.concepts.green"


def test_a_pdf_has_their_links_and_words(outputs):
    (path,) = outputs.glob("*.pdf")
    with pypdfium2.PdfDocument(path) as document:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    assert "Steamed or pan-fired soon" in text.replace("\r\n", " ")
    assert b"https://example.org/manual" in path.read_bytes()


def test_a_diagram_has_them_in_its_svg(house, tmp_path):
    build_diagrams(DiagramsJob(map_file=house, out=tmp_path))
    drawn = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.svg"))
    assert re.search(r'<tspan[^>]* font-style="italic"[^>]*>tea</tspan>', drawn)
    assert not re.search(r"\*\*|\]\(|`", drawn)
    assert "Green tea" in re.sub("<[^>]*>", "", drawn)


def test_lines_with_emphasis_break_in_libreoffice_where_they_were_computed_to_break(house, tmp_path, office):
    built: Built = build_map(house, "atlas", tmp_path)
    with pypdfium2.PdfDocument(office(built.path)) as document:
        texts = dealt(built, document)
    wrong = [
        (number, block.name, block.lines, made)
        for number, block, some in texts
        if (made := lines_of(some, min(each.leading for each in block.body.paragraphs)))
        != [*map(unspaced, block.lines)]
    ]
    assert wrong == []
    assert max(len(block.lines) for _, block, _ in texts) > 3


LONG = "https://example.org/a/very/long/path/that/nobody/would/ever/type/by-hand/index.html?with=query&and=more_of_it"


def test_a_long_address_breaks_between_its_parts_without_a_hyphen(tmp_path, office):
    path = tmp_path / "addresses" / "map.yaml"
    path.parent.mkdir()
    path.write_text(
        "title: Addresses\ncore-sentence: They break.\nlayers:\n  title: Where\n  items:\n    one:\n      name: One\n"
        f"      summary: Of addresses\n      concepts:\n        a: {{name: A, description: 'Read {LONG} before'}}\n"
        "        b: {name: B, description: 'A card beside'}\n        c: {name: C, description: 'Another one'}\n",
        encoding="utf-8",
    )
    built = build_map(path, "atlas", tmp_path / "out")
    with pypdfium2.PdfDocument(office(built.path)) as document:
        found = [
            (block.lines, some, block) for _, block, some in dealt(built, document) if "https" in "".join(block.lines)
        ]
    assert found
    for lines, some, block in found:
        assert lines_of(some, min(each.leading for each in block.body.paragraphs)) == [*map(unspaced, lines)]
        assert len(lines) > 1
        assert "".join(lines).replace(" ", "") == f"Read{LONG}before"
        assert all(line.endswith(("/", ".", "-", "?", "&", "=", "_", "Read")) for line in lines[:-1])


def test_an_address_is_copied_from_a_page_as_it_was_written(tmp_path):
    path = tmp_path / "addresses" / "map.yaml"
    path.parent.mkdir()
    path.write_text(
        f"title: A\ncore-sentence: B\nconclusion: {{title: C, text: 'Read {LONG} now'}}\n", encoding="utf-8"
    )
    build_deck(DeckJob(map_file=path, out=tmp_path / "out", formats=("html",)))
    (page,) = tmp_path.rglob("*.html")
    assert "\u200b" not in page.read_text(encoding="utf-8")


def test_notes_keep_paragraphs_lists_emphasis_and_links(tmp_path):
    path = tmp_path / "notes" / "map.yaml"
    path.parent.mkdir()
    notes = "Say **this**:\\n\\n- one `x`\\n- see [A](https://a.org/b)\\n\\n3. third of [tea](concept:tea)\\n4. fourth"
    path.write_text(
        f'title: A\ncore-sentence: B\nlayers: {{title: C, notes: "{notes}", items: {{one: {{name: D, summary: E, '
        "concepts: {tea: {name: Tea, description: Leaves in water}}}}}\n",
        encoding="utf-8",
    )
    build_deck(DeckJob(map_file=path, out=tmp_path / "out", formats=("pptx", "html")))
    (deck,) = tmp_path.rglob("*.pptx")
    with zipfile.ZipFile(deck) as package:
        page, relations = (
            package.read(name).decode()
            for name in ("ppt/notesSlides/notesSlide2.xml", "ppt/notesSlides/_rels/notesSlide2.xml.rels")
        )
    paragraphs = [*etree.fromstring(page.encode()).iter(f"{A}p")]
    said = ["".join(each.itertext()) for each in paragraphs]
    start = said.index("Say this:")
    assert said[start:] == ["Say this:", "", "one x", "see A", "", "third of tea", "fourth"]
    signs = [each.find(f"{A}pPr/*") for each in paragraphs[start:]]
    assert [None if each is None else each.tag.removeprefix(A) for each in signs] == [
        None, None, "buChar", "buChar", None, "buAutoNum", "buAutoNum",
    ]  # fmt: skip
    assert signs[-1].get("startAt") == "4"
    assert 'b="1"' in page and 'typeface="Courier New"' in page
    assert 'Target="https://a.org/b" TargetMode="External"' in relations and 'Target="../slides/slide' in relations
    shown = next(tmp_path.rglob("*.html")).read_text(encoding="utf-8")
    assert "Say <strong>this</strong>:" in shown and "• one <code>x</code>" in shown
    assert 'see <a href="https://a.org/b" target="_blank" rel="noopener noreferrer">A</a>' in shown
