"""Templates of companies, made by code: each has one of the faults that real ones have."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pptx
from lxml import etree
from pptx import Presentation

from support.imaged import PNG

__all__ = ["TEMPLATES", "made", "package"]

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS = {"a": A, "p": P, "r": R}
TYPES = "[Content_Types].xml"
MAIN, MASTER, THEME = "ppt/presentation.xml", "ppt/slideMasters/slideMaster1.xml", "ppt/theme/theme1.xml"
DECK = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
SECTIONS, GUID = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}", "{6A1D7C2E-0000-4000-8000-000000000001}"
INCH = 914_400
WIDE = (12_192_000, 6_858_000)

Parts = dict[str, bytes]


@cache
def _plain() -> Mapping[str, bytes]:
    """Return the parts of a usual template, 4:3, in English, with eleven layouts and no slides."""
    with zipfile.ZipFile(Path(pptx.__file__).parent / "templates" / "default.pptx") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as the bytes of a package, the same each time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda each: (each != TYPES, each)):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts[name])
    return target.getvalue()


def layouts(parts: Mapping[str, bytes]) -> list[str]:
    """Return the names of the layouts, in their order."""
    found = [each for each in parts if re.fullmatch(r"ppt/slideLayouts/slideLayout\d+\.xml", each)]
    return sorted(found, key=lambda each: int(re.sub(r"\D", "", each)))


def changed(parts: Parts, name: str, change: Callable[[etree._Element], None]) -> None:
    """Change the tree of a part."""
    root = etree.fromstring(parts[name])
    change(root)
    parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def found(root: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements at a path with the usual prefixes."""
    return list(root.iterfind(path, NS))


def widened(parts: Parts) -> Parts:
    """Make slides 16:9, and all that stands on masters and layouts as much wider."""

    def widen(root: etree._Element) -> None:
        for each in (*root.iter(f"{{{A}}}off"), *root.iter(f"{{{A}}}ext")):
            for name in ("x", "cx"):
                if each.get(name) is not None:
                    each.set(name, str(int(each.get(name, "0")) * 4 // 3))

    for name in (MASTER, *layouts(parts)):
        changed(parts, name, widen)

    def size(root: etree._Element) -> None:
        (found_size,) = found(root, "p:sldSz")
        found_size.attrib.clear()
        found_size.set("cx", str(WIDE[0]))
        found_size.set("cy", str(WIDE[1]))

    changed(parts, MAIN, size)
    return parts


def shape(number: int, name: str, box: tuple[float, float, float, float], fill: str) -> etree._Element:
    """Return a filled rectangle; its box is in inches."""
    x, y, w, h = (round(each * INCH) for each in box)
    return etree.fromstring(
        f'<p:sp xmlns:p="{P}" xmlns:a="{A}"><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{placed(x, y, w, h)}<a:solidFill><a:schemeClr val="{fill}"/>'
        "</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def placed(x: int, y: int, w: int, h: int) -> str:
    """Return the place and the form of a rectangle."""
    place = f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'
    return f'{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


def picture(number: int, name: str, box: tuple[float, float, float, float], link: str) -> etree._Element:
    """Return a picture of a part that a relationship leads to; its box is in inches."""
    x, y, w, h = (round(each * INCH) for each in box)
    return etree.fromstring(
        f'<p:pic xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"><p:nvPicPr>'
        f'<p:cNvPr id="{number}" name="{name}" descr="Logo"/><p:cNvPicPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill><a:blip r:embed="{link}"/><a:stretch>'
        f"<a:fillRect/></a:stretch></p:blipFill><p:spPr>{placed(x, y, w, h)}</p:spPr></p:pic>"
    )


def related(parts: Parts, source: str, id_: str, kind: str, target: str) -> None:
    """Add a relationship of a part."""
    folder, name = posixpath.split(source)
    rels = f"{folder}/_rels/{name}.rels"
    line = f'<Relationship Id="{id_}" Type="{R}/{kind}" Target="{target}"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", line.encode())


def typed(parts: Parts, *, default: tuple[str, str] = ("", ""), override: tuple[str, str] = ("", "")) -> None:
    """Add a content type, by ending or by part."""
    ending, kind = default
    line = f'<Default Extension="{ending}" ContentType="{kind}"/>' if ending else ""
    part, kind = override
    if part:
        line = f'<Override PartName="/{part}" ContentType="{kind}"/>'
    if line.encode() not in parts[TYPES]:
        parts[TYPES] = re.sub(rb"(<Types[^>]*>)", rb"\1" + line.encode(), parts[TYPES], count=1)


def recoloured(parts: Parts, colours: Mapping[str, str]) -> None:
    """Give colours of the scheme other digits."""

    def paint(root: etree._Element) -> None:
        for name, digits in colours.items():
            (slot,) = root.iter(f"{{{A}}}{name}")
            slot[:] = [etree.Element(f"{{{A}}}srgbClr", val=digits)]

    changed(parts, THEME, paint)


# --- templates -------------------------------------------------------------------------------------


def plain() -> Parts:
    """Return a 4:3 template that has nothing wrong with it."""
    return dict(_plain())


def several_masters() -> Parts:
    """Put a master with one empty layout, and a theme of its own, before the usual one."""
    parts = widened(plain())
    second, layout, theme = (
        "ppt/slideMasters/slideMaster2.xml",
        "ppt/slideLayouts/slideLayout12.xml",
        "ppt/theme/theme2.xml",
    )
    parts[second], parts[layout], parts[theme] = parts[MASTER], parts["ppt/slideLayouts/slideLayout7.xml"], parts[THEME]
    rels = "ppt/slideLayouts/_rels/slideLayout7.xml.rels"
    parts["ppt/slideLayouts/_rels/slideLayout12.xml.rels"] = parts[rels].replace(b"slideMaster1", b"slideMaster2")
    parts["ppt/slideMasters/_rels/slideMaster2.xml.rels"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{R}/slideLayout" Target="../slideLayouts/slideLayout12.xml"/>'
        f'<Relationship Id="rId2" Type="{R}/theme" Target="../theme/theme2.xml"/></Relationships>'
    ).encode()

    def bare(root: etree._Element) -> None:
        (listed,) = found(root, "p:sldLayoutIdLst")
        for each in listed[1:]:
            listed.remove(each)
        listed[0].set("id", "2147483700")
        listed[0].set(f"{{{R}}}id", "rId1")

    changed(parts, second, bare)
    related(parts, MAIN, "rId90", "slideMaster", "slideMasters/slideMaster2.xml")

    def first(root: etree._Element) -> None:
        (listed,) = found(root, "p:sldMasterIdLst")
        listed.insert(0, etree.Element(f"{{{P}}}sldMasterId", {"id": "2147483699", f"{{{R}}}id": "rId90"}))

    changed(parts, MAIN, first)
    for name, kind in ((second, "slideMaster"), (layout, "slideLayout")):
        typed(parts, override=(name, f"application/vnd.openxmlformats-officedocument.presentationml.{kind}+xml"))
    typed(parts, override=(theme, "application/vnd.openxmlformats-officedocument.theme+xml"))
    return parts


GERMAN = (
    "1_Titelfolie", "Titel und Inhalt", "Abschnitts-\nüberschrift", "Titelfolie", "Vergleich", "Titelfolie", "Leer",
    "Inhalt mit Überschrift", "Bild & Text", "Титульный слайд", "1_Titelfolie",
)  # fmt: skip


def foreign_names() -> Parts:
    """Give layouts German names that come twice and mislead, so that names say nothing."""
    parts = widened(plain())
    for name, called in zip(layouts(parts), GERMAN, strict=True):
        changed(parts, name, lambda root, called=called: found(root, "p:cSld")[0].set("name", called))  # type: ignore[misc]
    return parts


def untyped() -> Parts:
    """Take the types of layouts away, and the titles of three of them."""
    parts = widened(plain())

    def strip(root: etree._Element) -> None:
        root.attrib.pop("type", None)
        root.attrib.pop("preserve", None)

    for name in layouts(parts):
        changed(parts, name, strip)
    for number in (4, 5, 8):
        changed(parts, f"ppt/slideLayouts/slideLayout{number}.xml", without("title"))
    return parts


def without(*types: str) -> Callable[[etree._Element], None]:
    """Return what takes placeholders of some types from a layout."""

    def change(root: etree._Element) -> None:
        for each in list(root.iter(f"{{{P}}}sp")):
            holder = each.find("p:nvSpPr/p:nvPr/p:ph", NS)
            if holder is not None and holder.get("type", "obj") in types:
                parent = each.getparent()
                assert parent is not None
                parent.remove(each)

    return change


def untitled() -> Parts:
    """Take the titles of all layouts away, as some exports do."""
    parts = widened(plain())
    for name in layouts(parts):
        changed(parts, name, without("title", "ctrTitle"))
    return parts


def dark() -> Parts:
    """Map the page to the dark colour of the scheme and texts to the light one; a layout maps it back."""
    parts = widened(plain())
    recoloured(parts, {"dk1": "101820", "lt1": "F2F4F7", "dk2": "1D2B3A", "lt2": "C9D3DF"})
    swapped = {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}

    def turn(root: etree._Element) -> None:
        (map_,) = found(root, "p:clrMap")
        for name, value in swapped.items():
            map_.set(name, value)

    changed(parts, MASTER, turn)

    def back(root: etree._Element) -> None:
        (own,) = found(root, "p:clrMapOvr")
        accents = {name: name for name in (*(f"accent{each}" for each in range(1, 7)), "hlink", "folHlink")}
        own[:] = [
            etree.Element(
                f"{{{A}}}overrideClrMapping", {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2", **accents}
            )
        ]

    changed(parts, "ppt/slideLayouts/slideLayout7.xml", back)
    return parts


def alike() -> Parts:
    """Make all accents pale greys, two of them the same."""
    parts = widened(plain())
    greys = ("DCDCDC", "AAAAAA", "AAAAAA", "BEBEBE", "969696", "D2D2D2")
    recoloured(parts, {f"accent{number}": grey for number, grey in enumerate(greys, start=1)})
    return parts


def capitals() -> Parts:
    """Set titles in capitals and in fonts that are not shipped, one of them known by nobody."""
    parts = widened(plain())

    def title(root: etree._Element) -> None:
        (style,) = found(root, "p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr")
        style.set("cap", "all")
        style.set("b", "1")

    changed(parts, MASTER, title)

    def fonts(root: etree._Element) -> None:
        for kind, name in (("major", "Century Gothic"), ("minor", "Foundry Sterling 2")):
            found(root, f".//a:{kind}Font/a:latin")[0].set("typeface", name)

    changed(parts, THEME, fonts)
    return parts


ODD = {
    MAIN: "ppt/haupt.xml",
    MASTER: "ppt/house/master-a.xml",
    THEME: "design/colours.xml",
    **{f"ppt/slideLayouts/slideLayout{number}.xml": f"ppt/house/sheet.{12 - number}.xml" for number in range(1, 12)},
}


def odd_parts() -> Parts:
    """Give parts other names and folders than PowerPoint does, and relationships other ids."""
    old = widened(plain())
    parts: Parts = {}
    for name, data in old.items():
        parts[ODD.get(name, name)] = data
    for name in [each for each in parts if each.endswith(".rels")]:
        folder, file = posixpath.split(name)
        source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        data = parts.pop(name)
        home = ODD.get(source, source)

        def moved(match: re.Match[bytes], source: str = source, home: str = home) -> bytes:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(source), match[1].decode()))
            there = ODD.get(target, target)
            return f'Target="/{there}"'.encode() if len(there) % 2 else (
                f'Target="{posixpath.relpath(there, posixpath.dirname(home) or ".")}"'.encode()
            )  # fmt: skip

        data = re.sub(rb'Target="([^"]+)"', moved, data)
        data = re.sub(rb'Id="rId(\d+)"', rb'Id="R_x\1f"', data)
        parts[posixpath.join(posixpath.dirname(home), "_rels", f"{posixpath.basename(home)}.rels")] = data
    for name in ODD.values():
        parts[name] = re.sub(rb'r:(id|embed)="rId(\d+)"', rb'r:\1="R_x\2f"', parts[name])
    for name, new in ODD.items():
        parts[TYPES] = parts[TYPES].replace(f'"/{name}"'.encode(), f'"/{new}"'.encode())
    return parts


def furnished() -> Parts:
    """Put a logo, a coloured bar below titles and one at the foot onto the master, and a picture on the cover."""
    parts = widened(plain())
    parts["ppt/media/logo.png"] = PNG.data
    typed(parts, default=("png", "image/png"))
    related(parts, MASTER, "rId91", "image", "../media/logo.png")

    def furnish(root: etree._Element) -> None:
        (tree,) = found(root, "p:cSld/p:spTree")
        tree.insert(2, shape(91, "Band", (0, 0.25, 13.3333, 1.35), "accent1"))
        tree.insert(3, shape(92, "Foot", (0, 7.30, 13.3333, 0.20), "accent2"))
        tree.insert(4, picture(93, "Logo", (12.0, 6.20, 1.0, 0.9), "rId91"))
        (style,) = found(root, "p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr/a:solidFill/a:schemeClr")
        style.set("val", "bg1")

    changed(parts, MASTER, furnish)
    for number in (1, 3):
        changed(parts, f"ppt/slideLayouts/slideLayout{number}.xml", dark_title)
    return parts


def dark_title(root: etree._Element) -> None:
    """Set the title of a layout in the colour of texts."""
    for each in root.iter(f"{{{P}}}sp"):
        holder = each.find("p:nvSpPr/p:nvPr/p:ph", NS)
        styles = each.find("p:txBody/a:lstStyle", NS)
        if holder is not None and styles is not None and holder.get("type") in ("title", "ctrTitle"):
            level = styles.find("a:lvl1pPr", NS)
            level = etree.SubElement(styles, f"{{{A}}}lvl1pPr") if level is None else level
            run = level.find("a:defRPr", NS)
            run = etree.SubElement(level, f"{{{A}}}defRPr") if run is None else run
            fill = etree.Element(f"{{{A}}}solidFill")
            etree.SubElement(fill, f"{{{A}}}schemeClr", val="tx1")
            run.insert(0, fill)


def lost_titles() -> Parts:
    """Put the titles of layouts into the middle, as exports with several masters do; the master has it at the top."""
    parts = widened(plain())
    place = f'<a:xfrm xmlns:a="{A}"><a:off x="609600" y="3000000"/><a:ext cx="10972800" cy="1143000"/></a:xfrm>'

    def move(root: etree._Element) -> None:
        for each in root.iter(f"{{{P}}}sp"):
            holder, properties = each.find("p:nvSpPr/p:nvPr/p:ph", NS), each.find("p:spPr", NS)
            if holder is not None and properties is not None and holder.get("type") == "title":
                properties[:] = [etree.fromstring(place)]

    for name in layouts(parts):
        changed(parts, name, move)
    return parts


def pale_titles() -> Parts:
    """Set all titles in the colour of the page, and put a bar below those of slides only."""
    parts = furnished()
    for number in (1, 3):
        name = f"ppt/slideLayouts/slideLayout{number}.xml"
        parts[name] = widened(plain())[name]
    return parts


def macros() -> Parts:
    """Make it a template with macros, of the content type of .potm."""
    parts = widened(plain())
    parts["ppt/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 not a program"
    typed(parts, default=("bin", "application/vnd.ms-office.vbaProject"))
    related(parts, MAIN, "rId92", "vbaProject", "vbaProject.bin")
    kind = b"application/vnd.ms-powerpoint.template.macroEnabled.main+xml"
    parts[TYPES] = parts[TYPES].replace(DECK.encode(), kind)
    return parts


def template_type() -> Parts:
    """Give it the content type of .potx."""
    parts = plain()
    parts[TYPES] = parts[TYPES].replace(DECK.encode(), DECK.replace("presentation.main", "template.main").encode())
    return parts


def embedded() -> Parts:
    """Carry a font along, and name it in the theme."""
    parts = widened(plain())
    parts["ppt/fonts/font1.fntdata"] = b"not a font"
    typed(parts, default=("fntdata", "application/x-fontdata"))
    related(parts, MAIN, "rId93", "font", "fonts/font1.fntdata")

    def carry(root: etree._Element) -> None:
        (notes,) = found(root, "p:notesSz")
        notes.addnext(
            etree.fromstring(
                f'<p:embeddedFontLst xmlns:p="{P}" xmlns:r="{R}"><p:embeddedFont><p:font typeface="Corporate S"/>'
                '<p:regular r:id="rId93"/></p:embeddedFont></p:embeddedFontLst>'
            )
        )

    changed(parts, MAIN, carry)
    changed(parts, THEME, lambda root: found(root, ".//a:minorFont/a:latin")[0].set("typeface", "Corporate S"))
    return parts


def leftovers() -> Parts:
    """Leave slides in it, with a comment, a tag, a section and a custom show that lead to them."""
    deck = Presentation(io.BytesIO(package(widened(plain()))))
    for layout in (0, 1, 5):
        slide = deck.slides.add_slide(deck.slide_layouts[layout])
        slide.shapes.title.text = "Last year's results"
        slide.notes_slide.notes_text_frame.text = "Nobody should read this"
    target = io.BytesIO()
    deck.save(target)
    with zipfile.ZipFile(target) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    kind = "application/vnd.openxmlformats-officedocument.presentationml"
    author = '<p:cmAuthor id="0" name="A" initials="A" lastIdx="1" clrIdx="0"/>'
    parts["ppt/commentAuthors.xml"] = f'<p:cmAuthorLst xmlns:p="{P}">{author}</p:cmAuthorLst>'.encode()
    said = '<p:cm authorId="0" dt="2024-01-01T00:00:00" idx="1"><p:pos x="1" y="1"/><p:text>?</p:text></p:cm>'
    parts["ppt/comments/comment1.xml"] = f'<p:cmLst xmlns:p="{P}">{said}</p:cmLst>'.encode()
    parts["ppt/tags/tag1.xml"] = f'<p:tagLst xmlns:p="{P}"><p:tag name="OWNER" val="somebody"/></p:tagLst>'.encode()
    typed(parts, override=("ppt/commentAuthors.xml", f"{kind}.commentAuthors+xml"))
    typed(parts, override=("ppt/comments/comment1.xml", f"{kind}.comments+xml"))
    typed(parts, override=("ppt/tags/tag1.xml", f"{kind}.tags+xml"))
    related(parts, MAIN, "rId94", "commentAuthors", "commentAuthors.xml")
    related(parts, MAIN, "rId95", "tags", "tags/tag1.xml")
    related(parts, "ppt/slides/slide1.xml", "rId96", "comments", "../comments/comment1.xml")

    def lead(root: etree._Element) -> None:
        slides = found(root, "p:sldIdLst/p:sldId")
        first = slides[0]
        (notes,) = found(root, "p:notesSz")
        slide = f'<p:sld r:id="{first.get(f"{{{R}}}id")}"/>'
        show = f'<p:custShow name="Short" id="0"><p:sldLst>{slide}</p:sldLst></p:custShow>'
        shows = f'<p:custShowLst xmlns:p="{P}" xmlns:r="{R}">{show}</p:custShowLst>'
        tags = f'<p:custDataLst xmlns:p="{P}" xmlns:r="{R}"><p:tags r:id="rId95"/></p:custDataLst>'
        for each in (tags, shows):
            notes.addnext(etree.fromstring(each))
        listed = "".join(f'<p14:sldId id="{each.get("id")}"/>' for each in slides)
        section = f'<p14:section name="Old" id="{GUID}"><p14:sldIdLst>{listed}</p14:sldIdLst></p14:section>'
        sections = f'<p14:sectionLst xmlns:p14="{P14}">{section}</p14:sectionLst>'
        root.append(etree.fromstring(f'<p:extLst xmlns:p="{P}"><p:ext uri="{SECTIONS}">{sections}</p:ext></p:extLst>'))

    changed(parts, MAIN, lead)
    return parts


TEMPLATES: Mapping[str, Callable[[], Parts]] = {
    "plain.pptx": plain,
    "several-masters.pptx": several_masters,
    "foreign-names.pptx": foreign_names,
    "untyped.pptx": untyped,
    "untitled.pptx": untitled,
    "dark.pptx": dark,
    "alike.pptx": alike,
    "capitals.pptx": capitals,
    "odd-parts.pptx": odd_parts,
    "furnished.pptx": furnished,
    "pale-titles.pptx": pale_titles,
    "lost-titles.pptx": lost_titles,
    "macros.potm": macros,
    "template-type.potx": template_type,
    "embedded.pptx": embedded,
    "leftovers.pptx": leftovers,
}


@cache
def made(name: str) -> bytes:
    """Return the template of a name."""
    return package(TEMPLATES[name]())
