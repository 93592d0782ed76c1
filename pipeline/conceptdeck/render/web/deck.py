"""The web deck: one page with all slides of a deck, to be shown, read, printed and told from, with no other file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from urllib.parse import quote

from conceptdeck.render.vector.areas import number
from conceptdeck.render.vector.marks import Scene
from conceptdeck.render.vector.scene import slide_scene
from conceptdeck.render.vector.svg import families
from conceptdeck.render.web.page import Page, Source, write_page
from conceptdeck.render.web.slide import Stock, fragment, slide_picture
from conceptdeck.render.webfonts import Webfonts, embed_fonts
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.values.frame import Frame, Picture
from conceptdeck.values.items import title_language
from conceptdeck.values.languages import direction
from conceptdeck.values.spoken import Said
from conceptdeck.values.terms import ENGLISH, Term, Words, clock
from conceptdeck.values.text import Passage
from conceptdeck.values.theme import Theme
from conceptdeck.values.value import frozen

__all__ = ["Sibling", "WebDeck", "write_webdeck"]

KEYS = (  # what each key does, as the page lists it; the arrows that go on depend on the direction
    (Term.NEXT, ("{on}", "↓", "Space", "PageDown")),
    (Term.PREVIOUS, ("{back}", "↑", "PageUp")),
    (Term.FIRST_SLIDE, ("Home",)),
    (Term.LAST_SLIDE, ("End",)),
    (Term.OVERVIEW, ("O", "Esc")),
    (Term.SPEAKER_VIEW, ("S",)),
    (Term.FULL_SCREEN, ("F",)),
    (Term.LARGER_NOTES, ("+",)),
    (Term.SMALLER_NOTES, ("-",)),
)
GESTURES = (  # the same for fingers
    (Term.NEXT, Term.SWIPE, "{back}"),
    (Term.PREVIOUS, Term.SWIPE, "{on}"),
    (Term.ENLARGE, Term.TAP, ""),
)
VIEWS = (
    ("overview", Term.OVERVIEW),
    ("speaker", Term.SPEAKER_VIEW),
    ("screen", Term.FULL_SCREEN),
    ("keys", Term.HELP),
)
SPEAKERS = (Term.SPEAKER_VIEW, Term.LARGER_NOTES, Term.SMALLER_NOTES)
FACES = ("major", "minor", "mono")
ARROWS = {"ltr": {"on": "→", "back": "←"}, "rtl": {"on": "←", "back": "→"}}


@frozen
class Sibling:
    """The same deck in another language: its tag, its name in that language, and its file seen from this one."""

    language: str
    name: str
    path: str


@frozen
class WebDeck:
    """What the page is about: the slides, the minute at which each begins and ends, and the other languages.

    `name` is this language's own name for itself; `words` are what the page says. `tongue` is the title's language if
    it is another one. `keys` are those that the page knows besides; those for `followers` have no speaker's view.
    """

    id: str
    title: str
    language: str
    frames: tuple[Frame, ...]
    planned: Mapping[str, tuple[float, float]]
    name: str = ""
    siblings: tuple[Sibling, ...] = ()
    words: Words = ENGLISH
    tongue: str = ""
    keys: tuple[tuple[Term, tuple[str, ...]], ...] = ()
    for_followers: bool = False


def write_webdeck(
    deck: WebDeck,
    theme: Theme,
    page: Page,
    book: FontBook | None = None,
    allowed: Mapping[str, str] = {},
    more: Mapping[str, object] = {},
) -> str:
    """Return the page as HTML that needs nothing else; its style, its script and its fonts are put into it.

    The fonts are those of `book`, which measured the texts; without it they are left to readers. A page with more in its
    template is given `more` values, and may fetch what is `allowed`.
    """
    scenes = [slide_scene(frame, theme) for frame in deck.frames]
    fonts = embed_fonts(scenes, theme, book, deck.language) if book else Webfonts()
    style = "\n".join((*fonts.rules, _values(theme, deck.language), page.style.strip(), ""))
    whole = Page(page.templates, style, f"\n{page.script.strip()}\n")
    end = max((end for _, end in deck.planned.values()), default=0.0)
    values = {
        "Term": Term,
        "say": deck.words.say,
        "address": lambda path: quote(path, safe="/"),
        "deck": deck,
        "slides": list(_slides(deck, scenes, theme, fonts)),
        "first": fragment(deck.frames[0].key) if deck.frames else "#",
        "scheme": "dark" if theme.dark else "light",
        "views": [view for view in VIEWS if view[1] not in _hidden(deck)],
        "whole": clock(end) if end else "",
        "keys": _keys(deck),
        "gestures": _gestures(deck),
        **more,
    }
    has_pictures = any(isinstance(item, Picture) for frame in deck.frames for item in frame.items)
    brought = {"font-src": bool(fonts.rules), "img-src": has_pictures}
    within = {name: "data:" for name, is_brought in brought.items() if is_brought}
    return write_page(whole, deck.language, {**within, **allowed}, values)[0]


def _hidden(deck: WebDeck) -> tuple[Term, ...]:
    """Return what the page does not do, of all that pages of decks do."""
    return SPEAKERS if deck.for_followers else ()


def _keys(deck: WebDeck) -> list[tuple[Term, tuple[str, ...]]]:
    """Return what each key does; the arrow that goes on is the one along the language's direction."""
    arrows, hidden = ARROWS[direction(deck.language)], _hidden(deck)
    known = [(term, names) for term, names in (*KEYS, *deck.keys) if term not in hidden]
    return [(term, tuple(name.format(**arrows) for name in names)) for term, names in known]


def _gestures(deck: WebDeck) -> list[tuple[Term, str]]:
    """Return what each gesture does; a slide is drawn off the way that the language runs."""
    arrows = ARROWS[direction(deck.language)]
    return [(term, deck.words.say(how, arrow=arrow.format(**arrows))) for term, how, arrow in GESTURES]


def _values(theme: Theme, language: str) -> str:
    """Return what the style sheet takes from the theme: colours, faces, and the size of a slide."""
    slots = {"page": "page", "card": "card", "ink": "ink", "secondary": "secondary", "accent": f"accent{theme.goal}"}
    colours = " ".join(f"--{name}: #{theme.colours[slot]};" for name, slot in slots.items())
    faces = " ".join(f"--{name}: {families(theme, getattr(theme, name), language)};" for name in FACES)
    width, height = theme.size.w, theme.size.h
    return (
        f":root {{ {colours} {faces} --ratio: {width / height:.6f}; --scheme: {'dark' if theme.dark else 'light'}; }}\n"
        f"@page {{ size: {number(width.pt)}pt {number(height.pt)}pt; margin: 0; }}\n"
        f"@media print {{ .canvas {{ width: {number(width.pt)}pt; height: {number(height.pt)}pt; }} }}"
    )


@frozen
class _Stretch:
    """A stretch of notes in one style: where it leads if it is a link, whether that is away from the page, and formulas."""

    style: Passage
    href: str
    is_away: bool
    math: Source | None


@frozen
class _Note:
    """A line of notes with its sign, and its stretches if it has emphasis, links, or a language of its own."""

    text: str
    sign: str
    stretches: tuple[_Stretch, ...]
    language: str


def _note(line: Said) -> _Note:
    shown = f"{line.sign} {line.text}" if line.sign else line.text
    has_marks = line.passages != (Passage(line.text),)
    return _Note(shown, line.sign, tuple(map(_stretch, line.passages)) if has_marks else (), line.language)


def _stretch(passage: Passage) -> _Stretch:
    is_away = ":" in passage.link
    math = Source(f"<math>{passage.formula.mathml}</math>") if passage.formula else None
    return _Stretch(passage, passage.link if is_away or not passage.link else fragment(passage.link), is_away, math)


@frozen
class _Slide:
    """A slide as the page shows it: the section that it begins, when it is planned, its picture and its notes."""

    frame: Frame
    part: str
    address: str
    start: str
    end: str
    is_timed: bool
    picture: Source
    notes: tuple[_Note, ...]
    tongue: str


def _slides(deck: WebDeck, scenes: Sequence[Scene], theme: Theme, fonts: Webfonts) -> Iterator[_Slide]:
    """Yield the slides in order, each as its scene shows it; the first one of each section has its name."""
    titles, stock = {frame.key: frame.title for frame in deck.frames}, Stock(scenes)
    shown = zip(deck.frames, scenes, strict=True)
    for name, run in groupby(shown, lambda each: each[0].section):
        for at, (frame, scene) in enumerate(run):
            start, end = deck.planned.get(frame.key, (0.0, 0.0))
            yield _Slide(
                frame,
                "" if at else name,
                fragment(frame.key),
                number(start * 60),
                number(end * 60) if end else "",
                frame.key in deck.planned,
                Source(slide_picture(frame, scene, theme, titles, fonts, stock)),
                tuple(_note(line) for line in frame.told if line.text.strip()),
                title_language(frame.items),
            )
