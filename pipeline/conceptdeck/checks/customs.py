"""Rules on the customs of languages: spaces, quotation marks and punctuation of translations."""

from __future__ import annotations

from conceptdeck.checks.translated import ADDRESS, NO_BREAK, PLACEHOLDER, THIN, Findings, Pair, finding_on
from conceptdeck.values.regex import regex
from conceptdeck.values.rules import WARNING, Rule

__all__ = ["french_spacing", "punctuation", "quotes", "spaces"]

SEEN_SPACE = regex(r"[ \t]{2,}")
CJK = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
ARABIC = r"\u0620-\u064a\u0671-\u06d3"
FRENCH = regex(
    rf"(?<=[^\s{NO_BREAK}{THIN}(:;!?])(?: ?)(?=[;!?](?:\s|$|[»)]))|(?<=[^\s{NO_BREAK}{THIN}(:])(?: ?)(?=:\s)"
)
GUILLEMETS = regex(rf"«(?![{NO_BREAK}{THIN}])|(?<![{NO_BREAK}{THIN}])»")
HALF_WIDTH = regex(rf"(?<=[{CJK}])[,;:!?](?![A-Za-z0-9/])|(?<=[{CJK}])\.(?=$|[\s{CJK}])|\((?=[{CJK}])|(?<=[{CJK}])\)")
LATIN_MARKS = regex(rf"(?<=[{ARABIC}])[,;?]")

TRANSLATION_SPACES = Rule("translation-spaces", "catalogs", WARNING, "two spaces in a row").because("""
    They come from editing, and show as a gap.
""")


def spaces(pair: Pair) -> Findings:
    """Find double spaces."""
    if SEEN_SPACE.search(pair.text.strip()) and not SEEN_SPACE.search(pair.source.strip()):
        yield finding_on(TRANSLATION_SPACES, pair, "has two spaces in a row", "delete one of them")


TRANSLATION_SPACING = Rule("translation-spacing", "catalogs", WARNING, "French marks without their space").because("""
    A no-break space goes before the marks : ; ! ? and inside « », so that none of them starts or ends a line
    alone.
""")


def french_spacing(pair: Pair) -> Findings:
    """Find French marks without the no-break space that belongs before or within them."""
    if not pair.speaks("fr") or pair.language == "fr-CA":
        return
    text = ADDRESS.sub("", pair.text)
    if wrong := next((found for pattern in (FRENCH, GUILLEMETS) for found in pattern.finditer(text)), None):
        near = text[max(0, wrong.start() - 12) : wrong.end() + 3].strip()
        hint = "a no-break space (thin if you like) goes before : ; ! ? and inside « »"
        yield finding_on(TRANSLATION_SPACING, pair, f"lacks a no-break space at “{near}”", hint)


TRANSLATION_QUOTES = Rule("translation-quotes", "catalogs", WARNING, "straight quotes").because("""
    Each language has quotation marks and an apostrophe of its own. Straight ones are of typewriters and programs.
""")


def quotes(pair: Pair) -> Findings:
    """Find straight quotes where the source has none."""
    for mark in "\"'":
        if mark in PLACEHOLDER.sub("", pair.text) and mark not in pair.source:
            hint = "use the quotation marks and the apostrophe of the language"
            yield finding_on(TRANSLATION_QUOTES, pair, f"has a straight {mark}", hint)
            return


TRANSLATION_PUNCTUATION = Rule(
    "translation-punctuation", "catalogs", WARNING, "Latin marks in Chinese, Japanese or Arabic"
).because("""
    These languages have marks of their own, which are as wide as their letters or lean the other way.
""")


def punctuation(pair: Pair) -> Findings:
    """Find marks of Latin writing in Chinese, Japanese or Arabic."""
    pattern = {"zh": HALF_WIDTH, "ja": HALF_WIDTH, "ar": LATIN_MARKS, "fa": LATIN_MARKS, "ur": LATIN_MARKS}
    known = pattern.get(pair.language.partition("-")[0])
    if known and (wrong := known.search(pair.text)):
        near = pair.text[max(0, wrong.start() - 6) : wrong.end() + 3].strip()
        hint = "use the marks of the language, such as 、。，： or ،؛؟"
        yield finding_on(TRANSLATION_PUNCTUATION, pair, f"has a Latin mark at “{near}”", hint)
