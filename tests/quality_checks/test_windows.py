"""A call cut into windows: every moment is in exactly one of them, and none is too short to judge."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.outcome import Outcome
from quality_checks.catalogue import catalogue
from quality_checks.span import pieces
from tests.quality_checks.calls import run

TIMES = st.floats(min_value=0, max_value=1e7, allow_nan=False)


@given(TIMES, st.floats(min_value=1, max_value=1e6), st.floats(min_value=1, max_value=60))
def test_windows_cover_the_call_without_gap_or_overlap(begin: float, lasts: float, length_s: float) -> None:
    cut = pieces(begin, begin + lasts, length_s)
    assert cut[0][0] == begin
    assert cut[-1][1] == begin + lasts
    assert all(one[1] == then[0] for one, then in itertools.pairwise(cut))


@given(TIMES, st.floats(min_value=1, max_value=1e6), st.floats(min_value=1, max_value=60))
def test_no_window_is_shorter_than_half_or_longer_than_one_and_a_half(
    begin: float, lasts: float, length_s: float
) -> None:
    cut = pieces(begin, begin + lasts, length_s)
    lengths = [end - first for first, end in cut]
    assert max(lengths) <= 1500 * length_s + 1e-3
    assert len(cut) == 1 or min(lengths) >= 500 * length_s - 1e-3


def test_a_call_without_duration_has_no_window() -> None:
    assert pieces(5.0, 5.0, 10) == []
    assert pieces(5.0, 4.0, 10) == []


def test_a_rest_of_half_a_window_stands_alone_and_a_shorter_one_joins_the_last() -> None:
    assert pieces(0, 25_000, 10) == [(0, 10_000), (10_000, 20_000), (20_000, 25_000)]
    assert pieces(0, 24_000, 10) == [(0, 10_000), (10_000, 24_000)]
    assert pieces(0, 4_000, 10) == [(0, 4_000)]


@pytest.mark.parametrize("check", ["Q03", "Q04", "Q05", "Q06", "Q07"])
def test_a_call_too_short_for_what_comes_every_second_says_how_long_it_must_be(check: str) -> None:
    judge = {each.id: each for each in catalogue()}[check].judge
    finding = judge(run(seconds=7.0))
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en.startswith(
        "Not judged: the call was too short for the browser's statistics, which come every second: 4.0 s after the "
        "first 3.0 s, which belong to joining; 8.0 s are needed in all ("
    )
    assert finding.sentence.de.startswith(
        "Nicht beurteilt: das Gespräch war zu kurz für die Statistik des Browsers, die jede Sekunde kommt: 4,0 s nach "
        "den ersten 3,0 s, die zum Beitritt gehören; nötig sind insgesamt 8,0 s ("
    )
    assert judge(run(seconds=8.0)).outcome is Outcome.PASS
