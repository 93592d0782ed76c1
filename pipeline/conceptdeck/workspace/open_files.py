"""How many files and connections this process may have open at once."""

from __future__ import annotations

__all__ = ["allow_open_files"]


def allow_open_files(wanted: int) -> int:
    """Let this process have as many files open as are wanted, as far as the system lets it; return how many it may."""
    try:
        import resource  # Windows has none, and no such bound
    except ImportError:
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    allowed = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    except (OSError, ValueError):
        return soft
    return allowed
