"""Languages: tags in their standard form (BCP 47), what they fall back on, their script and its direction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby
from unicodedata import bidirectional, category, east_asian_width, name

from conceptdeck.values.regex import regex

__all__ = [
    "ARROWS",
    "LEFT_MARK",
    "RIGHT_MARK",
    "chain",
    "culture",
    "direction",
    "in_order",
    "in_place",
    "is_rtl",
    "is_same",
    "is_western",
    "kept_apart",
    "nearest",
    "runs_rtl",
    "script",
    "spelled",
    "standard_tag",
    "stretches",
]

SOURCE = "en"
SOURCE_CULTURE = "en-US"

RTL_SCRIPTS = frozenset({  # ISO 15924; by Unicode the letters of these run from right to left
    "Adlm", "Arab", "Aran", "Armi", "Avst", "Chrs", "Cprt", "Elym", "Gara", "Hatr", "Hebr", "Hung", "Khar", "Lydi",
    "Mand", "Mani", "Mend", "Merc", "Mero", "Narb", "Nbat", "Nkoo", "Orkh", "Ougr", "Palm", "Phli", "Phlp", "Phlv",
    "Phnx", "Prti", "Rohg", "Samr", "Sarb", "Sidt", "Sogd", "Sogo", "Syrc", "Syre", "Syrj", "Syrn", "Thaa", "Yezi",
})  # fmt: skip
WESTERN_SCRIPTS = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Geor"})  # set in the font that Office calls latin
UNKNOWN_SCRIPT = "Zzzz"
LIKELIER = {"grc": "Grek"}  # where CLDR takes a script that has died out: Ancient Greek in Cypriot syllables
PSEUDO = frozenset({"XA", "XB"})  # territories of made-up languages, for tests
ENGLISH = regex(r"en(?:-[A-Z]{2})?")
WITH_SCRIPT = regex(r"[a-z]{2,3}-([A-Z][a-z]{3})(?:-[A-Z]{2})?")
STRONG = {"L": False, "R": True, "AL": True}  # classes of characters that have a direction (UAX #9)
PLAIN = regex(r"(?!iw|in|ji|jw|mo|sh|tl)[a-z]{2}(?:-[A-Z]{2}|-[A-Z][a-z]{3})?")  # in standard form, if a tag
GETTEXT = regex(r"([A-Za-z]+)((?:_\w+)?)(?:\.[\w-]+)?(?:@(\w+))?")  # language, territory, encoding, modifier
MODIFIERS = {"": "", "euro": "", "latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva", "arabic": "Arab"}
CULTURES = {"ar": "SA"}  # where Office does not take the territory with the most speakers
SCRIPTS = {  # by the word that the names of a script's characters begin with, as ISO 15924 says it
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARMENIAN": "Armn", "GEORGIAN": "Geor", "ARABIC": "Arab",
    "HEBREW": "Hebr", "SYRIAC": "Syrc", "THAANA": "Thaa", "CJK": "Hani", "HIRAGANA": "Hira", "KATAKANA": "Kana",
    "BOPOMOFO": "Bopo", "HANGUL": "Hang", "THAI": "Thai", "LAO": "Laoo", "KHMER": "Khmr", "MYANMAR": "Mymr",
    "DEVANAGARI": "Deva", "BENGALI": "Beng", "GURMUKHI": "Guru", "GUJARATI": "Gujr", "TAMIL": "Taml", "TELUGU": "Telu",
    "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh", "ETHIOPIC": "Ethi", "TIBETAN": "Tibt",
}  # fmt: skip
MIXED = {  # scripts that are written with letters of several
    "Jpan": {"Hani", "Hira", "Kana"}, "Kore": {"Hang", "Hani"}, "Hans": {"Hani", "Bopo"}, "Hant": {"Hani", "Bopo"},
}  # fmt: skip
BEFORE_WORD = regex(r"(?:\d[\d.,:/]*[-\u2010\u2011]?|[.@#])$")  # of a word: 3D, 2.5-D, .NET, @name
AFTER_WORD = regex(r"(?:[-\u2010\u2011./:_'’]?\d+|[+#]| \d[\d.,:]*(?<=\d))*")  # of a word: C++, GPT-4, Windows 11
WRITERS = {"Hani": "zh-CN", "Grek": "el-GR", "Cyrl": "ru-RU"}  # of words in many a map: known without the register
HAN_WITH = frozenset({"HIRAGANA", "KATAKANA", "HANGUL"})  # letters beside which Chinese ones are not Chinese
LETTERS_KNOWN = 8192
MEANT = {"no": "nb"}  # what people write who name a language that has several forms: Norwegian is Bokmål
FAR = 25  # how far a language may be from one that serves its readers, as CLDR measures it

LEFT_MARK, RIGHT_MARK = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
ARABIC_COMMA = regex(f"\N{ARABIC COMMA}(?!{RIGHT_MARK})")
SIGNED = regex(  # what begins or ends with a sign that would stand at its other side in a line from the right
    rf"(?<![\w{LEFT_MARK}{RIGHT_MARK}])(?:"
    rf"[-+\u2212\u00b1](?=[^\W\d_]?\W?[0-9\u06f0-\u06f9])"  # -5 %, +2.5, -$5
    r"|[.@#](?=[A-Za-z])"  # .NET, @name, #tag
    rf"|(?=[0-9]+\+(?![\w{LEFT_MARK}])))"  # 18+
)
ENDED = regex(rf"(?:(?<=[A-Za-z])[+#]+|(?<=[0-9])\+)(?![\w{LEFT_MARK}{RIGHT_MARK}+#])")  # C++, C#, 18+
ARROWS = str.maketrans("→←", "←→")  # Unicode mirrors brackets in text that runs from the right, but no arrows


def spelled(tag: str) -> str:
    """Return a language tag as BCP 47 writes it; what names no language stays as it is."""
    return tag if PLAIN.fullmatch(tag) else standard_tag(tag) or tag


@cache
def is_same(tag: str, other: str) -> bool:
    """Tell whether two tags name one language when all that goes without saying is said: `de` is `de-DE`."""
    from langcodes import Language

    one, two = standard_tag(tag), standard_tag(other)
    return bool(one and two) and Language.get(str(one)).maximize() == Language.get(str(two)).maximize()


@cache
def standard_tag(tag: str) -> str | None:
    """Return a language tag as BCP 47 writes it; None if it names no language.

    Names of gettext's are understood, too: `zh_TW` is `zh-TW`, `sr@latin` is `sr-Latn`.
    """
    from langcodes import Language  # here: it takes longer to import than a small map to read
    from langcodes.tag_parser import LanguageTagError

    found = GETTEXT.fullmatch(tag)
    if found and (modifier := found[3] or "") in MODIFIERS:
        tag = "-".join(filter(None, (found[1], MODIFIERS[modifier], found[2].strip("_"))))
    try:
        known = Language.get(tag, normalize=True)
    except (LanguageTagError, ValueError):
        return None
    return str(known.to_tag()) if known.is_valid() else None


@cache
def chain(tag: str) -> tuple[str, ...]:
    """Return a tag and the broader ones that stand in for it, the nearest first: `zh-TW`, `zh-Hant`, `zh`.

    A script that goes without saying is taken into account, so that no other script of the language comes before it.
    Norwegian stands for Bokmål.
    """
    from langcodes import Language

    found = Language.get(tag)
    broader = [str(each) for each in found.broader_tags()]
    written = str(Language.make(language=found.language, script=found.maximize().script).to_tag())
    tags = [*broader[:1], *(each for each in broader[1:] if "-" in each), written, str(found.language)]
    tags += [MEANT[tags[-1]]] if tags[-1] in MEANT else []
    return tuple(dict.fromkeys(each for each in tags if not each.startswith("und")))


def nearest(wanted: Iterable[str], offered: Iterable[str]) -> str | None:
    """Return the offered language that serves who wants some, the dearest first; None if none of them does.

    CLDR tells which languages serve readers of another one: `de` those of `gsw`, `zh-Hans` those of `zh-CN`.
    """
    from langcodes import closest_supported_match
    from langcodes.tag_parser import LanguageTagError

    tags = tuple(offered)
    for tag in wanted:
        try:
            found: str | None = closest_supported_match(tag, tags, max_distance=FAR)
        except LanguageTagError:
            continue
        if found:
            return found
    return None


@cache
def script(tag: str) -> str:
    """Return the script that a language is written in, as ISO 15924 names it, such as `Hans` or `Latn`.

    It is the one in the tag, else the likely one (CLDR); `Zzzz` if it is not known, or the tag names no language.
    """
    if ENGLISH.fullmatch(tag):
        return "Latn"  # without the import: most maps are in English
    if found := WITH_SCRIPT.fullmatch(tag):
        return found[1]
    if not tag:
        return UNKNOWN_SCRIPT
    from langcodes import Language

    try:
        known = Language.get(tag)
        return known.script or LIKELIER.get(known.language or "") or known.maximize().script or UNKNOWN_SCRIPT
    except ValueError:  # LanguageTagError is one
        return UNKNOWN_SCRIPT


@cache
def culture(tag: str) -> str:
    """Return the culture that Office knows a language by: `zh-Hans` is `zh-CN`, `de` is `de-DE`, `en` is `en-US`."""
    if tag == SOURCE:
        return SOURCE_CULTURE
    from langcodes import Language

    found = Language.get(tag)
    language = str(found.language)
    territory = found.territory or CULTURES.get(language)
    if not territory or territory in PSEUDO:
        territory = CULTURES.get(language) or Language.make(language=language, script=found.script).maximize().territory
    if Language.make(language=language, territory=territory).maximize().script == script(tag):
        return f"{language}-{territory}"
    return f"{language}-{script(tag)}-{territory}"


def is_western(tag: str) -> bool:
    """Tell whether a language is set in what Office calls the Latin font, not in those of other scripts."""
    return script(tag) in WESTERN_SCRIPTS


@cache
def is_rtl(tag: str) -> bool:
    """Tell whether a language is written from right to left: whether its script is."""
    return script(tag) in RTL_SCRIPTS


def runs_rtl(text: str, tag: str) -> bool:
    """Tell whether a text of a language runs from right to left; all outputs ask here.

    It runs as all its letters do, such as code in an Arabic text or a Hebrew sentence in an English one. If there are
    letters of both directions, or of none, it runs as its language does. Marks that keep signs in their places from the
    left are no letters.
    """
    if text.isascii() and not is_rtl(tag):
        return False
    strong = {STRONG[kind] for kind in map(bidirectional, {*text} - {LEFT_MARK}) if kind in STRONG}
    return strong.pop() if len(strong) == 1 else is_rtl(tag)


def in_order(text: str, tag: str) -> str:
    """Return a text in which Latin words, and numbers with a sign, are seen as they are read: A، B, -5 %, C++.

    A sign before a number has no direction of its own (UAX #9, class ES), nor has one beside a word: in a line from the
    right they change sides. Nor has the comma (class CS): between two Latin words it runs from left to right with them,
    so that the second stands where the first is read. A mark beside the sign, which nobody sees, prevents it.
    """
    if not is_rtl(tag):
        return text

    def marked(found: re.Match[str]) -> str:
        return kept_apart(found.string[: found.start()], found[0], found.string[found.end() :])

    signed = ENDED.sub(rf"\g<0>{LEFT_MARK}", SIGNED.sub(rf"{LEFT_MARK}\g<0>", text))
    return ARABIC_COMMA.sub(marked, signed)


def in_place(text: str, first: str, second: str) -> str:
    """Return a line in a `second` language among lines of a `first` one, with marks that keep its signs in place.

    It needs them where the two run in different directions.
    """
    if is_rtl(first) == is_rtl(second):
        return text
    mark = RIGHT_MARK if is_rtl(second) else LEFT_MARK
    return f"{mark}{text}{mark}"


def kept_apart(before: str, between: str, after: str) -> str:
    """Return what stands between two texts in a line that runs from the right, with the mark that keeps their order.

    It needs none if a letter of the line's own direction stands there, or at the near end of one of the texts.
    """
    if _first_strong(between) or _first_strong(reversed(before)) != "L" or _first_strong(after) != "L":
        return between
    return between[:1] + RIGHT_MARK + between[1:]


def _first_strong(chars: Iterable[str]) -> str:
    """Return the bidirectional class of the first character that has a direction, nothing if none has."""
    return next((kind for kind in map(bidirectional, chars) if kind in STRONG), "")


def direction(tag: str) -> str:
    """Return the direction that a language is written in, as HTML says it: `ltr` or `rtl`."""
    return "rtl" if is_rtl(tag) else "ltr"


def stretches(text: str, tag: str) -> Iterator[tuple[str, str]]:
    """Yield a text in pieces of one language each, with its culture: words in another script are of another language.

    Latin words are English in a language that is not written so; words in other scripts are of the language that most
    writers of the script use (CLDR's likely subtags). Signs and spaces between two such words are theirs; digits and
    signs that belong to a word go with it, and all else goes with the text.
    """
    if not text or (text.isascii() and script(tag) == "Latn"):
        yield text, culture(tag)
        return
    letters = dict.fromkeys(text)
    han = next((SCRIPTS[word] for word in map(_word, letters) if word in HAN_WITH), "Hani")
    owner = {char: _owner(char, tag, han) for char in letters}
    if {None, culture(tag)}.issuperset(owner.values()):
        yield text, culture(tag)
        return
    owners = [owner[char] for char in text]
    for at, char in enumerate(text):
        if at and owners[at] is None and category(char).startswith("M"):
            owners[at] = owners[at - 1]  # a mark stands on the letter before it
    cultures = _settled(text, owners, culture(tag))
    at = 0
    for found, run in groupby(cultures):
        end = at + sum(1 for _ in run)
        yield text[at:end], found
        at = end


def _settled(text: str, owners: list[str | None], own: str) -> list[str]:
    """Return the culture of each character, those of signs and digits from the words beside them."""
    words = [(owner, [at for at, _ in run]) for owner, run in groupby(enumerate(owners), lambda pair: pair[1])]
    runs = [(owner, places[0], places[-1] + 1) for owner, places in words]
    found = [owner or own for owner in owners]
    for index, (owner, start, end) in enumerate(runs):
        if owner is not None:
            continue
        before = runs[index - 1][0] if index else own
        after = runs[index + 1][0] if index + 1 < len(runs) else own
        if before == after:
            found[start:end] = [before or own] * (end - start)
            continue
        if before not in (None, own) and (match := AFTER_WORD.match(text[:end], start)):
            found[start : match.end()] = [str(before)] * (match.end() - start)
            start = match.end()
        if after not in (None, own) and (match := BEFORE_WORD.search(text[:end], start)):
            found[match.start() : end] = [str(after)] * (end - match.start())
    return found


@lru_cache(maxsize=LETTERS_KNOWN)
def _owner(char: str, tag: str, han: str) -> str | None:
    """Return the culture that a character is of; None if it goes with its neighbours.

    Chinese characters are of those who write the script `han`.
    """
    own, written = script(tag), SCRIPTS.get(_word(char))
    if not char.isalpha():
        square = own in MIXED and east_asian_width(char) in "WF"
        return culture(tag) if square or (written == own and own != "Latn") else None
    if written in (None, own) or written in MIXED.get(own, ()):
        return culture(tag)
    return SOURCE_CULTURE if written == "Latn" else _likely(han if written == "Hani" else str(written))


@lru_cache(maxsize=LETTERS_KNOWN)
def _word(char: str) -> str:
    """Return the word that the name of a character begins with: most often its script."""
    return re.split("[ -]", name(char, ""), maxsplit=1)[0]


@cache
def _likely(written: str) -> str:
    """Return the culture that most writers of a script are of."""
    if found := WRITERS.get(written):
        return found
    from langcodes import Language

    language = str(Language.make(script=written).maximize().language)
    return culture(language)
