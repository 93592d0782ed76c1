"""The gallery: one page with an index and every picture at its full width, with files and snippets to take along."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from conceptdeck.render.web.page import Page, write_page
from conceptdeck.values.languages import direction
from conceptdeck.values.regex import regex
from conceptdeck.values.terms import ENGLISH, Term, Words
from conceptdeck.values.theme import Theme
from conceptdeck.values.value import frozen

__all__ = ["Exhibit", "Gallery", "write_gallery"]

ID = regex(r"[A-Za-z0-9][A-Za-z0-9:_-]*")
LANGUAGE = regex(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
FORMATS = {"svg": "SVG", "svg-narrow": "SVG", "png": "PNG", "png-dark": "PNG", "pdf": "PDF", "gv": "DOT"}
BLANKS = regex(r"[\t\n\r ]+")  # what HTML and Markdown take for one space; a no-break space is none
MARKS = regex(r"[\\`*_\[\]<>&~$|]")
"""Characters that CommonMark or its common extensions read as markup, wherever they stand in a line."""
NUMBERED = regex(r"(\d{1,9})(?=[.)])")
OPENERS = ("#", "+", "-", "=", ":")
"""What begins a heading, a list, a rule or a definition where it begins a line; so does a number with a point."""
ROW = 64  # characters in a row of a snippet, roughly: only for browsers that cannot fit the field to its content


@frozen
class Exhibit:
    """A picture in one language: its texts, its size in CSS pixels, and its files below the gallery by format.

    Texts that are in another language have one of their own. `narrow` is the size of the form for phones.
    """

    id: str
    title: str
    caption: str
    alt: str
    language: str
    language_name: str
    width: int
    height: int
    files: tuple[tuple[str, str], ...]
    title_language: str = ""
    alt_language: str = ""
    caption_language: str = ""
    narrow: tuple[int, int] | None = None


@frozen
class Gallery:
    """The pictures of a map; those with the same id are one diagram in several languages. The page says its `words`."""

    title: str
    language: str
    pictures: tuple[Exhibit, ...]
    words: Words = ENGLISH


def write_gallery(gallery: Gallery, theme: Theme, page: Page) -> str:
    """Return the page as HTML that needs nothing but the pictures; its style and its script are put into it.

    Raises ValueError for what no earlier stage lets through: ids or paths that are not plain, and doubles.
    """
    _check(gallery)
    languages = _languages(gallery)
    values = {
        "Term": Term,
        "say": gallery.words.say,
        "address": _address,
        "on_a_line": _line,
        "sources": _sources,
        "narrow": _narrow,
        "has_narrow": lambda diagram: any(map(_narrow, diagram)),
        "rows": _rows,
        "markdown": _markdown,
        "formats": FORMATS,
        "column": theme.pictures.numbers["width"] + 2 * theme.pictures.numbers["ground-margin"],
        "gallery": gallery,
        "languages": languages,
        "offered": [(code, name, code) for code, name in languages.items()],
        "offered_in": _offered_in,
        "diagrams": [(_named(each, gallery.language), each) for each in _diagrams(gallery)],
    }
    whole = page.with_style(f"{_colours(theme)}\n{page.style.strip()}\n{_language_rules(languages)}\n")
    allowed = {"img-src": "'self' file:"}  # browsers differ in whether a page opened as a file is its own origin
    return write_page(whole, gallery.language, allowed, values, direction(gallery.language))[0]


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


def _offered_in(diagram: list[Exhibit]) -> list[tuple[str, str, str]]:
    """Return what a reader chooses among: each language of a diagram with its name, which is in that language."""
    return [(each.language, each.language_name, each.language) for each in diagram]


def _named(diagram: list[Exhibit], language: str) -> Exhibit:
    """Return the picture whose title names the diagram: that in the gallery's language if there is one."""
    return next((each for each in diagram if each.language == language), diagram[0])


# --- style ---------------------------------------------------------------------------------------


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
    """Return the rules that show a diagram in the language that is chosen for it only; they work without a script."""
    return "\n".join(
        f'section:has([value="{code}"]:checked) [data-language]:not([data-language="{code}"]) {{ display: none; }}'
        for code in (languages if len(languages) > 1 else ())
    )


# --- files and snippets --------------------------------------------------------------------------


def _sources(exhibit: Exhibit) -> tuple[str, str]:
    """Return the files that show the picture on light and on dark, both empty if nothing built can be shown."""
    files = dict(exhibit.files)
    light = files.get("svg") or files.get("png") or files.get("png-dark")
    dark = files.get("svg") or files.get("png-dark") or light
    return (light, dark) if light and dark else ("", "")


def _narrow(exhibit: Exhibit) -> str:
    """Return the file that shows the picture on phones, none if there is none."""
    return dict(exhibit.files).get("svg-narrow", "") if exhibit.narrow else ""


def _rows(snippet: str) -> int:
    """Return how many rows a snippet fills."""
    return sum(len(line) // ROW + 1 for line in snippet.split("\n"))


def _markdown(exhibit: Exhibit, path: str) -> str:
    """Return the picture as Markdown, its caption as a paragraph below."""
    image = f"![{_plain(exhibit.alt)}]({_address(path)})"
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


def _address(path: str) -> str:
    """Return the path as a relative address; what could be a scheme, a query or markup is percent-encoded."""
    return quote(path, safe="/")
