"""Decks in other formats than PowerPoint's: as a page for browsers, and as PDF to be handed out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from conceptdeck.building.rules import MISSING_OUTLINE
from conceptdeck.layout.links import seen_frames
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.scripts import script_name
from conceptdeck.values.deck import Deck
from conceptdeck.values.diagnostics import Diagnostic, Failure, Span
from conceptdeck.values.frame import Frame
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.theme import Theme
from conceptdeck.workspace import places
from conceptdeck.workspace.loading import language_name

if TYPE_CHECKING:
    from conceptdeck.render.web.deck import Sibling, WebDeck

__all__ = ["handout", "undrawable", "web_deck", "web_page"]

MOST_LETTERS = 8  # that a finding shows of a script
IN_EXTRA = {"Hani": "cjk", "Hang": "cjk"}  # scripts whose outlines an extra of the package brings


def web_page(
    deck: Deck, theme: Theme, frames: Sequence[Frame], book: FontBook, languages: Iterable[str], story: str = ""
) -> bytes:
    """Return the deck as a page that leads to those of the same story in other `languages`, which lie beside it.

    Its slides are set in what they were measured with, since lines of another width would not fit.
    """
    from conceptdeck.render.web.deck import Sibling, write_webdeck  # here, as below: few want every format
    from conceptdeck.render.web.page import Page

    siblings = tuple(
        Sibling(tag, language_name(tag), f"../{tag}/{deck.id}.{tag}{story}.html")
        for tag in languages
        if tag != deck.language
    )
    shown = web_deck(deck, frames, siblings, story)
    return write_webdeck(shown, theme, Page(*places.page_assets("deck")), book).encode()


def web_deck(deck: Deck, frames: Sequence[Frame], siblings: tuple[Sibling, ...], story: str = "") -> WebDeck:
    """Return what the page of a deck is about, with the `siblings` that it leads to."""
    from conceptdeck.render.web.deck import WebDeck

    return WebDeck(
        f"{deck.id}{story}",
        deck.title.value,
        deck.language,
        seen_frames(frames),
        _planned(deck, frames),
        language_name(deck.language),
        siblings,
        deck.words,
        deck.title.language,
    )


def handout(
    deck: Deck, theme: Theme, frames: Sequence[Frame], book: FontBook, *, notes: bool
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the deck as PDF, with its notes if they are wanted, and a warning if characters cannot be drawn.

    Raises Failure if a whole script cannot.
    """
    from conceptdeck.layout.handout import Wording, pages_of_slides, pages_with_notes
    from conceptdeck.render.vector.handout import About, missing_characters, undrawn_scripts, write_handout

    wording = Wording(deck.title.value, deck.language, deck.words, frozenset(_planned(deck, frames)))
    seen = seen_frames(frames)
    pages = pages_with_notes(seen, theme, book, wording) if notes else pages_of_slides(seen, theme)
    if lost := undrawn_scripts(pages, theme, book):
        hints = (
            "build the deck or the page instead, which leave it to the reader's fonts: --format pptx, --format html",
            "PowerPoint and browsers can make a PDF of these",
        )
        raise Failure([undrawable(lost, deck.language, ("PDF",), hints)])
    about = About(
        deck.title.value, deck.language, deck.subject.value, tuple(map(str, deck.keywords)), deck.brand.author
    )
    made = write_handout(pages, theme, book, about)
    missing = missing_characters(pages, theme, book)
    return made, (_outline_missing(missing),) if missing else ()


UNDRAWABLE_SCRIPT = Rule("undrawable-script", "pictures", ERROR, "a script that no font here can draw").because("""
    PNG, PDF and the pictures of zooms are drawn here, from the outlines of fonts, and no font at hand has any
    letter of this script. The deck, the page for browsers and SVG hold the text itself: the fonts of those who
    open them draw it.
""")


def undrawable(
    lost: Mapping[str, Sequence[str]], language: str, formats: Sequence[str], hints: tuple[str, ...]
) -> Diagnostic:
    """Return the finding that texts cannot be drawn in formats which need outlines, since no face has their scripts."""
    scripts = " and ".join(script_name(letters[0]) for letters in lost.values())
    letters = [letter for each in lost.values() for letter in each]
    rest = f" and {len(letters) - MOST_LETTERS} more" if len(letters) > MOST_LETTERS else ""
    shown = f"{' '.join(letters[:MOST_LETTERS])}{rest}"
    unmade = " and ".join(formats)
    message = f"`{language}`: no font here can draw the script {scripts} ({shown}): {unmade} cannot be made"
    extras = {IN_EXTRA.get(script) for script in lost}
    install = tuple(f'install what draws it: pip install "conceptdeck[{extra}]"' for extra in extras if extra)
    return UNDRAWABLE_SCRIPT.at(message, Span(), hints=(*(install if None not in extras else ()), *hints))


def _planned(deck: Deck, frames: Sequence[Frame]) -> dict[str, tuple[float, float]]:
    """Return from which to which minute each slide is planned to be shown; the parts of one share its time."""
    minutes: dict[str, tuple[float, float]] = {}
    elapsed = 0.0
    for slide in deck.slides:
        if slide.minutes:
            minutes[slide.key] = (elapsed, elapsed + slide.minutes)
        elapsed += slide.minutes
    return {frame.key: minutes[frame.slide] for frame in frames if frame.slide in minutes}


def _outline_missing(missing: Iterable[str]) -> Diagnostic:
    """Return the warning that the PDF lacks characters, since no face here has their outlines."""
    message = f"no font here can draw {' '.join(missing)} in PDF; the deck leaves it to the reader's fonts"
    return MISSING_OUTLINE.at(message)
