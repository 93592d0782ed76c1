"""What the schemas of ECMA-376 allow inside the elements and attributes that decks use most, as data.

A content model lists an element's children in order. `?` is at most one, `*` any number, `+` at least one, no
mark exactly one; `|` joins alternatives. A name without a prefix has its parent's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from conceptdeck.values.value import frozen

__all__ = ["ATTRIBUTES", "MODELS", "NAMESPACES", "Group", "Whole", "qualified", "shown"]

NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a14": "http://schemas.microsoft.com/office/drawing/2010/main",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "p159": "http://schemas.microsoft.com/office/powerpoint/2015/09/main",
    "pslz": "http://schemas.microsoft.com/office/powerpoint/2016/slidezoom",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}
PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}


@cache
def qualified(name: str) -> str:
    """Return `p:sp` as lxml writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def shown(tag: str) -> str:
    """Return lxml's name of an element or attribute with a prefix."""
    uri, _, local = tag.removeprefix("{").rpartition("}")
    return f"{PREFIXES[uri]}:{local}" if uri in PREFIXES else local


# --- children ------------------------------------------------------------------------------------

_FILL = "a:noFill|a:solidFill|a:gradFill|a:blipFill|a:pattFill|a:grpFill"
_EFFECT = "a:effectLst|a:effectDag"
_COLOUR = "a:scrgbClr|a:srgbClr|a:hslClr|a:sysClr|a:schemeClr|a:prstClr"
_SHAPES = "p:sp|p:grpSp|p:graphicFrame|p:cxnSp|p:pic|p:contentPart"
_BULLET = (
    "lnSpc? spcBef? spcAft? buClrTx|buClr? buSzTx|buSzPct|buSzPts? buFontTx|buFont? "
    "buNone|buAutoNum|buChar|buBlip? tabLst? defRPr? extLst?"
)
_RUN = (
    f"ln? {_FILL}? {_EFFECT}? highlight? uLnTx|uLn? uFillTx|uFill? latin? ea? cs? sym? "
    "hlinkClick? hlinkMouseOver? rtl? extLst?"
)
_LINE = "noFill|solidFill|gradFill|pattFill? prstDash|custDash? round|bevel|miter? headEnd? tailEnd? extLst?"
_LEVELS = " ".join(f"lvl{level}pPr?" for level in range(1, 10))
_TEXT = "a:bodyPr a:lstStyle? a:p+"
_MATH = "acc|bar|box|borderBox|d|eqArr|f|func|groupChr|limLow|limUpp|m|nary|phant|rad|sPre|sSub|sSubSup|sSup|r"
_PART = f"argPr? {_MATH}* ctrlPr?"
_STYLE = f"a:defPPr? {' '.join(f'a:lvl{level}pPr?' for level in range(1, 10))} a:extLst?"

_MODELS = {
    # presentation, masters, layouts, slides, notes
    "p:presentation": (
        "sldMasterIdLst? notesMasterIdLst? handoutMasterIdLst? sldIdLst? sldSz? notesSz smartTags? embeddedFontLst? "
        "custShowLst? photoAlbum? custDataLst? kinsoku? defaultTextStyle? modifyVerifier? extLst?"
    ),
    "p:embeddedFontLst": "embeddedFont*",
    "p:embeddedFont": "font regular? bold? italic? boldItalic?",
    "p:sldMasterIdLst": "sldMasterId* extLst?",
    "p:notesMasterIdLst": "notesMasterId? extLst?",
    "p:sldIdLst": "sldId* extLst?",
    "p:sldLayoutIdLst": "sldLayoutId* extLst?",
    "p:sld": "cSld clrMapOvr? transition? timing? extLst?",
    "p:sldLayout": "cSld clrMapOvr? transition? timing? hf? extLst?",
    "p:sldMaster": "cSld clrMap sldLayoutIdLst? transition? timing? hf? txStyles? extLst?",
    "p:notes": "cSld clrMapOvr? extLst?",
    "p:notesMaster": "cSld clrMap hf? notesStyle? extLst?",
    "p:clrMapOvr": "a:masterClrMapping|a:overrideClrMapping",
    "p:txStyles": "titleStyle? bodyStyle? otherStyle? extLst?",
    "p:titleStyle": _STYLE,
    "p:bodyStyle": _STYLE,
    "p:otherStyle": _STYLE,
    "p:notesStyle": _STYLE,
    "p:defaultTextStyle": _STYLE,
    "p:timing": "tnLst? bldLst? extLst?",
    "p:cSld": "bg? spTree custDataLst? controls? extLst?",
    "p:bg": "bgPr|bgRef",
    "p:bgPr": f"{_FILL} {_EFFECT}? a:extLst? extLst?",
    # shapes
    "p:spTree": f"nvGrpSpPr grpSpPr {_SHAPES}* extLst?",
    "p:grpSp": f"nvGrpSpPr grpSpPr {_SHAPES}* extLst?",
    "p:nvGrpSpPr": "cNvPr cNvGrpSpPr nvPr",
    "p:grpSpPr": f"a:xfrm? {_FILL}? {_EFFECT}? a:scene3d? a:extLst?",
    "p:sp": "nvSpPr spPr style? txBody? extLst?",
    "p:nvSpPr": "cNvPr cNvSpPr nvPr",
    "p:cNvPr": "a:hlinkClick? a:hlinkHover? a:extLst?",
    "p:cNvSpPr": "a:spLocks? a:extLst?",
    "p:nvPr": "ph? a:audioCd|a:wavAudioFile|a:audioFile|a:videoFile|a:quickTimeFile? custDataLst? extLst?",
    "p:spPr": f"a:xfrm? a:custGeom|a:prstGeom? {_FILL}? a:ln? {_EFFECT}? a:scene3d? a:sp3d? a:extLst?",
    "p:style": "a:lnRef a:fillRef a:effectRef a:fontRef",
    "p:cxnSp": "nvCxnSpPr spPr style? extLst?",
    "p:nvCxnSpPr": "cNvPr cNvCxnSpPr nvPr",
    "p:cNvCxnSpPr": "a:cxnSpLocks? a:stCxn? a:endCxn? a:extLst?",
    "p:pic": "nvPicPr blipFill spPr style? extLst?",
    "p:nvPicPr": "cNvPr cNvPicPr nvPr",
    "p:blipFill": "a:blip? a:srcRect? a:tile|a:stretch?",
    "p:graphicFrame": "nvGraphicFramePr xfrm a:graphic extLst?",
    "p:nvGraphicFramePr": "cNvPr cNvGraphicFramePr nvPr",
    "p:xfrm": "a:off? a:ext?",
    "a:graphic": "graphicData",
    "a:xfrm": "off? ext? chOff? chExt?",
    "a:prstGeom": "avLst?",
    "a:avLst": "gd*",
    # paint
    "a:blipFill": "blip? srcRect? tile|stretch?",
    "a:solidFill": f"{_COLOUR}?",
    "a:gradFill": "gsLst? lin|path? tileRect?",
    "a:gsLst": "gs+",
    "a:gs": _COLOUR,
    "a:ln": _LINE,
    "a:lnL": _LINE,
    "a:lnR": _LINE,
    "a:lnT": _LINE,
    "a:lnB": _LINE,
    "a:effectLst": "blur? fillOverlay? glow? innerShdw? outerShdw? prstShdw? reflection? softEdge?",
    # text
    "p:txBody": _TEXT,
    "a:txBody": _TEXT,
    "a:bodyPr": "prstTxWarp? noAutofit|normAutofit|spAutoFit? scene3d? sp3d|flatTx? extLst?",
    "a:lstStyle": f"defPPr? {_LEVELS} extLst?",
    "a:p": "pPr? r|br|fld* endParaRPr?",
    "a:pPr": _BULLET,
    "a:defPPr": _BULLET,
    **{f"a:lvl{level}pPr": _BULLET for level in range(1, 10)},
    "a:lnSpc": "spcPct|spcPts",
    "a:spcBef": "spcPct|spcPts",
    "a:spcAft": "spcPct|spcPts",
    "a:r": "rPr? t",
    "a:br": "rPr?",
    "a:fld": "rPr? pPr? t?",
    "a:rPr": _RUN,
    "a:endParaRPr": _RUN,
    "a:defRPr": _RUN,
    # equations
    "m:oMathPara": "oMathParaPr? oMath+",
    "m:oMath": f"{_MATH}*",
    **{f"m:{part}": _PART for part in ("e", "num", "den", "deg", "sub", "sup", "lim")},
    "m:r": "rPr? a:rPr? t*",
    "m:f": "fPr? num den",
    "m:fPr": "type? ctrlPr?",
    "m:rad": "radPr? deg e",
    "m:radPr": "degHide? ctrlPr?",
    "m:sSub": "sSubPr? e sub",
    "m:sSup": "sSupPr? e sup",
    "m:sSubSup": "sSubSupPr? e sub sup",
    "m:limLow": "limLowPr? e lim",
    "m:limUpp": "limUppPr? e lim",
    "m:acc": "accPr? e",
    "m:accPr": "chr? ctrlPr?",
    "m:bar": "barPr? e",
    "m:barPr": "pos? ctrlPr?",
    "m:d": "dPr? e+",
    "m:dPr": "begChr? sepChr? endChr? grow? shp? ctrlPr?",
    "m:nary": "naryPr? sub sup e",
    "m:naryPr": "chr? limLoc? grow? subHide? supHide? ctrlPr?",
    "m:m": "mPr? mr+",
    "m:mPr": "baseJc? plcHide? rSpRule? cGpRule? rSp? cSp? cGp? mcs? ctrlPr?",
    "m:mr": "e+",
    # tables
    "a:tbl": "tblPr? tblGrid tr*",
    "a:tblPr": f"{_FILL}? {_EFFECT}? tableStyle|tableStyleId? extLst?",
    "a:tblGrid": "gridCol*",
    "a:gridCol": "extLst?",
    "a:tr": "tc* extLst?",
    "a:tc": "txBody? tcPr? extLst?",
    "a:tcPr": f"lnL? lnR? lnT? lnB? lnTlToBr? lnBlToTr? cell3D? {_FILL}? headers? extLst?",
    # themes
    "a:theme": "themeElements objectDefaults? extraClrSchemeLst? custClrLst? extLst?",
    "a:themeElements": "clrScheme fontScheme fmtScheme extLst?",
    "a:clrScheme": ("dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink extLst?"),
    "a:fontScheme": "majorFont minorFont extLst?",
    "a:majorFont": "latin ea cs font* extLst?",
    "a:minorFont": "latin ea cs font* extLst?",
    "a:fmtScheme": "fillStyleLst lnStyleLst effectStyleLst bgFillStyleLst",
}


@frozen
class Group:
    """One place in a content model: which elements may stand there, and how many."""

    tags: tuple[str, ...]
    least: int
    many: bool


def _group(text: str, prefix: str) -> Group:
    mark = text[-1] if text[-1] in "?*+" else ""
    names = text.rstrip("?*+").split("|")
    tags = tuple(qualified(name if ":" in name else f"{prefix}:{name}") for name in names)
    return Group(tags, int(mark in ("", "+")), mark in ("*", "+"))


MODELS: Mapping[str, tuple[Group, ...]] = {
    qualified(name): tuple(_group(each, name.partition(":")[0]) for each in model.split())
    for name, model in _MODELS.items()
}
"""The content model of each known element."""

# --- attributes ----------------------------------------------------------------------------------

_PRESETS = """
    accentBorderCallout1 accentBorderCallout2 accentBorderCallout3 accentCallout1 accentCallout2 accentCallout3
    actionButtonBackPrevious actionButtonBeginning actionButtonBlank actionButtonDocument actionButtonEnd
    actionButtonForwardNext actionButtonHelp actionButtonHome actionButtonInformation actionButtonMovie
    actionButtonReturn actionButtonSound arc bentArrow bentConnector2 bentConnector3 bentConnector4
    bentConnector5 bentUpArrow bevel blockArc borderCallout1 borderCallout2 borderCallout3 bracePair bracketPair
    callout1 callout2 callout3 can chartPlus chartStar chartX chevron chord circularArrow cloud cloudCallout
    corner cornerTabs cube curvedConnector2 curvedConnector3 curvedConnector4 curvedConnector5 curvedDownArrow
    curvedLeftArrow curvedRightArrow curvedUpArrow decagon diagStripe diamond dodecagon donut doubleWave
    downArrow downArrowCallout ellipse ellipseRibbon ellipseRibbon2 flowChartAlternateProcess flowChartCollate
    flowChartConnector flowChartDecision flowChartDelay flowChartDisplay flowChartDocument flowChartExtract
    flowChartInputOutput flowChartInternalStorage flowChartMagneticDisk flowChartMagneticDrum
    flowChartMagneticTape flowChartManualInput flowChartManualOperation flowChartMerge flowChartMultidocument
    flowChartOfflineStorage flowChartOffpageConnector flowChartOnlineStorage flowChartOr
    flowChartPredefinedProcess flowChartPreparation flowChartProcess flowChartPunchedCard flowChartPunchedTape
    flowChartSort flowChartSummingJunction flowChartTerminator foldedCorner frame funnel gear6 gear9 halfFrame
    heart heptagon hexagon homePlate horizontalScroll irregularSeal1 irregularSeal2 leftArrow leftArrowCallout
    leftBrace leftBracket leftCircularArrow leftRightArrow leftRightArrowCallout leftRightCircularArrow
    leftRightRibbon leftRightUpArrow leftUpArrow lightningBolt line lineInv mathDivide mathEqual mathMinus
    mathMultiply mathNotEqual mathPlus moon noSmoking nonIsoscelesTrapezoid notchedRightArrow octagon
    parallelogram pentagon pie pieWedge plaque plaqueTabs plus quadArrow quadArrowCallout rect ribbon ribbon2
    rightArrow rightArrowCallout rightBrace rightBracket round1Rect round2DiagRect round2SameRect roundRect
    rtTriangle smileyFace snip1Rect snip2DiagRect snip2SameRect snipRoundRect squareTabs star10 star12 star16
    star24 star32 star4 star5 star6 star7 star8 straightConnector1 stripedRightArrow sun swooshArrow teardrop
    trapezoid triangle upArrow upArrowCallout upDownArrow upDownArrowCallout uturnArrow verticalScroll wave
    wedgeEllipseCallout wedgeRectCallout wedgeRoundRectCallout
"""
_SCHEME = "bg1 tx1 bg2 tx2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink phClr dk1 lt1 dk2 lt2"
_MAPPED = "dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink"
_FLAG = "0 1 true false on off"
_HOLDERS = "title body ctrTitle subTitle dt sldNum ftr hdr obj chart tbl clipArt dgm media sldImg pic"
_ARROWS = "none triangle stealth diamond oval arrow"
_PAGES = "letter ledger A3 A4 B4ISO B5ISO B4JIS B5JIS hagakiCard 35mm"
_SIZES = f"screen4x3 screen16x9 screen16x10 {_PAGES} overhead banner custom"


@frozen
class Whole:
    """Whole numbers from `least` to `most`; a length may also have a unit, as in `2in`."""

    least: int
    most: int
    units: bool = False

    def accepts(self, text: str) -> bool:
        """Tell whether `text` is such a number."""
        if not _WHOLE.fullmatch(text):
            return self.units and _MEASURE.fullmatch(text) is not None
        return self.least <= int(text) <= self.most


_WHOLE = re.compile(r"\s*[+-]?[0-9]{1,18}\s*")
_MEASURE = re.compile(r"-?[0-9]+(\.[0-9]+)?(mm|cm|in|pt|pc|pi)")
_COORDINATE = Whole(-27273042329600, 27273042316900, units=True)
_EXTENT = Whole(0, 27273042316900, units=True)
_INSET = Whole(-(2**31), 2**31 - 1, units=True)
_LENGTH = Whole(0, 2**31 - 1, units=True)
_POINTS = Whole(100, 400_000)
_WIDTH = Whole(0, 20_116_800)
_MARGIN = Whole(0, 51_206_400, units=True)
_INDENT = Whole(-51_206_400, 51_206_400, units=True)
_ID = Whole(0, 2**32 - 1)
Values = Whole | frozenset[str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARAGRAPH: dict[str, Values] = {
    "algn": _words("l ctr r just justLow dist thaiDist"),
    "fontAlgn": _words("auto t ctr base b"),
    "marL": _MARGIN,
    "marR": _MARGIN,
    "indent": _INDENT,
    "lvl": Whole(0, 8),
    "rtl": _words(_FLAG),
}
_CHARACTERS: dict[str, Values] = {
    "sz": _POINTS,
    "b": _words(_FLAG),
    "i": _words(_FLAG),
    "u": _words(
        "none words sng dbl heavy dotted dottedHeavy dash dashHeavy dashLong dashLongHeavy dotDash dotDashHeavy "
        "dotDotDash dotDotDashHeavy wavy wavyHeavy wavyDbl"
    ),
    "strike": _words("noStrike sngStrike dblStrike"),
    "cap": _words("none small all"),
}
_STROKE: dict[str, Values] = {
    "w": _WIDTH,
    "cap": _words("rnd sq flat"),
    "cmpd": _words("sng dbl thickThin thinThick tri"),
    "algn": _words("ctr in"),
}
_ARROW: dict[str, Values] = {"type": _words(_ARROWS), "w": _words("sm med lg"), "len": _words("sm med lg")}
_PLACE: dict[str, Values] = {"x": _COORDINATE, "y": _COORDINATE}
_SIZE: dict[str, Values] = {"cx": _EXTENT, "cy": _EXTENT}
_TURN: dict[str, Values] = {"flipH": _words(_FLAG), "flipV": _words(_FLAG), "rot": Whole(-(2**31), 2**31 - 1)}
_ANCHOR: dict[str, Values] = {"anchor": _words("t ctr b just dist")}
_MAP: dict[str, Values] = dict.fromkeys(
    _words("bg1 tx1 bg2 tx2") | (_words(_MAPPED) - _words("dk1 lt1 dk2 lt2")), _words(_MAPPED)
)

_ATTRIBUTES: dict[str, dict[str, Values]] = {
    "a:off": _PLACE,
    "a:chOff": _PLACE,
    "a:ext": _SIZE,
    "a:chExt": _SIZE,
    "a:xfrm": _TURN,
    "p:xfrm": _TURN,
    "a:prstGeom": {"prst": _words(_PRESETS)},
    "a:schemeClr": {"val": _words(_SCHEME)},
    "a:alpha": {"val": Whole(-(2**31), 2**31 - 1)},
    "a:bodyPr": {
        **_ANCHOR,
        "wrap": _words("none square"),
        "vert": _words("horz vert vert270 wordArtVert eaVert mongolianVert wordArtVertRtl"),
        "lIns": _INSET,
        "tIns": _INSET,
        "rIns": _INSET,
        "bIns": _INSET,
        "numCol": Whole(1, 16),
    },
    "a:tcPr": {**_ANCHOR, "marL": _INSET, "marR": _INSET, "marT": _INSET, "marB": _INSET},
    "a:gridCol": {"w": _LENGTH},
    "a:pPr": _PARAGRAPH,
    **{f"a:lvl{level}pPr": _PARAGRAPH for level in range(1, 10)},
    "a:rPr": _CHARACTERS,
    "a:defRPr": _CHARACTERS,
    "a:endParaRPr": _CHARACTERS,
    "a:spcPts": {"val": Whole(0, 158_400)},
    "a:ln": _STROKE,
    "a:lnL": _STROKE,
    "a:lnR": _STROKE,
    "a:lnT": _STROKE,
    "a:lnB": _STROKE,
    "a:prstDash": {
        "val": _words("solid dot dash lgDash dashDot lgDashDot lgDashDotDot sysDash sysDot sysDashDot sysDashDotDot")
    },
    "a:headEnd": _ARROW,
    "a:tailEnd": _ARROW,
    "a:stCxn": {"id": _ID, "idx": _ID},
    "a:endCxn": {"id": _ID, "idx": _ID},
    "p:ph": {
        "type": _words(_HOLDERS),
        "sz": _words("full half quarter"),
        "orient": _words("horz vert"),
        "idx": _ID,
    },
    "p:clrMap": _MAP,
    "a:overrideClrMapping": _MAP,
    "p:sldSz": {
        "cx": Whole(914_400, 51_206_400),
        "cy": Whole(914_400, 51_206_400),
        "type": _words(_SIZES),
    },
    "p:notesSz": _SIZE,
    "p:transition": {"spd": _words("slow med fast")},
    "p159:morph": {"option": _words("byObject byWord byChar")},
}
ATTRIBUTES: Mapping[str, Mapping[str, Values]] = {qualified(name): each for name, each in _ATTRIBUTES.items()}
"""The values that the attributes of each known element may have."""
