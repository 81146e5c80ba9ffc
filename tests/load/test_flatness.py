"""A leak is found whatever the noise around it; noise, garbage collections and warm-up are no leak."""

import random
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from load.endurance.flatness import KIB, LIMITS, MIB, Growth, grown, holds, judge, sentence, theil_sen
from load.endurance.samples import Sample

MINUTES = range(31)
SEEDS = st.integers(0, 2**32)
drawn = settings(deadline=None, max_examples=60)  # a busy machine is no failure


def points(
    per_minute: float = 0.0, noise: float = 0.0, seed: int = 0, start: float = 6 * MIB
) -> list[tuple[float, float]]:
    chance = random.Random(seed)
    return [(float(minute), start + per_minute * minute + chance.uniform(-noise, noise)) for minute in MINUTES]


def samples(**series: list[tuple[float, float]]) -> list[Sample]:
    by_name = {name.replace("_", "/"): dict(given) for name, given in series.items()}
    return [
        Sample(float(minute), minute * 60.0, MappingProxyType({name: each[minute] for name, each in by_name.items()}))
        for minute in MINUTES
    ]


@drawn
@given(SEEDS, st.floats(1.3, 20), st.floats(0, 0.1))
def test_leak_above_the_limit_is_found_under_noise(seed: int, times: float, noise: float) -> None:
    limit = LIMITS["heap"]
    found = grown("heap/clerk", points(times * limit / 30, noise * limit, seed))
    assert found.outcome == "grows"
    assert found.low <= found.growth <= found.high
    assert abs(found.growth - times * limit) < 0.25 * limit


@drawn
@given(SEEDS, st.floats(0, 0.5))
def test_noise_is_no_leak(seed: int, noise: float) -> None:
    assert grown("heap/clerk", points(0, noise * LIMITS["heap"], seed)).outcome == "flat"


@drawn
@given(st.integers(2, 9), st.integers(0, 8), st.floats(0.1, 0.5))
def test_saw_teeth_of_the_garbage_collector_are_no_leak(teeth: int, offset: int, height: float) -> None:
    swing = height * LIMITS["heap"]
    sawn = [(float(minute), 6 * MIB + swing * ((minute + offset) % teeth) / teeth) for minute in MINUTES]
    assert grown("heap/clerk", sawn).outcome == "flat"


@drawn
@given(st.sets(st.integers(5, 30), max_size=5), st.floats(1, 100))
def test_a_few_wild_samples_are_no_leak(wild: set[int], size: float) -> None:
    peaked = [(x, y + (size * MIB if int(x) in wild else 0)) for x, y in points(0)]
    assert grown("heap/clerk", peaked).outcome == "flat"


@drawn
@given(st.sets(st.integers(5, 30), max_size=5))
def test_a_leak_is_not_hidden_by_a_few_low_samples(wild: set[int]) -> None:
    dipped = [(x, 0.0 if int(x) in wild else y) for x, y in points(2 * LIMITS["heap"] / 30)]
    assert grown("heap/clerk", dipped).outcome == "grows"


def test_the_warm_up_is_no_leak() -> None:
    warming = [(x, y + min(x, 4) * MIB) for x, y in points(0)]
    assert grown("heap/clerk", warming).outcome == "flat"


def test_a_leak_in_every_lost_connection_is_found() -> None:
    kept = 400 * KIB  # at each connection lost, every fourth minute
    stairs = [(float(minute), 6 * MIB + kept * (minute // 4)) for minute in MINUTES]
    assert grown("heap/clerk", stairs).outcome == "grows"


def test_shrinking_is_flat() -> None:
    assert grown("server/townhall", points(-MIB, start=90 * MIB)).outcome == "flat"


def test_noise_that_hides_the_limit_is_unclear_and_does_not_hold() -> None:
    zigzag = [
        (float(x), 6 * MIB + (40 * MIB if x in (7, 9, 28, 29, 30) else x % 2 * 20 * MIB)) for x in range(5, 31, 2)
    ]
    few = grown("heap/clerk", points()[:10])
    assert few.outcome == "unclear"
    assert few.points == 5
    assert not holds([few])
    assert grown("heap/clerk", zigzag).outcome in ("unclear", "flat")


@drawn
@given(SEEDS, st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_the_slope_of_a_line_is_its_slope(seed: int, slope: float, start: float) -> None:
    line = [(float(x), start + slope * x) for x in MINUTES]
    random.Random(seed).shuffle(line)
    assert theil_sen(line) == pytest.approx((slope, slope, slope), abs=1e-3)


def test_a_slope_of_one_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="a slope needs two points with different x"):
        theil_sen([(1.0, 2.0), (1.0, 3.0)])


def test_all_series_with_a_limit_are_judged_and_no_other() -> None:
    leaking = points(LIMITS["server"] / 10, start=90 * MIB)
    given_samples = samples(heap_clerk=points(), frames_clerk=points(1e9), server_janus=leaking, renderer_clerk=leaking)
    assert [each.name for each in judge(given_samples)] == ["heap/clerk", "renderer/clerk", "server/janus"]
    growths = judge(given_samples, accelerated=True)
    assert [(each.name, each.outcome) for each in growths] == [("heap/clerk", "flat"), ("server/janus", "grows")]
    assert not holds(growths)
    assert sentence(growths, 30, accelerated=True) == (
        "Memory grows over a call of 30 minutes, accelerated: server/janus."
    )


def test_a_flat_call_holds_only_when_it_lived_to_its_end() -> None:
    growths = judge(samples(heap_clerk=points(), worker_clerk=points()))
    assert holds(growths)
    assert sentence(growths, 30) == (
        "Memory stays flat over a call of 30 minutes: all 2 series are within their limits."
    )
    assert not holds(growths, "The clerk sees no picture any more.")
    assert sentence(growths, 12, died="The clerk sees no picture any more.").startswith(
        "The call ended early (The clerk sees no picture any more); until then: Memory stays flat"
    )


def test_no_samples_prove_nothing() -> None:
    assert judge([]) == []
    assert not holds([])
    assert sentence([], 0) == "It cannot be told whether memory stays flat over a call of 0 minutes: no samples."
    unclear = Growth("heap/clerk", 3, 0, 0, 0, 0, 0, 1, "unclear")
    assert sentence([unclear], 3) == "It cannot be told whether memory stays flat over a call of 3 minutes: heap/clerk."
