"""Drawings and slides as SVG: text as text, colours as attributes, and those for readers in the dark in a style sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, assert_never

from conceptdeck.render.escape import ILLEGAL
from conceptdeck.render.vector.areas import area_element, class_of, number, placed, window_element
from conceptdeck.render.vector.formulas import Stretch, formula_path, has_formulas, parted
from conceptdeck.render.vector.leads import NOWHERE, PREFIX, Leads, element_id, picture_leads
from conceptdeck.render.vector.marks import (
    Area,
    Group,
    Line,
    Mark,
    Piece,
    Scene,
    Window,
    Words,
)
from conceptdeck.render.vector.scene import drawing_scene, slide_scene
from conceptdeck.render.webfonts import Webfonts
from conceptdeck.values.frame import Drawing, Fill, Frame
from conceptdeck.values.items import title_language
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import pixels

__all__ = [
    "NO_FONTS", "Pen", "element_id", "escape", "families", "figure", "picture_id", "slide_palette", "slide_svg", "write_svg",
]  # fmt: skip

NO_FONTS = Webfonts()
NAMESPACE = "http://www.w3.org/2000/svg"
ANCHORS = {"l": "start", "ctr": "middle", "r": "end"}
MIRRORED = {"start": "end", "middle": "middle", "end": "start"}
GROUND = f"{PREFIX}-ground"
ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)
# A page that the picture is put into may have rules for all elements, or hand its own type down.
OWN_TYPE = (
    "letter-spacing:normal;word-spacing:normal;text-transform:none;text-indent:0;text-shadow:none;font-style:normal;"
    "font-variant:normal;font-stretch:normal;"
    "text-rendering:geometricPrecision"  # else some browsers round the advance of each letter to whole pixels
)


def write_svg(drawing: Drawing, theme: Theme, fonts: Webfonts = NO_FONTS) -> str:
    """Return a drawing as an SVG document, ready to be shown by itself, as an image, or within a page.

    It brings `fonts` along; without any, readers see it in theirs.
    """
    scene = drawing_scene(drawing, theme)
    id_ = picture_id(drawing, theme)
    leads = picture_leads(drawing, id_)
    style = _style(id_, scene, theme, fonts, linked=bool(leads.links))
    head = _Head(id_, drawing.language, drawing.title, drawing.spoken, drawing.tongues[:2], leads, drawing.scale)
    return _document(scene, head, style, theme.palette(dark=False), theme)


def slide_svg(frame: Frame, theme: Theme) -> str:
    """Return a slide as an SVG document, in the theme's own colours."""
    scene = slide_scene(frame, theme)
    id_ = element_id("slide", frame.key, frame.language, theme.key)
    palette = slide_palette(frame, theme)
    head = _Head(id_, frame.language, frame.title, tongues=(title_language(frame.items), ""))
    return _document(scene, head, "", palette, theme)


def slide_palette(frame: Frame, theme: Theme) -> Mapping[str, str]:
    """Return the colours of a slide: where it belongs to a layer, accent1 is that layer's."""
    return {**theme.colours, "accent1": theme.colours[f"accent{max(frame.accent, 1)}"]}


def picture_id(drawing: Drawing, theme: Theme) -> str:
    """Return the id of a drawing's root: another one for each drawing, language and theme."""
    return element_id(drawing.map_id, drawing.id, drawing.language, theme.key)


def escape(text: str) -> str:
    """Return `text` for an element or a double-quoted attribute; characters that XML forbids are a fault upstream."""
    assert not ILLEGAL.search(text), f"a character that XML cannot hold: {text!r}"
    return text.translate(ESCAPES)


def figure(width: float, height: float, content: str, attributes: str = "", scale: float | None = None) -> str:
    """Return an SVG document of a size in CSS pixels, shown at a `scale` in millimetres if one is given."""
    w, h = number(width), number(height)
    shown = [f"{number(pixels(side * scale).mm)}mm" if scale else number(side) for side in (width, height)]
    size = f'width="{shown[0]}" height="{shown[1]}"'
    return f'<svg xmlns="{NAMESPACE}" {size} viewBox="0 0 {w} {h}"{attributes}>{content}</svg>\n'


class _Head(NamedTuple):
    """What a document says of itself: its id, its language, and what screen readers say of it.

    The `tongues` of title and description are empty where they are in the document's language.
    """

    id: str
    language: str
    title: str
    description: str = ""
    tongues: tuple[str, str] = ("", "")
    leads: Leads = NOWHERE
    scale: float | None = None


def _document(scene: Scene, head: _Head, style: str, palette: Mapping[str, str], theme: Theme) -> str:
    id_, language, title, description, tongues, leads, scale = head
    described = f'<desc id="{id_}-d"{_tongue(tongues[1])}>{escape(description)}</desc>' if description else ""
    labels = f"{id_}-t {id_}-d" if description else f"{id_}-t"
    role = "group" if leads.links else "img"  # of an image, screen readers reach no link
    attributes = f' id="{id_}" role="{role}" aria-labelledby="{labels}"{_tongue(language)}'
    pen = Pen(palette, theme, "" if style else language, classes=bool(style), scope=id_)
    pen.leads = leads
    groups = "\n".join(pen.group(group) for group in scene.groups)
    ground = _ground(scene, theme) if style else ""
    content = (
        f'\n<title id="{id_}-t"{_tongue(tongues[0])}>{escape(title)}</title>{described}{style}{ground}\n{groups}\n'
    )
    return figure(scene.width, scene.height, content, attributes, scale)


def _ground(scene: Scene, theme: Theme) -> str:
    """Return what lies below a picture: nothing that is seen, unless its style sheet gives it a colour."""
    places = {"width": scene.width, "height": scene.height, "rx": theme.pictures.length("radius").px}
    return f'\n<rect class="{GROUND}"{placed(places)} fill="none"/>'


# -- style ------------------------------------------------------------------------------------------------------------


def _style(id_: str, scene: Scene, theme: Theme, fonts: Webfonts, *, linked: bool) -> str:
    """Return the style sheet: rules that hold against those of a page, and the colours for readers in the dark.

    All of it stands in @media, which programs that know little of CSS leave out: what they need is in the attributes.
    In the dark the picture has a ground of its own, since it cannot know whether its page has turned dark too. Every
    rule is bound to the root's id, so that pictures within one page do not disturb each other.
    """
    marks = [mark for group in scene.groups for mark in group.marks]
    paints = _paints(marks)
    light, dark = (_colours(id_, paints, theme.palette(dark=is_dark)) for is_dark in (False, True))
    ground = f"#{id_} .{GROUND}{{fill:#{theme.palette(dark=True)['page']}}}"
    rules = [
        f"#{id_}{{max-width:100%;height:auto}}",
        f"#{id_},#{id_} *{{{OWN_TYPE}}}",
        f"#{id_} tspan{{font:inherit;fill:inherit}}",
        f"#{id_} .{GROUND}{{fill:none;stroke:none}}",
        *([f"#{id_} a{{text-decoration:none}}", f"#{id_} a:hover text{{text-decoration:underline}}"] if linked else []),
        *light,
        *(f"#{id_} .{_look_class(piece)}{{{_look_rule(piece, theme, fonts)}}}" for piece in _looks(marks)),
    ]
    sheets = [
        *fonts.rules,
        _media("all", rules),
        # by itself, the picture stands on the browser's page, which then follows the reader too
        _media("screen", [f"#{id_}:root{{color-scheme:light dark}}"]),
        _media("screen and (prefers-color-scheme:dark)", [ground, *dark]),
    ]
    return "\n<style>\n" + "\n".join(sheets) + "\n</style>"


def _media(query: str, rules: Iterable[str]) -> str:
    return f"@media {query}{{\n" + "\n".join(rules) + "\n}"


def _colours(id_: str, paints: Iterable[tuple[str, str]], palette: Mapping[str, str]) -> list[str]:
    """Return a rule for each class that has a colour."""
    return [f"#{id_} .{class_of(kind, slot)}{{{kind}:#{palette[slot]}}}" for kind, slot in paints]


def _paints(marks: Sequence[Mark]) -> list[tuple[str, str]]:
    """Return which slots fill and stroke something, sorted."""
    areas = [mark for mark in marks if isinstance(mark, Area)]
    fills = [area.fill.slot for area in areas if area.fill] + [piece.slot for piece in _all_pieces(marks)]
    strokes = [area.stroke.slot for area in areas if area.stroke]
    return sorted({*(("fill", slot) for slot in fills), *(("stroke", slot) for slot in strokes)})


def _looks(marks: Sequence[Mark]) -> list[Piece]:
    """Return a piece of text in each look that is used."""
    found = {_look_class(piece): piece for piece in _all_pieces(marks)}
    return [found[name] for name in sorted(found)]


def _all_pieces(marks: Sequence[Mark]) -> Iterable[Piece]:
    return (piece for mark in marks if isinstance(mark, Words) for line in mark.lines for piece in line.pieces)


def _look_class(piece: Piece) -> str:
    face = "mono" if piece.mono else "major" if piece.major else "minor"
    return f"{PREFIX}-{face}-{number(piece.size).replace('.', '_')}{'-bold' * piece.bold}{'-italic' * piece.italic}"


def _look_rule(piece: Piece, theme: Theme, fonts: Webfonts) -> str:
    weight = "bold" if piece.bold else "normal"
    slope = ";font-style:italic" if piece.italic else ""
    family = families(theme, theme.font(major=piece.major, mono=piece.mono), fonts=fonts)
    return f"font-family:{family};font-size:{number(piece.size)}px;font-weight:{weight}{slope}"


def families(theme: Theme, name: str, language: str = "", fonts: Webfonts = NO_FONTS) -> str:
    """Return the fonts to take for a family, the best first: those brought along, the theme's, one of the same widths, and the kind.

    With a `language`, the font that decks name for its script comes before the browser's own.
    """
    (entry,) = (family for family in theme.families if family.name == name)
    *same, kind = (name, *entry.instead)
    script = theme.script_font(language) if language else None
    of_script = filter(None, (script.name, script.measure)) if script else ()
    return ",".join(
        f"'{each}'" if " " in each else each
        for each in dict.fromkeys((*fonts.names.get(name, ()), *same, *of_script, kind))
    )


# -- elements ---------------------------------------------------------------------------------------------------------


class Pen:
    """Writes marks as elements, with text as text."""

    def __init__(
        self,
        palette: Mapping[str, str],
        theme: Theme,
        language: str = "",
        *,
        classes: bool = False,
        fonts: Webfonts = NO_FONTS,
        scope: str = PREFIX,
    ) -> None:
        """Take literal colours from `palette`, and name classes if a style sheet follows them.

        With a `language`, text is set in the fonts of its script too; `fonts` that the page brings along come first.
        Ids within the picture begin with `scope`.
        """
        self.palette = palette
        self.theme = theme
        self.faces = {
            name: escape(families(theme, name, language, fonts)) for name in (theme.major, theme.minor, theme.mono)
        }
        self.classes = classes
        self.scope = scope
        self.leads = NOWHERE
        self.clips = 0

    def group(self, group: Group) -> str:
        """Return a group under its name, as a link if it leads somewhere."""
        id_ = self.leads.ids.get(group.name, "")
        marked = f' id="{id_}"' if id_ else ""
        content = f'<g{marked} data-key="{escape(group.name)}">{"".join(map(self.mark, group.marks))}</g>'
        if group.name not in self.leads.links:
            return content
        address, title = (escape(each) for each in self.leads.links[group.name])
        return f'<a href="{address}"><title>{title}</title>{content}</a>'

    def mark(self, mark: Mark) -> str:
        """Return a mark as an element."""
        match mark:
            case Words():
                return self.words(mark)
            case Area():
                return area_element(mark, self.palette, classes=self.classes)
            case Window():
                self.clips += 1
                return window_element(mark, f"{self.scope}-clip{self.clips}")
            case _:
                assert_never(mark)

    def words(self, words: Words, room: float = 0.0) -> str:
        """Return a paragraph: one element, so that it is found and copied as a whole, with a span for each line.

        One with formulas is an element for each stretch between them. One that has `room` takes it in any font.
        """
        if has_formulas(words):
            return "".join(map(self.stretch, parted(words)))
        anchor = ANCHORS[words.align]
        anchor = MIRRORED[anchor] if words.rtl else anchor  # SVG's start is where the text starts, on either side
        held = f' text-anchor="{anchor}"' if anchor != "start" else ""
        held += f' textLength="{number(room)}" lengthAdjust="spacingAndGlyphs"' if room else ""
        turned = ' direction="rtl"' if words.rtl else ""
        turned += _tongue(words.language) if words.foreign else ""
        looks = {self.look(piece) for line in words.lines for piece in line.pieces}
        shared = looks.pop() if len(looks) == 1 else ""
        lines = "".join(self.line(line, plain=bool(shared)) for line in words.lines)
        return f'<text{shared}{held}{turned} xml:space="preserve">{lines}</text>'

    def stretch(self, stretch: Stretch) -> str:
        """Return a stretch of a line: a text, or a formula as an outline that says what it is."""
        if stretch.text:
            return self.words(stretch.text, stretch.room)
        assert stretch.formula
        return self.formula(stretch, stretch.formula)

    def formula(self, stretch: Stretch, piece: Piece) -> str:
        """Return a formula as an outline that says what it is."""
        return f'<g role="img" aria-label="{escape(piece.text)}">{self.outline(stretch, piece)}</g>'

    def outline(self, stretch: Stretch, piece: Piece) -> str:
        """Return the outline of a formula."""
        area = Area(formula_path(piece, stretch.x, stretch.y), Fill(piece.slot))
        return area_element(area, self.palette, classes=self.classes)

    def line(self, line: Line, *, plain: bool) -> str:
        """Return a line at its place; the spaces at its end stand alone, or they would shift what is centred."""
        place = placed({"x": line.x, "y": line.y})
        tail = f"<tspan{place}>{escape(line.tail)}</tspan>" if line.tail else ""
        if plain:
            return f"<tspan{place}>{''.join(map(self.voiced, line.pieces))}</tspan>{tail}"
        rises = pairwise((0.0, *(piece.rise for piece in line.pieces)))
        pieces = "".join(
            f"<tspan{_shift(after - before)}{self.look(piece)}{_tongue(piece.foreign)}>{self.content(piece)}</tspan>"
            for piece, (before, after) in zip(line.pieces, rises, strict=True)
        )
        return f"<tspan{place}>{pieces}</tspan>{tail}"

    def voiced(self, piece: Piece) -> str:
        """Return the text of a piece with the language that is its own, if it has one."""
        text = self.content(piece)
        return f"<tspan{_tongue(piece.foreign)}>{text}</tspan>" if piece.foreign else text

    def content(self, piece: Piece) -> str:
        """Return the text of a piece."""
        return escape(piece.text)

    def look(self, piece: Piece) -> str:
        """Return what a piece of text looks like, as attributes and as classes."""
        weight = ' font-weight="bold"' if piece.bold else ""
        marked = f' class="{_look_class(piece)} {class_of("fill", piece.slot)}"' if self.classes else ""
        slope = ' font-style="italic"' if piece.italic else ""
        slope += ' text-decoration="underline"' if piece.underlined else ""
        colour = f' fill="#{self.palette[piece.slot]}"'
        family = self.faces[self.theme.font(major=piece.major, mono=piece.mono)]
        return f'{marked} font-family="{family}" font-size="{number(piece.size)}"{weight}{slope}{colour}'


def _tongue(language: str) -> str:
    """Return the attributes that say in which language something is, none if nothing is to be said."""
    return f' lang="{escape(language)}" xml:lang="{escape(language)}"' if language else ""


def _shift(rise: float) -> str:
    """Return how much higher a stretch of a line stands than the one before it, as an attribute."""
    return f' dy="{number(-rise)}"' if rise else ""
