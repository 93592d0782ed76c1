"""The rules on content, and the comments that excuse one place from a rule."""

import pytest

from conceptdeck.checks.content import check_content, shown_nowhere
from conceptdeck.checks.silence import silenced
from conceptdeck.cli.rules import every_rule
from conceptdeck.reading import source
from conceptdeck.reading.map import read_map
from conceptdeck.values.diagnostics import Diagnostic, Severity, Span
from conceptdeck.values.text import texts

MAP = """\
title: A map
core-sentence: It is a map.
focus: world
systems:
  genie: {name: Genie}
  marble: {name: Marble}
concepts:
  world: {name: World model}
  agent: {name: Agent}
layers:
  title: Layers
  notes: Say it.
  items:
    past:
      name: Past
      summary: What was.
      notes: Say it.
      concepts:
        game:
          name: Game
          description: A place to play.
          examples: [genie, marble]
          notes: Say it.
relations:
  title: Relations
  notes: Say it.
  labels: {core: Core, limit: Limit, adds: Adds, evidence: Evidence}
  types:
    needs: {name: needs}
  items:
    one: {source: world, target: agent, type: needs, phrase: needs, headline: It needs, notes: Say it.}
"""


def found(text: str):
    return check_content(read(text))


def read(text: str):
    node, problems = source.parse(text, "map.yaml")
    assert not problems
    concept_map, problems = read_map(node, "mine")
    assert concept_map is not None, [str(each) for each in problems]
    return concept_map


def with_(old: str, new: str) -> str:
    assert old in MAP
    return MAP.replace(old, new, 1)


def test_a_sound_map_has_no_findings():
    assert found(MAP) == ()


TYPES = "    needs: {name: needs}\n"
ONE = "    one: {source: world, target: agent, type: needs, phrase: needs, headline: It needs, notes: Say it.}\n"
GAME = "        game:\n"
AIM = "{concept: agent, wants: To act}"
SEEDED = {
    "unused-system": with_("[genie, marble]", "[genie]"),
    "orphan-concept": with_("  agent: {name: Agent}\n", "  agent: {name: Agent}\n  robot: {name: Robot}\n"),
    "unused-value": f"{MAP}attributes: {{state: State}}\n",
    "unused-relation-type": with_(TYPES, f"{TYPES}    feeds: {{name: feeds}}\n"),
    "duplicate-label": with_("{name: Marble}", "{name: 'genie '}"),
    "repeated-text": with_(
        GAME, f"        film: {{name: Film, description: A place to play., notes: Say it.}}\n{GAME}"
    ),
    "repeated-title": with_("title: Relations", "title: What was."),
    "repeated-relation": MAP + ONE.replace("one:", "two:").replace("It needs", "Again"),
    "relation-cycle": MAP
    + ONE.replace("one:", "two:")
    .replace("It needs", "Again")
    .replace("world", "x")
    .replace("agent", "world")
    .replace("x", "agent"),
    "walk-unseen": with_("relations:\n", "relations:\n  walk: [world, agent, game]\n"),
    "aim-side": f"{MAP}aims: {{notes: Say it., sides: {{left: In, right: Out}}, items: {{one: {AIM}}}}}\n",
    "missing-notes": with_("      summary: What was.\n      notes: Say it.\n", "      summary: What was.\n"),
}


@pytest.mark.parametrize("code", SEEDED)
def test_a_seeded_fault_is_named_with_its_line(code):
    [finding] = found(SEEDED[code])
    assert finding.code == code
    assert finding.severity is Severity.WARNING
    assert finding.span.path == "map.yaml"
    assert finding.span.line > 0


def test_every_rule_on_content_is_tested():
    assert {*SEEDED, "shown-nowhere", "dense-relations", "one-language"} == {
        code for code, rule in every_rule().items() if rule.area == "content"
    }


def test_concepts_of_two_layers_may_share_a_name():
    second = "    now:\n      name: Now\n      summary: What is.\n      notes: Say it.\n      concepts:\n"
    game = "        match: {name: Game, notes: Say it.}\n"
    assert found(with_("relations:\n", f"{second}{game}relations:\n")) == ()


def test_a_name_that_titles_two_slides_is_no_repeated_message():
    assert found(with_("name: Past", "name: A map")) == ()


def test_what_is_not_among_what_outputs_show_is_named_with_its_line():
    concept_map = read(MAP)
    everything = {text.key for text in texts(concept_map)}
    assert shown_nowhere(concept_map, everything) == ()
    [finding] = shown_nowhere(concept_map, everything - {"core-sentence"})
    assert (finding.code, finding.severity) == ("shown-nowhere", Severity.WARNING)
    assert finding.span == concept_map.core_sentence.span


def test_a_side_of_an_aim_needs_a_name_and_aims_with_sides_have_no_finding():
    text = SEEDED["aim-side"].replace("To act", "To act, side: both")
    assert found(text) == ()
    [finding] = found(text.replace("sides: {left: In, right: Out}, ", ""))
    assert finding.code == "aim-side"


def test_relations_without_direction_have_no_cycle():
    assert found(SEEDED["relation-cycle"].replace("{name: needs}", "{name: needs, directed: false}")) == ()


def test_a_circle_of_relations_that_say_different_things_is_told_as_it_is():
    assert found(SEEDED["relation-cycle"].replace("phrase: needs", "phrase: calls for", 1)) == ()


def test_relations_that_meet_again_are_no_cycle():
    extra = ONE.replace("one:", "two:").replace("agent", "game").replace("It needs", "Also")
    extra += ONE.replace("one:", "six:").replace("world", "game").replace("It needs", "Then")
    assert found(MAP + extra) == ()


def test_a_long_chain_of_relations_is_walked_without_recursion():
    concepts = "".join(f"  c{n}: {{name: Concept {n}}}\n" for n in range(3000))
    links = "".join(
        f"    r{n}: {{source: c{n}, target: c{(n + 1) % 3000}, type: needs, phrase: x, headline: H{n}, notes: n}}\n"
        for n in range(3000)
    )
    text = with_("  agent: {name: Agent}\n", f"  agent: {{name: Agent}}\n{concepts}") + links
    [finding] = found(text)
    assert finding.code == "relation-cycle"


def test_a_map_without_notes_is_not_asked_for_them():
    text = "".join(line + "\n" for line in MAP.splitlines() if "notes:" not in line)
    text += ONE.replace(", notes: Say it.", "")
    assert "missing-notes" not in {each.code for each in found(text)}


# --- silencing -----------------------------------------------------------------------------------

TEXT = """\
title: One
# conceptdeck: allow orphan-word, missing-notes
b: Two
c: Three  # conceptdeck: allow text-overflow
d: Four
"""


def at(line: int, code: str) -> Diagnostic:
    return every_rule()[code].at("it", Span("map.yaml", line, 1))


@pytest.mark.parametrize(
    ("line", "code", "kept"),
    [
        (3, "orphan-word", False),
        (3, "missing-notes", False),
        (3, "text-overflow", True),
        (4, "orphan-word", True),
        (4, "text-overflow", False),
        (5, "text-overflow", False),
        (1, "orphan-word", True),
    ],
)
def test_a_comment_excuses_its_line_and_the_next(line, code, kept):
    assert (at(line, code) in silenced([at(line, code)], TEXT)) is kept


def test_errors_of_reading_are_never_excused():
    text = "a: 1  # conceptdeck: allow duplicate-key, unknown-key"
    problems = (at(1, "duplicate-key"), at(1, "unknown-key"))
    assert silenced(problems, text) == problems


def test_text_without_comments_excuses_nothing():
    assert silenced([at(1, "orphan-word")], "title: x # allow orphan-word") == (at(1, "orphan-word"),)
