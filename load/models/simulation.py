"""A loss system played call by call: what the formulae are held against, and what goes beyond them.

Arrivals and lengths are given as arrays, so that the same play serves Poisson arrivals (Erlang) and the appointments
of many municipalities, which begin together at the full and half hours.
"""

from dataclasses import dataclass
from heapq import heappop, heappush
from math import ceil, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from load.errors import LoadError

Lengths = Literal["exponential", "fixed", "lognormal"]
Floats = NDArray[np.float64]

_BATCHES = 20
_STUDENT = 2.093  # of 19 degrees of freedom, for 95 % on both sides
_SPREAD = 0.8  # of the logarithms of lognormal lengths: the coefficient of variation is about 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval of 95 %."""

    value: float
    low: float
    high: float


def lost(servers: int, arrivals: Floats, lengths: Floats) -> NDArray[np.bool_]:
    """Which calls find all ``servers`` taken. ``arrivals`` ascend; both are of shape (calls,), in one unit of time."""
    if arrivals.shape != lengths.shape or bool(np.any(np.diff(arrivals) < 0)):
        raise LoadError("Calls cannot be played: give as many lengths as arrivals, and the arrivals in order.")
    ends: list[float] = []
    refused = np.zeros(arrivals.shape, dtype=np.bool_)
    for index, (begin, length) in enumerate(zip(arrivals.tolist(), lengths.tolist(), strict=True)):
        while ends and ends[0] <= begin:
            heappop(ends)
        if len(ends) < servers:
            heappush(ends, begin + length)
        else:
            refused[index] = True
    return refused


def share(flags: NDArray[np.bool_]) -> Estimate:
    """The share of true flags of a sequence that depends on itself, by the means of 20 batches (Law and Kelton)."""
    if len(flags) < _BATCHES:
        raise LoadError(f"{len(flags)} calls are too few for an interval: play at least {_BATCHES}.")
    size = len(flags) // _BATCHES
    means = flags[: size * _BATCHES].reshape(_BATCHES, size).mean(axis=1)
    value = float(means.mean())
    half = _STUDENT * float(means.std(ddof=1)) / sqrt(_BATCHES)
    high = value + half if value else 3 / len(flags)  # the rule of three: what may lie behind nothing seen
    return Estimate(value, max(0.0, value - half), min(1.0, high))


def poisson_loss(servers: int, load: float, calls: int, seed: int, lengths: Lengths = "exponential") -> Estimate:
    """The share of ``calls`` lost that come as a Poisson process and last 1 in the mean. A tenth more warms up."""
    chance = np.random.default_rng(seed)
    warm_up = ceil(calls / 10)
    arrivals = np.cumsum(chance.exponential(1 / load, calls + warm_up))
    return share(lost(servers, arrivals, _lengths(chance, lengths, calls + warm_up))[warm_up:])


def _lengths(chance: np.random.Generator, kind: Lengths, calls: int) -> Floats:
    if kind == "fixed":
        return np.ones(calls)
    if kind == "lognormal":
        return chance.lognormal(-_SPREAD * _SPREAD / 2, _SPREAD, calls)
    return chance.exponential(1.0, calls)
