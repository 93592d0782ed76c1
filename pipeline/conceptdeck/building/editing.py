"""Strings edited one by one, in a map or a catalog: as drafts, saved, and taken back; nothing else there changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from conceptdeck.building.catalogs import BUSY_FILE, TRIES
from conceptdeck.building.patching import (
    BREAKING,
    UNREADABLE,
    patched_catalog,
    patched_map,
    restored_map,
    why_broken,
    why_unsound,
)
from conceptdeck.reading.source import decode
from conceptdeck.translation.po_entries import without_changes
from conceptdeck.values.characters import FORBIDDEN, named
from conceptdeck.values.diagnostics import Diagnostic, Failure, OfText, Span
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.text import Text, texts
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.loading import parsed_catalog, read_map_text

__all__ = ["Edit", "Meanwhile", "Patch", "drafted", "saved", "taken_back"]


@frozen
class Edit:
    """What a string shall be: its key, its language (none is the map's own), and its text as it is typed.

    `was` is the text that the edit began with, and `source` the map's text then, which a translation is one of.
    """

    key: str
    language: str
    text: str
    was: str
    source: str = ""


@frozen
class Patch:
    """A file before and after strings in it were replaced; `values` are the old and the new texts by key.

    `language` is that of a catalog, none if the file is the map.
    """

    path: Path
    map_file: Path
    language: str
    before: bytes
    after: bytes
    values: Mapping[str, tuple[str, str]]


class Meanwhile(Failure):
    """A string was changed by somebody else meanwhile; `now` is what it is, and `source` the map's text."""

    def __init__(self, edit: Edit, now: str, source: str, span: Span) -> None:
        """Know the texts of now."""
        self.now, self.source = now, source
        what = "has changed meanwhile" if now != edit.was else "is the translation of a text that has changed meanwhile"
        hints = ("take what is there now, or save yours again to replace it",)
        super().__init__([TEXT_CHANGED.at(what, span, hints=hints).on(OfText(edit.key, edit.language))])


TEXT_CHANGED = Rule("text-changed", "edited texts", ERROR, "a text that has changed meanwhile").because("""
    Two people may edit the same text. The second is shown what the first has saved, and nothing is replaced unseen.
""")
NOT_SAVED = Rule("not-saved", "edited texts", ERROR, "an edited text that cannot be written").because("""
    Only its own letters in the file may change. Short forms of maps, entries that a catalog lacks, and texts that would
    leave the file unsound are edited in the file itself.
""")


def drafted(map_file: Path, edit: Edit) -> Patch:
    """Return what an edit would change, with nothing written; raises Failure with what is wrong with it.

    Raises Meanwhile if the text is not what the edit began with.
    """
    if unseen := FORBIDDEN.search(edit.text):
        raise Failure([_refusal(edit, f"{named(unseen[0])} cannot be part of a text", Span())])
    data = disk.read_bytes(map_file)
    concept_map = read_map_text(map_file, _text(data, map_file))
    now = {text.key: text for text in texts(concept_map)}
    if edit.key not in now:
        hints = ("look at the page again",)
        raise Failure(
            [NOT_SAVED.at(f"the map has no text `{edit.key}` any more", Span(disk.shown(map_file)), hints=hints)]
        )
    if edit.language in ("", concept_map.language):
        return _drafted_in_map(map_file, data, edit, now)
    return _drafted_in_catalog(map_file, edit, concept_map, now[edit.key].value)


def _drafted_in_map(map_file: Path, data: bytes, edit: Edit, now: Mapping[str, Text]) -> Patch:
    there = now[edit.key]
    if there.value != edit.was:
        raise Meanwhile(edit, there.value, there.value, there.span)
    text = _text(data, map_file)
    made, refused = patched_map(map_file, text, {edit.key: edit.text}, now)
    if refused:
        unsound = refused[edit.key] == UNREADABLE and why_unsound(map_file, text, edit.key, edit.text, now)
        raise Failure(unsound or [_refusal(edit, refused[edit.key], there.span)])
    return Patch(map_file, map_file, "", data, made.encode(), {edit.key: (there.value, edit.text)})


def _drafted_in_catalog(map_file: Path, edit: Edit, concept_map: ConceptMap, source: str) -> Patch:
    if edit.language not in places.catalogs_beside(map_file):
        raise Failure([_refusal(edit, "the map has no catalog for this language", Span(disk.shown(map_file)))])
    path = places.catalog_path(map_file, edit.language)
    data, shown = disk.read_bytes(path), disk.shown(path)
    entry = parsed_catalog(data, shown, edit.language)[0].by_key.get(edit.key)
    there = entry.text if entry else ""
    if there != edit.was or source != edit.source:
        raise Meanwhile(edit, there, source, entry.span if entry else Span(shown))
    text, tag = _text(data, path), edit.language
    made, refused = patched_catalog(map_file, tag, text, {edit.key: edit.text}, concept_map)
    if refused:
        broken = refused[edit.key] == BREAKING and why_broken(map_file, tag, text, edit.key, edit.text, concept_map)
        raise Failure(broken or [_refusal(edit, refused[edit.key], entry.span if entry else Span(shown))])
    return Patch(path, map_file, tag, data, made.encode(), {edit.key: (there, edit.text)})


def _refusal(edit: Edit, why: str, span: Span) -> Diagnostic:
    return NOT_SAVED.at(f"cannot be changed here: {why}", span).on(OfText(edit.key, edit.language))


def _text(data: bytes, path: Path) -> str:
    """Return the text of a file; raises Failure if it is none."""
    text, problems = decode(data, disk.shown(path))
    if text is None:
        raise Failure(problems)
    return text


# --- written, and taken back ---------------------------------------------------------------------


def saved(map_file: Path, edit: Edit) -> Patch:
    """Write an edit into its file, of which nothing else changes; raises Failure as `drafted` does.

    If somebody saves the file between reading and writing, the edit is made in what is there then.
    """
    for _ in range(TRIES):
        patch = drafted(map_file, edit)
        if patch.before == patch.after or disk.replace_read(patch.path, patch.before, patch.after):
            return patch
    raise _busy(patch.path)


def taken_back(patch: Patch) -> None:
    """Write the old texts of a patch back; what somebody else has changed in the file since stays as it is.

    Raises Failure, with nothing written, if one of these very texts has changed again.
    """
    for _ in range(TRIES):
        data = disk.read_bytes(patch.path)
        made = patch.before if data == patch.after else _undone(patch, data)
        if data == made or disk.replace_read(patch.path, data, made):
            return
    raise _busy(patch.path)


def _undone(patch: Patch, data: bytes) -> bytes:
    text, before, after = (_text(each, patch.path) for each in (data, patch.before, patch.after))
    if patch.language:
        made, left = without_changes(text, before, after, patch.values.keys())
    else:
        now = {each.key: each for each in texts(read_map_text(patch.path, text))}
        changed = [key for key, (_, new) in patch.values.items() if key not in now or now[key].value != new]
        made, refused = restored_map(patch.map_file, text, before, patch.values.keys() - {*changed}, now)
        left = (*changed, *refused)
    if left:
        hints = ("edit it as it is now",)
        what = f"`{left[0]}` has changed again: it is not taken back"
        raise Failure([TEXT_CHANGED.at(what, Span(disk.shown(patch.path)), hints=hints)])
    return made.encode()


def _busy(path: Path) -> Failure:
    message = "another program saves this file again and again; it is left as that program saved it"
    return Failure([BUSY_FILE.at(message, Span(disk.shown(path)), hints=("save it there, then here",))])
