"""The pump's one clock, and how late its ticks were."""

import time

import numpy as np

TICK = 0.005  # seconds: every packet is sent in the tick in which it is due
_NTP = 2_208_988_800  # seconds from 1900 to 1970 (RFC 5905)
_STEP = 0.0001  # seconds: how fine the lateness is counted
_STEPS = 5000


def now() -> float:
    """Seconds since the epoch: not the monotonic clock, because the kernel stamps what arrives by this one."""
    return time.time()


def ntp(seconds: float) -> int:
    """A time as NTP writes it, in 2^-32 s since 1900."""
    return int((seconds + _NTP) * (1 << 32)) & 0xFFFFFFFFFFFFFFFF


def compact(seconds: float) -> int:
    """The middle 32 bits of it, in 1/65536 s (RFC 3550, section 4)."""
    return ntp(seconds) >> 16 & 0xFFFFFFFF


def absolute_send_time(seconds: float) -> int:
    """24 bits in 2^-18 s, as the header extension abs-send-time wants them."""
    return ntp(seconds) >> 14 & 0xFFFFFF


class Lateness:
    """How long after its time each tick began, in steps of a tenth of a millisecond up to half a second."""

    def __init__(self) -> None:
        self._counts = np.zeros(_STEPS + 1, np.int64)
        self.longest = 0.0

    def add(self, seconds: float) -> None:
        """Note one tick."""
        self._counts[min(int(max(0.0, seconds) / _STEP), _STEPS)] += 1
        self.longest = max(self.longest, seconds)

    def clear(self) -> None:
        """Begin anew."""
        self._counts[:] = 0
        self.longest = 0.0

    @property
    def ticks(self) -> int:
        """How many were noted."""
        return int(self._counts.sum())

    def quantile(self, part: float) -> float:
        """Seconds that so large a part of the ticks was not later than (the upper end of its step); 0 without ticks."""
        if not self.ticks:
            return 0.0
        step = int(np.searchsorted(np.cumsum(self._counts), part * self.ticks))
        return min((step + 1) * _STEP, self.longest)

    def within(self, seconds: float) -> float:
        """The part of the ticks that began at most so late; 1 without ticks."""
        return float(self._counts[: round(seconds / _STEP)].sum() / self.ticks) if self.ticks else 1.0
