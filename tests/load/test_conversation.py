"""Conversations and the plans of calls: what never happens in one, and what happens in the long run."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from load.errors import LoadError
from load.models.callplan import CallPlan, Event, Habits, Party, plan_call
from load.models.conversation import SHARES, converse, states
from load.municipality.calendar import load_municipality
from load.municipality.habits import habits_of

SEEDS = st.integers(0, 2**32)
QUICK = settings(max_examples=25, deadline=None)
PARTIES: tuple[Party, ...] = ("clerk", "citizen")
SHARE = st.floats(0, 1)
HABITS = st.builds(
    Habits, no_show=st.floats(0, 0.5), early=st.floats(0, 0.5), late=st.floats(0, 0.5), camera_off=SHARE,
    camera_toggles=SHARE, shares_screen=SHARE, reconnects=SHARE, hangs_up=SHARE, away_seconds=st.floats(1, 60),
)  # fmt: skip


def test_the_long_run_is_that_of_the_formulae() -> None:
    begun = states(20_000.0, np.random.default_rng(5))
    lengths = dict.fromkeys(SHARES, 0.0)
    for (begin, state), (end, _) in pairwise(begun):
        lengths[state] += end - begin
    whole = sum(lengths.values())
    for state, share in SHARES.items():
        assert lengths[state] / whole == pytest.approx(share, abs=0.01)
    assert sum(SHARES.values()) == pytest.approx(1.0)
    # Near what P.59 measured: 22.5 % mutual silence; somebody talks 38.5 % of the time, here a little more.
    assert SHARES["neither"] == pytest.approx(0.21, abs=0.005)
    assert SHARES["a"] + SHARES["both"] == pytest.approx(0.449, abs=0.005)


def test_a_mutual_silence_is_never_shorter_than_200_ms() -> None:
    begun = states(2_000.0, np.random.default_rng(6))
    assert all(end - begin >= 0.2 for (begin, state), (end, _) in pairwise(begun) if state == "neither")
    assert all(after in ("a", "b") for (_, state), (_, after) in pairwise(begun) if state in ("both", "neither"))


@QUICK
@given(st.floats(0.1, 300), SEEDS)
def test_spurts_are_in_order_and_within_the_call(seconds: float, seed: int) -> None:
    spoken = converse(seconds, seed)
    assert spoken == converse(seconds, seed)
    for spurts in (spoken.a, spoken.b):
        assert all(0 <= each.begin < each.end <= seconds for each in spurts)
        assert all(one.end < other.begin for one, other in pairwise(spurts))


@QUICK
@given(st.floats(5, 600), SEEDS, HABITS)
def test_nobody_talks_before_joining_while_away_or_after_leaving(talk: float, seed: int, habits: Habits) -> None:
    plan = plan_call(talk, seed, habits)
    assert plan == plan_call(talk, seed, habits)
    assert [event.at for event in plan.events] == sorted(event.at for event in plan.events)
    for party in PARTIES:
        if events := plan.of(party):
            live_through(events)
    assert plan.no_show == (not plan.of("citizen"))


def live_through(events: tuple[Event, ...]) -> None:
    """Plays a person's events and refuses what a person cannot do."""
    assert [events[0].action, events[-1].action] == ["opens-link", "leaves"]
    joined = talking = sharing = away = False
    camera = True
    for event in events:
        match event.action:
            case "opens-link":
                assert not joined
            case "joins":
                assert not joined
                joined = True
            case "talks":
                assert joined
                assert not talking
                assert not away
                talking = True
            case "falls-silent":
                assert talking
                talking = False
            case "camera-on" | "camera-off":
                assert joined
                assert camera == (event.action == "camera-off")
                camera = not camera
            case "shares-screen" | "stops-sharing":
                assert joined
                assert sharing == (event.action == "stops-sharing")
                sharing = not sharing
            case "loses-connection" | "reconnects":
                assert joined
                assert away == (event.action == "reconnects")
                away = not away
            case "leaves":
                assert not any((talking, sharing, away))
                joined = False
    assert not joined


def plans(habits: Habits, count: int = 400) -> list[CallPlan]:
    return [plan_call(20.0, seed, habits) for seed in range(count)]


def test_habits_are_kept_in_the_long_run() -> None:
    all_plans = plans(Habits())
    come = [plan for plan in all_plans if not plan.no_show]
    assert 1 - len(come) / len(all_plans) == pytest.approx(0.12, abs=0.05)
    early = [plan for plan in come if plan.of("citizen")[0].at < 0]
    assert len(early) / len(come) == pytest.approx(0.5, abs=0.08)
    arrivals = [plan.of("citizen")[0].at for plan in come]
    assert min(arrivals) >= -900
    assert -sum(min(at, 0) for at in arrivals) / len(early) == pytest.approx(240, abs=50)
    late = [at for at in arrivals if at > 0]
    assert len(late) / len(come) == pytest.approx(0.15, abs=0.06)
    assert sum(late) / len(late) == pytest.approx(180, abs=60)
    assert max(late) <= 600
    shared = [plan for plan in come if any(event.action == "shares-screen" for event in plan.events)]
    assert len(shared) / len(come) == pytest.approx(0.3, abs=0.08)


def test_a_no_show_leaves_the_clerk_waiting() -> None:
    plan = plan_call(300.0, 1, Habits(no_show=1.0))
    assert [(event.at, event.party, event.action) for event in plan.events] == [
        (0.0, "clerk", "opens-link"),
        (0.0, "clerk", "joins"),
        (600.0, "clerk", "leaves"),
    ]


def test_the_habits_of_a_municipality() -> None:
    habits = habits_of(load_municipality("winterbach").behaviour)
    assert (habits.no_show, habits.early_seconds, habits.opens_before) == (0.12, 240.0, 900.0)


def test_nonsense_is_refused_with_its_mend() -> None:
    with pytest.raises(LoadError, match="A conversation of 0 s is none: give it a length."):
        converse(0.0, 1)
    with pytest.raises(LoadError, match="A call of -1 s is none: give it a length."):
        plan_call(-1.0, 1)
    with pytest.raises(LoadError, match="give each from 0 to 1"):
        Habits(early=0.9, late=0.9)
