"""Faults to seed into a whole deck: each damages one place of its parts, and names the code that must find it.

The damage is done to bytes with regular expressions, so that it does not depend on the rules that find it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Parts = dict[str, bytes]
Damage = Callable[[Parts], str]
"""Damage the parts, and return the name of the part that the finding must point at."""

TYPES = "[Content_Types].xml"
PRESENTATION = "ppt/presentation.xml"
PRESENTATION_RELS = "ppt/_rels/presentation.xml.rels"
SLIDE = "ppt/slides/slide3.xml"
SLIDE_RELS = "ppt/slides/_rels/slide3.xml.rels"
MASTER = "ppt/slideMasters/slideMaster1.xml"
LAYOUT = "ppt/slideLayouts/slideLayout3.xml"
NOTES = "ppt/notesSlides/notesSlide2.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PIXEL = (
    '<p:pic><p:nvPicPr><p:cNvPr id="9001" name="Photo"{descr}/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>'
    '<a:blip r:embed="{rel}"/><a:stretch/></p:blipFill><p:spPr/></p:pic>'
)


@dataclass(frozen=True)
class Fault:
    """One fault: its name, the code that must find it, and the damage."""

    name: str
    code: str
    damage: Damage


FAULTS: list[Fault] = []


def fault(code: str) -> Callable[[Damage], Damage]:
    def register(damage: Damage) -> Damage:
        FAULTS.append(Fault(damage.__name__, code, damage))
        return damage

    return register


# --- tools ---------------------------------------------------------------------------------------


def replace(parts: Parts, name: str, pattern: str, by: str, count: int = 1) -> str:
    """Replace a pattern in a part; it must be there."""
    text, done = re.subn(pattern, by, parts[name].decode(), count=count, flags=re.S)
    assert done, f"{name} has no {pattern}"
    assert text.encode() != parts[name], f"nothing changed in {name}"
    parts[name] = text.encode()
    return name


def slide_with(parts: Parts, pattern: str) -> str:
    """Return the first slide that has a pattern."""
    names = sorted(name for name in parts if re.fullmatch(r"ppt/slides/slide\d+\.xml", name))
    return next(name for name in names if re.search(pattern, parts[name].decode(), re.S))


def edit(parts: Parts, pattern: str, by: str, count: int = 1) -> str:
    """Replace a pattern in the first slide that has it."""
    return replace(parts, slide_with(parts, pattern), pattern, by, count)


def add_shape(parts: Parts, xml: str, name: str = SLIDE) -> str:
    return replace(parts, name, "</p:spTree>", lambda _: f"{xml}</p:spTree>")


def relate(parts: Parts, kind: str, target: str, mode: str = "", id_: str = "rId900") -> str:
    made = f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return replace(parts, SLIDE_RELS, "</Relationships>", lambda _: made)


def box(id_: int, inside: str = "", shape: str = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>') -> str:
    """Return a plain shape."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{id_}" name="Added"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm>{shape}</p:spPr>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{inside}</a:p></p:txBody></p:sp>"
    )


# --- the package ---------------------------------------------------------------------------------


@fault("missing-content-type")
def a_part_has_no_type(parts):
    parts["ppt/media/image1.webp"] = b"RIFF"
    relate(parts, "image", "../media/image1.webp")
    return TYPES


@fault("wrong-content-type")
def a_slide_has_lost_its_override(parts):
    replace(parts, TYPES, r'<Override PartName="/ppt/slides/slide3\.xml"[^>]*/>', "")
    return PRESENTATION_RELS


@fault("phantom-content-type")
def a_type_for_a_part_that_is_gone(parts):
    return replace(
        parts, TYPES, "</Types>", '<Override PartName="/ppt/slides/slide999.xml" ContentType="x/y"/></Types>'
    )


@fault("duplicate-content-type")
def two_overrides_for_one_part(parts):
    return replace(parts, TYPES, r'(<Override PartName="/ppt/slides/slide3\.xml"[^>]*/>)', r"\1\1")


@fault("duplicate-content-type")
def two_defaults_for_one_extension(parts):
    return replace(parts, TYPES, r'(<Default Extension="xml"[^>]*/>)', r"\1\1")


@fault("not-a-package")
def no_content_types(parts):
    del parts[TYPES]
    return ""


@fault("no-presentation")
def no_office_document(parts):
    replace(parts, "_rels/.rels", r'<Relationship [^>]*?/officeDocument"[^>]*/>', "")
    return ""


@fault("dangling-relationship")
def a_slide_part_is_gone(parts):
    del parts[SLIDE]
    return PRESENTATION_RELS


@fault("dangling-relationship")
def a_layout_is_misspelt(parts):
    return replace(parts, SLIDE_RELS, r"slideLayout(\d+)\.xml", "slideLayout99.xml")


@fault("dangling-relationship")
def relationships_of_nothing(parts):
    parts["ppt/slides/_rels/slide777.xml.rels"] = parts[SLIDE_RELS]
    return "ppt/slides/_rels/slide777.xml.rels"


@fault("duplicate-relationship")
def a_relationship_id_twice(parts):
    return replace(parts, SLIDE_RELS, 'Id="rId2"', 'Id="rId1"')


@fault("bad-relationship")
def a_relationship_without_a_target(parts):
    return replace(parts, SLIDE_RELS, r'(Id="rId2"[^>]*) Target="[^"]*"', r"\1")


@fault("missing-relationship")
def a_slide_without_a_layout(parts):
    replace(parts, SLIDE_RELS, r'<Relationship Id="rId1"[^>]*/>', "")
    return SLIDE


@fault("unreferenced-part")
def a_part_that_nothing_names(parts):
    parts["ppt/slides/old.xml"] = parts["ppt/presProps.xml"]
    return "ppt/slides/old.xml"


@fault("unsafe-target")
def a_link_to_a_script(parts):
    return relate(parts, "hyperlink", "javascript:alert(1)", ' TargetMode="External"')


@fault("unsafe-target")
def a_link_to_a_file(parts):
    return relate(parts, "hyperlink", "file:///etc/passwd", ' TargetMode="External"')


@fault("damaged-memory")
def another_text_than_was_built(parts):
    return replace(parts, "customXml/item1.xml", r'"story":"full"', '"story":"talk"')


@fault("outside-content")
def a_picture_from_the_network(parts):
    return relate(parts, "image", "https://example.org/i.png", ' TargetMode="External"')


@fault("active-content")
def a_macro(parts):
    parts["ppt/vbaProject.bin"] = b"\0"
    replace(
        parts,
        TYPES,
        "<Default",
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default',
    )
    return relate(parts, "vbaProject", "../vbaProject.bin")


@fault("active-content")
def a_link_that_starts_a_program(parts):
    link = '<a:hlinkClick r:id="" action="ppaction://program"/>'
    return replace(parts, SLIDE, r'(<p:cNvPr id="\d+" name="[^"]+")/>', rf"\1>{link}</p:cNvPr>")


@fault("not-well-formed")
def unescaped_text(parts):
    return replace(parts, SLIDE, r"<a:t>", "<a:t>R & D ")


@fault("not-well-formed")
def an_unclosed_tag(parts):
    return replace(parts, SLIDE, "</p:spTree>", "")


@fault("illegal-character")
def a_control_character(parts):
    return replace(parts, SLIDE, "<a:t>", "<a:t>\x0b")


@fault("illegal-character")
def a_control_character_as_a_reference(parts):
    return replace(parts, NOTES, "<a:t>", "<a:t>&#x1F;")


@fault("doctype")
def a_document_type(parts):
    return replace(parts, SLIDE, "<p:sld ", '<!DOCTYPE p:sld [<!ENTITY a "b">]><p:sld ')


# --- the presentation ----------------------------------------------------------------------------


@fault("duplicate-slide-id")
def a_slide_id_twice(parts):
    return replace(parts, PRESENTATION, r'<p:sldId id="257"', '<p:sldId id="256"')


@fault("slide-id-range")
def a_small_slide_id(parts):
    return replace(parts, PRESENTATION, r'<p:sldId id="257"', '<p:sldId id="12"')


@fault("dangling-slide")
def a_list_entry_without_a_slide(parts):
    return replace(parts, PRESENTATION, "</p:sldIdLst>", '<p:sldId id="9000" r:id="rId9000"/></p:sldIdLst>')


@fault("repeated-slide")
def a_slide_twice_in_the_list(parts):
    return replace(parts, PRESENTATION, r'(<p:sldId id=")257(" r:id="[^"]*"/>)', r"\g<1>257\2\g<1>9000\2")


@fault("unlisted-slide")
def a_slide_left_out_of_the_list(parts):
    return replace(parts, PRESENTATION, r'<p:sldId id="257" r:id="[^"]*"/>', "")


@fault("no-master")
def no_masters(parts):
    return replace(parts, PRESENTATION, "<p:sldMasterIdLst>.*?</p:sldMasterIdLst>", "")


@fault("dangling-master")
def a_master_that_is_not_there(parts):
    return replace(parts, PRESENTATION, r'(<p:sldMasterId [^>]*r:id=")[^"]*', r"\1rId777")


@fault("dangling-master")
def a_layout_list_that_dangles(parts):
    return replace(parts, MASTER, r'(<p:sldLayoutId [^>]*r:id=")[^"]*', r"\1rId777")


@fault("duplicate-master-id")
def a_layout_with_the_id_of_the_master(parts):
    [id_] = re.findall(rb'<p:sldMasterId id="(\d+)"', parts[PRESENTATION])
    return replace(parts, MASTER, r'<p:sldLayoutId id="\d+"', f'<p:sldLayoutId id="{id_.decode()}"')


@fault("master-id-range")
def a_small_layout_id(parts):
    return replace(parts, MASTER, r'<p:sldLayoutId id="\d+"', '<p:sldLayoutId id="7"')


@fault("unlisted-notes-master")
def notes_without_a_listed_master(parts):
    return replace(parts, PRESENTATION, "<p:notesMasterIdLst>.*?</p:notesMasterIdLst>", "")


@fault("child-order")
def the_notes_master_after_the_slides(parts):
    return replace(parts, PRESENTATION, r"(<p:notesMasterIdLst>.*?</p:notesMasterIdLst>)(.*</p:sldIdLst>)", r"\2\1")


@fault("section-missing-slide")
def a_section_that_names_no_slide(parts):
    return replace(parts, PRESENTATION, r'<p14:sldId id="256"/>', '<p14:sldId id="256"/><p14:sldId id="8888"/>')


@fault("section-omits-slide")
def a_slide_in_no_section(parts):
    return replace(parts, PRESENTATION, r'<p14:sldId id="257"/>', "")


@fault("section-repeats-slide")
def a_slide_in_two_sections(parts):
    return replace(parts, PRESENTATION, r"(.*)</p14:sldIdLst>", r'\1<p14:sldId id="256"/></p14:sldIdLst>')


@fault("section-uri")
def sections_in_another_extension(parts):
    return replace(parts, PRESENTATION, r"521415D9", "521415D8")


@fault("bad-section-id")
def two_sections_with_one_id(parts):
    ids = re.findall(rb'<p14:section [^>]*id="(\{[^"]*\})"', parts[PRESENTATION])
    return replace(parts, PRESENTATION, re.escape(ids[1].decode()), ids[0].decode())


@fault("bad-section-id")
def a_section_without_a_guid(parts):
    return replace(parts, PRESENTATION, r'(<p14:section [^>]*id=")\{[^"]*\}', r"\1one")


@fault("bad-number")
def a_slide_without_width(parts):
    return replace(parts, PRESENTATION, r'<p:sldSz cx="\d+"', '<p:sldSz cx="0"')


@fault("bad-value")
def a_colour_map_to_nothing(parts):
    return replace(parts, MASTER, r'(<p:clrMap [^>]*bg1=")[^"]*', r"\1white")


# --- shapes --------------------------------------------------------------------------------------


@fault("duplicate-shape-id")
def a_shape_id_twice(parts):
    return replace(parts, SLIDE, r'<p:cNvPr id="3"', '<p:cNvPr id="2"')


@fault("duplicate-shape-id")
def a_shape_id_twice_in_the_notes(parts):
    return replace(parts, NOTES, r'<p:cNvPr id="3"', '<p:cNvPr id="2"')


@fault("layout-shape-id")
def a_shape_id_twice_in_a_layout(parts):
    return replace(parts, LAYOUT, r'<p:cNvPr id="3"', '<p:cNvPr id="2"')


@fault("bad-shape-id")
def a_shape_id_of_zero(parts):
    return add_shape(parts, box(0))


@fault("bad-shape-id")
def a_shape_without_an_id(parts):
    return add_shape(parts, box(1).replace('id="1" ', ""))


@fault("empty-title")
def an_empty_title(parts):
    pattern = r'(<p:ph type="title"/>.*?<a:lstStyle/>)<a:p>.*?(</p:txBody>)'
    return edit(parts, pattern, r'\1<a:p><a:endParaRPr lang="en"/></a:p>\2')


@fault("empty-title")
def no_title(parts):
    return edit(
        parts, r'<p:sp><p:nvSpPr><p:cNvPr [^>]*/>(<p:cNvSpPr>(?:(?!</p:nvSpPr>).)*<p:ph type="title"/>).*?</p:sp>', ""
    )


@fault("duplicate-title")
def two_titles_alike(parts):
    pattern = r'(<p:ph type="title"/>.*?<a:lstStyle/><a:p>).*?(</a:p></p:txBody>)'
    first = slide_with(parts, pattern)
    same = r'\1<a:r><a:rPr lang="en"/><a:t>The very same</a:t></a:r>\2'
    replace(parts, first, pattern, same)
    others = sorted(name for name in parts if re.fullmatch(r"ppt/slides/slide\d+\.xml", name) and name != first)
    return replace(parts, next(name for name in others if re.search(pattern.encode(), parts[name])), pattern, same)


@fault("empty-placeholder")
def a_placeholder_without_content(parts):
    return add_shape(parts, box(9000).replace("<p:nvPr/>", '<p:nvPr><p:ph type="body" idx="13"/></p:nvPr>'))


@fault("duplicate-placeholder")
def a_footer_with_the_index_of_the_title(parts):
    return edit(parts, r'(<p:ph type="ftr"[^>]*) idx="\d+"', r'\1 idx="0"')


@fault("duplicate-placeholder")
def a_slide_number_without_an_index(parts):
    return edit(parts, r'(<p:ph type="sldNum"[^>]*) idx="\d+"', r"\1")


@fault("duplicate-placeholder")
def a_layout_whose_footer_and_number_share_an_index(parts):
    number = re.search(r'<p:ph type="sldNum"[^>]* idx="(\d+)"', parts[LAYOUT].decode())[1]
    return replace(parts, LAYOUT, r'(<p:ph type="ftr"[^>]*) idx="\d+"', rf'\g<1> idx="{number}"')


@fault("duplicate-placeholder")
def a_master_whose_text_has_the_index_of_the_title(parts):
    return replace(parts, MASTER, r'(<p:ph type="body"[^>]*) idx="\d+"', r"\1")


@fault("unknown-placeholder")
def a_footer_whose_index_the_layout_lacks(parts):
    return edit(parts, r'(<p:ph type="ftr"[^>]*) idx="\d+"', r'\1 idx="77"')


@fault("unknown-placeholder")
def a_text_with_the_index_of_the_footer(parts):
    return edit(parts, r'<p:ph type="body" idx="\d+"', r'<p:ph type="body" idx="11"')


@fault("unknown-placeholder")
def a_placeholder_that_the_layout_lacks(parts):
    text = '<a:r><a:rPr lang="en"/><a:t>x</a:t></a:r>'
    return add_shape(parts, box(9000, text).replace("<p:nvPr/>", '<p:nvPr><p:ph type="body" idx="987"/></p:nvPr>'))


@fault("reading-order")
def a_title_that_is_read_last(parts):
    held = r'<p:sp><p:nvSpPr><p:cNvPr [^>]*/><p:cNvSpPr>(?:(?!</p:nvSpPr>).)*<p:ph type="title"/>.*?</p:sp>'
    pattern = rf"({held})(.*)(</p:spTree>)"
    return edit(parts, pattern, r"\2\1\3")


@fault("no-alt-text")
def a_picture_without_alt_text(parts):
    parts["ppt/media/image1.png"] = b"PNG"
    replace(parts, TYPES, "<Default", '<Default Extension="png" ContentType="image/png"/><Default')
    relate(parts, "image", "../media/image1.png")
    return add_shape(parts, PIXEL.format(descr="", rel="rId900"))


@fault("no-alt-text")
def a_table_without_alt_text(parts):
    return edit(parts, r'(<p:nvGraphicFramePr><p:cNvPr id="\d+" name="[^"]*") descr="[^"]*"', r"\1")


@fault("dangling-relationship-id")
def a_picture_that_is_not_embedded(parts):
    return add_shape(parts, PIXEL.format(descr=' descr="x"', rel="rId901"))


@fault("dangling-relationship-id")
def a_hyperlink_to_no_relationship(parts):
    return replace(parts, SLIDE, r"(<a:rPr [^>]*?)(/>|>.*?</a:rPr>)", r'\1><a:hlinkClick r:id="rId555"/></a:rPr>')


@fault("dangling-jump")
def a_slide_jump_to_the_notes(parts):
    link = '<a:hlinkClick r:id="rId2" action="ppaction://hlinksldjump"/>'
    return add_shape(parts, box(9000).replace('name="Added"/>', f'name="Added">{link}</p:cNvPr>'))


@fault("no-language")
def text_without_a_language(parts):
    return replace(parts, SLIDE, r'<a:rPr lang="en-US"', "<a:rPr")


@fault("bad-language-tag")
def a_language_that_is_none(parts):
    return replace(parts, SLIDE, r'<a:rPr lang="en-US"', '<a:rPr lang="English (US)"')


@fault("small-text")
def tiny_text(parts):
    return add_shape(parts, box(9000, '<a:r><a:rPr lang="en" sz="700"/><a:t>tiny</a:t></a:r>'))


@fault("ltr-paragraph")
def an_arabic_deck_with_a_paragraph_from_the_left(parts):
    replace(parts, "docProps/custom.xml", r"<vt:lpwstr>en<", "<vt:lpwstr>ar<")
    return add_shape(parts, box(9000, '<a:r><a:rPr lang="ar"/><a:t>\u0646\u0645\u0648\u0630\u062c</a:t></a:r>'))


@fault("fixed-colour")
def a_fixed_colour(parts):
    return replace(parts, SLIDE, r'<a:schemeClr val="accent1"/>', '<a:srgbClr val="FF0000"/>')


@fault("notes-of-another-slide")
def notes_that_belong_elsewhere(parts):
    replace(parts, "ppt/notesSlides/_rels/notesSlide3.xml.rels", r"slides/slide3\.xml", "slides/slide4.xml")
    return SLIDE


# --- connectors, tables, timing ------------------------------------------------------------------


@fault("dangling-connector")
def a_connector_to_a_missing_shape(parts):
    return edit(parts, r'<a:stCxn id="\d+"', '<a:stCxn id="4711"')


@fault("bad-connection-site")
def a_connector_to_a_thirteenth_side(parts):
    name = slide_with(parts, r'<a:stCxn id="\d+"')
    return replace(parts, name, r'(<a:stCxn id="\d+") idx="\d+"', r'\1 idx="12"')


@fault("unglued-connector")
def a_connector_with_a_loose_end(parts):
    return edit(parts, r'<a:endCxn id="\d+" idx="\d+"/>', "")


@fault("table-cells")
def a_row_with_too_few_cells(parts):
    return edit(parts, r"<a:tc>(?:(?!</a:tc>).)*</a:tc>", "")


@fault("table-cells")
def a_row_with_too_many_cells(parts):
    return edit(parts, r"(<a:tc>(?:(?!</a:tc>).)*</a:tc>)", r"\1\1")


@fault("bad-span")
def a_cell_that_spans_beyond_the_table(parts):
    return edit(parts, "<a:tc>", '<a:tc gridSpan="40">')


@fault("bad-span")
def a_span_over_cells_that_are_not_merged(parts):
    return edit(parts, "<a:tc>", '<a:tc gridSpan="2">')


@fault("bad-span")
def a_merged_cell_that_nothing_spans(parts):
    return edit(parts, "<a:tc>", '<a:tc vMerge="1">')


@fault("row-height")
def a_negative_row_height(parts):
    return edit(parts, r'<a:tr h="\d+"', '<a:tr h="-5"')


@fault("missing-child")
def a_table_without_a_grid(parts):
    return edit(parts, r"<a:tblGrid>.*?</a:tblGrid>", "")


@fault("dangling-animation")
def an_animation_of_a_missing_shape(parts):
    return edit(parts, r'<p:spTgt spid="\d+"', '<p:spTgt spid="4711"')


@fault("dangling-build")
def a_build_of_a_missing_shape(parts):
    return edit(parts, r'<p:bldP spid="\d+"', '<p:bldP spid="4711"')


@fault("duplicate-time-id")
def two_time_nodes_with_one_id(parts):
    return edit(parts, r'<p:cTn id="3"', '<p:cTn id="2"')


@fault("dangling-zoom")
def a_zoom_to_a_missing_slide(parts):
    uri = "http://schemas.microsoft.com/office/powerpoint/2016/slidezoom"
    zoom = (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9000" name="Zoom" descr="x"/><p:cNvGraphicFramePr/><p:nvPr/>'
        '</p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData uri="{0}"><pslz:sldZm xmlns:pslz="{0}">'
        '<pslz:sldZmObj sldId="4711" cId="0"/></pslz:sldZm></a:graphicData></a:graphic></p:graphicFrame>'
    )
    return add_shape(parts, zoom.format(uri))


@fault("stale-zoom")
def a_zoom_that_knows_its_slide_by_another_number(parts):
    uri = "http://schemas.microsoft.com/office/powerpoint/2016/slidezoom"
    zoom = (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9000" name="Zoom" descr="x"/><p:cNvGraphicFramePr/><p:nvPr/>'
        '</p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData uri="{0}"><pslz:sldZm xmlns:pslz="{0}">'
        '<pslz:sldZmObj sldId="257" cId="1"/></pslz:sldZm></a:graphicData></a:graphic></p:graphicFrame>'
    )
    return add_shape(parts, zoom.format(uri))


@fault("child-order")
def timing_before_the_transition(parts):
    return edit(
        parts,
        r"(<mc:AlternateContent.*?</mc:AlternateContent>|<p:transition.*?</p:transition>)(<p:timing>.*</p:timing>)",
        r"\2\1",
    )


@fault("bad-value")
def a_morph_of_nothing(parts):
    uri = "http://schemas.microsoft.com/office/powerpoint/2015/09/main"
    morph = f'<p:transition><p159:morph xmlns:p159="{uri}" option="byMagic"/></p:transition>'
    return edit(parts, r"(</p:clrMapOvr>|</p:cSld>)(?!.*(?:</p:clrMapOvr>|</p:cSld>)).*(</p:sld>)", rf"\1{morph}\2")


# --- markup --------------------------------------------------------------------------------------


@fault("child-order")
def geometry_before_the_transform(parts):
    return edit(parts, r"(<a:xfrm>(?:(?!</a:xfrm>).)*</a:xfrm>)(<a:prstGeom.*?</a:prstGeom>)", r"\2\1")


@fault("child-order")
def a_font_before_the_fill(parts):
    return edit(parts, r"(<a:solidFill>(?:(?!</a:solidFill>).)*</a:solidFill>)(<a:latin [^>]*/>)", r"\2\1")


@fault("child-order")
def text_before_its_properties(parts):
    return replace(parts, SLIDE, r"<a:r>(<a:rPr(?:(?!</a:r>).)*)(<a:t>[^<]*</a:t>)</a:r>", r"<a:r>\2\1</a:r>")


@fault("child-order")
def the_end_of_a_paragraph_first(parts):
    return add_shape(parts, box(9000, '<a:endParaRPr lang="en"/><a:r><a:rPr lang="en"/><a:t>x</a:t></a:r>'))


@fault("unknown-child")
def a_paragraph_in_the_shape(parts):
    return replace(parts, SLIDE, "</p:spTree>", "<a:p/></p:spTree>")


@fault("repeated-child")
def two_shape_properties(parts):
    return add_shape(parts, box(9000).replace("<p:spPr>", "<p:spPr/><p:spPr>"))


@fault("missing-child")
def text_without_body_properties(parts):
    return replace(parts, SLIDE, r"<a:bodyPr(?:/>|(?:(?!</a:bodyPr>).)*</a:bodyPr>)", "")


@fault("missing-child")
def a_text_body_without_a_paragraph(parts):
    return add_shape(parts, box(9000).replace("<a:p></a:p>", ""))


@fault("bad-number")
def a_length_with_decimals(parts):
    return replace(parts, SLIDE, r'<a:off x="(\d+)"(?! y="0"/><a:ext cx="0")', r'<a:off x="\1.5"')


@fault("bad-number")
def a_negative_width(parts):
    return replace(parts, SLIDE, r'<a:ext cx="([1-9]\d*)"', r'<a:ext cx="-\1"')


@fault("bad-number")
def a_huge_width(parts):
    return replace(parts, SLIDE, r'<a:ext cx="([1-9]\d*)"', r'<a:ext cx="99999999999999999"')


@fault("bad-number")
def a_font_size_in_points(parts):
    return replace(parts, SLIDE, r' sz="(\d+)00"', r' sz="\1.0"')


@fault("bad-value")
def a_shape_that_does_not_exist(parts):
    return replace(parts, SLIDE, r'prst="[^"]*"', 'prst="rectangle"')


@fault("bad-value")
def a_theme_colour_that_does_not_exist(parts):
    return replace(parts, SLIDE, r'<a:schemeClr val="[^"]*"', '<a:schemeClr val="accent7"')


@fault("bad-value")
def an_alignment_in_words(parts):
    return replace(parts, SLIDE, r'algn="[^"]*"', 'algn="center"')


@fault("bad-value")
def an_anchor_in_words(parts):
    return replace(parts, SLIDE, r'anchor="[^"]*"', 'anchor="middle"')


@fault("bad-colour")
def a_colour_with_a_hash(parts):
    return replace(parts, SLIDE, r'<a:schemeClr val="accent1"/>', '<a:srgbClr val="#FF0000"/>')


@fault("bad-colour")
def a_colour_by_name(parts):
    return replace(parts, "ppt/theme/theme1.xml", r'<a:srgbClr val="[^"]*"', '<a:srgbClr val="red"')


@fault("bad-value")
def a_placeholder_of_no_type(parts):
    return replace(parts, SLIDE, r'<p:ph type="[^"]*"', '<p:ph type="headline"')


# --- master and sizes ----------------------------------------------------------------------------


@fault("master-placeholders")
def a_master_without_a_date(parts):
    return replace(parts, MASTER, r'<p:sp>(?:(?!</p:sp>).)*<p:ph type="dt"(?:(?!</p:sp>).)*</p:sp>', "")


@fault("master-placeholders")
def a_master_whose_title_is_plain_text(parts):
    return replace(parts, MASTER, r'<p:ph type="title"[^>]*/>', "")


@fault("slide-size")
def a_presentation_without_a_slide_size(parts):
    return replace(parts, PRESENTATION, r"<p:sldSz [^>]*/>", "")


@fault("slide-size")
def a_slide_size_in_points(parts):
    return replace(parts, PRESENTATION, r"<p:sldSz [^>]*/>", '<p:sldSz cx="960" cy="540"/>')


@fault("slide-size")
def a_slide_height_with_a_digit_too_few(parts):
    return replace(parts, PRESENTATION, r'(<p:sldSz cx="\d+" cy=")\d+"', r'\g<1>1685800"')


@fault("notes-size")
def a_presentation_without_a_notes_size(parts):
    return replace(parts, PRESENTATION, r"<p:notesSz [^>]*/>", "")


@fault("notes-size")
def a_notes_page_of_no_size(parts):
    return replace(parts, PRESENTATION, r'(<p:notesSz cx=")\d+"', r'\g<1>0"')
