"""Spans of time: what is taken away is gone, and nothing else."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crypto_checks.keys.spans import Spans, both, longest, runs, without

MOMENTS = st.lists(st.integers(0, 60), max_size=12)
SPANS = MOMENTS.map(lambda times: runs([float(at) for at in times], 2.0))


def inside(at: float, spans: Spans) -> bool:
    return any(begin < at < end for begin, end in spans)


@given(SPANS, SPANS, st.integers(0, 120).map(lambda half: half / 2 + 0.25))
def test_spans_are_sets_of_moments(one: Spans, other: Spans, at: float) -> None:
    assert inside(at, both(one, other)) == (inside(at, one) and inside(at, other))
    assert inside(at, without(one, other)) == (inside(at, one) and not inside(at, other))


@given(MOMENTS)
def test_runs_hold_every_moment_and_are_apart(times: list[int]) -> None:
    spans = runs([float(at) for at in times], 2.0)
    assert all(any(begin <= at <= end for begin, end in spans) for at in times)
    assert all(after[0] - before[1] > 2.0 for before, after in pairwise(spans))


def test_longest_of_nothing_is_nothing() -> None:
    assert longest([]) == 0.0
    assert longest([(1.0, 2.0), (3.0, 5.5)]) == 2.5
