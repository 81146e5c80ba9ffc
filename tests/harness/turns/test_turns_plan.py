"""Whose turn it is: fair to both, the same for the same seed, and how long the rest will take."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.turns.plan import Turn, Wanted, sides, time_left, turns

WANTED = Wanted("old", "new", repeat=8, checks=("E01",))


@settings(deadline=None)
@given(st.integers(1, 40), st.integers())
def test_every_pair_has_both_and_a_block_has_both_orders(repeat: int, seed: int) -> None:
    order = sides(repeat, seed)
    assert len(order) == repeat
    assert all(sorted(pair) == ["a", "b"] for pair in order)
    for first, second in list(pairwise(order))[::2]:
        assert first != second, "ABBA or BAAB, never ABAB"


@settings(deadline=None)
@given(st.integers(1, 20), st.integers())
def test_steady_drift_meets_both_alike(blocks: int, seed: int) -> None:
    whole = [side for pair in sides(2 * blocks, seed) for side in pair]
    places = {side: sum(at for at, each in enumerate(whole) if each == side) for side in "ab"}
    assert places["a"] == places["b"]


@settings(deadline=None)
@given(st.integers(), st.integers(1, 30))
def test_the_same_seed_gives_the_same_order_and_more_pairs_go_on_with_it(seed: int, repeat: int) -> None:
    assert sides(repeat, seed) == sides(repeat, seed) == sides(repeat + 3, seed)[:repeat]


def test_another_seed_gives_another_order() -> None:
    assert len({tuple(sides(20, seed)) for seed in range(5)}) == 5


def test_every_run_is_played_once_and_the_two_of_a_kind_are_neighbours() -> None:
    order = turns(WANTED)
    assert len(order) == len(set(order)) == 8 * 2 * 2
    for first, second in zip(order[::2], order[1::2], strict=True):
        assert (first.pair, first.kind) == (second.pair, second.kind)
        assert first.side != second.side


def test_only_what_is_wanted_is_played() -> None:
    assert {turn.kind for turn in turns(replace(WANTED, checks=()))} == {"calls"}
    assert {turn.kind for turn in turns(replace(WANTED, calls=False))} == {"checks"}


def test_time_left_is_reckoned_by_kind() -> None:
    calls, checks = Turn(1, "a", "calls"), Turn(1, "a", "checks")
    assert time_left([calls], []) is None
    assert time_left([calls, calls, checks], [("calls", 30.0), ("calls", 40.0), ("checks", 60.0)]) == pytest.approx(130)
    assert time_left([checks], [("calls", 30.0)]) == pytest.approx(30), "a guess until one of them was played"
