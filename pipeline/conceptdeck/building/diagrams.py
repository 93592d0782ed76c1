"""The line from YAML to pictures for articles and the page that shows them: each stage a function of the one before."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from conceptdeck.building.asked import as_asked, folder_of, is_wanted, printed, width_of
from conceptdeck.building.edition import Edition, read_edition
from conceptdeck.building.jobs import DiagramsJob, PageJob
from conceptdeck.building.narrow import NARROW, narrow_drawings
from conceptdeck.building.rules import FONT_NOT_EMBEDDED, MISSING_OUTLINE, STEP_NAME
from conceptdeck.building.theme_cache import ReadTheme, read_theme
from conceptdeck.checks.content import check_content
from conceptdeck.checks.drawings import check_drawings
from conceptdeck.checks.svg import check_svg
from conceptdeck.layout.graph import ranks
from conceptdeck.layout.pictures import draw_pictures
from conceptdeck.layout.pictures.walk import in_steps
from conceptdeck.render.gv import write_gv
from conceptdeck.render.vector.scene import drawing_scene, ground_margin
from conceptdeck.render.vector.svg import NO_FONTS, write_svg
from conceptdeck.render.web.gallery import Exhibit, Gallery, write_gallery
from conceptdeck.render.web.page import Page
from conceptdeck.render.webfonts import SMALL, embed_fonts
from conceptdeck.story.portfolio import map_portfolio
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.lines import Typesetter
from conceptdeck.values.diagnostics import Diagnostic, Failure, OnDrawing, Span, has_errors
from conceptdeck.values.frame import Drawing
from conceptdeck.values.items import keys_in
from conceptdeck.values.picture import Picture, Portfolio
from conceptdeck.values.printing import Print, on_paper
from conceptdeck.values.remarks import Remark, summary
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Length
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.loading import arranger, setter

__all__ = ["BuiltDiagrams", "Sheet", "build_diagrams", "paint", "plan_diagrams", "write_page"]

PAGE = "index.html"
MANIFEST = "pictures.json"
FOLDER = "diagrams"
DARK = "-dark"
MOST_SHOWN = 8  # characters that a finding names
ENDINGS = (("svg", ".svg"), ("png", ".png"), ("png-dark", f"{DARK}.png"), ("pdf", ".pdf"), ("gv", ".gv"))


@frozen
class Sheet:
    """Pictures before they are written: what they show, their drawings, and everything that was found on the way.

    They are those that are asked for, and those that stand in files. `taken` are the names of all that there may be.
    """

    portfolio: Portfolio
    theme: Theme
    book: FontBook
    typesetter: Typesetter
    drawings: tuple[Drawing, ...]
    problems: tuple[Diagnostic, ...]
    taken: frozenset[str] = frozenset()
    language_name: str = ""
    edition: Edition | None = None
    read: ReadTheme | None = None
    press: Print | None = None


@frozen
class BuiltDiagrams:
    """What was drawn: the folder of the pictures, how many in how many files, and what was found on the way.

    `kept` of the files were not replaced, since somebody has changed them. `page` shows the pictures; None
    if it was not asked for. `remarks` tell what was done on purpose to find room.
    """

    folder: Path
    count: int
    findings: tuple[Diagnostic, ...]
    files: int
    kept: int = 0
    page: Path | None = None
    remarks: tuple[Remark, ...] = ()

    def told(self, about: str = "") -> str:
        """Return a line on what was written and where, with what is to be said `about` it; none if nothing was."""
        if self.kept == self.files:
            return ""
        written = f"{self.files - self.kept} of {self.files} files of " if self.kept else ""
        told = summary(self.remarks)
        remarks = f" ({told})" if told else ""
        return f"{self.folder}  {written}{self.count} diagram{'s' * (self.count != 1)}{remarks}{about}"


def build_diagrams(options: DiagramsJob, tell: Callable[[str], None] = lambda stage: None) -> BuiltDiagrams:
    """Draw the pictures of one map; `tell` hears the name of each stage as it starts.

    Raises Failure with everything that is wrong; earlier output is then untouched.
    """
    sheet = plan_diagrams(options, tell)
    _stop_at(sheet.problems)
    _stop_at(_undrawable(sheet, options))
    tell("painting")
    folder = f"{sheet.portfolio.language}/{folder_of(options)}"
    made: dict[str, bytes] = {}
    problems = list(sheet.problems)
    home = options.out / sheet.portfolio.map_id
    chosen = _chosen(sheet, options)
    narrow = _narrow(sheet, options, disk.names(home / folder))
    for shown, drawing in chosen:
        files_, found = paint(sheet, shown, drawing, options.formats, embed=options.embed_fonts)
        if "svg" in options.formats and shown.id in narrow:
            more, _ = paint(sheet, shown, narrow[shown.id], ("svg",), embed=options.embed_fonts)
            files_ |= more
        if options.steps:
            steps, taken = _steps(sheet, shown, drawing, options)
            files_ |= steps
            found = (*found, *taken)
        made |= {f"{folder}/{name}": data for name, data in files_.items()}
        problems += found
    _stop_at(problems)
    tell("writing")
    kept = sum(not disk.write_atomically(home / name, data) for name, data in made.items())
    if not sheet.press:  # the page shows pictures for screens
        disk.write_atomically(home / folder / MANIFEST, _manifest(sheet, narrow, disk.names(home / folder)))
    if sheet.read:
        sheet.read.keep()
    remarks = tuple(each for _, drawing in chosen for each in drawing.remarks)
    return BuiltDiagrams(home / folder, len(chosen), tuple(problems), len(made), kept, remarks=remarks)


def _steps(
    sheet: Sheet, shown: Picture, drawing: Drawing, options: DiagramsJob
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Return the files of each step of a picture that is told in steps, and the diagrams that are called so."""
    formats = [name for name in options.formats if name != "gv"]  # which has no places
    made: dict[str, bytes] = {}
    found: list[Diagnostic] = []
    for each in in_steps(shown, drawing, sheet.portfolio.words):
        if each.id in sheet.taken:
            message = f"a step of the diagram `{shown.id}` has the name of the diagram `{each.id}`"
            found.append(STEP_NAME.at(message, hints=(f"call the diagram `{each.id}` otherwise",)))
        else:
            made |= paint(sheet, shown, each, formats, embed=options.embed_fonts)[0]
    return made, found


def _narrow(sheet: Sheet, options: DiagramsJob, there: Collection[str]) -> Mapping[str, Drawing]:
    """Return the narrow drawings of the pictures that are written, and of those whose narrow files are there."""
    if sheet.press:
        return {}
    made = {shown.id for shown, _ in _chosen(sheet, options)} if "svg" in options.formats else set()
    kept = {drawing.id for drawing in sheet.drawings if f"{drawing.id}{NARROW}.svg" in there}
    free = {each for each in made | kept if f"{each}{NARROW}" not in sheet.taken}
    setters = sheet.typesetter, arranger(options.engine)
    return narrow_drawings(sheet.portfolio, sheet.drawings, free, sheet.theme, setters)


def write_page(options: PageJob) -> tuple[Path, tuple[Diagnostic, ...], bool]:
    """Write the page that shows the pictures of every language that were built, now or before.

    Returns where it is, what is wrong, and whether it was written or a page was kept that somebody has changed.
    Raises Failure if the map cannot be read or the page cannot be written. A language whose list of pictures is damaged
    is left out with a warning.
    """
    edition = read_edition(options.map_file)
    home = options.out / edition.map.id
    exhibits: list[Exhibit] = []
    problems: list[Diagnostic] = []
    languages = sorted(disk.names(home), key=lambda name: (name != edition.map.language, name))
    for language in languages:
        found, problem = _exhibits(home, language)
        exhibits += found
        problems += [problem] if problem else []
    shown = Gallery(edition.map.title.value, edition.map.language, tuple(exhibits), edition.words)
    read = read_theme(options.out, options.theme, around=places.house(options.map_file))
    html = write_gallery(shown, read.theme, Page(*places.page_assets("gallery")))
    read.keep()
    return home / PAGE, tuple(problems), disk.write_atomically(home / PAGE, html.encode())


def plan_diagrams(options: DiagramsJob, tell: Callable[[str], None] = lambda stage: None) -> Sheet:
    """Return the pictures of one map up to their drawings, with what is wrong with them.

    Raises Failure if the map or the theme cannot be read.
    """
    tell("reading")
    edition = read_edition(options.map_file, options.locale, strict=options.strict)
    portfolio, problems = map_portfolio(
        edition.map, options.only, every_concept=options.every_concept, words=edition.words
    )
    portfolio, bare = as_asked(portfolio, edition, options)
    read = read_theme(options.out, options.theme, around=places.house(options.map_file))
    theme = read.theme.set_in(portfolio.language)
    press = printed(options, theme)
    theme = on_paper(theme, press.shades) if press else theme
    scale = press.scale(theme) if press else None
    tell("laying out")
    book, typesetter = setter(theme, read.house)
    width = Length(round(width_of(options, theme) / (scale or 1)))

    def drawn(pictures: Iterable[Picture]) -> tuple[dict[str, Drawing], tuple[Diagnostic, ...]]:
        told: list[Diagnostic] = []
        some = replace(portfolio, pictures=tuple(pictures))
        arrange = ranks.bounded(arranger(options.engine), told.append)
        drawings, more = draw_pictures(some, theme, typesetter, arrange, width, scale)
        return {each.id: drawing for each, drawing in zip(some.pictures, drawings, strict=True)}, (*more, *told)

    chosen, more = drawn(each for each in portfolio.pictures if is_wanted(each, options))
    there = frozenset() if press else disk.names(options.out / portfolio.map_id / portfolio.language / FOLDER)
    taken = frozenset(each.id for each in portfolio.pictures)
    pictures = tuple(each for each in portfolio.pictures if each.id in chosen or _is_there(each, there))
    others, _ = drawn(each for each in pictures if each.id not in chosen)  # the page shows them, too
    portfolio = replace(portfolio, pictures=pictures)
    drawings = tuple((chosen | others)[each.id] for each in pictures)
    tell("checking")
    seen = tuple(chosen.values())
    found = (*problems, *bare, *more, *check_content(edition.map, pictures=True), *check_drawings(seen))
    shown = {key for each in seen for key in (*each.said, *(key for item in each.items for key in keys_in(item)))}
    told = edition.told(found, shown)
    return Sheet(portfolio, theme, book, typesetter, drawings, told, taken, edition.language_name, edition, read, press)


def _is_there(shown: Picture, there: Collection[str]) -> bool:
    """Tell whether a picture stands in a file of its folder."""
    return any(f"{shown.id}{end}" in there for end in (f"{NARROW}.svg", *(end for _, end in ENDINGS)))


def paint(
    sheet: Sheet, shown: Picture, drawing: Drawing, formats: Collection[str], *, embed: bool = False
) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """Return the files of one picture by name, and what is wrong with them; the SVG can `embed` its fonts."""
    theme, book = sheet.theme, sheet.book
    made: dict[str, bytes] = {}
    found: list[Diagnostic] = []
    if "svg" in formats:
        scenes = [drawing_scene(drawing, theme)]
        fonts = embed_fonts(scenes, theme, book, drawing.language, SMALL) if embed else NO_FONTS
        text = write_svg(drawing, theme, fonts)
        found += [_left_to_readers(drawing, fonts.left)] if fonts.left else []
        made[f"{drawing.id}.svg"] = text.encode()
        found += (each.as_fault() for each in check_svg(text, f"{drawing.id}.svg"))
    if {"png", "pdf"} & {*formats}:
        from conceptdeck.render.vector.outlines import (  # here, as below: few want every format at once
            missing_outlines,
        )

        if missing := missing_outlines(drawing, theme, book):
            found.append(_outline_missing(drawing, missing))
    if "png" in formats:
        from conceptdeck.render.vector.png import write_png

        if press := sheet.press:
            dots = press.dots(drawing.scale or 1)
            made[f"{drawing.id}.png"] = write_png(drawing, theme, book, False, dots, press.shades)
        else:
            made[f"{drawing.id}.png"] = write_png(drawing, theme, book, dark=False)
            made[f"{drawing.id}{DARK}.png"] = write_png(drawing, theme, book, dark=True)
    if "pdf" in formats:
        from conceptdeck.render.vector.pdf import write_pdf

        made[f"{drawing.id}.pdf"] = write_pdf(drawing, theme, book)
    if "gv" in formats:
        made[f"{drawing.id}.gv"] = write_gv(shown, sheet.portfolio.words).encode()
    return made, tuple(found)


def _undrawable(sheet: Sheet, options: DiagramsJob) -> Iterable[Diagnostic]:
    """Yield the finding that formats which need outlines cannot be drawn, since no face has them for a script."""
    wanted = [name.upper() for name in ("png", "pdf") if name in options.formats]
    if wanted:
        from conceptdeck.building.outputs import undrawable
        from conceptdeck.render.vector.outlines import undrawn_scripts

        drawings = [drawing for _, drawing in _chosen(sheet, options)]
        if lost := undrawn_scripts(drawings, sheet.theme, sheet.book):
            hints = ("draw what leaves it to the reader's fonts: conceptdeck diagrams --format svg,gv",)
            yield undrawable(lost, sheet.portfolio.language, wanted, hints)


def _chosen(sheet: Sheet, options: DiagramsJob) -> list[tuple[Picture, Drawing]]:
    """Return the pictures to write: those asked for, else all."""
    pairs = zip(sheet.portfolio.pictures, sheet.drawings, strict=True)
    return [pair for pair in pairs if is_wanted(pair[0], options)]


def _manifest(sheet: Sheet, narrow: Mapping[str, Drawing], there: Collection[str]) -> bytes:
    """Return what the page needs to know about the pictures of one language, as JSON: those that are there."""
    wider = round(2 * ground_margin(sheet.theme))
    entries = []
    for drawing in sheet.drawings:
        found = [[label, f"{drawing.id}{end}"] for label, end in ENDINGS if f"{drawing.id}{end}" in there]
        more = 0 if any(label == "svg" for label, _ in found) else wider  # the page shows the SVG if there is one
        entry = {
            "id": drawing.id,
            "title": drawing.title,
            "caption": drawing.caption,
            "alt": drawing.description,
            "language": drawing.language,
            "language_name": sheet.language_name,
            "width": math.ceil(drawing.size.w.px) + more,
            "height": math.ceil(drawing.size.h.px) + more,
            "files": found,
        }
        spoken = zip(("title_language", "alt_language", "caption_language"), drawing.tongues, strict=True)
        entry |= {name: tongue for name, tongue in spoken if tongue}
        if (small := narrow.get(drawing.id)) and f"{small.id}.svg" in there:
            found.insert(1, ["svg-narrow", f"{small.id}.svg"])
            entry |= {"narrow": [math.ceil(side.px) for side in small.size]}
        entries += [entry] if found else []
    return (json.dumps(entries, ensure_ascii=False, indent=1) + "\n").encode()


DAMAGED_LIST = Rule("damaged-list", "pictures", WARNING, "a list of pictures that cannot be read").because("""
    Each language keeps a list of its pictures beside them, from which the page is made. Somebody changed it, or it
    was cut off; building the language again writes it anew.
""")


def _exhibits(home: Path, language: str) -> tuple[list[Exhibit], Diagnostic | None]:
    """Return the pictures of a language that were built; none if there are none or their list is damaged."""
    folder = f"{language}/{FOLDER}"
    path = home / folder / MANIFEST
    if MANIFEST not in disk.names(home / folder):
        return [], None
    try:
        found = [
            Exhibit(**{**entry, "files": tuple((label, f"{folder}/{name}") for label, name in entry["files"])})
            for entry in json.loads(disk.read_bytes(path))
        ]
    except (ValueError, TypeError, KeyError):
        hints = (f"draw them again: conceptdeck diagrams --locale {language}",)
        message = f"the list of the pictures in `{language}` is damaged; the page leaves them out"
        return [], DAMAGED_LIST.at(message, Span(disk.shown(path)), hints=hints)
    return found, None


def _outline_missing(drawing: Drawing, missing: Iterable[str]) -> Diagnostic:
    """Return the warning that PNG and PDF lack characters, since no face here has their outlines."""
    shown = " ".join(missing)
    what = f"no font here can draw {shown} in PNG and PDF; the SVG leaves it to the reader's fonts"
    return MISSING_OUTLINE.at(what).on(OnDrawing(drawing.id))


def _left_to_readers(drawing: Drawing, left: Sequence[str]) -> Diagnostic:
    """Return the warning that a picture leaves characters to the fonts that readers have."""
    count, shown = len(left), " ".join(left[:MOST_SHOWN])
    more = " …" if count > MOST_SHOWN else ""
    what = f"readers' own fonts show {count} character{'s' * (count != 1)} in SVG: {shown}{more}"
    note = "no font here has their outlines and may be embedded"
    hints = ("take PNG or PDF where they must look the same everywhere",)
    return FONT_NOT_EMBEDDED.at(what, notes=(note,), hints=hints).on(OnDrawing(drawing.id))


def _stop_at(problems: Iterable[Diagnostic]) -> None:
    """Raise Failure if one of the problems is an error."""
    found = tuple(problems)
    if has_errors(found):
        raise Failure(found)
