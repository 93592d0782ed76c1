"""One job of a fleet, done here: its files as bytes, what it read, and what is wrong."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from conceptdeck.building.fleet.memory import Names
from conceptdeck.building.jobs import DeckJob, DiagramsJob, PageJob
from conceptdeck.building.records import CACHE
from conceptdeck.values.collector import uncollected
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk, loading
from conceptdeck.workspace.scratch import cleared, scratch

__all__ = ["AnyJob", "Made", "languages", "make"]

AnyJob = DeckJob | DiagramsJob | PageJob
_ONE = threading.RLock()  # threads overlap their transfers; what is built here is built one by one


@frozen
class Made:
    """Files by their path below the folder of their map, what was read for them, what was found, and what it cost.

    The cost is in seconds of a processor, with what Graphviz took.
    """

    outputs: Mapping[str, bytes]
    inputs: Mapping[str, str | None]
    found: tuple[Diagnostic, ...]
    cost: float


def languages(map_file: Path, names: Names) -> tuple[tuple[str, ...], dict[str, str | None]]:
    """Return the languages of a map, and what was read to know them; raises Failure if it cannot be read."""
    log = disk.Log(lambda path, data: True)
    with _ONE, disk.logged(log):
        found = loading.languages_of(map_file)
    return found, names.inputs(log, scratch() / "out")


def make(job: AnyJob, names: Names, beside: Mapping[str, bytes]) -> Made:
    """Do a job in this process; files `beside` its own lie there, by their path below the folder of the map.

    Raises Failure with all that is wrong.
    """
    out = scratch() / "out"
    log = disk.Log(lambda path, data: True)
    with _ONE, uncollected():  # as for one deck: hardly anything is made that refers to itself
        started = _spent()
        try:
            with disk.logged(log):
                for name, data in beside.items():
                    disk.write_atomically(out / loading.read_map_file(job.map_file)[0].id / name, data)
                lent = len(log.written)
                found = _done(replace(job, out=out))
            written = [path for path in log.written[lent:] if not path.is_relative_to(out / CACHE)]
            outputs = {"/".join(path.relative_to(out).parts[1:]): path.read_bytes() for path in written}
        finally:
            cleared(out, CACHE)
        return Made(outputs, names.inputs(log, out), tuple(found), _spent() - started)


def _done(job: AnyJob) -> Sequence[Diagnostic]:
    """Do a job; return what was found."""
    if isinstance(job, DeckJob):
        from conceptdeck.building.deck import build_deck

        return build_deck(job).findings
    from conceptdeck.building import diagrams

    return diagrams.write_page(job)[1] if isinstance(job, PageJob) else diagrams.build_diagrams(job).findings


def _spent() -> float:
    """Return the seconds of a processor that this thread and the programs it ran have taken."""
    past = os.times()
    return time.thread_time() + past.children_user + past.children_system
