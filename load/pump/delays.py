"""One-way delay: from the stamp in a packet to the kernel's note of its arrival, both by the generator's one clock."""

import numpy as np
from numpy.typing import NDArray

_STEP = 0.0005  # seconds: how fine a histogram counts
_STEPS = 10_000  # up to five seconds
_TOGETHER = 64  # batches that are counted at once


class Delays:
    """A histogram over all streams; ``Inbound`` has each stream's own mean and longest."""

    def __init__(self) -> None:
        self._all = np.zeros(_STEPS + 1, np.int64)
        self._noted: list[NDArray[np.float64]] = []

    def note(self, delays: NDArray[np.float64]) -> None:
        """Note a batch, in seconds; what is longer than the histogram is not counted: it has no true stamp."""
        self._noted.append(delays)
        if len(self._noted) == _TOGETHER:
            self._count()

    def _count(self) -> None:
        if not self._noted:
            return
        steps = (np.concatenate(self._noted) * (1 / _STEP)).astype(np.int64)
        self._noted.clear()
        steps = steps[(steps >= 0) & (steps < _STEPS)]
        if len(steps):
            found = np.bincount(steps)
            self._all[: len(found)] += found

    def quantile(self, part: float) -> float | None:
        """Seconds that so large a part of all packets took at most; None where no packet told."""
        self._count()
        total = int(self._all.sum())
        return (int(np.searchsorted(np.cumsum(self._all), part * total)) + 1) * _STEP if total else None

    def reset(self) -> None:
        """Begin anew."""
        self._noted.clear()
        self._all[:] = 0
