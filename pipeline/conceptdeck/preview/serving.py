"""Servers of this program: what every answer has, and a server that only this machine and its own page reach.

Every request to a local server must name this machine as its host, so that no name that is made to lead here gets in,
and must not come from another origin. The page is given to who comes by an address that opens it once, and then to who
has the cookie that came with it; all else must carry the token that only the page holds. What changes something must
say that it comes from this very page, and be JSON, which no form of another page can send unasked.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import traceback
from abc import abstractmethod
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from conceptdeck.preview.gate import ADDRESS, JSON, TOKEN_HEADER, Keys, new_gate
from conceptdeck.preview.studio import as_json

__all__ = ["HTML", "PATIENCE", "PLAIN", "STREAM", "Handler", "LocalHandler", "LocalServer", "Server"]

PATIENCE = 20.0  # seconds for a request to arrive, and between two signs of life
MOST_QUERY = 64_000  # characters
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
KEY = "key"
NOTHING_ALLOWED = "default-src 'none'; frame-ancestors 'none'"
PLAIN, HTML, STREAM = "text/plain; charset=utf-8", "text/html; charset=utf-8", "text/event-stream"


class Server(ThreadingHTTPServer):
    """A server on one address of this machine; each request has a thread of its own."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128  # a page asks for much at once, and several pages may be open
    allow_reuse_address = False  # two servers on one port would each get some of the requests

    def __init__(self, place: tuple[str, int], handler: type[Handler], tell: Callable[[str], None]) -> None:
        """Listen on an address and a port, any free one if it is 0; `tell` hears of faults."""
        self.tell = tell
        self.address_family = socket.AF_INET6 if ":" in place[0] else socket.AF_INET
        super().__init__(place, handler)

    def server_bind(self) -> None:
        """Take the port without asking a name server who we are."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of a fault in a request and go on; a page that was closed is none."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            self.tell(f"conceptdeck: a fault of the program\n{traceback.format_exc()}")

    def run(self) -> threading.Thread:
        """Serve in the background."""
        thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        return thread


class Handler(BaseHTTPRequestHandler):
    """Answers one request with what every answer has."""

    timeout = PATIENCE

    def asked(self) -> tuple[str, dict[str, str]] | None:
        """Return the path and the query of a request; one whose address is none, as `http://[/`, is refused."""
        try:
            address = urlsplit(self.path)
        except ValueError:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return None
        return address.path, dict(parse_qsl(address.query[:MOST_QUERY], keep_blank_values=True))

    def given(self) -> dict[str, list[str]]:
        """Return the headers of a request."""
        return {name.lower(): self.headers.get_all(name, []) for name in self.headers}

    def send(
        self, status: HTTPStatus, kind: str, body: bytes, policy: str = NOTHING_ALLOWED, extra: Mapping[str, str] = {}
    ) -> None:
        """Answer a request as a whole."""
        self.head(status, kind, len(body), policy, extra)
        if self.command != "HEAD":
            self.wfile.write(body)

    def head(
        self,
        status: HTTPStatus,
        kind: str,
        length: int | None,
        policy: str = NOTHING_ALLOWED,
        extra: Mapping[str, str] = {},
    ) -> None:
        """Begin an answer; one without a `length` goes on until it ends."""
        self.send_response(status)
        sized = {"Content-Length": str(length)} if length is not None else {}
        for name, value in {
            **HEADERS,
            "Content-Security-Policy": policy,
            "Content-Type": kind,
            "Connection": "close",
            **sized,
            **extra,
        }.items():
            self.send_header(name, value)
        self.end_headers()

    def stream(self, *events: bytes) -> None:
        """Send events to who listens, or a sign of life if there are none."""
        self.wfile.write(b"".join(events) or b": still here\n\n")
        self.wfile.flush()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse a request in a line of text, which repeats nothing of it."""
        self.close_connection = True
        self.command = getattr(self, "command", None) or "GET"
        self.request_version = self.protocol_version  # an answer to HTTP/0.9 would lack its head
        status = HTTPStatus(code)
        self.send(status, PLAIN, f"{status.value} {status.phrase}\n".encode())

    def version_string(self) -> str:
        """Return what serves; nothing about the machine."""
        return "conceptdeck"

    def log_message(self, format: str, *args: Any) -> None:
        """Write no line for each request."""


class LocalServer(Server):
    """A server that answers this machine only, and there its own page."""

    name: ClassVar[str] = "Preview"

    def __init__(self, port: int, handler: type[LocalHandler], tell: Callable[[str], None]) -> None:
        """Listen on `port`, any free one if it is 0; `tell` hears of faults."""
        super().__init__((ADDRESS, port), handler, tell)
        self.gate, self.keys = new_gate(self.server_port), Keys()

    @property
    def address(self) -> str:
        """Return where the page is."""
        return f"http://{ADDRESS}:{self.server_port}/"

    def invitation(self, begin: Mapping[str, str] = {}) -> str:
        """Return an address that opens the page once, with what it begins with."""
        return f"{self.address}?{urlencode({**begin, KEY: self.keys.cut()})}"


class LocalHandler(Handler):
    """Answers a request to a local server, if it comes from who may ask."""

    server: LocalServer

    @abstractmethod
    def show(self) -> None:
        """Give the page."""

    @abstractmethod
    def answers(self) -> Mapping[str, Callable[[dict[str, str]], None]]:
        """Return what answers the page's questions, by path."""

    @abstractmethod
    def changes(self) -> Mapping[str, Callable[[dict[str, str]], object]]:
        """Return what changes something and returns what came of it, by path; nothing if nothing may change."""

    def do_GET(self) -> None:
        """Answer a request for the page, or one of its questions; there is nothing else here."""
        found = self.asked()
        if found is None:
            return
        path, query = found
        answer = {"/": self._page, **self.answers()}.get(path)
        token = None if path == "/" else self.headers.get(TOKEN_HEADER) or query.pop("token", "")
        if refused := self.server.gate.refusal(self.given(), token):
            self.send_error(refused)
        elif answer is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            answer(query)

    def do_POST(self) -> None:
        """Answer a request to change something; there is nothing else to change."""
        changes = self.changes()
        change = changes.get(self.path)
        if refused := self.server.gate.refusal_to_change(self.given()):
            self.send_error(refused)
        elif change is None:
            self.send_error(HTTPStatus.NOT_FOUND if changes else HTTPStatus.METHOD_NOT_ALLOWED)
        elif (asked := _said(self.rfile.read(int(self.headers["Content-Length"])))) is None:
            self.send_error(HTTPStatus.BAD_REQUEST)
        else:
            self.send(HTTPStatus.OK, JSON, as_json(change(asked)))

    def _page(self, query: dict[str, str]) -> None:
        """Give the page to who was let in; who comes by a key is let in, and led to where its address is no secret."""
        server = self.server
        if server.keys.use(query.pop(KEY, "")):
            place = {"Location": f"/?{urlencode(query)}" if query else "/", "Set-Cookie": server.gate.set_cookie}
            self.send(HTTPStatus.SEE_OTHER, PLAIN, b"", extra=place)
        elif server.gate.knows(self.given()):
            self.show()
        else:
            if not server.keys.waiting:
                server.tell(f"{server.name}: to open the page once more: {server.invitation()}")
            self.send_error(HTTPStatus.FORBIDDEN)


def _said(body: bytes) -> dict[str, str] | None:
    """Return what the body of a request says, texts by name; None if it is anything else."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    sound = isinstance(found, dict) and all(isinstance(each, str) for each in found.values())
    return found if sound else None
