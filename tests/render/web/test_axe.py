"""Pages judged by axe, which tells what keeps people out: on a phone, a laptop and a large screen, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from conceptdeck.building.deck import build_deck
from conceptdeck.building.diagrams import build_diagrams, write_page
from conceptdeck.building.jobs import DeckJob, DiagramsJob, PageJob
from support.decks import SHIPPED

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SCREENS = {"phone": (390, 844), "laptop": (1280, 800), "large": (1920, 1080)}
BARRIERS = ("serious", "critical")


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return `opened(path, screen, scheme)`: a page that lets axe look at it."""
    contexts = []

    def open_(path: Path, screen: str = "laptop", scheme: str = "light") -> Page:
        width, height = SCREENS[screen]
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
        contexts.append(context)
        page = context.new_page()
        page.goto(path.as_uri())
        return page

    yield open_
    for each in contexts:
        each.close()


def barriers(page: Page) -> list[tuple[str, str]]:
    """Return what axe calls serious or worse, with the first element that it found it at."""
    found = Axe().run(page).response["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in BARRIERS]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of a shipped map's pictures in two languages, one of them read from the right."""
    out = tmp_path_factory.mktemp("gallery")
    for locale in ("en", "ar"):
        build_diagrams(DiagramsJob(SHIPPED, out=out, locale=locale, formats=("svg",)))
    return write_page(PageJob(SHIPPED, out=out))[0]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_gallery_keeps_nobody_out(gallery, opened, screen, scheme):
    page = opened(gallery, screen, scheme)
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    assert barriers(page) == []


def test_axe_finds_what_keeps_people_out(gallery, opened):
    page = opened(gallery)
    page.locator("main img:visible").first.evaluate("it => it.removeAttribute('alt')")
    assert [rule for rule, _ in barriers(page)] == ["image-alt"]


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of a shipped map's deck."""
    out = tmp_path_factory.mktemp("deck")
    build_deck(DeckJob(SHIPPED, out=out, formats=("html",)))
    return next(out.rglob("*.html"))


@pytest.mark.parametrize("screen", SCREENS)
def test_page_of_a_deck_keeps_nobody_out(deck, opened, screen):
    page = opened(deck, screen)
    assert barriers(page) == []
    page.locator("button.keys").click()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    page.locator("button.overview").click()
    assert barriers(page) == []
