"""Where a server gives out, from trials that held and trials that broke: a threshold with its interval.

Near its limit a server holds one time and breaks the next, so no single trial decides. As in psychophysics, where a
threshold is found from yes and no (Watson and Pelli, QUEST, 1983), the chance to hold falls as a logistic function of
the logarithm of the calls. Place and steepness are unknown: both are weighed on a grid by what was seen (Bayes, a flat
prior over the logarithm of the place). A small lapse lets one odd trial far off be just that.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, log

import numpy as np

from load.models.simulation import Floats

_PLACES = 600
_STEEPNESS = np.geomspace(0.005, 0.15, 8)  # of the logistic function, in logarithms of calls
_LAPSE = 0.02  # of trials that go the other way whatever the load


@dataclass(frozen=True)
class Threshold:
    """How likely each place (calls, ascending) is the one at which as many trials hold as break."""

    places: Floats
    weights: Floats

    @cached_property
    def _below(self) -> Floats:
        summed: Floats = np.cumsum(self.weights / self.weights.sum())
        return summed

    def quantile(self, share: float) -> float:
        """The place below which the threshold lies with the chance ``share``."""
        return float(np.interp(share, self._below, self.places))

    @property
    def calls(self) -> int:
        """The largest number of calls that is rather held than not."""
        return floor(self.quantile(0.5))

    @property
    def interval(self) -> tuple[int, int]:
        """Where the threshold lies with a chance of 95 %, in whole calls that enclose it."""
        return floor(self.quantile(0.025)), ceil(self.quantile(0.975))

    def known(self, width: float) -> bool:
        """Whether the interval is no wider than a share of the number, or than two whole calls."""
        low, high = self.interval
        return high - low <= 2 or self.quantile(0.975) - self.quantile(0.025) <= width * self.quantile(0.5)


def threshold(seen: Sequence[tuple[int, bool]], most: int) -> Threshold:
    """The threshold from pairs of (calls, held), somewhere between none and twice ``most`` calls."""
    places = np.geomspace(0.5, 2 * most, _PLACES)
    likelihood = np.zeros((_PLACES, len(_STEEPNESS)))
    for (calls, held), times in Counter(seen).items():
        beyond = (log(calls) - np.log(places)[:, None]) / _STEEPNESS
        holds = _LAPSE + (1 - 2 * _LAPSE) / (1 + np.exp(np.clip(beyond, -60, 60)))
        likelihood += times * np.log(holds if held else 1 - holds)
    weights = np.exp(likelihood - likelihood.max()).sum(axis=1)
    return Threshold(places, weights)
