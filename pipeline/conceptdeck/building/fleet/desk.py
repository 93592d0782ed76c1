"""Where a worker of a fleet works: a folder of its own, with what it fetched from stores and with what it makes."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from conceptdeck.building.fleet.tasks import Task
from conceptdeck.workspace.house import STORIES_FILE, TERMS, THEMES
from conceptdeck.workspace.links import DATA, PROJECT_FILE
from conceptdeck.workspace.scratch import is_within, put, removed, scratch
from conceptdeck.workspace.stores import Missing, Store, beside, opened

__all__ = ["fetched", "listing_of", "project_here"]

LARGEST = 40_000_000  # bytes of a file that is fetched: no map needs a larger one
PROJECT_FILES = (PROJECT_FILE, f"{DATA}/{STORIES_FILE}")
PROJECT_FOLDERS = (THEMES, TERMS, f"{DATA}/{TERMS}")


_FETCHING = threading.Lock()


def listing_of(task: Task) -> tuple[Store, dict[str, str]]:
    """Return the store of a map's folder, and the files there that may belong to the map, each with its token."""
    folder, name = beside(task.source)
    store = opened(folder)
    found = store.below("")
    others = tuple(f"{each.rpartition('/')[0]}/" for each in found if each.endswith(f"/{name}"))
    listing = {
        each: token
        for each, token in found.items()
        if not each.startswith((".", *others)) and "/." not in each and is_within(each) and _size(token) <= LARGEST
    }
    if name not in listing:  # a store without listings
        if (token := store.token(name)) is None:
            raise Missing(task.source)
        listing[name] = token
    return store, listing


def _size(token: str) -> int:
    """Return the size that a token tells, 0 if it does not."""
    size = token.partition("-")[0]
    return int(size) if size.isdigit() else 0


@contextmanager
def fetched(here: Path, store: Store, listing: Mapping[str, str]) -> Iterator[None]:
    """Fetch a map with what lies beside it into the folder `here`, which is gone at the end."""
    try:
        for each in listing:
            with suppress(Missing):  # it was deleted meanwhile
                put(here / each, store.read(each))
        yield
    finally:
        removed(here)


def project_here(task: Task) -> tuple[Path, Path]:
    """Fetch the project of a map, once in a run: what the folder that was asked for has for all its maps.

    Return where it is, and where the map's own folder is to be.
    """
    folder, _ = beside(task.source)
    below = folder.removeprefix(task.root).strip("/")
    here = _home(task, task.root)
    if not below:
        own = _home(task, f"{task.source} alone")
        return own, own
    done = here.parent / "done"
    with _FETCHING:
        if not done.exists():
            _fetch_project(opened(task.root), here)
            put(done, b"")
    return here, here / below


def _home(task: Task, address: str) -> Path:
    """Return the folder for what is fetched from an address in a run; it has the same name there and here."""
    digest = hashlib.sha256(f"{task.order.run} {address}".encode()).hexdigest()[:16]
    return scratch() / "sources" / digest / (task.root.rpartition("/")[2] or "maps")


def _fetch_project(store: Store, here: Path) -> None:
    wanted = [*PROJECT_FILES]
    for folder in PROJECT_FOLDERS:
        wanted += (f"{folder}/{each}" for each in store.below(folder) if is_within(each))
    here.mkdir(parents=True)
    for each in wanted:
        with suppress(Missing):
            put(here / each, store.read(each))
