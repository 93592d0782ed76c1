"""The gallery: what it says, what it refuses, and how it works in a browser, without a mouse and without a script."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from lxml import html
from markdown_it import MarkdownIt
from PIL import Image, ImageChops

from conceptdeck.reading.theme import load_theme
from conceptdeck.render.web.gallery import Exhibit, Gallery, write_gallery
from conceptdeck.render.web.page import Page as Assets
from conceptdeck.values.colour import contrast
from conceptdeck.workspace import places
from support.decks import THEMES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

ASSETS = Assets(*places.page_assets("gallery"))
ALL = ("svg", "png", "png-dark", "pdf", "gv")
ENDS = {"svg": ".svg", "svg-narrow": "-narrow.svg", "png": ".png", "png-dark": "-dark.png", "pdf": ".pdf", "gv": ".gv"}
HOSTILE = (
    "<script>alert(1)</script>",
    '" onload="alert(1)',
    "</textarea><img src=x onerror=alert(1)>",
    "</title><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "--><!--",
    "![x](javascript:alert(1))",
    "&lt;b&gt;",
)
AWKWARD = (
    "C:\\", "\\N", "<lambda> <map>", "&copy;", "R&D", '"quoted"', "a:b", "{count}", "_x000D_", "it's", "a\u00a0b",
    "soft\u00adhyphen", "👩‍🚀", "e\u0301", "W" * 5000, "لغة Genie 3 و 2026", "ภาษาไทยไม่มีช่องว่าง", "日本語「全角」。",
    "1. not a list", "12) not a list", "# not a heading", "- not a list", "+ not a list", "=== not a rule",
    "* not a list", "> not a quote", "`code` *em* _em_ **b** ~~s~~", "[link](x) ![image](y)", "a | b", "$x$", "<http://x.y>",
    ":::", "snake_case_name", "1.0 is a number", "\\*", "![", "]",
)  # fmt: skip
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 {height}" width="700" height="{height}">
<style>svg {{ --ink: #202020; --box: #ffffff }}
@media (prefers-color-scheme: dark) {{ svg {{ --ink: #f0f0f0; --box: #303030 }} }}
rect {{ fill: var(--box); stroke: var(--ink) }} text {{ fill: var(--ink) }}</style>
<rect x="20" y="20" width="660" height="{inner}" rx="8"/><text x="60" y="90" font-size="40">{text}</text>
</svg>
"""


def exhibit(key: str = "hierarchy", language: str = "en", formats: tuple[str, ...] = ALL, **changes: object) -> Exhibit:
    """Return a picture whose texts name its key and language."""
    plain = Exhibit(
        id=key,
        title=f"Title of {key} ({language})",
        caption=f"Caption of {key} ({language}).",
        alt=f"Drawing of {key} ({language}).",
        language=language,
        language_name={"en": "English", "de": "Deutsch", "ar": "العربية"}[language],
        width=700,
        height=300,
        files=tuple((each, f"{language}/diagrams/{key.replace(':', '-')}{ENDS[each]}") for each in formats),
    )
    return replace(plain, **changes)


def gallery(*pictures: Exhibit, title: str = "A map", language: str = "en") -> Gallery:
    return Gallery(title, language, pictures)


def page_of(shown: Gallery, theme: str = THEMES[0]) -> str:
    return write_gallery(shown, load_theme(theme, places.find_theme), ASSETS)


def tree_of(shown: Gallery) -> html.HtmlElement:
    return html.fromstring(page_of(shown).encode(), parser=html.HTMLParser(encoding="utf-8"))


def snippets(tree: html.HtmlElement) -> dict[str, str]:
    return {each.get("id"): each.text for each in tree.iter("textarea")}


SEVERAL = gallery(*(exhibit(key, code) for key in ("hierarchy", "concept:genie-3") for code in ("en", "de", "ar")))


# --- what is written -----------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_two_pages_are_the_same_bytes(theme: str) -> None:
    assert page_of(SEVERAL, theme) == page_of(SEVERAL, theme)


def test_page_loads_nothing_but_the_pictures() -> None:
    page = page_of(SEVERAL)
    assert "http:" not in page
    assert "https:" not in page
    assert not re.search(r"url\(|@import|<link|<iframe|<object|<embed|\son\w+=|\sstyle=", page)
    assert "default-src 'none'" in page


def test_ids_are_unique_and_references_lead_somewhere() -> None:
    tree = tree_of(SEVERAL)
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    assert [each for each, count in Counter(ids).items() if count > 1] == []
    referred = [name for each in tree.iter() for name in (each.get("for"), each.get("aria-labelledby")) if name]
    referred += [each.get("data-copies") for each in tree.iter("button")]
    referred += [unquote(each.get("href")[1:]) for each in tree.iter("a") if each.get("href").startswith("#")]
    assert set(referred) <= set(ids)


def test_every_file_is_offered_and_no_other_is_named() -> None:
    tree = tree_of(SEVERAL)
    paths = {path for each in SEVERAL.pictures for _, path in each.files}
    offered = {unquote(each.get("href")) for each in tree.iter("a") if each.get("download") is not None}
    assert offered == paths
    assert {unquote(each.get("src")) for each in tree.iter("img")} <= paths


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    tree = tree_of(gallery(exhibit(title=text, caption=text, alt=text, language_name=text), title=text))
    assert tree.findtext(".//h1") == text
    assert tree.findtext(".//h2") == text
    assert tree.find(".//p[@class='caption']").text == text
    assert tree.find(".//main//img").get("alt") == text
    assert len(list(tree.iter("script"))) == 1
    assert [each.tag for each in tree.iter("img", "svg")] == ["img"] * 3
    assert not [name for each in tree.iter() for name in each.attrib if name.startswith("on")]
    figure = html.fromstring(snippets(tree)["hierarchy.en.html"])
    assert [each.tag for each in figure.iter()] == ["figure", "img", "figcaption"]


@pytest.mark.parametrize("path", ["../x.svg", "/x.svg", "//host/x.svg", "en//x.svg", "./x.svg", ""])
def test_files_outside_the_gallery_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="below the gallery"):
        page_of(gallery(exhibit(files=(("svg", path),))))


@pytest.mark.parametrize("changes", [{"id": 'x" onload="'}, {"id": ""}, {"language": "en us"}, {"language": ""}])
def test_ids_and_languages_that_are_not_plain_are_refused(changes: dict) -> None:
    with pytest.raises(ValueError, match="not a plain id and language"):
        page_of(gallery(replace(exhibit(), **changes)))


def test_same_picture_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="there twice"):
        page_of(gallery(exhibit(), exhibit()))


@pytest.mark.parametrize("name", ["javascript:alert(1).svg", "a b.svg", "ü,%23?.svg", "a(b)[c].svg", 'x" onload=".svg'])
def test_names_of_files_arrive_in_links_and_snippets(name: str) -> None:
    path = f"en/{name}"
    tree = tree_of(gallery(exhibit(files=(("svg", path),))))
    sources = [each.get("src") for each in tree.iter("img")]
    sources.append(html.fromstring(snippets(tree)["hierarchy.en.html"]).find(".//img").get("src"))
    sources.append(picture_in(snippets(tree)["hierarchy.en.markdown"]).attrs["src"])
    assert [unquote(each) for each in sources] == [path] * 5
    assert not any(re.search(r"[:\s\"()]", each) for each in sources)


# --- snippets ------------------------------------------------------------------------------------


def picture_in(markdown: str):
    """Return the picture that a CommonMark parser finds; it must stand alone in the first paragraph."""
    [image] = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)[1].children
    assert image.type == "image"
    return image


@pytest.mark.parametrize("text", AWKWARD + HOSTILE)
def test_html_snippet_gives_back_alt_text_and_caption(text: str) -> None:
    figure = html.fromstring(snippets(tree_of(gallery(exhibit(alt=text, caption=text))))["hierarchy.en.html"])
    image = figure.find(".//img")
    assert image.get("alt") == text
    assert figure.findtext(".//figcaption") == text
    assert {name: image.get(name) for name in ("width", "height", "loading", "src")} == {
        "width": "700", "height": "300", "loading": "lazy", "src": "en/diagrams/hierarchy.svg",
    }  # fmt: skip


@pytest.mark.parametrize("text", AWKWARD + HOSTILE)
def test_markdown_snippet_gives_back_alt_text_and_caption(text: str) -> None:
    markdown = snippets(tree_of(gallery(exhibit(alt=text, caption=text))))["hierarchy.en.markdown"]
    assert "".join(each.content for each in picture_in(markdown).children) == text
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)
    assert [each.type for each in tokens] == ["paragraph_open", "inline", "paragraph_close"] * 2
    assert {each.type for each in tokens[4].children} <= {"text", "text_special"}
    assert "".join(each.content for each in tokens[4].children) == text


def test_line_breaks_become_spaces_in_snippets() -> None:
    found = snippets(tree_of(gallery(exhibit(alt=" one\r\ntwo\n\nthree\tfour ", caption="one\n\n# two"))))
    assert 'alt="one two three four"' in found["hierarchy.en.html"]
    assert found["hierarchy.en.markdown"] == "![one two three four](en/diagrams/hierarchy.svg)\n\none # two"


def test_without_a_caption_nothing_stands_for_one() -> None:
    tree = tree_of(gallery(exhibit(caption="")))
    found = snippets(tree)
    assert "figcaption" not in found["hierarchy.en.html"]
    assert found["hierarchy.en.markdown"] == "![Drawing of hierarchy (en).](en/diagrams/hierarchy.svg)"
    assert tree.find(".//p[@class='caption']") is None


def test_pictures_that_cannot_turn_dark_come_in_two_versions() -> None:
    tree = tree_of(gallery(exhibit(formats=("png", "png-dark"))))
    assert [each.get("src").rpartition("/")[2] for each in tree.iterfind(".//main//img")] == [
        "hierarchy.png", "hierarchy-dark.png",
    ]  # fmt: skip
    assert tree.find(".//nav//source").get("srcset") == "en/diagrams/hierarchy-dark.png"
    figure = html.fromstring(snippets(tree)["hierarchy.en.html"])
    assert figure.find("./picture/source").attrib == {
        "srcset": "en/diagrams/hierarchy-dark.png", "media": "(prefers-color-scheme: dark)",
    }  # fmt: skip
    assert figure.find("./picture//img").get("src") == "en/diagrams/hierarchy.png"


def test_what_no_browser_shows_is_offered_without_a_picture() -> None:
    tree = tree_of(gallery(exhibit(formats=("pdf", "gv"))))
    assert (list(tree.iter("img")), snippets(tree)) == ([], {})
    assert "neither SVG nor PNG" in tree.findtext(".//p[@class='nothing']")
    assert len([each for each in tree.iter("a") if each.get("download") is not None]) == 2


def test_each_text_says_its_language_and_direction() -> None:
    tree = tree_of(SEVERAL)
    arabic = [each for each in tree.iter("img") if "(ar)" in each.get("alt")]
    assert [(each.get("lang"), each.get("dir")) for each in arabic] == [("ar", "rtl")] * 4
    assert [(each.get("lang"), each.get("dir")) for each in tree.findall(".//nav//span[@lang='ar']")] == [
        ("ar", "rtl")
    ] * 2
    captions = [(each.get("lang"), each.get("dir")) for each in tree.findall(".//p[@class='caption']")]
    assert captions == [("en", None), ("de", None), ("ar", "rtl")] * 2
    assert '<figure lang="ar" dir="rtl">' in snippets(tree)["hierarchy.ar.html"]


def test_script_and_style_are_those_that_the_policy_allows() -> None:
    """Nothing may come between the tags and the text that was hashed."""
    page = page_of(SEVERAL)
    assert f"<script>{ASSETS.script}</script>" in page
    assert "</" not in ASSETS.script
    assert page.count("'sha256-") == 2


# --- in a browser --------------------------------------------------------------------------------


@dataclass
class Desk:
    """A folder with galleries, and a browser to open them in."""

    folder: Path
    context: Callable[..., BrowserContext]

    def write(self, shown: Gallery) -> Path:
        for each in shown.pictures:
            for label, name in each.files:
                path = self.folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                if label.startswith("png"):
                    ground = "#202020" if label == "png-dark" else "#f0f0f0"
                    Image.new("RGB", (2 * each.width, 2 * each.height), ground).save(path)
                else:
                    text = DRAWING.format(height=each.height, inner=each.height - 40, text=each.language)
                    path.write_text(text, encoding="utf-8")
        page = self.folder / "index.html"
        page.write_text(page_of(shown), encoding="utf-8", newline="\n")
        return page

    def open(self, shown: Gallery, **options: object) -> Page:
        page = self.context(**options).new_page()
        page.goto(self.write(shown).as_uri())
        return page


@pytest.fixture
def desk(browser: Browser, tmp_path: Path) -> Iterator[Desk]:
    """Return a desk that fails the test if a page complains, or asks for anything but files."""
    contexts, complaints = [], []

    def context(**options: object) -> BrowserContext:
        made = browser.new_context(**options)
        made.on("console", lambda message: complaints.append(message.text))
        made.on("weberror", lambda error: complaints.append(str(error.error)))
        made.on("dialog", lambda dialog: complaints.append(dialog.message))
        made.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
        made.on("request", lambda request: request.url.startswith("file:") or complaints.append(request.url))
        contexts.append(made)
        return made

    yield Desk(tmp_path, context)
    for each in contexts:
        each.close()
    assert complaints == []


ONE = gallery(exhibit(), exhibit("relations"))
SLIM = gallery(exhibit(formats=(*ALL, "svg-narrow"), narrow=(352, 480)), exhibit("relations"))
FOCUSED = """() => {
    const it = document.activeElement, shown = it.matches("input") ? it.nextElementSibling : it;
    const box = shown.getBoundingClientRect(), style = getComputedStyle(shown);
    return {
        name: it.id || it.dataset.copies || it.getAttribute("href") || it.tagName,
        ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        inside: box.width > 20 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight,
    };
}"""


def stops(page: Page) -> list[dict]:
    """Return what the tab key reaches, until it leaves the page."""
    found = []
    while not found or found[-1]["name"] != "BODY":
        page.keyboard.press("Tab")
        found.append(page.evaluate(FOCUSED))
        assert len(found) < 100
    return found[:-1]


def test_tab_reaches_everything_in_order_and_shows_where_it_is(desk: Desk) -> None:
    page = desk.open(ONE, reduced_motion="reduce")  # or the page would still be scrolling
    found = stops(page)
    expected = ["#main", "#diagram-hierarchy", "#diagram-relations"]
    for each in ONE.pictures:
        expected += [f"ground.{each.id}.light", *(path for _, path in each.files)]
        expected += [f"{each.id}.en.{kind}" for kind in ("html", "markdown")]
        expected += ["SUMMARY", "#index"]
    assert [each["name"] for each in found] == expected
    assert [each["name"] for each in found if each["ring"] < 2 or not each["inside"]] == []


def test_skip_link_leads_past_the_contents(desk: Desk) -> None:
    page = desk.open(ONE)
    page.keyboard.press("Tab")
    assert page.get_by_role("link", name="Skip to the pictures").is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == "ground.hierarchy.light"


@pytest.mark.parametrize("kind", ["HTML", "Markdown"])
def test_copy_button_copies_by_keyboard_and_says_so(desk: Desk, kind: str) -> None:
    page = desk.open(ONE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name=f"Copy {kind} of Title of relations (en) (English)", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("Copied", exact=True).wait_for(state="attached")
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == page.locator(f"#relations\\.en\\.{kind.lower()}").input_value()
    )
    assert page.evaluate(FOCUSED)["name"] == f"relations.en.{kind.lower()}"
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"


NO_CLIPBOARD = "Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });"


def test_copy_button_works_without_the_clipboard_interface(desk: Desk) -> None:
    page = desk.open(ONE)
    page.evaluate("window.reader = navigator.clipboard")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(NO_CLIPBOARD)
    page.get_by_role("button", name="Copy HTML of Title of hierarchy").press("Space")
    page.get_by_role("status").get_by_text("Copied", exact=True).wait_for(state="attached")
    assert page.evaluate("reader.readText()") == page.locator("#hierarchy\\.en\\.html").input_value()


def test_snippet_is_selected_where_nothing_may_be_copied(desk: Desk) -> None:
    page = desk.open(ONE)
    page.evaluate(NO_CLIPBOARD)
    page.evaluate("document.execCommand = () => false")
    page.get_by_role("button", name="Copy HTML of Title of hierarchy").press("Enter")
    page.get_by_role("status").get_by_text("Selected: press Ctrl+C").wait_for(state="attached")
    selected = page.evaluate(
        "(it => it.value.slice(it.selectionStart, it.selectionEnd))(document.activeElement)",
    )
    assert selected == page.locator("#hierarchy\\.en\\.html").input_value()


def chosen(page: Page, what: str, value: str, diagram: str = "hierarchy") -> None:
    """Choose a tab of a diagram."""
    page.locator(f'[name="{what}.{diagram}"][value="{value}"]').check()


def drawn(page: Page, ground: str) -> Image.Image:
    chosen(page, "ground", ground)
    picture = page.locator(f".{ground} img").first
    picture.scroll_into_view_if_needed()
    picture.evaluate("each => each.decode()")
    shot = Image.open(io.BytesIO(picture.screenshot())).convert("RGB")
    return shot.crop((2, 2, 698, 298))  # pixels at its edge may belong to the page, too


def lightness(image: Image.Image) -> float:
    small = image.convert("L").resize((1, 1), Image.Resampling.BOX)
    return float(small.getpixel((0, 0)))


def until(arrived: Callable[[], bool]) -> None:
    """Wait for what a browser does in its own time; what never comes ends with the time of the test."""
    while not arrived():
        pass


def seen(page: Page, selector: str) -> list[Locator]:
    return [each for each in page.locator(selector).all() if each.is_visible()]


@pytest.mark.parametrize("formats", [ALL, ("png", "png-dark")])
def test_pictures_are_light_on_light_and_dark_on_dark_whatever_the_page_is(desk: Desk, formats: tuple) -> None:
    shown = gallery(exhibit(formats=formats))
    by_day, by_night = (desk.open(shown, color_scheme=scheme) for scheme in ("light", "dark"))
    light, dark = drawn(by_day, "light"), drawn(by_day, "dark")
    assert lightness(light) > 200
    assert lightness(dark) < 80
    for ground, expected in (("light", light), ("dark", dark)):
        assert ImageChops.difference(drawn(by_night, ground), expected).getbbox() is None
    assert lightness(Image.open(io.BytesIO(by_day.screenshot()))) > lightness(
        Image.open(io.BytesIO(by_night.screenshot()))
    )


@pytest.mark.parametrize("scripted", [True, False])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_opens_in_the_language_of_the_map_and_the_scheme_of_the_reader(desk: Desk, scheme, scripted) -> None:
    page = desk.open(SEVERAL, color_scheme=scheme, java_script_enabled=scripted)
    assert [each.get_attribute("alt") for each in seen(page, "main img")] == [
        f"Drawing of {key} (en)." for key in ("hierarchy", "concept:genie-3")
    ]
    assert {scheme in (each.get_attribute("class") or "") for each in seen(page, ".ground")} == {True}
    assert len(seen(page, "nav a")) == 2
    tabs = 'section [name^="ground."]:checked'
    assert {each.get_attribute("value") for each in page.locator(tabs).all()} == ({scheme} if scripted else set())


def test_tabs_follow_a_reader_who_turns_the_system_dark(desk: Desk) -> None:
    page = desk.open(ONE, color_scheme="light")
    page.emulate_media(color_scheme="dark")
    assert page.locator('[value="dark"]:checked').count() == 2
    assert len(seen(page, ".dark")) == 2


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_pictures_keep_their_full_width_on_every_screen_and_are_moved_where_it_is_too_narrow(desk: Desk, width) -> None:
    page = desk.open(ONE, viewport={"width": width, "height": 900})
    boxes = [each.bounding_box() for each in seen(page, "main img")]
    assert [(each["width"], each["height"]) for each in boxes] == [(700, 300)] * 2
    ground = page.locator(".light").first
    assert ground.evaluate("it => it.scrollWidth > it.clientWidth") == (width < 700)
    assert ground.get_attribute("tabindex") == ("0" if width < 700 else None)
    if width < 700:
        ground.focus()
        page.keyboard.press("ArrowRight")
        until(lambda: ground.evaluate("it => it.scrollLeft > 0"))
    assert page.evaluate("document.documentElement.scrollWidth") == width


SMALL = """all => all.filter(each => each.checkVisibility() && !each.closest(".aside")
    && [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    && parseFloat(getComputedStyle(each).fontSize) < 13).map(each => each.outerHTML)"""


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_no_text_of_the_page_is_smaller_than_pictures_promise(desk: Desk, width: int) -> None:
    page = desk.open(SEVERAL, viewport={"width": width, "height": 900})
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    assert page.locator("body *").evaluate_all(SMALL) == []


def test_phones_see_the_narrow_picture_until_a_tab_says_otherwise(desk: Desk) -> None:
    by_hand = desk.open(SLIM, viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = desk.open(SLIM, viewport={"width": 390, "height": 844})
    for each in (by_hand, page):
        assert [picture.bounding_box()["width"] for picture in seen(each, "main img")] == [352, 700]
        assert each.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("[name='width.hierarchy']:checked").get_attribute("value") == "narrow"
    chosen(page, "width", "full")
    assert [picture.bounding_box()["width"] for picture in seen(page, "main img")] == [700, 700]


@pytest.mark.parametrize("width", [1280, 1920])
def test_larger_screens_see_the_full_picture_until_a_tab_says_otherwise(desk: Desk, width: int) -> None:
    page = desk.open(SLIM, viewport={"width": width, "height": 900})
    assert [picture.bounding_box()["width"] for picture in seen(page, "main img")] == [700, 700]
    chosen(page, "width", "narrow")
    assert [picture.bounding_box()["width"] for picture in seen(page, "main img")] == [352, 700]
    assert page.locator("[name='width.relations']").count() == 0, "there is nothing to choose"


def test_the_snippet_shows_phones_the_narrow_picture(desk: Desk) -> None:
    path = desk.write(SLIM).with_name("article.html")
    figure = snippets(tree_of(SLIM))["hierarchy.en.html"]
    path.write_text(f'<!doctype html><meta name="viewport" content="width=device-width">{figure}', encoding="utf-8")
    for width, file in ((390, "hierarchy-narrow.svg"), (699, "hierarchy-narrow.svg"), (700, "hierarchy.svg")):
        page = desk.context(viewport={"width": width, "height": 844}).new_page()
        page.goto(path.as_uri())
        picture = page.locator("img")
        picture.scroll_into_view_if_needed()
        picture.evaluate("each => each.decode()")
        assert picture.evaluate("each => each.currentSrc").endswith(f"/{file}")
        assert picture.bounding_box()["width"] == (352 if "narrow" in file else 700)


def test_picture_that_is_read_from_the_right_is_first_seen_at_its_right_end(desk: Desk) -> None:
    page = desk.open(gallery(exhibit("hierarchy", "ar")), viewport={"width": 390, "height": 740})
    box = page.locator(".light img").bounding_box()
    assert box["x"] + box["width"] == pytest.approx(390, abs=20)


def test_notes_stand_beside_a_picture_of_an_article_and_below_a_wider_one(desk: Desk) -> None:
    page = desk.open(gallery(exhibit(), exhibit("poster", width=1600)), viewport={"width": 1280, "height": 900})
    for key, beside in (("hierarchy", True), ("poster", False)):
        ground = page.locator(f"#diagram-{key} .light").bounding_box()
        notes = page.locator(f"#diagram-{key} .notes").bounding_box()
        assert (notes["x"] >= ground["x"] + ground["width"]) == beside, key
        assert (notes["y"] >= ground["y"] + ground["height"]) != beside, key


def test_arrow_keys_choose_the_ground_and_the_language_of_one_picture(desk: Desk) -> None:
    page = desk.open(SEVERAL)
    page.locator('[id="ground.hierarchy.light"]').focus()
    page.keyboard.press("ArrowRight")
    page.locator('[id="language.hierarchy.en"]').focus()
    page.keyboard.press("ArrowRight")
    assert [each.get_attribute("alt") for each in seen(page, "main img")] == [
        "Drawing of hierarchy (de).", "Drawing of concept:genie-3 (en).",
    ]  # fmt: skip
    assert len(seen(page, ".dark")) == len(seen(page, ".light")) == 1
    assert page.get_by_role("region", name="Title of hierarchy (de)", exact=True).count() == 1


def test_one_choice_turns_the_index_and_all_pictures_to_a_language(desk: Desk) -> None:
    page = desk.open(gallery(exhibit(), exhibit("hierarchy", "de"), exhibit("relations")))
    page.locator('[id="language.de"]').check()
    assert [each.get_attribute("alt") for each in seen(page, "main img")] == [
        "Drawing of hierarchy (de).", "Drawing of relations (en).",
    ]  # fmt: skip
    assert [each.inner_text().strip() for each in seen(page, "nav a")] == [
        "Title of hierarchy (de)", "Title of relations (en)",
    ]  # fmt: skip


def test_index_leads_to_each_picture_and_back(desk: Desk) -> None:
    page = desk.open(ONE, reduced_motion="reduce")
    page.get_by_role("link", name="Title of relations (en)", exact=True).click()
    assert page.locator("#diagram-relations h2").evaluate("it => it.getBoundingClientRect().top < innerHeight")
    page.locator("#diagram-relations .back a").click()
    until(lambda: page.locator("nav").evaluate("it => it.getBoundingClientRect().top >= 0"))


def test_without_a_script_every_tab_works_and_snippets_can_be_opened(desk: Desk) -> None:
    page = desk.open(SEVERAL, java_script_enabled=False)
    assert {each.is_visible() for each in page.get_by_role("button", include_hidden=True).all()} == {False}
    assert not page.locator("#languages").is_visible()
    chosen(page, "ground", "dark")
    chosen(page, "language", "de")
    assert [each.get_attribute("alt") for each in seen(page, ".dark img")] == ["Drawing of hierarchy (de)."]
    summary = page.locator("details:visible summary").first
    summary.click()
    assert page.locator('[id="hierarchy.de.html"]').is_visible()


LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung"


@pytest.mark.parametrize("width", [360, 320, 768, 1440])
def test_page_never_scrolls_sideways(desk: Desk, width: int) -> None:
    wide = exhibit("wide", title=LONG, caption=LONG * 3, alt=LONG * 5, height=1200)
    shown = gallery(*SEVERAL.pictures, wide, title=LONG)
    page = desk.open(shown, viewport={"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    outside = "all => all.filter(each => each.getBoundingClientRect().right > innerWidth).map(each => each.outerHTML)"
    assert page.locator("body *:not(.aside, .ground img)").evaluate_all(outside) == []  # pictures are moved within


def test_longest_title_does_not_widen_the_page_from_right_to_left(desk: Desk) -> None:
    shown = gallery(exhibit("hierarchy", "ar"), title="خريطة مفاهيم نماذج العالم", language="ar")
    page = desk.open(shown, viewport={"width": 360, "height": 740})
    assert page.evaluate("[document.documentElement.scrollWidth, getComputedStyle(document.body).direction]") == [
        360,
        "rtl",
    ]


TEXTS = """() => [...document.querySelectorAll("body *")].filter(each => {
    const said = [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    return each.checkVisibility() && (said || each.matches("textarea"));
}).map(each => {
    let ground = each;
    while (/rgba\\(.*, 0\\)/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
    return [each.outerHTML.slice(0, 80), getComputedStyle(each).color, getComputedStyle(ground).backgroundColor];
})"""


def hex_of(colour: str) -> str:
    found = re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", colour)
    assert found, f"not an opaque colour: {colour}"
    return "".join(f"{int(each):02X}" for each in found.groups())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(desk: Desk, scheme: str) -> None:
    page = desk.open(SEVERAL, color_scheme=scheme)
    found = page.evaluate(TEXTS)
    assert len(found) > 50
    faint = [(what, ink, on) for what, ink, on in found if contrast(hex_of(ink), hex_of(on)) < 4.5]
    assert faint == []


def test_page_has_landmarks_names_and_headings_in_order(desk: Desk) -> None:
    page = desk.open(SEVERAL)
    for role in ("banner", "main", "navigation"):
        assert page.get_by_role(role).count() == 1
    assert page.get_by_role("region").count() == 2
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(each => +each.tagName[1])")
    assert levels == [1, 2, 2]
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title() == "A map – Pictures for articles"
    names = [re.sub(r"\s+", " ", each.inner_text() or "") for each in page.locator("button").all()]
    assert len(names) == len(set(names)) == 12
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    for role in ("button", "link", "radio", "textbox", "list"):
        named = page.get_by_role(role, name=re.compile(r"\S")).count()
        assert named == page.get_by_role(role).count() > 0 or role == "list"


def test_targets_are_large_enough_to_hit(desk: Desk) -> None:
    page = desk.open(SEVERAL, viewport={"width": 360, "height": 740})
    small = """all => all.filter(each => each.checkVisibility())
        .map(each => [each.textContent, each.getBoundingClientRect().height]).filter(it => it[1] < 24)"""
    assert page.locator("button, summary, nav a, .back a, .files a, .choice label").evaluate_all(small) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_do_nothing_in_a_browser(desk: Desk, text: str) -> None:
    page = desk.open(gallery(exhibit(title=text, caption=text, alt=text, language_name=text), title=text))
    assert page.locator("h1").text_content() == text
    parsed = page.evaluate(
        """() => {
            const figure = new DOMParser().parseFromString(document.querySelector("textarea").value, "text/html").body;
            return [figure.querySelector("img").alt, figure.querySelector("figcaption").textContent,
                    figure.querySelectorAll("*").length];
        }"""
    )
    assert parsed == [text, text, 3]


def test_paper_shows_pictures_and_captions_only(desk: Desk) -> None:
    page = desk.open(ONE, color_scheme="dark")
    page.emulate_media(media="print")
    assert {each.is_visible() for each in page.locator(".light img, .caption").all()} == {True}
    assert {each.is_visible() for each in page.locator("nav, textarea, button, .tabs, .dark").all()} == {False}
    assert contrast(hex_of(page.evaluate("getComputedStyle(document.body).color")), "FFFFFF") > 7


def test_nothing_moves_for_those_who_ask_for_rest(desk: Desk) -> None:
    page = desk.open(ONE, reduced_motion="reduce")
    moving = "all => all.filter(each => parseFloat(getComputedStyle(each).transitionDuration) > 0).length"
    assert page.locator("*").evaluate_all(moving) == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
