"""Which ways the conditional jumps of some modules took: also those within a line, as in `a if b else c`."""

from __future__ import annotations

import dis
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any, TypeVar

__all__ = ["Ways"]

Key = tuple[str, int, str, int]  # file, line and name of the code, offset of the jump
Made = TypeVar("Made")


class Ways:
    """The ways that conditional jumps took while something ran."""

    def __init__(self, *modules: ModuleType) -> None:
        self.files = {str(each.__file__) for each in modules}
        self.jumps = {key: line for file in self.files for key, line in _jumps(file)}
        self.taken: defaultdict[Key, set[int]] = defaultdict(set)

    def during(self, work: Callable[[], Made]) -> Made:
        """Return what some work makes, and note its ways."""
        before = sys.gettrace()
        sys.settrace(self._entered)
        try:
            return work()
        finally:
            sys.settrace(before)

    @property
    def missed(self) -> list[str]:
        """Return the places of the jumps that went one way only, or were never reached."""
        return sorted(
            f"{Path(key[0]).name}:{line}" for key, line in self.jumps.items() if len(self.taken.get(key, ())) < 2
        )

    def _entered(self, frame: FrameType, event: str, arg: object) -> Any:
        code = frame.f_code
        if code.co_filename not in self.files:
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        last: Key | None = None

        def step(frame: FrameType, event: str, arg: object) -> Any:
            nonlocal last
            if event == "opcode":
                if last in self.jumps:
                    self.taken[last].add(frame.f_lasti)
                last = (*_name(code), frame.f_lasti)
            return step

        return step


def _name(code: CodeType) -> tuple[str, int, str]:
    return code.co_filename, code.co_firstlineno, code.co_name


def _jumps(file: str) -> Iterator[tuple[Key, int]]:
    """Yield the conditional jumps of functions, with their lines."""
    waiting = [compile(Path(file).read_text("utf-8"), file, "exec")]
    while waiting:
        code = waiting.pop()
        waiting += [each for each in code.co_consts if isinstance(each, CodeType)]
        line = code.co_firstlineno
        for each in dis.get_instructions(code):
            line = (each.positions and each.positions.lineno) or line
            if "JUMP" in each.opname and "_IF_" in each.opname and code.co_name != "<module>":
                yield (*_name(code), each.offset), line
