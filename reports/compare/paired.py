"""Tests for pairs: a run of A and one of B, played right after each other. Exact, as ``statistics`` is.

Wilcoxon (1945), Individual comparisons by ranking methods; ties by midranks, pairs without a difference left out, the
distribution over all ways to turn the signs counted out. Arbuthnott's sign test (1710). Hodges and Lehmann (1963) for
the shift: the median of all means of two differences, its interval from the same distribution.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from math import comb, erfc, sqrt
from statistics import median

from reports.compare.statistics import EXACT, ranks


def signed_rank(differences: Sequence[float]) -> float:
    """The chance, were A and B alike, of signed ranks at least as one-sided; two-sided. 1 where nothing differs."""
    apart = [each for each in differences if each]
    if not apart:
        return 1.0
    doubled = ranks([abs(each) for each in apart])
    up = sum(rank for rank, each in zip(doubled, apart, strict=True) if each > 0)
    seen, whole = abs(2 * up - sum(doubled)), sum(doubled)
    if len(doubled) > EXACT:
        spread = sqrt(sum(rank * rank for rank in doubled))
        return erfc(max(0.0, seen - 2) / spread / sqrt(2))
    ways = _sums(tuple(sorted(doubled)))
    return sum(count for total, count in ways.items() if abs(2 * total - whole) >= seen) / (1 << len(doubled))


def sign(differences: Sequence[float]) -> float:
    """The chance, were A and B alike, of differences at least as often to one side; two-sided. 1 where none differs."""
    up, down = sum(each > 0 for each in differences), sum(each < 0 for each in differences)
    tail = sum(comb(up + down, few) for few in range(min(up, down) + 1))
    return min(1.0, 2 * tail / (1 << (up + down)))


def paired_shift(differences: Sequence[float]) -> float:
    """By how much B lies above A. Raises ``ValueError`` where there is no pair."""
    if not differences:
        raise ValueError("a shift needs a pair")
    return median(_means(differences))


def paired_interval(differences: Sequence[float], level: float = 0.95) -> tuple[float, float] | None:
    """Between which values the shift lies with at least this confidence; None where there are too few pairs."""
    means = _means(differences)
    outside = _outside(len(differences), (1 - level) / 2)
    return (means[outside - 1], means[-outside]) if outside else None


@lru_cache(maxsize=256)
def _sums(doubled: tuple[int, ...]) -> Mapping[int, int]:
    """How many choices of these ranks have each sum."""
    ways = {0: 1}
    for rank in doubled:
        more = dict(ways)
        for total, count in ways.items():
            more[total + rank] = more.get(total + rank, 0) + count
        ways = more
    return ways


def _means(differences: Sequence[float]) -> list[float]:
    return sorted((one + other) / 2 for at, one in enumerate(differences) for other in differences[at:])


@lru_cache(maxsize=256)
def _outside(pairs: int, tail: float) -> int:
    """How many means may be left out at either end: as many as the rank sum stays below with the chance ``tail``."""
    if not pairs:
        return 0
    if pairs > EXACT:
        spread = sqrt(pairs * (pairs + 1) * (2 * pairs + 1) / 24)
        return max(0, int(pairs * (pairs + 1) / 4 - 1.96 * spread))
    ways = _sums(tuple(range(1, pairs + 1)))
    below = accumulate(ways.get(total, 0) for total in range(pairs * (pairs + 1) // 2 + 1))
    return sum(1 for count in below if count / (1 << pairs) <= tail)
