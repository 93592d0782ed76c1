"""Transitions and click-by-click builds, in the XML that PowerPoint writes for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import assert_never

from conceptdeck.render.powerpoint.page import Page
from conceptdeck.values.frame import Chart, Connector, Frame, Item, Picture, Route, Shape, Sign, Table
from conceptdeck.values.items import click_of

__all__ = ["timing", "transition"]

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
P159 = "http://schemas.microsoft.com/office/powerpoint/2015/09/main"
FADE_MS = 400
WITHOUT_GROUND = "text"
WITH_GROUND = ' animBg="1"'
NOW = '<p:stCondLst><p:cond delay="0"/></p:stCondLst>'
ON_CLICK = '<p:stCondLst><p:cond delay="indefinite"/></p:stCondLst>'
SEQUENCE = (
    '<p:prevCondLst><p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:prevCondLst>'
    '<p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:nextCondLst>'
)


def transition(kind: str) -> str:
    """Return the transition to a slide: `fade`, or `morph` with a fade where that is not known."""
    if kind == "morph":
        return (
            f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:p159="{P159}" xmlns:p14="{P14}" Requires="p159">'
            '<p:transition spd="slow" p14:dur="1200"><p159:morph option="byObject"/></p:transition></mc:Choice>'
            '<mc:Fallback><p:transition spd="slow"><p:fade/></p:transition></mc:Fallback></mc:AlternateContent>'
        )
    return (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:p14="{P14}" Requires="p14">'
        '<p:transition spd="med" p14:dur="500"><p:fade/></p:transition></mc:Choice>'
        '<mc:Fallback><p:transition spd="med"><p:fade/></p:transition></mc:Fallback></mc:AlternateContent>'
    )


def timing(frame: Frame, page: Page) -> str:
    """Return what fades in on each click (CT_SlideTiming), or nothing if all is there from the start."""
    clicks: dict[int, list[Item]] = {}
    for item in frame.items:
        if click := click_of(item):
            clicks.setdefault(click, []).append(item)
    if not clicks:
        return ""
    page.times(1, 2)
    numbers = count(3)
    steps = "".join(_click(clicks[click], page, numbers) for click in sorted(clicks))
    return (
        '<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>'
        '<p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>'
        f"{steps}</p:childTnLst></p:cTn>{SEQUENCE}</p:seq></p:childTnLst></p:cTn></p:par></p:tnLst>"
        f"{_build_list(clicks, page)}</p:timing>"
    )


def _click(items: list[Item], page: Page, numbers: Iterator[int]) -> str:
    """Return one click: the first item fades in on it, the others with the first."""
    outer, inner = next(numbers), next(numbers)
    page.times(outer, inner)
    effects = "".join(
        _effect(item, page, numbers, "withEffect" if index else "clickEffect") for index, item in enumerate(items)
    )
    return (
        f'<p:par><p:cTn id="{outer}" fill="hold">{ON_CLICK}<p:childTnLst><p:par><p:cTn id="{inner}" fill="hold">{NOW}'
        f"<p:childTnLst>{effects}</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par>"
    )


def _effect(item: Item, page: Page, numbers: Iterator[int], node_type: str) -> str:
    """Return an entrance by fading; shapes name their build group, connectors and pictures have none."""
    group = ' grpId="0"' if _built(item) else ""
    effect, shown, faded = next(numbers), next(numbers), next(numbers)
    target = f'<p:tgtEl><p:spTgt spid="{page.effect(item.name, effect, shown, faded)}"/></p:tgtEl>'
    return (
        f'<p:par><p:cTn id="{effect}" presetID="10" presetClass="entr" presetSubtype="0" fill="hold"{group} '
        f'nodeType="{node_type}">{NOW}<p:childTnLst><p:set><p:cBhvr><p:cTn id="{shown}" dur="1" fill="hold">{NOW}</p:cTn>'
        f"{target}<p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr><p:to>"
        f'<p:strVal val="visible"/></p:to></p:set><p:animEffect transition="in" filter="fade"><p:cBhvr>'
        f'<p:cTn id="{faded}" dur="{FADE_MS}"/>{target}</p:cBhvr></p:animEffect></p:childTnLst></p:cTn></p:par>'
    )


def _build_list(clicks: Mapping[int, list[Item]], page: Page) -> str:
    """Return the list of shapes that are built (CT_BuildList)."""
    grounds = ((item, _built(item)) for click in sorted(clicks) for item in clicks[click])
    entries = "".join(
        f'<p:bldP spid="{page.build(item.name)}" grpId="0"{"" if built == WITHOUT_GROUND else WITH_GROUND}/>'
        for item, built in grounds
        if built
    )
    return f"<p:bldLst>{entries}</p:bldLst>" if entries else ""


def _built(item: Item) -> str:
    """Return how what is written as a shape (CT_Shape) is built: by itself, or with its ground; other items are not."""
    match item:
        case Shape():
            return WITH_GROUND if item.fill or item.stroke else WITHOUT_GROUND
        case Route() | Sign():
            return WITH_GROUND
        case Connector() | Picture() | Table() | Chart():
            return ""
        case _:
            assert_never(item)
