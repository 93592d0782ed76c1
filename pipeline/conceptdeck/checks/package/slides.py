"""Rules on slides and notes: ids, titles, placeholders, access, language, direction."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from conceptdeck.checks.package.graphics import connectors, jumps, tables, timing, zooms
from conceptdeck.checks.package.opened import SHAPE_TAGS, SHAPES, Element, Part, named_of, owner_name
from conceptdeck.checks.package.schema import qualified
from conceptdeck.checks.rules import DUPLICATE_TITLE, EMPTY_TITLE, NO_ALT_TEXT, READING_ORDER
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.languages import runs_rtl
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["NOTES_RULES", "SHAPE_RULES", "SLIDE_RULES", "remember_layout"]

LINK = qualified("r:id")
SHARED = frozenset(qualified(f"p:{tag}") for tag in ("sldLayout", "sldMaster", "notesMaster", "handoutMaster"))
TITLES = frozenset({"title", "ctrTitle"})
FURNITURE = frozenset({"dt", "ftr", "sldNum", "hdr", "sldImg"})
TYPED = FURNITURE | {"title"}  # placeholders that programs find by their type
SMALLEST = 1000  # hundredths of a point
MAX_ID = 2**32 - 1
T = qualified("a:t")
FIELD, RUN = qualified("a:fld"), qualified("a:r")
DECORATIVE = qualified("adec:decorative")

Findings = Iterator[Diagnostic]


# --- what the rules share ------------------------------------------------------------------------


def _type(holder: Element | None) -> str:
    return "" if holder is None else holder.get("type", "obj")


def _text(element: Element) -> str:
    return " ".join("".join(each.text or "" for each in element.iter(T)).split())


def remember_layout(part: Part) -> None:
    """Keep which placeholders a layout has."""
    held = {(_type(each), each.get("idx", "0")) for each in part.all("p:ph")}
    part.deck.holders[part.name] = frozenset(held)


# --- ids -----------------------------------------------------------------------------------------

BAD_SHAPE_ID = Rule("bad-shape-id", "package", ERROR, "a shape id that is none").because("""
    Shape ids are whole numbers from 1; with zero or none PowerPoint repairs the file.
""")
DUPLICATE_SHAPE_ID = Rule("duplicate-shape-id", "package", ERROR, "a shape id given twice on a page").because("""
    Connectors and animations find a shape by its id; PowerPoint may repair the file. 44 of 109 files of another
    tool have it.
""")
LAYOUT_SHAPE_ID = Rule(
    "layout-shape-id",
    "package",
    ERROR,
    "a shape id of a layout or master that is none, or given twice",
    elsewhere=WARNING,
).because("""
    LibreOffice writes such masters and PowerPoint opens them; all the same, ids are whole numbers from 1, each
    given once.
""")


def shape_ids(part: Part) -> Findings:
    """Find shapes whose id is no id, or another shape's."""
    shared = part.root.tag in SHARED
    seen: set[str] = set()
    for element in part.all("p:cNvPr"):
        id_ = element.get("id", "")
        if not (id_.isascii() and id_.isdigit() and 0 < int(id_[:12]) <= MAX_ID):
            rule = LAYOUT_SHAPE_ID if shared else BAD_SHAPE_ID
            yield part.finding(rule, f"has the id `{id_[:40]}`, ids count from 1", element)
        elif id_ in seen:
            rule = LAYOUT_SHAPE_ID if shared else DUPLICATE_SHAPE_ID
            yield part.finding(rule, f"has the id {id_}, as another shape of the page", element)
        seen.add(id_)


# --- titles, placeholders, order -----------------------------------------------------------------


def titles(part: Part) -> Findings:
    """Find slides without a title, and titles that an earlier slide has."""
    held = [shape for shape in part.all(*SHAPES) if _type(part.holders.get(shape)) in TITLES]
    text = next(filter(None, map(_text, held)), "")
    if not text:
        what = "has an empty title" if held else "has no title"
        hint = "give every slide a title: screen readers and the outline list slides by it"
        yield part.finding(EMPTY_TITLE, what, held[0] if held else part.root, hint)
        return
    earlier = part.deck.titles.setdefault(text.casefold(), part.number)
    if earlier != part.number:
        hint = "word the two titles differently"
        yield part.finding(DUPLICATE_TITLE, f"has the title of slide {earlier}: “{text[:60]}”", held[0], hint)


EMPTY_PLACEHOLDER = Rule(
    "empty-placeholder",
    "package",
    ERROR,
    "a placeholder without content",
    elsewhere=WARNING,
).because("""
    It shows a prompt in the editor, nothing in the show, and screen readers stop at it. Fill or delete it.
""")


def empty_placeholders(part: Part) -> Findings:
    """Find placeholders in which nothing was put."""
    for shape in part.all("p:sp"):
        holder = part.holders.get(shape)
        if holder is None or _type(holder) in TITLES | FURNITURE:
            continue
        if not _text(shape) and next(shape.iter(FIELD), None) is None:
            yield part.finding(EMPTY_PLACEHOLDER, "is a placeholder without content", shape, "fill it, or delete it")


UNKNOWN_PLACEHOLDER = Rule(
    "unknown-placeholder", "package", ERROR, "a placeholder that the layout does not have", elsewhere=WARNING
).because("""
    It gets neither place nor format from the layout, and loses both when the layout is set again.
""")


def unknown_placeholders(part: Part) -> Findings:
    """Find placeholders that the slide's layout does not have.

    Programs look for the index, and for the type of titles and of what stands at the foot; ours fit in both.
    """
    layout = next((each.target for each in part.relations.values() if each.kind == "slideLayout"), "")
    known = part.deck.holders.get(layout)
    if known is None:
        return
    pairs = {_place(*pair) for pair in known}
    types, indexes = {type_ for type_, _ in pairs}, {index for type_, index in pairs if type_ not in TYPED}
    for holder in part.all("p:ph"):
        type_, index = _place(_type(holder), holder.get("idx", "0"))
        if part.deck.own:
            missing = (type_, index) not in pairs
        else:
            missing = type_ not in types if type_ in TYPED else index not in indexes
        if missing:
            what = f"fills a placeholder (type {type_}, idx {index[:10]}) that its layout does not have"
            yield part.finding(UNKNOWN_PLACEHOLDER, what, holder)


def _place(type_: str, index: str) -> tuple[str, str]:
    """Return what a placeholder is found by; a title has no index but 0."""
    return ("title", "0") if type_ in TITLES else (type_, index)


DUPLICATE_PLACEHOLDER = Rule(
    "duplicate-placeholder", "package", ERROR, "two placeholders of one page with the same index", elsewhere=WARNING
).because("""
    A slide finds its place in the layout by the index, which is 0 for titles. Where two share one, some programs
    draw a footer over the title. Files of several programs repeat one, and PowerPoint sets it right.
""")


def repeated_indexes(part: Part) -> Findings:
    """Find placeholders of one page that share an index; a title's is 0."""
    seen: dict[str, str] = {}
    for holder in part.all("p:ph"):
        type_, index = _place(_type(holder), holder.get("idx", "0"))
        if index in seen:
            what = f"is a placeholder (type {type_}) with the index {index[:10]}, as the {seen[index]} of the page"
            hint = "give each placeholder of a page an index of its own; a title without one has 0"
            yield part.finding(DUPLICATE_PLACEHOLDER, what, holder, hint)
        seen.setdefault(index, type_)


def reading_order(part: Part) -> Findings:
    """Find titles that are not read first."""
    for tree in part.all("p:spTree"):
        spoken = (shape for shape in tree if shape.tag in SHAPE_TAGS and _is_spoken(shape))
        first = next(spoken, None)
        if first is None or _type(part.holders.get(first)) in TITLES:
            continue
        title = next((shape for shape in spoken if _type(part.holders.get(shape)) in TITLES), None)
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
    silent = [run for run in part.all("a:r", "a:fld") if not (len(run) and run[0].get("lang")) and _text(run)]
    if silent:
        count = f"{len(silent)} pieces of text say" if len(silent) > 1 else "text says"
        what = f"{count} not in which language: “{_text(silent[0])[:40]}”"
        yield part.finding(NO_LANGUAGE, what, silent[0], "set the proofing language")


SMALL_TEXT = Rule("small-text", "package", WARNING, "text below ten points").because("""
    Nobody beyond the first row reads it.
""")


def small_text(part: Part) -> Findings:
    """Find text below ten points."""
    if not any(_is_small(run) for run in part.root.iter(RUN)):
        return
    for shape in part.all("p:sp", "p:graphicFrame"):
        run = next((run for run in shape.iter(RUN) if _is_small(run) and _text(run)), None)
        if run is not None:
            size = int(run[0].get("sz", ""))
            yield part.finding(SMALL_TEXT, f"has text of {size / 100:g} pt: “{_text(run)[:40]}”", run)


def _is_small(run: Element) -> bool:
    size = run[0].get("sz", "") if len(run) else ""
    return size.isdigit() and int(size) < SMALLEST


LTR_PARAGRAPH = Rule("ltr-paragraph", "package", ERROR, "a paragraph that runs the wrong way").because("""
    A paragraph whose language, or all of whose letters, run from right to left says so, or punctuation and numbers
    end up on the wrong side.
""")


def direction(part: Part) -> Findings:
    """Find paragraphs that run from left to right though their language or all their letters do not.

    A Latin name or a line of code may. Elsewhere than in decks of this project, placeholders take their direction from
    their layout.
    """
    if not part.deck.language:
        return
    for shape in part.all("p:sp", "p:graphicFrame"):
        inherits = shape in part.holders and not part.deck.own
        for paragraph in shape.iter(qualified("a:p")):
            properties = paragraph.find(qualified("a:pPr"))
            turned = None if properties is None else properties.get("rtl")
            text = _text(paragraph)
            if not text or turned in ("1", "true") or (turned is None and inherits):
                continue
            if not runs_rtl(text, part.deck.language):
                continue
            what = f"has a paragraph that runs from left to right: “{text[:40]}”"
            yield part.finding(LTR_PARAGRAPH, what, paragraph)
            break


FIXED_COLOUR = Rule("fixed-colour", "package", WARNING, "a colour that does not follow the theme").because("""
    Decks of this project name colours by their place in the theme, so that the theme can be changed.
""")


def fixed_colours(part: Part) -> Findings:
    """Find colours that do not follow the theme, in decks of this project."""
    if part.deck.own:
        for element in part.all("a:srgbClr"):
            yield part.finding(FIXED_COLOUR, f"has the fixed colour {element.get('val', '')[:10]}", element)


NOTES_OF_ANOTHER_SLIDE = Rule(
    "notes-of-another-slide",
    "package",
    ERROR,
    "notes that lead back to another slide",
).because("""
    Each notes page belongs to one slide, and both say so; PowerPoint repairs the file.
""")


def notes_pair(part: Part) -> Findings:
    """Find notes that do not belong to the slide that has them."""
    for relation in part.relations.values():
        if relation.kind != "notesSlide":
            continue
        back = part.deck.relations.get(relation.target, {}).values()
        if not any(each.kind == "slide" and each.target == part.name for each in back):
            yield part.finding(NOTES_OF_ANOTHER_SLIDE, f"its notes `{relation.target}` belong to another slide")


SHAPE_RULES: tuple[Callable[[Part], Findings], ...] = (shape_ids, repeated_indexes, connectors, tables, timing)
SLIDE_RULES: tuple[Callable[[Part], Findings], ...] = (
    titles,
    empty_placeholders,
    unknown_placeholders,
    reading_order,
    alt_texts,
    languages,
    small_text,
    direction,
    fixed_colours,
    zooms,
    jumps,
    notes_pair,
)
NOTES_RULES: tuple[Callable[[Part], Findings], ...] = (languages, direction)
