"""The deck's template: theme, master, layouts, table style and notes master, as a presentation without slides.

What no theme changes is in `pipeline.render.skeleton`, as python-pptx makes it; the rest is written here as XML.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from pipeline.frame import Placeholder
from pipeline.render.ooxml import (
    DECLARATION,
    NAMESPACES,
    colour,
    escape,
    paragraph_properties,
    placeholder,
    tree,
)
from pipeline.render.skeleton import MASTER_ID, NOTES_MASTER_ID, SKELETON, SLIDE_SIZE
from pipeline.theme import Layout, PlaceholderSpec, Role, Theme
from pipeline.units import EMU_PER_INCH

__all__ = ["LAYOUT_IDS", "TABLE_STYLE", "layout_part", "make_template"]

TABLE_STYLE = "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, "conceptdeck/table-style")).upper() + "}"
LAYOUT_IDS = 2_147_483_649  # ids of masters and layouts start at 2^31 (ST_SlideLayoutId)
GUIDES_PER_INCH = 576
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DOCUMENT = "application/vnd.openxmlformats-officedocument"
PRESENTATION = f"{DOCUMENT}.presentationml"
SCRIPT_FONTS = (
    ("Jpan", "Yu Gothic"),
    ("Hang", "Malgun Gothic"),
    ("Hans", "Microsoft YaHei"),
    ("Hant", "Microsoft JhengHei"),
    ("Arab", "Arial"),
    ("Hebr", "Arial"),
    ("Thai", "Leelawadee UI"),
)
# Part name to content type, but for the layouts; the document properties are written with the slides.
PARTS = {
    "docProps/app.xml": f"{DOCUMENT}.extended-properties+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/custom.xml": f"{DOCUMENT}.custom-properties+xml",
    "ppt/notesMasters/notesMaster1.xml": f"{PRESENTATION}.notesMaster+xml",
    "ppt/presProps.xml": f"{PRESENTATION}.presProps+xml",
    "ppt/presentation.xml": f"{PRESENTATION}.presentation.main+xml",
    "ppt/slideMasters/slideMaster1.xml": f"{PRESENTATION}.slideMaster+xml",
    "ppt/tableStyles.xml": f"{PRESENTATION}.tableStyles+xml",
    "ppt/theme/theme1.xml": f"{DOCUMENT}.theme+xml",
    "ppt/theme/theme2.xml": f"{DOCUMENT}.theme+xml",
    "ppt/viewProps.xml": f"{PRESENTATION}.viewProps+xml",
}

PRESENTATION_PARTS = (
    (MASTER_ID, "slideMaster", "slideMasters/slideMaster1.xml"),
    (NOTES_MASTER_ID, "notesMaster", "notesMasters/notesMaster1.xml"),
    ("rId3", "presProps", "presProps.xml"),
    ("rId4", "viewProps", "viewProps.xml"),
    ("rId5", "theme", "theme/theme1.xml"),
    ("rId6", "tableStyles", "tableStyles.xml"),
)


def make_template(theme: Theme, language: str) -> dict[str, bytes]:
    """Return the parts of the template, by part name without the leading slash."""
    size = f'<p:sldSz cx="{theme.size.w}" cy="{theme.size.h}"/>'
    texts = {name: xml.replace(SLIDE_SIZE, size) for name, xml in SKELETON.items()}
    texts |= {
        "ppt/slideMasters/slideMaster1.xml": _master(theme, language),
        "ppt/tableStyles.xml": _table_style(theme),
        "ppt/theme/theme1.xml": _theme(theme),
        "ppt/theme/theme2.xml": _theme(theme),
    }
    texts |= {layout_part(theme, key): _layout(theme, layout, language) for key, layout in theme.layouts.items()}
    texts |= _every_relationship(theme) | {"[Content_Types].xml": _content_types(theme)}
    return {name: (DECLARATION + texts[name]).encode() for name in sorted(texts)}


def layout_part(theme: Theme, key: str) -> str:
    """Return the name of the part that holds the layout `key`."""
    return f"ppt/slideLayouts/slideLayout{list(theme.layouts).index(key) + 1}.xml"


# -- package ----------------------------------------------------------------------------------------------------------


def _content_types(theme: Theme) -> str:
    """Return the type of each part, in the order of their names."""
    types = PARTS | {layout_part(theme, key): f"{PRESENTATION}.slideLayout+xml" for key in theme.layouts}
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{types[name]}"/>' for name in sorted(types))
    return (
        f'<Types xmlns="{TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _every_relationship(theme: Theme) -> dict[str, str]:
    """Return the relationship parts. Of a master's relationships the n-th layout has the id `rId<n>`."""
    layouts = [layout_part(theme, key) for key in theme.layouts]
    parts = {
        "_rels/.rels": (
            ("officeDocument", "ppt/presentation.xml"),
            ("core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
            ("custom-properties", "docProps/custom.xml"),
        ),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": (("theme", "../theme/theme2.xml"),),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": (
            *(("slideLayout", part.replace("ppt", "..", 1)) for part in layouts),
            ("theme", "../theme/theme1.xml"),
        ),
    }
    to_master = (("slideMaster", "../slideMasters/slideMaster1.xml"),)
    parts |= {part.replace("slideLayouts/", "slideLayouts/_rels/") + ".rels": to_master for part in layouts}
    made = {name: _relationships((f"rId{n}", *to) for n, to in enumerate(each, 1)) for name, each in parts.items()}
    return made | {"ppt/_rels/presentation.xml.rels": _relationships(PRESENTATION_PARTS)}


def _relationships(relations: Iterable[tuple[str, str, str]]) -> str:
    """Return a relationships part; each relation is an id, a kind and a target."""
    made = "".join(
        f'<Relationship Id="{id_}" Type="{_relationship_type(kind)}" Target="{target}"/>'
        for id_, kind, target in relations
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{made}</Relationships>'


def _relationship_type(kind: str) -> str:
    return f"{RELATIONSHIPS}/metadata/{kind}" if kind == "core-properties" else f"{OFFICE}/{kind}"


# -- theme ------------------------------------------------------------------------------------------------------------


def _theme(theme: Theme) -> str:
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
        f'<a:fontScheme name="{escape(theme.name)}">{_fonts("majorFont", theme.major)}{_fonts("minorFont", theme.minor)}'
        f"</a:fontScheme>{_formats(theme)}</a:themeElements><a:objectDefaults>{_object_defaults(theme)}</a:objectDefaults>"
        "<a:extraClrSchemeLst/></a:theme>"
    )


def _fonts(tag: str, latin: str) -> str:
    scripts = "".join(f'<a:font script="{script}" typeface="{face}"/>' for script, face in SCRIPT_FONTS)
    return f'<a:{tag}><a:latin typeface="{escape(latin)}"/><a:ea typeface=""/><a:cs typeface=""/>{scripts}</a:{tag}>'


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


def _object_defaults(theme: Theme) -> str:
    """Return how shapes and lines look that a speaker adds."""
    goal = f"accent{theme.goal}"
    text = "<a:bodyPr/><a:lstStyle/>"
    return (
        f"<a:spDef><a:spPr><a:solidFill>{colour(goal)}</a:solidFill><a:ln><a:noFill/></a:ln></a:spPr>"
        f'<a:bodyPr anchor="ctr"/><a:lstStyle><a:defPPr algn="ctr"><a:defRPr><a:solidFill>{colour("card")}</a:solidFill>'
        f"</a:defRPr></a:defPPr></a:lstStyle></a:spDef>"
        f'<a:lnDef><a:spPr><a:ln w="{theme.stroke("connector")}"><a:solidFill>{colour(goal)}</a:solidFill></a:ln></a:spPr>'
        f"{text}</a:lnDef>"
    )


# -- master and layouts -----------------------------------------------------------------------------------------------


def _master(theme: Theme, language: str) -> str:
    """Return the slide master (CT_SlideMaster)."""
    title = next(iter(theme.layouts["list"].placeholders.values()))
    body = theme.layouts["list"].placeholders["text"]
    shapes = [
        _placeholder(theme, title, 2, "Title", language, own=True),
        _placeholder(theme, body, 3, "Text", language, idx=1, own=True),
    ]
    for offset, (spec, name) in enumerate((("date", "Date"), ("footer", "Footer"), ("number", "Slide number"))):
        shapes.append(_placeholder(theme, theme.furniture[spec], 4 + offset, name, language, idx=2 + offset, own=True))
    layouts = "".join(
        f'<p:sldLayoutId id="{LAYOUT_IDS + number}" r:id="rId{number}"/>' for number in range(1, len(theme.layouts) + 1)
    )
    return (
        f"<p:sldMaster {NAMESPACES}><p:cSld><p:bg><p:bgPr><a:solidFill>{colour('page')}</a:solidFill><a:effectLst/>"
        f"</p:bgPr></p:bg>{tree(shapes)}</p:cSld>{_colour_map(theme)}<p:sldLayoutIdLst>{layouts}</p:sldLayoutIdLst>"
        f'<p:hf hdr="0" dt="0"/><p:txStyles>{_text_styles(theme)}</p:txStyles>{_guides(theme)}</p:sldMaster>'
    )


def _colour_map(theme: Theme) -> str:
    ground = ("dk1", "lt1", "dk2", "lt2") if theme.dark else ("lt1", "dk1", "lt2", "dk2")
    names = dict(zip(("bg1", "tx1", "bg2", "tx2"), ground, strict=True))
    names |= {name: name for name in (*(f"accent{i}" for i in range(1, 7)), "hlink", "folHlink")}
    return "<p:clrMap " + " ".join(f'{key}="{value}"' for key, value in names.items()) + "/>"


def _text_styles(theme: Theme) -> str:
    """Return the master's styles for titles, text and everything else."""
    title, body, other = theme.roles["title"], theme.roles["list"], theme.roles["node"]
    levels = "".join(_bullet_level(body, level) for level in range(1, 6))
    return (
        f"<p:titleStyle>{_level(title, 1)}</p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle>"
        f'<p:otherStyle><a:defPPr><a:defRPr lang="en-US"/></a:defPPr>{_level(other, 1)}</p:otherStyle>'
    )


def _level(role: Role, level: int, slot: str = "", align: str = "l") -> str:
    size = role.sizes[0]
    return (
        paragraph_properties(align, round(size * role.leading, 1), 0, f"a:lvl{level}pPr", ' rtl="0"')
        + _run_defaults(role, size, slot)
        + f"</a:lvl{level}pPr>"
    )


def _bullet_level(role: Role, level: int) -> str:
    """Return a level of bulleted text for slides that a speaker adds."""
    size = role.sizes[min(level - 1, len(role.sizes) - 1)]
    indent = EMU_PER_INCH // 4
    return (
        f'<a:lvl{level}pPr marL="{indent * level}" indent="-{indent}" algn="l" rtl="0"><a:lnSpc>'
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


def _layout(theme: Theme, layout: Layout, language: str) -> str:
    """Return a slide layout with its placeholders (CT_SlideLayout)."""
    shapes = [
        _placeholder(theme, spec, id_, _title_case(spec.name), language)
        for id_, spec in enumerate(layout.placeholders.values(), start=2)
    ]
    if layout.key != "cover":
        for spec in ("footer", "number"):
            shapes.append(_placeholder(theme, theme.furniture[spec], len(shapes) + 2, _title_case(spec), language))
    return (
        f'<p:sldLayout {NAMESPACES} preserve="1" userDrawn="1"><p:cSld name="{escape(layout.name)}">{tree(shapes)}</p:cSld>'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _title_case(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _placeholder(
    theme: Theme,
    spec: PlaceholderSpec,
    id_: int,
    name: str,
    language: str,
    idx: int | None = None,
    *,
    own: bool = False,
) -> str:
    """Return a placeholder of a master or layout, with its box, text style and prompt."""
    role = spec.role
    box = spec.box
    kind = "title" if own and spec.type == "ctrTitle" else spec.type
    holder = Placeholder(name, kind, idx or spec.idx, box, role.sizes[0], role.bold, spec.colour)
    prompt = f'<a:r><a:rPr lang="{language}"/><a:t>{escape(spec.prompt or name)}</a:t></a:r>'
    if kind == "sldNum":
        prompt = (
            '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
            f'<a:rPr lang="{language}"/><a:t>‹#›</a:t></a:fld>'
        )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{id_}" name="{escape(name)}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{placeholder(holder)}</p:nvPr></p:nvSpPr><p:spPr>"
        f'<a:xfrm><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        f'<a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="{spec.anchor}">'
        f"<a:noAutofit/></a:bodyPr><a:lstStyle>{_level(role, 1, spec.colour, spec.align)}</a:lstStyle>"
        f"<a:p>{prompt}</a:p></p:txBody></p:sp>"
    )


# -- table style ------------------------------------------------------------------------------------------------------


def _table_style(theme: Theme) -> str:
    """Return the table style: hairlines between rows, a rule below the header, a solid last row (CT_TableStyleList).

    The order of the parts is fixed: wholeTbl, firstCol, lastRow, firstRow.
    """
    hair, rule = theme.stroke("hairline"), theme.stroke("rule")
    goal = f"accent{theme.goal}"
    return (
        '<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'def="{TABLE_STYLE}"><a:tblStyle styleId="{TABLE_STYLE}" styleName="{escape(theme.name)}">'
        f'<a:wholeTbl><a:tcTxStyle><a:fontRef idx="minor"/>{colour("ink")}</a:tcTxStyle><a:tcStyle><a:tcBdr>'
        f"{_border('bottom', hair, 'secondary')}{_border('insideH', hair, 'secondary')}</a:tcBdr></a:tcStyle></a:wholeTbl>"
        '<a:firstCol><a:tcTxStyle b="on"/><a:tcStyle><a:tcBdr/></a:tcStyle></a:firstCol>'
        f'<a:lastRow><a:tcTxStyle b="on"><a:fontRef idx="minor"/>{colour("card")}</a:tcTxStyle><a:tcStyle><a:tcBdr/>'
        f"<a:fill><a:solidFill>{colour(goal)}</a:solidFill></a:fill></a:tcStyle></a:lastRow>"
        f'<a:firstRow><a:tcTxStyle b="on"><a:fontRef idx="minor"/>{colour("secondary")}</a:tcTxStyle><a:tcStyle><a:tcBdr>'
        f"{_border('bottom', rule, 'ink')}</a:tcBdr></a:tcStyle></a:firstRow></a:tblStyle></a:tblStyleLst>"
    )


def _border(side: str, width: int, slot: str) -> str:
    return f'<a:{side}><a:ln w="{width}" cmpd="sng"><a:solidFill>{colour(slot)}</a:solidFill></a:ln></a:{side}>'
