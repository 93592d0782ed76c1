"""Links of pictures: concepts lead to their addresses, or to what they refer to in the same picture."""

from __future__ import annotations

import io

import pikepdf
import pytest
from lxml import etree

from conceptdeck.building.diagrams import DiagramsJob, build_diagrams
from conceptdeck.checks.svg import check_svg
from support.decks import write_map

SVG = "{http://www.w3.org/2000/svg}"
SALT = "https://example.org/salt?a=1&b=2"
BREAD = {
    "language": "en",
    "title": "Bread",
    "core-sentence": "Bread needs little.",
    "concepts": {
        "flour": {"name": "Flour", "see": ["oven", "salt"]},
        "water": {"name": "Water", "see": ["oven"]},
        "salt": {"name": "Salt", "link": SALT, "see": ["flour"]},
        "oven": {"name": "Oven", "description": "It stands in no relation."},
    },
    "relations": {
        "title": "What bread is made of",
        "items": {
            "mix": {"source": "flour", "target": "water", "phrase": "takes up"},
            "taste": {"source": "salt", "target": "flour", "phrase": "gives taste to"},
        },
    },
}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("links")
    job = DiagramsJob(write_map(folder / "bread", BREAD), out=folder / "out", only=("relations",))
    return build_diagrams(job).folder


@pytest.fixture(scope="module")
def svg(drawn) -> str:
    return (drawn / "relations.svg").read_text(encoding="utf-8")


def leads(svg: str) -> dict[str, str]:
    """Return the address of each link by the words that it stands around."""
    found = etree.fromstring(svg.encode()).iter(f"{SVG}a")
    return {
        "".join(part for text in each.iter(f"{SVG}text") for part in text.itertext()): each.get("href")
        for each in found
    }


def test_a_concept_leads_to_its_address(svg):
    assert leads(svg)["Salt"] == SALT


def test_a_concept_without_an_address_leads_to_the_first_that_it_refers_to_in_the_same_picture(svg):
    target = leads(svg)["Flour"]
    (place,) = [each for each in etree.fromstring(svg.encode()).iter(f"{SVG}g") if f"#{each.get('id')}" == target]
    assert "".join(place.itertext()) == "Salt"


def test_a_concept_that_refers_only_to_what_is_not_in_the_picture_is_no_link(svg):
    assert "Water" not in leads(svg)


def test_a_link_says_where_it_leads_and_screen_readers_reach_it(svg):
    root = etree.fromstring(svg.encode())
    titles = {each.find(f"{SVG}title").text for each in root.iter(f"{SVG}a")}
    assert titles == {f"Salt – {SALT}", "Flour – Salt"}
    assert root.get("role") == "group"


def test_a_picture_without_links_stays_an_image(tmp_path):
    concepts = {id_: {"name": each["name"]} for id_, each in BREAD["concepts"].items()}
    path = write_map(tmp_path / "bread", BREAD | {"concepts": concepts})
    job = DiagramsJob(path, out=tmp_path / "out", only=("relations",), formats=("svg", "pdf"))
    folder = build_diagrams(job).folder
    assert etree.parse(folder / "relations.svg").getroot().get("role") == "img"
    with pikepdf.open(folder / "relations.pdf") as pdf:
        assert "/Annots" not in pdf.pages[0].obj


def test_links_are_no_fault_of_a_picture_but_one_that_runs_something_is(svg):
    assert check_svg(svg, "bread.svg") == ()
    wrong = svg.replace("https://example.org/salt", "javascript:alert")
    assert [each.code for each in check_svg(wrong, "bread.svg")] == ["svg-external"]


def test_a_pdf_has_the_address_where_the_concept_is_drawn(drawn):
    with pikepdf.open(io.BytesIO((drawn / "relations.pdf").read_bytes())) as pdf:
        (page,) = pdf.pages
        (note,) = page.obj.Annots
        assert str(note.A.URI) == SALT
        assert str(note.Contents) == "Salt"
        left, bottom, right, top = map(float, note.Rect)
        assert 0 < left < right < float(page.mediabox[2])
        assert 0 < bottom < top < float(page.mediabox[3])
        kinds = [str(part.S) for part in pdf.Root.StructTreeRoot.K[0].K]
        assert kinds == ["/Figure", "/Link"]
        parts = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        assert parts[2] == note.StructParent
        assert parts[3].S == "/Link"
