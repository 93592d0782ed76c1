"""Rules on the presentation part: the lists of slides, masters, layouts and sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from conceptdeck.checks.package.opened import Deck, Element, Part
from conceptdeck.checks.package.schema import qualified
from conceptdeck.values.diagnostics import Diagnostic

__all__ = ["MASTER_RULES", "PRESENTATION_RULES", "remember_presentation"]

LINK = qualified("r:id")
SECTIONS_URI = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
GUID = re.compile(r"\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
SLIDE_IDS = ("slide", 256, 2**31 - 1)
MASTER_IDS = ("master", 2**31, 2**32 - 1)
MASTER_PLACEHOLDERS = {
    "title": "the title",
    "body": "text",
    "dt": "the date",
    "ftr": "the footer",
    "sldNum": "the slide number",
}
SHORTEST, LONGEST, SLIMMEST = 914_400, 51_206_400, 4  # EMU, as ECMA-376 limits slides, and times as long as wide

Findings = Iterator[Diagnostic]


def remember_presentation(deck: Deck, part: Part) -> None:
    """Keep what the rules on slides need: the slides in order, and their ids."""
    found = [(each.get("id", ""), part.relations.get(each.get(LINK, ""))) for each in part.all("p:sldId")]
    slides = [(id_, deck.by_lower.get(to.target.lower(), "")) for id_, to in found if to and to.kind == "slide"]
    deck.slides = tuple(dict.fromkeys(name for _, name in slides if name))
    deck.slide_parts = {id_: name for id_, name in slides if name}
    deck.slide_ids = frozenset(each.get("id", "") for each in part.all("p:sldId"))


def slide_ids(part: Part) -> Findings:
    """Find slide ids that are no ids, or that another slide has."""
    yield from _list_ids(part, part.all("p:sldId"), SLIDE_IDS, set())


def _list_ids(part: Part, elements: list[Element], kind: tuple[str, int, int], seen: set[str]) -> Findings:
    """Find ids out of their range, or among those already seen."""
    what, least, most = kind
    for element in elements:
        id_ = element.get("id", "")
        if not (id_.isascii() and id_.isdigit() and least <= int(id_[:12]) <= most):
            yield part.finding(f"{what}-id-range", f"the {what} id `{id_}` is not from {least} to {most}", element)
        elif id_ in seen:
            yield part.finding(f"duplicate-{what}-id", f"the {what} id {id_} is given twice", element)
        seen.add(id_)


def listed_slides(part: Part) -> Findings:
    """Find entries of the list of slides that name no slide, or one that was named before."""
    seen: set[str] = set()
    for element in part.all("p:sldId"):
        relation = part.relations.get(element.get(LINK, ""))
        if relation is None or relation.kind != "slide":
            what = f"the list of slides names the relationship `{element.get(LINK, '')}`, which leads to no slide"
            yield part.finding("dangling-slide", what, element)
        elif relation.target in seen:
            yield part.finding("repeated-slide", f"the list of slides names `{relation.target}` twice", element)
        else:
            seen.add(relation.target)


def unlisted_slides(part: Part) -> Findings:
    """Find slides that belong to the presentation but are not in its list."""
    listed = {element.get(LINK, "") for element in part.all("p:sldId")}
    targets = {part.relations[id_].target for id_ in listed if id_ in part.relations}
    for relation in part.relations.values():
        if relation.kind == "slide" and relation.target not in targets:
            yield part.finding("unlisted-slide", f"`{relation.target}` is not in the list of slides")


def masters(part: Part) -> Findings:
    """Find masters that the lists name and nothing holds, and ids of masters that are taken."""
    yield from _list_ids(part, part.all("p:sldMasterId"), MASTER_IDS, part.deck.master_ids)
    for tag, kind in (("p:sldMasterId", "slideMaster"), ("p:notesMasterId", "notesMaster")):
        for element in part.all(tag):
            relation = part.relations.get(element.get(LINK, ""))
            if relation is None or relation.kind != kind:
                what = f"`{element.get(LINK, '')}` leads to no {kind}"
                yield part.finding("dangling-master", what, element)
    if not part.all("p:sldMasterId"):
        yield part.finding("no-master", "the presentation lists no slide master")


def layouts(part: Part) -> Findings:
    """Find layouts that a master names and nothing holds, and ids of layouts that are taken."""
    yield from _list_ids(part, part.all("p:sldLayoutId"), MASTER_IDS, part.deck.master_ids)
    for element in part.all("p:sldLayoutId"):
        relation = part.relations.get(element.get(LINK, ""))
        if relation is None or relation.kind != "slideLayout":
            yield part.finding("dangling-master", f"`{element.get(LINK, '')}` leads to no slideLayout", element)


def notes_master(part: Part) -> Findings:
    """Find notes whose master the presentation does not list."""
    has_notes = any("notesslide" in name for name in part.deck.by_lower)
    if has_notes and not part.all("p:notesMasterId"):
        what = "slides have notes, but the presentation lists no notes master"
        yield part.finding("unlisted-notes-master", what)


def sections(part: Part) -> Findings:
    """Find sections that do not hold each slide once, or that PowerPoint does not know as such."""
    lists = part.all("p14:sectionLst")
    for found in lists:
        holder = found.getparent()
        uri = holder.get("uri", "") if holder is not None else ""
        if uri != SECTIONS_URI:
            yield part.finding("section-uri", f"the sections are kept under `{uri}`, not under {SECTIONS_URI}", found)
    if lists:
        yield from _section_ids(part)
        yield from _section_slides(part, lists[0])


def _section_ids(part: Part) -> Findings:
    seen: set[str] = set()
    for section in part.all("p14:section"):
        id_ = section.get("id", "")
        if not GUID.fullmatch(id_) or id_.lower() in seen:
            what = f"the section “{section.get('name', '')[:60]}” has the id `{id_[:60]}`"
            why = "which another has" if id_.lower() in seen else "which is no GUID in braces"
            yield part.finding("bad-section-id", f"{what}, {why}", section)
        seen.add(id_.lower())


def _section_slides(part: Part, sections: Element) -> Findings:
    known = [each.get("id", "") for each in part.all("p:sldId")]
    named = part.all("p14:sldId")
    counts = Counter(each.get("id", "") for each in named)
    for each in named:
        id_ = each.get("id", "")
        if id_ not in part.deck.slide_ids:
            yield part.finding("section-missing-slide", f"a section names the slide id {id_}, no slide has it", each)
    for number, id_ in enumerate(known, start=1):
        if counts[id_] > 1:
            yield part.finding("section-repeats-slide", f"the sections hold slide {number} twice", sections)
        elif not counts[id_]:
            yield part.finding("section-omits-slide", f"no section holds slide {number}", sections)


def master_placeholders(part: Part) -> Findings:
    """Find a slide master that lacks one of the placeholders that layouts take over."""
    found = {element.get("type", "") for element in part.all("p:ph")}
    if missing := [name for type_, name in MASTER_PLACEHOLDERS.items() if type_ not in found]:
        yield part.finding("master-placeholders", f"the slide master has no placeholder for {', '.join(missing)}")


def slide_size(part: Part) -> Findings:
    """Find a presentation without a size of its slides, or with one that no screen has."""
    yield from _size(part, "p:sldSz", "slide-size", "slides")


def notes_size(part: Part) -> Findings:
    """Find a presentation without a size of its notes pages, or with one that no paper has."""
    yield from _size(part, "p:notesSz", "notes-size", "notes pages")


def _size(part: Part, tag: str, code: str, what: str) -> Findings:
    found = part.all(tag)
    if not found:
        yield part.finding(code, f"the presentation does not say the size of its {what}")
    for element in found:
        sides = [element.get(name, "") for name in ("cx", "cy")]
        if not all(side.isascii() and side.isdigit() for side in sides):
            yield part.finding(code, f"the size of {what} is `{sides[0][:20]}` by `{sides[1][:20]}`", element)
            continue
        shorter, longer = sorted(int(side[:12]) for side in sides)
        if shorter < SHORTEST or longer > min(LONGEST, shorter * SLIMMEST):
            yield part.finding(code, f"{what} of {sides[0]} by {sides[1]} EMU are of a size that nothing has", element)


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
