"""Rules that several modules report, from the room `building` up."""

from __future__ import annotations

from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = [
    "FONT_NOT_EMBEDDED",
    "MISSING_OUTLINE",
    "NO_CATALOG",
    "PROGRAM_FAULT",
    "STEP_NAME",
    "UNKNOWN_LANGUAGE",
]

MISSING_OUTLINE = Rule("missing-outline", "pictures", WARNING, "characters that no font here can draw").because("""
    SVG names fonts and leaves the drawing to the reader's machine; PNG and PDF are drawn here. What no font at
    hand has an outline for is missing there. A few signs or rare letters may be; if all letters of a script are,
    nobody could read the picture, and it is refused (`undrawable-script`).
""")

STEP_NAME = Rule("step-name", "pictures", ERROR, "a diagram with the name of a step of another").because("""
    With `--steps`, the steps of the diagram `water` are in files `water-1`, `water-2` and so on, beside those of the
    other diagrams. One of these must not be called so.
""")

FONT_NOT_EMBEDDED = Rule(
    "font-not-embedded",
    "theme and files",
    WARNING,
    "fonts or characters that are not carried along",
).because("""
    A picture or a deck that brings its fonts along holds what the faces here can draw and may give away. Chinese,
    Japanese and Korean are measured without outlines, so they are left out, and so is what a font's own table of
    permissions forbids: readers' own fonts show them.
""")

UNKNOWN_LANGUAGE = Rule("unknown-language", "catalogs", ERROR, "a tag that names no language").because("""
    Tags are those of BCP 47: a language of two or three letters, a script and a region if they matter, such as
    `zh-Hans`.
""")

NO_CATALOG = Rule("no-catalog", "catalogs", ERROR, "a language that the map is not translated to").because("""
    A catalog is a file `locales/TAG.po` beside the map. `conceptdeck i18n new TAG` starts one.
""")

PROGRAM_FAULT = Rule("fault", "theme and files", ERROR, "a fault of the program").because("""
    It should not happen. Nothing was written; please report it with what `CONCEPTDECK_DEBUG=1` shows.
""")
