"""Fonts that decks carry along: the theme then names the open families, and what these cannot show is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from conceptdeck.building.rules import FONT_NOT_EMBEDDED
from conceptdeck.reading.design import FONT_NAME
from conceptdeck.typeset.embedding import embedded_font, hindrance, own_name
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.scripts import script_of
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.embedded import EmbeddedFont
from conceptdeck.values.frame import Frame, Run
from conceptdeck.values.items import bodies
from conceptdeck.values.theme import Theme

__all__ = ["carried_fonts", "with_own_names"]

MOST_SHOWN = 8  # characters that a finding names
LATIN = "Latn"
UNSEEN = ("Cc", "Cf", "Zs")


def with_own_names(theme: Theme, book: FontBook, language: str) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """Return a theme that names the families which measure it, as far as decks may carry them, and what is left out.

    A family that stands in for another one is as wide as it is. A template of others keeps the names it has.
    """
    hindered = {name: _hindrance(theme, book, name) for name in _families(theme, language)}
    told = tuple(_left_out(_named(theme, language, name), why) for name, why in hindered.items() if why)
    names = {name: own_name(book.main_face(name)) for name, why in hindered.items() if not why}
    renamed = {
        each.name: replace(each, name=names[each.name], width=1.0) for each in theme.families if each.name in names
    }
    taken = {each.name for each in renamed.values()}
    return replace(
        theme,
        major=names.get(theme.major, theme.major),
        minor=names.get(theme.minor, theme.minor),
        mono=names.get(theme.mono, theme.mono),
        families=(*renamed.values(), *(each for each in theme.families if each.name not in taken)),
        scripts=tuple(
            replace(each, name=names[each.measure])
            if each == theme.script_font(language) and each.name and each.measure in names
            else each
            for each in theme.scripts
        ),
    ), told


def carried_fonts(
    frames: Sequence[Frame], theme: Theme, book: FontBook, language: str
) -> tuple[tuple[EmbeddedFont, ...], tuple[Diagnostic, ...]]:
    """Return the fonts that a deck carries along, and the warning on characters that none of them shows.

    Italic faces come along if something is italic, the font of code if there is code.
    """
    runs = tuple(_runs(frames))
    has_italic = any(run.italic for run in runs) or any(
        each.emphasis for frame in frames for each in frame.note_passages
    )
    has_code = any(run.mono for run in runs) or any(each.code for frame in frames for each in frame.note_passages)
    texts = (*(run.text for run in runs), *(frame.notes for frame in frames))
    scripts = {LATIN, *filter(None, map(script_of, set().union(*texts)))}
    families = [
        name
        for name in _families(theme, language)
        if (name != theme.mono or has_code or name in (theme.major, theme.minor)) and not _hindrance(theme, book, name)
    ]
    fonts = tuple(embedded_font(book, name, scripts, italic=has_italic) for name in families)
    return fonts, tuple(_left_characters(runs, theme, book, language))


def _families(theme: Theme, language: str) -> tuple[str, ...]:
    """Return the families that a deck names: the theme's own, and what measures the font of the language's script."""
    script = theme.script_font(language)
    own = (script.measure,) if script and script.name and script.measure else ()
    return tuple(dict.fromkeys((theme.major, theme.minor, *own, theme.mono)))


def _hindrance(theme: Theme, book: FontBook, name: str) -> str:
    """Return why a family cannot be carried along, nothing if it can."""
    known = book.families[name]
    faces = (
        book.main_face(name, bold, italic)
        for italic, bold in product((False, True), repeat=2)
        if known.path(bold=bold, italic=italic)
    )
    found = next((why for face in faces if (why := hindrance(face, re.compile(FONT_NAME.written)))), "")
    if theme.template and not found and own_name(book.main_face(name)) != name:
        return "the template names it, and the font that stands in for it here bears another name"
    return found


def _named(theme: Theme, language: str, family: str) -> str:
    """Return the name that decks have for a family: that of the script's font, if it measures that alone."""
    script = theme.script_font(language)
    is_own = family in (theme.major, theme.minor, theme.mono)
    return script.name if script and script.measure == family and not is_own else family


def _left_out(name: str, why: str) -> Diagnostic:
    """Return the warning that a family is not carried along."""
    hint = "where it is missing another font shows the text: see how the deck looks there, or take another theme"
    return FONT_NOT_EMBEDDED.at(f"`{name}` is not carried along: {why}", hints=(hint,))


def _runs(frames: Iterable[Frame]) -> Iterator[Run]:
    """Yield all runs of text on slides."""
    texts = (body for frame in frames for item in frame.items for body in bodies(item))
    return (run for body in texts for paragraph in body.paragraphs for run in paragraph.runs)


def _left_characters(runs: Iterable[Run], theme: Theme, book: FontBook, language: str) -> Iterator[Diagnostic]:
    """Yield the warning on characters that another font than those that the deck names has to show, if there are any.

    What is in a family that cannot be carried along was told with it.
    """
    named = {
        book.drawing_face(book.main_face(name, bold, italic))
        for name in _families(theme, language)
        for bold, italic in product((False, True), repeat=2)
    }
    left: dict[str, None] = {}
    pieces = (
        (run.text, theme.font(major=run.major, mono=run.mono), run.bold, run.italic) for run in runs if not run.formula
    )
    for piece in dict.fromkeys(pieces):
        for part in book.runs(*piece):
            if part.face not in named:
                left |= dict.fromkeys(char for char in part.text if unicodedata.category(char) not in UNSEEN)
    if left:
        shown = " ".join([*left][:MOST_SHOWN]) + " …" * (len(left) > MOST_SHOWN)
        what = f"readers' own fonts show {len(left)} character{'s' * (len(left) != 1)} in the deck: {shown}"
        yield FONT_NOT_EMBEDDED.at(what, notes=("none of the fonts that the deck names has them",))
