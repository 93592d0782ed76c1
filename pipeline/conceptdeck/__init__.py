"""Turn one concept map, kept as YAML, into an editable PowerPoint deck and into diagrams for articles.

`build`, `diagrams`, `check` and `load` are what the command line does, for scripts:

    import conceptdeck

    built = conceptdeck.build("world-models", theme="orbit")
    print(built.path, built.findings)

What this module exports is the interface; the rooms below it may change from one version to the next. Its names are
imported when they are first used.
"""

__all__ = [
    "BuiltDeck",
    "BuiltDiagrams",
    "Checked",
    "DeckJob",
    "Density",
    "Diagnostic",
    "DiagramsJob",
    "Failure",
    "Severity",
    "Span",
    "__version__",
    "build",
    "check",
    "diagrams",
    "load",
]

__version__ = "0.1.0"

TYPE_CHECKING = False  # as in `typing`, which takes longer to import than all of this
if TYPE_CHECKING:
    from conceptdeck.building.interface import (
        BuiltDeck,
        BuiltDiagrams,
        Checked,
        DeckJob,
        Density,
        Diagnostic,
        DiagramsJob,
        Failure,
        Severity,
        Span,
        build,
        check,
        diagrams,
        load,
    )


def __getattr__(name: str) -> object:
    """Return a name of the interface; its home is imported when the first one is used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module("conceptdeck.building.interface"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return the names of the interface."""
    return sorted({*globals(), *__all__})
