"""A share of cases, and what can be said of it: few cases prove little, and the bare figure hides that."""

from math import sqrt
from typing import NamedTuple

_Z = 1.959963984540054  # the normal distribution's 97.5 % quantile: two-sided 95 %


class Rate(NamedTuple):
    """``hits`` of ``of`` cases."""

    hits: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval at 95 % (Wilson 1927), shares from 0 to 1; everything is possible without a case."""
        if not self.of:
            return 0.0, 1.0
        share, square = self.hits / self.of, _Z * _Z
        middle = (share + square / (2 * self.of)) / (1 + square / self.of)
        half = _Z / (1 + square / self.of) * sqrt(share * (1 - share) / self.of + square / (4 * self.of * self.of))
        return (0.0 if not self.hits else middle - half), (1.0 if self.hits == self.of else middle + half)
