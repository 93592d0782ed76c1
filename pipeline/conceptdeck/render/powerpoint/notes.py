"""Notes pages: the slide's picture, and what is said as paragraphs and lists, with emphasis and links (CT_NotesSlide)."""

from __future__ import annotations

from conceptdeck.render.escape import escape
from conceptdeck.render.powerpoint.markup import NAMESPACES, Links, click, direction, tree, voices
from conceptdeck.values.frame import RISES, Frame
from conceptdeck.values.languages import is_rtl
from conceptdeck.values.spoken import DOT, Said
from conceptdeck.values.text import Passage

__all__ = ["notes_page"]

INDENT = 228_600  # EMU: a quarter of an inch, as far as a sign stands before its point


def notes_page(frame: Frame, links: Links, mono: str) -> str:
    """Return a notes page; `links` gives relationship ids for addresses and keys of slides, `mono` is the font of code."""
    paragraphs = "".join(_paragraph(each, frame.language, links, mono) for each in frame.told)
    picture = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide image"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" '
        'noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
    )
    text = (
        f'<p:sp><p:nvSpPr><p:cNvPr id="3" name="{escape(frame.key)}.notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}'
        "</p:txBody></p:sp>"
    )
    return (
        f"<p:notes {NAMESPACES}><p:cSld>{tree([picture, text])}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
        "</p:notes>"
    )


def _paragraph(line: Said, language: str, links: Links, mono: str) -> str:
    if not line.text:
        return "<a:p/>"
    runs = "".join(_run(each, language, links, mono) for each in line.passages)
    return f"<a:p>{_side(line, language)}{runs}</a:p>"


def _run(passage: Passage, language: str, links: Links, mono: str) -> str:
    """Return a stretch of notes as runs of one language each."""
    look = ' b="1"' * passage.strong + ' i="1"' * passage.emphasis
    look += f' baseline="{round(RISES[passage.level] * 100_000)}"' if passage.level else ""
    inside = f'<a:latin typeface="{escape(mono)}"/>' if passage.code else ""
    inside += click(links[passage.link]) if passage.link else ""
    return "".join(
        f"<a:r><a:rPr {voice}{look}>{inside}</a:rPr><a:t>{escape(piece)}</a:t></a:r>"
        if inside
        else f"<a:r><a:rPr {voice}{look}/><a:t>{escape(piece)}</a:t></a:r>"
        for piece, voice in voices(passage.text, language, passage.language)
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
