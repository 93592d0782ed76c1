"""Decks in other formats than PowerPoint's: as a page for browsers, and as PDF to be handed out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline import files
from pipeline.deck import Deck
from pipeline.diagnostics import Diagnostic, Severity, Span
from pipeline.edition import language_name
from pipeline.fonts import FontBook
from pipeline.frame import Frame
from pipeline.theme import Theme

__all__ = ["FORMATS", "handout", "web_page"]

FORMATS = ("pptx", "html", "pdf")


def web_page(deck: Deck, theme: Theme, frames: Sequence[Frame], languages: Iterable[str], story: str = "") -> bytes:
    """Return the deck as a page that leads to those of the same story in other `languages`, which lie beside it."""
    from pipeline.render.webdeck import Sibling, WebDeck, write_webdeck  # here, as below: few want every format

    siblings = tuple(
        Sibling(tag, language_name(tag), f"../{tag}/{deck.id}.{tag}{story}.html")
        for tag in languages
        if tag != deck.language
    )
    shown = WebDeck(
        f"{deck.id}{story}",
        deck.title.value,
        deck.language,
        tuple(frames),
        _planned(deck, frames),
        language_name(deck.language),
        siblings,
        deck.words,
    )
    return write_webdeck(shown, theme, files.page_asset("webdeck.css"), files.page_asset("webdeck.js")).encode()


def handout(
    deck: Deck, theme: Theme, frames: Sequence[Frame], book: FontBook, *, notes: bool
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the deck as PDF, with its notes if they are wanted, and a warning if characters cannot be drawn."""
    from pipeline.render.handout import About, missing_characters, write_handout

    timed = frozenset(_planned(deck, frames))
    about = About(deck.title.value, deck.language, deck.subject, deck.keywords, deck.words, timed)
    made = write_handout(frames, theme, book, about, notes=notes)
    missing = missing_characters(frames, theme, book, about, notes=notes)
    return made, (_outline_missing(missing),) if missing else ()


def _planned(deck: Deck, frames: Sequence[Frame]) -> dict[str, tuple[float, float]]:
    """Return from which to which minute each slide is planned to be shown; the parts of one share its time."""
    minutes: dict[str, tuple[float, float]] = {}
    elapsed = 0.0
    for slide in deck.slides:
        if slide.minutes:
            minutes[slide.key] = (elapsed, elapsed + slide.minutes)
        elapsed += slide.minutes
    whole = {frame.key: frame.key.partition("#")[0] for frame in frames}
    return {key: minutes[slide] for key, slide in whole.items() if slide in minutes}


def _outline_missing(missing: Iterable[str]) -> Diagnostic:
    """Return the warning that the PDF lacks characters, since no face here has their outlines."""
    message = f"no font here can draw {' '.join(missing)} in PDF; the deck leaves it to the reader's fonts"
    return Diagnostic("missing-outline", message, Span(), Severity.WARNING)
