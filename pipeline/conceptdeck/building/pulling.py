"""Edits on their way home: from an edited deck into the map, or into the catalog of its language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from conceptdeck.building.catalogs import BUSY_FILE
from conceptdeck.building.edition import Edition, read_edition
from conceptdeck.building.patching import patched_catalog, patched_map
from conceptdeck.building.records import settle
from conceptdeck.building.remarking import NO_REMARKS, Remarks, remarked_catalog, remarked_map
from conceptdeck.building.retelling import TakenOrder, take_order
from conceptdeck.building.revising import FOREIGN_DECK, Revised, revised
from conceptdeck.building.taking import NONE_TAKEN, TakenSlides, take_slides
from conceptdeck.revision.comparison import Change
from conceptdeck.revision.edits import Wish
from conceptdeck.revision.merging import Conflict, Merge, merged
from conceptdeck.translation.pseudo import PSEUDO_TAGS
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.text import Text, texts
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.loading import decoded_file

__all__ = ["GONE", "OURS", "OUTDATED", "THEIRS", "Plan", "Pulled", "Wanted", "outdated_in", "planned", "pull"]

OURS, THEIRS = "ours", "theirs"


@frozen
class Wanted:
    """What is wanted of a deck beside its changed texts: one side where both were changed, and more than texts.

    Of some conflicts a text is `chosen`, by key. Those that are left are written beside the file if it `rejects` them.
    """

    prefer: str = ""
    slides: bool = False
    order: bool = False
    comments: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)
    rejects: bool = True


@frozen
class Plan:
    """What an edited deck would change: the file that its texts are from, those texts as they are now, and the merge.

    The editions are the map's `own`, and that of the deck.
    """

    target: Path
    found: Revised
    own: Edition
    edition: Edition
    now: Mapping[str, Text]
    merge: Merge


@frozen
class Pulled:
    """What came of a deck's edits: what was taken into which file, what was there already, and what was not taken.

    Texts that were changed on both sides are `conflicts`; they are in the file `rejected` unless it is None. `left`
    cannot come home. `slides` are the new ones that were taken. If all came home, the next build may replace the deck,
    of which there is a `copy`. The file, which has
    texts in a `language`, was `before`, and is `after`; `now` are the texts before.
    """

    path: Path
    taken: tuple[Wish, ...] = ()
    there: tuple[Wish, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    left: tuple[Change, ...] = ()
    rejected: Path | None = None
    copy: Path | None = None
    slides: TakenSlides = NONE_TAKEN
    order: TakenOrder | None = None
    remarks: Remarks = NO_REMARKS
    language: str = ""
    before: bytes = b""
    after: bytes = b""
    now: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Tell whether the deck says nothing that was not built into it."""
        more = self.slides.ids or self.slides.there or self.order or self.remarks.done
        return not (self.taken or self.there or self.conflicts or self.left or more)


def pull(path: Path, map_file: Path, wanted: Wanted = Wanted()) -> Pulled:  # noqa: B008 - it is frozen
    """Take the edits of a deck into its map or its catalog, and what else is `wanted` of it.

    Raises Failure, with nothing written, if the deck is not one of this map, or one of the files cannot be read.
    """
    return _into(map_file, planned(path, map_file), wanted)


def planned(path: Path, map_file: Path) -> Plan:
    """Return what the edits of a deck would change; raises Failure if it is no deck of this map."""
    found = revised(path, map_file)
    origin = found.memory.origin
    if origin.language in PSEUDO_TAGS:
        hints = ("edit a deck in a language that people read",)
        message = "its texts were made up to try the layout: they are nobody's translation"
        raise Failure([FOREIGN_DECK.at(message, Span(disk.shown(path)), hints=hints)])
    own = read_edition(map_file)
    if own.map.id != origin.map_id:
        message = f"it was built from the map `{origin.map_id}`, not from `{own.map.id}`"
        raise Failure([FOREIGN_DECK.at(message, Span(disk.shown(path)), hints=("name the map that it is of",))])
    is_own = origin.language == own.map.language
    target = map_file if is_own else places.catalog_path(map_file, origin.language)
    edition = own if is_own else read_edition(map_file, origin.language)
    now = {text.key: text for text in texts(edition.written or edition.source)}
    merge = merged(found.edits.wishes, origin.values, {key: each.value for key, each in now.items()})
    return Plan(target, found, own, edition, now, merge)


def _into(map_file: Path, plan: Plan, asked: Wanted) -> Pulled:
    """Write what comes of a deck's edits into the file that its texts are from."""
    target, found, edition, now, merge = plan.target, plan.found, plan.edition, plan.now, plan.merge
    decided, conflicts = _decided(merge.conflicts, asked)
    chosen = [*merge.wanted, *decided]
    was = disk.read_bytes(target)
    text = next(iter(decoded_file(target).values()))
    wanted = {each.key: each.value for each in chosen}
    slides = NONE_TAKEN
    if target == map_file:
        made, refused = patched_map(map_file, text, wanted, now)
        slides = take_slides(found, edition, map_file, made, placed=not asked.order) if asked.slides else slides
        made = slides.text or made
        remarks = remarked_map(found, map_file, made, slides) if asked.comments else NO_REMARKS
    else:
        outdated = outdated_in(plan, wanted)
        sound = {key: value for key, value in wanted.items() if key not in outdated}
        remark = f"from {found.path.name}"
        made, refused = patched_catalog(map_file, found.memory.origin.language, text, sound, edition.source, remark)
        refused |= dict.fromkeys(outdated, OUTDATED)
        remarks = remarked_catalog(found, made, now) if asked.comments else NO_REMARKS
    made = remarks.text or made
    order = take_order(found, plan.own, map_file, slides) if asked.order else None
    _save(target, was, made, slides.files, changed=made != text)
    if order and order.text is not None:
        _save(order.path, order.was, order.text, {}, changed=True)
    taken = tuple(each for each in chosen if each.key not in refused)
    rejected = target.with_name(f"{target.name}.rej") if conflicts and asked.rejects else None
    if rejected:
        disk.write_atomically(rejected, _rejections(found.path, conflicts).encode())
    left = _left(found, merge, (chosen, refused), (slides, order, remarks))
    came = taken or merge.there or merge.conflicts or slides.done or order or remarks.done
    copy = settle(found.path) if came and not left and not conflicts else None
    told = (taken, merge.there, conflicts, left, rejected, copy, slides, order, remarks)
    texts_before = {each.key: now[each.key].value for each in taken}
    return Pulled(target, *told, edition.map.language, was, made.encode(), texts_before)


def _decided(conflicts: Iterable[Conflict], asked: Wanted) -> tuple[list[Wish], tuple[Conflict, ...]]:
    """Return the wishes of conflicts that are taken, and the conflicts that are left to decide on."""
    taken: list[Wish] = []
    left: list[Conflict] = []
    for each in conflicts:
        wish = each.theirs if asked.prefer == THEIRS else None
        if (text := asked.chosen.get(each.key)) is not None:
            wish = next((one for one in each.wishes if one.value == text), None)
        if wish:
            taken.append(wish)
        elif text != each.now and asked.prefer != OURS:
            left.append(each)
    return taken, tuple(left)


def _save(path: Path, was: bytes | None, made: str, files: Mapping[Path, bytes] | None, *, changed: bool) -> None:
    """Write a file if nobody else has saved it meanwhile, and before it the pictures that it names."""
    for each, data in (files or {}).items():
        disk.write_atomically(each, data)
    if changed and not disk.replace_read(path, was, made.encode()):
        hints = ("save it there, and pull again",)
        message = "another program has saved this file meanwhile"
        raise Failure([BUSY_FILE.at(message, Span(disk.shown(path)), hints=hints)])


GONE = "the map has no such text any more"
OUTDATED = "the text that it translates has changed since the deck was built"


def outdated_in(plan: Plan, keys: Iterable[str]) -> frozenset[str]:
    """Return the keys of translations whose text has changed since the deck was built: they are not taken."""
    if plan.own is plan.edition:
        return frozenset()
    sources, known = {each.key: each.value for each in texts(plan.edition.source)}, plan.found.memory.origin.sources
    return frozenset(key for key in keys if known.get(key) != sources[key])


def _left(
    found: Revised,
    merge: Merge,
    wishes: tuple[Sequence[Wish], Mapping[str, str]],
    others: tuple[TakenSlides, TakenOrder | None, Remarks],
) -> tuple[Change, ...]:
    """Return what cannot come home, with the reasons: of the wishes that were chosen some are refused."""
    chosen, refused = wishes
    gone = [replace(change, why=GONE) for wish in merge.gone for change in wish.changes]
    unwritten = [
        replace(change, why=refused[wish.key]) for wish in chosen if wish.key in refused for change in wish.changes
    ]
    more = [each for taken in others if taken for each in taken.left]
    told = {_place_of(each) for taken in others if taken for each in (*taken.left, *taken.done)}
    rest = [each for each in found.edits.left if _place_of(each) not in told]
    return (*rest, *more, *gone, *unwritten)


def _place_of(change: Change) -> tuple[str, int, str, str, str]:
    return change.kind, change.slide, change.shape, change.old, change.new


# --- conflicts -----------------------------------------------------------------------------------


def _rejections(path: Path, conflicts: Iterable[Conflict]) -> str:
    """Return the page of what was changed on both sides, each text with its key."""
    ways = "Take one side with --ours or --theirs, or choose with --ask."
    lines = [f"# Changed in {path.name} and here since it was built, so not taken. {ways}"]
    for each in conflicts:
        lines += ["", each.key, f"  built: {each.built}", f"  here:  {each.now}"]
        lines += [f"  deck:  {wish.value}" for wish in each.wishes]
    return "\n".join(lines) + "\n"
