"""Chances of pairs that are wrong make releases look changed, or alike."""

import random
from itertools import product
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.compare.paired import paired_interval, paired_shift, sign, signed_rank
from reports.compare.statistics import ranks

DIFFERENCES = st.lists(st.integers(-6, 6).map(float), min_size=1, max_size=9)


def rank_sum_by_hand(differences: list[float]) -> float:
    """Every way to turn the signs."""
    apart = [each for each in differences if each]
    doubled = ranks([abs(each) for each in apart])
    seen = abs(sum(rank if each > 0 else -rank for rank, each in zip(doubled, apart, strict=True)))
    ways = [
        sum(s * rank for s, rank in zip(signs, doubled, strict=True)) for signs in product((-1, 1), repeat=len(apart))
    ]
    return sum(abs(way) >= seen for way in ways) / len(ways)


def signs_by_hand(differences: list[float]) -> float:
    apart = [1 if each > 0 else -1 for each in differences if each]
    ways = list(product((-1, 1), repeat=len(apart)))
    return sum(abs(sum(way)) >= abs(sum(apart)) for way in ways) / len(ways)


@settings(deadline=None)
@given(DIFFERENCES)
def test_chance_of_the_ranks_is_that_of_every_way_to_turn_the_signs(differences: list[float]) -> None:
    assert signed_rank(differences) == pytest.approx(rank_sum_by_hand(differences))


@settings(deadline=None)
@given(DIFFERENCES)
def test_chance_of_the_signs_is_that_of_every_way_to_turn_them(differences: list[float]) -> None:
    assert sign(differences) == pytest.approx(signs_by_hand(differences))


@settings(deadline=None)
@given(DIFFERENCES)
def test_chance_is_the_same_from_either_side(differences: list[float]) -> None:
    assert signed_rank(differences) == pytest.approx(signed_rank([-each for each in differences]))
    assert 0 < signed_rank(differences) <= 1


def test_known_chances() -> None:
    assert signed_rank([1, 2, 3, 4, 5, 6]) == pytest.approx(2 / 64)
    assert signed_rank([-1, 2, 3, 4, 5, 6]) == pytest.approx(4 / 64)
    assert sign([-1, 2, 3, 4, 5, 6]) == pytest.approx(14 / 64)
    assert signed_rank([]) == signed_rank([0.0, 0.0]) == sign([]) == 1


def test_many_pairs_are_judged_as_few_are() -> None:
    chance = random.Random(3)
    few = [chance.gauss(0.3, 1) for _ in range(60)]
    assert signed_rank([*few, 0.01]) == pytest.approx(signed_rank(few), abs=0.02)
    assert signed_rank([each + 5 for each in few] * 2) < 1e-9


@settings(deadline=None)
@given(DIFFERENCES, st.integers(-50, 50))
def test_shift_is_what_was_added(differences: list[float], added: int) -> None:
    means = [(x + y) / 2 for at, x in enumerate(differences) for y in differences[at:]]
    assert paired_shift(differences) == pytest.approx(median(means))
    assert paired_shift([each + added for each in differences]) == pytest.approx(median(means) + added)


def test_shift_of_no_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a pair"):
        paired_shift([])


@pytest.mark.parametrize("pairs", [6, 9, 70])
def test_interval_holds_the_true_shift_as_often_as_it_says(pairs: int) -> None:
    chance = random.Random(5)
    hits = 0
    for _ in range(300):
        between = paired_interval([chance.gauss(3, 1) for _ in range(pairs)])
        assert between is not None
        hits += between[0] <= 3 <= between[1]
    assert hits >= 0.92 * 300


def test_pairs_too_few_have_no_interval() -> None:
    assert paired_interval([1.0, 2.0, 3.0, 4.0, 5.0]) is None
    assert paired_interval([]) is None
