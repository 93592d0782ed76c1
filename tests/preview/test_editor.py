"""Texts edited on the preview's page: into their files only, never over what others saved, and by this page only."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from conceptdeck.preview.gate import ADDRESS, MOST_BODY, TOKEN_HEADER, Gate
from conceptdeck.preview.server import CHANGES
from conceptdeck.values.text import texts
from conceptdeck.workspace.loading import read_catalog, read_map_file
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
)

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SENTENCE = "From AI video to spatial worlds"  # the subtitle, which stands on the cover alone


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Return a preview of a copy of a shipped map, on whose page texts may be edited."""
    monkeypatch.chdir(tmp_path)
    with previewed(tmp_path / "data" / "demo", editable=True) as desk:
        yield desk


def files(desk: Desk) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(desk.folder.rglob("*")) if path.is_file()}


def changed(desk: Desk, before: dict[Path, bytes]) -> dict[str, list[tuple[str, str]]]:
    """Return, by the name of the file, the lines that differ, as they were and as they are."""
    found = {}
    after = files(desk)
    assert after.keys() == before.keys()
    for path, data in after.items():
        old, new = (each.decode().split("\n") for each in (before[path], data))
        assert len(old) == len(new), path
        if lines := [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]:
            found[path.name] = lines
    return found


def value(desk: Desk, key: str) -> str:
    return next(text.value for text in texts(read_map_file(desk.map_file)[0]) if text.key == key)


def translation(desk: Desk, key: str, tag: str = "ar") -> str:
    return read_catalog(desk.map_file, tag)[0].by_key[key].text


# --- whom it answers -----------------------------------------------------------------------------


def post(desk: Desk, path: str, body: object, **headers: str | None) -> tuple[int, dict[str, object]]:
    """Return the answer to what the page would send, but for the headers that are given; None leaves one out."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    own = {
        "Origin": desk.server.address.rstrip("/"),
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/json",
        TOKEN_HEADER: desk.server.gate.token,
        **{name.replace("_", "-"): said for name, said in headers.items()},
    }
    connection = http.client.HTTPConnection(ADDRESS, desk.server.server_port, timeout=SECONDS)
    try:
        connection.request("POST", path, data, {name: said for name, said in own.items() if said is not None})
        reply = connection.getresponse()
        text = reply.read()
        return reply.status, json.loads(text) if reply.status == 200 else {}
    finally:
        connection.close()


EDIT = {"key": "subtitle", "language": "", "text": "Other", "was": SENTENCE, "source": SENTENCE}

REFUSED = [
    ({"Origin": None}, 403),
    ({"Origin": "http://evil.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "http://localhost:1"}, 403),
    ({"Host": "evil.example"}, 421),
    ({"Sec_Fetch_Site": "cross-site"}, 403),
    ({"Sec_Fetch_Site": "same-site"}, 403),
    ({"Sec_Fetch_Site": "none"}, 403),
    ({"X_Conceptdeck_Token": None}, 403),
    ({"X_Conceptdeck_Token": "guess"}, 403),
    ({"Content_Type": None}, 415),
    ({"Content_Type": "text/plain"}, 415),
    ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
    ({"Content_Type": "text/plain; application/json"}, 415),
    ({"Content_Length": str(MOST_BODY + 1)}, 413),
    ({"Content_Length": "9" * 40}, 413),
    ({"Content_Length": "x"}, 411),
]


@pytest.mark.parametrize("path", CHANGES)
def test_what_is_not_from_this_very_page_changes_nothing(path, desk):
    before = files(desk)
    for headers, status in REFUSED:
        named = {TOKEN_HEADER if name == "X_Conceptdeck_Token" else name: said for name, said in headers.items()}
        assert post(desk, path, EDIT, **named)[0] == status, headers
    assert files(desk) == before
    assert desk.studio.plans == 0


def test_the_origin_must_be_the_host_that_is_named():
    gate = Gate(80, "token", "cookie")
    sound = {"host": ["localhost:80"], "origin": ["http://localhost:80"], TOKEN_HEADER.lower(): ["token"]}
    body = {"content-type": ["application/json; charset=utf-8"], "content-length": ["2"]}
    assert gate.refusal_to_change(sound | body) is None
    for wrong in (
        {"origin": ["http://127.0.0.1:80"]},
        {"origin": ["http://localhost:80", "http://localhost:80"]},
        {TOKEN_HEADER.lower(): ["token", "token"]},
        {"transfer-encoding": ["chunked"]},
        {"content-length": ["2", "2"]},
        {"content-length": ["-2"]},
        {"content-length": ["\u0662"]},
    ):
        assert gate.refusal_to_change(sound | body | wrong) is not None, wrong


def test_the_token_in_an_address_is_none(desk):
    assert post(desk, f"/save?token={desk.server.gate.token}", EDIT, **{TOKEN_HEADER: None})[0] == 403
    assert desk.ask_as_page("/save")[0] == 404


NO_REQUESTS = (b"", b"{", b"[]", b'"x"', b"null", b'{"key": 1}', b"[" * 60_000, b"\xff\xfe{}", b"\0")


def test_a_body_that_is_no_request_is_refused(desk):
    for body in NO_REQUESTS:
        assert post(desk, "/save", body)[0] == 400, body[:20]
    assert desk.said == []


WRONG = (
    {"key": "../../etc/passwd"},
    {"language": "../../../etc/x"},
    {"language": "xx"},
    {"map": "../other", "theme": "../x"},
    {"theme": "../x"},
    {"key": ""},
    {"text": "\ud800"},
    {"text": "\0"},
    {"text": ""},
)


def test_what_cannot_be_written_is_told_and_not_written(desk):
    before = files(desk)
    for wrong in WRONG:
        for path in ("/draft", "/save"):
            status, reply = post(desk, path, EDIT | wrong)
            assert status == 200
            assert reply.get("problems") or reply.get("findings"), wrong
    assert files(desk) == before
    assert desk.said == []


def test_a_draft_writes_nothing_and_shows_the_slide_as_it_would_be(desk):
    before = files(desk)
    status, reply = post(desk, "/draft", {**EDIT, "text": f"Draft {chr(0x13000)}", "board": "cover"})
    assert (status, reply["board"]["key"]) == (200, "cover")
    assert "Draft" in reply["svg"]
    assert [each["code"] for each in reply["findings"]] == ["missing-glyph"]
    assert files(desk) == before


def test_nothing_is_editable_where_only_reading_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with previewed(tmp_path / "data" / "demo") as desk:
        before = files(desk)
        for path in CHANGES:
            assert post(desk, path, EDIT)[0] == 405
        assert files(desk) == before
        assert b'id="editor"' not in desk.ask_for_page()[2]


def test_saves_at_the_same_moment_lose_nothing(desk):
    keys = [text.key for text in texts(read_map_file(desk.map_file)[0]) if text.value.isascii()][5:25]
    edits = [
        EDIT | {"key": key, "language": "de", "text": f"New {number}", "was": was, "source": value(desk, key)}
        for number, (key, was) in enumerate((key, translation(desk, key, "de")) for key in keys)
    ]
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda edit: post(desk, "/save", edit)[1], edits))
    assert all(reply["done"] for reply in replies), [reply["problems"] for reply in replies if not reply["done"]]
    assert [translation(desk, key, "de") for key in keys] == [each["text"] for each in edits]


# --- in a browser --------------------------------------------------------------------------------


def card(page: Page) -> Locator:
    return page.locator("#editor")


def spot(page: Page, key: str, pane: int = 0) -> Locator:
    return page.locator(".pane").nth(pane).locator(f".spot[title='{key}']").first


def expect_shown(page: Page, text: str, pane: int = 0) -> None:
    saved = page.locator(".pane").nth(pane).locator(".desk:not([data-draft]) .sheet text")
    saved.filter(has_text=text).first.wait_for()


def edit(page: Page, key: str, text: str, pane: int = 0) -> None:
    """Click a text on its slide, type another one and save it."""
    spot(page, key, pane).click()
    page.get_by_role("textbox", name=re.compile(".")).last.fill(text)
    card(page).get_by_role("button", name="Save", exact=True).click()
    card(page).wait_for(state="hidden")


def test_an_author_mends_a_sentence_where_it_stands(desk, page):
    at(desk, page)
    before = files(desk)
    spot(page, "subtitle").click()
    assert page.locator("#wording").input_value() == SENTENCE
    page.keyboard.press("Control+A")
    page.keyboard.type("From here to *there*")
    page.locator(".desk[data-draft] .sheet text", has_text="From here to").wait_for()
    assert changed(desk, before) == {}
    page.keyboard.press("Enter")
    card(page).wait_for(state="hidden")
    expect_shown(page, "From here to")
    assert changed(desk, before) == {"map.yaml": [(f"subtitle: {SENTENCE}", "subtitle: From here to *there*")]}


def test_a_translator_mends_three_texts_of_an_arabic_slide(desk, page):
    at(desk, page, "?locale=ar#layers.past")
    before = files(desk)
    shown = next(each for each in desk.studio.reply({"locale": "ar"}).snapshot.boards if each.key == "layers.past")
    keys = list(dict.fromkeys(spot.keys[0] for spot in shown.spots if len(spot.keys) == 1))[:3]
    new = ["عوالم بُنيت باليد", "قبل النماذج", "هنا نبدأ"]
    spot(page, keys[0]).click()
    assert page.locator("#wording").evaluate("each => [each.lang, getComputedStyle(each).direction]") == ["ar", "rtl"]
    assert page.locator("#of .text").inner_text() == value(desk, keys[0])
    page.keyboard.press("Escape")
    for key, text in zip(keys, new, strict=True):
        edit(page, key, text)
        expect_shown(page, text.split()[0])
    assert [translation(desk, key) for key in keys] == new
    lines = changed(desk, before)
    assert lines.keys() == {"ar.po"}
    assert {now for _, now in lines["ar.po"]} == {f'msgstr "{text}"' for text in new}


def test_save_then_next_goes_through_the_texts_of_a_slide(desk, page):
    at(desk, page, "?locale=ar#layers.past")
    keys = [each.key for each in desk.studio.reply({"locale": "ar"}).snapshot.strings if "layers.past" in each.boards]
    page.locator("#strings .edit[data-id^='edit 0 ar']").first.click()
    for key in keys[:2]:
        assert page.locator("#edited").inner_text() == key
        page.locator("#wording").fill("جديد")
        page.keyboard.press("Control+Enter")
        page.locator("#edited", has_text=keys[keys.index(key) + 1]).wait_for()
    assert [translation(desk, key) for key in keys[:2]] == ["جديد", "جديد"]


def test_a_place_with_several_texts_lets_each_be_chosen(desk, page):
    shown = desk.studio.reply({}).snapshot.boards
    board, place = next((board, spot) for board in shown for spot in board.spots if len(spot.keys) == 2)
    at(desk, page, f"#{board.key}")
    page.locator(f".spot[title='{' + '.join(place.keys)}']").first.click()
    assert page.locator("#edited").inner_text() == place.keys[0]
    assert page.locator("#others button").all_inner_texts() == [key.split(".")[-1] for key in place.keys]
    page.locator("#others button").last.click()
    assert page.locator("#edited").inner_text() == place.keys[1]
    assert page.locator("#wording").input_value() == value(desk, place.keys[1])
    page.locator("#wording").fill("Another")
    page.keyboard.press("Enter")
    expect_shown(page, "Another")
    assert value(desk, place.keys[1]) == "Another"


def test_findings_are_told_while_typing(desk, page):
    at(desk, page)
    spot(page, "subtitle").click()
    assert re.match(r"\d+ of about \d+ letters, lines: \d", page.locator("#room").inner_text())
    assert not page.locator("#room[data-over]").count()
    page.locator("#wording").fill(chr(0x13000) * 200)
    page.locator("#doubts li", has_text="EGYPTIAN HIEROGLYPH").first.wait_for()
    assert page.locator("#room[data-over]").count() == 1


def test_what_cannot_be_saved_is_told_and_what_was_typed_stays(desk, page):
    at(desk, page)
    before = files(desk)
    spot(page, "subtitle").click()
    page.locator("#wording").fill("")
    card(page).get_by_role("button", name="Save", exact=True).click()
    page.locator("#doubts li .sign[data-severity=error]").first.wait_for()
    assert card(page).is_visible()
    assert files(desk) == before


def test_a_save_is_undone_by_one_button_and_by_the_usual_keys(desk, page):
    at(desk, page)
    before = files(desk)
    edit(page, "subtitle", "First")
    expect_shown(page, "First")
    edit(page, "subtitle", "Second")
    expect_shown(page, "Second")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect_shown(page, "First")
    assert value(desk, "subtitle") == "First"
    page.reload()
    settled(page)
    page.keyboard.press("Control+z")
    expect_shown(page, SENTENCE)
    assert files(desk) == before
    assert not page.locator("#undo").is_visible()


def test_two_editors_of_one_text_lose_nothing(desk, context):
    one, other = (at(desk, context.new_page()) for _ in range(2))
    for page in (one, other):
        spot(page, "subtitle").click()
    other.locator("#wording").fill("Mine")
    one.locator("#wording").fill("Theirs")
    one.keyboard.press("Enter")
    card(one).wait_for(state="hidden")
    other.locator("#meanwhile .text", has_text="Theirs").wait_for()  # it is heard of at once
    assert other.locator("#wording").input_value() == "Mine"
    other.keyboard.press("Enter")
    assert value(desk, "subtitle") == "Theirs"
    other.get_by_role("button", name="Keep mine").click()
    other.keyboard.press("Enter")
    card(other).wait_for(state="hidden")
    assert value(desk, "subtitle") == "Mine"
    one.get_by_role("button", name="Undo", exact=True).click()
    one.get_by_role("status").filter(has_text="Not saved").wait_for()
    assert value(desk, "subtitle") == "Mine"


def test_a_text_that_nobody_has_typed_in_follows_what_others_save(desk, page):
    at(desk, page)
    spot(page, "subtitle").click()
    desk.change(desk.map_file, SENTENCE, "From elsewhere")
    expect(page.locator("#wording")).to_have_value("From elsewhere", timeout=SECONDS * 1000)
    assert not page.locator("#meanwhile").is_visible()


def test_other_texts_that_are_saved_meanwhile_stay(desk, page):
    at(desk, page)
    spot(page, "subtitle").click()
    page.locator("#wording").fill("Mine")
    desk.change(desk.map_file, "# ", "# A line from elsewhere\n# ")
    page.keyboard.press("Enter")
    card(page).wait_for(state="hidden")
    assert value(desk, "subtitle") == "Mine"
    assert "# A line from elsewhere\n" in desk.map_file.read_text("utf-8")


def test_a_card_that_is_left_keeps_what_was_typed_until_it_is_cancelled(desk, page):
    at(desk, page)
    spot(page, "subtitle").click()
    page.locator("#wording").fill("Half a")
    page.keyboard.press("Escape")
    page.get_by_role("status").filter(has_text="Not saved: subtitle").wait_for()
    page.locator(".desk:not([data-draft])").wait_for()
    spot(page, "subtitle").click()
    assert page.locator("#wording").input_value() == "Half a"
    card(page).get_by_role("button", name="Cancel").click()
    spot(page, "subtitle").click()
    assert page.locator("#wording").input_value() == SENTENCE


def test_it_is_edited_without_a_mouse(desk, page):
    at(desk, page)
    before = files(desk)
    page.keyboard.press("e")
    assert page.locator("#edited").inner_text() == "title"
    assert page.evaluate("document.activeElement.id") == "wording"
    page.keyboard.type("!")
    names = []
    for _ in range(3):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent"))
    assert names == ["Save", "Save, then next", "Cancel"]
    page.keyboard.press("Enter")
    card(page).wait_for(state="hidden")
    edit_button = page.locator("#strings .edit").nth(1)
    edit_button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("By keys alone")
    page.keyboard.press("Enter")
    card(page).wait_for(state="hidden")
    expect_shown(page, "By keys alone")
    assert changed(desk, before).keys() == {"map.yaml"}
    assert page.evaluate("document.activeElement.dataset.id") == "edit 0 en subtitle"


def test_enter_belongs_to_an_input_method_while_it_composes(desk, page):
    at(desk, page, "?locale=ja")
    before = files(desk)
    spot(page, "subtitle").click()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "せかい", "selectionStart": 3, "selectionEnd": 3})
    page.locator("#wording").dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    assert card(page).is_visible()
    session.send("Input.insertText", {"text": "世界"})
    assert page.locator("#wording").input_value().endswith("世界")
    page.keyboard.press("Enter")
    card(page).wait_for(state="hidden")
    assert translation(desk, "subtitle", "ja").endswith("世界")
    assert changed(desk, before).keys() == {"ja.po"}


def test_the_second_of_two_languages_is_edited_in_its_own_catalog(desk, page):
    at(desk, page, "?locale=de&side=ar")
    page.locator(".pane").nth(1).get_by_role("img").wait_for()
    before = files(desk)
    edit(page, "subtitle", "من هنا إلى هناك", pane=1)
    expect_shown(page, "من هنا إلى هناك", pane=1)
    assert changed(desk, before).keys() == {"ar.po"}


def test_without_an_editor_the_page_only_shows(tmp_path, monkeypatch, page):
    monkeypatch.chdir(tmp_path)
    with previewed(tmp_path / "data" / "demo") as desk:
        at(desk, page)
        spot(page, "subtitle").click()
        page.keyboard.press("e")
        assert page.locator("#editor, .edit, #undo").count() == 0
        assert page.locator("#strings li[data-chosen] .key").inner_text() == "subtitle"


def test_a_text_of_any_length_and_in_a_narrow_window_has_its_card_on_the_page(desk, page):
    at(desk, page)
    for width, height in ((1440, 900), (1024, 600), (360, 640)):
        page.set_viewport_size({"width": width, "height": height})
        for key in ("title", "cover.notes"):
            page.locator(f"#strings .edit[data-id='edit 0 en {key}']").click()
            box = card(page).bounding_box()
            assert box["x"] >= 0
            assert box["y"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] + box["height"] <= height
            page.keyboard.press("Escape")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", ["atlas", "beacon", "orbit"])
def test_the_card_stands_out_and_everything_in_it_has_a_name(theme, scheme, desk, browser):
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(SECONDS * 1000)
    page = at(desk, context.new_page(), f"?locale=ar&theme={theme}")
    spot(page, "subtitle").click()
    page.locator("#wording").fill(f"{chr(0x13000)} {'long ' * 40}")
    page.locator("#doubts li").first.wait_for()
    desk.change(desk.map_file, SENTENCE, "From elsewhere")
    page.locator("#meanwhile").wait_for()
    assert [each for each in page.evaluate(CONTRASTS) if each[0] < LEAST_CONTRAST] == []
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(DOUBLES) == []
    context.close()


@pytest.mark.parametrize(("locale", "width"), [("en", 1440), ("ar", 390)])
def test_the_card_keeps_nobody_out(locale, width, desk, browser):
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", bypass_csp=True)
    context.set_default_timeout(SECONDS * 1000)
    page = at(desk, context.new_page(), f"?locale={locale}")
    page.locator("#strings .edit").first.click()
    page.locator("#wording").fill(chr(0x13000))
    page.locator("#doubts li").first.wait_for()
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    context.close()


# --- the command ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("options", "editable"), [((), True), (("--read-only",), False)])
def test_the_command_lets_texts_be_edited_unless_only_reading_is_asked_for(options, editable, tmp_path):
    shutil.copytree(SOURCE, tmp_path / "data" / "demo")
    command = [sys.executable, "-m", "conceptdeck", "preview", "demo", "--no-open", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, text=True, stdout=subprocess.PIPE) as running:
        try:
            address = re.search(r"http://127\.0\.0\.1:(\d+)(/\S+)", running.stdout.readline())
            connection = http.client.HTTPConnection(ADDRESS, int(address[1]), timeout=SECONDS)
            page = opened(connection, address[2])
            assert b'name="token"' in page
            assert (b'id="editor"' in page) is editable
        finally:
            running.kill()


# --- a page from another origin ------------------------------------------------------------------

ATTACK = """
<!DOCTYPE html><title>elsewhere</title><body><script>
const target = "TARGET", edit = EDIT;
const seen = [];
const tried = (name, promise) => promise.then((what) => seen.push([name, what]), () => seen.push([name, "refused"]));
window.done = (async () => {
  for (const path of ["draft", "save", "undo", "take"]) {
    for (const [type, mode] of [["application/json", "cors"], ["text/plain", "cors"], ["text/plain", "no-cors"]]) {
      const options = { method: "POST", mode, body: JSON.stringify(edit), headers: { "Content-Type": type } };
      const reply = fetch(target + path, options).then((reply) => reply.text());
      await tried(`${path} ${type} ${mode}`, reply.then((text) => text || "opaque"));
    }
    navigator.sendBeacon(target + path, new Blob([JSON.stringify(edit)], { type: "text/plain" }));
    const made = (name, values) => Object.assign(document.createElement(name), values);
    const frame = made("iframe", { name: `frame-${path}` });
    const form = made("form", { method: "post", action: target + path, enctype: "text/plain", target: frame.name });
    form.append(made("input", { name: JSON.stringify(edit).slice(0, -1) + ',"x":"', value: '"}' }));
    document.body.append(frame, form);
    await new Promise((loaded) => { frame.onload = loaded; form.submit(); });
  }
  return seen;
})();
</script></body>
"""


def test_a_page_from_another_origin_changes_nothing(desk, context):
    before = files(desk)
    body = ATTACK.replace("TARGET", desk.server.address).replace("EDIT", json.dumps(EDIT)).encode()

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
        for host in (ADDRESS, "localhost"):
            page = context.new_page()
            page.goto(f"http://{host}:{elsewhere.server_port}/")
            seen = page.evaluate("window.done")
            assert {what for _, what in seen} <= {"refused", "opaque"}, seen
            page.close()
        elsewhere.shutdown()
    assert files(desk) == before
    assert desk.studio.plans == 0
