"""The server of a speaker: the only page that steers a talk, on this machine only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import ClassVar

from conceptdeck.preview.serving import HTML, PATIENCE, STREAM, LocalHandler, LocalServer
from conceptdeck.preview.studio import as_json
from conceptdeck.preview.talk import Talk
from conceptdeck.values.value import frozen

__all__ = ["STEERING", "Done", "PodiumServer"]

STEERING = ("/steer", "/captions")
YES = "yes"
UNFRAMED = "frame-ancestors 'none'"


@frozen
class Done:
    """Whether what the speaker wished was done."""

    done: bool


class PodiumServer(LocalServer):
    """Serves the speaker's page of a talk; `page` makes it with the token that steers."""

    name: ClassVar[str] = "Speaker"

    def __init__(self, talk: Talk, page: Callable[[str], str], tell: Callable[[str], None]) -> None:
        """Listen on any free port; `tell` hears of faults."""
        self.talk = talk
        super().__init__(0, _Handler, tell)
        self.page = page(self.gate.token)


class _Handler(LocalHandler):
    """Answers a request of the speaker's page."""

    server: PodiumServer

    def show(self) -> None:
        """Give the page, which holds the token."""
        self.send(HTTPStatus.OK, HTML, self.server.page.encode(), UNFRAMED)

    def answers(self) -> Mapping[str, Callable[[dict[str, str]], None]]:
        """Return what tells of the talk."""
        return {"/events": self._events}

    def changes(self) -> Mapping[str, Callable[[dict[str, str]], object]]:
        """Return what steers the talk."""
        return dict(zip(STEERING, (self._steer, self._wish), strict=True))

    def _steer(self, asked: Mapping[str, str]) -> Done:
        return Done(self.server.talk.steer(asked.get("key", ""), asked.get("step", "")))

    def _wish(self, asked: Mapping[str, str]) -> Done:
        self.server.talk.wish(captions=asked.get("on") == YES)
        return Done(True)

    def _events(self, query: Mapping[str, str]) -> None:
        """Tell where the talk is, and how many follow, for as long as the page listens."""
        self.head(HTTPStatus.OK, STREAM, None)
        talk = self.server.talk
        _, news = talk.since(-1, talk.language)
        self.stream(*news)
        rung, known = -1, b""
        while not talk.counted.ended:
            rung = talk.counted.wait(rung, PATIENCE / 2)
            now = as_json({"followers": talk.followers, "captions": talk.captions})
            self.stream(*() if now == known else (b"event: hall\ndata: " + now + b"\n\n",))
            known = now
        self.stream(b"event: end\ndata: 0\n\n")
