"""How late packets are: a histogram of fixed size, for what is added up for each packet must be small."""

_STEP = 2e-5  # seconds
_BINS = 5000  # up to 100 ms; what is later is counted as that


class Lateness:
    """Seconds by which packets were later than due."""

    __slots__ = ("_bins",)

    def __init__(self) -> None:
        self._bins = [0] * (_BINS + 1)

    def add(self, seconds: float) -> None:
        """One packet. One that is early by the clock's grain is in time."""
        place = int(seconds / _STEP)
        self._bins[place if 0 <= place < _BINS else (_BINS if place > 0 else 0)] += 1

    def p95_ms(self) -> float:
        """What 95 % of packets were not later than, in ms, to 0.02 ms; 0 without packets."""
        left = 0.95 * sum(self._bins)
        for place, count in enumerate(self._bins):
            left -= count
            if left <= 0 and count:
                return (place + 1) * _STEP * 1000
        return 0.0
