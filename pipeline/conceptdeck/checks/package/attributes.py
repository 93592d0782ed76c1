"""The names of attributes: which an element may have, and which it must."""

from __future__ import annotations

from collections.abc import Mapping

from conceptdeck.checks.package.schema import qualified

__all__ = ["KNOWN", "NEEDED"]

_RUN_NAMES = (
    "kumimoji lang altLang sz b i u strike kern cap spc normalizeH baseline noProof dirty err smtClean smtId bmk"
)
_PARAGRAPH_NAMES = "marL marR lvl indent algn defTabSz rtl eaLnBrk fontAlgn latinLnBrk hangingPunct"
_LINE_NAMES = "w cap cmpd algn"
_PLACES = {"a:off": "x y", "a:chOff": "x y", "a:ext": "cx cy", "a:chExt": "cx cy"}
_FLIPS = "rot flipH flipV"

_KNOWN = {
    **_PLACES,
    "p:cNvPr": "id name descr hidden title",
    "a:xfrm": _FLIPS,
    "p:xfrm": _FLIPS,
    "a:rPr": _RUN_NAMES,
    "a:defRPr": _RUN_NAMES,
    "a:endParaRPr": _RUN_NAMES,
    "a:pPr": _PARAGRAPH_NAMES,
    "a:bodyPr": (
        "rot spcFirstLastPara vertOverflow horzOverflow vert wrap lIns tIns rIns bIns numCol spcCol rtlCol "
        "fromWordArt anchor anchorCtr forceAA upright compatLnSpc"
    ),
    "a:tcPr": "marL marR marT marB vert anchor anchorCtr horzOverflow",
    "a:tc": "rowSpan gridSpan hMerge vMerge id",
    "a:tr": "h",
    "a:gridCol": "w",
    "a:tblPr": "rtl firstRow firstCol lastRow lastCol bandRow bandCol",
    "a:tbl": "",
    "p:ph": "type orient sz idx hasCustomPrompt",
    "a:prstGeom": "prst",
    "a:ln": _LINE_NAMES,
    "p:sld": "showMasterSp showMasterPhAnim show",
    "p:sldId": "id",
    "p:sldSz": "cx cy type",
    "p:notesSz": "cx cy",
    "p:transition": "spd advClick advTm",
    "a:blip": "cstate",
    "a:srgbClr": "val",
    "a:schemeClr": "val",
    "a:t": "",
    "a:p": "",
    "a:r": "",
    "a:fld": "id type",
    "p:txBody": "",
    "p:sp": "useBgFill",
    "p:pic": "",
    "p:spPr": "bwMode",
    "p:cNvSpPr": "txBox",
    "p:nvPr": "isPhoto userDrawn",
    "p:cSld": "name",
    "p:spTree": "",
}
_NEEDED = {
    **_PLACES,
    "p:cNvPr": "name",
    "a:gridCol": "w",
    "a:schemeClr": "val",
    "a:prstGeom": "prst",
    "a:fld": "id",
    "a:gs": "pos",
    "a:spcPts": "val",
    "a:spcPct": "val",
    "a:buChar": "char",
    "a:buAutoNum": "type",
    "a:latin": "typeface",
    "a:stCxn": "id idx",
    "a:endCxn": "id idx",
    "p:sldId": "id r:id",
    "p:sldMasterId": "r:id",
    "p:sldLayoutId": "r:id",
    "p:sldSz": "cx cy",
    "p:notesSz": "cx cy",
    "p:spTgt": "spid",
    "p:clrMap": "bg1 tx1 bg2 tx2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink",
}


def _named(text: str) -> frozenset[str]:
    return frozenset(qualified(each) if ":" in each else each for each in text.split())


KNOWN: Mapping[str, frozenset[str]] = {qualified(name): _named(text) for name, text in _KNOWN.items()}
"""The attributes without a namespace that an element may have, where it is known what it may have."""
NEEDED: Mapping[str, frozenset[str]] = {qualified(name): _named(text) for name, text in _NEEDED.items()}
"""The attributes that an element must have."""
