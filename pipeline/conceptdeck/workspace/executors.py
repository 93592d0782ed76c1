"""Executors: who does the work of a fleet, each as `concurrent.futures` has it, so that others can take their place."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from importlib import import_module
from typing import Any

from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.value import mutable
from conceptdeck.workspace.workers import Crew, Lost, Tell, Worker

__all__ = ["MOST_UNDER_WAY", "Alone", "Processes", "named", "on_dask"]

STARTED = "spawn" if os.name == "nt" else "forkserver"  # a process with threads is not to be forked
MOST_UNDER_WAY = 256  # tasks that others hold for their workers
SECONDS = "30 s"  # that a scheduler may take to answer

NO_EXECUTOR = Rule("no-executor", "theme and files", ERROR, "nobody to do the work").because("""
    `--scheduler` needs Dask (`pip install "conceptdeck[fleet]"`) and the address of a scheduler that runs;
    `--executor` needs the name of a class or function, such as `mpi4py.futures:MPIPoolExecutor`, which gives what
    `concurrent.futures` calls an Executor.
""")


class Alone(Executor):
    """Does each piece of work at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it, and return its result."""
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


class Processes(Executor):
    """Processes that never outlive this one; who is lost is replaced, and only the work that was lost fails."""

    def __init__(self, count: int) -> None:
        """Start `count` processes, each once there is work for it."""
        from multiprocessing import Pipe  # of no use to who works alone

        self._count = count
        self._waiting: deque[tuple[Future[Any], Call]] = deque()
        self._lock = threading.Lock()
        self._is_open, self._is_left = True, False
        self._heard, self._bell = Pipe(duplex=False)
        self._thread = threading.Thread(target=self._run, name="crew", daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Give work to the next process that has none; raises RuntimeError after the shutdown."""
        future: Future[Any] = Future()
        with self._lock:
            if not self._is_open:
                raise RuntimeError("no work is taken after the shutdown")
            self._waiting.append((future, Call(fn, args, kwargs)))
            self._bell.send(None)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work, and end the processes: once all is done, or at once if that is not waited for."""
        with self._lock:
            was_open, self._is_open = self._is_open, False
            self._is_left |= not wait
            if cancel_futures or not wait:
                while self._waiting:
                    self._waiting.popleft()[0].cancel()
            if was_open or not wait:
                with suppress(OSError):
                    self._bell.send(None)
        self._thread.join()

    def _run(self) -> None:
        from multiprocessing.connection import wait

        crew, held = Crew(_called, STARTED), dict[int, Future[Any]]()
        try:
            while self._feed(crew, held):
                said = wait([self._heard, *(worker.line for worker in crew.busy)])
                if self._heard in said:
                    self._heard.recv()
                for worker in crew.busy:
                    if worker.line in said:
                        _take(crew, worker, held.pop(id(worker.item)))
        finally:
            crew.end(lambda item, what: None)
            for future in held.values():
                future.set_exception(Lost("the run was ended"))

    def _feed(self, crew: Crew, held: dict[int, Future[Any]]) -> bool:
        """Give what waits to those who have nothing to do; tell whether there is anything left to wait for."""
        with self._lock:
            while self._waiting and len(crew.busy) < self._count:
                future, call = self._waiting.popleft()
                if future.set_running_or_notify_cancel():
                    held[id(call)] = future
                    crew.give(call)
            return not self._is_left and (self._is_open or bool(held))


@mutable
class Call:
    """A piece of work."""

    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


def _take(crew: Crew, worker: Worker, future: Future[Any]) -> None:
    """Take what a worker says: its result, what was raised, or that it has ended."""
    try:
        _, (is_result, value) = worker.line.recv()
    except (EOFError, OSError):
        future.set_exception(Lost(f"the process {crew.buried(worker)}"))
        return
    worker.item, worker.is_busy = None, False
    if is_result:
        future.set_result(value)
    else:
        future.set_exception(value)


def _called(item: Call, tell: Tell) -> tuple[bool, Any]:
    """Do a piece of work in a process of the crew; what it raises is an outcome, too."""
    try:
        return True, item.fn(*item.args, **item.kwargs)
    except Exception as error:
        return False, error


def on_dask(address: str) -> Executor:
    """Return the workers of a Dask scheduler; raises Failure if it does not answer.

    They leave together with the executor's shutdown: a client that was opened for it is closed.
    """
    try:
        from distributed import client  # in an extra
    except ImportError as error:
        hint = 'pip install "conceptdeck[fleet]"'
        raise Failure([NO_EXECUTOR.at("`--scheduler` needs Dask's `distributed`", hints=(hint,))]) from error
    try:
        opened: Any = client.Client
        return _Dask(opened(address, timeout=SECONDS, set_as_default=False))
    except (OSError, ValueError, TimeoutError) as error:
        hints = ("start one: dask scheduler", "name it as it says itself: tcp://ADDRESS:8786")
        raise Failure([NO_EXECUTOR.at(f"no scheduler answers at {address}: {error}", hints=hints)]) from error


class _Dask(Executor):
    """A Dask client as an executor that closes the client at its shutdown."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._inner = client.get_executor(pure=False)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = self._inner.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._client.close(timeout=SECONDS)


def named(name: str) -> Executor:
    """Return what `package.module:name` makes without arguments; raises Failure if that is no executor."""
    module, _, rest = name.partition(":")
    try:
        made = getattr(import_module(module), rest)()
    except (ImportError, AttributeError, ValueError, TypeError) as error:
        raise Failure([NO_EXECUTOR.at(f"`{name}` makes no executor: {error}")]) from error
    if not callable(getattr(made, "submit", None)):
        raise Failure([NO_EXECUTOR.at(f"`{name}` makes a {type(made).__name__}, which takes no work")])
    executor: Executor = made
    return executor
