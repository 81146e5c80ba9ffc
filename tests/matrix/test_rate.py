"""Wilson's interval: known values, and that it never claims more than the cases allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.rate import Rate


# Brown, Cai and DasGupta 2001 work with this interval; the figures are those of binom.confint(method="wilson") in R.
@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 30, 0.0, 0.1135),
        (30, 30, 0.8865, 1.0),
        (12, 12, 0.7575, 1.0),
        (5, 10, 0.2366, 0.7634),
        (1, 10, 0.0179, 0.4042),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_known_intervals(hits: int, of: int, low: float, high: float) -> None:
    assert Rate(hits, of).interval == pytest.approx((low, high), abs=5e-5)


def test_without_a_case_everything_is_possible() -> None:
    assert Rate(0, 0).interval == (0.0, 1.0)


@given(st.integers(1, 500), st.data())
def test_interval_holds_the_share_and_is_mirrored(of: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, of))
    low, high = Rate(hits, of).interval
    assert 0.0 <= low <= hits / of <= high <= 1.0
    assert Rate(of - hits, of).interval == pytest.approx((1 - high, 1 - low))
