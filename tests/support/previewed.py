"""A preview that runs, of a copy of a shipped map, and its page in a browser."""

from __future__ import annotations

import http.client
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from conceptdeck.preview.editor import Editor, watched
from conceptdeck.preview.gate import ADDRESS, TOKEN_HEADER
from conceptdeck.preview.page import load_page
from conceptdeck.preview.server import PreviewServer
from conceptdeck.preview.studio import Studio
from conceptdeck.preview.watch import Bell, watch_folders
from support.decks import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = [
    "CONTRASTS", "DOUBLES", "LEAST_CONTRAST", "NAMELESS", "SECONDS", "SOURCE", "Desk", "at", "opened", "previewed",
    "settled", "shown",
]  # fmt: skip

SOURCE = ROOT / "data" / "world-models"
SECONDS = 120  # a guard: what takes longer is taken to hang


@dataclass
class Desk:
    """A preview that runs, and the files that it follows."""

    folder: Path
    server: PreviewServer
    said: list[str] = field(default_factory=list)

    @property
    def map_file(self) -> Path:
        return self.folder / "map.yaml"

    @property
    def studio(self) -> Studio:
        return self.server.studio

    def catalog(self, tag: str) -> Path:
        return self.folder / "locales" / f"{tag}.po"

    def change(self, path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def ask(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Return the answer to a request that carries nothing but what is given, and the host."""
        connection = http.client.HTTPConnection(ADDRESS, self.server.server_port, timeout=SECONDS)
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            reply = connection.getresponse()
            return reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()
        finally:
            connection.close()

    @property
    def cookie(self) -> str:
        return self.server.gate.set_cookie.partition(";")[0]

    def entrance(self, address: str = "") -> str:
        """Return an address that opens the page once; `address` is a query, a fragment, or both."""
        query, _, fragment = address.removeprefix("?").partition("#")
        return self.server.invitation(dict(parse_qsl(query))) + (f"#{fragment}" if fragment else "")

    def ask_for_page(self) -> tuple[int, dict[str, str], bytes]:
        return self.ask("/", Cookie=self.cookie)

    def ask_as_page(self, path: str, **query: str) -> tuple[int, dict[str, str], bytes]:
        headers = {TOKEN_HEADER: self.server.gate.token, "Cookie": self.cookie}
        return self.ask(f"{path}?{urlencode(query)}", **headers)

    def send(self, raw: bytes) -> bytes:
        """Return what comes back for bytes that need not be a request."""
        with socket.create_connection((ADDRESS, self.server.server_port), timeout=SECONDS) as connection:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))


def opened(connection: http.client.HTTPConnection, address: str) -> bytes:
    """Return the page that an address opens once, as a browser comes to it."""
    connection.request("GET", address)
    entered = connection.getresponse()
    entered.read()
    assert entered.status == 303, address
    cookie = entered.headers["Set-Cookie"].partition(";")[0]
    connection.request("GET", entered.headers["Location"], headers={"Cookie": cookie})
    return connection.getresponse().read()


@contextmanager
def previewed(folder: Path, *, editable: bool = False) -> Iterator[Desk]:
    """Run a preview of a copy of a shipped map, on whose page texts may be `editable`."""
    shutil.copytree(SOURCE, folder)
    said: list[str] = []
    bell, stop = Bell(), threading.Event()
    studio = Studio([folder / "map.yaml"], said.append)
    editor = Editor(studio, folder.parent.parent / "output") if editable else None
    server = PreviewServer(studio, bell, load_page(), 0, said.append, editor)
    server.run()
    watcher = threading.Thread(target=watch_folders, args=(partial(watched, studio, editor), bell, stop), daemon=True)
    watcher.start()
    try:
        yield Desk(folder, server, said)
    finally:
        stop.set()
        bell.end()
        server.shutdown()
        server.server_close()
        watcher.join(SECONDS)
    assert not watcher.is_alive()


def at(desk: Desk, page: Page, address: str = "") -> Page:
    """Open the page and wait until it shows something."""
    page.goto(desk.entrance(address))
    settled(page)
    return page


def settled(page: Page) -> None:
    page.locator("html[data-version]:not([data-busy])").wait_for(state="attached")


def shown(page: Page, pane: int = 0) -> str:
    """Return the text of the large slide."""
    return page.locator(".desk .sheet").nth(pane).evaluate("each => each.shadowRoot.textContent")


# --- for everyone ---------------------------------------------------------------------------------

LEAST_CONTRAST = 4.5
NAMELESS = """
[...document.querySelectorAll("button, select, input, textarea, [role=img], dialog, nav, aside")]
  .concat([...document.querySelectorAll("section:not([role=alert])")])
  .filter((each) => each.checkVisibility())
  .filter((each) => {
    const pointed = document.getElementById(each.getAttribute("aria-labelledby"))?.innerText;
    const names = [each.getAttribute("aria-label"), each.labels?.[0]?.innerText, pointed];
    const inside = each.tagName === "BUTTON" ? [each.textContent, each.querySelector("[aria-label]")?.ariaLabel] : [];
    return ![...names, ...inside].some((name) => name?.trim());
  })
  .map((each) => each.outerHTML.slice(0, 120))
"""
DOUBLES = """
[...document.querySelectorAll("[id]")].map((each) => each.id).filter((id, at, all) => all.indexOf(id) !== at)
"""
CONTRASTS = """
(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const paint = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const found = [];
  for (const each of document.querySelectorAll("header *, #banner *, main *, dialog *")) {
    const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !each.checkVisibility() || each.closest(":disabled")) continue;
    const grounds = [];
    for (let at = each; at; at = at.parentElement) grounds.unshift(getComputedStyle(at).backgroundColor);
    const ground = paint(grounds), text = paint([...grounds, getComputedStyle(each).color]);
    const [high, low] = [light(text), light(ground)].sort((a, b) => b - a);
    found.push([(high + 0.05) / (low + 0.05), each.outerHTML.slice(0, 100)]);
  }
  return found;
})()
"""
