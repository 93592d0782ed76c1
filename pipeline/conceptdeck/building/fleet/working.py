"""What a worker of a fleet does with a task: what is up to date is left, the rest is built here and put in the store.

Nothing but a few words goes back to who gave the task: maps and decks go between the worker and the stores.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from conceptdeck.building.fleet.desk import fetched, listing_of, project_here
from conceptdeck.building.fleet.making import AnyJob, languages, make
from conceptdeck.building.fleet.memory import Ledger, Names, Seen, is_current, recalled
from conceptdeck.building.fleet.putting import Shelf
from conceptdeck.building.fleet.tasks import ALL, BUILT, CURRENT, FAILED, KEPT, Row, Task, program
from conceptdeck.building.jobs import DiagramsJob, PageJob, as_json
from conceptdeck.building.rules import PROGRAM_FAULT
from conceptdeck.values.diagnostics import Failure, Severity, Span, told
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.value import mutable
from conceptdeck.workspace import disk, house
from conceptdeck.workspace.places import UNKNOWN_MAP
from conceptdeck.workspace.stores import SCHEME, Missing, Store, beside, forget, is_local, opened

__all__ = ["do_task", "failed"]

MANIFEST = "/diagrams/pictures.json"

OTHER_PROGRAM = Rule("other-program", "theme and files", ERROR, "a worker with another program").because("""
    The machine that gives the work and those that do it must have the same conceptdeck and the same libraries, or
    decks would depend on who built them. Install the same version on all of them, from one lock file or one image.
""")

_seen = Seen()


def do_task(task: Task) -> tuple[Row, ...]:
    """Do a task; whatever goes wrong is an outcome, not an exception."""
    try:
        return tuple(_rows(task))
    except Failure as failure:
        return (failed(task, told(failure.diagnostics), tuple(each.code for each in failure.diagnostics)),)
    except Missing:
        found = UNKNOWN_MAP.at("there is no such map", Span(task.source))
        return (failed(task, (str(found),), (found.code,)),)
    except Exception as error:
        said = f"conceptdeck: a fault of the program: {type(error).__name__}: {error}"
        return (failed(task, (said,), (PROGRAM_FAULT.code,)),)


def failed(task: Task, said: tuple[str, ...], codes: tuple[str, ...]) -> Row:
    """Return the outcome of a task of which nothing was done."""
    return Row(task.source, task.place, "map", "", "", FAILED, said=said, codes=codes)


def _rows(task: Task) -> Iterator[Row]:
    """Yield what comes of each job of a task."""
    order = task.order
    if order.program != program():
        hints = ("install the same conceptdeck on every machine",)
        raise Failure([OTHER_PROGRAM.at("this worker has another version of the program", hints=hints)])
    if _seen.run != order.run:
        forget()
    store = opened(order.out)
    ledger = recalled(store, task)
    if is_local(task.source):
        map_file = Path(order.here) / task.source.rpartition(SCHEME)[2]
        if not disk.is_file(map_file):
            raise Missing(task.source)
        away = house.standing(order.here) if order.here != os.getcwd() else nullcontext()  # noqa: PTH109
        with away:
            project = house.project_of(map_file).absolute()
            names = Names(map_file.parent.absolute(), project, _seen, order.run)
            yield from _Bench(task, Shelf(store, ledger, task.place, order.force), names, map_file).rows()
        return
    yield from _remote(task, store, ledger)


def _remote(task: Task, store: Store, ledger: Ledger) -> Iterator[Row]:
    """Yield what comes of a task whose map is in a store: it is fetched only if something there has changed."""
    home, listing = listing_of(task)
    shelf = Shelf(store, ledger, task.place, task.order.force)
    project, own = project_here(task)
    names = Names(own, project, _seen, task.order.run)
    with house.standing(str(project)):
        if listing == ledger.listing and all(listing.values()):
            rows = _Bench(task, shelf, names, own / beside(task.source)[1], is_here=False).current()
            if rows is not None:
                yield from rows
                return
        with fetched(own, home, listing):
            ledger.listing = listing
            yield from _Bench(task, shelf, names, own / beside(task.source)[1]).rows()


@mutable
class _Bench:
    """One task in work."""

    task: Task
    shelf: Shelf
    names: Names
    map_file: Path
    is_here: bool = True

    def current(self) -> list[Row] | None:
        """Return the outcome of all jobs if each is up to date, None otherwise."""
        tags = self._known_tags()
        if tags is None or self.task.order.force:
            return None
        rows = [self._current(job, key) for job, key in self._jobs(tags)]
        return [row for row in rows if row] if all(rows) else None

    def rows(self) -> Iterator[Row]:
        """Do the jobs that are not up to date; yield what came of each."""
        tags = self._known_tags()
        if tags is None:
            tags = self._read_tags()
        drawn = False
        for job, key in self._jobs(tags):
            again = self.task.order.force or (isinstance(job, PageJob) and drawn)
            row = None if again else self._current(job, key)
            row = row or self._done(job, key)
            drawn |= isinstance(job, DiagramsJob) and row.state in (BUILT, KEPT)
            yield row

    def _known_tags(self) -> tuple[str | None, ...] | None:
        """Return the languages that are asked for, None if only the map can tell."""
        order, known = self.task.order, self.shelf.ledger.languages
        if order.locales != (ALL,):
            return order.locales or (None,)
        return tuple(known["value"]) if is_current(known, self.names, own_too=self.is_here) else None

    def _read_tags(self) -> tuple[str | None, ...]:
        found, inputs = languages(self.map_file, self.names)
        self.shelf.ledger.languages = {"program": program(), "inputs": inputs, "value": list(found)}
        return found

    def _jobs(self, tags: tuple[str | None, ...]) -> Iterator[tuple[AnyJob, str]]:
        """Yield each job of the task and the key of its record."""
        order = self.task.order
        pages = tuple(tag for tag in tags if tag) if order.deck and "html" in order.deck.formats else ()
        for theme in order.themes:
            for tag in tags:
                if order.deck:
                    deck = replace(order.deck, theme=theme, locale=tag, languages=pages)
                    yield replace(deck, map_file=self.map_file), _key(deck)
                if order.diagrams:
                    drawn = replace(order.diagrams, theme=theme, locale=tag)
                    yield replace(drawn, map_file=self.map_file), _key(drawn)
            if order.diagrams:
                page = PageJob(order.diagrams.map_file, theme)
                yield replace(page, map_file=self.map_file), _key(page)

    def _current(self, job: AnyJob, key: str) -> Row | None:
        """Return the outcome of a job that is up to date, None if it is not."""
        entry = self.shelf.ledger.jobs.get(key)
        if not entry or not is_current(entry, self.names, own_too=self.is_here):
            return None
        return self._row(job, CURRENT, entry) if self.shelf.are_whole(entry["outputs"]) else None

    def _done(self, job: AnyJob, key: str) -> Row:
        """Do a job, put what it makes into the store, and write that down."""
        ledger, folder = self.shelf.ledger, self._folder(job)
        try:
            made = make(job, self.names, self._lists(job, folder))
            put = self.shelf.put({f"{folder}/{name}": data for name, data in made.outputs.items()})
            said = [self._told(str(each)) for each in made.found]
            entry = {"program": program(), "inputs": made.inputs, "outputs": put.outputs, "said": said}
            ledger.jobs[key] = entry
            ledger.save(self.shelf.store)
        except Failure as failure:
            codes = tuple(each.code for each in failure.diagnostics if each.severity is Severity.ERROR)
            return self._row(job, FAILED, {"said": map(self._told, told(failure.diagnostics))}, codes)
        except Exception as error:  # a fault of ours in one job must not take the others with it
            said = [f"conceptdeck: a fault of the program: {type(error).__name__}: {error}"]
            return self._row(job, FAILED, {"said": said}, (PROGRAM_FAULT.code,))
        codes = tuple(each.code for each in put.kept)
        entry = {**entry, "said": [*said, *map(str, put.kept)]}
        return replace(self._row(job, KEPT if put.kept else BUILT, entry, codes), cost=made.cost)

    def _folder(self, job: AnyJob) -> str:
        """Return where results of a job go: several themes have a folder each."""
        theme = Path(job.theme).stem if len(self.task.order.themes) > 1 else ""
        return f"{self.task.place}/{theme}" if theme else self.task.place

    def _lists(self, job: AnyJob, folder: str) -> dict[str, bytes]:
        """Return the lists of pictures, which the page of them is made from."""
        if not isinstance(job, PageJob):
            return {}
        outputs = (each["outputs"] for each in self.shelf.ledger.jobs.values())
        found = {name for each in outputs for name in each if name.endswith(MANIFEST) and name.startswith(f"{folder}/")}
        store = self.shelf.store
        return {name.removeprefix(f"{folder}/"): store.read(name) for name in sorted(found)}

    def _row(self, job: AnyJob, state: str, entry: Any, codes: tuple[str, ...] = ()) -> Row:
        locale = "" if isinstance(job, PageJob) else job.locale or ""
        outputs = {name: digest for name, (digest, _) in entry.get("outputs", {}).items()}
        task, said = self.task, tuple(entry["said"])
        return Row(task.source, task.place, job.kind, locale, Path(job.theme).stem, state, outputs, said, codes)

    def _told(self, text: str) -> str:
        """Return a message that says where the map is, not where it was fetched to."""
        if is_local(self.task.source):
            return text
        return text.replace(str(self.map_file.parent), beside(self.task.source)[0])


def _key(job: AnyJob) -> str:
    """Return the key of a job in the record of its map: what is asked for, not where."""
    said = {**as_json(job), "theme": job.theme, "map": ""}
    return f"{job.kind} {hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:24]}"
