"""Freezes, by the rule of W3C's webrtc-stats (freezeCount) and applied to what was shown."""

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import pairwise

LAST = 30  # pictures over which the mean is taken
LEAST = 5  # gaps that must be known before one can be a freeze, as browsers have it
FACTOR, MORE_MS = 3.0, 150.0
AT_THE_END = 1000.0  # ms that the last picture may stand, because pages stop measuring one after the other (our own)


def freezes(times: Sequence[float], end: float | None = None, doubt: Sequence[float] = ()) -> list[tuple[float, float]]:
    """The gaps (from, to; ms) between pictures that were freezes: max(3 × mean, mean + 150 ms) or longer.

    The mean is of the last 30 gaps. ``end`` is when the next picture was due at the latest: a picture that stands
    until then, and so long that it is a freeze, is one that did not end. ``doubt`` holds for each of ``times`` how much
    of the time before it (ms) is not known to have been without another picture: it is no part of a freeze.
    """
    gaps: deque[float] = deque(maxlen=LAST)
    found = []
    unsure = doubt or (0.0,) * len(times)
    for (begin, then), less in zip(pairwise(times), unsure[1:], strict=True):
        if is_freeze(then - less - begin, gaps):
            found.append((begin, then - less))
        gaps.append(then - less - begin)
    if end is not None and times and end - times[-1] > AT_THE_END and is_freeze(end - times[-1], gaps):
        found.append((times[-1], end))
    return found


def is_freeze(gap: float, before: Sequence[float] | deque[float]) -> bool:
    """Whether a gap is a freeze after the gaps before it."""
    if len(before) < LEAST:
        return False
    mean = sum(before) / len(before)
    return gap >= max(FACTOR * mean, mean + MORE_MS)


def overlap(spans: Iterable[tuple[float, float]], begin: float, end: float) -> float:
    """How much of the time between two moments the spans cover, which do not overlap one another (ms)."""
    return sum(max(0.0, min(last, end) - max(first, begin)) for first, last in spans)
