"""Signals that stop a run come between two deeds, never between a deed and the word of it."""

import os
import signal

import pytest

from conceptdeck.workspace.disk import Log, logged, write_atomically
from conceptdeck.workspace.stops import Stopped, held, stoppable

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture(autouse=True)
def listening():
    """Let signals be heard, also where the tests were started by what ignores them."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in SIGNALS if number != signal.SIGINT}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_file_that_is_in_place_is_told_before_the_run_stops(number, tmp_path):
    said = []

    def wrote(path):
        os.kill(os.getpid(), number)
        said.append(path.read_bytes())

    with (
        stoppable(),
        logged(Log(may_write=lambda path, data: True, wrote=wrote)),
        pytest.raises(Stopped) as stop,
    ):
        write_atomically(tmp_path / "deck.pptx", b"whole")
    assert said == [b"whole"]
    assert stop.value.number == number


def test_a_stop_that_nobody_holds_is_raised_at_once():
    seen = []
    with stoppable(), pytest.raises(Stopped):
        os.kill(os.getpid(), signal.SIGTERM)
        seen.append("went on")
    assert seen == []


def test_a_stop_is_held_until_the_outermost_lets_go():
    seen = []
    with stoppable(), pytest.raises(Stopped), held():
        with held():
            os.kill(os.getpid(), signal.SIGTERM)
        seen.append("went on")
    assert seen == ["went on"]


def test_handlers_are_as_before_afterwards():
    before = [signal.getsignal(number) for number in SIGNALS]
    with stoppable():
        pass
    assert [signal.getsignal(number) for number in SIGNALS] == before
