"""Notes pages: the slide's picture, and what is said as paragraphs and lists, with emphasis and links (CT_NotesSlide)."""

from __future__ import annotations

from conceptdeck.render.escape import escape
from conceptdeck.render.powerpoint.markup import NAMESPACES, click, tree
from conceptdeck.render.powerpoint.page import Page
from conceptdeck.render.powerpoint.speech import direction, voices
from conceptdeck.values.frame import RISES, Frame
from conceptdeck.values.languages import is_rtl
from conceptdeck.values.spoken import DOT, Said
from conceptdeck.values.text import Passage

__all__ = ["IMAGE", "notes_name", "notes_page"]

IMAGE = "Slide image"
INDENT = 228_600  # EMU: a quarter of an inch, as far as a sign stands before its point


def notes_page(frame: Frame, page: Page, mono: str) -> str:
    """Return a notes page; `mono` is the font of code."""
    image = page.shape(IMAGE)
    page.holder("sldImg", 0, filled=False)
    picture = (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{image}" name="{IMAGE}"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" '
        'noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
    )
    said = page.shape(notes_name(frame))
    page.holder("body", 1, filled=bool("".join(each.text for each in frame.told).strip()))
    paragraphs = "".join(_paragraph(each, page, mono) for each in frame.told)
    text = (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{said}" name="{escape(notes_name(frame))}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}'
        "</p:txBody></p:sp>"
    )
    return (
        f"<p:notes {NAMESPACES}><p:cSld>{tree([picture, text])}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
        "</p:notes>"
    )


def notes_name(frame: Frame) -> str:
    """Return the name of the shape that holds a frame's notes."""
    return f"{frame.key}.notes"


def _paragraph(line: Said, page: Page, mono: str) -> str:
    if not line.text:
        return "<a:p/>"
    runs = "".join(_run(each, page, mono) for each in line.passages)
    return f"<a:p>{_side(line, page.language)}{runs}</a:p>"


def _run(passage: Passage, page: Page, mono: str) -> str:
    """Return a stretch of notes as runs of one language each."""
    look = ' b="1"' * passage.strong + ' i="1"' * passage.emphasis
    look += f' baseline="{round(RISES[passage.level] * 100_000)}"' if passage.level else ""
    inside = f'<a:latin typeface="{escape(mono)}"/>' if passage.code else ""
    inside += click(page, page.links[passage.link]) if passage.link else ""
    return "".join(
        f"<a:r><a:rPr {voice}{look}>{inside}</a:rPr><a:t>{escape(piece)}</a:t></a:r>"
        if inside
        else f"<a:r><a:rPr {voice}{look}/><a:t>{escape(piece)}</a:t></a:r>"
        for piece, voice in voices(passage.text, page.language, passage.language)
    )


def _side(line: Said, language: str) -> str:
    """Return the properties of a paragraph of notes, which texts that are read from the left do without."""
    turned = direction(language, line.text, line.language)
    side = f' algn="{"r" if is_rtl(language) else "l"}"{turned}' if turned else ""
    if not line.sign:
        return f"<a:pPr{side}/>" if side else ""
    number = f'<a:buAutoNum type="arabicPeriod" startAt="{line.sign.rstrip(".")}"/>'
    sign = f'<a:buChar char="{DOT}"/>' if line.sign == DOT else number
    return f'<a:pPr marL="{INDENT}" indent="-{INDENT}"{side}>{sign}</a:pPr>'
