"""Turn one concept map, kept as YAML, into an editable PowerPoint deck."""

__all__ = ["__version__"]

__version__ = "0.1.0"
