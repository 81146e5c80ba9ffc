"""Spans of time, as lists of (begin, end) in seconds, sorted and apart from each other."""

from collections.abc import Iterable

Spans = list[tuple[float, float]]


def runs(times: Iterable[float], gap: float) -> Spans:
    """Where moments follow each other with at most ``gap`` seconds in between."""
    found: Spans = []
    for at in sorted(times):
        if found and at - found[-1][1] <= gap:
            found[-1] = found[-1][0], at
        else:
            found.append((at, at))
    return found


def both(one: Spans, other: Spans) -> Spans:
    """Where two lists of spans overlap."""
    overlaps = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return sorted((begin, end) for begin, end in overlaps if begin <= end)


def without(spans: Spans, taken: Spans) -> Spans:
    """What is left of spans when others are taken away."""
    left = spans
    for begin, end in taken:
        left = [part for a, b in left for part in ((a, min(b, begin)), (max(a, end), b)) if part[0] < part[1]]
    return sorted(left)


def longest(spans: Spans) -> float:
    """The length of the longest span in seconds, 0 where there is none."""
    return max((end - begin for begin, end in spans), default=0.0)
