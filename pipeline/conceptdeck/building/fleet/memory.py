"""What a fleet remembers of a map: one record below the output, by which a later run knows what is up to date.

It says for each job what it read and what came of it, by digests, and for each file what was ever written there, so
that what a person has changed is kept. It is made anew if it is damaged or gone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import Any

from conceptdeck.building.fleet.tasks import Task, program
from conceptdeck.building.program import belongs_to_program
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.value import mutable
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.stores import Missing, Store

__all__ = ["FOLDER", "Ledger", "Names", "Seen", "recalled"]

FOLDER = ".fleet"  # below the output
SHIPPED, OWN, PROJECT = ("data", "themes"), "map", "project"
MARK = ":"
MOST_MADE = 4  # digests of a file that are remembered
MOST_SEEN = 4096  # digests of files that many maps read


@mutable
class Ledger:
    """The record of one map: its jobs by key, what was `made` of each file, the languages, and the map's own files.

    The `listing` of its folder tells whether anything there has changed, without a look into it; that of a folder of
    this machine is empty.
    """

    name: str
    listing: dict[str, str] = field(default_factory=dict)
    languages: dict[str, Any] = field(default_factory=dict)
    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)
    made: dict[str, list[str]] = field(default_factory=dict)
    writing: list[str] = field(default_factory=list)

    def save(self, store: Store) -> None:
        """Write it down; raises Failure if the store refuses it."""
        parts = ("listing", "languages", "jobs", "made", "writing")
        content = {part: getattr(self, part) for part in parts}
        store.write(self.name, (json.dumps(content, ensure_ascii=False, sort_keys=True) + "\n").encode())

    def remember(self, name: str, digest: str) -> None:
        """Note that a file is about to hold something of ours."""
        known = [each for each in self.made.get(name, []) if each != digest]
        self.made[name] = [*known, digest][-MOST_MADE:]


def recalled(store: Store, task: Task) -> Ledger:
    """Return the record of a map, an empty one if there is none that can be read."""
    name = hashlib.sha256(task.place.encode()).hexdigest()[:32]
    ledger = Ledger(f"{FOLDER}/{name[:2]}/{name}.json")
    with suppress(Missing, ValueError, RecursionError, TypeError, AttributeError):
        found = json.loads(store.read(ledger.name))
        kinds = {"listing": dict, "languages": dict, "jobs": dict, "made": dict, "writing": list}
        if all(isinstance(found.get(part), kind) for part, kind in kinds.items()):
            for part in kinds:
                setattr(ledger, part, found[part])
    return ledger


@mutable
class Seen:
    """Digests of files that many maps read, such as fonts: each is looked at once in a run."""

    run: str = ""
    digests: dict[Path, str | None] = field(default_factory=dict)

    def of(self, path: Path, run: str) -> str | None:
        """Return the digest of a file or a folder's names."""
        if run != self.run or len(self.digests) > MOST_SEEN:
            self.run, self.digests = run, {}
        if path not in self.digests:
            self.digests[path] = disk.digest_of(path)
        return self.digests[path]


@mutable
class Names:
    """How a record names files: from the map's folder or its project, from what is shipped, or by a whole path."""

    own: Path
    project: Path
    seen: Seen
    run: str

    def inputs(self, log: disk.Log, scratch: Path) -> dict[str, str | None]:
        """Return what a job read, without what it wrote itself and what belongs to the program."""
        return {
            self._name(path): digest
            for path, digest in sorted(log.read.items())
            if not path.is_relative_to(scratch) and not belongs_to_program(path)
        }

    def are_same(self, inputs: Mapping[str, str | None], *, own_too: bool) -> bool:
        """Tell whether files are as they were; the map's own are left out unless they are to be looked at, too."""
        return all(self._now(name) == digest for name, digest in inputs.items() if own_too or not _is_own(name))

    def _now(self, name: str) -> str | None:
        path = self._path(name)
        return disk.digest_of(path) if _is_own(name) else self.seen.of(path, self.run)

    def _name(self, path: Path) -> str:
        for mark, folder in self._folders():
            if path == folder or path.is_relative_to(folder):
                return f"{mark}{MARK}{path.relative_to(folder).as_posix()}"
        return path.as_posix()

    def _path(self, name: str) -> Path:
        mark, colon, rest = name.partition(MARK)
        folder = dict(self._folders()).get(mark)
        return folder / rest if colon and folder else Path(name)

    def _folders(self) -> tuple[tuple[str, Path], ...]:
        shipped = tuple((each, places.shipped(each)) for each in SHIPPED)
        return ((OWN, self.own), *shipped, (PROJECT, self.project))


def _is_own(name: str) -> bool:
    return name.startswith(f"{OWN}{MARK}")


def is_current(entry: Mapping[str, Any] | None, names: Names, *, own_too: bool) -> bool:
    """Tell whether a job was done by this program from what there is now."""
    with suppress(KeyError, TypeError, AttributeError, Failure):
        if entry and entry["program"] == program():
            return names.are_same(entry["inputs"], own_too=own_too)
    return False
