"""Signals that stop a run: raised in the midst of it, but never between putting a file in place and saying so."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

__all__ = ["Stopped", "held", "raise_stop", "stoppable"]

STOPS = ("SIGINT", "SIGTERM", "SIGHUP")
AS_STARTED = (signal.SIG_DFL, signal.default_int_handler)  # whoever set another handler, as `nohup` does, is heeded


class Stopped(KeyboardInterrupt):
    """A signal has stopped the run; everything is cleaned up as after Ctrl+C."""

    def __init__(self, number: int) -> None:
        """Keep the signal's number."""
        super().__init__(signal.Signals(number).name)
        self.number = number


class _Hold:
    """How many are holding stops back on the main thread, where signals arrive, and the signal that waits."""

    count = 0
    waiting: int | None = None


def raise_stop(number: int, frame: FrameType | None) -> None:
    """Raise Stopped for a signal, or once nobody holds it back."""
    if _Hold.count:
        _Hold.waiting = number
    else:
        raise Stopped(number)


@contextmanager
def stoppable() -> Iterator[None]:
    """Raise Stopped inside when the process is told to end, so that nothing half-done stays."""
    numbers = [getattr(signal, name) for name in STOPS if hasattr(signal, name)]
    before: dict[int, Any] = {}
    with suppress(ValueError):  # signals are for the main thread only
        for number in numbers:
            if signal.getsignal(number) in AS_STARTED:
                before[number] = signal.signal(number, raise_stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def held() -> Iterator[None]:
    """Hold stops back inside, for a deed and the word of it; what came meanwhile is raised at the end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _Hold.count += 1
    try:
        yield
    finally:
        _Hold.count -= 1
        if not _Hold.count and _Hold.waiting is not None:
            number, _Hold.waiting = _Hold.waiting, None
            raise Stopped(number)
