"""Time from a step of the speaker to the last of many followers who hears of it.

The program gives a talk of a shipped map as a process of its own; followers are connections of this one, as browsers
open them, each in one of the map's languages. The clock starts before the speaker's page asks, and stops when the last
follower has it.

python benchmarks/followers.py [--followers 200] [--steps 60]
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import selectors
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from urllib.parse import urlsplit

from measure import machine, previewed

LANGUAGES = ("en", "ar", "de", "es", "fr", "ja", "zh-Hans")
SECONDS = 60  # a guard: what takes longer is taken to hang
EVENT = b"event: at\n"


class Speaker:
    """The speaker's page."""

    def __init__(self, address: str) -> None:
        """Open the page by the address that opens it once."""
        self.place = urlsplit(address)
        entered = self._ask("GET", f"/?{self.place.query}", {})
        cookie = str(entered[0]["Set-Cookie"]).partition(";")[0]
        page = self._ask("GET", "/", {"Cookie": cookie})[1].decode()
        token = re.search('data-token="([^"]+)"', page)
        assert token
        self.keys = re.findall('<section class="slide" id="([^"]+)"', page)
        self.headers = {
            "Content-Type": "application/json",
            "Origin": f"http://{self.place.netloc}",
            "X-Conceptdeck-Token": token[1],
        }

    def steer(self, key: str) -> None:
        """Go to a slide."""
        body = json.dumps({"key": key, "step": "whole"})
        assert json.loads(self._ask("POST", "/steer", self.headers, body)[1])["done"]

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: str = ""
    ) -> tuple[http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection(self.place.netloc, timeout=SECONDS)
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        said = answer.headers, answer.read()
        connection.close()
        return said


class Followers:
    """Many connections that listen."""

    def __init__(self, address: str, count: int) -> None:
        """Listen in all languages, one after the other."""
        place = urlsplit(address)
        self.selector = selectors.DefaultSelector()
        self.heard = [b""] * count
        for number in range(count):
            connection = socket.create_connection((str(place.hostname), place.port), SECONDS)
            path = f"{place.path}/events?language={LANGUAGES[number % len(LANGUAGES)]}"
            connection.sendall(f"GET {path} HTTP/1.0\r\nHost: {place.netloc}\r\n\r\n".encode())
            connection.setblocking(False)
            self.selector.register(connection, selectors.EVENT_READ, (connection, number))

    def hear(self) -> None:
        """Listen until everyone has heard of a step."""
        waiting = set(range(len(self.heard)))
        while waiting:
            ready = self.selector.select(SECONDS)
            assert ready, f"{len(waiting)} followers hear nothing"
            for each, _ in ready:
                connection, number = each.data
                self.heard[number] += connection.recv(65536)
                if EVENT in self.heard[number] and self.heard[number].endswith(b"\n\n"):
                    self.heard[number] = b""
                    waiting.discard(number)


@contextmanager
def talk() -> Iterator[tuple[str, str]]:
    """Give a talk; yield the addresses of the speaker and of the followers."""
    with (
        tempfile.TemporaryDirectory() as name,
        previewed(name, "world-models", "--present", "--captions", addresses=2) as (speaker, followers),
    ):
        yield speaker, followers


def main() -> None:
    """Print how long it takes until everyone has heard of a step."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--followers", type=int, default=200)
    parser.add_argument("--steps", type=int, default=60)
    given = parser.parse_args()
    print(machine())
    with talk() as (address, audience):
        speaker = Speaker(address)
        followers = Followers(audience, given.followers)
        followers.hear()
        taken = []
        for number in range(1, given.steps + 1):
            started = time.perf_counter()
            speaker.steer(speaker.keys[number % len(speaker.keys)])
            followers.hear()
            taken.append(time.perf_counter() - started)
            time.sleep(0.05)  # a speaker is never faster
    last = sorted(taken)
    print(
        f"{given.followers} followers, {given.steps} steps: the last one hears after "
        f"{median(last) * 1000:.0f} ms, at worst {last[-1] * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main()
