"""Words of the program itself in catalogs: what is translated, in which forms, and what is not right."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from conceptdeck.translation.catalog import Catalog, Entry, State, state_of, updated
from conceptdeck.translation.po import CATALOG_HEADER, read_po
from conceptdeck.translation.rules import TRANSLATION_PLACEHOLDER
from conceptdeck.values.cldr import plural_rule
from conceptdeck.values.diagnostics import Diagnostic, OfText, Span
from conceptdeck.values.regex import regex
from conceptdeck.values.rules import ERROR, WARNING, Rule
from conceptdeck.values.terms import SEVERAL, Forms, Term, Words
from conceptdeck.values.text import Text

__all__ = ["MISSING_TERM", "english_words", "read_words", "term_key", "term_states", "term_strings", "updated_terms"]

PLACEHOLDER = regex(r"\{(\w*)\}")
COUNT = "count"  # what the form for a single number may say in words
PLURALS = "Plural-Forms"
RULE = regex(r"\s*nplurals\s*=\s*(\d{1,2})\s*;\s*plural\s*=\s*([^;]{1,500});?\s*")
LARGEST = 1_000  # numbers up to which a rule is tried


def term_key(term: Term) -> str:
    """Return the key of a term in catalogs: `Term.RELIES_ON` is `relies-on`."""
    return term.name.lower().replace("_", "-")


def read_words(text: str, path: str, language: str) -> tuple[Words, tuple[Diagnostic, ...]]:
    """Return the program's own words in `language` from the text of a PO file; what is wrong is said in English."""
    catalog, problems = read_po(text, path, language)
    strings, more = term_strings(catalog or Catalog(language), path)
    return Words(language, strings), (*problems, *(more if catalog else ()))


def term_strings(catalog: Catalog, path: str) -> tuple[dict[Term, str | Forms], tuple[Diagnostic, ...]]:
    """Return the program's own words in a catalog, and a finding for each that is not translated or not right."""
    strings: dict[Term, str | Forms] = {}
    problems: list[Diagnostic] = []
    count, rule, wrong = _rule(catalog, path)
    for term in Term:
        entry = catalog.counted.get(term_key(term)) if term in SEVERAL else None
        entry = entry or catalog.by_key.get(term_key(term))
        texts = _texts(entry, term, count)
        if entry is None or not texts:
            problems.append(_missing_term(term, path, entry))
        elif not all(_keeps_gaps(text, term) for text in texts):
            found = TRANSLATION_PLACEHOLDER.at(f"has other placeholders than `{term.value}`", entry.span)
            problems.append(found.on(OfText(entry.key)))
        else:
            strings[term] = Forms(texts, rule) if entry.plural else texts[0]
    return strings, (*wrong, *problems)


def _texts(entry: Entry | None, term: Term, count: int) -> tuple[str, ...]:
    """Return what an entry says for a term: its forms, or one text that does for all numbers; nothing if some lack."""
    if entry is None or entry.fuzzy or entry.source != term.value:
        return ()
    texts = entry.forms if entry.plural else (entry.text,)
    is_whole = all(texts) and (not entry.plural or (len(texts) == count and entry.plural == SEVERAL[term]))
    return texts if is_whole else ()


def _keeps_gaps(text: str, term: Term) -> bool:
    """Tell whether a text has the gaps of a term; a form for numbers may say the number in words."""
    gaps, wanted = PLACEHOLDER.findall(text), PLACEHOLDER.findall(term.value)
    if term in SEVERAL and COUNT not in gaps:
        wanted = [each for each in wanted if each != COUNT]
    return sorted(gaps) == sorted(wanted)


def _rule(catalog: Catalog, path: str) -> tuple[int, Callable[[int], int], tuple[Diagnostic, ...]]:
    """Return how many forms a catalog has for numbers, and which a number takes: by its header, else by CLDR."""
    said = dict(catalog.header).get(PLURALS, "")
    if found := _compiled(said):
        return *found, ()
    known = _compiled(plural_rule(catalog.language))
    assert known  # CLDR's rules are right
    return *known, (_no_rule(said, path),) if said else ()


def _compiled(said: str) -> tuple[int, Callable[[int], int]] | None:
    """Return the number of forms and the rule that a header says; None if that is no rule, or leads out of them."""
    found = RULE.fullmatch(said)
    if not found:
        return None
    count = int(found[1])
    try:
        rule: Callable[[int], int] = gettext.c2py(found[2])
        return (count, rule) if all(0 <= rule(number) < count for number in range(LARGEST)) else None
    except (ValueError, ArithmeticError):
        return None


def _no_rule(said: str, path: str) -> Diagnostic:
    hints = ("take the line away, or write the rule as gettext has it: `nplurals=2; plural=(n != 1);`",)
    return CATALOG_HEADER.at(
        f"the header has no rule for numbers in `{PLURALS}: {said}`", Span(path, 1, 1), hints=hints
    )


MISSING_TERM = Rule("missing-term", "catalogs", ERROR, "one of the program's own words is not translated").because("""
    Each catalog in translation/terms has all words that the program itself puts on slides and pages.
""")


ENGLISH_WORDS = Rule(
    "english-words", "catalogs", WARNING, "the program's own words are said in English in a language without them"
).because("""
    Slides and pages say some words of the program's own, such as “Relations” or “and 3 more”. They are shipped in many
    languages. In others they are English until a file of the project's `data/terms` says them.
""")


def english_words(language: str, path: str) -> Diagnostic:
    """Return the warning that a language has no words of the program, for a map at `path`."""
    hints = (f"`conceptdeck i18n new {language}` starts a file for them, to be translated",)
    return ENGLISH_WORDS.at(
        f"the program's own words are said in English: `{language}` has none", Span(path), hints=hints
    )


def _missing_term(term: Term, path: str, entry: Entry | None) -> Diagnostic:
    span = replace(entry.span, path=path) if entry else Span(path)
    several = entry is not None and bool(entry.plural)
    hints = (f"translate `{term.value}`" + (", in a form for each kind of number" if several else ""),)
    return MISSING_TERM.at("is a term that is not translated", span, hints=hints).on(OfText(term_key(term)))


# --- for translators -----------------------------------------------------------------------------


def updated_terms(catalog: Catalog) -> Catalog:
    """Return a catalog with the program's own words as they are now, and forms for those that go with a number.

    A text that did for all numbers becomes each of the forms.
    """
    strings = [Text(term.value, term_key(term)) for term in Term]
    kept = catalog.counted
    new = updated(catalog, strings, {term_key(term): _note(term) for term in Term})
    header = dict(catalog.header)
    count, _, wrong = _rule(catalog, "")
    if PLURALS not in header or wrong:
        header[PLURALS] = plural_rule(catalog.language)
    terms = {term_key(term): several for term, several in SEVERAL.items()}
    entries = tuple(
        _with_forms(entry, terms[entry.key], kept.get(entry.key), count)
        if entry.key in terms and not entry.obsolete
        else entry
        for entry in new.entries
    )
    return replace(new, entries=entries, header=tuple(header.items()))


def term_states(catalog: Catalog) -> Mapping[State, int]:
    """Return how many of the program's own words are translated in a catalog, stale and missing."""
    strings, _ = term_strings(catalog, "")
    known = {**catalog.by_key, **catalog.counted}
    stale = sum(state_of(known.get(term_key(term)), term.value) is State.STALE for term in Term if term not in strings)
    return {State.DONE: len(strings), State.STALE: stale, State.MISSING: len(Term) - len(strings) - stale}


def _with_forms(entry: Entry, several: str, old: Entry | None, count: int) -> Entry:
    """Return the entry of a term with forms: those that it had, its one text for all of them, or empty ones."""
    forms: Sequence[str] = old.forms if old else (entry.text,) * count
    return replace(entry, plural=several, text="", forms=(*forms, *[""] * count)[:count])


def _note(term: Term) -> str:
    """Return what a translator should know about a term."""
    if "{" not in term.value:
        return ""
    forms = " There is a form for each kind of number that the language tells apart." if term in SEVERAL else ""
    return f"Words in braces are filled in: keep them.{forms}"
