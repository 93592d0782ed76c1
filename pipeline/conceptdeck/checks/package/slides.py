"""Rules on the text of slides and notes: titles, order, access, language, direction."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from conceptdeck.checks.package.graphics import connectors, tables
from conceptdeck.checks.package.opened import SHAPE_TAGS, SHAPES, Element, Part, named_of, owner_name, text_of, type_of
from conceptdeck.checks.package.schema import qualified
from conceptdeck.checks.package.ties import PAGE_TIES, SLIDE_TIES, TITLES
from conceptdeck.checks.rules import DUPLICATE_TITLE, EMPTY_TITLE, NO_ALT_TEXT, READING_ORDER
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.languages import runs_rtl
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["NOTES_RULES", "SHAPE_RULES", "SLIDE_RULES"]

SMALLEST = 1000  # hundredths of a point
T, RUN = qualified("a:t"), qualified("a:r")
DECORATIVE = qualified("adec:decorative")

Findings = Iterator[Diagnostic]


# --- titles, placeholders, order -----------------------------------------------------------------


def titles(part: Part) -> Findings:
    """Find slides without a title, and titles that an earlier slide has."""
    held = [shape for shape in part.all(*SHAPES) if type_of(part.holders.get(shape)) in TITLES]
    text = next(filter(None, map(text_of, held)), "")
    if not text:
        what = "has an empty title" if held else "has no title"
        hint = "give every slide a title: screen readers and the outline list slides by it"
        yield part.finding(EMPTY_TITLE, what, held[0] if held else part.root, hint)
        return
    earlier = part.deck.titles.setdefault(text.casefold(), part.number)
    if earlier != part.number:
        hint = "word the two titles differently"
        yield part.finding(DUPLICATE_TITLE, f"has the title of slide {earlier}: “{text[:60]}”", held[0], hint)


def reading_order(part: Part) -> Findings:
    """Find titles that are not read first."""
    for tree in part.all("p:spTree"):
        spoken = (shape for shape in tree if shape.tag in SHAPE_TAGS and _is_spoken(shape))
        first = next(spoken, None)
        if first is None or type_of(part.holders.get(first)) in TITLES:
            continue
        title = next((shape for shape in spoken if type_of(part.holders.get(shape)) in TITLES), None)
        if title is not None:
            what = f"is the title, but is read after `{owner_name(first)}`"
            yield part.finding(READING_ORDER, what, title, "send the title to the back: back to front is read first")


def _is_spoken(shape: Element) -> bool:
    """Tell whether a shape has text that is read out."""
    return not _is_decorative(shape) and any((each.text or "").strip() for each in shape.iter(T))


# --- access --------------------------------------------------------------------------------------


def alt_texts(part: Part) -> Findings:
    """Find pictures, groups, tables, charts and connectors that say nothing to who cannot see them."""
    for shape in part.all("p:pic", "p:grpSp", "p:graphicFrame", "p:cxnSp"):
        if not any(_is_described(each) for each in (shape, *shape.iterancestors(qualified("p:grpSp")))):
            hint = "describe what it shows, or mark it as decorative"
            yield part.finding(NO_ALT_TEXT, "has no alt text", shape, hint)


def _is_described(shape: Element) -> bool:
    named = named_of(shape)
    return named is not None and (bool(named.get("descr", "").strip()) or _is_decorative(shape))


def _is_decorative(shape: Element) -> bool:
    named = named_of(shape)
    return named is not None and any(each.get("val") in ("1", "true") for each in named.iter(DECORATIVE))


NO_LANGUAGE = Rule(
    "no-language",
    "package",
    ERROR,
    "text that does not say its language",
    elsewhere=WARNING,
).because("""
    Screen readers speak it in the wrong voice, and the spelling is checked in the wrong language.
""")


def languages(part: Part) -> Findings:
    """Find text that does not say its language."""
    silent = [run for run in part.all("a:r", "a:fld") if not (len(run) and run[0].get("lang")) and text_of(run)]
    if silent:
        count = f"{len(silent)} pieces of text say" if len(silent) > 1 else "text says"
        what = f"{count} not in which language: “{text_of(silent[0])[:40]}”"
        yield part.finding(NO_LANGUAGE, what, silent[0], "set the proofing language")


SMALL_TEXT = Rule("small-text", "package", WARNING, "text below ten points").because("""
    Nobody beyond the first row reads it.
""")


def small_text(part: Part) -> Findings:
    """Find text below ten points."""
    if not any(_is_small(run) for run in part.root.iter(RUN)):
        return
    for shape in part.all("p:sp", "p:graphicFrame"):
        run = next((run for run in shape.iter(RUN) if _is_small(run) and text_of(run)), None)
        if run is not None:
            size = int(run[0].get("sz", ""))
            yield part.finding(SMALL_TEXT, f"has text of {size / 100:g} pt: “{text_of(run)[:40]}”", run)


def _is_small(run: Element) -> bool:
    size = run[0].get("sz", "") if len(run) else ""
    return size.isdigit() and int(size) < SMALLEST


LTR_PARAGRAPH = Rule("ltr-paragraph", "package", ERROR, "a paragraph that runs the wrong way").because("""
    A paragraph whose language, or all of whose letters, run from right to left says so, or punctuation and numbers
    end up on the wrong side.
""")


def direction(part: Part) -> Findings:
    """Find paragraphs that run from left to right though their language or all their letters do not.

    A Latin name or a line of code may, and what says so itself if some of it is in another language. Elsewhere than in
    decks of this project, placeholders take their direction from their layout.
    """
    if not part.deck.language:
        return
    for shape in part.all("p:sp", "p:graphicFrame"):
        inherits = shape in part.holders and not part.deck.own
        for paragraph in shape.iter(qualified("a:p")):
            properties = paragraph.find(qualified("a:pPr"))
            turned = None if properties is None else properties.get("rtl")
            text = text_of(paragraph)
            if not text or turned in ("1", "true") or (turned is None and inherits):
                continue
            if not runs_rtl(text, part.deck.language) or (turned and not runs_rtl(text, _tongue(part, paragraph))):
                continue
            what = f"has a paragraph that runs from left to right: “{text[:40]}”"
            yield part.finding(LTR_PARAGRAPH, what, paragraph)
            break


def _tongue(part: Part, paragraph: Element) -> str:
    """Return the language of a paragraph: another one than the deck's if a part of it says so."""
    said = (str(run[0].get("lang", "")) for run in paragraph.iter(RUN) if len(run))
    own = part.deck.language.partition("-")[0]
    return next((tag for tag in said if tag and tag.partition("-")[0] != own), part.deck.language)


FIXED_COLOUR = Rule("fixed-colour", "package", WARNING, "a colour that does not follow the theme").because("""
    Decks of this project name colours by their place in the theme, so that the theme can be changed.
""")


def fixed_colours(part: Part) -> Findings:
    """Find colours that do not follow the theme, in decks of this project."""
    if part.deck.own:
        for element in part.all("a:srgbClr"):
            yield part.finding(FIXED_COLOUR, f"has the fixed colour {element.get('val', '')[:10]}", element)


SHAPE_RULES: tuple[Callable[[Part], Findings], ...] = (*PAGE_TIES, connectors, tables)
SLIDE_RULES: tuple[Callable[[Part], Findings], ...] = (
    *SLIDE_TIES,
    titles,
    reading_order,
    alt_texts,
    languages,
    small_text,
    direction,
    fixed_colours,
)
NOTES_RULES: tuple[Callable[[Part], Findings], ...] = (languages, direction)
