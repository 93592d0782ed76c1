"""A static site of decks: its pages of contents, what deck pages tell search engines and others, and its sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from conceptdeck.render.escape import escape
from conceptdeck.render.web.changes import scheme_colours
from conceptdeck.render.web.page import Page, Source, filled, script_digest, write_page
from conceptdeck.values.languages import direction
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.theme import Theme
from conceptdeck.values.value import frozen

__all__ = ["DEFAULT", "Card", "Contents", "Seen", "announced", "sitemaps", "write_contents"]

DEFAULT = "x-default"  # the page for readers of any other language
HEAD_END = "</title>\n"
SCRIPTS, STYLES = "script-src ", "style-src "  # in a page's policy
TOLD = "seen.html"  # the template of what a page tells of itself
MOST_ADDRESSES = 50_000  # of one sitemap, as sitemaps.org says
LOCALES = {"zh-Hans": "zh_CN", "zh-Hant": "zh_TW"}  # as the protocol of link previews writes them


@frozen
class Seen:
    """A page as others see it: its path below the site, its texts, and the same page in other languages by their tags.

    Its `picture` is a path, too, with the size in pixels.
    """

    path: str
    title: str
    about: str
    language: str
    others: Mapping[str, str]
    picture: str = ""
    size: tuple[int, int] = (0, 0)


@frozen
class Card:
    """A deck among the contents: its texts and their language, its page, its files by what they are, and its picture.

    Paths are below the site. `also` are the pages of the deck in other languages, by the names of these.
    """

    title: str
    about: str
    language: str
    page: str
    files: tuple[tuple[str, str], ...]
    picture: str = ""
    size: tuple[int, int] = (0, 0)
    also: tuple[tuple[str, str, str], ...] = ()


@frozen
class Contents:
    """A page of contents in one language: which decks there are, and the same page in others as tag, name and path.

    A first page is a `gate`, which leads on to the reader's language: that of the site "once" a visit, that of a deck, which
    shows nothing else, "always".
    """

    seen: Seen
    cards: tuple[Card, ...]
    languages: tuple[tuple[str, str, str], ...]
    words: Words
    gate: str = ""


def write_contents(contents: Contents, theme: Theme, page: Page, site: str) -> str:
    """Return a page of contents as HTML that asks for nothing but the pictures of the site."""
    seen = contents.seen
    above = "../" * seen.path.count("/")
    values = {
        "Term": Term,
        "say": contents.words.say,
        "contents": contents,
        "address": lambda path: quote(f"{above}{path}", safe="/") or "./",
    }
    whole = page.with_style(f"{scheme_colours(theme)}\n{page.style.strip()}\n")
    allowed = {"img-src": "'self' file:"}  # browsers differ in whether a page opened as a file is its own origin
    html, _ = write_page(whole, seen.language, allowed, values, direction(seen.language))
    return announced(html, seen, page, site)


def announced(whole: str, seen: Seen, page: Page, site: str) -> str:
    """Return a whole page that tells search engines and link previews what it is; `site` is the address of the whole.

    It also keeps the reader's language, and itself for when there is no network: its policy allows a script and a worker.
    """
    head, end, rest = whole.partition(HEAD_END)
    for there, more in (
        (SCRIPTS, f"{SCRIPTS}{script_digest(page.audience)} "),
        (STYLES, f"worker-src 'self'; {STYLES}"),
    ):
        if head.count(there) != 1:
            raise ValueError(f"the policy of {seen.path} says {there} {head.count(there)} times")
        head = head.replace(there, more)
    return f"{head}{end}{_tags(seen, page, site)}{rest}"


def _tags(seen: Seen, page: Page, site: str) -> str:
    """Return what a page says of itself; addresses are whole ones if the site has one, and from the page if not."""
    above = site or "../" * seen.path.count("/")
    values = {
        "seen": seen,
        "site": site,
        "root": "../" * seen.path.count("/") or "./",
        "audience": Source(page.audience),
        "locale": LOCALES.get(seen.language, seen.language.replace("-", "_")),
        "others": [*seen.others.items()] if len(seen.others) > 1 else [],
        "place": lambda path: f"{above}{quote(_short(path), safe='/')}" or "./",
    }
    return filled(page, TOLD, values)


def _short(path: str) -> str:
    """Return the path of a page as its address: a folder stands for the page of contents in it."""
    return path.removesuffix("index.html") if path.rpartition("/")[2] == "index.html" else path


def sitemaps(pages: Sequence[Seen], site: str) -> dict[str, str]:
    """Return the sitemap of a site by its name; where one may not hold all addresses, an index and several of them."""
    parts = [pages[at : at + MOST_ADDRESSES] for at in range(0, len(pages), MOST_ADDRESSES)]
    if len(parts) < 2:
        return {"sitemap.xml": _sitemap(pages, site)}
    named = {f"sitemap-{number}.xml": _sitemap(part, site) for number, part in enumerate(parts, 1)}
    entries = "".join(f"<sitemap><loc>{escape(site)}{name}</loc></sitemap>\n" for name in named)
    kind = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    index = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {kind}>\n{entries}</sitemapindex>\n'
    return {"sitemap.xml": index, **named}


def _sitemap(pages: Iterable[Seen], site: str) -> str:
    kinds = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    entries = "".join(_entry(each, site) for each in pages)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {kinds}>\n{entries}</urlset>\n'


def _entry(seen: Seen, site: str) -> str:
    def place(path: str) -> str:
        return escape(f"{site}{quote(_short(path), safe='/')}")

    links = seen.others.items() if len(seen.others) > 1 else ()
    others = "".join(f'<xhtml:link rel="alternate" hreflang="{tag}" href="{place(path)}"/>\n' for tag, path in links)
    return f"<url>\n<loc>{place(seen.path)}</loc>\n{others}</url>\n"
