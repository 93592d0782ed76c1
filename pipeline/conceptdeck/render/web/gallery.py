"""The gallery: one page that shows every picture on light and dark, and gives the snippets to embed it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from conceptdeck.render.escape import escape
from conceptdeck.render.web.directed import directed
from conceptdeck.values.languages import direction
from conceptdeck.values.terms import ENGLISH, Term, Words
from conceptdeck.values.theme import Theme

__all__ = ["Exhibit", "Gallery", "write_gallery"]

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9:_-]*")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
FORMATS = frozenset({"svg", "png", "png-dark", "pdf", "gv"})
GROUNDS = (("light", Term.LIGHT), ("dark", Term.DARK))
BLANKS = re.compile(r"[\t\n\r ]+")  # what HTML and Markdown take for one space; a no-break space is none
MARKS = re.compile(r"[\\`*_\[\]<>&~$|]")
"""Characters that CommonMark or its common extensions read as markup, wherever they stand in a line."""
NUMBERED = re.compile(r"(\d{1,9})(?=[.)])")
OPENERS = ("#", "+", "-", "=", ":")
"""What begins a heading, a list, a rule or a definition where it begins a line; so does a number with a point."""
ROW = 64  # characters in a row of a snippet, roughly: only for browsers that cannot fit the field to its content


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A picture in one language: its texts, its size in CSS pixels, and its files below the gallery by format."""

    id: str
    title: str
    caption: str
    alt: str
    language: str
    language_name: str
    width: int
    height: int
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Gallery:
    """The pictures of a map; those with the same id are one diagram in several languages. The page says its `words`."""

    title: str
    language: str
    pictures: tuple[Exhibit, ...]
    words: Words = ENGLISH


def write_gallery(gallery: Gallery, theme: Theme, style: str, script: str) -> str:
    """Return the page as HTML that needs nothing but the pictures; `style` and `script` are put into it.

    Raises ValueError for what no earlier stage lets through: ids or paths that are not plain, and doubles.
    """
    _check(gallery)
    languages = _languages(gallery)
    diagrams = _diagrams(gallery)
    css = f"{_colours(theme)}\n{style.strip()}\n{_language_rules(languages)}\n"
    return f"""\
<!DOCTYPE html>
<html{_tongue(gallery.language)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_policy(css, script)}">
<title>{escape(gallery.title)} – {escape(gallery.words.say(Term.GALLERY))}</title>
<style>{css}</style>
</head>
<body>
<a class="skip" href="#main">{escape(gallery.words.say(Term.SKIP))}</a>
<header>
<p class="kicker">{escape(gallery.words.say(Term.GALLERY))}</p>
<h1>{escape(gallery.title)}</h1>
<p class="introduction">{escape(gallery.words.say(Term.INTRODUCTION))}</p>
{_contents(diagrams, gallery.language, languages, gallery.words)}
{_filters(languages, gallery.words)}
</header>
<main id="main" tabindex="-1">
{"".join(_section(each, gallery.language, languages, gallery.words) for each in diagrams)}\
</main>
<p class="aside" role="status" data-copied="{escape(gallery.words.say(Term.COPIED))}" data-selected="{escape(gallery.words.say(Term.SELECTED))}"></p>
<script>{script}</script>
</body>
</html>
"""


# --- what the page is about ----------------------------------------------------------------------


def _check(gallery: Gallery) -> None:
    """Refuse what would break ids, links or the folder that the page stands in."""
    seen = set()
    for each in gallery.pictures:
        if not ID.fullmatch(each.id) or not LANGUAGE.fullmatch(each.language) or (each.id, each.language) in seen:
            raise ValueError(f"not a plain id and language, or there twice: {each.id!r}, {each.language!r}")
        seen.add((each.id, each.language))
        for label, path in each.files:
            if label not in FORMATS or any(part in ("", ".", "..") for part in path.split("/")):
                raise ValueError(f"not a file of a known format below the gallery: {label!r}, {path!r}")


def _diagrams(gallery: Gallery) -> list[list[Exhibit]]:
    """Return the pictures by diagram, in the order of their first mention."""
    found: dict[str, list[Exhibit]] = {}
    for each in gallery.pictures:
        found.setdefault(each.id, []).append(each)
    return list(found.values())


def _languages(gallery: Gallery) -> dict[str, str]:
    """Return the name of each language, in the order of their first mention."""
    return {each.language: each.language_name for each in gallery.pictures}


def _named(diagram: list[Exhibit], language: str) -> Exhibit:
    """Return the picture whose title names the diagram: that in the gallery's language if there is one."""
    return next((each for each in diagram if each.language == language), diagram[0])


# --- style and security --------------------------------------------------------------------------


def _colours(theme: Theme) -> str:
    """Return the theme's colours as variables, for the page in both schemes and for both grounds."""
    light, dark = (_variables(theme.palette(dark=each), theme.goal) for each in (False, True))
    return (
        f':root {{ --major: "{theme.major}"; {light} }}\n'
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
        f".light {{ {light} }}\n.dark {{ {dark} }}"
    )


def _variables(palette: Mapping[str, str], goal: int) -> str:
    slots = {"page": "page", "card": "card", "ink": "ink", "secondary": "secondary", "accent": f"accent{goal}"}
    return " ".join(f"--{name}: #{palette[slot]};" for name, slot in slots.items())


def _language_rules(languages: Mapping[str, str]) -> str:
    """Return the rules that show one language only, once it is chosen; they work without a script."""
    return "\n".join(
        f'body:has(#language-{code}:checked) [data-languages]:not([data-languages~="{code}"]) {{ display: none; }}'
        for code in (languages if len(languages) > 1 else ())
    )


def _policy(style: str, script: str) -> str:
    """Return a content security policy that allows this style, this script and pictures beside the page."""
    allowed = {
        "default-src": "'none'",
        "img-src": "'self' file:",  # browsers differ in whether a page opened as a file is its own origin
        "style-src": _digest(style),
        "script-src": _digest(script),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# --- the head of the page ------------------------------------------------------------------------


def _contents(diagrams: list[list[Exhibit]], language: str, languages: Mapping[str, str], words: Words) -> str:
    """Return links to the diagrams."""
    items = ""
    for diagram in diagrams:
        shown = _named(diagram, language)
        link = f'<a href="#diagram-{shown.id}"{_tongue(shown.language)}>{directed(shown.title, shown.language)}</a>'
        items += f"<li{_shown_in(diagram, languages)}>{link}</li>\n"
    return f'<nav aria-label="{escape(words.say(Term.PICTURES))}">\n<ol>\n{items}</ol>\n</nav>'


def _filters(languages: Mapping[str, str], words: Words) -> str:
    """Return the choices of what to show; style sheets alone make them work."""
    grounds = [("both", words.say(Term.BOTH), ""), *((key, words.say(term), "") for key, term in GROUNDS)]
    choices = _choices("ground", words.say(Term.GROUND), grounds)
    if len(languages) > 1:
        named = [(code, name, _tongue(code)) for code, name in languages.items()]
        choices += _choices("language", words.say(Term.LANGUAGE), [("all", words.say(Term.ALL), ""), *named])
    return f'<div class="filters">\n{choices}</div>'


def _choices(group: str, legend: str, choices: Iterable[tuple[str, str, str]]) -> str:
    """Return a group of radio buttons, the first one chosen."""
    items = "".join(
        f'<span class="choice"><input type="radio" name="{group}" id="{group}-{key}"{"" if place else " checked"}>'
        f'<label for="{group}-{key}"{tongue}>{escape(label)}</label></span>\n'
        for place, (key, label, tongue) in enumerate(choices)
    )
    return f"<fieldset>\n<legend>{escape(legend)}</legend>\n{items}</fieldset>\n"


# --- a diagram -----------------------------------------------------------------------------------


def _section(diagram: list[Exhibit], language: str, languages: Mapping[str, str], words: Words) -> str:
    """Return a diagram in all its languages."""
    first = _named(diagram, language)
    pictures = "".join(_picture(each, first, languages, words) for each in diagram)
    return f"""\
<section id="diagram-{first.id}" aria-labelledby="diagram-{first.id}.title"{_shown_in(diagram, languages)}>
<h2 id="diagram-{first.id}.title"{_tongue(first.language)}>{directed(first.title, first.language)}</h2>
<div class="languages">
{pictures}</div>
</section>
"""


def _picture(exhibit: Exhibit, first: Exhibit, languages: Mapping[str, str], words: Words) -> str:
    """Return a picture in one language: on both grounds, with its caption, files and snippets."""
    caption = (
        f'<p class="caption"{_tongue(exhibit.language)}>{directed(exhibit.caption, exhibit.language)}</p>\n'
        if exhibit.caption
        else ""
    )
    return f"""\
<div class="picture"{_shown_in([exhibit], languages)}>
{_heading(exhibit, first) if len(languages) > 1 else ""}<div class="cards">
{_cards(exhibit, words)}</div>
<div class="notes">
{caption}{_files(exhibit, words)}{_snippets(exhibit, words)}</div>
</div>
"""


def _heading(exhibit: Exhibit, first: Exhibit) -> str:
    """Return the language and the title in it, unless the diagram's heading has just said that title."""
    title = "" if exhibit.title == first.title else f" {directed(exhibit.title, exhibit.language)}"
    name = f'<span class="kicker">{escape(exhibit.language_name)}</span>'
    return f"<h3{_tongue(exhibit.language)}>{name}{title}</h3>\n"


def _cards(exhibit: Exhibit, words: Words) -> str:
    """Return the picture on a light and on a dark ground."""
    if _sources(exhibit) is None:
        return f'<p class="nothing">{escape(words.say(Term.NO_PICTURE))}</p>\n'
    return "".join(_card(exhibit, key, term, words) for key, term in GROUNDS)


def _card(exhibit: Exhibit, ground: str, term: Term, words: Words) -> str:
    light, dark = _sources(exhibit) or ("", "")
    # One description is enough: the picture on dark says that it is the same picture.
    path, alt = (light, exhibit.alt) if ground == "light" else (dark, words.say(Term.ON_DARK, title=exhibit.title))
    size = f'width="{exhibit.width}" height="{exhibit.height}"'
    return (
        f'<div class="ground {ground}"><span class="tag">{escape(words.say(term))}</span>'
        f'<img src="{_link(path)}" alt="{escape(alt)}" {size} loading="lazy"{_tongue(exhibit.language)}></div>\n'
    )


def _sources(exhibit: Exhibit) -> tuple[str, str] | None:
    """Return the files that show the picture on light and on dark, or None if nothing built can be shown."""
    files = dict(exhibit.files)
    light = files.get("svg") or files.get("png") or files.get("png-dark")
    dark = files.get("svg") or files.get("png-dark") or light
    return (light, dark) if light and dark else None


def _files(exhibit: Exhibit, words: Words) -> str:
    """Return links to the files."""
    key = f"{exhibit.id}.{exhibit.language}"
    items = "".join(
        f'<li><a href="{_link(path)}" download>{escape(path.rpartition("/")[2])}</a></li>\n'
        for _, path in exhibit.files
    )
    return f"""\
<div class="files">
<p id="{key}.files">{escape(words.say(Term.DOWNLOAD))}{_of(exhibit, words)}</p>
<ul aria-labelledby="{key}.files">
{items}</ul>
</div>
"""


# --- snippets ------------------------------------------------------------------------------------


def _snippets(exhibit: Exhibit, words: Words) -> str:
    """Return what an editor copies to embed the picture."""
    sources = _sources(exhibit)
    if sources is None:
        return ""
    html = _field(exhibit, "HTML", "ltr", _html(exhibit, *sources), words)
    return html + _field(exhibit, "Markdown", "auto", _markdown(exhibit, sources[0]), words)


def _field(exhibit: Exhibit, what: str, flow: str, snippet: str, words: Words) -> str:
    """Return a snippet with the button that copies it, which stays hidden where no script runs."""
    key = f"{exhibit.id}.{exhibit.language}.{what.lower()}"
    rows = sum(len(line) // ROW + 1 for line in snippet.split("\n"))
    return f"""\
<div class="snippet">
<label for="{key}">{what}{_of(exhibit, words)}</label>
<button type="button" data-copies="{key}" hidden><span>{escape(words.say(Term.COPY, what=what))}{_of(exhibit, words)}</span></button>
<textarea id="{key}" rows="{rows}" readonly spellcheck="false" dir="{flow}">{escape(snippet)}</textarea>
</div>
"""


def _of(exhibit: Exhibit, words: Words) -> str:
    """Return which picture a label is about, for those who do not see what it stands below."""
    said = words.say(Term.OF_PICTURE, title=exhibit.title, language=exhibit.language_name)
    return f'<span class="aside"> {escape(said)}</span>'


def _html(exhibit: Exhibit, light: str, dark: str) -> str:
    """Return the picture as a figure; one that cannot turn dark itself comes in two versions."""
    image = (
        f'<img src="{_link(light)}" alt="{escape(_line(exhibit.alt))}" '
        f'width="{exhibit.width}" height="{exhibit.height}" loading="lazy">'
    )
    if dark != light:
        source = f'<source srcset="{_link(dark)}" media="(prefers-color-scheme: dark)">'
        image = f"<picture>\n    {source}\n    {image}\n  </picture>"
    caption = _line(exhibit.caption)
    below = f"  <figcaption>{escape(caption)}</figcaption>\n" if caption else ""
    return f"<figure{_tongue(exhibit.language)}>\n  {image}\n{below}</figure>"


def _markdown(exhibit: Exhibit, path: str) -> str:
    """Return the picture as Markdown, its caption as a paragraph below."""
    image = f"![{_plain(exhibit.alt)}]({_link(path)})"
    caption = _plain(exhibit.caption)
    return f"{image}\n\n{caption}" if caption else image


def _plain(text: str) -> str:
    """Return the text as a line of Markdown that means nothing else."""
    guarded = MARKS.sub(r"\\\g<0>", _line(text))
    if guarded.startswith(OPENERS):
        return f"\\{guarded}"
    return NUMBERED.sub(r"\1\\", guarded, count=1) if NUMBERED.match(guarded) else guarded


def _line(text: str) -> str:
    """Return the text with its white space as it shows."""
    return BLANKS.sub(" ", text).strip(" ")


# --- attributes ----------------------------------------------------------------------------------


def _link(path: str) -> str:
    """Return the path as a relative address; what could be a scheme, a query or markup is percent-encoded."""
    return quote(path, safe="/")


def _tongue(language: str) -> str:
    """Return the attributes that say which language a text is in, and that it runs from right to left if so."""
    return f' lang="{language}"' + (' dir="rtl"' if direction(language) == "rtl" else "")


def _shown_in(pictures: list[Exhibit], languages: Mapping[str, str]) -> str:
    """Return the attribute that the choice of a language looks at; with one language there is no choice."""
    if len(languages) < 2:
        return ""
    return f' data-languages="{" ".join(each.language for each in pictures)}"'
