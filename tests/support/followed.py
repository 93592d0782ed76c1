"""A talk that runs, and its followers as plain sockets."""

from __future__ import annotations

import json
import selectors
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial

from conceptdeck.preview.audience import AudienceServer
from conceptdeck.preview.gate import ADDRESS
from conceptdeck.preview.podium import PodiumServer
from conceptdeck.preview.stage import Stage
from conceptdeck.preview.talk import Stop, Talk

__all__ = ["Followers", "Hall", "hall", "tour"]

SECONDS = 60  # a guard: what takes longer is taken to hang


def tour(*stops: str, language: str = "en") -> tuple[Stop, ...]:
    """Return slides by their keys, each with the number of its clicks: `cover`, `steps:2`, `table#2:1`."""
    found = []
    for stop in stops:
        key, _, clicks = stop.partition(":")
        found.append(Stop(key, key.partition("#")[0], int(clicks or 0), ((f"{key} in {language}", "ltr"),)))
    return tuple(found)


class Hall:
    """The two servers of a talk."""

    def __init__(self, talk: Talk, stage: Stage | None = None) -> None:
        """Let the talk be steered and followed, each at a port of this machine; without a `stage` pages are lines."""
        self.talk = talk
        self.told: list[str] = []
        pages = stage.pages if stage else {tag: f"<p>the deck in {tag}" for tag in talk.languages}
        self.audience = AudienceServer(talk, pages, (ADDRESS, 0), self.told.append)
        address = self.audience.address
        speaker = partial(stage.speaker, address=address) if stage else "<p>the speaker's {}".format
        self.podium = PodiumServer(talk, speaker, self.told.append)

    def ask(self, path: str, *lines: str, method: str = "GET", podium: bool = False, body: bytes = b"") -> bytes:
        """Return all that comes back for a request with some headers; `{host}` in them is the server's own."""
        server = self.podium if podium else self.audience
        host = f"{ADDRESS}:{server.server_port}"
        head = "\r\n".join((f"{method} {path} HTTP/1.0", *(line.format(host=host) for line in lines), "", ""))
        with socket.create_connection((ADDRESS, server.server_port), timeout=SECONDS) as connection:
            connection.sendall(head.encode(errors="surrogateescape") + body)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def cut(self) -> None:
        """Break the line to all who follow."""
        for connection in list(self.audience._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def steer(self, key: str, step: str = "0", path: str = "/steer") -> bytes:
        """Steer as the speaker's page does."""
        body = json.dumps({"key": key, "step": step}).encode()
        length = f"Content-Length: {len(body)}"
        token = f"X-Conceptdeck-Token: {self.podium.gate.token}"
        lines = ("Host: {host}", "Origin: http://{host}", "Content-Type: application/json", token, length)
        return self.ask(path, *lines, method="POST", podium=True, body=body)


@contextmanager
def hall(talk: Talk, stage: Stage | None = None) -> Iterator[Hall]:
    """Run the two servers of a talk."""
    both = Hall(talk, stage)
    servers = (both.audience, both.podium)
    for each in servers:
        each.run()
    try:
        yield both
    finally:
        talk.end()
        for each in servers:
            each.shutdown()
            each.server_close()


class Followers:
    """Pages that listen to a talk, all in one thread."""

    def __init__(self, server: AudienceServer, languages: Sequence[str]) -> None:
        """Listen once in each of some languages."""
        self.languages = tuple(languages)
        self._server = server
        self._selector = selectors.DefaultSelector()
        self.heard = [b"" for _ in languages]
        self.gone: set[int] = set()
        for number, language in enumerate(languages):
            connection = self.connected(language)
            connection.setblocking(False)
            self._selector.register(connection, selectors.EVENT_READ, number)

    def connected(self, language: str) -> socket.socket:
        """Return a connection that has asked for news in a language."""
        server = self._server
        connection = socket.create_connection((ADDRESS, server.server_port), timeout=SECONDS)
        path = f"/{server.token}/events?language={language}"
        connection.sendall(f"GET {path} HTTP/1.0\r\nHost: {server.hosts[0]}\r\n\r\n".encode())
        return connection

    def places(self, number: int) -> list[tuple[str, int]]:
        """Return where a follower has been led: slides and steps, in the order of hearing."""
        return [(each["key"], each["step"]) for each in self.events(number)]

    def events(self, number: int) -> list[dict[str, object]]:
        """Return what a follower has heard of places."""
        whole = self.heard[number].rpartition(b"\n\n")[0].split(b"\n\n")
        return [json.loads(each.partition(b"data: ")[2]) for each in whole if b"event: at\n" in each]

    def hear(self, count: int) -> None:
        """Listen until every follower has heard of `count` places, or is let go."""
        waiting = {n for n in range(len(self.languages)) if not self._knows(n, count)} - self.gone
        while waiting:
            ready = self._selector.select(SECONDS)
            assert ready, f"{len(waiting)} followers hear nothing"
            for key, _ in ready:
                data = key.fileobj.recv(65536)
                self.heard[key.data] += data
                if not data:
                    self._selector.unregister(key.fileobj)
                    key.fileobj.close()
                    self.gone.add(key.data)
                if not data or self._knows(key.data, count):
                    waiting.discard(key.data)

    def _knows(self, number: int, count: int) -> bool:
        heard = self.heard[number]
        return heard.endswith(b"\n\n") and heard.count(b"event: at\n") >= count

    def close(self) -> None:
        """Let all go."""
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()
        self._selector.close()
