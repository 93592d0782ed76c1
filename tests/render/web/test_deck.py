"""The web deck: what is written, and how it works in a browser, from a file, without a network, a mouse or a script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from lxml import html

from conceptdeck.building import edition
from conceptdeck.building.deck import DeckJob, Plan, plan_deck
from conceptdeck.building.outputs import web_page
from conceptdeck.checks.svg import FONT_FACE
from conceptdeck.render.web.deck import Sibling, WebDeck, write_webdeck
from conceptdeck.render.web.page import Page as Assets
from conceptdeck.values.colour import contrast
from conceptdeck.values.frame import Shape, Table
from conceptdeck.values.terms import Words
from conceptdeck.workspace import places
from support.decks import SHIPPED, THEMES
from support.pictures import AWKWARD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ASSETS = Assets(*places.page_assets("deck"))
LANGUAGES = ("en", "de", "ar")
HOSTILE = (
    "<script>alert(1)</script>", '" onload="alert(1)', "</svg><img src=x onerror=alert(1)>",
    "</title><svg/onload=alert(1)>", "javascript:alert(1)", "--><!--", "]]>", "&lt;b&gt;", "{title} {0}",
)  # fmt: skip
STEPS, CARDS = "steps", "layers.past"  # slides with clicks


@cache
def planned(theme: str = "atlas", language: str = "en") -> Plan:
    return plan_deck(DeckJob(SHIPPED, theme, locale=language))


@cache
def page_of(theme: str = "atlas", language: str = "en") -> str:
    plan = planned(theme, language)
    return web_page(plan.deck, plan.theme, plan.frames, plan.book, LANGUAGES).decode()


@cache
def tree_of(theme: str = "atlas", language: str = "en") -> html.HtmlElement:
    return parsed(page_of(theme, language))


def parsed(page: str) -> html.HtmlElement:
    return html.fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))


def told(text: str, *, title: str = "A slide") -> str:
    """Return a page of one slide that shows and tells `text` wherever it can."""
    plan = planned()
    frame = next(each for each in plan.frames if each.key == CARDS)
    items = tuple(_saying(item, text) for item in frame.items)
    slide = replace(frame, items=items, notes=text, title=title, section=text)
    deck = WebDeck("a-map", text, "en", (slide,), {}, text, (Sibling("de", text, "../de/a.html"),))
    return write_webdeck(deck, plan.theme, ASSETS)


def _saying(item, text: str):
    if not isinstance(item, Shape) or not item.text:
        return item
    first, *others = item.text.paragraphs
    said = replace(first, runs=(replace(first.runs[0], text=text),), lines=(text,))
    return replace(item, text=replace(item.text, paragraphs=(said, *others)))


def lines(frame) -> list[str]:
    bodies = [item.text for item in frame.items if isinstance(item, Shape) and item.text]
    bodies += [cell.body for item in frame.items if isinstance(item, Table) for row in item.rows for cell in row.cells]
    return [line for body in bodies for paragraph in body.paragraphs for line in paragraph.lines]


# --- what is written -----------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_two_pages_are_the_same_bytes(theme):
    plan = planned(theme)
    assert web_page(plan.deck, plan.theme, plan.frames, plan.book, LANGUAGES).decode() == page_of(theme)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_loads_nothing_and_runs_only_its_own_script(language):
    page = FONT_FACE.sub("", page_of(language=language))  # a font is within the page
    assert not re.search(r"url\(|@import|<link|<iframe|<object|<embed|<img|<image|\son\w+=|\sstyle=|\ssrc=", page)
    assert "default-src 'none'" in page
    assert page.count("<script>") == page.count("'sha256-") - 1 == 1
    assert not re.search(r"fetch\(|XMLHttpRequest|eval\(|innerHTML|localStorage", ASSETS.script)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slide_is_there_with_its_key_its_text_and_its_notes(language):
    plan, tree = planned(language=language), tree_of(language=language)
    slides = tree.xpath("//section[contains(@class, 'slide')]")
    assert [each.get("id") for each in slides] == [frame.key for frame in plan.frames]
    for frame, slide in zip(plan.frames, slides, strict=True):
        text = "".join(slide.xpath(".//svg//text()"))
        assert [line for line in lines(frame) if line not in text] == []
        said = "\n".join(each.text_content() for each in slide.xpath(".//*[@class='notes']/p"))
        assert said == frame.notes
        assert frame.title in slide.get("aria-label")


def test_ids_are_unique_and_links_within_the_page_lead_somewhere():
    tree = tree_of()
    ids = Counter(tree.xpath("//@id"))
    assert max(ids.values()) == 1
    targets = [each[1:] for each in tree.xpath("//a/@href") if each.startswith("#")]
    assert len(targets) > 40
    assert set(targets) <= set(ids)


def test_tables_headings_pictures_and_links_are_told_as_what_they_are():
    plan, tree = planned(), tree_of()
    frame = next(each for each in plan.frames if each.layout == "table")
    rows = next(item for item in frame.items if isinstance(item, Table)).rows
    (table,) = tree.xpath("//section[@id=$key]//*[@role='table']", key=frame.key)
    assert table.get("aria-label")
    assert len(table.xpath(".//*[@role='row']")) == len(rows)
    assert len(table.xpath(".//*[@role='columnheader']")) == len(rows[0].cells)
    for slide in tree.xpath("//section[contains(@class, 'slide')]"):
        assert len(slide.xpath(".//*[@role='heading']")) == 1
    assert all(tree.xpath("//*[@role='img']/@aria-label"))


def test_builds_wait_for_the_clicks_that_powerpoint_waits_for():
    plan, tree = planned(), tree_of()
    for frame in plan.frames:
        wanted = Counter(str(item.click) for item in frame.items if getattr(item, "click", 0))
        assert Counter(tree.xpath("//section[@id=$key]//@data-click", key=frame.key)) == wanted
    still = plan_deck(DeckJob(SHIPPED, builds=False))
    assert b" data-click=" not in web_page(still.deck, still.theme, still.frames, still.book, ())


def test_planned_minutes_follow_each_other():
    tree = tree_of()
    times = [
        (float(each.get("data-start")), float(each.get("data-end"))) for each in tree.xpath("//*[@data-end and @id]")
    ]
    assert len(times) == len(planned().frames)
    assert times[0][0] == 0
    assert all(start < end for start, end in times)


@pytest.mark.parametrize("text", [*HOSTILE, *AWKWARD.values()])
def test_texts_arrive_exactly_and_harmlessly(text):
    page = told(text, title=text)
    tree = parsed(page)
    (title,) = tree.xpath("//title/text()")
    assert title.strip() == text.strip() or "\t" in text
    assert text in "".join(tree.xpath("//svg//tspan[1]/text()"))
    assert tree.xpath("string(//div[@class='notes'])").strip("\n") == text
    assert not tree.xpath("//@*[starts-with(name(), 'on')] | //img | //svg//script")
    assert len(tree.xpath("//script")) == 1


def test_a_page_without_slides_or_languages_is_a_page():
    page = write_webdeck(WebDeck("empty", "Nothing", "en", (), {}), planned().theme, ASSETS)
    assert not parsed(page).xpath("//nav")


def test_right_to_left_decks_say_so():
    tree = tree_of(language="ar")
    assert (tree.get("dir"), tree.get("lang")) == ("rtl", "ar")
    keys = tree.xpath("string(//dialog//dd[1])")
    assert keys.startswith("←")


@pytest.mark.parametrize("theme", [*THEMES, "beacon"])
def test_text_of_the_page_can_be_read(theme):
    colours = planned(theme).theme.colours
    around = mixed(colours["page"], colours["ink"], 0.91)
    raised = mixed(colours["page"], colours["card"], 0.40)
    for ground in (around, raised):
        assert contrast(colours["ink"], ground) >= 4.5
        assert contrast(colours["secondary"], ground) >= 4.5


def mixed(one: str, other: str, share: float) -> str:
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (0, 2, 4)]
    return "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def test_each_language_says_the_words_of_the_page_itself():
    english, german = (edition.read_edition(SHIPPED, tag).words for tag in ("en", "de"))
    assert isinstance(english, Words)
    assert german.language == "de"
    assert "Referentenansicht" in page_of(language="de")


# --- in a browser --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> Path:
    """Return a folder with the deck in several languages, as they are built."""
    folder = tmp_path_factory.mktemp("decks")
    for language in LANGUAGES:
        (folder / language).mkdir()
        (folder / language / f"world-models.{language}.html").write_text(page_of(language=language), encoding="utf-8")
    return folder


@pytest.fixture
def opened(browser: Browser, shelf: Path) -> Iterator[Callable[..., Page]]:
    """Return `opened(fragment, language)`: the deck from its file, offline; faults of the page fail the test."""
    faults: list[str] = []
    contexts = []

    def watch(page: Page) -> None:
        page.on("console", lambda message: faults.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith("file:") else faults.append(request.url))

    def opened(fragment: str = "", language: str = "en", **settings: object) -> Page:
        context = browser.new_context(offline=True, **{"viewport": {"width": 1280, "height": 800}, **settings})
        context.on("page", watch)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{(shelf / language / f'world-models.{language}.html').as_uri()}{fragment}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def shown(page: Page) -> list[str]:
    """Return the keys of the slides that are seen."""
    return page.evaluate(
        """[...document.querySelectorAll(".slide")]
        .filter((each) => each.querySelector(".canvas").checkVisibility()).map((each) => each.id)"""
    )


def clicks(page: Page) -> int:
    """Return how many clicks show everything of the slide shown."""
    return page.evaluate(
        "Math.max(0, ...[...document.querySelectorAll('.current [data-click]')].map((e) => +e.dataset.click))"
    )


def unbuilt(page: Page) -> int:
    """Return how many things of the slide shown are not to be seen yet."""
    return page.evaluate(
        """[...document.querySelectorAll(".current [data-click]")]
        .filter((each) => getComputedStyle(each).visibility === "hidden").length"""
    )


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def arrived(page: Page, key: str) -> None:
    """Wait until a slide is shown."""
    page.locator(f".current[id='{key}']").wait_for(state="attached")


KEYS = [frame.key for frame in planned().frames]


def test_keys_go_on_and_back_and_to_both_ends(opened):
    page = opened()
    assert shown(page) == ["cover"]
    press(page, "ArrowRight")
    assert shown(page) == [KEYS[1]]
    press(page, "End")
    assert shown(page) == [KEYS[-1]]
    press(page, "ArrowRight", "PageUp")
    assert shown(page) == [KEYS[-2]]
    press(page, "Home", "ArrowLeft")
    assert shown(page) == ["cover"]
    for key in (" ", "PageDown", "ArrowDown", "Enter"):
        page.keyboard.press("Home")
        page.keyboard.press(key)
        assert shown(page) == [KEYS[1]], key
    assert f"#{KEYS[1]}" in page.url


def test_things_appear_click_by_click_and_are_there_when_going_back(opened):
    page = opened(f"#{KEYS[KEYS.index(STEPS) - 1]}")
    press(page, "ArrowRight")
    first = unbuilt(page)
    assert first > 0
    press(page, "ArrowRight")
    assert shown(page) == [STEPS]
    assert 0 < unbuilt(page) < first
    press(page, "ArrowRight")
    assert unbuilt(page) == 0
    press(page, "ArrowRight")
    assert shown(page) == [KEYS[KEYS.index(STEPS) + 1]]
    press(page, "ArrowLeft")
    assert (shown(page), unbuilt(page)) == ([STEPS], 0)
    press(page, "ArrowLeft")
    assert unbuilt(page) > 0


def test_with_reduced_motion_everything_is_there_at_once_and_still(opened):
    page = opened(reduced_motion="reduce")
    press(page, "ArrowRight")
    assert unbuilt(page) == 0
    press(page, "ArrowRight")
    assert shown(page) == [KEYS[2]]
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_deep_link_opens_its_slide_as_a_whole_and_the_history_leads_back(opened):
    page = opened(f"#{CARDS}")
    assert (shown(page), unbuilt(page)) == ([CARDS], 0)
    press(page, "ArrowRight")
    page.go_back()
    arrived(page, CARDS)
    page.go_forward()
    arrived(page, KEYS[KEYS.index(CARDS) + 1])


def test_a_link_that_no_slide_has_opens_the_first_one(opened):
    assert shown(opened("#%E0%A4%A")) == ["cover"]


def test_links_on_slides_lead_to_slides(opened):
    page = opened(f"#{CARDS}")
    page.locator(f".current a[href='#{CARDS}.divider']").first.click()
    assert shown(page) == [f"{CARDS}.divider"]


def test_clicks_go_on_and_near_the_beginning_back(opened):
    page = opened("#layers")
    box = page.locator(".current .canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] - 8, box["y"] + 60)
    assert shown(page) == [KEYS[KEYS.index("layers") + 1]]
    page.mouse.click(box["x"] + 8, box["y"] + box["height"] - 8)
    assert shown(page) == ["layers"]


def test_the_overview_shows_all_slides_and_is_walked_by_keys(opened):
    page = opened("#layers")
    page.keyboard.press("o")
    assert len(shown(page)) == len(KEYS)
    focused = "document.activeElement.closest('.slide').id"
    assert page.evaluate(focused) == "layers"
    press(page, "ArrowLeft", "ArrowDown")
    below = page.evaluate(focused)
    assert KEYS.index(below) > KEYS.index(STEPS)
    press(page, "ArrowUp")
    assert page.evaluate(focused) == STEPS
    press(page, "End", "Enter")
    assert shown(page) == [KEYS[-1]]
    page.locator("button.overview").click()
    page.locator(f"[id='{CARDS}'] .caption a").click()
    assert shown(page) == [CARDS]
    assert page.evaluate("document.activeElement.id") == CARDS
    press(page, "Escape")
    assert len(shown(page)) == len(KEYS)


def test_the_speaker_view_shows_notes_and_follows_in_both_directions(opened):
    after = KEYS.index(CARDS) - 1
    page = opened(f"#{KEYS[after - 1]}")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    speaker = popup.value
    page.keyboard.press("ArrowRight")
    arrived(speaker, KEYS[after])
    assert shown(speaker) == KEYS[after : after + 2]
    notes = planned().frames[after].notes.split("\n")
    assert speaker.locator(".current .notes p").all_text_contents() == notes
    assert speaker.locator(".current .notes").is_visible()
    assert planned().frames[after + 1].title in speaker.locator(".coming").text_content()
    speaker.keyboard.press("ArrowRight")
    arrived(page, KEYS[after + 1])
    assert unbuilt(page) > 0
    speaker.keyboard.press("ArrowRight")
    for each in page.locator(".current [data-click='1']").all():
        each.wait_for(state="visible")
    page.reload()
    speaker.wait_for_timeout(1200)  # the speaker's window says hello again
    speaker.keyboard.press("End")
    arrived(page, KEYS[-1])


def test_the_speaker_sees_how_many_clicks_are_left_on_the_slide(opened):
    page = opened(f"#{KEYS[KEYS.index(CARDS) - 1]}")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    speaker = popup.value
    page.keyboard.press("ArrowRight")
    arrived(speaker, CARDS)
    left = speaker.locator(".left")
    assert int(left.text_content()) == clicks(speaker) > 0
    for count in range(clicks(speaker) - 1, -1, -1):
        speaker.keyboard.press("ArrowRight")
        assert left.text_content() == str(count)


def test_the_speaker_sets_the_size_of_the_notes_by_buttons_and_keys(opened):
    page = opened(f"#{CARDS}")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    speaker = popup.value
    arrived(speaker, CARDS)

    def size() -> float:
        return speaker.evaluate("parseFloat(getComputedStyle(document.querySelector('.current .notes')).fontSize)")

    usual = size()
    speaker.locator(".larger").click()
    assert size() > usual
    speaker.keyboard.press("-")
    assert size() == usual
    for _ in range(9):
        speaker.locator(".smaller").click(force=True)
    assert 12 <= size() < usual
    assert speaker.locator(".smaller").get_attribute("aria-disabled") == "true"
    assert shown(speaker)[0] == CARDS, "no slide was turned"


def test_the_speaker_clock_starts_pauses_and_tells_the_plan(opened):
    page = opened()
    with page.expect_popup() as popup:
        page.locator("button.speaker").click()
    speaker = popup.value
    assert speaker.locator(".whole").text_content() == "/ 40:00"
    assert speaker.locator(".elapsed").text_content() == "0:00"
    speaker.locator(".run").click()
    assert speaker.locator(".run").text_content() == "Pause"
    speaker.locator(".elapsed", has_text="0:01").wait_for()
    assert speaker.locator(".slot").text_content() == "0:00 – 1:00"
    speaker.locator(".reset").click()
    assert speaker.locator(".elapsed").text_content() == "0:00"


def test_the_same_slide_is_shown_in_another_language(opened):
    page = opened(f"#{CARDS}")
    page.locator("summary").click()
    page.locator(".languages a[lang=de]").click()
    page.wait_for_url("**/world-models.de.html#layers.past")
    assert shown(page) == [CARDS]
    assert page.evaluate("document.documentElement.lang") == "de"


def test_right_to_left_the_left_arrow_goes_on(opened):
    page = opened(language="ar")
    press(page, "ArrowLeft")
    assert shown(page) == [KEYS[1]]
    press(page, "ArrowRight")
    assert shown(page) == ["cover"]


@pytest.mark.parametrize(("language", "way"), [("en", -1), ("ar", 1)])
def test_a_swipe_goes_on(opened, language, way):
    page = opened(language=language, has_touch=True, viewport={"width": 390, "height": 844})
    page.evaluate(
        """(way) => { const canvas = document.querySelector(".current .canvas");
        const at = (x) => new Touch({ identifier: 1, target: canvas, clientX: x, clientY: 100 });
        const begun = { touches: [at(200)], changedTouches: [at(200)], bubbles: true };
        canvas.dispatchEvent(new TouchEvent("touchstart", begun));
        canvas.dispatchEvent(new TouchEvent("touchend", { changedTouches: [at(200 + way * 90)], bubbles: true })); }""",
        way,
    )
    assert shown(page) == [KEYS[1]]


@pytest.mark.parametrize("size", [(390, 844), (844, 390), (1280, 800), (2560, 1080)])
def test_the_slide_fits_every_window(opened, size):
    page = opened(f"#{CARDS}", viewport={"width": size[0], "height": size[1]})
    box = page.locator(".current .canvas").bounding_box()
    assert 0 <= box["x"] <= box["x"] + box["width"] <= size[0] + 1
    assert 0 <= box["y"] <= box["y"] + box["height"] <= size[1] + 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert box["width"] > 0.55 * size[0]


def test_without_a_script_all_slides_and_notes_are_read_one_below_the_other(opened):
    page = opened(java_script_enabled=False)
    canvases = page.locator(".canvas")
    assert canvases.count() == len(KEYS)
    tops = [canvases.nth(at).bounding_box()["y"] for at in (0, 1, len(KEYS) - 1)]
    assert tops == sorted(tops)
    assert page.locator("button").first.is_hidden()
    assert page.locator(".notes").nth(5).is_visible()
    page.locator("summary").click()
    page.locator(".languages a[lang=ar]").click()
    page.wait_for_url("**/world-models.ar.html*")


@pytest.mark.parametrize("state", ["show", "overview", "no script"])
def test_printing_gives_a_page_for_each_slide(opened, state):
    page = opened(f"#{STEPS}", java_script_enabled=state != "no script")
    if state == "overview":
        page.keyboard.press("o")
    data = page.pdf(prefer_css_page_size=True, print_background=True)
    document = pypdfium2.PdfDocument(data)
    assert len(document) == len(KEYS)
    size = planned().theme.size
    assert document[0].get_size() == pytest.approx((size.w.pt, size.h.pt), abs=1)
    texts = [re.sub(r"\s", "", each.get_textpage().get_text_range()) for each in document]
    titles = [re.sub(r"\s", "", frame.title) for frame in planned().frames]
    assert [title for title, text in zip(titles, texts, strict=True) if title not in text] == []


def test_everything_can_be_reached_and_worked_by_keyboard_and_shows_where_the_focus_is(opened):
    page = opened()
    names = []
    for _ in range(12):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.className.baseVal ?? document.activeElement.className"))
        if page.evaluate("document.activeElement !== document.body"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert {"skip", "previous", "next", "overview", "speaker", "keys"} <= {*names}
    page.locator("button.keys").focus()
    page.keyboard.press("Enter")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("dialog").is_hidden()


def test_a_reader_of_screens_hears_the_slide_and_finds_names(opened):
    page = opened()
    press(page, "ArrowRight")
    assert page.locator("[role=status]").text_content() == f"Slide 2 of {len(KEYS)}: {planned().frames[1].title}"
    nameless = page.evaluate(
        """[...document.querySelectorAll("button, a, summary, [role=img], [role=table]")].filter((e) =>
        !(e.getAttribute("aria-label") || e.textContent.trim())).map((e) => e.outerHTML.slice(0, 90))"""
    )
    assert nameless == []
    assert page.locator("main").count() == page.locator("header").count() == page.locator("h1").count() == 1
    snapshot = page.locator("main").aria_snapshot()
    assert planned().frames[1].title in snapshot
    assert planned().frames[2].title not in snapshot


# --- on a phone ----------------------------------------------------------------------------------

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_on_a_phone_shows_gestures_and_no_keys(opened, language):
    page = opened(language=language, **PHONE)
    page.locator("button.keys").tap()
    assert page.locator(".gestures dd").count() == 3
    assert {each.is_visible() for each in page.locator(".gestures dd").all()} == {True}
    assert ("→" in page.locator(".gestures dd").first.inner_text()) == (language == "ar")
    assert not page.locator(".help kbd").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_help_where_there_is_no_touch_shows_keys_only(opened):
    page = opened()
    page.locator("button.keys").click()
    assert page.locator(".help kbd").first.is_visible()
    assert not page.locator(".gestures").is_visible()


def test_an_upright_phone_is_told_how_to_see_more_and_a_lying_one_is_not(opened):
    page = opened(**PHONE)
    assert page.locator(".turn").is_visible()
    page.set_viewport_size({"width": 844, "height": 390})
    assert not page.locator(".turn").is_visible()
    assert not opened().locator(".turn").is_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_tap_on_an_upright_phone_enlarges_what_was_tapped_and_another_shrinks_it(opened, language):
    page = opened("#steps", language, **PHONE)
    canvas = page.locator(".current .canvas")
    before = canvas.bounding_box()
    x, y = before["x"] + 0.7 * before["width"], before["y"] + 0.5 * before["height"]
    page.touchscreen.tap(x, y)
    after = canvas.bounding_box()
    assert after["width"] > 2.5 * before["width"]
    assert after["x"] + 0.7 * after["width"] == pytest.approx(195, abs=3)
    assert shown(page) == ["steps"]
    page.touchscreen.tap(195, y)
    assert canvas.bounding_box() == pytest.approx(before, abs=2)


def test_the_next_slide_is_shown_whole_again(opened):
    page = opened("#steps", **PHONE)
    page.locator(".current .canvas").tap()
    page.locator("button.next").tap()
    assert shown(page) != ["steps"]
    assert page.locator(".current .canvas").bounding_box()["width"] == pytest.approx(390, abs=1)
