"""A talk of a map: what its pages hold, how they go together in browsers, and the command that gives it."""

from __future__ import annotations

import http.client
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from PIL import Image

from conceptdeck.building.jobs import DeckJob
from conceptdeck.cli import main
from conceptdeck.preview.stage import Stage, set_stage
from conceptdeck.preview.talk import Talk
from conceptdeck.render.raster import raster
from support.followed import Hall, hall
from support.previewed import CONTRASTS, DOUBLES, LEAST_CONTRAST, NAMELESS, SECONDS, SOURCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LANGUAGES = ("en", "ar", "de")
STORY = "lightning"
BARRIERS = ("serious", "critical")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a shipped map in three languages."""
    folder = tmp_path_factory.mktemp("talk") / "demo"
    shutil.copytree(SOURCE, folder)
    for catalog in (folder / "locales").iterdir():
        if catalog.stem not in LANGUAGES:
            catalog.unlink()
    return folder


@pytest.fixture(scope="module")
def stage(folder: Path) -> Stage:
    return set_stage(DeckJob(folder / "map.yaml", story=STORY), lambda found: None)


@pytest.fixture(scope="module")
def room(stage: Stage) -> Iterator[Hall]:
    with hall(Talk(stage.tours, stage.language), stage) as room:
        yield room


# --- what the pages hold ---------------------------------------------------------------------------


def test_there_is_a_page_in_each_language_with_every_slide_of_its_tour(stage):
    assert tuple(stage.pages) == tuple(stage.tours) == LANGUAGES
    for tag, page in stage.pages.items():
        assert re.findall(r'<section class="slide" id="([^"]+)"', page) == [stop.key for stop in stage.tours[tag]]


def test_followers_pages_hold_nothing_that_is_said(stage):
    for tag, page in stage.pages.items():
        said = [line for stop in stage.tours[tag] for line, _ in stop.said]
        assert len(said) > 5
        assert 'class="notes"' not in page
        assert [line for line in said if len(line) > 40 and line in page] == []
        assert 'class="speaker"' not in page


def test_captions_run_as_their_lines_do_and_leave_the_time_out(stage):
    lines = [line for stop in stage.tours["ar"] for line in stop.said]
    assert {direction for _, direction in lines} == {"rtl"}
    assert not any(re.match(r"\d+:\d\d", line) for stop in stage.tours["en"] for line, _ in stop.said)


def test_a_language_that_cannot_be_shown_is_left_out_and_told(folder, tmp_path):
    broken = tmp_path / "demo"
    shutil.copytree(folder, broken)
    (broken / "locales" / "ar.po").unlink()
    (broken / "locales" / "de.po").write_text('msgid "torn', encoding="utf-8")
    told = []
    made = set_stage(DeckJob(broken / "map.yaml", story=STORY), told.extend)
    assert tuple(made.pages) == ("en",)
    assert "de.po" in str(told[0].span)


def test_a_phone_reads_the_followers_address_off_the_speakers_page(stage):
    address = "http://192.168.1.5:8000/k7mw-3pqr-t9xz"
    (shown,) = re.findall(r'<svg class="code [^>]+viewBox="([^"]+)".*?<path d="([^"]+)"', stage.speaker("", address))
    drawn = f'<rect width="99" height="99" fill="white"/><path d="{shown[1]}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{shown[0]}">{drawn}</svg>'
    picture = Image.open(BytesIO(raster(svg, 300)))
    assert [each.text for each in zxingcpp.read_barcodes(picture)] == [address]


def test_no_phone_is_led_to_an_address_that_only_this_machine_reaches(stage):
    assert '<svg class="code' not in stage.speaker("", "http://127.0.0.1:8000/k7mw-3pqr-t9xz")


# --- in browsers -----------------------------------------------------------------------------------


def opened(browser: Browser, address: str, locale: str, **options: object) -> Page:
    """Open a page that may say nothing in its console but that its line broke, which a test does."""
    context = browser.new_context(locale=locale, reduced_motion="no-preference", bypass_csp=True, **options)
    context.set_default_timeout(SECONDS * 1000)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(address)
    return page


def at(page: Page, key: str, left: int = 0) -> None:
    """Wait until a page shows a slide, with some of its parts waiting still."""
    page.wait_for_function(
        "([key, left]) => { const it = document.querySelector('.slide.current');"
        " return it.id === key && it.querySelectorAll('.waiting').length === left }",
        arg=[key, left],
    )


def judged(page: Page) -> list[tuple[str, str]]:
    """Return what keeps people out of a page."""
    found = Axe().run(page).response["violations"]
    barriers = [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in BARRIERS]
    pale = [(f"{ratio:.1f}", what) for ratio, what in page.evaluate(CONTRASTS) if ratio < LEAST_CONTRAST]
    return [*barriers, *pale, *page.evaluate(NAMELESS), *page.evaluate(DOUBLES)]


def test_a_followers_page_goes_with_the_speakers_in_its_own_language(browser, room, stage):
    speaker = opened(browser, room.podium.invitation(), "en")
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    follower = opened(browser, room.audience.address, "de-AT", **phone)
    assert follower.url.split("#")[0] == f"{room.audience.address}/de"
    follower.get_by_text("Beim Vortrag").wait_for()
    speaker.get_by_text("Followers: 1").wait_for()
    keys = [stop.key for stop in stage.tours["en"]]
    for key in keys[1:3]:
        while speaker.locator(".slide.current").get_attribute("id") != key:
            speaker.keyboard.press("ArrowRight")
    left = speaker.locator(".slide.current .waiting").count()
    at(follower, keys[2], left)
    assert follower.locator("html").get_attribute("lang") == "de"

    follower.locator("button.previous").click()  # its reader looks around
    follower.locator("button.previous").click()
    follower.get_by_text("Sie blättern selbst").wait_for()
    speaker.keyboard.press("End")
    speaker.keyboard.press("c")
    said = stage.tours["de"][-1].said[0][0]
    follower.get_by_text(said).wait_for()  # what is said is heard there, too
    assert follower.locator(".slide.current").get_attribute("id") != keys[-1]
    follower.get_by_role("button", name="Dem Vortrag folgen").click()
    at(follower, keys[-1])
    assert follower.locator(".captions [aria-live=polite]").inner_text().startswith(said)
    assert judged(follower) == []

    room.cut()
    speaker.keyboard.press("Home")
    at(follower, keys[0])  # it has come back by itself
    speaker.keyboard.press("c")
    follower.locator(".captions").wait_for(state="hidden")
    assert room.told == []


def test_the_speaker_shows_the_address_to_the_audience_and_goes_on(browser, room, stage):
    room.steer(stage.tours["en"][0].key)
    speaker = opened(browser, room.podium.invitation(), "en")
    assert room.podium.gate.token not in speaker.locator("html").evaluate("it => it.outerHTML")
    speaker.get_by_text(re.compile(r"Followers: \d")).wait_for()
    speaker.keyboard.press("a")
    shown = speaker.locator(".invitation .address")
    shown.wait_for()
    assert shown.inner_text() == room.audience.address
    assert judged(speaker) == []
    speaker.keyboard.press("ArrowRight")
    shown.wait_for(state="hidden")
    at(speaker, stage.tours["en"][0].key)
    with speaker.expect_popup() as popup:
        speaker.keyboard.press("s")
    notes = popup.value
    notes.locator(".desk").wait_for()  # keys pressed before its script runs are lost
    notes.keyboard.press("End")
    at(speaker, stage.tours["en"][-1].key)
    seen, last = -1, stage.tours["de"][-1].key.encode()
    while last not in b"".join(room.talk.since(-1, "de")[1]):
        seen = room.talk.changed.wait(seen, SECONDS)


# --- the command -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--captions"], "they go with --present"),
        (["--listen", "127.0.0.1"], "they go with --present"),
        (["--present", "--listen", "0.0.0.0"], "say one address of this machine"),
        (["--present", "--listen", "nowhere.invalid"], "cannot listen on nowhere.invalid"),
    ],
)
def test_a_talk_that_cannot_be_given_says_why(options, said, folder):
    answer = CliRunner().invoke(main, ["preview", str(folder), *options])
    assert answer.exit_code
    assert said in answer.output


def test_the_command_gives_the_talk_and_leaves_nothing_when_it_is_killed(folder):
    before = sorted(folder.parent.rglob("*"))
    command = [sys.executable, "-m", "conceptdeck", "preview", str(folder), "--present", "--captions", "--no-open"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([*command, "--story", STORY], cwd=folder.parent, **pipes) as program:
        try:
            followed(program)
        finally:
            program.send_signal(signal.SIGKILL)
        assert (program.wait(SECONDS), program.stderr.read()) == (-signal.SIGKILL, "")
    assert sorted(folder.parent.rglob("*")) == before


def followed(program: subprocess.Popen[str]) -> None:
    """Follow a talk that a program gives, and try to without its token."""
    lines = [program.stdout.readline() for _ in range(4)]
    speaker, followers = (re.search(r"http://\S+", line)[0] for line in lines[:2])
    assert "Only this machine" in lines[2]
    place = urlsplit(followers)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=SECONDS)
    for path, code in ((f"{place.path}/de", 200), ("/", 404), (f"/?{urlsplit(speaker).query}", 404), (place.path, 303)):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == code
    connection.request("GET", f"{place.path}/events?language=de")
    with connection.getresponse() as answer:
        assert b"event: at" in answer.read(60)
    connection.close()
