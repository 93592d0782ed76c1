"""Masters and layouts of templates, read from their packages, whoever wrote them."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from conceptdeck.checks.package.masters import read_template
from conceptdeck.values.masters import FoundTemplate, Shade
from conceptdeck.values.units import Box, Length, Size, inches
from support.templates import MAIN, MASTER, TEMPLATES, changed, found, made, package, plain


def read(name: str) -> FoundTemplate:
    template, problems = read_template(made(name), name)
    assert template and not problems
    return template


def refused(data: bytes) -> set[str]:
    template, problems = read_template(data, "x.pptx")
    assert template is None
    return {each.code for each in problems}


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_template_is_read(name: str) -> None:
    template = read(name)
    assert template.size in (Size(Length(9_144_000), Length(6_858_000)), Size(Length(12_192_000), Length(6_858_000)))
    assert sum(len(master.layouts) for master in template.masters) >= 11


def test_a_placeholder_takes_from_its_layout_first_and_then_from_its_master() -> None:
    (master,) = read("plain.pptx").masters
    cover, _, section = master.layouts[:3]
    title, subtitle = cover.holders[:2]
    assert (title.type, title.idx, title.size, title.anchor, title.align) == ("ctrTitle", 0, 44, "ctr", "ctr")
    assert (subtitle.type, subtitle.idx, subtitle.size, subtitle.align) == ("subTitle", 1, 32, "ctr")
    assert (section.holders[0].size, section.holders[0].bold, section.holders[0].anchor) == (40, True, "t")
    assert master.layouts[5].holders[0].box == master.holders[0].box
    assert title.margins == (inches(0.1), inches(0.05), inches(0.1), inches(0.05))


def test_masters_come_in_the_order_of_the_list_with_their_own_layouts() -> None:
    assert [len(master.layouts) for master in read("several-masters.pptx").masters] == [1, 11]


def test_parts_are_found_by_relationships_whatever_they_are_called() -> None:
    odd, usual = read("odd-parts.pptx"), read("foreign-names.pptx")
    assert [master.part for master in odd.masters] == ["master-a"]
    assert [layout.holders for layout in odd.masters[0].layouts] == [
        layout.holders for layout in usual.masters[0].layouts
    ]
    assert odd.masters[0].scheme == usual.masters[0].scheme


def test_a_layout_may_map_colours_in_another_way_than_its_master() -> None:
    (master,) = read("dark.pptx").masters
    assert [layout.map["bg1"] for layout in master.layouts[5:8]] == ["dk1", "lt1", "dk1"]


def test_what_is_no_placeholder_is_a_decoration_with_its_place_and_fill() -> None:
    (master,) = read("furnished.pptx").masters
    band, foot, logo = master.layouts[1].decorations
    assert (band.name, band.fill, foot.fill) == ("Band", Shade("accent1"), Shade("accent2"))
    assert logo.kind == "picture" and logo.box == Box(inches(12), inches(6.2), inches(1), inches(0.9))


def test_fonts_macros_and_slides_that_a_template_brings_are_told() -> None:
    assert read("embedded.pptx").embedded == ("Corporate S",)
    assert read("macros.potm").macros
    assert read("leftovers.pptx").slides == 3


def test_a_shape_that_covers_the_slide_is_its_ground() -> None:
    parts = TEMPLATES["furnished.pptx"]()

    def cover(root: etree._Element) -> None:
        (extent,) = found(root, "p:cSld/p:spTree/p:sp[1]/p:spPr/a:xfrm/a:ext")
        (offset,) = found(root, "p:cSld/p:spTree/p:sp[1]/p:spPr/a:xfrm/a:off")
        offset.set("y", "0")
        extent.set("cy", "6858000")

    changed(parts, MASTER, cover)
    template, _ = read_template(package(parts), "x.pptx")
    assert template
    layout = template.masters[0].layouts[5]
    assert layout.ground.shade == Shade("accent1")
    assert [each.name for each in layout.decorations] == ["Foot", "Logo"]


def test_what_is_no_package_or_holds_no_layout_is_refused() -> None:
    assert refused(b"") == {"not-a-package"}
    assert refused(made("plain.pptx")[:5000]) == {"not-a-package"}
    parts = plain()
    changed(parts, MAIN, lambda root: found(root, "p:sldMasterIdLst")[0].clear())
    assert refused(package(parts)) == {"no-layout"}
    parts = plain()
    changed(parts, MAIN, lambda root: found(root, "p:sldSz")[0].set("cx", "12"))
    assert refused(package(parts)) == {"bad-slide-size"}
    assert refused(package({"[Content_Types].xml": plain()["[Content_Types].xml"]})) == {"no-presentation"}


def test_a_hostile_part_is_not_parsed() -> None:
    parts = plain()
    parts[MASTER] = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + parts[MASTER]
    assert refused(package(parts)) == {"doctype", "no-layout"}
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MAIN, b" " * 50_000_000)
    assert refused(bomb.getvalue()) == {"too-large-package"}


def test_numbers_that_are_none_do_no_harm() -> None:
    parts = plain()
    parts[MASTER] = (
        parts[MASTER].replace(b'cx="8229600"', b'cx="9999999999999999999999"').replace(b'sz="4400"', b'sz="big"')
    )
    template, problems = read_template(package(parts), "x.pptx")
    assert template and not problems
    assert template.masters[0].layouts[5].holders[0].size == 0
