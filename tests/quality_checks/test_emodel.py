"""The E-model against the values that are published, and in the order that it must have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality_checks.emodel import (
    NARROWBAND,
    WIDEBAND,
    delay_impairment,
    loss_impairment,
    mos,
    narrowband,
    on_the_scale_of_100,
    wideband,
)

DELAYS = st.floats(min_value=0, max_value=5000)
LOSSES = st.floats(min_value=0, max_value=1)
CODECS = st.tuples(st.floats(min_value=0, max_value=60), st.floats(min_value=0.5, max_value=30))


def test_default_values_give_the_published_ratings() -> None:
    assert narrowband(0, 0, ie=0, bpl=4.3) == pytest.approx(93.2)  # G.107, 7.7
    assert wideband(0, 0, ie=0, bpl=4.3) == pytest.approx(129)  # G.107.1, 7.7


@pytest.mark.parametrize(("rating", "score"), [(90, 4.34), (80, 4.03), (70, 3.60), (60, 3.10), (50, 2.58)])
def test_scores_are_those_of_annex_b(rating: float, score: float) -> None:
    assert mos(rating) == pytest.approx(score, abs=0.01)  # G.107, table B.1


@pytest.mark.parametrize(("ie", "score"), [(1, 4.49), (41, 3.51)])  # G.722.2 at 23.05 and 6.6 kbit/s (G.113, IV.1)
def test_wideband_scores_are_those_of_the_codecs_impairments(ie: float, score: float) -> None:
    assert mos(on_the_scale_of_100(wideband(0, 0, ie=ie, bpl=4.6))) == pytest.approx(score, abs=0.005)


def test_delay_counts_from_100_ms_on() -> None:
    assert delay_impairment(100) == 0
    assert delay_impairment(150) < 1  # G.114: up to 150 ms most applications are not affected
    assert 20 < delay_impairment(400) < 30


def test_losses_in_bursts_are_worse() -> None:
    assert loss_impairment(0.03, 0, 4.3, burst=2) > loss_impairment(0.03, 0, 4.3)


@given(DELAYS, DELAYS, LOSSES, CODECS)
def test_more_delay_is_never_better(one: float, other: float, loss: float, codec: tuple[float, float]) -> None:
    ie, bpl = codec
    soon, late = min(one, other), max(one, other)
    assert wideband(late, loss, ie=ie, bpl=bpl) <= wideband(soon, loss, ie=ie, bpl=bpl) + 1e-6
    assert narrowband(late, loss, ie=ie, bpl=bpl) <= narrowband(soon, loss, ie=ie, bpl=bpl) + 1e-6


@given(DELAYS, LOSSES, LOSSES, CODECS)
def test_more_loss_is_never_better(delay: float, one: float, other: float, codec: tuple[float, float]) -> None:
    ie, bpl = codec
    little, much = min(one, other), max(one, other)
    assert wideband(delay, much, ie=ie, bpl=bpl) <= wideband(delay, little, ie=ie, bpl=bpl) + 1e-6
    assert narrowband(delay, much, ie=ie, bpl=bpl) <= narrowband(delay, little, ie=ie, bpl=bpl) + 1e-6


@given(DELAYS, LOSSES, CODECS)
def test_ratings_and_scores_stay_on_their_scales(delay: float, loss: float, codec: tuple[float, float]) -> None:
    ie, bpl = codec
    wide = wideband(delay, loss, ie=ie, bpl=bpl)
    assert 0 <= wide <= WIDEBAND
    assert 0 <= narrowband(delay, loss, ie=ie, bpl=bpl) <= NARROWBAND
    assert 1 <= mos(on_the_scale_of_100(wide)) <= 4.5


@given(st.floats(min_value=-10, max_value=140), st.floats(min_value=-10, max_value=140))
def test_a_better_rating_never_has_a_worse_score(one: float, other: float) -> None:
    assert mos(min(one, other)) <= mos(max(one, other)) + 1e-9
