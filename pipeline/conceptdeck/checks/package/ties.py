"""Rules on what ties a page together: ids, placeholders, ends of lines, effects, links. They judge facts, not XML."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from conceptdeck.checks.package.deck import Page
from conceptdeck.checks.package.rules import ACTIVE_CONTENT, TABLE_CELLS
from conceptdeck.checks.package.sites import SITES
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["FURNITURE", "PAGE_TIES", "PART_TIES", "SLIDE_TIES", "TITLES"]

TITLES = frozenset({"title", "ctrTitle"})
FURNITURE = frozenset({"dt", "ftr", "sldNum", "hdr", "sldImg"})
TYPED = FURNITURE | {"title"}  # placeholders that programs find by their type
MAX_ID = 2**32 - 1
JUMP = "ppaction://hlinksldjump"
PROGRAMS = ("ppaction://macro", "ppaction://program", "ppaction://ole")

Findings = Iterator[Diagnostic]


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


def shape_ids(page: Page) -> Findings:
    """Find shapes whose id is no id, or another shape's."""
    seen: set[str] = set()
    for id_, _, at in page.facts.shapes:
        if not (id_.isascii() and id_.isdigit() and 0 < int(id_[:12]) <= MAX_ID):
            rule = LAYOUT_SHAPE_ID if page.is_shared else BAD_SHAPE_ID
            yield page.finding(rule, f"has the id `{id_[:40]}`, ids count from 1", at)
        elif id_ in seen:
            rule = LAYOUT_SHAPE_ID if page.is_shared else DUPLICATE_SHAPE_ID
            yield page.finding(rule, f"has the id {id_}, as another shape of the page", at)
        seen.add(id_)


DANGLING_RELATIONSHIP_ID = Rule(
    "dangling-relationship-id", "package", ERROR, "a relationship id that its part does not have"
).because("""
    A picture, link or chart names an id that no relationship has. PowerPoint repairs the file and drops it.
""")


def relation_ids(page: Page) -> Findings:
    """Find relationship ids that the part does not have."""
    for id_, at in page.facts.uses:
        if id_ not in page.relations:
            what = f"names the relationship `{id_[:40]}`, which the part does not have"
            yield page.finding(DANGLING_RELATIONSHIP_ID, what, at)


# --- placeholders --------------------------------------------------------------------------------

EMPTY_PLACEHOLDER = Rule(
    "empty-placeholder",
    "package",
    ERROR,
    "a placeholder without content",
    elsewhere=WARNING,
).because("""
    It shows a prompt in the editor, nothing in the show, and screen readers stop at it. Fill or delete it.
""")


def empty_placeholders(page: Page) -> Findings:
    """Find placeholders in which nothing was put."""
    for holder in page.facts.holders:
        if not holder.filled and holder.type not in TITLES | FURNITURE:
            yield page.finding(
                EMPTY_PLACEHOLDER, "is a placeholder without content", holder.at, "fill it, or delete it"
            )


UNKNOWN_PLACEHOLDER = Rule(
    "unknown-placeholder", "package", ERROR, "a placeholder that the layout does not have", elsewhere=WARNING
).because("""
    It gets neither place nor format from the layout, and loses both when the layout is set again.
""")


def unknown_placeholders(page: Page) -> Findings:
    """Find placeholders that the slide's layout does not have.

    Programs look for the index, and for the type of titles and of what stands at the foot; ours fit in both.
    """
    layout = next((each.target for each in page.relations.values() if each.kind == "slideLayout"), "")
    known = page.deck.holders.get(layout)
    if known is None:
        return
    pairs = {_place(*pair) for pair in known}
    types, indexes = {type_ for type_, _ in pairs}, {index for type_, index in pairs if type_ not in TYPED}
    for holder in page.facts.holders:
        type_, index = _place(holder.type, holder.idx)
        if page.deck.own:
            missing = (type_, index) not in pairs
        else:
            missing = type_ not in types if type_ in TYPED else index not in indexes
        if missing:
            what = f"fills a placeholder (type {type_}, idx {index[:10]}) that its layout does not have"
            yield page.finding(UNKNOWN_PLACEHOLDER, what, holder.at)


def _place(type_: str, index: str) -> tuple[str, str]:
    """Return what a placeholder is found by; a title has no index but 0."""
    return ("title", "0") if type_ in TITLES else (type_, index)


DUPLICATE_PLACEHOLDER = Rule(
    "duplicate-placeholder", "package", ERROR, "two placeholders of one page with the same index", elsewhere=WARNING
).because("""
    A slide finds its place in the layout by the index, which is 0 for titles. Where two share one, some programs
    draw a footer over the title. Files of several programs repeat one, and PowerPoint sets it right.
""")


def repeated_indexes(page: Page) -> Findings:
    """Find placeholders of one page that share an index; a title's is 0."""
    seen: dict[str, str] = {}
    for holder in page.facts.holders:
        type_, index = _place(holder.type, holder.idx)
        if index in seen:
            what = f"is a placeholder (type {type_}) with the index {index[:10]}, as the {seen[index]} of the page"
            hint = "give each placeholder of a page an index of its own; a title without one has 0"
            yield page.finding(DUPLICATE_PLACEHOLDER, what, holder.at, hint)
        seen.setdefault(index, type_)


# --- lines and tables ----------------------------------------------------------------------------

DANGLING_CONNECTOR = Rule(
    "dangling-connector",
    "package",
    ERROR,
    "a connector glued to a shape that is not there",
    elsewhere=WARNING,
).because("""
    The shape was removed, or its id changed; PowerPoint repairs the file.
""")
BAD_CONNECTION_SITE = Rule(
    "bad-connection-site",
    "package",
    ERROR,
    "a connector glued to a site that its shape does not have",
    elsewhere=WARNING,
).because("""
    Sites count from 0: a rectangle has four, an ellipse eight. PowerPoint repairs the file or moves the line.
""")


def line_ends(page: Page) -> Findings:
    """Find ends of connectors that are glued to what is not there."""
    shapes = page.facts.by_id if page.facts.ends else {}
    for end in page.facts.ends:
        shape = shapes.get(end.shape)
        if shape is None:
            what = f"is glued to shape {end.shape[:12]}, there is none on the page"
            yield page.finding(DANGLING_CONNECTOR, what, end.at)
        elif (sites := SITES.get(shape.preset or "", 0)) and end.site.isdigit() and int(end.site) >= sites:
            what = f"is glued to site {end.site} of `{page.label(shape.at)}`, which has {sites}"
            yield page.finding(BAD_CONNECTION_SITE, what, end.at)


ROW_HEIGHT = Rule("row-height", "package", ERROR, "a row without a height, or with a negative one").because("""
    Heights are whole EMU from 0; PowerPoint repairs the file.
""")


def table_rows(page: Page) -> Findings:
    """Find rows of tables with too few or too many cells, or without a height."""
    for row in page.facts.rows:
        if row.cells != row.columns:
            what = f"row {row.number} has {row.cells} cells, the table has {row.columns} columns"
            yield page.finding(TABLE_CELLS, what, row.at)
        if not row.height.isdigit():
            what = f"row {row.number} has the height “{row.height[:20]}”"
            yield page.finding(ROW_HEIGHT, what, row.at, "give each row a height in EMU, from 0")


# --- animation -----------------------------------------------------------------------------------

DANGLING_ANIMATION = Rule(
    "dangling-animation",
    "package",
    ERROR,
    "an animation of a shape that is not there",
).because("""
    PowerPoint repairs the file and drops the animations of the slide.
""")
DANGLING_BUILD = Rule("dangling-build", "package", ERROR, "a build of a shape that is not there").because("""
    The build list names a shape that the slide does not have; PowerPoint repairs the file.
""")
DUPLICATE_TIME_ID = Rule("duplicate-time-id", "package", ERROR, "two time nodes with one id").because("""
    Each node of a slide's timeline has an id of its own; PowerPoint repairs the file.
""")


def timing(page: Page) -> Findings:
    """Find animations of shapes that are not there, and time nodes that share an id."""
    facts = page.facts
    shapes = facts.by_id if facts.effects or facts.builds else {}
    for id_, at in facts.effects:
        if id_ not in shapes:
            yield page.finding(
                DANGLING_ANIMATION, f"an animation is for shape {id_[:12]}, there is none on the page", at
            )
    for id_, at in facts.builds:
        if id_ not in shapes:
            yield page.finding(DANGLING_BUILD, f"a build is for shape {id_[:12]}, there is none on the page", at)
    seen: set[str] = set()
    for id_, at in facts.times:
        if id_ and id_ in seen:
            yield page.finding(DUPLICATE_TIME_ID, f"two time nodes have the id {id_[:12]}", at)
        seen.add(id_)


# --- ways to other slides ------------------------------------------------------------------------

DANGLING_ZOOM = Rule("dangling-zoom", "package", ERROR, "a zoom to a slide that is not there").because("""
    PowerPoint repairs the file or shows an empty frame.
""")
STALE_ZOOM = Rule("stale-zoom", "package", ERROR, "a zoom to another slide than it was made for").because("""
    A zoom knows its slide by a number of its own too (p14:creationId); if they differ, PowerPoint shows an empty
    frame.
""")


def zooms(page: Page) -> Findings:
    """Find slide zooms whose slide is not there, or is another one than it was."""
    for id_, mark, at in page.facts.zooms:
        name = page.deck.slide_parts.get(id_, "")
        if name and mark != page.deck.mark(name):
            what = f"a zoom knows its slide `{name}` by the number {mark[:12]}, the slide has another"
            yield page.finding(STALE_ZOOM, what, at, "insert the zoom anew")
        if id_ not in page.deck.slide_ids:
            yield page.finding(DANGLING_ZOOM, f"a zoom is for the slide id {id_[:12]}, no slide has it", at)


DANGLING_JUMP = Rule("dangling-jump", "package", ERROR, "a link to a slide that leads to none").because("""
    The slide was removed, or the link never had one; a click does nothing or PowerPoint repairs the file.
""")


def jumps(page: Page) -> Findings:
    """Find links to slides that lead to none, and links that start programs."""
    for action, id_, at in page.facts.clicks:
        if action.startswith(JUMP):
            relation = page.relations.get(id_)
            if relation is None or relation.kind != "slide":
                yield page.finding(DANGLING_JUMP, "has a link to a slide that leads to none", at)
        elif action.startswith(PROGRAMS):
            yield page.finding(ACTIVE_CONTENT, f"has a link that starts a program: {action[:60]}", at)


NOTES_OF_ANOTHER_SLIDE = Rule(
    "notes-of-another-slide",
    "package",
    ERROR,
    "notes that lead back to another slide",
).because("""
    Each notes page belongs to one slide, and both say so; PowerPoint repairs the file. Where notes name no slide at
    all, as those of Google Slides, it takes them as they are.
""")


def notes_pair(page: Page) -> Findings:
    """Find notes that do not belong to the slide that has them."""
    for relation in page.relations.values():
        if relation.kind != "notesSlide":
            continue
        back = page.deck.relations.get(relation.target, {}).values()
        named = [each.target for each in back if each.kind == "slide"]
        if page.name not in named and (named or page.deck.own):
            yield page.finding(NOTES_OF_ANOTHER_SLIDE, f"its notes `{relation.target}` belong to another slide")


PART_TIES: tuple[Callable[[Page], Findings], ...] = (relation_ids,)
PAGE_TIES: tuple[Callable[[Page], Findings], ...] = (shape_ids, repeated_indexes, line_ends, table_rows, timing)
SLIDE_TIES: tuple[Callable[[Page], Findings], ...] = (
    empty_placeholders,
    unknown_placeholders,
    zooms,
    jumps,
    notes_pair,
)
