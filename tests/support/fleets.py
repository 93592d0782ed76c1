"""What tests of fleets share: small maps in two languages, workers that are lost, and a store that fails at times."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import fsspec
from fsspec.implementations.memory import MemoryFileSystem

from conceptdeck.building.fleet.tasks import BUILT, Order, Row, Task, program
from conceptdeck.building.fleet.working import do_task
from conceptdeck.building.jobs import DeckJob

__all__ = ["MAP", "Shaky", "idle", "killed_over_one", "killed_twice", "order", "results", "stored", "write_maps"]

MAP = """\
title: {title}
core-sentence: A map can be a single sentence.
"""
CATALOG = """\
msgid ""
msgstr ""
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "title"
msgid "{title}"
msgstr "Die Karte {title}"

msgctxt "core-sentence"
msgid "A map can be a single sentence."
msgstr "Eine Karte kann ein einziger Satz sein."
"""


def write_maps(folder: Path, *names: str) -> Path:
    """Write a small map in English and German into a folder for each name; return the folder of all."""
    for name in names:
        here = folder / name
        (here / "locales").mkdir(parents=True)
        (here / "map.yaml").write_text(MAP.format(title=name.title()), encoding="utf-8")
        (here / "locales" / "de.po").write_text(CATALOG.format(title=name.title()), encoding="utf-8")
    return folder


def order(out: object, **more: object) -> Order:
    """Return an order of decks in all languages."""
    given = {"locales": ("all",), "here": str(Path.cwd()), "program": program(), "run": os.urandom(4).hex(), **more}
    return Order(str(out), DeckJob(Path("map.yaml")), None, ("atlas",), **given)


def results(folder: Path) -> dict[str, bytes]:
    """Return the decks below a folder, by their names."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.pptx"))}


def stored(address: str) -> dict[str, bytes]:
    """Return the decks below an address of a store, by their names."""
    system, root = fsspec.url_to_fs(address)
    found = (path for path in system.find(root) if path.endswith(".pptx"))
    return {path.removeprefix(f"{root}/"): bytes(system.store[path].getvalue()) for path in found}


class Shaky(MemoryFileSystem):
    """A store in memory of which every tenth call fails."""

    protocol = "shaky"
    calls = 0

    @classmethod
    def _strip_protocol(cls, path):
        return super()._strip_protocol(str(path).removeprefix("shaky://"))

    def _count(self) -> None:
        Shaky.calls += 1
        if Shaky.calls % 10 == 0:
            raise OSError("503 slow down")

    def cat_file(self, path, start=None, end=None, **more):
        self._count()
        return super().cat_file(path, start, end, **more)

    def pipe_file(self, path, value, mode="overwrite", **more):
        self._count()
        return super().pipe_file(path, value, mode, **more)

    def info(self, path, **more):
        self._count()
        return super().info(path, **more)

    def find(self, path, maxdepth=None, withdirs=False, detail=False, **more):
        self._count()
        return super().find(path, maxdepth, withdirs, detail, **more)


# --- work that workers do ------------------------------------------------------------------------


def idle(task: Task) -> tuple[Row, ...]:
    """Do nothing, and say so."""
    return (Row(task.source, task.place, "deck", "en", "atlas", BUILT),)


def killed_twice(task: Task) -> tuple[Row, ...]:
    """Do a task, but be killed in the midst of the run, twice: by the marks beside the map."""
    for mark in ("first", "second"):
        path = Path(task.source).parent.parent / mark
        if "two" in task.source and not path.exists():
            path.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return do_task(task)


def killed_over_one(task: Task) -> tuple[Row, ...]:
    """Do a task, but be killed over one of them each time."""
    if "two" in task.source:
        os.kill(os.getpid(), signal.SIGKILL)
    return do_task(task)
