"""The pages of a talk: the speaker's with its notes, and the followers' in each language, without them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from conceptdeck.building.deck import Plan, plan_deck
from conceptdeck.building.jobs import DeckJob
from conceptdeck.building.outputs import web_deck
from conceptdeck.layout.qr import QUIET, loops, squares
from conceptdeck.preview.addresses import is_alone
from conceptdeck.preview.talk import Stop
from conceptdeck.render.web.deck import Sibling, WebDeck, write_webdeck
from conceptdeck.render.web.page import Page
from conceptdeck.values.diagnostics import Diagnostic, Failure, has_errors
from conceptdeck.values.frame import Frame
from conceptdeck.values.languages import runs_rtl
from conceptdeck.values.terms import Term
from conceptdeck.values.value import frozen
from conceptdeck.workspace import places
from conceptdeck.workspace.loading import language_name, languages_of

__all__ = ["Stage", "set_stage"]

ALLOWED = {"connect-src": "'self'"}
KEYS = ((Term.AUDIENCE_ADDRESS, ("A",)), (Term.CAPTIONS, ("C",)))


@frozen
class Code:
    """A code that phones read, as a path of SVG, and how many squares it is wide with what stays light around it."""

    across: int
    path: str


def code_of(address: str) -> Code | None:
    """Return the code of an address; None if no code holds as much."""
    rows = squares(address)
    corners = ((f"{x + QUIET},{y + QUIET}" for x, y in loop) for loop in loops(rows))
    path = "".join(f"M{'L'.join(each)}Z" for each in corners)
    return Code(len(rows) + 2 * QUIET, path) if rows else None


@frozen
class Stage:
    """What a talk needs: the speaker's plan, and the slides and pages that followers have, by language."""

    plan: Plan
    tours: Mapping[str, tuple[Stop, ...]]
    pages: Mapping[str, str]

    @property
    def language(self) -> str:
        """Return the language of the speaker's page."""
        return self.plan.deck.language

    def speaker(self, token: str, address: str) -> str:
        """Return the speaker's page, with the token that steers and the address that followers open."""
        deck = replace(web_deck(self.plan.deck, self.plan.frames, ()), keys=KEYS)
        place, _, secret = address.rpartition("/")
        tongues = [(tag, language_name(tag)) for tag in self.tours]
        code = None if is_alone(address) else code_of(address)  # a phone would look for a talk of its own
        more = {"token": token, "place": f"{place}/", "secret": secret, "tongues": tongues, "code": code}
        return _written(self.plan, deck, "podium", more)


def set_stage(job: DeckJob, tell: Callable[[Sequence[Diagnostic]], None]) -> Stage:
    """Make the pages of a talk in the language of a job, which is the speaker's, and in all others of its map.

    A language that cannot be shown is left out; `tell` hears why, and what else is found. Raises Failure if the
    speaker's own cannot be shown.
    """
    plan = _planned(job)
    own = plan.deck.language
    plans = {own: plan}
    for tag in languages_of(job.map_file):
        if tag != own:
            try:
                plans[tag] = _planned(replace(job, locale=tag))
            except Failure as failure:
                tell(failure.diagnostics)
    for each in plans.values():
        tell(each.problems)
    tours = {tag: _tour(each) for tag, each in plans.items()}
    return Stage(plan, tours, {tag: _followed(each, tuple(plans)) for tag, each in plans.items()})


def _planned(job: DeckJob) -> Plan:
    plan = plan_deck(job)
    if has_errors(plan.problems):
        raise Failure(plan.problems)
    return plan


def _tour(plan: Plan) -> tuple[Stop, ...]:
    deck = web_deck(plan.deck, plan.frames, ())
    return tuple(_stop(frame, is_timed=frame.key in deck.planned) for frame in deck.frames)


def _stop(frame: Frame, *, is_timed: bool) -> Stop:
    """Return a slide as a talk passes it; the first line of notes with a plan is the time."""
    clicks = max((getattr(item, "click", 0) for item in frame.items), default=0)
    lines = [(f"{line.sign} {line.text}".strip(), line.language or frame.language) for line in frame.told[is_timed:]]
    said = tuple((text, "rtl" if runs_rtl(text, tag) else "ltr") for text, tag in lines if text)
    return Stop(frame.key, frame.slide or frame.key, clicks, said)


def _followed(plan: Plan, tags: tuple[str, ...]) -> str:
    """Return the page of followers in a language, which leads to those in others; it holds nothing of the notes."""
    siblings = tuple(Sibling(tag, language_name(tag), tag) for tag in tags if tag != plan.deck.language)
    deck = web_deck(plan.deck, plan.frames, siblings)
    frames = tuple(replace(frame, notes="", note_passages=()) for frame in deck.frames)
    return _written(plan, replace(deck, frames=frames, planned={}, for_followers=True), "follow", {})


def _written(plan: Plan, deck: WebDeck, name: str, more: Mapping[str, object]) -> str:
    """Return a page of a deck with what one of the talk's has besides."""
    (document, *shared), style, script = places.page_assets("deck")
    (own, *_), more_style, more_script = places.page_assets(name, "preview")
    templates = (own, ("deck.html", document[1]), *shared)
    page = Page(templates, f"{style}{more_style}", f"{more_script}{script}")
    return write_webdeck(deck, plan.theme, page, plan.book, ALLOWED, more)
