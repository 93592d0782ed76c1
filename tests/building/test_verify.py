"""`build --verify`: what was written is parsed and judged whole, before it is put in place."""

import pytest
from click.testing import CliRunner

from conceptdeck.building import deck
from conceptdeck.building.deck import DeckJob, build_deck, write_deck
from conceptdeck.checks.package.gate import check_written
from conceptdeck.cli import main
from conceptdeck.values.diagnostics import Failure
from support.decks import SHIPPED
from support.faults import FAULTS

ONLY_PARSED = ("unescaped_text", "an_unclosed_tag", "geometry_before_the_transform", "a_shape_that_does_not_exist")
"""Faults that no map can bring about, since tests hold the writers to them: facts say nothing of them."""


@pytest.fixture(autouse=True)
def gate_alone(monkeypatch):
    """Let builds be judged by facts alone, as they are elsewhere than in tests."""
    monkeypatch.setattr(deck, "check_written", check_written)


@pytest.fixture(params=[each for each in FAULTS if each.name in ONLY_PARSED], ids=lambda fault: fault.name)
def fault(request, monkeypatch):
    """Return a fault that each deck has as soon as it is written."""

    def damaged(*given):
        made = write_deck(*given)
        request.param.damage(made.parts)
        return made

    monkeypatch.setattr(deck, "write_deck", damaged)
    return request.param


def test_a_fault_of_markup_is_found_and_nothing_is_written(fault, tmp_path):
    with pytest.raises(Failure) as raised:
        build_deck(DeckJob(SHIPPED, out=tmp_path), verify=True)
    assert fault.code in {each.code for each in raised.value.diagnostics if each.fault}
    assert not list(tmp_path.iterdir())


def test_facts_alone_tell_nothing_of_markup(fault, tmp_path):
    assert build_deck(DeckJob(SHIPPED, out=tmp_path)).findings == ()


def test_the_command_verifies_also_what_is_up_to_date(tmp_path, monkeypatch):
    def run(*options):
        return CliRunner().invoke(main, ["build", str(SHIPPED), "--out", str(tmp_path), *options])

    seen = []
    monkeypatch.setattr(deck, "written_faults", lambda parts, path: seen.append(len(parts)) or ())
    assert run().exit_code == 0
    assert run("--verify").exit_code == 0
    assert len(seen) == 1
    assert "up to date" in run().output
    assert len(seen) == 1
