"""More faults to seed into a whole deck: what only who parses its XML can tell.

As in `faults`, bytes are damaged with regular expressions, and each fault names the code that must find it.
"""

from support import faults
from support.faults import (
    LAYOUT,
    MASTER,
    NOTES,
    OFFICE,
    PIXEL,
    PRESENTATION,
    SLIDE,
    SLIDE_RELS,
    TYPES,
    Damage,
    Fault,
    Parts,
    add_shape,
    box,
    edit,
    relate,
    replace,
)

THEME = "ppt/theme/theme1.xml"
CORE, APP, CUSTOM = (f"docProps/{name}.xml" for name in ("core", "app", "custom"))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
A16 = "http://schemas.microsoft.com/office/drawing/2014/main"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
CREATED = "{FF2B5EF4-FFF2-40B4-BE49-F238E27FC236}"
GUID = "{00000000-0001-40B4-BE49-F238E27FC236}"
DATED = (
    '<dcterms:created xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:type="dcterms:W3CDTF">{}</dcterms:created>'
)
END_OF_CORE = "</cp:coreProperties>"
WORD = '<a:r><a:rPr lang="en"/><a:t>Word</a:t></a:r>'

DEFECTS: list[Fault] = []


def defect(code: str):
    def register(damage: Damage) -> Damage:
        DEFECTS.append(Fault(damage.__name__, code, damage))
        return damage

    return register


def with_picture(parts: Parts, data: bytes, ending: str = "png", type_: str = "image/png", name: str = "added") -> str:
    """Add a medium and a relationship to it, and return the medium's name."""
    parts[f"ppt/media/{name}.{ending}"] = data
    made = f'<Override PartName="/ppt/media/{name}.{ending}" ContentType="{type_}"/></Types>'
    replace(parts, TYPES, "</Types>", lambda _: made)
    relate(parts, "image", f"../media/{name}.{ending}")
    return f"ppt/media/{name}.{ending}"


def created(id_: str, shape: int, uri: str = CREATED) -> str:
    """Return a shape that carries the id it was made with."""
    kept = f'<a:extLst><a:ext uri="{uri}"><a16:creationId xmlns:a16="{A16}" id="{id_}"/></a:ext></a:extLst>'
    return box(shape, WORD).replace('name="Added"/>', f'name="Added">{kept}</p:cNvPr>')


def extended(parts: Parts, inside: str, name: str = SLIDE) -> str:
    """Add an extension to a slide."""
    return replace(parts, name, "</p:sld>", lambda _: f"<p:extLst>{inside}</p:extLst></p:sld>")


# --- prefixes, alternatives, extensions ----------------------------------------------------------


@defect("undeclared-prefix")
def a_prefix_to_pass_over_that_is_not_declared(parts):
    return replace(parts, SLIDE, "<p:sld ", f'<p:sld xmlns:mc="{MC}" mc:Ignorable="p99" ')


@defect("undeclared-prefix")
def a_choice_that_requires_an_undeclared_prefix(parts):
    inside = f'<mc:Choice Requires="p99">{box(9000, WORD)}</mc:Choice><mc:Fallback/>'
    return add_shape(parts, f'<mc:AlternateContent xmlns:mc="{MC}">{inside}</mc:AlternateContent>')


@defect("undeclared-prefix")
def a_prefix_to_be_understood_that_is_not_declared(parts):
    return replace(parts, LAYOUT, "<p:sldLayout ", f'<p:sldLayout xmlns:mc="{MC}" mc:MustUnderstand="p99" ')


@defect("missing-fallback")
def alternatives_without_a_fallback(parts):
    inside = f'<mc:Choice xmlns:p14="{P14}" Requires="p14">{box(9000, WORD)}</mc:Choice>'
    return add_shape(parts, f'<mc:AlternateContent xmlns:mc="{MC}">{inside}</mc:AlternateContent>')


@defect("missing-fallback")
def alternatives_without_a_choice(parts):
    inside = f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Fallback/></mc:AlternateContent>'
    return add_shape(parts, inside)


@defect("missing-fallback")
def an_svg_picture_alone(parts):
    with_picture(parts, b"<svg/>", "svg", "image/svg+xml")
    return add_shape(parts, PIXEL.format(descr=' descr="x"', rel="rId900"))


@defect("missing-fallback")
def a_picture_that_names_no_file(parts):
    return add_shape(parts, PIXEL.format(descr=' descr="x"', rel="x").replace('<a:blip r:embed="x"/>', "<a:blip/>"))


@defect("unknown-extension")
def an_extension_without_an_id(parts):
    return extended(parts, '<p:ext uri=""/>')


@defect("unknown-extension")
def an_extension_whose_id_is_a_word(parts):
    return extended(parts, '<p:ext uri="mine"/>')


@defect("unknown-extension")
def an_extension_of_nobody(parts):
    return extended(parts, f'<p:ext uri="{GUID}"><x:y xmlns:x="urn:x"/></p:ext>')


@defect("wrong-extension")
def an_id_of_creation_under_another_id(parts):
    return add_shape(parts, created(GUID, 9000, "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"))


@defect("unknown-markup")
def an_element_of_nobody(parts):
    return replace(parts, SLIDE, "</p:spTree>", '<x:y xmlns:x="urn:x"/></p:spTree>')


@defect("unknown-markup")
def an_attribute_of_nobody(parts):
    return replace(parts, SLIDE, "<p:sld ", '<p:sld xmlns:x="urn:x" x:y="1" ')


# --- attributes ----------------------------------------------------------------------------------


@defect("missing-attribute")
def a_place_without_a_height(parts):
    return replace(parts, SLIDE, r'<a:off x="(-?\d+)" y="-?\d+"/>', r'<a:off x="\1"/>')


@defect("missing-attribute")
def a_shape_without_a_name(parts):
    return add_shape(parts, box(9000, WORD).replace(' name="Added"', ""))


@defect("missing-attribute")
def a_colour_without_a_name(parts):
    return replace(parts, SLIDE, r'<a:schemeClr val="[^"]*"', "<a:schemeClr")


@defect("missing-attribute")
def a_geometry_without_a_name(parts):
    return add_shape(parts, box(9000, WORD).replace(' prst="rect"', ""))


@defect("missing-attribute")
def a_column_without_a_width(parts):
    return edit(parts, r'<a:gridCol w="\d+"', "<a:gridCol")


@defect("missing-attribute")
def a_colour_map_without_an_accent(parts):
    return replace(parts, MASTER, r'(<p:clrMap [^>]*) accent3="[^"]*"', r"\1")


@defect("missing-attribute")
def a_slide_of_the_list_without_a_relationship(parts):
    return replace(parts, PRESENTATION, r'(<p:sldId id="257") r:id="[^"]*"', r"\1")


@defect("unknown-attribute")
def a_third_coordinate(parts):
    return replace(parts, SLIDE, r"<a:off ", '<a:off z="0" ')


@defect("unknown-attribute")
def a_run_with_a_colour_for_an_attribute(parts):
    return replace(parts, SLIDE, r"<a:rPr ", '<a:rPr color="red" ')


@defect("unknown-attribute")
def a_body_with_a_margin_for_an_attribute(parts):
    return replace(parts, SLIDE, r"<a:bodyPr", '<a:bodyPr margin="0"')


@defect("unknown-attribute")
def a_slide_with_a_name(parts):
    return replace(parts, SLIDE, "<p:sld ", '<p:sld name="Mine" ')


# --- ids -----------------------------------------------------------------------------------------


@defect("bad-guid")
def a_field_without_braces(parts):
    return edit(parts, r'<a:fld id="\{([^}"]*)\}"', r'<a:fld id="\1"')


@defect("bad-guid")
def a_style_of_tables_that_is_a_name(parts):
    return edit(parts, r"<a:tableStyleId>[^<]*<", "<a:tableStyleId>Medium Style 2<")


@defect("bad-guid")
def a_list_of_styles_without_a_default(parts):
    return replace(parts, "ppt/tableStyles.xml", r'def="[^"]*"', 'def=""')


@defect("bad-guid")
def a_shape_whose_id_of_creation_is_a_number(parts):
    return add_shape(parts, created("17", 9000))


@defect("bad-creation-id")
def a_slide_whose_number_of_creation_is_too_large(parts):
    uri = "{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}"
    inside = f'<p14:creationId xmlns:p14="{P14}" val="99999999999"/>'
    parts[SLIDE] = parts[SLIDE].replace(
        b"</p:cSld>", f'<p:extLst><p:ext uri="{uri}">{inside}</p:ext></p:extLst></p:cSld>'.encode()
    )
    return SLIDE


@defect("bad-creation-id")
def a_row_whose_number_of_creation_is_a_word(parts):
    row = f'<a16:rowId xmlns:a16="{A16}" val="x"/>'
    kept = f'<a:extLst><a:ext uri="{{0D108BD9-81ED-4DB2-BD59-A6C34878D82A}}">{row}</a:ext></a:extLst>'
    return edit(parts, r"(</a:tc>)(?:<a:extLst>(?:(?!</a:extLst>).)*</a:extLst>)?</a:tr>", rf"\1{kept}</a:tr>")


@defect("duplicate-creation-id")
def two_shapes_made_with_one_id(parts):
    return add_shape(parts, created(GUID, 9000) + created(GUID, 9001))


@defect("duplicate-creation-id")
def two_slides_made_with_one_number(parts):
    uri = "{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}"
    kept = f'<p:extLst><p:ext uri="{uri}"><p14:creationId xmlns:p14="{P14}" val="77"/></p:ext></p:extLst></p:cSld>'
    for name in ("ppt/slides/slide2.xml", SLIDE):
        parts[name] = parts[name].replace(b"</p:cSld>", kept.encode())
    return SLIDE


# --- properties of the file ----------------------------------------------------------------------


@defect("bad-property")
def a_title_twice(parts):
    return replace(parts, CORE, r"(<dc:title>.*?</dc:title>)", r"\1\1")


@defect("bad-property")
def a_date_in_words(parts):
    return replace(parts, CORE, END_OF_CORE, f"{DATED.format('yesterday')}{END_OF_CORE}")


@defect("bad-property")
def a_date_that_is_not_said_to_be_one(parts):
    made = DATED.format("2026-01-31").replace(' xsi:type="dcterms:W3CDTF"', "")
    return replace(parts, CORE, END_OF_CORE, f"{made}{END_OF_CORE}")


@defect("bad-property")
def a_property_that_there_is_not(parts):
    return replace(parts, CORE, "</cp:coreProperties>", "<cp:mood>good</cp:mood></cp:coreProperties>")


@defect("bad-property")
def a_wrong_count_of_slides(parts):
    return replace(parts, APP, r"<Slides>\d+</Slides>", "<Slides>999</Slides>")


@defect("bad-property")
def a_count_in_words(parts):
    return replace(parts, APP, r"<Slides>\d+</Slides>", "<Slides>many</Slides>")


@defect("bad-property")
def a_property_of_ones_own_with_a_small_number(parts):
    return replace(parts, CUSTOM, r'pid="\d+"', 'pid="1"')


@defect("bad-property")
def two_properties_of_ones_own_with_one_number(parts):
    return replace(parts, CUSTOM, r'pid="3"', 'pid="2"')


@defect("bad-property")
def a_property_of_ones_own_in_no_set(parts):
    return replace(parts, CUSTOM, r'fmtid="[^"]*"', 'fmtid="{0}"')


@defect("missing-properties")
def no_word_of_who_made_it(parts):
    del parts[CORE]
    replace(parts, TYPES, r'<Override PartName="/docProps/core\.xml"[^>]*/>', "")
    replace(parts, "_rels/.rels", r'<Relationship [^>]*?core-properties"[^>]*/>', "")
    return ""


# --- targets and types ---------------------------------------------------------------------------


@defect("malformed-target")
def a_link_with_a_space(parts):
    return relate(parts, "hyperlink", "https://example.org/a page", ' TargetMode="External"')


@defect("malformed-target")
def a_link_that_no_reader_takes_apart(parts):
    return relate(parts, "hyperlink", "https://[example.org/", ' TargetMode="External"')


@defect("malformed-target")
def a_link_with_a_loose_percent_sign(parts):
    return relate(parts, "hyperlink", "https://example.org/100%", ' TargetMode="External"')


@defect("malformed-target")
def a_link_to_no_host(parts):
    return relate(parts, "hyperlink", "https:///page", ' TargetMode="External"')


@defect("malformed-target")
def a_target_with_a_space(parts):
    return replace(parts, SLIDE_RELS, r"\.\./slideLayouts/", "../slideLayouts/ ")


@defect("malformed-relationship")
def a_relationship_id_that_begins_with_a_digit(parts):
    return relate(parts, "hyperlink", "https://example.org/", ' TargetMode="External"', "1st")


@defect("malformed-relationship")
def a_relationship_of_a_word_for_a_type(parts):
    relate(parts, "hyperlink", "https://example.org/", ' TargetMode="External"')
    return replace(
        parts,
        SLIDE_RELS,
        rf'Type="{OFFICE}/hyperlink" Target="https://example.org/"',
        'Type="hyperlink" Target="https://example.org/"',
    )


@defect("malformed-relationship")
def a_relationship_of_an_unknown_mode(parts):
    return relate(parts, "hyperlink", "https://example.org/", ' TargetMode="Outside"')


@defect("bad-content-type")
def a_type_of_one_word(parts):
    return replace(parts, TYPES, "</Types>", '<Default Extension="abc" ContentType="picture"/></Types>')


@defect("bad-content-type")
def an_extension_with_its_dot(parts):
    return replace(parts, TYPES, "</Types>", '<Default Extension=".abc" ContentType="a/b"/></Types>')


@defect("bad-content-type")
def a_type_for_a_name_without_its_slash(parts):
    return replace(parts, TYPES, 'PartName="/ppt/presProps.xml"', 'PartName="ppt/presProps.xml"')


@defect("wrong-main-type")
def a_template_in_a_deck(parts):
    return replace(parts, TYPES, r"presentation\.main\+xml", "template.main+xml") and ""


@defect("wrong-main-type")
def a_show_in_a_deck(parts):
    return replace(parts, TYPES, r"presentation\.main\+xml", "slideshow.main+xml") and ""


# --- media ---------------------------------------------------------------------------------------


@defect("wrong-media")
def a_png_that_is_a_jpeg(parts):
    return with_picture(parts, b"\xff\xd8\xff" + bytes(40))


@defect("wrong-media")
def an_empty_picture(parts):
    return with_picture(parts, b"")


@defect("wrong-media")
def a_film_that_is_a_page(parts):
    return with_picture(parts, b"<html></html>", "mp4", "video/mp4")


@defect("wrong-content-type")
def a_picture_that_is_said_to_be_text(parts):
    with_picture(parts, PNG, type_="text/plain")
    return SLIDE


# --- tables, texts, themes -----------------------------------------------------------------------


@defect("no-header-row")
def a_table_without_a_header_row(parts):
    return edit(parts, r'(<a:tblPr[^>]*) firstRow="1"', r"\1")


@defect("cell-without-body")
def a_cell_without_a_body(parts):
    return edit(parts, r"<a:tc>(<a:txBody>.*?</a:txBody>)", "<a:tc>")


@defect("empty-run")
def a_run_without_text(parts):
    return replace(parts, SLIDE, "<a:r>", '<a:r><a:rPr lang="en"/><a:t/></a:r><a:r>')


@defect("escaped-control")
def a_line_break_in_disguise(parts):
    return replace(parts, SLIDE, "<a:t>", "<a:t>_x000D_")


@defect("escaped-control")
def a_bell_in_disguise_in_the_notes(parts):
    return replace(parts, NOTES, "<a:t>", "<a:t>_x0007_")


@defect("format-scheme")
def a_theme_with_two_lines(parts):
    return replace(parts, THEME, r"(<a:lnStyleLst>)<a:ln.*?</a:ln>", r"\1")


@defect("format-scheme")
def a_theme_without_effects(parts):
    return replace(parts, THEME, r"<a:effectStyleLst>.*?</a:effectStyleLst>", "<a:effectStyleLst/>")


@defect("missing-child")
def a_theme_without_styles(parts):
    return replace(parts, THEME, r"<a:fmtScheme.*?</a:fmtScheme>", "")


@defect("missing-child")
def a_theme_without_a_colour(parts):
    return replace(parts, THEME, r"<a:accent4>.*?</a:accent4>", "")


@defect("bad-language-tag")
def a_language_with_an_underscore(parts):
    return replace(parts, SLIDE, r'<a:rPr lang="en-US"', '<a:rPr lang="en_US"')


# --- how slides look -----------------------------------------------------------------------------


def words(text: str, look: str = "") -> str:
    return f'<a:r><a:rPr lang="en"{look}</a:rPr><a:t>{text}</a:t></a:r>'


def placed(id_: int, x: int, y: int, wide: int, high: int, inside: str, fill: str = "") -> str:
    """Return a shape with a text at a place, in points."""
    put = f'<a:off x="{x * 12700}" y="{y * 12700}"/><a:ext cx="{wide * 12700}" cy="{high * 12700}"/>'
    made = box(id_, inside).replace('<a:off x="0" y="0"/><a:ext cx="9" cy="9"/>', put)
    return made.replace("</a:prstGeom>", f"</a:prstGeom>{fill}")


PALE = '><a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
PLAIN = ' sz="2000">'
MANY = "Far more words than this shape holds, and still more of them. " * 4
QUOTED = '"888888"'
GREY = "<a:solidFill><a:srgbClr val={}/></a:solidFill>"


@defect("off-slide")
def a_shape_left_of_the_slide(parts):
    return add_shape(parts, placed(9000, -400, 10, 200, 40, words("Here", PLAIN)))


@defect("off-slide")
def a_text_over_the_edge(parts):
    return add_shape(parts, placed(9000, 850, 10, 400, 40, words("Here", PLAIN)))


@defect("off-slide")
def a_shape_in_a_group_below_the_slide(parts):
    inner = placed(9001, 0, 0, 100, 40, words("Here", PLAIN))
    group = (
        '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9000" name="Group" descr="x"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        '<p:grpSpPr><a:xfrm><a:off x="0" y="9000000"/><a:ext cx="1270000" cy="508000"/><a:chOff x="0" y="0"/>'
        f'<a:chExt cx="1270000" cy="508000"/></a:xfrm></p:grpSpPr>{inner}</p:grpSp>'
    )
    return add_shape(parts, group)


@defect("text-beyond-shape")
def more_text_than_a_shape_holds(parts):
    return add_shape(parts, placed(9000, 10, 10, 200, 40, words(MANY, PLAIN)))


@defect("text-beyond-shape")
def larger_type_than_a_shape_holds(parts):
    return add_shape(parts, placed(9000, 10, 10, 600, 40, words("Words", ' sz="9600">')))


@defect("text-over-text")
def a_text_over_another(parts):
    one, other = (placed(9000 + n, 10, 480 + n, 300, 40, words("Words of some length", PLAIN)) for n in (0, 8))
    return add_shape(parts, one + other)


@defect("text-over-text")
def a_text_pasted_twice(parts):
    return add_shape(parts, "".join(placed(9000 + n, 10, 480, 300, 40, words("Words", PLAIN)) for n in (0, 1)))


@defect("low-contrast")
def a_text_in_the_colour_of_its_ground(parts):
    return add_shape(parts, placed(9000, 10, 480, 300, 40, words("Words", PALE)))


@defect("low-contrast")
def grey_on_grey(parts):
    text = words("Words", f">{GREY.format(QUOTED)}")
    return add_shape(parts, placed(9000, 10, 480, 300, 40, text, GREY.format('"999999"')))


@defect("low-contrast")
def ink_on_a_dark_card(parts):
    fill = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
    return add_shape(parts, placed(9000, 10, 480, 300, 40, words("Words", PLAIN), fill))


@defect("small-text")
def a_text_of_eight_points(parts):
    return add_shape(parts, placed(9000, 10, 480, 300, 40, words("Words", ' sz="800">')))


@defect("small-text")
def a_text_that_takes_a_small_size_from_its_shape(parts):
    made = placed(9000, 10, 480, 300, 40, words("Words", ">"))
    style = '<a:lstStyle><a:lvl1pPr><a:defRPr sz="700"/></a:lvl1pPr></a:lstStyle>'
    return add_shape(parts, made.replace("<a:lstStyle/>", style))


@defect("small-text")
def a_text_that_was_shrunk_to_fit(parts):
    made = placed(9000, 10, 480, 300, 40, words("Words", ' sz="1200">'))
    shrunk = '<a:bodyPr><a:normAutofit fontScale="50000"/></a:bodyPr>'
    return add_shape(parts, made.replace("<a:bodyPr/>", shrunk))


ALL = (*faults.FAULTS, *DEFECTS)
