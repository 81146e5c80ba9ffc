"""Tests for small samples: exact, without a shape of the distribution taken for granted.

Mann and Whitney (1947), On a test of whether one of two random variables is stochastically larger than the other; ties
by midranks, whose permutation distribution is counted out. Hodges and Lehmann (1963) for the shift, its interval from
the same distribution. Holm (1979), A simple sequentially rejective multiple test procedure, for many figures at once.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from math import comb, erfc, sqrt
from statistics import median

EXACT = 60  # values in both samples together, up to which the distribution is counted out; beyond it is near normal


def ranks(values: Sequence[float]) -> list[int]:
    """Twice the midrank of each value, so that ties stay whole numbers."""
    order = sorted(values)
    twice = {}
    for value in set(order):
        first = order.index(value)
        twice[value] = 2 * first + 1 + order.count(value)
    return [twice[value] for value in values]


def p_value(a: Sequence[float], b: Sequence[float]) -> float:
    """The chance, were A and B alike, of rank sums at least as far apart; two-sided. 1 where a sample is empty."""
    if not a or not b:
        return 1.0
    doubled = ranks([*a, *b])
    seen, expected = sum(doubled[: len(a)]), len(a) * (len(a) + len(b) + 1)
    if len(doubled) > EXACT:
        return _normal(doubled, len(a), abs(seen - expected))
    counts = _sums(tuple(sorted(doubled)), len(a))
    far = sum(ways for total, ways in counts.items() if abs(total - expected) >= abs(seen - expected))
    return far / comb(len(doubled), len(a))


@lru_cache(maxsize=256)
def _sums(doubled: tuple[int, ...], size: int) -> Mapping[int, int]:
    """How many choices of ``size`` ranks have each sum."""
    ways: list[dict[int, int]] = [{0: 1}, *({} for _ in range(size))]
    for rank in doubled:
        for chosen in range(size, 0, -1):
            for total, count in ways[chosen - 1].items():
                ways[chosen][total + rank] = ways[chosen].get(total + rank, 0) + count
    return ways[size]


def _normal(doubled: Sequence[int], size: int, distance: float) -> float:
    """The same by the normal distribution that large samples have, half a rank towards the middle."""
    whole = len(doubled)
    mean = whole + 1
    spread = sum((rank - mean) ** 2 for rank in doubled)
    variance = size * (whole - size) * spread / (whole * (whole - 1))
    return erfc(max(0.0, distance - 1) / sqrt(2 * variance)) if variance else 1.0


def shift(a: Sequence[float], b: Sequence[float]) -> float:
    """By how much B lies above A: the median of all differences. Raises ``ValueError`` for an empty sample."""
    if not a or not b:
        raise ValueError("a shift needs a value on either side")
    return median(_differences(a, b))


def shift_interval(a: Sequence[float], b: Sequence[float], level: float = 0.95) -> tuple[float, float] | None:
    """Between which differences the shift lies with at least this confidence; None where the samples are too small."""
    differences = _differences(a, b)
    outside = _outside(len(a), len(b), (1 - level) / 2)
    if not differences or outside < 1:
        return None
    return differences[outside - 1], differences[-outside]


def _differences(a: Sequence[float], b: Sequence[float]) -> list[float]:
    return sorted(after - before for after in b for before in a)


@lru_cache(maxsize=256)
def _outside(first: int, second: int, tail: float) -> int:
    """How many differences may be left out at either end: as many as U stays below with the chance ``tail``."""
    if not first or not second:
        return 0
    if first + second > EXACT:
        middle, spread = first * second / 2, sqrt(first * second * (first + second + 1) / 12)
        return max(0, int(middle - 1.96 * spread)) if tail <= 0.025 else max(0, int(middle - 1.645 * spread))
    doubled = tuple(2 * rank for rank in range(1, first + second + 1))
    least = first * (first + 1)
    counts = _sums(doubled, first)
    ways = [counts.get(least + 2 * u, 0) for u in range(first * second + 1)]
    return sum(1 for below in accumulate(ways) if below / comb(first + second, first) <= tail)


def holm(chances: Mapping[str, float]) -> dict[str, float]:
    """The chances, raised so that of all of them together none is below a level by mere chance more often than it."""
    adjusted: dict[str, float] = {}
    worst = 0.0
    for at, (name, chance) in enumerate(sorted(chances.items(), key=lambda each: (each[1], each[0]))):
        worst = max(worst, min(1.0, chance * (len(chances) - at)))
        adjusted[name] = worst
    return adjusted


def runs_needed(figures: int, level: float = 0.05) -> int:
    """The runs of each release with which a clear change of one of so many figures can be told from chance."""
    runs = 2
    while 2 * figures / comb(2 * runs, runs) > level:
        runs += 1
    return runs
