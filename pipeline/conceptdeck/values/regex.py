"""Regular expressions that are compiled when they are first used: a run uses few of all that the modules hold."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

__all__ = ["regex"]


class _Later:
    """Stands for a regular expression until something is asked of it; then it has what that has."""

    def __init__(self, written: Any, flags: int) -> None:
        self.pattern, self.asked = written, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self.asked), name)
        setattr(self, name, found)
        return found


def regex(written: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a regular expression for a module to hold; what is wrong in it raises re.error at its first use."""
    return cast("re.Pattern[AnyStr]", _Later(written, flags))
