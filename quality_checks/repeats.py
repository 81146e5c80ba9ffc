"""Figures of repeated calls together: their median, and an interval that holds what repeating would give.

From six calls on the interval is that of the sign test: between two of the values themselves, without any assumption
on how they are spread. Fewer calls cannot give 95 % that way; then it is Student's, around the mean, which assumes
that the values are spread normally. The median always lies in it. One call has no interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, inf, sqrt
from statistics import mean, median, stdev
from typing import Literal

CONFIDENCE = 0.95
_STUDENT = {2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776}  # two-sided 95 %, by the number of values


@dataclass(frozen=True, slots=True)
class Typical:
    """The median of so many values, and its interval; ``method`` says how it was reckoned."""

    count: int
    median: float
    low: float
    high: float
    method: Literal["sign", "t", "none"]


def typical(values: Sequence[float], least: float = -inf, most: float = inf) -> Typical:
    """Of at least one value. ``least`` and ``most`` are the ends of the figure's own scale. Raises ``ValueError``."""
    if not values:
        raise ValueError("nothing was repeated")
    count, ordered, middle = len(values), sorted(values), median(values)
    if count == 1:
        return Typical(count, middle, middle, middle, "none")
    if count in _STUDENT:
        half = _STUDENT[count] * stdev(ordered) / sqrt(count)
        centre = mean(ordered)
        low, high = min(centre - half, middle), max(centre + half, middle)
        return Typical(count, middle, max(least, low), min(most, high), "t")
    cut = _cut(count)
    return Typical(count, middle, ordered[cut], ordered[-1 - cut], "sign")


def _cut(count: int) -> int:
    """How many values may be left out at either end, so that the median is between the rest in 95 % of cases."""
    outside, cut = 2 * 0.5**count, 0
    while outside + 2 * comb(count, cut + 1) * 0.5**count <= 1 - CONFIDENCE:
        cut += 1
        outside += 2 * comb(count, cut) * 0.5**count
    return cut
