"""Workers: processes that do pieces of work side by side and never outlive their parent."""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from conceptdeck.values.value import frozen
from conceptdeck.workspace.stops import Stopped, held, raise_stop

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

__all__ = ["Crew", "Ended", "Lost", "Tell", "Worker", "side_by_side"]

GRACE = 3.0  # seconds that a worker has to clean up once it is told to end

Tell = Callable[[Any], None]
Work = Callable[[Any, Tell], Any]


@frozen
class Ended:
    """A worker ended before its work did; `code` is its exit code, that of a signal negative."""

    code: int

    def __str__(self) -> str:
        """Say how it ended."""
        if self.code >= 0:
            return f"ended with exit code {self.code}"
        with suppress(ValueError):
            return f"was killed by {signal.Signals(-self.code).name}"
        return f"was killed by signal {-self.code}"


def side_by_side(
    work: Work, items: Sequence[Any], count: int, told: Callable[[Any, Any], None]
) -> Generator[tuple[Any, Any], None, None]:
    """Do `work` on each item in `count` processes; yield each item with its result, or Ended, as it is done.

    `work(item, tell)` may tell things on the way: `told(item, thing)` gets them. A worker that ends is replaced. Close
    the iterator to end them all; if this process ends in any way, they end by themselves.
    """
    waiting, crew = deque(items), Crew(work)
    try:
        while waiting or crew.busy:
            while waiting and len(crew.busy) < count:
                crew.give(waiting.popleft())
            for worker in crew.ready():
                item = worker.item
                try:
                    with held():
                        is_result, what = worker.line.recv()
                        if not is_result:
                            told(item, what)
                except (EOFError, OSError):
                    yield item, crew.buried(worker)
                    continue
                if is_result:
                    worker.item = None
                    worker.is_busy = False
                    yield item, what
    finally:
        crew.end(told)


@dataclass(eq=False, slots=True)
class Worker:
    """A process, the line to it, and what it works on."""

    process: BaseProcess
    line: Connection
    item: Any = None
    is_busy: bool = False


class Lost(Exception):
    """A worker ended before its work did; the work may be given to another one."""


class Crew:
    """The workers, and the pipe whose end tells them that this process is gone."""

    def __init__(self, work: Work, method: str | None = None) -> None:
        """Start nobody yet; `method` is how the system starts processes, its own if left out."""
        import multiprocessing  # of no use to a single job

        self._system: Any = multiprocessing.get_context(method)
        self._work = work
        self._workers: list[Worker] = []
        self._watched, self._life = self._system.Pipe(duplex=False)

    @property
    def busy(self) -> list[Worker]:
        """Return the workers that have something to do."""
        return [worker for worker in self._workers if worker.is_busy]

    def give(self, item: Any) -> None:
        """Let a worker that has nothing to do, or a new one, work on an item."""
        worker = next((each for each in self._workers if not each.is_busy), None) or self._new()
        worker.item, worker.is_busy = item, True
        with suppress(OSError):  # it has ended: that is seen where results are read
            worker.line.send(item)

    def ready(self) -> list[Worker]:
        """Return the workers that say something or have ended, once there is one."""
        from multiprocessing.connection import wait

        said = wait([worker.line for worker in self.busy])
        return [worker for worker in self.busy if worker.line in said]

    def buried(self, worker: Worker) -> Ended:
        """Return how a worker ended, and forget it."""
        worker.process.join()
        worker.line.close()
        self._workers.remove(worker)
        return Ended(worker.process.exitcode or 0)

    def end(self, told: Callable[[Any, Any], None]) -> None:
        """End all workers; what they told last is passed on."""
        self._life.close()
        until = time.monotonic() + GRACE
        for worker in self._workers:
            worker.process.join(max(0.0, until - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            with suppress(EOFError, OSError):
                while worker.line.poll():
                    is_result, what = worker.line.recv()
                    if not is_result:
                        told(worker.item, what)
            worker.line.close()
        self._watched.close()

    def _new(self) -> Worker:
        ours, theirs = self._system.Pipe()
        # A forked process has every pipe of its parent; kept open there, their ends would tell nobody anything.
        is_fork = self._system.get_start_method() == "fork"
        inherited = (self._life, ours, *(each.line for each in self._workers)) if is_fork else ()
        process = self._system.Process(target=_serve, args=(self._work, theirs, self._watched, inherited), daemon=True)
        process.start()
        theirs.close()
        worker = Worker(process, ours)
        self._workers.append(worker)
        return worker


# --- inside a worker -----------------------------------------------------------------------------


def _serve(work: Work, line: Connection, watched: Connection, inherited: Sequence[Connection]) -> None:
    """Do what comes down the line, until the parent wants no more or is gone."""
    import threading

    for each in inherited:
        each.close()
    for name in ("SIGINT", "SIGHUP"):  # a terminal sends them to parent and workers; the parent decides
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGTERM, raise_stop)
    try:
        threading.Thread(target=_end_with, args=(watched,), daemon=True).start()
        while True:
            try:
                item = line.recv()
            except (EOFError, OSError):
                signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it ends by itself now
                return
            result = work(item, partial(_say, line, False))
            _say(line, True, result)
    except Stopped as stop:
        signal.signal(stop.number, signal.SIG_DFL)
        signal.raise_signal(stop.number)  # whoever waits for this process learns the truth


def _say(line: Connection, is_result: bool, what: Any) -> None:
    try:
        line.send((is_result, what))
    except OSError:  # nobody listens any more
        raise Stopped(signal.SIGTERM) from None


def _end_with(watched: Connection) -> None:
    """Wait until the parent has closed the pipe or is gone, then end this process, at once if it does not listen."""
    with suppress(EOFError, OSError):
        watched.recv()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE / 2)
    os._exit(1)
