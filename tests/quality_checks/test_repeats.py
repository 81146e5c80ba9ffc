"""Repeated calls together: what their interval must hold, and what little data must not pretend."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality_checks.repeats import typical

VALUES = st.lists(st.floats(min_value=-1e6, max_value=1e6), min_size=1, max_size=40)


@given(VALUES)
def test_the_median_lies_in_its_interval(values: list[float]) -> None:
    told = typical(values)
    assert told.count == len(values)
    assert told.low <= told.median <= told.high


@given(VALUES)
def test_the_order_of_calls_changes_nothing(values: list[float]) -> None:
    one, other = typical(values), typical(values[::-1])
    assert (one.median, one.method) == (other.median, other.method)
    assert (one.low, one.high) == pytest.approx((other.low, other.high))


@given(st.lists(st.floats(min_value=-1e6, max_value=1e6), min_size=6, max_size=40))
def test_from_six_calls_on_the_limits_are_values_that_were_measured(values: list[float]) -> None:
    told = typical(values)
    assert told.method == "sign"
    assert {told.low, told.high} <= set(values)


@pytest.mark.parametrize("count", range(6, 60))
def test_the_sign_interval_has_95_per_cent_and_no_narrower_one_has(count: int) -> None:
    told = typical([float(number) for number in range(count)])
    cut = int(told.low)
    assert told.high == count - 1 - cut
    outside = [2 * sum(comb(count, each) for each in range(left + 1)) / 2**count for left in (cut, cut + 1)]
    assert outside[0] <= 0.05 < outside[1]


def test_three_calls_have_students_interval() -> None:
    told = typical([90.0, 100.0, 110.0])
    assert told.method == "t"
    assert (told.low, told.high) == pytest.approx((100 - 24.84, 100 + 24.84), abs=0.01)


def test_one_call_has_no_interval() -> None:
    told = typical([7.0])
    assert (told.low, told.median, told.high, told.method) == (7.0, 7.0, 7.0, "none")


def test_an_interval_does_not_leave_the_scale_of_its_figure() -> None:
    told = typical([0.0, 0.01, 0.9], 0.0, 1.0)
    assert (told.low, told.high) == (0.0, 1.0)


def test_no_call_at_all_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="nothing was repeated"):
        typical([])
