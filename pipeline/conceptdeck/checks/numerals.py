"""Numbers in texts: which values one says and the other does not, however each language writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from conceptdeck.values.regex import regex

__all__ = ["differing_numbers"]

DIGIT = regex(r"\d")
NUMBER = regex(r"\d+(?:[.,\u066b\u066c'’\u00a0\u202f ]\d+)*")
SEPARATORS = regex(r"[.,\u066b\u066c'’\u00a0\u202f ]")
GROUPED = regex(r"\d{1,3}(?:[.,\u066c'’\u00a0\u202f ]\d{3})+")
ADDRESS = regex(r"(?:https?://|mailto:|www\.)[!-~]+")
SCALES = (
    (1e2, "hundred|hundert|cents?|cien(?:to|tos)?|百|مئة|مائة"),
    (1e3, "thousand|k|tausend|mille|mil|千|ألف|آلاف"),
    (1e4, "万|萬"),
    (1e6, "million|millions|mio\\.?|millionen|millón|millones|mn|m|百万|مليون|ملايين"),
    (1e8, "亿|億"),
    (1e9, "billion|billions|bn|milliarden?|mrd\\.?|milliards?|mil millones|十亿|مليار|مليارات"),
    (1e12, "trillion|trillions|billionen?|billions|billones|兆|万亿|تريليون"),
)
"""Words that multiply the number before them; a word may stand for two values, and either will do."""
WORDS = (
    "zero|no|none", "one|once|first|single|same|another|january", "two|twice|both|second|pair|either|half|february",
    "three|third|thirds|triple|march", "four|fourth|quarter|april", "five|fifth|may", "six|sixth|june",
    "seven|seventh|july", "eight|eighth|august", "nine|ninth|september", "ten|tenth|decade|decades|october",
    "eleven|eleventh|november", "twelve|twelfth|dozen|noon|december",
)  # fmt: skip
"""English words that another language may write as a number, by value; months are numbers in Chinese."""
SPELLED_OUT = 12  # up to here a language may well use words for digits
COUNTED = 5  # up to here one may count what the source does not: "these three"
DECADE = regex(r"\b\d*0s\b")  # the 1920s are "the twenties" elsewhere
GLUED = regex(r"(?<=[A-Za-z])-?\d[\d.]*")  # part of a name
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
ROUND = {"hundred": 100, "hundreds": 100, "thousand": 1e3, "thousands": 1e3, "million": 1e6, "millions": 1e6}


def differing_numbers(source: str, text: str) -> tuple[list[str], list[str]]:
    """Return the numbers that only the source says and those that only the text says, as they are written there.

    What only one of them has is let pass if it is small: languages spell out and count differently.
    """
    if not (DIGIT.search(source) or DIGIT.search(text)):
        return [], []
    said, wanted = _every_value(text), _every_value(source) | _spelled(source)
    lost = [each for each in _numbers(DECADE.sub("", source)) if not each[1] & said]
    new = [each for each in _numbers(GLUED.sub("", text)) if not each[1] & wanted]
    if not (lost and new):
        lost = [each for each in lost if min(each[1]) > SPELLED_OUT]
        new = [each for each in new if min(each[1]) > COUNTED]
    return [shown for shown, _ in lost], [shown for shown, _ in new]


def _every_value(text: str) -> set[float]:
    return {value for _, values in _numbers(text) for value in values}


def _numbers(text: str) -> Iterator[tuple[str, set[float]]]:
    """Yield each number in digits with the values that it may have: alone, with its scale, by either decimal mark.

    Digits of any script count; superscripts and the like are none.
    """
    if not DIGIT.search(text):
        return
    plain = DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), ADDRESS.sub(" ", text))
    for match in NUMBER.finditer(plain):
        for piece in _pieces(match[0]):
            values = _values(piece)
            rest = plain[match.end() :].lstrip(" \u00a0\u202f-").lower() if match[0].endswith(piece) else ""
            yield piece.strip(), {round(value * scale, 6) for value in values for scale in _scales(rest)}


def _scales(rest: str) -> set[float]:
    """Return what the words behind a number may multiply it by; 1 too, where the word may mean something else."""
    found = {
        scale: match[0]
        for scale, words in SCALES
        if (match := re.match(rf"(?:{words})(?:(?<![a-zà-ÿ])|(?![a-zà-ÿ]))", rest))
    }
    is_sure = any(scale > 100 and (len(word) > 1 or not word.isascii()) for scale, word in found.items())
    return {*found} if is_sure else {1.0, *found}


def _pieces(written: str) -> list[str]:
    """Return the numbers in a run of digits: one if its separators can be thousands or a decimal mark, else several."""
    if GROUPED.fullmatch(written) or re.fullmatch(r"\d+[.,\u066b]\d+", written):
        return [written]
    if GROUPED.fullmatch(re.split(r"[.,\u066b](?=\d+$)", written)[0]):
        return [written]
    return [piece for piece in re.split(r"[,'’\u00a0\u202f ]", written) if piece]


def _values(piece: str) -> set[float]:
    """Return the values of one number: with its last separator as a decimal mark, and with none."""
    digits = SEPARATORS.sub("", piece)
    values = {float(digits)} if GROUPED.fullmatch(piece) or digits == piece else set()
    if digits != piece:
        head, _, tail = piece.rpartition(SEPARATORS.findall(piece)[-1])
        values.add(float(f"{SEPARATORS.sub('', head)}.{tail}"))
    return values


def _spelled(text: str) -> set[float]:
    """Return the numbers that an English text says in words."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    small = {float(value) for value, known in enumerate(WORDS) if words & set(known.split("|"))}
    tens = {float(value) for word, value in TENS.items() if word in words}
    return (
        small
        | tens
        | {each + unit for each in tens for unit in small if unit < 10}
        | {float(value) for word, value in ROUND.items() if word in words}
    )
