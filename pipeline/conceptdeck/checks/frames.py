"""Rules on frames: what a projector or a reader would trip over, found before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import assert_never

from conceptdeck.checks.geometry import (
    TOLERANCE,
    Block,
    Page,
    Rect,
    crosses,
    outline_holds,
    rect_of,
    straddles,
)
from conceptdeck.checks.rules import DUPLICATE_TITLE, EMPTY_TITLE, NO_ALT_TEXT, READING_ORDER
from conceptdeck.layout.rules import TEXT_OVERFLOW
from conceptdeck.reading.rules import LOW_CONTRAST
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.scripts import lost_scripts, script_name
from conceptdeck.typeset.settings import Setting, has_orphan
from conceptdeck.values.colour import contrast
from conceptdeck.values.diagnostics import Diagnostic, OnSlide, Span
from conceptdeck.values.frame import Connector, Frame, Item, Picture, Route, Shape, Table
from conceptdeck.values.items import bodies, box_of, ends_of, is_title
from conceptdeck.values.presets import connection_site, site_count
from conceptdeck.values.rules import ERROR, WARNING, Rule
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Box, Length, Point, points

__all__ = ["RULES", "check_frames"]

PIXEL = 9525  # EMU at 96 dpi
READABLE_LARGE = {4.5: 3.0, 7.0: 4.5}  # WCAG 2.2, 1.4.3 and 1.4.6: large text needs less
LARGE, LARGE_BOLD = 18.0, 14.0  # points from which text counts as large
ROUNDING, MEANT = 0.25, 9.0  # points: below the first two places are one, from the second on they are meant as two
SHOWN = 60

Findings = Iterator[Diagnostic]
Check = Callable[[Page], Findings]


def check_frames(frames: Sequence[Frame], theme: Theme, book: FontBook) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the frames; one page after the other, since pages take much room."""
    titles: dict[str, Frame] = {}
    lost: dict[str, list[Diagnostic]] = {script: [] for script in _lost_scripts(frames, theme, book)}
    pages = (Page(frame, theme, book, titles, lost) for frame in frames)
    found = tuple(finding for page in pages for check in RULES for finding in check(page))
    return (*found, *(_together(each) for each in lost.values() if each))


def _lost_scripts(frames: Sequence[Frame], theme: Theme, book: FontBook) -> tuple[str, ...]:
    """Return the scripts of which no letter on any slide is covered by the theme's fonts."""
    texts = {block for frame in frames for block in _texts(frame)}
    chars = sorted({char for text in texts if not text.isascii() for char in text if not char.isascii()})
    missing = book.shape("".join(chars), theme.minor).missing if chars else ()
    return tuple(lost_scripts([*chars, "a"], missing))


def _texts(frame: Frame) -> Iterator[str]:
    shown = (body for item in frame.items for body in bodies(item))
    return (run.text for body in shown for each in body.paragraphs for run in each.runs)


def _together(found: Sequence[Diagnostic]) -> Diagnostic:
    """Return one finding for all that say the same of a script, at the place of the first."""
    more = len(found) - 1
    if not more:
        return found[0]
    note = f"so it is with {more} more text{'s' * (more > 1)} of the deck: their widths are estimated"
    hint = "PowerPoint draws such text with fonts of its own: look at the deck there"
    return replace(found[0], notes=(note,), hints=(*found[0].hints, hint))


# --- titles and names ----------------------------------------------------------------------------


def empty_title(page: Page) -> Findings:
    """Find a slide without a title."""
    if page.title is None:
        hint = "give every slide a title: screen readers and the outline list slides by it"
        yield _finding(page, EMPTY_TITLE, "has no title", hint=hint)


def duplicate_title(page: Page) -> Findings:
    """Find a title that an earlier slide has too."""
    if page.title is None:
        return
    text = " ".join(page.title.body.text.split())
    earlier = page.titles.setdefault(text.casefold(), page.frame)
    if earlier is not page.frame:
        what = f"has the title of slide {earlier.number} ({earlier.key}): “{_short(text)}”"
        hint = "word the two titles differently"
        yield _finding(page, DUPLICATE_TITLE, what, page.title.name, page.title.body.span, hint)


DUPLICATE_NAME = Rule("duplicate-name", "frames", ERROR, "a name that two items of a slide share").because("""
    Links, connectors and translations find an item by its name.
""")


def duplicate_name(page: Page) -> Findings:
    """Find names that several items of a slide share."""
    for name, count in Counter(item.name for item in page.frame.items).items():
        if count > 1:
            hint = "give each item a name of its own: links, connectors and translations find it by name"
            yield _finding(page, DUPLICATE_NAME, f"is the name of {count} items", name, hint=hint)


def reading_order(page: Page) -> Findings:
    """Find a title that is not the first text to be read."""
    readable = (block for block in page.blocks if not _is_decoration(block.item))
    first = next(readable, None)
    if page.title and first and first is not page.title:
        what = f"is the title, but is read after `{first.name}`"
        hint = "put the title before every other text: items are read in their order"
        yield _finding(page, READING_ORDER, what, page.title.name, page.title.body.span, hint)


def no_alt_text(page: Page) -> Findings:
    """Find pictures, lines and tables that say nothing to who cannot see them."""
    for item in page.frame.items:
        if item.alt.strip() or is_title(item):  # a title without text is another rule's
            continue
        if _is_decoration(item) or (isinstance(item, Shape) and _has_text(item)):
            continue
        may_be = isinstance(item, (Shape, Picture))
        hint = "describe what it shows" + (", or mark it as decorative" if may_be else "")
        yield _finding(page, NO_ALT_TEXT, "has no alt text", item.name, _span(item), hint)


# --- text in its box -----------------------------------------------------------------------------


OFF_SLIDE = Rule("off-slide", "frames", ERROR, "something reaches beyond the slide").because("""
    What is beyond the edge is not shown. Decoration without text may bleed off.
""")


def off_slide(page: Page) -> Findings:
    """Find what reaches beyond the slide; decoration may."""
    for item in page.frame.items:
        if _is_decoration(item) and not (isinstance(item, Shape) and _has_text(item)):
            continue
        if excess := _excess(rect_of(box_of(item)), page.slide):
            hint = "move it onto the slide, or make it smaller"
            yield _finding(page, OFF_SLIDE, f"is {excess:.1f} pt beyond the slide", item.name, _span(item), hint)


def text_overflow(page: Page) -> Findings:
    """Find text that is higher or wider than the room it has."""
    for block in page.blocks:
        higher = block.body.height - block.room.height
        wider = max(line.width for line in block.lines) - block.room.width
        excess = [f"{by:.1f} pt too {way}" for by, way in ((higher, "high"), (wider, "wide")) if by > TOLERANCE]
        if excess:
            what = f"holds text that is {' and '.join(excess)}: {_quoted(block)}"
            yield _finding(page, TEXT_OVERFLOW, what, block.name, block.body.span, "shorten the text")


TEXT_TOO_SMALL = Rule("text-too-small", "frames", ERROR, "text below the smallest size of the theme").because("""
    The theme's floor is what the last row can read. Shorten the text, or split the slide.
""")


def text_too_small(page: Page) -> Findings:
    """Find text below the smallest size that any role of the theme allows."""
    floor = page.theme.smallest
    for block in page.blocks:
        size = min((run.size for run in block.runs), default=floor)
        if size < floor:
            what = f"has text of {size:g} pt, the smallest size of the theme is {floor:g} pt"
            hint = "shorten the text, or split the slide"
            yield _finding(page, TEXT_TOO_SMALL, what, block.name, block.body.span, hint)


def missing_glyph(page: Page) -> Findings:
    """Find characters that no face covers."""
    for block in page.blocks:
        shaped = (page.book.shape(run.text, page.family(run), run.bold) for run in block.runs)
        missing = dict.fromkeys(char for each in shaped for char in each.missing)
        lost = {script: letters for script, letters in lost_scripts(missing, missing).items() if script in page.lost}
        for script, letters in lost.items():
            page.lost[script].append(_uncovered(page, block, f" of the script {script_name(letters[0])}", letters))
        rare = [char for char in missing if not any(char in letters for letters in lost.values())]
        if rare:
            yield _uncovered(page, block, "", rare)


MISSING_GLYPH = Rule("missing-glyph", "frames", WARNING, "a character that no font covers").because("""
    Another font stands in on each machine, or an empty box. Use other characters, or add a fallback font to the
    theme.
""")


def _uncovered(page: Page, block: Block, which: str, chars: Sequence[str]) -> Diagnostic:
    listed = ", ".join(f"{char} (U+{ord(char):04X})" for char in chars)
    what = f"has characters{which} that no font of the theme covers: {listed}"
    hint = "use other characters, or add a fallback font that has them to the theme"
    return _finding(page, MISSING_GLYPH, what, block.name, block.body.span, hint)


ORPHAN_WORD = Rule("orphan-word", "frames", WARNING, "a title whose last line is nearly empty").because("""
    A single short word on the last line looks like a mistake. Shorten or lengthen the title by a word.
""")


def orphan_word(page: Page) -> Findings:
    """Find a title whose last line is nearly empty."""
    title = page.title
    last = title.body.paragraphs[-1] if title else None
    if title is None or last is None or not last.runs or len(last.lines) < 2:
        return
    width, tail = points(title.room.width), points(title.lines[-1].width)
    setting = Setting(last.runs[0].size, points(last.leading), last.lines, width, points(title.body.height), tail)
    if has_orphan(setting, width, page.frame.language):
        what = f"ends in a line that is nearly empty: “{last.lines[-1]}”"
        hint = "shorten the title by a word, or lengthen it"
        yield _finding(page, ORPHAN_WORD, what, title.name, title.body.span, hint)


TEXT_ON_PICTURE = Rule("text-on-picture", "frames", WARNING, "text that stands on a picture").because("""
    An image has many colours: whether the text can be read on it depends on where it stands. Lay a solid shape
    below the text, or move it off the picture.
""")


def low_contrast(page: Page) -> Findings:
    """Find text too close in colour to what it stands on."""
    for block in page.blocks:
        if picture := page.lies_on(block):
            what = f"stands on the picture `{picture.name}`, on which its contrast cannot be told: {_quoted(block)}"
            hint = "lay a solid shape below the text, or move it off the picture"
            yield _finding(page, TEXT_ON_PICTURE, what, block.name, block.body.span, hint)
            continue
        ground = page.ground(block)
        for (slot, least), ratio in _ratios(page, block, ground).items():
            if ratio < least:
                what = f"has {slot} text on #{ground} at a contrast of {ratio:.2f}:1, it needs {least:g}:1"
                hint = "set the text in a slot that stands out more, or make what lies below it plainer"
                yield _finding(page, LOW_CONTRAST, what, block.name, block.body.span, hint)


def _ratios(page: Page, block: Block, ground: str) -> dict[tuple[str, float], float]:
    """Return the contrast of each colour slot in a text, by slot and the least that its size asks for."""
    promised = page.theme.readable
    for_large = max(large for normal, large in READABLE_LARGE.items() if normal <= promised)
    wanted = {
        (run.slot, for_large if run.size >= (LARGE_BOLD if run.bold else LARGE) else promised) for run in block.runs
    }
    return {(slot, least): contrast(page.theme.colours[slot], ground) for slot, least in sorted(wanted)}


# --- things in each other's way ------------------------------------------------------------------


TEXT_OVERLAP = Rule("text-overlap", "frames", ERROR, "text that runs into other text").because("""
    Neither can be read where they meet. Shorten the text, or move one of them.
""")


def text_overlap(page: Page) -> Findings:
    """Find text that runs into other text."""
    for one, other in page.close_blocks:
        if one.overlaps(other):
            what = f"has text that runs into that of `{other.name}`: {_quoted(one)}, {_quoted(other)}"
            yield _finding(page, TEXT_OVERLAP, what, one.name, one.body.span, "shorten the text, or move one of them")


TEXT_ACROSS_EDGE = Rule(
    "text-across-edge",
    "frames",
    ERROR,
    "text partly on a shape that it does not belong to",
).because("""
    The edge runs through the letters. Keep the text within the shape, or clear of it.
""")


def text_across_edge(page: Page) -> Findings:
    """Find text that lies partly on a shape it does not belong to."""
    for block in page.blocks:
        for index, picture, rect in page.pictures:
            if block.ink.meets(rect) and not rect.holds(block.ink) and not _is_covered(page, index, block):
                yield _across(page, block, picture)
        for index, shape, rect in page.drawn:
            if index == block.index or not straddles(block.ink, shape, rect) or _is_art(shape):
                continue
            if not _is_covered(page, index, block):
                yield _across(page, block, shape)


def _across(page: Page, block: Block, item: Shape | Picture) -> Diagnostic:
    what = f"has text across the edge of `{item.name}`: {_quoted(block)}"
    hint = f"keep the text within the {'shape' if isinstance(item, Shape) else 'picture'}, or clear of it"
    return _finding(page, TEXT_ACROSS_EDGE, what, block.name, block.body.span, hint)


LABEL_ON_LINE = Rule("label-on-line", "frames", ERROR, "text that a connector runs through").because("""
    The line crosses the letters out. Move the label off it.
""")


def label_on_line(page: Page) -> Findings:
    """Find free-standing text that a connector runs through."""
    for block in page.blocks:
        if not block.is_label:
            continue
        for line, curve, around in page.curves:
            if not _ends_at(line, block.item) and crosses(curve, around, block.ink):
                what = f"has text on the line of `{line.name}`: {_quoted(block)}"
                hint = "move the text off the line"
                yield _finding(page, LABEL_ON_LINE, what, block.name, block.body.span, hint)


EDGE_THROUGH_NODE = Rule(
    "edge-through-node", "frames", ERROR, "a connector through a node that is neither of its ends"
).because("""
    It reads as a relation that is not there.
""")


def edge_through_node(page: Page) -> Findings:
    """Find connectors that run through a node at neither of their ends."""
    nodes: list[tuple[Shape | Picture, Rect]] = [(shape, rect) for _, shape, rect in page.drawn if _has_text(shape)]
    nodes += [(picture, rect) for _, picture, rect in page.pictures if not picture.decorative]
    for line, curve, around in page.curves:
        for shape, rect in nodes:
            if _ends_at(line, shape):
                continue
            ellipse = isinstance(shape, Shape) and shape.preset == "ellipse"
            if crosses(curve, around, rect.inset(TOLERANCE), ellipse=ellipse):
                what = f"runs through `{shape.name}`, which is neither of its ends"
                yield _finding(
                    page,
                    EDGE_THROUGH_NODE,
                    what,
                    line.name,
                    _span(shape),
                    "move the shape, or lead the line around it",
                )


OVERLAPPING_NODES = Rule("overlapping-nodes", "frames", ERROR, "nodes that lie partly on each other").because("""
    One hides a part of the other. Move them apart.
""")


def overlapping_nodes(page: Page) -> Findings:
    """Find nodes that lie partly on each other."""
    nodes: list[tuple[Shape | Picture, Rect]] = [
        (shape, rect) for _, shape, rect in page.drawn if _has_text(shape) and not shape.decorative
    ]
    nodes += [(picture, rect) for _, picture, rect in page.pictures if not picture.decorative]
    for (one, first), (other, second) in combinations(nodes, 2):
        if first.meets(second) and not first.holds(second) and not second.holds(first):
            what = f"lies partly on `{other.name}`"
            yield _finding(page, OVERLAPPING_NODES, what, one.name, _span(one), "move the two apart")


LOOSE_CONNECTOR = Rule(
    "loose-connector",
    "frames",
    ERROR,
    "a connector that does not end where it is glued",
).because("""
    It jumps when somebody moves one of its shapes. Ends are at connection sites of shapes on the slide.
""")


def loose_connector(page: Page) -> Findings:
    """Find connectors whose ends are not where they are glued."""
    hint = "start and end each connector at connection sites of shapes on its slide"
    items = {item.name: item for item in page.frame.items}
    for line, _, _ in page.curves:
        for place, name, site in _glued(line):
            if fault := _glue_fault(items.get(name), site, place):
                yield _finding(page, LOOSE_CONNECTOR, f"is not glued to `{name}`: {fault}", line.name, hint=hint)


def _glued(line: Connector | Route) -> Iterator[tuple[Point, str, int | None]]:
    """Yield each end of a line with the name of what it is glued to, and the connection site if it has one."""
    match line:
        case Connector():
            yield line.start, *line.begin
            yield line.end, *line.finish
        case Route():
            yield line.points[0], line.tail, None
            yield line.points[-1], line.head, None
        case _:
            assert_never(line)


def misaligned_siblings(page: Page) -> Findings:
    """Find shapes of one kind that are almost in line, but not quite."""
    glued = {name for line, _, _ in page.curves for name in ends_of(line)}
    for siblings in _siblings(page):
        rects = [rect_of(shape.box) for shape in siblings]
        in_ranks = any(shape.name in glued for shape in siblings)  # each rank is centred by itself: tops may differ
        if _is_same(rect.height for rect in rects) and not in_ranks:
            yield from _nearly_aligned(page, "top", zip((rect.top for rect in rects), siblings, strict=True))
        if _is_same(rect.width for rect in rects):
            yield from _nearly_aligned(page, "left edge", zip((rect.left for rect in rects), siblings, strict=True))


def _siblings(page: Page) -> Iterator[Sequence[Shape]]:
    """Yield the groups of shapes that are of one kind: of one form, and the same part of different things."""
    groups: dict[tuple[str, str, str], list[Shape]] = {}
    for shape in page.shapes.values():
        if shape.placeholder is None and (shape.part or shape.place):
            groups.setdefault((shape.preset, shape.part, shape.place), []).append(shape)
    yield from (group for group in groups.values() if len(group) > 1)


def _is_same(values: Iterable[float]) -> bool:
    """Tell whether all values are the same but for rounding: what varies in size flows like words, and is no grid."""
    found = tuple(values)
    return max(found) - min(found) <= ROUNDING


MISALIGNED_SIBLINGS = Rule(
    "misaligned-siblings",
    "frames",
    WARNING,
    "shapes of one kind that are almost in line",
).because("""
    Cards, steps, levels or nodes of one size whose tops or left edges differ by less than an eighth of an inch
    look like a mistake. Give them the same edge, or move them clearly apart.
""")


def _nearly_aligned(page: Page, edge: str, places: Iterable[tuple[float, Shape]]) -> Findings:
    """Find neighbouring places that differ by less than the eye takes for meant; the odd one out is named."""
    lines: list[list[tuple[float, Shape]]] = []
    for place in sorted(places, key=lambda each: each[0]):
        if lines and place[0] - lines[-1][-1][0] <= ROUNDING:
            lines[-1].append(place)
        else:
            lines.append([place])
    for before, after in pairwise(lines):
        away = after[0][0] - before[-1][0]
        if away < MEANT:
            odd, model = (before, after) if len(before) < len(after) else (after, before)
            shape = odd[0][1]
            what = f"is almost in line with `{model[0][1].name}`: its {edge} is {away:.1f} pt off"
            hint = f"give both the same {edge}, or move them clearly apart"
            yield _finding(page, MISALIGNED_SIBLINGS, what, shape.name, _span(shape), hint)


def _glue_fault(item: Item | None, site: int | None, place: Point) -> str:
    """Return what keeps `place` from being a connection site of `item`, or a place on its outline, if anything."""
    if not isinstance(item, (Shape, Picture)):
        return "there is no such shape on the slide"
    preset, box = (item.preset, item.box) if isinstance(item, Shape) else ("rect", item.seen.box)
    if site is None:
        within, inside = box.inset(-2 * PIXEL), box.inset(2 * PIXEL)
        at = Box(place.x, place.y, Length(0), Length(0))
        return "" if within.holds(at) and not inside.holds(at) else "it ends elsewhere"
    if not 0 <= site < site_count(preset):
        return f"it has no connection site {site}"
    wanted = connection_site(preset, box, site)
    away = max(abs(wanted.x - place.x), abs(wanted.y - place.y))
    return f"connection site {site} is {away / PIXEL:.1f} px away" if away > PIXEL else ""


def _is_art(shape: Shape) -> bool:
    """Tell whether a shape is faint round decoration, on which text may lie: the rings."""
    faint = shape.fill is None or shape.fill.alpha < 1
    return shape.decorative and shape.preset == "ellipse" and faint


def _is_covered(page: Page, index: int, block: Block) -> bool:
    """Tell whether something solid that holds the whole text hides the item at `index` from it."""
    return any(
        shape.fill and shape.fill.alpha >= 1 and all(outline_holds(shape, rect, at) for at in block.ink.corners)
        for above, shape, rect in page.drawn
        if index < above <= block.index
    )


def _ends_at(line: Connector | Route, item: Item) -> bool:
    return item.name in ends_of(line)


# --- what the rules share ------------------------------------------------------------------------


def _finding(
    page: Page,
    rule: Rule,
    what: str,
    name: str = "",
    span: Span = Span(),
    hint: str = "",
) -> Diagnostic:
    """Return a finding on a slide, and on the item called `name` if there is one."""
    place = OnSlide(page.frame.number, page.frame.key, name)
    return rule.at(what, span, hints=(hint,) if hint else ()).on(place)


def _quoted(block: Block) -> str:
    return f"“{_short(' '.join(block.body.text.split()))}”"


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _has_text(shape: Shape) -> bool:
    return shape.text is not None and bool(shape.text.text.strip())


def _is_decoration(item: Item) -> bool:
    match item:
        case Shape() | Picture():
            return item.decorative
        case Connector() | Route() | Table():
            return False
        case _:
            assert_never(item)


def _span(item: Item) -> Span:
    """Return where the text of an item is written, if it has but one."""
    match item:
        case Shape():
            return item.text.span if item.text else Span()
        case Connector() | Route() | Table() | Picture():
            return Span()
        case _:
            assert_never(item)


def _excess(rect: Rect, slide: Rect) -> float:
    """Return by how much `rect` reaches beyond the slide, 0 within the tolerance."""
    most = max(-rect.left, -rect.top, rect.right - slide.right, rect.bottom - slide.bottom)
    return most if most > TOLERANCE else 0.0


RULES: tuple[Check, ...] = (
    empty_title,
    duplicate_title,
    duplicate_name,
    reading_order,
    no_alt_text,
    off_slide,
    text_overflow,
    text_too_small,
    missing_glyph,
    orphan_word,
    low_contrast,
    text_overlap,
    text_across_edge,
    label_on_line,
    edge_through_node,
    overlapping_nodes,
    loose_connector,
    misaligned_siblings,
)
