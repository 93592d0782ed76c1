"""Templates of others as themes write them: `conceptdeck theme import` writes this part, and people may change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated

from conceptdeck.reading.rules import BAD_IMAGE
from conceptdeck.reading.schema import Count, Names, Number, Pattern, Words
from conceptdeck.values.template import Holder, SchemeColour, Template, Tie
from conceptdeck.values.text import about
from conceptdeck.values.theme import COLOURS
from conceptdeck.values.units import Box, inches
from conceptdeck.values.value import frozen

__all__ = ["AreaForm", "TemplateForm", "template_of"]

TIED = ("cover", "section", "list")
HELD = ("title", "subtitle", "lead", "text", "footer", "date", "number")
SCHEME = ("bg1", "tx1", "bg2", "tx2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
TYPES = ("title", "ctrTitle", "subTitle", "body", "obj", "dt", "ftr", "sldNum")
ENDINGS = ("pptx", "potx", "pptm", "potm", "ppsx")

Inches = Annotated[float, Number("a number of inches from 0 to 56", 0, 56)]
Place = Annotated[list[Inches], Count("a list of four numbers, [left, top, width, height]", 4)]
Margins = Annotated[list[Inches], Count("a list of four numbers, [left, top, right, bottom]", 4)]
Percent = Annotated[float, Number("a number of percent from 0 to 400", 0, 400)]
TemplateFile = Annotated[
    str,
    Pattern(
        "the path of a template",
        rf"(?!(?:.*/)?\.\./)[^/\\:~][^\\:]*\.(?i:{'|'.join(ENDINGS)})",
        "write its path from the folder of the theme on, such as acme.potx",
        BAD_IMAGE,
    ),
]
LayoutPart = Annotated[
    str,
    Pattern("a layout", r"[A-Za-z0-9_.\-]{1,64}", "write the name of its part, such as slideLayout3", BAD_IMAGE),
]


@frozen(kw_only=True)
class HolderForm:
    """A placeholder of a template's layout."""

    type: Annotated[str, Words(TYPES)] = about("Its type in OOXML.")
    idx: Annotated[float, Number("a whole number", 0, 4_294_967_295, whole=True)] = about("Its index.", default=0.0)
    box: Place = about("Where it stands, in inches on the slide.")
    anchor: Annotated[str, Words(("t", "ctr", "b"))] = about("Where its text stands.", default="t")
    align: Annotated[str, Words(("l", "ctr", "r"))] = about("Where its lines begin.", default="l")
    size: Annotated[float, Number("a type size from 0 to 400", 0, 400)] = about(
        "The type size that it has; 0 takes that of the theme's role.", default=0.0
    )
    bold: bool = about("Is it bold?", default=False)
    margins: Margins = field(default_factory=lambda: [0.0] * 4, metadata={"doc": "What it keeps free at its edges."})
    added: bool = about("Does the layout lack it, or have it elsewhere, so that decks add it?", default=False)


@frozen(kw_only=True)
class TieForm:
    """A layout of a template, and its placeholders."""

    layout: LayoutPart = about("The name of its part, without its ending, such as `slideLayout3`.")
    holders: Annotated[Mapping[str, HolderForm], Names("a mapping from names to placeholders")] = about(
        f"Its placeholders, by what they hold: {', '.join(HELD)}."
    )


@frozen(kw_only=True)
class SchemeForm:
    """A colour of a template's scheme."""

    name: Annotated[str, Words(SCHEME)] = about("Its name in the colour map.")
    mod: Percent = about("What its luminance is multiplied by, in percent.", default=100.0)
    off: Percent = about("What its luminance is shifted by, in percent.", default=0.0)


@frozen(kw_only=True)
class AreaForm:
    """What a template leaves free, in inches on the slide."""

    title: Place = about("Where titles stand.")
    content: Place = about("Where the body of slides may stand: clear of logos, bars, footers and titles.")


@frozen(kw_only=True)
class TemplateForm:
    """A presentation that decks are built on."""

    file: TemplateFile = about("Its path, from the folder of the theme on.")
    area: AreaForm = about("What it leaves free.")
    layouts: Annotated[Mapping[str, TieForm], Names("a mapping from kinds of slides to layouts")] = field(
        default_factory=dict, metadata={"doc": f"Its layouts for some kinds of slides: {', '.join(TIED)}."}
    )
    others: TieForm = about("Its layout for all other slides: one with a title and free room.")
    scheme: Annotated[Mapping[str, SchemeForm], Names("a mapping from colours to those of the scheme")] = about(
        f"What our colours are in its scheme: {', '.join(COLOURS)}."
    )


def template_of(form: TemplateForm) -> Template:
    """Return what a form says of a template."""
    ties = {name: _tie(each) for name, each in form.layouts.items()}
    scheme = {slot: SchemeColour(each.name, each.mod, each.off) for slot, each in form.scheme.items()}
    return Template(form.file, ties, _tie(form.others), scheme)


def _tie(form: TieForm) -> Tie:
    return Tie(form.layout, {name: _holder(each) for name, each in form.holders.items()})


def _holder(form: HolderForm) -> Holder:
    left, top, right, bottom = map(inches, form.margins)
    margins = (left, top, right, bottom)
    box = Box(*map(inches, form.box))
    return Holder(form.type, int(form.idx), box, form.anchor, form.align, form.size, form.bold, margins, form.added)
