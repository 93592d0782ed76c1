"""Run Graphviz: the embedded engine as a process, bounded in time."""

from __future__ import annotations

import subprocess
import sysconfig
from functools import cache, lru_cache
from pathlib import Path

from conceptdeck.layout.rules import ENGINE_FAILED
from conceptdeck.values.characters import visible
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.rules import ERROR, Rule

__all__ = ["arrange", "as_json", "embedded_engine"]

EMBEDDED = "graphviz-pure"
READING_SECONDS = 6
MOST_SAID = 300  # characters of what the engine says
SECONDS = 20  # graphs that `conceptdeck.layout.graph.ranks` lets through take less than one
CACHED_GRAPHS = 256  # diagrams that are split over many slides are often alike
REINSTALL = "install the project's requirements again: the engine comes with the package graphviz-pure"
ANOTHER = "name a `dot` program of Graphviz, or leave `--dot` out"
SMALLER = "import a part of it, or run it again when the machine is less busy"
AGAIN = "run it again when the machine is less busy; with another program, leave `--dot` out"


@cache
def embedded_engine() -> Path:
    """Return the path of the embedded layout engine, a program beside the interpreter."""
    schemes = (sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user"))
    folders = [Path(sysconfig.get_path("scripts", scheme)) for scheme in schemes]
    places = [folder / name for folder in folders for name in (EMBEDDED, f"{EMBEDDED}.exe")]
    return next((place for place in places if place.exists()), Path(EMBEDDED))


def arrange(dot: str, engine: Path | None = None) -> str:
    """Return the JSON layout of a graph in DOT, made by the embedded engine or by another `dot` program.

    Raises Failure if the engine is missing, refuses the graph or does not come to an end.
    """
    return _arrange(engine or embedded_engine(), dot)


ENGINE_SLOW = Rule("engine-slow", "theme and files", ERROR, "Graphviz takes too long over a diagram").because("""
    The run is ended after some seconds, so that no build hangs. Graphs that take long are laid out without Graphviz, so
    it is the machine that is busy, or another program that `--dot` names.
""")
ENGINE_MISSING = Rule("engine-missing", "theme and files", ERROR, "Graphviz is not there").because("""
    Diagrams are laid out by Graphviz, which comes with the installation. Install again.
""")


@lru_cache(maxsize=CACHED_GRAPHS)
def _arrange(engine: Path, dot: str) -> str:
    """Return what `engine` makes of a graph."""
    try:
        done = subprocess.run(
            [engine, "-Tjson0"], input=dot.encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:  # the process is killed by then
        raise _failure(ENGINE_SLOW, f"Graphviz did not finish a diagram in {SECONDS} s", hint=AGAIN) from error
    except OSError as error:
        own = engine == embedded_engine()
        message = "the Graphviz engine was not found" if own else f"`{engine}` cannot be run"
        raise _failure(ENGINE_MISSING, message, error.strerror, REINSTALL if own else ANOTHER) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise _failure(ENGINE_FAILED, "Graphviz refused the graph", said)
    return done.stdout.decode("utf-8", "replace")


UNREADABLE_GRAPH = Rule("unreadable-graph", "import", ERROR, "a file that Graphviz does not understand").because("""
    Graphviz itself reads graphs in DOT, and says where it stopped. Mend that place, or export the graph anew.
""")


def as_json(dot: str, path: str) -> bytes:
    """Return what a graph of others in DOT says, as JSON, without a layout; `path` is what messages show.

    Raises Failure if the engine is missing, or does not understand it or come to an end.
    """
    engine = embedded_engine()
    try:
        done = subprocess.run(
            [engine, "-Tdot_json"], input=dot.encode(), capture_output=True, timeout=READING_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Failure(
            [UNREADABLE_GRAPH.at("Graphviz did not read it in time", Span(path), hints=(SMALLER,))]
        ) from error
    except OSError as error:
        raise _failure(ENGINE_MISSING, "the Graphviz engine was not found", error.strerror, REINSTALL) from error
    if done.returncode or not done.stdout.strip():
        said = _said(done.stderr.decode("utf-8", "replace"))
        raise Failure(
            [UNREADABLE_GRAPH.at("Graphviz does not understand it", Span(path), notes=(said,) if said else ())]
        )
    return done.stdout


def _said(text: str) -> str:
    """Return what a program says on one line that a terminal may show."""
    return visible(" ".join(text.split()))[:MOST_SAID]


def _failure(rule: Rule, message: str, note: str | None = "", hint: str = "") -> Failure:
    """Return a failure of the engine."""
    return Failure([rule.at(message, notes=(note,) if note else (), hints=(hint,) if hint else ())])
