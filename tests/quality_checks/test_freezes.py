"""Freezes by the rule of webrtc-stats: those that were planted are found as long as they were, and no others."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from quality_checks.freezes import freezes, overlap

RATES = st.sampled_from([10.0, 15.0, 25.0, 30.0, 60.0])
GAPS = st.lists(st.floats(min_value=0.1, max_value=3000), min_size=0, max_size=80)


def steady(rate: float, seconds: float, frozen: tuple[float, float] | None = None) -> list[float]:
    times = [1000 * number / rate for number in range(int(seconds * rate))]
    return times if frozen is None else [at for at in times if not frozen[0] <= at < frozen[1]]


@given(RATES, st.sampled_from([300.0, 1000.0, 3000.0]), st.floats(min_value=2000, max_value=5000))
def test_a_planted_freeze_is_found_as_long_as_it_was(rate: float, lasts: float, begin: float) -> None:
    found = freezes(steady(rate, 12, (begin, begin + lasts)))
    assert len(found) == 1
    measured = found[0][1] - found[0][0]
    assert abs(measured - lasts) <= 2000 / rate + 1e-6  # a picture before, a picture after: 67 ms at 30 a second


@given(RATES)
def test_pictures_that_come_evenly_never_freeze(rate: float) -> None:
    assert freezes(steady(rate, 20), 20_000) == []


@given(GAPS)
def test_a_freeze_is_at_least_150_ms_longer_than_the_mean_and_three_times_it(gaps: list[float]) -> None:
    times = [0.0]
    for gap in gaps:
        times.append(times[-1] + gap)
    for begin, end in freezes(times):
        before = [then - one for one, then in itertools.pairwise(times[: times.index(begin) + 1])][-30:]
        mean = sum(before) / len(before)
        assert end - begin >= max(3 * mean, mean + 150) - 1e-6
        assert len(before) >= 5


def test_the_limit_itself_is_a_freeze() -> None:
    times = [0.0, 100.0, 200.0, 300.0, 400.0, 500.0]
    assert freezes([*times, 800.0]) == [(500.0, 800.0)]  # three times 100
    assert freezes([*times, 799.0]) == []
    quick = [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]
    assert freezes([*quick, 210.0]) == [(50.0, 210.0)]  # 10 and 150
    assert freezes([*quick, 209.0]) == []


def test_nothing_is_known_before_the_fifth_gap() -> None:
    assert freezes([0.0, 33.0, 66.0, 99.0, 132.0, 9000.0]) == []


def test_only_the_last_thirty_gaps_make_the_mean() -> None:
    slow = [1000.0 * number for number in range(10)]
    quick = [9000.0 + 10 * number for number in range(1, 31)]
    assert freezes([*slow, *quick, quick[-1] + 200])[-1] == (9300.0, 9500.0)


def test_a_picture_that_stands_to_the_end_is_a_freeze_that_did_not_end() -> None:
    times = steady(30, 5)
    assert freezes(times, 9000.0) == [(times[-1], 9000.0)]
    assert freezes(times, times[-1] + 900) == []  # pages stop measuring one after the other


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=5), st.floats(0, 100), st.floats(0, 100))
def test_overlap_is_never_more_than_the_time_itself(spans: list[tuple[float, float]], one: float, other: float) -> None:
    begin, end = min(one, other), max(one, other)
    ordered = sorted((min(pair), max(pair)) for pair in spans)
    apart = [pair for place, pair in enumerate(ordered) if all(pair[0] >= before[1] for before in ordered[:place])]
    assert 0 <= overlap(apart, begin, end) <= end - begin + 1e-6
