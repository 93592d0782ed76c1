"""Who may ask: this very page, opened by somebody who can read what the command prints.

Other accounts of the machine reach the same port. So the page is given to who comes by an address that opens it once; a
cookie lets the same browser in again.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Mapping
from http import HTTPStatus

from conceptdeck.values.value import frozen

__all__ = ["ADDRESS", "JSON", "MOST_BODY", "TOKEN_HEADER", "Gate", "Keys", "new_gate"]

ADDRESS = "127.0.0.1"
TOKEN_HEADER = "X-Conceptdeck-Token"
MOST_BODY = 256_000  # bytes: no text of a map is as long
JSON = "application/json"
SECRET = 24  # bytes


class Keys:
    """Keys that open the page once each; there is one at most that nobody has used yet."""

    def __init__(self) -> None:
        """Start without a key."""
        self._open = ""
        self._lock = threading.Lock()

    @property
    def waiting(self) -> bool:
        """Tell whether there is a key that nobody has used."""
        return bool(self._open)

    def cut(self) -> str:
        """Return a new key; the one before it opens nothing any more."""
        with self._lock:
            self._open = secrets.token_urlsafe(SECRET)
            return self._open

    def use(self, key: str) -> bool:
        """Tell whether a key opens the page, for the last time."""
        with self._lock:
            fits = bool(self._open) and hmac.compare_digest(key.encode(errors="replace"), self._open.encode())
            self._open = "" if fits else self._open
            return fits


def new_gate(port: int) -> Gate:
    """Return the gate of a server that listens on a port, with secrets of its own."""
    return Gate(port, secrets.token_urlsafe(SECRET), secrets.token_urlsafe(SECRET))


@frozen
class Gate:
    """Who may ask: the port that this server listens on, the token of its page, and the cookie of who was let in."""

    port: int
    token: str
    cookie: str

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return the hosts that a request may name."""
        return tuple(f"{name}:{self.port}" for name in (ADDRESS, "localhost"))

    @property
    def set_cookie(self) -> str:
        """Return the cookie that says who was let in; only this host gets it back, and never from another site."""
        return f"{self._name}={self.cookie}; HttpOnly; SameSite=Strict; Path=/"

    @property
    def _name(self) -> str:
        return f"conceptdeck-{self.port}"  # browsers share cookies between the ports of a host

    def knows(self, headers: Mapping[str, list[str]]) -> bool:
        """Tell whether a request comes from somebody who was let in."""
        given = (each.strip().partition("=") for line in headers.get("cookie", []) for each in line.split(";"))
        return any(
            name == self._name and hmac.compare_digest(value.encode(), self.cookie.encode()) for name, _, value in given
        )

    def refusal(self, headers: Mapping[str, list[str]], token: str | None) -> HTTPStatus | None:
        """Return why a request is refused, None if it may pass; `token` is None where none is needed.

        Browsers send where a request comes from, and let no page change it. `same-site` is another port.
        """
        hosts = headers.get("host", [])
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts:
            return HTTPStatus.MISDIRECTED_REQUEST
        if any(origin not in [f"http://{host}" for host in self.hosts] for origin in headers.get("origin", [])):
            return HTTPStatus.FORBIDDEN
        if any(site not in ("same-origin", "none") for site in headers.get("sec-fetch-site", [])):
            return HTTPStatus.FORBIDDEN
        if token is not None and not hmac.compare_digest(token.encode(), self.token.encode()):
            return HTTPStatus.FORBIDDEN
        return None

    def refusal_to_change(self, headers: Mapping[str, list[str]]) -> HTTPStatus | None:
        """Return why a request that changes files is refused, None if it may pass.

        It must come from a page of the very host that it names: browsers say so with each such request.
        """
        token = headers.get(TOKEN_HEADER.lower(), [])
        if refused := self.refusal(headers, token[0] if len(token) == 1 else ""):
            return refused
        if headers.get("origin") != [f"http://{headers['host'][0].lower()}"]:
            return HTTPStatus.FORBIDDEN
        if headers.get("sec-fetch-site", ["same-origin"]) != ["same-origin"]:
            return HTTPStatus.FORBIDDEN
        if [each.partition(";")[0].strip().lower() for each in headers.get("content-type", [])] != [JSON]:
            return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        lengths = headers.get("content-length", [])
        if len(lengths) != 1 or not lengths[0].isascii() or not lengths[0].isdigit() or "transfer-encoding" in headers:
            return HTTPStatus.LENGTH_REQUIRED
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if int(lengths[0][:9]) > MOST_BODY else None
