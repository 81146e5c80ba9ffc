"""One-way delay: from the stamp in a packet to the kernel's note of its arrival, both by the generator's one clock."""

import numpy as np
from numpy.typing import NDArray

_STEP = 0.0005  # seconds: how fine a histogram counts
_STEPS = 4000  # up to two seconds


class Delays:
    """For each stream the mean and the longest, and over all of them a histogram."""

    def __init__(self, capacity: int) -> None:
        self._sum, self._longest = np.zeros(capacity), np.zeros(capacity)
        self._count = np.zeros(capacity, np.int64)
        self._all = np.zeros(_STEPS + 1, np.int64)

    def note(self, row: NDArray[np.int64], time: NDArray[np.float64], stamp: NDArray[np.float64]) -> None:
        """Note a batch; what has no stamp (0), or one that cannot be (more than a minute off), is left out."""
        delay = time - stamp
        known = np.abs(delay) < 60
        if not known.all():
            row, delay = row[known], delay[known]
        np.add.at(self._sum, row, delay)
        np.add.at(self._count, row, 1)
        np.maximum.at(self._longest, row, delay)
        self._all += np.bincount(np.clip((delay / _STEP).astype(np.int64), 0, _STEPS), minlength=_STEPS + 1)

    def clear(self, row: int) -> None:
        """The row is another stream's from now on."""
        self._sum[row] = self._longest[row] = self._count[row] = 0

    def mean(self, row: int) -> float | None:
        """Seconds, None where no packet told."""
        return float(self._sum[row] / self._count[row]) if self._count[row] else None

    def longest(self, row: int) -> float | None:
        """Seconds, None where no packet told."""
        return float(self._longest[row]) if self._count[row] else None

    def quantile(self, part: float) -> float | None:
        """Seconds that so large a part of all packets took at most; None where no packet told."""
        total = int(self._all.sum())
        return (int(np.searchsorted(np.cumsum(self._all), part * total)) + 1) * _STEP if total else None

    def reset(self) -> None:
        """Begin the histogram anew."""
        self._all[:] = 0
