"""The run of a fleet: tasks go out as workers have room for them, and rows come back as they are done.

No more than a bounded number of tasks is under way at a time, so it does not matter how many there are. A task whose
worker is lost is given out again, a few times, and by itself: whichever task kills its workers is found out.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from queue import SimpleQueue

from conceptdeck.building.fleet.tasks import Row, Task
from conceptdeck.building.fleet.working import do_task, failed
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.rules import ERROR, Rule

__all__ = ["run_fleet"]

TRIES = 3  # of a task whose workers are lost
HIRES = 6  # in a row that bring nothing to an end
FIRST_WAIT = 1.0  # seconds before workers are asked for again, twice as long each time

WORKER_LOST = Rule("worker-lost", "theme and files", ERROR, "a task whose workers end before it does").because("""
    It was given to several workers, one after the other, and each of them ended: most often since its memory was full,
    or since its machine was taken away. The other maps are built; run the command again for this one, with fewer
    workers on a machine.
""")

WORKERS_GONE = Rule("workers-gone", "theme and files", ERROR, "no workers any more").because("""
    They were asked for several times, with a longer wait each time. What was built is in the store; run the command
    again when the scheduler is there: what is done is not done twice.
""")


@dataclass(eq=False, slots=True)
class _Way:
    """What is under way: tasks by their futures with the workers they lost, those to be given out again, and the room.

    Futures that have come to an end are in `ended`.
    """

    room: int
    work: Callable[[Task], tuple[Row, ...]]
    heard: Callable[[str], None]
    busy: dict[Future[tuple[Row, ...]], tuple[Task, int]] = field(default_factory=dict)
    again: deque[tuple[Task, int]] = field(default_factory=deque)
    ended: SimpleQueue[Future[tuple[Row, ...]]] = field(default_factory=SimpleQueue)
    hires: int = 0

    @property
    def has_room(self) -> bool:
        """Tell whether one more may go out; a task that has lost a worker goes by itself."""
        if (self.again and self.again[0][1]) or any(lost for _, lost in self.busy.values()):
            return not self.busy
        return len(self.busy) < self.room

    def give(self, coming: Iterator[Task], crew: Executor) -> bool:
        """Give out tasks while there is room; tell whether something is under way."""
        while self.has_room:
            if not self.again:
                task = next(coming, None)
                if task is None:
                    break
                self.again.append((task, 0))
            future: Future[tuple[Row, ...]] = crew.submit(self.work, self.again[0][0])
            self.busy[future] = self.again.popleft()
            future.add_done_callback(self.ended.put)
        return bool(self.busy)


def run_fleet(
    tasks: Iterable[Task],
    hire: Callable[[], Executor],
    room: int,
    work: Callable[[Task], tuple[Row, ...]] = do_task,
    heard: Callable[[str], None] = lambda said: None,
) -> Generator[Row, None, None]:
    """Do tasks by the workers that `hire` gives, at most `room` at a time; yield what came of each job.

    `heard` is told what happens to workers. Close the iterator to stop. Raises Failure if there are no workers.
    """
    way, coming, crew = _Way(room, work, heard), iter(tasks), hire()
    is_whole = False
    try:
        while True:
            broken: Exception | None = None
            try:
                if not way.give(coming, crew):
                    break
                future = way.ended.get()
                if future not in way.busy:  # of workers that are gone
                    continue
                task, lost = way.busy.pop(future)
                try:
                    rows = future.result()
                except CancelledError as error:
                    way.again.append((task, lost))
                    broken = error
                except Exception as error:
                    yield from _lost(way, task, lost + 1, error)
                    broken = error if isinstance(error, BrokenExecutor) else None
                else:
                    way.hires = 0
                    yield from rows
            except (BrokenExecutor, RuntimeError, OSError) as error:  # nobody takes work any more
                broken = error
            if broken:
                crew = _hired_anew(way, crew, hire, broken)
        is_whole = True
    finally:
        crew.shutdown(wait=is_whole, cancel_futures=not is_whole)


def _lost(way: _Way, task: Task, tries: int, error: Exception) -> Iterator[Row]:
    """Give a task out again, or yield that it has failed for good."""
    why = str(error) or type(error).__name__
    if tries < TRIES:
        way.heard(f"{task.source}: its worker is lost ({why}); it is given to another one")
        way.again.append((task, tries))
        return
    hints = ("run the command again with fewer workers on a machine: --workers 1",)
    found = WORKER_LOST.at(
        f"{tries} workers were lost over it, the last one since {why}", Span(task.source), hints=hints
    )
    yield failed(task, (str(found),), (found.code,))


def _hired_anew(way: _Way, crew: Executor, hire: Callable[[], Executor], error: Exception) -> Executor:
    """Return workers in place of those that are gone; what was under way is given out again."""
    why = str(error) or type(error).__name__
    way.again.extend(way.busy.values())
    way.busy.clear()
    crew.shutdown(wait=False, cancel_futures=True)
    wait = FIRST_WAIT
    while True:
        way.hires += 1
        way.heard(f"the workers are gone ({why}); others are asked for")
        if way.hires > HIRES:
            raise Failure([WORKERS_GONE.at(f"the workers are gone, and none come back: {why}")]) from error
        with suppress(Failure):
            return hire()
        time.sleep(wait)
        wait *= 2
