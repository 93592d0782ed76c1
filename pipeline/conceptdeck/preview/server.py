"""The server: a page on the loopback address, which no other origin and no other account can read or make work.

Every request must name this machine as its host, so that no name that is made to lead here gets in, and must not come
from another origin. The page is given to who comes by an address that opens it once, and then to who has the cookie
that came with it; all else must carry the token that only the page holds. What changes files must say that it comes
from this very page, and be JSON, which no form of another page can send unasked.
"""

from __future__ import annotations

import json
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from conceptdeck.preview.editor import Editor
from conceptdeck.preview.gate import ADDRESS, JSON, TOKEN_HEADER, Keys, new_gate
from conceptdeck.preview.page import PreviewPage
from conceptdeck.preview.studio import Studio, as_json
from conceptdeck.preview.watch import Bell

__all__ = ["CHANGES", "PreviewServer"]

PATIENCE = 20.0  # seconds for a request to arrive, and between two signs of life
MOST_DIGESTS = 2_000
MOST_QUERY = 64_000  # characters
CHANGES = ("/draft", "/save", "/undo", "/take")
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


class PreviewServer(ThreadingHTTPServer):
    """Serves the page of a studio, on this machine only; each request has a thread of its own."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128  # a page asks for much at once, and several pages may be open
    allow_reuse_address = False  # two previews on one port would each get some of the requests

    def __init__(
        self,
        studio: Studio,
        bell: Bell,
        page: PreviewPage,
        port: int,
        tell: Callable[[str], None],
        editor: Editor | None = None,
    ) -> None:
        """Listen on `port`, any free one if it is 0; `tell` hears of faults. Without an editor nothing is changed."""
        self.studio = studio
        self.editor = editor
        self.bell = bell
        self.page = page
        self.tell = tell
        super().__init__((ADDRESS, port), _Handler)
        self.gate, self.keys = new_gate(self.server_port), Keys()

    def server_bind(self) -> None:
        """Take the port without asking a name server who we are."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = ADDRESS, int(self.server_address[1])

    @property
    def address(self) -> str:
        """Return where the page is."""
        return f"http://{ADDRESS}:{self.server_port}/"

    def invitation(self, begin: Mapping[str, str] = {}) -> str:
        """Return an address that opens the page once, with what it begins with."""
        return f"{self.address}?{urlencode({**begin, KEY: self.keys.cut()})}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of a fault in a request and go on; a page that was closed is none."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            self.tell(f"conceptdeck: a fault of the program\n{traceback.format_exc()}")

    def run(self) -> threading.Thread:
        """Serve in the background."""
        thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        return thread


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: PreviewServer
    timeout = PATIENCE

    def do_GET(self) -> None:
        """Answer a request for the page, a state, pictures or news; there is nothing else here."""
        try:
            address = urlsplit(self.path)
        except ValueError:  # an address that is none, as `http://[/`
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        answers = {
            "/": self._page,
            "/state": self._state,
            "/pictures": self._pictures,
            "/font": self._font,
            "/events": self._events,
            "/decks": self._decks,
        }
        answer = answers.get(address.path)
        query = dict(parse_qsl(address.query[:MOST_QUERY], keep_blank_values=True))
        token = None if address.path == "/" else self.headers.get(TOKEN_HEADER) or query.pop("token", "")
        if refused := self.server.gate.refusal(self._headers(), token):
            self.send_error(refused)
        elif answer is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            answer(query)

    def do_POST(self) -> None:
        """Answer a request to look at a draft, to save a text or to take one back; there is nothing else to change."""
        editor = self.server.editor
        known = (editor.draft, editor.save, editor.undo, editor.take) if editor else ()
        answers = dict(zip(CHANGES, known, strict=False))
        answer = answers.get(self.path)
        if refused := self.server.gate.refusal_to_change(self._headers()):
            self.send_error(refused)
        elif answer is None:
            self.send_error(HTTPStatus.NOT_FOUND if editor else HTTPStatus.METHOD_NOT_ALLOWED)
        elif (asked := _said(self.rfile.read(int(self.headers["Content-Length"])))) is None:
            self.send_error(HTTPStatus.BAD_REQUEST)
        else:
            self._send(HTTPStatus.OK, JSON, as_json(answer(asked)))

    def _headers(self) -> dict[str, list[str]]:
        return {name.lower(): self.headers.get_all(name, []) for name in self.headers}

    def _page(self, query: dict[str, str]) -> None:
        """Give the page to who was let in; who comes by a key is let in, and led to where its address is no secret."""
        server = self.server
        if server.keys.use(query.pop(KEY, "")):
            place = {"Location": f"/?{urlencode(query)}" if query else "/", "Set-Cookie": server.gate.set_cookie}
            self._send(HTTPStatus.SEE_OTHER, "text/plain; charset=utf-8", b"", extra=place)
        elif server.gate.knows(self._headers()):
            self._show()
        else:
            if not server.keys.waiting:
                server.tell(f"Preview: to open the page once more: {server.invitation()}")
            self.send_error(HTTPStatus.FORBIDDEN)

    def _show(self) -> None:
        html, policy = self.server.page.html(
            self.server.gate.token, self.server.studio.words(), editable=self.server.editor is not None
        )
        self._send(HTTPStatus.OK, "text/html; charset=utf-8", html.encode(), policy)

    def _state(self, query: Mapping[str, str]) -> None:
        seen = self.server.bell.count  # before planning: what is saved meanwhile is news
        body = as_json(self.server.studio.reply(query))
        self._send(HTTPStatus.OK, JSON, body, extra={"X-Conceptdeck-Change": str(seen)})

    def _pictures(self, query: Mapping[str, str]) -> None:
        digests = query.get("digests", "").split(",")[:MOST_DIGESTS]
        found = self.server.studio.pictures(digests)
        self._send(HTTPStatus.OK, JSON, json.dumps(found, ensure_ascii=False).encode())

    def _font(self, query: Mapping[str, str]) -> None:
        data = self.server.studio.font(query.get("file", ""))
        if data is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self._send(HTTPStatus.OK, "font/sfnt", data)

    def _decks(self, query: Mapping[str, str]) -> None:
        """Tell which decks were edited, where the page may take their edits."""
        editor = self.server.editor
        self._send(HTTPStatus.OK, JSON, as_json(editor.decks(query) if editor else ()))

    def _events(self, query: Mapping[str, str]) -> None:
        """Tell of changes for as long as the page listens."""
        self._head(HTTPStatus.OK, "text/event-stream", None)
        bell, seen = self.server.bell, -1
        while not bell.ended:
            count = bell.wait(seen, PATIENCE / 2)
            self.wfile.write(b": still here\n\n" if count == seen else f"event: change\ndata: {count}\n\n".encode())
            self.wfile.flush()
            seen = count
        self.wfile.write(b"event: end\ndata: 0\n\n")

    # --- what every answer has ----------------------------------------------------------------------

    def _send(
        self, status: HTTPStatus, kind: str, body: bytes, policy: str = NOTHING_ALLOWED, extra: Mapping[str, str] = {}
    ) -> None:
        self._head(status, kind, len(body), policy, extra)
        if self.command != "HEAD":
            self.wfile.write(body)

    def _head(
        self,
        status: HTTPStatus,
        kind: str,
        length: int | None,
        policy: str = NOTHING_ALLOWED,
        extra: Mapping[str, str] = {},
    ) -> None:
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

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse a request in a line of text, which repeats nothing of it."""
        self.close_connection = True
        self.command = getattr(self, "command", None) or "GET"
        self.request_version = self.protocol_version  # an answer to HTTP/0.9 would lack its head
        status = HTTPStatus(code)
        self._send(status, "text/plain; charset=utf-8", f"{status.value} {status.phrase}\n".encode())

    def version_string(self) -> str:
        """Return what serves; nothing about the machine."""
        return "conceptdeck"

    def log_message(self, format: str, *args: Any) -> None:
        """Write no line for each request."""


def _said(body: bytes) -> dict[str, str] | None:
    """Return what the body of a request says, texts by name; None if it is anything else."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    sound = isinstance(found, dict) and all(isinstance(each, str) for each in found.values())
    return found if sound else None
