"""The server of an audience: who has its address gets the pages of a talk and news of it, and can change nothing.

It knows no request but GET and reads no body. Its address holds a token; without that, every answer is the same and
says nothing of the talk. The speaker steers elsewhere: at a server of this machine only (`podium`).
"""

from __future__ import annotations

import contextlib
import gzip
import hmac
import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from conceptdeck.preview.serving import HTML, PATIENCE, PLAIN, STREAM, Handler, Server
from conceptdeck.preview.talk import Talk
from conceptdeck.values.languages import nearest
from conceptdeck.workspace.open_files import allow_open_files

__all__ = ["EVENTS", "MOST_OPEN", "AudienceServer", "new_token"]

MOST_OPEN = 600  # connections at once, each with a thread
OTHER_FILES = 100  # that this process has open besides
HEAD_SECONDS = 10.0  # for a request to arrive as a whole
PAGE_SECONDS = 60.0  # for a page to leave
EVENT_SECONDS = 5.0  # for an event to leave; who reads slower is dropped
BUFFER = 64 * 1024  # bytes that wait for who reads slowly
EVENTS = "events"
ALIVE = b"event: alive\ndata: 0\n\n"  # pages that hear nothing for long ask again
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another one
GROUPS, IN_GROUP = 3, 4
UNFRAMED = "frame-ancestors 'none'"  # which only a header may say; all else is in the page
ANYWHERE = ("same-origin", "same-site", "cross-site", "none")  # a link to the talk may stand in any page
HERE = ("same-origin", "none")
FULL = b"HTTP/1.0 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def new_token() -> str:
    """Return a token that nobody guesses and that can be typed from a screen: 59 bits, as `k7mw-3pqr-t9xz`."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(IN_GROUP)) for _ in range(GROUPS))


class AudienceServer(Server):
    """Serves the followers of a talk; each request has a thread of its own, and there is a bound on them."""

    most_open, head_seconds, event_seconds = MOST_OPEN, HEAD_SECONDS, EVENT_SECONDS

    def __init__(
        self, talk: Talk, pages: Mapping[str, str], place: tuple[str, int], tell: Callable[[str], None], name: str = ""
    ) -> None:
        """Listen on an address and a port, any free one if it is 0; `name` is how people call the address, if not so.

        There is a page for each language of the talk; `tell` hears of faults.
        """
        self.talk = talk
        self.token = new_token()
        self.pages = {tag: (page.encode(), gzip.compress(page.encode(), mtime=0)) for tag, page in pages.items()}
        self._arriving: dict[Any, float] = {}  # by when a request must have arrived
        self._open: set[Any] = set()
        self._lock = threading.Lock()
        super().__init__(place, _Handler, tell)
        self.most_open = min(self.most_open, allow_open_files(self.most_open + OTHER_FILES) - OTHER_FILES)
        names = dict.fromkeys((name.lower() or place[0], place[0]))
        self.hosts = tuple(f"{f'[{each}]' if ':' in each else each}:{self.server_port}" for each in names)

    @property
    def address(self) -> str:
        """Return the address that followers open."""
        return f"http://{self.hosts[0]}/{self.token}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of a fault in a request and go on; a follower who has gone, or whose network has, is none."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a request in a thread of its own, or refuse it if there are as many as may be."""
        with self._lock:
            is_full = len(self._open) >= self.most_open
            if not is_full:
                self._open.add(request)
                self._arriving[request] = time.monotonic() + self.head_seconds
        if is_full:
            with contextlib.suppress(OSError):
                request.setblocking(False)
                request.send(FULL)
            super().shutdown_request(request)
        else:
            super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection and make room for another one."""
        self.arrived(request)
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Cut off who takes too long to ask."""
        now = time.monotonic()
        with self._lock:
            late = [request for request, until in self._arriving.items() if until < now]
        for request in late:
            with contextlib.suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)

    def arrived(self, request: Any) -> None:
        """Know that a request is there as a whole."""
        with self._lock:
            self._arriving.pop(request, None)


class _Handler(Handler):
    """Answers a request of a follower."""

    server: AudienceServer
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Give a page, or tell of the talk for as long as the page listens; there is nothing else here."""
        self.server.arrived(self.connection)
        found = self.asked()
        if found is None:
            return
        token, _, rest = found[0].removeprefix("/").partition("/")
        if refused := self._refusal(token, rest):
            self.send_error(refused)
        elif rest == EVENTS:
            self._events(found[1].get("language", ""))
        elif rest in self.server.pages:
            self._page(rest)
        elif rest:
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            wanted = _accepted(self.headers.get("Accept-Language", ""))
            tag = nearest(wanted, self.server.talk.languages) or self.server.talk.language
            place = {"Location": f"/{self.server.token}/{tag}", "Vary": "Accept-Language"}
            self.send(HTTPStatus.SEE_OTHER, PLAIN, b"", extra=place)

    def _refusal(self, token: str, rest: str) -> HTTPStatus | None:
        """Return why a request is refused, None if it may pass."""
        given, server = self.given(), self.server
        hosts = given.get("host", [])
        if len(hosts) != 1 or hosts[0].lower() not in server.hosts:
            return HTTPStatus.MISDIRECTED_REQUEST
        if not hmac.compare_digest(token.lower().encode(errors="replace"), server.token.encode()):
            return HTTPStatus.NOT_FOUND
        if any(origin not in [f"http://{host}" for host in server.hosts] for origin in given.get("origin", [])):
            return HTTPStatus.FORBIDDEN
        sites = HERE if rest == EVENTS else ANYWHERE
        return HTTPStatus.FORBIDDEN if any(each not in sites for each in given.get("sec-fetch-site", [])) else None

    def _page(self, tag: str) -> None:
        plain, packed = self.server.pages[tag]
        self.connection.settimeout(PAGE_SECONDS)
        codings = {each.partition(";")[0].strip() for each in self.headers.get("Accept-Encoding", "").split(",")}
        is_packed = "gzip" in codings
        extra = {"Content-Encoding": "gzip"} if is_packed else {}
        self.send(HTTPStatus.OK, HTML, packed if is_packed else plain, UNFRAMED, {**extra, "Vary": "Accept-Encoding"})

    def _events(self, language: str) -> None:
        """Tell where the talk is, each change of it, and its end."""
        talk = self.server.talk
        if language not in talk.languages:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        _bound(self.connection, self.server.event_seconds)
        self.head(HTTPStatus.OK, STREAM, None)
        with talk.followed():
            seen, rung = -1, -1
            while not talk.changed.ended:
                rung = talk.changed.wait(rung, PATIENCE / 2)
                seen, news = talk.since(seen, language)
                self.stream(*(news or (ALIVE,)))
            self.stream(b"event: end\ndata: 0\n\n")


def _bound(connection: socket.socket, seconds: float) -> None:
    """Let a connection keep little, and end when its other side has gone or reads too slowly."""
    connection.settimeout(seconds)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(PATIENCE * 1000))


def _accepted(header: str) -> list[str]:
    """Return the languages that a browser asks for, the dearest first: `de-AT, en;q=0.5`."""
    found = []
    for each in header[:1000].split(","):
        tag, _, weight = each.strip().partition(";")
        try:
            share = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            share = 0.0
        if tag and tag != "*" and share > 0:
            found.append((share, tag.strip()))
    return [tag for _, tag in sorted(found, key=lambda pair: -pair[0])]
