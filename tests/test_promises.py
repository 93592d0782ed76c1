"""Twelve promises to those who rely on the program, and the tests that hold each of them.

A promise without a test is a wish: whoever removes or renames one of these tests says here what holds the promise now.
"""

import re

import pytest

from support.decks import ROOT

PROMISES = {
    "1 opens without repair": (
        "test_an_auditor_finds_nothing",
        "test_decks_of_this_project_are_sound",
        "test_whatever_texts_say_every_branch_of_the_writers_is_sound_and_its_facts_are_true",
    ),
    "2 bad input ends in findings, soon": (
        "test_a_hostile_map_is_refused_with_its_place",
        "test_no_mutant_of_a_file_is_a_fault",
        "test_merge_keys_need_few_bytes_to_be_a_bomb",
    ),
    "3 a failed build never harms earlier output": (
        "test_a_build_killed_at_any_moment_leaves_a_complete_deck",
        "test_a_full_disk_leaves_the_old_file_and_no_litter",
        "test_two_builds_at_once_leave_one_complete_deck",
    ),
    "4 same input, same bytes": (
        "test_two_builds_give_the_same_bytes",
        "test_neither_place_nor_clock_nor_locale_nor_hashing_changes_a_byte",
    ),
    "5 text arrives exactly": (
        "test_an_awkward_text_arrives_exactly_or_is_refused_with_its_place",
        "test_a_text_comes_out_of_the_file_as_it_was",
        "test_texts_arrive_exactly",
    ),
    "6 layout holds in every language": (
        "test_every_language_fits_slides_and_pictures",
        "test_no_text_takes_more_lines_than_were_computed",
        "test_the_ink_of_every_text_stays_in_its_box",
    ),
    "7 accessible by construction": (
        "test_every_slide_has_one_title_of_its_own",
        "test_every_graphic_without_text_is_described_or_marked_as_decoration",
        "test_every_run_names_its_language",
        "test_the_table_is_native_with_a_header_and_a_style_of_its_own",
        "test_every_text_colour_keeps_the_theme_s_contrast_on_every_ground",
        "test_a_picture_is_well_formed_and_named_described_and_in_its_language",
    ),
    "8 safe artefacts": (
        "test_nothing_in_the_file_is_active_or_foreign",
        "test_a_picture_holds_nothing_that_runs_or_that_is_fetched",
        "test_hostile_texts_do_nothing_in_a_browser",
    ),
    "9 bounded": (
        "test_ten_thousand_concepts_are_read_without_a_finding",
        "test_too_many_relations_are_one_finding_and_each_is_drawn_or_told_in_the_notes",
        "test_a_picture_of_too_many_relations_is_one_finding_and_an_overview_with_counts",
        "test_twice_the_entries_take_twice_the_work",
    ),
    "10 translations never shown stale or broken unmarked": (
        "test_a_changed_sentence_is_shown_as_it_is_and_marked_on_its_slides_only",
        "test_a_strict_build_refuses_what_is_not_translated_with_its_place",
        "test_every_rule_on_translations_has_a_seeded_fault",
    ),
    "11 no reviewer's edit lost or misplaced": (
        "test_random_edits_are_each_applied_at_their_key_or_told",
        "test_a_build_keeps_an_edited_deck_and_names_the_ways_out",
    ),
    "12 a pull touches only what changed": (
        "test_a_pulled_text_changes_its_line_only",
        "test_line_ends_and_a_byte_order_mark_stay",
        "test_an_untouched_deck_has_no_changes_whatever_program_saved_it",
    ),
}
TESTS = frozenset(
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
)


def test_there_are_twelve_promises():
    assert [int(each.partition(" ")[0]) for each in PROMISES] == list(range(1, 13))


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_is_held_by_tests(promise):
    missing = [name for name in PROMISES[promise] if name not in TESTS]
    assert not missing
