"""The rules on translations: each finds its fault, lets a neighbour pass, and is excused by a comment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptdeck.checks.translations import check_catalog
from conceptdeck.cli.rules import every_rule
from conceptdeck.translation.catalog import Catalog, Entry
from conceptdeck.translation.po import read_po
from conceptdeck.values.diagnostics import Severity
from conceptdeck.workspace.loading import read_map_file
from support.decks import ROOT
from support.work import calls

MAP, _ = read_map_file(ROOT / "data" / "world-models" / "map.yaml")
CATALOGS = sorted(ROOT.glob("data/*/locales/*.po"))
ERRORS = {"translation-placeholder", "translation-url", "translation-character"}

# code, language, source, a translation that breaks the rule, and one that does not
SEEDED = [
    ("translation-placeholder", "de", "Press {key} now", "Jetzt {taste} drücken", "Jetzt {key} drücken"),
    ("translation-placeholder", "de", "Press {key} now", "Jetzt drücken", "Jetzt {key} drücken"),
    ("translation-placeholder", "fr", "It is %s here", "C’est %d ici", "C’est %s ici"),
    ("translation-url", "de", "See https://example.org/a.", "Siehe https://example.org/b.", "Siehe https://example.org/a!"),
    ("translation-url", "ja", "See https://example.org/a", "参照", "https://example.org/aを参照。"),
    ("translation-url", "de", "Write to mailto:me@example.org", "Schreiben Sie", "Schreiben an mailto:me@example.org"),
    ("translation-mark", "de", "Press **now** and wait", "Jetzt drücken", "**Jetzt** drücken"),
    ("translation-mark", "de", "Press **now** and wait", "**Jetzt* drücken", "__Jetzt__ drücken"),
    ("translation-mark", "de", "Plain words here", "Schlichte *Worte* hier", "Schlichte Worte hier"),
    ("translation-mark", "fr", "See [the twin](concept:twin)", "Voyez le double", "Voyez [le double](concept:twin)"),
    ("translation-mark", "fr", "The [twin](concept:twin)", "Le [double](concept:two)", "Le [double](concept:twin)"),
    ("translation-mark", "ja", "Water is H~2~O here", "水はH2O", "水はH~2~O"),
    ("translation-mark", "de", "It is $E=mc^2$ here", "Es ist $E=mc^3$", "Hier ist es $E=mc^2$"),
    ("translation-mark", "de", "It is $E=mc^2$ here", "Es ist E = mc²", "Hier ist es $E=mc^2$"),
    ("translation-url", "de", "[See](https://a.org/b) it", "[Siehe](https://a.org/c)", "[Siehe](https://a.org/b)"),
    ("translation-character", "de", "A text here", "Ein\x07 Text", "Ein Text"),
    ("translation-character", "ar", "A text here", "نص \u202eهنا", "نص هنا"),
    ("translation-character", "ar", "A text here", "نص \u202eهنا", "نص \u200fهنا"),
    ("translation-character", "de", "A text here", "Ein \u200fText", "Ein Text"),
    ("translation-character", "fa", "A text here", "می\u2066شود", "می\u200cشود"),
    ("translation-number", "de", "It has 30 million km", "Es hat 30 Milliarden km", "Es hat 30 Millionen km"),
    ("translation-number", "ja", "It has 30 million km", "300万km", "3000万km"),
    ("translation-number", "zh-Hans", "It has 120 million", "1.2 万", "1.2 亿"),
    ("translation-number", "de", "About 1,500 pages", "Rund 15.000 Seiten", "Rund 1.500 Seiten"),
    ("translation-number", "fr", "About 1,500 pages", "Environ 1 550 pages", "Environ 1\u202f500 pages"),
    ("translation-number", "de", "It is 3.5 m", "Es sind 3,6 m", "Es sind 3,5 m"),
    ("translation-number", "ar", "In 1995 it began", "بدأ في ١٩٩٦", "بدأ في ١٩٩٥"),
    ("translation-number", "de", "In 3 steps", "In 5 Schritten", "In drei Schritten"),
    ("translation-number", "ja", "The ten rules", "11の規則がある", "10の規則がある"),
    ("translation-number", "es", "May 1995", "1996", "mayo de 1995"),
    ("translation-name", "de", "Genie\xa03 makes worlds", "Dschinn\xa03 macht Welten", "Genie\xa03 macht Welten"),
    ("translation-name", "ja", "Minecraft and more", "マインクラフトなど", "Minecraftなど"),
    ("translation-no-break", "de", "Genie\xa03 makes worlds", "Genie 3 macht Welten", "Genie\xa03 macht Welten"),
    ("translation-edge", "de", "A text here", "Ein Text ", "Ein Text"),
    ("translation-edge", "de", "A text here", "\xa0Ein Text", "Ein Text"),
    ("translation-script", "de", "Page of it", "Seitе davon", "Seite davon"),
    ("translation-script", "fr", "Page of it", "页面 ici", "La page ici"),
    ("translation-script", "ja", "Endless lists", "Endless lists of it", "無限リスト"),
    ("translation-script", "ar", "Endless lists", "All the lists", "قوائم"),
    ("translation-script", "zh-Hans", "Endless lists", "リスト的", "列表"),
    ("translation-script", "zh-Hans", "Genie\xa03 by Marble", "Genie\xa03 with Marble", "Genie\xa03, Marble"),
    ("translation-unchanged", "de", "Endless lists", "Endless lists", "Endlose Listen"),
    ("translation-unchanged", "es", "World of pages", "World of pages", "Mundo de páginas"),
    ("translation-spaces", "de", "A text here", "Ein  Text", "Ein Text"),
    ("translation-spacing", "fr", "One page: why?", "Une page\xa0: pourquoi?", "Une page\u202f: pourquoi\xa0?"),
    ("translation-spacing", "fr", "One page: why?", "Une page : pourquoi\xa0?", "Une page\xa0: pourquoi\u202f?"),
    ("translation-spacing", "fr", "The “word” here", "Le «mot» ici", "Le «\xa0mot\xa0» ici"),
    ("translation-quotes", "de", "The “word” here", 'Das "Wort" hier', "Das „Wort“ hier"),
    ("translation-quotes", "fr", "The user’s page", "La page de l'usager", "La page de l’usager"),
    ("translation-punctuation", "ja", "Pages, lists.", "ページ,リスト。", "ページ、リスト。"),
    ("translation-punctuation", "zh-Hans", "Is it so?", "是这样吗?", "是这样吗？"),
    ("translation-punctuation", "zh-Hans", "It is so.", "是这样的.", "是这样的。"),
    ("translation-punctuation", "ja", "A page (new)", "ページ(新しい)", "ページ（新しい）"),
    ("translation-punctuation", "ar", "Pages, lists", "صفحات, قوائم", "صفحات، قوائم"),
]  # fmt: skip


def judged(language: str, *entries: Entry) -> list[str]:
    return [each.code for each in check_catalog(Catalog(language, entries), MAP)]


@pytest.mark.parametrize(("code", "language", "source", "wrong", "right"), SEEDED)
def test_each_rule_finds_its_fault_and_no_other(code, language, source, wrong, right):
    assert set(judged(language, Entry("subtitle", source, wrong))) == {code}
    assert judged(language, Entry("subtitle", source, right)) == []


def test_two_concepts_of_a_layer_need_two_names():
    layer = MAP.layers.items[0]
    keys = [concept.name.key for concept in layer.concepts[:2]]
    assert judged("de", Entry(keys[0], "One", "Welt"), Entry(keys[1], "Two", "Welt")) == ["translation-repeated"]
    assert judged("de", Entry(keys[0], "One", "Welt"), Entry(keys[1], "Two", "Welten")) == []
    elsewhere = MAP.layers.items[1].concepts[0].name.key
    assert judged("de", Entry(keys[0], "One", "Welt"), Entry(elsewhere, "Two", "Welt")) == []


def test_every_rule_on_translations_has_a_seeded_fault():
    rules = {code: rule for code, rule in every_rule().items() if code.startswith("translation-")}
    assert set(rules) == {code for code, *_ in SEEDED} | {
        "translation-repeated",
        "translation-term",
        "translation-varies",
    }
    assert {code for code, rule in rules.items() if rule.severity is Severity.ERROR} == ERRORS


@pytest.mark.parametrize(("code", "language", "source", "wrong", "right"), SEEDED)
def test_a_comment_excuses_warnings_but_no_error(code, language, source, wrong, right):
    entry = Entry("subtitle", source, wrong, comments=f"It is meant.\nconceptdeck: allow {code}, orphan-word")
    assert (judged(language, entry) != []) == (code in ERRORS)


@given(
    source=st.text(max_size=80),
    text=st.text(min_size=1, max_size=80),
    language=st.sampled_from(["de", "fr", "ja", "ar"]),
)
def test_no_text_makes_a_rule_stumble(source, text, language):
    judged(language, Entry("subtitle", source, text))


@pytest.mark.parametrize("piece", ["9", "1,", "1 000 ", "{", "http://", " "])
def test_the_work_of_judging_grows_with_the_text_and_not_faster(piece):
    def judging(length: int) -> Callable[[], object]:
        text = piece * (length // len(piece))
        return lambda: judged("fr", Entry("subtitle", text, f"{text} a"))

    judging(1_000)()
    assert calls(judging(20_000)) < 2.4 * calls(judging(10_000))
    judging(100_000)()  # a pattern that tries too much would run into the guard of the tests


def test_findings_name_language_key_and_place_and_show_no_hidden_character():
    entry = Entry("subtitle", "A text", "Ein\x1b Text", span=replace(Entry("", "").span, path="de.po", line=7))
    [finding] = check_catalog(Catalog("de", (entry,)), MAP)
    assert (finding.span.path, finding.span.line) == ("de.po", 7)
    assert "de" in finding.message and "`subtitle`" in finding.message and "U+001B" in finding.message
    assert "\x1b" not in str(finding)


def test_a_stale_translation_is_judged_by_the_text_that_it_was_made_for():
    entry = Entry("subtitle", "In 1996 it was", "Im Jahr 1995", fuzzy=True, previous="In 1995 it was")
    assert judged("de", entry) == []


def test_what_is_obsolete_or_missing_is_not_judged():
    assert judged("de", Entry("gone", "{a}", "b", obsolete=True), Entry("title", "{a}")) == []


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_shipped_catalogs_keep_the_rules(path: Path):
    concept_map, _ = read_map_file(path.parent.parent / "map.yaml")
    catalog, problems = read_po(path.read_text("utf-8"), str(path), path.stem)
    assert problems == ()
    assert [str(each) for each in check_catalog(catalog, concept_map)] == []
