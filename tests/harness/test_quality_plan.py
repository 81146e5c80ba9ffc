"""The order of a quality run: fair to all, the same for the same seed, and what is left of it after a kill."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.model.errors import BenchError, NetworkError
from harness.model.observations import CallFact, Moment, Observation, Record
from harness.quality.networks import network_profile
from harness.quality.plan import Trial, Wanted, label_for, left_of, trials
from harness.quality.plants import PLANTS, InPage, OnLink, plant

NAMES = ("clear", "lift", "train")
WANTED = Wanted(NAMES, repeat=4, planted=("freeze-1s",))


def _records(*seen: Observation) -> list[Record]:
    return [Record.model_validate({"id": f"r{n}", "at": 0.0, "seen": each}) for n, each in enumerate(seen)]


def _ended(label: str) -> CallFact:
    return CallFact(
        call=label, tenant="winterbach", focus="quality", parties=("citizen", "clerk"), connected=True, began_at=1.0,
        ended_at=2.0,
    )  # fmt: skip


@settings(deadline=None)
@given(seed=st.integers(), repeat=st.integers(1, 6), compare=st.booleans())
def test_every_repetition_plays_everything_once(seed: int, repeat: int, compare: bool) -> None:
    order = trials(replace(WANTED, seed=seed, repeat=repeat, compare=compare))
    each = len(NAMES) + 1 + compare

    assert len(order) == repeat * each
    for number in range(repeat):
        assert {trial.repetition for trial in order[number * each : (number + 1) * each]} == {number + 1}
    assert not [label for label, count in Counter(trial.label for trial in order).items() if count > 1]


@settings(deadline=None)
@given(seed=st.integers())
def test_the_same_seed_gives_the_same_order(seed: int) -> None:
    assert trials(replace(WANTED, seed=seed)) == trials(replace(WANTED, seed=seed))


def test_another_seed_gives_another_order() -> None:
    assert len({tuple(trials(replace(WANTED, seed=seed))) for seed in range(5)}) == 5


@settings(deadline=None)
@given(seed=st.integers())
def test_twins_with_and_without_encryption_are_neighbours_and_take_turns_in_going_first(seed: int) -> None:
    order = trials(replace(WANTED, seed=seed))
    first = []
    for at, trial in enumerate(order):
        if not trial.encrypted:
            around = [other for other in order[max(0, at - 1) : at + 2] if other.encrypted]
            (twin,) = [each for each in around if each == replace(trial, encrypted=True)]
            first.append(order.index(twin) < at)

    assert len(first) == 4
    assert first in ([True, False] * 2, [False, True] * 2)


def test_a_label_says_what_a_call_is() -> None:
    assert Trial("lift", 2).label == "lift-2"
    assert Trial("clear", 1, encrypted=False).label == "clear-plain-1"
    assert Trial("clear", 3, planted="freeze-1s").label == "clear-freeze-1s-3"


def test_a_call_that_was_written_down_to_its_end_is_not_played_again() -> None:
    order = [Trial("clear", 1), Trial("lift", 1), Trial("train", 1)]
    moment = Moment(call="lift-1", party="clerk", what="call-began", at_ms=1.0)

    left = left_of(order, _records(_ended("clear-1"), moment, _ended("train-1-again1")))

    assert left == [Trial("lift", 1)]


def test_what_a_killed_call_left_is_not_taken_for_that_of_the_next_attempt() -> None:
    moment = Moment(call="lift-1", party="clerk", what="call-began", at_ms=1.0)
    again = moment.model_copy(update={"call": "lift-1-again1"})

    assert label_for(Trial("lift", 1), _records(_ended("clear-1"))) == "lift-1"
    assert label_for(Trial("lift", 1), _records(moment)) == "lift-1-again1"
    assert label_for(Trial("lift", 1), _records(moment, again)) == "lift-1-again2"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("delay-100", "Each way: delay 100 ms."),
        ("jitter-100", "Each way: delay 100 ± 100 ms."),
        ("loss-3", "Each way: loss 3 %."),
        ("rate-500", "Each way: at most 500 kbit/s with a queue of 200 ms."),
    ],
)
def test_a_plain_impairment_is_named_by_its_size(name: str, said: str) -> None:
    assert network_profile(name).sentence.en == said
    assert network_profile(name).name == name


def test_an_impairment_that_cannot_be_is_refused() -> None:
    with pytest.raises(NetworkError, match="There can be no network 'loss-101': a value is out of range."):
        network_profile("loss-101")
    with pytest.raises(NetworkError, match="There is no network profile 'moon'; there are clear, "):
        network_profile("moon")


def test_an_unknown_plant_is_refused_and_the_others_named() -> None:
    with pytest.raises(BenchError, match="Nothing called 'moss' can be planted; there are freeze-300ms, "):
        plant("moss")
    assert plant("").actions == ()


def test_sound_is_moved_to_either_side_and_back_in_one_call() -> None:
    steps = [action for action in PLANTS["sound-steps"].actions if isinstance(action, InPage)]
    assert [step.does["soundLaterMs"] for step in steps] == [200, 0, -200, 0, 100, 0, -100, 0, 50, 0, -50, 0]
    assert [step.at_s for step in steps] == sorted(step.at_s for step in steps)


@pytest.mark.parametrize("name", PLANTS)
def test_what_a_plant_stops_it_mends(name: str) -> None:
    done = [action.does for action in PLANTS[name].actions if isinstance(action, OnLink)]
    assert done.count("as-before") == sum(1 for each in done if each in ("out-stops", "in-stops"))
    assert PLANTS[name].needs_links == bool(done)
