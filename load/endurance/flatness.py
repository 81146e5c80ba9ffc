"""The judge of flatness, a pure function: does a memory grow from minute to minute, or does it only go up and down?

The slope is that of Theil and Sen, the median of the slopes between all pairs of samples: up to 29 % of the samples
may lie anywhere (a garbage collection not done, a page that is just being closed) without moving it much. Its interval
is Sen's (P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, JASA 63, 1968), at 95 %.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from statistics import median
from types import MappingProxyType
from typing import Literal

from load.endurance.samples import Sample, names, series

KIB, MIB = 2**10, 2**20
PERIOD = 30.0  # minutes of call for which growth is told: the longest appointment that a tenant offers
WARM_UP = 5.0  # minutes that are not judged: code is compiled, pools and caches are filled
MIN_POINTS = 8  # below that an interval of 95 % is wider than anything worth saying
LEAST_MINUTES = int(WARM_UP) + MIN_POINTS - 1  # a call shorter than that cannot be judged
_Z = 1.96  # of the normal distribution, for 95 % on both sides

# What may be added in 30 minutes of call, by kind of series. Ours, not a norm's: a page may keep what people wrote
# (lines of chat and captions), a server what it has in its log and its pools; neither may keep media, keys or people.
LIMITS: Mapping[str, float] = MappingProxyType(
    {
        "heap": 2 * MIB,
        "worker": 1 * MIB,
        "nodes": 1_500,
        "listeners": 60,
        "renderer": 32 * MIB,
        "server": 8 * MIB,
    }
)
# A browser gives freed memory back to the system by the clock, not by the work done: half an hour's churn in a minute
# says nothing of it. What the page really holds, its heaps and nodes, is judged in both.
BY_THE_CLOCK = frozenset({"renderer"})

Outcome = Literal["flat", "grows", "unclear"]


@dataclass(frozen=True, slots=True)
class Growth:
    """How one series went. ``growth``, ``low`` and ``high`` are for 30 minutes, in the unit of the series."""

    name: str
    points: int
    first: float
    last: float
    growth: float
    low: float
    high: float
    limit: float
    outcome: Outcome


def judge(samples: Sequence[Sample], *, accelerated: bool = False) -> list[Growth]:
    """The growth of every series that has a limit and is judged in this kind of call, in the order of ``LIMITS``."""
    found = [name for kind in LIMITS for name in names(samples) if name.partition("/")[0] == kind]
    skipped = BY_THE_CLOCK if accelerated else frozenset[str]()
    return [grown(name, series(samples, name)) for name in found if name.partition("/")[0] not in skipped]


def grown(name: str, points: Sequence[tuple[float, float]], warm_up: float = WARM_UP) -> Growth:
    """How one series of points (minute, value) grows after the warm-up.

    ``flat`` is a growth within its limit; ``grows`` one beyond it whose whole interval is above zero; what is beyond
    its limit and may be noise, or has too few points, is ``unclear``.
    """
    limit = LIMITS[name.partition("/")[0]]
    judged = [point for point in points if point[0] >= warm_up]
    if len(judged) < MIN_POINTS:
        last = points[-1][1] if points else 0.0
        return Growth(name, len(judged), points[0][1] if points else 0.0, last, 0.0, 0.0, 0.0, limit, "unclear")
    slope, low, high = (PERIOD * each for each in theil_sen(judged))
    outcome: Outcome = "flat" if slope <= limit else "grows" if low > 0 else "unclear"
    return Growth(name, len(judged), judged[0][1], judged[-1][1], slope, low, high, limit, outcome)


def theil_sen(points: Iterable[tuple[float, float]]) -> tuple[float, float, float]:
    """The slope of points (x, y) with its interval of 95 %. Raises ``ValueError`` for fewer than two different x."""
    ordered = sorted(points)
    slopes = sorted((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(ordered, 2) if x2 > x1)
    if not slopes:
        raise ValueError("a slope needs two points with different x")
    count = len(ordered)
    spread = _Z * sqrt(count * (count - 1) * (2 * count + 5) / 18)  # of Kendall's S, without ties
    low = max(0, int((len(slopes) - spread) / 2))
    high = min(len(slopes) - 1, int((len(slopes) + spread) / 2) + 1)
    return median(slopes), slopes[low], slopes[high]


def sentence(growths: Sequence[Growth], minutes: float, *, accelerated: bool = False, died: str = "") -> str:
    """What came out, in one sentence."""
    call = f"a call of {minutes:.0f} minutes{', accelerated' if accelerated else ''}"
    early = f"The call ended early ({died.rstrip('.')}); until then: " if died else ""
    grew = [each.name for each in growths if each.outcome == "grows"]
    unclear = [each.name for each in growths if each.outcome == "unclear"]
    if grew:
        return f"{early}Memory grows over {call}: {', '.join(grew)}."
    if unclear or not growths:
        return f"{early}It cannot be told whether memory stays flat over {call}: {', '.join(unclear) or 'no samples'}."
    return f"{early}Memory stays flat over {call}: all {len(growths)} series are within their limits."


def holds(growths: Sequence[Growth], died: str = "") -> bool:
    """Whether flatness is shown: every series flat, in a call that lived to its end."""
    return bool(growths) and not died and all(each.outcome == "flat" for each in growths)
