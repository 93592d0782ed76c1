"""Images from files beside the map: what is read of them, and what is said of those that cannot be images."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pixels
from PIL import ImageCms

from conceptdeck.reading import photos
from conceptdeck.reading.photos import LONGER_SIDE, photo_of
from conceptdeck.reading.vectors import NotAnImage, drawing_of
from conceptdeck.render.raster import raster_of
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.image import Fit, Focus, Media
from conceptdeck.values.text import texts
from conceptdeck.workspace.loading import read_map_file
from support.imaged import BLUE, GREEN, RED, YELLOW, quarters
from support.photographed import SVG, encoded, noted, photograph, profiled, seen_in, write_map

MAP = "title: Bread\ncover:\n  image: {file: FILE, alt: A loaf on a board}\n"
FILE_AT = (3, 17)  # line and column of the path
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">'


def written(folder: Path, text: str, **files: str | bytes):
    """Return the map of a text beside files; findings are raised."""
    return read_map_file(write_map(folder / "bread", text, **files))[0]


def refused(folder: Path, text: str, **files: str | bytes):
    """Return the one finding on a map."""
    with pytest.raises(Failure) as failure:
        written(folder, text, **files)
    (found,) = failure.value.diagnostics
    return found


def is_near(colour, other) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(colour, other, strict=True))


# --- what a map says -----------------------------------------------------------------------------


def test_an_image_is_read_with_its_words(tmp_path):
    more = ", credit: Ada (CC BY 4.0), fit: contain, focus: [0.25, 1]}"
    image = written(tmp_path, MAP.replace("}", more).replace("FILE", "./a.png"), a_png=quarters()).cover.image
    assert (image.file.path, image.file.image.media, image.file.image.width) == ("./a.png", Media.PNG, 400)
    assert (image.alt.value, image.credit.value, image.manner) == ("A loaf on a board", "Ada (CC BY 4.0)", Fit.CONTAIN)
    assert image.focus == Focus(0.25, 1.0)


def test_its_words_are_texts_of_the_map_that_are_translated(tmp_path):
    text = MAP.replace("}", ", credit: Ada}").replace("FILE", "a.png")
    keys = [each.key for each in texts(written(tmp_path, text, a_png=quarters()))]
    assert keys == ["title", "cover.image.alt", "cover.image.credit"]


def test_every_part_that_may_have_an_image_reads_it(tmp_path):
    image = "image: {file: a.svg, alt: A drawing}"
    text = (
        f"title: Bread\ncover: {{{image}}}\nsystems:\n  s: {{name: S, {image}}}\n"
        f"concepts:\n  c: {{name: C, {image}}}\n  d: D\nsteps:\n  items:\n    one: {{name: One, {image}}}\n"
        f"relations:\n  items:\n    r: {{source: c, target: d, evidence: {{text: Half, {image}}}}}\n"
    )
    found = written(tmp_path, text, a_svg=SVG)
    evidence = found.relations.items[0].evidence
    parts = (found.cover, found.systems[0], found.concepts[0], found.steps.items[0], evidence)
    assert [each.image.file.image.media for each in parts] == [Media.SVG] * 5
    assert evidence.image.key == "relations.r.evidence.image"


def test_photographs_cover_their_place_and_drawings_are_seen_whole(tmp_path):
    photo = written(tmp_path, MAP.replace("FILE", "a.jpg"), a_jpg=photograph()).cover.image
    drawing = written(tmp_path, MAP.replace("FILE", "a.svg"), a_svg=SVG).cover.image
    assert (photo.manner, drawing.manner) == (Fit.COVER, Fit.CONTAIN)


def test_an_image_without_words_is_a_finding(tmp_path):
    found = refused(tmp_path, "title: Bread\ncover:\n  image: {file: a.png}\n", a_png=quarters())
    assert (found.code, found.span.line, found.span.column) == ("missing-key", 3, 3)
    assert "`alt`" in found.message


@pytest.mark.parametrize("focus", ["left", "[1]", "[0.5, 2]", "[a, b]", "[0.1, 0.2, 0.3]", "[[0], 1]"])
def test_a_focus_that_is_no_place_in_the_image_is_a_finding(focus, tmp_path):
    text = MAP.replace("}", f", focus: {focus}}}").replace("FILE", "a.png")
    found = refused(tmp_path, text, a_png=quarters())
    assert found.code in ("wrong-kind", "bad-number")
    assert "two numbers from 0 to 1" in found.message


# --- which files ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/etc/a.png",
        "~/a.png",
        "../a.png",
        "b/../../a.png",
        "https://example.org/a.png",
        "'b\\a.png'",
        "a.bmp",
        "png",
        "b",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused_where_it_is_written(path, tmp_path):
    found = refused(tmp_path, MAP.replace("FILE", path), a_png=quarters())
    assert (found.code, found.span.line, found.span.column) == ("bad-image", *FILE_AT)


def test_a_file_that_is_not_there_is_a_finding(tmp_path):
    found = refused(tmp_path, MAP.replace("FILE", "no/such.png"))
    assert (found.code, found.span.line, found.span.column) == ("bad-image", *FILE_AT)
    assert "no/such.png" in found.message


def test_a_folder_is_no_image(tmp_path):
    (tmp_path / "bread" / "a.png").mkdir(parents=True)
    assert refused(tmp_path, MAP.replace("FILE", "a.png")).code == "bad-image"


def test_an_empty_path_and_one_that_is_no_text_are_findings(tmp_path):
    assert refused(tmp_path, MAP.replace("FILE", "''")).code == "empty-text"
    assert refused(tmp_path, MAP.replace("FILE", "[a.png]")).code == "wrong-kind"


def test_a_file_larger_than_what_is_read_is_a_finding_on_the_map(tmp_path, monkeypatch):
    monkeypatch.setattr("conceptdeck.workspace.disk.LARGEST", 300)
    found = refused(tmp_path, MAP.replace("FILE", "a.png"), a_png=quarters())
    assert (found.code, found.span.line, found.span.column) == ("bad-image", *FILE_AT)
    assert "more than 300 bytes" in found.message


BROKEN = {
    "empty": b"",
    "other": b"no image",
    "cut-png": quarters()[:300],
    "cut-jpeg": photograph()[:600],
    "cut-gif": photograph("GIF")[:60],
    "bmp": photograph("BMP"),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_a_finding(data, tmp_path):
    found = refused(tmp_path, MAP.replace("FILE", "a.png"), a_png=data)
    assert (found.code, found.span.line, found.span.column) == ("bad-image", *FILE_AT)
    assert "broken" in found.message


def test_more_pixels_than_a_camera_makes_are_refused_before_they_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(photos, "MOST_PIXELS", 79_999)
    data = encoded(Pixels.new("RGB", (400, 200), (9, 9, 9)), "PNG")
    assert "80,000" not in (found := refused(tmp_path, MAP.replace("FILE", "a.png"), a_png=data)).message
    assert "400 × 200 pixels" in found.message


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_broken_in_a_file_is_told_or_passed_over(data):
    whole = bytearray(data.draw(st.sampled_from([quarters(), noted(6, "x"), photograph("WEBP"), photograph("GIF")])))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert photo_of(bytes(whole)).width > 0
    except NotAnImage as error:
        assert error.hint


# --- photographs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_every_kind_of_file_becomes_one_that_all_programs_show(kind):
    image = photo_of(photograph(kind))
    assert image.media is (Media.JPEG if kind == "JPEG" else Media.PNG)
    assert [is_near(seen_in(image.data, x, y), c) for x, y, c in ((0.2, 0.2, RED), (0.8, 0.8, YELLOW))] == [True] * 2


def test_a_file_that_needs_no_change_keeps_its_pixels():
    assert photo_of(quarters()).data == quarters()
    assert photo_of(photograph()).data == photograph()


def test_a_photograph_taken_with_the_camera_turned_stands_upright():
    image = photo_of(noted(6, "note"))
    assert (image.width, image.height) == (200, 400)
    assert is_near(seen_in(image.data, 0.8, 0.2), RED)
    assert is_near(seen_in(image.data, 0.2, 0.8), YELLOW)


@pytest.mark.parametrize("turned", [1, 6])
def test_what_a_camera_notes_does_not_reach_the_deck(turned):
    data = noted(turned, "taken at home")
    assert b"taken at home" in data
    assert b"taken at home" not in photo_of(data).data


def test_what_a_program_notes_in_a_png_does_not_reach_the_deck():
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "somebody")
    data = encoded(Pixels.open(io.BytesIO(quarters())), "PNG", pnginfo=notes)
    assert b"somebody" in data
    assert b"somebody" not in photo_of(data).data
    assert is_near(seen_in(photo_of(data).data, 0.8, 0.2), GREEN)


def test_colours_of_print_become_those_of_screens():
    image = photo_of(profiled("CMYK"))
    with Pixels.open(io.BytesIO(image.data)) as opened:
        assert opened.mode == "RGB"
    assert is_near(seen_in(image.data, 0.2, 0.8), BLUE)


def test_a_photograph_with_a_profile_of_its_own_is_converted():
    swapped = Pixels.merge("RGB", Pixels.open(io.BytesIO(quarters())).split()[::-1])
    xyz = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    image = photo_of(encoded(swapped, "PNG", icc_profile=xyz))
    with Pixels.open(io.BytesIO(image.data)) as opened:
        assert "icc_profile" not in opened.info


def test_a_profile_of_screens_is_left_out_and_changes_nothing():
    screens = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    pixels = Pixels.open(io.BytesIO(quarters()))
    image = photo_of(encoded(pixels, "JPEG", quality=95, icc_profile=screens))
    assert image.data == encoded(pixels, "JPEG", quality=95)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_pixels_of_every_mode_are_read(mode):
    pixels = Pixels.new(mode, (20, 10), 40_000 if mode == "I;16" else None)
    with Pixels.open(io.BytesIO(photo_of(encoded(pixels, "PNG")).data)) as opened:
        assert opened.mode == ("L" if mode == "I;16" else mode)
        assert opened.size == (20, 10)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_large_photograph_is_made_as_large_as_a_slide_has_use_for(kind):
    image = photo_of(photograph(kind, 6000, 3000))
    assert (image.width, image.height) == (LONGER_SIDE, LONGER_SIDE // 2)
    assert is_near(seen_in(image.data, 0.2, 0.8), BLUE)


def test_what_shines_through_stays_so_when_it_is_made_smaller():
    image = photo_of(encoded(Pixels.new("RGBA", (4000, 10), (9, 9, 9, 60)), "PNG"))
    with Pixels.open(io.BytesIO(image.data)) as opened:
        assert opened.getchannel("A").getextrema() == (60, 60)


def test_the_same_file_makes_the_same_bytes():
    data = noted(6, "note")
    first = photo_of(data).data
    photo_of.cache_clear()
    assert photo_of(data).data == first


# --- drawings ------------------------------------------------------------------------------------


def test_a_drawing_is_handed_on_as_it_is():
    image = drawing_of(SVG.encode())
    assert (image.media, image.data, image.width, image.height) == (Media.SVG, SVG.encode(), 40, 20)
    assert is_near(seen_in(raster_of(image).data, 0.8, 0.5), BLUE)


@pytest.mark.parametrize(
    ("given_size", "size"),
    [
        ('viewBox="0 0 40 20"', (40, 20)),
        ('width="100%" height="100%" viewBox="0,0,4,2"', (4, 2)),
        ('width="96" height="48px" viewBox="0 0 1 1"', (96, 48)),
        ('width="1in" height="0.5in"', (96, 48)),
    ],
)
def test_the_size_of_a_drawing_is_what_it_says(given_size, size):
    image = drawing_of(f'<svg xmlns="http://www.w3.org/2000/svg" {given_size}/>'.encode())
    assert (image.width, image.height) == size
    made = raster_of(image)
    with Pixels.open(io.BytesIO(made.data)) as opened:
        assert opened.size == (made.width, made.height)


def many(tag: str, part: str, number: int) -> str:
    """Return an element that draws the one before it ten times."""
    return f'<{tag} id="a{number}">{part.format(number - 1) * 10}</{tag}>'


UNSAFE = {
    "script": "<script>alert(1)</script>",
    "action": '<rect onclick="alert(1)"/>',
    "page": '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
    "image": '<image href="https://example.org/a.png"/>',
    "old image": '<image xlink:href="file:///etc/passwd"/>',
    "image in it": '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
    "link": '<a href="https://example.org"><rect/></a>',
    "other file": '<use href="other.svg#a"/>',
    "style": "<style>@import url(a.css)</style>",
    "style in pieces": "<style>.a{fill:<![CDATA[url(]]>https://example.org)}</style>",
    "escaped style": r"<style>@\69mport 'a.css'</style>",
    "fill": '<rect fill="url(https://example.org/a.svg#b)"/>',
    "own style": "<rect style=\"fill: url('a.svg#b')\"/>",
    "base": '<g xml:base="https://example.org"/>',
    "moving": '<rect><animate attributeName="x" to="9"/></rect>',
    "text": "<text>a</text>",
    "filter": '<filter id="f"/>',
    "itself": '<g id="a"><use href="#a"/></g>',
    "many": '<g id="a0"/>' + "".join(many("g", '<use href="#a{}"/>', n) for n in range(1, 12)),
    "patterns": "".join(many("pattern", '<path fill="url(#a{})"/>', n) for n in range(1, 12)),
    "deep": "<g>" * 70 + "</g>" * 70,
    "parts": "<g/>" * 20_001,
}


@pytest.mark.parametrize("content", UNSAFE.values(), ids=UNSAFE)
def test_a_drawing_that_runs_loads_moves_or_multiplies_something_is_refused_at_its_line(content, tmp_path):
    found = refused(tmp_path, MAP.replace("FILE", "a.svg"), a_svg=f"{HEAD}\n{content}\n</svg>")
    assert (found.code, Path(found.span.path).name) == ("bad-image", "a.svg")
    assert found.span.line >= 2
    assert found.hints
    assert any("map.yaml:3:17" in note for note in found.notes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<svg",
        "<svg/>",
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 9"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9000 9"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" width="1e9" height="1"/>',
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG}',
        f'<?xml version="1.0"?><?xml-stylesheet href="a.css"?>{SVG}',
        f'<?xml version="1.0" encoding="utf-16"?>{SVG}',
        f"{SVG}{' ' * 2_000_000}",
    ],
)
def test_what_is_no_drawing_is_refused(text, tmp_path):
    assert refused(tmp_path, MAP.replace("FILE", "a.svg"), a_svg=text).code == "bad-image"


def test_what_drawing_programs_note_for_themselves_is_no_harm():
    noted = (
        '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" sodipodi:file="C:\\"/>'
        "<style>.a{fill:#fff}.b{fill:url(#g)}</style><defs><path id='p' d='M0 0h9v9z'/><linearGradient id='g'/></defs>"
        "<clipPath id='c'><use xlink:href='#p'/></clipPath><g clip-path='url(#c)'><use href='#p'/></g>"
        "<image width='9' height='9' href='data:image/png;base64,iVBORw0KGgo='/>"
    )
    assert drawing_of(f"{HEAD}{noted}</svg>".encode()).width == 40
