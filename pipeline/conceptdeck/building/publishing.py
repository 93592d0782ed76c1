"""A site of decks: the pages, decks and pictures of maps in every language, with what leads to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from conceptdeck.building.addresses import GATE
from conceptdeck.building.deck import Plan, plan_deck, write_planned
from conceptdeck.building.diagrams import build_diagrams, write_page
from conceptdeck.building.jobs import DeckJob, DiagramsJob, PageJob
from conceptdeck.building.theme_cache import read_theme
from conceptdeck.render.web.page import Page
from conceptdeck.render.web.site import DEFAULT, Card, Contents, Seen, announced, sitemaps, write_contents
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.values.diagnostics import Diagnostic, Failure
from conceptdeck.values.rules import ERROR, WARNING, Rule
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.theme import Theme
from conceptdeck.values.value import frozen, mutable
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.loading import language_name, languages_of
from conceptdeck.workspace.sites import page_script, version_of

__all__ = ["Published", "Site", "publish"]

WIDE = 1200  # pixels of the picture of a cover, as link previews want them
COVER, INDEX = "cover.png", "index.html"
OFFLINE = "offline"  # the script that answers where there is no network
POWERPOINT = "PowerPoint"

NO_ADDRESS = Rule("no-address", "theme and files", WARNING, "a site that does not know its address").because("""
    A sitemap and the pictures of link previews need whole addresses. With `--address https://…/` the site says them; it
    works without, but search engines find it later and links to it show no picture.
""")
SAME_NAME = Rule("same-name", "theme and files", ERROR, "two maps of one name on a site").because("""
    The address of a deck is made from the name of its map's folder. Two maps whose names make one address would
    replace each other: rename a folder.
""")


@frozen
class Site:
    """What is to be published: maps as deck jobs whose language is filled in, the site's title, and its address."""

    maps: tuple[Path, ...]
    deck: DeckJob
    title: str = ""
    address: str = ""
    locales: tuple[str, ...] = ()


@frozen
class Published:
    """What was published: how many decks, pages and files, and what was found on the way."""

    decks: int
    pages: int
    languages: int
    findings: tuple[Diagnostic, ...]


@mutable
class _Edition:
    """A deck in one language: its words, texts, page, files and picture, by their paths on the site."""

    map_id: str
    language: str
    words: Words
    title: str
    about: str
    page: str
    files: tuple[tuple[str, str], ...]
    picture: str
    size: tuple[int, int]


def publish(site: Site, out: Path, tell: Callable[[str], None]) -> Published:
    """Make a site in an empty folder; `tell` hears what is built. Raises Failure with all that is wrong."""
    found: list[Diagnostic] = []
    if not site.address:
        hints = ("say where it will be: --address https://talks.example.org/",)
        found.append(NO_ADDRESS.at("the site does not know its address: it has no sitemap", hints=hints))
    decks: dict[str, list[_Edition]] = {}
    for map_file in site.maps:
        editions = [_edition(site, map_file, tag, out, tell, found) for tag in _tags(site, map_file)]
        name = editions[0].map_id
        if name in decks:
            raise Failure([SAME_NAME.at(f"two maps have the address `{name}/`")])
        decks[name] = editions
        if any(len(each.files) > 1 for each in editions):
            write_page(PageJob(map_file, site.deck.theme, out))
    tags = {each.language for editions in decks.values() for each in editions}
    if both := tags & {*decks}:
        raise Failure([SAME_NAME.at(f"a map has the address of the contents in a language: `{min(both)}/`")])
    page = Page(*places.page_assets("site"), page_script("audience"))
    pages = _linked(decks, out, site, page)
    pages += _contents(decks, out, site, page)
    if site.address:
        for name, text in sitemaps(sorted(pages, key=lambda each: each.path), site.address).items():
            disk.write_atomically(out / name, text.encode())
        if urlsplit(site.address).path == "/":
            robots = f"User-agent: *\nAllow: /\nSitemap: {site.address}sitemap.xml\n"
            disk.write_atomically(out / "robots.txt", robots.encode())
    worker = f'const VERSION = "{version_of(out)}";\n{page_script(OFFLINE)}'
    disk.write_atomically(out / f"{OFFLINE}.js", worker.encode())
    return Published(sum(map(len, decks.values())), len(pages), len(tags), tuple(found))


def _tags(site: Site, map_file: Path) -> tuple[str, ...]:
    """Return the languages of a map that are wanted, its own if it has none of these."""
    there = languages_of(map_file)
    return tuple(tag for tag in there if tag in site.locales) or there[:1] if site.locales else there


def _edition(
    site: Site, map_file: Path, tag: str, out: Path, tell: Callable[[str], None], found: list[Diagnostic]
) -> _Edition:
    """Build the deck and the pictures of a map in one language."""
    tell(f"{map_file.resolve().parent.name} in {tag}")
    job = replace(
        site.deck, map_file=map_file, locale=tag, languages=_tags(site, map_file), out=out, address=site.address
    )
    plan = plan_deck(job)
    built = write_planned(job, plan)
    drawn = build_diagrams(DiagramsJob(map_file, job.theme, out, formats=("svg", "png"), locale=tag))
    found += (*built.findings, *drawn.findings)
    deck, folder = plan.deck, f"{plan.deck.id}/{plan.deck.language}"
    picture, size = _cover(plan, plan.book, out / folder / COVER)
    page = next(path for path in (built.path, *built.others) if path.suffix == ".html")
    file = next(path for path in (built.path, *built.others) if path.suffix == ".pptx")
    files: tuple[tuple[str, str], ...] = ((POWERPOINT, file.relative_to(out).as_posix()),)
    files += ((deck.words.say(Term.PICTURES), f"{deck.id}/{INDEX}"),) if drawn.count else ()
    path = page.relative_to(out).as_posix()
    shown = f"{folder}/{COVER}" if picture else ""
    return _Edition(deck.id, deck.language, deck.words, deck.title.value, deck.subject.value, path, files, shown, size)


def _cover(plan: Plan, book: FontBook, path: Path) -> tuple[bool, tuple[int, int]]:
    """Draw the first slide; tell whether a font here has its letters, and the size of the picture."""
    from conceptdeck.render.vector.outlines import undrawn_scripts
    from conceptdeck.render.vector.png import slide_png

    size = WIDE, round(WIDE * plan.theme.size.h / plan.theme.size.w)
    first = plan.frames[:1]
    if not first or undrawn_scripts(first, plan.theme, book):
        return False, (0, 0)
    disk.write_atomically(path, slide_png(first[0], plan.theme, book, WIDE))
    return True, size


def _linked(decks: dict[str, list[_Edition]], out: Path, site: Site, page: Page) -> list[Seen]:
    """Let the page of each deck tell what it is, and where it is in other languages; return them."""
    pages = []
    for editions in decks.values():
        others = {each.language: each.page for each in editions} | {DEFAULT: editions[0].page}
        spare = next((each for each in editions if each.picture), editions[0])
        for each in editions:
            shown = each if each.picture else spare
            about = each.about
            seen = Seen(each.page, each.title, about, each.language, _several(others), shown.picture, shown.size)
            text = disk.read_bytes(out / each.page).decode()
            disk.write_atomically(out / each.page, announced(text, seen, page, site.address).encode())
            pages.append(seen)
        pages += _gallery(editions)
    return pages


def _gallery(editions: Sequence[_Edition]) -> Iterator[Seen]:
    """Yield the page of a map's pictures, if it has any."""
    path = f"{editions[0].map_id}/{INDEX}"
    if any(path in dict(each.files).values() for each in editions):
        yield Seen(path, editions[0].title, "", editions[0].language, {})


def _several(others: dict[str, str]) -> dict[str, str]:
    """Return pages in several languages; a page that is alone has no others."""
    return others if len(others) > 2 else {}


def _contents(decks: dict[str, list[_Edition]], out: Path, site: Site, page: Page) -> list[Seen]:
    """Write the page of contents in each language, and the first page of all."""
    tags = list(dict.fromkeys(each.language for editions in decks.values() for each in editions))
    theme = read_theme(out, site.deck.theme).theme
    for editions in decks.values():
        _gate(editions, out, site, page, theme)
    words = {each.language: each.words for editions in decks.values() for each in editions}
    offered = tuple((tag, language_name(tag), f"{tag}/{INDEX}") for tag in tags)
    others = {tag: f"{tag}/{INDEX}" for tag in tags} | {DEFAULT: INDEX}
    pages = []
    for tag, path in ((tags[0], INDEX), *((tag, f"{tag}/{INDEX}") for tag in tags)):
        cards = tuple(_card(editions, tag) for editions in decks.values())
        title = site.title or (cards[0].title if len(cards) == 1 else words[tag].say(Term.SLIDES))
        picture = next(((each.picture, each.size) for each in cards if each.picture), ("", (0, 0)))
        seen = Seen(path, title, cards[0].about if len(cards) == 1 else "", tag, others, *picture)
        contents = Contents(seen, cards, offered, words[tag], gate="once" if path == INDEX else "")
        disk.write_atomically(out / path, write_contents(contents, theme, page, site.address).encode())
        pages.append(seen)
    return pages


def _gate(editions: Sequence[_Edition], out: Path, site: Site, page: Page, theme: Theme) -> None:
    """Write the page that leads to a deck in the reader's language, as codes do; search engines need not know of it."""
    first, path = editions[0], f"{editions[0].map_id}/{GATE}"
    offered = tuple((each.language, language_name(each.language), each.page) for each in editions)
    seen = Seen(path, first.title, first.about, first.language, {}, first.picture, first.size)
    contents = Contents(seen, (), offered, first.words, gate="always")
    disk.write_atomically(out / path, write_contents(contents, theme, page, site.address).encode())


def _card(editions: Sequence[_Edition], tag: str) -> Card:
    """Return a deck among the contents, in a language or else in the map's own."""
    own = next((each for each in editions if each.language == tag), editions[0])
    also = tuple((each.language, language_name(each.language), each.page) for each in editions if each is not own)
    return Card(own.title, own.about, own.language, own.page, own.files, own.picture, own.size, also)
