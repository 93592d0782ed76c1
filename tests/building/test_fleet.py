"""Fleets: the same decks whoever builds them, whatever is lost or fails on the way, and nothing is done twice."""

import gc
import json
import tracemalloc
from collections import Counter
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import fsspec
import pytest
from distributed import LocalCluster

from conceptdeck.building.deck import build_deck
from conceptdeck.building.fleet import running
from conceptdeck.building.fleet.running import run_fleet
from conceptdeck.building.fleet.sources import count_of, found_maps
from conceptdeck.building.fleet.tasks import Task
from conceptdeck.building.jobs import DeckJob, DiagramsJob
from conceptdeck.values.diagnostics import Failure
from conceptdeck.workspace import stores
from conceptdeck.workspace.executors import Alone, Processes, named, on_dask
from support.fleets import (
    MAP,
    Shaky,
    idle,
    killed_over_one,
    killed_twice,
    order,
    results,
    stored,
    write_maps,
)

NAMES = ("one", "two", "three")


@pytest.fixture(scope="module")
def maps(tmp_path_factory):
    """Return a folder with three small maps."""
    return write_maps(tmp_path_factory.mktemp("maps"), *NAMES)


@pytest.fixture(scope="module")
def alone(maps, tmp_path_factory):
    """Return the output folder of a fleet that was built in one process."""
    out = tmp_path_factory.mktemp("alone")
    assert states(fleet(maps, order(out))) == {"built": 6}
    return out


@pytest.fixture(scope="module")
def cluster():
    """Return a scheduler of Dask on the loopback address, with two workers that are processes."""
    there = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "silence_logs": 50}
    with LocalCluster(n_workers=2, threads_per_worker=1, **there) as made:
        yield made


@pytest.fixture
def shaky(monkeypatch):
    """Return the address of a store that fails every tenth call."""
    fsspec.register_implementation("shaky", Shaky, clobber=True)
    monkeypatch.setattr(stores, "FIRST_WAIT", 0.0)
    Shaky.store.clear()
    yield "shaky://bucket"
    Shaky.store.clear()


def tasks(asked, wanted):
    return (Task(wanted, each.source, each.root, each.place) for each in found_maps([str(asked)], []))


def fleet(asked, wanted, hire=Alone, room=8, **more):
    return list(run_fleet(tasks(asked, wanted), hire, room, **more))


def states(rows):
    return dict(Counter(row.state for row in rows))


# --- the same bytes ------------------------------------------------------------------------------


def test_a_fleet_builds_what_a_build_does(maps, alone, tmp_path):
    built = build_deck(DeckJob(maps / "two" / "map.yaml", out=tmp_path, locale="de"))
    assert results(alone)["two/de/two.de.pptx"] == built.path.read_bytes()
    assert sorted(results(alone)) == sorted(f"{name}/{tag}/{name}.{tag}.pptx" for name in NAMES for tag in ("de", "en"))


@pytest.mark.parametrize("hire", [partial(Processes, 2), partial(ThreadPoolExecutor, 3)], ids=["processes", "threads"])
def test_processes_and_threads_build_the_same(hire, maps, alone, tmp_path):
    assert states(fleet(maps, order(tmp_path), hire)) == {"built": 6}
    assert results(tmp_path) == results(alone)


def test_dask_builds_the_same_and_a_worker_that_is_killed_twice_is_no_matter(cluster, maps, alone, tmp_path):
    copies = write_maps(tmp_path / "maps", *NAMES)
    rows = fleet(copies, order(tmp_path / "out"), partial(on_dask, cluster.scheduler_address), work=killed_twice)
    assert states(rows).keys() <= {"built", "current"}, "results that a worker took with it are found in the store"
    assert len(rows) == 6
    assert (copies / "second").exists(), "two workers were killed"
    assert results(tmp_path / "out") == results(alone)
    again = fleet(copies, order(tmp_path / "out"), partial(on_dask, cluster.scheduler_address))
    assert states(again) == {"current": 6}


def test_maps_and_results_may_be_in_a_store_that_fails_every_tenth_call(shaky, maps, alone):
    memory = fsspec.filesystem("memory")  # what it holds is in the other one, too
    for path in filter(Path.is_file, maps.rglob("*")):
        memory.pipe_file(f"/bucket/talks/{path.relative_to(maps).as_posix()}", path.read_bytes())
    before = Shaky.calls
    assert states(fleet(f"{shaky}/talks", order(f"{shaky}/decks"))) == {"built": 6}
    assert Shaky.calls > before + 10
    assert stored(f"{shaky}/decks") == results(alone)
    assert states(fleet(f"{shaky}/talks", order(f"{shaky}/decks"))) == {"current": 6}
    memory.pipe_file("/bucket/talks/one/map.yaml", MAP.format(title="Once").encode())
    rows = fleet(f"{shaky}/talks", order(f"{shaky}/decks"), partial(ThreadPoolExecutor, 3))
    assert states(rows) == {"current": 4, "built": 2}


def test_a_store_that_is_down_fails_its_jobs_and_the_run_ends(shaky, monkeypatch, maps):
    def down(self, *given, **more):
        raise OSError("no route")

    monkeypatch.setattr(Shaky, "pipe_file", down)
    rows = fleet(maps, order(f"{shaky}/decks"))
    assert states(rows) == {"failed": 6}
    assert {code for row in rows for code in row.codes} == {"store-failed"}


# --- what is done is not done twice --------------------------------------------------------------


def test_only_what_a_change_reaches_is_built_again(tmp_path):
    maps, out = write_maps(tmp_path / "maps", *NAMES), tmp_path / "out"
    fleet(maps, order(out))
    written = {path: path.stat().st_mtime_ns for path in out.rglob("*.pptx")}
    assert states(fleet(maps, order(out))) == {"current": 6}
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.pptx")} == written
    catalog = maps / "two" / "locales" / "de.po"
    catalog.write_text(catalog.read_text("utf-8").replace("Die Karte", "Eine Karte"), encoding="utf-8")
    rows = fleet(maps, order(out))
    assert [(row.place, row.locale) for row in rows if row.state == "built"] == [("two", "de")]
    (out / "one" / "en" / "one.en.pptx").unlink()
    assert [(row.place, row.locale) for row in fleet(maps, order(out)) if row.state == "built"] == [("one", "en")]


def test_a_result_that_somebody_has_changed_is_kept_unless_it_is_forced(tmp_path):
    maps, out = write_maps(tmp_path / "maps", "one"), tmp_path / "out"
    fleet(maps, order(out))
    deck = out / "one" / "en" / "one.en.pptx"
    made = deck.read_bytes()
    deck.write_bytes(b"edited")
    rows = fleet(maps, order(out))
    assert states(rows) == {"kept": 1, "current": 1}
    assert deck.read_bytes() == b"edited"
    assert states(fleet(maps, order(out, force=True))) == {"built": 2}
    assert (deck.read_bytes(), (deck.parent / "one.en.changed-1.pptx").read_bytes()) == (made, b"edited")


def test_a_damaged_record_is_made_anew(tmp_path):
    maps, out = write_maps(tmp_path / "maps", "one"), tmp_path / "out"
    fleet(maps, order(out))
    (record,) = (out / ".fleet").rglob("*.json")
    for damage in ("{", "[]", '{"jobs": 1}', json.dumps({**json.loads(record.read_text("utf-8")), "jobs": {"x": 1}})):
        record.write_text(damage, encoding="utf-8")
        assert states(fleet(maps, order(out))) == {"built": 2}, damage


def test_diagrams_have_a_page_that_shows_every_language(tmp_path):
    maps, out = write_maps(tmp_path / "maps", "one"), tmp_path / "out"
    drawn = replace(order(out), deck=None, diagrams=DiagramsJob(Path("map.yaml"), formats=("svg",)))
    assert [(row.kind, row.state) for row in fleet(maps, drawn)] == [
        ("diagrams", "built"),
        ("diagrams", "built"),
        ("page", "built"),
    ]
    page = (out / "one" / "index.html").read_text(encoding="utf-8")
    assert "de/diagrams/" in page
    assert "en/diagrams/" in page
    assert states(fleet(maps, drawn)) == {"current": 3}


# --- what fails, and who is lost -----------------------------------------------------------------


def test_a_map_with_a_mistake_fails_alone_and_says_where(tmp_path):
    maps = write_maps(tmp_path / "maps", *NAMES)
    (maps / "two" / "map.yaml").write_text("title: Two\ncore: x\n", encoding="utf-8")
    rows = fleet(maps, order(tmp_path / "out"))
    assert states(rows) == {"built": 4, "failed": 1}
    (lost,) = (row for row in rows if row.state == "failed")
    assert "unknown-key" in lost.codes
    assert "two/map.yaml:2:1: error" in lost.said[0]


class Breaking(Alone):
    """Workers that are all gone when one of them is killed, as those of the standard library."""

    def submit(self, fn, /, *args, **kwargs):
        if "two" in args[0].source:
            future = Future()
            future.set_exception(BrokenExecutor("a process was killed"))
            return future
        return super().submit(fn, *args, **kwargs)


@pytest.mark.parametrize("hire", [partial(Processes, 2), Breaking], ids=["one is lost", "all are lost"])
def test_a_map_that_kills_its_workers_is_found_out_and_the_others_are_built(hire, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "FIRST_WAIT", 0.0)
    maps, heard = write_maps(tmp_path / "maps", *NAMES), []
    rows = fleet(maps, order(tmp_path / "out"), hire, work=killed_over_one, heard=heard.append)
    assert states(rows) == {"built": 4, "failed": 1}
    (lost,) = (row for row in rows if row.state == "failed")
    assert (lost.source, lost.codes) == (str(maps / "two" / "map.yaml"), ("worker-lost",))
    assert sum("two/map.yaml: its worker is lost" in said for said in heard) == 2


class Leaving(Alone):
    """Workers that are gone when the second piece of work comes; what was under way is cancelled."""

    def __init__(self):
        self.futures = []

    def submit(self, fn, /, *args, **kwargs):
        if self.futures:
            raise BrokenExecutor("nobody is there")
        self.futures.append(Future())
        self.futures[0].cancel()
        return self.futures[0]


def test_a_scheduler_that_is_started_again_gets_what_was_under_way(maps, alone, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "FIRST_WAIT", 0.0)
    crews = iter([Leaving(), Leaving(), Alone()])
    heard = []
    assert states(fleet(maps, order(tmp_path), lambda: next(crews), heard=heard.append)) == {"built": 6}
    assert results(tmp_path) == results(alone)
    assert heard == ["the workers are gone (nobody is there); others are asked for"] * 2


def test_a_run_ends_when_no_workers_come_back(maps, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "FIRST_WAIT", 0.0)
    with pytest.raises(Failure, match="workers-gone"):
        fleet(maps, order(tmp_path), Leaving)


def test_a_worker_with_another_program_builds_nothing(maps, tmp_path):
    rows = fleet(maps, order(tmp_path, program="another"))
    assert {row.codes for row in rows} == {("other-program",)}
    assert results(tmp_path) == {}


@pytest.mark.parametrize("name", ["nothing", "json:dumps", "json:nothing", "no.such.module:Executor", "builtins:list"])
def test_what_is_no_executor_is_told(name):
    with pytest.raises(Failure, match="no-executor"):
        named(name)


# --- any number of maps --------------------------------------------------------------------------


class Counting(ThreadPoolExecutor):
    """Threads that note how much was under way at most."""

    under_way = most = 0

    def submit(self, fn, /, *args, **kwargs):
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        future = super().submit(fn, *args, **kwargs)
        future.add_done_callback(lambda done: self._less())
        return future

    def _less(self):
        self.under_way -= 1


def many(count, wanted):
    return (Task(wanted, f"maps/{number}/map.yaml", "maps", str(number)) for number in range(count))


def test_no_more_is_under_way_than_there_is_room_for(tmp_path):
    crew = Counting(2)
    rows = run_fleet(many(100, order(tmp_path)), lambda: crew, 5, idle)
    assert states(rows) == {"built": 100}
    assert crew.most <= 5


def test_the_memory_that_a_run_takes_does_not_depend_on_how_many_maps_there_are(tmp_path):
    wanted, peaks = order(tmp_path), []
    for count in (200, 200, 3000):
        gc.collect()
        tracemalloc.start()
        assert sum(1 for _ in run_fleet(many(count, wanted), Alone, 1, idle)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < peaks[1] + 300_000, peaks  # a hundred bytes for each; other threads of the tests take some, too


# --- which maps ----------------------------------------------------------------------------------


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Return a folder with two trees of maps, as the current one."""
    monkeypatch.chdir(tmp_path)
    write_maps(tmp_path / "talks", "one", "deep/two")
    write_maps(tmp_path / "more" / "talks", "one")
    (tmp_path / "talks" / ".hidden").mkdir()
    (tmp_path / "talks" / ".hidden" / "map.yaml").touch()
    return tmp_path


def places(*asked, lines=()):
    return [(each.source, each.place) for each in found_maps(asked, lines)]


def test_each_map_of_a_tree_has_the_place_that_it_has_there(tree):
    assert places("talks") == [("talks/deep/two/map.yaml", "deep/two"), ("talks/one/map.yaml", "one")]
    assert count_of(["talks"]) == 2


def test_maps_of_two_trees_never_share_a_place(tree):
    found = places("talks", "more/talks")
    assert len({place for _, place in found}) == 3
    assert all(place.startswith("talks-") for _, place in found)
    assert [place for _, place in places("talks", "more")] == ["talks/deep/two", "talks/one", "more/talks/one"]


def test_lists_name_maps_and_folders_from_where_they_are(tree):
    (tree / "talks" / "list.txt").write_text("# some\n\none/map.yaml\ndeep\n", encoding="utf-8")
    assert places("talks/list.txt") == [
        ("talks/one/map.yaml", "one"),
        ("talks/deep/two/map.yaml", "deep/two"),
    ]
    absolute = str(tree / "talks" / "one" / "map.yaml")
    ((source, place),) = places("-", lines=[f"{absolute}\n"])
    assert (source, place.rpartition("-")[0]) == (absolute, "one")


def test_a_map_alone_and_a_folder_without_maps(tree):
    assert places("talks/one/map.yaml") == [("talks/one/map.yaml", "one")]
    with pytest.raises(Failure, match="no-maps"):
        places("talks/one/locales")
