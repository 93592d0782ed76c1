"""Rules that several modules report, from the room `translation` up."""

from __future__ import annotations

from conceptdeck.values.rules import ERROR, Rule

__all__ = [
    "BAD_CATALOG",
    "DUPLICATE_ENTRY",
    "FOREIGN_FILE",
    "TRANSLATION_PLACEHOLDER",
]

BAD_CATALOG = Rule("bad-catalog", "catalogs", ERROR, "not a PO file").because("""
    From the line given on it cannot be read as gettext PO. `msgfmt --check` tells more.
""")

DUPLICATE_ENTRY = Rule("duplicate-entry", "catalogs", ERROR, "a string that is translated twice").because("""
    Each key has one entry. Keep the better one.
""")

FOREIGN_FILE = Rule("foreign-file", "catalogs", ERROR, "a file that holds no translation of this map").because("""
    An import takes XLIFF 1.2 that `i18n export` made, a map in YAML or a PO file, each of the same map.
""")

TRANSLATION_PLACEHOLDER = Rule(
    "translation-placeholder",
    "catalogs",
    ERROR,
    "a placeholder that was changed",
).because("""
    What stands in braces is filled in or shown as it is. Copy it from the source, each one as often as there.
""")
