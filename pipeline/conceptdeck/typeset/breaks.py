"""Where lines may break: where a text is meant to, and wherever some program might."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from unicode_segmentation_rs import graphemes, line_break_units

from conceptdeck.typeset.addresses import address_breaks
from conceptdeck.values.regex import regex

__all__ = [
    "break_units", "is_katakana", "is_lone", "is_phrased", "is_wide", "possible_breaks", "starts_run", "subtags",
    "sure_breaks",
]  # fmt: skip

NO_BREAK = frozenset("\u00a0\u202f\u2060\ufeff")
HYPHENS = frozenset("-\u2010\u2011\u2012")
HYPHEN_BEFORE_DIGIT = regex(r"(?<=[^\W\d_])-(?=\d)")
NO_BREAK_AFTER = frozenset("/\u00ad")  # LibreOffice keeps slashes; PowerPoint shows no soft hyphens
SIGNS = frozenset("#%&*@/\\_‰")  # punctuation by its category, but part of words as the symbols of mathematics are
BESIDE_NUMBER = regex(r"(?:(?<=[§¶№] )(?=\d)|(?<=\d )(?=[%‰°€$£¥](?![^\W_])))")
THAI_TAILS = frozenset("ๆฯ")
PHRASED = ("ja", "zh", "ko")  # languages that break between phrases, the last between words
SYLLABLES = {  # languages without spaces between words: where their letters say that a syllable begins
    # a consonant that bears a vowel, with what is below it, and a vowel that stands by itself
    "km": regex(
        "(?<!\u17d2)(?=[\u1780-\u17a2][\u17c9\u17ca]?(?:\u17d2[\u1780-\u17a2])*[\u17c9\u17ca]?[\u17b6-\u17c8]|[\u17a3-\u17b3])"
    ),
    # before a vowel that is written first, after one that ends its syllable
    "lo": regex("(?=[\u0ec0-\u0ec4])|(?<=[\u0eb0\u0eb3\u0ec6])(?=[\u0e81-\u0eae])"),
    # a consonant that is neither stacked nor killed, and a vowel that stands by itself
    "my": regex("(?<!\u1039)(?=[\u1000-\u1021\u103f](?!\u1037?[\u1039\u103a])|[\u1023-\u102a])"),
}
UNSPACED = ("ja", "th", "zh", *SYLLABLES)
WORD = regex(r"\S+\s*|\s+")
NOT_FIRST = frozenset("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶーゝゞヽヾ々〻")
"""Letters that some programs keep from the start of a line and others do not (JIS X 4051, the strict rule)."""
HANGING = frozenset("、。，．")
"""What programs may let hang beyond the end of a line."""
TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))
SPACES = regex(" (?=[^ ])")
CACHED_CHARS = 4096
CACHED_TEXTS = 64  # a text is asked about several times, one time after the other

Parse = Callable[[str], list[str]]


@cache
def is_phrased(lang: str) -> bool:
    """Tell whether lines of a language should break between phrases, where programs would break anywhere."""
    return subtags(lang)[0] in PHRASED


def is_spaced(lang: str) -> bool:
    """Tell whether a language has spaces between its words."""
    return subtags(lang)[0] not in UNSPACED


@lru_cache(maxsize=CACHED_TEXTS)
def break_units(text: str, lang: str, *, phrases: bool = True) -> tuple[int, ...]:
    """Return the offsets within `text` at which a line may break, in code points.

    They are those of UAX #14, but none within a word of letters and signs, such as C++, TCP/IP or --flag, none beside
    a no-break space or word joiner, and none between a number and its sign. Chinese and Japanese break between phrases
    only, or anywhere UAX #14 says if `phrases` is false. Thai also breaks between words; Khmer, Lao and Burmese, which
    have few spaces, where a syllable is sure to begin; and a long address between its parts. After a line feed there is
    always a break.
    """
    offsets = {*_unicode_offsets(text), *_hyphen_offsets(text)}
    language = subtags(lang)[0]
    if language == "th":
        offsets |= _thai_offsets(text)
    elif language in SYLLABLES:
        offsets |= {match.start() for match in SYLLABLES[language].finditer(text)} & _offsets(graphemes(text, True))
    elif language in PHRASED and phrases:
        phrase_offsets = _offsets(_phrase_parser(lang)(text))
        offsets = {at for at in offsets if at in phrase_offsets or text[at - 1].isspace()}
    kept = {match.start() for match in BESIDE_NUMBER.finditer(text)}
    addressed = address_breaks(text)
    return tuple(sorted({*(at for at in offsets if at not in kept and _may_break(text, at)), *addressed}))


def possible_breaks(text: str, lang: str, *, hanging: bool = False) -> tuple[int, ...]:
    """Return the offsets at which one program or another breaks a line, `break_units` among them.

    Programs differ at slashes, signs and small kana. If they let punctuation hang beyond the end of a line, it takes no
    room: as if a line might break before it.
    """
    phrased = is_phrased(lang)
    offsets = _unicode_offsets(text) | set(break_units(text, lang, phrases=not phrased))
    offsets |= {match.end() for match in SPACES.finditer(text)}  # also before a full stop: .NET
    if phrased:
        offsets |= {at for at in range(1, len(text)) if _is_loose(text[at - 1], text[at])}
    if hanging:
        offsets |= {at for at in range(1, len(text)) if text[at] in HANGING}
    return tuple(sorted(offsets))


def sure_breaks(text: str, lang: str) -> tuple[int, ...]:
    """Return the offsets at which every program breaks a line of Chinese or Japanese that must break there.

    LibreOffice does now and then, but not each time, between an ideographic comma, a slash or their like, and a Latin
    letter or a digit: such breaks are neither relied on nor ruled out.
    """
    offsets = break_units(text, lang, phrases=False)
    return tuple(at for at in offsets if not (_is_pause(text[at - 1]) and text[at].isalnum() and not is_wide(text[at])))


def _is_loose(before: str, after: str) -> bool:
    """Tell whether some program breaks between two characters of Chinese or Japanese though UAX #14 does not."""
    if not is_wide(before):
        return is_wide(after) and after.isalpha()
    return after in NOT_FIRST or after == "/" or not (is_wide(after) or after.isspace() or _is_mark(after))


def starts_run(text: str, at: int) -> bool:
    """Tell whether another script starts at `at`: katakana or what follows it, but not the ending of a word."""
    before, after = is_katakana(text[at - 1]), is_katakana(text[at])
    return before != after and not _is_hiragana(text[at])


def is_katakana(char: str) -> bool:
    """Tell whether `char` is in the katakana block, its long vowel mark among it."""
    return "\u30a0" <= char <= "\u30ff"


@lru_cache(maxsize=CACHED_CHARS)
def is_wide(char: str) -> bool:
    """Tell whether `char` takes a full square."""
    return unicodedata.east_asian_width(char) in "WF"


@lru_cache(maxsize=CACHED_CHARS)
def is_lone(line: str) -> bool:
    """Tell whether a line is a single wide character, or two narrow ones, punctuation not counted."""
    letters = [each[0] for each in graphemes(line, True) if not unicodedata.category(each[0]).startswith("P")]
    return sum(2 if is_wide(letter) else 1 for letter in letters) <= 2


def subtags(lang: str) -> list[str]:
    """Return the parts of a language tag in lower case."""
    return lang.replace("_", "-").lower().split("-")


@lru_cache(maxsize=CACHED_TEXTS)
def _unicode_offsets(text: str) -> frozenset[int]:
    """Return the offsets at which UAX #14 allows a break."""
    return frozenset(_offsets(line_break_units(text)))


def _hyphen_offsets(text: str) -> set[int]:
    """Return the offsets between a word's hyphen and a digit, where UAX #14 sees a minus sign and ICU does not."""
    return {match.end() for match in HYPHEN_BEFORE_DIGIT.finditer(text)}


def _may_break(text: str, at: int) -> bool:
    """Tell whether the house rules allow a break that UAX #14 allows."""
    before, after = text[at - 1], text[at]
    if before == "\n":
        return True
    if before in NO_BREAK or after in NO_BREAK:
        return False
    if before in NO_BREAK_AFTER:
        return before == "/" and at > 1 and is_wide(text[at - 2])
    if before.isspace():
        return True
    if is_wide(before) or is_wide(after):
        return True
    if before in HYPHENS:
        return at > 1 and _ends_word(text[at - 2]) and after not in HYPHENS and not _is_sign(after)
    return not (_is_sign(before) or _is_sign(after))


def _ends_word(char: str) -> bool:
    """Tell whether a hyphen after `char` joins two words, rather than being a minus or the start of an option."""
    return char.isalnum() or _is_sign(char) or unicodedata.category(char) in ("Mn", "Mc", "Pe", "Pf")


def _is_mark(char: str) -> bool:
    """Tell whether `char` is punctuation."""
    return unicodedata.category(char).startswith("P")


def _is_pause(char: str) -> bool:
    """Tell whether `char` is wide punctuation, such as an ideographic comma, or the slash that stands for one."""
    return char == "/" or (is_wide(char) and unicodedata.category(char) in ("Po", "Pe", "Pf"))


@lru_cache(maxsize=CACHED_CHARS)
def _is_sign(char: str) -> bool:
    """Tell whether `char` is a narrow sign that words are made with: +, #, %, @, $ and their kind."""
    return char in SIGNS or (unicodedata.category(char).startswith("S") and not is_wide(char))


def _thai_offsets(text: str) -> set[int]:
    """Return the offsets between Thai words, none of them inside a grapheme."""
    cuts = _offsets(_phrase_parser("th")(text)) & _offsets(graphemes(text, True))
    return {at for at in cuts if _is_thai(text[at - 1]) and _is_thai(text[at]) and text[at] not in THAI_TAILS}


def _is_thai(char: str) -> bool:
    """Tell whether `char` is in the Thai block."""
    return "\u0e00" <= char <= "\u0e7f"


def _is_hiragana(char: str) -> bool:
    """Tell whether `char` is in the hiragana block."""
    return "\u3040" <= char <= "\u309f"


def _offsets(pieces: Sequence[str]) -> set[int]:
    """Return the offsets between consecutive pieces of a text."""
    return set(accumulate(map(len, pieces[:-1])))


def _phrase_parser(lang: str) -> Parse:
    """Return what splits a text of `lang` into phrases; `lang` is Chinese, Japanese, Korean or Thai."""
    language, *others = subtags(lang)
    if language == "ko":
        return WORD.findall
    return _load_parser("zh-Hant" if language == "zh" and TRADITIONAL & set(others) else language)


@cache
def _load_parser(model: str) -> Parse:
    """Load a BudouX model."""
    import budoux

    loaders = {
        "ja": budoux.load_default_japanese_parser,
        "th": budoux.load_default_thai_parser,
        "zh": budoux.load_default_simplified_chinese_parser,
        "zh-Hant": budoux.load_default_traditional_chinese_parser,
    }
    return loaders[model]().parse
