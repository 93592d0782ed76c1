"""Results of a fleet go into the store: each file whole, each once, and never over what a person has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from conceptdeck.building.fleet.memory import Ledger
from conceptdeck.building.kept import CHANGED_OUTPUT
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.value import frozen, mutable
from conceptdeck.workspace.stores import Folder, Store, digest

__all__ = ["Put", "Shelf"]


@frozen
class Put:
    """What is in the store now: each file's digest and token; and what was kept from being replaced."""

    outputs: Mapping[str, list[str]]
    kept: tuple[Diagnostic, ...]


@mutable
class Shelf:
    """The results of one map in the store, and what there is of them; a store elsewhere is asked once for all."""

    store: Store
    ledger: Ledger
    place: str
    force: bool
    listed: dict[str, str] | None = None

    def are_whole(self, outputs: Mapping[str, list[str]]) -> bool:
        """Tell whether files are what was put there; what only has another token is looked at."""
        for name, said in outputs.items():
            now = self._token(name)
            if now is None or ((not now or now != said[1]) and digest(self.store, name) != said[0]):
                return False
            said[1] = now
        return True

    def put(self, files: Mapping[str, bytes]) -> Put:
        """Put files there, by their whole names; what holds the same bytes already is left as it is."""
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        kept, waiting = [], []
        for name in files:
            there = digest(self.store, name) if self._token(name) is not None else None
            if there == digests[name]:
                continue
            known = there is None or there in self.ledger.made.get(name, ()) or self._is_torn(name)
            if known or self.force:
                if not known:
                    self._copy(name)
                waiting.append(name)
            else:
                kept.append(self._kept(name))
        self._write(files, digests, waiting)
        held = {each.span.path for each in kept}
        outputs = {
            name: [digests[name], "" if f"{self.store.address}/{name}" in held else self.store.token(name) or ""]
            for name in files
        }
        return Put(outputs, tuple(kept))

    def _write(self, files: Mapping[str, bytes], digests: Mapping[str, str], names: list[str]) -> None:
        """Write files; that they will be there is noted before, so that a worker that is killed loses nothing."""
        if any(self.ledger.made.get(name, [""])[-1] != digests[name] for name in files):
            for name in files:
                self.ledger.remember(name, digests[name])
            self.ledger.writing = names
            self.ledger.save(self.store)
        for name in names:
            self.store.write(name, files[name])
        self.ledger.writing = []

    def _is_torn(self, name: str) -> bool:
        """Tell whether a file may be half of what a killed worker wrote; in folders, files are whole or not there."""
        return name in self.ledger.writing and not isinstance(self.store, Folder)

    def _copy(self, name: str) -> None:
        """Keep a copy of what is replaced."""
        stem, dot, end = name.rpartition(".")
        number = 1
        while self.store.token(f"{stem}.changed-{number}{dot}{end}") is not None:
            number += 1
        self.store.write(f"{stem}.changed-{number}{dot}{end}", self.store.read(name))

    def _kept(self, name: str) -> Diagnostic:
        built = "edited since it was built" if name in self.ledger.made else "conceptdeck did not build it"
        ways = ("--force replaces it, and keeps a copy beside it", "--out builds into another folder")
        return CHANGED_OUTPUT.at(f"kept: {built}", Span(f"{self.store.address}/{name}"), hints=ways)

    def _token(self, name: str) -> str | None:
        if isinstance(self.store, Folder):
            return self.store.token(name)
        if self.listed is None:
            found = self.store.below(self.place)
            self.listed = {f"{self.place}/{each}": token for each, token in found.items()}
        if name not in self.listed and not self.listed:  # a store without listings
            return self.store.token(name)
        return self.listed.get(name)
