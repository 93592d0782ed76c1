"""Rules on frames: what a projector or a reader would trip over, found before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from conceptdeck.checks.collisions import (
    edge_through_node,
    label_on_line,
    loose_connector,
    misaligned_siblings,
    overlapping_nodes,
    text_across_edge,
    text_overlap,
)
from conceptdeck.checks.geometry import TOLERANCE, Rect, rect_of
from conceptdeck.checks.page import Block, Check, Findings, Page, fault, finding, has_text, quoted, short, text_span
from conceptdeck.checks.rules import DUPLICATE_TITLE, EMPTY_TITLE, NO_ALT_TEXT, OFF_SLIDE, READING_ORDER
from conceptdeck.layout.rules import TEXT_OVERFLOW
from conceptdeck.reading.rules import LOW_CONTRAST
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.scripts import lost_scripts, script_name, script_of
from conceptdeck.typeset.settings import Setting, has_orphan
from conceptdeck.values.colour import contrast, nearest
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.frame import Chart, Connector, Frame, Item, Picture, Route, Shape, Sign, Table
from conceptdeck.values.hyphens import CUT_END
from conceptdeck.values.items import bodies, box_of, is_title
from conceptdeck.values.rules import ERROR, WARNING, Rule
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import points

__all__ = ["RULES", "check_frames"]

READABLE_LARGE = {4.5: 3.0, 7.0: 4.5}  # WCAG 2.2, 1.4.3 and 1.4.6: large text needs less
LARGE, LARGE_BOLD = 18.0, 14.0  # points from which text counts as large


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
    return (run.text for body in shown for each in body.paragraphs for run in each.runs if not run.formula)


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
        yield fault(page, EMPTY_TITLE, "has no title")


def duplicate_title(page: Page) -> Findings:
    """Find a title that an earlier slide has too."""
    if page.title is None:
        return
    text = " ".join(page.title.body.text.split())
    earlier = page.titles.setdefault(text.casefold(), page.frame)
    if earlier is not page.frame:
        what = f"has the title of slide {earlier.number} ({earlier.key}): “{short(text)}”"
        hint = "word the two titles differently"
        yield finding(page, DUPLICATE_TITLE, what, page.title.name, page.title.body.span, hint)


DUPLICATE_NAME = Rule("duplicate-name", "frames", ERROR, "a name that two items of a slide share").because("""
    Links, connectors and translations find an item by its name, which the program gives. So this is a fault of its
    own; please report it.
""")


def duplicate_name(page: Page) -> Findings:
    """Find names that several items of a slide share."""
    for name, count in Counter(item.name for item in page.frame.items).items():
        if count > 1:
            yield fault(page, DUPLICATE_NAME, f"is the name of {count} items", name)


def reading_order(page: Page) -> Findings:
    """Find a title that is not the first text to be read."""
    readable = (block for block in page.blocks if not _is_decoration(block.item))
    first = next(readable, None)
    if page.title and first and first is not page.title:
        what = f"is the title, but is read after `{first.name}`"
        yield fault(page, READING_ORDER, what, page.title.name, page.title.body.span)


def no_alt_text(page: Page) -> Findings:
    """Find pictures, lines and tables that say nothing to who cannot see them."""
    for item in page.frame.items:
        if item.alt.strip() or is_title(item):  # a title without text is another rule's
            continue
        if _is_decoration(item) or (isinstance(item, Shape) and has_text(item)):
            continue
        yield fault(page, NO_ALT_TEXT, "has no alt text", item.name, text_span(item))


# --- text in its box -----------------------------------------------------------------------------


def off_slide(page: Page) -> Findings:
    """Find what reaches beyond the slide; decoration may."""
    for item in page.frame.items:
        if _is_decoration(item) and not (isinstance(item, Shape) and has_text(item)):
            continue
        if _is_beyond(rect_of(box_of(item)), page.slide):
            yield fault(page, OFF_SLIDE, "reaches beyond the slide", item.name, text_span(item))


def text_overflow(page: Page) -> Findings:
    """Find text that is higher or wider than the room it has."""
    for block in page.blocks:
        higher = block.body.height - block.room.height
        wider = max(line.width for line in block.lines) - block.room.width
        ways = [way for by, way in ((higher, "high"), (wider, "wide")) if by > TOLERANCE]
        if ways:
            what = f"holds text that is too {' and too '.join(ways)} for it: {quoted(block)}"
            yield fault(page, TEXT_OVERFLOW, what, block.name, block.body.span)


BROKEN_WORD = Rule("broken-word", "frames", WARNING, "a word broken where its language has no rule for it").because("""
    It is wider than its place at the smallest size, and no hyphenation patterns are known for it. A soft hyphen
    (U+00AD) in the word says where it may be broken; it is shown only where a line ends there.
""")


def broken_word(page: Page) -> Findings:
    """Find words that were broken where no rule allows it."""
    for block in page.blocks:
        ends = [line for each in block.body.paragraphs for line in each.lines if line.endswith(CUT_END)]
        if ends:
            what = f"holds a word that is broken after “{ends[0].split()[-1].rstrip(CUT_END)}”: {quoted(block)}"
            hint = "put soft hyphens (U+00AD) into the word, or use a shorter one"
            yield finding(page, BROKEN_WORD, what, block.name, block.body.span, hint)


TEXT_TOO_SMALL = Rule("text-too-small", "frames", ERROR, "text below the smallest size of the theme").because("""
    The theme's floor is what the last row can read. The program sets nothing smaller, so this is a fault of its own;
    please report it.
""")


def text_too_small(page: Page) -> Findings:
    """Find text below the smallest size that any role of the theme allows."""
    floor = page.theme.smallest
    for block in page.blocks:
        size = min((run.size for run in block.runs), default=floor)
        if size < floor:
            what = f"has text of {size:g} pt, the smallest size of the theme is {floor:g} pt"
            yield fault(page, TEXT_TOO_SMALL, what, block.name, block.body.span)


def missing_glyph(page: Page) -> Findings:
    """Find characters that no face covers."""
    for block in page.blocks:
        shaped = (
            page.book.shape(run.text, page.family(run), run.bold, run.italic) for run in block.runs if not run.formula
        )
        missing = dict.fromkeys(char for each in shaped for char in each.missing)
        lost = {script: letters for script, letters in lost_scripts(missing, missing).items() if script in page.lost}
        for script, letters in lost.items():
            which = f" of the script {script_name(letters[0])}"
            page.lost[script].append(_uncovered(page, block, which, letters, ESTIMATED))
        if rare := [char for char in missing if script_of(char) not in page.lost]:
            yield _uncovered(page, block, "", rare, OTHERS)


MISSING_GLYPH = Rule("missing-glyph", "frames", WARNING, "a character that no font covers").because("""
    Another font stands in on each machine, or an empty box. Use other characters, or add a fallback font to the
    theme.
""")


OTHERS = "use other characters, or add a fallback font that has them to the theme"
ESTIMATED = "their widths are estimated, and readers' own fonts show them: look at the slides where they are read"


def _uncovered(page: Page, block: Block, which: str, chars: Sequence[str], hint: str) -> Diagnostic:
    """Return the finding on characters of a text; all texts with the same ones have one cause."""
    listed = ", ".join(f"{char} (U+{ord(char):04X})" for char in chars)
    what = f"has characters{which} that no font of the theme covers: {listed}"
    return replace(finding(page, MISSING_GLYPH, what, block.name, block.body.span, hint), cause="".join(chars))


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
    if has_orphan(setting, width, last.language or page.frame.language):
        what = f"ends in a line that is nearly empty: “{last.lines[-1]}”"
        hint = "shorten the title by a word, or lengthen it"
        yield finding(page, ORPHAN_WORD, what, title.name, title.body.span, hint)


TEXT_ON_PICTURE = Rule("text-on-picture", "frames", WARNING, "text that stands on a picture").because("""
    An image has many colours: whether the text can be read on it depends on where it stands. The program places both,
    so this is a fault of its own; please report it.
""")


def low_contrast(page: Page) -> Findings:
    """Find text, and codes that phones read, too close in colour to what they stand on."""
    yield from _faint_codes(page)
    for block in page.blocks:
        if picture := page.lies_on(block):
            what = f"stands on the picture `{picture.name}`, on which its contrast cannot be told: {quoted(block)}"
            yield fault(page, TEXT_ON_PICTURE, what, block.name, block.body.span)
            continue
        ground = page.ground(block)
        for (slot, least), ratio in _ratios(page, block, ground).items():
            if ratio < least:
                what = f"has {slot} text on #{ground} at a contrast of {ratio:.2f}:1, it needs {least:g}:1"
                near = nearest(page.theme.colours[slot], (ground,), least)
                hint = "in the theme, choose colours for the two that are further apart"
                hint += f": #{near} is the nearest that passes" if near else ""
                found = finding(page, LOW_CONTRAST, what, block.name, block.body.span, hint)
                yield replace(found, cause=f"{slot} on {ground}")


def _faint_codes(page: Page) -> Findings:
    """Find codes that a camera may not tell from their ground; icons are read beside their names."""
    for sign, rect in page.signs:
        if sign.link:
            ground = page.ground_at(rect.centre, page.frame.items.index(sign))
            ratio = contrast(page.theme.colours[sign.slot], ground)
            if ratio < page.theme.readable:
                what = f"is a {sign.slot} code on #{ground} at a contrast of {ratio:.2f}:1, "
                what += f"it needs {page.theme.readable:g}:1"
                hint = "in the theme, choose colours for the two that are further apart"
                yield replace(finding(page, LOW_CONTRAST, what, sign.name, hint=hint), cause=f"{sign.slot} on {ground}")


def _ratios(page: Page, block: Block, ground: str) -> dict[tuple[str, float], float]:
    """Return the contrast of each colour slot in a text, by slot and the least that its size asks for."""
    promised = page.theme.readable
    for_large = max(large for normal, large in READABLE_LARGE.items() if normal <= promised)
    wanted = {
        (run.slot, for_large if run.size >= (LARGE_BOLD if run.bold else LARGE) else promised) for run in block.runs
    }
    return {(slot, least): contrast(page.theme.colours[slot], ground) for slot, least in sorted(wanted)}


def _is_decoration(item: Item) -> bool:
    match item:
        case Shape() | Picture() | Connector():
            return item.decorative
        case Sign():
            return not item.alt
        case Route() | Table() | Chart():
            return False
        case _:
            assert_never(item)


def _is_beyond(rect: Rect, slide: Rect) -> bool:
    """Tell whether `rect` reaches beyond the slide, more than the tolerance."""
    return max(-rect.left, -rect.top, rect.right - slide.right, rect.bottom - slide.bottom) > TOLERANCE


RULES: tuple[Check, ...] = (
    empty_title,
    duplicate_title,
    duplicate_name,
    reading_order,
    no_alt_text,
    off_slide,
    text_overflow,
    broken_word,
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
