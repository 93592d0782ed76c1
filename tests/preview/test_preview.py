"""The live preview: what it shows, whom it answers, and how its page follows the files in a browser."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from conceptdeck.building.deck import DeckJob, Density, plan_deck
from conceptdeck.cli import main
from conceptdeck.preview.board import Board, Spot
from conceptdeck.preview.finding import Mark, findings_on
from conceptdeck.preview.gate import ADDRESS, TOKEN_HEADER, Gate
from conceptdeck.preview.page import load_page
from conceptdeck.preview.server import PreviewServer
from conceptdeck.preview.studio import Studio
from conceptdeck.preview.view import content_digest
from conceptdeck.preview.watch import Bell, watch_folders
from conceptdeck.translation.words import read_words
from conceptdeck.values.diagnostics import Diagnostic, OfText, OnDrawing, OnSlide, Span
from conceptdeck.values.frame import Shape
from conceptdeck.values.terms import ENGLISH
from conceptdeck.values.text import Text
from conceptdeck.workspace import places
from support.decks import ROOT
from support.previewed import (
    CONTRASTS,
    DOUBLES,
    LEAST_CONTRAST,
    NAMELESS,
    SECONDS,
    SOURCE,
    Desk,
    at,
    opened,
    previewed,
    settled,
    shown,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

SENTENCE = "From AI video to spatial worlds"  # the subtitle, which stands on the cover alone
FOCUS = "focus: world-models"
UNDRAWN = "\N{EGYPTIAN HIEROGLYPH A001}"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Return a preview of a copy of a shipped map, which may be changed."""
    monkeypatch.chdir(tmp_path)
    with previewed(tmp_path / "data" / "demo") as desk:
        yield desk


# --- the studio ----------------------------------------------------------------------------------


def studio_of(tmp_path: Path, told: list[str] | None = None) -> tuple[Studio, Path]:
    folder = tmp_path / "demo"
    shutil.copytree(SOURCE, folder)
    return Studio([folder / "map.yaml"], (told if told is not None else []).append), folder


def test_a_view_shows_every_slide_with_its_texts_and_notes(tmp_path):
    studio, folder = studio_of(tmp_path)
    shown = studio.reply({"locale": "de"}).snapshot
    plan = plan_deck(DeckJob(folder / "map.yaml", locale="de"))
    assert [(board.key, board.title, board.notes) for board in shown.boards] == [
        (frame.key, frame.title, frame.notes) for frame in plan.frames
    ]
    strings = {string.key: string for string in shown.strings}
    assert strings["subtitle"].source == SENTENCE
    assert (strings["subtitle"].state, strings["subtitle"].boards) == ("translated", ("cover",))
    assert strings["subtitle"].place.partition(":")[0].endswith("locales/de.po")
    assert len(studio.pictures(board.digest for board in shown.boards)) == len({b.digest for b in shown.boards})


def test_diagrams_are_shown_like_slides(tmp_path):
    studio, _ = studio_of(tmp_path)
    shown = studio.reply({"kind": "diagrams", "locale": "ar"}).snapshot
    assert {"hierarchy", "relations"} <= {board.key for board in shown.boards}
    assert all(board.alt for board in shown.boards)
    assert any(spot.keys for board in shown.boards for spot in board.spots)


def test_a_view_is_planned_again_only_when_its_own_files_change(tmp_path):
    studio, folder = studio_of(tmp_path)
    first = studio.reply({"locale": "de"})
    (folder / "map.yaml").touch()
    french = folder / "locales" / "fr.po"
    french.write_text(french.read_text("utf-8") + "\n# a comment\n", encoding="utf-8")
    assert studio.reply({"locale": "de"}) is first
    german = folder / "locales" / "de.po"
    german.write_text(german.read_text("utf-8") + "\n# a comment\n", encoding="utf-8")
    assert studio.reply({"locale": "de"}) is not first
    assert studio.plans == 2


@pytest.mark.parametrize("name", ["map.yaml", "stories.yaml", "locales/de.po", "locales/de-AT.po"])
def test_the_digest_of_a_view_follows_each_of_its_files(name, tmp_path):
    _, folder = studio_of(tmp_path)
    before = content_digest(folder / "map.yaml", "de")
    (folder / name).write_bytes(b"other: {}")
    assert content_digest(folder / "map.yaml", "de") != before


def test_only_changed_slides_have_another_digest(tmp_path):
    studio, folder = studio_of(tmp_path)
    before = {board.key: board.digest for board in studio.reply({}).snapshot.boards}
    text = (folder / "map.yaml").read_text("utf-8")
    (folder / "map.yaml").write_text(text.replace(SENTENCE, "From here to there", 1), encoding="utf-8")
    after = {board.key: board.digest for board in studio.reply({}).snapshot.boards}
    assert [key for key in after if before[key] != after[key]] == ["cover"]


def test_an_error_is_told_once_and_leaves_the_last_good_state(tmp_path):
    told: list[str] = []
    studio, folder = studio_of(tmp_path, told)
    good = studio.reply({}).snapshot
    text = (folder / "map.yaml").read_text("utf-8")
    (folder / "map.yaml").write_text(text.replace(FOCUS, "focus: wrld-models", 1), encoding="utf-8")
    broken = studio.reply({})
    assert broken.snapshot is good
    (error,) = broken.errors
    assert (error.code, error.place.rpartition("/")[2]) == ("dangling-reference", "map.yaml:17:8")
    assert "^^^" in error.text
    assert "did you mean" in error.text
    studio.reply({})
    assert told == [error.text]
    (folder / "map.yaml").write_text(text, encoding="utf-8")
    mended = studio.reply({})
    assert (mended.errors, mended.snapshot.boards) == ((), good.boards)


def test_a_broken_catalog_does_not_disturb_other_languages(tmp_path):
    studio, folder = studio_of(tmp_path)
    (folder / "locales" / "de.po").write_text('msgid "torn', encoding="utf-8")
    assert studio.reply({"locale": "de"}).errors
    assert studio.reply({"locale": "fr"}).errors == ()


def test_a_fault_of_the_program_is_an_answer_and_is_tried_again(tmp_path, monkeypatch):
    told: list[str] = []
    studio, _ = studio_of(tmp_path, told)
    good = studio.reply({}).snapshot
    with monkeypatch.context() as patched:
        patched.setattr("conceptdeck.preview.studio.plan_deck", lambda options: 1 / 0)
        faulty = studio.reply({"theme": "orbit"})
        assert (faulty.fault, faulty.snapshot) == ("ZeroDivisionError: division by zero", None)
    assert "Traceback" in told[0]
    assert studio.reply({"theme": "orbit"}).fault == ""
    assert studio.reply({}).snapshot is good


@pytest.mark.parametrize(
    "query",
    [
        {"map": "../demo"},
        {"theme": "../../etc/passwd"},
        {"theme": "base"},
        {"locale": "../de"},
        {"locale": "xx-nowhere"},
        {"story": "\0"},
        {"density": "thick"},
        {"kind": "secrets"},
    ],
)
def test_what_is_not_there_is_refused_with_a_message(query, tmp_path):
    studio, _ = studio_of(tmp_path)
    reply = studio.reply(query)
    assert (reply.fault, reply.snapshot) == ("", None)
    assert reply.errors


def test_findings_are_marked_where_the_text_stands(tmp_path):
    studio, folder = studio_of(tmp_path)
    text = (folder / "locales" / "de.po").read_text("utf-8")
    entry = re.search(r'msgctxt "subtitle"\nmsgid ".*"\nmsgstr "', text)
    (folder / "locales" / "de.po").write_text(text[: entry.end()] + UNDRAWN + text[entry.end() :], encoding="utf-8")
    found = [each for each in studio.reply({"locale": "de"}).snapshot.findings if each.code == "missing-glyph"]
    assert [(each.key, [(mark.board, mark.name) for mark in each.marks]) for each in found] == [
        ("subtitle", [("cover", "subtitle")])
    ]
    assert re.fullmatch(r".*de\.po:\d+:1", found[0].place)


def test_a_finding_without_a_slide_is_marked_by_the_string_at_its_place():
    boards = [Board("a", 1, "A", "", "", "", 1, 1, "", (Spot("x@footer", ("x",), 0, 0, 1, 1),))]
    texts = [Text("X", "x", Span("map.yaml", 3, 5)), Text("X", "x", Span("de.po", 10, 1))]
    places = [
        Span("map.yaml", 3, 9), Span("map.yaml", 4, 1), Span("de.po", 12, 1), Span("de.po", 9, 1), Span("fr.po", 12, 1),
        Span(),
    ]  # fmt: skip
    marked = [each.marks for each in findings_on(boards, [Diagnostic("c", "wrong", span) for span in places], texts)]
    assert marked == [(Mark("a", "x@footer"),), (), (Mark("a", "x@footer"),), (), (), ()]


def test_a_finding_is_marked_at_its_item_else_on_its_board_else_at_its_string():
    boards = [
        Board("a", 1, "A", "", "", "", 1, 1, "", (Spot("x@footer", ("x",), 0, 0, 1, 1), Spot("y", ("y",), 0, 0, 1, 1))),
        Board("b", 2, "B", "", "", "", 1, 1, "", ()),
    ]
    expected = {
        OnSlide(1, "a", "y"): (Mark("a", "y"),),
        OnSlide(1, "a", "gone"): (Mark("a"),),
        OnSlide(2, "b"): (Mark("b"),),
        OnDrawing("a", "y"): (Mark("a", "y"),),
        OnDrawing("elsewhere", "y"): (),
        OfText("x"): (Mark("a", "x@footer"),),
        OfText("unknown"): (),
    }
    problems = [Diagnostic("c", "names `y` and slide 1 (a): `y`", place=place) for place in expected]
    found = findings_on(boards, problems, [Text("X", "x"), Text("Y", "y")])
    assert [each.marks for each in found] == list(expected.values())
    assert found[0].message == "`y` names `y` and slide 1 (a): `y`"  # the page shows which slide by itself


# --- whom it answers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({"host": ["127.0.0.1:80"]}, True),
        ({"host": ["LOCALHOST:80"]}, True),
        ({"host": ["localhost:80"], "origin": ["http://localhost:80"], "sec-fetch-site": ["same-origin"]}, True),
        ({"host": ["localhost:80"], "sec-fetch-site": ["none"]}, True),
        ({}, False),
        ({"host": []}, False),
        ({"host": ["127.0.0.1:80", "127.0.0.1:80"]}, False),
        ({"host": ["127.0.0.1"]}, False),
        ({"host": ["127.0.0.1:81"]}, False),
        ({"host": ["evil.example:80"]}, False),
        ({"host": ["127.0.0.1.evil.example:80"]}, False),
        ({"host": ["[::1]:80"]}, False),
        ({"host": ["localhost:80"], "origin": ["null"]}, False),
        ({"host": ["localhost:80"], "origin": ["http://localhost:81"]}, False),
        ({"host": ["localhost:80"], "origin": ["https://localhost:80"]}, False),
        ({"host": ["localhost:80"], "sec-fetch-site": ["same-site"]}, False),
        ({"host": ["localhost:80"], "sec-fetch-site": ["cross-site"]}, False),
    ],
)
def test_only_this_machine_and_this_origin_may_ask(headers, passes):
    assert (Gate(80, "token", "cookie").refusal(headers, None) is None) is passes


@pytest.mark.parametrize(("token", "passes"), [("token", True), ("", False), ("tok", False), ("tökén", False)])
def test_the_token_must_be_whole(token, passes):
    assert (Gate(80, "token", "cookie").refusal({"host": ["localhost:80"]}, token) is None) is passes


def test_the_server_listens_on_the_loopback_address_only(desk):
    assert desk.server.socket.getsockname()[0] == "127.0.0.1"


def test_two_previews_cannot_share_a_port(desk):
    with pytest.raises(OSError):
        PreviewServer(desk.studio, Bell(), load_page(), desk.server.server_port, print)
    result = CliRunner().invoke(main, ["preview", "demo", "--no-open", "--port", str(desk.server.server_port)])
    assert (result.exit_code, "cannot listen on port" in result.output) == (1, True)


@pytest.mark.parametrize("path", ["/state", "/pictures?digests=", "/font?file=x", "/events", "/state?token="])
def test_nothing_but_the_page_is_told_without_the_token(path, desk):
    assert desk.ask(path)[0] == 403
    assert desk.ask(path, **{TOKEN_HEADER: "guess"})[0] == 403
    assert desk.studio.plans == 0


def test_the_page_is_given_to_who_comes_by_its_address_and_by_no_other_account(desk):
    token = desk.server.gate.token.encode()
    status, _, body = desk.ask("/")
    assert status == 403
    assert token not in body
    (said,) = desk.said
    address = re.search(r"http://127\.0\.0\.1:\d+(/\?key=\S+)$", said)[1]
    assert desk.ask("/")[0] == 403
    assert len(desk.said) == 1, "there is an address already that opens it"
    assert desk.ask("/?key=guess")[0] == 403
    status, headers, body = desk.ask(address)
    assert (status, headers["location"], body) == (303, "/", b"")
    assert desk.ask(address)[0] == 403, "an address opens it once"
    cookie = headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {*cookie.split("; ")}
    assert token in desk.ask("/", Cookie=cookie.partition(";")[0])[2]
    assert desk.ask("/", Cookie=f"conceptdeck-{desk.server.server_port}=guess")[0] == 403
    assert desk.ask("/", Cookie=cookie.partition(";")[0], Host="evil.example")[0] == 421


def test_a_new_address_takes_the_place_of_the_one_before(desk):
    first, second = (desk.entrance("?locale=de").partition("/?")[2] for _ in range(2))
    assert desk.ask(f"/?{first}")[0] == 403
    assert desk.ask(f"/?{second}")[1]["location"] == "/?locale=de"


def test_a_name_that_is_made_to_lead_here_gets_nothing(desk):
    status, _, body = desk.ask("/", Host=f"evil.example:{desk.server.server_port}")
    assert status == 421
    assert desk.server.gate.token.encode() not in body


def test_every_answer_has_the_headers_that_keep_others_out(desk):
    for path in ("/", "/state", "/nothing"):
        status, headers, _ = desk.ask_as_page(path)
        assert status in (200, 404)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert not [name for name in headers if name.startswith("access-control")]
        assert "python" not in headers["server"].lower()


RUBBISH = (
    b"",
    b"\r\n\r\n",
    b"GET\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    b"GET /../../etc/passwd HTTP/1.1\r\nHost: {host}\r\n\r\n",
    b"GET //evil.example/ HTTP/1.1\r\nHost: {host}\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"GET http://[/ HTTP/1.1\r\nHost: {host}\r\n\r\n",
    b"GET /[ HTTP/1.1\r\nHost: {host}\r\n\r\n",
    b"GET //[ HTTP/1.1\r\nHost: {host}\r\n\r\n",
    b"GET /state?token=%ff%00 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    b"GET /state HTTP/1.1\r\nHost: {host}\r\nX-Conceptdeck-Token: \xff\xfe\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\n\r\nhello",
    b"OPTIONS / HTTP/1.1\r\nHost: {host}\r\nOrigin: http://evil.example\r\n\r\n",
    b"DELETE /state HTTP/1.1\r\nHost: {host}\r\n\r\n",
)


def test_rubbish_is_refused_and_the_server_goes_on(desk):
    host = f"127.0.0.1:{desk.server.server_port}".encode()
    for raw in RUBBISH:
        reply = desk.send(raw.replace(b"{host}", host))
        assert not reply or re.match(rb"HTTP/1\.[01] [45]\d\d ", reply), raw[:60]
        assert b"Traceback" not in reply
        assert b"passwd" not in reply
        assert desk.server.gate.token.encode() not in reply
    assert desk.said == []
    assert desk.studio.plans == 0
    assert desk.ask_for_page()[0] == 200


def test_fonts_are_only_those_that_slides_are_set_in(desk):
    assert desk.ask_as_page("/font", file="gelasio/Gelasio-Regular.ttf")[0] == 404
    faces = json.loads(desk.ask_as_page("/state")[2])["snapshot"]["faces"]
    assert {face["family"] for face in faces} == {"Gelasio", "Carlito"}
    status, _, data = desk.ask_as_page("/font", file=faces[0]["file"])
    assert (status, data[:4]) == (200, b"\0\1\0\0")
    assert desk.ask_as_page("/font", file="../base.yaml")[0] == 404


def test_the_token_is_in_the_page_and_in_nothing_else(desk):
    token = desk.server.gate.token.encode()
    assert token in desk.ask_for_page()[2]
    state = desk.ask_as_page("/state")[2]
    digests = ",".join(board["digest"] for board in json.loads(state)["snapshot"]["boards"])
    pictures = desk.ask_as_page("/pictures", digests=digests)[2]
    assert len(json.loads(pictures)) > 30
    assert token not in state + pictures


def test_the_page_holds_all_that_it_needs():
    page = load_page()
    html, policy = page.html("token", ENGLISH)
    assert not re.search(r"https?://|\bon\w+=|javascript:", html)
    assert "unsafe" not in policy
    assert re.findall(r"\{[{%#]", re.sub(r"<(script|style)>.*?</\1>", "", html, flags=re.DOTALL)) == []


@pytest.mark.parametrize("language", ["ar", "de", "ja"])
def test_the_page_speaks_the_language_of_the_map(language):
    words, _ = read_words(places.terms_path(language).read_text("utf-8"), "words.po", language)
    html, _ = load_page().html("token", words)
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html
    assert "Side by side" not in html


# --- hearing of changes --------------------------------------------------------------------------


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Bell, Path]]:
    folder = tmp_path / "map"
    folder.mkdir()
    (folder / "map.yaml").write_text("a: b", encoding="utf-8")
    bell, stop = Bell(), threading.Event()
    folders = (folder, folder / "locales")
    thread = threading.Thread(target=watch_folders, args=(lambda: folders, bell, stop), daemon=True)
    thread.start()
    yield bell, folder
    stop.set()
    bell.end()
    thread.join(SECONDS)
    assert not thread.is_alive()


def heard(bell: Bell, save: Callable[[], object]) -> bool:
    """Save until it is heard: the first time the watcher may not be there yet."""
    seen = bell.count
    for _ in range(SECONDS * 4):
        save()
        if bell.wait(seen, 0.25) != seen:
            return True
    return False


def test_saved_files_are_heard_of(watched):
    bell, folder = watched
    assert heard(bell, lambda: (folder / "map.yaml").write_text("c: d", encoding="utf-8"))

    def replaced() -> None:
        (folder / "map.yaml~").write_text("e: f", encoding="utf-8")
        (folder / "map.yaml~").replace(folder / "map.yaml")

    assert heard(bell, replaced)


def test_a_folder_that_comes_later_is_watched_too(watched):
    bell, folder = watched
    (folder / "locales").mkdir()
    assert heard(bell, lambda: (folder / "locales" / "de.po").write_text("", encoding="utf-8"))


def test_the_end_wakes_those_who_wait():
    bell = Bell()
    threading.Timer(0.01, bell.end).start()
    assert bell.wait(0, SECONDS) == 0
    assert bell.ended


# --- the page in a browser -----------------------------------------------------------------------


def expect_shown(page: Page, text: str, pane: int = 0) -> None:
    page.locator(".desk .sheet text").filter(has_text=text).nth(0 if pane == 0 else -1).wait_for()


def test_it_opens_with_slides_notes_and_texts(desk, page):
    at(desk, page)
    assert page.locator("#strip button").count() == len(desk.studio.reply({}).snapshot.boards)
    assert SENTENCE in shown(page)
    assert "Welcome" in page.locator("#notes").inner_text()
    assert page.locator("#strings .key").first.inner_text() == "title"
    assert page.title().startswith("1 World model concept map")


def test_language_and_theme_are_chosen_and_kept_in_the_address(desk, page):
    at(desk, page, "#layers.past")
    page.get_by_role("combobox", name="Language", exact=True).select_option("de")
    page.locator("#title:lang(de)").wait_for()
    page.get_by_role("combobox", name="Theme").select_option("orbit")
    settled(page)
    assert "locale=de" in page.url
    assert "theme=orbit" in page.url
    assert page.url.endswith("#layers.past")
    german = plan_deck(DeckJob(desk.map_file, "orbit", locale="de"))
    title = next(frame.title for frame in german.frames if frame.key == "layers.past")
    assert page.locator("#board").inner_text() == title
    page.reload()
    settled(page)
    assert page.locator("#board").inner_text() == title
    assert page.locator(".state").first.inner_text() == "Translated"


def test_stories_densities_and_diagrams_are_chosen(desk, page):
    at(desk, page)
    page.get_by_role("combobox", name="Story").select_option("lightning")
    page.get_by_role("combobox", name="Density").select_option("read")
    settled(page)
    options = DeckJob(desk.map_file, story="lightning", density=Density.READ)
    assert page.locator("#strip button").count() == len(plan_deck(options).frames)
    page.get_by_role("button", name="Diagrams").click()
    page.locator("#strip button[data-id=hierarchy]").wait_for()
    assert "kind=diagrams" in page.url


def test_a_saved_map_changes_its_slide_and_no_other(desk, page):
    at(desk, page)
    page.evaluate("document.querySelectorAll('#strip .sheet').forEach(each => each.shadowRoot.firstChild.kept = true)")
    page.evaluate("window.loaded = true")
    desk.change(desk.map_file, SENTENCE, "From one word to another")
    expect_shown(page, "From one word to another")
    page.get_by_role("status").filter(has_text="Updated: 1").wait_for()
    anew = page.evaluate(
        "[...document.querySelectorAll('#strip .sheet')]"
        ".flatMap((each, at) => each.shadowRoot.firstChild.kept ? [] : [at])"
    )
    assert anew == [0]
    assert page.evaluate("window.loaded")


def test_a_saved_catalog_changes_the_page(desk, page):
    at(desk, page, "?locale=de")
    text = desk.catalog("de").read_text("utf-8")
    german = re.search(r'msgctxt "subtitle"\nmsgid ".*"\nmsgstr "(.*)"', text)[1]
    desk.change(desk.catalog("de"), f'msgstr "{german}"', 'msgstr "Von hier nach dort"')
    expect_shown(page, "Von hier nach dort")
    page.locator("#strings p:lang(de)", has_text="Von hier nach dort").wait_for()


def test_a_stale_string_is_shown_as_stale(desk, page):
    at(desk, page, "?locale=de")
    desk.change(desk.map_file, SENTENCE, "From one word to another")
    page.locator("li", has=page.locator("[data-id='key subtitle']")).locator(".state[data-state=stale]").wait_for()
    assert "From one word to another" in shown(page)


def test_a_saved_theme_changes_the_page(desk, page, tmp_path):
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "mine.yaml").write_text("extends: atlas\nname: Mine\n", encoding="utf-8")
    at(desk, page, "?theme=mine")
    before = page.locator(".desk .sheet").get_attribute("data-digest")
    (tmp_path / "themes" / "mine.yaml").write_text("extends: orbit\nname: Mine\n", encoding="utf-8")
    page.locator(f".desk .sheet:not([data-digest='{before}'])").wait_for()


def test_an_error_is_shown_as_on_the_terminal_until_it_is_mended(desk, page):
    at(desk, page)
    desk.change(desk.map_file, FOCUS, "focus: wrld-models")
    banner = page.locator("#banner")
    banner.wait_for()
    assert "last state without errors" in banner.inner_text()
    (text,) = desk.said
    assert banner.locator("pre").text_content() == text
    assert SENTENCE in shown(page)
    page.keyboard.press("ArrowRight")
    assert page.locator("#position").inner_text().startswith("2 of")
    desk.change(desk.map_file, "focus: wrld-models", FOCUS)
    banner.wait_for(state="hidden")
    page.get_by_role("status").filter(has_text="No more errors").wait_for()


def test_a_map_that_is_broken_from_the_start_can_be_mended(desk, page):
    desk.change(desk.map_file, FOCUS, "focus: wrld-models")
    page.goto(desk.entrance())
    page.locator("#banner pre", has_text="did you mean").wait_for()
    assert page.locator("#nothing").inner_text().startswith("There is nothing to show")
    desk.change(desk.map_file, "focus: wrld-models", FOCUS)
    settled(page)
    assert SENTENCE in shown(page)


def test_it_is_used_without_a_mouse(desk, page):
    at(desk, page)
    press = page.keyboard.press
    press("ArrowRight")
    assert page.url.endswith("#lenses")
    press("End")
    assert page.locator("#strip button[aria-current]").get_attribute("data-id") == "sources"
    press("Home")
    press("l")
    page.locator("#title:lang(ar)").wait_for()
    press("Shift+L")
    page.locator("#title:lang(en)").wait_for()
    press("t")
    page.wait_for_url("**theme=beacon**")
    settled(page)
    press("d")
    page.locator("#strip button[data-id=hierarchy]").wait_for()
    press("d")
    page.locator("#strip button[data-id=cover]").wait_for()
    press("s")
    page.locator(".pane").nth(1).wait_for()
    press("s")
    page.locator(".pane").nth(1).wait_for(state="detached")
    press("/")
    page.keyboard.type("relations.metaverse.headline")
    press("Enter")
    page.wait_for_url("**#relations.metaverse")
    press("Escape")
    assert page.evaluate("document.activeElement.dataset.id") == "relations.metaverse"
    press("?")
    page.get_by_role("dialog").wait_for()
    press("Space")  # the checkbox has the focus: letters are ordinary letters from now on
    press("Escape")
    press("d")
    press("ArrowLeft")
    assert "kind=diagrams" not in page.url


def test_findings_are_marked_and_lead_to_their_line(desk, page):
    desk.change(desk.map_file, SENTENCE, f"{SENTENCE} {UNDRAWN}")
    at(desk, page, "#steps")
    row = page.locator("#findings button", has_text=UNDRAWN)
    assert "Slide 1" in row.inner_text()
    page.keyboard.press("f")
    mark = page.locator(".mark")
    mark.wait_for()
    assert page.url.endswith("#cover")
    spot = page.locator(".spot[title=subtitle]").bounding_box()
    box = mark.bounding_box()
    assert abs(box["x"] + box["width"] / 2 - (spot["x"] + spot["width"])) < 2
    assert abs(box["y"] + box["height"] / 2 - spot["y"]) < 2
    mark.click()
    place = "data/demo/map.yaml:14:11"
    page.get_by_role("status").filter(has_text=f"Copied: {place}").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == place
    assert page.locator("#findings [aria-expanded=true] + pre").text_content().startswith(f"{place}: warning:")
    assert "Warning" in mark.get_attribute("aria-label")


def test_pointing_at_a_text_finds_its_string(desk, page):
    at(desk, page)
    page.locator(".spot[title=subtitle]").click()
    assert page.locator("#strings li[data-chosen] .key").inner_text() == "subtitle"


def test_two_languages_stand_side_by_side(desk, page):
    at(desk, page, "?locale=de&side=ar#steps")
    plans = {tag: plan_deck(DeckJob(desk.map_file, locale=tag)) for tag in ("de", "ar")}
    for pane, tag in enumerate(plans):
        title = next(frame.title for frame in plans[tag].frames if frame.key == "steps")
        page.locator(".desk").get_by_role("img", name=title).wait_for()
        assert page.locator(".desk .sheet").nth(pane).get_attribute("lang") == tag
    one, other = (page.locator(".pane").nth(at).bounding_box() for at in (0, 1))
    assert one["y"] == other["y"]
    assert one["x"] + one["width"] <= other["x"]
    page.keyboard.press("ArrowRight")
    settled(page)
    key = "layers"
    for pane, tag in enumerate(plans):
        title = next(frame.title for frame in plans[tag].frames if frame.key == key)
        assert page.locator(".desk .sheet").nth(pane).get_attribute("aria-label") == title
    assert page.locator("#strings p:lang(ar)").count() == page.locator("#strings p:lang(de)").count() > 0


def test_the_end_of_the_preview_is_told(desk, page):
    at(desk, page)
    desk.server.bell.end()
    page.get_by_role("alert").filter(has_text="The preview has ended").wait_for()


# --- a page from another origin ------------------------------------------------------------------

ATTACK = """
<!DOCTYPE html><title>elsewhere</title><body><script>
const target = "TARGET";
const seen = [];
const tried = (name, promise) => promise.then((what) => seen.push([name, what]), () => seen.push([name, "refused"]));
const loaded = (element) => new Promise((good, bad) => {
  element.onload = () => good("loaded"); element.onerror = () => bad(); document.body.append(element);
});
const made = (name, values) => Object.assign(document.createElement(name), values);
window.done = (async () => {
  for (const path of ["", "state", "state?theme=orbit", "pictures", "events"]) {
    await tried("fetch " + path, fetch(target + path).then((reply) => reply.text()));
    const opaque = fetch(target + path, { mode: "no-cors" }).then((reply) => reply.text());
    await tried("fetch no-cors " + path, opaque.then((text) => text || "opaque"));
    await tried("img " + path, loaded(made("img", { src: target + path })));
    await tried("script " + path, loaded(made("script", { src: target + path })));
  }
  await tried("news", new Promise((good, bad) => {
    const news = new EventSource(target + "events");
    news.onmessage = news.onopen = () => good("open");
    news.onerror = bad;
  }));
  const frame = made("iframe", { src: target });
  await loaded(frame).catch(() => {});
  let inside = "refused";
  try { inside = frame.contentDocument ? frame.contentDocument.body.innerHTML : "refused"; } catch {}
  seen.push(["iframe", inside]);
  return seen;
})();
</script></body>
"""


def test_a_page_from_another_origin_can_neither_read_it_nor_make_it_build(desk, context):
    body = ATTACK.replace("TARGET", desk.server.address).encode()

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer((ADDRESS, 0), Elsewhere) as elsewhere:
        threading.Thread(target=elsewhere.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        for host in (ADDRESS, "localhost"):  # another port of the same host, and another host
            page = context.new_page()
            page.goto(f"http://{host}:{elsewhere.server_port}/")
            seen = page.evaluate("window.done")
            assert {what for _, what in seen} <= {"refused", "opaque"}, seen
            page.evaluate("target => { window.location = target }", desk.server.address)
            page.wait_for_url(desk.server.address)
            assert page.locator("body").inner_text().startswith("403")
            page.close()
        elsewhere.shutdown()
    assert desk.studio.plans == 0


# --- the command ---------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_says_where_it_is_and_ends_cleanly(number, tmp_path):
    shutil.copytree(SOURCE, tmp_path / "data" / "demo")
    command = [
        sys.executable,
        "-m",
        "conceptdeck",
        "preview",
        "demo",
        "--no-open",
        "--locale",
        "de",
        "--theme",
        "orbit",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), "PYTHONUNBUFFERED": "1"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, text=True, **pipes) as running:
        try:
            said = running.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:(\d+)(/\?locale=de&theme=orbit&key=[\w-]+)$", said)
            connection = http.client.HTTPConnection(ADDRESS, int(address[1]), timeout=SECONDS)
            token = re.search(rb'name="token" content="([^"]+)"', opened(connection, address[2]))[1].decode()
            connection.request("GET", f"/events?token={token}")
            news = connection.getresponse()  # a page that is open must not hold the end up
            running.send_signal(number)
            assert running.wait(SECONDS) == 0
            assert news.status == 200
            assert "The preview has ended" in running.stderr.read()
        finally:
            running.kill()
    assert sorted(path.name for path in tmp_path.rglob("*") if path.suffix not in (".po", ".yaml")) == [
        "data", "demo", "glossary", "locales",
    ]  # fmt: skip


def test_without_a_map_every_map_can_be_chosen(tmp_path):
    studio = Studio(places.find_maps(None))
    assert studio.reply({"map": "web-platform"}).snapshot.choices.maps == studio.maps
    assert {"web-platform", "world-models"} <= {*studio.maps}


# --- for everyone --------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", ["atlas", "beacon", "orbit"])
def test_texts_stand_out_and_everything_has_a_name(theme, scheme, desk, browser):
    desk.change(desk.map_file, SENTENCE, f"{SENTENCE} {UNDRAWN}")
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(SECONDS * 1000)
    page = at(desk, context.new_page(), f"?locale=de&side=ar&theme={theme}")
    page.locator(".pane").nth(1).get_by_role("img").wait_for()
    settled(page)
    desk.change(desk.map_file, FOCUS, "focus: wrld-models")
    page.locator("#banner").wait_for()
    page.keyboard.press("?")
    weak = [each for each in page.evaluate(CONTRASTS) if each[0] < LEAST_CONTRAST]
    assert weak == []
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(DOUBLES) == []
    context.close()


def test_landmarks_and_live_regions_have_their_roles(desk, page):
    at(desk, page)
    for role, name in (
        ("navigation", "Slides"),
        ("complementary", "Texts"),
        ("region", "Notes"),
        ("region", "Findings"),
    ):
        assert page.get_by_role(role, name=name, exact=True).count() == 1
    assert page.get_by_role("main").count() == page.locator("#status[role=status]").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1


def test_the_focus_goes_through_the_page_in_order_and_is_seen(desk, page):
    at(desk, page, "?locale=de")
    order = []
    for _ in range(17):
        page.keyboard.press("Tab")
        order.append(
            page.evaluate(
                "(() => { const at = document.activeElement, style = getComputedStyle(at);"
                "return [at.name || at.id || at.dataset.kind || at.dataset.look || at.dataset.id || at.className,"
                "style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2]; })()"
            )
        )
    names = [name for name, _ in order]
    assert names[:8] == ["locale", "theme", "story", "density", "slides", "diagrams", "beside", "rhythm"]
    assert names[8:12] == ["glance", "small", "help", "cover"]
    assert "search" in names
    assert all(seen for _, seen in order), order


@pytest.mark.parametrize("width", [320, 700])
def test_nothing_is_cut_off_on_a_narrow_page(width, desk, browser):
    context = browser.new_context(viewport={"width": width, "height": 256}, reduced_motion="reduce")
    context.set_default_timeout(SECONDS * 1000)
    page = at(desk, context.new_page(), "?locale=de&side=fr")
    page.locator(".pane").nth(1).get_by_role("img").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


# --- ways of looking at slides -------------------------------------------------------------------


def test_thumbnails_are_large_enough_to_tell_slides_apart(desk, page):
    at(desk, page)
    for width, height in ((1920, 1080), (1280, 800), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.locator("#strip .sheet").first.bounding_box()["width"] >= 170, width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_small_text_is_marked_with_its_size(desk, page):
    at(desk, page, "#layers.past")
    page.get_by_role("button", name="Small text").click()
    frame = next(each for each in plan_deck(DeckJob(desk.map_file)).frames if each.key == "layers.past")
    bodies = [item.text for item in frame.items if isinstance(item, Shape) and item.text]
    sizes = [min(run.size for each in body.paragraphs for run in each.runs) for body in bodies]
    small = sorted(size for size in sizes if size < 18)
    assert small
    assert sorted(float(each) for each in page.locator(".small b").all_text_contents()) == small
    page.keyboard.press("z")
    assert page.locator(".small").count() == 0


def test_a_glance_shows_a_slide_at_a_fifth_of_its_size(desk, page):
    at(desk, page)
    usual = page.locator(".desk").bounding_box()["width"]
    page.keyboard.press("g")
    assert page.locator(".desk").bounding_box()["width"] == pytest.approx(usual / 5, rel=0.15)
    assert page.get_by_role("button", name="At a glance").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="At a glance").click()
    assert page.locator(".desk").bounding_box()["width"] == usual


def test_the_rhythm_of_a_deck_is_one_row_that_leads_to_its_slides(desk, page):
    at(desk, page)
    page.get_by_role("button", name="Rhythm").click()
    beats = page.locator("#rhythm .sheet")
    frames = plan_deck(DeckJob(desk.map_file)).frames
    assert beats.count() == len(frames)
    assert len({each.bounding_box()["y"] for each in beats.all()}) == 1
    beats.nth(4).click()
    assert page.locator("#board").inner_text() == frames[4].title
    assert page.locator("#rhythm [data-current]").count() == 1
    page.keyboard.press("r")
    assert not page.locator("#rhythm").is_visible()
