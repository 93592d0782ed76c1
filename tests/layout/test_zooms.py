import io
import re
from itertools import pairwise

import pytest
from lxml import etree
from PIL import Image

from conceptdeck.building.deck import BuiltDeck, DeckJob, build_deck
from conceptdeck.checks.package.parts import check_parts
from support.audit import audited
from support.decks import SHIPPED, A, P, Package, R

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PSLZ = "{http://schemas.microsoft.com/office/powerpoint/2016/slidezoom}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> BuiltDeck:
    return build_deck(DeckJob(SHIPPED, out=tmp_path_factory.mktemp("zooms"), zooms=True))


@pytest.fixture(scope="module")
def package(built) -> Package:
    return Package(built.path)


@pytest.fixture(scope="module")
def agenda(package) -> str:
    (name,) = (name for name in package.slides if b"sldZmObj" in package.parts[name])
    return name


def test_each_layer_of_the_agenda_has_a_zoom_to_its_first_slide(package, agenda) -> None:
    slides = package.xml("ppt/presentation.xml").findall(f"{P}sldIdLst/{P}sldId")
    parts = dict(zip((each.get("id") for each in slides), package.slides, strict=True))
    zooms = list(package.xml(agenda).iter(f"{PSLZ}sldZmObj"))
    assert len(zooms) == 5
    targets = [parts[zoom.get("sldId")] for zoom in zooms]
    assert len(set(targets)) == 5
    for zoom, target in zip(zooms, targets, strict=True):
        (known,) = package.xml(target).iter(f"{P14}creationId")
        assert known.get("val") == zoom.get("cId")
    assert len({zoom.get("cId") for zoom in zooms}) == 5


def test_other_programs_show_the_picture_as_a_link_to_the_same_slide(package, agenda) -> None:
    relations = {each.id: each for each in package.relations(agenda)}
    slides = package.xml("ppt/presentation.xml").findall(f"{P}sldIdLst/{P}sldId")
    parts = dict(zip((each.get("id") for each in slides), package.slides, strict=True))
    for each in package.xml(agenda).iter(f"{MC}AlternateContent"):
        if (zoom := next(each.iter(f"{PSLZ}sldZmObj"), None)) is None:
            continue
        (link,) = each.find(f"{MC}Fallback").iter(f"{A}hlinkClick")
        assert relations[link.get(f"{R}id")].target == parts[zoom.get("sldId")]
        pictures = {blip.get(f"{R}embed") for blip in each.iter(f"{A}blip")}
        (picture,) = (relations[id_].target for id_ in pictures)
        image = Image.open(io.BytesIO(package.parts[picture]))
        assert image.width / image.height == pytest.approx(16 / 9, rel=0.01)
        described = [named.get("descr") for named in each.iter(f"{P}cNvPr")]
        assert len(set(described)) == 1
        assert described[0]


def test_zooms_stand_in_place_of_the_numbers_within_the_slide_and_below_each_other(package, agenda) -> None:
    root = package.xml(agenda)
    names = [each.get("name") for each in root.iter(f"{P}cNvPr")]
    assert not [name for name in names if re.search(r"\.(bar|number@agenda)$", name)]
    boxes = []
    for frame in root.iter(f"{P}graphicFrame", f"{P}sp"):
        at, size = next(frame.iter(f"{A}off"), None), next(frame.iter(f"{A}ext"), None)
        if at is not None and frame.find(f"{P}nvGraphicFramePr") is not None:
            boxes.append(tuple(int(each) for each in (at.get("x"), at.get("y"), size.get("cx"), size.get("cy"))))
    assert len(boxes) == 5
    for (_, y, _, h), (_, following, *_) in pairwise(boxes):
        assert y + h < following
    assert {x for x, *_ in boxes} == {685800}
    assert boxes[-1][1] + boxes[-1][3] <= 6858000


def test_a_deck_with_zooms_keeps_every_rule(package, built) -> None:
    assert check_parts(package.parts, "deck.pptx") == ()
    assert not built.findings
    assert audited(built.path) == []


def test_two_builds_with_zooms_give_the_same_bytes(built, tmp_path) -> None:
    again = build_deck(DeckJob(SHIPPED, out=tmp_path, zooms=True))
    assert again.path.read_bytes() == built.path.read_bytes()


def test_without_the_option_nothing_of_it_is_there(tmp_path) -> None:
    parts = Package(build_deck(DeckJob(SHIPPED, out=tmp_path)).path).parts
    assert not [name for name in parts if name.endswith(".png")]
    slides = [data for name, data in parts.items() if name.startswith("ppt/slides/")]
    assert not [data for data in slides if b"sldZm" in data or b"creationId" in data]


def test_a_story_without_slides_of_the_layers_has_no_zoom_and_says_so(tmp_path) -> None:
    result = build_deck(DeckJob(SHIPPED, out=tmp_path, story="lightning", zooms=True))
    assert [warning.code for warning in result.findings] == ["no-zoom"]
    assert not [name for name in Package(result.path).parts if name.endswith(".png")]


@pytest.mark.parametrize(("pattern", "by", "code"), [
    (rb'sldId="\d+" cId', b'sldId="9999" cId', "dangling-zoom"),
    (rb'cId="\d+"', b'cId="7"', "stale-zoom"),
])  # fmt: skip
def test_a_damaged_zoom_is_found(package, agenda, pattern: bytes, by: bytes, code: str) -> None:
    parts = dict(package.parts)
    parts[agenda] = re.sub(pattern, by, parts[agenda], count=1)
    found = check_parts(parts, "deck.pptx")
    assert [each.code for each in found] == [code]
    assert etree.fromstring(parts[agenda]) is not None
