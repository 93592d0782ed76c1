"""The server of the preview: a page on the loopback address, which no other origin and no other account can read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus

from conceptdeck.preview.editor import Editor
from conceptdeck.preview.gate import JSON
from conceptdeck.preview.page import PreviewPage
from conceptdeck.preview.serving import HTML, PATIENCE, STREAM, LocalHandler, LocalServer
from conceptdeck.preview.studio import Studio, as_json
from conceptdeck.preview.watch import Bell

__all__ = ["CHANGES", "PreviewServer"]

MOST_DIGESTS = 2_000
CHANGES = ("/draft", "/save", "/undo", "/take")


class PreviewServer(LocalServer):
    """Serves the page of a studio, on this machine only; each request has a thread of its own."""

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
        super().__init__(port, _Handler, tell)


class _Handler(LocalHandler):
    """Answers one request."""

    server: PreviewServer

    def answers(self) -> Mapping[str, Callable[[dict[str, str]], None]]:
        """Return what answers questions for a state, pictures or news."""
        return {
            "/state": self._state,
            "/pictures": self._pictures,
            "/font": self._font,
            "/events": self._events,
            "/decks": self._decks,
        }

    def changes(self) -> Mapping[str, Callable[[dict[str, str]], object]]:
        """Return what looks at a draft, saves a text, takes one back, or takes the edits of a deck."""
        editor = self.server.editor
        known = (editor.draft, editor.save, editor.undo, editor.take) if editor else ()
        return dict(zip(CHANGES, known, strict=False))

    def show(self) -> None:
        """Give the page, which holds the token."""
        html, policy = self.server.page.html(
            self.server.gate.token, self.server.studio.words(), editable=self.server.editor is not None
        )
        self.send(HTTPStatus.OK, HTML, html.encode(), policy)

    def _state(self, query: Mapping[str, str]) -> None:
        seen = self.server.bell.count  # before planning: what is saved meanwhile is news
        body = as_json(self.server.studio.reply(query))
        self.send(HTTPStatus.OK, JSON, body, extra={"X-Conceptdeck-Change": str(seen)})

    def _pictures(self, query: Mapping[str, str]) -> None:
        digests = query.get("digests", "").split(",")[:MOST_DIGESTS]
        found = self.server.studio.pictures(digests)
        self.send(HTTPStatus.OK, JSON, json.dumps(found, ensure_ascii=False).encode())

    def _font(self, query: Mapping[str, str]) -> None:
        data = self.server.studio.font(query.get("file", ""))
        if data is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self.send(HTTPStatus.OK, "font/sfnt", data)

    def _decks(self, query: Mapping[str, str]) -> None:
        """Tell which decks were edited, where the page may take their edits."""
        editor = self.server.editor
        self.send(HTTPStatus.OK, JSON, as_json(editor.decks(query) if editor else ()))

    def _events(self, query: Mapping[str, str]) -> None:
        """Tell of changes for as long as the page listens."""
        self.head(HTTPStatus.OK, STREAM, None)
        bell, seen = self.server.bell, -1
        while not bell.ended:
            count = bell.wait(seen, PATIENCE / 2)
            self.stream(*() if count == seen else (f"event: change\ndata: {count}\n\n".encode(),))
            seen = count
        self.stream(b"event: end\ndata: 0\n\n")
