"""Which maps a fleet builds: those of folder trees, of lists and of the standard input, one after the other."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.regex import regex
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.value import frozen
from conceptdeck.workspace.places import MAP_FILE
from conceptdeck.workspace.stores import SCHEME, beside, is_local, is_plain, walked

__all__ = ["Found", "count_of", "found_maps"]

STDIN = "-"
MAP_ENDS = (".yaml", ".yml")
COMMENT = "#"
MARK = 8  # digits that tell folders of one name apart
UNSAFE = regex(r"[^\w.-]+")

NO_MAPS = Rule("no-maps", "theme and files", ERROR, "no maps for a fleet").because("""
    A fleet is built from folders with a `map.yaml` somewhere below them, from files of maps, and from lists with the
    address of a map or a folder on each line; `-` is the standard input.
""")


@frozen
class Found:
    """A map: the address of its file, of the folder its project is sought in, and a name that no other map has."""

    source: str
    root: str
    place: str


def found_maps(asked: Sequence[str], lines: Iterable[str]) -> Iterator[Found]:
    """Yield each map that is asked for; `lines` are the standard input's. Raises Failure if something is not there.

    Nothing is remembered of what was yielded: there may be any number of maps.
    """
    stems = [_stem(_folder(each)) for each in asked]
    for each, stem in zip(asked, stems, strict=True):
        if not _is_list(each):
            alone = stem if stems.count(stem) == 1 else _told_apart(_folder(each))
            yield from _within(_slashed(each), alone if len(asked) > 1 else "")
            continue
        base = "" if each == STDIN else beside(_slashed(each))[0]
        for line in _entries(lines if each == STDIN else _lines(each)):
            is_below = SCHEME not in line and is_plain(_slashed(line))
            prefix = _folder(_slashed(line)) if is_below else _told_apart(_folder(line))
            address = f"{base}/{line}" if is_below and base else line
            yield from _within(_slashed(address), "" if prefix == "." else prefix)


def count_of(asked: Sequence[str]) -> int | None:
    """Return how many maps there are, counted without a look into them; None if only the end would tell."""
    if any(each == STDIN or not is_local(each) for each in asked):
        return None
    total = 0
    for each in asked:
        for entry in _entries(_lines(each)) if _is_list(each) else (each,):
            if entry.endswith(MAP_ENDS):
                total += 1
            elif _is_list(each):
                return None
            else:
                total += sum(1 for _ in walked(_slashed(entry), MAP_FILE))
    return total


def _is_list(address: str) -> bool:
    """Tell whether an address names a list: the standard input, or a file of this machine that is no map."""
    return address == STDIN or (is_local(address) and not address.endswith(MAP_ENDS) and Path(address).is_file())


def _lines(path: str) -> Iterator[str]:
    try:
        with Path(path).open(encoding="utf-8") as file:
            yield from file
    except (OSError, UnicodeDecodeError) as error:
        raise Failure([NO_MAPS.at(f"the list cannot be read: {error}", Span(path))]) from error


def _entries(lines: Iterable[str]) -> Iterator[str]:
    """Yield what the lines of a list name, without blank ones and comments."""
    for line in lines:
        if (name := line.strip()) and not name.startswith(COMMENT):
            yield name


def _within(address: str, prefix: str) -> Iterator[Found]:
    """Yield the map at an address, or those in the folder there, in order; raises Failure if there is none."""
    if address.endswith(MAP_ENDS):
        folder, _ = beside(address)
        yield Found(address, folder, prefix or _stem(folder))
        return
    some = False
    for name in walked(address, MAP_FILE):
        some = True
        place = "/".join(filter(None, (prefix, name.rpartition("/")[0])))
        yield Found(f"{address}/{name}", address, place or _stem(address))
    if not some:
        hints = (f"name a folder with a {MAP_FILE} somewhere below it, a {MAP_FILE} itself, or a list of them",)
        raise Failure([NO_MAPS.at("there is no map", Span(address), hints=hints)])


def _folder(address: str) -> str:
    """Return the folder that an address of a map or a folder names."""
    return beside(_slashed(address))[0] if address.endswith(MAP_ENDS) else _slashed(address)


def _slashed(address: str) -> str:
    """Return an address with slashes, none at its end."""
    plain = address if SCHEME in address else address.replace(os.sep, "/")
    return plain.rstrip("/") or "/"


def _stem(address: str) -> str:
    """Return the last part of an address as the name of a folder."""
    last = _slashed(address).rpartition("/")[2]
    last = Path.cwd().name if last in ("", ".", "..") else last
    return UNSAFE.sub("-", last).strip(".-") or "maps"


def _told_apart(address: str) -> str:
    """Return a name for a folder that no other folder has."""
    whole = _slashed(address) if SCHEME in address else str(Path(address).absolute())
    return f"{_stem(address)}-{hashlib.sha256(whole.encode()).hexdigest()[:MARK]}"
