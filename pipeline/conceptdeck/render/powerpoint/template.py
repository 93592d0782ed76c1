"""The deck's template: theme, master, layouts, table style and notes master, as a presentation without slides.

python-pptx assembles the package; the parts it has no words for are written here as XML.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part, XmlPart
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.parts.slide import SlideLayoutPart
from pptx.util import Emu

from conceptdeck.render.escape import escape
from conceptdeck.render.powerpoint.markup import (
    DECLARATION,
    NAMESPACES,
    TABLE_STYLE,
    colour,
    colour_mapping,
    line_spacing,
    paragraph_properties,
    placeholder,
    tree,
)
from conceptdeck.render.powerpoint.speech import direction, manner, spoken, voices
from conceptdeck.values.frame import Placeholder, Stroke
from conceptdeck.values.languages import is_rtl, is_western
from conceptdeck.values.regex import regex
from conceptdeck.values.tables import TablePart, table_look
from conceptdeck.values.theme import OPPOSITE, Layout, PlaceholderSpec, Role, Theme
from conceptdeck.values.units import EMU_PER_INCH

__all__ = ["LAYOUT_IDS", "make_template"]

LAYOUT_IDS = 2_147_483_649  # ids of masters and layouts start at 2^31 (ST_SlideLayoutId)
GUIDES_PER_INCH = 576
CUSTOM_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
CUSTOM_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
LEVEL = regex(r"\{.*\}lvl[1-9]pPr")
UNWANTED = ("/docProps/thumbnail", "/ppt/printerSettings")


def make_template(theme: Theme, language: str, *, relative: bool = False) -> dict[str, bytes]:
    """Return the parts of the template, by part name without the leading slash.

    Line spacing is `relative` to the type size, or exact.
    """
    rtl = is_rtl(language)
    theme = theme.mirrored() if rtl else theme
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Emu(theme.size.w), Emu(theme.size.h)
    master = presentation.slide_master
    for old in list(presentation.slide_layouts):
        presentation.slide_layouts.remove(old)
    master.part._element = parse_xml(
        _master(theme, language, relative=relative).encode()
    )  # no public way to replace a master
    _set_blob(master.part.part_related_by(RELATIONSHIP_TYPE.THEME), _theme(theme, language))
    for number, layout in enumerate(theme.layouts.values(), start=1):
        _add_layout(master.part, number, _layout(theme, layout, language, relative=relative))
    _set_blob(presentation.part.part_related_by(RELATIONSHIP_TYPE.TABLE_STYLES), _table_style(theme))
    notes = presentation.notes_master
    _set_blob(notes.part.part_related_by(RELATIONSHIP_TYPE.THEME), _theme(theme, language))
    package = presentation.part.package
    custom = Part(PackURI("/docProps/custom.xml"), CUSTOM_PROPERTIES_TYPE, package, b"")
    package.relate_to(custom, CUSTOM_PROPERTIES)
    _drop_unwanted(package, presentation.part)
    _order_lists(presentation.part, notes.part)
    if rtl:
        presentation.part._element.set("rtl", "1")
        _turn(presentation.part._element)
        _turn(notes.part._element, presentation.part._element)
    return _parts(presentation)


def _set_blob(part: Part, xml: str) -> None:
    """Let a part hold other XML."""
    data = (DECLARATION + xml).encode()
    if isinstance(part, XmlPart):  # the theme of notes is one that python-pptx has made itself
        part._element = parse_xml(data)
    else:
        part._blob = data  # python-pptx keeps these parts as bytes and offers no setter


def _add_layout(master: XmlPart, number: int, xml: str) -> None:
    name = PackURI(f"/ppt/slideLayouts/slideLayout{number}.xml")
    part = SlideLayoutPart.load(name, CONTENT_TYPE.PML_SLIDE_LAYOUT, master.package, xml.encode())
    part.relate_to(master, RELATIONSHIP_TYPE.SLIDE_MASTER)
    rel_id = master.relate_to(part, RELATIONSHIP_TYPE.SLIDE_LAYOUT)
    ids = _child(master, "sldLayoutIdLst")
    entry = parse_xml(f'<p:sldLayoutId {NAMESPACES} id="{LAYOUT_IDS + number}" r:id="{rel_id}"/>')
    ids.append(entry)


def _drop_unwanted(package, presentation: Part) -> None:  # type: ignore[no-untyped-def]
    """Drop python-pptx's own thumbnail and printer settings."""
    for holder in (package, presentation):
        rels = holder._rels
        for rel_id in [
            i for i, rel in rels.items() if not rel.is_external and rel.target_partname.startswith(UNWANTED)
        ]:
            rels.pop(rel_id)


def _child(part: XmlPart, name: str) -> Any:
    """Return the one child called `name` of a part's root."""
    (found,) = part._element.findall(f"{{*}}{name}")
    return found


def _order_lists(presentation: XmlPart, notes: XmlPart) -> None:
    """Put right what python-pptx leaves: its 4:3 mark, the notes master unlisted, an empty slide list."""
    root = presentation._element
    for old in root.findall("{*}sldIdLst"):
        root.remove(old)
    del _child(presentation, "sldSz").attrib["type"]  # screen4x3, which no theme is
    rel_id = presentation.relate_to(notes, RELATIONSHIP_TYPE.NOTES_MASTER)
    entry = f'<p:notesMasterIdLst {NAMESPACES}><p:notesMasterId r:id="{rel_id}"/></p:notesMasterIdLst>'
    _child(presentation, "sldMasterIdLst").addnext(parse_xml(entry))


def _turn(root: Any, pages: Any = None) -> None:
    """Let every level of text run from the right, and put shapes where they stand on `pages` that are so read."""
    for level in (each for each in root.iter() if LEVEL.fullmatch(each.tag)):
        level.set("rtl", "1")
        level.set("algn", OPPOSITE.get(level.get("algn", "l"), level.get("algn")))
    for body in root.iter("{*}bodyPr"):
        body.set("rtlCol", "1")
    width = int(pages.find("{*}notesSz").get("cx")) if pages is not None else 0
    for place in root.iter("{*}xfrm") if width else ():
        offset, size = place.find("{*}off"), place.find("{*}ext")
        if int(size.get("cx")):  # the group of all shapes has no size
            offset.set("x", str(width - int(offset.get("x")) - int(size.get("cx"))))


def _parts(presentation) -> dict[str, bytes]:  # type: ignore[no-untyped-def]
    """Return the saved package's parts."""
    buffer = io.BytesIO()
    presentation.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in sorted(archive.namelist())}


# -- theme ------------------------------------------------------------------------------------------------------------


def _theme(theme: Theme, language: str) -> str:
    """Return the theme part: palette, faces and a flat format scheme (CT_OfficeStyleSheet)."""
    c = theme.colours
    dark, light = (("card", "page"), ("ink", "secondary")) if theme.dark else (("ink", "secondary"), ("card", "page"))
    slots = {"dk1": c[dark[0]], "lt1": c[light[0]], "dk2": c[dark[1]], "lt2": c[light[1]]}
    slots |= {f"accent{i}": c[f"accent{i}"] for i in range(1, 7)}
    slots |= {"hlink": c[f"accent{theme.goal}"], "folHlink": c["secondary"]}
    palette = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in slots.items())
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'name="{escape(theme.name)}"><a:themeElements><a:clrScheme name="{escape(theme.name)}">{palette}</a:clrScheme>'
        f'<a:fontScheme name="{escape(theme.name)}">{_fonts("majorFont", theme.major, theme, language)}'
        f"{_fonts('minorFont', theme.minor, theme, language)}"
        f"</a:fontScheme>{_formats(theme)}</a:themeElements><a:objectDefaults>{_object_defaults(theme, language)}</a:objectDefaults>"
        "<a:extraClrSchemeLst/></a:theme>"
    )


def _fonts(tag: str, latin: str, theme: Theme, language: str) -> str:
    """Return a set of fonts: that of the deck's own script, and those of others by script (CT_FontCollection)."""
    own = theme.script_font(language)
    faces = {"latin": latin, "ea": "", "cs": ""} | ({own.slot: own.name} if own and own.slot != "latin" else {})
    made = "".join(f'<a:{slot} typeface="{escape(face)}"/>' for slot, face in faces.items())
    named = (font for font in theme.scripts if font.name)
    made += "".join(f'<a:font script="{font.script}" typeface="{escape(font.name)}"/>' for font in named)
    return f"<a:{tag}>{made}</a:{tag}>"


def _formats(theme: Theme) -> str:
    """Return a format scheme without gradients and shadows."""
    solid = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    widths = [theme.stroke(name) for name in ("ring", "rule", "active")]
    lines = "".join(f'<a:ln w="{width}">{solid}<a:prstDash val="solid"/></a:ln>' for width in widths)
    plain = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:fmtScheme name="Flat"><a:fillStyleLst>{solid * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{plain * 3}</a:effectStyleLst><a:bgFillStyleLst>{solid * 3}</a:bgFillStyleLst></a:fmtScheme>"
    )


def _object_defaults(theme: Theme, language: str) -> str:
    """Return how shapes and lines look that a speaker adds: in accent1, which each layer's slides map to their own."""
    accent = "accent1"
    text = "<a:bodyPr/><a:lstStyle/>"
    return (
        f"<a:spDef><a:spPr><a:solidFill>{colour(accent)}</a:solidFill><a:ln><a:noFill/></a:ln></a:spPr>"
        f'<a:bodyPr anchor="ctr"/><a:lstStyle><a:defPPr algn="ctr"{direction(language)}><a:defRPr><a:solidFill>{colour("card")}</a:solidFill>'
        f"</a:defRPr></a:defPPr></a:lstStyle></a:spDef>"
        f'<a:lnDef><a:spPr><a:ln w="{theme.stroke("connector")}"><a:solidFill>{colour(accent)}</a:solidFill></a:ln></a:spPr>'
        f"{text}</a:lnDef>"
    )


NO_DATE = ' dt="0"'  # slides that are added have none


# -- master and layouts -----------------------------------------------------------------------------------------------


def _master(theme: Theme, language: str, *, relative: bool) -> str:
    """Return the slide master, its list of layouts still empty (CT_SlideMaster)."""
    title = next(iter(theme.layouts["list"].placeholders.values()))
    body = theme.layouts["list"].placeholders["text"]
    shapes = [
        _placeholder(title, 2, "Title", language, own=True, relative=relative),
        _placeholder(replace(body, idx=1), 3, "Text", language, own=True, relative=relative),
    ]
    for offset, (spec, name) in enumerate((("date", "Date"), ("footer", "Footer"), ("number", "Slide number"))):
        place = theme.furniture[spec]
        shapes.append(
            _placeholder(replace(place, idx=2 + offset), 4 + offset, name, language, own=True, relative=relative)
        )
    return (
        f"<p:sldMaster {NAMESPACES}><p:cSld><p:bg><p:bgPr><a:solidFill>{colour('page')}</a:solidFill><a:effectLst/>"
        f"</p:bgPr></p:bg>{tree(shapes)}</p:cSld><p:clrMap {colour_mapping(theme)}/><p:sldLayoutIdLst/>"
        f'<p:hf hdr="0"{"" if theme.dated else NO_DATE}/><p:txStyles>{_text_styles(theme, language, relative=relative)}</p:txStyles>{_guides(theme)}</p:sldMaster>'
    )


def _text_styles(theme: Theme, language: str, *, relative: bool) -> str:
    """Return the master's styles for titles, text and everything else."""
    title, body, other = theme.roles["title"], theme.roles["list"], theme.roles["node"]
    rtl = is_rtl(language)
    levels = "".join(_bullet_level(body, level, rtl=rtl) for level in range(1, 6))
    return (
        f"<p:titleStyle>{_level(title, 1, language, relative=relative)}</p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle>"
        f'<p:otherStyle><a:defPPr><a:defRPr lang="en-US"/></a:defPPr>{_level(other, 1, language, relative=relative)}</p:otherStyle>'
    )


def _level(role: Role, level: int, language: str, slot: str = "", align: str = "", *, relative: bool) -> str:
    size, rtl = role.sizes[0], is_rtl(language)
    manners = f' rtl="{int(rtl)}"' if rtl or is_western(language) else f' rtl="0"{manner(language)}'
    spacing = line_spacing(round(size * role.leading, 1), size, relative=relative)
    return (
        paragraph_properties(align or _start(rtl=rtl), spacing, 0, f"a:lvl{level}pPr", manners)
        + _run_defaults(role, size, slot)
        + f"</a:lvl{level}pPr>"
    )


def _start(*, rtl: bool) -> str:
    """Return the side that lines start on."""
    return "r" if rtl else "l"


def _bullet_level(role: Role, level: int, *, rtl: bool) -> str:
    """Return a level of bulleted text for slides that a speaker adds."""
    size = role.sizes[min(level - 1, len(role.sizes) - 1)]
    indent = EMU_PER_INCH // 4
    return (
        f'<a:lvl{level}pPr marL="{indent * level}" indent="-{indent}" algn="{_start(rtl=rtl)}" rtl="{int(rtl)}"><a:lnSpc>'
        f'<a:spcPct val="110000"/></a:lnSpc><a:spcBef><a:spcPts val="600"/></a:spcBef><a:buClr>{colour("accent1")}'
        f'</a:buClr><a:buFont typeface="Arial"/><a:buChar char="•"/>{_run_defaults(role, size)}</a:lvl{level}pPr>'
    )


def _run_defaults(role: Role, size: float, slot: str = "") -> str:
    face = "mj" if role.major else "mn"
    return (
        f'<a:defRPr sz="{round(size * 100)}" b="{int(role.bold)}" kern="1200"><a:solidFill>{colour(slot or role.colour)}'
        f'</a:solidFill><a:latin typeface="+{face}-lt"/><a:ea typeface="+{face}-ea"/><a:cs typeface="+{face}-cs"/></a:defRPr>'
    )


def _guides(theme: Theme) -> str:
    """Return drawing guides at the grid's column edges and content rows (p15:sldGuideLst)."""
    across = [round(edge / EMU_PER_INCH * GUIDES_PER_INCH) for edge in theme.column_edges]
    title = theme.layouts["list"].placeholders["title"].box.y
    down = [round(edge / EMU_PER_INCH * GUIDES_PER_INCH) for edge in (title, *theme.content)]
    places = [f'pos="{pos}"' for pos in across] + [f'orient="horz" pos="{pos}"' for pos in down]
    tone = f'<p15:clr><a:srgbClr val="{theme.colours["secondary"]}"/></p15:clr>'
    guides = "".join(
        f'<p15:guide id="{number}" {place} userDrawn="1">{tone}</p15:guide>'
        for number, place in enumerate(places, start=1)
    )
    return (
        '<p:extLst><p:ext uri="{27BBF7A9-308A-43DC-89C8-2F10F3537804}"><p15:sldGuideLst '
        f'xmlns:p15="http://schemas.microsoft.com/office/powerpoint/2012/main">{guides}</p15:sldGuideLst></p:ext></p:extLst>'
    )


def _layout(theme: Theme, layout: Layout, language: str, *, relative: bool) -> str:
    """Return a slide layout with its placeholders (CT_SlideLayout)."""
    shapes = [
        _placeholder(spec, id_, _title_case(spec.name), language, relative=relative)
        for id_, spec in enumerate(layout.placeholders.values(), start=2)
    ]
    if layout.key != "cover":
        for spec in (*["date"] * theme.dated, "footer", "number"):
            place, id_ = theme.furniture[spec], len(shapes) + 2
            shapes.append(_placeholder(place, id_, _title_case(spec), language, relative=relative))
    return (
        f'<p:sldLayout {NAMESPACES} preserve="1" userDrawn="1"><p:cSld name="{escape(layout.name)}">{tree(shapes)}</p:cSld>'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _title_case(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _placeholder(
    spec: PlaceholderSpec, id_: int, name: str, language: str, *, own: bool = False, relative: bool
) -> str:
    """Return a placeholder of a layout, or a master's `own`, with its box, text style and prompt."""
    role, box, rtl = spec.role, spec.box, is_rtl(language)
    kind = "title" if own and spec.type == "ctrTitle" else spec.type
    holder = Placeholder(name, kind, spec.idx, box, role.sizes[0], role.bold, spec.colour)
    level = _level(role, 1, language, spec.colour, spec.align, relative=relative)
    prompt = "".join(
        f"<a:r><a:rPr {voice}/><a:t>{escape(piece)}</a:t></a:r>"
        for piece, voice in voices(spec.prompt or name, language)
    )
    if kind == "sldNum":
        prompt = (
            '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
            f"<a:rPr {spoken(language)}/><a:t>‹#›</a:t></a:fld>"
        )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{id_}" name="{escape(name)}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{placeholder(holder)}</p:nvPr></p:nvSpPr><p:spPr>"
        f'<a:xfrm><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        f'<a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="{int(rtl)}" anchor="{spec.anchor}">'
        f"<a:noAutofit/></a:bodyPr><a:lstStyle>{level}</a:lstStyle>"
        f"<a:p>{prompt}</a:p></p:txBody></p:sp>"
    )


# -- table style ------------------------------------------------------------------------------------------------------


def _table_style(theme: Theme) -> str:
    """Return the table style: hairlines between rows, a rule below the header, a solid last row (CT_TableStyleList).

    The order of the parts is fixed: wholeTbl, firstCol, lastRow, firstRow; within the first, left, right, top, bottom,
    insideH, insideV. Where nothing is drawn it says so: some programs draw black lines where it says nothing.
    """
    look = table_look(theme)
    none = "".join(_border(side) for side in ("left", "right", "top"))
    rows = f"{_border('bottom', look.body.below)}{_border('insideH', look.body.below)}"
    first = _weight(bold=look.first_bold)
    return (
        '<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'def="{TABLE_STYLE}"><a:tblStyle styleId="{TABLE_STYLE}" styleName="{escape(theme.name)}">'
        f"<a:wholeTbl>{_text_style(look.body)}<a:tcStyle><a:tcBdr>{none}{rows}{_border('insideV')}</a:tcBdr>"
        f"<a:fill><a:noFill/></a:fill></a:tcStyle></a:wholeTbl>"
        f"<a:firstCol><a:tcTxStyle{first}/><a:tcStyle><a:tcBdr/></a:tcStyle></a:firstCol>"
        f"<a:lastRow>{_text_style(look.lit)}<a:tcStyle><a:tcBdr/>{_ground(look.lit)}</a:tcStyle></a:lastRow>"
        f"<a:firstRow>{_text_style(look.header)}<a:tcStyle><a:tcBdr>{_border('bottom', look.header.below)}</a:tcBdr>"
        f"{_ground(look.header)}</a:tcStyle></a:firstRow></a:tblStyle></a:tblStyleLst>"
    )


def _text_style(part: TablePart) -> str:
    face = "major" if part.role.major else "minor"
    return f'<a:tcTxStyle{_weight(bold=part.bold)}><a:fontRef idx="{face}"/>{colour(part.slot)}</a:tcTxStyle>'


def _weight(*, bold: bool) -> str:
    return ' b="on"' if bold else ""


def _ground(part: TablePart) -> str:
    return f"<a:fill><a:solidFill>{colour(part.fill.slot)}</a:solidFill></a:fill>" if part.fill else ""


def _border(side: str, line: Stroke | None = None) -> str:
    """Return the line on a side of the cells, or that there is none."""
    if line is None:
        return f"<a:{side}><a:ln><a:noFill/></a:ln></a:{side}>"
    look = f"<a:solidFill>{colour(line.slot)}</a:solidFill>"
    return f'<a:{side}><a:ln w="{line.width}" cmpd="sng">{look}</a:ln></a:{side}>'
