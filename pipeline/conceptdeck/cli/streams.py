"""What is printed goes where somebody may read it or not: that never changes what a command does."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from conceptdeck.values.regex import regex

__all__ = ["UNHEARD", "UNTOLD", "streams"]

UNTOLD = 74  # EX_IOERR of sysexits.h
UNHEARD = 141  # 128 + SIGPIPE, as shells count
UNSAFE = regex(
    "[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
ESCAPE = "\x1b"
OWN = "\r\x1b[K"  # what takes a line of progress off a terminal
STANDARD = 2  # the last of the three that every process has


class _Stream:
    """A stream whose faults are kept, not raised: what cannot be told is left out, and the work goes on."""

    def __init__(self, inner: TextIO) -> None:
        self._inner = inner
        self.fault: int | None = None  # the number of the first error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    @property
    def buffer(self) -> _Bytes:
        """The stream of bytes below, for what is no text but a product."""
        return _Bytes(self)

    def write(self, text: str) -> int:
        """Write text without what would steer a terminal or turn the direction of what follows."""
        if not isinstance(text, str):
            raise TypeError(f"a stream of text takes no {type(text).__name__}")
        if self.fault is None:
            try:
                self._inner.write(_safe(text))
            except UnicodeEncodeError:
                encoding = self._inner.encoding or "ascii"
                self._inner.write(_safe(text).encode(encoding, "backslashreplace").decode(encoding))
            except OSError as error:
                self._give_up(error)
        return len(text)

    def flush(self) -> None:
        """Hand on what was written."""
        if self.fault is None:
            try:
                self._inner.flush()
            except OSError as error:
                self._give_up(error)

    def write_bytes(self, data: bytes) -> int:
        """Write a product as it is."""
        if self.fault is None:
            try:
                self._inner.flush()
                self._inner.buffer.write(data)
                self._inner.buffer.flush()
            except OSError as error:
                self._give_up(error)
        return len(data)

    def _give_up(self, error: OSError) -> None:
        """Write nothing more; what is still to be flushed goes nowhere."""
        self.fault = error.errno or errno.EIO
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._inner.fileno())
        os.close(nowhere)


class _Bytes:
    """The bytes of a stream whose faults are kept."""

    def __init__(self, stream: _Stream) -> None:
        self.write, self.flush = stream.write_bytes, stream.flush


def _safe(text: str) -> str:
    """Return text with escapes, as in JSON, for characters of control and of direction but our own."""
    head, rest = (OWN, text.removeprefix(OWN)) if text.startswith(OWN) else ("", text)
    if rest.replace("\n", "").isprintable():  # as most text: the expression takes a while to be made
        return head + rest
    rest = UNSAFE.sub(_escaped, rest)
    return head + rest.replace(ESCAPE, "\\u001b")


def _escaped(found: Any) -> str:
    return f"\\u{ord(found[0]):04x}"


@contextmanager
def streams() -> Iterator[None]:
    """Print as far as somebody reads inside; an exit code of 0 says afterwards that all was printed.

    Otherwise it is `UNHEARD` if the reader went away and `UNTOLD` if there was no room. Other codes stay as they are.
    """
    _open_standard()
    before = sys.stdout, sys.stderr
    made = [_Stream(each if each is not None else Path(os.devnull).open("w")) for each in before]  # noqa: SIM115
    sys.stdout, sys.stderr = made
    try:
        yield
    except SystemExit as leaving:
        for each in made:
            each.flush()
        faults = {each.fault for each in made} - {None}
        if leaving.code in (None, 0) and faults:
            raise SystemExit(UNHEARD if faults == {errno.EPIPE} else UNTOLD) from None
        raise
    finally:
        for each in made:
            each.flush()
        sys.stdout, sys.stderr = before


def _open_standard() -> None:
    """Let the numbers of the three standard streams be taken, so that no file of ours gets one of them."""
    opened = os.open(os.devnull, os.O_RDWR)
    while opened <= STANDARD:
        opened = os.open(os.devnull, os.O_RDWR)
    os.close(opened)
