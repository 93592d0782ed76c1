"""Words of the program that go with a number have a form for each kind of number that a language tells apart."""

import gettext

import pytest
from babel import Locale

from conceptdeck.translation.catalog import State
from conceptdeck.translation.po import read_po, write_po
from conceptdeck.translation.words import read_words, term_states, updated_terms
from conceptdeck.values.diagnostics import OfText
from conceptdeck.values.terms import ENGLISH, SEVERAL, Forms, Term
from conceptdeck.workspace.loading import words_of
from support.decks import ROOT

LANGUAGES = sorted(path.stem for path in (ROOT / "pipeline/conceptdeck/translation/terms").glob("*.po"))
HEADER = """\
msgid ""
msgstr ""
"Language: {tag}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
{more}
"""
MORE = """
msgctxt "and-more"
msgid "and {count} more"
msgid_plural "and {count} more"
"""
POLISH = ("i jeszcze jeden", "i jeszcze {count} inne", "i jeszcze {count} innych")
RULE = '"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"\n'


def catalog(tag: str, *forms: str, rule: str = "") -> str:
    """Return the text of a catalog that has forms for one term."""
    return (
        HEADER.format(tag=tag, more=rule) + MORE + "".join(f'msgstr[{at}] "{each}"\n' for at, each in enumerate(forms))
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_words_have_the_forms_that_cldr_knows(language):
    words = words_of(language, {})
    kinds = Locale.parse(language, sep="-").plural_form
    for term in SEVERAL:
        said = words._strings[term]
        assert isinstance(said, Forms)
        forms = {(kinds(count), said.rule(count)) for count in range(200)}
        assert len(forms) == len({kind for kind, _ in forms}), (term, forms)


def test_arabic_tells_one_two_few_and_many_apart():
    words = words_of("ar", {})
    said = [words.counted(Term.AND_MORE, count) for count in (1, 2, 3, 36, 100)]
    assert said == ["وعنصر آخر", "وعنصران آخران", "و3 عناصر أخرى", "و36 عنصرًا آخر", "و100 عنصر آخر"]


def test_english_and_german_tell_one_part_from_several():
    for words, one, several in (
        (ENGLISH, "see part 2", "see parts 2, 3"),
        (words_of("de", {}), "siehe Teil 2", "siehe Teile 2, 3"),
    ):
        assert words.counted(Term.SEE_PART, 1, parts=words.separated([2])) == one
        assert words.counted(Term.SEE_PART, 2, parts=words.separated([2, 3])) == several


@pytest.mark.parametrize("rule", [RULE, ""], ids=["by the header", "by CLDR"])
def test_each_number_takes_its_form(rule):
    words, _ = read_words(catalog("pl", *POLISH, rule=rule), "pl.po", "pl")
    said = [words.counted(Term.AND_MORE, count) for count in (1, 2, 4, 5, 12, 22, 36)]
    assert said == [
        "i jeszcze jeden",
        "i jeszcze 2 inne",
        "i jeszcze 4 inne",
        "i jeszcze 5 innych",
        "i jeszcze 12 innych",
        "i jeszcze 22 inne",
        "i jeszcze 36 innych",
    ]


@pytest.mark.parametrize("forms", [POLISH[:2], (*POLISH[:2], "")], ids=["too few", "an empty one"])
def test_words_without_a_form_for_each_number_are_not_translated(forms):
    words, problems = read_words(catalog("pl", *forms), "pl.po", "pl")
    assert ("missing-term", OfText("and-more")) in {(each.code, each.place) for each in problems}
    assert words.counted(Term.AND_MORE, 5) == "and 5 more"


def test_a_form_keeps_all_gaps_but_that_for_its_number():
    words, problems = read_words(catalog("pl", "i {jeden}", *POLISH[1:]), "pl.po", "pl")
    assert ("translation-placeholder", OfText("and-more")) in {(each.code, each.place) for each in problems}
    assert words.counted(Term.AND_MORE, 1) == "and 1 more"


@pytest.mark.parametrize(
    "rule", ["nplurals=2; plural=(n % 0);", "nplurals=1; plural=n;", "nplurals=2; plural=(n", "two"]
)
def test_a_rule_that_is_none_is_told_and_cldr_s_is_taken(rule):
    words, problems = read_words(catalog("pl", *POLISH, rule=f'"Plural-Forms: {rule}\\n"\n'), "pl.po", "pl")
    assert "catalog-header" in {each.code for each in problems}
    assert words.counted(Term.AND_MORE, 36) == "i jeszcze 36 innych"


def test_one_text_for_all_numbers_does_and_becomes_each_form():
    text = HEADER.format(tag="pl", more="") + '\nmsgctxt "and-more"\nmsgid "and {count} more"\nmsgstr "oraz {count}"\n'
    words, problems = read_words(text, "pl.po", "pl")
    assert not [each for each in problems if each.place == OfText("and-more")]
    assert words.counted(Term.AND_MORE, 5) == "oraz 5"
    old, _ = read_po(text, "pl.po", "pl")
    assert old
    new = updated_terms(old)
    assert new.counted["and-more"].forms == ("oraz {count}",) * 3
    assert dict(new.header)["Plural-Forms"].startswith("nplurals=3;")
    again, problems = read_words(write_po(new), "pl.po", "pl")
    assert again.counted(Term.AND_MORE, 5) == "oraz 5"
    assert term_states(new) == {State.DONE: 1, State.STALE: 0, State.MISSING: len(Term) - 1}


def test_forms_that_are_there_stay_as_often_as_words_are_updated():
    found, _ = read_po(catalog("pl", *POLISH, rule=RULE), "pl.po", "pl")
    assert found
    once = write_po(updated_terms(found))
    assert f'msgstr[2] "{POLISH[2]}"' in once
    again, _ = read_po(once, "pl.po", "pl")
    assert again
    assert write_po(updated_terms(again)) == once


def test_gettext_says_the_same(tmp_path):
    polib = pytest.importorskip("polib")
    text = catalog("pl", *POLISH, rule=RULE)
    file = tmp_path / "pl" / "LC_MESSAGES" / "own.mo"
    file.parent.mkdir(parents=True)
    polib.pofile("\n" + text).save_as_mofile(str(file))
    theirs = gettext.translation("own", str(tmp_path), ["pl"])
    ours, _ = read_words(text, "pl.po", "pl")
    english = SEVERAL[Term.AND_MORE]
    for count in range(1, 200):
        said = theirs.npgettext("and-more", Term.AND_MORE.value, english, count).format(count=count)
        assert ours.counted(Term.AND_MORE, count) == said
