"""Rules on templates of others: what they lack, and what follows for slides."""

from __future__ import annotations

from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = [
    "CAPITAL_TITLES",
    "CHANGED_ACCENTS",
    "FAINT_TITLE",
    "FONT_STANDS_IN",
    "LITTLE_ROOM",
    "MISSING_LAYOUT",
    "MISSING_PLACEHOLDER",
    "NO_KIND_OF_LAYOUT",
    "UNSURE_GROUND",
    "UNTITLED_LAYOUT",
]

NO_KIND_OF_LAYOUT = Rule(
    "no-kind-of-layout", "theme and files", WARNING, "a template without a kind of layout"
).because("""
    Covers, sections and lists take a layout of their own, which is known by its type or its placeholders. Where the
    template has none, they take that of all other slides. Name one under `template: layouts:` if you know better.
""")
UNTITLED_LAYOUT = Rule(
    "untitled-layout", "theme and files", WARNING, "a template without a layout that has a title"
).because("""
    Outlines, links and screen readers know slides by their title placeholder. Decks add one to the layout that slides
    take. Where it stands is a guess: add a title to a layout of the template, and import it again.
""")
LITTLE_ROOM = Rule("little-room", "theme and files", WARNING, "a template that leaves little free room").because("""
    What a slide shows must keep clear of titles, logos, bars and footers. Where these leave little, type is small and
    slides are many. Write another `area` into the theme if more of the slide may be used.
""")
CHANGED_ACCENTS = Rule(
    "changed-accents", "theme and files", WARNING, "accents that are not those of the template"
).because("""
    Accents carry text, so they need contrast with the page and with cards, and they tell things apart, so they must
    not be alike. Where those of a template are, darker or lighter shades of its scheme take their place.
""")
UNSURE_GROUND = Rule("unsure-ground", "theme and files", WARNING, "a ground whose colour is not known").because("""
    Contrast is measured with one colour for the page. Where a picture or a gradient lies below slides, look at them,
    and write another `page` into the theme if its colour is not typical.
""")
FAINT_TITLE = Rule("faint-title", "theme and files", WARNING, "titles that can hardly be read").because("""
    Titles keep the colour that the template gives them. Where they stand on something of nearly the same colour, change
    the layout or its master in the template, and import it again.
""")
FONT_STANDS_IN = Rule("font-stands-in", "theme and files", WARNING, "a font that another stands in for").because("""
    Lines are broken by the widths of letters. The faces of another family stand in, a little wider to be on the safe
    side, so lines may end earlier than they need. `conceptdeck font add` takes the font's own files.
""")
CAPITAL_TITLES = Rule("capital-titles", "theme and files", WARNING, "titles in capitals").because("""
    Whole sentences in capitals are hard to read, and wider than measured. Titles are written as typed.
""")
MISSING_LAYOUT = Rule("missing-layout", "theme and files", ERROR, "a layout that the template lacks").because("""
    The theme names layouts by their parts in the file. The file was changed since, or the name is misspelt: import the
    template again, or name another layout.
""")
MISSING_PLACEHOLDER = Rule(
    "missing-placeholder", "theme and files", ERROR, "a placeholder that its layout does not have"
).because("""
    Slides fill placeholders by type and index. The file was changed since, or the theme is wrong: import it again.
""")
