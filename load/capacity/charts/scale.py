"""From values to places in a drawing, and round numbers to write beside an axis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale: ``low`` lies at ``start``, ``high`` at ``stop`` (in the drawing's units)."""

    low: float
    high: float
    start: float
    stop: float

    def __call__(self, value: float) -> float:
        """Where a value lies; values beyond the scale lie at its end."""
        span = (self.high - self.low) or 1.0
        part = min(1.0, max(0.0, (value - self.low) / span))
        return round(self.start + part * (self.stop - self.start), 1)


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """About ``count`` round numbers from ``low`` to ``high``: steps of 1, 2 or 5 times a power of ten."""
    if high <= low:
        return [low]
    rough = (high - low) / max(1, count)
    power = 10.0 ** floor(log10(rough))
    step = next(each * power for each in (1, 2, 5, 10) if each * power >= rough * 0.999)
    first = ceil(low / step - 1e-9)
    return [round(number * step, 10) for number in range(first, floor(high / step + 1e-9) + 1)]


def polyline(points: Iterable[tuple[float, float]]) -> str:
    """The attribute ``points`` of a line."""
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def steps(xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, float]]:
    """Corners of a staircase through the points: each value holds until the next begins. Equal values are merged."""
    corners: list[tuple[float, float]] = []
    for x, y in zip(xs, ys, strict=True):
        if corners and corners[-1][1] == y:
            continue
        if corners:
            corners.append((x, corners[-1][1]))
        corners.append((x, y))
    if corners:
        corners.append((xs[-1], corners[-1][1]))
    return corners
