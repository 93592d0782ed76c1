"""The web deck: one page with all slides of a deck, to be shown, read, printed and told from, with no other file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import assert_never
from urllib.parse import quote

from conceptdeck.render.vector.marks import Group, Piece, Scene
from conceptdeck.render.vector.scene import slide_scene, table_rows
from conceptdeck.render.vector.svg import NO_FONTS, Pen, element_id, escape, families, number, slide_palette
from conceptdeck.render.web.directed import directed
from conceptdeck.render.webfonts import Webfonts
from conceptdeck.values.frame import Connector, Frame, Item, Picture, Route, Shape, Table
from conceptdeck.values.items import is_title, link_of, said
from conceptdeck.values.languages import direction
from conceptdeck.values.terms import ENGLISH, Term, Words
from conceptdeck.values.theme import Theme

__all__ = ["Sibling", "WebDeck", "write_webdeck"]

SAFE = ":-._~!$&'()*+,;=@/"  # what a fragment may hold unquoted
KEYS = (  # what each key does, as the page lists it; the arrows that go on depend on the direction
    (Term.NEXT, ("{on}", "↓", "Space", "PageDown")),
    (Term.PREVIOUS, ("{back}", "↑", "PageUp")),
    (Term.FIRST_SLIDE, ("Home",)),
    (Term.LAST_SLIDE, ("End",)),
    (Term.OVERVIEW, ("O", "Esc")),
    (Term.SPEAKER_VIEW, ("S",)),
    (Term.FULL_SCREEN, ("F",)),
)
ARROWS = {"ltr": {"on": "→", "back": "←"}, "rtl": {"on": "←", "back": "→"}}


@dataclass(frozen=True, slots=True)
class Sibling:
    """The same deck in another language: its tag, its name in that language, and its file seen from this one."""

    language: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class WebDeck:
    """What the page is about: the slides, the minute at which each begins and ends, and the other languages.

    `name` is this language's own name for itself; `words` are what the page says.
    """

    id: str
    title: str
    language: str
    frames: tuple[Frame, ...]
    planned: Mapping[str, tuple[float, float]]
    name: str = ""
    siblings: tuple[Sibling, ...] = ()
    words: Words = ENGLISH


def write_webdeck(deck: WebDeck, theme: Theme, style: str, script: str, fonts: Webfonts = NO_FONTS) -> str:
    """Return the page as HTML that needs nothing else; `style`, `script` and `fonts` are put into it."""
    css = "\n".join((*fonts.rules, _values(theme, deck.language), style.strip(), ""))
    js = f"\n{script.strip()}\n"
    say = _sayer(deck.words)
    first = _fragment(deck.frames[0].key) if deck.frames else "#"
    return f"""\
<!DOCTYPE html>
<html{_tongue(deck.language)} data-deck="{escape(deck.id)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="{"dark" if theme.dark else "light"}">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="{_policy(css, js, fonts, pictures=_has_pictures(deck))}">
<title>{escape(deck.title)}</title>
<style>{css}</style>
</head>
<body>
<a class="skip" href="{first}">{say(Term.TO_SLIDES)}</a>
<header>
<h1>{directed(deck.title, deck.language)}</h1>
{_controls(deck)}
</header>
<main aria-label="{say(Term.SLIDES)}">
{_slides(deck, theme, fonts)}\
<p class="coming" hidden>{say(Term.NEXT_SLIDE)} <b data-end="{say(Term.END)}"></b></p>
</main>
{_speaker(deck)}
{_help(deck)}
<p role="status" class="aside" data-blocked="{say(Term.WINDOW_BLOCKED)}"></p>
<script>{js}</script>
</body>
</html>
"""


# --- style and security --------------------------------------------------------------------------


def _values(theme: Theme, language: str) -> str:
    """Return what the style sheet takes from the theme: colours, faces, and the size of a slide."""
    slots = {"page": "page", "card": "card", "ink": "ink", "secondary": "secondary", "accent": f"accent{theme.goal}"}
    colours = " ".join(f"--{name}: #{theme.colours[slot]};" for name, slot in slots.items())
    faces = " ".join(f"--{name}: {families(theme, language, major=name == 'major')};" for name in ("major", "minor"))
    width, height = theme.size.w, theme.size.h
    return (
        f":root {{ {colours} {faces} --ratio: {width / height:.6f}; --scheme: {'dark' if theme.dark else 'light'}; }}\n"
        f"@page {{ size: {number(width.pt)}pt {number(height.pt)}pt; margin: 0; }}\n"
        f"@media print {{ .canvas {{ width: {number(width.pt)}pt; height: {number(height.pt)}pt; }} }}"
    )


def _policy(style: str, script: str, fonts: Webfonts, *, pictures: bool) -> str:
    """Return a content security policy that allows this style, its fonts, its pictures and this script.

    Nothing may be fetched.
    """
    allowed = {
        "default-src": "'none'",
        **({"font-src": "data:"} if fonts.rules else {}),
        **({"img-src": "data:"} if pictures else {}),
        "style-src": _digest(style),
        "script-src": _digest(script),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def _has_pictures(deck: WebDeck) -> bool:
    return any(isinstance(item, Picture) for frame in deck.frames for item in frame.items)


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# --- controls ------------------------------------------------------------------------------------


def _sayer(words: Words) -> Callable[..., str]:
    """Return what says a term, ready to be put into the page."""
    return lambda term, **values: escape(words.say(term, **values))


def _controls(deck: WebDeck) -> str:
    """Return the bar: moving on and back, the views, and the other languages; but for these it needs the script."""
    say = _sayer(deck.words)
    views = "".join(
        _button(name, say(term))
        for name, term in (
            ("overview", Term.OVERVIEW),
            ("speaker", Term.SPEAKER_VIEW),
            ("screen", Term.FULL_SCREEN),
            ("keys", Term.KEYBOARD),
        )
    )
    return f"""\
<div class="bar" role="group" aria-label="{say(Term.SLIDES)}">
{_button("previous", say(Term.PREVIOUS))}<span class="count" aria-hidden="true"><b>1</b> / {len(deck.frames)}</span>
{_button("next", say(Term.NEXT))}{views}</div>
{_languages(deck)}<div class="progress" aria-hidden="true"></div>"""


def _button(name: str, label: str) -> str:
    return (
        f'<button type="button" class="{name}" title="{label}" hidden><i aria-hidden="true"></i>'
        f"<span>{label}</span></button>\n"
    )


def _languages(deck: WebDeck) -> str:
    """Return links to the same deck in other languages."""
    if not deck.siblings:
        return ""
    items = "".join(
        f'<li><a href="{quote(each.path, safe="/")}"{_tongue(each.language)} hreflang="{each.language}">{escape(each.name)}</a></li>\n'
        for each in deck.siblings
    )
    label = escape(deck.words.say(Term.LANGUAGE))
    return f"""\
<nav class="languages" aria-label="{label}">
<details>
<summary title="{label}"><i aria-hidden="true"></i><span>{escape(deck.name or deck.language)}</span></summary>
<ul>
{items}</ul>
</details>
</nav>
"""


def _speaker(deck: WebDeck) -> str:
    """Return what only the speaker sees: the clock."""
    say = _sayer(deck.words)
    end = max((end for _, end in deck.planned.values()), default=0.0)
    whole = f' <span class="whole">/ {_clock(end)}</span>' if end else ""
    plan = (
        f'<dt class="plan">{say(Term.PLANNED)}</dt><dd class="plan"><span class="slot"></span> '
        f'<span class="pace" data-ahead="{say(Term.AHEAD, time="{}")}" data-behind="{say(Term.BEHIND, time="{}")}"></span></dd>'
        if end
        else ""
    )
    return f"""\
<section class="desk" aria-label="{say(Term.SPEAKER_VIEW)}" hidden>
<dl>
<dt>{say(Term.ELAPSED)}</dt><dd><span class="elapsed" role="timer">0:00</span>{whole}</dd>{plan}
</dl>
<time class="now"></time>
<button type="button" class="run" data-start="{say(Term.START)}" data-pause="{say(Term.PAUSE)}">{say(Term.START)}</button>
<button type="button" class="reset">{say(Term.RESET)}</button>
</section>"""


def _help(deck: WebDeck) -> str:
    """Return the list of keys."""
    say = _sayer(deck.words)
    arrows = ARROWS[direction(deck.language)]
    items = "".join(
        f"<dt>{say(term)}</dt><dd>{''.join(f'<kbd>{key.format(**arrows)}</kbd>' for key in keys)}</dd>\n"
        for term, keys in KEYS
    )
    return f"""\
<dialog class="help" aria-label="{say(Term.KEYBOARD)}">
<h2>{say(Term.KEYBOARD)}</h2>
<dl>
{items}</dl>
<form method="dialog"><button>{say(Term.CLOSE)}</button></form>
</dialog>"""


# --- slides --------------------------------------------------------------------------------------


def _slides(deck: WebDeck, theme: Theme, fonts: Webfonts) -> str:
    """Return the slides in order, with the name of each section before its first one."""
    titles = {frame.key: frame.title for frame in deck.frames}
    found = []
    for name, run in groupby(enumerate(deck.frames, start=1), lambda numbered: numbered[1].section):
        found += [f'<p class="part">{escape(name)}</p>\n'] if name else []
        found += [_slide(frame, place, deck, theme, titles, fonts) for place, frame in run]
    return "".join(found)


def _slide(frame: Frame, place: int, deck: WebDeck, theme: Theme, titles: Mapping[str, str], fonts: Webfonts) -> str:
    """Return a slide with its notes; its id is its key, so that links and languages find it."""
    label = escape(deck.words.say(Term.SLIDE_OF, number=place, count=len(deck.frames), title=frame.title))
    start, end = deck.planned.get(frame.key, (0.0, 0.0))
    planned = f' data-start="{number(start * 60)}" data-end="{number(end * 60)}"' if end else ""
    return f"""\
<section class="slide" id="{escape(frame.key)}" aria-label="{label}" tabindex="-1" data-number="{place}"{planned}{_tongue(frame.language)}>
<div class="canvas">{_picture(frame, theme, titles, fonts)}</div>
<p class="caption"><a href="{_fragment(frame.key)}"><span class="number">{place}</span> {directed(frame.title, frame.language)}</a></p>
{_notes(frame, deck)}</section>
"""


def _notes(frame: Frame, deck: WebDeck) -> str:
    """Return a slide's notes, the planned minutes first if there are any."""
    if not frame.notes.strip():
        return ""
    label = escape(deck.words.say(Term.NOTES))
    clock = ' class="when"' if frame.key in deck.planned else ""
    lines = [line for line in frame.notes.split("\n") if line.strip()]
    said = "".join(f"<p{'' if at else clock}>{directed(line, frame.language)}</p>\n" for at, line in enumerate(lines))
    return f'<div class="notes" role="group" aria-label="{label}">\n{said}</div>\n'


def _picture(frame: Frame, theme: Theme, titles: Mapping[str, str], fonts: Webfonts) -> str:
    """Return a slide as SVG whose text is read as text, with links, and groups that wait for a click."""
    scene = slide_scene(frame, theme)
    scope = element_id("slide", frame.key)
    pen = _Pen(slide_palette(frame, theme), theme, frame.language, fonts=fonts, scope=scope)
    ground, *groups = scene.groups
    drawn = [_group(ground, "", ' aria-hidden="true"', pen)]
    drawn += [_item(item, group, pen, titles) for item, group in zip(frame.items, groups, strict=True)]
    return _root(scene, "\n".join(drawn))


def _root(scene: Scene, content: str) -> str:
    width, height = number(scene.width), number(scene.height)
    return f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group">\n{content}\n</svg>'


def _item(item: Item, group: Group, pen: _Pen, titles: Mapping[str, str]) -> str:
    """Return what an item shows, with what it is for those who do not see it."""
    match item:
        case Table():
            return _table(item, group, pen)
        case Shape() | Connector() | Route() | Picture():
            content = "".join(map(pen.mark, group.marks))
            waits = f' data-click="{item.click}"' if item.click else ""
            made = f'<g data-key="{escape(group.name)}"{waits}{_nature(item)}>{content}</g>'
            return _linked(item, made, titles) if link_of(item) else made
        case _:
            assert_never(item)


def _nature(item: Item) -> str:
    """Return what an item is: a heading, a picture, text, or nothing but decoration."""
    if is_title(item):
        return ' role="heading" aria-level="2"'
    if said(item).strip():
        return ""
    return f' role="img" aria-label="{escape(item.alt)}"' if item.alt else ' aria-hidden="true"'


def _linked(item: Item, made: str, titles: Mapping[str, str]) -> str:
    """Return an item as a link: to a slide, named by its title too, or to an address, which opens beside the deck."""
    link, words = link_of(item), " ".join(said(item).split())
    if link not in titles:
        return f'<a href="{escape(link)}"{_away(words or item.alt or link)}>{made}</a>'
    title = titles[link]
    name = f"{words}: {title}" if words and words != title else title
    return f'<a href="{_fragment(link)}" aria-label="{escape(name)}">{made}</a>'


def _away(name: str = "") -> str:
    label = f' aria-label="{escape(name)}"' if name else ""
    return f' target="_blank" rel="noopener noreferrer"{label}'


def _table(item: Table, group: Group, pen: _Pen) -> str:
    """Return a table whose rows and cells are told as such."""
    rows = ""
    for at, (ground, cells) in enumerate(table_rows(item, group.marks)):
        kind = "cell" if at else "columnheader"
        within = "".join(f'<g role="{kind}">{"".join(map(pen.mark, cell))}</g>' for cell in cells)
        rows += f'<g role="row">{"".join(map(pen.mark, ground))}{within}</g>'
    return _group(Group(group.name, ()), rows, f' role="table" aria-label="{escape(item.alt or group.name)}"', pen)


def _group(group: Group, content: str, attributes: str, pen: _Pen) -> str:
    drawn = "".join(map(pen.mark, group.marks))
    return f'<g data-key="{escape(group.name)}"{attributes}>{drawn}{content}</g>'


class _Pen(Pen):
    """Writes marks as elements, with the links that are within texts."""

    def content(self, piece: Piece) -> str:
        """Return the text of a piece, as a link if it leads somewhere."""
        text = escape(piece.text)
        return f'<a href="{escape(piece.href)}"{_away()}>{text}</a>' if piece.href else text


# --- attributes ----------------------------------------------------------------------------------


def _fragment(key: str) -> str:
    """Return the address of a slide within the page."""
    return f"#{escape(quote(key, safe=SAFE))}"


def _tongue(language: str) -> str:
    """Return the attributes that say which language a text is in, and the direction that it runs in."""
    return f' lang="{escape(language)}" dir="{direction(language)}"'


def _clock(minutes: float) -> str:
    return f"{int(minutes)}:{round(minutes % 1 * 60):02d}"
