"""Editions: a map in one language, with the program's own words, and what of it is not translated."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from conceptdeck.building.rules import NO_CATALOG, UNKNOWN_LANGUAGE
from conceptdeck.checks.causes import one_of_each, without_consequences
from conceptdeck.checks.silence import silenced
from conceptdeck.reading import excerpts
from conceptdeck.reading.marks import with_marks
from conceptdeck.translation.catalog import Catalog, State, sources, translated
from conceptdeck.translation.names import proper_names
from conceptdeck.translation.pseudo import PSEUDO_TAGS, pseudo_catalog
from conceptdeck.values import characters
from conceptdeck.values.diagnostics import Diagnostic, Failure, OfText, Severity, Span, sort_diagnostics
from conceptdeck.values.languages import chain, in_order, is_rtl, is_same, spelled, standard_tag
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.rules import ERROR, WARNING, Rule
from conceptdeck.values.terms import Words
from conceptdeck.values.text import Text, with_texts
from conceptdeck.values.value import frozen
from conceptdeck.workspace import places
from conceptdeck.workspace.loading import named_language, own_words, read_catalog, read_map_file, usable_catalog

__all__ = ["Edition", "keys_of_errors", "read_edition"]

MOST_NAMED = 5  # keys that a warning names


@frozen
class Edition:
    """A map in one language, and the map that it was translated from.

    `written` is the map with its marks as they are typed. `untranslated` has the keys that fell back, `texts` the files
    that findings quote. `problems` are those of its catalogs; what has no translation is an error if it is `strict`.
    `second` is a language that stands beside its own.
    """

    map: ConceptMap
    source: ConceptMap
    words: Words
    fallen: tuple[tuple[str, State], ...]
    texts: Mapping[str, str]
    problems: tuple[Diagnostic, ...] = ()
    catalog: Catalog | None = None
    strict: bool = False
    written: ConceptMap | None = None
    second: str = ""

    @property
    def untranslated(self) -> frozenset[str]:
        """Return the keys of the strings that fell back on another language."""
        return frozenset(key for key, _ in self.fallen)

    @property
    def language_name(self) -> str:
        """Return the name of the language in that language, its tag if the program does not know it."""
        tag = self.map.language
        return named_language(tag, self.words)

    def told(self, found: Iterable[Diagnostic], shown: Collection[str] | None = None) -> tuple[Diagnostic, ...]:
        """Return findings and the edition's own, one for each cause, sorted, with the lines that they point at.

        Of the edition's own only those on texts with the keys `shown`, or all. What a comment excuses is left out.
        """
        by_file: dict[str, list[Diagnostic]] = {}
        own = (each for each in self.problems if shown is None or _is_about(each, shown))
        fallen = tuple(each for each in self.fallen if shown is None or each[0] in shown)
        for each in sort_diagnostics(without_consequences((*own, *_fallen(fallen, self), *found))):
            by_file.setdefault(each.span.path, []).append(each)
        kept = [each for path, some in by_file.items() for each in silenced(some, self.texts.get(path, ""))]
        return tuple(excerpts.with_excerpts(one_of_each(sort_diagnostics(kept)), self.texts))


def read_edition(map_file: Path, locale: str | None = None, *, strict: bool = False) -> Edition:
    """Return the map in a file in its own language or in another one.

    A string that has no translation there falls back along the language's chain and at last to the map's own language;
    a warning counts them, and if it is `strict` each one is an error. Raises Failure if the map or a catalog cannot be
    read, or there is no catalog.
    """
    concept_map, texts = read_map_file(map_file)
    if locale is None or spelled(locale) == concept_map.language:
        own, marked = with_marks(concept_map, texts)
        words, told = own_words(map_file, concept_map.language, texts)
        return Edition(_in_order(own), concept_map, words, (), texts, (*marked, *told), written=concept_map)
    tag = _known_tag(locale)
    catalogs, problems = _catalogs(map_file, concept_map, tag, texts, strict=strict)
    if tag not in PSEUDO_TAGS:
        catalogs, more = _checked(catalogs, concept_map, strict=strict)
        problems += more
    found = translated(concept_map, tag, catalogs)
    made, marked = with_marks(found.map, texts)
    words, told = own_words(map_file, tag, texts)
    problems = (*problems, *marked, *told)
    return Edition(_in_order(made), concept_map, words, found.fallen, texts, problems, catalogs[0], strict, found.map)


def _is_about(finding: Diagnostic, shown: Collection[str]) -> bool:
    """Tell whether a finding is on one of the texts that are shown, or on none."""
    return not isinstance(finding.place, OfText) or finding.place.key in shown


def _checked(
    catalogs: Sequence[Catalog], concept_map: ConceptMap, *, strict: bool
) -> tuple[list[Catalog], tuple[Diagnostic, ...]]:
    """Return catalogs without the translations that break their text, which fall back, and what is wrong or odd."""
    from conceptdeck.checks.translations import check_catalog  # of no use to a map in its own language

    found = [(catalog, check_catalog(catalog, concept_map)) for catalog in catalogs]
    if strict:
        return list(catalogs), tuple(each for _, some in found for each in some)
    sound, problems = [], list[Diagnostic]()
    for catalog, some in found:
        unsaid = {each.key for each in catalog.entries if each.fuzzy}
        some = tuple(each for each in some if not keys_of_errors([each]) & unsaid)  # they are not shown anyway
        broken = keys_of_errors(some)
        sound.append(replace(catalog, entries=tuple(each for each in catalog.entries if each.key not in broken)))
        problems += [each.eased(FALLS_BACK) if each.severity is Severity.ERROR else each for each in some]
    return sound, tuple(problems)


FALLS_BACK = "it is not shown: the text falls back, as if it were not translated"


def keys_of_errors(problems: Iterable[Diagnostic]) -> frozenset[str]:
    """Return the keys of the texts that errors are about."""
    places = (each.place for each in problems if each.severity is Severity.ERROR)
    return frozenset(place.key for place in places if isinstance(place, OfText))


def _in_order(concept_map: ConceptMap) -> ConceptMap:
    """Return a map in which neighbouring Latin names keep their order in texts whose language runs from the right."""
    tag = concept_map.language

    def ordered(text: Text) -> Text:
        own = text.language or tag
        return text.reworded(in_order(text.value, own)) if is_rtl(own) else text

    made: ConceptMap = with_texts(concept_map, ordered)
    return made


def _known_tag(locale: str) -> str:
    """Return a language tag in its standard form; raises Failure if it names no language."""
    if tag := standard_tag(locale):
        return tag
    hints = ("write a tag such as `de`, `pt-BR` or `zh-Hans`",)
    raise Failure([UNKNOWN_LANGUAGE.at(f"{characters.quoted(locale)} is no language", hints=hints)])


def _catalogs(
    map_file: Path, concept_map: ConceptMap, tag: str, texts: dict[str, str], *, strict: bool
) -> tuple[list[Catalog], tuple[Diagnostic, ...]]:
    """Return the catalogs for a language and for what it falls back on, the nearest first; their texts are added.

    What is broken in them is left out and told, unless that is to be `strict`.
    """
    if tag in PSEUDO_TAGS:
        return [pseudo_catalog(tag, sources(concept_map), proper_names(concept_map))], ()
    there = places.catalogs_beside(map_file)
    alike = [each for each in there if is_same(each, tag)]  # `zh-CN` is `zh-Hans`
    wanted = list(dict.fromkeys([*(each for each in chain(tag) if each in there), *alike]))
    if not wanted and tag.partition("-")[0] != concept_map.language.partition("-")[0]:
        related = [each for each in there if each.partition("-")[0] == tag.partition("-")[0]]
        from difflib import get_close_matches  # only mistakes need it

        close = related[:1] or get_close_matches(tag, there, n=1)
        guess = (
            [f"did you mean `{close[0]}`?"] if close else [f"there are catalogs for {', '.join(there)}"] * bool(there)
        )
        hints = (*guess, f"conceptdeck i18n new {tag} {concept_map.id} starts one")
        raise Failure([NO_CATALOG.at(f"the map has no catalog for `{tag}`", hints=hints)])
    found, problems = [], tuple[Diagnostic, ...]()
    for each in wanted:
        if strict:
            catalog, more = read_catalog(map_file, each)
        else:
            catalog, more, some = usable_catalog(map_file, each)
            problems += some
        texts |= more
        found.append(catalog)
    return found or [Catalog(tag)], problems


UNTRANSLATED = Rule("untranslated", "catalogs", WARNING, "strings that are shown in another language").because("""
    They have no translation, or one of an earlier text. They fall back on a related language or on the map's own,
    and the notes of their slides say so; with `--strict` each is an error.
""")


def _fallen(fallen: tuple[tuple[str, State], ...], edition: Edition) -> tuple[Diagnostic, ...]:
    """Return what is said about strings that are not translated."""
    if edition.catalog is None or not fallen:
        return ()
    if edition.strict:
        return tuple(_untranslated(key, state, edition.catalog) for key, state in fallen)
    concept_map, tag = edition.source, edition.map.language
    counts = {state: sum(each is state for _, each in fallen) for state in (State.MISSING, State.STALE)}
    said = ", ".join(f"{count} {state.value}" for state, count in counts.items() if count)
    total = len(sources(concept_map))
    message = f"{tag}: {len(fallen)} of {total} strings are not translated ({said}) and shown in another language"
    shown = ", ".join(key for key, _ in fallen[:MOST_NAMED]) + (", …" if len(fallen) > MOST_NAMED else "")
    hints = (f"conceptdeck i18n status {concept_map.id} tells which slides and diagrams they are on",)
    found = UNTRANSLATED.at(message, notes=(shown,), hints=hints)
    return (replace(found, cause="untranslated", excess=len(fallen)),)


def _untranslated(key: str, state: State, catalog: Catalog) -> Diagnostic:
    entry = catalog.by_key.get(key)
    hints = ("translate it, and take the mark `fuzzy` off",) if state is State.STALE else ("translate it",)
    found = UNTRANSLATED.at(f"is {state.value}", entry.span if entry else Span(), severity=ERROR, hints=hints)
    return found.on(OfText(key, catalog.language))
