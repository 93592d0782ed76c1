"""The words on the slide of one concept: what places it, what it is, its points, and where to read more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conceptdeck.layout.chips import flowed, pills
from conceptdeck.layout.desk import Desk, Row, TextLook, named
from conceptdeck.story.attributes import tagged
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck
from conceptdeck.values.frame import Fill, Item, Shape
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text, composed
from conceptdeck.values.theme import Layout, PlaceholderSpec
from conceptdeck.values.units import Box, Length, Point, Size
from conceptdeck.values.value import frozen

__all__ = ["Page", "words"]


@frozen
class Page:
    """What one slide of a concept shows; the `first` says where to read more, and it or a hub's slide what it is.

    Examples stand around a `hub` with the concept's name, or many of them in rows without one. Where the concept is
    `pictured`, an image stands there, and the examples are named in a line.
    """

    examples: tuple[Text, ...]
    points: tuple[Text, ...]
    first: bool = True
    hub: bool = True
    pictured: bool = False

    @property
    def narrow(self) -> bool:
        """Tell whether something stands beside the words."""
        return bool(self.examples) or self.pictured


@frozen
class _Line:
    """A text of the block: its role and colour, its placeholder if it has one, the space above it, and its address.

    A `point` stands behind a dot.
    """

    text: Text
    role: str
    above: int
    slot: str = ""
    spec: PlaceholderSpec | None = None
    point: bool = False
    href: str = ""


def words(desk: Desk, slide: deck.Concept, page: Page, accent: str) -> list[Item]:
    """Return a short rule and the words below it, centred as one block: wide if no examples stand beside them.

    Without words there is no rule either.
    """
    layout = desk.layout("concept")
    spec, gap = layout.placeholders["text"], layout.length("heading-gap")
    width = spec.box.w if page.narrow else layout.boxes["wide-text"].w
    tags = tagged(slide.tags, desk.words, f"{slide.concept.key}.attributes") if page.first else None
    said = (tags, desk.words.text(Term.SEE_ALSO, "term.see-also"), _examples(desk, slide))
    lines = list(_lines(layout, slide, page, accent, said))
    chips = flowed(desk, desk.layout("cards"), slide.see, Size(width, spec.box.h)) if page.first else []
    chips_h = max((box.bottom + gap for _, box in chips), default=0)
    if not (lines or chips):
        return []
    area = layout.boxes["nodes"]
    rows = [Row((line.text,), line.role, (_width(layout, line, width),)) for line in lines]
    settings, heights = desk.stack(rows, area.h - 2 * gap - chips_h - sum(line.above for line in lines))
    total = sum(heights) + sum(line.above for line in lines) + chips_h
    corner = Point(spec.box.x, Length(area.centre.y - total // 2))
    rule = Box(corner.x, Length(corner.y - gap - layout.length("rule")), layout.length("rule-w"), layout.length("rule"))
    items: list[Item] = [desk.panel(slide.concept.key, "rule", rule, Fill(accent))]
    y = corner.y
    for line, row, setting, height in zip(lines, rows, settings, heights, strict=True):
        y = Length(y + line.above)
        if setting[0]:
            box = Box(Length(corner.x + width - _width(layout, line, width)), y, row.widths[0], height)
            if line.point:
                items.append(_dot(desk, layout, line, setting[0], Point(corner.x, y), accent))
            items.append(_label(desk, slide, line, setting[0], box if line.point else replace(box, x=corner.x)))
        y = Length(y + height)
    return [*items, *pills(desk, desk.layout("cards"), chips, Point(corner.x, Length(y + gap)), (accent, "see"))]


def _lines(
    layout: Layout, slide: deck.Concept, page: Page, accent: str, said: tuple[Text | None, Text, Text]
) -> Iterator[_Line]:
    """Yield the texts from the top down; `said` are its attributes, the words “see also”, and the line of examples.

    A slide whose title is not the concept's name has it here, if there is no hub to hold it.
    """
    concept, gap = slide.concept, layout.length("heading-gap")
    own = slide.title.key == concept.name.key
    named_here = not own and (not page.hub or not page.examples or not concept.tagline)
    heading = concept.name if named_here else concept.tagline
    above = 0
    if heading:
        yield _Line(heading, "heading", above, accent, layout.placeholders["heading"])
        above = gap
    told = page.first or bool(page.examples)
    if named_here and concept.tagline and told:
        yield _Line(concept.tagline, "lead", above)
    if said[0]:
        yield _Line(said[0], "meta", above)
    if concept.description and told:
        yield _Line(concept.description, "body", above, "", layout.placeholders["text"])
        above = gap
    for index, point in enumerate(page.points):
        yield _Line(point, "body", layout.length("point-gap") if index else above, point=True)
    if page.first and page.pictured and slide.examples:
        yield _Line(said[2], "meta", gap)
    if page.first and concept.link:
        address = Text(_address(concept.link.url), f"{concept.key}.link", concept.link.span)
        yield _Line(address, "meta", gap, accent, href=concept.link.url)
    if page.first and slide.see:
        yield _Line(said[1], "meta", gap)


def _examples(desk: Desk, slide: deck.Concept) -> Text:
    """Return the examples as one line."""
    heading, names = desk.words.say(Term.EXAMPLES), desk.words.listed(slide.examples)
    line = desk.words.say(Term.ABOUT, name=heading, text=names)
    return composed(line, *slide.examples, key=f"{slide.concept.key}.examples")


def _address(url: str) -> str:
    """Return who is found at an address: the host, or who gets a letter."""
    rest = url.partition(":")[2]
    return rest.removeprefix("//").partition("/")[0].removeprefix("www.") if rest.startswith("//") else rest


def _width(layout: Layout, line: _Line, width: int) -> Length:
    """Return the width of a text: all there is but what a dot takes, a heading's own within that."""
    if line.point:
        return Length(width - layout.length("point-indent"))
    if line.role == "heading":
        return layout.placeholders["heading"].box.w
    return Length(width)


def _label(desk: Desk, slide: deck.Concept, line: _Line, setting: Setting, box: Box) -> Shape:
    """Return a text in its placeholder, or in a box of its own."""
    if line.spec:
        paragraph = desk.paragraph(line.text, setting, line.spec.role, line.slot)
        name = named(line.text, place="heading" if line.text.key == slide.title.key else "")
        return desk.filled(line.spec, (paragraph,), name, box, line.text)
    shape = desk.label(line.text, line.role, box, setting, look=TextLook(slot=line.slot))
    if not line.href or shape.text is None:
        return shape
    (paragraph,) = shape.text.paragraphs
    runs = tuple(replace(run, href=run.href or line.href) for run in paragraph.runs)
    return replace(shape, text=replace(shape.text, paragraphs=(replace(paragraph, runs=runs),)))


def _dot(desk: Desk, layout: Layout, line: _Line, setting: Setting, corner: Point, accent: str) -> Shape:
    """Return the dot before a point, in the middle of its first line."""
    side, first = layout.length("point-dot"), setting.height // len(setting.lines)
    box = Box(corner.x, Length(corner.y + (first - side) // 2), side, side)
    return Shape(f"{line.text.key}.dot", "ellipse", box, Fill(accent), decorative=True, of=line.text.key, part="dot")
