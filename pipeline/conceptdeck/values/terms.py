"""Words of the deck's own: a closed set of strings that come from the program, not from the map."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple
from unicodedata import bidirectional

from conceptdeck.values.characters import ends_wide
from conceptdeck.values.cldr import lists_in
from conceptdeck.values.languages import ARROWS, LEFT_MARK, RIGHT_MARK, chain, in_place, is_rtl, kept_apart, runs_rtl
from conceptdeck.values.regex import regex
from conceptdeck.values.text import Passage, Text

__all__ = ["ENGLISH", "SEVERAL", "Forms", "Term", "Words", "clock", "say"]


class Term(Enum):
    """A string that the program itself puts on slides or into alt text; names in braces are filled in."""

    CONTINUED = "{title} ({part}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{parts})"
    NUMBERED = "{title} ({number})"
    AND_MORE = "and {count} more"
    OPENING = "Opening"
    SECTION = "{number} {name}"
    COMPARISON = "Comparison"
    RELATIONS = "Relations"
    CONCLUSION = "Conclusion"
    CLOCK = "{start} to {end} min"
    SUPPORTS = "Supports"
    RELIES_ON = "Relies on"
    RELATION = "{tail} – {phrase} – {head}"
    PAIR = "{tail} – {head}"
    SEE_PART = "see part {parts}"
    TABLE = "Table; rows: {rows}; columns: {columns}"
    LAYER_OF = "Layer {position} of {count}: {name}"
    EXAMPLE = "Example of {concept}: {example}"
    MORE = "…"
    CONCEPTS = "Concepts"
    SEEN_IN = "Examples of {concept}: {examples}"
    LENSES = "Familiar things and what each explains"
    CONNECTS = "What this map connects"
    STEPS = "Step by step"
    CATEGORIES = "Categories"
    LEVELS = "Levels"
    AIMS = "What each one wants"
    SOURCES = "Sources"
    SEE_ALSO = "See also"
    MADE_BY = "{name} by {maker}"
    ABOUT = "{name}: {text}"
    QR = "QR code: {address}"
    RISES = "Step “{tail}” leads to step “{head}”"
    GALLERY = "Pictures for articles"
    PICTURES = "Pictures"
    SKIP = "Skip to the pictures"
    ALL_PICTURES = "All pictures"
    INTRODUCTION = "Copy a snippet into an article, or download a file. Paths in snippets start from this page."
    GROUND = "Show"
    LIGHT = "Light"
    DARK = "Dark"
    WIDTH = "Width"
    FULL = "Full"
    NARROW = "Narrow"
    LANGUAGE = "Language"
    DOWNLOAD = "Download"
    COPY = "Copy {what}"
    CODE = "Code"
    OF_PICTURE = "of {title} ({language})"
    COPIED = "Copied"
    SELECTED = "Selected: press Ctrl+C or ⌘C to copy"
    NO_PICTURE = "There is nothing to show here: neither SVG nor PNG was built."
    GROUP = "{name}: {members}"
    QUESTION = "{name} ({question})"
    CHAIN = "{tail} → {head}"
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
    SWIPE = "Swipe {arrow}"
    TAP = "Tap the slide"
    ENLARGE = "Enlarge, or shrink again"
    TURN = "Turn the phone, or tap the slide, to see it larger"
    TOUCH = "Touch"
    HELP = "Help"
    CLOSE = "Close"
    NOTES = "Notes"
    ELAPSED = "Elapsed"
    PLANNED = "Planned"
    AHEAD = "{time} ahead"
    BEHIND = "{time} behind"
    START = "Start"
    PAUSE = "Pause"
    RESET = "Reset"
    CLICKS_LEFT = "Clicks left"
    SMALLER_NOTES = "Smaller notes"
    LARGER_NOTES = "Larger notes"
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
    AT_A_GLANCE = "At a glance"
    SMALL_TEXT = "Small text"
    RHYTHM = "Rhythm"
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
    EDIT = "Edit"
    SAVE = "Save"
    SAVE_NEXT = "Save, then next"
    CANCEL = "Cancel"
    UNDO = "Undo"
    SAVED = "Saved: {what}"
    UNDONE = "Undone: {what}"
    NOT_SAVED = "Not saved"
    DRAFT = "Draft"
    ROOM = "{used} of about {most} letters, lines: {lines}"
    CHECKING = "Checking …"
    CHANGED_MEANWHILE = "This text has changed meanwhile. Now it says:"
    TAKE_THAT = "Take that"
    KEEP_MINE = "Keep mine"
    EDIT_CHOSEN = "Edit the chosen text"
    UNDO_LAST = "Undo what was saved last"
    DECK_EDITS = "Edits in decks"
    TAKE_EDITS = "Take these edits"
    AS_BUILT = "As built"
    AS_HERE = "Here"
    AS_IN_DECK = "In the deck"
    BOTH_CHANGED = "Changed on both sides: choose one"
    STAYS = "Stays in the deck"
    TAKEN = "Taken: {count}"
    FOLLOW = "Follow the speaker"
    WITH_SPEAKER = "With the speaker"
    LOOKING_AROUND = "You are looking around"
    LOST = "Connection lost. Trying again …"
    TALK_ENDED = "The talk has ended"
    GOES_ON = "This slide goes on: {number} of {count}"
    CAPTIONS = "Captions"
    FOLLOWERS = "Followers: {count}"
    AUDIENCE_ADDRESS = "Address for the audience"
    JOIN = "Follow on your own screen, in your language"


SEVERAL = {Term.AND_MORE: "and {count} more", Term.SEE_PART: "see parts {parts}"}
"""What terms that go with a number say in English of all numbers but one."""


class Forms(NamedTuple):
    """The forms of a term that goes with a number, and which of them, from 0, a number takes, as gettext has it."""

    texts: tuple[str, ...]
    rule: Callable[[int], int]

    def of(self, count: int) -> str:
        """Return the form for a number; the last one does for numbers that have none."""
        return self.texts[min(self.rule(count), len(self.texts) - 1)]


ENGLISH_FORMS = {term: Forms((term.value, several), lambda count: int(count != 1)) for term, several in SEVERAL.items()}
BRACKETS = regex(r"\([^()]*\)")
SPANISH_I = regex(r"i|hi(?![ae])", re.IGNORECASE)  # what “y” gives way to “e” before (UTS #35, list patterns)
HEBREW = regex("[\u0590-\u05ff]")  # what “ו” joins without a hyphen (as above)


class Words:
    """The program's own words in one language; what has no translation is said in English."""

    def __init__(self, language: str, strings: Mapping[Term, str | Forms], texts: str = "") -> None:
        """Know the `strings` of a language, which stand among `texts` in the same language or in another one."""
        self.language = language
        self.texts = texts or language
        self._strings = dict(strings)
        self._second: Words | None = None

    def among(self, texts: str) -> Words:
        """Return the same words for texts in the language `texts`."""
        return Words(self.language, self._strings, texts)

    def beside(self, second: Words) -> Words:
        """Return the same words, of which texts say what they are in a `second` language, too."""
        made = Words(self.language, self._strings, self.texts)
        made._second = second
        return made

    def with_words(self, language: str, strings: Mapping[Term, str | Forms]) -> Words:
        """Return the words of a language; these, if they are of the same one or of its broader ones, fill in."""
        kept = self._strings if self.language in (language, *chain(language)) else {}
        return Words(language, {**kept, **strings}, self.texts)

    def say(self, term: Term, **values: object) -> str:
        """Return the term with its values filled in."""
        return self._pattern(term).format(**values)

    def text(self, term: Term, key: str) -> Text:
        """Return the term as the text called `key`, which says so if it is English among texts of another language."""
        foreign = term not in self._strings and self.texts.partition("-")[0] != ENGLISH.language
        beside = self._second.passage(term, self.texts) if self._second and not foreign else None
        return Text(self.say(term), key, language=ENGLISH.language if foreign else "", beside=beside)

    def passage(self, term: Term, first: str) -> Passage | None:
        """Return the term as what stands beside a text of the language `first`, None if it is not translated."""
        known = term in self._strings or self.texts.partition("-")[0] == ENGLISH.language
        return Passage(in_place(self.say(term), first, self.texts), language=self.texts) if known else None

    def counted(self, term: Term, count: int, **values: object) -> str:
        """Return the term in the form that the language has for a number of things."""
        return self._pattern(term, count).format(count=count, **values)

    def listed(self, texts: Iterable[object]) -> str:
        """Return texts as a list within a sentence, as the language of the texts makes it: a, b, and c."""
        patterns = lists_in(self.texts)
        items = [self._closed(str(text)) for text in texts]
        middle, last = patterns["middle"], patterns["2" if len(items) == 2 else "end"]
        return self._joined(items, [*[middle] * (len(items) - 2), last][: max(0, len(items) - 1)])

    def separated(self, texts: Iterable[object]) -> str:
        """Return texts as a list in a label or a cell, with nothing but marks between them: a, b, c."""
        known = Term.COMMA in self._strings or self.texts == ENGLISH.texts
        items = [self._closed(str(text)) for text in texts]
        pattern = f"{{0}}{self.say(Term.COMMA)}{{1}}" if known else lists_in(self.texts)["middle"]
        return self._joined(items, [pattern] * (len(items) - 1))

    def chained(self, texts: Iterable[object]) -> str:
        """Return texts of which each leads to the next, with arrows that point in the direction that they run in."""
        items = [self._closed(str(text)) for text in texts]
        return self._joined(items, [self.say(Term.CHAIN, tail="{0}", head="{1}")] * (len(items) - 1))

    def related(self, tail: object, phrase: object | None, head: object, *, directed: bool = True) -> str:
        """Return two concepts and the phrase that joins them; without one, a line or an arrow stands between them."""
        if phrase:
            return self.say(Term.RELATION, tail=tail, phrase=phrase, head=head)
        return self.chained([tail, head]) if directed else self.say(Term.PAIR, tail=tail, head=head)

    def told(self, sentences: Iterable[str]) -> str:
        """Return sentences as a text: a space follows each, unless its last mark is a wide one, as in Chinese."""
        pieces = [sentence if ends_wide(sentence) else f"{sentence} " for sentence in sentences]
        return "".join(pieces).rstrip(" ")

    def _pattern(self, term: Term, count: int = 1) -> str:
        """Return a term with its gaps; among texts from the right, English arrows are turned and brackets kept."""
        said = self._strings.get(term)
        found: str | Forms = said or ENGLISH_FORMS.get(term) or term.value
        text = found.of(count) if isinstance(found, Forms) else found
        if said is None and is_rtl(self.texts):
            return BRACKETS.sub(rf"{LEFT_MARK}\g<0>{LEFT_MARK}", text.translate(ARROWS))
        return text

    def _joined(self, items: Sequence[str], patterns: Sequence[str]) -> str:
        """Return items joined by patterns, of which there is one less; each begins with its first gap."""
        made = "".join(items[:1])
        for before, pattern, after in zip(items, patterns, items[1:], strict=False):
            sign, _, ending = pattern.removeprefix("{0}").partition("{1}")
            made += self._fitting(before, sign, after) + after + ending
        return made

    def _fitting(self, before: str, sign: str, after: str) -> str:
        """Return what joins two items of a list, as it sounds or stands between them."""
        language = self.texts.partition("-")[0]
        if language == "es" and SPANISH_I.match(after):
            sign = re.sub(r"\by(?= $)", "e", sign)
        if language == "he" and not HEBREW.match(after):
            sign = re.sub("ו$", "ו-", sign)
        return kept_apart(before, sign, after) if is_rtl(self.texts) else sign

    def _closed(self, text: str) -> str:
        """Return an item whose marks at its ends stay there, though it runs against the line that it stands in."""
        turned = runs_rtl(text, self.texts)
        if not text or turned == is_rtl(self.texts):
            return text
        mark, own = (RIGHT_MARK, ("R", "AL")) if turned else (LEFT_MARK, ("L", "EN"))
        start, end = ("" if bidirectional(char) in own else mark for char in (text[0], text[-1]))
        return f"{start}{text}{end}"


ENGLISH = Words("en", {})


def say(term: Term, **values: object) -> str:
    """Return the term in English with its values filled in."""
    return ENGLISH.say(term, **values)


def clock(minutes: float) -> str:
    """Return a time of a talk as minutes and seconds."""
    return f"{int(minutes)}:{round(minutes % 1 * 60):02d}"
