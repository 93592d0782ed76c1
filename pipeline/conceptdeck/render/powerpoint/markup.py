"""The PresentationML and DrawingML that slides, layouts and the master share, as strings.

Child order follows the schemas of ECMA-376 part 1 (pml.xsd, dml-main.xsd) and is declared here, once.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from conceptdeck.render.escape import escape
from conceptdeck.render.powerpoint.page import TREE_ID, Page
from conceptdeck.render.powerpoint.speech import breaking, direction, manner, spoken, voices
from conceptdeck.values.facts import Row
from conceptdeck.values.formula import Formula
from conceptdeck.values.frame import (
    RISES,
    Cell,
    Fill,
    Item,
    Paragraph,
    Placeholder,
    Run,
    Shape,
    Stroke,
    Table,
    TableRow,
    TextBody,
)
from conceptdeck.values.languages import culture, is_rtl, is_western
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Box

__all__ = [
    "CONTENT_TYPES",
    "DECLARATION",
    "NAMESPACES",
    "SLIDE_JUMP",
    "SLOTS",
    "TABLE_STYLE",
    "click",
    "colour",
    "colour_mapping",
    "filling",
    "holder_index",
    "layout_part",
    "line_spacing",
    "non_visual",
    "outline",
    "paragraph_properties",
    "shape",
    "slot_name",
    "table",
    "text_body",
    "transform",
    "tree",
]

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
OFFICE_DOCUMENT = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    "slide": f"{OFFICE_DOCUMENT}.presentationml.slide+xml",
    "notes": f"{OFFICE_DOCUMENT}.presentationml.notesSlide+xml",
}
NUMBER_FIELD = '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
SLOTS = {"page": "bg2", "card": "bg1", "ink": "tx1", "secondary": "tx2"}
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
OWN_COLOUR = (  # of a link's text, in place of the theme's one for links, which may not be seen on every ground
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>'
)
SINGLE = 1.2  # what programs take for single line spacing, as a multiple of the size
TABLE_STYLE = "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, "conceptdeck/table-style")).upper() + "}"
NO_BREAK_SPACE = "\u00a0"
SLIDE_JUMP = "slide"  # how the ids of relationships to slides start
JUMP = "ppaction://hlinksldjump"
TITLES = ("title", "ctrTitle")
A16 = 'xmlns:a16="http://schemas.microsoft.com/office/drawing/2014/main"'


def slot_name(slot: str) -> str:
    """Return the scheme colour of a slot."""
    return SLOTS.get(slot, slot)


def colour(slot: str, alpha: float = 1.0) -> str:
    """Return a scheme colour; `alpha` is opacity from 0 to 1."""
    if alpha >= 1:
        return f'<a:schemeClr val="{slot_name(slot)}"/>'
    return f'<a:schemeClr val="{slot_name(slot)}"><a:alpha val="{round(alpha * 100_000)}"/></a:schemeClr>'


def colour_mapping(theme: Theme, accent: int = 1) -> str:
    """Return a colour map's attributes; `accent` is the number of the accent that accent1 stands for."""
    ground = ("dk1", "lt1", "dk2", "lt2") if theme.dark else ("lt1", "dk1", "lt2", "dk2")
    names = dict(zip(("bg1", "tx1", "bg2", "tx2"), ground, strict=True)) | {"accent1": f"accent{accent}"}
    names |= {name: name for name in (*(f"accent{i}" for i in range(2, 7)), "hlink", "folHlink")}
    return " ".join(f'{key}="{value}"' for key, value in names.items())


def layout_part(theme: Theme, key: str) -> str:
    """Return the name of the part that holds the layout `key`."""
    if theme.template:
        return f"ppt/slideLayouts/{theme.template.tie(key).layout}.xml"
    return f"ppt/slideLayouts/slideLayout{list(theme.layouts).index(key) + 1}.xml"


def tree(shapes: Sequence[str]) -> str:
    """Return a shape tree (CT_GroupShape)."""
    return (
        f'<p:spTree><p:nvGrpSpPr><p:cNvPr id="{TREE_ID}" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
        f"{''.join(shapes)}</p:spTree>"
    )


def shape(item: Shape, page: Page) -> str:
    """Return a shape (CT_Shape)."""
    holder = item.placeholder
    named = non_visual(page, item, "" if holder else item.preset, item.link, decorative=item.decorative)
    if holder:
        filled = bool(item.text and item.text.text.strip())
        locks = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        nv = f"<p:nvPr>{filling(page, holder, filled=filled)}</p:nvPr>"
        properties = "" if _stays(item, holder) else transform(item.box)
    else:
        plain_text = item.text and not item.fill and not item.stroke
        locks, nv = ('<p:cNvSpPr txBox="1"/>' if plain_text else "<p:cNvSpPr/>"), "<p:nvPr/>"
        properties = transform(item.box) + _geometry(item) + _fill(item.fill) + outline(item.stroke)
    text = _text(item, holder, page)
    return f"<p:sp><p:nvSpPr>{named}{locks}{nv}</p:nvSpPr><p:spPr>{properties}</p:spPr>{text}</p:sp>"


def _text(item: Shape, holder: Placeholder | None, page: Page) -> str:
    """Return the text of a shape, which may fill a placeholder."""
    if item.text is None:
        return _no_text(page.language)
    if holder and holder.margins is not None:
        around = holder.margins if _stays(item, holder) else (0, 0, 0, 0)
        lender = holder if holder.first else replace(holder, slot="")  # elsewhere its colour has another ground
        return _foreign_body(item.text, lender, around, page)
    return text_body(item.text, holder if holder and holder.first else None, page)


def _stays(item: Shape, holder: Placeholder) -> bool:
    """Tell whether a shape stands where its placeholder does."""
    return item.box == holder.box and holder.first


def _foreign_body(body: TextBody, holder: Placeholder, around: Iterable[int], page: Page) -> str:
    """Return text in the placeholder of somebody else's template, which lends nothing but its colour and its font.

    `around` is what the placeholder keeps free at its edges.
    """
    left, top, right, bottom = (sum(each) for each in zip(around, body.margins, strict=True))
    paragraphs = "".join(_paragraph(each, holder, page) for each in body.paragraphs)
    return (
        f'<p:txBody><a:bodyPr wrap="square" lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}" '
        f'rtlCol="{int(is_rtl(page.language))}" anchor="{body.anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        f"{paragraphs}</p:txBody>"
    )


def holder_index(holder: Placeholder) -> int:
    """Return the index of a placeholder; titles of our own have none."""
    return 0 if holder.type in TITLES and holder.margins is None else holder.idx


def placeholder(holder: Placeholder) -> str:
    """Return the reference from a shape to its layout's placeholder (CT_Placeholder)."""
    number = holder_index(holder)
    index = f' idx="{number}"' if number else ""
    size = ' sz="quarter"' if holder.type in ("ftr", "sldNum", "dt") else ""
    return f'<p:ph type="{holder.type}"{size}{index}/>'


def filling(page: Page, holder: Placeholder, *, filled: bool) -> str:
    """Return the reference from what is being written to its placeholder, filled or not."""
    page.holder(holder.type, holder_index(holder), filled=filled)
    return placeholder(holder)


def text_body(body: TextBody, holder: Placeholder | None, page: Page) -> str:
    """Return text (CT_TextBody) with sizes and line spacing written out; autofit is off."""
    paragraphs = "".join(_paragraph(each, holder, page) for each in body.paragraphs)
    left, top, right, bottom = body.margins
    if holder:
        frame = f'<a:bodyPr lIns="{left}" rIns="{right}"/>' if left or right else "<a:bodyPr/>"
    else:
        frame = (
            f'<a:bodyPr wrap="{"square" if body.wrap else "none"}" lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}" '
            f'rtlCol="{int(is_rtl(page.language))}" anchor="{body.anchor}"><a:noAutofit/></a:bodyPr>'
        )
    return f"<p:txBody>{frame}<a:lstStyle/>{paragraphs or _empty(page.language)}</p:txBody>"


def line_spacing(leading: float, size: float, *, relative: bool = False) -> str:
    """Return line spacing of `leading` points: exact, or as a share of the height that programs give a line by itself.

    That is 1.2 times the size in PowerPoint and Google Slides. The latter shows exact spacing a fifth too high.
    """
    if relative:
        return f'<a:lnSpc><a:spcPct val="{round(leading / (SINGLE * size) * 100_000)}"/></a:lnSpc>'
    return f'<a:lnSpc><a:spcPts val="{round(leading * 100)}"/></a:lnSpc>'


def paragraph_properties(align: str, spacing: str, before: float, tag: str = "a:pPr", attributes: str = "") -> str:
    """Return paragraph properties without their closing tag: no bullet (CT_TextParagraphProperties)."""
    return (
        f'<{tag} marL="0" indent="0" algn="{align}"{attributes}>{spacing}'
        f'<a:spcBef><a:spcPts val="{round(before * 100)}"/></a:spcBef><a:buNone/>'
    )


def table(item: Table, page: Page, stable_id: Mapping[str, int]) -> str:
    """Return a native table in its graphic frame (CT_GraphicalObjectFrame, CT_Table).

    `stable_id` gives each column and row key the number under which PowerPoint keeps it when it is moved.
    """
    named = non_visual(page, item)
    columns = "".join(
        f'<a:gridCol w="{width}"><a:extLst><a:ext uri="{{9D8B030D-6E8A-4147-A177-3AD203B41FA5}}">'
        f'<a16:colId {A16} val="{stable_id[key]}"/></a:ext></a:extLst></a:gridCol>'
        for key, width in item.columns
    )
    rows = "".join(_row(row, stable_id[row.key], page) for row in item.rows)
    for number, row in enumerate(item.rows, start=1):
        page.row(Row(number, len(row.cells), len(item.columns), str(row.height), item.name))
    last = ' lastRow="1"' if item.is_last_lit else ""
    turned = ' rtl="1"' if item.rtl else ""
    holder = filling(page, item.placeholder, filled=True) if item.placeholder else ""
    box = item.box
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{named}<p:cNvGraphicFramePr>"
        f'<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr>{holder}</p:nvPr></p:nvGraphicFramePr>'
        f'<p:xfrm><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/></p:xfrm><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
        f'<a:tblPr{turned} firstRow="1" firstCol="1"{last}><a:tableStyleId>{TABLE_STYLE}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _row(row: TableRow, row_id: int, page: Page) -> str:
    """Return a row (CT_TableRow); cells repeat its ground: beside their text's colour, one without the other is unread.

    Lines are those of the table style, so that a new look reaches them.
    """
    ground = f">{_fill(row.fill)}</a:tcPr></a:tc>" if row.fill else "/></a:tc>"
    made = "".join(
        f'<a:tc>{_cell_text(cell, page)}<a:tcPr marL="{cell.body.margins[0]}" '
        f'marR="{cell.body.margins[2]}" marT="{cell.body.margins[1]}" marB="{cell.body.margins[3]}" '
        f'anchor="{cell.body.anchor}"{ground}'
        for cell in row.cells
    )
    return (
        f'<a:tr h="{row.height}">{made}<a:extLst><a:ext uri="{{0D108BD9-81ED-4DB2-BD59-A6C34878D82A}}">'
        f'<a16:rowId {A16} val="{row_id}"/></a:ext></a:extLst></a:tr>'
    )


def _cell_text(cell: Cell, page: Page) -> str:
    """Return a cell's text (CT_TextBody); without a size, an empty line would be as high as one of 18 points."""
    paragraphs = "".join(_paragraph(each, None, page) for each in cell.body.paragraphs)
    size = f' sz="{round(cell.size * 100)}"' if cell.size else ""
    return f"<a:txBody><a:bodyPr/><a:lstStyle/>{paragraphs or _empty(page.language, size)}</a:txBody>"


def non_visual(page: Page, item: Item, preset: str = "", link: str = "", *, decorative: bool = False) -> str:
    """Return the non-visual properties: id, name, a link, and alt text or the mark of decoration."""
    described = f' descr="{escape(item.alt)}"' if item.alt else ""
    begun = f'<p:cNvPr id="{page.shape(item.name, preset)}" name="{escape(item.name)}"'
    if jump := page.links.get(link, ""):
        return f"{begun}{described}>{click(page, jump)}</p:cNvPr>"
    if decorative:
        return f'{begun} descr="">{DECORATIVE}</p:cNvPr>'
    return f"{begun}{described}/>"


def click(page: Page, relation: str, extension: str = "") -> str:
    """Return what a click does (CT_Hyperlink): it leads to an address or to a slide."""
    action = JUMP if relation.startswith(SLIDE_JUMP) else ""
    look = f'<a:hlinkClick r:id="{page.click(relation, action)}"' + (f' action="{action}"' if action else "")
    return f"{look}>{extension}</a:hlinkClick>" if extension else f"{look}/>"


def transform(box: Box) -> str:
    """Return where something stands (CT_Transform2D)."""
    return f'<a:xfrm><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/></a:xfrm>'


def _geometry(item: Shape) -> str:
    guides = "".join(f'<a:gd name="{name}" fmla="val {value}"/>' for name, value in item.adjust)
    return f'<a:prstGeom prst="{item.preset}"><a:avLst>{guides}</a:avLst></a:prstGeom>'


def _fill(fill: Fill | None) -> str:
    return f"<a:solidFill>{colour(fill.slot, fill.alpha)}</a:solidFill>" if fill else "<a:noFill/>"


def outline(stroke: Stroke | None, ends: str = "") -> str:
    """Return the line around a shape, or along a way with its `ends` (CT_LineProperties)."""
    if stroke is None:
        return "<a:ln><a:noFill/></a:ln>"
    cap, joins = (' cap="rnd"', "<a:round/>") if stroke.round else ("", "")
    dash = '<a:prstDash val="dash"/>' if stroke.dashed else ""
    return f'<a:ln w="{stroke.width}"{cap}><a:solidFill>{colour(stroke.slot, stroke.alpha)}</a:solidFill>{dash}{joins}{ends}</a:ln>'


def _no_text(language: str) -> str:
    return f"<p:txBody><a:bodyPr/><a:lstStyle/>{_empty(language)}</p:txBody>"


def _empty(language: str, size: str = "") -> str:
    turned = f'<a:pPr algn="r"{direction(language)}/>' if is_rtl(language) else ""
    return f"<a:p>{turned}<a:endParaRPr {spoken(language)}{size}/></a:p>"


def _paragraph(each: Paragraph, holder: Placeholder | None, page: Page) -> str:
    language = page.language
    size = each.runs[0].size
    spacing = line_spacing(each.leading, size, relative=each.relative)
    turned = direction(language, each.text, each.language)
    side = f' algn="{each.align}"{turned}' if turned else ""
    if each.language and breaking(each.language) != breaking(language):  # the layout's own is that of the deck
        side += breaking(each.language)
    if holder is None or holder.margins is not None:
        attributes = manner(language, each.text, each.language)
        properties = paragraph_properties(each.align, spacing, each.before, attributes=attributes) + "</a:pPr>"
    elif size != holder.size or each.before:
        before = f'<a:spcBef><a:spcPts val="{round(each.before * 100)}"/></a:spcBef>' if each.before else ""
        properties = f"<a:pPr{side}>{spacing}{before}</a:pPr>"
    else:
        properties = f"<a:pPr{side}/>" if side else ""
    runs = "".join(_stretch(run, holder, page, run.language or each.language) for run in each.runs)
    return f"<a:p>{properties}{runs}</a:p>"


def _stretch(run: Run, holder: Placeholder | None, page: Page, own: str) -> str:
    """Return a run, or the formula that it is."""
    return _formula(run, run.formula, holder, page, own) if run.formula else _run(run, holder, page, own)


def _run(run: Run, holder: Placeholder | None, page: Page, own: str) -> str:
    """Return a run as runs of one language each; a line break in its text becomes `a:br`.

    Its `own` language is empty if it is the deck's. A placeholder's run takes over what it can.
    """
    attributes = ' cap="none"' if holder and holder.margins is not None else ""
    if holder is None or holder.margins is not None or run.size != holder.size:
        attributes += f' sz="{round(run.size * 100)}"'
    if holder is None or holder.margins is not None or run.bold != holder.bold:
        attributes += f' b="{int(run.bold)}"'
    if run.italic:
        attributes += ' i="1"'
    if run.level:
        attributes += f' baseline="{round(RISES[run.level] * 100_000)}"'
    look = "" if holder and run.slot == holder.slot else f"<a:solidFill>{colour(run.slot)}</a:solidFill>"
    if run.mono:
        look += f'<a:latin typeface="{escape(run.mono)}"/><a:cs typeface="{escape(run.mono)}"/>'
    elif holder is None:
        face = "mj" if run.major else "mn"
        # Numerals by themselves count as the language's script, yet are measured and drawn in the Latin font.
        cs = f"+{face}-lt" if run.text.isascii() and not is_western(page.language) else f"+{face}-cs"
        look += f'<a:latin typeface="+{face}-lt"/><a:ea typeface="+{face}-ea"/><a:cs typeface="{cs}"/>'
    if run.href:
        look += click(page, page.links[run.href], OWN_COLOUR if run.underlined else "")
    start, end = (NUMBER_FIELD, "a:fld") if run.numbered else ("<a:r>", "a:r")
    lines = [
        "".join(
            f"{start}<a:rPr {voice}{attributes}>{look}</a:rPr><a:t>{_t(piece)}</a:t></{end}>"
            for piece, voice in voices(line, page.language, own)
        )
        for line in run.text.split("\n")
    ]
    voice = spoken(page.language, culture(own) if own else "")
    return f"<a:br><a:rPr {voice}{attributes}>{look}</a:rPr></a:br>".join(lines)


def _formula(run: Run, formula: Formula, holder: Placeholder | None, page: Page, own: str) -> str:
    """Return the formula of a run, with a run of its plain text for programs that know none."""
    from conceptdeck.render.powerpoint.formulas import equation  # most decks have none

    face = f'<a:latin typeface="{escape(page.math)}"/><a:cs typeface="{escape(page.math)}"/>'
    look = f"<a:solidFill>{colour(run.slot)}</a:solidFill>{face}"
    whole = replace(run, text=run.text.replace(" ", NO_BREAK_SPACE))
    return equation(formula, (f' lang="en-US" sz="{round(run.size * 100)}"', look), _run(whole, holder, page, own))


def _t(text: str) -> str:
    """Return the text of a run; `a:t` keeps spaces and tabs as they are."""
    return escape(text).replace("&quot;", '"').replace("&#9;", "\t")
