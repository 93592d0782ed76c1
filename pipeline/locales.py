"""Words of the deck's own: a closed set of strings that come from the program, not from the map."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

__all__ = ["ENGLISH", "Term", "Words", "say"]


class Term(Enum):
    """A string that the program itself puts on slides or into alt text; names in braces are filled in."""

    CONTINUED = "{title} ({part}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{parts})"
    OPENING = "Opening"
    SECTION = "{number} {name}"
    COMPARISON = "Comparison"
    RELATIONS = "Relations"
    CONCLUSION = "Conclusion"
    CLOCK = "{start} to {end} min"
    SUPPORTS = "Supports"
    RELIES_ON = "Relies on"
    RELATION = "{tail}: {phrase}: {head}"
    TABLE = "Table with {rows} rows: {columns}"
    RINGS = "Ring {position} of {count}: {name}"
    EXAMPLE = "{concept} is seen in {example}"
    MORE = "…"
    SEEN_IN = "Examples of {concept}: {examples}"
    MADE_BY = "{name} by {maker}"
    ABOUT = "{name}: {text}"
    RISES = "Step {tail} leads to step {head}"
    GALLERY = "Pictures for articles"
    PICTURES = "Pictures"
    SKIP = "Skip to the pictures"
    INTRODUCTION = "Copy a snippet into an article, or download a file. Paths in snippets start from this page."
    GROUND = "Show"
    BOTH = "Light and dark"
    LIGHT = "Light"
    DARK = "Dark"
    ON_DARK = "{title} (on a dark page)"
    LANGUAGE = "Language"
    ALL = "All"
    DOWNLOAD = "Download"
    COPY = "Copy {what}"
    OF_PICTURE = "of {title} ({language})"
    COPIED = "Copied"
    SELECTED = "Selected: press Ctrl+C or ⌘C to copy"
    NO_PICTURE = "There is nothing to show here: neither SVG nor PNG was built."
    GROUP = "{name}: {members}"
    LAYER = "Layer"
    EXAMPLES = "Examples"
    LEADS_TO = "All of this leads to {goal}"
    SENTENCE = "{text}."
    COMMA = ", "
    UNTRANSLATED = "Not translated yet: {keys}"
    LANGUAGE_NAME = "English"
    SLIDES = "Slides"
    TO_SLIDES = "Skip to the slides"
    SLIDE_OF = "Slide {number} of {count}: {title}"
    NEXT = "Next"
    PREVIOUS = "Back"
    FIRST_SLIDE = "First slide"
    LAST_SLIDE = "Last slide"
    NEXT_SLIDE = "Next slide"
    OVERVIEW = "Overview"
    SPEAKER_VIEW = "Speaker view"
    FULL_SCREEN = "Full screen"
    KEYBOARD = "Keyboard"
    CLOSE = "Close"
    NOTES = "Notes"
    ELAPSED = "Elapsed"
    PLANNED = "Planned"
    AHEAD = "{time} ahead"
    BEHIND = "{time} behind"
    START = "Start"
    PAUSE = "Pause"
    RESET = "Reset"
    WINDOW_BLOCKED = "The browser blocked the window: allow this page to open one."
    END = "End"
    PREVIEW = "Preview"
    MAP = "Map"
    THEME = "Theme"
    STORY = "Story"
    DENSITY = "Density"
    AS_STORY = "As in the story"
    FOR_READING = "For reading"
    FOR_TALKING = "For a talk"
    DIAGRAMS = "Diagrams"
    SIDE_BY_SIDE = "Side by side"
    SECOND_LANGUAGE = "Second language"
    NO_NOTES = "No notes"
    STRINGS = "Texts"
    SEARCH = "Search all texts"
    NOTHING_FOUND = "Nothing found"
    FINDINGS = "Findings"
    NO_FINDINGS = "No findings"
    ERROR = "Error"
    WARNING = "Warning"
    TRANSLATED = "Translated"
    STALE = "Out of date"
    MISSING = "Not translated"
    SOURCE_TEXT = "Source"
    SINGLE_KEYS = "Use these keys"
    LAST_GOOD = "What you see is the last state without errors."
    NOTHING_YET = "There is nothing to show until this is mended."
    ENDED = "The preview has ended. Start it again, then open its new address."
    UPDATED = "Updated: {titles}"
    MENDED = "No more errors"
    FAULT = "A fault of the program; the terminal tells more"
    NEXT_BOARD = "Next or previous"
    FIRST_BOARD = "First or last"
    NEXT_LANGUAGE = "Next language; with Shift, the one before"
    NEXT_THEME = "Next theme; with Shift, the one before"
    SLIDES_OR_DIAGRAMS = "Slides or diagrams"
    NEXT_FINDING = "Next finding"
    POSITION = "{number} of {count}"
    ELSEWHERE = "On no slide"
    LOADING = "Loading …"
    ON_SLIDE = "Slide {number}"


class Words:
    """The program's own words in one language; what has no translation is said in English."""

    def __init__(self, language: str, strings: Mapping[Term, str]) -> None:
        """Know the `strings` of a language."""
        self.language = language
        self._strings = dict(strings)

    def say(self, term: Term, **values: object) -> str:
        """Return the term with its values filled in."""
        return self._strings.get(term, term.value).format(**values)


ENGLISH = Words("en", {})


def say(term: Term, **values: object) -> str:
    """Return the term in English with its values filled in."""
    return ENGLISH.say(term, **values)
