"""Pictures as readers see them: in Chromium, light and dark, as images and inlined, in any font; and in librsvg."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from conceptdeck.building.diagrams import Sheet
from conceptdeck.render.vector.svg import write_svg
from support.decks import ROOT
from support.drawn import DESIGNS, WEB, WORLD, Rect, ink, named, rect, shapes_of, sheet_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MAPS = {"world-models": WORLD, "web-platform": WEB}
GROUND = (0x12, 0x8A, 0x5C)  # no theme has this colour
FACES = {"narrow": "carlito/Carlito", "usual": "arimo/Arimo", "wide": "noto-sans/NotoSans"}
SEEN = """() => { const edges = element => {
  const box = element.getBBox();
  return [box.x, box.y, box.x + box.width, box.y + box.height];
};
return [...document.querySelectorAll('svg')].map(svg => ({
  id: svg.id,
  box: svg.viewBox.baseVal && [0, 0, svg.viewBox.baseVal.width, svg.viewBox.baseVal.height],
  groups: [...svg.querySelectorAll('g[data-key]')].map(g => ({
    key: g.dataset.key,
    areas: [...g.querySelectorAll('rect, ellipse')].map(edges),
    texts: [...g.querySelectorAll('text')].map(edges),
  })),
}));
}"""
SELECTED = """() => [...document.querySelectorAll('svg text')].map(text => {
  const range = document.createRange(), selection = window.getSelection();
  range.selectNodeContents(text);
  selection.removeAllRanges();
  selection.addRange(range);
  return [text.textContent, selection.toString()];
})"""


@cache
def sheet(name: str, theme: str) -> Sheet:
    return sheet_of(MAPS[name], theme)


@cache
def pictures(theme: str) -> dict[str, str]:
    """Return every shipped picture in one theme, by map and id."""
    found = {}
    for name in MAPS:
        shown = sheet(name, theme)
        found |= {f"{name}/{drawing.id}": write_svg(drawing, shown.theme) for drawing in shown.drawings}
    return found


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Return `opened(body, ...)`: a page on a ground of its own; whatever it complains about fails the test."""
    contexts, complaints = [], []

    def open_(body: str, *, scheme: str = "light", style: str = "") -> Page:
        context = browser.new_context(color_scheme=scheme, viewport={"width": 900, "height": 700})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("requestfailed", lambda request: complaints.append(request.url[:200]))
        page.on("request", lambda request: complaints.append(request.url) if request.url.startswith("http") else None)
        ground = f"html{{background:rgb{GROUND};color-scheme:light dark}}svg,img{{display:block;width:700px}}"
        path = tmp_path / f"{len(contexts)}.html"
        head = f"<!doctype html><meta charset=utf-8><title>x</title><style>{ground}{style}</style>"
        path.write_text(f"{head}{body}", encoding="utf-8")
        page.goto(path.as_uri())
        page.evaluate("document.fonts.ready.then(() => 0)")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def colours(page: Page, selector: str) -> dict[tuple[int, ...], int]:
    image = Image.open(io.BytesIO(page.locator(selector).first.screenshot())).convert("RGB")
    return {colour: count for count, colour in image.getcolors(image.width * image.height)}


def rgb(code: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(code))


# --- as an image -------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", DESIGNS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_picture_is_seen_as_an_image_in_the_colours_of_its_surroundings(opened, tmp_path, theme, scheme):
    tags = []
    for key, text in pictures(theme).items():
        path = tmp_path / f"{key.replace('/', '-')}.svg"
        path.write_text(text, encoding="utf-8")
        tags.append(f'<img id="{path.stem}" src="{path.name}" alt="">')
    page = opened("\n".join(tags), scheme=scheme)
    sizes = page.evaluate("[...document.images].map(image => [image.complete, image.naturalWidth])")
    assert sizes == [
        [True, int(float(re.search(r" width=\"([0-9.]+)\"", text)[1]))] for text in pictures(theme).values()
    ]
    palette = sheet("world-models", theme).theme.palette(dark=scheme == "dark")
    for name in ("hierarchy", "relations", "flow", "bridge"):
        found = colours(page, f"#world-models-{name}")
        behind = GROUND if scheme == "light" else rgb(palette["page"])
        assert found[behind] > 1_000, "what should be behind the picture does not show"
        assert found[rgb(palette["card"])] > 1_000 or name == "bridge", name  # a table has no cards
        assert found[rgb(palette["ink"])] > 20, name


# --- within a page -----------------------------------------------------------------------------------


def inlined(theme: str) -> str:
    return "\n".join(pictures(theme).values())


def test_every_text_of_an_inlined_picture_can_be_selected(opened):
    found = opened(inlined("atlas")).evaluate(SELECTED)
    assert len(found) > 200
    for text, selected in found:
        assert re.sub(r"\s", "", selected) == re.sub(r"\s", "", text)


def test_pictures_of_all_themes_in_one_page_share_no_id_and_keep_their_own_colours(opened):
    together = opened("\n".join(map(inlined, DESIGNS)))
    ids = together.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert len(ids) == len(set(ids)) > 100
    looks = """() => Object.fromEntries([...document.querySelectorAll('svg')].map(svg => [svg.id,
      [...svg.querySelectorAll('rect, path, tspan, text')].map(each => {
        const style = getComputedStyle(each);
        return [style.fill, style.stroke, style.fontFamily, style.fontSize, style.fontWeight].join();
      })]))"""
    seen = together.evaluate(looks)
    for theme in DESIGNS:
        alone = opened(inlined(theme)).evaluate(looks)
        assert alone == {id_: seen[id_] for id_ in alone}


def test_the_rules_of_a_page_leave_a_picture_as_it_is(opened):
    plain = opened(inlined("atlas")).evaluate(SEEN)
    style = "*{letter-spacing:3px;text-transform:uppercase} text{font-size:40px;fill:red} rect{fill:red}"
    assert opened(inlined("atlas"), style=style).evaluate(SEEN) == plain


# --- with other fonts --------------------------------------------------------------------------------


def faces(name: str) -> str:
    """Return rules that put a face of the repository in the place of every font that pictures name."""
    rules = []
    for family in ("Calibri", "Arial", "Georgia"):
        for bold in (False, True):
            path = ROOT / "themes" / "fonts" / f"{FACES[name]}-{'Bold' if bold else 'Regular'}.ttf"
            data = base64.b64encode(path.read_bytes()).decode()
            weight = "bold" if bold else "normal"
            source = f"url(data:font/ttf;base64,{data})"
            rules.append(f"@font-face{{font-family:{family};font-weight:{weight};src:{source}}}")
    return "".join(rules)


def met(pictures_seen: list[dict]) -> list[str]:
    """Return what runs out of its shape or of the picture, or into another text or node."""
    found = []
    for picture in pictures_seen:
        whole = Rect(*picture["box"])
        texts, nodes = [], []
        for group in picture["groups"]:
            own = [_lines(Rect(*each)) for each in group["texts"]]
            areas = [Rect(*each) for each in group["areas"]]
            found += [f"{group['key']} leaves the picture" for text in own if not text.within(whole)]
            if own and areas:
                found += [f"{group['key']} leaves its shape" for text in own if not text.within(areas[0])]
                nodes.append((group["key"], areas[0]))
            texts += [(group["key"], text) for text in own]
        for (one, a), (other, b) in combinations(texts, 2):
            if one != other and a.shares(b):
                found.append(f"{one} and {other} meet")
        for key, text in texts:
            found += [f"{key} lies on {other}" for other, node in nodes if other != key and text.shares(node)]
    return found


def _lines(box: Rect) -> Rect:
    """Return the box of a text without the air that fonts have above and below."""
    return Rect(box.left, box.top + 3, box.right, box.bottom - 3)


def test_the_faces_are_as_wide_as_they_are_called(opened):
    widths = []
    for face in FACES:
        page = opened(inlined("atlas"), style=faces(face))
        page.evaluate("Promise.all([...document.fonts].map(face => face.load())).then(() => 0)")
        texts = [text for picture in page.evaluate(SEEN) for group in picture["groups"] for text in group["texts"]]
        widths.append(sum(right - left for left, _, right, _ in texts))
    narrow, usual, wide = widths
    assert 1.05 * narrow < usual
    assert 1.1 * narrow < wide


@pytest.mark.parametrize(
    ("theme", "face"), [(theme, "wide") for theme in DESIGNS] + [("atlas", face) for face in (None, "narrow", "usual")]
)
def test_no_text_leaves_its_place_whatever_font_the_reader_has(opened, theme, face):
    page = opened(inlined(theme), style=faces(face) if face else "")
    page.evaluate("Promise.all([...document.fonts].map(face => face.load())).then(() => 0)")
    assert met(page.evaluate(SEEN)) == []


# --- in librsvg --------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", DESIGNS)
def test_librsvg_draws_every_picture_with_its_ink_where_it_should_be(librsvg, theme):
    for name in MAPS:
        shown = sheet(name, theme)
        palette = shown.theme.palette(dark=False)
        for drawing in shown.drawings:
            image = librsvg(pictures(theme)[f"{name}/{drawing.id}"])
            assert (image.width, image.height) == (drawing.size.w.px, pytest.approx(drawing.size.h.px, abs=1)), (
                drawing.id
            )
            assert image.getpixel((0, 0))[3] == 0, "the ground is not transparent"
            card = rgb(palette["card"])
            for shape in shapes_of(drawing):
                if shape.fill and shape.fill.slot == "card":
                    box = rect(shape)
                    assert image.getpixel((round(box.left) + 5, round(box.bottom) - 8))[:3] == card, shape.name
                if shape.text:
                    place = image.crop([round(edge) for edge in ink(shape, shown.theme)])
                    assert len({colour for _, colour in place.getcolors(place.width * place.height)}) > 4, shape.name


def test_the_relations_are_drawn_where_the_edges_lead(librsvg):
    drawing = named(sheet("world-models", "atlas"), "relations")
    image = librsvg(pictures("atlas")["world-models/relations"])
    for route in (item for item in drawing.items if not hasattr(item, "box")):
        x, y = route.points[0]
        around = image.crop([round(x.px) - 4, round(y.px) - 4, round(x.px) + 4, round(y.px) + 4])
        assert any(colour[3] for _, colour in around.getcolors(64)), route.name
