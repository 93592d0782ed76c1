"""The same SVG in other programs: librsvg, CairoSVG, WeasyPrint, svglib, and Chromium on pages that know no dark."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

from conceptdeck.building.diagrams import Sheet
from conceptdeck.render.vector.png import write_png
from conceptdeck.render.vector.svg import write_svg
from conceptdeck.values.frame import Drawing
from support.drawn import Rect, ink, named, path_of, rect, routes_of, shapes_of, sheet_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROGRAMS = ("librsvg", "cairosvg", "weasyprint", "svglib")
# Bands and boxes; edges with arrowheads and dashes; numbers and two faces: each in a theme of its own, as drawing takes
# the programs a second.
SHOWN = {"relations": "atlas", "hierarchy": "orbit", "flow": "beacon"}
OUTER = 8  # px that a PNG of ours is wider on each side
NEAR = 4  # how far a colour may be off in red, green or blue
READABLE = 4.5


@cache
def sheet(theme: str) -> Sheet:
    return sheet_of(theme=theme, only=tuple(SHOWN), every_concept=False)


def ours(drawing: Drawing, theme: str) -> Image.Image:
    """Return our own picture, on white as the others."""
    shown, white = sheet(theme), {"page": "FFFFFF"}
    design = replace(shown.theme, colours={**shown.theme.colours, **white}, opposite={**shown.theme.opposite, **white})
    image = Image.open(io.BytesIO(write_png(drawing, design, shown.book, False, scale=1))).convert("RGB")
    return ImageOps.crop(image, OUTER)


def rgb(code: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(code))


def is_near(found: tuple[int, ...], wanted: tuple[int, ...], reach: int = NEAR) -> bool:
    return all(abs(a - b) <= reach for a, b in zip(found[:3], wanted, strict=True))


def count_near(image: Image.Image, place: Rect, colour: tuple[int, ...], reach: int = NEAR) -> int:
    """Return how many pixels of a place have nearly a colour."""
    part = image.crop([round(edge) for edge in place])
    return sum(count for count, found in part.getcolors(part.width * part.height) if is_near(found, colour, reach))


@pytest.fixture(params=PROGRAMS)
def program(request: pytest.FixtureRequest) -> Callable[[str], Image.Image]:
    """Return `drawn(svg)`: a picture on white as one of the programs draws it."""
    draw = request.getfixturevalue(request.param)

    def drawn(svg: str) -> Image.Image:
        image = draw(svg).convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")

    return drawn


@pytest.mark.parametrize(("name", "theme"), SHOWN.items())
def test_every_program_draws_the_picture_as_we_do(program, name: str, theme: str) -> None:
    drawing, design = named(sheet(theme), name), sheet(theme).theme
    image = program(write_svg(drawing, design))
    whole = ours(drawing, theme)
    assert (image.width, image.height) == (pytest.approx(whole.width, abs=1), pytest.approx(whole.height, abs=1))
    palette = {slot: rgb(code) for slot, code in design.palette(dark=False).items()}
    for shape in shapes_of(drawing):
        if shape.fill and shape.fill.alpha == 1:
            place = rect(shape)
            inside = image.getpixel((round(place.left) + 5, round(place.bottom) - 8))
            assert is_near(inside, palette[shape.fill.slot]), f"{shape.name} has another colour: {inside}"
        if shape.text:
            slot = shape.text.paragraphs[0].runs[0].slot
            place = ink(shape, design)
            wanted = count_near(whole, place, palette[slot], 60)
            assert count_near(image, place, palette[slot], 60) > 0.4 * wanted, f"the text of {shape.name} is not there"
    for route in routes_of(drawing):
        stroke, (x, y) = palette[route.stroke.slot], path_of(route)[0]
        assert count_near(image, Rect(x - 6, y - 6, x + 6, y + 6), stroke, 90), f"{route.name} does not begin there"
    # seen from afar both are one picture: other fonts change little, a lost colour or place much
    soft, own = (each.resize((70, 50)).filter(ImageFilter.GaussianBlur(1)) for each in (image, whole))
    assert max(ImageStat.Stat(ImageChops.difference(soft, own)).mean) < 4


# --- in Chromium, on pages that follow the reader and on pages that do not -----------------------------------------

PAGES = {
    "that declares nothing": "html{background:#fff}",
    "that follows the reader": (
        "html{color-scheme:light dark;background:#fff}@media(prefers-color-scheme:dark){html{background:#101010}}"
    ),
    "that is always light": "html{color-scheme:light;background:#fff}",
}


def luminance(colour: tuple[int, ...]) -> float:
    shares = [value / 255 for value in colour[:3]]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def screenshot(browser: Browser, svg: str, style: str, scheme: str, *, inline: bool) -> Image.Image:
    """Return a picture as a page shows it, at its own size, twice as sharp: thin letters have their full colour."""
    data = base64.b64encode(svg.encode()).decode()
    shown = svg if inline else f'<img alt="" src="data:image/svg+xml;base64,{data}">'
    context = browser.new_context(color_scheme=scheme, device_scale_factor=2, viewport={"width": 900, "height": 900})
    try:
        page = context.new_page()
        page.set_content(f"<!doctype html><style>{style}body{{margin:0}}svg,img{{display:block}}</style>{shown}")
        page.evaluate("Promise.all([...document.images].map(image => image.decode())).then(() => 0)")
        return Image.open(io.BytesIO(page.locator("svg, img").first.screenshot())).convert("RGB")
    finally:
        context.close()


@pytest.mark.parametrize("theme", ["atlas", "orbit"])
@pytest.mark.parametrize("inline", [True, False], ids=["inlined", "as an image"])
@pytest.mark.parametrize("kind", PAGES)
def test_every_text_can_be_read_in_the_dark_on_a_page(browser, kind: str, inline: bool, theme: str) -> None:
    drawing = named(sheet(theme), "relations")
    image = screenshot(browser, write_svg(drawing, sheet(theme).theme), PAGES[kind], "dark", inline=inline)
    for shape in (each for each in shapes_of(drawing) if each.text):
        part = image.crop([round(edge * 2) for edge in ink(shape, sheet(theme).theme)])
        found = part.getcolors(part.width * part.height)
        ground = max(found)[1]
        solid = [colour for count, colour in found if count > 3]
        assert max(contrast(ground, colour) for colour in solid) >= READABLE, f"{shape.name} on a page {kind}"


@pytest.mark.parametrize("inline", [True, False], ids=["inlined", "as an image"])
def test_a_light_page_shows_through_and_a_dark_one_gets_the_ground_of_the_night(browser, inline: bool) -> None:
    svg, palette = write_svg(named(sheet("atlas"), "relations"), sheet("atlas").theme), sheet("atlas").theme.palette
    style = "html{color-scheme:light dark;background:#c0ffee}"
    light = screenshot(browser, svg, style, "light", inline=inline)
    dark = screenshot(browser, svg, style, "dark", inline=inline)
    assert light.getpixel((40, 40)) == (0xC0, 0xFF, 0xEE)
    assert dark.getpixel((40, 40)) == rgb(palette(dark=True)["page"])


def test_print_is_light_whatever_the_reader_likes(browser) -> None:
    svg, palette = write_svg(named(sheet("atlas"), "relations"), sheet("atlas").theme), sheet("atlas").theme.palette
    context = browser.new_context(color_scheme="dark")
    try:
        page = context.new_page()
        page.set_content(f"<!doctype html><style>html{{color-scheme:light dark}}</style>{svg}")
        page.emulate_media(media="print")
        fill = page.evaluate("getComputedStyle(document.querySelector('svg .cd-fill-ink')).fill")
        ground = page.evaluate("getComputedStyle(document.querySelector('svg .cd-ground')).fill")
    finally:
        context.close()
    assert fill == "rgb({}, {}, {})".format(*rgb(palette(dark=False)["ink"]))
    assert ground == "none"
