"""Decks of other programs that are sound are not blamed: what looked like a fault in one is written down here."""

import re
import zipfile

import pytest

from conceptdeck.checks.package.parts import check_package, check_parts
from conceptdeck.render.powerpoint import package
from conceptdeck.values.diagnostics import Severity
from support.decks import SHIPPED, build_map
from support.defects import APP
from support.faults import LAYOUT, MASTER, NOTES, PRESENTATION, SLIDE, SLIDE_RELS, TYPES, relate, replace


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> dict[str, bytes]:
    with zipfile.ZipFile(build_map(SHIPPED, "atlas", tmp_path_factory.mktemp("deck")).path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def deck(built) -> dict[str, bytes]:
    """Return the parts of a deck that another program has saved."""
    return {**built, APP: built[APP].replace(b"conceptdeck", b"Other")}


def errors(parts: dict[str, bytes], path: str = "deck.pptx") -> list[str]:
    return [f"{each.code}: {each.message}" for each in check_parts(parts, path) if each.severity is Severity.ERROR]


def warned(parts: dict[str, bytes]) -> set[str]:
    assert errors(parts) == []
    return {each.code for each in check_parts(parts, "deck.pptx")}


def test_the_deck_itself_is_not_blamed(deck):
    assert errors(deck) == []


def test_custom_shows_name_slides_as_the_presentation_does(deck):
    id_ = re.search(rb'<p:sldId id="256" r:id="([^"]*)"', deck[PRESENTATION])[1].decode()
    show = f'<p:custShow name="Short" id="0"><p:sldLst><p:sld r:id="{id_}"/></p:sldLst></p:custShow>'
    show = f"<p:custShowLst>{show}</p:custShowLst>"
    replace(deck, PRESENTATION, r"(<p:notesSz [^>]*/>)", rf"\1{show}")
    assert errors(deck) == []


def test_notes_of_google_slides_name_no_slide(deck):
    replace(
        deck, NOTES.replace("notesSlides/", "notesSlides/_rels/") + ".rels", r'<Relationship [^>]*/slide"[^>]*/>', ""
    )
    assert errors(deck) == []


@pytest.mark.parametrize("tag", ["es-ES_tradnl", "LID4096", "x-none", "zh-Hant-TW"])
def test_languages_of_office_are_languages(deck, tag):
    replace(deck, SLIDE, r'<a:rPr lang="en-US"', f'<a:rPr lang="{tag}"')
    assert "bad-language-tag" not in warned(deck)


def test_ids_of_masters_and_layouts_are_optional(deck):
    replace(deck, PRESENTATION, r'<p:sldMasterId id="\d+"', "<p:sldMasterId")
    replace(deck, MASTER, r'<p:sldLayoutId id="\d+"', "<p:sldLayoutId", count=99)
    assert errors(deck) == []


def test_vml_need_not_be_xml(deck):
    deck["ppt/drawings/vmlDrawing1.vml"] = b"<xml xmlns:v='urn:schemas-microsoft-com:vml'><v:shape><br></v:shape></xml>"
    replace(
        deck,
        TYPES,
        "<Default",
        '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Default',
    )
    relate(deck, "vmlDrawing", "../drawings/vmlDrawing1.vml")
    assert errors(deck) == []


@pytest.mark.parametrize("data", [b"no XML at all", b"<p:sld xmlns:p='urn:other'/>", b"<!DOCTYPE html><html/>"])
def test_custom_xml_is_nobodys_business(deck, data):
    deck["customXml/item9.xml"] = data
    relate(deck, "customXml", "/customXml/item9.xml")
    assert errors(deck) == []


@pytest.mark.parametrize("target", ["file:///C:/sheets/book.xlsx", "\\\\\\\\server\\\\book.xlsx"])
def test_a_workbook_elsewhere_is_a_warning(deck, target):
    relate(deck, "oleObject", target, ' TargetMode="External"')
    assert "unsafe-target" in warned(deck)


def test_a_link_to_a_script_is_an_error_in_any_deck(deck):
    relate(deck, "hyperlink", "javascript:alert(1)", ' TargetMode="External"')
    assert any(each.startswith("unsafe-target") for each in errors(deck))


def test_macros_are_a_warning_in_decks_that_may_have_them(deck):
    macros = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    replace(
        deck, TYPES, r"application/vnd\.openxmlformats-officedocument\.presentationml\.presentation\.main\+xml", macros
    )
    deck["ppt/vbaProject.bin"] = b"\0"
    replace(
        deck, TYPES, "<Default", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default'
    )
    replace(
        deck,
        PRESENTATION.replace("ppt/", "ppt/_rels/") + ".rels",
        "</Relationships>",
        '<Relationship Id="rId900" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        'Target="vbaProject.bin"/></Relationships>',
    )
    found = check_parts(deck, "deck.pptm")
    assert [each for each in found if each.severity is Severity.ERROR] == []
    assert "active-content" in {each.code for each in found}


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.potx", "template"), ("a.ppsx", "slideshow"), ("a.PPTX", "presentation")],
)
def test_templates_and_shows_are_judged_by_their_names(deck, name, kind):
    replace(deck, TYPES, r"presentation\.main\+xml", f"{kind}.main+xml") if kind != "presentation" else None
    assert errors(deck, name) == []
    assert "wrong-main-type" in {each.code for each in check_parts(deck, "b.ppsm")}


def test_strict_readers_of_google_slides_keep_ids_that_are_addresses(deck):
    inside = (
        '<go:slidesCustomData xmlns:go="http://customooxmlschemas.google.com/" r:id="" roundtripDataSignature="x"/>'
    )
    extension = f'<p:extLst><p:ext uri="http://customooxmlschemas.google.com/">{inside}</p:ext></p:extLst>'
    replace(deck, SLIDE, "</p:sld>", lambda _: f"{extension}</p:sld>")
    assert warned(deck) == set()


def test_formulas_stand_in_paragraphs_as_they_are(deck):
    formula = (
        '<a14:m xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main">'
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"/></a14:m>'
    )
    replace(deck, SLIDE, "</a:r></a:p>", lambda _: f"</a:r>{formula}</a:p>")
    assert errors(deck) == []


def test_a_layout_may_stand_in_another_folder(deck):
    name = LAYOUT.replace("slideLayouts/", "masters/layouts/")
    for old, new in ((LAYOUT, name), (rels_of(LAYOUT), rels_of(name))):
        deck[new] = deck.pop(old).replace(b'"../', b'"../../')
    for part in [each for each in deck if each.endswith(".rels")]:
        deck[part] = deck[part].replace(b"../slideLayouts/slideLayout3.xml", b"/ppt/masters/layouts/slideLayout3.xml")
    deck[TYPES] = deck[TYPES].replace(LAYOUT.encode(), name.encode())
    assert errors(deck) == []


def rels_of(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels"


def test_office_leaves_a_trash_folder(deck):
    data = package.pack({**deck, "[trash]/0000.dat": b""})
    assert [each for each in check_package(data, "deck.pptx") if each.severity is Severity.ERROR] == []


def test_relations_may_have_a_type_of_their_makers(deck):
    made = '<Relationship Id="x1" Type="urn:maker:thing" Target="https://example.org/"  TargetMode="External"/>'
    replace(deck, SLIDE_RELS, "</Relationships>", lambda _: f"{made}</Relationships>")
    assert errors(deck) == []
