"""Entries of a PO file changed where they stand: the lines of all others stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import polib

from conceptdeck.values.regex import regex

__all__ = ["with_remarks", "with_translations", "without_changes"]

CONTEXT = regex(r'msgctxt "(.*)"$')
WRAP = 100


def with_translations(text: str, wanted: Mapping[str, str], remark: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of a PO file with other translations by key, each with a remark if any; and keys it lacks."""
    left = dict(wanted)

    def change(key: str, block: list[str]) -> list[str]:
        return _changed(block, left.pop(key), remark) if key in left else block

    return _each_entry(text, change), tuple(left)


def with_remarks(text: str, remarks: Mapping[str, Sequence[str]]) -> tuple[str, tuple[str, ...]]:
    """Return the text of a PO file with lines of remarks above entries by key, and the keys that it lacks."""
    left = dict(remarks)

    def change(key: str, block: list[str]) -> list[str]:
        return [*(f"# {line}" for line in left.pop(key)), *block] if key in left else block

    return _each_entry(text, change), tuple(left)


def without_changes(text: str, before: str, after: str, keys: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """Return a PO text whose entries of keys are as `before` again; and the keys of those not as they were `after`."""
    old, new = _entries(before), _entries(after)
    left = {key for key in keys if key in old}

    def change(key: str, block: list[str]) -> list[str]:
        if key not in left or block != new.get(key):
            return block
        left.remove(key)
        return old[key]

    made = _each_entry(text, change)
    return made, tuple(key for key in keys if key in left or key not in old)


def _entries(text: str) -> dict[str, list[str]]:
    """Return the lines of the entries of a PO file by key."""
    found: dict[str, list[str]] = {}

    def note(key: str, block: list[str]) -> list[str]:
        found[key] = block
        return block

    _each_entry(text, note)
    return found


def _each_entry(text: str, change: Callable[[str, list[str]], list[str]]) -> str:
    """Return the text of a PO file with the lines of each entry as they are changed, by its key."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(newline)
    made: list[str] = []
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and lines[end].strip() and lines[start].strip():
            end += 1
        made += change(_key(lines[start:end]), lines[start:end])
        start = end
    return newline.join(made)


def _key(block: list[str]) -> str:
    """Return the key of an entry, nothing if it has none or its lines are of an old one."""
    found = next((match for line in block if (match := CONTEXT.fullmatch(line.strip()))), None)
    whole = found and any(line.startswith("msgstr ") for line in block)
    return str(polib.unescape(found[1])) if found and whole else ""


def _changed(block: list[str], translation: str, remark: str) -> list[str]:
    """Return the lines of an entry with another translation, and a remark of where it is from; it is whole then."""
    at = next(number for number, line in enumerate(block) if line.startswith("msgstr "))
    made = polib.POEntry(msgid="x", msgstr=translation).__unicode__(wrapwidth=WRAP).rstrip("\n").split("\n")
    first = next(number for number, line in enumerate(made) if line.startswith("msgstr "))
    comment = [f"# {remark}"] if remark else []
    head = [each for line in block[:at] if (each := _sound(line)) is not None]
    return [*(each for each in comment if each not in head), *head, *made[first:]]


def _sound(line: str) -> str | None:
    """Return a line without the mark that its translation is of an earlier text, None if nothing is left."""
    if line.startswith("#|"):
        return None
    if not line.startswith("#,"):
        return line
    flags = [flag for each in line[2:].split(",") if (flag := each.strip()) and flag != "fuzzy"]
    return f"#, {', '.join(flags)}" if flags else None
