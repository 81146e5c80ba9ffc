"""Chances that are wrong make releases look changed, or alike."""

import random
from itertools import combinations
from math import comb
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.compare.statistics import holm, p_value, ranks, runs_needed, shift, shift_interval

SAMPLES = st.lists(st.integers(0, 9).map(float), min_size=1, max_size=5)


def by_hand(a: list[float], b: list[float]) -> float:
    """Every way to deal the values out."""
    doubled = ranks([*a, *b])
    middle = len(a) * (len(doubled) + 1)
    seen = abs(sum(doubled[: len(a)]) - middle)
    ways = [sum(chosen) for chosen in combinations(doubled, len(a))]
    return sum(abs(way - middle) >= seen for way in ways) / len(ways)


@given(SAMPLES, SAMPLES)
def test_chance_is_that_of_every_way_to_deal_the_values_out(a: list[float], b: list[float]) -> None:
    assert p_value(a, b) == pytest.approx(by_hand(a, b))


@given(SAMPLES, SAMPLES)
def test_chance_is_the_same_from_either_side(a: list[float], b: list[float]) -> None:
    assert p_value(a, b) == pytest.approx(p_value(b, a))
    assert 0 < p_value(a, b) <= 1


def test_known_chances() -> None:
    assert p_value([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]) == pytest.approx(2 / 252)
    assert p_value([1, 2, 3], [1, 2, 3]) == 1
    assert p_value([], [1.0]) == 1


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 1000))
def test_large_samples_are_judged_as_small_ones_are(seed: int) -> None:
    chance = random.Random(seed)
    a, b = ([chance.gauss(0, 1) for _ in range(29)] for _ in range(2))
    more_a, more_b = [*a, chance.gauss(0, 1), chance.gauss(0, 1)], b
    exact, near = p_value(a, b), p_value(more_a, more_b)
    assert abs(exact - near) < 0.35, "two more values change little"
    assert p_value([*range(40)], [each + 0.5 for each in range(40)]) > 0.5
    assert p_value([*range(40)], [each + 100.0 for each in range(40)]) < 1e-9


@given(SAMPLES, st.integers(-50, 50))
def test_shift_is_what_was_added(a: list[float], added: int) -> None:
    b = [each + added for each in a]
    assert shift(a, b) == pytest.approx(median(y - x for x in a for y in b))
    assert shift(a, b) == pytest.approx(added)


def test_shift_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="either side"):
        shift([], [1.0])


def test_interval_holds_the_true_shift_as_often_as_it_says() -> None:
    chance = random.Random(5)
    hits = 0
    for _ in range(400):
        a, b = [chance.gauss(0, 1) for _ in range(6)], [chance.gauss(3, 1) for _ in range(6)]
        between = shift_interval(a, b)
        assert between is not None
        hits += between[0] <= 3 <= between[1]
    assert hits >= 0.93 * 400


def test_samples_too_small_have_no_interval() -> None:
    assert shift_interval([1.0, 2.0], [3.0, 4.0]) is None
    assert shift_interval([], []) is None


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 1), max_size=8))
def test_adjusted_chances_keep_their_order_and_are_never_smaller(chances: dict[str, float]) -> None:
    adjusted = holm(chances)
    assert adjusted.keys() == chances.keys()
    for name, chance in chances.items():
        assert chance <= adjusted[name] <= 1
    for one, other in combinations(chances, 2):
        if chances[one] < chances[other]:
            assert adjusted[one] <= adjusted[other]


def test_known_adjustment() -> None:
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03}) == pytest.approx({"a": 0.03, "c": 0.06, "b": 0.06})


@given(st.integers(1, 300))
def test_so_many_runs_can_tell_one_of_so_many_figures_and_fewer_cannot(figures: int) -> None:
    runs = runs_needed(figures)
    assert 2 * figures / comb(2 * runs, runs) <= 0.05
    assert runs == 2 or 2 * figures / comb(2 * runs - 2, runs - 1) > 0.05
