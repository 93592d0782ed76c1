"""Rules on the presentation part: the lists of slides, masters, layouts and sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from conceptdeck.checks.package.opened import Element, OpenedDeck, Part
from conceptdeck.checks.package.schema import qualified
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.rules import ERROR, WARNING, Rule
from conceptdeck.values.value import frozen

__all__ = ["MASTER_RULES", "PRESENTATION_RULES", "remember_presentation"]

LINK = qualified("r:id")
SECTIONS_URI = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
GUID = re.compile(r"\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
NEEDED = {
    "title": "the title",
    "body": "text",
    "dt": "the date",
    "ftr": "the footer",
    "sldNum": "the slide number",
}
SHORTEST, LONGEST, SLIMMEST = 914_400, 51_206_400, 4  # EMU, as ECMA-376 limits slides, and times as long as wide

Findings = Iterator[Diagnostic]


def remember_presentation(deck: OpenedDeck, part: Part) -> None:
    """Keep what the rules on slides need: the slides in order, and their ids."""
    found = [(each.get("id", ""), part.relations.get(each.get(LINK, ""))) for each in part.all("p:sldId")]
    slides = [(id_, deck.by_lower.get(to.target.lower(), "")) for id_, to in found if to and to.kind == "slide"]
    deck.slides = tuple(dict.fromkeys(name for _, name in slides if name))
    deck.slide_parts = {id_: name for id_, name in slides if name}
    deck.slide_ids = frozenset(each.get("id", "") for each in part.all("p:sldId"))


SLIDE_ID_RANGE = Rule("slide-id-range", "package", ERROR, "a slide id out of its range").because("""
    Slide ids count from 256 to 2147483647; PowerPoint repairs files with others.
""")
DUPLICATE_SLIDE_ID = Rule("duplicate-slide-id", "package", ERROR, "a slide id given twice").because("""
    Links, sections and zooms find a slide by its id; PowerPoint repairs the file.
""")
MASTER_ID_RANGE = Rule("master-id-range", "package", ERROR, "an id of a master or layout out of its range").because("""
    These ids count from 2147483648; PowerPoint repairs files with others.
""")
DUPLICATE_MASTER_ID = Rule(
    "duplicate-master-id",
    "package",
    ERROR,
    "an id of a master or layout given twice",
).because("""
    Masters and layouts share one range of ids, each of its own; PowerPoint repairs the file.
""")


@frozen
class Ids:
    """A list of ids: what has them, from and to which number they run, and the rules on them."""

    what: str
    least: int
    most: int
    out_of_range: Rule
    given_twice: Rule


SLIDE_IDS = Ids("slide", 256, 2**31 - 1, SLIDE_ID_RANGE, DUPLICATE_SLIDE_ID)
MASTER_IDS = Ids("master", 2**31, 2**32 - 1, MASTER_ID_RANGE, DUPLICATE_MASTER_ID)


def slide_ids(part: Part) -> Findings:
    """Find slide ids that are no ids, or that another slide has."""
    yield from _list_ids(part, part.all("p:sldId"), SLIDE_IDS, set())


def _list_ids(part: Part, elements: list[Element], kind: Ids, seen: set[str]) -> Findings:
    """Find ids out of their range, or among those already seen."""
    for element in elements:
        id_ = element.get("id", "")
        if not id_ and kind is MASTER_IDS:
            continue  # they are optional
        if not (id_.isascii() and id_.isdigit() and kind.least <= int(id_[:12]) <= kind.most):
            what = f"the {kind.what} id `{id_}` is not from {kind.least} to {kind.most}"
            yield part.finding(kind.out_of_range, what, element)
        elif id_ in seen:
            yield part.finding(kind.given_twice, f"the {kind.what} id {id_} is given twice", element)
        seen.add(id_)


DANGLING_SLIDE = Rule("dangling-slide", "package", ERROR, "the list of slides names none").because("""
    An entry leads to no slide. PowerPoint repairs the file and drops the entry.
""")
REPEATED_SLIDE = Rule("repeated-slide", "package", ERROR, "a slide twice in the list").because("""
    A slide part may be shown once; PowerPoint repairs the file.
""")


def listed_slides(part: Part) -> Findings:
    """Find entries of the list of slides that name no slide, or one that was named before."""
    seen: set[str] = set()
    for element in part.all("p:sldId"):
        relation = part.relations.get(element.get(LINK, ""))
        if relation is None or relation.kind != "slide":
            what = f"the list of slides names the relationship `{element.get(LINK, '')}`, which leads to no slide"
            yield part.finding(DANGLING_SLIDE, what, element)
        elif relation.target in seen:
            yield part.finding(REPEATED_SLIDE, f"the list of slides names `{relation.target}` twice", element)
        else:
            seen.add(relation.target)


UNLISTED_SLIDE = Rule("unlisted-slide", "package", WARNING, "a slide that is not in the list").because("""
    It is never shown, and may hold what somebody believed deleted.
""")


def unlisted_slides(part: Part) -> Findings:
    """Find slides that belong to the presentation but are not in its list."""
    listed = {element.get(LINK, "") for element in part.all("p:sldId")}
    targets = {part.relations[id_].target for id_ in listed if id_ in part.relations}
    for relation in part.relations.values():
        if relation.kind == "slide" and relation.target not in targets:
            yield part.finding(UNLISTED_SLIDE, f"`{relation.target}` is not in the list of slides")


DANGLING_MASTER = Rule(
    "dangling-master", "package", ERROR, "a list that names a master or layout which is not there"
).because("""
    PowerPoint repairs the file and may replace the design.
""")
NO_MASTER = Rule("no-master", "package", ERROR, "a presentation without a slide master").because("""
    Every presentation has at least one; PowerPoint repairs files without.
""")


def masters(part: Part) -> Findings:
    """Find masters that the lists name and nothing holds, and ids of masters that are taken."""
    yield from _list_ids(part, part.all("p:sldMasterId"), MASTER_IDS, part.deck.master_ids)
    for tag, kind in (("p:sldMasterId", "slideMaster"), ("p:notesMasterId", "notesMaster")):
        for element in part.all(tag):
            relation = part.relations.get(element.get(LINK, ""))
            if relation is None or relation.kind != kind:
                what = f"`{element.get(LINK, '')}` leads to no {kind}"
                yield part.finding(DANGLING_MASTER, what, element)
    if not part.all("p:sldMasterId"):
        yield part.finding(NO_MASTER, "the presentation lists no slide master")


def layouts(part: Part) -> Findings:
    """Find layouts that a master names and nothing holds, and ids of layouts that are taken."""
    yield from _list_ids(part, part.all("p:sldLayoutId"), MASTER_IDS, part.deck.master_ids)
    for element in part.all("p:sldLayoutId"):
        relation = part.relations.get(element.get(LINK, ""))
        if relation is None or relation.kind != "slideLayout":
            yield part.finding(DANGLING_MASTER, f"`{element.get(LINK, '')}` leads to no slideLayout", element)


UNLISTED_NOTES_MASTER = Rule(
    "unlisted-notes-master", "package", ERROR, "notes whose master is not listed", elsewhere=WARNING
).because("""
    Slides have notes and the presentation does not list the notes master: files of python-pptx are so, and
    PowerPoint may repair them or show the notes unformatted.
""")


def notes_master(part: Part) -> Findings:
    """Find notes whose master the presentation does not list."""
    has_notes = any("notesslide" in name for name in part.deck.by_lower)
    if has_notes and not part.all("p:notesMasterId"):
        what = "slides have notes, but the presentation lists no notes master"
        yield part.finding(UNLISTED_NOTES_MASTER, what)


SECTION_URI = Rule("section-uri", "package", ERROR, "sections where PowerPoint does not look").because("""
    The list of sections belongs to the extension {521415D9-36F7-43E2-AB2F-B90AF26B5E84}; elsewhere it is dropped
    or repaired.
""")


def sections(part: Part) -> Findings:
    """Find sections that do not hold each slide once, or that PowerPoint does not know as such."""
    lists = part.all("p14:sectionLst")
    for found in lists:
        holder = found.getparent()
        uri = holder.get("uri", "") if holder is not None else ""
        if uri != SECTIONS_URI:
            yield part.finding(SECTION_URI, f"the sections are kept under `{uri}`, not under {SECTIONS_URI}", found)
    if lists:
        yield from _section_ids(part)
        yield from _section_slides(part, lists[0])


BAD_SECTION_ID = Rule("bad-section-id", "package", ERROR, "a section without an id of its own").because("""
    Each section has a GUID in braces that no other section has.
""")


def _section_ids(part: Part) -> Findings:
    seen: set[str] = set()
    for section in part.all("p14:section"):
        id_ = section.get("id", "")
        if not GUID.fullmatch(id_) or id_.lower() in seen:
            what = f"the section “{section.get('name', '')[:60]}” has the id `{id_[:60]}`"
            why = "which another has" if id_.lower() in seen else "which is no GUID in braces"
            yield part.finding(BAD_SECTION_ID, f"{what}, {why}", section)
        seen.add(id_.lower())


SECTION_MISSING_SLIDE = Rule(
    "section-missing-slide", "package", ERROR, "a section that names a slide which is not there"
).because("""
    PowerPoint repairs the file and drops the sections.
""")
SECTION_OMITS_SLIDE = Rule("section-omits-slide", "package", ERROR, "a slide in no section").because("""
    Where there are sections, each slide is in one; PowerPoint repairs the file.
""")
SECTION_REPEATS_SLIDE = Rule(
    "section-repeats-slide",
    "package",
    ERROR,
    "a slide in two places of the sections",
).because("""
    Each slide is in one section, once; PowerPoint repairs the file.
""")


def _section_slides(part: Part, sections: Element) -> Findings:
    known = [each.get("id", "") for each in part.all("p:sldId")]
    named = part.all("p14:sldId")
    counts = Counter(each.get("id", "") for each in named)
    for each in named:
        id_ = each.get("id", "")
        if id_ not in part.deck.slide_ids:
            yield part.finding(SECTION_MISSING_SLIDE, f"a section names the slide id {id_}, no slide has it", each)
    for number, id_ in enumerate(known, start=1):
        if counts[id_] > 1:
            yield part.finding(SECTION_REPEATS_SLIDE, f"the sections hold slide {number} twice", sections)
        elif not counts[id_]:
            yield part.finding(SECTION_OMITS_SLIDE, f"no section holds slide {number}", sections)


MASTER_PLACEHOLDERS = Rule(
    "master-placeholders", "package", ERROR, "a slide master without one of its five placeholders", elsewhere=WARNING
).because("""
    Title, text, date, footer and slide number stand on the master, so that every layout can offer them. What it
    lacks cannot be switched on under Insert, Header & Footer.
""")


def master_placeholders(part: Part) -> Findings:
    """Find a slide master that lacks one of the placeholders that layouts take over."""
    found = {element.get("type", "") for element in part.all("p:ph")}
    if missing := [name for type_, name in NEEDED.items() if type_ not in found]:
        yield part.finding(MASTER_PLACEHOLDERS, f"the slide master has no placeholder for {', '.join(missing)}")


SLIDE_SIZE = Rule(
    "slide-size",
    "package",
    ERROR,
    "a presentation without a slide size, or with one that no screen has",
    elsewhere=WARNING,
).because("""
    The size of slides is in `sldSz`, from 1 to 56 inches a side. PowerPoint falls back to 4:3 without it, and
    everything stands elsewhere. A slide more than four times as long as wide is a mistake in one of the two
    numbers.
""")


def slide_size(part: Part) -> Findings:
    """Find a presentation without a size of its slides, or with one that no screen has."""
    yield from _size(part, "p:sldSz", SLIDE_SIZE, "slides")


NOTES_SIZE = Rule(
    "notes-size",
    "package",
    ERROR,
    "a presentation without a size of notes pages, or with one that no paper has",
    elsewhere=WARNING,
).because("""
    The size of notes pages is in `notesSz`; PowerPoint repairs files without. Pages of less than an inch cannot be
    printed.
""")


def notes_size(part: Part) -> Findings:
    """Find a presentation without a size of its notes pages, or with one that no paper has."""
    yield from _size(part, "p:notesSz", NOTES_SIZE, "notes pages")


def _size(part: Part, tag: str, rule: Rule, what: str) -> Findings:
    found = part.all(tag)
    if not found:
        yield part.finding(rule, f"the presentation does not say the size of its {what}")
    for element in found:
        sides = [element.get(name, "") for name in ("cx", "cy")]
        if not all(side.isascii() and side.isdigit() for side in sides):
            yield part.finding(rule, f"the size of {what} is `{sides[0][:20]}` by `{sides[1][:20]}`", element)
            continue
        shorter, longer = sorted(int(side[:12]) for side in sides)
        if shorter < SHORTEST or longer > min(LONGEST, shorter * SLIMMEST):
            yield part.finding(rule, f"{what} of {sides[0]} by {sides[1]} EMU are of a size that nothing has", element)


MASTER_RULES: tuple[Callable[[Part], Findings], ...] = (layouts, master_placeholders)
PRESENTATION_RULES: tuple[Callable[[Part], Findings], ...] = (
    slide_ids,
    listed_slides,
    unlisted_slides,
    masters,
    notes_master,
    sections,
    slide_size,
    notes_size,
)
