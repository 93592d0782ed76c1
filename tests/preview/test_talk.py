"""A talk that others follow: where it is in each language, who gets in, and that all who follow hear of each change."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from conceptdeck.preview import audience
from conceptdeck.preview.gate import ADDRESS
from conceptdeck.preview.podium import STEERING
from conceptdeck.preview.talk import WHOLE, Talk
from conceptdeck.values.languages import nearest
from support.followed import SECONDS, Followers, Hall, hall, tour

ENGLISH = tour("cover", "steps:2", "table", "table#2", "end")
GERMAN = tour("cover", "steps:2", "table", "table#2", "table#3", "table#4", "end", language="de")
ARABIC = tour("cover", "steps:2", "table", "end", language="ar")
SECRETS = ("deck in", "speaker's")


@pytest.fixture
def talk() -> Talk:
    return Talk({"en": ENGLISH, "de": GERMAN, "ar": ARABIC}, "en")


@pytest.fixture(scope="module")
def room() -> Iterator[Hall]:
    """Return a talk that runs, whose place does not matter."""
    with hall(Talk({"en": ENGLISH, "de": GERMAN}, "en")) as room:
        yield room


def place(talk: Talk, language: str) -> dict[str, object]:
    """Return where who comes now is led in a language."""
    _, (news,) = talk.since(-1, language)
    return json.loads(news.partition(b"data: ")[2])


# --- where a talk is -------------------------------------------------------------------------------


def test_a_talk_is_at_the_same_slide_and_step_in_every_language(talk):
    assert talk.steer("steps", "1")
    assert [(place(talk, tag)["key"], place(talk, tag)["step"]) for tag in talk.languages] == [("steps", 1)] * 3


@pytest.mark.parametrize(
    ("key", "language", "there"),
    [
        ("table", "de", "table"),
        ("table#2", "de", "table#3"),
        ("table", "ar", "table"),
        ("table#2", "ar", "table"),
        ("end", "de", "end"),
    ],
)
def test_what_is_split_otherwise_is_followed_by_its_share(key, language, there, talk):
    talk.steer(key, WHOLE)
    assert place(talk, language)["key"] == there


def test_the_clicks_of_one_slide_lead_through_all_that_it_is_in_another_language():
    talk = Talk({"en": tour("a:2", "b"), "de": tour("a", "a#2", "a#3", "b")}, "en")
    led = []
    for step in ("0", "1", "2"):
        talk.steer("a", step)
        led.append(place(talk, "de")["key"])
    assert led == ["a", "a#2", "a#3"]
    assert place(talk, "de")["parts"] == ["a", "a#2", "a#3"]


def test_what_a_language_does_not_show_is_the_slide_before():
    talk = Talk({"en": tour("a", "b:1", "c"), "de": tour("a:3", "c")}, "en")
    talk.steer("b", "0")
    assert (place(talk, "de")["key"], place(talk, "de")["step"]) == ("a", 3)


@pytest.mark.parametrize(
    ("key", "step"), [("nowhere", "0"), ("table#3", "0"), ("cover", "-1"), ("cover", "1e9"), ("", "")]
)
def test_what_is_no_place_of_the_speakers_is_none(key, step, talk):
    assert not talk.steer(key, step)
    assert talk.since(0, "en") == (0, ())


def test_a_step_beyond_the_last_click_is_the_last_one(talk):
    talk.steer("steps", "999")
    assert place(talk, "de")["step"] == 2


def test_who_is_far_behind_is_told_where_the_talk_is_now(talk):
    for number in range(200):
        talk.steer("steps" if number % 2 else "cover", "0")
    seen, news = talk.since(3, "en")
    assert len(news) == 1
    assert talk.since(seen, "en") == (seen, ())
    assert len(talk.since(seen - 5, "en")[1]) == 5


def test_captions_are_told_only_while_they_are_wished(talk):
    assert place(talk, "de")["captions"] is None
    talk.wish(captions=True)
    assert place(talk, "de")["captions"] == [["cover in de", "ltr"]]
    talk.wish(captions=False)
    assert place(talk, "de")["captions"] is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [(["de-AT"], "de"), (["zh-CN"], "zh-Hans"), (["xx", "!", "ar-EG"], "ar"), (["zh-TW"], None), (["nl", "en"], "en")],
)
def test_a_reader_is_given_the_nearest_language(wanted, found):
    assert nearest(wanted, ["en", "de", "ar", "zh-Hans"]) == found


# --- who gets in -----------------------------------------------------------------------------------


def test_a_follower_is_led_to_the_page_in_the_language_of_the_browser(room):
    token = room.audience.token
    answer = room.ask(f"/{token}", "Host: {host}", "Accept-Language: fr;q=0.4, de-AT, en;q=0.9").decode()
    assert answer.startswith("HTTP/1.0 303 ")
    assert f"Location: /{token}/de\r\n" in answer
    page = room.ask(f"/{token}/de", "Host: {host}").decode()
    assert page.startswith("HTTP/1.0 200 ")
    assert page.endswith("<p>the deck in de")
    assert "Referrer-Policy: no-referrer\r\n" in page
    assert room.podium.gate.token not in page


@pytest.mark.parametrize(
    "path",
    ["/", "/{wrong}", "/{wrong}/de", "/{wrong}/events?language=en", "/?{token}", "http://[/", "/\udcff"],
)
def test_who_has_no_token_is_told_nothing(path, room):
    asked = path.format(token=room.audience.token, wrong=room.audience.token[:-1] + "0")
    answer = room.ask(asked, "Host: {host}").decode()
    assert answer.split()[1] in ("404", "400")
    assert not any(each in answer for each in SECRETS)
    assert room.audience.token not in answer


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("Host: elsewhere.example",), "421"),
        ((), "421"),
        (("Host: {host}", "Host: {host}"), "421"),
        (("Host: {host}", "Origin: http://elsewhere.example"), "403"),
        (("Host: {host}", "Sec-Fetch-Site: cross-site"), "403"),
    ],
)
def test_no_page_from_elsewhere_listens_in(lines, code, room):
    answer = room.ask(f"/{room.audience.token}/events?language=en", *lines).decode()
    assert answer.split()[1] == code
    assert "event" not in answer


def test_a_link_to_the_talk_may_stand_in_any_page(room):
    answer = room.ask(f"/{room.audience.token}/en", "Host: {host}", "Sec-Fetch-Site: cross-site")
    assert answer.startswith(b"HTTP/1.0 200 ")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_the_audience_can_ask_for_nothing_but_reading(method, room):
    for path in (*STEERING, "/save", f"/{room.audience.token}/steer", f"/{room.audience.token}/en"):
        answer = room.ask(path, "Host: {host}", "Origin: http://{host}", "Content-Length: 2", method=method)
        assert answer.startswith(b"HTTP/1.0 501 ")


@pytest.mark.parametrize("path", [*STEERING, "/save", "/take", "/undo", "/draft"])
@pytest.mark.parametrize("secret", ["audience", "wrong", "none"])
def test_only_the_speakers_page_steers(path, secret, room):
    token = {"audience": room.audience.token, "wrong": "x" * 32, "none": ""}[secret]
    body = b'{"key":"end","step":"0","on":"yes"}'
    lines = ("Host: {host}", "Origin: http://{host}", "Content-Type: application/json", f"Content-Length: {len(body)}")
    more = (f"X-Conceptdeck-Token: {token}", f"Cookie: conceptdeck-{room.podium.server_port}={token}")
    before = room.talk.since(-1, "en")
    answer = room.ask(f"{path}?token={token}", *lines, *more, method="POST", podium=True, body=body)
    assert answer.startswith(b"HTTP/1.0 403 ")
    assert room.talk.since(-1, "en") == before


def test_the_speakers_page_is_opened_by_its_own_key_alone(room):
    server = room.podium
    for path in ("/", f"/?key={room.audience.token}", f"/{room.audience.token}"):
        answer = room.ask(path, "Host: {host}", podium=True)
        assert answer.split()[1] == b"403"
        assert server.gate.token.encode() not in answer
    entered = room.ask(server.invitation().partition(str(server.server_port))[2], "Host: {host}", podium=True).decode()
    cookie = entered.partition("Set-Cookie: ")[2].partition(";")[0]
    assert server.gate.token in room.ask("/", "Host: {host}", f"Cookie: {cookie}", podium=True).decode()


def test_steering_takes_no_large_body(room):
    lines = ("Host: {host}", "Origin: http://{host}", "Content-Type: application/json", "Content-Length: 9999999999")
    token = f"X-Conceptdeck-Token: {room.podium.gate.token}"
    assert room.ask("/steer", *lines, token, method="POST", podium=True).startswith(b"HTTP/1.0 413 ")


# --- how many follow -------------------------------------------------------------------------------


def test_two_hundred_followers_hear_of_every_change_in_order(talk):
    moves = [
        ("steps", "0"),
        ("steps", "1"),
        ("steps", WHOLE),
        ("table", "0"),
        ("table#2", "0"),
        ("end", "0"),
        ("cover", "0"),
    ]
    with hall(talk) as room:
        followers = Followers(room.audience, ["en", "de", "ar", "en"] * 50)
        followers.hear(1)
        assert talk.followers == 200
        for number, (key, step) in enumerate(moves, start=2):
            assert room.steer(key, step).endswith(b'{"done":true}')
            if number % 2:  # the other changes come while the ones before are under way
                followers.hear(number)
        followers.hear(1 + len(moves))
        english = [
            ("cover", 0),
            ("steps", 0),
            ("steps", 1),
            ("steps", 2),
            ("table", 0),
            ("table#2", 0),
            ("end", 0),
            ("cover", 0),
        ]
        led = {
            tag: {tuple(followers.places(n)) for n in range(200) if followers.languages[n] == tag}
            for tag in talk.languages
        }
        assert led["en"] == {tuple(english)}
        assert led["de"] == {tuple(("table#3" if key == "table#2" else key, step) for key, step in english)}
        assert led["ar"] == {tuple(("table" if key == "table#2" else key, step) for key, step in english)}
        late = Followers(room.audience, ["de"])
        late.hear(1)
        assert late.places(0) == [("cover", 0)]
        followers.close()
        late.close()
    assert room.told == []


def test_who_comes_when_all_places_are_taken_is_refused_and_the_others_stay(talk, monkeypatch):
    monkeypatch.setattr(audience.AudienceServer, "most_open", 3)
    with hall(talk) as room:
        followers = Followers(room.audience, ["en"] * 3)
        followers.hear(1)
        assert room.ask("/", "Host: {host}").startswith(b"HTTP/1.0 503 ")
        room.steer("end")
        followers.hear(2)
        assert [followers.places(n)[-1] for n in range(3)] == [("end", 0)] * 3
        followers.close()


def test_who_does_not_say_what_it_wants_is_cut_off(talk, monkeypatch):
    monkeypatch.setattr(audience.AudienceServer, "head_seconds", 0.1)
    with hall(talk) as room, socket.create_connection((ADDRESS, room.audience.server_port), SECONDS) as slow:
        slow.sendall(b"GET / HT")
        assert slow.recv(100) == b""


def test_who_reads_nothing_is_dropped_and_nobody_waits_for_it(monkeypatch):
    monkeypatch.setattr(audience.AudienceServer, "event_seconds", 0.6)
    monkeypatch.setattr(audience, "BUFFER", 4096)
    long = tuple(replace(stop, said=(("word " * 100_000, "ltr"),)) for stop in tour("a", "b"))
    talk = Talk({"en": long}, "en", captions=True)
    with hall(talk) as room:
        followers = Followers(room.audience, ["en"])
        followers.hear(1)
        with followers.connected("en"):  # and nothing is read
            seen, most = -1, 0
            while most < 2 or talk.followers > 1:
                seen, most = talk.counted.wait(seen, SECONDS), max(most, talk.followers)
            room.steer("b")
            followers.hear(2)
            assert [key for key, _ in followers.places(0)] == ["a", "b"]
        followers.close()


@pytest.mark.parametrize(("fault", "count"), [(OSError(113, "No route to host"), 0), (ValueError("a mistake"), 1)])
def test_a_follower_whose_network_has_gone_is_no_fault_of_the_program(fault, count, room):
    room.told.clear()  # what other tests had it tell
    try:
        raise fault
    except (OSError, ValueError):
        room.audience.handle_error(None, None)
    assert len(room.told) == count


def test_when_the_talk_ends_all_are_let_go(talk):
    with hall(talk) as room:
        followers = Followers(room.audience, ["en", "de"])
        followers.hear(1)
    followers.hear(2)
    assert followers.gone == {0, 1}
    assert all(b"event: end" in heard for heard in followers.heard)
