"""How many calls a municipality's day needs at once, and how many municipalities share a server."""

from collections.abc import Sequence
from math import ceil

import numpy as np

from load.errors import LoadError
from load.models.erlang import load_carried, servers_for_blocking, servers_for_few, servers_for_waiting
from load.models.simulation import Floats
from load.municipality.calendar import Municipality
from load.municipality.demand import DayDemand
from load.reading import Part

TARGET = 0.001  # the chance that a call finds no room at the busiest minute of the busiest week
STAGGERED = (0, 10, 20)  # minutes
_BUSIEST = 15  # minutes of a day that are looked at for the one that decides


class Carried(Part):
    """How many municipalities like one share a server, by convolution of the simulated day and by formula B."""

    municipality: str
    municipalities: int
    staggered: int  # if the slots of a third each began 0, 10 and 20 minutes after their time
    by_erlang: int
    peak_calls: float  # of one of them at its busiest minute, in the mean


class Needed(Part):
    """The calls at once of which at most ``target`` find no room, by four models of the busiest time.

    The formulae know only the load of the busiest hour; Erlang's take the callers for endlessly many, Engset's knows
    that clerks are few, which takes less. The simulation also knows that talks begin together at the slots, which
    takes more.
    """

    load: float  # erlangs in the busiest hour
    erlang_b: int  # who finds no room is lost
    erlang_c: int  # who finds no room waits
    engset: int  # as B, of as many callers as there are clerks
    simulation: int


def carried(day: DayDemand, municipality: Municipality, capacity: int, target: float = TARGET) -> Carried:
    """How many such municipalities share a server of that capacity at the busiest minute.

    All of them keep the same hours, so all have their busiest minute together: the careful case.
    """
    if capacity < 0:
        raise LoadError(f"A capacity of {capacity} calls is none: give one that is not negative.")
    minute = int(np.argmax(day.mean))
    chances, peak = day.chances[minute], float(day.mean[minute])
    return Carried(
        municipality=municipality.name,
        municipalities=_sharing([[chances]], capacity, target),
        staggered=_sharing(_staggered(day), capacity, target),
        by_erlang=int(load_carried(capacity, target) / peak) if peak else 0,
        peak_calls=peak,
    )


def needed(day: DayDemand, target: float = TARGET, municipalities: int = 1) -> Needed:
    """How many calls at once so many municipalities with that day need."""
    load = day.busy_load * municipalities
    worst = day.chances[int(np.argmax(day.mean))]
    return Needed(
        load=load,
        erlang_b=servers_for_blocking(load, target),
        erlang_c=servers_for_waiting(load, target),
        engset=servers_for_few(municipalities * (len(worst) - 1), load, target),
        simulation=exceeded(worst, municipalities, target),
    )


def together(chances: Floats, times: int) -> Floats:
    """The chances of each sum of ``times`` independent numbers, each with the ``chances`` of 0, 1, 2 …"""
    length = times * (len(chances) - 1) + 1
    if times == 0:
        return np.ones(1)
    summed: Floats = np.fft.irfft(np.fft.rfft(chances, length) ** times, length) if length > 1 else np.ones(1)
    return np.clip(summed, 0.0, 1.0)


def exceeded(chances: Floats, times: int, target: float) -> int:
    """The number that the sum of ``times`` independent numbers exceeds with at most the chance ``target``."""
    above = 1 - np.cumsum(together(chances, times))
    return int(np.argmax(above <= target + 1e-12))


def _sharing(minutes: Sequence[Sequence[Floats]], capacity: int, target: float) -> int:
    """The most that may share: above it a minute's sum passes the capacity with more than the chance ``target``.

    A minute is the chances of each group; the municipalities are spread over the groups as evenly as can be.
    """

    def fits(times: int) -> bool:
        return all(_passes(groups, times, capacity) <= target for groups in minutes)

    mean = max(sum(float(each @ np.arange(len(each))) for each in groups) / len(groups) for groups in minutes)
    most = ceil(20 * (capacity + 1) / max(mean, 1e-3))
    low, high = 0, 1
    while high < most and fits(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _passes(groups: Sequence[Floats], times: int, capacity: int) -> float:
    """The chance that the sum of all groups passes the capacity."""
    summed = np.ones(1)
    for index, chances in enumerate(groups):
        count = times // len(groups) + (index < times % len(groups))
        summed = np.convolve(summed, together(chances, count))
    return float(summed[capacity + 1 :].sum())


def _staggered(day: DayDemand) -> list[list[Floats]]:
    """The busiest minutes of a day on which the slots of a third each begin ``STAGGERED`` minutes after their time."""
    mean = np.mean([np.roll(day.mean, shift) for shift in STAGGERED], axis=0)
    busiest = np.argsort(mean)[-_BUSIEST:]
    return [[day.chances[(minute - shift) % len(mean)] for shift in STAGGERED] for minute in busiest.tolist()]
