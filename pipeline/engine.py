"""Run Graphviz: the embedded engine through the `graphviz` package, bounded in time."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import graphviz
from graphviz.backend import dot_command

from pipeline.diagnostics import Diagnostic, Failure

__all__ = ["arrange", "embedded_engine"]

EMBEDDED = "graphviz-pure"


def embedded_engine() -> Path:
    """Return the path of the embedded layout engine, a program beside the interpreter."""
    scripts = Path(sysconfig.get_path("scripts"))
    names = (EMBEDDED, f"{EMBEDDED}.exe")
    return next((scripts / name for name in names if (scripts / name).exists()), Path(EMBEDDED))


def arrange(dot: str) -> str:
    """Return the JSON layout of a graph in DOT.

    Raises Failure if the engine is missing or refuses the graph.
    """
    dot_command.DOT_BINARY = embedded_engine()
    try:
        return str(graphviz.Source(dot).pipe(format="json", encoding="utf-8", quiet=True))
    except graphviz.ExecutableNotFound as error:
        hint = "install the project's requirements again: the engine comes with the package graphviz-pure"
        raise Failure([Diagnostic("engine-missing", "the Graphviz engine was not found", hints=(hint,))]) from error
    except graphviz.CalledProcessError as error:
        note = (error.stderr or "").strip()
        raise Failure([Diagnostic("engine-failed", "Graphviz refused the graph", notes=(note,))]) from error
